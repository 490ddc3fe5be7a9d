"""Data rows that leave a table: whether they may, and what the formulas say that come up with the rest.

ECMA-376 part 1: 18.3.1.40 (f: shared formulas are written out, since their cells no longer stand as they
did), 18.3.1.55 (mergeCell), 18.3.1.47 (hyperlink), 18.7.3 (comment). As in Excel the formats of the cells
move along and the heights of the rows stay; unlike there, what stands below the table stays too.
Leaves to others: the cells themselves (moving.py), the ranges that follow (growth.py, ranges.py,
followers.py), formulas elsewhere (pointing.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from .archive import Archive
from .cells import CELL, Words, formula_range, formula_tag, rows_of, split_cells, usual_cells
from .growth import Growth
from .markup import attribute, escape, tag_pattern, unescape
from .pointing import refuse_pointing
from .references import Area, change_references, column_number, letters, moved_down
from .refusals import Refused
from .relationships import parse, relationships
from .stream import SheetStream
from .tables import Table
from .workbook import Workbook

_ANCHORED = {"comments": "een opmerking", "threadedComment": "een opmerking"}
_ANCHORS = {"mergeCell": "een samengevoegde cel", "hyperlink": "een koppeling"}
_BY_HAND = "die schuiven wij niet op. Verwijder de regel in Excel."
_ARRAYS = (b"array", b"dataTable")


@dataclass(slots=True)
class _Shared:
    """The cells of one shared formula: where its text stands, and all that have it."""

    master: tuple[int, int] | None = None
    text: str = ""
    members: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Removal:
    """Rows of the file that leave a table. growth.new: without the rows of this run's own."""

    growth: Growth
    shared: dict[bytes, _Shared] = field(default_factory=dict)
    here: Area = field(init=False)  # the cells that go or come up
    gone: frozenset[int] = field(init=False)
    _known: dict[str, str] = field(default_factory=dict)  # formulas repeat themselves

    def __post_init__(self) -> None:
        growth = self.growth
        self.gone = frozenset(growth.gone)
        self.here = Area(left=growth.left, top=growth.gone[0], right=growth.right, bottom=growth.old)

    def stays(self, row: int, column: int) -> bool:
        """Whether a cell comes up."""
        return _inside(self.here, (row, column)) and row not in self.gone

    def follow(self, content: bytes, row: int, column: int) -> bytes:
        """What stands behind the place of a cell with a formula, saying the same from its new place."""
        tag = formula_tag(content)
        if tag is None:
            return content
        start = content.index(tag)
        end = start + len(tag)
        old = ""
        if not tag.endswith(b"/>"):
            close = content.index(b"</", end)
            old, after = unescape(content[end:close]), content.index(b">", close) + 1
        else:
            close = after = end
        text = self.text(tag, old, row, column)
        if attribute(tag, b"t") == b"shared":
            return content[:start] + b"<f>" + escape(text) + b"</f>" + content[after:]
        new = tag
        if attribute(tag, b"ref") is not None:  # an array of this cell alone
            name = letters(column)
            new = tag.replace(f"{name}{row}".encode(), f"{name}{self.growth.row(row)}".encode())
        if text == old:
            return content if new == tag else content[:start] + new + content[end:]
        return content[:start] + new + escape(text) + content[close:]

    def text(self, tag: bytes, text: str, row: int, column: int) -> str:
        """The formula of a cell as it reads in its new place; refuses one that would say something else."""
        if attribute(tag, b"t") == b"shared":
            group = self.shared[attribute(tag, b"si") or b""]
            if group.master is None or group.master[1] != column:
                where = _where(self.growth, row, column)
                raise Refused(f"{where}: de formule geldt voor meer kolommen samen; {_BY_HAND}")
            text = moved_down(group.text, row - group.master[0])
        known = self._known.get(text)
        if known is None:
            try:
                known = self._known[text] = change_references(text, self._moved)
            except Refused as refusal:
                raise Refused(f"{_where(self.growth, row, column)}: {refusal}") from None
        return known

    def _moved(self, sheet: str | None, reference: str) -> str:
        own = sheet is None or sheet.casefold() == self.growth.sheet.casefold()
        return self.growth.moved(reference) if own else reference


def removal(archive: Archive, workbook: Workbook, table: Table, growth: Growth) -> Removal:
    """The removal of these rows, looked at from all sides.

    Raises:
        Refused: a formula, comment or link hangs on a cell that would move.
    """
    found = Removal(growth)
    data = Area(left=growth.left, top=growth.first, right=growth.right, bottom=growth.old)
    part = workbook.sheets[table.sheet]
    refuse_pointing(archive, workbook, table, found.here, data)
    _refuse_anchored(archive, part, table, found.here)
    stream = SheetStream.of(archive, part, table.sheet)
    shared: list[tuple[bytes, int, int]] = []
    for row, body in _rows(stream, table.sheet):
        for column, tag, text in _formulas(stream.words, body, row, table.sheet):
            area, kind = formula_range(tag), attribute(tag, b"t")
            if kind in _ARRAYS and area and area.meets(found.here):
                _refuse_array(table.sheet, kind, area)
            if kind == b"shared":
                group = found.shared.setdefault(attribute(tag, b"si") or b"", _Shared())
                group.members.append((row, column))
                if area is not None:
                    group.master, group.text = (row, column), text
            if found.stays(row, column):
                if kind == b"shared":  # its master may yet have to come
                    shared.append((tag, row, column))
                else:
                    found.text(tag, text, row, column)
    for tag, row, column in shared:
        found.text(tag, "", row, column)
    _refuse_left_behind(stream, table, found)
    return found


def _rows(stream: SheetStream, sheet: str) -> Iterator[tuple[int, bytes]]:
    """Number and body of each row with a formula in it."""
    formula, number = b"<" + stream.words.prefix + b"f", 0
    for block in stream.blocks():
        for row in rows_of(block, stream.words, number, sheet):
            number = row.number
            if block.find(formula, row.start, row.end) >= 0:
                yield number, block[row.start : row.end]


def _formulas(words: Words, body: bytes, row: int, sheet: str) -> Iterator[tuple[int, bytes, str]]:
    """Column, tag and text of each formula in a row."""
    if usual := usual_cells(words, body, row):
        cells = [*zip(usual[1::3], usual[3::3], strict=True)]
        found = [(column_number(head[len(CELL) :].decode()), text) for head, text in cells if b"<f" in text]
    else:
        spans = split_cells(words, body, row, sheet)
        found = [(span.column, body[span.start : span.end]) for span in spans]
    for column, content in found:
        if tag := formula_tag(content):
            start = content.index(tag) + len(tag)
            text = "" if tag.endswith(b"/>") else unescape(content[start : content.index(b"</", start)])
            yield column, tag, text


def _refuse_array(sheet: str, kind: bytes | None, area: Area) -> None:
    """An array formula of one cell can come up; one over more cells cannot."""
    if kind == b"dataTable" or area.top != area.bottom or area.left != area.right:
        raise Refused(
            f"Blad {sheet}, cel {letters(area.left)}{area.top}: hier begint een formule die "
            f"voor {area} samen geldt; {_BY_HAND}"
        )


def _refuse_left_behind(stream: SheetStream, table: Table, removal: Removal) -> None:
    """Refuse a shared formula whose text would go while other cells need it; and links and merged cells."""
    for group in removal.shared.values():
        if group.master is None or not _inside(removal.here, group.master):
            continue
        for row, column in group.members:
            if not _inside(removal.here, (row, column)):
                row_of, column_of = group.master
                raise Refused(
                    f"Blad {table.sheet}, cel {letters(column_of)}{row_of}: deze formule geldt ook voor "
                    f"{letters(column)}{row}, buiten de tabel; {_BY_HAND}"
                )
    for name, what in _ANCHORS.items():
        for tag in tag_pattern((name,)).findall(stream.tail):
            _refuse_anchor(table, removal.here, attribute(tag, b"ref") or b"", what)


def _refuse_anchored(archive: Archive, part: str, table: Table, here: Area) -> None:
    for link in relationships(archive, part):
        if link.kind in _ANCHORED and link.target in archive:
            for element in parse(archive, link.target).iter():
                if element.tag.endswith(("}comment", "}threadedComment")):
                    _refuse_anchor(table, here, element.get("ref", "").encode(), _ANCHORED[link.kind])


def _refuse_anchor(table: Table, here: Area, reference: bytes, what: str) -> None:
    area = Area.parse(reference.decode())
    if area and area.meets(here):
        raise Refused(
            f"Blad {table.sheet}, cel {area}: hier hangt {what} aan, die met de regel mee zou "
            f"moeten; {_BY_HAND}"
        )


def _where(growth: Growth, row: int, column: int) -> str:
    return f"Blad {growth.sheet}, cel {letters(column)}{row}"


def _inside(area: Area, place: tuple[int, int]) -> bool:
    return area.top <= place[0] <= area.bottom and area.left <= place[1] <= area.right
