"""What a gardener does and bills: descriptions by season, with what such a job costs.

Leaves to others: who orders it (history.py and the scenes).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from debiteuren.domain.money import to_cents

HIGH = Decimal("0.21")
LOW = Decimal("0.09")
"""Btw on work, and on plants and trees."""


@dataclass(frozen=True, slots=True)
class Work:
    """A job: its description, from and to how many whole euros without btw, and the btw rate."""

    text: str
    lowest: int
    highest: int
    rate: Decimal = HIGH


_ALL_YEAR = (
    Work("Tuinonderhoud voor- en achtertuin", 90, 320),
    Work("Terras hersteld en opnieuw ingeveegd", 280, 950),
    Work("Schutting achterzijde geplaatst", 620, 1650),
    Work("Oprit opnieuw bestraat", 850, 2400),
    Work("Tuinpad met klinkers aangelegd", 340, 1100),
    Work("Pergola gebeitst en rechtgezet", 150, 420),
)
_SEASONS = {
    "winter": (
        Work("Fruitbomen en leibomen gesnoeid", 140, 480),
        Work("Oude coniferen gerooid en afgevoerd", 320, 980),
        Work("Gladheid bestreden op de parkeerplaats", 75, 220),
        Work("Beplantingsplan getekend", 240, 690),
        Work("Knotwilgen geknot", 160, 520),
        Work("Hagen en heesters teruggesnoeid", 95, 340),
        Work("Fruitbomen geplant met boompalen", 130, 460, LOW),
    ),
    "spring": (
        Work("Gazon geverticuteerd, bezand en doorgezaaid", 130, 420),
        Work("Vaste planten voor de borders geplant", 110, 540, LOW),
        Work("Borders gespit en bemest", 95, 290),
        Work("Vijver schoongemaakt en pomp vervangen", 160, 430),
        Work("Rolgras gelegd", 260, 880, LOW),
        Work("Moestuinbakken geplaatst en gevuld", 140, 390),
        Work("Rozen gesnoeid en opgebonden", 65, 180),
    ),
    "summer": (
        Work("Haag voorzijde gesnoeid en snoeisel afgevoerd", 82, 310),
        Work("Gazon gemaaid en kanten gestoken", 60, 190),
        Work("Beregening aangelegd in de borders", 380, 1250),
        Work("Buxus gesnoeid en behandeld", 70, 210),
        Work("Onkruid gewied en borders aangeharkt", 65, 230),
        Work("Vakantieonderhoud: water geven en maaien", 120, 340),
        Work("Klimrek en zandbak met rubbertegels omrand", 420, 1300),
    ),
    "autumn": (
        Work("Haag achterzijde gesnoeid en snoeisel afgevoerd", 82, 310),
        Work("Blad geruimd en goten leeggemaakt", 70, 240),
        Work("Bollen en winterviolen geplant", 65, 260, LOW),
        Work("Drie leilindes geplant", 390, 890, LOW),
        Work("Gazon belucht en herfstbemesting gestrooid", 85, 280),
        Work("Heesters verplant naar de achterborder", 110, 360),
        Work("Tuinverlichting aangelegd", 290, 940),
    ),
}
_SEASON_OF_MONTH = ("winter",) * 2 + ("spring",) * 3 + ("summer",) * 3 + ("autumn",) * 3 + ("winter",)

_SMALL = 430
"""Whole euros without btw: what a customer forgets rather than disputes."""
_QUARTER = Decimal("0.25")


@dataclass(frozen=True, slots=True)
class Price:
    """What stands on the invoice: euros including btw, and the btw in it."""

    total: Decimal
    vat: Decimal


PROJECTS = (
    ("Binnentuin ontworpen en aangelegd, tweede termijn", 6400),
    ("Plantsoen Raadhuisplein heringericht", 8150),
    ("Speelplaats vergroend", 4900),
)
"""Large work under way, without btw: description and price."""


def price(net: Decimal | int, rate: Decimal = HIGH) -> Price:
    """The price of work worth `net` euros without btw; negative for a credit note.

    >>> price(100).total
    Decimal('121.00')
    """
    exact = to_cents(Decimal(net))
    vat = to_cents(exact * rate)
    return Price(exact + vat, vat)


def pick(random: Random, day: date, *, small: bool) -> tuple[str, Price]:
    """A job that fits the season of `day`, with its price; a small one when asked."""
    season = _SEASONS[_SEASON_OF_MONTH[day.month - 1]]
    works = [work for work in season + season + _ALL_YEAR if not small or work.highest <= _SMALL]
    work = random.choice(works)
    quarters = random.randint(4 * work.lowest, 4 * work.highest)
    return work.text, price(quarters * _QUARTER, work.rate)
