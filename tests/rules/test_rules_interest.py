"""Statutory interest: docs/regels.md, "Rente", with own examples worked out by hand on every boundary."""

import csv
import doctest
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debiteuren.domain.ledger import Ledger
from debiteuren.domain.settings import DayCount, Settings
from debiteuren.rules import interest as module
from debiteuren.rules.doubts import doubts
from debiteuren.rules.interest import InterestKind, interest, interest_kind, rate_doubts
from debiteuren.rules.statutory import STATUTORY_RATES, TRADE_RATES, Rate
from reminder_examples import BAKERY, LOTTE

VECTORS = Path(__file__).resolve().parents[2] / "../shared/law/rente_vectors.csv"
LAW, TRADE = InterestKind.STATUTORY, InterestKind.TRADE


EXAMPLES = [
    # kind, principal, due, through, at 365 days, by the year of default, what it shows
    (LAW, "3650.00", (2025, 2, 28), (2025, 2, 28), "0.00", "0.00", "on the due day itself nothing"),
    (LAW, "3650.00", (2025, 2, 28), (2025, 3, 1), "0.60", "0.60", "the day after counts"),
    (LAW, "3650.00", (2025, 2, 28), (2025, 3, 2), "1.20", "1.20", "the payment day counts"),
    (LAW, "3660.00", (2023, 2, 28), (2023, 3, 1), "0.40", "0.40", "a year of default with 29 February"),
    (LAW, "366000.00", (2023, 2, 28), (2023, 3, 1), "40.11", "40.00", "and by that year 1/366"),
    (LAW, "1000.00", (2023, 12, 31), (2024, 12, 31), "70.19", "70.00", "a leap year in full"),
    (LAW, "1000.00", (2024, 12, 31), (2025, 12, 31), "60.00", "60.00", "a year at one rate"),
    (LAW, "1000.00", (2024, 12, 31), (2026, 1, 1), "60.12", "60.12", "interest on interest after a year"),
    (LAW, "100000.00", (2024, 12, 31), (2026, 1, 1), "6011.62", "6011.62", "the same, to be seen"),
    (LAW, "100000.00", (2025, 6, 30), (2026, 1, 1), "3035.62", "3035.62", "not compound on 1 January"),
    (TRADE, "10000.00", (2026, 6, 28), (2026, 7, 2), "11.26", "11.26", "a running claim follows the rate"),
    (TRADE, "10000.00", (2025, 6, 30), (2025, 7, 1), "2.78", "2.78", "from the first of July"),
    (LAW, "0.00", (2025, 2, 28), (2026, 2, 28), "0.00", "0.00", "nothing over nothing"),
    (LAW, "-50.00", (2025, 2, 28), (2026, 2, 28), "0.00", "0.00", "nothing over a credit note"),
    (LAW, "1000.00", (2024, 2, 28), (2025, 2, 28), "68.58", "68.39", "a claim from 29 February"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "principal", "due", "through", "fixed", "by_year", "name"),
    EXAMPLES,
    ids=[row[-1] for row in EXAMPLES],
)
def test_interest_to_the_cent(
    kind: InterestKind,
    principal: str,
    due: tuple[int, int, int],
    through: tuple[int, int, int],
    fixed: str,
    by_year: str,
    name: str,
) -> None:
    given_days = Decimal(principal), date(*due), date(*through), kind
    found = interest(*given_days, DayCount.FIXED), interest(*given_days, DayCount.DEFAULT_YEAR)
    assert found == (Decimal(fixed), Decimal(by_year)), name


def test_by_itself_a_consumer_counts_by_the_year_of_default_and_a_business_by_365() -> None:
    days = Decimal(1000), date(2023, 12, 31), date(2024, 12, 31)
    assert interest(*days, LAW) == interest(*days, LAW, DayCount.DEFAULT_YEAR) == Decimal("70.00")
    assert interest(*days, TRADE) == interest(*days, TRADE, DayCount.FIXED) == Decimal("124.08")


@pytest.mark.parametrize(
    ("kind", "due", "known"),
    [(LAW, date(2001, 12, 31), True), (LAW, date(2001, 12, 30), False), (TRADE, date(2009, 6, 29), False)],
)
def test_before_the_first_rate_nobody_knows(kind: InterestKind, due: date, *, known: bool) -> None:
    assert (interest(Decimal(100), due, date(2026, 1, 1), kind) is not None) is known


def test_who_owes_which() -> None:
    assert interest_kind(BAKERY) is TRADE
    assert interest_kind(LOTTE) is LAW
    assert interest_kind(replace(BAKERY, kind=None)) is LAW


@pytest.mark.parametrize("rates", [STATUTORY_RATES, TRADE_RATES])
def test_the_rates_stand_in_order_of_day(rates: tuple[Rate, ...]) -> None:
    days = [rate.since for rate in rates]
    assert days == sorted(set(days))


@given(
    principal=st.decimals(min_value=Decimal("0.01"), max_value=Decimal(10**7), places=2),
    due=st.dates(min_value=date(2010, 1, 1), max_value=date(2026, 11, 1)),
    days=st.integers(min_value=0, max_value=2500),
    kind=st.sampled_from(InterestKind),
    count=st.sampled_from(DayCount),
)
def test_interest_never_falls_with_time(
    principal: Decimal, due: date, days: int, kind: InterestKind, count: DayCount
) -> None:
    now = interest(principal, due, due + timedelta(days=days), kind, count)
    later = interest(principal, due, due + timedelta(days=days + 1), kind, count)
    assert now is not None
    assert later is not None
    assert Decimal(0) <= now <= later + Decimal("0.01")  # a stretch is rounded on its own


@pytest.mark.parametrize(
    ("on", "warned"),
    [
        (date(2026, 7, 1), False),
        (date(2027, 1, 31), False),
        (date(2027, 2, 1), True),
        (date(2030, 1, 1), True),
    ],
)
def test_old_rates_are_told_when_interest_is_asked_for(on: date, *, warned: bool) -> None:
    assert bool(rate_doubts(on)) is warned
    with_interest = Ledger(settings=Settings(with_interest=True))
    assert [problem.column for problem in doubts(with_interest, (), on)] == (["Rente"] if warned else [])
    assert doubts(Ledger(), (), on) == ()


def test_the_shared_vectors_hold() -> None:
    if not VECTORS.exists():
        pytest.skip("../shared/law/rente_vectors.csv is not beside this checkout")
    with VECTORS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 10
    for row in rows:
        kind = TRADE if row["soort"] == "handels" else LAW
        days = date.fromisoformat(row["vervaldatum"]), date.fromisoformat(row["rente_tm"])
        found = [
            interest(Decimal(row["hoofdsom"]), *days, kind, count)
            for count in (DayCount.FIXED, DayCount.DEFAULT_YEAR)
        ]
        assert found == [Decimal(row["rente_act365"]), Decimal(row["rente_act_verzuimjaar"])], row


def test_the_example_in_the_code_holds() -> None:
    assert doctest.testmod(module).failed == 0
