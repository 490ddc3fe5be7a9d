"""The ladder's answer for one late invoice.

Answers: which step comes next, from which working day, and what it still needs.
Source: docs/regels.md, "Ladder", "Actie op" (the first working day on which all rules allowed the step),
"Drempel" and "Verse bank".
Leaves to others: what goes before the ladder (next_action.py), the words (reasons.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from debiteuren.domain.arrangement import ArrangementStatus
from debiteuren.domain.days import days_after
from debiteuren.domain.debtor import Channel, Debtor
from debiteuren.domain.invoice import Action
from debiteuren.domain.settings import LadderStep, Step
from debiteuren.rules import reasons
from debiteuren.rules.cases import Case, Shared
from debiteuren.rules.deadlines import last_day_in_letter
from debiteuren.rules.ladder import CALLS, wait_from
from debiteuren.rules.steps import Progress, progress
from debiteuren.rules.workdays import next_workday

Hold = tuple[date, str]
"""The first day on which a rule allows a step, and what that adds to the reason."""
_BY_EMAIL = "email"
"""Kanaal of a letter that went by e-mail, its letters only."""


class Decision(NamedTuple):
    """Volgende actie, Actie op and Waarom."""

    action: Action
    action_on: date | None
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The next step, the first working day on which all rules allow it, and what that day rests on.

    `moved`: the rules allowed it on a day on which nobody works.
    """

    step: LadderStep
    day: date
    basis: str
    moved: bool = False


def plan(case: Case, shared: Shared, freed: Sequence[Hold]) -> Plan | None:
    """The next step of the ladder; None when none is left.

    A wait counts from the day the step before was really done. `freed`: when promises and
    disputes ended that held the invoice back. What the day rests on names every rule that moved it.
    """
    steps = shared.steps(case.debtor)
    done = progress(case.rows, steps, shared.settings.call_attempts)
    if done.next >= len(steps):
        return None
    step = steps[done.next]
    printed = _printed_last_day(case, steps, done, step)
    day = _after_wait(case, steps, done, step)
    basis = reasons.basis(case.invoice, steps, done, step, printed, shared.settings.call_attempts)
    for held, words in _holds(case, shared, step, freed):
        if held > day:
            day = held
            basis += words
    ended = shared.ended.get(case.invoice.number)
    if ended is not None and ended.status is ArrangementStatus.BROKEN:
        basis += reasons.arrangement_over(ended)
    workday = next_workday(day)
    return Plan(step, workday, basis, moved=workday != day and not done.attempts)


def _after_wait(case: Case, steps: tuple[LadderStep, ...], done: Progress, step: LadderStep) -> date:
    if done.attempts:
        return days_after(done.attempts[-1], 1)
    if done.done < 0 or done.done_on is None:
        return days_after(case.invoice.due, max(step.wait_days, 1))
    return wait_from(steps[done.done], step, done.done_on, by_post=_went_by_post(done, case.debtor))


def _printed_last_day(
    case: Case, steps: tuple[LadderStep, ...], done: Progress, step: LadderStep
) -> date | None:
    if done.done < 0 or done.done_on is None or not reasons.prints_last_day(steps[done.done].step, step.step):
        return None
    return last_day_in_letter(done.done_on, by_post=_went_by_post(done, case.debtor))


def _went_by_post(done: Progress, debtor: Debtor | None) -> bool:
    """How the letter went: as Contact says, else as the debtor is written to.

    Whatever is not e-mail counts as post: handing over a day too early loses all costs (BW 6:96 lid 6).
    """
    if done.channel.strip():
        return "".join(sign for sign in done.channel.casefold() if sign.isalpha()) != _BY_EMAIL
    return debtor is not None and debtor.channel is Channel.POST


def _holds(case: Case, shared: Shared, step: LadderStep, freed: Sequence[Hold]) -> list[Hold]:
    """First days on which other rules allow the step, each with what it adds to the reason."""
    invoice = case.invoice
    found = [(days_after(invoice.due, 1), reasons.late_since(invoice))]
    last_letter = shared.log.last_letter.get(case.invoice.debtor)
    spacing = shared.settings.min_days_between_messages
    if last_letter is not None and step.step not in CALLS and step.step is not Step.HAND_OVER:
        found.append((days_after(last_letter, spacing), reasons.too_soon(last_letter, spacing)))
    if invoice.block is not None and case.block is None and invoice.block_until is not None:
        found.append(
            (days_after(invoice.block_until, 1), reasons.held_until(invoice.block, invoice.block_until))
        )
    if case.debtor is not None and case.debtor.no_reminders_until is not None:
        until = case.debtor.no_reminders_until
        found.append((days_after(until, 1), reasons.held_until(None, until)))
    found += freed
    ended = shared.ended.get(invoice.number)
    if ended is not None and ended.ended_on is not None:
        broken = ended.status is ArrangementStatus.BROKEN
        found.append((ended.ended_on, "" if broken else reasons.arrangement_over(ended)))
    return found


def ladder_decision(case: Case, shared: Shared, owed: Decimal, freed: Sequence[Hold]) -> Decision:
    """What the ladder says of an invoice that nothing else holds; the first that fits.

    `owed`: what the debtor owes late, in euros, for Drempel.
    """
    planned = plan(case, shared, freed)
    invoice, settings = case.invoice, shared.settings
    if not case.late:
        step, day = (planned.step, planned.day) if planned is not None else (None, None)
        return Decision(Action.NONE, None, reasons.not_late(invoice, step, day))
    due = planned is not None and planned.day <= shared.on
    if planned is not None and due:
        missing = _missing(planned.step, case.debtor)
        if missing is not None:
            why = reasons.missing_data(planned.step, planned.day, invoice.debtor, missing)
            return Decision(Action.COMPLETE_DATA, planned.day, why)
    if owed < settings.floor:
        return Decision(Action.NONE, None, reasons.below_floor(invoice.due, owed, settings.floor))
    if planned is None:
        return Decision(Action.NONE, None, reasons.ladder_done(invoice.due))
    if shared.freshness.stale:
        why = reasons.bank_too_old(planned.step, planned.day, shared.freshness, settings.bank_max_age)
        return Decision(Action.WAIT, planned.day, why)
    why = reasons.ladder_step(planned.basis, planned.step, planned.day, due=due, moved=planned.moved)
    return Decision(planned.step.action if due else Action.WAIT, planned.day, why)


def _missing(step: LadderStep, debtor: Debtor | None) -> str | None:
    """What is wrong with the debtor's row for the step; '' without a row, None when nothing is.

    A letter goes on paper for Kanaal Post and by e-mail for all others; a call needs a telephone number.
    """
    if debtor is None:
        return ""
    if step.step is Step.HAND_OVER:
        return None
    if step.step in CALLS:
        needs = {"het telefoonnummer": debtor.phone}
    elif debtor.channel is Channel.POST:
        needs = {"het adres": debtor.address, "de postcode": debtor.postcode, "de plaats": debtor.city}
    else:
        return None if debtor.email else reasons.NO_EMAIL
    gaps = [name for name, value in needs.items() if not value]
    return f"{'ontbreekt' if len(gaps) == 1 else 'ontbreken'} {' en '.join(gaps)}" if gaps else None
