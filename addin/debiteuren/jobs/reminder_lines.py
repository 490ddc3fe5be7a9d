"""The invoices in a letter, and the debtor's other ones.

Answers: how much of an invoice was paid, discounted and set off, so that a letter thanks for money only; what
else is open, for a debtor who has lost count.
Source: docs/regels.md, "Koppelingen" and "Brieven".
Leaves to others: which invoices are due (reminders.py), how they look in a letter (mail/).
"""

from collections.abc import Container, Iterable, Sequence
from datetime import date
from decimal import Decimal

from debiteuren.domain.invoice import Action, InvoiceState, InvoiceStatus
from debiteuren.domain.ledger import AllocationKind
from debiteuren.domain.money import ZERO
from debiteuren.domain.reminder import OtherInvoice, ReminderLine
from debiteuren.domain.settings import Step
from debiteuren.rules.unpaid import Booking

FEW = 3
"""With more open invoices than this a letter also tells what else is open (the figure is ours)."""

_TOLD = frozenset(
    {InvoiceStatus.OPEN, InvoiceStatus.PARTLY_PAID, InvoiceStatus.OVERDUE, InvoiceStatus.ARRANGEMENT}
)


def reminder_line(state: InvoiceState, step: Step, bookings: Sequence[Booking], on: date) -> ReminderLine:
    """A due invoice in the letter. `bookings`: what Koppelingen settles of it up to `on`."""
    discount = _of(bookings, AllocationKind.DISCOUNT)
    set_off = _of(bookings, AllocationKind.CREDIT_NOTE)
    return ReminderLine(
        invoice=state.invoice,
        step=step,
        unpaid=state.unpaid,
        paid=max(state.paid - discount - set_off, ZERO),
        days_late=(on - state.invoice.due).days,
        discount=discount,
        set_off=set_off,
    )


def _of(bookings: Iterable[Booking], kind: AllocationKind) -> Decimal:
    return max(sum((booking.amount for booking in bookings if booking.kind is kind), ZERO), ZERO)


def other_invoices(
    states: Iterable[InvoiceState], lines: Sequence[ReminderLine], maybe_paid: Container[str] = ()
) -> tuple[OtherInvoice, ...]:
    """What else this debtor has open, by due day; nothing when he has only a few.

    Without what is disputed (also when only told), held back, handed over or `maybe_paid` (money proposed for
    it waits for the user): the letter does not name that.
    """
    named = {line.invoice.number for line in lines}
    told = [
        state
        for state in states
        if state.invoice.number not in named
        and state.invoice.number not in maybe_paid
        and state.unpaid > ZERO
        and state.status in _TOLD
        and state.action is not Action.SOLVE_DISPUTE
    ]
    if len(told) + len(lines) <= FEW:
        return ()
    return tuple(
        OtherInvoice(
            number=state.invoice.number,
            issued=state.invoice.issued,
            due=state.invoice.due,
            unpaid=state.unpaid,
            arranged=state.status is InvoiceStatus.ARRANGEMENT,
        )
        for state in sorted(told, key=lambda state: (state.invoice.due, state.invoice.number))
    )
