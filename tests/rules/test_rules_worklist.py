"""Today's worklist: docs/regels.md, "Werklijst"; the order of what matters most."""

from datetime import date
from typing import Any

import pytest

from debiteuren.domain.arrangement import ArrangementState, ArrangementStatus, InstalmentStatus
from debiteuren.domain.debtor import Debtor
from debiteuren.domain.invoice import Action, Age, Block, InvoiceState, InvoiceStatus
from debiteuren.domain.worklist import WorkItem
from debiteuren.rules.worklist import worklist
from rules.small_ledger import FRIDAY, a_debtor, a_ledger, an_arrangement, an_invoice, dec, euros, nov, octo


def a_state(
    action: Action,
    action_on: date | None = FRIDAY,
    number: str = "F1",
    unpaid: str = "100.00",
    why: str = "Daarom.",
    **fields: Any,  # noqa: ANN401 - any field of Invoice
) -> InvoiceState:
    return InvoiceState(
        invoice=an_invoice(number, **fields),
        paid=euros("0.00"),
        unpaid=euros(unpaid),
        days_late=20,
        age=Age.TO_30,
        status=InvoiceStatus.OVERDUE,
        action=action,
        action_on=action_on,
        why=why,
    )


def items(
    *states: InvoiceState,
    debtors: list[Debtor] | None = None,
    arrangements: tuple[ArrangementState, ...] = (),
    on: date = FRIDAY,
    **settings: Any,  # noqa: ANN401 - any field of Settings
) -> tuple[WorkItem, ...]:
    ledger = a_ledger(debtors=debtors, on=on, **settings)
    return worklist(ledger, states, arrangements, on)


def of_everyone(*actions: tuple[str, Action]) -> list[InvoiceState]:
    return [a_state(action, number=f"F{name}", debtor=name) for name, action in actions]


def test_invoices_stand_in_order_of_due_day_then_number() -> None:
    first, second, third = (
        a_state(Action.REMINDER, number=number, due=due)
        for number, due in (("F9", octo(1)), ("F1", octo(2)), ("F2", octo(2)))
    )
    for states in ((first, second, third), (third, second, first), (second, first, third)):
        assert [item.invoices for item in items(*states)] == [("F9", "F1", "F2")]


def test_what_matters_most_comes_first() -> None:
    past = a_state(Action.SOLVE_DISPUTE, nov(18), "FX", debtor="X", block=Block.DISPUTED, block_until=nov(18))
    others = of_everyone(
        ("A", Action.REMINDER),
        ("B", Action.COMPLETE_DATA),
        ("C", Action.CALL),
        ("D", Action.SECOND_REMINDER),
        ("E", Action.CALL_AGAIN),
        ("F", Action.FOURTEEN_DAY_LETTER),
        ("G", Action.FINAL_DEMAND),
        ("H", Action.HAND_OVER),
        ("I", Action.SOLVE_DISPUTE),
        ("J", Action.FOLLOW_UP_PROMISE),
        ("K", Action.FOLLOW_UP_INSTALMENT),
        ("L", Action.CONFIRM_ARRANGEMENT),
    )
    found = items(*others, past)
    assert [item.invoices[0] for item in found] == [f"F{name}" for name in "XLKJIHGFEDCBA"]
    assert [item.order for item in found] == list(range(1, 14))


def test_on_its_solve_by_day_a_dispute_is_not_past_it() -> None:
    today = a_state(Action.SOLVE_DISPUTE, FRIDAY, "F2", debtor="D2", block=Block.DISPUTED, block_until=FRIDAY)
    assert [item.action for item in items(today, a_state(Action.FOLLOW_UP_PROMISE))] == [
        Action.FOLLOW_UP_PROMISE,
        Action.SOLVE_DISPUTE,
    ]


def test_then_the_larger_amount_and_then_the_older() -> None:
    found = items(
        a_state(Action.CALL, nov(20), "F1", debtor="A"),
        a_state(Action.CALL, nov(18), "F2", debtor="B"),
        a_state(Action.CALL, nov(20), "F3", debtor="C", unpaid="100.01"),
    )
    assert [item.invoices for item in found] == [("F3",), ("F2",), ("F1",)]


DUE = [
    ("vandaag", Action.REMINDER, FRIDAY, True),
    ("al dagen", Action.REMINDER, nov(2), True),
    ("morgen", Action.FOLLOW_UP_INSTALMENT, nov(23), False),
    ("wachten", Action.WAIT, nov(2), False),
    ("geen", Action.NONE, None, False),
    ("geschil met een dag die nog komt", Action.SOLVE_DISPUTE, nov(27), True),
    ("vandaag afgesproken regeling", Action.CONFIRM_ARRANGEMENT, nov(23), True),
]


@pytest.mark.parametrize(
    ("action", "action_on", "listed"), [row[1:] for row in DUE], ids=[row[0] for row in DUE]
)
def test_only_what_is_to_be_done_today_is_listed(
    action: Action, action_on: date | None, *, listed: bool
) -> None:
    assert bool(items(a_state(action, action_on))) is listed


def test_one_line_per_debtor_and_action() -> None:
    found = items(
        a_state(Action.REMINDER, nov(16), "F1", why="Jong."),
        a_state(Action.REMINDER, nov(13), "F2", "50.50", why="Oud."),
        a_state(Action.CALL, nov(20), "F3"),
        a_state(Action.REMINDER, nov(20), "F4", debtor="D2"),
        debtors=[a_debtor("D1"), a_debtor("D2")],
    )
    assert [
        (item.debtor.number, item.action, item.invoices, item.amount, item.action_on) for item in found
    ] == [
        ("D1", Action.CALL, ("F3",), euros("100.00"), nov(20)),
        ("D1", Action.REMINDER, ("F1", "F2"), euros("150.50"), nov(13)),
        ("D2", Action.REMINDER, ("F4",), euros("100.00"), nov(20)),
    ]
    assert found[1].why == "Factuur F2, de oudste van 2: Oud."
    assert found[2].why == "Daarom."


def test_reasons_that_are_the_same_are_said_once() -> None:
    found = items(a_state(Action.CALL, number="F1"), a_state(Action.CALL, number="F2"))
    assert found[0].why == "Daarom."


def test_an_unknown_debtor_shows_his_number() -> None:
    assert items(a_state(Action.COMPLETE_DATA, debtor="D9"))[0].debtor.name == "D9"


WHEN: list[tuple[str, InvoiceState, date, str]] = [
    ("vandaag", a_state(Action.REMINDER), FRIDAY, "vandaag"),
    ("sinds", a_state(Action.REMINDER, nov(12)), FRIDAY, "sinds 12-11"),
    ("sinds vorig jaar", a_state(Action.REMINDER, dec(30)), date(2027, 1, 4), "sinds 30-12-2026"),
    (
        "geschil voor een dag",
        a_state(Action.SOLVE_DISPUTE, nov(25), block=Block.DISPUTED, block_until=nov(25)),
        FRIDAY,
        "vóór 25-11",
    ),
    (
        "geschil, dag voorbij",
        a_state(Action.SOLVE_DISPUTE, nov(18), block=Block.DISPUTED, block_until=nov(18)),
        FRIDAY,
        "sinds 18-11",
    ),
    ("geschil zonder dag in het weekend", a_state(Action.SOLVE_DISPUTE, nov(23)), nov(21), "vandaag"),
    ("regeling van zaterdag", a_state(Action.CONFIRM_ARRANGEMENT, nov(23)), nov(21), "vandaag"),
]


@pytest.mark.parametrize(("state", "on", "when"), [row[1:] for row in WHEN], ids=[row[0] for row in WHEN])
def test_when_says_since_when(state: InvoiceState, on: date, when: str) -> None:
    assert items(state, on=on)[0].when == when


def test_calls_are_spread_over_the_windows_unless_the_debtor_has_his_own() -> None:
    states = [
        a_state(Action.CALL, number=f"F{name}", debtor=name, unpaid=f"{900 - place}.00")
        for place, name in enumerate("ABCDE")
    ]
    debtors = [a_debtor("A"), a_debtor("B", call_between=" 16:00-17:00 "), a_debtor("C"), a_debtor("D")]
    found = items(*states, debtors=debtors)
    assert [(item.debtor.number, item.when) for item in found] == [
        ("A", "09:30–11:30"),
        ("B", "16:00–17:00"),
        ("C", "09:30–11:30"),
        ("D", "13:30–15:30"),
        ("E", "13:30–15:30"),
    ]
    assert [item.when for item in items(states[0], call_windows=("", " "))] == ["vandaag"]
    assert [item.when for item in items(states[0], call_windows=("", "08:00-09:00"))] == ["08:00–09:00"]


def test_an_arrangement_is_about_what_was_missed_or_agreed() -> None:
    behind = an_arrangement(
        ArrangementStatus.BEHIND,
        (octo(20), InstalmentStatus.ON_TIME),
        (nov(2), InstalmentStatus.PARTLY_PAID),
        (nov(9), InstalmentStatus.MISSED),
        invoices=("F1", "F2"),
    )
    states = [a_state(Action.FOLLOW_UP_INSTALMENT, nov(3), number) for number in ("F1", "F2")]
    (item,) = items(*states, arrangements=(behind,))
    assert (item.amount, item.invoices) == (euros("90.00"), ("F1", "F2"))

    unconfirmed = an_arrangement(ArrangementStatus.TO_CONFIRM, invoices=("F1", "F2"))
    agreed = [a_state(Action.CONFIRM_ARRANGEMENT, number=number, unpaid="80.00") for number in ("F1", "F2")]
    (item,) = items(*agreed, arrangements=(unconfirmed,))
    assert item.amount == euros("100.00")
