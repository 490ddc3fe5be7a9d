"""Working days and bank days.

Answers: is this a day on which we act, or on which money moves; which is the next; how many lie between.
Source: docs/regels.md, "Kalender" (public holidays of the Algemene termijnenwet, 5 May every year; bank days
are TARGET's), "Dagen" and "Verse bank".
Leaves to others: what has to wait for such a day (ladder.py, promises.py, deadlines.py).
"""

from datetime import date
from functools import lru_cache

from debiteuren.domain.days import days_after

SATURDAY = 5
"""`date.weekday()` of the first day of the weekend."""


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """Dutch public holidays of a year, with 5 May every year and Good Friday (docs/regels.md, "Kalender").

    Easter Sunday and Whit Sunday are among them; as Sundays they change nothing.
    """
    from holidays import country_holidays  # noqa: PLC0415 - a tenth of a second, only for who needs a day

    return frozenset(country_holidays("NL", categories=("public", "optional"), years=year))


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> frozenset[date]:
    """Weekdays and weekend days on which TARGET is closed for a holiday."""
    from holidays import financial_holidays  # noqa: PLC0415 - as above

    return frozenset(financial_holidays("ECB", years=year))


def is_workday(day: date) -> bool:
    """Monday to Friday and no Dutch public holiday.

    >>> is_workday(date(2026, 4, 27))  # King's Day, a Monday
    False
    """
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def is_bank_day(day: date) -> bool:
    """Monday to Friday and TARGET is open: not on 1 May, but on King's Day it is.

    >>> is_bank_day(date(2026, 5, 1)), is_bank_day(date(2026, 4, 27))
    (False, True)
    """
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


@lru_cache(maxsize=8192)
def next_workday(day: date) -> date:
    """The first working day on or after this day (at the calendar's end: its last day).

    >>> next_workday(date(2026, 11, 21))
    datetime.date(2026, 11, 23)
    """
    while not is_workday(day) and day < date.max:
        day = days_after(day, 1)
    return day


@lru_cache(maxsize=8192)
def next_bank_day(day: date) -> date:
    """The first bank day on or after this day (at the calendar's end: its last day).

    >>> next_bank_day(date(2026, 12, 25))
    datetime.date(2026, 12, 28)
    """
    while not is_bank_day(day) and day < date.max:
        day = days_after(day, 1)
    return day


def workday_after(day: date) -> date:
    """The first working day after this day, not counting itself.

    >>> workday_after(date(2026, 11, 20))
    datetime.date(2026, 11, 23)
    """
    return next_workday(days_after(day, 1))


def add_bank_days(day: date, count: int) -> date:
    """The bank day that is so many bank days after this day; 0 is the first on or after it.

    >>> add_bank_days(date(2026, 11, 20), 3)
    datetime.date(2026, 11, 25)
    """
    if count <= 0:
        return next_bank_day(day)
    for _ in range(count):
        day = next_bank_day(days_after(day, 1))
    return day


def workdays_between(first: date, last: date) -> int:
    """Working days after `first` up to and including `last`; 0 when `last` is not later.

    A weekend makes nothing older: from Tuesday to Friday is 3, to Saturday and Sunday still 3.

    >>> workdays_between(date(2026, 11, 17), date(2026, 11, 21))
    3
    """
    days = range(first.toordinal() + 1, last.toordinal() + 1)
    return sum(1 for ordinal in days if is_workday(date.fromordinal(ordinal)))
