"""The ladder as the user set it: which step follows which.

Answers: the steps for this debtor, in order, and from which day the next one may come.
Source: docs/regels.md, "Ladder" and "Brieven"; tblStappen may be edited.
Leaves to others: which steps were done (steps.py), what comes before the ladder (next_action.py).
"""

from collections.abc import Sequence
from datetime import date

from debiteuren.domain.contact import ContactKind
from debiteuren.domain.days import days_after
from debiteuren.domain.settings import LadderStep, Step
from debiteuren.rules.deadlines import hand_over_day

CALLS = frozenset({Step.CALL, Step.CALL_AGAIN})
LAST_LETTERS = frozenset({Step.FOURTEEN_DAY_LETTER, Step.FINAL_DEMAND})
"""One rung: a protected debtor gets the 14-day letter, a business the last demand."""

LETTER_STEPS = {
    ContactKind.REMINDER: Step.REMINDER,
    ContactKind.SECOND_REMINDER: Step.SECOND_REMINDER,
    ContactKind.FOURTEEN_DAY_LETTER: Step.FOURTEEN_DAY_LETTER,
    ContactKind.FINAL_DEMAND: Step.FINAL_DEMAND,
}
"""The step that a letter in Contact is."""


def steps_for(ladder: Sequence[LadderStep], *, protected: bool) -> tuple[LadderStep, ...]:
    """The steps of the ladder for a debtor, each after the one it follows (Na).

    `protected`: a consumer, or nobody knows. Where the step that another follows was left out, that other
    comes next in the order of the sheet; its wait then counts from the step before.
    """
    unfit = Step.FINAL_DEMAND if protected else Step.FOURTEEN_DAY_LETTER
    left = [step for step in ladder if step.step is not unfit]
    placed: list[LadderStep] = []
    done: set[Step] = set()
    while left:
        following = next((step for step in left if placed and placed[-1].step in step.after), None)
        ready = (step for step in left if not step.after or not done.isdisjoint(step.after))
        chosen = following or next(ready, left[0])
        left = [step for step in left if step.step is not chosen.step]
        placed.append(chosen)
        done.add(chosen.step)
    return tuple(placed)


def wait_from(previous: LadderStep, step: LadderStep, done_on: date, *, by_post: bool) -> date:
    """The first calendar day on which `step` may follow `previous`, done on a day.

    Uit handen geven waits for the last day its letter printed; how that was sent decides which day it is.
    """
    if step.step is Step.HAND_OVER and previous.step in LAST_LETTERS:
        return days_after(hand_over_day(done_on, by_post=by_post), step.wait_days)
    return days_after(done_on, step.wait_days)
