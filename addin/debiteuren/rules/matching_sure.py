"""Whether the invoices a payment names can be paid by it, beyond doubt.

Answers: which invoices get how much of an amount, and which doubt stands in the way of being sure.
Source: docs/regels.md, "Koppelingen" (Zeker only when unique both ways and nothing contradicts).
Leaves to others: what the payment names (matching_evidence.py), proposals without a name
(matching_proposals.py), stornos (matching_reversals.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from debiteuren.domain.ledger import AllocationKind, Ledger
from debiteuren.domain.money import ZERO
from debiteuren.domain.payment import Payment
from debiteuren.rules.matching_books import Books, Line
from debiteuren.rules.matching_doubts import Doubt, Judgement
from debiteuren.rules.matching_evidence import Evidence, Named, is_collected
from debiteuren.rules.matching_extras import Extras

_MOST_CREDITS = 8
"""Of more open credit notes only each alone and all together are tried."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges amounts against the books as they stand now."""

    books: Books
    evidence: Evidence
    on: date
    difference_max: Decimal
    credits: dict[str, tuple[int, ...]]
    """Places of the credit notes of each debtor."""
    extras: Extras
    common_amounts: frozenset[Decimal]
    """Amounts of more than one invoice."""

    def judge(self, payment: Payment, amount: Decimal, named: Named) -> Judgement:
        """What `amount` of a payment pays of the invoices it names. `named` must name something."""
        contradiction = self._contradiction(payment, named)
        place = named.places[0] if len(named.places) == 1 else None
        if place is not None and self.books.unpaid[place] == amount > 0 and self._is_open(place, amount):
            lines = ((place, amount),)  # which most are
            if contradiction is None and payment.name and self._fits_another(payment, amount, lines):
                contradiction = Doubt.OTHER_NAME
            return Judgement(lines, contradiction)
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
        if contradiction is None and found.doubt is None and found.lines:
            if payment.name:
                contradiction = self._of_somebody_else(payment, amount, found.lines)
            if contradiction is None and not found.extras and self.fits_other(payment, amount, found.lines):
                contradiction = Doubt.OTHER_AMOUNT
        return found if contradiction is None else found._replace(doubt=contradiction)

    def _of_somebody_else(self, payment: Payment, amount: Decimal, lines: Sequence[Line]) -> Doubt | None:
        """Why a number with another amount may be a number of another company.

        A number and the exact amount prove each other. With another amount the payer must be able to be the
        debtor: dated before, and under another name from another account, it proves nothing.
        """
        if sum((self.books.unpaid[place] for place, _ in lines), ZERO) == amount:
            return Doubt.OTHER_NAME if self._fits_another(payment, amount, lines) else None
        invoices = self.books.invoices
        if any(payment.booked < invoices[place].issued for place, _ in lines):
            return Doubt.EARLY
        place = lines[0][0]
        known = (
            bool(self.evidence.owners(payment))
            or bool(self.evidence.debtors_in(payment.description))
            or self.evidence.refers(payment, place)
            or self.evidence.may_be(payment, invoices[place].debtor)
            or is_collected(payment)
        )
        return None if known else Doubt.STRANGER

    def fits_other(self, payment: Payment, amount: Decimal, lines: Sequence[Line]) -> bool:
        """Whether these lines are not exactly the amount, while another invoice of the debtor is."""
        if sum((self.books.unpaid[place] for place, _ in lines), ZERO) == amount:
            return False
        mine = {place for place, _ in lines}
        owing = self.books.open.owing(amount)
        return any(
            self.books.unpaid[place] == amount and self.books.invoices[place].issued <= payment.booked
            for debtor in {self.books.invoices[place].debtor for place in mine}
            if debtor in owing
            for place in self.books.open.of(debtor)
            if place not in mine
        )

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
        if named.other_word and not (owners or named.debtors or self.evidence.may_be(payment, debtor)):
            return Doubt.OTHER_WORD
        return None

    def _fits_another(self, payment: Payment, amount: Decimal, lines: Sequence[Line]) -> bool:
        """The payer bears the name of another debtor, who owes the same: one of the figures may be a slip.

        Or that name stands in the text. Only where the account is not the debtor's: his own account proves
        him whatever he is called.
        """
        if amount not in self.common_amounts or self.evidence.owners(payment):
            return False
        debtor = self.books.invoices[lines[0][0]].debtor
        names = self.evidence.names
        alike = names.alike(payment.name)
        if debtor not in alike:
            alike += names.said(payment.description)
        if not alike or debtor in alike:
            return False
        owing = self.books.open.owing(amount)
        return any(
            self.books.unpaid[place] == amount and self.books.invoices[place].issued <= payment.booked
            for other in alike
            if other in owing
            for place in self.books.open.of(other)
        )

    def _one(self, payment: Payment, amount: Decimal, named: Named, place: int) -> Judgement | None:
        """One named invoice is open; None when it is a credit note."""
        unpaid = self.books.unpaid[place]
        if unpaid < 0:
            return None
        if amount == unpaid:
            return Judgement(((place, amount),))
        doubt = None if named.firm else Doubt.WEAK
        if abs(amount - unpaid) <= self.difference_max:
            return Judgement(((place, min(amount, unpaid)),), doubt)
        if amount > unpaid:
            return self._with_costs(payment, amount, [place]) or Judgement(((place, unpaid),), Doubt.TOO_MUCH)
        less = self._less_discount(payment, amount, [place]) or self._netted(
            payment, [place], unpaid - amount
        )
        if less is not None:
            return less
        if len(named.places) > 1:
            doubt = Doubt.TOO_LITTLE
        elif is_collected(payment):
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
            less = self._less_discount(payment, amount, places)
            less = less or self._netted(payment, places, total - amount)
            return less or Judgement(filled(everything, amount), Doubt.TOO_LITTLE)
        with_costs = self._with_costs(payment, amount, places)
        return with_costs or Judgement(everything if total > 0 else (), Doubt.TOO_MUCH)

    def _less_discount(self, payment: Payment, amount: Decimal, places: Sequence[int]) -> Judgement | None:
        """The payer took off exactly the discount that was agreed, in time, of invoices not paid in part."""
        unpaid = self.books.unpaid
        whole = all(unpaid[place] == self.books.invoices[place].amount for place in places)
        if not (self.extras.has_discounts and whole):
            return None
        taken = [(place, self.extras.discount(place, payment.booked)) for place in places]
        total = sum((unpaid[place] - discount for place, discount in taken), ZERO)
        if amount != total or not any(discount for _, discount in taken):
            return None
        lines = tuple((place, unpaid[place] - discount) for place, discount in taken)
        extras = tuple((place, off, AllocationKind.DISCOUNT) for place, off in taken if off)
        return Judgement(lines, None, extras)

    def _with_costs(self, payment: Payment, amount: Decimal, places: Sequence[int]) -> Judgement | None:
        """The payer added exactly the collection costs that were due; None when he did not."""
        unpaid = self.books.unpaid
        invoices = self.books.invoices
        debtor = invoices[places[0]].debtor
        total = sum((unpaid[place] for place in places), ZERO)
        if total <= 0 or any(unpaid[place] < 0 or invoices[place].debtor != debtor for place in places):
            return None
        costs = amount - total
        if costs != self.extras.costs(places, total, payment.booked):
            return None
        lines = tuple((place, unpaid[place]) for place in places)
        return Judgement(lines, None, ((places[0], costs, AllocationKind.COSTS),))

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


def judge_of(ledger: Ledger, books: Books, evidence: Evidence, on: date) -> Judge:
    """The judge of a ledger as of a day."""
    return Judge(
        books=books,
        evidence=evidence,
        on=on,
        difference_max=ledger.settings.difference_max,
        credits=_credit_notes(ledger),
        extras=Extras(ledger),
        common_amounts=_common_amounts(ledger),
    )


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


def _subsets(places: Sequence[int]) -> list[tuple[int, ...]]:
    if len(places) > _MOST_CREDITS:
        return [*((place,) for place in places), tuple(places)]
    return [way for size in range(1, len(places) + 1) for way in combinations(places, size)]


def _common_amounts(ledger: Ledger) -> frozenset[Decimal]:
    seen: set[Decimal] = set()
    common: set[Decimal] = set()
    for invoice in ledger.invoices:
        (common if invoice.amount in seen else seen).add(invoice.amount)
    return frozenset(common)


def _credit_notes(ledger: Ledger) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for place, invoice in enumerate(ledger.invoices):
        if invoice.amount < 0:
            found[invoice.debtor] = (*found.get(invoice.debtor, ()), place)
    return found
