"""What a cell says, as XML: everything of a <c> element after its reference and style.

ECMA-376 part 1: 18.3.1.4 (c), 18.18.11 (ST_CellType), 18.17.4 (dates as serial numbers, 1900 and 1904),
22.4.2.4 (bstr: _xHHHH_ for what XML cannot hold). Text is always an inline string (18.3.1.53), so that
nothing that begins with "=" or looks like a number can become anything else.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from .markup import escape
from .references import has_relative_rows
from .refusals import Refused

CellValue = float | int | Decimal | bool | str | date | datetime | None

MAX_TEXT = 32_767
LONG_TEXT = MAX_TEXT // 2  # may take more than MAX_TEXT units of UTF-16
TEXT = (b' t="inlineStr"><is><t>', b"</t></is></c>")
NUMBER = (b"><v>", b"</v></c>")
MAX_WHOLE = 10**15
_CACHED = 8_192
_Maker = Callable[..., bytes]
_DAY = 86_400_000_000
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_SPACED = re.compile(r"^\s|\s$|[\n\t]")


@dataclass(frozen=True, slots=True)
class Formula:
    """The formula of a table's calculated column, for a cell that has none yet."""

    text: str
    array: bool = False


@dataclass(frozen=True, slots=True)
class Raw:
    """A cell of the file that moves: its style and all behind it, as it stands there."""

    style: bytes
    payload: bytes


def text_payload(value: str) -> bytes:
    """A text as an inline string.

    >>> text_payload("=1+1")
    b' t="inlineStr"><is><t>=1+1</t></is></c>'
    """
    if len(value) > LONG_TEXT and len(value.encode("utf-16-le", "surrogatepass")) // 2 > MAX_TEXT:
        raise Refused(f"de tekst is langer dan de {MAX_TEXT} tekens die een cel kan bevatten.")
    written = _LOOKS_ESCAPED.sub("_x005F_", value) if "_x" in value else value
    spaced = "  " in written or written[:1] == " " or written[-1:] == " "
    if not written.isprintable():
        written = _UNREADABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", written)
        spaced = spaced or _SPACED.search(written) is not None
    start = b' t="inlineStr"><is><t xml:space="preserve">' if spaced else TEXT[0]
    return start + escape(written) + TEXT[1]


def number_payload(value: float) -> bytes:
    """A number, written as Excel writes it: shortest, and whole numbers without a point."""
    if not math.isfinite(value):
        raise Refused(f"{value} is geen getal dat in een cel past.")
    if value.is_integer() and -MAX_WHOLE < value < MAX_WHOLE:
        return b"><v>%d</v></c>" % int(value)
    return f"><v>{value!r}</v></c>".encode()


def _int_payload(value: int) -> bytes:
    if -MAX_WHOLE < value < MAX_WHOLE:
        return b"><v>%d</v></c>" % value
    try:
        return number_payload(float(value))
    except OverflowError:
        raise Refused("het gehele getal is te groot voor een cel.") from None


def _decimal_payload(value: Decimal) -> bytes:
    if not value.is_finite():
        raise Refused(f"{value} is geen getal dat in een cel past.")
    return number_payload(float(value))


@lru_cache(maxsize=256)
def formula_payload(text: str, *, array_reference: bytes | None = None) -> bytes:
    """A formula without a cached value; Excel works it out on loading."""
    if array_reference is not None:
        return b'><f t="array" ref="%b">%b</f></c>' % (array_reference, escape(text))
    return b"><f>%b</f></c>" % escape(text)


def _plain_formula_payload(formula: Formula) -> bytes:
    if formula.array or has_relative_rows(formula.text):
        raise Refused("deze formule hangt af van haar plaats.")
    return formula_payload(formula.text)


class _Memory(dict[object, bytes]):
    """What values of one kind were written as; columns repeat themselves."""

    def __init__(self, make: _Maker) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: object) -> bytes:
        if len(self) >= _CACHED:
            self.clear()
        payload = self[value] = self._make(value)
        return payload


class _Kinds(dict[type, _Memory]):
    """The kinds of values; a subclass (an enum of texts, a numpy float) is written as what it comes from."""

    def __missing__(self, kind: type) -> _Memory:
        for known, memory in list(self.items()):
            if issubclass(kind, known):
                self[kind] = memory
                return memory
        raise Refused(f"een waarde van het soort {kind.__name__} kan niet in een cel.")


class Encoder:
    """Values as XML in one workbook. known[type(value)][value] is what payload says, for those in a hurry."""

    def __init__(self, *, date1904: bool) -> None:
        self._date1904 = date1904
        self.known = _Kinds()
        makers: dict[type, _Maker] = {
            type(None): lambda _: b"/>",
            str: text_payload,
            float: number_payload,
            bool: lambda value: b' t="b"><v>%d</v></c>' % value,
            int: _int_payload,
            Decimal: _decimal_payload,
            datetime: self._datetime_payload,
            date: self._date_payload,
            Formula: _plain_formula_payload,
        }
        self.known.update({kind: _Memory(make) for kind, make in makers.items()})

    def payload(self, value: object) -> bytes:
        """The rest of the <c> element for this value: from behind its style to its end."""
        return self.known[type(value)][value]

    def _serial(self, day: date) -> int:
        if self._date1904:
            serial = day.toordinal() - date(1904, 1, 1).toordinal()
        else:
            serial = day.toordinal() - date(1899, 12, 30).toordinal()
            if day < date(1900, 3, 1):  # Excel's 1900 has a 29th of February (18.17.4.1)
                serial -= 1
        if serial < (0 if self._date1904 else 1):
            first = "1904" if self._date1904 else "1900"
            raise Refused(f"{day:%d-%m-%Y} ligt voor 1 januari {first}; zo'n datum kent Excel niet.")
        return serial

    def _date_payload(self, value: date) -> bytes:
        return b"><v>%d</v></c>" % self._serial(value)

    def _datetime_payload(self, value: datetime) -> bytes:
        if value.tzinfo is not None:
            raise Refused("een tijdstip met een tijdzone kan niet in een cel.")
        midnight = value.replace(hour=0, minute=0, second=0, microsecond=0)
        part = (value - midnight).total_seconds() * 1_000_000 / _DAY
        return number_payload(self._serial(value.date()) + part)
