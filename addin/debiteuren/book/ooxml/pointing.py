"""Formulas in cells that point at cells which are about to move.

ECMA-376 part 1: 18.3.1.40 (f), 18.17.2.3 (cell references). A formula that covers the rows of the table as a
whole stays true (it then also covers cells that are empty); one that points at some of them would say
something else without a word, so it is named.
"""

import re
from collections.abc import Iterator

from .archive import Archive
from .cells import formula_range
from .markup import ATTRIBUTES, attribute, unescape
from .references import Area, change_references, rows_fixed
from .refusals import Refused
from .tables import Table
from .workbook import Workbook

_ROWS = re.compile(rb"<([A-Za-z_][\w.-]*:)?sheetData[\s>]")


def refuse_pointing(archive: Archive, workbook: Workbook, table: Table, here: Area, data: Area) -> None:
    """Refuse when a formula outside `here` points into it, unless at all rows of `data`.

    Raises:
        Refused: by the name of the cell with the formula.
    """
    for sheet, part in workbook.sheets.items():
        for place, formula, span in _formulas(archive.read(part)):
            own = Area.parse(place)
            if sheet == table.sheet and own and own.meets(here):
                continue
            if sheet == table.sheet and own and here.left <= own.left <= here.right and own.top < here.top:
                # Those cells of a shared formula that come up are written out (removal.py).
                rows = min(span, here.top - own.top) if own.top + span - 1 <= here.bottom else span
            else:
                rows = span
            if _points(formula, rows, sheet, table.sheet, here, data):
                raise Refused(
                    f"Blad {sheet}, cel {place}: de formule {formula} verwijst naar regels van tabel "
                    f"{table.name} die opschuiven. Schrijf haar met de tabelnaam, zoals "
                    f"{table.name}[{table.columns[0]}], of verwijder de regel in Excel."
                )


def _formulas(data: bytes) -> Iterator[tuple[str, str, int]]:
    """Cell, formula and for how many rows it holds."""
    rows = _ROWS.search(data)
    if rows is None:
        return
    prefix = rows[1] or b""
    pattern = re.compile(b"(<" + re.escape(prefix) + b"f" + ATTRIBUTES + rb"\s*>)([^<]+)<")
    for found in pattern.finditer(data, rows.end()):
        shared = formula_range(found[1]) if attribute(found[1], b"t") == b"shared" else None
        span = shared.bottom - shared.top + 1 if shared else 1
        start = data.rfind(b"<" + prefix + b"c", 0, found.start())
        place = attribute(data[start : found.start()], b"r")
        yield (place or b"zonder naam").decode(), unescape(found[2]), span


def _points(formula: str, span: int, home: str, sheet: str, here: Area, data: Area) -> bool:
    hits: list[str] = []

    def look(named: str | None, reference: str) -> str:
        area = Area.parse(reference)
        if area is None or (named or home).casefold() != sheet.casefold():
            return reference
        below = 0 if rows_fixed(reference) else span - 1
        reached = Area(left=area.left, top=area.top, right=area.right, bottom=area.bottom + below)
        whole = area.top <= data.top and data.bottom <= area.bottom
        if reached.meets(here) and not whole:
            hits.append(reference)
        return reference

    change_references(formula, look)
    return bool(hits)
