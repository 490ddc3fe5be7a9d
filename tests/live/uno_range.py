"""xlwings' Range on LibreOffice: whole blocks of values, and number formats."""

import functools
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from live.uno_values import (
    EXCEL_ERRORS,
    VALUE_ERROR,
    LossyValueError,
    as_currency,
    excel_keeps,
    from_serial,
    to_serial,
)

if TYPE_CHECKING:
    from live.uno_engine import Sheet

# com.sun.star.util.NumberFormat
_DATE, _TIME, _CURRENCY, _TEXT, _LOGICAL = 2, 4, 8, 256, 1024
# com.sun.star.sheet.CellFlags: VALUE, DATETIME, STRING and FORMULA
CONTENTS = 1 | 2 | 4 | 16


class Range(base_classes.Range):
    """A block of cells; rows and columns count from 1."""

    max_cells_per_read = None
    max_cells_per_write = None

    def __init__(self, sheet: "Sheet", row: int, column: int, height: int, width: int) -> None:
        self._sheet = sheet
        self._place = (row, column, height, width)

    @functools.cached_property
    def cells(self) -> Any:  # noqa: ANN401 - UNO has no types
        """LibreOffice's own range."""
        row, column, height, width = self._place
        return self.sheet.native.getCellRangeByPosition(
            column - 1, row - 1, column + width - 2, row + height - 2
        )

    @classmethod
    def of_address(cls, sheet: "Sheet", address: Any) -> "Range":  # noqa: ANN401 - UNO has no types
        """The range of a com.sun.star.table.CellRangeAddress."""
        return cls(
            sheet,
            address.StartRow + 1,
            address.StartColumn + 1,
            address.EndRow - address.StartRow + 1,
            address.EndColumn - address.StartColumn + 1,
        )

    @property
    def sheet(self) -> "Sheet":
        return self._sheet

    @property
    def api(self) -> object:
        return self.cells

    @property
    def row(self) -> int:
        return self._place[0]

    @property
    def column(self) -> int:
        return self._place[1]

    @property
    def shape(self) -> tuple[int, int]:
        return self._place[2], self._place[3]

    @property
    def coords(self) -> tuple[object, ...]:
        return (self.sheet, *self._place)

    @property
    def address(self) -> str:
        text: str = self.cells.AbsoluteName
        return text.rpartition(".")[2]

    def __len__(self) -> int:
        return self._place[2] * self._place[3]

    def __call__(self, row: int, column: int = 1) -> "Range":
        """One cell, counted within this range; with one number, of one column."""
        return Range(self.sheet, self.row + row - 1, self.column + column - 1, 1, 1)

    @property
    def raw_value(self) -> object:
        """As COM gives it: a tuple of rows, one bare value for one cell; Decimal for currency."""
        rows = [list(row) for row in self.cells.getDataArray()]
        for across in range(self.shape[1]):
            self._convert(rows, across)
        return rows[0][0] if len(self) == 1 else tuple(map(tuple, rows))

    @raw_value.setter
    def raw_value(self, data: object) -> None:
        rows = data if isinstance(data, list | tuple) else [[data] * self.shape[1]] * self.shape[0]
        self.sheet.refuse_filtered(self)
        kinds = [self._kinds(across, 0, self.shape[0] - 1) for across in range(self.shape[1])]
        self.cells.setDataArray(
            tuple(
                tuple(_as_cell(cell, in_text=kinds[across][down] == _TEXT) for across, cell in enumerate(row))
                for down, row in enumerate(rows)
            )
        )
        for down, row in enumerate(rows):
            for across, cell in enumerate(row):
                if isinstance(cell, bool):
                    self(down + 1, across + 1).number_format = "BOOLEAN"

    @property
    def formula(self) -> object:
        """As Excel gives it: text for every cell, with its formula where it has one."""
        rows = tuple(tuple(cell.removeprefix("'") for cell in row) for row in self.cells.getFormulaArray())
        return rows[0][0] if len(self) == 1 else rows

    @formula.setter
    def formula(self, formula: str) -> None:
        for down in range(self.shape[0]):
            for across in range(self.shape[1]):
                self.cells.getCellByPosition(across, down).setFormula(formula.replace(",", ";"))

    @property
    def number_format(self) -> str | None:
        """The format code, None where the cells differ."""
        key = self.cells.NumberFormat
        return None if key is None else self.sheet.book.format_code(key)

    @number_format.setter
    def number_format(self, code: str | None) -> None:
        if code is not None:
            self.cells.NumberFormat = self.sheet.book.format_key(code)

    def select(self) -> None:
        self.sheet.book.document.CurrentController.select(self.cells)

    def _convert(self, rows: list[list[Any]], across: int) -> None:
        """One column of what getDataArray gave: "" for an empty cell, None for a formula with an error."""
        column = [row[across] for row in rows]
        numbers = [down for down, cell in enumerate(column) if isinstance(cell, float)]
        kinds = self._kinds(across, numbers[0], numbers[-1]) if numbers else []
        for down, cell in enumerate(column):
            if cell == "":
                rows[down][across] = None
            elif cell is None:
                number = self.cells.getCellByPosition(across, down).getError()
                rows[down][across] = EXCEL_ERRORS.get(number, VALUE_ERROR)
            elif isinstance(cell, float):
                rows[down][across] = _as_com(cell, kinds[down - numbers[0]])

    def _kinds(self, across: int, top: int, bottom: int) -> list[int]:
        """Per cell of part of a column: what its number format makes of a value, 0 for nothing special."""
        cells = self.cells.getCellRangeByPosition(across, top, across, bottom)
        if (key := cells.NumberFormat) is not None:
            return [self._kind(key)] * (bottom - top + 1)
        kinds = [0] * (bottom - top + 1)
        groups = cells.getUniqueCellFormatRanges()
        for group in (groups.getByIndex(index) for index in range(groups.Count)):
            for area in group.RangeAddresses:
                first, last = area.StartRow - self.row + 1 - top, area.EndRow - self.row + 1 - top
                kinds[first : last + 1] = [self._kind(group.NumberFormat)] * (last - first + 1)
        return kinds

    def _kind(self, key: int) -> int:
        flags = self.sheet.book.format_kind(key)
        return next((kind for kind in (_TEXT, _LOGICAL, _CURRENCY, _DATE, _TIME) if flags & kind), 0)


def _as_com(number: float, kind: int) -> object:
    if kind == _LOGICAL:
        return number != 0
    if kind == _CURRENCY:
        return as_currency(number)
    return from_serial(number) if kind in {_DATE, _TIME} else number


def _as_cell(cell: object, *, in_text: bool) -> str | float:
    """What setDataArray takes: text or a number; it ends LibreOffice on None in an untouched cell."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, Decimal):
        raise LossyValueError(f"{cell!r}: Excel would set a currency format and round")
    if isinstance(cell, str):
        if not in_text and not excel_keeps(cell):
            raise LossyValueError(f"{cell!r} in a cell that has no text format")
        return cell
    number = to_serial(cell) if isinstance(cell, date) else float(cell)  # type: ignore[arg-type] # bool or number
    if in_text:
        return f"{number:g}"  # Excel makes text of it
    return number
