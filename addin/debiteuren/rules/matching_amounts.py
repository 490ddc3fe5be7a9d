"""What the amount of a payment says about the open invoices of somebody.

Answers: which invoices are open on the day, and which of them fit the amount: one, several together, one of
the month that is named, an agreed instalment, nearly, or by law the oldest.
Source: docs/regels.md, "Zonder nummer", "Optellen" and "Volgorde van betalen".
Leaves to others: who pays and what the text names (matching_inferred.py), words (matching_guess_words.py).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from debiteuren.domain.payment import Payment
from debiteuren.rules.matching_agreed import AgreedInstalments
from debiteuren.rules.matching_books import Books, Line
from debiteuren.rules.matching_guess_words import GuessWords
from debiteuren.rules.matching_payers import Payer
from debiteuren.rules.matching_sums import MOST_SUMMED, Sums
from debiteuren.rules.matching_sure import filled
from debiteuren.rules.months import months_in
from debiteuren.rules.payment_text import speaks_of_a_part

MOST_ALIKE = 3
_MOST_OF_ONE_AMOUNT = 3
"""An amount that is open on more invoices says nothing by itself."""
_MOST_KNOWN = 40
"""With more open invoices than this an amount proves nothing."""
_NEAR = Decimal("0.05")
_NEAR_EUROS = Decimal("1.00")
"""Nearly: so much of the open amount, or so many euros."""


class Fit(NamedTuple):
    """Invoices that a payment may be for: what each gets, why, and whether that is beyond doubt.

    `why` gives the words when they are asked for, with the books as they then stand. `named`: part of their
    numbers stands there; that goes before what only the amount says.
    """

    lines: tuple[Line, ...]
    why: Callable[[], str]
    sure: bool = False
    named: bool = False


class AmountFits:
    """Compares amounts with the books as they stand now."""

    def __init__(
        self, books: Books, agreed: AgreedInstalments, words: GuessWords, on: date, difference_max: Decimal
    ) -> None:
        self._books = books
        self._agreed = agreed
        self._words = words
        self._on = on
        self._max = difference_max
        self._sums = Sums()
        self._amounts: dict[Decimal, list[int]] | None = None

    def forget(self) -> None:
        """Look anew what is open."""
        self._amounts = None

    def sums(self, places: Iterable[int], amount: Decimal) -> tuple[tuple[int, ...], ...]:
        """The ways to make an amount of two or more of these invoices, oldest first."""
        return self._sums.ways(self.owed(places), amount)

    def open(self, debtors: Iterable[str], payment: Payment) -> list[int]:
        """Places of what was open and dated on the day of the payment, oldest due day first."""
        last = min(payment.booked, self._on)
        unpaid, invoices = self._books.unpaid, self._books.invoices
        return [
            place
            for debtor in debtors
            for place in self._books.open.of(debtor)
            if invoices[place].issued <= last
            and (abs(unpaid[place]) > self._max or unpaid[place] == payment.amount)
        ]

    def is_open(self, place: int, amount: Decimal) -> bool:
        """More than a difference that is let be, unless it is exactly this amount."""
        unpaid = self._books.unpaid[place]
        return abs(unpaid) > self._max or unpaid == amount

    def exact(
        self, payment: Payment, amount: Decimal, payer: Payer, places: Sequence[int], *, sure: bool
    ) -> Iterator[Fit]:
        """The amount is that of one open invoice, of an instalment, or the sum of some invoices."""
        single = [place for place in places if self._books.unpaid[place] == amount]
        sums = self.sums(places, amount)
        agreed = [
            one
            for one in self._agreed.lines(payer.debtors, places, payment, amount)
            if not any(self.owed((place,)) == one.lines for place in single)
        ]
        others = len(sums) + len(agreed)
        said = months_in(payment.description) if single or sure else frozenset()
        meant = self._of_the_month(said, single)
        sure = sure and not speaks_of_a_part(payment.description) and len(places) <= _MOST_KNOWN
        sure = sure and bool(meant or not said)
        for place in self._ranked(meant or single, payment):
            why = partial(self._words.exact, place, len(single), amount, payer.words, of_month=bool(meant))
            yield Fit(self.owed((place,)), why, sure and not others and len(meant or single) == 1)
        for one in agreed:
            yield Fit(one.lines, partial(self._words.instalment, one.id, one.lines, amount, payer.words))
        if meant:
            for place in self._ranked([place for place in single if place not in meant], payment):
                yield Fit(
                    self.owed((place,)), partial(self._words.exact, place, len(single), amount, payer.words)
                )
        only = sure and not single and others == 1 and len(places) <= MOST_SUMMED
        # Who pays what an invoice was before part of it was paid, may well mean that one.
        only = only and not any(self._books.invoices[place].amount == amount for place in places)
        for way in sums[:MOST_ALIKE]:
            yield Fit(self.owed(way), partial(self._words.summed, way, amount, payer.words), only)

    def _of_the_month(self, said: frozenset[tuple[int, int]], places: Sequence[int]) -> list[int]:
        """Of invoices of one amount those of a month that the text names.

        By what they are for, else by their date.
        """
        invoices = self._books.invoices
        about = [place for place in places if months_in(invoices[place].description) & said]
        return about or [
            place
            for place in places
            if {
                (invoices[place].issued.month, 0),
                (invoices[place].issued.month, invoices[place].issued.year),
            }
            & said
        ]

    def _ranked(self, places: Sequence[int], payment: Payment) -> list[int]:
        """Of equal ones the oldest, by law; then the one whose due day is nearest, then the next oldest."""
        if len(places) <= MOST_ALIKE:
            return list(places)
        invoices = self._books.invoices
        nearest = min(places[1:], key=lambda place: abs((invoices[place].due - payment.booked).days))
        return list(dict.fromkeys((places[0], nearest, *places)))[:MOST_ALIKE]

    def near(self, payment: Payment, amount: Decimal, payer: Payer) -> Iterator[Fit]:
        """Nearly the open amount of an invoice: rounded, a discount of his own, costs of a bank."""
        near = [
            (abs(owed - amount), place)
            for place, owed in self.owed(self.open(payer.debtors, payment))
            if owed > 0 and abs(owed - amount) <= max(owed * _NEAR, _NEAR_EUROS) and owed != amount
        ]
        if near:
            place = min(near, key=lambda one: one[0])[1]  # of equals the oldest
            lines = filled(self.owed((place,)), amount)
            yield Fit(lines, partial(self._words.near, place, amount, payer.words))

    def in_order(self, payment: Payment, amount: Decimal, payer: Payer) -> Iterator[Fit]:
        """Nothing fits: by law what is due comes first, the oldest before the rest (BW 6:43)."""
        owed = [line for line in self.owed(self.open(payer.debtors, payment)) if line[1] > 0]
        lines = filled(owed, amount)
        if lines:
            yield Fit(lines, partial(self._words.oldest, lines, amount, payer.words))

    def by_amount(self, payment: Payment, amount: Decimal) -> Iterator[Fit]:
        """Only the amount: where few invoices have just this open."""
        invoices = self._books.invoices
        if self._amounts is None:
            self._amounts = {}
            for place, unpaid in enumerate(self._books.unpaid):
                if unpaid > 0:
                    self._amounts.setdefault(unpaid, []).append(place)
            for places in self._amounts.values():
                places.sort(key=lambda place: invoices[place].issued)
        last = min(payment.booked, self._on)
        found: list[int] = []
        for place in self._amounts.get(amount, ()):
            if invoices[place].issued > last:
                break
            if self._books.unpaid[place] == amount:
                found.append(place)
                if len(found) > _MOST_OF_ONE_AMOUNT:
                    return
        found.sort(key=lambda place: (invoices[place].due, invoices[place].number))
        for place in found:
            yield Fit(self.owed((place,)), partial(self._words.amount, place, len(found), amount))

    def owed(self, places: Iterable[int]) -> tuple[Line, ...]:
        """These invoices, each with what is open on it."""
        return tuple((place, self._books.unpaid[place]) for place in places)
