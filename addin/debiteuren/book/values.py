"""One cell or word of the sheet → text, day or choice: the small parsers that reader.py builds on."""

import re
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from debiteuren.book.workbook import Cell, CellFault
from debiteuren.domain.money import plain

Choice = TypeVar("Choice", bound=StrEnum)

_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_MOMENT = re.compile(r"(?P<day>\S+)[ T]+(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d)?", re.ASCII)
_MOST_SHOWN = 60


def tidy(text: str) -> str:
    """Text without spaces around it; non-breaking spaces become ordinary ones."""
    if "\u00a0" in text or "\u202f" in text:
        text = text.replace("\u00a0", " ").replace("\u202f", " ")
    return text.strip()


def as_text(cell: Cell) -> str:
    """What the cell says as text: 1001.0 is "1001", a day is 21-11-2026, an error or empty cell is ''."""
    if isinstance(cell, str):
        return tidy(cell)
    if cell is None or isinstance(cell, CellFault):
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, float | int):
        return str(int(cell)) if cell == int(cell) else repr(cell)
    if isinstance(cell, date):
        return f"{cell:%d-%m-%Y}"
    return str(cell)


def texts_of(cells: Sequence[Cell]) -> list[str]:
    """Each cell as text; plain ASCII text, by far the most, takes the short way."""
    return [
        "" if cell is None else cell.strip() if cell.__class__ is str and cell.isascii() else as_text(cell)
        for cell in cells
    ]


def holds(cell: Cell) -> bool:
    """The cell holds something: not empty, not only spaces."""
    if cell is None or cell == "":
        return False
    return not isinstance(cell, str) or bool(tidy(cell))


def shown(cell: Cell) -> str:
    """The cell as it is quoted to the user: short, in quotes, numbers the Dutch way."""
    if isinstance(cell, CellFault):
        return f'"{cell.text}"'
    fraction = isinstance(cell, float) and cell != int(cell)
    text = repr(cell).replace(".", ",") if fraction else as_text(cell)
    text = " ".join(text.split())
    return f'"{text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + "…"}"'


def parse_day(text: str) -> date:
    """A day written as 21-11-2026, 21/11/2026 or 2026-11-21; the year has four digits.

    Raises:
        ValueError: not a day written so; its argument is "form" or "no such day".
    """
    found = _DAY_FIRST.fullmatch(text)
    if found:
        day, month, year = (int(part) for part in found.groups())
    else:
        found = _YEAR_FIRST.fullmatch(text)
        if not found:
            raise ValueError("form")
        year, month, day = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError("no such day") from None


_CHOICES: dict[type[StrEnum], dict[str, StrEnum]] = {}


def choices(words: type[Choice]) -> dict[str, Choice]:
    """The words of an enum, folded, to look up what a user typed."""
    known = _CHOICES.get(words)
    if known is None:
        known = {word.value.casefold(): word for word in words}
        _CHOICES[words] = known
    return known  # type: ignore[return-value] # one dictionary for all enums


def split_numbers(text: str) -> tuple[str, ...]:
    """Invoice numbers separated by ";" (a comma or a line break will do), each once, in the order typed."""
    parts = (tidy(part) for part in re.split(r"[;,\n]", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def split_moment(text: str) -> tuple[str, time]:
    """The part that is a day, and the time of day behind it (00:00 when there is none)."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return text, time()
    return found["day"], time(int(found["hour"]), int(found["minute"]))


def rounded(number: float) -> str:
    """The number on whole cents, as an example of what to type."""
    try:
        return plain(Decimal(str(number)))
    except ArithmeticError:
        return "12,50"


def existing_day(text: str) -> str:
    """For 31-02-2026 the nearest day that does exist: 28-02-2026; else a plain example."""
    found = _DAY_FIRST.fullmatch(text)
    if found:
        day, month, year = (int(part) for part in found.groups())
        for candidate in range(min(day, 31), 27, -1):
            try:
                return f"{date(year, month, candidate):%d-%m-%Y}"
            except ValueError:
                continue
    return "28-02-2026"
