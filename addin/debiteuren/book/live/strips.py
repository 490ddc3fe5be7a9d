"""A strip is part of one column in the open workbook: its cells, what must stand there, what stood there.

Answers: in what form and number format do values get into Excel so that they come out the same.
Source: what Excel makes of a written value: "00123" or "=1+1" becomes a number or a formula unless the cell
has the text format "@"; a number in a cell with that format becomes text; a day in a cell without a format
takes the American one; a Decimal sets a currency format and rounds (xlwings issues #640 and #2634).
Leaves to others: where the strips are and when they are written (workbook.py).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

import xlwings

from debiteuren.book.cells import read_cell, read_rows, same_cell
from debiteuren.book.layout_parts import Kind
from debiteuren.book.workbook import Cell, CellFault
from debiteuren.domain.problem import NOTHING_CHANGED, Problem, SurroundingsError

_TEXT, _GENERAL = "@", "General"
_FORMATS = {
    Kind.TEXT: _GENERAL,
    Kind.LONG_TEXT: _GENERAL,
    Kind.MONEY: "€ #,##0.00",
    Kind.DAY: "dd-mm-yyyy",
    Kind.MOMENT: "dd-mm-yyyy hh:mm",
    Kind.WHOLE: "0",
    Kind.PERCENT: _GENERAL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """`area` is one column wide and as high as `values`; `before` is what its cells held.

    `kind` gives the number format where the cells have none of their own. `sheet`, `row` (of the first cell)
    and `name` (the column, or a defined name) are for messages.
    """

    area: xlwings.Range
    sheet: str
    row: int
    name: str
    kind: Kind
    values: tuple[Cell, ...]
    before: tuple[Cell, ...]

    def write(self) -> None:
        """Put `values` in the cells, each in a format that keeps it what it is."""
        self._put(self.values, insist=False)

    def restore(self) -> None:
        """Put back what stood there; cells that refused to be written, as on a protected sheet, hold it."""
        now = [line[0] for line in cells_of(self.area)]
        if not all(map(same_cell, self.before, now)):
            self._put(self.before, insist=False)

    def require_written(self) -> None:
        """See to it that the cells hold what was written; if not, write again in a format of ours.

        Raises:
            SurroundingsError: even then Excel made something else of a value.
        """
        if not self._strays():
            return
        self._put(self.values, insist=True)
        if strays := self._strays():
            raise SurroundingsError(
                f"{NOTHING_CHANGED}Excel nam een waarde niet over",
                [
                    Problem(
                        sheet=self.sheet,
                        row=self.row + strays[0],
                        column=self.name,
                        found="Wat het programma hier schreef, kwam er anders te staan.",
                        remedy="zet de celopmaak van deze kolom op Standaard en klik opnieuw.",
                    )
                ],
            )

    def _strays(self) -> list[int]:
        found = [line[0] for line in cells_of(self.area)]
        return [
            index
            for index, (meant, there) in enumerate(zip(self.values, found, strict=True))
            if not same_cell(meant, there)
        ]

    def _put(self, values: Sequence[Cell], *, insist: bool) -> None:
        for start, run in _runs(values):
            part = self.area if len(run) == len(values) else self.area[start : start + len(run), :]
            if any(isinstance(value, str) for value in run):
                part.number_format = _TEXT
            elif any(value is not None for value in run) and (
                insist or part.number_format in {_TEXT, _GENERAL}
            ):
                part.number_format = self._format(run)
            # No chunks: a block of any height goes over in one call.
            part.options(chunksize=0).value = [[_for_excel(value, insist=insist)] for value in run]

    def _format(self, values: Sequence[Cell]) -> str:
        if self.kind is Kind.TEXT and any(isinstance(value, date) for value in values):
            return _FORMATS[Kind.DAY]
        return _FORMATS[self.kind]


def changed(strips: Iterable[Strip]) -> list[Strip]:
    """Those that would change something."""
    return [strip for strip in strips if not all(map(same_cell, strip.values, strip.before))]


def cells_of(area: xlwings.Range) -> list[list[Cell]]:
    """All cells of an area, row by row, in one call."""
    raw = lines_of(area.raw_value)
    try:
        return read_rows(raw)
    except TypeError:
        # Excel for Mac hands over an object of its own for an error and does not say which; the formulas tell
        # it from an empty cell.
        return [
            [_unknown_cell(cell, formula) for cell, formula in zip(cells, formulas, strict=True)]
            for cells, formulas in zip(raw, lines_of(area.formula), strict=True)
        ]


def _unknown_cell(cell: object, formula: object) -> Cell:
    try:
        return read_cell(cell)
    except TypeError:
        if not formula:
            return None
        return CellFault(str(formula) if str(formula).startswith("#") else "#FOUT!")


def lines_of(raw: object) -> Sequence[Sequence[object]]:
    """Rows of cells: for one cell Excel gives the bare value, on a Mac for one row the bare row."""
    if not isinstance(raw, list | tuple):
        return [[raw]]
    if not isinstance(raw[0], list | tuple):
        return [raw]
    return raw


def _runs(values: Sequence[Cell]) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The values in pieces that are all text or all something else, with the index where each starts.

    A column of ours holds one kind, so there is one piece; a block of Start can mix. An empty cell goes with
    the piece above it, at the top with the one below.
    """
    is_text = next((isinstance(value, str) for value in values if value is not None), False)
    marked: list[tuple[bool, Cell]] = []
    for value in values:
        if value is not None:
            is_text = isinstance(value, str)
        marked.append((is_text, value))
    start = 0
    for _, group in groupby(marked, key=lambda pair: pair[0]):
        run = [value for _, value in group]
        yield start, run
        start += len(run)


def _for_excel(value: Cell, *, insist: bool) -> object:
    if type(value) is date:
        return datetime.combine(value, time())  # AppleScript knows no bare days
    if insist and isinstance(value, str) and value.startswith("'"):
        return "'" + value  # for an Excel that takes the first apostrophe as its own mark for text
    return value
