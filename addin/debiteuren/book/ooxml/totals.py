"""The totals row of a table that gets another last row: it moves along, and its formulas with it.

ECMA-376 part 1: 18.5.1.2 (table, totalsRowCount), 18.3.1.40 (f). The cells move as when they are cut and
pasted: what they say of their own row and of the table's columns follows, anything else stays.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from .archive import Archive
from .cells import split_cells, without_place
from .growth import Growth
from .markup import change_texts, unescape
from .references import Area, change_references, letters
from .refusals import Refused
from .stream import read_row
from .tables import Table
from .values import Raw
from .workbook import Workbook

_FORMULA = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(?:f|formula|formula1|formula2)(?:\s[^<>]*)?>([^<]+)<")
_ROW = re.compile(r"\d+")
_CELL = re.compile(rb'<(?:[A-Za-z_][\w.-]*:)?c\s[^<>]*?\br=["\']([A-Z]+\d+)["\']')


def moved_totals(
    archive: Archive, workbook: Workbook, table: Table, growth: Growth
) -> Iterator[tuple[int, int, object]]:
    """Row, column and value of each cell of the totals row in its new place, and of what it leaves behind."""
    part = workbook.sheets[table.sheet]
    old, new = table.area.bottom, growth.new + table.totals
    here = Area(left=growth.left, top=old, right=growth.right, bottom=old)
    _refuse_references(archive, workbook, table, here, growth)
    spelling, body = read_row(archive, part, table.sheet, old)
    for column in range(growth.left, growth.right + 1):
        if growth.new < growth.old:
            yield old, column, None
        yield new, column, None
    for span in split_cells(spelling, body, old, table.sheet):
        if not growth.left <= span.column <= growth.right:
            continue

        def follow(formula: str, column: int = span.column) -> str:
            return _followed(formula, growth, here, f"Blad {table.sheet}, cel {letters(column)}{old}")

        text = change_texts(body[span.start : span.end], ("f",), follow)
        yield new, span.column, Raw(*without_place(text, spelling.prefix))


def _followed(formula: str, growth: Growth, here: Area, place: str) -> str:
    def one(sheet: str | None, reference: str) -> str:
        area = Area.parse(reference)
        if area is None or (sheet is not None and sheet.casefold() != growth.sheet.casefold()):
            return reference
        moved = growth.moved(reference)
        if moved != reference or not area.meets(here):
            return moved
        if area.top != area.bottom:
            raise Refused(f"{place}: de formule van de totaalrij ({formula}) kunnen wij niet meenemen.")
        return _ROW.sub(str(here.bottom + growth.new - growth.old), reference)

    return change_references(formula, one)


def _refuse_references(
    archive: Archive, workbook: Workbook, table: Table, here: Area, growth: Growth
) -> None:
    """Refuse when a formula elsewhere would say something else now that the totals row is about to move.

    One that covers both its old and its new place stays true, such as COUNTA(B5:B1000).
    """
    new = replace(here, top=growth.new + table.totals, bottom=growth.new + table.totals)
    written = Area(  # what comes up is written anew (removal.py)
        left=here.left, top=growth.gone[0] if growth.gone else here.top, right=here.right, bottom=here.bottom
    )
    for sheet, part in workbook.sheets.items():
        data = archive.read(part)
        for found in _FORMULA.finditer(data):
            if _points_at(unescape(found[1]), sheet, table.sheet, here, new):
                cells = _CELL.findall(data, max(0, found.start() - 200), found.start())
                place = cells[-1].decode() if cells else "(een regel)"
                area = Area.parse(place)
                if sheet == table.sheet and area and area.meets(written):
                    continue
                raise Refused(
                    f"Blad {sheet}, cel {place}: deze formule verwijst naar de totaalrij van tabel "
                    f"{table.name} ({here}), die moet verschuiven. Schrijf haar met de tabelnaam, zoals "
                    f"{table.name}[[#Totals],[{table.columns[-1]}]]."
                )


def _points_at(formula: str, home: str, sheet: str, here: Area, new: Area) -> bool:
    """Whether it covers the totals row in one of its places only; of a growing table, in the old one."""
    hits: list[str] = []

    def look(named: str | None, reference: str) -> str:
        area = Area.parse(reference)
        if (named or home).casefold() == sheet.casefold() and area:
            before, after = area.meets(here), area.meets(new)
            if before != after and (before or new.top < here.top):
                hits.append(reference)
        return reference

    change_references(formula, look)
    return bool(hits)
