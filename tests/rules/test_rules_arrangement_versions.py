"""Arrangements that are changed, that hold costs, and money that was there already; lived day by day.

docs/regels.md, "Regeling" (Vervangt, Waarvan kosten, Toen al binnen) and "Termijn".
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debiteuren.domain.arrangement import Arrangement, ArrangementState
from debiteuren.domain.invoice import InvoiceState, InvoiceStatus
from debiteuren.domain.ledger import Allocation, AllocationKind, Ledger
from debiteuren.domain.payment import Payment, Statement
from debiteuren.jobs.refresh import refresh
from debiteuren.rules.arrangements import arrangement_states
from rules.small_ledger import a_debtor, an_invoice, dec, nov
from rules.test_rules_arrangements import Money, arrangement, euros, instalments, ledger
from rules.test_rules_arrangements_brute_force import START, random_ledger

OLD = arrangement(amount=euros("300.00"), agreed_on=nov(2), confirmed_on=nov(2))
PARTS = instalments((nov(9), "100.00"), (nov(16), "100.00"), (nov(23), "100.00"))
NEW = arrangement(id="R2", amount=euros("200.00"), agreed_on=nov(13), confirmed_on=nov(13), replaces="r1")
NEW_PARTS = instalments((nov(30), "100.00"), (dec(14), "100.00"), name="R2")
PAID = [("T1", nov(9), "100.00")]


def changed(money: Iterable[Money] = (), *, on: date, new: Arrangement = NEW) -> Ledger:
    return ledger((*PARTS, *NEW_PARTS), money, bank=on, agreements=[OLD, new])


def shown(state: ArrangementState) -> tuple[str, list[str]]:
    return state.status.value, [f"{part.status.value} {part.paid}" for part in state.instalments]


@pytest.mark.parametrize(
    ("on", "money", "old", "new"),
    [
        pytest.param(
            nov(12),
            PAID,
            ("Loopt", ["Op tijd 100.00", "Nog niet vervallen 0.00", "Nog niet vervallen 0.00"]),
            ("Onvolledig", ["Nog niet vervallen 0.00", "Nog niet vervallen 0.00"]),
            id="the day before: the change does not exist yet",
        ),
        pytest.param(
            nov(13),
            PAID,
            ("Loopt", ["Op tijd 100.00", "Nog niet vervallen 0.00", "Nog niet vervallen 0.00"]),
            ("Loopt", ["Nog niet vervallen 0.00", "Nog niet vervallen 0.00"]),
            id="on the day",
        ),
        pytest.param(
            dec(1),
            PAID,
            ("Loopt", ["Op tijd 100.00", "Nog niet vervallen 0.00", "Nog niet vervallen 0.00"]),
            ("Achter", ["Gemist 0.00", "Nog niet vervallen 0.00"]),
            id="later the old one claims no miss any more",
        ),
        pytest.param(
            dec(1),
            [*PAID, ("T2", nov(13), "60.00"), ("T3", nov(30), "40.00")],
            ("Loopt", ["Op tijd 100.00", "Nog niet vervallen 0.00", "Nog niet vervallen 0.00"]),
            ("Loopt", ["Op tijd 100.00", "Nog niet vervallen 0.00"]),
            id="money from that day on is the new one's",
        ),
        pytest.param(
            dec(1),
            [*PAID, ("S1", nov(25), "-100.00")],
            ("Loopt", ["Op tijd 100.00", "Nog niet vervallen 0.00", "Nog niet vervallen 0.00"]),
            ("Achter", ["Gemist 0.00", "Nog niet vervallen 0.00"]),
            id="a later storno changes nothing in what stood there, and takes nothing from the new one",
        ),
        pytest.param(
            nov(20),
            [],
            ("Achter", ["Gemist 0.00", "Nog niet vervallen 0.00", "Nog niet vervallen 0.00"]),
            ("Loopt", ["Nog niet vervallen 0.00", "Nog niet vervallen 0.00"]),
            id="behind when it was changed",
        ),
    ],
)
def test_a_new_version_takes_over_and_the_old_one_stays_as_it_stood(
    on: date, money: list[Money], old: tuple[str, list[str]], new: tuple[str, list[str]]
) -> None:
    states = arrangement_states(changed(money, on=on), on)
    assert [shown(state) for state in states] == [old, new]
    assert states[0].replaced_by == ("R2" if on >= nov(13) else "")


def test_the_old_version_says_which_one_took_its_place() -> None:
    old, _ = arrangement_states(changed(PAID, on=dec(1)), dec(1))
    assert old.why == (
        "Loopt: zo stond hij ervoor toen regeling R2 op 13-11-2026 in zijn plaats kwam (Vervangt); "
        "sindsdien telt alles daar, en zonder regeling R2 weer hier."
    )
    assert (old.next_due, old.replaced) == (None, True)


@pytest.mark.parametrize(
    "new",
    [
        pytest.param(replace(NEW, terms="zsm"), id="incomplete"),
        pytest.param(replace(NEW, agreed_on=nov(1)), id="agreed before the old one"),
        pytest.param(replace(NEW, replaces="R9"), id="of another one"),
    ],
)
def test_what_is_no_new_version_leaves_the_old_one_running(new: Arrangement) -> None:
    old, _ = arrangement_states(changed(PAID, on=nov(20), new=new), nov(20))
    assert old.replaced_by == ""


def test_two_that_name_each_other_replace_nothing() -> None:
    one = replace(OLD, replaces="R2", agreed_on=nov(13))
    states = arrangement_states(ledger((*PARTS, *NEW_PARTS), agreements=[one, NEW]), nov(13))
    assert [state.replaced_by for state in states] == ["", ""]


def test_on_one_day_vervangt_decides_and_not_the_name() -> None:
    first = replace(OLD, id="Z", agreed_on=nov(13))
    parts = (*(replace(part, arrangement="Z") for part in PARTS), *NEW_PARTS)
    made = ledger(
        parts, [("T1", nov(13), "100.00")], bank=nov(20), agreements=[first, replace(NEW, replaces="Z")]
    )
    old, new = arrangement_states(made, nov(20))
    assert (old.replaced_by, old.instalments[0].paid, new.instalments[0].paid) == (
        "R2",
        euros("0.00"),
        euros("100.00"),
    )


def lived(made: Ledger, on: date) -> tuple[InvoiceState, tuple[ArrangementState, ...]]:
    """As a run on that day finds it: the bank is known through it, nothing later was booked."""
    known = {one.transaction for one in made.payments if one.booked <= on}
    today = replace(
        made,
        payments=tuple(one for one in made.payments if one.transaction in known),
        allocations=tuple(one for one in made.allocations if one.transaction in known),
        statements=(Statement(account="NL01", end=on),),
    )
    done = refresh(today, on)
    return done.invoices[0], done.arrangements


def story(money: Iterable[Money], *arrangements: Arrangement, **fields: Any) -> Ledger:  # noqa: ANN401 - any field of Settings
    made = ledger((*PARTS, *NEW_PARTS), money, agreements=arrangements or [OLD], **fields)
    return replace(made, invoices=(an_invoice(amount=euros("300.00")),), debtors=(a_debtor(),))


def life(made: Ledger, *days: date) -> list[tuple[str, str, str]]:
    out = []
    for day in days:
        invoice, states = lived(made, day)
        out.append((states[0].status.value, invoice.status.value, invoice.action.value))
    return out


def test_the_life_of_one_that_is_kept() -> None:
    made = story([("T1", nov(9), "100.00"), ("T2", nov(13), "100.00"), ("T3", nov(24), "100.00")])
    assert life(made, nov(3), nov(10), nov(17), nov(24), nov(25)) == [
        ("Loopt", "Regeling", "Geen"),
        ("Loopt", "Regeling", "Geen"),
        ("Loopt", "Regeling", "Geen"),
        ("Nagekomen", "Betaald", "Geen"),
        ("Nagekomen", "Betaald", "Geen"),
    ]
    assert lived(made, nov(25))[1][0].instalments[2].days_late == 1


def test_the_life_of_one_that_is_late_broken_and_healed() -> None:
    made = story([("T1", nov(12), "100.00"), ("T2", dec(14), "200.00")])
    assert life(made, nov(9), nov(10), nov(11), nov(12), nov(18), nov(25), dec(14)) == [
        ("Loopt", "Regeling", "Geen"),
        ("Achter", "Regeling", "Termijn opvolgen"),
        ("Achter", "Regeling", "Termijn opvolgen"),
        ("Loopt", "Regeling", "Geen"),
        ("Achter", "Regeling", "Termijn opvolgen"),
        ("Verbroken", "Te laat", "Herinnering sturen"),
        ("Nagekomen", "Betaald", "Geen"),
    ]


def test_a_miss_is_followed_up_on_the_working_day_after_it() -> None:
    invoice, _ = lived(story([]), nov(10))
    assert invoice.action_on == nov(10)
    late = story([], replace(OLD, amount=euros("300.00")))
    parts = (replace(PARTS[0], due=nov(6)), *PARTS[1:])
    invoice, _ = lived(replace(late, instalments=parts), nov(10))
    assert invoice.action_on == nov(9)


def test_the_life_of_one_that_is_refunded() -> None:
    made = story([("T1", nov(9), "100.00"), ("S1", nov(12), "-100.00")])
    assert life(made, nov(10), nov(11), nov(12), nov(13)) == [
        ("Loopt", "Regeling", "Geen"),
        ("Loopt", "Regeling", "Geen"),
        ("Achter", "Regeling", "Termijn opvolgen"),
        ("Achter", "Regeling", "Termijn opvolgen"),
    ]


def test_the_life_of_one_that_is_paid_off_at_once() -> None:
    made = story([("T1", nov(5), "300.00")])
    assert life(made, nov(4), nov(5), nov(23)) == [
        ("Loopt", "Regeling", "Geen"),
        ("Nagekomen", "Betaald", "Geen"),
        ("Nagekomen", "Betaald", "Geen"),
    ]
    assert [part.proof for part in lived(made, nov(5))[1][0].instalments] == [("T1",)] * 3


def test_the_life_of_one_that_is_changed() -> None:
    made = story([("T1", nov(9), "100.00"), ("T2", nov(30), "100.00"), ("T3", dec(14), "100.00")], OLD, NEW)
    assert life(made, nov(12), nov(13), nov(20), dec(1), dec(14)) == [
        ("Loopt", "Regeling", "Geen"),
        ("Loopt", "Regeling", "Geen"),
        ("Loopt", "Regeling", "Geen"),
        ("Loopt", "Regeling", "Geen"),
        ("Loopt", "Betaald", "Geen"),
    ]
    assert lived(made, dec(14))[1][1].status.value == "Nagekomen"


def test_a_broken_new_version_gives_the_invoice_back_to_the_ladder() -> None:
    invoice, (old, new) = lived(story([("T1", nov(9), "100.00")], OLD, NEW), dec(15))
    assert (old.status.value, new.status.value) == ("Loopt", "Verbroken")
    assert invoice.status is InvoiceStatus.OVERDUE


@pytest.mark.parametrize(
    ("extras", "payments", "expected"),
    [
        pytest.param(
            {}, [("T1", nov(9), "110.00", "100.00")], ["100.00", "0.00"], id="without: nothing more"
        ),
        pytest.param(
            {"costs": euros("40.00")},
            [("T1", nov(9), "110.00", "100.00")],
            ["110.00", "0.00"],
            id="what came above the invoices pays the costs",
        ),
        pytest.param(
            {"costs": euros("30.00"), "interest": euros("10.00")},
            [("T1", nov(9), "160.00", "100.00")],
            ["120.00", "20.00"],
            id="never more than costs and interest together",
        ),
        pytest.param(
            {"costs": euros("40.00")},
            [("T1", nov(9), "130.00", "100.00"), ("T2", nov(10), "20.00", "0.01")],
            ["120.00", "20.01"],
            id="over several payments",
        ),
        pytest.param(
            {"costs": euros("40.00")},
            [("T1", nov(9), "130.00", "100.00"), ("S1", nov(10), "-130.00", "-100.00")],
            ["0.00", "0.00"],
            id="a storno takes both back",
        ),
        pytest.param(
            {"costs": euros("40.00")},
            [("T1", nov(1), "130.00", "100.00")],
            ["0.00", "0.00"],
            id="money from before the agreement counts for nothing",
        ),
    ],
)
def test_agreed_costs_and_interest_are_paid_by_what_comes_above_the_invoices(
    extras: dict[str, Any], payments: list[tuple[str, date, str, str]], expected: list[str]
) -> None:
    made = ledger(
        instalments((nov(16), "120.00"), (nov(23), "120.00")),
        bank=nov(12),
        agreements=[replace(OLD, amount=euros("240.00"), **extras)],
    )
    made = replace(
        made,
        payments=tuple(
            Payment(transaction=name, booked=day, amount=euros(amount)) for name, day, amount, _ in payments
        ),
        allocations=tuple(
            Allocation(transaction=name, invoice="F1", amount=euros(placed))
            for name, _, _, placed in payments
        ),
    )
    (state,) = arrangement_states(made, nov(12))
    assert [str(part.paid) for part in state.instalments] == expected


def test_what_stands_as_costs_on_koppelingen_is_not_counted_twice() -> None:
    made = ledger(
        instalments((nov(16), "120.00"), (nov(23), "120.00")),
        [("T1", nov(9), "150.00")],
        bank=nov(12),
        agreements=[replace(OLD, amount=euros("240.00"), costs=euros("40.00"))],
    )
    rows = (
        Allocation(transaction="T1", invoice="F1", amount=euros("100.00")),
        Allocation(transaction="T1", invoice="F1", amount=euros("30.00"), kind=AllocationKind.COSTS),
    )
    (state,) = arrangement_states(replace(made, allocations=rows), nov(12))
    assert [str(part.paid) for part in state.instalments] == ["120.00", "20.00"]


@pytest.mark.parametrize(
    ("already_in", "money", "expected"),
    [
        pytest.param("40.00", [("T1", nov(2), "40.00")], "0.00", id="what was in fills nothing"),
        pytest.param("40.00", [("T1", nov(2), "60.00")], "20.00", id="what came later that day does"),
        pytest.param(
            "40.00",
            [("T1", nov(2), "40.00"), ("T2", nov(2), "25.00")],
            "25.00",
            id="a second payment that day",
        ),
        pytest.param("40.00", [("T1", nov(3), "40.00")], "40.00", id="the day after counts"),
        pytest.param(
            "40.00",
            [("T1", nov(2), "40.00"), ("S1", nov(5), "-40.00")],
            "0.00",
            id="its storno takes nothing",
        ),
        pytest.param(
            "40.00",
            [("T1", nov(2), "40.00"), ("T2", nov(4), "30.00"), ("S1", nov(5), "-40.00")],
            "30.00",
            id="nor from other money",
        ),
    ],
)
def test_money_that_was_in_before_the_agreement_of_that_day(
    already_in: str, money: list[Money], expected: str
) -> None:
    made = ledger(PARTS, money, bank=nov(8), agreements=[replace(OLD, already_in=euros(already_in))])
    (state,) = arrangement_states(made, nov(8))
    assert str(sum((part.paid for part in state.instalments), Decimal(0)) + euros("0.00")) == expected


def with_version(made: Ledger, random: Random) -> Ledger:
    """The random arrangement, changed on a random day into two instalments of what was agreed."""
    (old,) = made.arrangements
    day = START + timedelta(random.randint(0, 25))
    new = replace(old, id="R2", agreed_on=day, replaces="R1", confirmed_on=day, already_in=None)
    cents = int((old.amount or Decimal(0)) * 100)
    first = Decimal(cents // 2 or 1) / 100
    amounts = [first, (old.amount or Decimal(0)) - first]
    parts = [
        replace(
            made.instalments[0],
            arrangement="R2",
            number=str(place),
            due=day + timedelta(7 * place),
            amount=amount,
        )
        for place, amount in enumerate(amounts, start=1)
        if amount > 0
    ]
    return replace(made, arrangements=(old, new), instalments=(*made.instalments, *parts))


@given(st.integers(0, 10**9), st.integers(0, 45), st.integers(1, 20))
@settings(max_examples=150, deadline=None)
def test_no_payment_counts_for_two_versions_and_the_old_one_stands_still(
    seed: int, day: int, later: int
) -> None:
    random = Random(seed)  # noqa: S311 - a repeatable world, no secret
    made = with_version(random_ledger(random), random)
    on = START + timedelta(day)
    made = replace(made, statements=(Statement(account="", end=START + timedelta(90)),))
    states = arrangement_states(made, on)
    came = {one.transaction: max(one.amount, Decimal(0)) for one in made.payments}
    for name, amount in came.items():
        counted = sum(
            (receipt.amount for state in states for receipt in state.money if receipt.transaction == name),
            Decimal(0),
        )
        assert counted <= amount
    since = made.arrangements[1].agreed_on
    assert since is not None
    if on > since:
        after = arrangement_states(made, on + timedelta(later))
        assert (after[0].status, after[0].instalments) == (states[0].status, states[0].instalments)
