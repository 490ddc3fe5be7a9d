"""The ordinary customers: most pay on time, some late, a few after a reminder; and what is not due yet.

Leaves to others: the invoices with a story (the scenes).
"""

from datetime import date

from debiteuren.demo.days import DAY
from debiteuren.demo.facts import Bill
from debiteuren.demo.people import PEOPLE
from debiteuren.demo.story import HISTORY_DAYS, Story
from debiteuren.demo.works import PROJECTS, price
from debiteuren.domain.contact import ContactKind, Outcome
from debiteuren.domain.invoice import Action, InvoiceStatus
from debiteuren.rules.workdays import next_workday

NOT_DUE_COUNT = 20
"""Invoices of the last weeks that nobody has paid yet, nor has to."""
_LONGEST_WEEKEND = 5
"""More days than Easter or Christmas keeps the office closed."""
_QUIET_DAYS = 25
"""So long before the day no reminder of an ordinary invoice goes out: the scenes need those weeks."""

_TEXTS = (
    "Factuur {0}",
    "{0}",
    "factuurnummer {0}",
    "Betaling {0}",
    "fact {0} hovenier",
    "De Linde, {0}, dank",
    "Factuur {0} van {issued}",
)
_ONE_LATE_IN = 12
_LATE_PAYERS = ("D101", "D106", "D112", "D115", "D120", "D122", "D124", "D137")
_NEW_CUSTOMERS = frozenset({"D127", "D140"})


def tell_not_due(story: Story) -> None:
    """Recent invoices, still within their term, three of them for large work."""
    for number, back, (text, net) in zip(("D107", "D111", "D117"), (5, 12, 17), PROJECTS, strict=True):
        bill = story.bill(number, _office_day(story, back), price=price(net), text=text)
        story.expect(InvoiceStatus.OPEN, _while_waiting(story, number), bill)
    numbers = sorted(set(PEOPLE) - _NEW_CUSTOMERS - {"D133"})
    for number in story.random.sample(numbers, NOT_DUE_COUNT):
        longest = min(PEOPLE[number].term_days, 20) - _LONGEST_WEEKEND
        bill = story.bill(number, _office_day(story, story.random.randint(1, longest)), small=False)
        story.expect(InvoiceStatus.OPEN, _while_waiting(story, number), bill)


def _while_waiting(story: Story, number: str) -> Action:
    """A debtor who asked for time makes us wait, whether or not his invoice is late."""
    return Action.WAIT if number in story.no_reminders_until else Action.NONE


def tell_paid(story: Story, count: int) -> None:
    """So many invoices that were paid, spread evenly over the months."""
    usual = [number for number in PEOPLE if number not in _NEW_CUSTOMERS]
    firms = [number for number in usual if not PEOPLE[number].is_consumer]
    span = HISTORY_DAYS - 12
    for index in range(count):
        back = HISTORY_DAYS - index * span // count
        late = index % _ONE_LATE_IN == 0
        number = story.random.choice(_LATE_PAYERS) if late else story.random.choice(usual + firms)
        bill = story.bill(number, _office_day(story, back), small=False)
        reminded = next_workday(bill.due + story.random.randint(2, 4) * DAY)
        if late and reminded < story.calendar.ago(_QUIET_DAYS) and story.is_quiet(number, reminded):
            _after_reminder(story, bill, reminded, called=index % (2 * _ONE_LATE_IN) == 0)
        else:
            _by_itself(story, bill)
        story.expect(InvoiceStatus.PAID, Action.NONE, bill)


def tell_small_talk(story: Story) -> None:
    """What else was said: customers are people (rule D03, docs/regels.md)."""
    for number, back, note in (
        ("D101", 33, "Kerstbakje meegebracht; denkt aan een border naast de oven."),
        ("D114", 61, "Stekken geruild, belde zelf."),
        ("D103", 76, "Vroeg naar schaduwplanten voor de wachtkamer."),
        ("D137", 118, "Feliciteerden haar met het jubileum van de tuin."),
    ):
        story.small_talk(story.calendar.workday_ago(back), number, note)


def _by_itself(story: Story, bill: Bill) -> None:
    term = (bill.due - bill.issued).days
    wanted = story.random.randint(term // 3, term) if story.chance(6, 7) else term + 2
    latest = (story.bank_known_until(bill.person.pays_to) - bill.issued).days
    _pay(story, bill, bill.issued + max(min(wanted, latest), 0) * DAY)


def _after_reminder(story: Story, bill: Bill, reminded: date, *, called: bool) -> None:
    story.letter(ContactKind.REMINDER, reminded, bill)
    paid = reminded + story.random.randint(2, 6) * DAY
    if called:
        day = next_workday(reminded + 7 * DAY)
        paid = next_workday(day + 3 * DAY)
        story.call(
            day,
            bill,
            outcome=Outcome.PROMISE,
            promised_on=paid,
            note="Vriendelijk gesprek; was door de drukte blijven liggen.",
        )
        story.letter(ContactKind.INVOICE_COPY, day, bill)
    _pay(story, bill, paid)


def _pay(story: Story, bill: Bill, day: date) -> None:
    if bill.with_reference and story.chance(1, 5):
        story.pay(day, bill, by_reference=True)
    else:
        text = story.random.choice(_TEXTS).replace("{issued}", f"{bill.issued:%d-%m-%Y}")
        story.pay(day, bill, text=text)


def _office_day(story: Story, back: int) -> date:
    """The last working day so many days back: invoices are made at the office."""
    return story.calendar.workday_ago(back)
