"""The days and amounts of an arrangement in the making.

Answers: on which days instalments fall in a rhythm, and how an amount is dealt out over them to the cent.
Source: docs/regels.md, "Een regeling maken"; rule A22 (exact days, exact amounts).
Leaves to others: whether the arrangement may be made (arrangement_checks.py), writing it (jobs/arrange.py).
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from debiteuren.domain.days import days_after
from debiteuren.domain.money import CENT, ZERO, to_cents
from debiteuren.rules.workdays import next_workday, workday_after

DECEMBER = 12
FRIDAY = 4
"""`date.weekday()` of the day that examples name."""
MOST_INSTALMENTS = 120
_LONGEST_STEP = 366


class Unit(Enum):
    """What a rhythm counts in."""

    MONTH = "maand"
    DAY = "dag"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every so many months, on the same day of the month, or every so many days."""

    unit: Unit = Unit.MONTH
    step: int = 1


MONTHLY = Rhythm()
_WORDS = {"maand": Unit.MONTH, "maanden": Unit.MONTH, "dag": Unit.DAY, "dagen": Unit.DAY, "": Unit.DAY}
_WEEKS = frozenset({"week", "weken"})
_RHYTHM = re.compile(r"(?P<step>\d{1,3})?\s*(?P<unit>[a-z]*)", re.ASCII)


def rhythm(text: str) -> Rhythm:
    """A rhythm as one types it: maand, week, 14 dagen, 2 weken, or a bare number of days.

    >>> rhythm("week")
    Rhythm(unit=<Unit.DAY: 'dag'>, step=7)

    Raises:
        ValueError: it is none of these, or no step at all.
    """
    found = _RHYTHM.fullmatch(" ".join(text.casefold().split()))
    if found is None or not (found["step"] or found["unit"]):
        raise ValueError(text)
    step = int(found["step"] or 1)
    if found["unit"] in _WEEKS:
        unit, step = Unit.DAY, step * 7
    elif found["unit"] in _WORDS:
        unit = _WORDS[found["unit"]]
    else:
        raise ValueError(text)
    if not 1 <= step <= _LONGEST_STEP:
        raise ValueError(text)
    return Rhythm(unit, step)


def wished_days(first: date, count: int, every: Rhythm = MONTHLY) -> tuple[date, ...]:
    """So many days in that rhythm, weekends and holidays as they fall.

    Monthly keeps the day of the month, or takes a shorter month's last day.

    >>> [str(day) for day in wished_days(date(2027, 1, 31), 3)]
    ['2027-01-31', '2027-02-28', '2027-03-31']
    """
    if every.unit is Unit.DAY:
        return tuple(days_after(first, place * every.step) for place in range(count))
    return tuple(_months_after(first, place * every.step) for place in range(count))


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, DECEMBER)
    year = day.year + years
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def on_workdays(days: Iterable[date]) -> tuple[date, ...]:
    """Each day, or the first working day after it; never two on one day.

    >>> [str(day) for day in on_workdays([date(2026, 12, 5), date(2026, 12, 6)])]
    ['2026-12-07', '2026-12-08']
    """
    moved: list[date] = []
    wished = date.min
    for day in days:
        working = next_workday(day)
        # Days that do not rise as asked stay so: that is for the checks to say.
        if moved and day > wished and working <= moved[-1]:
            working = workday_after(moved[-1])
        wished = day
        moved.append(working)
    return tuple(moved)


def split(amount: Decimal, count: int) -> tuple[Decimal, ...]:
    """An amount in euros over so many instalments, equal to the cent; the last one takes the rounding.

    >>> [str(part) for part in split(Decimal("100.00"), 3)]
    ['33.33', '33.33', '33.34']

    Raises:
        ValueError: no instalments, or fewer cents than instalments.
    """
    if count < 1 or amount < CENT * count:
        raise ValueError((amount, count))
    part = to_cents(amount / count)
    if amount - part * (count - 1) <= ZERO:
        part -= CENT
    return (*[part] * (count - 1), amount - part * (count - 1))


def example_day(on: date) -> date:
    """A day to name as an example: a Friday at least a week ahead, or the working day after it.

    >>> example_day(date(2026, 11, 21))
    datetime.date(2026, 12, 4)
    """
    week = days_after(on, 7)
    return next_workday(days_after(week, (FRIDAY - week.weekday()) % 7))
