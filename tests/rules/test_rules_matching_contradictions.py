"""What keeps a payment from being sure: docs/regels.md, "Koppelingen" and "Zonder nummer"."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from debiteuren.domain.debtor import Debtor
from debiteuren.domain.payment import MatchStatus
from debiteuren.rules.matching import match
from rules.matching_ledger import (
    OF_D1,
    ON,
    STRANGE,
    check_the_books,
    euros,
    invoice,
    ledger,
    only_state,
    payment,
)

SURE, PROPOSAL, UNKNOWN = MatchStatus.SURE, MatchStatus.PROPOSAL, MatchStatus.UNKNOWN
HIS = {"counter_account": OF_D1}
LATER = date(2026, 10, 9)


@pytest.mark.parametrize(
    ("amount", "other", "fields", "status"),
    [
        pytest.param("60.00", {}, {}, PROPOSAL, id="less, and exactly another one"),
        pytest.param("60.00", {}, HIS, PROPOSAL, id="from his account as well"),
        pytest.param("60.00", {"amount": "60.01"}, HIS, SURE, id="a cent from another one"),
        pytest.param("60.00", {"debtor": "D2"}, HIS, SURE, id="of another debtor"),
        pytest.param("60.00", {"issued": date(2026, 10, 5)}, HIS, PROPOSAL, id="dated on the day"),
        pytest.param("60.00", {"issued": date(2026, 10, 6)}, HIS, SURE, id="dated after the day"),
        pytest.param("150.00", {"amount": "150.00"}, HIS, PROPOSAL, id="more, and exactly another one"),
        pytest.param("150.00", {"amount": "150.01"}, HIS, SURE, id="more, and nearly another one"),
        pytest.param("100.00", {"amount": "100.00"}, HIS, SURE, id="exactly the named one"),
        pytest.param(
            "60.00", {}, {"counter_account": STRANGE, "name": "Bakkerij Jansen"}, PROPOSAL, id="by name"
        ),
    ],
)
def test_a_number_with_the_amount_of_another_invoice(
    amount: str, other: dict[str, Any], fields: dict[str, Any], status: MatchStatus
) -> None:
    invoices = [invoice(), invoice("2026-0060", **({"amount": "60.00"} | other))]
    made = ledger(invoices, [replace(payment("factuur 2026-0042", amount), **fields)])
    state = only_state(made)
    assert state.status is status
    if status is PROPOSAL:
        assert {("2026-0042",), ("2026-0060",)} <= set(state.proposals)
    check_the_books(made, match(made, ON))


def test_a_learned_account_does_not_take_that_doubt_away() -> None:
    invoices = [invoice("A-0001"), invoice("A-0002"), invoice("A-0003", "60.00")]
    first = replace(payment("A-0001", "100.00", "T1", counter_account=STRANGE), name="P. Vreemd")
    second = replace(first, transaction="T2", description="A-0002", amount=euros("60.00"), booked=LATER)
    assert only_state(ledger(invoices, [first, second])).status is PROPOSAL
    assert only_state(ledger(invoices[:2], [first, second])).status is SURE


def test_once_the_other_invoice_is_paid_by_its_number_the_part_is_sure() -> None:
    part = payment("2026-0042", "60.00", "T1", **HIS)
    whole = payment("2026-0060", "60.00", "T2", booked=LATER, **HIS)
    made = ledger([invoice(), invoice("2026-0060", "60.00")], [part, whole])
    assert [state.invoices for state in match(made, ON).payments] == [("2026-0042",), ("2026-0060",)]


@pytest.mark.parametrize(
    ("text", "fields", "status"),
    [
        pytest.param(
            "bestelling 2026-0042", {"counter_account": STRANGE}, PROPOSAL, id="an order, of nobody"
        ),
        pytest.param("offerte 20260042", {}, PROPOSAL, id="an offer"),
        pytest.param("bestelling 2026-0042", HIS, SURE, id="from his account"),
        pytest.param("bestelling 2026-0042", {"name": "Bakkerij Jansen"}, SURE, id="under his name"),
        pytest.param("bestelling 2026-0042 klantnr D1", {}, SURE, id="with his debtor number"),
        pytest.param("factuur 2026-0042", {}, SURE, id="an invoice"),
        pytest.param("bestelling 2026-0042 factuur 2026-0042", {}, SURE, id="both"),
        pytest.param("bestelling 88 factuur 2026-0042", {}, SURE, id="an order and an invoice"),
    ],
)
def test_a_number_behind_another_word(text: str, fields: dict[str, Any], status: MatchStatus) -> None:
    assert (only_state(ledger(payments=[replace(payment(text), **fields)])).status is SURE) is (
        status is SURE
    )


@pytest.mark.parametrize(
    ("name", "status", "number"),
    [
        pytest.param("Hoveniersbedrijf De Linde", SURE, "2026-0043", id="called as the one"),
        pytest.param("Bakkerij Jansen", PROPOSAL, "", id="called as the other, who owes another amount"),
        pytest.param("P. Vreemd", SURE, "2026-0043", id="called as neither"),
    ],
)
def test_of_two_debtors_with_one_account_the_name_decides(
    name: str, status: MatchStatus, number: str
) -> None:
    debtors = [
        Debtor(number="D1", name="Bakkerij Jansen B.V.", iban=OF_D1),
        Debtor(number="D2", name="Hoveniersbedrijf De Linde", iban=OF_D1),
    ]
    invoices = [invoice(amount="80.00"), invoice("2026-0043", debtor="D2")]
    state = only_state(ledger(invoices, [replace(payment("bedankt", **HIS), name=name)], debtors=debtors))
    assert state.status is status
    assert state.invoices == ((number,) if number else ())


@pytest.mark.parametrize(
    ("paid", "amount", "status"),
    [
        pytest.param("60.50", "242.00", PROPOSAL, id="what the one was before part of it was paid"),
        pytest.param("60.49", "242.01", SURE, id="a cent more"),
    ],
)
def test_a_sum_is_not_sure_where_one_of_them_was_that_amount_before(
    paid: str, amount: str, status: MatchStatus
) -> None:
    invoices = [invoice("A-0001", "242.00"), invoice("A-0002", "60.50")]
    part = payment("", paid, "T1", choice="A-0001", **HIS)
    both = payment("bedankt", amount, "T2", booked=LATER, **HIS)
    assert only_state(ledger(invoices, [part, both])).status is status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("fact 2026-0024", SURE, id="a slip of the open one only: the paid one is no slip of it"),
        pytest.param("20260-041", PROPOSAL, id="best read as the paid one"),
        pytest.param("bedankt", SURE, id="nothing"),
    ],
)
def test_what_reads_as_a_paid_number_is_not_for_the_open_one(text: str, status: MatchStatus) -> None:
    invoices = [invoice("2026-0041", "50.00"), invoice("2026-0042")]
    first = payment("2026-0041", "50.00", "T1", **HIS)
    second = payment(text, "100.00", "T2", booked=LATER, **HIS)
    assert only_state(ledger(invoices, [first, second])).status is status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("abo 09-2026", SURE, id="its own month"),
        pytest.param("abo 9/2026", SURE, id="without zero"),
        pytest.param("abo 08-2026", PROPOSAL, id="another month in figures"),
        pytest.param("maa 2026", PROPOSAL, id="another month in three letters"),
        pytest.param("abo 01-08-2026", SURE, id="a day is no month"),
    ],
)
def test_a_month_in_figures(text: str, status: MatchStatus) -> None:
    assert only_state(ledger(payments=[payment(text, **HIS)])).status is status


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("rek 26190 bedankt!", "26190", id="rek"),
        pytest.param("rekening 26190", "26190", id="rekening"),
        pytest.param("Rekening 190", "190", id="a short number"),
    ],
)
def test_rekening_is_a_word_for_an_invoice(text: str, number: str) -> None:
    state = only_state(ledger([invoice(number)], [payment(text, **HIS)]))
    assert (state.status, state.invoices) == (SURE, (number,))


@pytest.mark.parametrize(
    ("amount", "status"),
    [
        pytest.param("75.00", SURE, id="less the credit note"),
        pytest.param("74.99", PROPOSAL, id="a cent less"),
    ],
)
def test_a_loose_number_less_a_credit_note_proves_itself(amount: str, status: MatchStatus) -> None:
    invoices = [invoice("26507"), invoice("26571", "-25.00")]
    state = only_state(ledger(invoices, [payment("26507 verrekend met creditnota", amount, **HIS)]))
    assert state.status is status


def test_a_name_in_the_text_of_another_debtor_who_owes_the_same() -> None:
    invoices = [invoice(), invoice("2026-0043", debtor="D2")]
    one = replace(payment("2026-0042 Hoveniersbedrijf De Linde", counter_account=STRANGE), name="P. Vreemd")
    assert only_state(ledger(invoices, [one])).status is PROPOSAL
    own = replace(one, description="2026-0042 Hoveniersbedrijf De Linde voor Bakkerij Jansen")
    assert only_state(ledger(invoices, [own])).status is SURE


@pytest.mark.parametrize("text", ["deb.nr. D1", "debnr D1", "deb nr D1", "klantnummer: D1", "deb. D1"])
def test_the_ways_to_write_a_debtor_number(text: str) -> None:
    assert only_state(ledger(payments=[payment(text, counter_account=STRANGE)])).status is SURE


def test_two_named_invoices_to_the_cent_are_sure_whatever_else_is_open() -> None:
    invoices = [invoice("A-0001"), invoice("A-0002", "60.00"), invoice("A-0003", "160.00")]
    state = only_state(ledger(invoices, [payment("A-0001 en A-0002", "160.00", **HIS)]))
    assert (state.status, state.invoices) == (SURE, ("A-0001", "A-0002"))


def test_a_discount_to_the_cent_is_sure_whatever_else_is_open() -> None:
    invoices = [invoice(), invoice("2026-0060", "98.00")]
    one = payment("2026-0042", "98.00", booked=date(2026, 9, 5), **HIS)
    made = ledger(invoices, [one], discount_percent=2, discount_days=8)
    assert only_state(made).invoices == ("2026-0042",)


def test_an_invoice_that_opens_again_is_found_by_account_and_amount() -> None:
    invoices = [invoice(), invoice("2026-0043", "50.00", due=date(2026, 10, 2))]
    first = payment("2026-0042", "100.00", "T1", reference="MND-77", **HIS)
    second = payment("2026-0043", "50.00", "T2", **HIS)
    back = payment("storno", "-100.00", "T3", reference="MND-77", booked=LATER, **HIS)
    anew = payment("alsnog", "100.00", "T4", booked=date(2026, 10, 12), **HIS)
    found = match(ledger(invoices, [first, second, back, anew]), ON).payments
    assert [(state.status, state.invoices) for state in found[2:]] == [(SURE, ("2026-0042",))] * 2


@pytest.mark.parametrize(("alike", "sure"), [(3, 3), (4, 0)])
def test_an_amount_alone_names_at_most_three(alike: int, sure: int) -> None:
    invoices = [invoice(f"{place}/X", debtor=f"D{place}") for place in range(alike)]
    state = only_state(ledger(invoices, [payment("bedankt", counter_account=STRANGE)], debtors=()))
    assert len(state.proposals) == sure


@pytest.mark.parametrize(
    ("issued", "found"), [pytest.param(5, 1, id="dated on the day"), pytest.param(6, 0, id="a day later")]
)
def test_an_amount_alone_is_for_what_was_dated(issued: int, found: int) -> None:
    invoices = [invoice(issued=date(2026, 10, issued))]
    state = only_state(ledger(invoices, [payment("bedankt", counter_account=STRANGE)], debtors=()))
    assert len(state.proposals) == found
