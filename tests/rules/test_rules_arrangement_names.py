"""A payment that names an arrangement: docs/regels.md, "Zonder nummer"."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from debiteuren.domain.arrangement import Arrangement
from debiteuren.domain.debtor import Debtor
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.payment import MatchStatus, Payment, PaymentState
from debiteuren.rules.arrangement_names import ArrangementNames
from debiteuren.rules.matching import match
from rules.small_ledger import an_invoice, nov
from rules.test_rules_arrangements import arrangement, instalments

ACCOUNT, OTHER = "NL20INGB0001234567", "NL91ABNA0417164300"
AGREED = arrangement(
    id="R2026-001", invoices=("2026-0001", "2026-0002"), amount=Decimal("150.00"), agreed_on=nov(2)
)


def made(text: str, amount: str = "50.00", agreed: Arrangement = AGREED, **fields: Any) -> Ledger:  # noqa: ANN401 - any field of Payment
    days = ((nov(9), "50.00"), (nov(16), "50.00"), (nov(23), "50.00"))
    payment = Payment(
        transaction="T1",
        booked=nov(10),
        amount=Decimal(amount),
        description=text,
        **({"counter_account": "NL00STRANGER", "name": "P. Peters"} | fields),
    )
    return Ledger(
        invoices=(
            an_invoice("2026-0001", amount=Decimal("100.00")),
            an_invoice("2026-0002", amount=Decimal("50.00")),
            an_invoice("2026-0003", amount=Decimal("50.00"), debtor="D2"),
            an_invoice("2026-001", amount=Decimal("80.00"), debtor="D2"),
        ),
        debtors=(
            Debtor(number="D1", name="Bakkerij Jansen", iban=ACCOUNT),
            Debtor(number="D2", name="Slager Bos", iban=OTHER),
        ),
        payments=(payment,),
        arrangements=(agreed,),
        instalments=instalments(*days, name=agreed.id),
    )


def state(ledger: Ledger) -> PaymentState:
    (found,) = match(ledger, date(2026, 11, 20)).payments
    assert found.payment == ledger.payments[0]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "R2026-001",
        "r2026-001 termijn 1",
        "Regeling R2026-001, termijn 1",
        "R 2026 001",
        "R2026001",
        "Betreft:R2026-001/1e termijn",
    ],
)
def test_who_names_the_arrangement_pays_it_and_no_invoice_of_that_number(text: str) -> None:
    found = state(made(text))
    assert (found.status, found.invoices, found.allocated) == (
        MatchStatus.SURE,
        ("2026-0001",),
        Decimal("50.00"),
    )
    assert found.why.startswith("Regeling R2026-001 staat in de omschrijving")


@pytest.mark.parametrize(
    ("text", "amount", "fields"),
    [
        pytest.param("XR2026-001", "50.00", {}, id="part of another word"),
        pytest.param("R2026-0012", "50.00", {}, id="another number"),
        pytest.param("R2026-001", "49.99", {}, id="no instalment"),
        pytest.param(
            "R2026-001", "50.00", {"counter_account": OTHER}, id="from the account of somebody else"
        ),
        pytest.param("R2026-001 en 2026-0003", "50.00", {}, id="with an invoice of somebody else"),
        pytest.param("R2026-001", "50.00", {"booked": nov(1)}, id="booked before it was agreed"),
    ],
)
def test_what_is_not_beyond_doubt_is_at_most_proposed(text: str, amount: str, fields: dict[str, Any]) -> None:
    ledger = made(text, amount)
    ledger = replace(ledger, payments=(replace(ledger.payments[0], **fields),))
    found = state(ledger)
    assert found.status is not MatchStatus.SURE or found.invoices == ("2026-0003",)
    assert "2026-0001" not in found.invoices


def test_without_the_arrangement_the_same_text_is_an_invoice_number() -> None:
    ledger = made("2026-001", "80.00")
    assert state(ledger).invoices == ("2026-001",)


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("R2026-001", True),
        ("R-01", False),
        ("R-001", True),
        ("2026-77", False),
        ("Regeling", False),
        ("2026-0001", False),
        ("Jansen-1", True),
        ("Régeling-1", False),
    ],
)
def test_which_names_are_recognised(name: str, named: bool) -> None:  # noqa: FBT001 - both sides
    ledger = made(f"betaling {name}", agreed=replace(AGREED, id=name))
    found = ArrangementNames.of(ledger).named(ledger.payments[0])
    assert (found is not None) is named


def test_two_names_name_none() -> None:
    ledger = made("R2026-001 en R2026-002")
    both = replace(ledger, arrangements=(AGREED, replace(AGREED, id="R2026-002")))
    assert ArrangementNames.of(both).named(both.payments[0]) is None


def test_the_reference_of_a_payment_stays_its_own() -> None:
    ledger = made("", reference="R2026-001")
    names = ArrangementNames.of(ledger)
    (plain,) = names.without(ledger).payments
    assert (plain.reference, names.named(ledger.payments[0])) == ("Rcacg-aab", AGREED)
    assert state(ledger).status is MatchStatus.SURE
