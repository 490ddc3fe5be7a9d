"""A letter about an arrangement: which one, to whom, about which money."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from debiteuren.domain.arrangement import ArrangementState, InstalmentState
from debiteuren.domain.debtor import Debtor
from debiteuren.domain.reminder import Reminder


class ArrangementLetterKind(StrEnum):
    """Which letter; the value names it in Contact, Notitie."""

    CONFIRMATION = "Bevestiging van de regeling"
    NOTICE = "Bericht voor een termijn"
    BROKEN = "Bericht dat de regeling is verbroken"
    THANKS = "Bedankje na de laatste termijn"

    @property
    def step(self) -> str:
        """In a word, as the step of a draft."""
        return _STEPS[self]


_STEPS = {
    ArrangementLetterKind.CONFIRMATION: "Bevestiging",
    ArrangementLetterKind.NOTICE: "Termijnbericht",
    ArrangementLetterKind.BROKEN: "Regeling verbroken",
    ArrangementLetterKind.THANKS: "Bedankje",
}


@dataclass(frozen=True, slots=True)
class Debt:
    """What was open of an invoice on the day of the letter, in euros."""

    number: str
    unpaid: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangementLetter:
    """One letter about one arrangement, as it stands on `on`.

    `debts`: its invoices, for the acknowledgement. `instalment`: the one a notice is about, or that broke the
    arrangement. `pay_by`: the last day a broken arrangement's letter gives for the rest. `interest_runs`:
    statutory interest goes on while it is kept. `key` as in Reminder; `test_for` too.
    """

    kind: ArrangementLetterKind
    debtor: Debtor
    state: ArrangementState
    debts: tuple[Debt, ...]
    on: date
    key: str
    instalment: InstalmentState | None = None
    pay_by: date | None = None
    interest_runs: bool = False
    test_for: str = ""

    @property
    def rest(self) -> Decimal:
        """What of the arrangement is still to be paid, in euros."""
        return sum(
            (unpaid_of(instalment) for instalment in self.state.instalments),
            Decimal("0.00"),
        )

    @property
    def word(self) -> str:
        """The step of its draft."""
        return self.kind.step

    @property
    def invoices(self) -> tuple[str, ...]:
        """The numbers of its invoices."""
        return self.state.arrangement.invoices

    @property
    def asked(self) -> Decimal:
        """What it asks to pay, at once or on its days, in euros."""
        if self.kind is ArrangementLetterKind.NOTICE and self.instalment is not None:
            return unpaid_of(self.instalment)
        return self.rest

    @property
    def about(self) -> tuple[tuple[str, str], ...]:
        """By what it is known again when it was drafted before: the arrangement, or its instalment."""
        part = self.instalment.instalment.number if self.instalment is not None else ""
        return ((f"{self.state.arrangement.id} {part}".rstrip(), self.word),)

    @property
    def wants_receipt(self) -> bool:
        """Whether a read receipt is asked (rule D12)."""
        return self.kind is ArrangementLetterKind.CONFIRMATION


AnyLetter = Reminder | ArrangementLetter
"""What a draft can be made of."""


def unpaid_of(state: InstalmentState) -> Decimal:
    """What of an instalment is still to be paid, in euros; never below zero."""
    return max((state.instalment.amount or Decimal("0.00")) - state.paid, Decimal("0.00"))
