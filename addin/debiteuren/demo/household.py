"""Money that has nothing to do with invoices: wages, tax, lease, fuel, bank costs, payouts, own transfers.

Leaves to others: payments by customers (history.py and the scenes).
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from debiteuren.demo.days import DAY, bank_day_back
from debiteuren.demo.facts import Means
from debiteuren.demo.people import OwnBank
from debiteuren.demo.story import HISTORY_DAYS, Story
from debiteuren.domain.days import dutch
from debiteuren.domain.money import ZERO
from debiteuren.rules.workdays import next_bank_day

OPENING = {
    OwnBank.ABN: Decimal("21480.35"),
    OwnBank.ING: Decimal("4316.90"),
    OwnBank.RABO: Decimal("6072.18"),
}
"""What stood on the accounts before the first booking."""

_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_KEEP = Decimal(3000)
_WAGES = (
    ("B. van Ginkel", "NL81RABO0311224455", Decimal("2184.12")),
    ("S. Achahbar", "NL56INGB0006655443", Decimal("2046.58")),
)
_PUMPS = ("TANKSTATION DE KLOMP", "TANKSTATION AMERONGEN", "BOUWMARKT DOORN", "DOE HET ZELF LEERSUM")


def first_day(story: Story) -> date:
    """The first day of the bank files."""
    return next_bank_day(story.on - (HISTORY_DAYS + 5) * DAY)


def _months(story: Story) -> Iterator[date]:
    """The first day of every month the bank files touch."""
    month = first_day(story).replace(day=1)
    while month <= story.on:
        yield month
        month = (month + 31 * DAY).replace(day=1)


def tell_household(story: Story) -> None:
    """A usual month, every month; what is left on ING and Rabobank goes to the main account."""
    begin = first_day(story)
    _extra_income(story)
    for month in _months(story):
        _fixed_costs(story, month, begin)
        _sweep(story, month, begin)
    _small_purchases(story, begin)


def _on(story: Story, month: date, day: int, begin: date) -> date | None:
    """The bank day on or after that day of the month, when the bank files hold it."""
    found = next_bank_day(month + (day - 1) * DAY)
    return found if begin <= found < story.on else None


def _fixed_costs(story: Story, month: date, begin: date) -> None:
    abn, name = OwnBank.ABN, f"{_MONTHS[month.month - 1]} {month.year}"
    if day := _on(story, month, 25, begin):
        for person, iban, wage in _WAGES:
            story.book(abn, day, -wage, name=person, iban=iban, text=f"Salaris {name}")
    if day := _on(story, month, 28, begin):
        story.book(
            abn,
            day,
            -Decimal(1120 + story.random.randrange(300)),
            name="Belastingdienst",
            iban="NL27INGB0009445588",
            kenmerk=f"86543219801{month:%y%m}0",
        )
    for number, who, iban, amount, text in (
        (3, "Groenlease Nederland", "NL50RABO0399887766", "412.35", f"Lease bus {name}"),
        (6, "Onderlinge Verzekeringen", "NL18INGB0007788990", "138.90", "Premie bedrijfspolis 7710042"),
    ):
        if day := _on(story, month, number, begin):
            story.book(
                abn,
                day,
                -Decimal(amount),
                name=who,
                iban=iban,
                text=text,
                means=Means.COLLECTED,
                end_to_end=f"{month:%Y%m}-{number:04d}",
                mandate=f"M{number:06d}",
            )
    if day := _on(story, month, 16, begin):
        story.book(
            OwnBank.RABO,
            day,
            -Decimal(360 + story.random.randrange(420)),
            name="Boomkwekerij Van Ree",
            iban="NL40RABO0355443322",
            text=f"Uw factuur {month.year}{1100 + month.month}",
        )
    for account, cost in ((abn, "14.85"), (OwnBank.ING, "11.20"), (OwnBank.RABO, "12.50")):
        if day := _on(story, month, 2, begin):
            story.book(account, day, -Decimal(cost), text=f"Kosten zakelijk betalen {name}", means=Means.FEE)


def _extra_income(story: Story) -> None:
    """Money in that no invoice explains: a payout of the new web shop, and the tin brought to the bank."""
    day = story.calendar.bank_day_ago(9)
    story.book(
        OwnBank.ING,
        day,
        Decimal(8000 + story.random.randrange(9000)) / 100,
        name="Stichting Mollie Payments",
        iban="NL50ABNA0590000123",
        text=f"Uitbetaling webwinkel {dutch(day)} ref 8841.01",
    )
    story.book(
        OwnBank.RABO,
        story.calendar.bank_day_ago(33),
        Decimal("150.00"),
        text="Storting contant",
        means=Means.CASH,
    )


def _sweep(story: Story, month: date, begin: date) -> None:
    day = _on(story, month, 24, begin)
    if day is None:
        return
    for account in (OwnBank.ING, OwnBank.RABO):
        stands = OPENING[account] + sum(
            (
                booking.amount
                for booking in story.bookings
                if booking.account is account and booking.day < day
            ),
            ZERO,
        )
        spare = (stands - _KEEP) // 100 * 100
        if spare > ZERO:
            story.transfer(day, account, OwnBank.ABN, spare)


def _small_purchases(story: Story, begin: date) -> None:
    """Fuel and tools by card, cash now and then; the last ones on the last day known."""
    for account in (OwnBank.ABN, OwnBank.ING):
        last = story.bank_known_until(account)
        day = last
        while day >= begin:
            if story.chance(1, 7):
                story.book(account, day, -Decimal(50), name="GELDAUTOMAAT DOORN", means=Means.CASH)
            else:
                amount = Decimal(1800 + story.random.randrange(8200)) / 100
                story.book(account, day, -amount, name=story.random.choice(_PUMPS), means=Means.CARD)
            day = bank_day_back(day - story.random.randint(5, 12) * DAY)
