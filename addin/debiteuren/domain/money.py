"""Money: Decimal euros in whole cents.

Answers: what amount does this text or number stand for, and how do we show it.
Leaves to others: which column it came from (book/tables.py), which sign a bank means (banks/).
"""

import re
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
LARGEST = Decimal("99999999999.99")
"""Above this a spreadsheet number no longer holds cents exactly."""

_DUTCH = re.compile(r"(?P<sign>-?)(?:\d{1,3}(?:\.\d{3})+|\d+),(?P<cents>\d{2})", re.ASCII)
_SPACES = str.maketrans("", "", " \u00a0\u202f\t")
_EXACT_FLOATS = 1e11
_FLOAT_NOISE = Decimal("0.0002")


class TooLargeError(ValueError):
    """An amount above LARGEST: it is an amount, but not one that we can keep exactly."""


def to_cents(amount: Decimal) -> Decimal:
    """Round to whole cents, half up (away from zero): the only rounding in the product.

    >>> to_cents(Decimal("2.345"))
    Decimal('2.35')
    """
    return amount.quantize(CENT, rounding=ROUND_HALF_UP) or ZERO  # never minus nought


def parse_amount(text: str) -> Decimal:
    """Amount in euros from Dutch text: a comma, two decimals, points only between thousands.

    A euro sign, spaces and a minus in front, before or behind the sign, are fine. Anything that could be
    read in two ways is refused.

    >>> parse_amount("€ 1.234,56")
    Decimal('1234.56')

    Raises:
        ValueError: "1.234", "1,5", "12,34,56", "1e3" and whatever else is no exact amount.
        TooLargeError: more than LARGEST.
    """
    bare = text.translate(_SPACES).replace("\u2212", "-")
    bare = re.sub(r"^(-?)(?:€|EUR)(-?)", r"\1\2", bare)
    found = _DUTCH.fullmatch(bare)
    if found is None:
        raise ValueError(f"no exact amount: {text!r}")
    amount = Decimal(bare.replace(".", "").replace(",", "."))
    if abs(amount) > LARGEST:
        raise TooLargeError(f"amount too large: {text!r}")
    return amount


def from_number(number: float | Decimal) -> Decimal:
    """Amount in euros from a cell's number, which must lie within 0,0002 of whole cents.

    >>> from_number(0.1 + 0.2)
    Decimal('0.30')

    Raises:
        ValueError: a number with parts of cents, or not finite.
        TooLargeError: more than LARGEST.
    """
    if type(number) is float and -_EXACT_FLOATS < number < _EXACT_FLOATS:
        cents = round(number * 100)
        if cents / 100 == number:  # the nearest float to whole cents, which nearly every cell holds
            return Decimal(cents) * CENT
    exact = Decimal(str(number))
    if not exact.is_finite():
        raise ValueError(f"no amount: {number!r}")
    if abs(exact) > LARGEST:
        raise TooLargeError(f"amount too large: {number!r}")
    amount = to_cents(exact)
    if abs(amount - exact) > _FLOAT_NOISE:
        raise ValueError(f"parts of cents: {number!r}")
    return amount


def euro(amount: Decimal) -> str:
    """The amount as we show it everywhere.

    >>> euro(Decimal("-1234.5"))
    '€ -1.234,50'
    """
    return "€ " + plain(amount)


def plain(amount: Decimal) -> str:
    """The amount without a sign for the currency: "1.234,50"."""
    return f"{to_cents(amount):,.2f}".translate(str.maketrans(",.", ".,"))


TOO_LARGE = f"Dat bedrag is te groot: tot {euro(LARGEST)} kan het tot op de cent bewaard worden."
"""What a user reads where an amount is above LARGEST."""
