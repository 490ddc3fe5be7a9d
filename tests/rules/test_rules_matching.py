"""What paid what, the sure part: docs/regels.md, "Koppelingen"."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from debiteuren.domain.debtor import Debtor
from debiteuren.domain.ledger import BY_PROGRAM, Allocation
from debiteuren.domain.payment import MatchStatus, Payment
from debiteuren.domain.settings import Company
from debiteuren.rules.matching import match
from debiteuren.rules.matching_words import listed, quoted
from rules.matching_ledger import (
    OF_D1,
    OF_D2,
    ON,
    OURS,
    STRANGE,
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
KENMERK = "5000056789012345"
ALIKE = tuple(invoice(f"{place}/X", debtor="D9") for place in range(1, 4))
"""More invoices of the same amount: so many that the amount by itself says nothing."""


@pytest.mark.parametrize(
    ("amount", "status", "allocated", "rest"),
    [
        pytest.param("100.00", SURE, "100.00", "0.00", id="exactly what is open"),
        pytest.param("100.01", SURE, "100.00", "0.01", id="a cent more: a rest"),
        pytest.param("100.05", SURE, "100.00", "0.05", id="more, as much as differences may be"),
        pytest.param("100.06", PROPOSAL, "0.00", "100.06", id="more, a cent too much"),
        pytest.param("99.99", SURE, "99.99", "0.00", id="a cent less stays open"),
        pytest.param("99.95", SURE, "99.95", "0.00", id="less, as much as differences may be"),
        pytest.param("99.94", SURE, "99.94", "0.00", id="less than that: a part payment"),
        pytest.param("40.00", SURE, "40.00", "0.00", id="a part payment"),
        pytest.param("0.01", SURE, "0.01", "0.00", id="the smallest part payment"),
        pytest.param("200.00", PROPOSAL, "0.00", "200.00", id="twice as much"),
    ],
)
def test_an_amount_for_one_named_invoice(amount: str, status: MatchStatus, allocated: str, rest: str) -> None:
    made = ledger(payments=[payment("factuur 2026-0042", amount)])
    state = only_state(made)
    assert (state.status, state.allocated, state.rest) == (status, euros(allocated), euros(rest))
    check_the_books(made, match(made, ON))


@pytest.mark.parametrize(
    ("difference_max", "status"),
    [("0.05", SURE), ("0.04", PROPOSAL), ("0.00", PROPOSAL)],
)
def test_the_user_says_how_much_a_difference_may_be(difference_max: str, status: MatchStatus) -> None:
    made = ledger(payments=[payment("2026-0042", "100.05")], difference_max=euros(difference_max))
    assert only_state(made).status is status


@pytest.mark.parametrize(
    ("text", "fields", "status"),
    [
        pytest.param("fact. 20260042", {}, SURE, id="a number written otherwise"),
        pytest.param("", {"reference": KENMERK}, SURE, id="the reference we issued"),
        pytest.param("", {"reference": "5000 0567 8901 2345"}, SURE, id="the reference in groups"),
        pytest.param(f"/REMI/{KENMERK}", {}, SURE, id="the reference in the text"),
        pytest.param("betaling 5000 0567 8901 2345 dank", {}, SURE, id="in groups in the text"),
        pytest.param("", {"reference": "2026-0042"}, SURE, id="the number in the reference"),
        pytest.param("", {"reference": "NOTPROVIDED"}, UNKNOWN, id="an empty reference"),
        pytest.param("", {"reference": "4000023456789012"}, UNKNOWN, id="a reference we did not issue"),
        pytest.param("50000567890123456", {}, UNKNOWN, id="one digit more than our reference"),
        pytest.param("2026-0042", {"counter_account": OF_D1}, SURE, id="from the debtor's account"),
        pytest.param("2026-0042", {"counter_account": STRANGE}, SURE, id="from an unknown account"),
        pytest.param("2026-0042", {"counter_account": OF_D2}, PROPOSAL, id="from another debtor's account"),
        pytest.param(
            "", {"reference": KENMERK, "counter_account": OF_D2}, PROPOSAL, id="so with a reference"
        ),
        pytest.param("klantnr D2 2026-0042", {}, PROPOSAL, id="with another debtor's number"),
        pytest.param("klantnr D1 2026-0042", {}, SURE, id="with his own number"),
        pytest.param("2026-0043", {}, PROPOSAL, id="a number but for one figure"),
        pytest.param("2026-0043", {"counter_account": OF_D1}, SURE, id="so from his own account"),
        pytest.param("2026-0199", {}, UNKNOWN, id="a number we do not have"),
        pytest.param("2026-0199", {"counter_account": OF_D1}, PROPOSAL, id="so from his own account"),
        pytest.param("X 2026-0042 DB02", {}, PROPOSAL, id="another debtor's number of four signs"),
        pytest.param("X 2026-0042 DB2", {}, SURE, id="three signs may be anything"),
    ],
)
def test_what_names_an_invoice(text: str, fields: dict[str, Any], status: MatchStatus) -> None:
    others = [Debtor(number="DB02", name="Vier"), Debtor(number="DB2", name="Drie")]
    usual = ledger([invoice(reference=KENMERK), *ALIKE], [payment(text, **fields)])
    made = replace(usual, debtors=(*usual.debtors, *others))
    assert only_state(made).status is status


@pytest.mark.parametrize(
    ("text", "amount", "status", "rows"),
    [
        pytest.param("A-0001 A-0002", "150.00", SURE, ["A-0001 100.00", "A-0002 50.00"], id="exact"),
        pytest.param("A-0001 A-0002", "149.99", PROPOSAL, [], id="a cent less"),
        pytest.param("A-0001 A-0002", "150.01", PROPOSAL, [], id="a cent more"),
        pytest.param("A-0001 A-0002", "100.00", PROPOSAL, [], id="exact for one of the two"),
        pytest.param("A-0001 A-0002 A-0003", "150.00", PROPOSAL, [], id="exact for two of the three"),
        pytest.param("A-0001 K-0001", "80.00", SURE, ["A-0001 100.00", "K-0001 -20.00"], id="a credit note"),
        pytest.param(
            "A-0001", "80.00", SURE, ["A-0001 100.00", "K-0001 -20.00"], id="an unnamed credit note"
        ),
        pytest.param("A-0001", "79.99", SURE, ["A-0001 79.99"], id="a cent less than netted is a part"),
        pytest.param(
            "A-0001 A-0002", "130.00", SURE, ["A-0001 100.00", "A-0002 50.00", "K-0001 -20.00"], id="net"
        ),
        pytest.param("A-0001 B-0001", "130.00", PROPOSAL, [], id="two debtors"),
        pytest.param("K-0001", "20.00", UNKNOWN, [], id="only a credit note"),
    ],
)
def test_several_named_invoices(text: str, amount: str, status: MatchStatus, rows: list[str]) -> None:
    made = ledger(
        [
            invoice("A-0001", "100.00"),
            invoice("A-0002", "50.00"),
            invoice("A-0003", "10.00"),
            invoice("K-0001", "-20.00"),
            invoice("B-0001", "30.00", debtor="D2"),
        ],
        [payment(text, amount)],
    )
    matching = match(made, ON)
    assert [f"{row.invoice} {row.amount}" for row in matching.allocations] == rows
    assert matching.payments[0].status is status
    check_the_books(made, matching)


def test_a_credit_note_of_after_the_payment_was_not_netted_by_the_payer() -> None:
    credit = invoice("K-0001", "-20.00", issued=date(2026, 10, 6))
    made = ledger([invoice(), credit], [payment("2026-0042", "80.00")])
    assert booked(match(made, ON)) == [("T1", "2026-0042", "80.00", "Betaling")]


def test_two_credit_notes_that_both_fit_leave_it_to_the_user() -> None:
    notes = [invoice("K-0001", "-20.00"), invoice("K-0002", "-20.00")]
    made = ledger([invoice(), *notes], [payment("2026-0042", "80.00")])
    assert only_state(made).status is PROPOSAL
    made = ledger([invoice(), *notes], [payment("2026-0042", "60.00")])
    assert only_state(made).invoices == ("2026-0042", "K-0001", "K-0002")


@pytest.mark.parametrize(
    ("reference", "text", "status"),
    [
        pytest.param("ABC123", "abc 123", SURE, id="six signs in the text"),
        pytest.param("ABC12", "abc 12", UNKNOWN, id="five signs in the text"),
        pytest.param("RF18539007547034" + "1234567890123456", "x", UNKNOWN, id="not there"),
        pytest.param(
            "AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHH",
            "AAAA BBBB CCCC DDDD EEEE FFFF GGGG HHHH",
            SURE,
            id="eight groups",
        ),
        pytest.param(
            "AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHI",
            "AAAA BBBB CCCC DDDD EEEE FFFF GGGG HHHH I",
            UNKNOWN,
            id="nine",
        ),
    ],
)
def test_a_reference_of_ours_in_running_text(reference: str, text: str, status: MatchStatus) -> None:
    assert only_state(ledger([invoice(reference=reference), *ALIKE], [payment(text)])).status is status


def test_a_short_reference_counts_as_the_reference_of_the_payment() -> None:
    made = ledger([invoice(reference="ABC12")], [payment("", reference="abc 12")])
    assert only_state(made).status is SURE


@pytest.mark.parametrize(("count", "status"), [(8, SURE), (9, PROPOSAL)])
def test_of_more_credit_notes_than_eight_no_pairs_are_tried(count: int, status: MatchStatus) -> None:
    notes = [invoice(f"K-{place:04d}", f"-{2**place}.00") for place in range(count)]
    made = ledger([invoice(amount="1000.00"), *notes], [payment("dank voor 2026-0042", "997.00")])
    matching = match(made, ON)
    assert (len(matching.allocations) == 3) is (status is SURE)


def test_a_credit_note_of_the_day_of_the_payment_may_be_netted() -> None:
    credit = invoice("K-0001", "-20.00", issued=date(2026, 10, 5))
    made = ledger([invoice(), credit], [payment("2026-0042", "80.00")])
    assert len(match(made, ON).allocations) == 2


def test_many_credit_notes_are_tried_alone_and_together() -> None:
    notes = [invoice(f"K-{place:04d}", f"-{place}.00") for place in range(1, 10)]
    made = ledger([invoice(), *notes], [payment("2026-0042", "55.00")])
    assert len(only_state(made).invoices) == 10
    made = ledger([invoice(), *notes], [payment("2026-0042", "91.00")])
    assert only_state(made).invoices == ("2026-0042", "K-0009")


def test_several_payments_pay_one_invoice_until_it_is_paid() -> None:
    payments = [
        payment("2026-0042", "40.00", "T1", booked=date(2026, 10, 1)),
        payment("2026-0042", "60.00", "T2", booked=date(2026, 10, 2)),
        payment("2026-0042", "100.00", "T3", booked=date(2026, 10, 3)),
    ]
    matching = match(ledger(payments=payments), ON)
    assert [state.status for state in matching.payments] == [SURE, SURE, UNKNOWN]
    assert "al betaald (laatst op 02-10-2026)" in matching.payments[2].why


def test_the_rest_of_an_invoice_below_the_limit_takes_no_more_money() -> None:
    payments = [payment("2026-0042", "99.96", "T1"), payment("2026-0042", "10.00", "T2")]
    assert only_state(ledger(payments=payments)).status is UNKNOWN
    payments = [payment("2026-0042", "99.95", "T1"), payment("2026-0042", "0.01", "T2")]
    assert only_state(ledger(payments=payments)).status is UNKNOWN
    payments = [payment("2026-0042", "99.94", "T1"), payment("2026-0042", "0.01", "T2")]
    assert only_state(ledger(payments=payments)).status is SURE
    payments = [payment("2026-0042", "99.96", "T1"), payment("2026-0042", "0.04", "T2")]
    assert only_state(ledger(payments=payments)).status is SURE


@pytest.mark.parametrize(
    ("text", "amount", "status"),
    [
        pytest.param("dank voor 1001 koekjes", "100.00", SURE, id="a loose number, the exact amount"),
        pytest.param("dank voor 1001 koekjes", "99.99", PROPOSAL, id="a loose number, another amount"),
        pytest.param("1001", "40.00", SURE, id="nothing but the number"),
        pytest.param("factuur 1001 dank", "40.00", SURE, id="behind factuur"),
        pytest.param("1001 AB Amsterdam", "100.00", UNKNOWN, id="a postcode"),
    ],
)
def test_a_loose_number_needs_the_exact_amount(text: str, amount: str, status: MatchStatus) -> None:
    assert only_state(ledger([invoice("1001"), *ALIKE], [payment(text, amount)])).status is status


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        pytest.param({"counter_account": OURS}, NO_INVOICE, id="from our own account"),
        pytest.param({"counter_account": "nl20 ingb 0001 2345 67"}, NO_INVOICE, id="written otherwise"),
        pytest.param({"counter_account": "NL77SNSB0000000009"}, NO_INVOICE, id="the account in Instellingen"),
        pytest.param({"amount": euros("-100.00")}, NO_INVOICE, id="money out"),
        pytest.param({"amount": euros("0.00")}, NO_INVOICE, id="no money"),
        pytest.param({"return_code": "AC04"}, NO_INVOICE, id="our own payment came back"),
        pytest.param({"booked": ON}, SURE, id="booked on Peildatum"),
        pytest.param({"booked": ON + timedelta(1)}, UNKNOWN, id="booked after Peildatum"),
        pytest.param({"description": "BEA NR:123 12.01"}, NO_INVOICE, id="a card line"),
        pytest.param({"description": "BEA 2026-0042"}, SURE, id="a card line with a number"),
        pytest.param({"description": "storting sealbag"}, UNKNOWN, id="cash"),
        pytest.param({"description": "", "name": "Stichting Mollie Payments"}, UNKNOWN, id="a provider"),
        pytest.param({"name": "Stichting Mollie Payments"}, SURE, id="a provider with number and amount"),
    ],
)
def test_what_kind_of_booking(fields: dict[str, Any], status: MatchStatus) -> None:
    usual: dict[str, Any] = {"transaction": "T1", "booked": date(2026, 10, 5), "amount": euros("100.00")}
    one = Payment(**(usual | {"account": OURS, "description": "2026-0042"} | fields))
    assert only_state(ledger(payments=[one], company=Company(iban="NL77SNSB0000000009"))).status is status


@pytest.mark.parametrize("name", ["Adyen N.V.", "Stripe Payments UK", "PayPal Europe", "iDEAL via Buckaroo"])
def test_a_provider_needs_the_exact_amount(name: str) -> None:
    part = Payment(
        transaction="T1",
        booked=date(2026, 10, 5),
        amount=euros("40.00"),
        name=name,
        description="2026-0042",
    )
    assert only_state(ledger(payments=[part])).status is PROPOSAL


def test_an_account_of_a_provider_is_no_debtor() -> None:
    made = ledger(
        payments=[
            Payment(
                transaction="T1",
                booked=date(2026, 10, 5),
                amount=euros("100.00"),
                name="Stichting Mollie Payments",
                counter_account=OF_D1,
            )
        ]
    )
    assert only_state(made).status is UNKNOWN


def test_an_invoice_of_after_peildatum_waits() -> None:
    made = ledger([invoice(issued=ON + timedelta(1))], [payment("2026-0042")])
    assert only_state(made).status is UNKNOWN
    assert only_state(made, ON + timedelta(1)).status is SURE


def test_a_possible_double_waits_for_the_user() -> None:
    payments = [payment("dank", name="T1"), payment("2026-0042", name="T2")]
    state = only_state(ledger(payments=payments), doubles={"T2": "T1"})
    assert (state.status, state.allocated) == (PROPOSAL, euros("0.00"))
    assert state.proposals == (("2026-0042",),)
    assert state.why.startswith("Mogelijk dubbel met transactie “T1”")
    strange = [payments[0], payment("groet", name="T2", amount="7.77")]
    assert only_state(ledger(payments=strange), doubles={"T2": "T1"}).status is UNKNOWN
    chosen = [payments[0], payment("2026-0042", name="T2", choice="2026-0042")]
    assert only_state(ledger(payments=chosen), doubles={"T2": "T1"}).status is MatchStatus.CHOICE


@pytest.mark.parametrize(
    ("invoices", "fields", "sure", "proposals"),
    [
        pytest.param(["100.00", "70.00"], {"counter_account": OF_D1}, "1", [], id="account and amount"),
        pytest.param(["60.00", "40.00"], {"counter_account": OF_D1}, "1 2", [], id="and a sum"),
        pytest.param(["60.00", "20.01"], {"counter_account": OF_D1}, "", ["1 2"], id="account, nothing fits"),
        pytest.param(["60.00", "97.00"], {"counter_account": OF_D1}, "", ["2", "1 2"], id="nearly"),
        pytest.param(
            ["100.00"] * 4,
            {"counter_account": OF_D1},
            "",
            ["1", "4", "2"],
            id="one amount four times: the oldest by law, the one due about now, the next oldest",
        ),
        pytest.param(
            ["60.00", "40.00", "40.00"], {"counter_account": OF_D1}, "", ["1 2", "1 3"], id="two sums"
        ),
        pytest.param(["100.00"], {"name": "Jansen Bakkerij"}, "", ["1"], id="name and amount"),
        pytest.param(["60.00", "40.00"], {"name": "Jansen Bakkerij"}, "", ["1 2"], id="name and a sum"),
        pytest.param(["100.00"], {"name": "Slagerij Pietersen"}, "", ["1"], id="only an amount"),
        pytest.param(["100.00"] * 3, {"counter_account": STRANGE}, "", ["1", "2", "3"], id="of three"),
        pytest.param(
            ["100.00"] * 4, {"counter_account": STRANGE}, "", [], id="an amount of four says nothing"
        ),
        pytest.param(["100.00"], {"description": "klantnummer D1"}, "1", [], id="debtor number and amount"),
        pytest.param(["120.00", "-20.00"], {"counter_account": OF_D1}, "1 2", [], id="less credit"),
    ],
)
def test_without_a_number(
    invoices: list[str], fields: dict[str, Any], sure: str, proposals: list[str]
) -> None:
    made = ledger(
        [
            invoice(f"F-000{place}", amount, due=date(2026, 10, place))
            for place, amount in enumerate(invoices, start=1)
        ],
        [Payment(transaction="T1", booked=date(2026, 10, 5), amount=euros("100.00"), **fields)],
    )
    state = only_state(made)
    assert " ".join(number[-1] for number in state.invoices) == sure
    assert [" ".join(number[-1] for number in way) for way in state.proposals] == proposals
    assert state.status is (SURE if sure else PROPOSAL if proposals else UNKNOWN)
    assert len(state.why.split(" | ")) == max(len(proposals), 1)
    check_the_books(made, match(made, ON))


def test_of_many_open_invoices_the_oldest_in_a_row_are_proposed() -> None:
    invoices = [invoice(f"F-{place:04d}", f"{place}.10", due=date(2026, 9, place)) for place in range(1, 13)]
    oldest = [payment("", "6.30", counter_account=OF_D1)]
    assert only_state(ledger(invoices, oldest)).proposals[0] == ("F-0001", "F-0002", "F-0003")
    everything = [payment("", "79.20", counter_account=OF_D1)]
    assert len(only_state(ledger(invoices, everything)).proposals[0]) == 12


@pytest.mark.parametrize(("count", "status"), [(8, SURE), (9, PROPOSAL)])
def test_of_more_open_invoices_than_eight_no_loose_sums_are_tried(count: int, status: MatchStatus) -> None:
    invoices = [
        invoice(f"F-{place:04d}", f"{2**place}.00", due=date(2026, 9, place)) for place in range(1, count + 1)
    ]
    made = ledger(invoices, [payment("", "12.00", counter_account=OF_D1)])
    state = only_state(made)
    assert state.status is status
    assert (state.invoices == ("F-0002", "F-0003")) is (status is SURE)


@pytest.mark.parametrize(("size", "said"), [(40, "samen is precies"), (41, "geen bedrag past precies")])
def test_at_most_forty_in_a_row_are_summed(size: int, said: str) -> None:
    invoices = [
        invoice(f"F-{place:04d}", "10.00", due=date(2026, 1, 1) + timedelta(place)) for place in range(50)
    ]
    made = ledger(invoices, [payment("", f"{size}0.00", counter_account=OF_D1)])
    state = only_state(made)
    assert state.status is PROPOSAL
    assert len(state.proposals[0]) == size
    assert said in state.why


def test_a_proposal_never_names_what_another_payment_paid() -> None:
    payments = [
        payment("", name="T1", booked=date(2026, 10, 1), counter_account=OF_D1),
        payment("2026-0042", name="T2", booked=date(2026, 10, 2)),
    ]
    matching = match(ledger(payments=payments), ON)
    assert [state.status for state in matching.payments] == [UNKNOWN, SURE]


def test_rows_of_koppelingen_stay_as_they_are() -> None:
    rows = (
        Allocation(transaction="WEG", invoice="2026-0042", amount=euros("10.00"), on=date(2026, 1, 2), row=7),
        Allocation(transaction="T1", invoice="2026-0042", amount=euros("30.00"), on=date(2026, 1, 3), row=8),
        Allocation(transaction="T1", invoice="ONBEKEND", amount=euros("1.00"), on=None, row=9),
    )
    payments = [payment("iets anders", "31.00", "T1"), payment("2026-0042", "60.00", "T2")]
    matching = match(ledger(payments=payments, allocations=rows), ON)
    assert matching.allocations[:3] == rows
    assert matching.allocations[3:] == (
        Allocation(transaction="T2", invoice="2026-0042", amount=euros("60.00"), by=BY_PROGRAM, on=ON),
    )
    assert [state.status for state in matching.payments] == [SURE, SURE]


def test_only_the_money_without_a_row_is_matched() -> None:
    row = Allocation(transaction="T1", invoice="2026-0042", amount=euros("100.00"))
    made = ledger(
        [invoice(), invoice("2026-0043", "50.00")], [payment("2026-0042 2026-0043", "150.00")], [row]
    )
    assert booked(match(made, ON)) == [
        ("T1", "2026-0042", "100.00", "Betaling"),
        ("T1", "2026-0043", "50.00", "Betaling"),
    ]


def test_more_in_koppelingen_than_the_booking_is_said() -> None:
    row = Allocation(transaction="T1", invoice="2026-0042", amount=euros("100.00"))
    matching = match(ledger(payments=[payment("2026-0042", "90.00", row=12)], allocations=[row]), ON)
    assert [problem.place for problem in matching.problems] == ["Betalingen, rij 12, kolom Gekoppeld"]
    assert matching.allocations == (row,)
    assert matching.payments[0].rest == euros("-10.00")


def test_nothing_at_all() -> None:
    matching = match(ledger([], [], debtors=[]), ON)
    assert (matching.allocations, matching.payments, matching.problems) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "amount", "fields", "why"),
    [
        pytest.param(
            "2026-0042",
            "100.00",
            {},
            "Factuurnummer 2026-0042 staat in de omschrijving en € 100,00 is precies wat er openstond; "
            "klopt dit niet, vul dan Uw keuze in.",
            id="number and amount",
        ),
        pytest.param(
            "fact 20260042",
            "40.00",
            {},
            "“20260042” in de omschrijving is factuur 2026-0042 en er stond € 100,00 open; met deze € 40,00 "
            "blijft € 60,00 over; klopt dit niet, vul dan Uw keuze in.",
            id="part payment, number written otherwise",
        ),
        pytest.param(
            "",
            "100.02",
            {"reference": KENMERK},
            "Betalingskenmerk 5000056789012345 van factuur 2026-0042 staat erbij en € 100,00 stond open; "
            "€ 0,02 meer blijft als Rest staan; klopt dit niet, vul dan Uw keuze in.",
            id="reference and a difference",
        ),
        pytest.param(
            "2026-0042 en 2026-0043",
            "150.00",
            {},
            "Factuurnummer 2026-0042 staat in de omschrijving en 2026-0042 en 2026-0043 samen is precies "
            "€ 150,00; klopt dit niet, vul dan Uw keuze in.",
            id="two invoices",
        ),
        pytest.param(
            "2026-0042",
            "200.00",
            {},
            "2026-0042 staat erbij, maar € 200,00 is meer dan de € 100,00 die openstaat",
            id="too much",
        ),
        pytest.param(
            "2026-0042",
            "100.00",
            {"counter_account": OF_D2},
            "2026-0042 staat erbij, maar de rekening is van Hoveniersbedrijf De Linde (D2)",
            id="another debtor's account",
        ),
        pytest.param(
            "dank",
            "12.00",
            {"counter_account": STRANGE, "name": "P. Onbekend"},
            f"Geen factuurnummer of kenmerk van u gevonden, rekening {STRANGE} is van geen debiteur en geen "
            "debiteur met zo'n naam heeft precies € 12,00 openstaan; vul Uw keuze in als u het weet.",
            id="nothing known",
        ),
    ],
)
def test_waarom_says_what_decided(text: str, amount: str, fields: dict[str, Any], why: str) -> None:
    one = Payment(
        transaction="T1", booked=date(2026, 10, 5), amount=euros(amount), description=text, **fields
    )
    made = ledger([invoice(reference=KENMERK), invoice("2026-0043", "50.00")], [one])
    assert only_state(made).why == why


def test_long_lists_and_long_words_are_cut_short() -> None:
    assert listed([str(one) for one in range(5)]) == "0, 1, 2, 3 en 4"
    assert listed([str(one) for one in range(6)]) == "0, 1, 2, 3, 4 en nog 1"
    assert quoted("x" * 40) == f"“{'x' * 40}”"
    assert quoted("x" * 41) == f"“{'x' * 40}…”"


def test_hostile_text_stays_inside_the_sentence() -> None:
    debtors = [Debtor(number="D1", name="=cmd|' /C calc'!A0", iban=OF_D1)]
    one = Payment(
        transaction="T1",
        booked=date(2026, 10, 5),
        amount=euros("100.00"),
        counter_account=OF_D1,
        name="=1+1 | \n@x",
        description="=HYPERLINK(1)",
    )
    twice = [invoice(), invoice("2026-0043")]
    state = only_state(ledger(twice, payments=[one], debtors=debtors))
    assert state.status is PROPOSAL
    assert state.why.startswith("rekening ")
    assert state.why.count("|") == 1
    assert "\n" not in state.why
