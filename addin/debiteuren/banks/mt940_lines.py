"""The lines of an MT940 file as fields, and the grammar of :61: and of balances.

Answers: which field holds which lines, and what amount, sign and days stand on a line. Signs are a closed
table: C +, D −, RC (a credit taken back) −, RD (a debit given back) +.
Source: SWIFT MT940; docs/regels.md, "Bankbestanden".
Leaves to others: what the details say (details.py), what a statement is (mt940.py).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from debiteuren.domain.money import LARGEST, TOO_LARGE, to_cents

FULL_LINE = 65
_TAG = re.compile(r":(20|21|25|28C?|13D?|34F|60[FM]|61|62[FM]|64|65|86|90[CD]):(.*)", re.DOTALL)
_NEW_MESSAGE = "{1:"
_NO_TEXT = re.compile(r"[\x00\x02\x04-\x08\x0b\x0c\x0e-\x19\x1b-\x1f]")
_DAMAGED = re.compile(r"\s*:?\s*:61\s*:\s*\d{6}", re.ASCII)
NO_TEXT, DAMAGED = "no text", "damaged"
"""In place of a tag: a line with signs that are no text, and a booking that does not begin its line."""
_ENTRY = re.compile(
    r"(?P<value>\d{6})(?P<booked>\d{4}| {4})?(?P<mark>R?[CD])[A-Z]?(?P<amount>[\d,.]+)"
    r"(?P<kind>[NFS][A-Z0-9 ]{3})(?P<reference>.*?)(?://(?P<bank>.*))?",
    re.ASCII | re.DOTALL,
)
_BALANCE = re.compile(r"(?P<mark>[CD])(?P<day>\d{6})(?P<currency>[A-Z]{3})(?P<amount>[\d,.]+)\s*", re.ASCII)
_CENTS = re.compile(r"\d{1,11},\d{2}", re.ASCII)
_AMOUNT = re.compile(r"\d{1,30}(?:[,.]\d{0,2})?", re.ASCII)
SIGNS = {"C": 1, "D": -1, "RC": -1, "RD": 1}
_CENTURY_TURN = 80
_HALF_YEAR = timedelta(days=183)


class LineError(ValueError):
    """A line that cannot be trusted; the text says in Dutch what stands there."""


@dataclass(slots=True)
class Field:
    """One tag with its lines; `full` says of each line whether it fills the 65 signs, so goes on."""

    line: int
    tag: str
    lines: list[str]
    full: list[bool] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All lines as one."""
        return self.text_of(0, None)

    def text_of(self, start: int, end: int | None) -> str:
        """These lines as one: after a full line without a space, else with one."""
        pairs = zip(self.lines[start:end], self.full[start:end], strict=True)
        return "".join([line if full else line + " " for line, full in pairs]).strip()


def _tag_of(text: str) -> tuple[str, str]:
    """The tag a line opens with and what follows it, '' when it opens with none we know."""
    if text[3:4] == ":" and text[1:3] in {"61", "86"}:  # which most are
        return text[1:3], text[4:]
    found = _TAG.fullmatch(text)
    return (found[1], found[2]) if found else ("", "")


def fields_of_file(lines: Iterable[tuple[int, str]]) -> Iterator[Field]:
    """Every field in order.

    A line that cannot be trusted comes at once, as NO_TEXT or DAMAGED. What stands around messages comes as
    fields with an empty tag, a new SWIFT message as the tag "{1:".
    After a closing balance nothing but tags is a field's own.
    """
    current: Field | None = None
    closed = True
    for number, text in lines:
        tag, rest = _tag_of(text) if text[:1] == ":" else ("", "")
        if (tag or not closed) and not text.isprintable() and _NO_TEXT.search(text):
            yield Field(number, NO_TEXT, [text], [False])
        elif tag:
            if current:
                yield current
            current = Field(number, tag, [rest], [len(text) >= FULL_LINE])
            closed = tag in {"62F", "62M"} or (closed and tag in {"64", "65", "86"})
        elif ":61" in text[:8] and _DAMAGED.match(text):
            yield Field(number, DAMAGED, [text], [False])
        elif closed or current is None or text.startswith(_NEW_MESSAGE):
            if current:
                yield current
                current = None
            closed = True
            yield Field(number, _NEW_MESSAGE if text.startswith(_NEW_MESSAGE) else "", [text], [False])
        else:
            current.lines.append(text)
            current.full.append(len(text) >= FULL_LINE)
    if current:
        yield current


class Entry(NamedTuple):
    """What stands on :61:. `mark` is C, D, RC or RD; `bank` the bank's own reference."""

    booked: date
    value: date
    amount: Decimal
    mark: str
    kind: str
    reference: str
    bank: str


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    year = int(text[:2])
    try:
        return date((2000 if year < _CENTURY_TURN else 1900) + year, int(text[2:4]), int(text[4:6]))
    except ValueError as error:
        raise LineError(f'Hier staat de datum "{text}" (jjmmdd). Die dag bestaat niet.') from error


@lru_cache(maxsize=4096)
def _booked_day(text: str, value: date) -> date:
    """The entry day (mmdd) in the year that brings it nearest to the value day."""
    candidates = []
    for year in (value.year - 1, value.year, value.year + 1):
        try:
            candidates.append(date(year, int(text[:2]), int(text[2:])))
        except ValueError:
            continue
    if not candidates:
        raise LineError(f'Hier staat de boekdag "{text}" (mmdd). Die dag bestaat niet.')
    nearest = min(candidates, key=lambda day: abs(day - value))
    if abs(nearest - value) > _HALF_YEAR:
        raise LineError(f'Hier staat de boekdag "{text}" (mmdd). Die dag bestaat in dat jaar niet.')
    return nearest


def read_amount(text: str) -> Decimal:
    """Unsigned amount; the comma (or Rabobank's old point) is the decimal mark.

    Raises:
        LineError: no amount, more than two decimals, or too large.
    """
    if _CENTS.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if not _AMOUNT.fullmatch(text):
        raise LineError(f'Hier staat het bedrag "{text[:30]}". Dat is geen bedrag.')
    amount = Decimal(text.replace(",", ".").rstrip("."))
    if amount > LARGEST:
        raise LineError(f'Hier staat het bedrag "{text[:30]}". {TOO_LARGE}')
    return to_cents(amount)


def _signed(mark: str, text: str) -> Decimal:
    """Mark and amount of a line as one number; never minus nought."""
    amount = read_amount(text)
    return amount if SIGNS[mark] > 0 else -amount


def read_entry(text: str) -> Entry:
    """What stands on the first line of :61:.

    >>> read_entry("1503100311RC10,5NTRFNONREF//15069021961175").amount
    Decimal('-10.50')

    Raises:
        LineError: not in the form of a :61:, or an impossible day or amount.
    """
    found = _ENTRY.fullmatch(text)
    if found is None:
        raise LineError(f'Deze boeking (:61:) is niet te lezen: "{text[:40]}".')
    value_on, booked_on, mark, amount, kind, reference, bank = found.groups(default="")
    value = _day(value_on)
    return Entry(
        _booked_day(booked_on, value) if booked_on.strip() else value,
        value,
        _signed(mark, amount),
        mark,
        kind.strip(),
        reference.strip(),
        bank.strip(),
    )


@dataclass(frozen=True, slots=True)
class Balance:
    """An opening or closing balance."""

    day: date
    currency: str
    amount: Decimal


def read_balance(text: str) -> Balance:
    """What stands on :60F:, :60M:, :62F: or :62M:.

    Its amount ends the line: without a decimal mark the line was cut off, and the amount is another.

    Raises:
        LineError: not in the form of a balance.
    """
    found = _BALANCE.fullmatch(text)
    if found is None:
        raise LineError(f'Dit saldo is niet te lezen: "{text[:40]}".')
    if found["amount"].isdigit():
        raise LineError(f'Dit saldo heeft geen komma: "{text[:40]}". De regel is afgebroken.')
    return Balance(_day(found["day"]), found["currency"], _signed(found["mark"], found["amount"]))
