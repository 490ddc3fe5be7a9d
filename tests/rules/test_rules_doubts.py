"""What does not fit together is named with its place, and what fits is not."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from debiteuren.domain.arrangement import Instalment
from debiteuren.domain.contact import Contact, ContactKind, DraftState
from debiteuren.domain.debtor import Debtor, DebtorKind
from debiteuren.domain.invoice import Invoice
from debiteuren.domain.ledger import Allocation, Ledger
from debiteuren.domain.payment import Payment
from debiteuren.rules.doubts import doubts
from debiteuren.rules.next_action import invoice_states

ON = date(2026, 11, 20)
BASE = Ledger(
    debtors=(Debtor(number="D1", name="Bakkerij", kind=DebtorKind.BUSINESS, row=5),),
    invoices=(
        Invoice(
            number="F1",
            debtor="D1",
            issued=date(2026, 10, 1),
            due=date(2026, 10, 31),
            amount=Decimal("100.00"),
            row=5,
        ),
    ),
    payments=(Payment(transaction="T1", booked=date(2026, 11, 2), amount=Decimal("50.00"), row=5),),
)


def contact(kind: ContactKind, **fields: Any) -> Contact:  # noqa: ANN401 - fields of all kinds
    base = Contact(moment=datetime(2026, 11, 5), debtor="D1", invoices=("F1",), kind=kind, row=7)
    return replace(base, **fields)


def paid(amount: str) -> tuple[Allocation, ...]:
    return (Allocation(transaction="T1", invoice="F1", amount=Decimal(amount), row=5),)


CONSUMER = tuple(replace(debtor, kind=DebtorKind.CONSUMER) for debtor in BASE.debtors)


@pytest.mark.parametrize(
    ("name", "ledger", "places"),
    [
        ("all fits", BASE, []),
        ("paid to the cent", replace(BASE, allocations=paid("100.00")), []),
        ("five cents too much is let go", replace(BASE, allocations=paid("100.05")), []),
        ("six cents too much", replace(BASE, allocations=paid("100.06")), ["Facturen, rij 5, kolom Bedrag"]),
        (
            "no Soort and late",
            replace(BASE, debtors=(replace(BASE.debtors[0], kind=None),)),
            ["Debiteuren, rij 5, kolom Soort"],
        ),
        (
            "no Soort and paid",
            replace(BASE, debtors=(replace(BASE.debtors[0], kind=None),), allocations=paid("100.00")),
            [],
        ),
        (
            "a consumer with only a final demand",
            replace(BASE, debtors=CONSUMER, contacts=(contact(ContactKind.FINAL_DEMAND),)),
            ["Contact, rij 7, kolom Soort"],
        ),
        (
            "a consumer whose final demand was voided",
            replace(
                BASE, debtors=CONSUMER, contacts=(contact(ContactKind.FINAL_DEMAND, draft=DraftState.VOID),)
            ),
            [],
        ),
        (
            "a consumer with both letters",
            replace(
                BASE,
                debtors=CONSUMER,
                contacts=(contact(ContactKind.FINAL_DEMAND), contact(ContactKind.FOURTEEN_DAY_LETTER)),
            ),
            [],
        ),
        (
            "a business with a final demand",
            replace(BASE, contacts=(contact(ContactKind.FINAL_DEMAND),)),
            [],
        ),
        (
            "money on an invoice that is gone",
            replace(
                BASE, allocations=(Allocation(transaction="T1", invoice="F9", amount=Decimal(1), row=6),)
            ),
            ["Koppelingen, rij 6, kolom Factuurnummer"],
        ),
        (
            "money of a booking that is gone",
            replace(
                BASE, allocations=(Allocation(transaction="T9", invoice="F1", amount=Decimal(1), row=6),)
            ),
            ["Koppelingen, rij 6, kolom Transactie"],
        ),
        (
            "an instalment of no arrangement",
            replace(
                BASE,
                instalments=(Instalment(arrangement="RX", number="1", due=ON, amount=Decimal(1), row=8),),
            ),
            ["Termijnen, rij 8, kolom Regeling"],
        ),
        (
            "a contact with nobody, about nothing",
            replace(BASE, contacts=(contact(ContactKind.CONVERSATION, debtor="D9", invoices=("F9",)),)),
            ["Contact, rij 7, kolom Debiteurnummer", "Contact, rij 7, kolom Facturen"],
        ),
    ],
)
def test_doubts(name: str, ledger: Ledger, places: list[str]) -> None:
    found = doubts(ledger, invoice_states(ledger, (), ON), ON)
    assert [problem.place for problem in found] == places, name


def test_a_soort_outside_the_list_is_not_called_empty() -> None:
    """The reader names the odd word itself; this row may not say that nothing stands there."""
    ledger = replace(BASE, debtors=(replace(BASE.debtors[0], kind=None),))
    (found,) = doubts(ledger, invoice_states(ledger, (), ON), ON)
    assert found.found == "Hier is geen Soort gekozen; Bakkerij geldt nu als Consument, die de wet beschermt."
