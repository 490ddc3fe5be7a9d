"""Payment arrangements and their instalments, as typed and as judged against the bank."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from debiteuren.domain.money import ZERO


class ArrangementStatus(StrEnum):
    """Status of an arrangement."""

    INCOMPLETE = "Onvolledig"
    TO_CONFIRM = "Te bevestigen"
    RUNNING = "Loopt"
    BEHIND = "Achter"
    BROKEN = "Verbroken"
    KEPT = "Nagekomen"

    @property
    def counts_as_running(self) -> bool:
        """Its invoices leave the ladder (docs/regels.md, "Regeling")."""
        return self in {self.TO_CONFIRM, self.RUNNING, self.BEHIND}


class InstalmentStatus(StrEnum):
    """Status of an instalment."""

    NOT_DUE = "Nog niet vervallen"
    ON_TIME = "Op tijd"
    PAID_LATE = "Te laat betaald"
    PARTLY_PAID = "Deels betaald"
    MISSED = "Gemist"
    NOT_KNOWN = "Nog niet bekend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """One row of Termijnen. `due` and `amount` are None where the cell is empty (then: Onvolledig)."""

    arrangement: str
    number: str
    due: date | None
    amount: Decimal | None
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """One row of Regelingen. None or '' where the cell is empty (then: Onvolledig).

    `amount` is all that was agreed, of which `costs` and `interest` come on top of the invoices; None where
    nothing was. `already_in`: money booked on `agreed_on` that was in before the agreement, so it fills no
    instalment. `accepted_on`: the day the debtor wrote that he agrees. `replaces`: the Regeling that this is
    the new version of. `recorded`: when it was written down; time 00:00 where only the day is known.
    """

    id: str
    debtor: str
    invoices: tuple[str, ...]
    amount: Decimal | None
    agreed_on: date | None
    agreed_with: str = ""
    channel: str = ""
    terms: str = ""
    consequence: str = ""
    confirmed_on: date | None = None
    costs: Decimal | None = None
    interest: Decimal | None = None
    already_in: Decimal | None = None
    accepted_on: date | None = None
    replaces: str = ""
    recorded: datetime | None = None
    row: int = 0

    @property
    def extras(self) -> Decimal:
        """The agreed costs and interest together, in euros."""
        return (self.costs or ZERO) + (self.interest or ZERO)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money that came in for an arrangement, counts and stayed."""

    transaction: str
    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalmentState:
    """The computed columns of one instalment, as of a day. `proof`: the transactions that paid it.

    `days_late` is None where nothing is late.
    """

    instalment: Instalment
    paid: Decimal
    paid_on: date | None
    days_late: int | None
    status: InstalmentStatus
    proof: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangementState:
    """The computed columns of one arrangement, as of a day, with its instalments in order of due day.

    `ended_on`: the day it was broken, or kept by its last money; None while it runs. `replaced`: a newer
    arrangement covers all its invoices. `replaced_by`: the Regeling that says so in Vervangt; then everything
    here is as it stood on the day of that agreement. `money`: what came in for it, in order of booking.
    """

    arrangement: Arrangement
    status: ArrangementStatus
    next_due: date | None
    why: str
    instalments: tuple[InstalmentState, ...] = ()
    ended_on: date | None = None
    replaced: bool = False
    replaced_by: str = ""
    money: tuple[Receipt, ...] = ()
