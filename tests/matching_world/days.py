"""Days on which banks book."""

from datetime import date, timedelta


def working(day: date) -> date:
    """A booking falls on a weekday."""
    return day + timedelta({5: 2, 6: 1}.get(day.weekday(), 0))
