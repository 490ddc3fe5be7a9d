"""What a payment is for when it names no invoice in full.

Answers: which invoices fit by part of a number, by whose account it is, by an instalment that was agreed, by
the month or by the amount, best first; and whether that is beyond doubt.
Source: docs/regels.md, "Zonder nummer", "Delen van nummers" and "Optellen". Sure is only what is the one way
to the cent, from an account or under a number of that debtor, while nothing else stands there.
Leaves to others: numbers in full (matching_sure.py), who pays (matching_payers.py), readings of the text
(matching_part_numbers.py), the words (matching_guess_words.py).
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial

from debiteuren.domain.arrangement import Arrangement
from debiteuren.domain.ledger import Allocation, Ledger
from debiteuren.domain.money import ZERO
from debiteuren.domain.payment import Payment
from debiteuren.rules.learned_accounts import LearnedAccounts
from debiteuren.rules.loose_numbers import Group
from debiteuren.rules.matching_agreed import AgreedInstalments
from debiteuren.rules.matching_amounts import MOST_ALIKE, AmountFits, Fit
from debiteuren.rules.matching_books import Books, Line
from debiteuren.rules.matching_doubts import Doubt, Judgement
from debiteuren.rules.matching_evidence import Evidence, Named, is_collected
from debiteuren.rules.matching_guess_words import GuessWords
from debiteuren.rules.matching_part_numbers import PartNumbers, Way
from debiteuren.rules.matching_payers import Payer, Payers
from debiteuren.rules.matching_sure import Judge, filled
from debiteuren.rules.number_parts import Part
from debiteuren.rules.payment_text import speaks_of_a_part

_MOST_NAMESAKES = 4
"""Of more debtors with such a name only those who owe exactly this are looked at."""
_LEAST_FIGURES = 4
"""Fewer figures of a number need the debtor's account, number or name beside them."""


class Inference:
    """Looks for what fits the books as they stand now."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        books: Books,
        evidence: Evidence,
        learned: LearnedAccounts,
        judge: Judge,
    ) -> None:
        self._told = evidence.told
        self._books = books
        self._judge = judge
        self._on = judge.on
        self._words = GuessWords(ledger, books)
        self._payers = Payers(evidence, learned, self._words)
        self._numbers = PartNumbers(books)
        self._agreed = AgreedInstalments(ledger, books)
        self._fitting = AmountFits(books, self._agreed, self._words, judge.on, judge.difference_max)

    def learn(self, payments: Iterable[Payment]) -> None:
        """These payments were booked since: whose their accounts are, and what is open, changed with it."""
        self._payers.learn(payments)
        self._fitting.forget()

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
            yield from self._named_by(payment, amount, named, judged, payer)
        if payer is not None:
            yield from self._of_payer(payment, amount, payer, plain=plain)
        yield from self._of_anybody(payment, amount, payer, plain=plain)
        if payer is not None:
            yield from self._fitting.near(payment, amount, payer)
            yield from self._fitting.in_order(payment, amount, payer)
        names = self._payers.alike(payment)
        if payer is not None and len(payer.debtors) == 1:
            names = tuple(one for one in names if one != payer.debtors[0])
        if len(names) > _MOST_NAMESAKES:
            owing = self._books.open.owing(amount)
            names = tuple(one for one in names if one in owing)[:_MOST_NAMESAKES]
        alike = [self._payers.called(payment, one) for one in names]
        for one in alike:
            yield from self._of_payer(payment, amount, one, plain=True)
        if not is_collected(payment):
            yield from self._fitting.by_amount(payment, amount)
        if len(alike) == 1:
            yield from self._fitting.near(payment, amount, alike[0])
            yield from self._fitting.in_order(payment, amount, alike[0])

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
        about = self._told.get(payment.transaction)
        who = self._who_agreed(payer, named, about)
        if not self._agreed.has(who):
            return None
        places = self._fitting.open(who, payment)
        found = self._agreed.lines(who, places, payment, amount)
        meant = [
            one for one in found if set(named.places) <= one.covered and (about is None or one.id == about.id)
        ]
        if len(meant) != 1:
            return None
        single = [place for place in places if self._books.unpaid[place] == amount]
        other = any(self._fitting.owed((place,)) != meant[0].lines for place in single)
        strange = not named.places and self._numbers.read(payment, places).strange
        if strange or (other and about is None and not meant[0].told):
            return None
        words = payer.words if payer else ""
        return Fit(
            meant[0].lines,
            partial(self._words.instalment, meant[0].id, meant[0].lines, amount, words),
            sure=True,
            named=True,
        )

    def _who_agreed(self, payer: Payer | None, named: Named, about: Arrangement | None) -> tuple[str, ...]:
        """The debtor whose invoices or arrangement are named, else the payer where he is proven.

        Nobody where they disagree.
        """
        debtors = {self._books.invoices[place].debtor for place in named.places}
        if about is not None:
            debtors.add(about.debtor)
        if not debtors:
            return payer.debtors if payer is not None and payer.proven else ()
        if len(debtors) > 1 or (payer is not None and not debtors <= set(payer.debtors)):
            return ()
        return tuple(debtors)

    def how(self, payment: Payment, named: Named, rows: Sequence[Allocation]) -> str:
        """Which words or account decided about rows of the program, for Waarom; '' when nothing tells."""
        places = [self._books.place[row.invoice] for row in rows if row.invoice in self._books.place]
        reading = self._numbers.read(payment, tuple(dict.fromkeys(places)))
        said = [one for one in reading.groups if one.part > Part.SLIP]
        payer = self._payers.of(payment, named)
        mine = {self._books.invoices[place].debtor for place in places}
        who = payer.words if payer is not None and mine <= set(payer.debtors) else ""
        about = self._told.get(payment.transaction)
        if about is not None and all(row.invoice in about.invoices for row in rows):
            who = ", ".join(filter(None, (f"regeling {about.id} staat in de omschrijving", who)))
        return self._words.how([one.words for one in said], self._words.numbers(places), who)

    def debtors_of(self, payment: Payment, named: Named) -> frozenset[str]:
        """Whose open invoices decide about this payment."""
        payer = self._payers.of(payment, named)
        places = (*named.places, *named.unsure)
        return frozenset(payer.debtors if payer else ()) | {
            self._books.invoices[one].debtor for one in places
        }

    def _named_by(
        self, payment: Payment, amount: Decimal, named: Named, judged: Judgement, payer: Payer
    ) -> Iterator[Fit]:
        """Its own debtor names invoices in full, with another amount."""
        mine = [place for place, _ in judged.lines]
        if not mine or any(self._books.invoices[place].debtor not in payer.debtors for place in mine):
            return
        other = self._judge.fits_other(payment, amount, judged.lines)
        if judged.doubt is Doubt.STRANGER:
            why = partial(self._words.known, self._words.numbers(mine), payer.words)
            yield Fit(judged.lines, why, not other, named=True)
        elif judged.doubt is Doubt.TOO_MUCH:
            yield from self._more_than_named(payment, amount, named, judged.lines, payer, sure=not other)

    def _more_than_named(
        self,
        payment: Payment,
        amount: Decimal,
        named: Named,
        lines: Sequence[Line],
        payer: Payer,
        *,
        sure: bool,
    ) -> Iterator[Fit]:
        """He pays more than he names: those invoices are paid and the rest is his.

        Unless the rest, or all of it, is what others of his invoices ask: then those may be meant as well.
        """
        mine = [place for place, _ in lines]
        rest = amount - sum((owed for _, owed in lines), ZERO)
        others = [place for place in self._fitting.open(payer.debtors, payment) if place not in mine]
        ways = [
            *((place,) for place in others if self._books.unpaid[place] == rest),
            *self._fitting.sums(others, rest),
        ]
        for way in ways[:MOST_ALIKE]:
            why = partial(self._words.with_others, mine, way, amount, payer.words)
            yield Fit((*lines, *self._fitting.owed(way)), why, named=True)
        early = any(payment.booked < self._books.invoices[place].issued for place in mine)
        again = any(self._books.invoices[place].amount == amount for place in mine)
        again = again or len(named.places) > len(mine)
        alone = sure and not ways and not early and not again and not speaks_of_a_part(payment.description)
        yield Fit(tuple(lines), partial(self._words.too_much, mine, rest, payer.words), alone, named=True)

    def _of_payer(self, payment: Payment, amount: Decimal, payer: Payer, *, plain: bool) -> Iterator[Fit]:
        """What fits of somebody who is known."""
        places = self._fitting.open(payer.debtors, payment)
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
        amounts = list(self._fitting.exact(payment, amount, payer, places, sure=undisputed and not clear))
        if slip and amounts and amounts[0].sure:
            if set(amounts[0].lines) == set(fits[0].lines):
                fits = [fits[0]._replace(sure=True), *fits[1:]]
            else:
                amounts[0] = amounts[0]._replace(sure=False)
        if not ways and clear:
            fits += self._part_of_named(clear, payment, amount, payer, sure=undisputed)
        fits += amounts
        if any(fit.sure for fit in fits) and self._names_paid(payment, payer):
            fits = [fit._replace(sure=False) for fit in fits]
        yield from fits

    def _names_paid(self, payment: Payment, payer: Payer) -> bool:
        """Whether what stands there is best read as a number of his that is paid: what is open is another."""
        places = [place for debtor in payer.debtors for place in self._books.of_debtor(debtor)]
        reading = self._numbers.read(payment, places)
        return any(not any(self._books.is_open(place) for place in one.places) for one in reading.groups)

    def _by_part(self, way: Way, amount: Decimal, who: str, *, sure: bool) -> Fit:
        why = partial(self._words.part, way.groups, way.places, amount, who)
        return Fit(self._fitting.owed(way.places), why, sure, named=True)

    def _part_of_named(
        self, groups: Sequence[Group], payment: Payment, amount: Decimal, payer: Payer, *, sure: bool
    ) -> Iterator[Fit]:
        """Part of a number stands there, but the amount is not what is open."""
        clear = [one for one in groups if len(one.places) == 1]
        places = tuple(dict.fromkeys(one.places[0] for one in clear))
        owed = self._fitting.owed(places)
        lines = filled(owed, amount)
        if lines:
            why = partial(self._words.part_not_exact, clear, places, amount, payer.words)
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
            for place in self._numbers.said(reading.groups)
            if self._books.is_open(place)
            and self._fitting.is_open(place, payment.amount)
            and self._books.invoices[place].issued <= last
        ]
        if not eligible:
            return
        ways = self._numbers.ways(reading.groups, amount, eligible)
        alike = set(self._payers.alike(payment)) if ways else set()
        for way in ways[:MOST_ALIKE]:
            debtors = {self._books.invoices[place].debtor for place in way.places}
            known = debtors <= alike
            proof = all(
                one.part >= Part.SERIAL and (known or one.figures >= _LEAST_FIGURES) for one in way.groups
            )
            alone = len(ways) == 1 and len(debtors) == 1 and payer is None and not is_collected(payment)
            sure = plain and alone and proof and not reading.strange
            yield self._by_part(way, amount, "", sure=sure)
        if not ways and len(eligible) == 1:
            why = partial(self._words.part_not_exact, reading.groups, eligible, amount, "")
            yield Fit(filled(self._fitting.owed(eligible), amount), why, named=True)
