"""What each invoice is, and what to do about it next.

Answers: the computed columns of Facturen for every invoice, as of a day.
Source: docs/regels.md, "Wat voor de ladder gaat" (first hit wins) and "Actie op".
Leaves to others: what paid what (matching), judging arrangements (arrangements.py), the ladder's own answer
(ladder_action.py), the words (reasons.py), today's list (worklist.py).
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from debiteuren.domain.arrangement import ArrangementState, ArrangementStatus
from debiteuren.domain.invoice import Action, Block, Invoice, InvoiceState, InvoiceStatus
from debiteuren.domain.ledger import AllocationKind, Ledger
from debiteuren.domain.money import ZERO
from debiteuren.rules import reasons
from debiteuren.rules.ageing import age, days_late
from debiteuren.rules.cases import Case, Shared, case_of, first_miss, owed_late, shared_by_all
from debiteuren.rules.ladder_action import Decision, ladder_decision
from debiteuren.rules.promises import Word, kept_on, last_word
from debiteuren.rules.unpaid import Booking, is_settled, paid_amount, settled_on, was_open
from debiteuren.rules.workdays import next_workday, workday_after


def invoice_states(
    ledger: Ledger, arrangements: Sequence[ArrangementState], on: date
) -> tuple[InvoiceState, ...]:
    """The computed columns of every invoice as of a day, in the order of the ledger.

    What is paid follows from Koppelingen only. `arrangements` as judged for the same day. Nothing dated after
    `on` is used.
    """
    shared = shared_by_all(ledger, arrangements, on)
    difference_max = shared.settings.difference_max
    states: list[InvoiceState | Case] = []
    cases: list[Case] = []
    open_credit: list[tuple[str, Decimal]] = []
    for invoice in ledger.invoices:
        bookings = shared.bookings.get(invoice.number, ())
        paid = paid_amount(bookings) if bookings else ZERO
        unpaid = invoice.amount - paid
        if invoice.amount < ZERO:
            states.append(_credit_note(invoice, paid, unpaid))
            if unpaid < -difference_max and invoice.issued <= on:
                open_credit.append((invoice.debtor, unpaid))
        elif is_settled(unpaid, difference_max):
            states.append(_paid(invoice, paid, bookings, difference_max))
        else:
            case = case_of(invoice, paid, shared)
            states.append(case)
            cases.append(case)
    owed = owed_late(cases, open_credit)
    return tuple(_state(state, shared, owed) if isinstance(state, Case) else state for state in states)


def _credit_note(invoice: Invoice, paid: Decimal, unpaid: Decimal) -> InvoiceState:
    return InvoiceState(
        invoice=invoice,
        paid=paid,
        unpaid=unpaid,
        days_late=None,
        age=None,
        status=InvoiceStatus.CREDIT_NOTE,
        action=Action.NONE,
        action_on=None,
        why=reasons.credit_note(invoice, unpaid),
    )


def _paid(
    invoice: Invoice, paid: Decimal, bookings: Sequence[Booking], difference_max: Decimal
) -> InvoiceState:
    unpaid = invoice.amount - paid
    since = settled_on(invoice.amount, bookings, difference_max)
    by_money = any(booking.kind is AllocationKind.PAYMENT for booking in bookings)
    return InvoiceState(
        invoice=invoice,
        paid=paid,
        unpaid=unpaid,
        days_late=None,
        age=None,
        status=InvoiceStatus.PAID,
        action=Action.NONE,
        action_on=None,
        why=reasons.paid(invoice, unpaid, since),
        paid_on=since if by_money else None,
    )


def _state(case: Case, shared: Shared, owed: dict[str, Decimal]) -> InvoiceState:
    late = days_late(case.invoice, shared.on)
    decision = _decide(case, shared, owed.get(case.invoice.debtor, ZERO))
    return InvoiceState(
        invoice=case.invoice,
        paid=case.paid,
        unpaid=case.unpaid,
        days_late=late,
        age=age(late),
        status=case.status,
        action=decision.action,
        action_on=decision.action_on,
        why=decision.why,
    )


def _decide(case: Case, shared: Shared, owed: Decimal) -> Decision:
    """First hit wins: Uit handen, Betwist, arrangement, promise, pause, and then the ladder."""
    if case.block is Block.HANDED_OVER:
        return Decision(Action.NONE, None, reasons.handed_over(case.invoice.block_until))
    if case.disputed:
        return _dispute(case, shared)
    if case.arrangement is not None:
        return _arrangement(case.arrangement, shared)
    word = last_word(case.rows)
    kept: date | None = None
    if word is not None and word.closed is None:
        kept = kept_on(word, _bookings_of(word, shared), shared.settings.difference_max)
        if kept is None:
            return _promise(word, shared)
    pause = _pause(case, shared)
    if pause is not None:
        return pause
    over = max((day for day in (kept, word.closed if word else None) if day is not None), default=None)
    freed = [(over, reasons.after_word(over))] if over is not None else []
    if case.told.settled is not None:
        freed.append((case.told.settled, reasons.after_dispute(case.told.settled)))
    return ladder_decision(case, shared, owed, freed)


def _dispute(case: Case, shared: Shared) -> Decision:
    """Actie op is the solve-by day, else the day the dispute was told, else now."""
    until, since = case.invoice.block_until, case.told.since
    if case.block is not Block.DISPUTED:
        return Decision(
            Action.SOLVE_DISPUTE, next_workday(since or shared.on), reasons.dispute_told(since or shared.on)
        )
    day = next_workday(until or since or shared.on)
    return Decision(Action.SOLVE_DISPUTE, day, reasons.dispute_blocked(until, shared.on))


def _arrangement(state: ArrangementState, shared: Shared) -> Decision:
    """A missed instalment goes before confirming; on schedule there is nothing to do."""
    miss = first_miss(state, shared.settings)
    if miss is not None:
        missed, last_day = miss
        why = reasons.instalment_missed(state, missed, last_day)
        return Decision(Action.FOLLOW_UP_INSTALMENT, workday_after(last_day), why)
    if state.status is ArrangementStatus.TO_CONFIRM:
        day = next_workday(state.arrangement.agreed_on or shared.on)
        return Decision(Action.CONFIRM_ARRANGEMENT, day, reasons.arrangement_unconfirmed(state, shared.on))
    return Decision(Action.NONE, None, reasons.arrangement_running(state, shared.settings.grace_days))


def _bookings_of(word: Word, shared: Shared) -> list[Sequence[Booking]]:
    """The bookings of all invoices the promise speaks of."""
    told = word.contact
    if told.invoices:
        return [shared.bookings.get(number, ()) for number in told.invoices]
    return [
        shared.bookings.get(invoice.number, ())
        for invoice in shared.by_debtor.get(told.debtor, ())
        if was_open(
            invoice, shared.bookings.get(invoice.number, ()), told.day, shared.settings.difference_max
        )
    ]


def _promise(word: Word, shared: Shared) -> Decision:
    due = word.can_be_checked(shared.freshness)
    why = reasons.promise(word, shared.freshness, due=due)
    return Decision(Action.FOLLOW_UP_PROMISE if due else Action.WAIT, word.follow_up_on, why)


def _pause(case: Case, shared: Shared) -> Decision | None:
    """Blokkade Pauze or Niet herinneren tot; the later end counts, a pause without end most of all."""
    ends: list[tuple[date, bool]] = []
    if case.block is Block.HOLD:
        if case.invoice.block_until is None:
            return Decision(Action.NONE, None, reasons.paused(None, None, case.invoice.block_word))
        ends.append((case.invoice.block_until, False))
    if case.debtor is not None and case.debtor.no_reminders_until is not None:
        ends.append((case.debtor.no_reminders_until, True))
    until, by_debtor = max(ends, default=(None, False))
    if until is None or until < shared.on:
        return None
    day = workday_after(until)
    if by_debtor:
        return Decision(Action.WAIT, day, reasons.not_reminded(until, day))
    return Decision(Action.WAIT, day, reasons.paused(until, day, case.invoice.block_word))
