"""Everything the workbook says, as one frozen value: what jobs and rules work on."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from debiteuren.domain.arrangement import Arrangement, Instalment
from debiteuren.domain.contact import Contact
from debiteuren.domain.debtor import Debtor
from debiteuren.domain.invoice import Invoice
from debiteuren.domain.payment import Payment, Statement
from debiteuren.domain.settings import LetterTemplate, Settings


class AllocationKind(StrEnum):
    """Soort in Koppelingen."""

    PAYMENT = "Betaling"
    DISCOUNT = "Korting"
    REVERSAL = "Storno"
    CREDIT_NOTE = "Creditfactuur"
    COSTS = "Kosten"
    INTEREST = "Rente"


BY_PROGRAM = "Programma"
BY_USER = "Uw keuze"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """One row of Koppelingen: so many euros of this transaction on this invoice.

    Paying lowers what is open (positive on an invoice, negative on a credit note); a storno is negative.
    Of one transaction the amounts add up to what of it was allocated. `by`: who decided, `on`: when.
    """

    transaction: str
    invoice: str
    amount: Decimal
    kind: AllocationKind = AllocationKind.PAYMENT
    by: str = BY_PROGRAM
    on: date | None = None
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The whole workbook, in sheet order."""

    invoices: tuple[Invoice, ...] = ()
    debtors: tuple[Debtor, ...] = ()
    payments: tuple[Payment, ...] = ()
    statements: tuple[Statement, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    arrangements: tuple[Arrangement, ...] = ()
    instalments: tuple[Instalment, ...] = ()
    contacts: tuple[Contact, ...] = ()
    templates: tuple[LetterTemplate, ...] = ()
    settings: Settings = field(default_factory=Settings)
