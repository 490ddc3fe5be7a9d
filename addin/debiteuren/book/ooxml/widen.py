"""What the editor can add to a workbook beside values: a column at a table's right edge, a defined name.

ECMA-376 part 1: 18.5.1.2 (table), 18.5.1.3 and 18.5.1.4 (its columns, each with an id of its own),
18.2.5 and 18.2.6 (defined names), 18.3.1.55 (merged cells).
"""

import re
from dataclasses import replace

from .archive import Archive
from .cells import is_empty, row_number, split_cells, style_of
from .markup import (
    ATTRIBUTES,
    attribute,
    change_tags,
    check_plain,
    check_start,
    escape,
    tag_pattern,
    with_attribute,
)
from .references import MAX_COLUMN, Area, letters
from .refusals import Refused
from .stream import SheetStream
from .tables import Table
from .values import Raw, text_payload

_COLUMNS_END = re.compile(rb"</([A-Za-z_][\w.-]*:)?tableColumns\s*>")
_NAMES_END = re.compile(rb"</([A-Za-z_][\w.-]*:)?definedNames\s*>")


def widened(table: Table, column: str) -> Table:
    """The table with one column more."""
    where = f"Tabel {table.name} op blad {table.sheet}"
    if column.casefold() in {name.casefold() for name in table.columns}:
        raise Refused(f'{where} heeft al een kolom "{column}".')
    if table.area.right == MAX_COLUMN or not table.headers:
        raise Refused(f'{where}: naast deze tabel is geen plaats voor de kolom "{column}".')
    area = replace(table.area, right=table.area.right + 1)
    return replace(table, area=area, columns=(*table.columns, column), formulas=(*table.formulas, None))


def header_cell(archive: Archive, part: str, wide: Table) -> Raw:
    """The heading of the last column, looking like the one before it; refuses what is in its way."""
    stream = SheetStream.of(archive, part, wide.sheet)
    area = replace(wide.area, left=wide.area.right)
    number, style = 0, b""
    for block in stream.blocks():
        position = 0
        while found := stream.words.row.match(block, position):
            number = row_number(found[1], number, wide.sheet)
            start = found.end()
            end = start if found[2] else block.find(stream.words.row_end, start)
            if area.top <= number <= area.bottom:
                body = block[start:end]
                for span in split_cells(stream.words, body, number, wide.sheet):
                    if span.column == area.right and not is_empty(body[span.start : span.end]):
                        raise _in_the_way(wide, f"cel {letters(area.right)}{number} is niet leeg")
                    if span.column == area.right - 1 and number == area.top:
                        style = style_of(body[span.start : span.tag_end])
            position = start if found[2] else end + len(stream.words.row_end)
    for tag in tag_pattern(("mergeCell",)).findall(stream.tail):
        merged = Area.parse((attribute(tag, b"ref") or b"").decode())
        if merged and merged.meets(area):
            raise _in_the_way(wide, f"de cellen {merged} zijn samengevoegd")
    return Raw(style, text_payload(wide.columns[-1]))


def refuse_table_beside(wide: Table, others: list[Table]) -> None:
    """Refuse when another table stands where the new column comes."""
    for other in others:
        if other.sheet == wide.sheet and other.name != wide.name and other.area.meets(wide.area):
            raise _in_the_way(wide, f"tabel {other.name} staat er ({other.area})")


def _in_the_way(wide: Table, what: str) -> Refused:
    return Refused(
        f"Tabel {wide.name} op blad {wide.sheet}: rechts ervan is geen plaats voor de kolom "
        f'"{wide.columns[-1]}", want '
        f"{what}. Maak kolom {letters(wide.area.right)} van rij {wide.area.top} tot en met "
        f"{wide.area.bottom} leeg."
    )


def with_columns(part: str, data: bytes, columns: list[str]) -> bytes:
    """The part of a table with these columns added at its right edge."""
    check_start(part, data)
    check_plain(part, data)
    ids = [int(attribute(tag, b"id") or 0) for tag in tag_pattern(("tableColumn",)).findall(data)]
    ending = _COLUMNS_END.search(data)
    root = tag_pattern(("table",)).search(data)
    if (
        not ids
        or ending is None
        or root is None
        or attribute(root[0], b"tableType") not in (None, b"worksheet")
    ):
        raise Refused(f"De tabel in {part} komt van elders (een query of XML); daar komt geen kolom bij.")
    prefix = ending[1] or b""
    new = b"".join(
        b'<%btableColumn id="%d" name="%b"/>' % (prefix, number, escape(name).replace(b'"', b"&quot;"))
        for number, name in enumerate(columns, max(ids) + 1)
    )
    data = data[: ending.start()] + new + data[ending.start() :]
    old = Area.parse((attribute(root[0], b"ref") or b"").decode())

    def one(tag: bytes) -> bytes:
        area = Area.parse((attribute(tag, b"ref") or b"").decode())
        if area is None or old is None or area.right != old.right or area.left != old.left:
            return tag
        return with_attribute(tag, b"ref", str(replace(area, right=area.right + len(columns))).encode())

    data = change_tags(data, ("table", "autoFilter"), one)
    count = b"%d" % (len(ids) + len(columns))
    return change_tags(data, ("tableColumns",), lambda tag: with_attribute(tag, b"count", count))


def with_names(part: str, data: bytes, names: dict[str, str]) -> bytes:
    """The workbook part with these defined names added, each for the formula that says where it is."""
    check_start(part, data)
    check_plain(part, data)
    known = {
        (attribute(tag, b"name") or b"").decode().casefold()
        for tag in re.findall(rb"<(?:[A-Za-z_][\w.-]*:)?definedName" + ATTRIBUTES + rb"\s*/?>", data)
    }
    ending = _NAMES_END.search(data)
    if ending is None:
        raise Refused(f"Het onderdeel {part} kent nog geen namen; sla de werkmap op in Excel.")
    for name in names:
        if name.casefold() in known:
            raise Refused(f"De naam {name} bestaat al in deze werkmap.")
    prefix = ending[1] or b""
    new = b"".join(
        b'<%bdefinedName name="%b">%b</%bdefinedName>' % (prefix, escape(name), escape(formula), prefix)
        for name, formula in names.items()
    )
    return data[: ending.start()] + new + data[ending.start() :]
