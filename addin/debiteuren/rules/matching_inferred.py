"""What a payment is for when it names no invoice in full.

Answers: which invoices fit by part of a number, by whose account it is, by an instalment that was agreed, by
the month or by the amount, best first; and whether that is beyond doubt.
Source: docs/regels.md, "Zonder nummer", "Delen van nummers" and "Optellen". Sure is only what is the one way
to the cent, from an account or under a number of that debtor, while nothing else stands there.
Leaves to others: numbers in full (matching_sure.py), who pays (matching_payers.py), readings of the text
(matching_part_numbers.py), the words (matching_guess_words.py).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import ZERO
from debiteuren.domain.payment import Payment
from debiteuren.rules.learned_accounts import LearnedAccounts, is_collected
from debiteuren.rules.loose_numbers import Group, Part
from debiteuren.rules.matching_agreed import AgreedInstalments
from debiteuren.rules.matching_books import Books, Line
from debiteuren.rules.matching_evidence import Evidence, Named
from debiteuren.rules.matching_guess_words import GuessWords
from debiteuren.rules.matching_part_numbers import PartNumbers, Way
from debiteuren.rules.matching_payers import Payer, Payers
from debiteuren.rules.matching_sums import MOST_SUMMED, Sums
from debiteuren.rules.matching_sure import Doubt, Judge, Judgement, filled
from debiteuren.rules.months import months_in
from debiteuren.rules.payment_text import speaks_of_a_part

_MOST_ALIKE = 3
_MOST_OF_ONE_AMOUNT = 3
"""An amount that is open on more invoices says nothing by itself."""
_LEAST_FIGURES = 4
"""Fewer figures of a number need the debtor's account, number or name beside them."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Invoices that a payment may be for: what each gets, why, and whether that is beyond doubt.

    `named`: part of their numbers stands there; that goes before what only the amount says.
    """

    lines: tuple[Line, ...]
    why: str
    sure: bool = False
    named: bool = False


class Inference:
    """Looks for what fits the books as they stand now."""

    def __init__(
        self, *, ledger: Ledger, books: Books, evidence: Evidence, learned: LearnedAccounts, judge: Judge
    ) -> None:
        self._books = books
        self._judge = judge
        self._on = judge.on
        self._max = ledger.settings.difference_max
        self._sums = Sums()
        self._words = GuessWords(ledger, books)
        self._payers = Payers(evidence, learned, self._words)
        self._numbers = PartNumbers(books)
        self._amounts: dict[Decimal, list[int]] | None = None
        self._agreed = AgreedInstalments(ledger, books)

    def forget(self) -> None:
        """Learn anew whose accounts these are, from the books as they are now."""
        self._payers.forget()

    def fits(
        self, payment: Payment, amount: Decimal, named: Named, judged: Judgement | None
    ) -> Iterator[Fit]:
        """What this money may be for, best first; only the first can be sure.

        `judged`: what came of the invoices it names in full, None when it names none.
        """
        if payment.amount <= 0:
            return
        payer = self._payers.of(payment, named)
        plain = not named.places and not named.unsure
        if judged is not None and payer is not None and payer.proven:
            yield from self._named_by(payment, amount, judged, payer)
        if payer is not None:
            yield from self._of_payer(payment, amount, payer, plain=plain)
        yield from self._of_anybody(payment, amount, payer, plain=plain)
        if payer is not None:
            yield from self._near(payment, amount, payer)
            yield from self._in_order(payment, amount, payer)
        alike = [one for one in self._payers.alike(payment) if payer is None or one.debtors != payer.debtors]
        for one in alike:
            yield from self._of_payer(payment, amount, one, plain=True)
        yield from self._by_amount(payment, amount)
        if len(alike) == 1:
            yield from self._near(payment, amount, alike[0])
            yield from self._in_order(payment, amount, alike[0])

    def waits_its_turn(self, payment: Payment, amount: Decimal, named: Named) -> bool:
        """Whether this may be an instalment: those are dealt out by day, with those that name nothing."""
        return self._agreed.any and self._agreed.may_be(named.places, payment, amount)

    def instalment(self, payment: Payment, amount: Decimal, named: Named) -> Fit | None:
        """The payment is an agreed instalment beyond doubt: it names nothing outside the arrangement.

        Who names an invoice of the arrangement needs no account; nor may anything else be open for this.
        """
        if not self._agreed.any or payment.amount <= 0 or named.unsure:
            return None
        payer = self._payers.of(payment, named)
        debtors = {self._books.invoices[place].debtor for place in named.places}
        if len(debtors) > 1 or (payer is not None and debtors and not debtors <= set(payer.debtors)):
            return None
        if not debtors and (payer is None or not payer.proven):
            return None
        who = tuple(sorted(debtors)) or (payer.debtors if payer else ())
        found = self._agreed.lines(who, self._open(who, payment), payment, amount)
        meant = [one for one in found if set(named.places) <= one.covered]
        if len(meant) != 1:
            return None
        single = [place for place in self._open(who, payment) if self._books.unpaid[place] == amount]
        if any(self._all((place,)) != meant[0].lines for place in single) and not meant[0].told:
            return None
        if not named.places and self._numbers.read(payment, self._open(who, payment)).strange:
            return None
        words = payer.words if payer else ""
        return Fit(
            meant[0].lines,
            self._words.instalment(meant[0].id, meant[0].lines, amount, words),
            sure=True,
            named=True,
        )

    def debtors_of(self, payment: Payment, named: Named) -> frozenset[str]:
        """Whose open invoices decide about this payment."""
        payer = self._payers.of(payment, named)
        places = (*named.places, *named.unsure)
        return frozenset(payer.debtors if payer else ()) | {
            self._books.invoices[one].debtor for one in places
        }

    def _open(self, debtors: Iterable[str], payment: Payment) -> list[int]:
        """Places of what was open and dated on the day of the payment, oldest due day first."""
        last = min(payment.booked, self._on)
        return [
            place
            for debtor in debtors
            for place in self._books.open_of(debtor)
            if self._is_open(place, payment.amount) and self._books.invoices[place].issued <= last
        ]

    def _is_open(self, place: int, amount: Decimal) -> bool:
        """More than a difference that is let be, unless it is exactly this amount."""
        unpaid = self._books.unpaid[place]
        return abs(unpaid) > self._max or unpaid == amount

    def _named_by(self, payment: Payment, amount: Decimal, judged: Judgement, payer: Payer) -> Iterator[Fit]:
        """Its own debtor names invoices in full, with another amount."""
        mine = [place for place, _ in judged.lines]
        if not mine or any(self._books.invoices[place].debtor not in payer.debtors for place in mine):
            return
        if judged.doubt is Doubt.STRANGER:
            yield Fit(
                judged.lines, self._words.known(self._words.numbers(mine), payer.words), True, named=True
            )
        elif judged.doubt is Doubt.TOO_MUCH:
            yield from self._more_than_named(payment, amount, judged.lines, payer)

    def _more_than_named(
        self, payment: Payment, amount: Decimal, lines: Sequence[Line], payer: Payer
    ) -> Iterator[Fit]:
        """He pays more than he names: those invoices are paid and the rest is his.

        Unless the rest is what others of his invoices ask: then those may be meant as well.
        """
        mine = [place for place, _ in lines]
        rest = amount - sum((owed for _, owed in lines), ZERO)
        others = [place for place in self._open(payer.debtors, payment) if place not in mine]
        ways = [
            *((place,) for place in others if self._books.unpaid[place] == rest),
            *self._sums.ways(self._all(others), rest),
        ]
        for way in ways[:_MOST_ALIKE]:
            why = self._words.with_others(mine, way, amount, payer.words)
            yield Fit((*lines, *self._all(way)), why, named=True)
        early = any(payment.booked < self._books.invoices[place].issued for place in mine)
        again = any(self._books.invoices[place].amount == amount for place in mine)
        alone = not ways and not early and not again and not speaks_of_a_part(payment.description)
        yield Fit(tuple(lines), self._words.too_much(mine, rest, payer.words), alone, named=True)

    def _of_payer(self, payment: Payment, amount: Decimal, payer: Payer, *, plain: bool) -> Iterator[Fit]:
        """What fits of somebody who is known."""
        places = self._open(payer.debtors, payment)
        if not places:
            return
        reading = self._numbers.read(payment, places)
        undisputed = plain and payer.proven and not reading.strange
        clear = [one for one in reading.groups if one.part > Part.SLIP]
        ways = self._numbers.ways(reading.groups, amount, places)
        fits: list[Fit] = []
        for way in ways:
            sure = undisputed and len(ways) == 1 and len(clear) == len(reading.groups)
            fits.append(self._by_part(way, amount, payer.words, sure=sure))
        slip = len(ways) == 1 and not clear
        amounts = list(self._exact(payment, amount, payer, places, sure=undisputed and not clear))
        if slip and amounts and amounts[0].sure:
            if set(amounts[0].lines) == set(fits[0].lines):
                fits = [replace(fits[0], sure=True), *fits[1:]]
            else:
                amounts[0] = replace(amounts[0], sure=False)
        yield from fits
        if not ways and clear:
            yield from self._part_of_named(clear, payment, amount, payer, sure=undisputed)
        yield from amounts

    def _by_part(self, way: Way, amount: Decimal, who: str, *, sure: bool) -> Fit:
        why = self._words.part(way.groups, way.places, amount, who)
        return Fit(self._all(way.places), why, sure, named=True)

    def _exact(
        self, payment: Payment, amount: Decimal, payer: Payer, places: Sequence[int], *, sure: bool
    ) -> Iterator[Fit]:
        """The amount is that of one open invoice, of an instalment, or the sum of some invoices."""
        single = [place for place in places if self._books.unpaid[place] == amount]
        sums = self._sums.ways(self._all(places), amount)
        agreed = [
            one
            for one in self._agreed.lines(payer.debtors, places, payment, amount)
            if not any(self._all((place,)) == one.lines for place in single)
        ]
        others = len(sums) + len(agreed)
        meant = self._of_the_month(payment, single)
        sure = sure and not speaks_of_a_part(payment.description) and len(places) <= _MOST_KNOWN
        for place in self._ranked(meant or single, payment):
            why = self._words.exact(place, len(single), amount, payer.words, of_month=bool(meant))
            yield Fit(self._all((place,)), why, sure and not others and len(meant or single) == 1)
        for one in agreed:
            yield Fit(one.lines, self._words.instalment(one.id, one.lines, amount, payer.words))
        if meant:
            for place in self._ranked([place for place in single if place not in meant], payment):
                yield Fit(self._all((place,)), self._words.exact(place, len(single), amount, payer.words))
        only = sure and not single and others == 1 and len(places) <= MOST_SUMMED
        for way in sums[:_MOST_ALIKE]:
            yield Fit(self._all(way), self._words.summed(way, amount, payer.words), only)

    def _of_the_month(self, payment: Payment, places: Sequence[int]) -> list[int]:
        """Of invoices of the same amount those of the month that the text names, by what they are for, else
        by their date.
        """
        if len(places) < len(("one", "other")) or not (said := months_in(payment.description)):
            return []
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
        if len(places) <= _MOST_ALIKE:
            return list(places)
        invoices = self._books.invoices
        nearest = min(places[1:], key=lambda place: abs((invoices[place].due - payment.booked).days))
        return list(dict.fromkeys((places[0], nearest, *places)))[:_MOST_ALIKE]

    def _part_of_named(
        self, groups: Sequence[Group], payment: Payment, amount: Decimal, payer: Payer, *, sure: bool
    ) -> Iterator[Fit]:
        """Part of a number stands there, but the amount is not what is open."""
        clear = [one for one in groups if len(one.places) == 1]
        places = tuple(dict.fromkeys(one.places[0] for one in clear))
        owed = self._all(places)
        lines = filled(owed, amount)
        if lines:
            why = self._words.part_not_exact(clear, places, amount, payer.words)
            whole = len(clear) == len(groups) and all(one.part is Part.WHOLE for one in groups)
            judged = self._judge.judge(payment, amount, Named(places)) if whole else None
            if judged is not None and judged.doubt is None and not judged.extras:
                yield Fit(judged.lines, why, sure, named=True)
            else:
                yield Fit(lines, why, named=True)

    def _of_anybody(
        self, payment: Payment, amount: Decimal, payer: Payer | None, *, plain: bool
    ) -> Iterator[Fit]:
        """Part of a number of any open invoice stands there."""
        if not any(sign.isdigit() for sign in payment.description):
            return
        reading = self._numbers.read(payment)
        last = min(payment.booked, self._on)
        eligible = [
            place
            for place in dict.fromkeys(place for one in reading.groups for place in one.places)
            if self._books.is_open(place)
            and self._is_open(place, payment.amount)
            and self._books.invoices[place].issued <= last
        ]
        if not eligible:
            return
        ways = self._numbers.ways(reading.groups, amount, eligible)
        alike = {debtor for one in self._payers.alike(payment) for debtor in one.debtors}
        for way in ways[:_MOST_ALIKE]:
            debtors = {self._books.invoices[place].debtor for place in way.places}
            known = debtors <= alike
            proof = all(
                one.part >= Part.SERIAL and (known or one.figures >= _LEAST_FIGURES) for one in way.groups
            )
            alone = len(ways) == 1 and len(debtors) == 1 and payer is None and not is_collected(payment)
            sure = plain and alone and proof and not reading.strange
            yield self._by_part(way, amount, "", sure=sure)
        if not ways and len(eligible) == 1:
            why = self._words.part_not_exact(reading.groups, eligible, amount, "")
            yield Fit(filled(self._all(eligible), amount), why, named=True)

    def _near(self, payment: Payment, amount: Decimal, payer: Payer) -> Iterator[Fit]:
        """Nearly the open amount of an invoice: rounded, a discount of his own, costs of a bank."""
        near = [
            (abs(owed - amount), place)
            for place, owed in self._all(self._open(payer.debtors, payment))
            if owed > 0 and abs(owed - amount) <= max(owed * _NEAR, _NEAR_EUROS) and owed != amount
        ]
        if near:
            place = min(near)[1]
            lines = filled(self._all((place,)), amount)
            yield Fit(lines, self._words.near(place, amount, payer.words))

    def _in_order(self, payment: Payment, amount: Decimal, payer: Payer) -> Iterator[Fit]:
        """Nothing fits: by law what is due comes first, the oldest before the rest (BW 6:43)."""
        owed = [line for line in self._all(self._open(payer.debtors, payment)) if line[1] > 0]
        lines = filled(owed, amount)
        if lines:
            yield Fit(lines, self._words.oldest(lines, amount, payer.words))

    def _by_amount(self, payment: Payment, amount: Decimal) -> Iterator[Fit]:
        """Only the amount: where few invoices have just this open."""
        if self._amounts is None:
            self._amounts = {}
            for place, unpaid in enumerate(self._books.unpaid):
                if unpaid > 0:
                    self._amounts.setdefault(unpaid, []).append(place)
        last = min(payment.booked, self._on)
        invoices = self._books.invoices
        found = sorted(
            (
                place
                for place in self._amounts.get(amount, ())
                if self._books.unpaid[place] == amount and invoices[place].issued <= last
            ),
            key=lambda place: (invoices[place].due, invoices[place].number),
        )
        if len(found) <= _MOST_OF_ONE_AMOUNT:
            for place in found:
                yield Fit(self._all((place,)), self._words.amount(place, len(found), amount))

    def _all(self, places: Iterable[int]) -> tuple[Line, ...]:
        return tuple((place, self._books.unpaid[place]) for place in places)


_NEAR = Decimal("0.05")
_NEAR_EUROS = Decimal("1.00")
_MOST_KNOWN = 40
"""With more open invoices than this an amount proves nothing."""
