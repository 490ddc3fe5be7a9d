"""A reminder to be drafted: to whom, which step, which invoices; who is skipped; and the finished letter."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from debiteuren.domain.contact import ContactKind
from debiteuren.domain.debtor import Debtor
from debiteuren.domain.invoice import Invoice
from debiteuren.domain.settings import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLine:
    """One invoice in a reminder, at its own step. Amounts in euros; `days_late` from the due day.

    `paid`: money that came and stayed; `discount`: agreed; `set_off`: settled with a credit note.
    """

    invoice: Invoice
    step: Step
    unpaid: Decimal
    paid: Decimal
    days_late: int
    discount: Decimal = Decimal("0.00")
    set_off: Decimal = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierContact:
    """One thing said or written that the letter may refer to (rule E11, docs/regels.md).

    `arrangement`: on that day an arrangement was agreed, which no longer runs; `missed_on` and
    `missed_amount`: its first instalment that did not come, or not whole, and what of it is open.
    """

    kind: ContactKind
    day: date
    promised_on: date | None = None
    promised_amount: Decimal | None = None
    arrangement: bool = False
    missed_on: date | None = None
    missed_amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLine:
    """An open credit note taken off what is asked; `amount` in euros, positive."""

    number: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherInvoice:
    """An open invoice of the same debtor that the letter does not ask for; `unpaid` in euros.

    `arranged`: an arrangement covers it.
    """

    number: str
    issued: date
    due: date
    unpaid: Decimal
    arranged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One letter to one debtor, in the firmest due step; each line keeps its own step.

    `pay_by` is the last day named in the letter; for the 14-day letter and the final demand it is the
    deadline of the law (docs/regels.md, "14-dagenbrief"). `costs` are the collection costs the letter must
    announce, None where it may not; `interest` the trade interest up to `on` over its own lines that a final
    demand names, None where it names none. `total` is what is asked now: the lines' unpaid amounts less open
    credit notes. `key` is the same for the same step, invoices and address: it stands in Contact, Sleutel.
    `credit` is the sum of `credit_lines`. `light`: a playful first line fits here (rules E12, E13,
    docs/regels.md). `earlier` is the last thing said, `history` all letters and talks about these invoices,
    oldest first. `others`: what else is open, for a debtor with more than three open invoices. `test_for`:
    this is a trial to oneself of the letter to that address; '' for a real one.
    """

    debtor: Debtor
    step: Step
    lines: tuple[ReminderLine, ...]
    total: Decimal
    pay_by: date
    on: date
    key: str
    credit: Decimal = Decimal("0.00")
    costs: Decimal | None = None
    interest: Decimal | None = None
    earlier: EarlierContact | None = None
    credit_lines: tuple[CreditLine, ...] = ()
    light: bool = False
    history: tuple[EarlierContact, ...] = ()
    others: tuple[OtherInvoice, ...] = ()
    test_for: str = ""

    @property
    def word(self) -> str:
        """The step of its draft."""
        return self.step.value

    @property
    def invoices(self) -> tuple[str, ...]:
        """The numbers of its invoices."""
        return tuple(line.invoice.number for line in self.lines)

    @property
    def asked(self) -> Decimal:
        """What it asks to pay, in euros."""
        return self.total

    @property
    def about(self) -> tuple[tuple[str, str], ...]:
        """By what it is known again when it was drafted before: each invoice with its step."""
        return tuple((line.invoice.number, line.step.value) for line in self.lines)

    @property
    def wants_receipt(self) -> bool:
        """Whether a read receipt is asked: a reminder needs none."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A debtor who gets no draft now, and why, in one Dutch sentence."""

    debtor: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A rendered letter: plain subject, text and html, ready for mail/message.py.

    `codes`: the payment codes it shows, by the name html calls them, with what a bank app reads from each.
    """

    subject: str
    text: str
    html: str
    language: str = "nl"
    codes: tuple[tuple[str, str], ...] = ()
