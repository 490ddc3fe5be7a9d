"""Since when an arrangement no longer runs.

Answers: the day on which misses broke it, or the last money kept it.
Source: docs/regels.md, "Regeling" (VerbrokenNaMissers, VerbrokenNaDagen) and "Actie op" (never
inside a running arrangement).
Leaves to others: the status itself (arrangements.py), the ladder after it (ladder_action.py).
"""

from collections.abc import Sequence
from datetime import date

from debiteuren.domain.arrangement import Arrangement, ArrangementStatus, InstalmentState
from debiteuren.domain.days import days_after
from debiteuren.domain.settings import Settings
from debiteuren.rules.instalments import last_day_on_time


def breaks_on(missed: Sequence[InstalmentState], settings: Settings) -> date:
    """The day on which these misses break an arrangement when nothing more is paid.

    A miss counts from the day after the last day on which paying was on time. There is at least one.
    """
    first_days: list[date] = []
    too_old: list[date] = []
    for state in missed:
        due = state.instalment.due or date.min
        first_day = days_after(last_day_on_time(due, settings.grace_days), 1)
        first_days.append(first_day)
        too_old.append(max(first_day, days_after(due, settings.broken_after_days)))
    enough = max(settings.broken_after_misses, 1)
    by_count = sorted(first_days)[enough - 1 : enough]
    return min(*too_old, *by_count, date.max)


def ended_on(
    arrangement: Arrangement,
    status: ArrangementStatus,
    states: Sequence[InstalmentState],
    missed: Sequence[InstalmentState],
    settings: Settings,
) -> date | None:
    """The day on which it stopped running; None while it runs, and when it never could.

    `missed`: those of `states` that are missed or paid in part past their day.
    """
    if status is ArrangementStatus.BROKEN:
        day = breaks_on(missed, settings)
    elif status is ArrangementStatus.KEPT:
        day = max((state.paid_on for state in states if state.paid_on is not None), default=date.min)
    else:
        return None
    return max(day, arrangement.agreed_on or date.min)
