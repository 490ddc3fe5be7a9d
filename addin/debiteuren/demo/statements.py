"""The demo's bookings as bank statements: one a month per account, each beginning where the last one ended.

Leaves to others: how a bank writes them down (abn_mt940.py, ing_csv.py, rabobank_camt.py).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from debiteuren.demo.days import DAY, bank_day_back
from debiteuren.demo.facts import Bill, Means
from debiteuren.demo.household import OPENING, first_day
from debiteuren.demo.numbering import betalingskenmerk
from debiteuren.demo.people import OwnBank
from debiteuren.demo.story import Story

BICS = {
    "ABNA": "ABNANL2A",
    "ASNB": "ASNBNL21",
    "BNGH": "BNGHNL2G",
    "BUNQ": "BUNQNL2A",
    "INGB": "INGBNL2A",
    "KNAB": "KNABNL2H",
    "RABO": "RABONL2U",
    "SNSB": "SNSBNL2A",
    "TRIO": "TRIONL2U",
}
"""By the four letters of the bank in an IBAN."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A booking as the bank knows it: the numbers filled in, and the balance after it."""

    day: date
    amount: Decimal
    after: Decimal
    name: str
    iban: str
    text: str
    reference: str
    means: Means
    end_to_end: str
    mandate: str
    return_code: str

    @property
    def bic(self) -> str:
        """The bank of the other side."""
        return BICS[self.iban[4:8]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthStatement:
    """The lines of one account in a month; `begin` and `end` are its first and last bank day."""

    sequence: int
    begin: date
    end: date
    opening: Decimal
    closing: Decimal
    lines: tuple[Line, ...]


def statements(story: Story, numbers: dict[Bill, str], account: OwnBank) -> tuple[MonthStatement, ...]:
    """All statements of the account up to its last known bank day; months without lines are there too."""
    lines = _lines(story, numbers, account)
    begin, last = first_day(story), story.bank_known_until(account)
    opening = OPENING[account]
    made: list[MonthStatement] = []
    while begin <= last:
        next_month = (begin.replace(day=1) + 31 * DAY).replace(day=1)
        end = min(bank_day_back(next_month - DAY), last)
        of_month = tuple(line for line in lines if begin <= line.day <= end)
        closing = of_month[-1].after if of_month else opening
        made.append(
            MonthStatement(
                sequence=len(made) + 1,
                begin=begin,
                end=end,
                opening=opening,
                closing=closing,
                lines=of_month,
            )
        )
        begin, opening = next_month, closing
    return tuple(made)


def _lines(story: Story, numbers: dict[Bill, str], account: OwnBank) -> tuple[Line, ...]:
    balance = OPENING[account]
    lines = []
    own = (booking for booking in story.bookings if booking.account is account)
    for booking in sorted(own, key=lambda booking: (booking.day, booking.serial)):
        balance += booking.amount
        named = [numbers[bill] for bill in booking.bills]
        lines.append(
            Line(
                day=booking.day,
                amount=booking.amount,
                after=balance,
                name=booking.name,
                iban=booking.iban,
                text=booking.text.format(*named),
                reference=betalingskenmerk(named[0]) if booking.by_reference else booking.kenmerk,
                means=booking.means,
                end_to_end=booking.end_to_end,
                mandate=booking.mandate,
                return_code=booking.return_code,
            )
        )
    return tuple(lines)
