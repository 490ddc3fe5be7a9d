"""A booking on our account in a made-up world, with the truth beside it."""

from dataclasses import dataclass, field
from datetime import date

from debiteuren.domain.money import CENT
from debiteuren.domain.payment import Payment


@dataclass(slots=True, kw_only=True, eq=False)
class Booking:
    """One line of a bank statement and what it truly pays.

    `truth`: invoice number → cents, negative on a credit note and for a storno; empty when it belongs to no
    invoice. `among`: the invoices of an arrangement, over which any division is right. `instead`: the
    payer's words name this paid invoice; while it is open in the books, it is as good. `twin`: the same
    invoice was paid twice, and which of the two counts is one to us. `evidence`, `habits`: the labels it is
    reported under.
    """

    day: date
    cents: int
    name: str = ""
    iban: str = ""
    text: str = ""
    reference: str = ""
    end_to_end: str = ""
    mandate: str = ""
    return_code: str = ""
    truth: dict[str, int] = field(default_factory=dict)
    among: frozenset[str] = frozenset()
    instead: str = ""
    twin: "Booking | None" = None
    evidence: str = ""
    habits: tuple[str, ...] = ()
    account: str = ""
    transaction: str = ""

    def payment(self) -> Payment:
        """As Betalingen holds it (jobs/bank_import.py)."""
        return Payment(
            transaction=self.transaction,
            booked=self.day,
            amount=self.cents * CENT,
            account=self.account,
            counter_account=self.iban,
            name=self.name,
            description=self.text,
            reference=self.reference or self.end_to_end,
            return_code=self.return_code,
        )
