"""Data rows that leave a table: what stood below them within the table comes up, cell by cell.

ECMA-376 part 1: 18.3.1.4 (c), 18.3.1.40 (f: shared formulas are written out, since their cells no longer
stand as they did), 18.3.1.55 (mergeCell), 18.3.1.47 (hyperlink), 18.7.3 (comment). As in Excel the formats of
the cells move along and the heights of the rows stay; unlike there, what stands below the table stays too.
Leaves to others: the ranges that follow (growth.py, ranges.py, followers.py), formulas elsewhere
(pointing.py).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .archive import Archive
from .cells import Words, formula_range, formula_tag, row_number, split_cells, without_place
from .growth import Growth
from .markup import ATTRIBUTES, attribute, change_texts, escape, tag_pattern, unescape
from .pointing import refuse_pointing
from .references import Area, cell, change_references, letters, moved_down
from .refusals import Refused
from .relationships import parse, relationships
from .sheet_cells import SheetCells
from .stream import SheetStream
from .tables import Table
from .values import BLANK, Raw
from .workbook import Workbook

_ANCHORED = {"comments": "een opmerking", "threadedComment": "een opmerking"}
_ANCHORS = {"mergeCell": "een samengevoegde cel", "hyperlink": "een koppeling"}


@dataclass(slots=True)
class _Shared:
    """The cells of one shared formula: where its text stands, and all that have it."""

    master: tuple[int, int] | None = None
    text: str = ""
    members: list[tuple[int, int]] = field(default_factory=list)


def moved_up(
    archive: Archive, workbook: Workbook, table: Table, pending: SheetCells, step: Growth
) -> dict[int, list[object]]:
    """By column what the cells hold afterwards, from the first row that goes to the last one there was.

    pending: what is to be written there already; step: the rows that go, as the table stands now.

    Raises:
        Refused: a formula, comment or link hangs on a cell that would move.
    """
    first = step.gone[0]
    here = Area(left=step.left, top=first, right=step.right, bottom=step.old)
    data = Area(left=step.left, top=step.first, right=step.right, bottom=step.old)
    part = workbook.sheets[table.sheet]
    refuse_pointing(archive, workbook, table, here, data)
    _refuse_anchored(archive, part, table, here)
    filed = _filed(archive, part, table, here, step)
    columns = range(step.left, step.right + 1)
    values: dict[int, list[object]] = {column: [] for column in columns}
    for row in range(first, step.old + 1):
        if row in step.gone:
            continue
        new = {**filed.get(row, {}), **pending.row(row)}
        for column in columns:
            values[column].append(new.get(column, BLANK))
    for column in columns:
        values[column] += [BLANK] * len(step.gone)
    return values


def _filed(
    archive: Archive, part: str, table: Table, here: Area, step: Growth
) -> dict[int, dict[int, object]]:
    """The cells of the file that stay, by row and column, saying what they are to say in their new place."""
    stream = SheetStream.of(archive, part, table.sheet)
    bodies: dict[int, bytes] = {}
    shared: dict[bytes, _Shared] = {}
    number = 0
    for block in stream.blocks():
        if b"<" + stream.words.prefix + b"f" in block:
            _note_formulas(block, stream.words, table, here, shared)
        position = 0
        while found := stream.words.row.match(block, position):
            number = row_number(found[1], number, table.sheet)
            start = found.end()
            end = start if found[2] else block.find(stream.words.row_end, start)
            if here.top <= number <= here.bottom:
                bodies[number] = block[start:end]
            position = start if found[2] else end + len(stream.words.row_end)
    _refuse_left_behind(stream, table, here, shared)
    gone = frozenset(step.gone)
    return {
        row: dict(_cells(stream.words, body, row, table, shared, step))
        for row, body in bodies.items()
        if row not in gone
    }


def _cells(
    words: Words, body: bytes, row: int, table: Table, shared: dict[bytes, _Shared], step: Growth
) -> Iterator[tuple[int, Raw]]:
    for span in split_cells(words, body, row, table.sheet):
        if step.left <= span.column <= step.right:
            style, payload = without_place(body[span.start : span.end], words.prefix)
            if tag := formula_tag(payload):
                payload = _followed(payload, tag, (row, span.column), shared, step)
            yield span.column, Raw(style, payload)


def _followed(
    payload: bytes, tag: bytes, place: tuple[int, int], shared: dict[bytes, _Shared], step: Growth
) -> bytes:
    """A cell's formula, saying the same from its new place."""
    row, column = place
    if attribute(tag, b"t") == b"shared":
        group = shared[attribute(tag, b"si") or b""]
        if group.master is None or group.master[1] != column:
            raise Refused(f"{_where(step, *place)}: de formule geldt voor meer kolommen samen; {_BY_HAND}")
        start, end = payload.index(tag), payload.index(tag) + len(tag)
        if not tag.endswith(b"/>"):
            end = payload.index(b">", payload.index(b"</", end)) + 1
        written = escape(moved_down(group.text, row - group.master[0]))
        payload = payload[:start] + b"<f>" + written + b"</f>" + payload[end:]
    elif attribute(tag, b"ref") is not None:  # an array of this cell alone
        old, new = (f"{letters(column)}{number}".encode() for number in (row, step.row(row)))
        payload = payload.replace(tag, tag.replace(old, new), 1)

    def one(sheet: str | None, reference: str) -> str:
        own = sheet is None or sheet.casefold() == step.sheet.casefold()
        return step.moved(reference) if own else reference

    def follow(formula: str) -> str:
        try:
            return change_references(formula, one)
        except Refused as refusal:
            raise Refused(f"{_where(step, *place)}: {refusal}") from None

    return change_texts(payload, ("f",), follow)


_BY_HAND = "die schuiven wij niet op. Verwijder de regel in Excel."


def _where(step: Growth, row: int, column: int) -> str:
    return f"Blad {step.sheet}, cel {letters(column)}{row}"


def _note_formulas(
    block: bytes, words: Words, table: Table, here: Area, shared: dict[bytes, _Shared]
) -> None:
    """Remember shared formulas; refuse arrays over more cells that reach into what moves."""
    prefix = re.escape(words.prefix)
    pattern = re.compile(
        b"<%bc(%b)\\s*>\\s*(<%bf%b\\s*/?>)([^<]*)" % (prefix, ATTRIBUTES, prefix, ATTRIBUTES)
    )
    for found in pattern.finditer(block):
        area = formula_range(found[2])
        kind = attribute(found[2], b"t")
        if kind in (b"array", b"dataTable") and area and area.meets(here):
            if kind == b"dataTable" or area.top != area.bottom or area.left != area.right:
                raise Refused(
                    f"Blad {table.sheet}, cel {letters(area.left)}{area.top}: hier begint een formule die "
                    f"voor {area} samen geldt; {_BY_HAND}"
                )
        elif kind == b"shared":
            place = cell((attribute(found[1], b"r") or b"").decode())
            group = shared.setdefault(attribute(found[2], b"si") or b"", _Shared())
            if place is not None:
                group.members.append(place)
            if area is not None:
                group.master, group.text = place, unescape(found[3])


def _refuse_left_behind(stream: SheetStream, table: Table, here: Area, shared: dict[bytes, _Shared]) -> None:
    """Refuse a shared formula whose text would go while other cells need it; and links and merged cells."""
    for group in shared.values():
        if group.master is None or not _inside(here, group.master):
            continue
        for row, column in group.members:
            if not _inside(here, (row, column)):
                row_of, column_of = group.master
                raise Refused(
                    f"Blad {table.sheet}, cel {letters(column_of)}{row_of}: deze formule geldt ook voor "
                    f"{letters(column)}{row}, buiten de tabel; {_BY_HAND}"
                )
    for name, what in _ANCHORS.items():
        for tag in tag_pattern((name,)).findall(stream.tail):
            _refuse_anchor(table, here, attribute(tag, b"ref") or b"", what)


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


def _inside(area: Area, place: tuple[int, int]) -> bool:
    return area.top <= place[0] <= area.bottom and area.left <= place[1] <= area.right
