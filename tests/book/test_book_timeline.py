"""The figures of the chart on Termijnen: docs/regels.md, "Aankondigen, vervallen en tijdlijn"."""

from dataclasses import replace
from datetime import date

import pytest

from debiteuren.book.timeline_figures import drawn, drawn_name, figures
from debiteuren.domain.arrangement import ArrangementState, ArrangementStatus, Receipt
from debiteuren.domain.debtor import Debtor
from debiteuren.domain.money import parse_amount
from mail.plan_samples import state

ON = date(2026, 11, 30)
MISSED = replace(state(), money=(Receipt("T1", date(2026, 11, 26), parse_amount("200,00")),))


def named(name: str, status: ArrangementStatus) -> ArrangementState:
    made = state()
    return replace(made, arrangement=replace(made.arrangement, id=name), status=status)


@pytest.mark.parametrize(
    ("statuses", "chosen", "expected"),
    [
        ({}, "", None),
        ({"R1": "Onvolledig"}, "", None),
        ({"R1": "Nagekomen", "R2": "Loopt", "R3": "Achter", "R4": "Verbroken"}, "", "R3"),
        ({"R1": "Loopt", "R2": "Loopt", "R3": "Nagekomen"}, "", "R2"),
        ({"R1": "Achter", "R2": "Nagekomen"}, "r2", "R2"),
        ({"R1": "Achter"}, "R9", "R1"),
    ],
)
def test_the_chosen_one_is_drawn_else_the_most_urgent(
    statuses: dict[str, str], chosen: str, expected: str | None
) -> None:
    found = drawn([named(name, ArrangementStatus(word)) for name, word in statuses.items()], chosen)
    assert (found.arrangement.id if found else None) == expected


def test_one_that_was_replaced_is_not_urgent() -> None:
    old = replace(named("R1", ArrangementStatus.BEHIND), replaced_by="R2")
    assert drawn([old, named("R2", ArrangementStatus.TO_CONFIRM)], "") != old


def test_both_lines_run_in_steps_and_the_last_corner_repeats() -> None:
    rows = figures(MISSED, ON, 12)
    assert len(rows) == 12
    assert [row[:2] for row in rows] == [
        [date(2026, 11, 20), 0.0],
        [date(2026, 11, 26), 0.0],
        [date(2026, 11, 27), 0.0],
        [date(2026, 11, 27), 450.0],
        [date(2026, 11, 30), 450.0],
        [date(2026, 12, 28), 450.0],
        [date(2026, 12, 28), 900.0],
        [date(2027, 1, 27), 900.0],
        *[[date(2027, 1, 27), 1348.75]] * 4,
    ]
    assert [row[2:] for row in rows] == [
        [date(2026, 11, 20), 0.0],
        [date(2026, 11, 26), 0.0],
        [date(2026, 11, 26), 200.0],
        [date(2026, 11, 27), 200.0],
        *[[ON, 200.0]] * 8,
    ]
    assert [row[0] for row in figures(MISSED, ON, 2)] == [date(2027, 1, 27)] * 2


def test_the_name_above_it() -> None:
    debtor = Debtor(number="1001", name="Lotte")
    assert drawn_name(MISSED, [debtor]) == "Ontvangen: R-12, Lotte (Loopt)"
    assert drawn_name(MISSED, []) == "Ontvangen: R-12, 1001 (Loopt)"
    assert drawn_name(None, []) == "Nog geen regeling"
