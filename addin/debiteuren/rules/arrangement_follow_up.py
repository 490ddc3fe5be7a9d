"""What an arrangement still asks for beside its status: what to announce, what is then due, and its picture.

Answers: which instalments are announced today, what is due at once when an arrangement is broken, and how
expected and received money ran, day by day.
Source: docs/regels.md, "Aankondigen, vervallen en tijdlijn".
Leaves to others: the status (arrangements.py), the words of a letter (mail/), drawing it (book/).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from debiteuren.domain.arrangement import (
    ArrangementState,
    ArrangementStatus,
    InstalmentState,
    InstalmentStatus,
)
from debiteuren.domain.days import days_after
from debiteuren.domain.money import ZERO
from debiteuren.domain.settings import Settings


@dataclass(frozen=True, slots=True)
class Announcement:
    """An instalment to be announced; `amount`: what of it is still to come, in euros."""

    state: ArrangementState
    part: InstalmentState
    amount: Decimal


def announcements(
    arrangements: Iterable[ArrangementState], settings: Settings, on: date
) -> tuple[Announcement, ...]:
    """The next instalment of every arrangement on schedule.

    From TermijnAankondigen days before it through the day before. Who is behind or did not get his
    confirmation yet is spoken to otherwise.
    """
    if settings.announce_days <= 0:
        return ()
    found = []
    for state in arrangements:
        if state.status is not ArrangementStatus.RUNNING or state.replaced or state.replaced_by:
            continue
        part = next((one for one in state.instalments if one.status is InstalmentStatus.NOT_DUE), None)
        if part is None or part.instalment.due is None:
            continue
        if days_after(part.instalment.due, -settings.announce_days) <= on < part.instalment.due:
            found.append(Announcement(state, part, (part.instalment.amount or ZERO) - part.paid))
    return tuple(found)


def rest_due(state: ArrangementState) -> Decimal:
    """What of all its instalments has not come in, in euros: due at once when it is broken (lapse clause)."""
    return sum(
        ((part.instalment.amount or ZERO) - part.paid for part in state.instalments),
        ZERO,
    )


@dataclass(frozen=True, slots=True)
class Point:
    """Euros that should have come by the end of a day, and that had; `received` None on days to come."""

    day: date
    expected: Decimal
    received: Decimal | None


def time_line(state: ArrangementState, on: date) -> tuple[Point, ...]:
    """Expected and received, added up, on every day on which one of them changes.

    It begins with nothing on the day of the agreement; `on` is always among the days. Instalments without a
    day or amount are left out.
    """
    due: dict[date, Decimal] = {}
    for part in state.instalments:
        if part.instalment.due is not None and part.instalment.amount is not None:
            due[part.instalment.due] = due.get(part.instalment.due, ZERO) + part.instalment.amount
    came: dict[date, Decimal] = {}
    for receipt in state.money:
        came[receipt.day] = came.get(receipt.day, ZERO) + receipt.amount
    begin = state.arrangement.agreed_on
    days = sorted({*due, *came, on, *((begin,) if begin is not None else ())})
    points = []
    expected = received = ZERO
    for day in days:
        expected += due.get(day, ZERO)
        received += came.get(day, ZERO)
        points.append(Point(day, expected, received if day <= on else None))
    return tuple(points)
