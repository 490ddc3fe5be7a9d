"""The matcher on a made-up world: how right it is, and what must hold whatever it makes of it.

The floors are the targets (docs/metingen.md, "Koppelen"), on companies of 2,000 bookings.
"""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest

from debiteuren.domain.ledger import Ledger
from debiteuren.domain.payment import CHOSEN, MatchStatus, Payment
from debiteuren.rules.matching import Matching, match
from debiteuren.rules.number_index import NumberIndex
from matching_world import World, make_world, messy
from matching_world.judging import Report, judge
from matching_world.numbers import STYLES
from rules.matching_ledger import again, check_the_books

BOOKINGS = 2_000
SEED = 20261121


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(SEED, BOOKINGS, style=0)


@pytest.fixture(scope="module")
def ledger(world: World) -> Ledger:
    return world.ledger()


@pytest.fixture(scope="module")
def matching(world: World, ledger: Ledger) -> Matching:
    return match(ledger, world.on)


@pytest.fixture(scope="module")
def report(world: World, matching: Matching) -> Report:
    return judge(world, matching)


def rows(found: Matching) -> Counter[tuple[str, str, Decimal, str]]:
    return Counter((row.transaction, row.invoice, row.amount, row.kind.value) for row in found.allocations)


def states(found: Matching) -> dict[str, object]:
    return {state.payment.transaction: state for state in found.payments}


def test_the_same_seed_is_the_same_world(world: World) -> None:
    again_made = make_world(SEED, BOOKINGS, style=0)
    assert again_made.ledger() == world.ledger()
    assert [one.truth for one in again_made.bookings] == [one.truth for one in world.bookings]


@pytest.mark.parametrize("style", range(len(STYLES)), ids=[one.name for one in STYLES])
def test_the_truth_adds_up(style: int) -> None:
    made = make_world(SEED, 600, style=style)
    assert len(made.bookings) == 600
    amounts = {bill.name: bill.cents for bill in made.bills}
    assert len(amounts) == len(made.bills)
    paid: Counter[str] = Counter()
    for booking in made.bookings:
        assert booking.day <= made.on
        paid.update(booking.truth)
        if booking.cents > 0:
            assert sum(booking.truth.values()) <= booking.cents
    for number, cents in paid.items():
        low, high = sorted((0, amounts[number]))
        assert low <= cents <= high, number


@pytest.fixture(scope="module", params=[0, 1, 4], ids=lambda style: STYLES[style].name)
def judged(request: pytest.FixtureRequest, report: Report) -> Report:
    """The same company with three styles of invoice numbers."""
    if request.param == 0:
        return report
    other = make_world(SEED, BOOKINGS, style=request.param)
    return judge(other, match(other.ledger(), other.on))


def test_nothing_sure_is_wrong(judged: Report) -> None:
    """At least 99.95 % is the target: of a thousand not one."""
    assert judged.whole.sure > 1_000
    assert [one.booking for one in judged.verdicts if one.sure and not one.right] == []


def test_money_of_nobody_is_never_sure(judged: Report) -> None:
    assert judged.whole.nobody_sure == 0


def test_most_of_what_belongs_to_an_invoice_is_sure(judged: Report) -> None:
    """90 % is the target; numbers of four bare digits (1042) may be a postcode or a year, and give less."""
    assert judged.whole.coverage >= (0.90 if judged.style != STYLES[4].name else 0.88)


def test_the_right_answer_is_among_three(judged: Report) -> None:
    assert judged.whole.top_three >= 0.98


def test_payers_who_write_badly_do_not_mislead() -> None:
    """Fewer are sure, and hardly one of them is wrong: at most one, and none with money of nobody."""
    world = make_world(SEED, BOOKINGS, style=0, habits=messy())
    found = judge(world, match(world.ledger(), world.on)).whole
    assert found.nobody_sure == 0
    assert found.sure - found.right <= 1
    assert found.coverage >= 0.75
    assert found.top_three >= 0.95


def test_no_cent_is_lost_or_made(ledger: Ledger, matching: Matching) -> None:
    check_the_books(ledger, matching)


def test_a_second_run_changes_nothing(world: World, ledger: Ledger, matching: Matching) -> None:
    assert match(again(ledger, matching), world.on) == matching


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_changes_nothing(
    world: World, ledger: Ledger, matching: Matching, seed: int
) -> None:
    random = Random(seed)  # noqa: S311 - a repeatable order, no secret
    turned = replace(
        ledger,
        invoices=tuple(random.sample(ledger.invoices, len(ledger.invoices))),
        debtors=tuple(random.sample(ledger.debtors, len(ledger.debtors))),
        payments=tuple(random.sample(ledger.payments, len(ledger.payments))),
        arrangements=tuple(random.sample(ledger.arrangements, len(ledger.arrangements))),
        instalments=tuple(random.sample(ledger.instalments, len(ledger.instalments))),
    )
    other = match(turned, world.on)
    assert rows(other) == rows(matching)
    assert states(other) == states(matching)


def test_an_unrelated_payment_changes_nothing_else(world: World, ledger: Ledger, matching: Matching) -> None:
    stranger = Payment(
        transaction="X1",
        booked=world.on - timedelta(200),
        amount=Decimal("77.77"),
        account=world.accounts[0],
        counter_account="NL55ANDR0000000001",
        name="Tennisclub Ver Weg",
        description="loterij",
    )
    after = match(replace(ledger, payments=(stranger, *ledger.payments)), world.on)
    assert rows(after) == rows(matching)
    assert after.payments[1:] == matching.payments
    assert after.payments[0].status is not MatchStatus.SURE


def _kinds(world: World, random: Random) -> dict[str, str]:
    """One choice of every kind; the invoice and the debtor are just any."""
    bill = random.choice(world.ledger().invoices)
    return {"number": bill.number, "debtor": bill.debtor, "nee": "nee", "nonsense": "ergens in mei?"}


@pytest.mark.parametrize("kind", ["number", "debtor", "nee", "nonsense", "proposal"])
def test_taking_a_choice_back_gives_the_old_state(
    world: World, ledger: Ledger, matching: Matching, kind: str
) -> None:
    """Of twenty payments at once, whatever the choice moved or taught."""
    random = Random(kind)  # noqa: S311 - a repeatable choice, no secret
    before = again(ledger, matching)
    wanted = MatchStatus.PROPOSAL if kind == "proposal" else MatchStatus.SURE
    places = [place for place, one in enumerate(matching.payments) if one.status is wanted]
    payments = list(before.payments)
    for place in random.sample(places, 20):
        choice = (
            matching.payments[place].proposals[0][0] if kind == "proposal" else _kinds(world, random)[kind]
        )
        payments[place] = replace(payments[place], choice=choice)
    chosen = match(replace(before, payments=tuple(payments)), world.on)
    assert (rows(chosen) == rows(matching)) is (kind == "nonsense")
    decided = {one.payment.transaction for one in chosen.payments if one.why.startswith(CHOSEN)}
    cleared = [replace(one, was_chosen=one.transaction in decided) for one in ledger.payments]
    undone = match(again(ledger, chosen, *cleared), world.on)
    assert rows(undone) == rows(matching)
    assert {one.payment.transaction: one.why for one in undone.payments} == {
        one.payment.transaction: one.why for one in matching.payments
    }


@pytest.mark.parametrize("style", range(len(STYLES)))
def test_the_quick_way_through_a_text_gives_what_the_slow_way_gives(
    style: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = make_world(SEED + 40 + style, 400, style=style)
    quick = match(small.ledger(), small.on)
    monkeypatch.setattr(NumberIndex, "plain", lambda _index, _text: None)
    assert match(small.ledger(), small.on) == quick
