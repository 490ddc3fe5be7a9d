"""The bookings of a made-up world that belong to no invoice: our own costs, transfers, payouts, mistakes."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

from matching_world.bills import Bill, about_then, kenmerk
from matching_world.bookings import Booking
from matching_world.days import working
from matching_world.habits import Habits, Nobody
from matching_world.payers import drawn
from matching_world.people import FAMILIES, Accounts, Source, bank_name
from matching_world.words import options

_SUPPLIERS = options(
    "Technische Unie|Bouwmaat|Kantoorwinkel|Energie Noord|Waterbedrijf|Telecom NL|Lease Auto|Hosting"
)


class Strangers:
    """Makes bookings of nobody; texts have numbers that look like ours, as in life."""

    def __init__(
        self,
        random: Random,
        accounts: Accounts,
        own: Sequence[str],
        everything: Sequence[Bill],
        habits: Habits,
    ) -> None:
        self._random = random
        self._accounts = accounts
        self._own = own
        self._bills = everything
        self._habits = habits
        self._suppliers = [Source(name=name, iban=accounts.fresh()) for name in _SUPPLIERS]
        self._staff = [
            Source(name=bank_name(random, f"{letter}. {random.choice(FAMILIES)}"), iban=accounts.fresh())
            for letter in "ABCD"
        ]
        self._landlord = Source(name="Vastgoed Beheer Zuid", iban=accounts.fresh())
        self._insurer_account = accounts.fresh()
        self._payout = Source(name="Stichting Mollie Payments", iban=accounts.fresh("ABNA"))
        self._makers: dict[Nobody, Callable[[date], Booking]] = {
            Nobody.SUPPLIER: self._supplier,
            Nobody.SALARY: self._salary,
            Nobody.TAX: self._tax,
            Nobody.RENT: self._rent,
            Nobody.CARD: self._card,
            Nobody.FEES: self._fees,
            Nobody.OWN_OUT: self._own_out,
            Nobody.OWN_IN: self._own_in,
            Nobody.PAYOUT: self._paid_out,
            Nobody.CASH: self._cash,
            Nobody.TAX_BACK: self._tax_back,
            Nobody.WRONG_FIRM: self._wrong_firm,
            Nobody.PRIVATE: self._private,
            Nobody.INSURER: self._insurer,
            Nobody.SUPPLIER_BACK: self._supplier_back,
            Nobody.OWN_BOUNCED: self._own_bounced,
            Nobody.REFUND: self._refund,
        }

    def make(self, count: int, begin: date, end: date) -> list[Booking]:
        found = []
        for _ in range(count):
            kind = drawn(self._random, self._habits.nobody)
            day = min(working(begin + timedelta(self._random.randrange((end - begin).days))), end)
            booking = self._makers[kind](day)
            booking.evidence = "van niemand"
            booking.habits = (kind.value,)
            found.append(booking)
        return found

    def _cents(self, low: int = 500, high: int = 300_000) -> int:
        return self._random.randrange(low, high)

    def _alike(self, day: date) -> str:
        """A number that may well be one of ours."""
        number = about_then(self._random, self._bills, day).name
        return number if self._random.random() < 0.4 else f"{self._random.randrange(10**4, 10**9)}"

    def _supplier(self, day: date) -> Booking:
        who = self._random.choice(self._suppliers)
        text = self._random.choice(
            ("Factuur {}", "factuurnr {} klantnr 88123", "{}", "betreft nota {}")
        ).format(self._alike(day))
        return Booking(day=day, cents=-self._cents(), name=who.name, iban=who.iban, text=text)

    def _salary(self, day: date) -> Booking:
        who = self._random.choice(self._staff)
        return Booking(
            day=day,
            cents=-self._cents(180_000, 320_000),
            name=who.name,
            iban=who.iban,
            text=f"Loon {day:%m-%Y}",
        )

    def _tax(self, day: date) -> Booking:
        reference = kenmerk(f"{self._random.randrange(10**14):015d}")
        return Booking(
            day=day,
            cents=-self._cents(5000, 900_000),
            name="Belastingdienst",
            iban="NL86INGB0002445588",
            reference=reference,
        )

    def _rent(self, day: date) -> Booking:
        return Booking(
            day=day,
            cents=-145_000,
            name=self._landlord.name,
            iban=self._landlord.iban,
            text=f"Huur {day:%m-%Y} contract 20260017",
        )

    def _card(self, day: date) -> Booking:
        machine, minute = self._random.randrange(10**4), self._random.randrange(10, 60)
        text = f"BEA NR:DL{machine:04d} {day:%d.%m.%y}/12.{minute} TANKSTATION,PAS018"
        return Booking(day=day, cents=-self._cents(300, 12_000), text=text)

    def _fees(self, day: date) -> Booking:
        return Booking(day=day, cents=-self._cents(100, 3000), text="Kosten zakelijke rekening")

    def _own_out(self, day: date) -> Booking:
        return Booking(
            day=day,
            cents=-self._cents(10_000, 900_000),
            name="Eigen rekening",
            iban=self._own[-1],
            text="naar spaarrekening",
        )

    def _own_in(self, day: date) -> Booking:
        text = self._random.choice(("overboeking", "aanvulling", f"van spaar {self._alike(day)}"))
        return Booking(
            day=day, cents=self._cents(10_000, 900_000), name="Eigen rekening", iban=self._own[-1], text=text
        )

    def _paid_out(self, day: date) -> Booking:
        text = f"Uitbetaling {day:%Y%m%d} ref {self._random.randrange(10**6)}.{day:%y%m}.01"
        return Booking(
            day=day,
            cents=self._cents(2000, 200_000),
            name=self._payout.name,
            iban=self._payout.iban,
            text=text,
        )

    def _cash(self, day: date) -> Booking:
        return Booking(
            day=day,
            cents=self._cents(1000, 90_000) // 500 * 500,
            text=f"STORTING SEALBAG {self._random.randrange(10**6)}",
        )

    def _tax_back(self, day: date) -> Booking:
        text = f"Teruggaaf omzetbelasting {day.year} {self._random.randrange(10**8, 10**9)}B01"
        return Booking(
            day=day,
            cents=self._cents(5000, 500_000),
            name="Belastingdienst",
            iban="NL86INGB0002445588",
            text=text,
        )

    def _wrong_firm(self, day: date) -> Booking:
        """Somebody pays another company's invoice to us; its number or amount may be like ours."""
        random = self._random
        bill = about_then(random, self._bills, day)
        asked = [random.choice(self._bills).cents for _ in range(20)]
        unlike = [cents for cents in asked if cents > 0 and abs(cents - bill.cents) > 500]
        cents = unlike[0] if unlike else abs(bill.cents) + self._cents()
        name = bank_name(random, f"{random.choice('ABCDEFG')}. {random.choice(FAMILIES)}")
        if random.random() < 0.4:
            text = f"factuur {bill.number}"
        elif random.random() < 0.5:
            text = f"factuur {random.randrange(10**3, 10**7)}"
        else:
            text = random.choice(("contributie", "verjaardag", "rekening", "aanbetaling"))
        return Booking(day=day, cents=cents, name=name, iban=self._accounts.fresh(), text=text)

    def _private(self, day: date) -> Booking:
        who = self._staff[0]
        return Booking(
            day=day,
            cents=self._cents(10_000, 500_000) // 1000 * 1000,
            name=who.name,
            iban=who.iban,
            text="privé storting",
        )

    def _insurer(self, day: date) -> Booking:
        text = f"Schade {self._alike(day)} polis {self._random.randrange(10**7)}"
        return Booking(
            day=day,
            cents=self._cents(5000, 400_000),
            name="Onderlinge Verzekeringen",
            iban=self._insurer_account,
            text=text,
        )

    def _supplier_back(self, day: date) -> Booking:
        who = self._random.choice(self._suppliers)
        text = self._random.choice(("creditnota {}", "Terugbetaling {}", "retour bestelling {}")).format(
            self._alike(day)
        )
        return Booking(day=day, cents=self._cents(500, 50_000), name=who.name, iban=who.iban, text=text)

    def _own_bounced(self, day: date) -> Booking:
        who = self._random.choice(self._suppliers)
        return Booking(
            day=day,
            cents=self._cents(),
            name=who.name,
            iban=who.iban,
            text=f"Factuur {self._alike(day)}",
            return_code="AC04",
        )

    def _refund(self, day: date) -> Booking:
        """What was paid twice goes back; the invoice stays paid."""
        bill = about_then(self._random, self._bills, day)
        text = self._random.choice(
            (f"terugbetaling dubbel betaalde factuur {bill.number}", f"retour te veel betaald {bill.number}")
        )
        return Booking(
            day=day,
            cents=-self._cents(500, 20_000),
            name=bill.person.own.name,
            iban=bill.person.own.iban,
            text=text,
        )
