"""What holds a letter about an arrangement back.

Answers: was it told already, in a talk or a letter, so that it is no news; and why must it wait.
Source: docs/regels.md, "Brieven bij een regeling" (the same holds as a reminder).
Leaves to others: which letter is due (arrangement_letters.py), money that is not placed (reminder_holds.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from debiteuren.domain.arrangement import ArrangementState
from debiteuren.domain.arrangement_letter import ArrangementLetterKind
from debiteuren.domain.contact import LETTERS, Contact, ContactKind, DraftState, Outcome
from debiteuren.domain.days import days_after, dutch
from debiteuren.domain.debtor import Debtor
from debiteuren.domain.invoice import Action, InvoiceState, InvoiceStatus
from debiteuren.domain.settings import Settings
from debiteuren.jobs.refresh import Refreshed
from debiteuren.jobs.reminder_holds import Unplaced, received_from, unplaced_money, without_proposed
from debiteuren.jobs.reminders import RemindersPlan, cannot_be_written, missing_data
from debiteuren.rules.arrangement_checks import Facts, objections
from debiteuren.rules.freshness import bank_freshness, freshness_sentence

_SET_ASIDE = frozenset({InvoiceStatus.DISPUTED, InvoiceStatus.ON_HOLD, InvoiceStatus.HANDED_OVER})
_ASKS = frozenset({ArrangementLetterKind.NOTICE, ArrangementLetterKind.BROKEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What the holds are looked up in. `written`: who gets a reminder in this run. `rows`: Contact by debtor.

    `unsure`: why nobody knows who has paid, '' where it is known or the user says it is fine.
    """

    on: date
    settings: Settings
    debtors: Mapping[str, Debtor]
    invoices: Mapping[str, InvoiceState]
    rows: Mapping[str, Sequence[Contact]]
    written: frozenset[str]
    unplaced: Unplaced
    unsure: str
    facts: Facts

    @classmethod
    def of(cls, done: Refreshed, plan: RemindersPlan, *, without_bank: bool) -> "Books":
        """Of a whole ledger, as worked out."""
        freshness = bank_freshness(done.ledger, done.on)
        unsure = not without_bank and (freshness.stale or freshness.last_day is None)
        rows: dict[str, list[Contact]] = {}
        for contact in done.ledger.contacts:
            if contact.draft is not DraftState.VOID and contact.day <= done.on:
                rows.setdefault(contact.debtor, []).append(contact)
        numbers = {number for state in done.arrangements for number in state.arrangement.invoices}
        return cls(
            on=done.on,
            settings=done.ledger.settings,
            debtors={debtor.number: debtor for debtor in done.ledger.debtors},
            invoices={state.invoice.number: state for state in done.invoices},
            rows=rows,
            written=frozenset(reminder.debtor.number for reminder in plan.reminders),
            unplaced=unplaced_money(done.payments, done.ledger, done.invoices),
            unsure=freshness_sentence(freshness) if unsure else "",
            facts=Facts.of(done.ledger, done.invoices, done.arrangements, done.on, numbers),
        )

    def invoices_of(self, state: ArrangementState) -> list[InvoiceState]:
        """Those of an arrangement, as far as they are there."""
        return [self.invoices[number] for number in state.arrangement.invoices if number in self.invoices]


def told_already(kind: ArrangementLetterKind, state: ArrangementState, books: Books) -> bool:
    """Nothing is to be told: he hears it otherwise, or did.

    Who was spoken or written to since the break knows of it. Who gets a reminder now, gets no notice or
    thanks beside it; thanks also wait until it is a few days ago. A confirmation of a few days ago announces.
    """
    if kind is ArrangementLetterKind.CONFIRMATION:
        return False
    if kind is not ArrangementLetterKind.BROKEN and state.arrangement.debtor in books.written:
        return True
    his = books.rows.get(state.arrangement.debtor, ())
    if kind is ArrangementLetterKind.THANKS:
        return any(row.kind in LETTERS and _is_recent(row, books) for row in his)
    rows = [row for row in his if _is_about(row, state)]
    if kind is ArrangementLetterKind.BROKEN and state.ended_on is not None:
        return any(row.day >= state.ended_on and _was_told(row) for row in rows)
    if kind is ArrangementLetterKind.NOTICE:
        return any(row.kind is ContactKind.CONFIRMATION and _is_recent(row, books) for row in rows)
    return False


def reason_to_wait(kind: ArrangementLetterKind, state: ArrangementState, debtor: Debtor, books: Books) -> str:
    """Why this letter does not go out now, in one Dutch sentence; '' when it does."""
    if cannot_be_written(debtor):
        return missing_data(debtor)
    if kind is ArrangementLetterKind.CONFIRMATION:
        return _not_to_confirm(state, books) or books.unsure
    if kind not in _ASKS:
        return books.unsure
    return _aside(state, debtor, books) or _paid_perhaps(state, debtor, books) or books.unsure


def _not_to_confirm(state: ArrangementState, books: Books) -> str:
    """What does not fit is not put in writing."""
    parts = [part.instalment for part in state.instalments]
    for found in objections(state.arrangement, parts, books.facts):
        if not (found.waivable and state.arrangement.recorded):
            return (
                f"Regeling {state.arrangement.id} wordt nog niet bevestigd. {found.found} "
                f"{found.remedy[:1].upper()}{found.remedy[1:]}"
            )
    return ""


def _aside(state: ArrangementState, debtor: Debtor, books: Books) -> str:
    """The user keeps him out of the letters, or he had one just now."""
    for found in books.invoices_of(state):
        if found.status in _SET_ASIDE or found.action is Action.SOLVE_DISPUTE:
            word = found.status.value if found.status in _SET_ASIDE else InvoiceStatus.DISPUTED.value
            return (
                f"Factuur {found.invoice.number} is {word.lower()}, dus gaat er geen bericht uit over "
                f"regeling {state.arrangement.id}."
            )
    until = debtor.no_reminders_until
    if until is not None and until >= books.on:
        return f"Bij deze klant staat Niet herinneren tot {dutch(until)}."
    letters = [row for row in books.rows.get(debtor.number, ()) if row.kind in LETTERS]
    last = max((row.day for row in letters if _is_recent(row, books)), default=None)
    if last is not None:
        days = books.settings.min_days_between_messages
        return f"Op {dutch(last)} kreeg deze klant al een brief (MinDagenTussenBerichten {days})."
    return ""


def _paid_perhaps(state: ArrangementState, debtor: Debtor, books: Books) -> str:
    invoices = books.invoices_of(state)
    _, reasons = without_proposed(invoices, books.unplaced.proposed)
    if reasons:
        return reasons[0]
    return received_from(debtor, invoices, books.unplaced) if invoices else ""


def _was_told(row: Contact) -> bool:
    spoke = row.kind is ContactKind.CONVERSATION and row.outcome is not Outcome.NO_ANSWER
    return spoke or row.kind in LETTERS


def _is_recent(row: Contact, books: Books) -> bool:
    # Also without a minimum of days it is one letter a day.
    return days_after(row.day, max(books.settings.min_days_between_messages, 1)) > books.on


def _is_about(row: Contact, state: ArrangementState) -> bool:
    return not row.invoices or any(number in state.arrangement.invoices for number in row.invoices)
