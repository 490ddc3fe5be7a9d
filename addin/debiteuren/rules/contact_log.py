"""The log of contacts, ready to be asked by invoice.

Answers: which rows of Contact speak of this invoice, in which order, and when the debtor last got a letter.
Source: docs/regels.md, "Gedane stappen" (Facturen names the invoice; empty = all dated up to Moment and open;
Concept Vervallen never happened) and "Dagen" (nothing after Peildatum).
Leaves to others: what those rows mean (steps.py, promises.py, disputes.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from debiteuren.domain.contact import LETTERS, Contact, DraftState
from debiteuren.domain.invoice import Invoice
from debiteuren.rules.unpaid import Booking, was_open


@dataclass(frozen=True, slots=True)
class ContactLog:
    """Rows that happened on or before a day, oldest first, with what is needed to find them."""

    rows: tuple[Contact, ...]
    by_invoice: dict[str, list[int]]
    by_debtor: dict[str, list[int]]
    last_letter: dict[str, date]

    def about(
        self, invoice: Invoice, bookings: Sequence[Booking], difference_max: Decimal
    ) -> tuple[Contact, ...]:
        """The rows that speak of this invoice, oldest first."""
        named = self.by_invoice.get(invoice.number, ())
        general = [
            position
            for position in self.by_debtor.get(invoice.debtor, ())
            if was_open(invoice, bookings, self.rows[position].day, difference_max)
        ]
        if not general:
            return tuple(self.rows[position] for position in named)
        return tuple(self.rows[position] for position in sorted({*named, *general}))


def contact_log(contacts: Iterable[Contact], on: date) -> ContactLog:
    """The log as of a day.

    Rows of one moment (the sheet often holds only a day): a conversation comes before a letter, because to
    count it after the letter would skip a step; beyond that the order of the sheet.
    """
    happened = [row for row in contacts if row.draft is not DraftState.VOID and row.day <= on]
    happened.sort(key=_order)
    by_invoice: dict[str, list[int]] = {}
    by_debtor: dict[str, list[int]] = {}
    last_letter: dict[str, date] = {}
    for position, row in enumerate(happened):
        if row.kind in LETTERS:
            last_letter[row.debtor] = row.day
        if not row.invoices:
            by_debtor.setdefault(row.debtor, []).append(position)
        for number in row.invoices:
            by_invoice.setdefault(number, []).append(position)
    return ContactLog(tuple(happened), by_invoice, by_debtor, last_letter)


def _order(row: Contact) -> tuple[datetime, bool]:
    return row.moment, row.kind in LETTERS
