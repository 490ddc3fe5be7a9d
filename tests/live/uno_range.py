"""xlwings' Range on LibreOffice: whole blocks of values, and number formats."""

from collections.abc import Iterator, Sequence
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
_ERROR_RESULT = 4  # com.sun.star.sheet.FormulaResult.ERROR
# com.sun.star.sheet.CellFlags: VALUE, DATETIME, STRING and FORMULA
CONTENTS = 1 | 2 | 4 | 16

Cells = set[tuple[int, int]]


class Range(base_classes.Range):
    """A block of cells; rows and columns count from 1."""

    max_cells_per_read = None
    max_cells_per_write = None

    def __init__(self, sheet: "Sheet", row: int, column: int, height: int, width: int) -> None:
        self._sheet = sheet
        self._place = (row, column, height, width)
        self.cells: Any = sheet.native.getCellRangeByPosition(
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
        formats = self._formats()
        rows = [[None if cell == "" else cell for cell in row] for row in self.cells.getDataArray()]
        for kind, positions in formats:
            for down, across in positions:
                cell = rows[down][across]
                if isinstance(cell, float):
                    rows[down][across] = _as_com(cell, kind)
        for down, across in self._errors():
            rows[down][across] = EXCEL_ERRORS.get(
                self.cells.getCellByPosition(across, down).getError(), VALUE_ERROR
            )
        return rows[0][0] if len(self) == 1 else tuple(map(tuple, rows))

    @raw_value.setter
    def raw_value(self, data: object) -> None:
        rows = data if isinstance(data, list | tuple) else [[data] * self.shape[1]] * self.shape[0]
        self.sheet.refuse_filtered(self)
        texts = {place for kind, places in self._formats() if kind == _TEXT for place in places}
        self.cells.setDataArray(
            tuple(
                tuple(_as_cell(cell, in_text=(down, across) in texts) for across, cell in enumerate(row))
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
        groups = self.cells.getUniqueCellFormatRanges()
        keys = {groups.getByIndex(index).NumberFormat for index in range(groups.Count)}
        return self.sheet.book.format_code(keys.pop()) if len(keys) == 1 else None

    @number_format.setter
    def number_format(self, code: str | None) -> None:
        if code is not None:
            self.cells.NumberFormat = self.sheet.book.format_key(code)

    def select(self) -> None:
        self.sheet.book.document.CurrentController.select(self.cells)

    def _formats(self) -> list[tuple[int, Cells]]:
        """The cells with a number format that decides what their values are."""
        found = []
        groups = self.cells.getUniqueCellFormatRanges()
        for index in range(groups.Count):
            group = groups.getByIndex(index)
            kind = self.sheet.book.format_kind(group.NumberFormat)
            for special in (_TEXT, _LOGICAL, _CURRENCY, _DATE | _TIME):
                if kind & special:
                    found.append((special, set(self._positions(group.RangeAddresses))))
                    break
        return found

    def _positions(self, addresses: Sequence[Any]) -> Iterator[tuple[int, int]]:
        for address in addresses:
            for row in range(address.StartRow, address.EndRow + 1):
                for column in range(address.StartColumn, address.EndColumn + 1):
                    yield row - self.row + 1, column - self.column + 1

    def _errors(self) -> Cells:
        """Formulas with an error; getDataArray shows them as empty."""
        return set(self._positions(self.cells.queryFormulaCells(_ERROR_RESULT).RangeAddresses))


def _as_com(number: float, kind: int) -> object:
    if kind == _LOGICAL:
        return number != 0
    if kind == _CURRENCY:
        return as_currency(number)
    return number if kind == _TEXT else from_serial(number)


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
