"""The same statement in CAMT, MT940 and CSV gives the same bookings, and comes in once in whatever order."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from banks.same_statement import BANKS, Line, some_lines, statement
from debiteuren.banks import read_bank_bytes
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.payment import BankFile, BankTransaction
from debiteuren.jobs.bank_import import ImportPlan, plan_import
from debiteuren.jobs.double_bookings import double_problems
from debiteuren.rules.booking_keys import possible_doubles

ON = date(2027, 1, 4)


def _read(name: str, lines: list[Line]) -> dict[str, BankFile]:
    return {form: read_bank_bytes(form, data) for form, data in statement(BANKS[name], lines).items()}


def _expected(own: str, line: Line) -> tuple[str, ...]:
    cents = f"{abs(line.cents) // 100}.{abs(line.cents) % 100:02}"
    amount = f"-{cents}" if line.cents < 0 else cents
    return own, line.day.isoformat(), amount, line.account, line.name, line.text


def _told(found: BankTransaction) -> tuple[str, ...]:
    return (
        found.account,
        found.booked.isoformat(),
        str(found.amount),
        found.counter_account,
        found.name,
        found.description,
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", BANKS)
def test_the_three_formats_give_the_same_bookings(name: str, seed: int) -> None:
    lines, bank = some_lines(seed), BANKS[name]
    for form, file in _read(name, lines).items():
        assert file.problems == (), form
        assert file.bank == name, form
        assert all(statement.adds_up is not False for statement in file.statements), form
        assert sorted(map(_told, file.transactions)) == sorted(_expected(bank.own, line) for line in lines), (
            form
        )
        references = sorted(line.reference if form in bank.references.split() else "" for line in lines)
        assert sorted(found.end_to_end for found in file.transactions) == references, form


def _imported(plan: ImportPlan, before: Ledger) -> Ledger:
    return Ledger(
        payments=(*before.payments, *plan.payments), statements=(*before.statements, *plan.statements)
    )


@pytest.mark.parametrize("name", BANKS)
def test_it_comes_in_once_whatever_the_order(name: str) -> None:
    lines = some_lines(4)
    files = _read(name, lines)
    for order in permutations(files):
        ledger = Ledger()
        for at, form in enumerate(order):
            plan = plan_import(ledger, [files[form]], on=ON)
            (brought,) = plan.files
            assert (brought.new, brought.known) == ((len(lines), 0) if at == 0 else (0, len(lines))), order
            assert brought.maybe_double == 0
            ledger = _imported(plan, ledger)
        together = plan_import(Ledger(), [files[form] for form in order], on=ON)
        assert len(together.payments) == len(lines)
        assert sum(file.known for file in together.files) == 2 * len(lines)
        assert {row.amount for row in together.payments} == {row.amount for row in ledger.payments}


@pytest.mark.parametrize("name", BANKS)
def test_half_a_statement_in_one_format_and_all_of_it_in_another(name: str) -> None:
    lines = some_lines(5)
    first = [line for line in lines if line.day < lines[len(lines) // 2].day]
    for form, other in permutations(("CAMT", "MT940", "CSV"), 2):
        ledger = _imported(plan_import(Ledger(), [_read(name, first)[form]], on=ON), Ledger())
        plan = plan_import(ledger, [_read(name, lines)[other]], on=ON)
        assert [(file.new, file.known, file.maybe_double) for file in plan.files] == [
            (len(lines) - len(first), len(first), 0)
        ], (form, other)


@pytest.mark.parametrize("name", BANKS)
def test_a_text_that_differs_is_shown_as_possibly_double_and_comes_in(name: str) -> None:
    lines = some_lines(6, references=False)
    files = _read(name, lines)
    ledger = _imported(plan_import(Ledger(), [files["CAMT"]], on=ON), Ledger())
    changed = [replace(line, text="Iets heel anders") if at == 0 else line for at, line in enumerate(lines)]
    plan = plan_import(ledger, [_read(name, changed)["CSV"]], on=ON)
    (brought,) = plan.files
    assert (brought.new, brought.known, brought.maybe_double) == (1, len(lines) - 1, 1)
    payments = _imported(plan, ledger).payments
    (problem,) = double_problems(payments, possible_doubles(payments))
    assert problem.found.startswith("Mogelijk dubbel: ")
