"""What one reminder needs to know beside its invoices: key, last day, what was said before, and the tone.

Source: docs/regels.md, "Concepten" for the key, "Brieven" and rule B13 for the last day, E11 for what was
said; E12 and E13 for when a light word fits.
Leaves to others: who gets a reminder (reminders.py), the words (mail/).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from debiteuren.domain.arrangement import ArrangementState, ArrangementStatus, InstalmentStatus
from debiteuren.domain.contact import LETTERS, Contact, ContactKind, DraftState, Outcome
from debiteuren.domain.days import days_after
from debiteuren.domain.debtor import Channel, Debtor, Tone
from debiteuren.domain.invoice import Block, InvoiceState, InvoiceStatus
from debiteuren.domain.money import ZERO
from debiteuren.domain.reminder import EarlierContact, ReminderLine
from debiteuren.domain.settings import LadderStep, Settings, Step
from debiteuren.rules.deadlines import last_day_in_letter
from debiteuren.rules.interest import interest, interest_kind
from debiteuren.rules.workdays import next_workday

KEY_LENGTH = 40
"""Hexadecimal digits of a key: 160 bits."""
SHORTEST_TERM, LONGEST_TERM = 3, 6
"""Days a reminder gives: short (B13), yet a weekend fits in; within a week (A16)."""

_BY_LAW = frozenset({Step.FOURTEEN_DAY_LETTER, Step.FINAL_DEMAND})


def reminder_key(
    debtor: Debtor, lines: Iterable[ReminderLine], known: Mapping[str, bool]
) -> tuple[str, bool]:
    """The key of this letter, and whether a draft under it counts already.

    The same debtor, steps, invoices and address give the same key. `known` says of every key in Contact
    whether it counts; one that was voided (Vervallen) makes room for the next.
    """
    address = (
        (debtor.address, debtor.postcode, debtor.city) if debtor.channel is Channel.POST else (debtor.email,)
    )
    steps = sorted((line.step.value, line.invoice.number) for line in lines)
    attempt = 0
    while True:
        content = repr((debtor.number, steps, tuple(part.casefold() for part in address), attempt))
        key = hashlib.sha256(content.encode()).hexdigest()[:KEY_LENGTH]
        if key not in known or known[key]:
            return key, key in known
        attempt += 1


def pay_by(step: Step, on: date, ladder: Sequence[LadderStep], *, by_post: bool) -> date:
    """The last day the letter names: the law's for the last letters, else a short one, on a working day.

    A reminder's day falls before the step that follows it, so that we never call while the term runs.
    """
    if step in _BY_LAW:
        return last_day_in_letter(on, by_post=by_post)
    waits = [after.wait_days for after in ladder if step in after.after]
    days = min(max(min(waits, default=LONGEST_TERM + 1) - 1, SHORTEST_TERM), LONGEST_TERM)
    return next_workday(days_after(on, days))


def trade_interest(
    debtor: Debtor, step: Step, lines: Sequence[ReminderLine], on: date, settings: Settings
) -> Decimal | None:
    """What a final demand to a business names as interest up to `on`, where Instellingen asks for it.

    Over what is open of the lines in that step: a little too little where a part was paid late, never too
    much. None where it is not asked for, or is nothing yet.
    """
    if not settings.with_interest or step is not Step.FINAL_DEMAND or debtor.is_protected:
        return None
    found = [
        interest(line.unpaid, line.invoice.due, on, interest_kind(debtor), settings.day_count)
        for line in lines
        if line.step is step
    ]
    return sum((each for each in found if each is not None), ZERO) or None


def earlier_contact(
    contacts: Sequence[Contact],
    arrangements: Sequence[ArrangementState],
    lines: Sequence[ReminderLine],
    on: date,
) -> EarlierContact | None:
    """The last agreement about these invoices, else the last talk, else the last letter (E11).

    `contacts` (up to `on`) and `arrangements` of this debtor.
    """
    talks = [
        contact for contact in contacts if contact.draft is not DraftState.VOID and _is_about(contact, lines)
    ]
    agreed = [
        _agreed(state, state.arrangement.agreed_on)
        for state in arrangements
        if state.arrangement.agreed_on is not None
        and state.arrangement.agreed_on <= on
        and any(line.invoice.number in state.arrangement.invoices for line in lines)
    ]
    spoken = [_said(contact) for contact in talks if _spoke(contact)]
    written = [_said(contact) for contact in talks if contact.kind in LETTERS]
    return max(agreed + spoken or written, key=lambda said: said.day, default=None)


def history(contacts: Sequence[Contact], lines: Sequence[ReminderLine]) -> tuple[EarlierContact, ...]:
    """Every letter and talk about these invoices, oldest first; `contacts` of this debtor, up to the day."""
    told = [
        contact
        for contact in contacts
        if contact.draft is not DraftState.VOID
        and _is_about(contact, lines)
        and (contact.kind in LETTERS or _spoke(contact))
    ]
    return tuple(_said(contact) for contact in sorted(told, key=lambda contact: contact.moment))


def _spoke(contact: Contact) -> bool:
    return contact.kind is ContactKind.CONVERSATION and contact.outcome is not Outcome.NO_ANSWER


def _agreed(state: ArrangementState, day: date) -> EarlierContact:
    """An arrangement of that day; of one that is broken the first instalment that did not come whole."""
    missed = next(
        (
            instalment
            for instalment in state.instalments
            if state.status is ArrangementStatus.BROKEN
            and instalment.status in {InstalmentStatus.MISSED, InstalmentStatus.PARTLY_PAID}
        ),
        None,
    )
    amount = missed.instalment.amount if missed else None
    return EarlierContact(
        kind=ContactKind.CONFIRMATION,
        day=day,
        arrangement=True,
        missed_on=missed.instalment.due if missed else None,
        missed_amount=amount - missed.paid if missed and amount is not None else None,
    )


def _is_about(contact: Contact, lines: Sequence[ReminderLine]) -> bool:
    if not contact.invoices:
        return any(line.invoice.issued <= contact.day for line in lines)
    return any(line.invoice.number in contact.invoices for line in lines)


def _said(contact: Contact) -> EarlierContact:
    return EarlierContact(
        kind=contact.kind,
        day=contact.day,
        promised_on=contact.promised_on,
        promised_amount=contact.promised_amount,
    )


def fits_a_light_word(
    debtor: Debtor,
    states: Sequence[InvoiceState],
    contacts: Sequence[Contact],
    arrangements: Sequence[ArrangementState],
) -> bool:
    """A playful first line fits this debtor: his Toon asks for it, and he has paid us before (E12, E13).

    Never with a dispute or an arrangement, now or earlier. Instellingen says how large the amount may be.
    """
    troubled = any(contact.outcome in {Outcome.DISPUTE, Outcome.ARRANGEMENT} for contact in contacts)
    disputed = any(state.invoice.block is Block.DISPUTED for state in states)
    paid_before = any(state.status is InvoiceStatus.PAID for state in states)
    return debtor.tone is Tone.LIGHT and paid_before and not (troubled or arrangements or disputed)
