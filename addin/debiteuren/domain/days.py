"""Days: how we show one, and how we count on without falling off the calendar.

Answers: what does a day look like in a sentence, which day is so many days later.
Leaves to others: working days and bank days (rules/workdays.py), text to day (book/).
"""

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=4096)
def dutch(day: date) -> str:
    """The day as we show it everywhere.

    >>> dutch(date(2026, 11, 5))
    '05-11-2026'
    """
    return f"{day.day:02d}-{day.month:02d}-{day.year:04d}"


WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def spoken(day: date) -> str:
    """The day as one says it, with its weekday.

    >>> spoken(date(2026, 12, 4))
    'vrijdag 4 december 2026'
    """
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def days_after(day: date, days: int) -> date:
    """The calendar day so many days later (earlier when negative), at most the calendar's last day.

    Users write 31-12-9999 for "never"; that must not become a fault.

    >>> days_after(date(2026, 11, 30), 1)
    datetime.date(2026, 12, 1)
    >>> days_after(date.max, 1) == date.max
    True
    """
    ordinal = day.toordinal() + days
    return date.fromordinal(min(max(ordinal, 1), _LAST))


_LAST = date.max.toordinal()
