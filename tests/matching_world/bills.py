"""The invoices and credit notes of a made-up world, in the order in which they were sent."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from debiteuren.domain.invoice import Invoice
from debiteuren.domain.money import CENT
from debiteuren.rules.references import fold
from matching_world.habits import Habits
from matching_world.numbers import Number, Numbering, Style
from matching_world.people import Person
from matching_world.words import options

MONTHS = options("januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december")
_PRICES = (
    2500,
    3500,
    4235,
    4500,
    6050,
    7260,
    9075,
    12100,
    15125,
    18150,
    24200,
    30250,
    36300,
    48400,
    60500,
    121000,
)
_WORK = options("werkzaamheden|onderhoud|levering|advies|reparatie|materiaal|consult|installatie")
_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)


@dataclass(slots=True, kw_only=True, eq=False)
class Bill:
    """An invoice as the world knows it; `cents` negative for a credit note, `open` what is truly unpaid."""

    person: Person
    day: date
    cents: int
    about: str
    number: Number
    due: date
    reference: str = ""
    open: int = 0
    subscription: bool = False

    @property
    def name(self) -> str:
        return str(self.number)

    def invoice(self) -> Invoice:
        return Invoice(
            number=self.name,
            debtor=self.person.debtor.number,
            issued=self.day,
            due=self.due,
            amount=self.cents * CENT,
            description=self.about,
            reference=self.reference,
        )


def about_then(random: Random, everything: Sequence[Bill], day: date) -> Bill:
    """One of the invoices sent in the four months before this day, or else the first of all."""
    begin = bisect_left(everything, day - timedelta(120), key=lambda one: one.day)
    end = bisect_left(everything, day, key=lambda one: one.day)
    return (
        everything[random.randrange(begin, max(end, begin + 1))] if begin < len(everything) else everything[0]
    )


def kenmerk(digits: str) -> str:
    """A betalingskenmerk of sixteen digits over these: the check digit before them."""
    body = digits.zfill(15)
    total = sum(int(sign) * _WEIGHTS[at % 10] for at, sign in enumerate(reversed(body)))
    check = 11 - total % 11
    return f"{ {10: 1, 11: 0}.get(check, check) }".strip() + body


def rf(text: str) -> str:
    """An ISO 11649 reference over these letters and digits."""
    figures = "".join(str(int(sign, 36)) for sign in text + "RF00")
    return f"RF{98 - int(figures) % 97:02d}{text}"


def bills(
    random: Random, persons: list[Person], style: Style, habits: Habits, begin: date, end: date, count: int
) -> list[Bill]:
    """About `count` invoices from `begin` to `end`, numbered in order of day."""
    days = (end - begin).days
    drafts: list[tuple[date, int, Person, str, bool]] = []
    for person in persons:
        if person.subscription:
            drafts += _subscription(person, begin, end)
    weights = [person.busy for person in persons]
    serial = 0
    while len(drafts) < count:
        person = random.choices(persons, weights)[0]
        day = begin + timedelta(random.randrange(days))
        cents = _amount(random, habits)
        about = random.choice(person.words if person.words and random.random() < 0.5 else _WORK)
        if random.random() < habits.credit_notes:
            cents = -cents
        drafts.append((day, cents, person, about, False))
        serial += 1
    drafts.sort(key=lambda draft: draft[0])
    numbering = Numbering(style)
    referring: Callable[[Number], str] = random.choice((_no_reference, _kenmerk_of, _rf_of, _kenmerk_of))
    found = []
    for day, cents, person, about, subscription in drafts:
        number = numbering.next(day)
        found.append(
            Bill(
                person=person,
                day=day,
                cents=cents,
                about=about,
                number=number,
                due=day + timedelta(person.debtor.term_days or 30),
                reference=referring(number),
                open=cents,
                subscription=subscription,
            )
        )
    return found


def _no_reference(_number: Number) -> str:
    return ""


def _kenmerk_of(number: Number) -> str:
    return kenmerk("77" + number.digits)


def _rf_of(number: Number) -> str:
    return rf("DB" + fold(str(number)))


def _subscription(person: Person, begin: date, end: date) -> list[tuple[date, int, Person, str, bool]]:
    found = []
    day = begin.replace(day=1)
    while day <= end:
        if day >= begin:
            about = f"Abonnement {MONTHS[day.month - 1]} {day.year}"
            found.append((day, person.subscription, person, about, True))
        day = (day + timedelta(31)).replace(day=1)
    return found


def _amount(random: Random, habits: Habits) -> int:
    if random.random() < habits.usual_prices:
        return random.choice(_PRICES)
    return max(1000, int(random.lognormvariate(10.2, 1.0)))
