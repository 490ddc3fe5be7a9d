"""How the debtors of a made-up world pay: when, from where, with which words and how much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from matching_world.amounts import changed, evidence
from matching_world.bills import Bill
from matching_world.bookings import Booking
from matching_world.collecting import bounced, collected, paid_out
from matching_world.days import working
from matching_world.habits import Amount, Habits, Payer, Several, Text
from matching_world.numbers import applies, write_several
from matching_world.people import Accounts, Person, Source
from matching_world.writing import Writer

Choice = TypeVar("Choice")
_FEW = 2
_SHORTENED = {Several.SUFFIXES, Several.SEQUENCES, Several.DASHED}
_SEVERAL_NUMBERS = "meer facturen"
_MOST_TEXT = 140
_PROVIDERS = (
    "Stichting Mollie Payments",
    "Stichting Pay.nl",
    "Adyen N.V.",
    "Buckaroo Stichting Derdengelden",
)


def drawn(random: Random, weights: Mapping[Choice, float]) -> Choice:
    return random.choices(list(weights), list(weights.values()))[0]


@dataclass(slots=True, kw_only=True)
class Intent:
    """On this day somebody means to pay these invoices."""

    day: date
    bills: list[Bill]


class Payers:
    """Makes the bookings of everybody who owes us something."""

    def __init__(
        self, random: Random, accounts: Accounts, habits: Habits, everything: Sequence[Bill], on: date
    ) -> None:
        self._random = random
        self._habits = habits
        self._writer = Writer(random, everything)
        self._on = on
        self._providers = [Source(name=name, iban=accounts.fresh("ABNA")) for name in _PROVIDERS]
        self.bookings: list[Booking] = []

    def pay(self, person: Person, own: Sequence[Bill], taken: Mapping[str, object]) -> None:
        """Everything this debtor pays; bills in `taken` are paid by an arrangement."""
        asked = [one for one in own if one.cents > 0 and one.name not in taken]
        credits_ = [one for one in own if one.cents < 0]
        if person.collected:
            for bill in asked:
                self._collect(person, bill)
        else:
            intents = self._intents(person, asked)
            while intents:
                intent = intents.pop(0)
                if intent.day <= self._on:
                    self._carry_out(person, intent, intents, asked, credits_)
        for note in credits_:
            if note.open and self._random.random() < 0.3:
                self.bookings.append(paid_out(self._random, note))

    def _collect(self, person: Person, bill: Bill) -> None:
        """We collect it; what comes back is mostly paid by hand later."""
        random = self._random
        if working(bill.due) > self._on:
            return
        taken = collected(random, bill)
        self.bookings.append(taken)
        if random.random() >= self._habits.storno:
            return
        self.bookings.append(bounced(random, taken, bill))
        if random.random() < 0.8:
            day = working(taken.day + timedelta(random.randrange(22, 50)))
            self._single(person, bill, day, self._text_habit(bill), Amount.EXACT, ())

    def _intents(self, person: Person, asked: Sequence[Bill]) -> list[Intent]:
        random = self._random
        found: list[Intent] = []
        at = 0
        while at < len(asked):
            first = asked[at]
            count = 1
            if random.random() < self._habits.together:
                count = random.choice((2, 2, 2, 3, 3, 4, 5))
            group = [one for one in asked[at : at + count] if one.day <= first.day + timedelta(40)]
            at += len(group)
            if random.random() < self._habits.unpaid:
                continue
            wait = max(1, (first.due - first.day).days + person.late + random.randrange(-4, 8))
            day = max(group[-1].day + timedelta(random.randrange(1, 5)), first.day + timedelta(wait))
            found.append(Intent(day=working(day), bills=group))
        found.sort(key=lambda one: one.day)
        return found

    def _carry_out(
        self,
        person: Person,
        intent: Intent,
        later: list[Intent],
        asked: Sequence[Bill],
        notes: Sequence[Bill],
    ) -> None:
        bills = [one for one in intent.bills if one.open == one.cents]
        if not bills:
            return
        if len(bills) > 1:
            self._several(person, bills, intent.day)
            return
        text = self._text_habit(bills[0])
        amount = drawn(self._random, self._habits.amount)
        bill = bills[0]
        if text.names_nothing:
            bill = _oldest_alike(bill, asked, later, intent.day)
            if amount not in {Amount.EXACT, Amount.NETTED, Amount.DISCOUNT}:
                amount = Amount.EXACT
        self._single(person, bill, intent.day, text, amount, notes)

    def _text_habit(self, bill: Bill) -> Text:
        text = drawn(self._random, self._habits.text)
        if text is Text.REFERENCE and not bill.reference:
            return Text.RIGHT
        if (text in {Text.PERIOD, Text.STALE} and not bill.subscription) or not applies(text, bill.number):
            return Text.RIGHT
        if bill.subscription and text is Text.RIGHT and self._random.random() < 0.1:
            return Text.PERIOD
        return text

    def _single(
        self, person: Person, bill: Bill, day: date, text: Text, amount: Amount, notes: Sequence[Bill]
    ) -> None:
        random = self._random
        wanted = bill.cents
        note = next((one for one in notes if one.open and one.day <= day and -one.open < wanted), None)
        if amount is Amount.EXACT and note is not None and random.random() < 0.5:
            amount = Amount.NETTED
        if amount is Amount.EXACT and person.discount and random.random() < self._habits.discount:
            amount = Amount.DISCOUNT
            day = working(bill.day + timedelta(random.randrange(1, 7)))
        if amount is Amount.PART:
            self._parts(person, bill, day, text)
            return
        truth = {bill.name: wanted}
        cents = wanted
        if amount is Amount.NETTED and note is not None:
            cents = wanted + note.open
            truth[note.name] = note.open
            note.open = 0
        elif amount is not Amount.EXACT:
            cents = changed(random, wanted, amount)
            truth[bill.name] = min(cents, wanted)
        if amount is Amount.DISCOUNT:
            truth[bill.name] = cents
        bill.open -= wanted if amount is Amount.DISCOUNT else truth[bill.name]
        made = self._book(person, [bill], day, cents, truth, text, amount)
        if text is Text.STALE:
            made.instead = self._writer.first(bill)
        if amount is Amount.NETTED and note is not None and random.random() < 0.5:
            made.text = f"{made.text} minus credit {note.name}"[:_MOST_TEXT].strip()
        if amount is Amount.TWICE:
            again = self._book(
                person, [bill], working(day + timedelta(random.randrange(1, 30))), cents, {}, text, amount
            )
            again.twin = made
            made.twin = again

    def _parts(self, person: Person, bill: Bill, day: date, text: Text) -> None:
        random = self._random
        count = random.choice((2, 2, 3))
        left = bill.cents
        source = drawn(random, self._habits.payer)
        for turn in range(count):
            cents = left if turn == count - 1 else max(100, left // (count - turn) // 500 * 500)
            if cents >= left and turn < count - 1:
                continue
            if day > self._on:
                break
            made = self._book(person, [bill], day, cents, {bill.name: cents}, text, Amount.PART, source)
            if turn and random.random() < 0.4:
                made.text = f"restant {made.text}"[:_MOST_TEXT]
            bill.open -= cents
            left -= cents
            day = working(day + timedelta(random.randrange(7, 35)))

    def _several(self, person: Person, bills: list[Bill], day: date) -> None:
        random = self._random
        how = drawn(random, self._habits.several)
        numbers = [one.number for one in bills]
        steps = [int(one.sequence) for one in numbers]
        if how is Several.RANGE and (
            len(bills) <= _FEW or steps != list(range(steps[0], steps[0] + len(steps)))
        ):
            how = Several.LISTED
        if len({one.year for one in numbers}) > 1 and how in _SHORTENED:
            how = Several.LISTED
        written = "" if how is Several.SUM_ONLY else write_several(random, numbers, how)
        cents = sum(one.cents for one in bills)
        truth = {one.name: one.cents for one in bills}
        amount, among = Amount.EXACT, frozenset[str]()
        if random.random() < self._habits.one_short and how is not Several.SUM_ONLY:
            amount, among = Amount.ROUNDED, frozenset(truth)
            less = random.randrange(1, min(one.cents for one in bills))
            truth[bills[-1].name] -= less
            cents -= less
        for one in bills:
            one.open = 0
        payer, source = self._source(person)
        self.bookings.append(
            Booking(
                day=day,
                cents=cents,
                name=source.name,
                iban=source.iban,
                text=(written or random.choice(("", "openstaande facturen", "diverse facturen", "saldo")))[
                    :_MOST_TEXT
                ],
                end_to_end=self._writer.own_id(),
                truth=truth,
                among=among,
                evidence="meer facturen, som zonder nummers" if how is Several.SUM_ONLY else _SEVERAL_NUMBERS,
                habits=(how.value, amount.value, payer.value),
            )
        )

    def _book(
        self,
        person: Person,
        bills: Sequence[Bill],
        day: date,
        cents: int,
        truth: dict[str, int],
        text: Text,
        amount: Amount,
        payer: Payer | None = None,
    ) -> Booking:
        payer, source = self._source(person, payer)
        written, reference, end_to_end = self._writer.written(bills[0], text, day)
        if payer is Payer.PROVIDER and self._random.random() < 0.5:
            written = f"{written} M{self._random.randrange(10**9):09d} {person.own.name}".strip()
        elif payer in {Payer.THIRD, Payer.SPOUSE} and self._random.random() < 0.4:
            written = f"{written} {person.debtor.name}".strip()
        made = Booking(
            day=day,
            cents=cents,
            name=source.name,
            iban=source.iban,
            text=written[:_MOST_TEXT],
            reference=reference,
            end_to_end=end_to_end,
            truth=truth,
            evidence=evidence(text, amount, payer),
            habits=(text.value, amount.value, payer.value),
        )
        self.bookings.append(made)
        return made

    def _source(self, person: Person, payer: Payer | None = None) -> tuple[Payer, Source]:
        payer = payer or drawn(self._random, self._habits.payer)
        if payer is Payer.PROVIDER:
            return payer, self._random.choice(self._providers)
        return payer, {
            Payer.OWN: person.own,
            Payer.SECOND: person.second,
            Payer.SPOUSE: person.spouse,
            Payer.HOLDING: person.holding,
            Payer.THIRD: person.third,
        }[payer]


def _oldest_alike(bill: Bill, asked: Sequence[Bill], later: Sequence[Intent], day: date) -> Bill:
    """The oldest open invoice of the same amount: by law that is what money without a name pays.

    Whoever meant to pay that one later will then pay this one.
    """
    for other in asked:
        if other is bill:
            break
        if other.open == other.cents == bill.cents and other.due <= bill.due and other.day <= day:
            for intent in later:
                if any(one is other for one in intent.bills):
                    intent.bills = [bill if one is other else one for one in intent.bills]
            return other
    return bill
