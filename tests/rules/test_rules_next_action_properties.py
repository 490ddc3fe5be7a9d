"""What must hold for every ledger, whatever is in it."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from debiteuren.domain.arrangement import ArrangementState, ArrangementStatus, InstalmentStatus
from debiteuren.domain.contact import Contact, ContactKind, DraftState, Outcome
from debiteuren.domain.debtor import Channel, Debtor, DebtorKind
from debiteuren.domain.invoice import Action, Block, Invoice, InvoiceStatus
from debiteuren.domain.ledger import Allocation, AllocationKind, Ledger
from debiteuren.domain.payment import Payment
from debiteuren.rules.next_action import invoice_states
from debiteuren.rules.workdays import is_workday
from debiteuren.rules.worklist import worklist
from rules.small_ledger import an_arrangement, bank_through

NUMBERS = ("F1", "F2", "F3")
DEBTORS = ("D1", "D2")
FIRST, LAST = date(2026, 9, 1), date(2027, 1, 31)
DAYS = st.dates(FIRST, LAST)
PERHAPS_A_DAY = st.none() | DAYS
CENTS = st.integers(min_value=-5000, max_value=30000).map(lambda cents: Decimal(cents) / 100)


@st.composite
def an_invoice_row(draw: st.DrawFn, number: str) -> Invoice:
    issued = draw(DAYS)
    return Invoice(
        number=number,
        debtor=draw(st.sampled_from((*DEBTORS, "D9"))),
        issued=issued,
        due=issued + timedelta(days=draw(st.integers(0, 45))),
        amount=draw(CENTS),
        block=draw(st.none() | st.sampled_from(Block)),
        block_until=draw(PERHAPS_A_DAY),
    )


DEBTOR_ROWS = st.builds(
    Debtor,
    number=st.just(""),
    name=st.just("Naam"),
    kind=st.none() | st.sampled_from(DebtorKind),
    email=st.sampled_from(("", "a@b.example")),
    phone=st.sampled_from(("", "010")),
    channel=st.sampled_from(Channel),
    no_reminders_until=PERHAPS_A_DAY,
)


@st.composite
def contact_rows(draw: st.DrawFn) -> tuple[Contact, ...]:
    moments = draw(st.lists(st.integers(0, 150 * 24), unique=True, max_size=8))
    return tuple(
        Contact(
            moment=datetime(2026, 9, 1) + timedelta(hours=hour),
            debtor=draw(st.sampled_from(DEBTORS)),
            invoices=draw(st.lists(st.sampled_from(NUMBERS), max_size=2, unique=True).map(tuple)),
            kind=draw(st.sampled_from(ContactKind)),
            channel=draw(st.sampled_from(("", "Post", "E-mail"))),
            outcome=draw(st.none() | st.sampled_from(Outcome)),
            promised_on=draw(PERHAPS_A_DAY),
            promised_amount=draw(st.none() | CENTS),
            draft=draw(st.none() | st.sampled_from(DraftState)),
        )
        for hour in moments
    )


@st.composite
def money_rows(draw: st.DrawFn) -> tuple[tuple[Payment, Allocation], ...]:
    rows = draw(st.lists(st.tuples(DAYS, CENTS, st.sampled_from(NUMBERS)), max_size=5))
    return tuple(
        (
            Payment(transaction=f"T{place}", booked=day, amount=amount, account="NL01"),
            Allocation(
                transaction=f"T{place}",
                invoice=number,
                amount=amount,
                kind=AllocationKind.REVERSAL if amount < 0 else AllocationKind.PAYMENT,
            ),
        )
        for place, (day, amount, number) in enumerate(rows)
    )


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    money = draw(money_rows())
    return Ledger(
        invoices=tuple(draw(an_invoice_row(number)) for number in NUMBERS),
        debtors=tuple(replace(draw(DEBTOR_ROWS), number=number) for number in DEBTORS),
        payments=tuple(payment for payment, _ in money),
        allocations=tuple(allocation for _, allocation in money),
        statements=bank_through(*draw(st.lists(DAYS, max_size=2))),
        contacts=draw(contact_rows()),
    )


@st.composite
def judged(draw: st.DrawFn) -> tuple[ArrangementState, ...]:
    if draw(st.booleans()):
        return ()
    instalment = (draw(DAYS), draw(st.sampled_from(InstalmentStatus)))
    status = draw(st.sampled_from(ArrangementStatus))
    return (an_arrangement(status, instalment, invoices=NUMBERS[:2], agreed_on=draw(DAYS)),)


WITHOUT_A_DAY = frozenset({Action.NONE})
BEFORE_ITS_DAY = frozenset(
    {Action.WAIT, Action.SOLVE_DISPUTE, Action.CONFIRM_ARRANGEMENT, Action.FOLLOW_UP_INSTALMENT}
)


@given(ledgers(), judged(), DAYS)
def test_every_answer_is_whole(ledger: Ledger, arrangements: tuple[ArrangementState, ...], on: date) -> None:
    for state in invoice_states(ledger, arrangements, on):
        assert (state.action_on is None) is (state.action in WITHOUT_A_DAY)
        assert state.action_on is None or is_workday(state.action_on)
        assert state.action in BEFORE_ITS_DAY or state.action_on is None or state.action_on <= on
        if state.status in {InvoiceStatus.PAID, InvoiceStatus.CREDIT_NOTE, InvoiceStatus.HANDED_OVER}:
            assert state.action is Action.NONE
        if state.days_late is None and state.action in SENT_OR_CALLED:
            raise AssertionError(state)
        assert ONE_SENTENCE.fullmatch(state.why), state.why
        assert re.search(r"\d\d-\d\d-\d{4}|zonder (einddatum|oplosdag)|Betaald", state.why), state.why


SENT_OR_CALLED = frozenset(
    {
        Action.REMINDER,
        Action.CALL,
        Action.SECOND_REMINDER,
        Action.CALL_AGAIN,
        Action.FOURTEEN_DAY_LETTER,
        Action.FINAL_DEMAND,
        Action.HAND_OVER,
        Action.COMPLETE_DATA,
    }
)
ONE_SENTENCE = re.compile(r"[A-Z0-9](?:[^.!?\n]|\.(?=\S))*\.")
"""Begins with a capital or a figure, ends with the only full stop that is followed by nothing."""


@given(ledgers(), judged(), DAYS, contact_rows(), money_rows())
def test_nothing_of_a_later_day_matters(
    ledger: Ledger,
    arrangements: tuple[ArrangementState, ...],
    on: date,
    contacts: tuple[Contact, ...],
    money: tuple[tuple[Payment, Allocation], ...],
) -> None:
    """Except that bank data of a later day shows the bank is known today; so the bank is known today here."""
    known = replace(ledger, statements=bank_through(on))
    later = on + timedelta(days=1)
    future = [
        (replace(payment, transaction=f"L{payment.transaction}", booked=max(payment.booked, later)), part)
        for payment, part in money
    ]
    with_future = replace(
        known,
        contacts=(
            *(replace(row, moment=row.moment + timedelta(days=400)) for row in contacts),
            *known.contacts,
        ),
        payments=(*(payment for payment, _ in future), *known.payments),
        allocations=(
            *(replace(part, transaction=payment.transaction) for payment, part in future),
            *known.allocations,
        ),
    )
    agreed_later = an_arrangement(ArrangementStatus.RUNNING, invoices=NUMBERS, agreed_on=later, name="R9")
    assert invoice_states(with_future, (agreed_later, *arrangements), on) == invoice_states(
        known, arrangements, on
    )


@given(ledgers(), judged(), DAYS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    ledger: Ledger, arrangements: tuple[ArrangementState, ...], on: date, random: Random
) -> None:
    def shuffled(rows: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(random.sample(rows, len(rows)))

    other = replace(
        ledger,
        **{
            name: shuffled(getattr(ledger, name))
            for name in ("invoices", "debtors", "payments", "allocations", "statements", "contacts")
        },  # type: ignore[arg-type] # tuples of rows
    )
    usual = invoice_states(ledger, arrangements, on)
    found = invoice_states(other, arrangements, on)
    assert sorted(found, key=lambda state: state.invoice.number) == list(usual)
    assert [state.invoice for state in found] == list(other.invoices)


@given(ledgers(), judged(), DAYS)
def test_the_worklist_holds_each_due_invoice_once(
    ledger: Ledger, arrangements: tuple[ArrangementState, ...], on: date
) -> None:
    states = invoice_states(ledger, arrangements, on)
    items = worklist(ledger, states, arrangements, on)
    listed = [number for item in items for number in item.invoices]
    assert len(listed) == len(set(listed))
    assert [item.order for item in items] == list(range(1, len(items) + 1))
    by_number = {state.invoice.number: state for state in states}
    assert all(by_number[number].action is item.action for item in items for number in item.invoices)
    due = {
        state.invoice.number
        for state in states
        if state.action not in {Action.NONE, Action.WAIT} and state.action_on and state.action_on <= on
    }
    assert due <= set(listed)


@given(ledgers(), DAYS)
def test_a_due_step_keeps_its_day(ledger: Ledger, on: date) -> None:
    """When nothing new happens the next day's answer is the same step with the same day."""
    quiet = replace(
        ledger,
        contacts=tuple(row for row in ledger.contacts if row.day <= on),
        payments=(),
        allocations=(),
        statements=(),
        settings=replace(ledger.settings, floor=Decimal(-(10**6))),
    )
    today = invoice_states(quiet, (), on)
    tomorrow = invoice_states(quiet, (), on + timedelta(days=1))
    for before, after in zip(today, tomorrow, strict=True):
        if before.action in SENT_OR_CALLED:
            assert (after.action, after.action_on) == (before.action, before.action_on)
