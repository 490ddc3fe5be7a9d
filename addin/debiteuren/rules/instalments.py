"""Instalments against the bank.

Answers: which money came in for an arrangement, which instalment it paid, when, and what that makes of each
instalment as of a day.
Source: docs/regels.md, "Termijn"; bank days (workdays.py).
Leaves to others: what paid which invoice (matching.py), what follows for the arrangement (arrangements.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from debiteuren.domain.arrangement import Instalment, InstalmentState, InstalmentStatus, Receipt
from debiteuren.domain.days import days_after
from debiteuren.domain.money import ZERO
from debiteuren.rules.workdays import next_bank_day


@dataclass(frozen=True, slots=True)
class Movement:
    """Money of one transaction for the arrangement's invoices; negative when it went back.

    `counts`: it was booked on or after Afgesproken op (and no later arrangement took its place), so it may
    fill instalments. `reference`: folded, '' when there is none.
    """

    transaction: str
    day: date
    amount: Decimal
    reference: str = ""
    counts: bool = True


@dataclass(slots=True)
class _Receipt:
    movement: Movement
    left: Decimal


def receipts(movements: Iterable[Movement]) -> tuple[Receipt, ...]:
    """The money that stayed, in order of booking: a storno takes its own payment out.

    That is the payment of the same amount with the same reference, else the latest of the same amount, else
    the latest money. A storno of money that never counted changes nothing.
    """
    came: list[_Receipt] = []
    for movement in sorted(movements, key=lambda one: (one.day, one.amount < 0, one.transaction)):
        if movement.amount > 0:
            came.append(_Receipt(movement, movement.amount))
        elif movement.amount < 0:
            _take_out(came, movement)
    return tuple(
        Receipt(one.movement.transaction, one.movement.day, one.left)
        for one in came
        if one.left > 0 and one.movement.counts
    )


def _take_out(came: Sequence[_Receipt], storno: Movement) -> None:
    back = -storno.amount
    whole = [one for one in reversed(came) if one.left == one.movement.amount == back]
    referred = [one for one in whole if storno.reference and one.movement.reference == storno.reference]
    for one in (*referred, *whole)[:1]:
        one.left = ZERO
        return
    for one in reversed(came):
        taken = min(one.left, back)
        one.left -= taken
        back -= taken


def last_day_on_time(due: date, grace_days: int) -> date:
    """The last day on which paying is on time: the due day, or the next bank day, plus Respijtdagen.

    >>> last_day_on_time(date(2026, 11, 21), 0)
    datetime.date(2026, 11, 23)
    """
    return days_after(next_bank_day(due), grace_days)


@dataclass(slots=True)
class _Filling:
    """An instalment while the money is dealt out."""

    instalment: Instalment
    paid: Decimal = ZERO
    paid_on: date | None = None
    proof: list[str] = field(default_factory=list)


def in_order(instalments: Iterable[Instalment]) -> list[Instalment]:
    """By due day, then number; one without a day comes last."""
    return sorted(instalments, key=lambda one: (one.due or date.max, number_order(one.number), one.row))


def number_order(number: str) -> tuple[int, str]:
    """1, 2 … 10 in that order; what is no number comes before them, as it is spelled."""
    digits = number.strip()
    return (int(digits), "") if digits.isascii() and digits.isdigit() else (0, digits)


def judge(
    instalments: Iterable[Instalment],
    money: Sequence[Receipt],
    *,
    on: date,
    last_bank_day: date | None,
    grace_days: int,
) -> tuple[InstalmentState, ...]:
    """The state of each instalment as of `on`, in order of due day.

    `money` in order of booking, nothing after `on`. `last_bank_day`: through this day the bank is known. An
    instalment without a day or amount is Nog niet bekend and takes no money.
    """
    fillings = [_Filling(instalment) for instalment in in_order(instalments)]
    _fill(fillings, money)
    return tuple(
        _state(filling, on=on, last_bank_day=last_bank_day, grace_days=grace_days) for filling in fillings
    )


def _fill(fillings: Sequence[_Filling], money: Sequence[Receipt]) -> None:
    waiting = [one for one in fillings if one.instalment.due is not None and (one.instalment.amount or 0) > 0]
    at = 0
    for receipt in money:
        left = receipt.amount
        while left > 0 and at < len(waiting):
            filling = waiting[at]
            wanted = (filling.instalment.amount or ZERO) - filling.paid
            taken = min(wanted, left)
            filling.paid += taken
            left -= taken
            filling.proof.append(receipt.transaction)
            if taken == wanted:
                filling.paid_on = receipt.day
                at += 1


def _state(filling: _Filling, *, on: date, last_bank_day: date | None, grace_days: int) -> InstalmentState:
    due = filling.instalment.due
    days_late: int | None = None
    if due is None or (filling.instalment.amount or 0) <= 0:
        status = InstalmentStatus.NOT_KNOWN
    else:
        last_day = last_day_on_time(due, grace_days)
        status = _status(filling, last_day, on, last_bank_day)
        if status in {InstalmentStatus.PAID_LATE, InstalmentStatus.MISSED, InstalmentStatus.PARTLY_PAID}:
            days_late = ((filling.paid_on or on) - due).days
    return InstalmentState(
        instalment=filling.instalment,
        paid=filling.paid,
        paid_on=filling.paid_on,
        days_late=days_late,
        status=status,
        proof=tuple(dict.fromkeys(filling.proof)),
    )


def _status(filling: _Filling, last_day: date, on: date, last_bank_day: date | None) -> InstalmentStatus:
    if filling.paid_on is not None:
        return InstalmentStatus.ON_TIME if filling.paid_on <= last_day else InstalmentStatus.PAID_LATE
    if last_day >= on:
        return InstalmentStatus.NOT_DUE
    if last_bank_day is None or last_bank_day <= last_day:
        return InstalmentStatus.NOT_KNOWN
    return InstalmentStatus.PARTLY_PAID if filling.paid > 0 else InstalmentStatus.MISSED
