"""What a payer of one invoice writes in the description, the reference and the payment's own id."""

from collections.abc import Sequence
from datetime import date
from random import Random

from matching_world.bills import MONTHS, Bill, about_then
from matching_world.habits import Text
from matching_world.numbers import write
from matching_world.words import options

_WORDS = ("factuur", "betaling", "bedankt", "zie factuur", "Nota", "factuur vorige maand")
_CUSTOMER = options("klantnr {}|klantnummer {}|debiteur {}|deb.nr. {}|relatie {}|{}")
_ORDER = options("order {}|bestelling {}|ordernr {}|offerte {}|PO {}")


class Writer:
    """Writes for payers; `everything` are all invoices, for numbers that look like one."""

    def __init__(self, random: Random, everything: Sequence[Bill]) -> None:
        self._random = random
        self._all = everything
        self._firsts: dict[str, str] = {}
        for bill in everything:
            if bill.subscription:
                self._firsts.setdefault(bill.person.debtor.number, bill.name)

    def own_id(self) -> str:
        """The payment's end-to-end id as payers and their banks fill it."""
        random = self._random
        made = f"{random.randrange(10**8):08d}-{random.randrange(10**5)}"
        return random.choice(("", "", "NOTPROVIDED", made, f"PAY{random.randrange(10**7)}"))

    def written(self, bill: Bill, how: Text, day: date) -> tuple[str, str, str]:
        """Description, structured reference and end-to-end id."""
        random = self._random
        if how is Text.REFERENCE:
            if random.random() < 0.7:
                return "", bill.reference, "NOTPROVIDED"
            grouped = " ".join(bill.reference[at : at + 4] for at in range(0, len(bill.reference), 4))
            return random.choice((bill.reference, grouped, f"kenmerk {bill.reference}")), "", "NOTPROVIDED"
        if how is Text.OWN_ID:
            return random.choice(("betaling", "", "factuur")), "", bill.name
        return self._description(bill, how, day), "", self.own_id()

    def _description(self, bill: Bill, how: Text, day: date) -> str:
        random = self._random
        month = MONTHS[bill.day.month - 1]
        without = {
            Text.NOTHING: ("",),
            Text.WORDS: (*_WORDS, bill.about, f"betaling {bill.about}"),
            Text.CUSTOMER: tuple(one.format(bill.person.debtor.number) for one in _CUSTOMER),
            Text.PERIOD: (f"{month} {bill.day.year}", f"abonnement {month}", month, bill.about),
            Text.STALE: (f"factuur {self.first(bill)}", f"vaste opdracht {self.first(bill)}"),
            Text.ORDER: tuple(one.format(about_then(random, self._all, day).number) for one in _ORDER),
        }.get(how)
        if without is not None:
            return random.choice(without)
        written = write(random, bill.number, how)
        if how is Text.WITH_NOISE:
            return self._noise(bill, written, day)
        if how is Text.RIGHT and random.random() < 0.25:
            return f"{written} {random.choice((bill.about, 'bedankt', 'mvg', f'd.d. {bill.day:%d-%m-%Y}'))}"
        return written

    def first(self, bill: Bill) -> str:
        """The first invoice of this subscription, for which the standing order was made."""
        return self._firsts.setdefault(bill.person.debtor.number, bill.name)

    def _noise(self, bill: Bill, written: str, day: date) -> str:
        random = self._random
        person = bill.person
        beside = random.sample(
            (
                f"tel 06{random.randrange(10**7, 10**8)}",
                f"{person.debtor.postcode} {person.debtor.city}",
                f"dd {bill.day:%d-%m-%Y}",
                f"van {bill.day:%d/%m/%y}",
                f"klantnr {person.debtor.number}",
                f"t.n.v. {person.own.iban}",
                f"order 45{random.randrange(10**7, 10**8)}",
                f"EUR {bill.cents // 100},{bill.cents % 100:02d}",
                f"{day:%Y%m%d}",
                f"project {random.randrange(1000, 99999)}",
                f"week {day.isocalendar().week}",
                f"{random.randrange(2, 40)} stuks",
                f"periode {MONTHS[bill.day.month - 1]} {bill.day.year}",
                f"{random.randrange(10, 24)}:{random.randrange(10, 60)}",
                f"huisnr {random.randrange(1, 300)}",
            ),
            random.choice((1, 2, 3)),
        )
        beside.insert(random.randrange(len(beside) + 1), written)
        return " ".join(beside)
