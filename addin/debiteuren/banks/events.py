"""What a dialect tells while it reads, and how that becomes one BankFile.

A dialect is a stream of events: a Heading, statements, transactions and problems, in any order. With one
Fout the file is refused: then it has problems only, so that nobody counts half a file.
Leaves to others: which dialect a file is in (banks/__init__.py), what is new in it (jobs/bank_import.py).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from debiteuren.domain.money import ZERO, euro, plain
from debiteuren.domain.payment import BankFile, BankStatement, BankTransaction, FileFormat
from debiteuren.domain.problem import Problem, Severity

DOWNLOAD_AGAIN = "Download het bestand opnieuw bij uw bank en probeer het nog eens."
LOOK_AT_LINE = "Download het bestand opnieuw bij uw bank. Blijft dit zo, kies daar dan CAMT.053."
LOOK_AT_ENTRY = "Download het bestand opnieuw bij uw bank. Blijft dit zo, kies daar dan MT940 of CSV."
"""For a file that is CAMT.053 already."""
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Heading:
    """What kind of file it turned out to be; `bank` is its everyday name, '' when unknown.

    `edition` tells two exports of one bank and format apart, such as those in another language.
    """

    format: FileFormat
    bank: str
    edition: str = ""


Event = Heading | BankStatement | BankTransaction | Problem


def shown(text: str) -> str:
    """What stands there, short enough to read and without line ends or signs that cannot be printed."""
    clean = "".join(sign if sign.isprintable() else " " for sign in text[: SHOWN * 4])
    clean = " ".join(clean.split())
    return clean if len(clean) <= SHOWN else clean[: SHOWN - 1] + "…"


def fault(
    name: str, line: int | None, found: str, remedy: str = LOOK_AT_LINE, *, column: str = ""
) -> Problem:
    """Something that makes the whole file untrustworthy."""
    return Problem(sheet=name, row=line, column=column, found=found, remedy=remedy)


def doubt(name: str, line: int | None, found: str, remedy: str) -> Problem:
    """Something to look at; the file is read."""
    return Problem(severity=Severity.WARNING, sheet=name, row=line, found=found, remedy=remedy)


def not_booked(name: str, counts: Mapping[str, int]) -> Iterator[Event]:
    """How many entries of each status are no bookings (yet)."""
    for status, count in sorted(counts.items()):
        lines = "1 boeking is" if count == 1 else f"{count} boekingen zijn"
        yield doubt(
            name,
            None,
            f"{lines} nog niet definitief geboekt (status {shown(status)}) en niet meegeteld.",
            "U hoeft niets te doen: ze komen mee zodra de bank ze geboekt heeft.",
        )


def money(amount: Decimal, currency: str) -> str:
    """The amount as people write it, in its own currency."""
    return euro(amount) if currency == "EUR" else f"{currency} {plain(amount)}"


def collect(name: str, events: Iterable[Event]) -> BankFile:
    """One BankFile of everything a dialect told."""
    heading: Heading | None = None
    statements: list[BankStatement] = []
    transactions: list[BankTransaction] = []
    problems: list[Problem] = []
    for event in events:
        if isinstance(event, BankTransaction):
            transactions.append(event)
        elif isinstance(event, BankStatement):
            statements.append(event)
        elif isinstance(event, Problem):
            problems.append(event)
        elif heading is None or not heading.bank:
            heading = event
    refused = any(problem.severity is Severity.FAULT for problem in problems)
    return BankFile(
        name=name,
        format=heading.format if heading else None,
        bank=heading.bank if heading else "",
        edition=heading.edition if heading else "",
        statements=() if refused else tuple(statements),
        transactions=() if refused else tuple(transactions),
        problems=tuple(problems),
    )


@dataclass(slots=True, kw_only=True)
class Tally:
    """A statement while it is being read: what it says and what its lines add up to."""

    account: str = ""
    currency: str = ""
    begin: date | None = None
    end: date | None = None
    opening: Decimal | None = None
    closing: Decimal | None = None
    closing_currency: str = ""
    total: Decimal = ZERO
    days: list[date] = field(default_factory=list)
    lines: int = 0
    chain_broken: bool = False

    def add(self, transaction: BankTransaction) -> BankTransaction:
        """Count one booking, which is given back; only the first and last day are kept.

        A booking in another currency than the statement's leaves it not adding up.
        """
        self.lines += 1
        self.total += transaction.amount
        booked = transaction.booked
        if not self.days:
            self.days = [booked, booked]
        elif booked > self.days[1]:
            self.days[1] = booked
        elif booked < self.days[0]:
            self.days[0] = booked
        if transaction.currency != self.currency:
            self.chain_broken = self.chain_broken or self.currency != ""
            self.currency = self.currency or transaction.currency
        return transaction

    def statement(self) -> BankStatement:
        """The statement; where the file gives no days, those of its first and last booking."""
        days: list[date] | list[None] = self.days or [None, None]
        adds_up: bool | None = None
        if self.opening is not None and self.closing is not None:
            same_currency = (self.closing_currency or self.currency) == self.currency
            adds_up = same_currency and not self.chain_broken and self.opening + self.total == self.closing
        return BankStatement(
            account=self.account,
            begin=self.begin or days[0],
            end=self.end or days[1],
            opening=self.opening,
            closing=self.closing,
            adds_up=adds_up,
            lines=self.lines,
            currency=self.currency or "EUR",
        )

    def finish(self, name: str, line: int | None) -> Iterator[Event]:
        """The statement, and a warning when it does not add up."""
        statement = self.statement()
        if statement.adds_up is not False:
            yield statement
            return
        gap = not_adding_up(name, line, statement, self.total, self.closing_currency)
        yield replace(statement, gap=gap)
        yield gap


def not_adding_up(
    name: str, line: int | None, statement: BankStatement, total: Decimal, closing_currency: str = ""
) -> Problem:
    """The warning for a statement of which opening balance and lines do not give the closing balance."""
    currency = statement.currency
    lines = "1 boeking" if statement.lines == 1 else f"{statement.lines} boekingen"
    opening, closing = statement.opening or ZERO, statement.closing or ZERO
    found = (
        f"Het afschrift van {statement.account or 'een onbekende rekening'}"
        f"{f' t/m {statement.end:%d-%m-%Y}' if statement.end else ''} sluit niet: beginsaldo "
        f"{money(opening, currency)} en {lines} van samen {money(total, currency)} geven "
        f"{money(opening + total, currency)}, maar het eindsaldo is "
        f"{money(closing, closing_currency or currency)}."
    )
    return doubt(
        name,
        line,
        found,
        "Er kan een boeking ontbreken. Download het bestand opnieuw bij uw bank; inlezen kan alleen als u dat"
        " uitdrukkelijk wilt (--toch).",
    )
