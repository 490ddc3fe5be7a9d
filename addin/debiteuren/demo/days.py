"""The days of the demo: where its day lies between working days and bank days.

Leaves to others: what a working day or a bank day is (rules/workdays.py).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from debiteuren.rules.workdays import is_bank_day, is_workday, next_workday

DAY = timedelta(days=1)


def workday_back(day: date) -> date:
    """The last working day on or before `day`.

    >>> workday_back(date(2026, 11, 22))
    datetime.date(2026, 11, 20)
    """
    while not is_workday(day):
        day -= DAY
    return day


def bank_day_back(day: date) -> date:
    """The last bank day on or before `day`.

    >>> bank_day_back(date(2026, 5, 1))
    datetime.date(2026, 4, 30)
    """
    while not is_bank_day(day):
        day -= DAY
    return day


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days seen from `on`, the day the demo is about."""

    on: date

    def ago(self, days: int) -> date:
        """So many days before `on` (negative: after it)."""
        return self.on - days * DAY

    def workday_ago(self, days: int) -> date:
        """The last working day at least so many days before `on`."""
        return workday_back(self.ago(days))

    def workday_ahead(self, days: int) -> date:
        """The first working day at least so many days after `on`."""
        return next_workday(self.ago(-days))

    def bank_day_ago(self, days: int) -> date:
        """The last bank day at least so many days before `on`."""
        return bank_day_back(self.ago(days))

    @property
    def ready(self) -> date:
        """The last working day up to and with `on`: what was allowed then is due."""
        return workday_back(self.on)

    def still_waiting(self, wait: int) -> date:
        """A recent working day after which a wait of so many days is not over on `on`."""
        day = self.workday_ago(1)
        return day if next_workday(day + wait * DAY) > self.on else self.ready
