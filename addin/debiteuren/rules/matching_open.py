"""Which invoices are open while the matcher works, to be found by debtor and by amount.

Answers: what is open of a debtor, oldest due day first; which debtors owe exactly an amount.
Source: docs/regels.md, "Koppelingen" (Openstaand). Kept up row by row: every payment asks for it.
Leaves to others: the rows themselves (matching_books.py), what follows from it (matching_amounts.py).
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from debiteuren.domain.invoice import Invoice

_NOBODY: Mapping[str, int] = {}


class OpenInvoices:
    """Looks at `unpaid`, per invoice what is open; whoever changes that says so with `moved`."""

    def __init__(self, invoices: Sequence[Invoice], unpaid: Sequence[Decimal]) -> None:
        self._invoices = invoices
        self._unpaid = unpaid
        self._by_debtor: dict[str, list[int]] | None = None
        self._open: dict[str, dict[int, None]] = {}
        self._owing: dict[Decimal, dict[str, int]] | None = None

    def is_open(self, place: int) -> bool:
        """Whether something is open, on the side where it should be."""
        unpaid = self._unpaid[place]
        return bool(unpaid) and (unpaid > 0) == (self._invoices[place].amount > 0)

    def of(self, debtor: str) -> Collection[int]:
        """Places of what is open of a debtor, credit notes too, oldest due day first."""
        known = self._open.get(debtor)
        if known is None:
            known = self._open[debtor] = {place: None for place in self.all_of(debtor) if self.is_open(place)}
        return known.keys()

    def all_of(self, debtor: str) -> list[int]:
        """Places of the invoices of a debtor, oldest due day first."""
        if self._by_debtor is None:
            self._by_debtor = {}
            for place, invoice in enumerate(self._invoices):
                self._by_debtor.setdefault(invoice.debtor, []).append(place)
            for places in self._by_debtor.values():
                places.sort(key=lambda place: (self._invoices[place].due, self._invoices[place].number))
        return self._by_debtor.get(debtor, [])

    def owing(self, amount: Decimal) -> Mapping[str, int]:
        """The debtors with an open invoice of which exactly this is open, and how many of those."""
        if self._owing is None:
            self._owing = {}
            for place, unpaid in enumerate(self._unpaid):
                if self.is_open(place):
                    _count(self._owing, unpaid, self._invoices[place].debtor, 1)
        return self._owing.get(amount, _NOBODY)

    def moved(self, place: int, before: Decimal) -> None:
        """What is open on the invoice at this place was this before."""
        invoice = self._invoices[place]
        is_open = self.is_open(place)
        known = self._open.get(invoice.debtor)
        if known is not None:
            if not is_open:
                known.pop(place, None)
            elif place not in known:
                del self._open[invoice.debtor]  # it has its own place among the others
        if self._owing is not None:
            if before and (before > 0) == (invoice.amount > 0):
                _count(self._owing, before, invoice.debtor, -1)
            if is_open:
                _count(self._owing, self._unpaid[place], invoice.debtor, 1)


def _count(owing: dict[Decimal, dict[str, int]], amount: Decimal, debtor: str, more: int) -> None:
    debtors = owing.setdefault(amount, {})
    count = debtors.get(debtor, 0) + more
    if count:
        debtors[debtor] = count
    else:
        debtors.pop(debtor, None)
