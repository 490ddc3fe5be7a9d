"""What is paid, what is open, and which status that gives an invoice.

Answers: paid and unpaid as of a day, since when it is paid, and the Status.
Source: docs/regels.md, "Status" and "Koppelingen" (the ledger of what paid what).
Leaves to others: what paid what (matching), whether an arrangement runs (arrangements.py), what to do next.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from debiteuren.domain.invoice import Block, Invoice, InvoiceStatus
from debiteuren.domain.ledger import AllocationKind, Ledger
from debiteuren.domain.money import ZERO

NO_DAY = date.min
"""The day of an allocation that has none: it always counts, and is never "on or after" something."""

BESIDE_THE_INVOICE = frozenset({AllocationKind.COSTS, AllocationKind.INTEREST})
"""Money for costs and interest does not lower the invoice itself (BW 6:44)."""


class Booking(NamedTuple):
    """So many euros of an invoice settled on a day; a storno is negative, on a credit note all is."""

    day: date
    amount: Decimal
    kind: AllocationKind


def bookings_by_invoice(ledger: Ledger, on: date) -> dict[str, list[Booking]]:
    """What Koppelingen settles of each invoice, booked on or before `on`, in order of day.

    An allocation is booked on its payment's booking day; without a payment on its own day (Op). Koppelingen
    for costs and interest are left out.
    """
    booked = {payment.transaction: payment.booked for payment in ledger.payments}
    found: dict[str, list[Booking]] = {}
    for allocation in ledger.allocations:
        day = booked.get(allocation.transaction) or allocation.on or NO_DAY
        if day > on or allocation.kind in BESIDE_THE_INVOICE:
            continue
        booking = Booking(day, allocation.amount, allocation.kind)
        earlier = found.get(allocation.invoice)
        if earlier is None:
            found[allocation.invoice] = [booking]
        else:
            earlier.append(booking)
    for bookings in found.values():
        if len(bookings) > 1:
            bookings.sort(key=_by_day)
    return found


def _by_day(booking: Booking) -> date:
    return booking.day


def paid_amount(bookings: Sequence[Booking]) -> Decimal:
    """The sum of bookings, in euros."""
    if len(bookings) == 1:
        return bookings[0].amount
    return sum((booking.amount for booking in bookings), ZERO)


def is_settled(unpaid: Decimal, difference_max: Decimal) -> bool:
    """Nothing is open: a difference up to BetaalverschilMax counts as paid, and so does too much.

    >>> is_settled(Decimal("0.05"), Decimal("0.05")), is_settled(Decimal("0.06"), Decimal("0.05"))
    (True, False)
    """
    return unpaid <= difference_max


def settled_on(amount: Decimal, bookings: Sequence[Booking], difference_max: Decimal) -> date | None:
    """The day whose bookings made an invoice paid and left it so; None when open, or when no day is known.

    `bookings` in order of day. Paid, taken back and paid again counts from the last time.
    """
    unpaid = amount
    since: date | None = None
    for booking in bookings:
        unpaid -= booking.amount
        if not is_settled(unpaid, difference_max):
            since = None
        elif since is None:
            since = booking.day
    return None if since == NO_DAY else since


def was_open(invoice: Invoice, bookings: Sequence[Booking], day: date, difference_max: Decimal) -> bool:
    """The invoice was dated on or before a day and open on it, before that day's bookings or after them.

    `bookings` in order of day. For a row of Contact without invoices: it speaks of all that were open then.
    """
    if invoice.issued > day:
        return False
    before = after = invoice.amount
    for booking in bookings:
        if booking.day > day:
            break
        after -= booking.amount
        if booking.day < day:
            before -= booking.amount
    return not (is_settled(before, difference_max) and is_settled(after, difference_max))


def is_late(invoice: Invoice, on: date) -> bool:
    """The due day lies before `on`; on the due day itself paying is on time.

    An invoice dated after `on` does not exist yet, whatever its due day says.
    """
    return invoice.due < on and invoice.issued <= on


def block_on(invoice: Invoice, on: date) -> Block | None:
    """The Blokkade that holds on a day: Pauze and Uit handen end after Blokkade tot, Betwist does not end."""
    block, until = invoice.block, invoice.block_until
    if block is None or block is Block.DISPUTED or until is None or on <= until:
        return block
    return None


def invoice_status(
    invoice: Invoice,
    paid: Decimal,
    on: date,
    difference_max: Decimal,
    *,
    arranged: bool = False,
) -> InvoiceStatus:
    """Status of an invoice of which so many euros are paid, on a day; the first that fits.

    `arranged`: an arrangement that counts as running covers it. A dispute that is only told (Contact) has its
    action, but no status of its own.
    """
    if invoice.amount < ZERO:
        return InvoiceStatus.CREDIT_NOTE
    if is_settled(invoice.amount - paid, difference_max):
        return InvoiceStatus.PAID
    block = block_on(invoice, on)
    answers = (
        (block is Block.HANDED_OVER, InvoiceStatus.HANDED_OVER),
        (block is Block.DISPUTED, InvoiceStatus.DISPUTED),
        (arranged, InvoiceStatus.ARRANGEMENT),
        (block is Block.HOLD, InvoiceStatus.ON_HOLD),
        (is_late(invoice, on), InvoiceStatus.OVERDUE),
        (paid > ZERO, InvoiceStatus.PARTLY_PAID),
    )
    return next((status for fits, status in answers if fits), InvoiceStatus.OPEN)
