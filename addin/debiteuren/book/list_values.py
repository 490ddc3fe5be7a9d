"""One cell of a list → the value its column holds, and whether the workbook's cell says the same.

Source: docs/regels.md, "Lijsten" (days JJJJ-MM-DD or DD-MM-JJJJ, amounts with one decimal mark per file).
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from debiteuren.book.cells import clean_text
from debiteuren.book.layout_parts import Kind
from debiteuren.book.percents import REMEDY, WRONG, percent_of
from debiteuren.book.values import as_text, existing_day, parse_day
from debiteuren.book.workbook import Cell
from debiteuren.domain.amount_text import amount_with
from debiteuren.domain.money import TOO_LARGE, TooLargeError, from_number

Value = str | Decimal | date | int | None

_DASHED = re.compile(r"\d{1,2}-\d{1,2}-\d{4}|\d{4}-\d{1,2}-\d{1,2}", re.ASCII)


def listed_day(text: str) -> date:
    """A day as lists may write it: with dashes, so that 01/02/2026 is nobody's guess.

    Raises:
        ValueError: not so; its argument is "form", "dashes" or "no such day".
    """
    if _DASHED.fullmatch(text):
        return parse_day(text)
    raise ValueError("dashes" if re.fullmatch(r"\d{1,4}([/. ])\d{1,2}\1\d{1,4}", text, re.ASCII) else "form")


def read_value(
    kind: Kind, cell: Cell, text: str, mark: str, day_of: Callable[[str], date] = listed_day
) -> Value:
    """The value of a cell for a column of this kind; `day_of` reads a day written as text.

    Raises:
        ValueError: it is none.
    """
    if kind is Kind.MONEY:
        return from_number(cell) if isinstance(cell, float) else amount_with(mark, text)
    if kind in {Kind.DAY, Kind.MOMENT}:
        if isinstance(cell, datetime):
            return cell.date()
        return cell if isinstance(cell, date) else day_of(text)
    if kind is Kind.PERCENT:
        return percent_of(cell if isinstance(cell, float) else text)
    if kind is Kind.WHOLE:
        return int(text)
    return clean_text(text)


def wrong_value(kind: Kind, text: str, mark: str, error: ValueError) -> tuple[str, str]:
    """Why read_value refused this text, and what to do."""
    if isinstance(error, TooLargeError):
        return TOO_LARGE, "controleer het bedrag."
    if kind is Kind.MONEY:
        why = f'Dat is geen bedrag met een "{mark}" voor de centen.'
        return why, f"verbeter het, bijvoorbeeld 1234{mark}56."
    if kind is Kind.PERCENT:
        return WRONG, REMEDY
    if kind not in {Kind.DAY, Kind.MOMENT}:
        return "Dat is geen geheel getal.", "verbeter het, bijvoorbeeld 30."
    if str(error) == "dashes":
        return (
            "Wat daarvan de dag is en wat de maand, is niet zeker.",
            "schrijf de datum met streepjes: DD-MM-JJJJ of JJJJ-MM-DD, bijvoorbeeld 21-11-2026.",
        )
    why = "Die datum bestaat niet." if str(error) == "no such day" else "Dat is geen datum."
    return why, f"verbeter het, bijvoorbeeld {existing_day(text)}."


def as_cell(value: Value) -> Cell:
    """The value as it is written in a cell."""
    return float(value) if isinstance(value, Decimal) else value


def same_value(kind: Kind, value: Value, cell: Cell) -> bool:
    """Whether the workbook's cell says the same; a cell that cannot be read does not."""
    text = as_text(cell)
    if not text:
        return False
    try:
        return read_value(kind, cell, text, ",", parse_day) == value
    except ValueError:
        return False
