"""One row of a CSV or TAB file: its cells by our field names, and days and amounts out of them.

Answers: what stands in this column, which day and which amount is it; what cannot be read is a CellError.
Source: docs/regels.md, "Bankbestanden".
Leaves to others: which columns there are (csv_layouts.py), what a row means (csv_bank.py).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import unescape

from debiteuren.banks.csv_layouts import COMPACT, DASHED, ISO, ISO_MOMENT, Layout
from debiteuren.banks.csv_rows import Match
from debiteuren.banks.events import shown
from debiteuren.domain.amount_text import amount_with
from debiteuren.domain.money import TOO_LARGE, TooLargeError

_DAY = {
    ISO: re.compile(r"\d{4}-\d{2}-\d{2}"),
    ISO_MOMENT: re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}"),
    COMPACT: re.compile(r"\d{8}"),
}
_ANY_DAY = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{4}", re.ASCII)
_EXCEL_DAY = re.compile(r"\d{1,2}-\d{1,2}-\d{4}", re.ASCII)
"""What a Dutch Excel makes of any day when it saves a file again."""


class CellError(ValueError):
    """A cell that cannot be trusted: its column, what stands there, and what it should be."""

    def __init__(self, column: str, found: str, what: str) -> None:
        super().__init__(f'Hier staat "{shown(found)}". {what}')
        self.column = column


@dataclass(frozen=True, slots=True)
class Row:
    """One data row, by our field names."""

    line: int
    cells: Sequence[str]
    match: Match

    def get(self, key: str) -> str:
        """The cell in one line, '' when the file does not have that column."""
        at = self.match.places.get(key)
        cell = self.cells[at] if at is not None and at < len(self.cells) else ""
        return " ".join((unescape(cell) if self.match.layout.entities else cell).split())

    def first(self, key: str) -> str:
        """The cell, or of several columns the first that is filled."""
        cells = (" ".join(part.split()) for part in self.parts(key))
        return next(filter(None, cells), "") if key in self.match.many else self.get(key)

    def raw(self, key: str) -> str:
        """The cell with its spaces as they are."""
        at = self.match.places.get(key)
        return self.cells[at] if at is not None and at < len(self.cells) else ""

    def parts(self, key: str) -> list[str]:
        """The cells of a field of several columns."""
        return [self.cells[at] for at in self.match.many.get(key, ()) if at < len(self.cells)]


def day_of(text: str, layout: Layout, column: str) -> date | None:
    """The day as this export writes it, None for an empty cell.

    Raises:
        CellError: no day, or none that exists.
    """
    if not text:
        return None
    for shape in layout.days:
        if _DAY.get(shape, _ANY_DAY).fullmatch(text):
            try:
                return datetime.strptime(text, shape).date()  # noqa: DTZ007 - a bank day has no time zone
            except ValueError:
                continue
    # The exports of online banks abroad are also seen with the month first: there a dash says nothing.
    resaved = () if layout.without_account else ((_EXCEL_DAY, DASHED), (_DAY[ISO], ISO))
    for pattern, written in resaved:
        if pattern.fullmatch(text):
            try:
                return datetime.strptime(text, written).date()  # noqa: DTZ007 - as above
            except ValueError:
                break
    if layout.without_account and _EXCEL_DAY.fullmatch(text):
        raise CellError(column, text, "Wat daarvan de dag is en wat de maand, is bij deze bank niet zeker.")
    raise CellError(column, text, "Die datum bestaat niet.")


def decimal_of(text: str, mark: str, column: str) -> Decimal:
    """The amount with this decimal mark.

    Raises:
        CellError: no amount.
    """
    try:
        return amount_with(mark, text)
    except TooLargeError as error:
        raise CellError(column, text, TOO_LARGE) from error
    except ValueError as error:
        raise CellError(column, text, "Dat is geen bedrag.") from error
