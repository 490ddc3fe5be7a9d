"""Values between LibreOffice and xlwings, with what Excel would make of them.

The engine is strict where Excel silently changes a value: text that Excel would read as something else, and
Decimals, are refused, so that a test fails instead of a user's telephone number.
"""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

ZERO_DAY = datetime(1899, 12, 30)

EXCEL_ERRORS = {
    521: -2146826288,
    532: -2146826281,
    524: -2146826265,
    525: -2146826259,
    503: -2146826252,
    32767: -2146826246,
}
"""LibreOffice's number of an error → the integer Excel hands over; all others are #VALUE!."""
VALUE_ERROR = -2146826273

_NUMBER = re.compile(r"[-+]?[$€]?\s?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?([eE][-+]?\d+)?\s*%?")
_DAY = re.compile(r"\d{1,4}[-/]\d{1,2}([-/]\d{1,4})?([ T]\d{1,2}:\d{2}(:\d{2})?)?")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")


class LossyValueError(ValueError):
    """Excel would make something else of this value than what is meant."""


def excel_keeps(text: str) -> bool:
    """Whether Excel leaves this text as it is in a cell without the text format.

    >>> excel_keeps("Bakker"), excel_keeps("00123"), excel_keeps("=1+1"), excel_keeps("1-2-2026")
    (True, False, False, False)
    """
    bare = text.strip()
    if text[:1] in {"=", "+", "-", "'", "@"} or bare.upper() in {"TRUE", "FALSE", "WAAR", "ONWAAR"}:
        return False
    has_digit = any(character.isdigit() for character in bare)
    return not (has_digit and any(form.fullmatch(bare) for form in (_NUMBER, _DAY, _CLOCK)))


def to_serial(moment: date) -> float:
    """The number of a day or moment; the zone is left out, as Excel does.

    >>> to_serial(date(2026, 11, 21))
    46347.0
    """
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)
    return (moment.replace(tzinfo=None) - ZERO_DAY) / timedelta(days=1)


def from_serial(number: float) -> datetime:
    """The moment of a number, on a millisecond."""
    return ZERO_DAY + timedelta(milliseconds=round(number * 86_400_000))


def as_currency(number: float) -> Decimal:
    """A number in a currency format as COM hands it over: a Decimal, cut to four places."""
    return Decimal(repr(number)).quantize(Decimal("0.0001"))
