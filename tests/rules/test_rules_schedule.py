"""Days and amounts of an arrangement in the making: docs/regels.md, "Een regeling maken"."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debiteuren.rules.schedule import (
    MONTHLY,
    Rhythm,
    Unit,
    example_day,
    on_workdays,
    rhythm,
    split,
    wished_days,
)
from debiteuren.rules.workdays import is_workday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("maand", MONTHLY),
        ("Maand", MONTHLY),
        ("2 maanden", Rhythm(Unit.MONTH, 2)),
        ("week", Rhythm(Unit.DAY, 7)),
        ("2 weken", Rhythm(Unit.DAY, 14)),
        ("14 dagen", Rhythm(Unit.DAY, 14)),
        ("14dagen", Rhythm(Unit.DAY, 14)),
        ("1 dag", Rhythm(Unit.DAY, 1)),
        ("14", Rhythm(Unit.DAY, 14)),
        ("366 dagen", Rhythm(Unit.DAY, 366)),
    ],
)
def test_a_rhythm_as_one_types_it(text: str, expected: Rhythm) -> None:
    assert rhythm(text) == expected


@pytest.mark.parametrize(
    "text", ["", " ", "0 dagen", "367 dagen", "jaar", "-1 dagen", "1,5 maand", "af en toe"]
)
def test_what_is_no_rhythm(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        rhythm(text)


@pytest.mark.parametrize(
    ("first", "every", "expected"),
    [
        pytest.param("2027-01-31", "maand", "2027-02-28 2027-03-31", id="a short month and back"),
        pytest.param("2028-01-31", "maand", "2028-02-29 2028-03-31", id="a leap year"),
        pytest.param("2026-11-30", "maand", "2026-12-30 2027-01-30", id="over the year's end"),
        pytest.param("2026-12-15", "2 maanden", "2027-02-15 2027-04-15", id="every two months"),
        pytest.param("2026-12-25", "week", "2027-01-01 2027-01-08", id="weekly, holidays as they fall"),
        pytest.param("2026-12-04", "10 dagen", "2026-12-14 2026-12-24", id="every ten days"),
    ],
)
def test_the_days_that_are_wished(first: str, every: str, expected: str) -> None:
    days = wished_days(date.fromisoformat(first), 3, rhythm(every))
    assert " ".join(str(day) for day in days) == f"{first} {expected}"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param("2026-12-04", "2026-12-04", id="a Friday stays"),
        pytest.param("2026-12-05", "2026-12-07", id="a Saturday"),
        pytest.param("2026-12-25", "2026-12-28", id="Christmas before a weekend"),
        pytest.param("2026-05-01", "2026-05-01", id="1 May is a working day"),
        pytest.param("2026-04-27", "2026-04-28", id="King's Day"),
        pytest.param("2026-12-05 2026-12-06 2026-12-07", "2026-12-07 2026-12-08 2026-12-09", id="never two"),
        pytest.param("2026-12-08 2026-12-04", "2026-12-08 2026-12-04", id="not rising stays not rising"),
        pytest.param("2026-12-04 2026-12-04", "2026-12-04 2026-12-04", id="twice asked stays twice"),
    ],
)
def test_days_move_to_working_days(days: str, expected: str) -> None:
    moved = on_workdays([date.fromisoformat(day) for day in days.split()])
    assert " ".join(str(day) for day in moved) == expected


@given(st.dates(date(2024, 1, 1), date(2029, 1, 1)), st.integers(1, 24), st.integers(1, 40))
def test_moved_days_rise_are_working_days_and_lie_near(first: date, count: int, step: int) -> None:
    asked = wished_days(first, count, Rhythm(Unit.DAY, step))
    moved = on_workdays(asked)
    assert all(is_workday(day) for day in moved)
    assert list(moved) == sorted(set(moved))
    if step >= 7:
        assert all(timedelta(0) <= day - was <= timedelta(5) for was, day in zip(asked, moved, strict=True))


@pytest.mark.parametrize(
    ("amount", "count", "expected"),
    [
        ("100.00", 1, "100.00"),
        ("100.00", 3, "33.33 33.33 33.34"),
        ("200.00", 3, "66.67 66.67 66.66"),
        ("0.03", 3, "0.01 0.01 0.01"),
        ("0.04", 3, "0.01 0.01 0.02"),
        ("0.05", 3, "0.02 0.02 0.01"),
        ("0.15", 10, "0.01 0.01 0.01 0.01 0.01 0.01 0.01 0.01 0.01 0.06"),
    ],
)
def test_an_amount_over_instalments(amount: str, count: int, expected: str) -> None:
    assert " ".join(str(part) for part in split(Decimal(amount), count)) == expected


@pytest.mark.parametrize(("amount", "count"), [("0.02", 3), ("100.00", 0), ("-3.00", 2)])
def test_too_little_for_so_many(amount: str, count: int) -> None:
    with pytest.raises(ValueError, match="Decimal"):
        split(Decimal(amount), count)


@given(st.integers(1, 10**9), st.integers(1, 120))
def test_instalments_always_sum_to_the_amount(cents: int, count: int) -> None:
    if cents < count:
        return
    parts = split(Decimal(cents) / 100, count)
    assert sum(parts) == Decimal(cents) / 100
    assert len(parts) == count
    assert len(set(parts[:-1])) <= 1
    assert min(parts) > 0


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-11-20", "2026-11-27"),
        ("2026-11-21", "2026-12-04"),
        ("2026-12-14", "2026-12-28"),  # Friday 25 December is a holiday
    ],
)
def test_an_example_is_a_working_day_at_least_a_week_ahead(on: str, expected: str) -> None:
    assert str(example_day(date.fromisoformat(on))) == expected
