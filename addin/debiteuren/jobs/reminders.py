"""Who gets a reminder now, about what, and who does not and why.

Answers: one letter per debtor with all his invoices whose next action is a letter that is due; the rows to
log in Contact before a draft is placed; how much money is not placed yet.
Source: docs/regels.md, "Verse bank", "Gedane stappen", "Brieven", "14-dagenbrief" and "Incassokosten"; rules
B13, C09, E11-E13.
Leaves to others: which step is due (rules/next_action.py), the words (mail/), writing anything (tasks).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from debiteuren.domain.arrangement import ArrangementState
from debiteuren.domain.arrangement_letter import AnyLetter, ArrangementLetter
from debiteuren.domain.contact import Contact, ContactKind, DraftState
from debiteuren.domain.debtor import Channel, Debtor
from debiteuren.domain.invoice import Action, Block, InvoiceState
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.payment import MatchStatus, PaymentState
from debiteuren.domain.reminder import CreditLine, Reminder, Skipped
from debiteuren.domain.settings import Step
from debiteuren.jobs.reminder_facts import (
    earlier_contact,
    fits_a_light_word,
    history,
    pay_by,
    reminder_key,
    trade_interest,
)
from debiteuren.jobs.reminder_holds import received_from, unplaced_money, without_proposed
from debiteuren.jobs.reminder_lines import other_invoices, reminder_line
from debiteuren.rules.arrangements import arrangement_states
from debiteuren.rules.collection_costs import collection_costs
from debiteuren.rules.freshness import bank_freshness, freshness_sentence
from debiteuren.rules.next_action import invoice_states
from debiteuren.rules.unpaid import Booking, bookings_by_invoice

LETTER_STEPS: Mapping[Action, Step] = {
    Action.REMINDER: Step.REMINDER,
    Action.SECOND_REMINDER: Step.SECOND_REMINDER,
    Action.FOURTEEN_DAY_LETTER: Step.FOURTEEN_DAY_LETTER,
    Action.FINAL_DEMAND: Step.FINAL_DEMAND,
}
"""The actions that are a letter, from soft to firm."""

MOST_TESTS = 3
"""Drafts to oneself: enough to see how they look."""
_NEVER_TOO_OLD = 1_000_000
_FIRMNESS = {step: rank for rank, step in enumerate(LETTER_STEPS.values())}


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindersPlan:
    """What would be drafted and logged, and what to show before it is.

    `arranged`: letters about arrangements (arrangement_letters.py).
    `unmatched`, `unmatched_count`: received and not yet allocated, in euros and bookings.
    """

    reminders: tuple[Reminder, ...]
    skipped: tuple[Skipped, ...]
    arranged: tuple[ArrangementLetter, ...] = ()
    unmatched: Decimal = ZERO
    unmatched_count: int = 0

    @property
    def letters(self) -> tuple[AnyLetter, ...]:
        """All that is drafted."""
        return (*self.reminders, *self.arranged)


@dataclass(slots=True)
class _Case:
    """What is known of one debtor while his letter is put together."""

    debtor: Debtor
    due: list[InvoiceState] = field(default_factory=list)
    lacks_data: bool = False
    credits: list[InvoiceState] = field(default_factory=list)
    states: list[InvoiceState] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    arrangements: list[ArrangementState] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Books:
    """What every letter of a run looks things up in. `keys`: see `known_keys`."""

    ledger: Ledger
    on: date
    keys: Mapping[str, bool]
    bookings: Mapping[str, Sequence[Booking]]
    proposed: Mapping[str, str]


def plan_reminders(
    ledger: Ledger,
    states: Sequence[InvoiceState],
    payments: Sequence[PaymentState],
    on: date,
    *,
    without_bank: bool = False,
) -> RemindersPlan:
    """One letter per debtor with what is due on or before `on`, in the order of Debiteuren.

    `states` and `payments` as Bijwerken works them out on `on`; with `without_bank` (the user's word) from
    the ledger of `ignoring_bank_age`.
    """
    freshness = bank_freshness(ledger, on)
    if freshness.stale:
        # Stale bank data holds every step back; only who would get a letter now is named for it.
        states = invoice_states(ignoring_bank_age(ledger), arrangement_states(ledger, on), on)
    nobody_knows = not without_bank and (freshness.stale or freshness.last_day is None)
    unplaced = unplaced_money(payments, ledger, states)
    books = _Books(
        ledger=ledger,
        on=on,
        keys=known_keys(ledger.contacts),
        bookings=bookings_by_invoice(ledger, on),
        proposed=unplaced.proposed,
    )
    reminders: list[Reminder] = []
    skipped: list[Skipped] = []
    for case in _cases(ledger, states, on).values():
        kept, reasons = without_proposed(case.due, unplaced.proposed)
        if case.lacks_data:
            reasons.append(missing_data(case.debtor))
        if kept and (received := received_from(case.debtor, kept, unplaced)):
            reasons.append(received)
            kept = []
        if kept:
            made = _reminder(books, case, kept)
            if not isinstance(made, Reminder):
                reasons.append(made)
            elif nobody_knows:
                reasons.append(freshness_sentence(freshness))
            else:
                reminders.append(made)
        skipped += [
            Skipped(debtor=case.debtor.number, name=case.debtor.name, reason=text)
            for text in dict.fromkeys(reasons)
        ]
    open_money = [
        state.rest
        for state in payments
        if state.rest > ZERO and state.status not in {MatchStatus.NO_INVOICE, MatchStatus.CHOICE}
    ]
    return RemindersPlan(
        reminders=tuple(reminders),
        skipped=tuple(skipped),
        unmatched=sum(open_money, ZERO),
        unmatched_count=len(open_money),
    )


def as_tests(letters: Sequence[AnyLetter], own_email: str) -> tuple[AnyLetter, ...]:
    """The first three as trials to one's own address, under keys that Contact never holds."""
    return tuple(
        replace(
            letter,
            debtor=replace(letter.debtor, email=own_email),
            key=f"proef-{letter.key}",
            test_for=f"{letter.debtor.name} ({letter.debtor.email or letter.debtor.city})",
        )
        for letter in letters[:MOST_TESTS]
    )


def ignoring_bank_age(ledger: Ledger) -> Ledger:
    """The ledger for a run on the user's word (`--zonder-bank`): no bank data is ever too old for a step."""
    return replace(ledger, settings=replace(ledger.settings, bank_max_age=_NEVER_TOO_OLD))


def contacts_of(reminder: Reminder, moment: datetime) -> tuple[Contact, ...]:
    """The rows to log for a letter made at a moment: one per step in it, all with the letter's key."""
    by_post = reminder.debtor.channel is Channel.POST
    return tuple(
        Contact(
            moment=moment,
            debtor=reminder.debtor.number,
            invoices=tuple(line.invoice.number for line in reminder.lines if line.step is step),
            kind=ContactKind(step.value),
            channel=(Channel.POST if by_post else Channel.EMAIL).value,
            note="Brief klaargezet om te printen" if by_post else "Concept klaargezet",
            draft=DraftState.MADE,
            key=reminder.key,
        )
        for step in LETTER_STEPS.values()
        if any(line.step is step for line in reminder.lines)
    )


def _cases(ledger: Ledger, states: Iterable[InvoiceState], on: date) -> dict[str, _Case]:
    """Per debtor in the order of the sheet, what of his invoices asks for a letter now."""
    cases = {debtor.number: _Case(debtor) for debtor in ledger.debtors}
    for contact in ledger.contacts:
        if contact.debtor in cases and contact.day <= on:
            cases[contact.debtor].contacts.append(contact)
    for arranged in arrangement_states(ledger, on) if ledger.arrangements else ():
        if arranged.arrangement.debtor in cases:
            cases[arranged.arrangement.debtor].arrangements.append(arranged)
    for state in states:
        case = cases.get(state.invoice.debtor)
        if case is None or state.invoice.issued > on:
            continue
        case.states.append(state)
        ready = state.action_on is not None and state.action_on <= on
        if state.invoice.amount < ZERO:
            if state.unpaid < ZERO and state.invoice.block is not Block.DISPUTED:
                case.credits.append(state)
        elif ready and state.action in LETTER_STEPS and state.unpaid > ZERO:
            case.due.append(state)
        elif state.action is Action.COMPLETE_DATA and cannot_be_written(case.debtor):
            case.lacks_data = True
    return cases


def cannot_be_written(debtor: Debtor) -> bool:
    """Whether there is no address for the way he wants his letters."""
    if debtor.channel is Channel.POST:
        return not (debtor.address and debtor.postcode and debtor.city)
    return not debtor.email


def missing_data(debtor: Debtor) -> str:
    """Why he gets no letter."""
    missing = "volledig postadres" if debtor.channel is Channel.POST else "bruikbaar e-mailadres"
    return f"Bij deze klant staat geen {missing}: vul het aan op Debiteuren."


def known_keys(contacts: Iterable[Contact]) -> dict[str, bool]:
    """Key → whether a draft under it still counts (True), or all were voided (False)."""
    known: dict[str, bool] = defaultdict(bool)
    for contact in contacts:
        if contact.key:
            known[contact.key] |= contact.draft is not DraftState.VOID
    return known


def _reminder(books: _Books, case: _Case, due: Sequence[InvoiceState]) -> Reminder | str:
    """The letter about these invoices, or the reason why there is none."""
    debtor, on, settings = case.debtor, books.on, books.ledger.settings
    if cannot_be_written(debtor):
        return missing_data(debtor)
    lines = tuple(
        reminder_line(state, LETTER_STEPS[state.action], books.bookings.get(state.invoice.number, ()), on)
        for state in sorted(due, key=lambda state: (state.invoice.due, state.invoice.number))
    )
    credit_lines = tuple(
        CreditLine(number=state.invoice.number, amount=-state.unpaid) for state in case.credits
    )
    credit = sum((line.amount for line in credit_lines), ZERO)
    total = sum((line.unpaid for line in lines), ZERO) - credit
    step = max((line.step for line in lines), key=_FIRMNESS.__getitem__)
    own = sum((line.unpaid for line in lines if line.step is step), ZERO)
    if total <= ZERO or (step is Step.FOURTEEN_DAY_LETTER and own <= credit):
        return (
            f"Er staan creditfacturen open ({euro(credit)}) die dit bedrag dekken: verreken ze eerst op "
            "Koppelingen of betaal ze terug."
        )
    key, made_before = reminder_key(debtor, lines, books.keys)
    if made_before:
        return "Voor deze stap en deze facturen staat al een concept klaar; zie Contact."
    return Reminder(
        debtor=debtor,
        step=step,
        lines=lines,
        total=total,
        pay_by=pay_by(step, on, settings.ladder, by_post=debtor.channel is Channel.POST),
        on=on,
        key=key,
        credit=credit,
        credit_lines=credit_lines,
        # Set-off is the debtor's right, so credit comes off before costs: too much would void them all.
        costs=collection_costs(own - credit, on) if step is Step.FOURTEEN_DAY_LETTER else None,
        interest=trade_interest(debtor, step, lines, on, settings),
        earlier=earlier_contact(case.contacts, case.arrangements, lines, on),
        history=history(case.contacts, lines),
        others=other_invoices(case.states, lines, books.proposed),
        light=step is Step.REMINDER
        and total < settings.joke_below
        and fits_a_light_word(debtor, case.states, case.contacts, case.arrangements),
    )
