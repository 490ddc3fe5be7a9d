"""The jobs on a workbook, closed or open: what the commands and the buttons share.

Answers: in which order is read, worked out, written and drafted, so that a run happens whole or not at all.
Source: docs/handleiding.md, "Opdrachten"; docs/regels.md, "Beloften" (2 and 3).
Leaves to others: arguments and messages (cli.py, buttons.py), every question of content (jobs, rules).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Protocol

from debiteuren.banks import may_be_list, read_bank_files
from debiteuren.book.column_maps import left_to_choose, read_maps
from debiteuren.book.list_invoices import read_invoices
from debiteuren.book.list_refused import no_list
from debiteuren.book.lists import ListFile, read_list_file
from debiteuren.book.results import (
    payment_row,
    refreshed_changes,
    statement_row,
)
from debiteuren.book.tables import Reading, read_ledger
from debiteuren.book.workbook import Cell, Contents, Workbook, with_rows
from debiteuren.domain.column_map import ColumnMap
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.payment import BankFile
from debiteuren.domain.problem import Problem, UserError
from debiteuren.jobs.bank_import import ImportPlan, plan_import
from debiteuren.jobs.refresh import Refreshed, refresh
from debiteuren.mail.letters.render import check_templates
from debiteuren.one_run import only_run


class Progress(Protocol):
    """Shows what is being done, and which part of it is, where that is known (0 to 1)."""

    def __call__(self, what: str, done: float | None = None, /) -> None:
        """Show it."""


def silent(_what: str, _done: float | None = None, /) -> None:
    """No progress shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The clock of one run: `now`, and the day the user gave for it (`--peildatum`), if any."""

    now: datetime
    given: date | None = None

    @property
    def today(self) -> date:
        """The day given, else today; for what is not about a workbook."""
        return self.given or self.now.date()

    def on(self, ledger: Ledger) -> date:
        """Peildatum: the day given, else the cell Peildatum, else today."""
        return self.given or ledger.settings.as_of or self.now.date()

    def clock(self, ledger: Ledger) -> datetime | None:
        """The time of day, where the reckoning is about today."""
        return self.now if self.on(ledger) == self.now.date() else None

    def stamp(self, ledger: Ledger) -> datetime:
        """The moment to log: now, or that other day without a time."""
        on = self.on(ledger)
        if on == self.now.date():
            return self.now.replace(second=0, microsecond=0)
        return datetime.combine(on, time())


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did: the plan for the bank files, the lists, and the workbook brought up to date."""

    bank: ImportPlan
    lists: tuple[ListFile, ...]
    new_rows: int
    refreshed: Refreshed


def load(workbook: Workbook) -> tuple[Contents, Reading]:
    """Read the workbook; a fault stops the run with all of them named.

    Raises:
        UserError: what stands there would falsify money or days.
    """
    contents = workbook.read()
    reading = read_ledger(contents)
    if reading.faults:
        raise UserError.of(reading.faults)
    return contents, reading


def update(
    workbook: Workbook,
    moment: Moment,
    *,
    trial: bool = False,
    progress: Progress = silent,
) -> Refreshed:
    """Bijwerken: work everything out and write it, unless `trial`."""
    with only_run(workbook.path):
        progress("Werkmap lezen")
        contents, reading = load(workbook)
        progress("Koppelen en rekenen")
        done = worked_out(reading.ledger, moment, reading.problems)
        if not trial:
            progress("Wegschrijven")
            workbook.write(refreshed_changes(contents, done, run="bijwerken"))
        return done


def worked_out(ledger: Ledger, moment: Moment, problems: Sequence[Problem]) -> Refreshed:
    """Everything as of the moment's day; the user's own letters are tried as well."""
    found = check_templates(ledger.templates, ledger.settings)
    return refresh(ledger, moment.on(ledger), (*problems, *found), now=moment.clock(ledger))


def import_files(
    workbook: Workbook,
    paths: Sequence[Path],
    moment: Moment,
    *,
    despite_gaps: bool = False,
    trial: bool = False,
    progress: Progress = silent,
) -> Imported:
    """Bank files and lists of invoices or debtors into the workbook, which is brought up to date with them.

    Raises:
        UserError: a file can't be trusted, or the workbook with the lists in it can't; nothing was changed.
    """
    with only_run(workbook.path):
        progress("Werkmap lezen")
        contents, reading = load(workbook)
        maps = read_maps(contents)
        whole = [one for one in maps if not left_to_choose(one)]
        lists: list[ListFile] = []
        files: list[BankFile] = []
        for path in paths:
            progress(f"{path.name} lezen")
            found = read_list_file(path, with_rows(contents, _list_rows(lists)), whole)
            if found is None:
                company = reading.ledger.settings.company
                for file in _bank_files(path, maps, company.iban, progress):
                    if file.invoices:
                        there = with_rows(contents, _list_rows(lists))
                        lists += read_invoices(file.name, file.invoices, there, company)
                    else:
                        files.append(file)
            else:
                lists.append(found)
        incoming = _list_rows(lists)
        if incoming:
            reading = read_ledger(with_rows(contents, incoming))
        refused = [problem for found in lists for problem in found.faults]
        if refused or reading.faults:
            raise UserError.of([*refused, *reading.faults])
        ledger, problems = reading.ledger, [*reading.problems, *(p for found in lists for p in found.doubts)]
        plan = plan_import(ledger, files, on=moment.on(ledger), despite_gaps=despite_gaps)
        problems += plan.problems
        files.clear()  # 100,000 bookings are 70 MB, and everything of them that counts is in the plan now
        below = _first_free_row(contents, "tblBetalingen")
        new = tuple(replace(payment, row=below + index) for index, payment in enumerate(plan.payments))
        plan = replace(plan, payments=new)
        ledger = replace(
            ledger, payments=(*ledger.payments, *new), statements=(*ledger.statements, *plan.statements)
        )
        progress("Koppelen en rekenen")
        done = worked_out(ledger, moment, problems)
        incoming["tblBetalingen"] = [payment_row(payment) for payment in new]
        incoming["tblAfschriften"] = [statement_row(statement) for statement in plan.statements]
        if not trial:
            progress("Wegschrijven")
            workbook.write(refreshed_changes(contents, done, incoming, run="importeer"))
        new_rows = sum(len(found.rows) for found in lists)
        return Imported(bank=plan, lists=tuple(lists), new_rows=new_rows, refreshed=done)


def _bank_files(path: Path, maps: Sequence[ColumnMap], account: str, progress: Progress) -> list[BankFile]:
    """The bank files; of what is none but has columns it is told that these can be chosen."""
    whole = [one for one in maps if not left_to_choose(one)]
    files = read_bank_files(
        path, whole, account, lambda done: progress(f"{path.name} lezen", done), invoices=True
    )
    problem = no_list(path, maps) if any(may_be_list(file) for file in files) else None
    return [replace(files[0], problems=(problem,))] if problem else files


def _list_rows(lists: Sequence[ListFile]) -> dict[str, list[dict[str, Cell]]]:
    incoming: dict[str, list[dict[str, Cell]]] = {}
    for found in lists:
        incoming.setdefault(found.table, []).extend(dict(row) for row in found.rows)
    return incoming


def _first_free_row(contents: Contents, table: str) -> int:
    grid = contents.grids[table]
    return grid.first_row + len(grid.rows)
