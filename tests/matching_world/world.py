"""Puts a made-up world together: as many bookings as asked, at our own accounts, in order of day."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from debiteuren.domain.arrangement import Arrangement, Instalment
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import CENT
from debiteuren.domain.settings import Company, Settings
from matching_world.bills import Bill, bills
from matching_world.bookings import Booking
from matching_world.days import working
from matching_world.habits import Amount, Habits, Payer
from matching_world.numbers import STYLES
from matching_world.payers import Payers
from matching_world.people import Accounts, Person, people
from matching_world.strangers import Strangers
from matching_world.words import plain

ON = date(2026, 11, 21)
BEGIN = date(2025, 1, 2)
_OWN_BANKS = ("INGB", "RABO", "ABNA")
_INVOICES_A_BOOKING = 1.02
"""So many invoices are sent for each booking of a debtor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """All there is to know: `accounts` are ours, the last one a savings account without bookings."""

    seed: int
    style: str
    on: date
    accounts: tuple[str, ...]
    persons: tuple[Person, ...]
    bills: tuple[Bill, ...]
    bookings: tuple[Booking, ...]
    arrangements: tuple[Arrangement, ...]
    instalments: tuple[Instalment, ...]

    def ledger(self) -> Ledger:
        """What the workbook would hold after everything was imported and nothing matched yet."""
        return Ledger(
            invoices=tuple(bill.invoice() for bill in self.bills),
            debtors=tuple(person.debtor for person in self.persons),
            payments=tuple(booking.payment() for booking in self.bookings),
            arrangements=self.arrangements,
            instalments=self.instalments,
            settings=Settings(company=Company(name="Hoveniersbedrijf Made-up", iban=self.accounts[-1])),
        )


def make_world(seed: int, bookings: int, *, habits: Habits | None = None, style: int | None = None) -> World:
    """A world with exactly so many bookings, the same for the same seed; `style` is a place in STYLES."""
    habits = habits or Habits()
    random = Random(seed)  # noqa: S311 - a repeatable world, no secret
    chosen = STYLES[random.randrange(len(STYLES)) if style is None else style]
    accounts = Accounts(random)
    own = tuple(accounts.fresh(bank) for bank in (*_OWN_BANKS, "INGB"))
    wanted = int(bookings * (1 - habits.nobody_share))
    persons = people(random, accounts, max(6, wanted // 11), habits)
    everything = bills(random, persons, chosen, habits, BEGIN, ON, int(wanted * _INVOICES_A_BOOKING))
    payers = Payers(random, accounts, habits, everything, ON)
    arrangements, instalments = _arrangements(random, habits, persons, everything, payers)
    taken = {number: one for one in arrangements for number in one.invoices}
    of: dict[str, list[Bill]] = {person.debtor.number: [] for person in persons}
    for bill in everything:
        of[bill.person.debtor.number].append(bill)
    for person in persons:
        payers.pay(person, of[person.debtor.number], taken)
    paid = [one for one in payers.bookings if one.day <= ON]
    strangers = Strangers(random, accounts, own, everything, habits)
    paid = paid[:bookings]
    lines = paid + strangers.make(bookings - len(paid), BEGIN, ON)
    random.shuffle(lines)
    lines.sort(key=lambda one: one.day)
    for place, line in enumerate(lines):
        line.transaction = f"W{place:06d}"
        line.name = plain(line.name)
        line.text = "" if line.reference else plain(line.text)  # a transfer has the one or the other
        line.account = own[place % len(_OWN_BANKS)]
    return World(
        seed=seed,
        style=chosen.name,
        on=ON,
        accounts=own,
        persons=tuple(persons),
        bills=tuple(everything),
        bookings=tuple(lines),
        arrangements=arrangements,
        instalments=instalments,
    )


def _arrangements(
    random: Random, habits: Habits, persons: list[Person], everything: list[Bill], payers: Payers
) -> tuple[tuple[Arrangement, ...], tuple[Instalment, ...]]:
    """Some debtors pay their oldest invoices in monthly instalments, agreed after the last of them."""
    of: dict[str, list[Bill]] = {}
    for bill in everything:
        of.setdefault(bill.person.debtor.number, []).append(bill)
    agreed: list[Arrangement] = []
    terms: list[Instalment] = []
    for person in persons:
        own = [one for one in of.get(person.debtor.number, []) if one.cents > 0][:2]
        if not own or person.collected or random.random() >= habits.arrangements:
            continue
        name = f"R{len(agreed) + 1:03d}"
        day = own[-1].due + timedelta(random.randrange(20, 60))
        total = sum(one.cents for one in own)
        count = random.choice((3, 4, 6))
        each = -(-total // count // 100) * 100
        left = total
        agreed.append(
            Arrangement(
                id=name,
                debtor=person.debtor.number,
                invoices=tuple(one.name for one in own),
                amount=total * CENT,
                agreed_on=day,
                agreed_with=person.debtor.name,
                terms="maandelijks",
                consequence="het hele bedrag is dan ineens opeisbaar",
                confirmed_on=day,
            )
        )
        for turn in range(1, count + 1):
            cents = left if turn == count else min(each, left)
            if cents <= 0:
                break
            left -= cents
            due = day + timedelta(30 * turn)
            terms.append(Instalment(arrangement=name, number=str(turn), due=due, amount=cents * CENT))
            payers.bookings.append(_instalment(random, person, own, working(due), cents, turn))
    return tuple(agreed), tuple(terms)


def _instalment(random: Random, person: Person, own: list[Bill], day: date, cents: int, turn: int) -> Booking:
    """An instalment fills the invoices of the arrangement, the oldest first."""
    truth: dict[str, int] = {}
    left = cents
    for bill in own:
        part = min(bill.open, left)
        if part and day <= ON:
            truth[bill.name] = part
            bill.open -= part
            left -= part
    text = random.choice((f"termijn {turn}", "betalingsregeling", f"regeling {own[0].name}", ""))
    return Booking(
        day=day,
        cents=cents,
        name=person.own.name,
        iban=person.own.iban,
        text=text,
        truth=truth,
        among=frozenset(one.name for one in own),
        evidence="termijn van een regeling",
        habits=("termijn", Amount.INSTALMENT.value, Payer.OWN.value),
    )


def reversed_rows(world: World) -> Ledger:
    """The same ledger with every list the other way round."""
    made = world.ledger()
    return replace(
        made,
        invoices=made.invoices[::-1],
        debtors=made.debtors[::-1],
        payments=made.payments[::-1],
        arrangements=made.arrangements[::-1],
        instalments=made.instalments[::-1],
    )
