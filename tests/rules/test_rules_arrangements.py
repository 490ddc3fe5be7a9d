"""Arrangements and instalments against the bank: docs/regels.md, "Regeling" and "Termijn"."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from debiteuren.domain.arrangement import (
    Arrangement,
    ArrangementState,
    ArrangementStatus,
    Instalment,
    InstalmentState,
    InstalmentStatus,
)
from debiteuren.domain.invoice import Invoice
from debiteuren.domain.ledger import Allocation, AllocationKind, Ledger
from debiteuren.domain.payment import Payment, Statement
from debiteuren.rules.arrangement_checks import arrangement_doubts
from debiteuren.rules.arrangements import arrangement_states
from debiteuren.rules.instalments import last_day_on_time

Money = tuple[str, date, str]
"""Transaction, day of booking, euros on the invoice."""

ON_TIME, LATE = InstalmentStatus.ON_TIME, InstalmentStatus.PAID_LATE
MISSED, PARTLY = InstalmentStatus.MISSED, InstalmentStatus.PARTLY_PAID
NOT_DUE, NOT_KNOWN = InstalmentStatus.NOT_DUE, InstalmentStatus.NOT_KNOWN
AGREED = date(2026, 9, 1)
ON = date(2026, 11, 20)


def euros(text: str) -> Decimal:
    return Decimal(text)


def nov(day: int) -> date:
    return date(2026, 11, day)


def arrangement(**fields: Any) -> Arrangement:  # noqa: ANN401 - any field of Arrangement
    usual: dict[str, Any] = {
        "id": "R1",
        "debtor": "D1",
        "invoices": ("F1",),
        "amount": euros("500.00"),
        "agreed_on": AGREED,
        "terms": "Op de genoemde dagen.",
        "confirmed_on": AGREED,
    }
    return Arrangement(**(usual | fields))


def instalments(*parts: tuple[date, str], name: str = "R1") -> tuple[Instalment, ...]:
    return tuple(
        Instalment(arrangement=name, number=str(place), due=due, amount=euros(amount))
        for place, (due, amount) in enumerate(parts, start=1)
    )


def ledger(
    parts: Sequence[Instalment],
    money: Iterable[Money] = (),
    *,
    bank: date | None = ON,
    agreements: Sequence[Arrangement] | None = None,
    **settings: Any,  # noqa: ANN401 - any field of Settings
) -> Ledger:
    total = sum((part.amount for part in parts if part.amount is not None), Decimal(0))
    rows = tuple(money)
    made = Ledger(
        invoices=tuple(
            Invoice(number=number, debtor="D1", issued=AGREED, due=AGREED, amount=euros("1000.00"))
            for number in ("F1", "F2", "F3")
        ),
        payments=tuple(
            Payment(transaction=name, booked=day, amount=euros(amount)) for name, day, amount in rows
        ),
        allocations=tuple(
            Allocation(transaction=name, invoice="F1", amount=euros(amount)) for name, _, amount in rows
        ),
        arrangements=tuple(agreements) if agreements is not None else (arrangement(amount=total),),
        instalments=tuple(parts),
        statements=(Statement(account="NL01", end=bank),) if bank is not None else (),
    )
    return replace(made, settings=replace(made.settings, **settings))


def judged(made: Ledger, on: date = ON) -> ArrangementState:
    return arrangement_states(made, on)[0]


def first(made: Ledger, on: date = ON) -> InstalmentState:
    return judged(made, on).instalments[0]


@pytest.mark.parametrize(
    ("due", "paid_on", "grace", "status", "days_late"),
    [
        pytest.param(nov(4), nov(3), 0, ON_TIME, None, id="the day before"),
        pytest.param(nov(4), nov(4), 0, ON_TIME, None, id="on the day"),
        pytest.param(nov(4), nov(5), 0, LATE, 1, id="the day after"),
        pytest.param(nov(7), nov(9), 0, ON_TIME, None, id="due on Saturday, paid on Monday"),
        pytest.param(nov(7), nov(10), 0, LATE, 3, id="due on Saturday, paid on Tuesday: late since Saturday"),
        pytest.param(nov(8), nov(9), 0, ON_TIME, None, id="due on Sunday, paid on Monday"),
        pytest.param(nov(6), nov(9), 0, LATE, 3, id="due on Friday, paid on Monday"),
        pytest.param(nov(4), nov(6), 2, ON_TIME, None, id="two days of grace, on the second"),
        pytest.param(nov(4), nov(7), 2, LATE, 3, id="two days of grace, a day after"),
        pytest.param(nov(7), nov(11), 2, ON_TIME, None, id="Saturday, grace counts from Monday"),
        pytest.param(nov(7), nov(12), 2, LATE, 5, id="Saturday, a day after grace from Monday"),
        pytest.param(nov(4), AGREED, 0, ON_TIME, None, id="on the day of the agreement"),
    ],
)
def test_an_instalment_paid_in_full(
    due: date, paid_on: date, grace: int, status: InstalmentStatus, days_late: int | None
) -> None:
    made = ledger(instalments((due, "100.00")), [("T1", paid_on, "100.00")], grace_days=grace)
    assert first(made) == InstalmentState(
        instalment=made.instalments[0],
        paid=euros("100.00"),
        paid_on=paid_on,
        days_late=days_late,
        status=status,
        proof=("T1",),
    )
    assert judged(made).status is ArrangementStatus.KEPT


@pytest.mark.parametrize(
    ("due", "last_day"),
    [
        pytest.param(date(2026, 4, 27), date(2026, 4, 27), id="King's Day: banks are open"),
        pytest.param(date(2026, 5, 1), date(2026, 5, 4), id="1 May: banks are closed"),
        pytest.param(date(2026, 5, 5), date(2026, 5, 5), id="5 May: banks are open"),
        pytest.param(date(2026, 4, 3), date(2026, 4, 7), id="Good Friday through Easter Monday"),
        pytest.param(date(2026, 12, 25), date(2026, 12, 28), id="Christmas before a weekend"),
    ],
)
def test_closed_bank_days_are_those_of_target(due: date, last_day: date) -> None:
    assert last_day_on_time(due, 0) == last_day


@pytest.mark.parametrize(
    ("due", "on", "bank", "paid", "status", "days_late"),
    [
        pytest.param(nov(4), nov(3), nov(3), "0", NOT_DUE, None, id="tomorrow"),
        pytest.param(nov(4), nov(4), nov(4), "0", NOT_DUE, None, id="today"),
        pytest.param(nov(4), nov(5), nov(5), "0", MISSED, 1, id="yesterday, bank known to today"),
        pytest.param(nov(4), nov(5), nov(4), "0", NOT_KNOWN, None, id="yesterday, bank known to that day"),
        pytest.param(nov(4), nov(20), nov(4), "0", NOT_KNOWN, None, id="long ago, bank known to that day"),
        pytest.param(nov(4), nov(20), nov(5), "0", MISSED, 16, id="long ago, bank known to a day later"),
        pytest.param(nov(4), nov(20), None, "0", NOT_KNOWN, None, id="no bank data"),
        pytest.param(nov(4), nov(20), nov(20), "0.01", PARTLY, 16, id="a cent came"),
        pytest.param(nov(4), nov(20), nov(20), "99.99", PARTLY, 16, id="a cent lacks"),
        pytest.param(nov(4), nov(4), nov(4), "99.99", NOT_DUE, None, id="a cent lacks, on the day"),
        pytest.param(nov(4), nov(20), nov(4), "99.99", NOT_KNOWN, None, id="a cent lacks, bank not past it"),
        pytest.param(nov(7), nov(9), nov(9), "0", NOT_DUE, None, id="Saturday: Monday is still on time"),
        pytest.param(nov(7), nov(10), nov(10), "0", MISSED, 3, id="Saturday: Tuesday is late since Saturday"),
        pytest.param(nov(7), nov(10), nov(9), "0", NOT_KNOWN, None, id="Saturday: bank known to Monday"),
    ],
)
def test_an_instalment_not_paid_in_full(
    due: date, on: date, bank: date | None, paid: str, status: InstalmentStatus, days_late: int | None
) -> None:
    money = [("T1", nov(2), paid)] if paid != "0" else []
    made = ledger(instalments((due, "100.00")), [], bank=bank)
    rows = tuple(
        Allocation(transaction=name, invoice="F1", amount=euros(amount), on=day)
        for name, day, amount in money
    )
    state = first(replace(made, allocations=rows), on)
    assert (state.status, state.days_late, state.paid_on) == (status, days_late, None)
    assert state.paid == euros(paid)


@pytest.mark.parametrize(
    ("grace", "on", "status"),
    [(1, nov(5), NOT_DUE), (1, nov(6), MISSED), (0, nov(5), MISSED)],
)
def test_grace_days_make_an_instalment_due_later(grace: int, on: date, status: InstalmentStatus) -> None:
    assert first(ledger(instalments((nov(4), "100.00")), grace_days=grace), on).status is status


def test_the_account_that_lags_most_counts() -> None:
    made = ledger(instalments((nov(4), "100.00")))
    accounts = (Statement(account="NL01", end=nov(20)), Statement(account="NL02", end=nov(4)))
    assert first(replace(made, statements=accounts)).status is NOT_KNOWN
    accounts = (Statement(account="NL01", end=nov(20)), Statement(account="NL02", end=nov(5)))
    assert first(replace(made, statements=accounts)).status is MISSED


@pytest.mark.parametrize(
    ("booked", "paid"),
    [
        pytest.param(AGREED - timedelta(1), "0", id="the day before the agreement"),
        pytest.param(AGREED, "100.00", id="on the day of the agreement"),
        pytest.param(ON, "100.00", id="on Peildatum"),
        pytest.param(ON + timedelta(1), "0", id="after Peildatum"),
    ],
)
def test_only_money_since_the_agreement_and_until_peildatum_counts(booked: date, paid: str) -> None:
    made = ledger(instalments((ON + timedelta(9), "100.00")), [("T1", booked, "100.00")])
    assert first(made).paid == euros(paid)


THREE = instalments((nov(2), "100.00"), (nov(9), "100.00"), (nov(16), "100.00"))


@pytest.mark.parametrize(
    ("money", "expected"),
    [
        pytest.param(
            [("T1", nov(2), "300.00")],
            [(ON_TIME, "100.00", nov(2), ("T1",))] * 3,
            id="all at once",
        ),
        pytest.param(
            [("T1", nov(2), "150.00"), ("T2", nov(9), "150.00")],
            [
                (ON_TIME, "100.00", nov(2), ("T1",)),
                (ON_TIME, "100.00", nov(9), ("T1", "T2")),
                (ON_TIME, "100.00", nov(9), ("T2",)),
            ],
            id="too much is carried to the next",
        ),
        pytest.param(
            [("T1", nov(1), "60.00"), ("T2", nov(2), "40.00")],
            [(ON_TIME, "100.00", nov(2), ("T1", "T2")), (MISSED, "0", None, ()), (MISSED, "0", None, ())],
            id="two payments for one instalment",
        ),
        pytest.param(
            [("T1", nov(2), "60.00"), ("T2", nov(3), "40.00")],
            [(LATE, "100.00", nov(3), ("T1", "T2")), (MISSED, "0", None, ()), (MISSED, "0", None, ())],
            id="the last part a day late",
        ),
        pytest.param(
            [("T1", nov(9), "100.00"), ("T2", nov(16), "100.00")],
            [
                (LATE, "100.00", nov(9), ("T1",)),
                (LATE, "100.00", nov(16), ("T2",)),
                (MISSED, "0", None, ()),
            ],
            id="each a week late: the oldest is filled first",
        ),
        pytest.param(
            [("T1", nov(2), "100.00"), ("T2", nov(9), "50.00")],
            [
                (ON_TIME, "100.00", nov(2), ("T1",)),
                (PARTLY, "50.00", None, ("T2",)),
                (MISSED, "0", None, ()),
            ],
            id="the second in part",
        ),
        pytest.param(
            [("T1", nov(2), "400.00")],
            [(ON_TIME, "100.00", nov(2), ("T1",))] * 3,
            id="more than all",
        ),
    ],
)
def test_money_fills_the_instalments_in_order_of_due_day(
    money: list[Money], expected: list[tuple[InstalmentStatus, str, date | None, tuple[str, ...]]]
) -> None:
    shuffled = (THREE[2], THREE[0], THREE[1])
    states = judged(ledger(shuffled, money)).instalments
    assert [state.instalment.number for state in states] == ["1", "2", "3"]
    assert [(one.status, one.paid, one.paid_on, one.proof) for one in states] == [
        (status, euros(paid), day, proof) for status, paid, day, proof in expected
    ]


def test_on_one_day_the_number_of_the_instalment_decides() -> None:
    parts = [
        Instalment(arrangement="R1", number=number, due=nov(2), amount=euros("10.00"))
        for number in ("10", "9", "2")
    ]
    states = judged(ledger(parts, [("T1", nov(2), "10.00")])).instalments
    assert [(state.instalment.number, state.paid) for state in states] == [
        ("2", euros("10.00")),
        ("9", euros("0")),
        ("10", euros("0")),
    ]


@pytest.mark.parametrize(
    ("money", "expected"),
    [
        pytest.param(
            [("T1", nov(2), "100.00"), ("S1", nov(4), "-100.00")],
            [(MISSED, None, ())],
            id="paid and taken back",
        ),
        pytest.param(
            [("T1", nov(2), "100.00"), ("S1", nov(4), "-100.00"), ("T2", nov(6), "100.00")],
            [(LATE, nov(6), ("T2",))],
            id="and paid again, late",
        ),
        pytest.param(
            [("T1", nov(2), "100.00"), ("T2", nov(9), "100.00"), ("S1", nov(11), "-100.00")],
            [(ON_TIME, nov(2), ("T1",)), (MISSED, None, ())],
            id="the last of two alike comes back",
        ),
        pytest.param(
            [("T1", nov(2), "100.00"), ("T2", nov(9), "101.00"), ("S1", nov(11), "-100.00")],
            [(LATE, nov(9), ("T2",)), (PARTLY, None, ("T2",))],
            id="the one of that amount comes back",
        ),
        pytest.param(
            [("T1", nov(2), "100.00"), ("S1", nov(3), "-40.00")],
            [(PARTLY, None, ("T1",))],
            id="a part comes back",
        ),
        pytest.param(
            [("T0", AGREED - timedelta(9), "50.00"), ("T1", nov(2), "100.00"), ("S0", nov(3), "-50.00")],
            [(ON_TIME, nov(2), ("T1",))],
            id="money of before the agreement comes back",
        ),
        pytest.param([("S1", nov(3), "-50.00")], [(MISSED, None, ())], id="a storno of nothing we know"),
        pytest.param(
            [("T1", nov(2), "100.00"), ("S1", ON + timedelta(1), "-100.00")],
            [(ON_TIME, nov(2), ("T1",))],
            id="taken back after Peildatum",
        ),
    ],
)
def test_a_storno_lowers_what_came_in(
    money: list[Money], expected: list[tuple[InstalmentStatus, date | None, tuple[str, ...]]]
) -> None:
    states = judged(ledger(THREE, money)).instalments
    assert [(one.status, one.paid_on, one.proof) for one in states][: len(expected)] == expected


def test_a_storno_with_a_reference_takes_its_own_payment_back() -> None:
    made = ledger(THREE, [("T1", nov(2), "100.00"), ("T2", nov(9), "100.00"), ("S1", nov(11), "-100.00")])
    marked = tuple(
        replace(one, reference={"T1": "E2E-1", "S1": "e2e 1"}.get(one.transaction, ""))
        for one in made.payments
    )
    states = judged(replace(made, payments=marked)).instalments
    assert [(one.status, one.proof) for one in states[:2]] == [(LATE, ("T2",)), (MISSED, ())]


def test_credit_netted_by_the_payer_counts_as_the_money_that_came() -> None:
    made = ledger(instalments((nov(2), "80.00")), [("T1", nov(2), "100.00")])
    credit = Allocation(
        transaction="T1", invoice="F2", amount=euros("-20.00"), kind=AllocationKind.CREDIT_NOTE
    )
    made = replace(
        made,
        allocations=(*made.allocations, credit),
        arrangements=(arrangement(amount=euros("80.00"), invoices=("F1", "F2")),),
    )
    assert first(made).paid == euros("80.00")


def test_a_row_without_its_payment_counts_on_its_own_day() -> None:
    made = ledger(THREE)
    row = Allocation(transaction="WEG", invoice="F1", amount=euros("100.00"), on=nov(2))
    assert first(replace(made, allocations=(row,))).paid_on == nov(2)
    assert first(replace(made, allocations=(replace(row, on=None),))).paid == 0
    assert first(replace(made, allocations=(replace(row, invoice="F2"),))).paid == 0


@pytest.mark.parametrize(
    ("money", "on", "fields", "status"),
    [
        pytest.param(300, nov(16), {}, ArrangementStatus.KEPT, id="all paid"),
        pytest.param(299, nov(16), {}, ArrangementStatus.RUNNING, id="a euro lacks, on the last day"),
        pytest.param(299, nov(17), {}, ArrangementStatus.BEHIND, id="a euro lacks, a day later"),
        pytest.param(100, nov(9), {}, ArrangementStatus.RUNNING, id="the second is due today"),
        pytest.param(100, nov(10), {}, ArrangementStatus.BEHIND, id="the second is missed"),
        pytest.param(0, nov(9), {}, ArrangementStatus.BEHIND, id="one miss"),
        pytest.param(0, nov(10), {}, ArrangementStatus.BROKEN, id="two misses"),
        pytest.param(150, nov(22), {}, ArrangementStatus.BROKEN, id="a part and a miss are two misses"),
        pytest.param(200, nov(29), {}, ArrangementStatus.BEHIND, id="one miss of thirteen days"),
        pytest.param(200, nov(30), {}, ArrangementStatus.BROKEN, id="one miss of fourteen days"),
        pytest.param(100, nov(8), {"confirmed_on": None}, ArrangementStatus.TO_CONFIRM, id="not confirmed"),
        pytest.param(
            100, nov(8), {"confirmed_on": nov(9)}, ArrangementStatus.TO_CONFIRM, id="confirmed later"
        ),
        pytest.param(100, nov(9), {"confirmed_on": nov(9)}, ArrangementStatus.RUNNING, id="confirmed today"),
        pytest.param(0, nov(9), {"confirmed_on": None}, ArrangementStatus.BEHIND, id="a miss goes before"),
        pytest.param(300, nov(9), {"confirmed_on": None}, ArrangementStatus.KEPT, id="paid goes before"),
        pytest.param(300, nov(9), {"terms": ""}, ArrangementStatus.INCOMPLETE, id="incomplete goes first"),
        pytest.param(100, nov(8), {"agreed_on": nov(9)}, ArrangementStatus.INCOMPLETE, id="agreed later"),
    ],
)
def test_the_status_of_an_arrangement(
    money: int, on: date, fields: dict[str, Any], status: ArrangementStatus
) -> None:
    came = [("T1", nov(1), f"{money}.00")] if money else []
    made = ledger(THREE, came, bank=on, agreements=[arrangement(amount=euros("300.00"), **fields)])
    assert judged(made, on).status is status


@pytest.mark.parametrize(
    ("settings", "on", "status"),
    [
        ({"broken_after_misses": 3}, nov(15), ArrangementStatus.BEHIND),
        ({"broken_after_misses": 3}, nov(17), ArrangementStatus.BROKEN),
        ({"broken_after_misses": 1}, nov(3), ArrangementStatus.BROKEN),
        ({"broken_after_days": 6}, nov(7), ArrangementStatus.BEHIND),
        ({"broken_after_days": 6}, nov(8), ArrangementStatus.BROKEN),
        ({"broken_after_misses": 0}, nov(2), ArrangementStatus.RUNNING),
    ],
)
def test_the_user_says_when_it_is_broken(
    settings: dict[str, Any], on: date, status: ArrangementStatus
) -> None:
    made = ledger(THREE, bank=on, **settings)
    assert judged(made, on).status is status


def test_paying_heals_a_broken_arrangement() -> None:
    assert judged(ledger(THREE)).status is ArrangementStatus.BROKEN
    healed = ledger(THREE, [("T1", nov(20), "300.00")])
    assert judged(healed).status is ArrangementStatus.KEPT


def test_what_is_not_known_does_not_break_it() -> None:
    state = judged(ledger(THREE, bank=None))
    assert [one.status for one in state.instalments] == [NOT_KNOWN] * 3
    assert state.status is ArrangementStatus.RUNNING


@pytest.mark.parametrize(
    ("money", "on", "bank", "fields", "next_due", "why"),
    [
        pytest.param(
            "100.00",
            nov(5),
            nov(5),
            {},
            nov(9),
            "Loopt op schema: volgende termijn € 100,00 op 09-11-2026; betaling uiterlijk die dag houdt de "
            "regeling in stand.",
            id="running",
        ),
        pytest.param(
            "130.00",
            nov(5),
            nov(5),
            {},
            nov(9),
            "Loopt op schema: volgende termijn € 100,00 op 09-11-2026, waarvan € 30,00 al binnen is; "
            "betaling uiterlijk die dag houdt de regeling in stand.",
            id="running, partly paid ahead",
        ),
        pytest.param(
            "100.00",
            nov(10),
            nov(9),
            {},
            nov(9),
            "Loopt: of termijn 2, € 100,00 op 09-11-2026, betaald is, is nog niet bekend, want de bank is "
            "bekend tot en met 09-11-2026; lees de afschriften tot na 09-11-2026 in.",
            id="not known",
        ),
        pytest.param(
            "100.00",
            nov(11),
            nov(11),
            {},
            nov(9),
            "Achter: termijn 2 van € 100,00 op 09-11-2026 is niet betaald (2 dagen te laat); betaling van "
            "€ 100,00 haalt de regeling in, zonder betaling is hij uiterlijk op 23-11-2026 verbroken.",
            id="behind",
        ),
        pytest.param(
            "140.00",
            nov(20),
            nov(20),
            {},
            nov(9),
            "Verbroken: termijn 2 van € 100,00 op 09-11-2026 is maar voor een deel betaald (11 dagen te "
            "laat) en 1 latere termijn ook en bij 2 gemiste termijnen vervalt de regeling; betaling van "
            "€ 160,00 herstelt hem.",
            id="broken by two misses",
        ),
        pytest.param(
            "300.00",
            nov(20),
            nov(20),
            {},
            None,
            "Nagekomen: alle 3 termijnen, samen € 300,00, zijn betaald, de laatste op 01-11-2026; alleen een "
            "storno verandert dat.",
            id="kept",
        ),
        pytest.param(
            "100.00",
            nov(5),
            nov(5),
            {"confirmed_on": None},
            nov(9),
            "Te bevestigen: op 01-09-2026 afgesproken, met € 100,00 op 09-11-2026 als eerste open termijn, "
            "maar nog niet bevestigd (Bevestigd op is leeg); stuur de bevestiging en vul Bevestigd op in.",
            id="to confirm",
        ),
        pytest.param(
            "100.00",
            nov(5),
            nov(5),
            {"confirmed_on": nov(6)},
            nov(9),
            "Te bevestigen: op 01-09-2026 afgesproken, met € 100,00 op 09-11-2026 als eerste open termijn, "
            "maar pas bevestigd op 06-11-2026, na de peildatum 05-11-2026; vanaf die dag geldt hij als "
            "bevestigd.",
            id="confirmed after the day",
        ),
        pytest.param(
            "0.00",
            nov(1),
            nov(1),
            {"agreed_on": nov(2)},
            None,
            "Telt nog niet mee: afgesproken op 02-11-2026, na de peildatum 01-11-2026; vanaf die dag geldt "
            "deze regeling.",
            id="agreed after the day",
        ),
        pytest.param(
            "100.00",
            nov(5),
            nov(5),
            {"debtor": "D2", "terms": "zsm"},
            nov(9),
            "Onvolledig: factuur F1 is van debiteur D1, haal hem uit deze regeling; “zsm” in Voorwaarden is "
            "te vaag, noem een dag, bijvoorbeeld vrijdag 11 september 2026.",
            id="incomplete",
        ),
    ],
)
def test_waarom_and_the_next_instalment(
    money: str, on: date, bank: date, fields: dict[str, Any], next_due: date | None, why: str
) -> None:
    made = ledger(
        THREE,
        [("T1", nov(1), money)],
        bank=bank,
        agreements=[arrangement(amount=euros("300.00"), **fields)],
    )
    state = judged(made, on)
    assert (state.why, state.next_due) == (why, next_due)


def test_broken_by_age_names_the_days() -> None:
    made = ledger(instalments((nov(2), "100.00")), bank=nov(16))
    assert judged(made, nov(16)).why == (
        "Verbroken: termijn 1 van € 100,00 op 02-11-2026 is niet betaald (14 dagen te laat) en na 14 dagen "
        "vervalt de regeling; betaling van € 100,00 herstelt hem."
    )


def test_one_day_and_one_miss_are_said_as_one() -> None:
    made = ledger(instalments((nov(2), "100.00")), bank=nov(3), broken_after_misses=1)
    assert judged(made, nov(3)).why == (
        "Verbroken: termijn 1 van € 100,00 op 02-11-2026 is niet betaald (1 dag te laat) en bij 1 gemiste "
        "termijn vervalt de regeling; betaling van € 100,00 herstelt hem."
    )
    at_once = ledger(instalments((nov(2), "100.00")), bank=nov(3), broken_after_days=1)
    assert "en na 1 dag vervalt de regeling" in judged(at_once, nov(3)).why


def test_one_instalment_is_kept_on_its_day() -> None:
    made = ledger(instalments((nov(17), "100.00")), [("T1", nov(16), "100.00")])
    assert judged(made).why == (
        "Nagekomen: de enige termijn van € 100,00 is betaald op 16-11-2026; alleen een storno verandert dat."
    )


SATURDAY = "op 14-11-2026 (op tijd tot en met 16-11-2026)"


@pytest.mark.parametrize(
    ("bank", "fields", "words"),
    [
        pytest.param(nov(17), {}, f"Achter: termijn 1 van € 100,00 {SATURDAY} is niet betaald", id="behind"),
        pytest.param(nov(16), {}, f"of termijn 1, € 100,00 {SATURDAY}, betaald is", id="not known"),
        pytest.param(
            nov(16),
            {"confirmed_on": None},
            f"met € 100,00 {SATURDAY} als eerste open termijn",
            id="to confirm",
        ),
    ],
)
def test_an_instalment_on_a_saturday_names_its_day_and_the_last_day_on_time(
    bank: date, fields: dict[str, Any], words: str
) -> None:
    agreed = arrangement(amount=euros("100.00"), **fields)
    made = ledger(instalments((nov(14), "100.00")), bank=bank, agreements=[agreed])
    assert words in judged(made, nov(17)).why


def test_with_several_accounts_the_one_that_lags_is_named() -> None:
    made = ledger(instalments((nov(16), "100.00")), bank=nov(17))
    two = replace(made, statements=(*made.statements, Statement(account="NL02", end=nov(16))))
    assert "bekend tot en met 16-11-2026 (rekening NL02);" in judged(two, nov(17)).why


ENDS: list[Any] = [
    # instalments, money, settings, the day it stopped running
    pytest.param([(nov(2), "100.00")], [], {}, nov(16), id="broken by age"),
    pytest.param([(nov(7), "100.00")], [], {"broken_after_days": 1}, nov(10), id="by age, not before a miss"),
    pytest.param([(nov(9), "50.00"), (nov(12), "50.00")], [], {}, nov(13), id="broken by the second miss"),
    pytest.param(
        [(nov(9), "50.00"), (nov(12), "50.00")],
        [],
        {"grace_days": 2},
        nov(15),
        id="the second miss, with grace",
    ),
    pytest.param([(nov(9), "50.00")], [], {"broken_after_misses": 1}, nov(10), id="broken by the first miss"),
    pytest.param(
        [(nov(2), "50.00"), (nov(18), "50.00")], [], {}, nov(16), id="by age before the second miss"
    ),
    pytest.param(
        [(nov(17), "100.00")], [("T1", nov(11), "100.00")], {}, nov(11), id="kept by the last money"
    ),
    pytest.param([(nov(17), "100.00")], [], {}, None, id="behind"),
    pytest.param([(nov(27), "100.00")], [], {}, None, id="running"),
]


@pytest.mark.parametrize(("parts", "money", "settings", "day"), ENDS)
def test_since_when_an_arrangement_no_longer_runs(
    parts: list[tuple[date, str]], money: list[Money], settings: dict[str, Any], day: date | None
) -> None:
    made = ledger(instalments(*parts), money, **settings)
    assert judged(made).ended_on == day


def test_an_arrangement_never_ended_before_it_was_agreed() -> None:
    agreed = arrangement(amount=euros("100.00"), agreed_on=nov(18))
    made = ledger(instalments((nov(2), "100.00")), agreements=[agreed])
    assert (judged(made).status, judged(made).ended_on) == (ArrangementStatus.BROKEN, nov(18))


def test_agreed_after_the_day_nothing_is_claimed_yet() -> None:
    agreed = arrangement(amount=euros("100.00"), agreed_on=nov(21))
    state = judged(ledger(instalments((nov(2), "100.00")), agreements=[agreed]))
    assert (state.status, state.next_due) == (ArrangementStatus.INCOMPLETE, None)
    assert state.instalments[0].status is NOT_KNOWN


def test_of_a_doubled_name_the_first_row_keeps_its_money_and_status() -> None:
    first, second = arrangement(amount=euros("100.00"), row=5), arrangement(amount=euros("1.00"), row=6)
    made = ledger(instalments((nov(27), "100.00")), [("T1", nov(2), "40.00")], agreements=[first, second])
    states = arrangement_states(made, ON)
    assert [(state.status, state.next_due) for state in states] == [
        (ArrangementStatus.RUNNING, nov(27)),
        (ArrangementStatus.INCOMPLETE, None),
    ]
    assert [[one.paid for one in state.instalments] for state in states] == [[euros("40.00")], []]
    assert states[1].why == (
        "Onvolledig: Regeling R1 staat al in rij 5 en die geldt, geef deze een eigen naam."
    )


def test_after_a_late_instalment_it_runs_again() -> None:
    made = ledger(THREE, [("T1", nov(3), "100.00")], bank=nov(5))
    assert judged(made, nov(5)).why.startswith("Loopt weer op schema na 1 te late termijn: volgende")


def test_a_weekend_is_named_when_paying_may_wait() -> None:
    made = ledger(instalments((date(2026, 11, 28), "100.00")))
    assert "op 28-11-2026; betaling uiterlijk 30-11-2026 houdt" in judged(made).why


def test_an_instalment_without_day_or_amount_takes_no_money() -> None:
    parts = (
        Instalment(arrangement="R1", number="1", due=nov(2), amount=None),
        Instalment(arrangement="R1", number="2", due=None, amount=euros("50.00")),
        Instalment(arrangement="R1", number="3", due=nov(9), amount=euros("50.00")),
    )
    state = judged(ledger(parts, [("T1", nov(2), "50.00")]))
    assert state.status is ArrangementStatus.INCOMPLETE
    assert [(one.instalment.number, one.status, one.paid) for one in state.instalments] == [
        ("1", NOT_KNOWN, euros("0")),
        ("3", ON_TIME, euros("50.00")),
        ("2", NOT_KNOWN, euros("0")),
    ]


def test_without_the_day_of_the_agreement_nothing_is_claimed() -> None:
    made = ledger(THREE, [("T1", nov(2), "300.00")], agreements=[arrangement(agreed_on=None)])
    state = judged(made)
    assert state.status is ArrangementStatus.INCOMPLETE
    assert {one.status for one in state.instalments} == {NOT_KNOWN}


def test_a_newer_arrangement_of_the_same_invoice_gets_the_new_money() -> None:
    old = arrangement(id="R1", amount=euros("300.00"))
    new = arrangement(id="R2", amount=euros("100.00"), agreed_on=nov(10))
    parts = (*THREE, *instalments((nov(18), "100.00"), name="R2"))
    money = [("T1", nov(2), "100.00"), ("T2", nov(18), "100.00"), ("S2", nov(19), "-100.00")]
    made = ledger(parts, money[:2], agreements=[old, new])
    states = arrangement_states(made, ON)
    assert [[one.paid for one in state.instalments] for state in states] == [
        [euros("100.00"), euros("0"), euros("0")],
        [euros("100.00")],
    ]
    undone = arrangement_states(ledger(parts, money, agreements=[old, new]), ON)
    assert [state.instalments[0].paid for state in undone] == [euros("100.00"), euros("0")]
    turned = arrangement_states(ledger(parts, money[:2], agreements=[new, old]), ON)
    assert turned == states[::-1]


REPLACED: list[Any] = [
    # the older one's invoices, its instalment's day, Waarom and whether all of it was replaced
    pytest.param(
        ("F1",),
        nov(2),
        "Verbroken: termijn 1 van € 100,00 op 02-11-2026 is niet betaald (18 dagen te laat), maar op "
        "10-11-2026 kwam regeling R2 in de plaats van deze en wat sindsdien is betaald, telt daar; zonder "
        "regeling R2 telt het hier.",
        True,
        id="broken before",
    ),
    pytest.param(
        ("F1",),
        nov(27),
        "Loopt: op 10-11-2026 kwam regeling R2 in de plaats van deze en wat sindsdien is betaald, telt daar; "
        "zonder regeling R2 telt het hier.",
        True,
        id="nothing missed",
    ),
    pytest.param(
        ("F1", "F2"),
        nov(27),
        "Loopt: op 10-11-2026 kwam regeling R2 voor F1 in de plaats van deze en wat sindsdien daarop is "
        "betaald, telt daar; zonder regeling R2 telt het hier.",
        False,
        id="one of two invoices",
    ),
]


@pytest.mark.parametrize(("invoices", "due", "why", "replaced"), REPLACED)
def test_an_older_arrangement_says_which_one_took_its_place(
    invoices: tuple[str, ...], due: date, why: str, *, replaced: bool
) -> None:
    old = arrangement(id="R1", amount=euros("100.00"), invoices=invoices)
    new = arrangement(id="R2", amount=euros("100.00"), agreed_on=nov(10))
    parts = (*instalments((due, "100.00")), *instalments((nov(27), "100.00"), name="R2"))
    states = arrangement_states(ledger(parts, agreements=[old, new]), ON)
    assert (states[0].why, states[0].replaced) == (why, replaced)
    assert states[1].why.startswith("Loopt op schema")


def test_an_incomplete_newer_arrangement_takes_nothing_away() -> None:
    old = arrangement(id="R1", amount=euros("300.00"))
    new = arrangement(id="R2", amount=euros("100.00"), agreed_on=nov(10), terms="zsm")
    parts = (*THREE, *instalments((nov(18), "100.00"), name="R2"))
    made = ledger(parts, [("T1", nov(11), "300.00")], agreements=[old, new])
    assert arrangement_states(made, ON)[0].status is ArrangementStatus.KEPT


def test_no_arrangements() -> None:
    assert arrangement_states(Ledger(), ON) == ()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param({}, False, id="whole"),
        pytest.param({"terms": ""}, True, id="without terms"),
        pytest.param({"terms": "zo snel mogelijk"}, True, id="vague"),
        pytest.param({"amount": euros("500.01")}, True, id="a cent more than its instalments"),
        pytest.param({"agreed_on": None}, True, id="without a day"),
        pytest.param({"agreed_on": ON + timedelta(days=1)}, False, id="of a later day"),
    ],
)
def test_controle_tells_what_an_arrangement_lacks(changes: dict[str, Any], *, told: bool) -> None:
    made = ledger(instalments((nov(30), "500.00")), agreements=(arrangement(**({"row": 7} | changes)),))
    states = arrangement_states(made, ON)
    found = [one for one in arrangement_doubts(made, (), states, ON) if one.column == "Status"]
    assert [(one.sheet, one.row) for one in found] == ([("Regelingen", 7)] if told else [])
    assert all(one.found.removesuffix(".") in states[0].why for one in found)
    assert all(one.remedy.endswith("; tot dan gaan de herinneringen door.") for one in found)
