"""Bank importeren: which rows Betalingen and Afschriften get from these files.

Answers: which bookings are new, known or possibly double, which statements are new, and what to look at. The
same file or an overlapping one twice adds nothing; a file that is refused, or does not add up without the
user's word, stops all of it.
Source: docs/regels.md, "Bankbestanden" and "Dezelfde boeking".
Leaves to others: reading files (banks/), which bookings are known (known_bookings.py), which statements are
and where days are missing (statement_chain.py), what is said of possible doubles (double_bookings.py),
writing the sheet.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from debiteuren.domain.account import tidy_account
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import plain
from debiteuren.domain.payment import (
    BankFile,
    BankStatement,
    BankTransaction,
    FileFormat,
    Payment,
    Statement,
)
from debiteuren.domain.problem import Problem, Severity, UserError
from debiteuren.jobs.batch_details import DETAIL_ONLY, with_details
from debiteuren.jobs.known_bookings import KnownBookings
from debiteuren.jobs.statement_chain import covers, gaps, is_known
from debiteuren.rules.booking_keys import possible_doubles, transaction_ids

STORNO = "storno"
"""Retourcode where the bank marks a return without a code."""

EURO = "EUR"
_READ_ALL_THE_SAME = (
    "Het is ingelezen omdat u dat uitdrukkelijk wilde. Vergelijk de boekingen van deze dagen met die bij uw "
    "bank: ontbreekt er een, dan kan iemand die betaald heeft een herinnering krijgen."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """What one file brought: bookings that are new and that were known.

    `maybe_double` counts those of the new ones that may be double: they come in, and the user decides.
    """

    name: str
    format: FileFormat | None
    bank: str
    new: int
    known: int
    maybe_double: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """The rows to add, per file what it brought, and what to look at (warnings only)."""

    payments: tuple[Payment, ...] = ()
    statements: tuple[Statement, ...] = ()
    files: tuple[ImportedFile, ...] = ()
    problems: tuple[Problem, ...] = ()


def source_of(file: BankFile) -> str:
    """Bron of the bookings of a file: "ING MT940", "ING CSV Engels"; without a known bank the format only."""
    return " ".join(filter(None, [file.bank, file.format.value if file.format else "", file.edition]))


def plan_import(
    ledger: Ledger, files: Sequence[BankFile], *, on: date, despite_gaps: bool = False
) -> ImportPlan:
    """What these files add to the workbook; `on` is the day written as Ingelezen op.

    New rows come in order of day, account and transaction, so the order of the files does not matter.
    Bookings in another currency are named, not imported. `despite_gaps` is the user's word for statements
    that do not add up.

    Raises:
        UserError: a file is refused, or (without the word) a statement does not add up.
    """
    faults = [problem for file in files for problem in file.problems if problem.severity is Severity.FAULT]
    if not despite_gaps:
        faults += [
            _not_adding_up(file, statement)
            for file in files
            if not _refused(file)
            for statement in file.statements
            if statement.adds_up is False
        ]
    if faults:
        raise UserError.of(faults)
    return _plan(ledger, with_details([_on_the_users_word(file) for file in files]), on)


def _on_the_users_word(file: BankFile) -> BankFile:
    """The file that comes in; a statement of it that does not add up says that the user wanted that."""
    gaps_of_file = [statement.gap for statement in file.statements if statement.gap is not None]
    problems = tuple(
        replace(problem, remedy=_READ_ALL_THE_SAME) if problem in gaps_of_file else problem
        for problem in file.problems
    )
    return replace(file, problems=problems)


def _refused(file: BankFile) -> bool:
    return any(problem.severity is Severity.FAULT for problem in file.problems)


def _not_adding_up(file: BankFile, statement: BankStatement) -> Problem:
    if statement.gap is not None:
        return replace(statement.gap, severity=Severity.FAULT)
    return Problem(
        sheet=file.name,
        found=f"Het afschrift van {statement.account} sluit niet.",
        remedy="Er kan een boeking ontbreken. Download het bestand opnieuw bij uw bank.",
    )


def _plan(ledger: Ledger, files: Sequence[BankFile], on: date) -> ImportPlan:
    known = KnownBookings(ledger.payments)
    statements = list(ledger.statements)
    new: list[tuple[int, Payment]] = []
    counts: list[tuple[int, int]] = []
    problems: list[Problem] = []
    order = sorted(range(len(files)), key=lambda at: files[at].format in DETAIL_ONLY)
    results: dict[int, tuple[list[Payment], int]] = {}
    fresh: list[Statement] = []
    from_opening: list[Statement] = []
    for at in order:
        file = files[at]
        payments, count = _bookings(file, at, known, statements)
        results[at] = (payments, count)
        added = _statements(file, payments, statements, on)
        statements += added
        fresh += added
        from_opening += [row for row in added if _has_booking_on(file, row.account, row.begin)]
    for at, file in enumerate(files):
        payments, count = results[at]
        new += [(at, payment) for payment in payments]
        counts.append((len(payments), count))
        problems += [*file.problems, *_foreign(file)]
    new.sort(key=lambda pair: (pair[1].booked, pair[1].account, pair[1].transaction))
    rows = [payment for _, payment in new]
    doubles = possible_doubles([*ledger.payments, *rows])
    problems += gaps(ledger.statements, fresh, from_opening)
    return ImportPlan(
        payments=tuple(rows),
        statements=tuple(sorted(fresh, key=lambda row: (row.begin or on, row.end or on, row.account))),
        files=tuple(
            ImportedFile(
                name=file.name,
                format=file.format,
                bank=file.bank,
                new=counts[at][0],
                known=counts[at][1],
                maybe_double=sum(1 for place, row in new if place == at and row.transaction in doubles),
            )
            for at, file in enumerate(files)
        ),
        problems=tuple(problems),
    )


def _bookings(
    file: BankFile, at: int, known: KnownBookings, statements: Sequence[Statement]
) -> tuple[list[Payment], int]:
    """The new rows of one file, and how many of its bookings were known."""
    euros = [transaction for transaction in file.transactions if transaction.currency == EURO]
    ids = transaction_ids(euros)
    source = source_of(file)
    left: list[tuple[str, BankTransaction]] = []
    count = 0
    for name, transaction in zip(ids, euros, strict=True):
        row = known.by_id.get(name)
        if row is None:
            left.append((name, transaction))
        else:
            row.used_by.add(at)
            count += 1
    new = []
    for name, transaction in left:
        row = known.find(transaction, source, at)
        if row is not None:
            row.used_by.add(at)
        if row is not None or (file.format in DETAIL_ONLY and covers(statements, transaction)):
            count += 1
            continue
        new.append(_payment(name, transaction, source))
    fresh = _without_totals(new, known, at)
    for payment in fresh:
        known.add(payment, at)
    return fresh, count + len(new) - len(fresh)


def _without_totals(new: list[Payment], known: KnownBookings, at: int) -> list[Payment]:
    """The new rows without batch totals of which we have the parts, from a format that tells them."""
    totals: dict[tuple[str, date], list[Payment]] = defaultdict(list)
    for payment in new:
        if not payment.counter_account:
            totals[payment.account, payment.booked].append(payment)
    double: set[str] = set()
    for rows in totals.values():
        parts = known.in_parts(rows, at)
        for part in parts:
            part.used_by.add(at)
        if parts:
            double |= {row.transaction for row in rows}
    return [payment for payment in new if payment.transaction not in double]


def _payment(name: str, transaction: BankTransaction, source: str) -> Payment:
    return Payment(
        transaction=name,
        account=tidy_account(transaction.account),
        booked=transaction.booked,
        amount=transaction.amount,
        counter_account=transaction.counter_account,
        name=transaction.name,
        description=transaction.description,
        reference=transaction.reference or transaction.end_to_end,
        return_code=transaction.return_code or (STORNO if transaction.is_return else ""),
        source=source,
    )


def _statements(
    file: BankFile, payments: Sequence[Payment], known: Sequence[Statement], on: date
) -> list[Statement]:
    """The rows Afschriften gets from one file; those we have, or that bring nothing, are left out."""
    added: list[Statement] = []
    for statement in file.statements:
        if statement.currency != EURO:
            continue
        row = Statement(
            account=tidy_account(statement.account),
            begin=statement.begin,
            end=statement.end,
            opening=statement.opening,
            closing=statement.closing,
            lines=statement.lines,
            file=file.name,
            imported_on=on,
        )
        brings = any(
            payment.account == row.account
            and (row.begin is None or row.begin <= payment.booked)
            and (row.end is None or payment.booked <= row.end)
            for payment in payments
        )
        if not is_known(row, [*known, *added], brings=brings):
            added.append(row)
    return added


def _has_booking_on(file: BankFile, account: str, day: date | None) -> bool:
    return any(
        transaction.booked == day and tidy_account(transaction.account) == account
        for transaction in file.transactions
    )


def _foreign(file: BankFile) -> list[Problem]:
    return [
        Problem(
            severity=Severity.WARNING,
            sheet=file.name,
            row=transaction.line,
            found=(
                f"Hier staat een boeking van {transaction.currency} {plain(transaction.amount)} op "
                f"{transaction.booked:%d-%m-%Y}. Die is niet ingelezen, want Betalingen telt in euro's."
            ),
            remedy="Betaalde een klant hiermee, vul de betaling dan zelf in op Betalingen, in euro's.",
        )
        for transaction in file.transactions
        if transaction.currency != EURO
    ]
