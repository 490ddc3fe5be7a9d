"""Scenes: late invoices on every step of the ladder, each with the contacts that brought it there.

Source: docs/regels.md, "Ladder" and "Gedane stappen". Built backwards from the day.
Leaves to others: what keeps an invoice off the ladder (scenes_aside.py, scenes_agreements.py).
"""

from dataclasses import dataclass
from datetime import date

from debiteuren.demo.days import DAY, workday_back
from debiteuren.demo.facts import Bill
from debiteuren.demo.people import PEOPLE
from debiteuren.demo.story import Story
from debiteuren.demo.works import price
from debiteuren.domain.contact import ContactKind, DraftState, Outcome
from debiteuren.domain.days import dutch
from debiteuren.domain.invoice import Action, Block, InvoiceStatus
from debiteuren.domain.settings import DEFAULT_LADDER, Step

WAITS = {step.step: step.wait_days for step in DEFAULT_LADDER}
"""Calendar days after the step before; before Uit handen geven the letter's own term comes on top."""
LETTER_TERM = 30
"""More than the 16 or 18 days of the last letter, whatever holidays it moves over."""
_LONG_WAIT = 8

LETTER_KINDS = {
    Step.REMINDER: ContactKind.REMINDER,
    Step.SECOND_REMINDER: ContactKind.SECOND_REMINDER,
    Step.FOURTEEN_DAY_LETTER: ContactKind.FOURTEEN_DAY_LETTER,
    Step.FINAL_DEMAND: ContactKind.FINAL_DEMAND,
}
_FIRM_TALKS = (
    ("De boekhouder is met vakantie", "Na het weekend terug; zou het doorgeven."),
    ("Wacht nog op goedkeuring", "Noemde geen dag."),
    ("", "Zocht de factuur er meteen bij; zou terugbellen."),
)
_HOME_TALKS = (
    ("De factuur nooit ontvangen", "Kopie gestuurd tijdens het gesprek."),
    ("Er is een storing bij de bank", "Zou het die avond opnieuw proberen."),
    ("", "Vriendelijk gesprek over de tuin; zou ernaar kijken."),
)
"""What was said in a call that brought no agreement: the excuse (of tblSmoezen) or '', and a note."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A step as it was really done."""

    step: Step
    day: date


def climbed(number: str, upto: Step, ready: date) -> tuple[list[Rung], date]:
    """The steps before `upto` as they were done so that `upto` was allowed by `ready`, and the bill's day."""
    person = PEOPLE[number]
    last = Step.FOURTEEN_DAY_LETTER if person.is_consumer else Step.FINAL_DEMAND
    ladder = [Step.REMINDER, Step.CALL, Step.SECOND_REMINDER, Step.CALL_AGAIN, last, Step.HAND_OVER]
    done: list[Rung] = []
    day = ready
    for index in range(ladder.index(upto), 0, -1):
        wait = LETTER_TERM if ladder[index] is Step.HAND_OVER else WAITS[ladder[index]]
        day = workday_back(day - wait * DAY)
        done.insert(0, Rung(ladder[index - 1], day))
    issued = workday_back(day - (WAITS[Step.REMINDER] + person.term_days) * DAY)
    return done, issued


def log(story: Story, done: list[Rung], *bills: Bill) -> None:
    """The contacts of these steps."""
    for order, rung in enumerate(done):
        if rung.step in LETTER_KINDS:
            story.letter(LETTER_KINDS[rung.step], rung.day, *bills)
        else:
            talks = _HOME_TALKS if bills[0].person.is_consumer else _FIRM_TALKS
            reason, note = talks[(bills[0].serial + order) % len(talks)]
            outcome = Outcome.EXCUSE if reason else Outcome.OTHER
            story.call(rung.day, *bills, outcome=outcome, reason=reason, note=note)


def due_for(story: Story, number: str, step: Step, action: Action, *, slack: int = 0, net: int = 0) -> Bill:
    """An invoice for which `step` was allowed on the last working day `slack` days ago."""
    done, issued = climbed(number, step, story.calendar.workday_ago(slack))
    bill = story.bill(number, issued, price=price(net) if net else None)
    log(story, done, bill)
    story.expect(InvoiceStatus.OVERDUE, action, bill)
    return bill


def tell_letters(story: Story) -> None:
    """Letters that are due: four kinds, several tones, one on paper, several invoices in one mail."""
    due_for(story, "D121", Step.REMINDER, Action.REMINDER, slack=1)
    due_for(story, "D102", Step.REMINDER, Action.REMINDER, slack=2)
    due_for(story, "D102", Step.REMINDER, Action.REMINDER, slack=5)
    part_paid = due_for(story, "D118", Step.REMINDER, Action.REMINDER, slack=6, net=640)
    story.pay(story.calendar.ago(9), part_paid, amount=price(340).total, text="Eerste deel factuur {0}")
    story.letter(ContactKind.REMINDER, story.calendar.workday_ago(3), part_paid, draft=DraftState.VOID)
    due_for(story, "D112", Step.SECOND_REMINDER, Action.SECOND_REMINDER)
    due_for(story, "D139", Step.SECOND_REMINDER, Action.SECOND_REMINDER, slack=3)
    due_for(story, "D104", Step.SECOND_REMINDER, Action.SECOND_REMINDER, slack=1, net=780)
    due_for(story, "D104", Step.REMINDER, Action.REMINDER, slack=1, net=260)
    due_for(story, "D138", Step.FOURTEEN_DAY_LETTER, Action.FOURTEEN_DAY_LETTER, slack=1)
    due_for(story, "D123", Step.FOURTEEN_DAY_LETTER, Action.FOURTEEN_DAY_LETTER, slack=2)
    due_for(story, "D107", Step.FINAL_DEMAND, Action.FINAL_DEMAND, net=2150)
    due_for(story, "D115", Step.FINAL_DEMAND, Action.FINAL_DEMAND, slack=4)


def tell_calls(story: Story) -> None:
    """Calls that are due, one of them after an attempt without answer."""
    due_for(story, "D120", Step.CALL, Action.CALL, slack=2)
    tried = due_for(story, "D134", Step.CALL, Action.CALL, slack=1)
    story.call(workday_back(story.calendar.ready - DAY), tried, outcome=Outcome.NO_ANSWER)
    due_for(story, "D129", Step.CALL_AGAIN, Action.CALL_AGAIN, slack=1)


def tell_waits(story: Story) -> None:
    """Late, but the next step comes later; and the very last step."""
    days = story.calendar
    story.expect(InvoiceStatus.OVERDUE, Action.WAIT, story.bill("D126", days.ago(1 + 14), term=14))

    reminded = story.bill("D135", days.workday_ago(14 + _LONG_WAIT))
    letter_day = days.still_waiting(5)
    story.letter(ContactKind.REMINDER, letter_day, reminded)
    too_soon = story.bill("D135", days.ago(2 + 14), term=14)
    story.expect(InvoiceStatus.OVERDUE, Action.WAIT, reminded, too_soon)

    demanded, issued = climbed("D113", Step.FINAL_DEMAND, days.workday_ago(6))
    last_chance = story.bill("D113", issued)
    log(story, [*demanded, Rung(Step.FINAL_DEMAND, days.workday_ago(6))], last_chance)
    story.expect(InvoiceStatus.OVERDUE, Action.WAIT, last_chance)

    due_for(story, "D136", Step.HAND_OVER, Action.HAND_OVER)
    gone, issued = climbed("D127", Step.HAND_OVER, days.workday_ago(60))
    handed = story.bill(
        "D127",
        issued,
        block=Block.HANDED_OVER,
        block_reason=f"Overgedragen aan het incassobureau op {dutch(days.workday_ago(58))}",
    )
    log(story, gone, handed)
    story.expect(InvoiceStatus.HANDED_OVER, Action.NONE, handed)
