"""Promises to pay, and the debtor's word that he has paid.

Answers: is there a promise still open, when can it be checked, was it kept, or which day ended it.
Source: docs/regels.md, "Toezegging" (also Betaald volgens debiteur), rule A16 (a promise without a day is
seven days).
Leaves to others: what comes before a promise and after it (next_action.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from debiteuren.domain.contact import Contact, ContactKind, Outcome
from debiteuren.domain.days import days_after
from debiteuren.domain.money import ZERO
from debiteuren.rules.freshness import BankFreshness
from debiteuren.rules.unpaid import NO_DAY, Booking
from debiteuren.rules.workdays import add_bank_days, next_workday, workday_after

USUAL_TERM = 7
"""Days that a promise without a day gets (rule A16)."""
CHECKING_BANK_DAYS = 3
"""Money on its way is in our account by the third bank day (docs/regels.md, "Toezegging")."""

_WITH_A_DAY = frozenset({None, Outcome.EXCUSE, Outcome.OTHER, Outcome.ARRANGEMENT})
"""Outcomes that are a promise when Toezegd op is filled."""


@dataclass(frozen=True, slots=True)
class Word:
    """The newest thing a debtor gave his word on. `promised_on` None: he says he has already paid.

    `closed`: the day of the later conversation that ended it, None while it stands.
    """

    contact: Contact
    promised_on: date | None
    closed: date | None

    @property
    def follow_up_on(self) -> date:
        """The first working day after the promised day; of having paid: on or after the third bank day."""
        if self.promised_on is None:
            return next_workday(add_bank_days(self.contact.day, CHECKING_BANK_DAYS))
        return workday_after(self.promised_on)

    def can_be_checked(self, freshness: BankFreshness) -> bool:
        """The day has come, and for a promise the bank is known past the promised day."""
        if freshness.on < self.follow_up_on:
            return False
        return self.promised_on is None or freshness.known_past(self.promised_on)


def last_word(rows: Iterable[Contact]) -> Word | None:
    """The newest promise, or word of having paid; `rows` speak of one invoice, oldest first.

    Any later conversation except Geen gehoor closes it.
    """
    found: Contact | None = None
    closed: date | None = None
    for row in rows:
        if _is_word(row):
            found, closed = row, None
        elif found is not None and closed is None and _is_answered(row):
            closed = row.day
    if found is None:
        return None
    return Word(found, _promised_on(found), closed)


def _is_word(row: Contact) -> bool:
    if row.outcome in {Outcome.PROMISE, Outcome.SAYS_PAID}:
        return True
    return row.promised_on is not None and row.outcome in _WITH_A_DAY


def _is_answered(row: Contact) -> bool:
    return row.kind is ContactKind.CONVERSATION and row.outcome is not Outcome.NO_ANSWER


def _promised_on(row: Contact) -> date | None:
    if row.outcome is Outcome.SAYS_PAID:
        return None
    return row.promised_on or days_after(row.day, USUAL_TERM)


def kept_on(word: Word, bookings: Iterable[Sequence[Booking]], difference_max: Decimal) -> date | None:
    """The day on which the promised amount had come in and stayed; None when it did not.

    `bookings` of every invoice the promise speaks of; those on or after Moment count. Without an amount the
    promise is kept when the invoice is paid, and then nobody asks.
    """
    amount = word.contact.promised_amount
    if word.promised_on is None or amount is None or amount <= ZERO:
        return None
    since = word.contact.day
    came = sorted(
        (booking.day, booking.amount)
        for of_invoice in bookings
        for booking in of_invoice
        if booking.day >= since and booking.day != NO_DAY
    )
    total = ZERO
    kept: date | None = None
    for day, part in came:
        total += part
        if total < amount - difference_max:
            kept = None
        elif kept is None:
            kept = day
    return kept
