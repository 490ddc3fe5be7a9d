"""Money that went back: docs/regels.md, "Koppelingen" and "Terugboekingen"."""

from datetime import date
from typing import Any

import pytest

from debiteuren.domain.ledger import Allocation, AllocationKind
from debiteuren.domain.payment import MatchStatus, Payment
from debiteuren.rules.matching import match
from rules.matching_ledger import (
    OF_D1,
    OF_D2,
    ON,
    STRANGE,
    again,
    booked,
    check_the_books,
    euros,
    invoice,
    ledger,
    only_state,
    payment,
)

SURE, PROPOSAL, UNKNOWN = MatchStatus.SURE, MatchStatus.PROPOSAL, MatchStatus.UNKNOWN
NO_INVOICE = MatchStatus.NO_INVOICE
CAME = payment("2026-0042", name="T1", counter_account=OF_D1, reference="E2E-778899")
BACK_AGAIN = [("T1", "2026-0042", "100.00", "Betaling"), ("T2", "2026-0042", "-100.00", "Storno")]


def back(text: str = "", amount: str = "-100.00", **fields: Any) -> Payment:  # noqa: ANN401 - any field of Payment
    usual: dict[str, Any] = {"booked": date(2026, 10, 9), "counter_account": OF_D1}
    return payment(text, amount, "T2", **(usual | fields))


@pytest.mark.parametrize(
    ("storno", "status"),
    [
        pytest.param(back(return_code="MD06"), SURE, id="a return code and the same account"),
        pytest.param(back("STORNO incasso"), SURE, id="the word storno and the same account"),
        pytest.param(back("Terugboeking"), SURE, id="the word terugboeking"),
        pytest.param(back("stornokosten"), NO_INVOICE, id="costs of a storno are none"),
        pytest.param(
            back("storno", counter_account="", reference="E2E-778899"), SURE, id="the same reference"
        ),
        pytest.param(back(reference="E2E-778899"), SURE, id="only the same reference"),
        pytest.param(back(reference="e2e 778899"), SURE, id="the reference written otherwise"),
        pytest.param(back(reference="E2E-778898"), NO_INVOICE, id="only another reference"),
        pytest.param(back(reference="NOTPROVIDED"), NO_INVOICE, id="only an empty reference"),
        pytest.param(back(), NO_INVOICE, id="only the same account and amount"),
        pytest.param(back("storno 2026-0042", counter_account=""), SURE, id="the word and the number"),
        pytest.param(back("2026-0042"), NO_INVOICE, id="only the number: a refund"),
        pytest.param(back("storno", counter_account=""), UNKNOWN, id="the word and nothing else"),
        pytest.param(back("storno", counter_account=OF_D2), UNKNOWN, id="another debtor's account"),
        pytest.param(back("storno 2026-0042", counter_account=OF_D2), UNKNOWN, id="so with the number"),
        pytest.param(back("storno 2026-0099"), UNKNOWN, id="the number of another invoice"),
        pytest.param(back("storno", amount="-99.99"), UNKNOWN, id="a cent less"),
        pytest.param(back("storno", amount="-100.01"), UNKNOWN, id="a cent more"),
        pytest.param(back("storno", booked=date(2026, 10, 5)), SURE, id="on the same day"),
        pytest.param(back("storno", booked=date(2026, 10, 4)), UNKNOWN, id="the day before the payment"),
    ],
)
def test_a_storno_undoes_its_payment_to_the_cent(storno: Payment, status: MatchStatus) -> None:
    made = ledger([invoice(), invoice("2026-0099")], [CAME, storno])
    matching = match(made, ON)
    assert matching.payments[1].status is status
    assert booked(matching) == (BACK_AGAIN if status is SURE else BACK_AGAIN[:1])
    check_the_books(made, matching)


def test_a_storno_says_what_it_undid() -> None:
    assert only_state(ledger(payments=[CAME, back("storno")])).why == (
        "Storno van de betaling van 05-10-2026 (“T1”): € 100,00 kwam terug en 2026-0042 staat daarvoor weer "
        "open; klopt dit niet, vul dan Uw keuze in."
    )


def test_a_storno_mirrors_every_invoice_and_credit_note() -> None:
    invoices = [invoice("A-0001", "100.00"), invoice("A-0002", "50.00"), invoice("K-0001", "-20.00")]
    came = payment("A-0001 A-0002 K-0001", "130.00", "T1", reference="E2E-1")
    made = ledger(invoices, [came, back("storno", "-130.00", counter_account="", reference="E2E-1")])
    matching = match(made, ON)
    assert booked(matching)[3:] == [
        ("T2", "A-0001", "-100.00", "Storno"),
        ("T2", "A-0002", "-50.00", "Storno"),
        ("T2", "K-0001", "20.00", "Storno"),
    ]
    check_the_books(made, matching)


def test_a_payment_is_undone_once() -> None:
    second = payment("storno", "-100.00", "T3", booked=date(2026, 10, 10), counter_account=OF_D1)
    matching = match(ledger(payments=[CAME, back("storno"), second]), ON)
    assert [state.status for state in matching.payments] == [SURE, SURE, UNKNOWN]


def test_the_invoice_can_be_paid_again() -> None:
    once_more = payment("2026-0042", "100.00", "T3", booked=date(2026, 10, 12))
    made = ledger(payments=[CAME, back("storno"), once_more])
    matching = match(made, ON)
    assert booked(matching) == [*BACK_AGAIN, ("T3", "2026-0042", "100.00", "Betaling")]
    check_the_books(made, matching)


def test_money_that_names_the_word_storno_but_comes_in_is_a_payment() -> None:
    assert only_state(ledger(payments=[payment("betaling 2026-0042 na storno")])).status is SURE


def test_of_two_alike_payments_of_one_invoice_the_last_comes_back() -> None:
    parts = [
        payment("2026-0042", "50.00", "T0", booked=date(2026, 10, 1), counter_account=OF_D1),
        payment("2026-0042", "50.00", "T1", booked=date(2026, 10, 2), counter_account=OF_D1),
    ]
    made = ledger(payments=[*parts, back("storno", "-50.00")])
    assert "van 02-10-2026" in only_state(made).why


def test_of_two_alike_payments_of_two_invoices_the_user_chooses() -> None:
    invoices = [invoice("A-0001"), invoice("A-0002")]
    both = [
        payment("A-0001", name="T0", booked=date(2026, 10, 1), counter_account=OF_D1),
        payment("A-0002", name="T1", booked=date(2026, 10, 2), counter_account=OF_D1),
    ]
    state = only_state(ledger(invoices, [*both, back("storno")]))
    assert state.status is PROPOSAL
    assert state.proposals == (("A-0002",), ("A-0001",))
    named = only_state(ledger(invoices, [*both, back("storno A-0001")]))
    assert (named.status, named.invoices) == (SURE, ("A-0001",))


def test_of_many_alike_payments_the_last_three_are_proposed() -> None:
    days = range(1, 5)
    invoices = [invoice(f"A-{day:04d}") for day in days]
    paid = [
        payment(f"A-{day:04d}", name=f"P{day}", booked=date(2026, 10, day), counter_account=OF_D1)
        for day in days
    ]
    state = only_state(ledger(invoices, [*paid, back("storno")]))
    assert state.proposals == (("A-0004",), ("A-0003",), ("A-0002",))


@pytest.mark.parametrize(("reference", "status"), [("ABC1", SURE), ("AB1", NO_INVOICE)])
def test_a_reference_of_three_signs_proves_nothing(reference: str, status: MatchStatus) -> None:
    came = payment("2026-0042", name="T1", reference=reference)
    assert only_state(ledger(payments=[came, back(reference=reference)])).status is status


def test_a_storno_that_came_before_its_payment_was_known_is_found_later() -> None:
    alone = ledger(payments=[back("storno")])
    first = match(alone, ON)
    assert first.payments[0].status is UNKNOWN
    both = again(alone, first, back("storno"), CAME)
    assert sorted(booked(match(both, ON))) == BACK_AGAIN


def test_a_storno_of_an_earlier_run_is_recognised() -> None:
    made = ledger(payments=[CAME, back("storno")])
    first = match(made, ON)
    assert match(again(made, first), ON) == first


def test_a_storno_of_two_payments_ago_keeps_its_own_payment_in_a_second_run() -> None:
    payments = [
        payment("2026-0042", "50.00", "T0", booked=date(2026, 10, 1), reference="E2E-A"),
        payment("2026-0042", "50.00", "T1", booked=date(2026, 10, 2), reference="E2E-B"),
        back("storno", "-50.00", counter_account="", reference="E2E-A"),
    ]
    made = ledger(payments=payments)
    first = match(made, ON)
    assert "van 01-10-2026" in first.payments[-1].why
    assert match(again(made, first), ON) == first


@pytest.mark.parametrize(
    ("text", "amount", "status"),
    [
        pytest.param("K-0001 terugbetaald", "-20.00", SURE, id="exactly"),
        pytest.param("K-0001 terugbetaald", "-19.99", NO_INVOICE, id="a cent less"),
        pytest.param("K-0001 terugbetaald", "-20.01", NO_INVOICE, id="a cent more"),
        pytest.param("terugbetaald", "-20.00", NO_INVOICE, id="without its number"),
    ],
)
def test_a_credit_note_is_paid_out_by_its_number_and_amount(
    text: str, amount: str, status: MatchStatus
) -> None:
    made = ledger([invoice("K-0001", "-20.00")], [payment(text, amount)])
    matching = match(made, ON)
    assert matching.payments[0].status is status
    rows = [("T1", "K-0001", "-20.00", "Creditfactuur")] if status is SURE else []
    assert booked(matching) == rows


def test_a_paid_out_credit_note_that_comes_back_is_open_again() -> None:
    out = payment("K-0001 retour", "-20.00", "T1", counter_account=STRANGE)
    returned = payment("", "20.00", "T2", counter_account=STRANGE, return_code="AC04", booked=ON)
    made = ledger([invoice("K-0001", "-20.00")], [out, returned])
    matching = match(made, ON)
    assert booked(matching)[1] == ("T2", "K-0001", "20.00", "Storno")
    check_the_books(made, matching)


def test_a_storno_without_its_payment_in_betalingen_stays() -> None:
    row = Allocation(
        transaction="T2", invoice="2026-0042", amount=euros("-100.00"), kind=AllocationKind.REVERSAL
    )
    paid = Allocation(transaction="WEG", invoice="2026-0042", amount=euros("100.00"))
    state = only_state(ledger(payments=[back("storno")], allocations=[paid, row]))
    assert state.status is SURE
    assert state.why.startswith("Storno: € -100,00 op 2026-0042 is teruggenomen")
