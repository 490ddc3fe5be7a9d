"""Working days and bank days: docs/regels.md, "Kalender", with our own table of both calendars."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debiteuren.domain.days import days_after, dutch
from debiteuren.rules.workdays import (
    add_bank_days,
    is_bank_day,
    is_workday,
    next_bank_day,
    next_workday,
    workday_after,
    workdays_between,
)

SHARED = Path(__file__).resolve().parents[2] / "../shared/law/feestdagen.csv"
DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2060, 12, 31))

CALENDAR = [
    # day, working day, bank day, what it is
    (date(2026, 1, 1), False, False, "Nieuwjaar"),
    (date(2026, 1, 2), True, True, "de dag erna"),
    (date(2026, 4, 2), True, True, "Witte Donderdag"),
    (date(2026, 4, 3), False, False, "Goede Vrijdag"),
    (date(2026, 4, 6), False, False, "tweede paasdag"),
    (date(2026, 4, 7), True, True, "de dag erna"),
    (date(2026, 4, 27), False, True, "Koningsdag: de bank is open"),
    (date(2025, 4, 26), False, False, "Koningsdag op zaterdag"),
    (date(2025, 4, 28), True, True, "27 april op zondag schuift naar voren, niet naar achteren"),
    (date(2026, 5, 1), True, False, "1 mei: alleen de bank dicht"),
    (date(2026, 5, 5), False, True, "5 mei, elk jaar: de bank is open"),
    (date(2025, 5, 5), False, True, "5 mei in een lustrumjaar"),
    (date(2026, 5, 4), True, True, "4 mei"),
    (date(2026, 5, 14), False, True, "Hemelvaart"),
    (date(2026, 5, 15), True, True, "de vrijdag na Hemelvaart"),
    (date(2026, 5, 25), False, True, "tweede pinksterdag"),
    (date(2026, 10, 30), True, True, "gewone vrijdag"),
    (date(2026, 11, 20), True, True, "vrijdag"),
    (date(2026, 11, 21), False, False, "zaterdag"),
    (date(2026, 11, 22), False, False, "zondag"),
    (date(2026, 11, 23), True, True, "maandag"),
    (date(2026, 12, 5), False, False, "zaterdag"),
    (date(2026, 12, 24), True, True, "kerstavond"),
    (date(2026, 12, 25), False, False, "eerste kerstdag"),
    (date(2023, 12, 26), False, False, "tweede kerstdag op dinsdag"),
    (date(2026, 12, 31), True, True, "oudjaar"),
]


@pytest.mark.parametrize(("day", "works", "banks", "name"), CALENDAR, ids=str)
def test_a_day_is_a_working_day_and_a_bank_day(day: date, *, works: bool, banks: bool, name: str) -> None:
    assert (is_workday(day), is_bank_day(day)) == (works, banks), name


def test_the_days_the_project_shares_are_ours() -> None:
    if not SHARED.exists():
        pytest.skip("../shared/law/feestdagen.csv is not beside this checkout")
    with SHARED.open(encoding="utf-8") as file:
        rows = [(date.fromisoformat(row["datum"]), row) for row in csv.DictReader(file)]
    assert len(rows) > 50
    public = {day for day, row in rows if row["atw_feestdag"] == "1"}
    closed = {day for day, row in rows if row["target_gesloten"] == "1"}
    first, last = date(2024, 1, 1), date(2030, 12, 31)
    week = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    assert [day for day in week if is_workday(day)] == [
        day for day in week if day.weekday() < 5 and day not in public
    ]
    assert [day for day in week if is_bank_day(day)] == [
        day for day in week if day.weekday() < 5 and day not in closed
    ]


@pytest.mark.parametrize(
    ("day", "following", "bank"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 21), date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 4, 3), date(2026, 4, 7), date(2026, 4, 7)),
        (date(2026, 5, 1), date(2026, 5, 1), date(2026, 5, 4)),
        (date(2026, 5, 5), date(2026, 5, 6), date(2026, 5, 5)),
        (date(2026, 12, 25), date(2026, 12, 28), date(2026, 12, 28)),
        (date(9999, 12, 31), date(9999, 12, 31), date(9999, 12, 31)),
    ],
)
def test_the_next_day_is_on_or_after(day: date, following: date, bank: date) -> None:
    assert (next_workday(day), next_bank_day(day)) == (following, bank)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), 0),
        (date(2026, 11, 19), date(2026, 11, 20), 1),
        (date(2026, 11, 17), date(2026, 11, 20), 3),
        (date(2026, 11, 17), date(2026, 11, 22), 3),
        (date(2026, 11, 17), date(2026, 11, 23), 4),
        (date(2026, 11, 14), date(2026, 11, 16), 1),
        (date(2026, 12, 24), date(2026, 12, 28), 1),
        (date(2026, 11, 20), date(2026, 11, 1), 0),
    ],
)
def test_working_days_between_leave_out_the_first_and_count_the_last(
    first: date, last: date, count: int
) -> None:
    assert workdays_between(first, last) == count


@pytest.mark.parametrize(
    ("day", "count", "bank"),
    [
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 20), 3, date(2026, 11, 25)),
        (date(2026, 4, 30), 2, date(2026, 5, 5)),
        (date(2026, 12, 23), 2, date(2026, 12, 28)),
    ],
)
def test_so_many_bank_days_later(day: date, count: int, bank: date) -> None:
    assert add_bank_days(day, count) == bank


def test_the_end_of_the_calendar_is_no_fault() -> None:
    assert days_after(date(9999, 12, 30), 10**12) == date.max
    assert days_after(date(1, 1, 2), -10) == date.min
    assert workday_after(date.max) == date.max


def test_a_day_is_shown_with_two_digits_and_four() -> None:
    assert dutch(date(2026, 1, 5)) == "05-01-2026"


@given(DAYS)
def test_the_next_working_day_is_one_and_none_lies_before_it(day: date) -> None:
    found = next_workday(day)
    assert is_workday(found)
    assert not any(is_workday(day + timedelta(days=count)) for count in range((found - day).days))


@given(DAYS, st.integers(min_value=1, max_value=30))
def test_counting_on_and_counting_between_agree(day: date, count: int) -> None:
    later = day
    for _ in range(count):
        later = workday_after(later)
    assert workdays_between(day, later) == count
