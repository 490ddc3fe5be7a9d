"""One cell of a list → the value its column holds, and whether the workbook's cell says the same.

Source: contract section 5 (days JJJJ-MM-DD or DD-MM-JJJJ, amounts with one decimal mark per file).
"""

from datetime import date, datetime
from decimal import Decimal

from debiteuren.book.layout_parts import Kind
from debiteuren.book.values import as_text, parse_day
from debiteuren.book.workbook import Cell
from debiteuren.domain.amount_text import amount_with
from debiteuren.domain.money import from_number

Value = str | Decimal | date | int | None


def read_value(kind: Kind, cell: Cell, text: str, mark: str) -> Value:
    """The value of a cell for a column of this kind.

    Raises:
        ValueError: it is none.
    """
    if kind is Kind.MONEY:
        return from_number(cell) if isinstance(cell, float) else amount_with(mark, text)
    if kind in {Kind.DAY, Kind.MOMENT}:
        if isinstance(cell, datetime):
            return cell.date()
        return cell if isinstance(cell, date) else parse_day(text)
    if kind is Kind.WHOLE:
        return int(text)
    return text


def as_cell(value: Value) -> Cell:
    """The value as it is written in a cell."""
    return float(value) if isinstance(value, Decimal) else value


def same_value(kind: Kind, value: Value, cell: Cell) -> bool:
    """Whether the workbook's cell says the same; a cell that cannot be read does not."""
    text = as_text(cell)
    if not text:
        return False
    try:
        return read_value(kind, cell, text, ",") == value
    except ValueError:
        return False
