"""The people of a made-up world: companies, sole traders and households, with the accounts they pay from.

Everything here is made up. Family names are shared, trade names differ from bank names, some companies have a
holding and sisters at the same account, and one bookkeeper pays for several clients.
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from debiteuren.domain.account import dutch_iban
from debiteuren.domain.debtor import Debtor, DebtorKind
from matching_world.habits import Habits
from matching_world.words import options

FAMILIES = options(
    "Jansen|de Wit|van den Berg|Bakker|Visser|Smit|Meijer|de Boer|Mulder|de Groot|Bos|Vos|Peters|Hendriks|"
    "van Leeuwen|Dekker|Brouwer|Dijkstra|Smits|de Graaf|van der Meer|Kok|Jacobs|Kuipers|Postma|"
    "Yildiz|El Amrani|Nguyen|Kowalski|Özdemir|Müller|Hoekstra|Willems|Prins|Blom|Huisman|Kuijpers|Veenstra"
)
_FIRST = options(
    "Anna|Bram|Carla|Daan|Eva|Fatima|Gijs|Hanna|Ilse|Jeroen|Karin|Lars|Maria|Noor|Otto|Pieter|Ruben|Sanne|"
    "Tom|Ursula|Vera|Wim|Yusuf|Zoë"
)
_TRADES = options(
    "Bouw|Installatietechniek|Bakkerij|Garage|Hoveniers|Schildersbedrijf|Administratie|Transport|Catering|"
    "Drukkerij|Timmerwerken|Schoonmaak|Elektra|Advies|Design|Fietsen|Dakwerken|Interieur|Makelaardij|Fysio|"
    "Kinderopvang|Sportschool|Apotheek|Reclame|Tandartspraktijk|Verhuur"
)
_FANCY = options(
    "De Linde|Het Anker|Zonneweide|De Gouden Leeuw|Waterland|Noorderlicht|Café René|De Eenhoorn|Bloesem|"
    "Groene Hart|Oud & Nieuw|Studio Zuid|Maasoever|De Korenaar|Polder|Stip|Veldzicht|IJsselkade|Duinrand"
)
_FORMS = (" B.V.", " B.V.", " BV", " VOF", " V.O.F.", "", "", " N.V.", " Holding B.V.")
DISCOUNT_PERCENT, DISCOUNT_DAYS = Decimal(2), 8
_WITH_DISCOUNT = 0.15
_CITIES = options("Utrecht|Zwolle|Breda|Assen|Delft|Tilburg|Hoorn|Venlo|Ede|Goes")
_BANKS = options("INGB|RABO|ABNA|SNSB|ASNB|TRIO|KNAB|BUNQ|RBRB")


@dataclass(slots=True, kw_only=True)
class Source:
    """An account somebody pays from, and the name the bank shows."""

    name: str
    iban: str


@dataclass(slots=True, kw_only=True)
class Person:
    """A debtor and how he pays; `late` is his usual number of days after the due day."""

    debtor: Debtor
    own: Source
    second: Source
    spouse: Source
    holding: Source
    third: Source
    late: int
    busy: float
    subscription: int = 0
    collected: bool = False
    discount: bool = False
    words: tuple[str, ...] = field(default=())


class Accounts:
    """Makes IBANs, each once."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._given: set[str] = set()

    def fresh(self, bank: str = "") -> str:
        while True:
            number = str(self._random.randrange(100_000_000, 999_999_999))
            iban = dutch_iban(bank or self._random.choice(_BANKS), number)
            if iban not in self._given:
                self._given.add(iban)
                return iban


def people(random: Random, accounts: Accounts, count: int, habits: Habits) -> list[Person]:
    """So many debtors. Every tenth company has a sister with the same account."""
    offices = [
        Source(name=f"ADM.KANTOOR {random.choice(FAMILIES).upper()}", iban=accounts.fresh())
        for _ in range(max(2, count // 60))
    ]
    numbered = random.choice(("D{:04d}", "{:05d}", "K-{:04d}"))
    found: list[Person] = []
    for place in range(count):
        number = numbered.format(1000 + place * 3)
        if random.random() < habits.consumers:
            person = _household(random, accounts, number, habits)
        else:
            before = found[-1] if found and found[-1].debtor.kind is DebtorKind.BUSINESS else None
            before = before if random.random() < habits.sisters else None
            person = _company(random, accounts, number, habits, before)
            person.third = random.choice(offices)
        found.append(person)
    return found


def bank_name(random: Random, name: str) -> str:
    """A name as a bank prints it: capitals, plain letters, often cut off or without the legal form."""
    plain = name.translate(str.maketrans("éëöüÖ&", "eeouO+")).replace("+", "en")
    shape = random.random()
    if shape < 0.4:
        plain = plain.upper()
    if shape > 0.7:
        for form in (" B.V.", " BV", " V.O.F.", " VOF", " N.V."):
            plain = plain.removesuffix(form)
    elif shape > 0.6:
        plain = plain.replace("B.V.", "BV").replace("V.O.F.", "VOF")
    return plain[: random.choice((24, 32, 35, 70))].strip()


def _company(
    random: Random, accounts: Accounts, number: str, habits: Habits, sister: Person | None
) -> Person:
    family = random.choice(FAMILIES)
    trade = random.choice(_TRADES)
    core = random.choice(
        (f"{trade} {family}", f"{family} {trade}", random.choice(_FANCY), f"{trade} {random.choice(_FANCY)}")
    )
    name = core + random.choice(_FORMS)
    own = accounts.fresh() if sister is None else sister.own.iban
    legal = name if random.random() < 0.8 else f"{random.choice(_FIRST)[0]}. {family} h.o.d.n. {core}"
    debtor = _debtor(random, number, name, DebtorKind.BUSINESS, own, habits)
    discount = random.random() < _WITH_DISCOUNT
    if discount:
        debtor = replace(debtor, discount_percent=DISCOUNT_PERCENT, discount_days=DISCOUNT_DAYS)
    return Person(
        debtor=debtor,
        own=Source(name=bank_name(random, legal), iban=own),
        second=Source(name=bank_name(random, name), iban=accounts.fresh()),
        spouse=Source(
            name=bank_name(random, f"{random.choice(_FIRST)[0]} {random.choice(FAMILIES)}"),
            iban=accounts.fresh(),
        ),
        holding=Source(
            name=bank_name(random, random.choice((f"{family} Holding B.V.", f"{core} Beheer B.V."))),
            iban=accounts.fresh(),
        ),
        third=Source(name="", iban=""),
        late=random.choice((-20, -10, -3, 0, 0, 2, 5, 10, 20, 40)),
        busy=random.choice((0.3, 0.5, 1, 1, 1, 2, 4)),
        collected=random.random() < habits.collected,
        subscription=_subscription(random) if random.random() < habits.subscribers else 0,
        discount=discount,
        words=(trade.lower(),),
    )


def _household(random: Random, accounts: Accounts, number: str, habits: Habits) -> Person:
    first, family = random.choice(_FIRST), random.choice(FAMILIES)
    partner = random.choice(_FIRST), random.choice(FAMILIES)
    own = accounts.fresh()
    written = random.choice((f"{first} {family}", f"{first[0]}. {family}", f"Fam. {family}"))
    initials = f"{first[0]} {family}"
    own_name = random.choice((initials, f"{first[0]}.{random.choice('ABM')}. {family}", f"{first} {family}"))
    if random.random() < 0.25:
        own_name = f"{initials} en/of {partner[0][0]} {partner[1]}"
    return Person(
        debtor=_debtor(random, number, written, DebtorKind.CONSUMER, own, habits),
        own=Source(name=bank_name(random, own_name), iban=own),
        second=Source(name=bank_name(random, initials), iban=accounts.fresh()),
        spouse=Source(name=bank_name(random, f"{partner[0][0]} {partner[1]}"), iban=accounts.fresh()),
        holding=Source(name=bank_name(random, f"{family} Beheer B.V."), iban=accounts.fresh()),
        third=Source(name=bank_name(random, f"{random.choice(_FIRST)[0]} {family}"), iban=accounts.fresh()),
        late=random.choice((-10, -5, 0, 0, 3, 8, 15)),
        busy=random.choice((0.3, 0.5, 1)),
        collected=random.random() < habits.collected,
        subscription=_subscription(random) if random.random() < habits.subscribers else 0,
    )


def _subscription(random: Random) -> int:
    return random.choice((995, 1500, 2420, 2500, 4500, 6050, 12100))


def _debtor(random: Random, number: str, name: str, kind: DebtorKind, iban: str, habits: Habits) -> Debtor:
    return Debtor(
        number=number,
        name=name,
        kind=kind,
        iban=iban if random.random() < habits.known_accounts else "",
        city=random.choice(_CITIES),
        postcode=f"{random.randrange(1000, 9999)} {random.choice(('AB', 'CD', 'KL', 'XZ'))}",
        address=f"{random.choice(FAMILIES).split()[-1]}straat {random.randrange(1, 300)}",
        term_days=random.choice((None, 14, 30)),
    )
