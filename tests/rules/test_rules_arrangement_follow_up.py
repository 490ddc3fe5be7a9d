"""What to announce, what is due when it is broken, and the time line; Advies after arrangements."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debiteuren.domain.arrangement import ArrangementStatus
from debiteuren.domain.settings import Settings
from debiteuren.jobs.refresh import refresh
from debiteuren.rules.arrangement_follow_up import announcements, rest_due, time_line
from debiteuren.rules.arrangements import arrangement_states
from debiteuren.rules.behaviour import arrangements_said
from rules.small_ledger import a_debtor, nov
from rules.test_rules_arrangements import Money, arrangement, euros, instalments, judged, ledger
from rules.test_rules_arrangements_brute_force import START, random_ledger

THREE = instalments((nov(9), "100.00"), (nov(16), "100.00"), (nov(23), "100.00"))


@pytest.mark.parametrize(
    ("on", "days", "money", "expected"),
    [
        pytest.param(nov(5), 3, [], [], id="four days before"),
        pytest.param(nov(6), 3, [], [("1", "100.00")], id="three days before"),
        pytest.param(nov(8), 3, [], [("1", "100.00")], id="the day before"),
        pytest.param(nov(9), 3, [], [], id="on the day itself"),
        pytest.param(nov(6), 0, [], [], id="switched off"),
        pytest.param(nov(6), 3, [("T1", nov(2), "40.00")], [("1", "60.00")], id="part came early"),
        pytest.param(nov(6), 3, [("T1", nov(2), "100.00")], [], id="paid early"),
        pytest.param(nov(13), 3, [("T1", nov(2), "100.00")], [("2", "100.00")], id="the next one"),
        pytest.param(nov(13), 3, [], [], id="who is behind is spoken to otherwise"),
    ],
)
def test_an_instalment_is_announced(
    on: date, days: int, money: list[Money], expected: list[tuple[str, str]]
) -> None:
    made = ledger(THREE, money, bank=on, announce_days=days)
    found = announcements(arrangement_states(made, on), made.settings, on)
    assert [(one.part.instalment.number, str(one.amount)) for one in found] == expected


def test_what_is_not_confirmed_or_replaced_is_not_announced() -> None:
    given = Settings(announce_days=3)
    unconfirmed = ledger(THREE, agreements=[arrangement(amount=euros("300.00"), confirmed_on=None)])
    assert announcements(arrangement_states(unconfirmed, nov(6)), given, nov(6)) == ()
    newer = arrangement(id="R2", amount=euros("300.00"), agreed_on=nov(2), replaces="R1")
    parts = (*THREE, *(replace(part, arrangement="R2") for part in THREE))
    both = ledger(parts, agreements=[arrangement(amount=euros("300.00")), newer])
    found = announcements(arrangement_states(both, nov(6)), given, nov(6))
    assert [one.state.arrangement.id for one in found] == ["R2"]


def test_of_a_broken_arrangement_all_that_did_not_come_is_due() -> None:
    state = judged(ledger(THREE, [("T1", nov(2), "130.00")], bank=date(2026, 12, 20)), date(2026, 12, 20))
    assert state.status is ArrangementStatus.BROKEN
    assert rest_due(state) == euros("170.00")


def test_the_time_line_adds_up_day_by_day() -> None:
    state = judged(ledger(THREE, [("T1", nov(9), "100.00"), ("T2", nov(12), "50.00")], bank=nov(18)), nov(18))
    assert [(f"{one.day:%d-%m}", one.expected, one.received) for one in time_line(state, nov(18))] == [
        ("01-09", euros("0.00"), euros("0.00")),
        ("09-11", euros("100.00"), euros("100.00")),
        ("12-11", euros("100.00"), euros("150.00")),
        ("16-11", euros("200.00"), euros("150.00")),
        ("18-11", euros("200.00"), euros("150.00")),
        ("23-11", euros("300.00"), None),
    ]


@given(st.integers(0, 10**9), st.integers(0, 40))
@settings(max_examples=100, deadline=None)
def test_a_time_line_never_falls_and_ends_with_what_was_agreed(seed: int, day: int) -> None:
    from random import Random  # noqa: PLC0415 - as in the brute force tests

    made = random_ledger(Random(seed))  # noqa: S311 - a repeatable world, no secret
    on = date.fromordinal(START.toordinal() + day)
    (state,) = arrangement_states(made, on)
    points = time_line(state, on)
    assert [one.day for one in points] == sorted({one.day for one in points})
    assert points[-1].expected == made.arrangements[0].amount
    received = [one.received for one in points if one.received is not None]
    assert received == sorted(received)
    paid = sum((part.paid for part in state.instalments), Decimal(0))
    assert paid == min(received[-1], made.arrangements[0].amount or Decimal(0))


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ([], ""),
        ([True], "Kwam 1 regeling na: een volgende afspraak is het proberen waard."),
        ([True, True], "Kwam 2 regelingen na: een volgende afspraak is het proberen waard."),
        ([False], "Verbrak 1 regeling: vraag bij een nieuwe afspraak meteen een deel."),
        ([False, False], "Verbrak 2 regelingen: vraag bij een nieuwe afspraak meteen een deel."),
        ([True, False], "Verbrak 1 van de 2 regelingen: vraag bij een nieuwe afspraak meteen een deel."),
    ],
)
def test_advies_knows_how_arrangements_ended(kept: list[bool], words: str) -> None:
    assert arrangements_said(kept) == words


def test_advies_says_it_beside_the_rest() -> None:
    made = ledger(THREE, [("T1", nov(9), "300.00")], bank=nov(18))
    done = refresh(replace(made, debtors=(a_debtor(),)), nov(18))
    assert done.debtors[0].advice.endswith("Kwam 1 regeling na: een volgende afspraak is het proberen waard.")
