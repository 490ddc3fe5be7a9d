"""An invoice as the sheet Facturen holds it, and what we work out about it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Block(StrEnum):
    """Why an invoice is kept out of the ladder; the words of the drop-down."""

    DISPUTED = "Betwist"
    HOLD = "Pauze"
    HANDED_OVER = "Uit handen"


class InvoiceStatus(StrEnum):
    """Status of an invoice (docs/regels.md, "Status"; first hit wins in the order of rules/unpaid.py)."""

    PAID = "Betaald"
    OPEN = "Openstaand"
    OVERDUE = "Te laat"
    PARTLY_PAID = "Deels betaald"
    ARRANGEMENT = "Regeling"
    DISPUTED = "Betwist"
    ON_HOLD = "Gepauzeerd"
    HANDED_OVER = "Uit handen"
    CREDIT_NOTE = "Creditfactuur"


class Action(StrEnum):
    """Volgende actie."""

    NONE = "Geen"
    WAIT = "Wachten"
    REMINDER = "Herinnering sturen"
    CALL = "Bellen"
    SECOND_REMINDER = "Tweede herinnering sturen"
    CALL_AGAIN = "Opnieuw bellen"
    FOURTEEN_DAY_LETTER = "14-dagenbrief sturen"
    FINAL_DEMAND = "Laatste aanmaning sturen"
    FOLLOW_UP_PROMISE = "Toezegging opvolgen"
    FOLLOW_UP_INSTALMENT = "Termijn opvolgen"
    CONFIRM_ARRANGEMENT = "Regeling bevestigen"
    SOLVE_DISPUTE = "Geschil oplossen"
    COMPLETE_DATA = "Gegevens aanvullen"
    HAND_OVER = "Uit handen geven"


class Age(StrEnum):
    """Ouderdom: how long an unpaid invoice is past its due date."""

    NOT_DUE = "Niet vervallen"
    TO_30 = "1–30 dagen"
    TO_60 = "31–60 dagen"
    TO_90 = "61–90 dagen"
    OVER_90 = "> 90 dagen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """One row of Facturen. Amounts in euros incl. btw; negative is a credit note. `row` is the sheet row.

    `due` is Vervaldatum, or worked out from the debtor's term. An unknown word in Blokkade arrives as HOLD
    and, as it was typed, as `block_word`.
    """

    number: str
    debtor: str
    issued: date
    due: date
    amount: Decimal
    vat: Decimal | None = None
    description: str = ""
    delivered: date | None = None
    reference: str = ""
    file: str = ""
    block: Block | None = None
    block_until: date | None = None
    block_reason: str = ""
    block_word: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceState:
    """The computed columns of one invoice, as of a day.

    `days_late` is None unless something is open and the due day has passed; `age` when nothing is open, and
    for a credit note. `paid_on`: the booking day that made it paid and left it so; None when it is open, or
    when no money came for it.
    """

    invoice: Invoice
    paid: Decimal
    unpaid: Decimal
    days_late: int | None
    age: Age | None
    status: InvoiceStatus
    action: Action
    action_on: date | None
    why: str
    paid_on: date | None = None
