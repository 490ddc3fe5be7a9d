"""What bank files hold, as the object `lees --json` prints.

Source: docs/boekhouder.md, "Voor andere programma's". Amounts are text with a point and two decimals, days
JJJJ-MM-DD, unknown is null. Warnings have a key of their own: `fouten` filled means the file is refused.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from debiteuren.domain.payment import BankFile, BankStatement, BankTransaction
from debiteuren.domain.problem import Problem, Severity
from debiteuren.rules.booking_keys import transaction_ids


def as_json(files: Sequence[BankFile]) -> dict[str, object]:
    """The files as plain dictionaries, lists and text."""
    return {"bestanden": [_file(file) for file in files]}


def _file(file: BankFile) -> dict[str, object]:
    ids = transaction_ids(file.transactions)
    return {
        "bestand": file.name,
        "formaat": file.format.value if file.format else None,
        "bank": file.bank or None,
        "afschriften": [_statement(statement) for statement in file.statements],
        "transacties": [
            _transaction(name, transaction) for name, transaction in zip(ids, file.transactions, strict=True)
        ],
        "fouten": _problems(file, Severity.FAULT),
        "waarschuwingen": _problems(file, Severity.WARNING),
    }


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _statement(statement: BankStatement) -> dict[str, object]:
    return {
        "rekening": statement.account or None,
        "begin": _day(statement.begin),
        "eind": _day(statement.end),
        "beginsaldo": _amount(statement.opening),
        "eindsaldo": _amount(statement.closing),
        "sluitend": statement.adds_up,
    }


def _transaction(name: str, transaction: BankTransaction) -> dict[str, object]:
    return {
        "id": name,
        "rekening": transaction.account or None,
        "boekdatum": _day(transaction.booked),
        "valutadatum": _day(transaction.value_date),
        "bedrag": _amount(transaction.amount),
        "valuta": transaction.currency or None,
        "tegenrekening": transaction.counter_account or None,
        "naam": transaction.name or None,
        "omschrijving": transaction.description or None,
        "kenmerk": transaction.reference or None,
        "e2e": transaction.end_to_end or None,
        "mandaat": transaction.mandate or None,
        "soort": transaction.kind or None,
        "storno": transaction.is_return,
        "retourcode": transaction.return_code or None,
    }


def _problems(file: BankFile, severity: Severity) -> list[dict[str, object]]:
    return [_problem(problem) for problem in file.problems if problem.severity is severity]


def _problem(problem: Problem) -> dict[str, object]:
    column = f"Kolom {problem.column}: " if problem.column else ""
    return {"regel": problem.row, "wat": column + problem.found, "doen": problem.remedy}
