"""What must hold for any payments and invoices: docs/regels.md, "Koppelingen"."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from debiteuren.domain.debtor import Debtor
from debiteuren.domain.invoice import Invoice
from debiteuren.domain.ledger import BY_USER, Ledger
from debiteuren.domain.payment import CHOSEN, MatchStatus, Payment
from debiteuren.rules.matching import Matching, match
from rules.matching_ledger import OURS, again, check_the_books

ON = date(2026, 11, 21)
DEBTORS = tuple(
    Debtor(number=f"D{place}", name=name, iban=f"NL{place}1BANK000000000{place}")
    for place, name in enumerate(("Bakkerij Jansen", "Garage De Wit", "Tuin & Co"), start=1)
)
SEEDS = st.integers(0, 10**9)
EXAMPLES = settings(max_examples=200, deadline=None)


def an_amount(random: Random) -> Decimal:
    return Decimal(random.choice((1000, 2500, 2500, random.randint(1, 9999)))) / 100


def text_for(random: Random, invoices: list[Invoice]) -> str:
    names = [random.choice((one.number, one.number.replace("-", ""), one.number.lower())) for one in invoices]
    before = random.choice(("", "factuur ", "betaling ", "storno ", "klantnr D2 ", "NL91ABNA0417164300 "))
    return (
        before + random.choice((" ", " en ", ", ")).join(names) + random.choice(("", " dank", " 20-11-2026"))
    )


def a_payment(random: Random, invoices: list[Invoice], place: int, choose: float) -> Payment:
    named = random.sample(invoices, min(random.choice((0, 1, 1, 1, 2, 3)), len(invoices)))
    total = sum((one.amount for one in named), Decimal("0.00"))
    amount = random.choice((total, total, total / 2, total + Decimal("0.03"), an_amount(random), -total))
    amount = amount.quantize(Decimal("0.01"))
    debtor = random.choice(DEBTORS)
    choice = ""
    if random.random() < choose:
        numbers = ";".join(
            one.number for one in random.sample(invoices, min(random.randint(1, 2), len(invoices)))
        )
        choice = random.choice((numbers, numbers, "nee", debtor.number, "9999"))
    return Payment(
        transaction=f"T{place:02d}",
        booked=ON - timedelta(random.randint(-3, 40)),
        amount=amount,
        account=OURS,
        counter_account=random.choice(("", debtor.iban, "NL99STRA0000000009", OURS)),
        name=random.choice(("", debtor.name, "P. Vreemd", "Stichting Mollie Payments")),
        description=text_for(random, named),
        reference=random.choice(("", "", "NOTPROVIDED", f"E2E-{random.randint(1, 3)}000")),
        return_code=random.choice(("", "", "", "", "MD06")),
        choice=choice,
        row=place + 5,
    )


def a_world(seed: int, choose: float = 0.15) -> Ledger:
    random = Random(seed)  # noqa: S311 - a repeatable world, no secret
    invoices = [
        Invoice(
            number=random.choice(("2026-{:04d}", "10{:02d}", "F{:05d}")).format(place),
            debtor=random.choice(DEBTORS).number,
            issued=ON - timedelta(random.randint(-5, 90)),
            due=ON - timedelta(random.randint(0, 60)),
            amount=-an_amount(random) if random.random() < 0.15 else an_amount(random),
            reference=random.choice(("", "", f"50000567890{place:05d}")),
        )
        for place in range(random.randint(1, 8))
    ]
    payments = [a_payment(random, invoices, place, choose) for place in range(random.randint(0, 10))]
    return Ledger(invoices=tuple(invoices), debtors=DEBTORS, payments=tuple(payments))


def by_transaction(matching: Matching) -> dict[str, object]:
    return {state.payment.transaction: state for state in matching.payments}


@given(SEEDS)
@EXAMPLES
def test_no_cent_is_lost_or_made(seed: int) -> None:
    world = a_world(seed)
    check_the_books(world, match(world, ON))


@given(SEEDS)
@EXAMPLES
def test_a_second_run_changes_nothing(seed: int) -> None:
    world = a_world(seed)
    first = match(world, ON)
    assert match(again(world, first), ON) == first


@given(SEEDS)
@EXAMPLES
def test_a_later_run_moves_nothing_that_was_booked(seed: int) -> None:
    world = a_world(seed, choose=0)
    first = match(world, ON)
    later = match(again(world, first), ON + timedelta(5))
    assert later.allocations[: len(first.allocations)] == first.allocations
    check_the_books(world, later)


@given(SEEDS, st.randoms(use_true_random=False))
@EXAMPLES
def test_the_order_of_rows_changes_nothing(seed: int, random: Random) -> None:
    """Only choices are dealt out in the order of the sheet, so they keep theirs."""
    world = a_world(seed)
    chosen = iter([one for one in world.payments if one.choice])
    shuffled = random.sample(world.payments, len(world.payments))
    turned = replace(
        world,
        invoices=tuple(random.sample(world.invoices, len(world.invoices))),
        debtors=tuple(random.sample(world.debtors, len(world.debtors))),
        payments=tuple(next(chosen) if one.choice else one for one in shuffled),
    )
    one, other = match(world, ON), match(turned, ON)
    assert one.allocations == other.allocations
    assert by_transaction(one) == by_transaction(other)


@given(SEEDS)
@EXAMPLES
def test_an_unrelated_payment_changes_nothing_else(seed: int) -> None:
    world = a_world(seed)
    stranger = Payment(
        transaction="T99",
        booked=ON,
        amount=Decimal("7.77"),
        name="Een ander",
        description="contributie tennisclub",
        counter_account="NL55ANDR0000000001",
    )
    before = match(world, ON)
    after = match(replace(world, payments=(stranger, *world.payments)), ON)
    assert after.allocations == before.allocations
    assert after.payments[1:] == before.payments
    assert after.payments[0].status is MatchStatus.UNKNOWN


def after_a_run(payments: tuple[Payment, ...], matching: Matching) -> tuple[Payment, ...]:
    """The payments as the workbook holds them after a run: it says what a choice decided."""
    chosen = {one.payment.transaction for one in matching.payments if one.why.startswith(CHOSEN)}
    return tuple(replace(one, was_chosen=one.transaction in chosen) for one in payments)


CHOICES = st.sampled_from(["number", "two", "nee", "debtor", "nonsense"])


@given(SEEDS, SEEDS, CHOICES)
@EXAMPLES
def test_taking_a_choice_back_gives_the_old_state(seed: int, which: int, kind: str) -> None:
    world = a_world(seed, choose=0)
    first = match(world, ON)
    if not world.payments:
        return
    place = which % len(world.payments)
    number = world.invoices[which % len(world.invoices)].number
    other = world.invoices[which // 7 % len(world.invoices)].number
    debtor = DEBTORS[which % len(DEBTORS)].number
    words = {
        "number": number,
        "two": f"{number}; {other}",
        "nee": "nee",
        "debtor": debtor,
        "nonsense": "1e4?",
    }
    chosen = replace(world.payments[place], choice=words[kind])
    payments = (*world.payments[:place], chosen, *world.payments[place + 1 :])
    second = match(again(world, first, *payments), ON)
    check_the_books(replace(world, payments=payments), second)
    if kind == "nonsense":
        assert second.allocations == first.allocations
    third = match(again(world, second, *after_a_run(world.payments, second)), ON)
    assert sorted(map(repr, third.allocations)) == sorted(map(repr, first.allocations))
    assert [state.allocated for state in third.payments] == [state.allocated for state in first.payments]
    assert [state.status for state in third.payments] == [state.status for state in first.payments]


@given(SEEDS, SEEDS)
@EXAMPLES
def test_a_choice_gets_what_it_would_have_had_before_the_program(seed: int, which: int) -> None:
    """Said now or said at once: the program's rows are never in the way."""
    world = a_world(seed, choose=0)
    if not world.payments:
        return
    place = which % len(world.payments)
    number = world.invoices[which % len(world.invoices)].number
    chosen = replace(world.payments[place], choice=number)
    if chosen.amount <= 0:
        return  # what a storno by choice takes back is what the program booked
    payments = (*world.payments[:place], chosen, *world.payments[place + 1 :])
    at_once = match(replace(world, payments=payments), ON).payments[place]
    later = match(again(world, match(world, ON), *payments), ON)
    assert later.payments[place].allocated == at_once.allocated
    assert match(again(replace(world, payments=payments), later), ON).allocations == later.allocations


@given(SEEDS)
@EXAMPLES
def test_the_user_has_the_last_word(seed: int) -> None:
    world = a_world(seed, choose=1)
    matching = match(world, ON)
    typed = {one.transaction: one.choice for one in world.payments}
    assert all(row.by == BY_USER or typed[row.transaction] == "9999" for row in matching.allocations)
    for state in matching.payments:
        if state.payment.choice == "nee":
            assert state.status is MatchStatus.NO_INVOICE
        elif state.payment.choice == "9999":
            assert state.status is not MatchStatus.CHOICE
        elif state.payment.booked <= ON:
            assert state.status is MatchStatus.CHOICE


@given(SEEDS, st.integers(0, 40))
@EXAMPLES
def test_a_day_knows_nothing_of_what_is_booked_after_it(seed: int, days: int) -> None:
    world = a_world(seed)
    on = ON - timedelta(days)
    known = replace(world, payments=tuple(one for one in world.payments if one.booked <= on))
    assert match(world, on).allocations == match(known, on).allocations


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=20), st.text(max_size=12))
@EXAMPLES
def test_any_text_at_all_is_survived(text: str, name: str, reference: str, choice: str) -> None:
    one = Payment(
        transaction="T1",
        booked=ON,
        amount=Decimal("10.00"),
        name=name,
        description=text,
        reference=reference,
        counter_account=reference,
        choice=choice,
    )
    world = replace(a_world(1), payments=(one,))
    matching = match(world, ON)
    check_the_books(world, matching)
    assert matching.payments[0].why[0] not in "=+-@"
