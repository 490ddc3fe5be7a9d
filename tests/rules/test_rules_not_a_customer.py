"""Money that is not a customer's own payment: providers, own accounts, cards, cash and collected batches.

The sceptic's question each time: does it pay an invoice by itself, and does one confirmation by the user
teach that whoever comes from that account is this customer?
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from debiteuren.domain.debtor import Debtor
from debiteuren.domain.invoice import Invoice
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.payment import MatchStatus, Payment
from debiteuren.domain.settings import Company, Settings
from debiteuren.jobs.refresh import refresh

ON = date(2026, 11, 21)
OWN = "NL20INGB0001234567"
SHARED = "NL18TRIO0198100777"
PROVIDERS = [
    "Stichting Mollie Payments",
    "Mollie B.V.",
    "STG MOLLIE PAYMENTS",
    "Adyen N.V.",
    "Stichting Adyen",
    "Stripe Technology Europe Ltd",
    "PayPal (Europe) S.a.r.l. et Cie",
    "Buckaroo B.V.",
    "Stichting Derdengelden Buckaroo",
    "MultiSafepay B.V.",
    "Multi Safepay",
    "Stg. Pay.nl",
    "SumUp Limited",
    "SumUp Payments",
    "iZettle AB",
    "PayPal Zettle",
    "CCV Group B.V.",
    "CCV*Pas",
    "Klarna Bank AB",
    "Worldline SA/NV",
    "equensWorldline SE",
    "Rabo Smart Pay",
    "ICEPAY B.V.",
    "Sisow B.V.",
    "Riverty GmbH",
    "Afterpay B.V.",
    "Billink B.V.",
    "Online Payment Platform B.V.",
    "CM Payments",
    "iDEAL via Buckaroo",
    "Bakkerij De Korenaar via Mollie",
    "Ingenico eCommerce Solutions",
]


def _invoice(number: str, amount: str) -> Invoice:
    return Invoice(
        number=number,
        debtor="K1",
        issued=date(2026, 10, 1),
        due=date(2026, 10, 31),
        amount=Decimal(amount),
    )


def _payment(transaction: str, amount: str, **changes: object) -> Payment:
    payment = Payment(
        transaction=transaction,
        booked=date(2026, 11, 17),
        amount=Decimal(amount),
        account=OWN,
        counter_account=SHARED,
        source="ING CSV",
    )
    return replace(payment, **changes)  # type: ignore[arg-type] # the fields of a payment


LEDGER = Ledger(
    invoices=(_invoice("F-2001", "121.00"), _invoice("F-2002", "242.00")),
    debtors=(Debtor(number="K1", name="Bakkerij De Korenaar"),),
    settings=Settings(company=Company(iban=OWN)),
)


def _second(**shared: object) -> MatchStatus:
    """The user said that a first payment was for F-2001; what is the next one, of exactly F-2002, worth."""
    first = _payment("T1", "121.00", choice="F-2001", **shared)
    second = _payment("T2", "242.00", **shared)
    done = refresh(replace(LEDGER, payments=(first, second)), ON)
    again = refresh(replace(done.ledger, payments=(first, second)), ON)
    assert again.payments == done.payments
    return done.payments[1].status


def test_a_customers_own_account_is_learnt() -> None:
    assert _second(name="Onbekende B.V.") is not MatchStatus.UNKNOWN


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_provider_never_teaches_whose_account_it_is(name: str) -> None:
    assert _second(name=name) is MatchStatus.UNKNOWN


def test_a_provider_in_the_description_of_a_booking_without_a_name_is_one_too() -> None:
    assert _second(description="Uitbetaling Stichting Mollie Payments 1023") is MatchStatus.UNKNOWN


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_payout_pays_no_invoice_by_its_amount(name: str) -> None:
    payment = _payment("T1", "121.00", name=name, description="Payout 20261117 t123456")
    done = refresh(replace(LEDGER, payments=(payment,)), ON)
    assert done.ledger.allocations == ()


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"counter_account": OWN, "name": "Eigen spaarrekening"}, id="to and from one account"),
        pytest.param(
            {"counter_account": "", "description": "BEA, Betaalpas Bouwmarkt,PAS123 NR:AB12CD 17.11.26"},
            id="a card line",
        ),
        pytest.param({"counter_account": "", "description": "GEA, Betaalpas Geldmaat Zeist"}, id="cash out"),
        pytest.param({"counter_account": "", "description": "Storting via sealbag 123"}, id="cash in"),
        pytest.param(
            {"counter_account": "", "description": "TOTAAL 12 POSTEN incassobatch 2026-11"}, id="a batch"
        ),
    ],
)
def test_what_is_no_payment_of_a_customer_pays_nothing_by_its_amount(changes: dict[str, object]) -> None:
    payment = _payment("T1", "121.00", **changes)
    done = refresh(replace(LEDGER, payments=(payment,)), ON)
    assert done.ledger.allocations == ()
    assert _second(**changes) is not MatchStatus.SURE


def test_between_two_own_accounts_nothing_is_paid() -> None:
    savings = "NL56ABNA0502233445"
    here = _payment("T1", "121.00", counter_account=savings, name="J. Smit")
    there = _payment("T2", "-121.00", account=savings, counter_account=OWN, name="J. Smit")
    done = refresh(replace(LEDGER, payments=(here, there)), ON)
    assert done.ledger.allocations == ()
    assert [state.status for state in done.payments] == [MatchStatus.NO_INVOICE] * 2


def test_a_provider_that_passes_on_our_invoice_number_and_the_amount_pays_it() -> None:
    payment = _payment("T1", "121.00", name="Stichting Mollie Payments", description="M123 F-2001")
    done = refresh(replace(LEDGER, payments=(payment,)), ON)
    assert [(row.invoice, row.amount) for row in done.ledger.allocations] == [("F-2001", Decimal("121.00"))]
