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

_PREFIX = rb"(?:[A-Za-z_][\w.-]*:)?"
_FORMULA = re.compile(
    b"<" + _PREFIX + b"c(" + ATTRIBUTES + rb")\s*>\s*(<" + _PREFIX + b"f" + ATTRIBUTES + rb"\s*>)([^<]+)<"
)


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
            if _points(formula, span, sheet, table.sheet, here, data):
                raise Refused(
                    f"Blad {sheet}, cel {place}: de formule {formula} verwijst naar regels van tabel "
                    f"{table.name} die opschuiven. Schrijf haar met de tabelnaam, zoals "
                    f"{table.name}[{table.columns[0]}], of verwijder de regel in Excel."
                )


def _formulas(data: bytes) -> Iterator[tuple[str, str, int]]:
    """Cell, formula and for how many rows it holds."""
    for found in _FORMULA.finditer(data):
        shared = formula_range(found[2]) if attribute(found[2], b"t") == b"shared" else None
        span = shared.bottom - shared.top + 1 if shared else 1
        yield (attribute(found[1], b"r") or b"zonder naam").decode(), unescape(found[3]), span


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
