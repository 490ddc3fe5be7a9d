"""Small ledgers for the matcher's tables: two debtors, invoices, payments, and a short view of the result."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from debiteuren.domain.debtor import Debtor
from debiteuren.domain.invoice import Invoice
from debiteuren.domain.ledger import Allocation, AllocationKind, Ledger
from debiteuren.domain.money import ZERO
from debiteuren.domain.payment import MatchStatus, Payment, PaymentState
from debiteuren.rules.matching import Matching, match

ON = date(2026, 11, 21)
OURS = "NL20INGB0001234567"
OF_D1 = "NL91ABNA0417164300"
OF_D2 = "NL44RABO0123456789"
STRANGE = "NL02KNAB0999999999"


def euros(text: str | Decimal) -> Decimal:
    return Decimal(text)


def invoice(number: str = "2026-0042", amount: str = "100.00", **fields: Any) -> Invoice:  # noqa: ANN401 - any field of Invoice
    usual: dict[str, Any] = {"debtor": "D1", "issued": date(2026, 9, 1), "due": date(2026, 10, 1)}
    return Invoice(number=number, amount=euros(amount), **(usual | fields))


def payment(text: str = "", amount: str = "100.00", name: str = "T1", **fields: Any) -> Payment:  # noqa: ANN401 - any field of Payment
    usual: dict[str, Any] = {"booked": date(2026, 10, 5), "account": OURS, "description": text}
    return Payment(transaction=name, amount=euros(amount), **(usual | fields))


def ledger(
    invoices: Iterable[Invoice] | None = None,
    payments: Iterable[Payment] = (),
    allocations: Iterable[Allocation] = (),
    debtors: Iterable[Debtor] | None = None,
    **settings: Any,  # noqa: ANN401 - any field of Settings
) -> Ledger:
    made = Ledger(
        invoices=tuple(invoices) if invoices is not None else (invoice(),),
        payments=tuple(payments),
        allocations=tuple(allocations),
        debtors=tuple(debtors)
        if debtors is not None
        else (
            Debtor(number="D1", name="Bakkerij Jansen B.V.", iban=OF_D1),
            Debtor(number="D2", name="Hoveniersbedrijf De Linde", iban=OF_D2),
        ),
    )
    return replace(made, settings=replace(made.settings, **settings))


def again(before: Ledger, matching: Matching, *payments: Payment) -> Ledger:
    """The ledger after a run; with other payments where given."""
    return replace(before, allocations=matching.allocations, payments=payments or tuple(before.payments))


def only_state(made: Ledger, on: date = ON, doubles: Mapping[str, str] | None = None) -> PaymentState:
    """The state of the last payment."""
    return match(made, on, doubles=doubles or {}).payments[-1]


def booked(matching: Matching) -> list[tuple[str, str, str, str]]:
    """Koppelingen in short: transaction, invoice, amount, kind."""
    return [(row.transaction, row.invoice, str(row.amount), row.kind.value) for row in matching.allocations]


def check_the_books(made: Ledger, matching: Matching) -> None:
    """No cent lost or made; never more than an invoice; the states say what Koppelingen says.

    A discount lowers an invoice but is no money; costs and interest are money but lower no invoice.
    """
    amounts = {one.number: one.amount for one in made.invoices}
    settled: dict[str, Decimal] = {}
    of: dict[str, Decimal] = {}
    for row in matching.allocations:
        if row.kind not in {AllocationKind.COSTS, AllocationKind.INTEREST}:
            settled[row.invoice] = settled.get(row.invoice, ZERO) + row.amount
        if row.kind is not AllocationKind.DISCOUNT:
            of[row.transaction] = of.get(row.transaction, ZERO) + row.amount
    for number, amount in settled.items():
        low, high = sorted((ZERO, amounts[number]))
        assert low <= amount <= high, number
    assert [state.payment for state in matching.payments] == list(made.payments)
    for state in matching.payments:
        assert state.allocated == of.get(state.payment.transaction, ZERO)
        assert state.allocated + state.rest == state.payment.amount
        assert abs(state.allocated) <= abs(state.payment.amount) or state.allocated == 0
        assert bool(state.proposals) == (state.status is MatchStatus.PROPOSAL)
        assert len(state.proposals) <= 3
        assert state.why
