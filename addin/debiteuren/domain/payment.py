"""Bank bookings: as a bank file gives them (BankTransaction), as Betalingen holds them (Payment)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from debiteuren.domain.electronic_invoice import ElectronicInvoice
from debiteuren.domain.problem import Problem, Severity


class FileFormat(StrEnum):
    """What kind of bank file; the words of `lees --json`."""

    CAMT053 = "CAMT.053"
    CAMT052 = "CAMT.052"
    CAMT054 = "CAMT.054"
    MT940 = "MT940"
    CSV = "CSV"
    TAB = "TAB"
    OFX = "OFX"


class MatchStatus(StrEnum):
    """Koppelstatus."""

    SURE = "Zeker"
    PROPOSAL = "Voorstel"
    UNKNOWN = "Onbekend"
    NO_INVOICE = "Geen factuur"
    CHOICE = "Uw keuze"


NO_WORDS = frozenset({"nee", "neen", "geen", "geen factuur"})
"""Uw keuze of a row that pays no invoice, in small letters with single spaces."""
CHOSEN = "Uw keuze"
"""How Waarom begins of a payment for which the user's choice decided."""


def says_no(choice: str) -> bool:
    """Whether Uw keuze says that a row pays no invoice: "Nee." is nee too."""
    return " ".join(choice.casefold().split()).strip(" .,;:!") in NO_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class BankTransaction:
    """One booking in a bank file. `amount` in `currency`, money in positive; text never None but ''.

    `bank_id` is the bank's own unique id of the booking within the account ('' when the format gives none).
    `reference` is a structured reference (betalingskenmerk, RF); `end_to_end` the payer's own.
    `kind` is the bank's type code, verbatim. `is_return` says money came or went back (storno, refusal),
    `return_code` the R-code where given (MD06, AC04).
    """

    account: str
    booked: date
    amount: Decimal
    value_date: date | None = None
    currency: str = "EUR"
    counter_account: str = ""
    name: str = ""
    description: str = ""
    reference: str = ""
    end_to_end: str = ""
    mandate: str = ""
    kind: str = ""
    is_return: bool = False
    return_code: str = ""
    bank_id: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BankStatement:
    """One statement in a bank file. Balances in `currency`, None where the format has none.

    `adds_up` is True or False where opening and closing balance are known, else None; `gap` says what does
    not add up.
    """

    account: str
    begin: date | None = None
    end: date | None = None
    opening: Decimal | None = None
    closing: Decimal | None = None
    adds_up: bool | None = None
    lines: int = 0
    currency: str = "EUR"
    gap: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BankFile:
    """What one bank file holds. With `problems` of severity Fout it is refused and has no transactions.

    `edition` is "Engels" where a bank writes one format in two languages, else ''. `invoices`: of an
    e-invoice that came with the bank's files.
    """

    name: str
    format: FileFormat | None
    bank: str
    edition: str = ""
    statements: tuple[BankStatement, ...] = ()
    transactions: tuple[BankTransaction, ...] = ()
    problems: tuple[Problem, ...] = ()
    invoices: tuple[ElectronicInvoice, ...] = ()

    @property
    def refused(self) -> bool:
        """It cannot be trusted as a whole."""
        return any(problem.severity is Severity.FAULT for problem in self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One row of Afschriften: what was imported."""

    account: str
    begin: date | None = None
    end: date | None = None
    opening: Decimal | None = None
    closing: Decimal | None = None
    lines: int = 0
    file: str = ""
    imported_on: date | None = None
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One row of Betalingen; `amount` in euros, money in positive; `choice` is Uw keuze as typed.

    `return_code`: the bank's R-code, or "storno" where it gives none, for money that came or went back.
    `was_chosen`: Uw keuze decided about it in the last run, as its Waarom says.
    """

    transaction: str
    booked: date
    amount: Decimal
    account: str = ""
    counter_account: str = ""
    name: str = ""
    description: str = ""
    reference: str = ""
    return_code: str = ""
    source: str = ""
    choice: str = ""
    was_chosen: bool = False
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentState:
    """The computed columns of one payment. `proposals`: up to three, best first, each invoice numbers."""

    payment: Payment
    allocated: Decimal
    rest: Decimal
    status: MatchStatus
    invoices: tuple[str, ...] = ()
    proposals: tuple[tuple[str, ...], ...] = ()
    why: str = ""
