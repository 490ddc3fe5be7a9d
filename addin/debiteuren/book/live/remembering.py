"""What is kept of a run on the open workbook before it writes: the journal, and a copy of the file.

Answers: how is a run on disk before the sheets change, and gone again when it changed nothing.
Source: docs/regels.md, "Beloften" (2); docs/handleiding.md, "Reservekopieën".
Leaves to others: what an entry holds (journal.py), taking one back (taking_back.py).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from debiteuren.book.cells import write_cell
from debiteuren.book.journal import BlockDiff, Entry, Journal, table_diffs
from debiteuren.book.live.restoring import NotRestoredError
from debiteuren.book.ooxml import Area, Note, Place, Told, back_up, discard, prune
from debiteuren.book.workbook import Cell, Changes, Grid
from debiteuren.book.write_plan import TablePlan
from debiteuren.domain.problem import NOTHING_CHANGED, SurroundingsError
from debiteuren.domain.surroundings import reason

Blocks = Mapping[str, Sequence[Sequence[Cell]]]


def _now() -> datetime:
    return datetime.now().astimezone().replace(tzinfo=None)


@contextmanager
def journal_kept(
    journal: Journal | None,
    changes: Changes,
    grids: Mapping[str, Grid],
    plans: Sequence[TablePlan],
    before: Blocks,
    *,
    saved: bool,
) -> Iterator[None]:
    """Have the run in the journal while it writes, and afterwards when it changed something.

    A journal that can't be written costs only the button that takes back, so the run goes on. What no run
    asked for, such as the faults on Controle, is not kept.
    """
    entry = Entry(
        run=changes.run,
        moment=_now(),
        saved=saved,
        tables=table_diffs(grids, plans),
        blocks={
            name: BlockDiff(before=before[name], after=[[*map(write_cell, line)] for line in block])
            for name, block in changes.blocks.items()
            if before.get(name)
        },
        facts=changes.facts,
    )
    path = None
    if journal is not None and changes.run and not entry.is_empty:
        with suppress(OSError):
            path = journal.add(entry)
    try:
        yield
    except NotRestoredError:  # written all the same
        raise
    except BaseException:
        if path is not None:
            path.unlink(missing_ok=True)
        raise


def places_of(
    grids: Mapping[str, Grid], plans: Sequence[TablePlan], lefts: Mapping[str, int]
) -> Iterator[Place]:
    """Where the plans write, for the note beside a copy. `lefts`: the first column of each table."""
    for plan in plans:
        grid = grids[plan.table]
        for block in plan.blocks:
            column, top = lefts[plan.table] + grid.columns.index(block.column), grid.first_row + block.start
            area = Area(left=column, top=top, right=column, bottom=top + len(block.values) - 1)
            yield Place(sheet=grid.sheet, area=area, columns=(block.column,))


@contextmanager
def copy_kept(path: Path, changes: Changes, places: Iterable[Place]) -> Iterator[None]:
    """A copy of the file as it stands on disk, before Excel saves over it; gone again when that fails.

    Raises:
        SurroundingsError: the copy can't be made.
    """
    now = _now()
    note = Note(told=Told(run=changes.run, facts=changes.facts), moment=now, places=tuple(places))
    try:
        copy = back_up(path, now, note)
    except OSError as fault:
        raise SurroundingsError(
            f"{NOTHING_CHANGED}van {path} kan geen reservekopie worden gemaakt ({reason(fault)}). Sla de "
            "werkmap op in een map op deze computer waarin u mag schrijven, en klik opnieuw."
        ) from fault
    try:
        yield
    except NotRestoredError:
        raise
    except BaseException:
        with suppress(OSError):
            discard(copy)
        raise
    with suppress(OSError):
        prune(path, now)
