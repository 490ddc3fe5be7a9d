"""Waarom: everything the books know about one transaction or one invoice.

Answers: the bank line, the rows of Koppelingen, what was looked for and found; of an invoice its status, its
next action and the money on it or proposed for it.
Source: docs/regels.md, "Waarom". Changes nothing.
Leaves to others: how a payment is judged (rules/matching_trail.py), telling it (cli_why.py).
"""

from dataclasses import dataclass

from debiteuren.domain.invoice import InvoiceState
from debiteuren.domain.ledger import Allocation
from debiteuren.domain.payment import PaymentState
from debiteuren.jobs.refresh import Refreshed
from debiteuren.rules.matching_trail import Trail, trail
from debiteuren.rules.number_index import NumberIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """About a transaction (`payment` and `trail`) or an invoice (`invoice`).

    `rows`: of Koppelingen, in its order. `proposed`: the payments that are proposed for the invoice.
    `lines`: the bank lines of the rows, by transaction.
    """

    rows: tuple[Allocation, ...]
    payment: PaymentState | None = None
    trail: Trail | None = None
    invoice: InvoiceState | None = None
    proposed: tuple[PaymentState, ...] = ()
    lines: dict[str, PaymentState]


def prove(done: Refreshed, written: str) -> Proof | None:
    """What there is about the transaction or invoice written here; None when it is neither.

    A transaction goes before an invoice with the same number; the number of an invoice may be written without
    its separators.
    """
    wanted = written.strip()
    lines = {state.payment.transaction: state for state in done.payments}
    state = lines.get(wanted)
    if state is not None:
        return Proof(
            rows=tuple(row for row in done.ledger.allocations if row.transaction == wanted),
            payment=state,
            trail=trail(done.ledger, state.payment, done.on),
            lines={},
        )
    places = NumberIndex([one.invoice.number for one in done.invoices]).look_up(wanted)
    if len(places) != 1:
        return None
    invoice = done.invoices[places[0]]
    number = invoice.invoice.number
    rows = tuple(row for row in done.ledger.allocations if row.invoice == number)
    return Proof(
        rows=rows,
        invoice=invoice,
        proposed=tuple(one for one in done.payments if any(number in proposal for proposal in one.proposals)),
        lines={row.transaction: lines[row.transaction] for row in rows if row.transaction in lines},
    )
