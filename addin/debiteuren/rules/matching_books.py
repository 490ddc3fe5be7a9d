"""What is open and what is allocated while the matcher works.

Answers: how much of an invoice is open now, which rows a payment has, how much of it is left; takes rows in
and out.
Source: docs/regels.md, "Koppelingen" (the ledger of what paid what): Openstaand = Bedrag less that.
Leaves to others: every decision (matching_sure.py, matching_choice.py, matching_reversals.py).
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal

from debiteuren.domain.ledger import BY_PROGRAM, Allocation, AllocationKind, Ledger
from debiteuren.domain.money import ZERO
from debiteuren.rules.matching_open import OpenInvoices
from debiteuren.rules.unpaid import BESIDE_THE_INVOICE

Row = tuple[Allocation, Decimal]
"""A row of Koppelingen and what was open on its invoice just before it."""
Line = tuple[int, Decimal]
"""So many euros on the invoice at this place in the ledger; negative on a credit note or for a storno."""
Extra = tuple[int, Decimal, AllocationKind]
"""So many euros of discount or costs beside what was paid on the invoice at this place."""


_KEPT_KINDS = frozenset({AllocationKind.DISCOUNT, *BESIDE_THE_INVOICE})


class Books:
    """The allocations of a ledger, to be changed row by row; nothing of the ledger itself changes.

    `unpaid` holds per invoice, by its place in the ledger, what is open. `touched` collects the debtors
    whose invoices changed since it was last emptied. A row that stood in `before` keeps its day.
    """

    def __init__(self, ledger: Ledger, on: date, before: Iterable[Allocation] = ()) -> None:
        self.invoices = ledger.invoices
        self.unpaid = [invoice.amount for invoice in ledger.invoices]
        self.place: dict[str, int] = {}
        for place, invoice in enumerate(ledger.invoices):
            self.place.setdefault(invoice.number, place)
        self.touched: set[str] = set()
        self.has_removed = False
        self._on = on
        self._days = {_key(row): row.on for row in before}
        self._booked = {payment.transaction: payment.booked for payment in ledger.payments}
        self._payments = ledger.payments
        self._turns: dict[str, tuple[date, int]] | None = None
        self._rows: list[Allocation | None] = []
        self._before: list[Decimal] = []
        self._replay = False
        self._of: dict[str, tuple[int, ...]] = {}
        self._payers: dict[str, list[str]] | None = None
        self.open = OpenInvoices(self.invoices, self.unpaid)
        for row in ledger.allocations:
            self._take_in(row)

    def rows(self, transaction: str) -> list[Allocation]:
        """The rows of a transaction, in the order of Koppelingen."""
        return [row for index in self._of.get(transaction, ()) if (row := self._rows[index]) is not None]

    def detailed(self, transaction: str) -> list[Row]:
        """The rows of a transaction, each with what was open on its invoice just before it."""
        if self._replay:
            self._again()
        return [
            (row, self._before[index])
            for index in self._of.get(transaction, ())
            if (row := self._rows[index]) is not None
        ]

    def _again(self) -> None:
        """Work out what was open before each row, now that rows between them have gone."""
        unpaid = [invoice.amount for invoice in self.invoices]
        for index, row in enumerate(self._rows):
            place = None if row is None else self.place.get(row.invoice)
            if row is None or place is None:
                continue
            self._before[index] = unpaid[place]
            if row.kind not in BESIDE_THE_INVOICE:
                unpaid[place] -= row.amount
        self._replay = False

    def first_row(self, transaction: str) -> int:
        """Where in Koppelingen the rows of a transaction begin; it must have rows."""
        return self._of[transaction][0]

    def has_rows(self, transaction: str) -> bool:
        """Whether anything of a transaction is allocated."""
        return transaction in self._of

    def allocated(self, transaction: str) -> Decimal:
        """How much money of a transaction is allocated; a discount is no money."""
        return money_of(self.rows(transaction))

    def is_open(self, place: int) -> bool:
        """Whether something is open, on the side where it should be."""
        return self.open.is_open(place)

    def is_sound(self, place: int) -> bool:
        """Whether no more is allocated than there is, nor more taken back than was paid."""
        low, high = sorted((ZERO, self.invoices[place].amount))
        return low <= self.unpaid[place] <= high

    def paid_by(self, place: int, day: date) -> Decimal:
        """What was paid on an invoice by bookings through a day, and is paid still."""
        invoice = self.invoices[place]
        by_then = sum(
            (
                row.amount
                for transaction in self.payers(invoice.number)
                if (self._booked.get(transaction) or date.min) <= day
                for row in self.rows(transaction)
                if row.invoice == invoice.number and row.kind not in BESIDE_THE_INVOICE
            ),
            ZERO,
        )
        return min(by_then, invoice.amount - self.unpaid[place])

    def turn(self, transaction: str) -> tuple[date, int]:
        """When money is dealt out by choice: in order of booking day, then of the sheet."""
        if self._turns is None:
            self._turns = {
                payment.transaction: (payment.booked, place) for place, payment in enumerate(self._payments)
            }
        return self._turns.get(transaction, (date.min, -1))

    def paid_before(self, place: int, transaction: str) -> Decimal:
        """What was paid on an invoice, and not taken back, by money whose turn came before this one's."""
        number, turn = self.invoices[place].number, self.turn(transaction)
        return sum(
            (
                row.amount
                for other in self.payers(number)
                if other != transaction and self.turn(other) < turn
                for row in self.rows(other)
                if row.invoice == number and row.kind not in BESIDE_THE_INVOICE
            ),
            ZERO,
        )

    def open_before(self, place: int, transaction: str) -> Decimal:
        """What was open on an invoice when it was this money's turn, as far as it is open now."""
        amount, now = self.invoices[place].amount, self.unpaid[place]
        then = amount - self.paid_before(place, transaction)
        return max(min(now, then), ZERO) if amount > 0 else min(max(now, then), ZERO)

    def add(
        self,
        transaction: str,
        lines: Iterable[Line],
        *,
        by: str = BY_PROGRAM,
        extras: Iterable[Extra] = (),
    ) -> None:
        """Allocate lines of a transaction: Betaling or Storno; on a credit note Creditfactuur.

        `extras` come behind them, with their own Soort.
        """
        for place, amount in lines:
            invoice = self.invoices[place]
            if invoice.amount < 0:
                kind = AllocationKind.CREDIT_NOTE
            else:
                kind = AllocationKind.PAYMENT if amount > 0 else AllocationKind.REVERSAL
            self._take_in(
                Allocation(
                    transaction=transaction,
                    invoice=invoice.number,
                    amount=amount,
                    kind=kind,
                    by=by,
                    on=self._on,
                )
            )
            self.touched.add(invoice.debtor)
        for place, amount, kind in extras:
            number = self.invoices[place].number
            self._take_in(
                Allocation(
                    transaction=transaction, invoice=number, amount=amount, kind=kind, by=by, on=self._on
                )
            )

    def mirror(self, transaction: str, rows: Iterable[Allocation]) -> None:
        """Take back rows of another transaction to the cent, as a storno by this one.

        Discount and costs go back as what they are: a discount is no money, and costs are beside the invoice.
        """
        for row in rows:
            kind = row.kind if row.kind in _KEPT_KINDS else AllocationKind.REVERSAL
            self._take_in(
                Allocation(
                    transaction=transaction,
                    invoice=row.invoice,
                    amount=-row.amount,
                    kind=kind,
                    by=BY_PROGRAM,
                    on=self._on,
                )
            )
            place = self.place.get(row.invoice)
            if place is not None:
                self.touched.add(self.invoices[place].debtor)

    def remove(self, transaction: str) -> None:
        """Take all rows of a transaction out."""
        self._replay = True
        self.has_removed = True
        for index in self._of.pop(transaction, ()):
            row = self._rows[index]
            self._rows[index] = None
            if row is None:
                continue
            place = self.place.get(row.invoice)
            if place is not None:
                if row.kind not in BESIDE_THE_INVOICE:
                    before = self.unpaid[place]
                    self.unpaid[place] = before + row.amount
                    self.open.moved(place, before)
                self.touched.add(self.invoices[place].debtor)

    @contextmanager
    def without(self, transaction: str) -> Iterator[None]:
        """For a moment the books as they are without this transaction."""
        lines = [
            (place, row.amount)
            for row in self.rows(transaction)
            if row.kind not in BESIDE_THE_INVOICE and (place := self.place.get(row.invoice)) is not None
        ]
        for place, amount in lines:
            self.unpaid[place] += amount
        hidden = self._of.pop(transaction, None)
        try:
            yield
        finally:
            if hidden is not None:
                self._of[transaction] = hidden
            for place, amount in lines:
                self.unpaid[place] -= amount

    def final(self) -> tuple[Allocation, ...]:
        """All rows: those that stayed in their order, then the new ones."""
        return tuple(row for row in self._rows if row is not None)

    def payers(self, number: str) -> list[str]:
        """The transactions that have a row on this invoice, in the order of Koppelingen."""
        if self._payers is None:
            self._payers = {}
            for row in self._rows:
                if row is not None:
                    self._payers.setdefault(row.invoice, []).append(row.transaction)
        known = dict.fromkeys(self._payers.get(number, ()))
        return [one for one in known if any(row.invoice == number for row in self.rows(one))]

    def of_debtor(self, debtor: str) -> list[int]:
        """Places of the invoices of a debtor, oldest due day first."""
        return self.open.all_of(debtor)

    def _as_it_was(self, row: Allocation) -> Allocation:
        """The row with the day on which it was first made."""
        return replace(row, on=self._days.get(_key(row), row.on))

    def _take_in(self, row: Allocation) -> None:
        here = (len(self._rows),)
        known = self._of.setdefault(row.transaction, here)
        if known is not here:
            self._of[row.transaction] = known + here
        self._rows.append(row if not self._days else self._as_it_was(row))
        place = self.place.get(row.invoice)
        before = ZERO if place is None else self.unpaid[place]
        self._before.append(before)
        if place is not None and row.kind not in BESIDE_THE_INVOICE:
            self.unpaid[place] = before - row.amount
            self.open.moved(place, before)
        if self._payers is not None:
            self._payers.setdefault(row.invoice, []).append(row.transaction)


def _key(row: Allocation) -> tuple[str, str, Decimal, AllocationKind, str]:
    return row.transaction, row.invoice, row.amount, row.kind, row.by


def money_of(rows: Sequence[Allocation]) -> Decimal:
    """The money in rows; a discount lowers what is open, but is no money."""
    if len(rows) == 1 and rows[0].kind is not AllocationKind.DISCOUNT:
        return rows[0].amount
    return sum((row.amount for row in rows if row.kind is not AllocationKind.DISCOUNT), ZERO)
