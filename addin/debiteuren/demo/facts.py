"""The demo's facts before they become rows: bills, contacts, bank bookings, arrangements.

Leaves to others: collecting them (story.py), the sheets (company.py), the files (bank_files.py).
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from debiteuren.demo.people import OwnBank, Person
from debiteuren.demo.works import Price
from debiteuren.domain.arrangement import ArrangementStatus, InstalmentStatus
from debiteuren.domain.contact import ContactKind, DraftState, Outcome
from debiteuren.domain.debtor import Channel
from debiteuren.domain.invoice import Block


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bill:
    """An invoice or credit note. `serial` is the order in which it was thought up, not its number."""

    serial: int
    person: Person
    issued: date
    due: date
    price: Price
    text: str
    delivered: date
    due_typed: bool = True
    with_reference: bool = False
    about: "Bill | None" = None
    block: Block | None = None
    block_until: date | None = None
    block_reason: str = ""

    @property
    def total(self) -> Decimal:
        """Euros including btw; negative for a credit note."""
        return self.price.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One row of Contact."""

    moment: datetime
    person: Person
    bills: tuple[Bill, ...]
    kind: ContactKind
    channel: Channel
    outcome: Outcome | None = None
    promised_on: date | None = None
    promised_amount: Decimal | None = None
    reason: str = ""
    note: str = ""
    draft: DraftState | None = None


class Means(Enum):
    """How money moved; each bank has its own words for it."""

    TRANSFER = "transfer"
    OWN_COLLECTION = "own collection"
    RETURNED = "returned"
    COLLECTED = "collected"
    CARD = "card"
    CASH = "cash"
    FEE = "fee"


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """One line on an account of ours. `text` may hold {0}, {1} … for the numbers of `bills`.

    `by_reference`: paid with the bill's betalingskenmerk instead of a text.
    """

    serial: int
    account: OwnBank
    day: date
    amount: Decimal
    name: str = ""
    iban: str = ""
    text: str = ""
    bills: tuple[Bill, ...] = ()
    by_reference: bool = False
    means: Means = Means.TRANSFER
    end_to_end: str = ""
    mandate: str = ""
    return_code: str = ""
    kenmerk: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One instalment and the status it must get."""

    due: date | None
    amount: Decimal
    status: InstalmentStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """One arrangement and the status it must get."""

    id: str
    bills: tuple[Bill, ...]
    agreed_on: date
    terms: str
    consequence: str
    confirmed_on: date | None
    parts: tuple[Part, ...]
    status: ArrangementStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class CashPayment:
    """Money in the tin, typed into Betalingen by the owner."""

    day: date
    bill: Bill
