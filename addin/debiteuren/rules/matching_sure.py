"""Whether the invoices a payment names can be paid by it, beyond doubt.

Answers: which invoices get how much of an amount, and what stands in the way of being sure.
Source: docs/regels.md, "Koppelingen" (Zeker only when unique both ways and nothing contradicts).
Leaves to others: what the payment names (matching_evidence.py), proposals without a name
(matching_proposals.py), stornos (matching_reversals.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from itertools import combinations
from typing import NamedTuple

from debiteuren.domain.money import ZERO
from debiteuren.domain.payment import Payment
from debiteuren.rules.matching_books import Books, Line
from debiteuren.rules.matching_evidence import Evidence, Named, is_card_line, is_cash, provider

_MOST_CREDITS = 8
"""Of more open credit notes only each alone and all together are tried."""


class Doubt(Enum):
    """Why a payment that names invoices is not Zeker."""

    SETTLED = auto()
    LATER = auto()
    """The named invoice is dated after Peildatum."""
    SEVERAL_WAYS = auto()
    SEVERAL_DEBTORS = auto()
    OTHER_ACCOUNT = auto()
    OTHER_DEBTOR = auto()
    TOO_MUCH = auto()
    TOO_LITTLE = auto()
    CREDITS = auto()
    """Several ways to net open credit notes."""
    WEAK = auto()
    """The number may be something else and the amount does not prove it."""
    COLLECTED = auto()
    """Paid out by a provider or machine: only an exact amount is sure."""


class Judgement(NamedTuple):
    """What the amount pays, as far as it goes; sure when there is no doubt."""

    lines: tuple[Line, ...] = ()
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges amounts against the books as they stand now."""

    books: Books
    evidence: Evidence
    on: date
    difference_max: Decimal
    credits: dict[str, tuple[int, ...]]
    """Places of the credit notes of each debtor."""

    def judge(self, payment: Payment, amount: Decimal, named: Named) -> Judgement:
        """What `amount` of a payment pays of the invoices it names. `named` must name something."""
        contradiction = self._contradiction(payment, named)
        if len(named.places) == 1:
            places = list(named.places) if self._is_open(named.places[0], amount) else []
        else:
            places = [place for place in named.places if self._is_open(place, amount)]
        if not places:
            if named.unsure:
                return Judgement((), Doubt.SEVERAL_WAYS)
            later = any(self.books.invoices[place].issued > self.on for place in named.places)
            return Judgement((), Doubt.LATER if later else Doubt.SETTLED)
        found = self._one(payment, amount, named, places[0]) if len(places) == 1 else None
        if found is None:
            found = self._several(payment, amount, places)
        if contradiction is not None:
            return Judgement(found.lines, contradiction)
        return found

    def _is_open(self, place: int, amount: Decimal) -> bool:
        invoice = self.books.invoices[place]
        unpaid = self.books.unpaid[place]
        if invoice.issued > self.on or not self.books.is_open(place):
            return False
        return abs(unpaid) > self.difference_max or unpaid == amount

    def _contradiction(self, payment: Payment, named: Named) -> Doubt | None:
        if named.unsure:
            return Doubt.SEVERAL_WAYS
        invoices = self.books.invoices
        debtor = invoices[named.places[0]].debtor
        if len(named.places) > 1 and any(invoices[place].debtor != debtor for place in named.places):
            return Doubt.SEVERAL_DEBTORS
        owners = self.evidence.owners(payment)
        if owners and debtor not in owners:
            return Doubt.OTHER_ACCOUNT
        if named.debtors and debtor not in named.debtors:
            return Doubt.OTHER_DEBTOR
        return None

    def _one(self, payment: Payment, amount: Decimal, named: Named, place: int) -> Judgement | None:
        """One named invoice is open; None when it is a credit note."""
        unpaid = self.books.unpaid[place]
        if unpaid < 0:
            return None
        if amount == unpaid:
            return Judgement(((place, amount),))
        collected = _is_collected(payment)
        doubt = None if named.firm else Doubt.WEAK
        if abs(amount - unpaid) <= self.difference_max:
            return Judgement(((place, min(amount, unpaid)),), doubt)
        if amount > unpaid:
            return Judgement(((place, unpaid),), Doubt.TOO_MUCH)
        netted = self._netted(payment, [place], unpaid - amount)
        if netted is not None:
            return netted if netted.doubt else Judgement(netted.lines, doubt)
        if len(named.places) > 1:
            doubt = Doubt.TOO_LITTLE
        elif collected:
            doubt = doubt or Doubt.COLLECTED
        return Judgement(((place, amount),), doubt)

    def _several(self, payment: Payment, amount: Decimal, places: Sequence[int]) -> Judgement:
        """Several named invoices are open: their sum must be exact."""
        unpaid = self.books.unpaid
        total = sum((unpaid[place] for place in places), ZERO)
        everything = tuple((place, unpaid[place]) for place in places)
        if total == amount:
            return Judgement(everything)
        if total > amount:
            netted = self._netted(payment, places, total - amount)
            return netted or Judgement(filled(everything, amount), Doubt.TOO_LITTLE)
        return Judgement(everything if total > 0 else (), Doubt.TOO_MUCH)

    def _netted(self, payment: Payment, places: Sequence[int], short: Decimal) -> Judgement | None:
        """The payer took open credit notes off that add up to what is short; None when none do."""
        unpaid = self.books.unpaid
        invoices = self.books.invoices
        open_credits = [
            place
            for place in self.credits.get(invoices[places[0]].debtor, ())
            if unpaid[place] < 0 and place not in places and invoices[place].issued <= payment.booked
        ]
        if not open_credits:
            return None
        ways = [way for way in _subsets(open_credits) if sum(unpaid[place] for place in way) == -short]
        if not ways:
            return None
        lines = tuple((place, unpaid[place]) for place in (*places, *ways[0]))
        return Judgement(lines, None if len(ways) == 1 else Doubt.CREDITS)


def filled(lines: Sequence[Line], amount: Decimal) -> tuple[Line, ...]:
    """Lines up to an amount, in their order; the last one takes a part. Credit notes first make room.

    >>> filled([(0, Decimal("60.00")), (1, Decimal("60.00"))], Decimal("100.00"))
    ((0, Decimal('60.00')), (1, Decimal('40.00')))
    """
    wanted = sum((owed for _, owed in lines if owed > 0), ZERO)
    room = max(wanted - amount, ZERO)
    taken: dict[int, Decimal] = {}
    for place, owed in lines:
        if owed < 0 and room > 0:
            taken[place] = max(owed, -room)
            room += taken[place]
    left = amount - sum(taken.values(), ZERO)
    for place, owed in lines:
        if owed > 0 and left > 0:
            taken[place] = min(owed, left)
            left -= taken[place]
    return tuple((place, taken[place]) for place, _ in lines if place in taken)


def _is_collected(payment: Payment) -> bool:
    return bool(provider(payment)) or is_card_line(payment) or is_cash(payment)


def _subsets(places: Sequence[int]) -> list[tuple[int, ...]]:
    if len(places) > _MOST_CREDITS:
        return [*((place,) for place in places), tuple(places)]
    return [way for size in range(1, len(places) + 1) for way in combinations(places, size)]
