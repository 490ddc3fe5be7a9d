"""What is selected in the open workbook: whose row, and about which invoices.

Answers: debtor, invoices and arrangement of the selected rows, on whatever sheet of ours they stand.
Leaves to others: what is done with it (buttons.py).
"""

from dataclasses import dataclass
from itertools import chain

import xlwings

from debiteuren.book.live.refusals import in_dutch, refusals
from debiteuren.book.values import as_text, split_numbers
from debiteuren.book.workbook import Contents, Grid

_NUMBERS = ("Factuurnummer", "Facturen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """Empty where nothing of ours is selected, or rows of several debtors."""

    debtor: str = ""
    invoices: tuple[str, ...] = ()
    arrangement: str = ""


NOTHING = Selected()


def selected(book: xlwings.Book, contents: Contents) -> Selected:
    """What the selected rows speak of. `contents`: the sheets as just read."""
    with in_dutch():
        nothing: tuple[type[Exception], ...] = (*refusals(), AttributeError)
        try:
            area = book.app.selection
            if area is None or area.sheet.book.name != book.name:
                return NOTHING
            sheet, first, last = area.sheet.name, area.row, area.last_cell.row
        except nothing:  # a picture or a chart is selected
            return NOTHING
    grids = [
        grid for grid in contents.grids.values() if grid.sheet == sheet and "Debiteurnummer" in grid.columns
    ]
    return _of_rows(grids[0], first, last) if grids else NOTHING


def _of_rows(grid: Grid, first: int, last: int) -> Selected:
    start, end = max(first - grid.first_row, 0), max(last - grid.first_row + 1, 0)
    rows = [dict(zip(grid.columns, row, strict=True)) for row in grid.rows[start:end]]
    debtors = {as_text(row["Debiteurnummer"]) for row in rows} - {""}
    if len(debtors) != 1:
        return NOTHING
    column = next((name for name in _NUMBERS if name in grid.columns), None)
    numbers = chain.from_iterable(split_numbers(as_text(row[column])) for row in rows) if column else ()
    names = {as_text(row.get("Regeling")) for row in rows} - {""} if "Regeling" in grid.columns else set()
    return Selected(
        debtor=debtors.pop(),
        invoices=tuple(dict.fromkeys(numbers)),
        arrangement=names.pop() if len(names) == 1 else "",
    )
