"""What a payment might be for, when it is not sure.

Answers: at most three proposals, best first, each with its reason; or what was looked for in vain.
Source: docs/regels.md, "Koppelingen".
Leaves to others: what is sure (matching_sure.py).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.payment import Payment
from debiteuren.rules.matching_books import Books
from debiteuren.rules.matching_evidence import Evidence, Named, is_cash, provider
from debiteuren.rules.matching_sure import Doubt, Judgement
from debiteuren.rules.matching_words import (
    FILL_IN,
    doubt_words,
    later_words,
    listed,
    quoted,
    settled_words,
)
from debiteuren.rules.similar_names import NameIndex

_MOST = 3
_MOST_SUMMED = 8
"""Of more open invoices only all together and the oldest ones in a row are tried."""
_MOST_IN_A_ROW = 40
_MOST_KEPT = 1000

Proposal = tuple[tuple[int, ...], str]
"""Places of invoices, and the reason."""


class Proposals:
    """Looks for proposals once everything sure has been booked; the books do not change any more."""

    def __init__(self, ledger: Ledger, books: Books, evidence: Evidence, on: date) -> None:
        self._books = books
        self._evidence = evidence
        self._on = on
        self._names = NameIndex(ledger.debtors)
        self._called = {debtor.number: debtor.name for debtor in ledger.debtors}
        self._payments = {payment.transaction: payment for payment in ledger.payments}
        self._sums: dict[str, dict[Decimal, tuple[int, ...] | None]] = {}
        self._by_amount: dict[str, dict[Decimal, list[int]]] = {}

    def look(
        self, payment: Payment, named: Named, judged: Judgement | None
    ) -> tuple[tuple[tuple[int, ...], ...], str]:
        """Proposals (places) and Waarom for a payment that came in and is not sure."""
        if judged is not None and judged.doubt is Doubt.SETTLED:
            numbers = self._numbers(named.places)
            payers = [
                self._payments[one]
                for number in numbers
                for one in self._books.payers(number)
                if one in self._payments
            ]
            return (), settled_words(numbers, payers)
        if judged is not None and judged.doubt is Doubt.LATER:
            return (), later_words(self._numbers(named.places), self._on)
        found: dict[tuple[int, ...], str] = {}
        for places, reason in self._all(payment, named, judged):
            if places:
                found.setdefault(tuple(places), reason.replace("|", "/"))
        best = list(found.items())[:_MOST]
        if not best:
            return (), self._in_vain(payment, named)
        return tuple(places for places, _ in best), " | ".join(reason for _, reason in best)

    def _all(self, payment: Payment, named: Named, judged: Judgement | None) -> Iterable[Proposal]:
        if judged is not None:
            yield from self._doubtful(payment, named, judged)
        if provider(payment) or is_cash(payment):
            return
        owners = self._evidence.owners(payment)
        for debtor in sorted(owners):
            yield from self._of_debtor(
                debtor, payment, f"rekening {payment.counter_account} is van {self._call(debtor)}"
            )
        for debtor in sorted(self._evidence.debtors_in(payment.description) - owners):
            yield from self._of_debtor(debtor, payment, f"debiteurnummer {debtor} staat in de omschrijving")
        for debtor in self._names.alike(payment.name) if payment.name else ():
            if debtor not in owners and self._open_for(debtor, payment.amount):
                who = f"de naam {quoted(payment.name)} lijkt op {self._call(debtor)}"
                yield from self._exact(debtor, payment, who)

    def _doubtful(self, payment: Payment, named: Named, judged: Judgement) -> Iterable[Proposal]:
        """The named invoices first, with what keeps them from being sure."""
        doubt = judged.doubt or Doubt.TOO_LITTLE
        unpaid = self._books.unpaid
        if doubt is Doubt.SEVERAL_WAYS:
            choices = dict.fromkeys((*named.places, *named.unsure))
            fitting = sorted(
                (place for place in choices if unpaid[place] > 0),
                key=lambda place: unpaid[place] != payment.amount,
            )
            for place in fitting:
                yield (
                    (place,),
                    doubt_words(doubt, self._numbers([place]), payment.amount, unpaid[place], ""),
                )
            return
        places = tuple(place for place, _ in judged.lines)
        owed = sum((unpaid[place] for place in places), ZERO)
        extra = self._evidence.owners(payment) if doubt is Doubt.OTHER_ACCOUNT else named.debtors
        names = (
            [self._call(debtor) for debtor in sorted(extra)]
            if doubt is Doubt.OTHER_ACCOUNT
            else sorted(extra)
        )
        if places:
            yield (
                places,
                doubt_words(
                    doubt, self._numbers(places), payment.amount, owed, listed(names) if names else ""
                ),
            )

    def _of_debtor(self, debtor: str, payment: Payment, who: str) -> Iterable[Proposal]:
        exact = list(self._exact(debtor, payment, who))
        if exact:
            yield from exact
            return
        way = self._sum_ways(debtor).get(payment.amount)
        if way is not None:
            numbers = listed(self._numbers(way))
            yield way, f"{who} en {numbers} samen is precies {euro(payment.amount)}"

    def _exact(self, debtor: str, payment: Payment, who: str) -> Iterable[Proposal]:
        exact = self._open_for(debtor, payment.amount)
        for place in exact[:_MOST]:
            number = self._books.invoices[place].number
            fits = "is de enige die" if len(exact) == 1 else f"is een van de {len(exact)} die"
            yield (place,), f"{who} en factuur {number} {fits} voor precies {euro(payment.amount)} openstaat"

    def _open_for(self, debtor: str, amount: Decimal) -> Sequence[int]:
        """Those of `_open` for which exactly this is open; worked out once, for many may be called alike."""
        known = self._by_amount.get(debtor)
        if known is None:
            known = self._by_amount[debtor] = {}
            for place in self._open(debtor):
                known.setdefault(self._books.unpaid[place], []).append(place)
        return known.get(amount, ())

    def _open(self, debtor: str) -> list[int]:
        """Places of what is open of a debtor, credit notes too, oldest due day first."""
        return [
            place
            for place in self._books.of_debtor(debtor)
            if self._books.is_open(place) and self._books.invoices[place].issued <= self._on
        ]

    def _sum_ways(self, debtor: str) -> dict[Decimal, tuple[int, ...] | None]:
        """Sum of open invoices → the only way to it; None where there are several."""
        known = self._sums.get(debtor)
        if known is not None:
            return known
        unpaid = self._books.unpaid
        places = self._open(debtor)
        ways: list[tuple[int, ...]]
        if len(places) <= _MOST_SUMMED:
            ways = [way for size in range(2, len(places) + 1) for way in combinations(places, size)]
        else:
            sizes = sorted({*range(2, min(len(places), _MOST_IN_A_ROW) + 1), len(places)})
            ways = [tuple(places[:size]) for size in sizes]
        found: dict[Decimal, tuple[int, ...] | None] = {}
        for way in ways:
            total = sum((unpaid[place] for place in way), ZERO)
            found[total] = None if total in found else way
        if len(self._sums) >= _MOST_KEPT:
            self._sums.clear()
        self._sums[debtor] = found
        return found

    def _in_vain(self, payment: Payment, named: Named) -> str:
        """What was looked for, when nothing fits."""
        if named.unsure:
            numbers = listed(self._numbers(named.unsure))
            return f"Wat er staat kan {numbers} zijn, maar niets daarvan staat open{FILL_IN}"
        if named.places:
            return (
                f"{listed(self._numbers(named.places))} staat erbij, maar dat is een creditfactuur{FILL_IN}"
            )
        collector = provider(payment)
        if collector:
            return (
                f"Uitbetaling van {collector}, zonder factuurnummer of kenmerk van u: er kunnen betalingen "
                f"van meer klanten in zitten{FILL_IN}"
            )
        if is_cash(payment):
            return f"Gestort contant geld, zonder factuurnummer of kenmerk van u{FILL_IN}"
        owners = self._evidence.owners(payment)
        if owners:
            who = listed([self._call(debtor) for debtor in sorted(owners)])
            account = f"de rekening is van {who}, maar niets wat openstaat past bij {euro(payment.amount)}"
        elif payment.counter_account:
            account = f"rekening {payment.counter_account} is van geen debiteur"
        else:
            account = "er staat geen tegenrekening bij"
        name = f" en geen debiteur met zo'n naam heeft precies {euro(payment.amount)} openstaan"
        return (
            f"Geen factuurnummer of kenmerk van u gevonden, {account}"
            f"{name if payment.name and not owners else ''}{FILL_IN}"
        )

    def _numbers(self, places: Sequence[int]) -> list[str]:
        return [self._books.invoices[place].number for place in places]

    def _call(self, debtor: str) -> str:
        name = self._called.get(debtor, "")
        return f"{name} ({debtor})" if name else debtor
