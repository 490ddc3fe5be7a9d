"""Which steps of the ladder were done for an invoice.

Answers: the furthest step in Contact, the day it was done, and calls that nobody answered since.
Source: docs/regels.md, "Gedane stappen".
Leaves to others: which rows speak of the invoice (contact_log.py), when the next step may come (ladder.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from debiteuren.domain.contact import Contact, ContactKind, Outcome
from debiteuren.domain.days import days_after
from debiteuren.domain.settings import LadderStep
from debiteuren.rules.ladder import CALLS, LAST_LETTERS, LETTER_STEPS


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an invoice has come. `done`: place in the ladder of the furthest step, -1 for none.

    `done_on`: the day it was done, which starts the wait. `letter`: which one was really logged, where it was
    a letter; `channel`: how that went, as typed.
    `attempts`: days of calls without an answer in the step `calling`, which is not done yet.
    `unanswered`: the step done counts as done because nobody ever answered.
    """

    done: int = -1
    done_on: date | None = None
    letter: ContactKind | None = None
    channel: str = ""
    unanswered: bool = False
    calling: int = -1
    attempts: tuple[date, ...] = ()

    @property
    def next(self) -> int:
        """Place in the ladder of the step that comes now (it may lie past its end)."""
        return self.calling if self.attempts else self.done + 1


NOTHING_DONE = Progress()


def progress(rows: Iterable[Contact], steps: Sequence[LadderStep], call_attempts: int) -> Progress:
    """How far the rows of Contact about one invoice, oldest first, have brought it on these steps.

    A conversation belongs to the call that comes next after the furthest step, or repeats the call that is
    the furthest step. Where the ladder has two calls in a row it is the second once that was due.
    `call_attempts`: calls without an answer, on different days, that count as the step done.
    """
    now = NOTHING_DONE
    for row in rows:
        if row.kind is ContactKind.CONVERSATION:
            now = _after_conversation(now, row, steps, call_attempts)
        elif row.kind in LETTER_STEPS:
            place = _letter_place(row.kind, steps)
            if place is not None and place >= now.done:
                now = Progress(done=place, done_on=row.day, letter=row.kind, channel=row.channel)
    return now


def _letter_place(kind: ContactKind, steps: Sequence[LadderStep]) -> int | None:
    """Where the letter stands; both last letters share a rung, so a changed Soort skips nothing."""
    step = LETTER_STEPS[kind]
    same = LAST_LETTERS if step in LAST_LETTERS else {step}
    return next((place for place, rung in enumerate(steps) if rung.step in same), None)


def _after_conversation(
    now: Progress, row: Contact, steps: Sequence[LadderStep], call_attempts: int
) -> Progress:
    place = _call_place(now, row.day, steps)
    if place is None:
        return now
    if row.outcome is not Outcome.NO_ANSWER:
        return Progress(done=place, done_on=row.day)
    if place == now.done:
        return now
    attempts = (*now.attempts, row.day) if row.day not in now.attempts else now.attempts
    if len(attempts) >= call_attempts:
        return Progress(done=place, done_on=row.day, unanswered=True)
    return replace(now, calling=place, attempts=attempts)


def _call_place(now: Progress, day: date, steps: Sequence[LadderStep]) -> int | None:
    """The call that a conversation on a day belongs to; None past the last call."""
    done = now.done
    if done >= 0 and steps[done].step in CALLS:
        following = done + 1
        if following == len(steps) or steps[following].step not in CALLS or now.done_on is None:
            return done
        return following if day >= days_after(now.done_on, steps[following].wait_days) else done
    return next((place for place in range(done + 1, len(steps)) if steps[place].step in CALLS), None)
