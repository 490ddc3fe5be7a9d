"""Uw keuze: docs/regels.md, "Uw keuze"."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from debiteuren.domain.debtor import Debtor
from debiteuren.domain.ledger import BY_USER, Allocation, Ledger
from debiteuren.domain.payment import MatchStatus
from debiteuren.rules.matching import match
from rules.matching_ledger import (
    OF_D1,
    OF_D2,
    ON,
    again,
    booked,
    check_the_books,
    invoice,
    ledger,
    only_state,
    payment,
)

CHOICE, UNKNOWN = MatchStatus.CHOICE, MatchStatus.UNKNOWN
INVOICES = (
    invoice("1001", "60.00", due=date(2026, 10, 3)),
    invoice("1002", "50.00", due=date(2026, 10, 1)),
    invoice("1003", "30.00", due=date(2026, 10, 2)),
    invoice("K 1", "-20.00", due=date(2026, 10, 4)),
    invoice("2001", "100.00", debtor="D2"),
)


def chosen(choice: str, amount: str = "100.00", text: str = "", **fields: Any) -> Ledger:  # noqa: ANN401 - any field of Payment
    return ledger(INVOICES, [payment(text, amount, choice=choice, **fields)])


def rows(made: Ledger) -> list[str]:
    matching = match(made, ON)
    check_the_books(made, matching)
    return [f"{row.invoice} {row.amount}" for row in matching.allocations]


@pytest.mark.parametrize(
    ("choice", "amount", "expected"),
    [
        pytest.param("1001", "60.00", ["1001 60.00"], id="one, exactly"),
        pytest.param("1001", "59.99", ["1001 59.99"], id="one, a cent less: a part"),
        pytest.param("1001", "60.01", ["1001 60.00"], id="one, a cent more: a rest"),
        pytest.param("1001; 1002", "100.00", ["1001 60.00", "1002 40.00"], id="the last takes a part"),
        pytest.param("1002; 1001", "100.00", ["1002 50.00", "1001 50.00"], id="in the order given"),
        pytest.param("1001;1002", "110.00", ["1001 60.00", "1002 50.00"], id="both, exactly"),
        pytest.param("1001; 1002", "60.00", ["1001 60.00"], id="nothing left for the last"),
        pytest.param("1001, 1002", "110.00", ["1001 60.00", "1002 50.00"], id="a comma between"),
        pytest.param("1001 1002", "110.00", ["1001 60.00", "1002 50.00"], id="a space between"),
        pytest.param("1001 en 1002", "110.00", ["1001 60.00", "1002 50.00"], id="en between"),
        pytest.param("factuur 1001", "60.00", ["1001 60.00"], id="the word factuur"),
        pytest.param(" 1001 ; ", "60.00", ["1001 60.00"], id="spaces and a separator too many"),
        pytest.param("1001; 1001", "100.00", ["1001 60.00"], id="the same one twice counts once"),
        pytest.param("K 1; 1001", "40.00", ["K 1 -20.00", "1001 60.00"], id="a credit note with a space"),
        pytest.param("k1;1001", "40.00", ["K 1 -20.00", "1001 60.00"], id="written otherwise"),
        pytest.param(
            "1001; K 1", "50.00", ["1001 60.00", "K 1 -10.00"], id="of a credit note what is needed"
        ),
        pytest.param("1001; K 1", "70.00", ["1001 60.00"], id="no credit note when there is money enough"),
        pytest.param(
            "2001; 1001", "130.00", ["2001 100.00", "1001 30.00"], id="two debtors: the user says so"
        ),
        pytest.param(
            "D1", "100.00", ["1002 50.00", "1003 30.00", "1001 20.00"], id="a debtor: oldest due first"
        ),
        pytest.param("d1", "20.00", ["1002 20.00"], id="a debtor in small letters"),
        pytest.param(
            "D1", "120.00", ["1002 50.00", "1003 30.00", "1001 60.00", "K 1 -20.00"], id="his all, net"
        ),
        pytest.param("D2", "250.00", ["2001 100.00"], id="a debtor with less open"),
        pytest.param("nee", "60.00", [], id="nee"),
        pytest.param(" NEE ", "60.00", [], id="nee in capitals"),
    ],
)
def test_the_choice_decides(choice: str, amount: str, expected: list[str]) -> None:
    made = chosen(choice, amount)
    assert rows(made) == expected
    status = CHOICE if "nee" not in choice.casefold() else MatchStatus.NO_INVOICE
    assert only_state(made).status is status
    assert {row.by for row in match(made, ON).allocations} <= {BY_USER}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        pytest.param("1001", {}, id="another number in the text"),
        pytest.param("", {"counter_account": OF_D1}, id="another debtor's account"),
        pytest.param("storno", {"return_code": "AC04"}, id="a return"),
    ],
)
def test_the_choice_wins_from_all_evidence(text: str, fields: dict[str, Any]) -> None:
    assert rows(chosen("2001", "100.00", text, **fields)) == ["2001 100.00"]


@pytest.mark.parametrize(
    ("choice", "unknown"),
    [
        pytest.param("9999", "9999", id="an unknown number"),
        pytest.param("1001; 9999", "9999", id="one of two unknown"),
        pytest.param("1001 9999", "1001 9999", id="unknown behind a space"),
        pytest.param("D9", "D9", id="an unknown debtor"),
        pytest.param("D1; 1001", "D1", id="a debtor among invoices"),
        pytest.param("misschien", "misschien", id="a word"),
        pytest.param(";", ";", id="nothing between separators"),
    ],
)
def test_an_unknown_choice_is_a_doubt_and_changes_nothing(choice: str, unknown: str) -> None:
    made = chosen(choice, "60.00", "1001", row=12)
    matching = match(made, ON)
    empty = match(chosen("", "60.00", "1001", row=12), ON)
    assert matching.allocations == empty.allocations
    (state,), (without,) = matching.payments, empty.payments
    assert (state.status, state.allocated) == (MatchStatus.SURE, Decimal("60.00"))
    assert f"“{unknown}” bij Uw keuze is geen factuur of debiteur van u en verandert niets" in state.why
    assert state.why.endswith(without.why)
    (problem,) = matching.problems
    assert problem.place == "Betalingen, rij 12, kolom Uw keuze"
    assert problem.severity.value == "Waarschuwing"
    assert problem.found == f'Hier staat "{choice}". Onbekend is: {unknown}. Dit telt als een lege cel.'


@pytest.mark.parametrize("typed", ["42", "1001; nee", "=1+1", "misschien"])
def test_a_typing_mistake_moves_nothing_that_was_settled(typed: str) -> None:
    """A double of the payment is waiting for its invoice: it must not get it."""
    first, double = payment("1001", "60.00", "T1"), payment("1001", "60.00", "T2", booked=date(2026, 10, 9))
    made = ledger(INVOICES, [first, double])
    before = match(made, ON)
    typo = match(again(made, before, replace(first, choice=typed), double), ON)
    assert typo.allocations == before.allocations
    assert typo.payments[1] == before.payments[1]
    assert [problem.column for problem in typo.problems] == ["Uw keuze"]


@pytest.mark.parametrize("word", ["nee", "Nee!", " nee. ", "NEE;", "geen", "geen factuur."])
def test_nee_may_have_a_full_stop(word: str) -> None:
    assert only_state(chosen(word, "60.00", "1001")).status is MatchStatus.NO_INVOICE


def test_an_invoice_goes_before_a_debtor_with_the_same_number() -> None:
    debtors = [Debtor(number="1001", name="X"), Debtor(number="D1", name="Y")]
    made = replace(chosen("1001", "60.00"), debtors=tuple(debtors))
    assert rows(made) == ["1001 60.00"]


def test_the_program_gives_way_to_a_later_choice() -> None:
    first, other = payment("1001", "60.00", "T1"), payment("", "60.00", "T2")
    made = ledger(INVOICES, [first, other])
    before = match(made, ON)
    assert booked(before) == [("T1", "1001", "60.00", "Betaling")]
    wins = again(made, before, first, replace(other, choice="1001"))
    after = match(wins, ON)
    assert booked(after) == [("T2", "1001", "60.00", "Betaling")]
    assert after.payments[0].status is UNKNOWN
    assert [problem.found for problem in after.problems] == [
        "Transactie T1 stond op 1001 (€ 60,00) en nu op geen factuur."
    ]
    assert match(again(wins, after), ON).allocations == after.allocations
    back = match(again(made, after), ON)
    assert (back.allocations, back.payments) == (before.allocations, before.payments)


@pytest.mark.parametrize(
    ("choice", "amount", "expected"),
    [
        pytest.param("1001", "60.00", ["T2 1001 60.00"], id="all of it"),
        pytest.param("1001", "20.00", ["T2 1001 20.00"], id="a part: what is left is judged again"),
        pytest.param("1001; 1002", "60.00", ["T2 1001 60.00"], id="the first of two"),
        pytest.param(
            "1002; 1001", "50.00", ["T1 1001 60.00", "T2 1002 50.00"], id="the first is open: no need"
        ),
        pytest.param(
            "D1", "70.00", ["T1 1001 60.00", "T2 1002 50.00", "T2 1003 20.00"], id="a debtor: what is open"
        ),
        pytest.param("nee", "60.00", ["T1 1001 60.00"], id="nee"),
    ],
)
def test_what_the_program_gives_up_for_a_choice(choice: str, amount: str, expected: list[str]) -> None:
    first, other = payment("1001", "60.00", "T1"), payment("", amount, "T2")
    made = ledger(INVOICES, [first, other])
    after = match(again(made, match(made, ON), first, replace(other, choice=choice)), ON)
    assert sorted(f"{one} {number} {money}" for one, number, money, _ in booked(after)) == expected


def test_an_invoice_the_user_gave_to_another_is_taken() -> None:
    first, other = payment("", "60.00", "T1", choice="1001"), payment("", "60.00", "T2")
    made = ledger(INVOICES, [first, other])
    after = match(again(made, match(made, ON), first, replace(other, choice="1001")), ON)
    assert booked(after) == [("T1", "1001", "60.00", "Betaling")]
    state = after.payments[1]
    assert (state.status, state.allocated) == (CHOICE, Decimal(0))
    assert state.why == "Uw keuze “1001”: daar is niets meer te betalen; maak de cel leeg om terug te gaan."


def test_a_row_of_the_users_own_in_koppelingen_is_taken() -> None:
    other = payment("", "60.00", "T2", choice="1001")
    own = Allocation(transaction="KAS", invoice="1001", amount=Decimal("60.00"), by="Ikzelf")
    assert only_state(ledger(INVOICES, [other], [own])).allocated == 0


def test_clearing_nee_gives_the_invoice_back_to_who_had_it() -> None:
    first, double = payment("1001", "60.00", "T1"), payment("1001", "60.00", "T2", booked=date(2026, 10, 9))
    made = ledger(INVOICES, [first, double])
    before = match(made, ON)
    no = match(again(made, before, replace(first, choice="nee"), double), ON)
    assert booked(no) == [("T2", "1001", "60.00", "Betaling")]
    cleared = replace(first, was_chosen=True)
    back = match(again(made, no, cleared, double), ON + timedelta(1))
    assert booked(back) == booked(before)
    assert [problem.found for problem in back.problems] == [
        "Transactie T2 stond op 1001 (€ 60,00) en nu op geen factuur."
    ]


@pytest.mark.parametrize(
    ("choice", "amount", "expected"),
    [
        pytest.param("1001", "-60.00", ["1001 60.00", "1001 -60.00"], id="all of it"),
        pytest.param("1001", "-10.00", ["1001 60.00", "1001 -10.00"], id="a part"),
        pytest.param("1001", "-70.00", ["1001 60.00", "1001 -60.00"], id="more than was paid"),
        pytest.param("1002", "-60.00", ["1001 60.00"], id="an invoice on which nothing was paid"),
        pytest.param("1002; 1001", "-60.00", ["1001 60.00", "1001 -60.00"], id="the paid one of two"),
        pytest.param("K 1", "-20.00", ["1001 60.00", "K 1 -20.00"], id="a credit note is paid out"),
        pytest.param("K 1", "-30.00", ["1001 60.00", "K 1 -20.00"], id="as far as it is open"),
        pytest.param("D1", "-20.00", ["1001 60.00", "K 1 -20.00"], id="a debtor's credit notes"),
        pytest.param("nee", "-60.00", ["1001 60.00"], id="nee"),
    ],
)
def test_a_choice_on_money_out_is_a_storno(choice: str, amount: str, expected: list[str]) -> None:
    payments = [
        payment("1001", "60.00", "T1"),
        payment("", amount, "T2", choice=choice, booked=date(2026, 10, 9)),
    ]
    made = ledger(INVOICES, payments)
    matching = match(made, ON)
    assert sorted(f"{row.invoice} {row.amount}" for row in matching.allocations) == sorted(expected)
    check_the_books(made, matching)


@pytest.mark.parametrize(("day", "taken"), [(5, True), (4, False)])
def test_a_storno_takes_back_only_what_was_paid_by_then(day: int, taken: bool) -> None:  # noqa: FBT001 - a row
    storno = payment("", "-60.00", "T2", choice="1001", booked=date(2026, 10, day))
    matching = match(ledger(INVOICES, [payment("1001", "60.00", "T1"), storno]), ON)
    assert (len(matching.allocations) == 2) is taken


def _with_choice(made: Ledger, choice: str) -> Ledger:
    last = replace(made.payments[-1], choice=choice)
    return replace(made, payments=(*made.payments[:-1], last))


def test_clearing_a_choice_gives_the_old_state_back() -> None:
    made = ledger(INVOICES, [payment("1001", "60.00")])
    before = match(made, ON)
    with_choice = again(_with_choice(made, "2001"), match(_with_choice(made, "2001"), ON))
    changed = match(again(_with_choice(made, "2001"), before), ON)
    assert booked(changed) == [("T1", "2001", "60.00", "Betaling")]
    assert with_choice.allocations == changed.allocations
    back = match(again(made, changed), ON)
    assert (back.allocations, back.payments) == (before.allocations, before.payments)
    assert [problem.found for problem in (*changed.problems, *back.problems)] == [
        "Transactie T1 stond op 1001 (€ 60,00) en nu op 2001 (€ 60,00).",
        "Transactie T1 stond op 2001 (€ 60,00) en nu op 1001 (€ 60,00).",
    ]
    assert match(again(made, back), ON).problems == ()


def test_changing_a_choice_moves_the_money() -> None:
    made = chosen("1001", "100.00")
    first = match(made, ON)
    for choice, expected in (
        ("1001; 1002", [("T1", "1001", "60.00", "Betaling"), ("T1", "1002", "40.00", "Betaling")]),
        ("1002; 1001", [("T1", "1002", "50.00", "Betaling"), ("T1", "1001", "50.00", "Betaling")]),
        ("D2", [("T1", "2001", "100.00", "Betaling")]),
        ("nee", []),
        ("9999", []),
    ):
        assert booked(match(again(_with_choice(made, choice), first), ON)) == expected


def test_a_choice_that_did_not_change_keeps_its_rows() -> None:
    made = chosen("1001; 1002", "100.00")
    first = match(made, ON)
    assert match(again(made, first), ON + timedelta(3)).allocations == first.allocations
    turned = replace(made, allocations=first.allocations[::-1])
    assert match(turned, ON + timedelta(3)).allocations == first.allocations[::-1]


def test_a_choice_that_says_what_the_program_found_becomes_the_users() -> None:
    made = ledger(INVOICES, [payment("1001", "60.00")])
    matching = match(again(_with_choice(made, "1001"), match(made, ON)), ON)
    assert [(row.invoice, row.by) for row in matching.allocations] == [("1001", BY_USER)]


def test_the_storno_of_a_payment_follows_its_choice() -> None:
    came = payment("1001", "60.00", "T1", counter_account=OF_D1)
    went = payment("storno", "-60.00", "T2", booked=date(2026, 10, 9), counter_account=OF_D1)
    made = ledger(INVOICES, [came, went])
    first = match(made, ON)
    moved = again(made, first, replace(came, choice="2001"), went)
    second = match(moved, ON)
    assert booked(second) == [("T1", "2001", "60.00", "Betaling"), ("T2", "2001", "-60.00", "Storno")]
    check_the_books(moved, second)
    third = match(again(made, second), ON)
    assert (third.allocations, third.payments) == (first.allocations, first.payments)


def test_a_choice_for_a_payment_of_after_peildatum_waits() -> None:
    late = ON + timedelta(1)
    made = chosen("1001", "60.00", booked=late)
    assert (rows(made), only_state(made).status) == ([], UNKNOWN)
    assert only_state(made, late).status is CHOICE


def test_money_freed_by_a_storno_goes_where_the_choice_says() -> None:
    payments = [
        payment("2001", "100.00", "T1", booked=date(2026, 10, 1), counter_account=OF_D2),
        payment("", "40.00", "T2", booked=date(2026, 10, 2), choice="2001"),
        payment("storno", "-100.00", "T3", booked=date(2026, 10, 3), counter_account=OF_D2),
    ]
    made = ledger(INVOICES, payments)
    matching = match(made, ON)
    check_the_books(made, matching)
    assert match(again(made, matching), ON) == matching


TWO = (invoice("1001", "60.00"), invoice("1002", "50.00"))
A_DAY = date(2026, 10, 5)
IN_TURN = [
    pytest.param(
        [("80.00", 1), ("10.00", 1), ("-80.00", 3)],
        [["1001 60.00", "1002 20.00"], ["1002 10.00"], ["1001 -60.00", "1002 -20.00"]],
        id="a storno moves no other choice",
    ),
    pytest.param(
        [("40.00", 1), ("-40.00", 2), ("110.00", 2)],
        [["1001 40.00"], ["1001 -40.00"], ["1001 60.00", "1002 50.00"]],
        id="a storno above the new payment of its day makes room",
    ),
    pytest.param(
        [("40.00", 1), ("110.00", 2), ("-40.00", 2)],
        [["1001 40.00"], ["1001 20.00", "1002 50.00"], ["1001 -40.00"]],
        id="below it, it does not",
    ),
    pytest.param(
        [("-60.00", 2), ("60.00", 2)], [["1001 -60.00"], ["1001 60.00"]], id="a storno above its own payment"
    ),
    pytest.param(
        [("50.00", 3), ("60.00", 1)],
        [["1002 50.00"], ["1001 60.00"]],
        id="the day goes before the sheet",
    ),
    pytest.param(
        [("60.00", 1), ("50.00", 2), ("10.00", 3), ("-60.00", 4)],
        [["1001 60.00"], ["1002 50.00"], ["1001 10.00"], ["1001 -60.00"]],
        id="what is left pays what a storno opened",
    ),
]


@pytest.mark.parametrize(("money", "expected"), IN_TURN)
def test_choices_on_the_same_invoices_are_dealt_out_in_turn(
    money: list[tuple[str, int]], expected: list[list[str]]
) -> None:
    payments = [
        payment("", amount, f"T{place}", choice="1001; 1002", booked=A_DAY + timedelta(day))
        for place, (amount, day) in enumerate(money)
    ]
    made = ledger(TWO, payments)
    first = match(made, ON)
    check_the_books(made, first)
    dealt = [
        [f"{row.invoice} {row.amount}" for row in first.allocations if row.transaction == one.transaction]
        for one in payments
    ]
    assert dealt == expected
    assert match(again(made, first), ON) == first


BACK = "; maak de cel leeg om terug te gaan."


@pytest.mark.parametrize(
    ("choice", "amount", "why"),
    [
        pytest.param(
            "1001", "-60.00", "storno van € 60,00 op 1001, die factuur staat daarvoor weer open", id="storno"
        ),
        pytest.param(
            "1001; 1002",
            "-80.00",
            "storno van € 60,00 op 1001 en € 20,00 op 1002, die facturen staan daarvoor weer open",
            id="storno of two",
        ),
        pytest.param(
            "1001",
            "-70.00",
            "storno van € 60,00 op 1001, die factuur staat daarvoor weer open; "
            "€ -10,00 blijft als Rest staan",
            id="storno of more than there was",
        ),
        pytest.param("K 1", "-20.00", "€ 20,00 van creditfactuur K 1 uitbetaald", id="credit paid out"),
        pytest.param(
            "1001; K 1",
            "-70.00",
            "storno van € 60,00 op 1001, die factuur staat daarvoor weer open en "
            "€ 10,00 van creditfactuur K 1 uitbetaald",
            id="storno and credit",
        ),
    ],
)
def test_the_words_of_a_choice_on_money_out(choice: str, amount: str, why: str) -> None:
    payments = [
        payment("1001", "60.00", "T1"),
        payment("1002", "50.00", "T2"),
        payment("", amount, "T3", choice=choice, booked=date(2026, 10, 9)),
    ]
    assert only_state(ledger(INVOICES, payments)).why == f"Uw keuze: {why}{BACK}"


def test_a_credit_note_in_a_choice_comes_off() -> None:
    assert only_state(chosen("1001; K 1", "40.00")).why == (
        f"Uw keuze: € 60,00 op 1001, min € 20,00 van creditfactuur K 1{BACK}"
    )


def test_the_words_of_a_choice() -> None:
    assert only_state(chosen("1001; 1002", "120.00")).why == (
        "Uw keuze: € 60,00 op 1001 en € 50,00 op 1002; € 10,00 blijft als Rest staan; "
        "maak de cel leeg om terug te gaan."
    )
    assert only_state(chosen("nee")).why == (
        "Uw keuze: nee, dit hoort bij geen factuur van u; maak de cel leeg om terug te gaan."
    )


def test_every_payment_keeps_its_place_in_the_sheet() -> None:
    payments = (chosen("nee").payments[0], payment("1001", "60.00", "T2", booked=date(2026, 9, 9)))
    assert [state.payment for state in match(ledger(INVOICES, payments), ON).payments] == list(payments)


def test_a_debtor_may_be_chosen_by_name() -> None:
    made = chosen("bakkerij jansen", "20.00")
    assert rows(made) == ["1002 20.00"]
    double = replace(made, debtors=(*made.debtors, Debtor(number="D7", name="Jansen Bakkerij VOF")))
    assert only_state(double).status is UNKNOWN


SPOUSE = "NL02KNAB0999999999"


def _taught(choice: str) -> Ledger:
    """A chosen payment, and a later one from the same account that names nothing."""
    first = payment("dank", "60.00", "T1", counter_account=SPOUSE, choice=choice)
    later = payment("dank", "45.00", "T2", counter_account=SPOUSE, booked=date(2026, 10, 20))
    invoices = [invoice("1001", "60.00"), invoice("1002", "45.00"), invoice("2001", debtor="D2")]
    return ledger(invoices, [first, later])


@pytest.mark.parametrize(
    ("choice", "sure"),
    [
        pytest.param("1001", True, id="invoices"),
        pytest.param("D1", True, id="a debtor"),
        pytest.param("D2", False, id="another debtor, who has nothing for this amount"),
        pytest.param("1001; 2001", False, id="invoices of two debtors teach nothing"),
        pytest.param("nee", False, id="nee teaches nothing"),
        pytest.param("", False, id="no choice"),
    ],
)
def test_a_choice_teaches_whose_account_it_is(choice: str, sure: bool) -> None:  # noqa: FBT001 - a row
    state = only_state(_taught(choice))
    assert (state.status is MatchStatus.SURE) is sure
    assert state.invoices == (("1002",) if sure else ())
    if sure:
        assert f"Van rekening {SPOUSE} is eerder voor Bakkerij Jansen B.V. (D1) betaald" in state.why


def test_what_a_choice_taught_is_forgotten_with_it() -> None:
    before = match(_taught(""), ON)
    taught = match(again(_taught("1001"), before), ON)
    assert ("T2", "1002", "45.00", "Betaling") in booked(taught)
    back = match(again(_taught(""), taught), ON)
    assert (back.allocations, back.payments) == (before.allocations, before.payments)
    assert [problem.found for problem in back.problems] == [
        "Transactie T1 stond op 1001 (€ 60,00) en nu op geen factuur.",
        "Transactie T2 stond op 1002 (€ 45,00) en nu op geen factuur.",
    ]
