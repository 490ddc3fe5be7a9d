"""An invoice or credit note as an e-invoice (UBL) tells it: what is owed, by whom, and who sent it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A company or person in an e-invoice; '' for what it does not say.

    `numbers`: what the sender calls it, the customer number first.
    """

    name: str = ""
    numbers: tuple[str, ...] = ()
    kvk: str = ""
    vat_number: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectronicInvoice:
    """One e-invoice. `amount` and `vat` in euros, negative for a credit note; `total` is the whole with VAT.

    `amount` is what is to be paid: less than `total` where part was paid beforehand.
    """

    number: str
    issued: date
    amount: Decimal
    total: Decimal | None
    customer: Party
    supplier: Party
    due: date | None = None
    vat: Decimal | None = None
    description: str = ""
    delivered: date | None = None
    reference: str = ""
    line: int | None = None
