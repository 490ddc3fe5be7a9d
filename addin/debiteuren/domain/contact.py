"""The log of contacts: letters, calls, promises."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class ContactKind(StrEnum):
    """Soort of a contact."""

    REMINDER = "Herinnering"
    SECOND_REMINDER = "Tweede herinnering"
    FOURTEEN_DAY_LETTER = "14-dagenbrief"
    FINAL_DEMAND = "Laatste aanmaning"
    CONVERSATION = "Gesprek"
    CONFIRMATION = "Bevestiging"
    INVOICE_COPY = "Kopie factuur"
    OTHER = "Overig"


LETTERS = frozenset(
    {
        ContactKind.REMINDER,
        ContactKind.SECOND_REMINDER,
        ContactKind.FOURTEEN_DAY_LETTER,
        ContactKind.FINAL_DEMAND,
    }
)
"""What counts as a message for MinDagenTussenBerichten (docs/regels.md, "Ladder")."""


class Outcome(StrEnum):
    """Uitkomst of a conversation."""

    NO_ANSWER = "Geen gehoor"
    PROMISE = "Toezegging"
    ARRANGEMENT = "Regeling"
    DISPUTE = "Geschil"
    EXCUSE = "Smoes"
    SAYS_PAID = "Betaald volgens debiteur"
    OTHER = "Anders"


class DraftState(StrEnum):
    """Concept: what became of the draft."""

    MADE = "Gemaakt"
    SENT = "Verstuurd"
    VOID = "Vervallen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One row of Contact. `invoices` empty: all invoices of the debtor dated up to `moment` and open.

    `moment` has time 00:00 where the sheet holds only a day.
    """

    moment: datetime
    debtor: str
    invoices: tuple[str, ...]
    kind: ContactKind
    channel: str = ""
    outcome: Outcome | None = None
    promised_on: date | None = None
    promised_amount: Decimal | None = None
    reason: str = ""
    note: str = ""
    draft: DraftState | None = None
    key: str = ""
    row: int = 0

    @property
    def day(self) -> date:
        """The calendar day of the contact."""
        return self.moment.date()
