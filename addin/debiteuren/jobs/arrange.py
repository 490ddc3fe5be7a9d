"""Regeling vastleggen: from what was said on the phone to an arrangement that holds.

Answers: which amount, days and instalments, under which name and conditions, and what stands in the way.
Source: docs/regels.md, "Een regeling maken"; rules A16, A20-A23, D10, D19, D20.
Changes nothing itself: a frozen plan comes out.
Leaves to others: the rhythm and the cents (rules/schedule.py), the gate (rules/arrangement_gate.py and
arrangement_checks.py), writing it (arranging.py).
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from debiteuren.domain.arrangement import Arrangement, Instalment
from debiteuren.domain.contact import Contact, ContactKind, Outcome
from debiteuren.domain.days import days_after, dutch, spoken
from debiteuren.domain.debtor import Channel, Debtor
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import CENT, ZERO, euro
from debiteuren.domain.problem import Problem
from debiteuren.domain.settings import Settings
from debiteuren.jobs.arrange_choice import chosen_debtor, chosen_invoices, replaced_one
from debiteuren.jobs.arrange_wish import RefusedWishError, Wish, problem
from debiteuren.jobs.refresh import Refreshed
from debiteuren.rules.arrangement_checks import Facts, objections
from debiteuren.rules.arrangement_gate import what_would_do
from debiteuren.rules.arrangement_words import days_words
from debiteuren.rules.promises import USUAL_TERM
from debiteuren.rules.schedule import MOST_INSTALMENTS, example_day, on_workdays, split, wished_days
from debiteuren.rules.vague_words import vague_words
from debiteuren.rules.workdays import next_workday

NAME = re.compile(r"R(?P<year>\d{4})-(?P<number>\d+)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangementPlan:
    """An arrangement that may be written. Amounts in euros.

    `lines`: each invoice with what is open on it. `moved`: per instalment the day that was asked, where that
    was no working day. `contact`: the conversation to log, None where there was none or it stands there.
    """

    debtor: Debtor
    arrangement: Arrangement
    instalments: tuple[Instalment, ...]
    lines: tuple[tuple[str, Decimal], ...]
    moved: tuple[date | None, ...]
    contact: Contact | None = None


def plan_arrangement(done: Refreshed, wish: Wish, recorded: datetime) -> ArrangementPlan:
    """The arrangement that is wished for, as of the day of `done`.

    `recorded`: the moment to write down; time 00:00 where only the day is known.

    Raises:
        RefusedWishError: something is vague, missing or does not fit, each with what would do.
    """
    found: list[Problem] = []
    old = replaced_one(done, wish, found)
    debtor = chosen_debtor(done, wish, old, found)
    states = chosen_invoices(done, wish, old, debtor, found)
    if found or debtor is None:
        raise RefusedWishError.of(found)
    numbers = tuple(state.invoice.number for state in states)
    unpaid = sum((state.unpaid for state in states), ZERO)
    principal = unpaid if wish.principal is None else wish.principal
    total = principal + wish.costs + wish.interest
    asked = _asked_days(wish, done.on, found)
    days = asked if wish.despite else on_workdays(asked)
    amounts = _amounts(wish, total, len(asked), found)
    if found:
        raise RefusedWishError.of(found)
    settings = done.ledger.settings
    name = next_name((one.id for one in done.ledger.arrangements), done.on.year)
    arrangement = Arrangement(
        id=name,
        debtor=debtor.number,
        invoices=numbers,
        amount=total,
        agreed_on=done.on,
        agreed_with=wish.agreed_with or (old.arrangement.agreed_with if old else ""),
        channel=wish.channel,
        terms=wish.terms.strip() or settings.arrangement_terms,
        consequence=wish.consequence.strip() or consequence(settings),
        costs=wish.costs or None,
        interest=wish.interest or None,
        already_in=_already_in(done, numbers) or None,
        replaces=old.arrangement.id if old else "",
        recorded=recorded,
    )
    instalments = tuple(
        Instalment(arrangement=name, number=str(place), due=day, amount=amount)
        for place, (day, amount) in enumerate(zip(days, amounts, strict=True), start=1)
    )
    if asked[0] < done.on <= days[0]:  # moving a past weekend must not make it a day to come
        found.append(
            problem(
                "Eerste termijn",
                f"{spoken(asked[0])} is geweest.",
                f"noem een dag die nog komt, bijvoorbeeld {spoken(example_day(done.on))}.",
            )
        )
    found += _against(arrangement, instalments, done, wish)
    if found:
        raise RefusedWishError.of(found)
    return ArrangementPlan(
        debtor=debtor,
        arrangement=arrangement,
        instalments=instalments,
        lines=tuple((state.invoice.number, state.unpaid) for state in states),
        moved=tuple(was if was != day else None for was, day in zip(asked, days, strict=True)),
        contact=_conversation(done.ledger, arrangement, len(instalments), recorded),
    )


def next_name(taken: Collection[str] | Iterator[str], year: int) -> str:
    """The next free name of a year; names of the user's own form are left alone.

    >>> next_name(["R2026-001", "Regeling Jansen"], 2026)
    'R2026-002'
    """
    names = {name.strip().casefold() for name in taken}
    found = (NAME.fullmatch(name) for name in names)
    number = max((int(one["number"]) for one in found if one and int(one["year"]) == year), default=0) + 1
    return f"R{year}-{number:03d}"


def consequence(settings: Settings) -> str:
    """Gevolg bij niet nakomen as the settings have it, with when an arrangement is broken filled in."""
    misses = settings.broken_after_misses
    words = f"{misses} gemiste {'termijn' if misses == 1 else 'termijnen'}"
    text = settings.arrangement_consequence.replace("{missers}", words)
    return text.replace("{dagen}", days_words(settings.broken_after_days))


def _asked_days(wish: Wish, on: date, found: list[Problem]) -> tuple[date, ...]:
    """The days as agreed, weekends and holidays as they fall; a promise without a day gets a week (A16)."""
    example = spoken(example_day(on))
    if wish.rest_on is not None:
        return (wish.first or on, wish.rest_on)
    if wish.days:
        if wish.count is not None and wish.count != len(wish.days):
            found.append(
                problem(
                    "Termijnen",
                    f"Er zijn {wish.count} termijnen gevraagd en {len(wish.days)} dagen genoemd.",
                    "laat het aantal weg, of noem evenveel dagen.",
                )
            )
        return wish.days
    count = wish.count or len(wish.amounts) or 0
    if not 1 <= count <= MOST_INSTALMENTS:
        found.append(
            problem(
                "Termijnen",
                f"Het aantal termijnen is {count}." if wish.count is not None else "Het aantal ontbreekt.",
                f"noem een aantal van 1 tot en met {MOST_INSTALMENTS}, bijvoorbeeld 3.",
            )
        )
    if wish.first is None and count == 1:
        return (next_workday(days_after(on, USUAL_TERM)),)
    if wish.first is None:
        found.append(
            problem("Eerste termijn", "De eerste dag ontbreekt.", f"noem een dag, bijvoorbeeld {example}.")
        )
    if found or wish.first is None:
        return ()
    return wished_days(wish.first, count, wish.every)


def _amounts(wish: Wish, total: Decimal, count: int, found: list[Problem]) -> tuple[Decimal, ...]:
    """What falls due on each day; what was asked must add up to the whole."""
    if found:
        return ()
    if wish.part_now is not None or wish.rest_on is not None:
        now = wish.part_now or ZERO
        if wish.rest_on is None or not ZERO < now < total:
            found.append(
                problem(
                    "Nu en de rest",
                    f"Nu {euro(now)} van {euro(total)}"
                    + (
                        f", de rest op {dutch(wish.rest_on)}."
                        if wish.rest_on
                        else ", en geen dag voor de rest."
                    ),
                    f"noem wat er nu komt, hooguit {euro(total - CENT)}, en een dag voor de rest.",
                )
            )
            return ()
        return (now, total - now)
    if wish.amounts:
        return _own_amounts(wish.amounts, total, count, found)
    if total < CENT * count:
        found.append(
            problem(
                "Bedrag",
                f"{euro(total)} is te weinig voor {count} termijnen.",
                "spreek minder termijnen of een hoger bedrag af.",
            )
        )
        return ()
    return split(total, count)


def _own_amounts(
    amounts: tuple[Decimal, ...], total: Decimal, count: int, found: list[Problem]
) -> tuple[Decimal, ...]:
    summed = sum(amounts, ZERO)
    if len(amounts) != count:
        found.append(
            problem(
                "Termijnen",
                f"Er zijn {count} dagen en {len(amounts)} bedragen.",
                "noem bij elke dag een bedrag.",
            )
        )
    elif summed != total:
        found.append(
            problem(
                "Bedrag",
                f"De termijnen zijn samen {euro(summed)} en het geheel is {euro(total)}.",
                f"maak de laatste {euro(amounts[-1] + total - summed)}, of een ander geheel.",
            )
        )
    elif min(amounts) <= ZERO:
        found.append(
            problem("Bedrag", f"Een termijn is {euro(min(amounts))}.", "spreek een bedrag boven nul af.")
        )
    return amounts


def _against(
    arrangement: Arrangement, instalments: Sequence[Instalment], done: Refreshed, wish: Wish
) -> list[Problem]:
    """Everything that the gate has against it."""
    on = done.on
    found = [
        problem(
            column,
            f"Hier staat “{vague.words}”. Daar is niemand aan te houden.",
            f"{what_would_do(vague, on)}.",
        )
        for column, text in (("Voorwaarden", arrangement.terms), ("Gevolg", arrangement.consequence))
        for vague in vague_words(text)
    ]
    facts = Facts.of(done.ledger, done.invoices, done.arrangements, on, {*arrangement.invoices})
    for objection in objections(arrangement, instalments, facts):
        if not (objection.waivable and wish.despite):
            more = " Bewust zo: --toch." if objection.waivable else ""
            found.append(problem(objection.column, objection.found, objection.remedy + more))
    return found


def _already_in(done: Refreshed, numbers: Collection[str]) -> Decimal:
    """What was booked on these invoices on the very day: it is off what is open, so it fills nothing."""
    booked = {payment.transaction: payment.booked for payment in done.ledger.payments}
    return max(
        sum(
            (
                row.amount
                for row in done.ledger.allocations
                if row.invoice in numbers and booked.get(row.transaction, row.on) == done.on
            ),
            ZERO,
        ),
        ZERO,
    )


def _conversation(ledger: Ledger, arrangement: Arrangement, count: int, recorded: datetime) -> Contact | None:
    """The call in which it was agreed, unless it stands on Contact."""
    if arrangement.channel != Channel.PHONE.value or any(
        contact.debtor == arrangement.debtor
        and contact.day == recorded.date()
        and contact.outcome is Outcome.ARRANGEMENT
        for contact in ledger.contacts
    ):
        return None
    return Contact(
        moment=recorded,
        debtor=arrangement.debtor,
        invoices=arrangement.invoices,
        kind=ContactKind.CONVERSATION,
        channel=arrangement.channel,
        outcome=Outcome.ARRANGEMENT,
        note=f"Regeling {arrangement.id}: {count} {'termijn' if count == 1 else 'termijnen'}, samen "
        f"{euro(arrangement.amount or ZERO)}.",
    )
