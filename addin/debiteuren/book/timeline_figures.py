"""One arrangement as two lines, expected and received, added up: the figures of the chart on Termijnen.

Answers: which arrangement is drawn, and the corners of its lines.
Source: docs/regels.md, "Aankondigen, vervallen en tijdlijn".
Leaves to others: the sums (rules/arrangement_follow_up.py), the chart itself (template/timeline_chart.py).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from debiteuren.book.layout_cells import NOTHING_DRAWN
from debiteuren.book.workbook import Cell
from debiteuren.domain.arrangement import ArrangementState, ArrangementStatus
from debiteuren.domain.debtor import Debtor
from debiteuren.domain.money import ZERO
from debiteuren.rules.arrangement_follow_up import time_line

_URGENT = (
    ArrangementStatus.BEHIND,
    ArrangementStatus.BROKEN,
    ArrangementStatus.RUNNING,
    ArrangementStatus.TO_CONFIRM,
    ArrangementStatus.KEPT,
)
"""Which is drawn when none was chosen; of the same status the last one of the sheet."""


def drawn(arrangements: Sequence[ArrangementState], chosen: str) -> ArrangementState | None:
    """The arrangement with the chosen name, else the most urgent one; None when there is none to draw."""
    able = [state for state in arrangements if state.status in _URGENT]
    named = [state for state in able if chosen and state.arrangement.id.casefold() == chosen.casefold()]
    current = [state for state in able if not (state.replaced or state.replaced_by)]
    for status in _URGENT:
        named += [state for state in reversed(current) if state.status is status]
    return next(iter(named), None)


def drawn_name(state: ArrangementState | None, debtors: Iterable[Debtor]) -> str:
    """The name of the received line: which arrangement it is, whose, and how it stands."""
    if state is None:
        return NOTHING_DRAWN
    names = {debtor.number: debtor.name for debtor in debtors}
    whose = names.get(state.arrangement.debtor, state.arrangement.debtor)
    return f"Ontvangen: {state.arrangement.id}, {whose} ({state.status.value})"


def figures(state: ArrangementState, on: date, most: int) -> list[list[Cell]]:
    """Day, expected, day, received: the corners of two lines of steps; `most` rows, the last ones repeated.

    Both run from nothing on the day of the agreement; what was received stops at `on`.
    """
    points = time_line(state, on)
    expected = _steps([(point.day, point.expected) for point in points])
    received = _steps([(point.day, point.received) for point in points if point.received is not None])
    return [
        [*one, *other] for one, other in zip(_fitted(expected, most), _fitted(received, most), strict=True)
    ]


def _steps(points: Sequence[tuple[date, Decimal]]) -> list[tuple[Cell, Cell]]:
    """Flat until the day of a change, then straight up."""
    corners: list[tuple[Cell, Cell]] = []
    before = ZERO
    for day, amount in points:
        if corners and amount != before:
            corners.append((day, float(before)))
        corners.append((day, float(amount)))
        before = amount
    return corners


def _fitted(corners: Sequence[tuple[Cell, Cell]], most: int) -> list[tuple[Cell, Cell]]:
    """So many rows: of more the last ones, of fewer the last one again, which draws nothing new."""
    kept = [*corners[-most:]]
    return kept + kept[-1:] * (most - len(kept)) if kept else [(None, None)] * most
