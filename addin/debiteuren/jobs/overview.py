"""The figures of Start: what is open and late, what to expect, what is in the way.

Answers: the four tiles, the ageing and cash charts, "Let op", the last bank day per account.
Source: docs/regels.md, "Uiterlijk"; docs/boekhouder.md, "De tegels van Start".
Leaves to others: where it stands on the sheet (book/results.py), the worklist (rules/worklist.py).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from debiteuren.domain.arrangement import ArrangementState
from debiteuren.domain.days import days_after
from debiteuren.domain.debtor import DebtorState
from debiteuren.domain.invoice import Action, Age, InvoiceState, InvoiceStatus
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.payment import MatchStatus, PaymentState
from debiteuren.domain.problem import Problem
from debiteuren.rules.freshness import BankFreshness, freshness_sentence

WEEKS = 8
HORIZON = timedelta(days=30)
"""How far "Verwacht" looks ahead, and how far "Gemiddeld te laat betaald" looks back."""

VAT_BACK_NOTICE = 334
VAT_BACK = 365
"""Days after the due date: VAT on bad debts is named at eleven months, due at one year."""

_NOT_COUNTED_ON = frozenset({InvoiceStatus.DISPUTED, InvoiceStatus.HANDED_OVER, InvoiceStatus.CREDIT_NOTE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One key figure: the amount in euros and the line under it."""

    amount: Decimal
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysTile:
    """One key figure in whole days, None where nothing can be said, and the line under it."""

    days: int | None
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What is expected in one ISO week: `label` is "wk 48"."""

    label: str
    invoices: Decimal
    arrangements: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything Start shows besides the worklist."""

    unpaid: Tile
    overdue: Tile
    expected: Tile
    average_late: DaysTile
    ageing: Mapping[Age, Decimal]
    weeks: tuple[Week, ...]
    notices: tuple[str, ...]
    bank: BankFreshness


def overview(
    *,
    invoices: Sequence[InvoiceState],
    debtors: Sequence[DebtorState],
    payments: Sequence[PaymentState],
    arrangements: Sequence[ArrangementState],
    problems: Sequence[Problem],
    bank: BankFreshness,
    on: date,
) -> Overview:
    """The figures as of `on`, from what the other rules worked out."""
    open_states = [
        state
        for state in invoices
        if state.unpaid > ZERO
        and state.invoice.issued <= on
        and state.status not in {InvoiceStatus.PAID, InvoiceStatus.CREDIT_NOTE}
    ]
    late = [state for state in open_states if state.days_late]
    ageing = dict.fromkeys(Age, ZERO)
    for state in open_states:
        if state.age is not None:
            ageing[state.age] += state.unpaid
    expected = _expected(open_states, debtors, arrangements, on)
    return Overview(
        unpaid=Tile(amount=_sum(open_states), line=_open_line(open_states)),
        overdue=Tile(amount=_sum(late), line=_late_line(late)),
        expected=_expected_tile(expected, on),
        average_late=_average_late(invoices, on),
        ageing=ageing,
        weeks=_weeks(expected, on),
        notices=_notices(invoices, payments, problems, bank, on),
        bank=bank,
    )


def _sum(states: Sequence[InvoiceState]) -> Decimal:
    return sum((state.unpaid for state in states), ZERO)


def count_of(number: int, one: str, more: str) -> str:
    """The number with the right word: "1 factuur", "2 facturen"."""
    return f"{number} {one if number == 1 else more}"


def _open_line(states: Sequence[InvoiceState]) -> str:
    debtors = len({state.invoice.debtor for state in states})
    return f"{count_of(len(states), 'factuur', 'facturen')}, {count_of(debtors, 'debiteur', 'debiteuren')}"


def _late_line(states: Sequence[InvoiceState]) -> str:
    if not states:
        return "niets te laat"
    oldest = max(state.days_late or 0 for state in states)
    return f"{count_of(len(states), 'factuur', 'facturen')}, oudste {count_of(oldest, 'dag', 'dagen')}"


@dataclass(frozen=True, slots=True)
class _Expected:
    day: date
    amount: Decimal
    by_arrangement: bool


def _expected(
    states: Sequence[InvoiceState],
    debtors: Sequence[DebtorState],
    arrangements: Sequence[ArrangementState],
    on: date,
) -> list[_Expected]:
    """When which money should come in: instalments on their day, other invoices as late as that debtor pays.

    What should have come already counts as today. Disputed invoices and those handed over do not count.
    """
    habit = {state.debtor.number: state.average_late or 0 for state in debtors}
    running = [state for state in arrangements if state.status.counts_as_running and not state.replaced]
    found = [
        _Expected(max(on, part.instalment.due), part.instalment.amount - part.paid, by_arrangement=True)
        for state in running
        for part in state.instalments
        if part.instalment.due and part.instalment.amount and part.instalment.amount > part.paid
    ]
    for state in states:
        if state.status is InvoiceStatus.ARRANGEMENT or state.status in _NOT_COUNTED_ON:
            continue
        if state.action is Action.SOLVE_DISPUTE:
            continue
        late = max(0, habit.get(state.invoice.debtor, 0))
        found.append(
            _Expected(max(on, days_after(state.invoice.due, late)), state.unpaid, by_arrangement=False)
        )
    return found


def _expected_tile(expected: Sequence[_Expected], on: date) -> Tile:
    soon = [item for item in expected if item.day <= on + HORIZON]
    agreed = sum((item.amount for item in soon if item.by_arrangement), ZERO)
    line = f"waarvan {euro(agreed)} uit regelingen" if agreed else "uit openstaande facturen"
    return Tile(amount=sum((item.amount for item in soon), ZERO), line=line)


def _weeks(expected: Sequence[_Expected], on: date) -> tuple[Week, ...]:
    monday = on - timedelta(days=on.weekday())
    totals: dict[tuple[int, bool], Decimal] = defaultdict(lambda: ZERO)
    for item in expected:
        totals[(item.day - monday).days // 7, item.by_arrangement] += item.amount
    return tuple(
        Week(
            label=f"wk {(monday + timedelta(weeks=week)).isocalendar().week}",
            invoices=totals[week, False],
            arrangements=totals[week, True],
        )
        for week in range(WEEKS)
    )


def _average_late(invoices: Sequence[InvoiceState], on: date) -> DaysTile:
    """Mean of whole days late (paid early counts as 0) over invoices settled in the last 30 days."""
    recent: list[int] = []
    before: list[int] = []
    for state in invoices:
        day = state.paid_on
        if day is None or state.invoice.amount <= ZERO:
            continue
        late = max(0, (day - state.invoice.due).days)
        if day > on - HORIZON:
            recent.append(late)
        elif day > on - 2 * HORIZON:
            before.append(late)
    if not recent:
        return DaysTile(days=None, line="nog geen betalingen in 30 dagen")
    earlier = f"de 30 dagen daarvoor {_mean(before)}" if before else "over de laatste 30 dagen"
    return DaysTile(days=_mean(recent), line=earlier)


def _mean(days: Sequence[int]) -> int:
    return (2 * sum(days) + len(days)) // (2 * len(days))


def _notices(
    invoices: Sequence[InvoiceState],
    payments: Sequence[PaymentState],
    problems: Sequence[Problem],
    bank: BankFreshness,
    on: date,
) -> tuple[str, ...]:
    """What is in the way, the most important first."""
    found: list[str] = []
    if bank.stale or not bank.accounts:
        found.append(freshness_sentence(bank))
    loose = [
        state
        for state in payments
        if state.payment.amount > ZERO
        and state.rest > ZERO
        and state.status in {MatchStatus.UNKNOWN, MatchStatus.PROPOSAL}
        and state.payment.booked <= on
    ]
    if loose:
        total = sum((state.rest for state in loose), ZERO)
        receipts = count_of(len(loose), "ontvangst", "ontvangsten")
        found.append(f"{receipts} nog niet gekoppeld ({euro(total)}): zie Betalingen, kolom Koppelstatus.")
    missing = [state for state in invoices if state.action is Action.COMPLETE_DATA]
    if missing:
        rows = count_of(len(missing), "factuur wacht", "facturen wachten")
        found.append(f"{rows} op gegevens van de klant: zie Acties, Gegevens aanvullen.")
    found += _vat_back(invoices, on)
    if problems:
        found.append(f"{count_of(len(problems), 'punt', 'punten')} om na te kijken op het blad Controle.")
    return tuple(found)


def _vat_back(invoices: Sequence[InvoiceState], on: date) -> list[str]:
    """The VAT of what is still open a year after the due date can be claimed back."""
    near = [
        (days_after(state.invoice.due, VAT_BACK), state.invoice.vat * state.unpaid / state.invoice.amount)
        for state in invoices
        if state.invoice.vat
        and state.unpaid > ZERO
        and state.invoice.amount > ZERO
        and days_after(state.invoice.due, VAT_BACK_NOTICE) <= on
    ]
    if not near:
        return []
    total = sum((vat for _, vat in near), ZERO)
    first = min(day for day, _ in near)
    when = f"vanaf {first:%d-%m-%Y}" if first > on else "nu"
    return [f"Btw terug te vragen: {count_of(len(near), 'factuur', 'facturen')}, {when} ({euro(total)})."]
