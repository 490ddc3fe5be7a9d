"""Letters about arrangements that are due: a confirmation, a word before an instalment, the end.

Answers: which arrangement gets which letter today, and which does not and why; the row to log in Contact.
Source: docs/regels.md, "Brieven bij een regeling"; rules A23, C10, D11, D20.
Leaves to others: what is due at an arrangement (rules/), what holds a letter back (arrangement_holds.py), the
words (mail/), making and placing drafts (confirming.py, reminding.py).
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from debiteuren.domain.arrangement import (
    ArrangementState,
    ArrangementStatus,
    InstalmentState,
    InstalmentStatus,
)
from debiteuren.domain.arrangement_letter import ArrangementLetter, ArrangementLetterKind, Debt
from debiteuren.domain.contact import Contact, ContactKind, DraftState
from debiteuren.domain.days import days_after, dutch
from debiteuren.domain.debtor import Channel, Debtor
from debiteuren.domain.invoice import InvoiceState
from debiteuren.domain.reminder import Skipped
from debiteuren.jobs.arrangement_holds import Books, reason_to_wait, told_already
from debiteuren.jobs.refresh import Refreshed
from debiteuren.jobs.reminder_facts import KEY_LENGTH, LONGEST_TERM
from debiteuren.jobs.reminders import RemindersPlan, known_keys
from debiteuren.rules.arrangement_follow_up import announcements
from debiteuren.rules.confirmation import last_confirmation
from debiteuren.rules.workdays import next_workday

BROKEN_NEWS = timedelta(days=30)
"""So long after a break its letter still tells something new (the figure is ours)."""
THANKS_IN_TIME = timedelta(days=14)
"""So long after the last money a thank-you is not odd (ours)."""

_MISSED = frozenset({InstalmentStatus.MISSED, InstalmentStatus.PARTLY_PAID})


class Due(NamedTuple):
    """A letter that an arrangement asks for; `part`: the instalment it is about, `detail` tells two apart."""

    kind: ArrangementLetterKind
    state: ArrangementState
    part: InstalmentState | None = None
    detail: str = ""


def with_arrangement_letters(plan: RemindersPlan, done: Refreshed, *, without_bank: bool) -> RemindersPlan:
    """The plan of reminders with the letters about arrangements, in the order of Regelingen.

    Who gets the letter that his arrangement is broken, gets no reminder beside it, nor for
    MinDagenTussenBerichten days after it. `without_bank`: as in `plan_reminders`.
    """
    if not done.arrangements:
        return plan
    known = known_keys(done.ledger.contacts)
    books = Books.of(done, plan, without_bank=without_bank)
    letters: list[ArrangementLetter] = []
    skipped: list[Skipped] = []
    for due in _due(done, known):
        key, made_before = letter_key(due, known)
        if made_before or told_already(due.kind, due.state, books):
            continue
        debtor = reachable(books.debtors.get(due.state.arrangement.debtor), due.kind)
        if debtor is None:
            continue
        reason = reason_to_wait(due.kind, due.state, debtor, books)
        if reason:
            skipped.append(Skipped(debtor=debtor.number, name=debtor.name, reason=reason))
        else:
            letters.append(letter_of(due, debtor, books.invoices, done.on, key))
    plan = replace(plan, arranged=tuple(letters), skipped=(*dict.fromkeys((*plan.skipped, *skipped)),))
    return _after_the_news(plan, done, known)


def confirmation_of(
    arrangement: ArrangementState, done: Refreshed, debtor: Debtor
) -> tuple[ArrangementLetter, bool]:
    """The confirmation of an arrangement that is being recorded, and whether its draft was made already."""
    due = Due(ArrangementLetterKind.CONFIRMATION, arrangement)
    key, made_before = letter_key(due, known_keys(done.ledger.contacts))
    invoices = {state.invoice.number: state for state in done.invoices}
    return letter_of(due, debtor, invoices, done.on, key), made_before


def without_confirmation(done: Refreshed) -> int:
    """How many arrangements are to be confirmed and have no confirmation on Contact yet."""
    known = known_keys(done.ledger.contacts)
    return sum(1 for due in _due(done, known) if due.kind is ArrangementLetterKind.CONFIRMATION)


def reachable(debtor: Debtor | None, kind: ArrangementLetterKind) -> Debtor | None:
    """The debtor as his letter finds him: a confirmation goes on paper to who has no e-mail address."""
    if debtor is None or kind is not ArrangementLetterKind.CONFIRMATION or debtor.email:
        return debtor
    by_post = debtor.address and debtor.postcode and debtor.city
    return replace(debtor, channel=Channel.POST) if by_post else debtor


def contact_of(letter: ArrangementLetter, moment: datetime) -> Contact:
    """The row to log for a letter made at a moment."""
    confirms = letter.kind is ArrangementLetterKind.CONFIRMATION
    by_post = letter.debtor.channel is Channel.POST
    ready = "klaargezet om te printen" if by_post else "als concept klaargezet"
    return Contact(
        moment=moment,
        debtor=letter.debtor.number,
        invoices=letter.invoices,
        kind=ContactKind.CONFIRMATION if confirms else ContactKind.OTHER,
        channel=(Channel.POST if by_post else Channel.EMAIL).value,
        note=f"{letter.kind.value} ({letter.state.arrangement.id}) {ready}",
        draft=DraftState.MADE,
        key=letter.key,
    )


def letter_of(
    due: Due, debtor: Debtor, invoices: Mapping[str, InvoiceState], on: date, key: str
) -> ArrangementLetter:
    """The letter as it stands on `on`."""
    numbers = due.state.arrangement.invoices
    return ArrangementLetter(
        kind=due.kind,
        debtor=debtor,
        state=due.state,
        debts=tuple(Debt(number, invoices[number].unpaid) for number in numbers if number in invoices),
        on=on,
        key=key,
        instalment=due.part,
        pay_by=(
            next_workday(days_after(on, LONGEST_TERM)) if due.kind is ArrangementLetterKind.BROKEN else None
        ),
    )


def letter_key(due: Due, known: Mapping[str, bool]) -> tuple[str, bool]:
    """The key of this letter, and whether a draft under it counts already; `known` as in `reminder_key`.

    It holds what was agreed, so that an arrangement made anew under the same name gets its own letters.
    """
    one = due.state.arrangement
    parts = [(str(part.instalment.due), str(part.instalment.amount)) for part in due.state.instalments]
    agreed = (one.debtor, one.id, one.invoices, str(one.agreed_on), str(one.amount), parts)
    attempt = 0
    while True:
        content = repr((due.kind.value, agreed, due.detail, attempt))
        key = hashlib.sha256(content.encode()).hexdigest()[:KEY_LENGTH]
        if key not in known or known[key]:
            return key, key in known
        attempt += 1


def _due(done: Refreshed, known: Mapping[str, bool]) -> Iterator[Due]:
    """Everything the arrangements ask for, whether or not it may go out now."""
    settings, on = done.ledger.settings, done.on
    confirmations = _Confirmations(done, known)
    announced = {one.state.arrangement.id: one for one in announcements(done.arrangements, settings, on)}
    for state in done.arrangements:
        if state.replaced or state.replaced_by:
            continue
        ended = state.ended_on
        if state.status is ArrangementStatus.TO_CONFIRM:
            if not confirmations.has(state):
                yield Due(ArrangementLetterKind.CONFIRMATION, state)
        elif state.status is ArrangementStatus.BROKEN and ended is not None:
            if on - ended <= BROKEN_NEWS:
                yield _broken(state)
        elif state.status is ArrangementStatus.KEPT and ended is not None:
            if settings.thank_when_kept and on - ended <= THANKS_IN_TIME:
                yield Due(ArrangementLetterKind.THANKS, state)
        elif state.arrangement.id in announced:
            part = announced[state.arrangement.id].part
            detail = f"{part.instalment.number} {part.instalment.due}"
            yield Due(ArrangementLetterKind.NOTICE, state, part, detail)


def _broken(state: ArrangementState) -> Due:
    part = next((one for one in state.instalments if one.status in _MISSED), None)
    return Due(ArrangementLetterKind.BROKEN, state, part, str(state.ended_on))


class _Confirmations:
    """The confirmations on Contact, by debtor, and of which arrangement the program made them."""

    def __init__(self, done: Refreshed, known: Mapping[str, bool]) -> None:
        self._on = done.on
        self._rows: dict[str, list[Contact]] = {}
        for contact in done.ledger.contacts:
            if contact.kind is ContactKind.CONFIRMATION:
                self._rows.setdefault(contact.debtor, []).append(contact)
        self._owners = {
            letter_key(Due(ArrangementLetterKind.CONFIRMATION, state), known)[0]: state.arrangement.id
            for state in (done.arrangements if self._rows else ())
        }

    def has(self, state: ArrangementState) -> bool:
        """One of it stands there; what the program made for another arrangement does not count."""
        own = state.arrangement
        rows = [row for row in self._rows.get(own.debtor, ()) if self._owners.get(row.key, own.id) == own.id]
        return last_confirmation(own, rows, self._on) is not None


def _after_the_news(plan: RemindersPlan, done: Refreshed, known: Mapping[str, bool]) -> RemindersPlan:
    """Without reminders for who is told now, or was a few days ago, that his arrangement is broken."""
    news = ArrangementLetterKind.BROKEN
    told = {letter.debtor.number: done.on for letter in plan.arranged if letter.kind is news}
    broken = [state for state in done.arrangements if state.status is ArrangementStatus.BROKEN]
    keys = {letter_key(_broken(state), known)[0] for state in broken}
    for contact in done.ledger.contacts:
        if contact.key in keys and contact.draft is not DraftState.VOID and contact.day <= done.on:
            told[contact.debtor] = max(contact.day, told.get(contact.debtor, date.min))
    days = done.ledger.settings.min_days_between_messages
    kept, skipped = [], []
    for reminder in plan.reminders:
        last = told.get(reminder.debtor.number)
        # Also without a minimum of days it is one letter a day.
        if last is None or (days_after(last, days) <= done.on and last < done.on):
            kept.append(reminder)
            continue
        reason = (
            f"Op {dutch(last)} is het bericht gemaakt dat de regeling is verbroken; de volgende brief kan "
            f"vanaf {dutch(next_workday(days_after(last, max(days, 1))))} (MinDagenTussenBerichten {days})."
        )
        skipped.append(Skipped(debtor=reminder.debtor.number, name=reminder.debtor.name, reason=reason))
    return replace(plan, reminders=tuple(kept), skipped=(*plan.skipped, *skipped))
