"""What paid what without a full number: docs/regels.md, "Zonder nummer", "Delen van nummers", "Korting"."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debiteuren.domain.arrangement import Arrangement, Instalment
from debiteuren.domain.contact import Contact, ContactKind, DraftState
from debiteuren.domain.debtor import Debtor, DebtorKind
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import ZERO
from debiteuren.domain.payment import MatchStatus, Payment
from debiteuren.rules.loose_numbers import LooseNumbers
from debiteuren.rules.matching import match
from debiteuren.rules.matching_sums import Sums
from debiteuren.rules.months import months_in
from debiteuren.rules.number_parts import Part, is_slip, part_of
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

HIS, OTHERS, STRANGER = ({"counter_account": one} for one in (OF_D1, OF_D2, STRANGE))
SURE, PROPOSAL, UNKNOWN = MatchStatus.SURE, MatchStatus.PROPOSAL, MatchStatus.UNKNOWN


@pytest.mark.parametrize(
    ("written", "number", "part"),
    [
        pytest.param(("20260042",), "2026-0042", Part.WHOLE, id="without separator"),
        pytest.param(("26", "42"), "F2026-0042", Part.WHOLE, id="short year, no zeros, no letter"),
        pytest.param(("2026", "42"), "26.0042", Part.WHOLE, id="long year for a short one"),
        pytest.param(("0042", "2026"), "2026-0042", Part.WHOLE, id="the year behind"),
        pytest.param(("2025", "42"), "2026-0042", None, id="another year"),
        pytest.param(("42",), "2026-0042", Part.SERIAL, id="the serial without zeros"),
        pytest.param(("0042",), "2026-0042", Part.SERIAL, id="the serial"),
        pytest.param(("142",), "100142", Part.SERIAL, id="the last three figures"),
        pytest.param(("42",), "100142", Part.SHORT, id="the last two figures"),
        pytest.param(("2",), "100142", None, id="the last figure"),
        pytest.param(("1",), "2026-0001", Part.SERIAL, id="a serial of one figure"),
        pytest.param(("43",), "2026-0042", None, id="another serial"),
        pytest.param(("42",), "KREDIET", None, id="a number without figures"),
    ],
)
def test_how_much_of_a_number_stands_there(written: tuple[str, ...], number: str, part: Part | None) -> None:
    assert part_of(written, number) is part


@pytest.mark.parametrize(
    ("written", "slip"),
    [
        pytest.param("20260043", True, id="one figure wrong"),
        pytest.param("20260024", True, id="two swapped"),
        pytest.param("2026042", True, id="one lost"),
        pytest.param("202600042", True, id="one doubled"),
        pytest.param("2O26OO42", True, id="letters for noughts"),
        pytest.param("20260042", False, id="the number itself"),
        pytest.param("20260053", False, id="two figures wrong"),
        pytest.param("ABCDEFGH", False, id="no figure at all"),
    ],
)
def test_one_slip_of_the_pen(written: str, slip: bool) -> None:  # noqa: FBT001 - a row
    assert is_slip(written, "20260042") is slip


def test_a_short_number_has_no_slips() -> None:
    assert is_slip("12346", "12345")
    assert not is_slip("1235", "1234")


@pytest.mark.parametrize(
    ("text", "months"),
    [
        pytest.param("abonnement augustus", {(8, 0)}, id="a month"),
        pytest.param("mrt '26", {(3, 2026)}, id="short, with a short year"),
        pytest.param("jan/feb 2026", {(1, 0), (2, 2026)}, id="two"),
        pytest.param("3 mei 2026", set(), id="a day"),
        pytest.param("meisje", set(), id="in a word"),
    ],
)
def test_months_that_are_named(text: str, months: set[tuple[int, int]]) -> None:
    assert months_in(text) == months


FIVE = [invoice(f"2026-00{place}", f"{place}.10", due=date(2026, 10, place - 40)) for place in range(42, 47)]


@pytest.mark.parametrize(
    ("text", "amount", "fields", "status", "numbers"),
    [
        pytest.param("fact. 42", "42.10", HIS, SURE, "42", id="two figures, his account"),
        pytest.param("fact. 42", "42.10", {}, PROPOSAL, "42", id="two figures of anybody"),
        pytest.param("fact. 042", "42.10", {}, PROPOSAL, "42", id="three figures of anybody"),
        pytest.param("fact. 042", "42.10", {"name": "Bakkerij Jansen"}, SURE, "42", id="three and his name"),
        pytest.param("fact. 0042", "42.10", {}, SURE, "42", id="four figures of anybody"),
        pytest.param("fact. 0042", "42.11", {}, PROPOSAL, "42", id="a cent too much"),
        pytest.param("fact. 0042", "42.10", OTHERS, PROPOSAL, "42", id="another's account"),
        pytest.param("26-42", "42.10", STRANGER, SURE, "42", id="a short year, alone"),
        pytest.param("factuur 26-042", "42.10", {}, SURE, "42", id="a short year, five figures"),
        pytest.param("nrs 42/43/45", "130.30", HIS, SURE, "42 43 45", id="a list"),
        pytest.param("nrs 42/43/45", "130.31", HIS, PROPOSAL, "42 43 45", id="not exact"),
        pytest.param("nrs 42/43/99", "85.20", HIS, PROPOSAL, "42 43", id="one unknown"),
        pytest.param("20260042-45", "87.20", {}, SURE, "42 45", id="two ends"),
        pytest.param("20260042-45", "174.40", {}, SURE, "42 43 44 45", id="a range"),
        pytest.param("factuur 0042 t/m 0045", "174.40", {}, SURE, "42 43 44 45", id="a range in words"),
        pytest.param("2 0 2 6 0 0 4 2", "42.10", {}, SURE, "42", id="figures apart"),
        pytest.param("factuur 2O26OO42", "42.10", {}, PROPOSAL, "42", id="letters for noughts"),
        pytest.param("factuur 2O26OO42", "42.10", HIS, SURE, "42", id="so, his account"),
        pytest.param("factuur 7042", "42.10", HIS, PROPOSAL, "42", id="another's number"),
        pytest.param("tweede termijn", "42.10", HIS, PROPOSAL, "42", id="a part"),
        pytest.param("order 7042", "42.10", HIS, SURE, "42", id="an order number"),
        pytest.param("voor 42 stoelen", "42.10", {}, PROPOSAL, "42", id="a loose number"),
    ],
)
def test_parts_of_numbers(
    text: str, amount: str, fields: dict[str, Any], status: MatchStatus, numbers: str
) -> None:
    made = ledger(FIVE, [replace(payment(text, amount), **fields)])
    state = only_state(made)
    found = state.invoices or state.proposals[0]
    assert (state.status, " ".join(number[-2:] for number in found)) == (status, numbers)
    check_the_books(made, match(made, ON))


def test_an_invoice_of_after_the_payment_is_not_meant_without_its_number() -> None:
    for issued, status in ((date(2026, 10, 5), SURE), (date(2026, 10, 6), UNKNOWN)):
        one = payment("", counter_account=OF_D1)
        assert only_state(ledger([invoice(issued=issued)], [one])).status is status


@pytest.mark.parametrize(
    ("text", "about", "number"),
    [
        pytest.param("abonnement september", "", "F-9", id="by the day of the invoice"),
        pytest.param("abonnement september 2026", "", "F-9", id="with the year"),
        pytest.param("abonnement september 2025", "", "", id="another year"),
        pytest.param("abonnement september", "Abonnement september", "F-8", id="by what it is for"),
        pytest.param("abonnement", "", "", id="no month"),
    ],
)
def test_of_equal_invoices_the_month_decides(text: str, about: str, number: str) -> None:
    invoices = [
        invoice(f"F-{month}", issued=date(2026, month, 1), description=about if month == 8 else "")
        for month in (8, 9)
    ]
    state = only_state(ledger(invoices, [payment(text, counter_account=OF_D1)]))
    assert state.invoices == ((number,) if number else ())
    assert state.status is (SURE if number else PROPOSAL)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("abonnement september", SURE, id="its own month"),
        pytest.param("abonnement augustus", PROPOSAL, id="another month"),
        pytest.param("abonnement", SURE, id="no month"),
    ],
)
def test_another_month_contradicts_the_only_invoice(text: str, status: MatchStatus) -> None:
    assert only_state(ledger([invoice()], [payment(text, counter_account=OF_D1)])).status is status


def test_who_names_a_paid_invoice_too_and_pays_more_may_have_meant_another() -> None:
    invoices = [invoice("A-0001", "100.00"), invoice("A-0002", "50.00"), invoice("A-0003", "10.00")]
    first = payment("A-0001", "100.00", "T1")
    both = payment("A-0001 A-0002", "55.00", "T2", booked=date(2026, 10, 9), counter_account=OF_D1)
    assert only_state(ledger(invoices, [first, both])).status is PROPOSAL
    alone = replace(both, description="A-0002")
    assert only_state(ledger(invoices, [first, alone])).allocated == euros("50.00")


def test_numbers_with_a_slash_and_a_comma_between_them_are_no_amount() -> None:
    invoices = [invoice("25/7098"), invoice("26/125", "50.00")]
    one = payment("Facturen: 25/7098,26/125", "150.00")
    assert only_state(ledger(invoices, [one])).invoices == ("25/7098", "26/125")


@pytest.mark.parametrize(
    ("amount", "fields", "status"),
    [
        pytest.param("40.00", {"name": "P. Vreemd"}, PROPOSAL, id="a part, of a stranger"),
        pytest.param("40.00", {"name": "Bakkerij Jansen"}, SURE, id="a part, under his name"),
        pytest.param("40.00", {"name": "P. Vreemd", "counter_account": OF_D1}, SURE, id="from his account"),
        pytest.param("100.00", {"name": "P. Vreemd"}, SURE, id="exactly, of a stranger"),
        pytest.param("40.00", {"booked": date(2026, 8, 31)}, SURE, id="early, nobody named"),
        pytest.param(
            "40.00", {"booked": date(2026, 8, 31), "name": "Bakkerij Jansen"}, PROPOSAL, id="a part, early"
        ),
        pytest.param(
            "40.00", {"booked": date(2026, 9, 1), "name": "Bakkerij Jansen"}, SURE, id="a part, on its day"
        ),
        pytest.param("140.00", HIS, SURE, id="too much, from his account"),
        pytest.param("140.00", {}, PROPOSAL, id="too much, of anybody"),
        pytest.param("160.00", HIS, PROPOSAL, id="too much by another invoice"),
    ],
)
def test_a_number_with_another_amount(amount: str, fields: dict[str, Any], status: MatchStatus) -> None:
    made = ledger(
        [invoice(), invoice("2026-0060", "60.00")], [replace(payment("2026-0042", amount), **fields)]
    )
    state = only_state(made)
    assert state.status is status
    assert (status is PROPOSAL) or state.allocated == min(euros(amount), Decimal(100))
    check_the_books(made, match(made, ON))


def test_who_is_called_as_another_debtor_with_the_same_amount_may_have_slipped() -> None:
    of_the_other = invoice("2026-0043", debtor="D2")
    one = replace(payment("2026-0042", counter_account=STRANGE), name="De Linde Hoveniersbedrijf")
    assert only_state(ledger([invoice(), of_the_other], [one])).status is PROPOSAL
    assert only_state(ledger([invoice(), replace(of_the_other, amount=euros("99.99"))], [one])).status is SURE


def _agreed(*payments: Payment) -> Ledger:
    made = ledger([invoice("A-1", "100.00"), invoice("A-2", "80.00", due=date(2026, 10, 2))], payments)
    days = (date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1))
    return replace(
        made,
        arrangements=(
            Arrangement(
                id="R1",
                debtor="D1",
                invoices=("A-1", "A-2"),
                amount=euros("180.00"),
                agreed_on=date(2026, 9, 20),
            ),
        ),
        instalments=tuple(
            Instalment(arrangement="R1", number=str(place), due=day, amount=euros("60.00"))
            for place, day in enumerate(days, start=1)
        ),
    )


def test_instalments_go_to_the_invoices_of_the_arrangement_oldest_first() -> None:
    payments = [
        payment("dank", "60.00", "T1", counter_account=OF_D1, booked=date(2026, 10, 1)),
        payment("A-2", "60.00", "T2", counter_account=OF_D1, booked=date(2026, 10, 20)),
        payment("regeling", "60.00", "T3", counter_account=OF_D1, booked=date(2026, 11, 1)),
    ]
    assert booked(match(_agreed(*payments), ON)) == [
        ("T1", "A-1", "60.00", "Betaling"),
        ("T2", "A-1", "40.00", "Betaling"),
        ("T2", "A-2", "20.00", "Betaling"),
        ("T3", "A-2", "60.00", "Betaling"),
    ]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        pytest.param({}, SURE, id="an instalment"),
        pytest.param({"amount": euros("60.01")}, PROPOSAL, id="a cent more"),
        pytest.param({"booked": date(2026, 9, 19)}, PROPOSAL, id="before it was agreed"),
        pytest.param({"counter_account": STRANGE}, UNKNOWN, id="of nobody we know"),
        pytest.param({"description": "factuur 7042"}, PROPOSAL, id="another number"),
    ],
)
def test_what_is_an_instalment(fields: dict[str, Any], status: MatchStatus) -> None:
    usual = payment("dank", "60.00", counter_account=OF_D1)
    assert only_state(_agreed(replace(usual, **fields))).status is status


def _discounted(debtor: dict[str, Any], **settings: Any) -> Ledger:  # noqa: ANN401 - any setting
    return ledger(
        [invoice(), invoice("2026-0043", "50.00")],
        debtors=[Debtor(number="D1", name="X", **debtor)],
        **settings,
    )


TWO_PERCENT = {"discount_percent": Decimal(2), "discount_days": 8}


@pytest.mark.parametrize(
    ("amount", "day", "debtor", "settings", "discount"),
    [
        pytest.param("98.00", 9, {}, TWO_PERCENT, "2.00", id="on the last day"),
        pytest.param("98.00", 10, {}, TWO_PERCENT, None, id="a day late"),
        pytest.param("98.00", 1, {}, TWO_PERCENT, "2.00", id="on the first day"),
        pytest.param("98.01", 9, {}, TWO_PERCENT, None, id="a cent more"),
        pytest.param("97.99", 9, {}, TWO_PERCENT, None, id="a cent less"),
        pytest.param("98.00", 9, {}, {}, None, id="nothing agreed"),
        pytest.param("98.00", 9, TWO_PERCENT, {}, "2.00", id="agreed with this debtor"),
        pytest.param("97.00", 9, {"discount_percent": Decimal(3)}, TWO_PERCENT, "3.00", id="three percent"),
        pytest.param(
            "97.50", 9, {"discount_percent": Decimal("2.5")}, TWO_PERCENT, "2.50", id="two and a half"
        ),
        pytest.param("98.00", 9, {"discount_percent": Decimal(0)}, TWO_PERCENT, None, id="none for him"),
        pytest.param("98.00", 9, {"discount_days": 7}, TWO_PERCENT, None, id="fewer days for him"),
    ],
)
def test_a_discount_for_paying_early(
    amount: str, day: int, debtor: dict[str, Any], settings: dict[str, Any], discount: str | None
) -> None:
    one = payment("2026-0042", amount, booked=date(2026, 9, day))
    matching = match(replace(_discounted(debtor, **settings), payments=(one,)), ON)
    rows = [("T1", "2026-0042", amount, "Betaling")]
    assert booked(matching) == rows + ([("T1", "2026-0042", discount, "Korting")] if discount else [])
    assert (matching.payments[0].allocated, matching.payments[0].rest) == (euros(amount), ZERO)
    if discount:
        assert "korting voor snel betalen" in matching.payments[0].why


def test_a_discount_over_two_invoices_and_its_storno() -> None:
    came = payment("2026-0042 2026-0043", "147.00", "T1", booked=date(2026, 9, 5), counter_account=STRANGE)
    went = payment("storno", "-147.00", "T2", booked=date(2026, 9, 8), counter_account=STRANGE)
    made = replace(_discounted({}, **TWO_PERCENT), payments=(came, went))
    matching = match(made, ON)
    assert booked(matching) == [
        ("T1", "2026-0042", "98.00", "Betaling"),
        ("T1", "2026-0043", "49.00", "Betaling"),
        ("T1", "2026-0042", "2.00", "Korting"),
        ("T1", "2026-0043", "1.00", "Korting"),
        ("T2", "2026-0042", "-98.00", "Storno"),
        ("T2", "2026-0043", "-49.00", "Storno"),
        ("T2", "2026-0042", "-2.00", "Korting"),
        ("T2", "2026-0043", "-1.00", "Korting"),
    ]
    assert [state.rest for state in matching.payments] == [0, 0]
    second = match(again(made, matching), ON)
    assert (second.allocations, second.payments, second.problems) == (
        matching.allocations,
        matching.payments,
        (),
    )


@pytest.mark.parametrize(
    ("kind", "letter", "amount", "costs"),
    [
        pytest.param(DebtorKind.BUSINESS, None, "140.00", True, id="a business, late"),
        pytest.param(DebtorKind.BUSINESS, None, "140.01", False, id="a cent more"),
        pytest.param(DebtorKind.CONSUMER, None, "140.00", False, id="a consumer without a letter"),
        pytest.param(DebtorKind.CONSUMER, ("2026-0042",), "140.00", True, id="a consumer after the letter"),
        pytest.param(DebtorKind.CONSUMER, (), "140.00", True, id="a letter about all"),
        pytest.param(DebtorKind.CONSUMER, ("2026-0043",), "140.00", False, id="a letter about another"),
        pytest.param(None, None, "140.00", False, id="no Soort is protected"),
    ],
)
def test_collection_costs_that_were_due(
    kind: DebtorKind | None,
    letter: tuple[str, ...] | None,
    amount: str,
    costs: bool,  # noqa: FBT001 - a row
) -> None:
    made = ledger(
        [invoice()], [payment("2026-0042", amount)], debtors=[Debtor(number="D1", name="X", kind=kind)]
    )
    if letter is not None:
        contact = Contact(
            moment=datetime(2026, 10, 2, 9, 0),
            debtor="D1",
            invoices=letter,
            kind=ContactKind.FOURTEEN_DAY_LETTER,
        )
        void = match(replace(made, contacts=(replace(contact, draft=DraftState.VOID),)), ON)
        assert void.allocations == ()
        made = replace(made, contacts=(contact,))
    matching = match(made, ON)
    wanted = [("T1", "2026-0042", "100.00", "Betaling"), ("T1", "2026-0042", "40.00", "Kosten")]
    assert booked(matching) == (wanted if costs else [])
    assert matching.payments[0].rest == (0 if costs else euros(amount))


def test_costs_of_a_business_are_due_from_the_day_after_the_due_day() -> None:
    business = [Debtor(number="D1", name="X", kind=DebtorKind.BUSINESS)]
    for day, status in ((date(2026, 10, 1), PROPOSAL), (date(2026, 10, 2), SURE)):
        one = payment("2026-0042", "140.00", booked=day)
        assert only_state(ledger([invoice()], [one], debtors=business)).status is status


def test_an_account_that_paid_by_number_is_known_afterwards() -> None:
    first = payment("2026-0042", "100.00", "T1", counter_account=STRANGE)
    later = payment("", "60.00", "T2", counter_account=STRANGE, booked=date(2026, 10, 9))
    invoices = [invoice(), invoice("2026-0060", "60.00"), invoice("B-1", "75.00", debtor="D2")]
    assert only_state(ledger(invoices, [first, later])).invoices == ("2026-0060",)
    through = [replace(one, name="Stichting Mollie Payments") for one in (first, later)]
    assert only_state(ledger(invoices, through)).status is UNKNOWN
    shared = payment("factuur B-1", "75.00", "T0", counter_account=STRANGE)
    assert only_state(ledger(invoices, [shared, first, later])).status is PROPOSAL


@given(st.lists(st.integers(1, 400), min_size=2, max_size=8), st.integers(1, 1500))
def test_the_sums_are_all_the_sums(cents: list[int], wanted: int) -> None:
    owed = [(place, Decimal(cent) / 100) for place, cent in enumerate(cents)]
    ways = Sums().ways(owed, Decimal(wanted) / 100)
    brute = {
        tuple(place for place in range(len(cents)) if mask >> place & 1)
        for mask in range(1 << len(cents))
        if mask.bit_count() > 1
        and sum(cents[place] for place in range(len(cents)) if mask >> place & 1) == wanted
    }
    assert set(ways) == brute
    assert len(ways) == len(brute)


@given(st.text(alphabet="0123456789-/ tmenFO.", max_size=30))
def test_any_text_of_figures_is_read_the_same_among_few_and_many(text: str) -> None:
    numbers = {place: f"2026-{place:04d}" for place in range(30, 60)}
    more = numbers | {place: f"X{place:07d}Q" for place in range(100, 160)}
    few, many = LooseNumbers(numbers, frozenset()), LooseNumbers(more, frozenset())
    found = [tuple(place for place in one.places if place in numbers) for one in many.read(text).groups]
    for one in few.read(text).groups:
        if one.part is Part.WHOLE:
            assert one.places in found


def test_what_was_inferred_stays_when_more_comes() -> None:
    one = payment("", counter_account=OF_D1)
    made = ledger([invoice()], [one])
    first = match(made, ON)
    more = replace(again(made, first), invoices=(*made.invoices, invoice("2026-0099")))
    later = match(more, ON + timedelta(1))
    assert later.allocations == first.allocations
    assert later.problems == ()
