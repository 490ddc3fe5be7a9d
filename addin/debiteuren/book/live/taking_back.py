"""The last run on the open workbook, put back where nobody changed it since.

Answers: which run is that, does all it wrote still stand there, and what puts it back, whole or not at all.
Source: docs/handleiding.md, "Reservekopieën".
Leaves to others: the drafts of that run (undoing.py), the question (buttons.py).
"""

from dataclasses import dataclass
from pathlib import Path

from debiteuren.book.journal import (
    Entry,
    Journal,
    TableDiff,
    block_undo,
    plan_undo,
    still_before,
    touched,
)
from debiteuren.book.layout import ACTIES, CONTROLE
from debiteuren.book.live.workbook import LiveWorkbook
from debiteuren.book.workbook import Changes
from debiteuren.domain.problem import Problem, UserError

RUN = "ongedaan"
_REBUILT = frozenset({ACTIES.name, CONTROLE.name})
"""Lists that every run makes anew, Controle also one that stopped: changed since, they stay as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRun:
    """What the journal has on it."""

    path: Path
    entry: Entry


def last_run(workbook: LiveWorkbook, journal: Journal) -> LastRun | None:
    """The last run whose result stands in the sheets; those that were never saved are forgotten.

    Raises:
        UserError: not our workbook, or a table or column is gone.
        SurroundingsError: Excel does not answer.
    """
    grids = workbook.read().grids
    for path, entry in journal.entries():
        tables = {name: diff for name, diff in entry.tables.items() if name not in _REBUILT}
        if tables and all(name in grids and still_before(tables[name], grids[name]) for name in tables):
            path.unlink(missing_ok=True)
            continue
        return LastRun(path=path, entry=entry)
    return None


def take_back(workbook: LiveWorkbook, last: LastRun) -> None:
    """Put back what the run changed; what it saved is saved again.

    Raises:
        UserError: the user changed some of it since; nothing was put back.
        SurroundingsError: Excel refuses.
    """
    entry = last.entry
    contents = workbook.read()
    tables: dict[str, TableDiff] = {}
    problems: list[Problem] = []
    for name, diff in entry.tables.items():
        found = touched(diff, contents.grids[name], workbook.calculated(name))
        if not found:
            tables[name] = diff
        elif name not in _REBUILT:
            problems += found
    if problems:
        raise UserError.of(problems)
    plans = tuple(plan_undo(name, diff, contents.grids[name]) for name, diff in tables.items())
    before = {name: workbook.standing(name, diff.after) for name, diff in entry.blocks.items()}
    blocks = {name: block_undo(diff, before[name]) for name, diff in entry.blocks.items()}
    book = workbook.saving() if entry.saved else workbook
    book.carry_out(contents.grids, plans, Changes(blocks=blocks, run=RUN), before)
    last.path.unlink(missing_ok=True)
