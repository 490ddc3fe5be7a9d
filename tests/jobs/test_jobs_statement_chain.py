"""Afschriften as a chain: what is known, and on which days a statement is missing."""

from datetime import date
from decimal import Decimal

import pytest

from debiteuren.domain.payment import Statement
from debiteuren.domain.problem import Severity
from debiteuren.jobs.statement_chain import gaps, is_known

OWN = "NL20INGB0001234567"


def _statement(
    begin: int, end: int, opening: str | None = None, closing: str | None = None, account: str = OWN
) -> Statement:
    return Statement(
        account=account,
        begin=date(2026, 11, begin),
        end=date(2026, 11, end),
        opening=None if opening is None else Decimal(opening),
        closing=None if closing is None else Decimal(closing),
        lines=1,
    )


@pytest.mark.parametrize(
    ("known", "row", "brings", "expected"),
    [
        pytest.param([], _statement(1, 2), False, False, id="nothing known"),
        pytest.param([_statement(1, 2)], _statement(1, 2), True, True, id="the same row"),
        pytest.param([_statement(1, 4)], _statement(2, 3), False, True, id="days within, brings nothing"),
        pytest.param(
            [_statement(1, 4)], _statement(2, 3), True, False, id="days within, but brings a booking"
        ),
        pytest.param([_statement(1, 4)], _statement(2, 5), False, False, id="a day more"),
        pytest.param([_statement(2, 4)], _statement(1, 4), False, False, id="a day before"),
        pytest.param(
            [_statement(1, 2), _statement(3, 4)], _statement(1, 4), False, True, id="two that touch"
        ),
        pytest.param(
            [_statement(1, 2), _statement(4, 5)], _statement(1, 5), False, False, id="a day between"
        ),
        pytest.param(
            [_statement(1, 4, account="NL61RABO0300123456")],
            _statement(2, 3),
            False,
            False,
            id="another account",
        ),
        pytest.param(
            [_statement(1, 4, account="1234567")], _statement(2, 3), False, True, id="number for IBAN"
        ),
    ],
)
def test_whether_a_statement_is_known(
    known: list[Statement], row: Statement, *, brings: bool, expected: bool
) -> None:
    assert is_known(row, known, brings=brings) is expected


@pytest.mark.parametrize(
    ("known", "fresh", "days"),
    [
        pytest.param([], [_statement(1, 2, "1", "2")], [], id="the first statement"),
        pytest.param([_statement(1, 2, "1", "2")], [_statement(3, 4, "2", "3")], [], id="it fits"),
        pytest.param(
            [_statement(1, 2, "1", "2")], [_statement(2, 4, "2", "3")], [], id="opening on the day before"
        ),
        pytest.param(
            [_statement(1, 2, "1", "2")], [_statement(6, 7, "2", "3")], [], id="quiet days that fit"
        ),
        pytest.param(
            [_statement(1, 2, "1", "2")],
            [_statement(6, 7, "5", "6")],
            ["van 03-11-2026 t/m 05-11-2026"],
            id="three days missing",
        ),
        pytest.param(
            [_statement(1, 2, "1", "2")],
            [_statement(4, 5, "5", "6")],
            ["van 03-11-2026"],
            id="one day missing",
        ),
        pytest.param(
            [_statement(1, 2, "1", "2")],
            [_statement(3, 4, "5", "6")],
            ["tussen 02-11-2026 en 03-11-2026"],
            id="next day, but the balances do not meet",
        ),
        pytest.param(
            [_statement(6, 7, "5", "6")],
            [_statement(1, 2, "1", "2")],
            ["van 03-11-2026 t/m 05-11-2026"],
            id="the earlier one comes in later",
        ),
        pytest.param(
            [_statement(1, 2, "1", "2"), _statement(6, 7, "5", "6")],
            [_statement(8, 9, "6", "7")],
            [],
            id="an old gap is not named again",
        ),
        pytest.param(
            [_statement(1, 2, "1", "2"), _statement(6, 7, "5", "6")],
            [_statement(3, 5, "2", "5")],
            [],
            id="the missing one fills the gap",
        ),
        pytest.param(
            [_statement(1, 5, "1", "5")], [_statement(4, 8, "3", "9")], [], id="an overlap is no gap"
        ),
        pytest.param([_statement(1, 5, "1", "5")], [_statement(2, 3, "7", "8")], [], id="days within"),
        pytest.param(
            [_statement(2, 3, "1", "5")], [_statement(1, 2, "1", "4")], [], id="another format, a day less"
        ),
        pytest.param(
            [_statement(2, 3, "2", "5")],
            [_statement(1, 2, "1", "4")],
            ["tussen 02-11-2026 en 02-11-2026"],
            id="as many days, but it starts elsewhere",
        ),
        pytest.param(
            [_statement(3, 3, "1", "2")], [_statement(3, 3, "2", "4")], [], id="two pages of one day"
        ),
        pytest.param([_statement(1, 2)], [_statement(6, 7, "5", "6")], [], id="no balances before"),
        pytest.param([_statement(1, 2, "1", "2")], [_statement(6, 7)], [], id="no balances now"),
        pytest.param(
            [_statement(1, 2, "1", "2", account="NL61RABO0300123456")],
            [_statement(6, 7, "5", "6")],
            [],
            id="another account",
        ),
    ],
)
def test_where_days_are_missing(known: list[Statement], fresh: list[Statement], days: list[str]) -> None:
    found = gaps(known, fresh)
    assert [problem.severity for problem in found] == [Severity.WARNING] * len(days)
    assert [problem.found.split("boekingen ")[1].split(":")[0] for problem in found] == days


def test_an_opening_balance_of_its_own_day_overlaps_the_statement_that_ends_on_it() -> None:
    before, after = _statement(1, 2, "1", "3"), _statement(2, 4, "2", "5")
    assert len(gaps([before], [after])) == 1
    assert gaps([before], [after], [after]) == []


def test_a_gap_says_both_balances() -> None:
    (problem,) = gaps([_statement(1, 2, "1", "2")], [_statement(6, 7, "5", "6")])
    assert str(problem) == (
        "Afschriften, kolom Beginsaldo\n"
        "  Van NL20INGB0001234567 ontbreken boekingen van 03-11-2026 t/m 05-11-2026: het afschrift t/m "
        "02-11-2026 eindigt op € 2,00, dat van 06-11-2026 begint op € 5,00.\n"
        "  Wat te doen: Download bij uw bank ook de ontbrekende dagen en lees ze in."
    )


def test_a_year_of_daily_statements_is_checked_at_once() -> None:
    days = [date.fromordinal(date(2026, 1, 1).toordinal() + at) for at in range(3000)]
    rows = [
        Statement(account=OWN, begin=day, end=day, opening=Decimal(at), closing=Decimal(at + 1))
        for at, day in enumerate(days)
    ]
    assert gaps([], rows) == []
