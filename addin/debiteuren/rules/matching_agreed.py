"""Money that is exactly an instalment of a payment arrangement.

Answers: which invoices of which arrangement it pays.
Source: docs/regels.md, "Volgorde van betalen" (an instalment goes to the invoices of its arrangement, the
oldest due day first, before other invoices) and "Termijn".
Leaves to others: whether it is beyond doubt (matching_inferred.py), what became of the instalments
(instalments.py).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from debiteuren.domain.arrangement import Arrangement
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import ZERO
from debiteuren.domain.payment import Payment
from debiteuren.rules.matching_books import Books, Line
from debiteuren.rules.matching_sure import filled

_WORD = re.compile(r"\b(?:betalings)?(?:regeling|termijn|afspraak|aflossing)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Agreed:
    """An instalment's money on the invoices of its arrangement; `told`: the text speaks of it."""

    id: str
    lines: tuple[Line, ...]
    covered: frozenset[int]
    told: bool


class AgreedInstalments:
    """The arrangements of a ledger, by debtor."""

    def __init__(self, ledger: Ledger, books: Books) -> None:
        self._books = books
        self._amounts: dict[str, set[Decimal]] = {}
        for instalment in ledger.instalments:
            if instalment.amount is not None:
                self._amounts.setdefault(instalment.arrangement, set()).add(instalment.amount)
        self._of: dict[str, list[Arrangement]] = {}
        for arrangement in ledger.arrangements:
            if arrangement.agreed_on is not None and arrangement.id in self._amounts:
                self._of.setdefault(arrangement.debtor, []).append(arrangement)
        self.any = bool(self._of)

    def has(self, debtors: Iterable[str]) -> bool:
        """Whether any of these debtors has an arrangement."""
        return any(debtor in self._of for debtor in debtors)

    def lines(
        self, debtors: Iterable[str], open_places: Sequence[int], payment: Payment, amount: Decimal
    ) -> Iterator[Agreed]:
        """The arrangements of these debtors of which this is an instalment."""
        for debtor in debtors:
            for arrangement in self._of.get(debtor, ()):
                if not self._is_one(arrangement, payment, amount):
                    continue
                numbers = (self._books.place.get(number) for number in arrangement.invoices)
                covered = frozenset(place for place in numbers if place is not None)
                owed = [
                    (place, self._books.unpaid[place])
                    for place in open_places
                    if place in covered and self._books.unpaid[place] > 0
                ]
                if owed and sum((one for _, one in owed), ZERO) >= amount:
                    told = _WORD.search(payment.description) is not None
                    yield Agreed(arrangement.id, filled(owed, amount), covered, told)

    def may_be(self, places: Iterable[int], payment: Payment, amount: Decimal) -> bool:
        """Whether it is an instalment of an arrangement over one of these invoices."""
        for place in places:
            invoice = self._books.invoices[place]
            for arrangement in self._of.get(invoice.debtor, ()):
                if invoice.number in arrangement.invoices and self._is_one(arrangement, payment, amount):
                    return True
        return False

    def _is_one(self, arrangement: Arrangement, payment: Payment, amount: Decimal) -> bool:
        """The amount is that of an instalment, on or after the day it was agreed."""
        agreed_on = arrangement.agreed_on
        return (
            agreed_on is not None and payment.booked >= agreed_on and amount in self._amounts[arrangement.id]
        )
