"""Small ledgers for the rules' tables: one debtor, one invoice, and what a row of the table adds."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from debiteuren.domain.arrangement import (
    Arrangement,
    ArrangementState,
    ArrangementStatus,
    Instalment,
    InstalmentState,
    InstalmentStatus,
)
from debiteuren.domain.contact import Contact, ContactKind, Outcome
from debiteuren.domain.debtor import Debtor, DebtorKind
from debiteuren.domain.invoice import Action, Invoice, InvoiceState
from debiteuren.domain.ledger import Allocation, AllocationKind, Ledger
from debiteuren.domain.payment import Payment, Statement
from debiteuren.rules.next_action import invoice_states

FRIDAY = date(2026, 11, 20)
"""The usual Peildatum of the tables: a working day, the day before the story's."""


def nov(day: int) -> date:
    """A day in November 2026; the 1st is a Sunday."""
    return date(2026, 11, day)


def dec(day: int) -> date:
    """A day in December 2026; the 1st is a Tuesday."""
    return date(2026, 12, day)


def octo(day: int) -> date:
    """A day in October 2026; the 1st is a Thursday."""
    return date(2026, 10, day)


def euros(text: str) -> Decimal:
    return Decimal(text)


def an_invoice(number: str = "F1", **fields: Any) -> Invoice:  # noqa: ANN401 - any field of Invoice
    usual: dict[str, Any] = {
        "debtor": "D1",
        "issued": octo(1),
        "due": octo(31),
        "amount": euros("100.00"),
    }
    return Invoice(number=number, **(usual | fields))


def a_debtor(number: str = "D1", **fields: Any) -> Debtor:  # noqa: ANN401 - any field of Debtor
    usual: dict[str, Any] = {
        "name": "Bakkerij Jansen",
        "kind": DebtorKind.BUSINESS,
        "email": "info@bakkerij.example",
        "phone": "010 1234567",
        "address": "Dorpsstraat 1",
        "postcode": "1234 AB",
        "city": "Utrecht",
    }
    return Debtor(number=number, **(usual | fields))


def a_contact(
    day: date,
    kind: ContactKind = ContactKind.CONVERSATION,
    outcome: Outcome | None = None,
    *invoices: str,
    at: time = time(10, 0),
    **fields: Any,  # noqa: ANN401 - any field of Contact
) -> Contact:
    usual: dict[str, Any] = {"debtor": "D1", "channel": "E-mail"}
    return Contact(
        moment=datetime.combine(day, at),
        kind=kind,
        outcome=outcome,
        invoices=invoices or ("F1",),
        **(usual | fields),
    )


def a_payment(
    day: date, amount: str, invoice: str = "F1", kind: AllocationKind = AllocationKind.PAYMENT
) -> tuple[Payment, Allocation]:
    transaction = f"T-{day}-{amount}-{invoice}"
    return (
        Payment(transaction=transaction, booked=day, amount=euros(amount), account="NL01"),
        Allocation(transaction=transaction, invoice=invoice, amount=euros(amount), kind=kind),
    )


def bank_through(*days: date) -> tuple[Statement, ...]:
    """One account per day, known through it."""
    return tuple(Statement(account=f"NL{place:02d}", end=day) for place, day in enumerate(days, start=1))


def a_ledger(
    *invoices: Invoice,
    debtors: Sequence[Debtor] | None = None,
    contacts: Iterable[Contact] = (),
    paid: Iterable[tuple[Payment, Allocation]] = (),
    bank: Iterable[Statement] | None = None,
    on: date = FRIDAY,
    **settings: Any,  # noqa: ANN401 - any field of Settings
) -> Ledger:
    """A ledger whose bank is known through `on` unless `bank` says otherwise."""
    pairs = tuple(paid)
    ledger = Ledger(
        invoices=invoices or (an_invoice(),),
        debtors=tuple(debtors) if debtors is not None else (a_debtor(),),
        payments=tuple(payment for payment, _ in pairs),
        allocations=tuple(allocation for _, allocation in pairs),
        statements=bank_through(on) if bank is None else tuple(bank),
        contacts=tuple(contacts),
    )
    return replace(ledger, settings=replace(ledger.settings, **settings))


def first_state(
    ledger: Ledger, on: date = FRIDAY, arrangements: Sequence[ArrangementState] = ()
) -> InvoiceState:
    return invoice_states(ledger, arrangements, on)[0]


def answer(
    ledger: Ledger, on: date = FRIDAY, arrangements: Sequence[ArrangementState] = ()
) -> tuple[Action, date | None]:
    """Volgende actie and Actie op of the first invoice."""
    state = first_state(ledger, on, arrangements)
    return state.action, state.action_on


def an_arrangement(
    status: ArrangementStatus,
    *instalments: tuple[date, InstalmentStatus],
    invoices: tuple[str, ...] = ("F1",),
    agreed_on: date | None = date(2026, 10, 15),
    name: str = "R1",
) -> ArrangementState:
    """An arrangement as judged; every instalment is 50 euros, of which 10 came when paid in part."""
    came = {InstalmentStatus.PARTLY_PAID: euros("10.00"), InstalmentStatus.ON_TIME: euros("50.00")}
    return ArrangementState(
        arrangement=Arrangement(
            id=name,
            debtor="D1",
            invoices=invoices,
            amount=euros("100.00"),
            agreed_on=agreed_on,
            terms="twee termijnen",
        ),
        status=status,
        next_due=None,
        why="",
        instalments=tuple(
            InstalmentState(
                instalment=Instalment(arrangement=name, number=str(place), due=due, amount=euros("50.00")),
                paid=came.get(state, euros("0.00")),
                paid_on=None,
                days_late=None,
                status=state,
            )
            for place, (due, state) in enumerate(instalments, start=1)
        ),
    )
