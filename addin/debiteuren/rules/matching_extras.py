"""What may be less or more than the open amount and still be full payment.

Answers: the discount for paying early that was agreed, the collection costs that were due on the day.
Source: docs/regels.md, "Korting" (rule E02) and "Incassokosten" (BW 6:96).
Leaves to others: whether the payment names the invoices (matching_sure.py), the scale of the costs
(collection_costs.py).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from debiteuren.domain.contact import ContactKind, DraftState
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import ZERO, to_cents
from debiteuren.rules.collection_costs import collection_costs

_WHOLE = Decimal(100)


class Extras:
    """What is agreed and due beside the amounts of invoices."""

    def __init__(self, ledger: Ledger) -> None:
        self._invoices = ledger.invoices
        self._debtors = {debtor.number: debtor for debtor in ledger.debtors}
        self._settings = ledger.settings
        self._letters: dict[str, list[tuple[date, tuple[str, ...]]]] = {}
        for contact in ledger.contacts:
            if contact.kind is ContactKind.FOURTEEN_DAY_LETTER and contact.draft is not DraftState.VOID:
                self._letters.setdefault(contact.debtor, []).append((contact.day, contact.invoices))
        self.has_discounts = self._settings.discount_percent > 0 or any(
            debtor.discount_percent for debtor in ledger.debtors
        )

    def discount(self, place: int, booked: date) -> Decimal:
        """The discount in euros on an invoice for money booked on a day; nothing where none was agreed.

        The days count from Factuurdatum, the last one with them. What stands at the debtor goes before
        Instellingen; 0 there is no discount.
        """
        invoice = self._invoices[place]
        debtor = self._debtors.get(invoice.debtor)
        percent, days = self._settings.discount_percent, self._settings.discount_days
        if debtor is not None and debtor.discount_percent is not None:
            percent = debtor.discount_percent
        if debtor is not None and debtor.discount_days is not None:
            days = debtor.discount_days
        if percent <= 0 or not invoice.issued <= booked <= invoice.issued + timedelta(days):
            return ZERO
        return to_cents(invoice.amount * percent / _WHOLE) if invoice.amount > 0 else ZERO

    def costs(self, places: Sequence[int], unpaid: Decimal, booked: date) -> Decimal:
        """The collection costs over the open sum of these invoices of one debtor, where they were due.

        Of a business from the day after the due day (6:96 lid 4); of a consumer, or where Soort is empty,
        once a 14-dagenbrief about all of them went out on or before the day.
        """
        invoices = [self._invoices[place] for place in places]
        debtor = self._debtors.get(invoices[0].debtor)
        if debtor is None:
            return ZERO
        if debtor.is_protected:
            due = any(
                day <= booked
                and all(one.number in named or (not named and one.issued <= day) for one in invoices)
                for day, named in self._letters.get(debtor.number, ())
            )
        else:
            due = all(invoice.due < booked for invoice in invoices)
        return collection_costs(unpaid, booked) if due else ZERO
