"""One line of today's worklist (sheet Acties)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from debiteuren.domain.debtor import Debtor
from debiteuren.domain.invoice import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """What to do for one debtor today. `when` is what stands in the column Wanneer."""

    order: int
    debtor: Debtor
    action: Action
    invoices: tuple[str, ...]
    amount: Decimal
    action_on: date | None
    when: str
    why: str
