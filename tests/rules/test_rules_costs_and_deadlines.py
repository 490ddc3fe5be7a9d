"""Collection costs and letter deadlines: docs/regels.md, "Wet", with our own vectors on every boundary."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debiteuren.rules.collection_costs import collection_costs
from debiteuren.rules.deadlines import hand_over_day, last_day_in_letter
from debiteuren.rules.workdays import is_workday
from rules.small_ledger import dec, nov

LAW = Path(__file__).resolve().parents[2] / "../shared/law"
TODAY = nov(21)

COSTS = [
    # principal, costs, which boundary
    ("-5.00", "0.00", "niets over een creditfactuur"),
    ("0.00", "0.00", "niets over niets"),
    ("0.01", "40.00", "minimum vanaf de eerste cent"),
    ("266.67", "40.00", "15 % is nog net het minimum"),
    ("266.70", "40.01", "15 % is net meer, halve cent naar boven"),
    ("500.00", "75.00", "15 %"),
    ("2500.00", "375.00", "eind van de eerste schijf"),
    ("2500.10", "375.01", "10 % begint"),
    ("5000.00", "625.00", "eind van de tweede schijf"),
    ("5000.20", "625.01", "5 % begint"),
    ("10000.00", "875.00", "eind van de derde schijf"),
    ("10001.00", "875.01", "1 % begint"),
    ("200000.00", "2775.00", "eind van de vierde schijf"),
    ("200002.00", "2775.01", "0,5 % begint"),
    ("999998.00", "6774.99", "net onder het maximum"),
    ("1000000.00", "6775.00", "maximum bereikt"),
    ("3000000.00", "6775.00", "nooit meer"),
]


@pytest.mark.parametrize(("principal", "costs", "name"), COSTS, ids=[row[2] for row in COSTS])
def test_costs_follow_the_scale(principal: str, costs: str, name: str) -> None:
    assert collection_costs(Decimal(principal), TODAY) == Decimal(costs), name


def test_there_is_no_scale_before_the_law() -> None:
    assert collection_costs(Decimal("100.00"), date(2012, 6, 30)) == Decimal("0.00")
    assert collection_costs(Decimal("100.00"), date(2012, 7, 1)) == Decimal("40.00")


@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal(10**8), places=2))
def test_costs_never_fall_and_stay_between_their_bounds(principal: Decimal) -> None:
    costs = collection_costs(principal, TODAY)
    assert Decimal(40) <= costs <= Decimal(6775)
    assert costs <= collection_costs(principal + 1, TODAY)


DEADLINES = [
    # sent, last day by e-mail, last day by post
    (nov(23), dec(9), dec(11)),
    (nov(19), dec(7), dec(7)),  # 16 days end on a Saturday, so do 17; 18 on a Monday
    (nov(20), dec(7), dec(8)),
    (nov(17), dec(3), dec(7)),
    (dec(9), dec(28), dec(28)),  # Christmas, Boxing Day and a Sunday
    (dec(8), dec(24), dec(28)),
    (date(2027, 4, 9), date(2027, 4, 26), date(2027, 4, 28)),  # King's Day by post
    (date(2026, 4, 17), date(2026, 5, 4), date(2026, 5, 6)),  # 5 May by post
]


@pytest.mark.parametrize(("sent", "by_email", "by_post"), DEADLINES)
def test_the_letter_prints_a_safe_last_day(sent: date, by_email: date, by_post: date) -> None:
    assert last_day_in_letter(sent, by_post=False) == by_email
    assert last_day_in_letter(sent, by_post=True) == by_post


@pytest.mark.parametrize(
    ("sent", "by_post", "day"),
    [
        (nov(23), False, dec(10)),
        (nov(24), False, dec(11)),
        (nov(25), False, dec(14)),  # last day Friday the 11th
        (dec(8), False, dec(28)),  # last day 24 December
    ],
)
def test_the_claim_may_be_handed_over_from_the_working_day_after(
    sent: date, *, by_post: bool, day: date
) -> None:
    assert hand_over_day(sent, by_post=by_post) == day


@given(sent=st.dates(min_value=date(2015, 1, 1), max_value=date(2050, 1, 1)), by_post=st.booleans())
def test_a_deadline_is_never_too_early_and_always_a_working_day(sent: date, *, by_post: bool) -> None:
    last = last_day_in_letter(sent, by_post=by_post)
    assert is_workday(last)
    assert last - sent >= timedelta(days=18 if by_post else 16)
    assert is_workday(hand_over_day(sent, by_post=by_post))
    assert hand_over_day(sent, by_post=by_post) > last


def _shared(name: str) -> Iterator[dict[str, str]]:
    path = LAW / name
    if not path.exists():
        pytest.skip(f"../shared/law/{name} is not beside this checkout")
    with path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def test_the_shared_cost_vectors_hold() -> None:
    rows = list(_shared("wik_vectors.csv"))
    assert len(rows) > 30
    found = [(row["hoofdsom"], collection_costs(Decimal(row["hoofdsom"]), TODAY)) for row in rows]
    assert found == [(row["hoofdsom"], Decimal(row["kosten"])) for row in rows]


def test_the_shared_deadline_vectors_hold() -> None:
    rows = list(_shared("deadline_vectors.csv"))
    assert len(rows) > 15
    found = [
        last_day_in_letter(date.fromisoformat(row["verzonden"]), by_post=row["kanaal"] == "post")
        for row in rows
    ]
    assert found == [date.fromisoformat(row["veilige_datum_in_brief"]) for row in rows]
