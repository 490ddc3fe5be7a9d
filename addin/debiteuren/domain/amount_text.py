"""Amounts in a file written by others: is the comma or the point the decimal mark.

Answers: which mark does this file use, and what amount is this text under that mark. One mark holds for a
whole file, never per cell. Two decimals or none: "1.234" and "1,5" could be two things and are refused.
Source: docs/regels.md, "Lijsten" and "Fouten en twijfel".
Leaves to others: amounts a user typed in the workbook (domain/money.py, strictly Dutch).
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from debiteuren.domain.money import LARGEST, TooLargeError, to_cents

_MARKS = {
    ",": re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+,\d{2}|\d+(?:,\d{2})?)", re.ASCII),
    ".": re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+\.\d{2}|\d+(?:\.\d{2})?)", re.ASCII),
}
_BEHIND = re.compile(r"^([\d.,]+)-$", re.ASCII)
"""A minus behind the amount, as bookkeeping packages print it."""
_SPACES = str.maketrans("", "", " \u00a0\u202f\t")
_LONGEST = 40


def _bare(text: str) -> str:
    if len(text) > _LONGEST:
        return text
    bare = text.translate(_SPACES).replace("\u2212", "-")
    bare = re.sub(r"^([+-]?)(?:€|EUR)([+-]?)", r"\1\2", bare)
    return _BEHIND.sub(r"-\1", bare)


def decimal_mark(texts: Iterable[str]) -> str:
    """The decimal mark of a file with these amounts: "," or ".".

    The mark that most amounts prove; nothing proven, or as much for either: ",". Amounts that do not fit it
    are refused by amount_with, so a file with both marks is never read half.

    >>> decimal_mark(["1234.56", "1,000.00", "12"])
    '.'
    """
    proven = dict.fromkeys(_MARKS, 0)
    for text in texts:
        bare = _bare(text)
        fits = [mark for mark, shape in _MARKS.items() if shape.fullmatch(bare)]
        if len(fits) == 1:
            proven[fits[0]] += 1
    return "." if proven["."] > proven[","] else ","


def amount_with(mark: str, text: str) -> Decimal:
    """Amount in whole cents of text with this decimal mark; a plus in front or a minus behind is fine.

    >>> amount_with(".", "+1,234.50")
    Decimal('1234.50')

    Raises:
        ValueError: no amount under this mark.
        TooLargeError: too large to hold cents.
    """
    bare = _bare(text)
    if _MARKS[mark].fullmatch(bare) is None:
        raise ValueError(f"no amount: {text[:_LONGEST]!r}")
    thousands = "." if mark == "," else ","
    amount = Decimal(bare.replace(thousands, "").replace(mark, "."))
    if abs(amount) > LARGEST:
        raise TooLargeError(f"amount too large: {text!r}")
    return to_cents(amount)
