"""What our runs wrote in an open workbook, kept beside it so that a run can be taken back.

Answers: which cells did a run change, from what into what; do they still hold it; and what puts them back.
Only cells whose value changed are kept, by table, column and data row. It is on disk before the sheets
change, in the user's own folder, and holds amounts and names, as the workbook does.
Leaves to others: reading and writing the sheets (live/).
"""

import hashlib
import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path

from debiteuren.book.cells import same_cell
from debiteuren.book.workbook import Cell, CellFault, Grid
from debiteuren.book.write_plan import ColumnBlock, TablePlan
from debiteuren.domain.problem import Problem

KEPT = 10
"""Runs that can be taken back, one after the other."""

_REMEDY = "laat het zo, of zet deze cellen zelf terug."
_MOST_PLACES = 5

Block = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnDiff:
    """Data rows of a column (0 is the first) with what they held before and after."""

    rows: tuple[int, ...]
    before: tuple[Cell, ...]
    after: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDiff:
    """A table: its number of rows before and after, and the cells that differ. A row not there is empty."""

    before: int
    after: int
    columns: Mapping[str, ColumnDiff]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockDiff:
    """The cells of a named block before and after."""

    before: Block
    after: Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One run. `saved`: it saved the workbook. `facts`: what else taking it back must know."""

    run: str
    moment: datetime
    saved: bool
    tables: Mapping[str, TableDiff]
    blocks: Mapping[str, BlockDiff]
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether the run changed nothing."""
        return not self.tables and not self.blocks


def table_diffs(grids: Mapping[str, Grid], plans: Sequence[TablePlan]) -> dict[str, TableDiff]:
    """What the plans change in sheets that hold `grids`."""
    found = {}
    for plan in plans:
        grid = grids[plan.table]
        columns = {}
        for place, name in enumerate(grid.columns):
            old = [_plain(row[place]) for row in grid.rows]
            if diff := _diff(old, _planned(plan, name, old)):
                columns[name] = diff
        if columns or plan.before != plan.after:
            found[plan.table] = TableDiff(before=plan.before, after=plan.after, columns=columns)
    return found


def still_before(diff: TableDiff, grid: Grid) -> bool:
    """Whether the table holds what it held before that run: nobody saved it, or somebody took it back."""
    return len(grid.rows) == diff.before and not [*_strays(diff, grid, diff.before, after=False)]


def touched(diff: TableDiff, grid: Grid, calculated: Collection[str]) -> list[Problem]:
    """Why it can't be put back: cells that no longer hold what the run wrote, or rows that came or went.

    `calculated`: columns with formulas, which fill themselves in a row that came.
    """
    grows = diff.before != diff.after
    if len(grid.rows) < diff.after or (grows and len(grid.rows) != diff.after):
        found = f"Hier staan nu {len(grid.rows)} regels; na die opdracht waren het er {diff.after}."
        return [Problem(sheet=grid.sheet, found=found, remedy=_REMEDY)]
    strays = [*_strays(diff, grid, diff.after, after=True), *_added(diff, grid, calculated)]
    problems = [
        Problem(
            sheet=grid.sheet,
            row=grid.first_row + row,
            column=column,
            found="Deze cel is na die opdracht veranderd, of de regels zijn anders gesorteerd.",
            remedy=_REMEDY,
        )
        for column, row in strays[:_MOST_PLACES]
    ]
    if len(strays) > _MOST_PLACES:
        found = f"Nog {len(strays) - _MOST_PLACES} cellen op dit blad zijn veranderd."
        problems.append(Problem(sheet=grid.sheet, found=found, remedy=_REMEDY))
    return problems


def block_undo(diff: BlockDiff, now: Block) -> Block:
    """What puts a block back; a cell that holds something else by now is left alone."""
    return [
        [
            was if same_cell(after, there) else there
            for was, after, there in zip_longest(before_line, after_line, line)
        ]
        for before_line, after_line, line in zip_longest(diff.before, diff.after, now, fillvalue=())
    ]


def plan_undo(table: str, diff: TableDiff, grid: Grid) -> TablePlan:
    """What puts the table back, on a sheet that `touched` finds nothing on; other cells are left alone."""
    blocks = []
    for name, column in diff.columns.items():
        place = grid.columns.index(name)
        wanted = dict(zip(column.rows, column.before, strict=True))
        rows = [row for row in wanted if row < diff.before]
        if rows:
            first, last = min(rows), max(rows)
            values = tuple(
                wanted[row] if row in wanted else _standing(grid, row, place)
                for row in range(first, last + 1)
            )
            blocks.append(ColumnBlock(column=name, start=first, values=values))
    left = diff.before if diff.before != diff.after else len(grid.rows)
    if not left and grid.rows:  # the one row that Excel shows is emptied
        blocks = [ColumnBlock(column=name, start=0, values=(None,)) for name in diff.columns]
    return TablePlan(table=table, before=len(grid.rows), after=left, blocks=tuple(blocks))


class Journal:
    """The last runs on one workbook, in a folder of the user's own."""

    def __init__(self, folder: Path, workbook: Path) -> None:
        name = hashlib.sha256(str(workbook).casefold().encode()).hexdigest()[:20]
        self.folder = folder / "Terugnemen" / name

    def add(self, entry: Entry) -> Path:
        """Write an entry down, safely on disk; the oldest goes.

        Raises:
            OSError: that is not possible.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        there = self._files()
        path = self.folder / f"{int(there[0].stem) + 1 if there else 1:06}.json"
        half = path.with_suffix(".tmp")
        with half.open("w", encoding="utf-8") as file:
            json.dump(asdict(entry), file, ensure_ascii=False, default=_encoded)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
        for old in there[KEPT - 1 :]:
            old.unlink(missing_ok=True)
        return path

    def entries(self) -> Iterator[tuple[Path, Entry]]:
        """The runs, the last first; one that can't be read ends the row."""
        for path in self._files():
            entry = _read(path)
            if entry is None:
                return
            yield path, entry

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("[0-9]*.json"), reverse=True)


def _plain(cell: Cell) -> Cell:
    """An error can't be written back; the formula that showed it was overwritten."""
    return None if isinstance(cell, CellFault) else cell


def _planned(plan: TablePlan, column: str, old: Sequence[Cell]) -> list[Cell]:
    """What the column will hold."""
    cells = [*old[: plan.after], *[None] * (plan.after - len(old))]
    for block in plan.blocks:
        if block.column == column:
            for row, value in enumerate(block.values[: max(plan.after - block.start, 0)], block.start):
                cells[row] = value
    return cells


def _diff(old: Sequence[Cell], new: Sequence[Cell]) -> ColumnDiff | None:
    height = max(len(old), len(new))
    pairs = zip([*old, *[None] * (height - len(old))], [*new, *[None] * (height - len(new))], strict=True)
    differing = [(row, was, now) for row, (was, now) in enumerate(pairs) if not same_cell(was, now)]
    if not differing:
        return None
    rows, before, after = zip(*differing, strict=True)
    return ColumnDiff(rows=rows, before=before, after=after)


def _standing(grid: Grid, row: int, place: int) -> Cell:
    return _plain(grid.rows[row][place]) if row < len(grid.rows) else None


def _strays(diff: TableDiff, grid: Grid, height: int, *, after: bool) -> Iterator[tuple[str, int]]:
    """Column and data row of cells that hold something else than they did then."""
    for name, column in diff.columns.items():
        if name not in grid.columns:
            yield name, 0
            continue
        place = grid.columns.index(name)
        for row, cell in zip(column.rows, column.after if after else column.before, strict=True):
            if row < height and not same_cell(cell, _standing(grid, row, place)):
                yield name, row


def _added(diff: TableDiff, grid: Grid, calculated: Collection[str]) -> Iterator[tuple[str, int]]:
    """Cells in rows that came with the run, filled since."""
    for place, name in enumerate(grid.columns):
        if name in calculated:
            continue
        ours = set(diff.columns[name].rows) if name in diff.columns else set()
        for row in range(diff.before, diff.after):
            if row not in ours and grid.rows[row][place] is not None:
                yield name, row


def _encoded(value: object) -> dict[str, str]:
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"dag": value.isoformat()}
    raise TypeError(f"no cell: {value!r}")


def _decoded(found: dict[str, object]) -> object:
    """The other way round, for json.load."""
    match found:
        case {"moment": str() as moment} if len(found) == 1:
            return datetime.fromisoformat(moment)
        case {"dag": str() as day} if len(found) == 1:
            return date.fromisoformat(day)
    return found


def _read(path: Path) -> Entry | None:
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        found = json.loads(path.read_bytes(), object_hook=_decoded)
        return Entry(
            run=str(found["run"]),
            moment=found["moment"],
            saved=bool(found["saved"]),
            tables={
                name: TableDiff(
                    before=int(table["before"]),
                    after=int(table["after"]),
                    columns={
                        column: ColumnDiff(
                            rows=tuple(diff["rows"]),
                            before=tuple(diff["before"]),
                            after=tuple(diff["after"]),
                        )
                        for column, diff in table["columns"].items()
                    },
                )
                for name, table in found["tables"].items()
            },
            blocks={
                name: BlockDiff(before=block["before"], after=block["after"])
                for name, block in found["blocks"].items()
            },
            facts=found["facts"],
        )
    return None
