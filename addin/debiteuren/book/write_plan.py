"""Changes → for every table the rows it will have and the values of each column, checked and in cell form.

Answers: what exactly is to be written where, before anything is written.
Source: book/workbook.py, Changes.
Leaves to others: the writing itself (live.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from debiteuren.book.cells import write_cell
from debiteuren.book.layout import BY_NAME
from debiteuren.book.workbook import Cell, CellFault, Changes, Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnBlock:
    """Values for one column; `start` is the data row of the first (0 is the first under the header)."""

    column: str
    start: int
    values: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlan:
    """One table: its number of data rows before and after, and what is written into it."""

    table: str
    before: int
    after: int
    blocks: tuple[ColumnBlock, ...]


def plan_tables(grids: Mapping[str, Grid], changes: Changes) -> tuple[TablePlan, ...]:
    """What happens to each table that `changes` names, in the order of `grids`.

    Raises:
        ValueError: a table or column that is not there, a column of another length than the table, a table
            that is both replaced and changed, or a value no cell can hold. All would be our own fault.
    """
    named = {table for table, _ in changes.columns} | changes.appended.keys() | changes.replaced.keys()
    if unknown := sorted(named - grids.keys()):
        raise ValueError(f"no such table: {', '.join(unknown)}")
    return tuple(_plan(grids[table], changes) for table in grids if table in named)


def plan_back(plans: Sequence[TablePlan], grids: Mapping[str, Grid]) -> tuple[TablePlan, ...]:
    """What takes `plans` back: the rows and the values of `grids`, and nothing the plans did not touch."""
    return tuple(_plan_back(plan, grids[plan.table]) for plan in plans)


def _plan_back(plan: TablePlan, grid: Grid) -> TablePlan:
    blocks = []
    for block in plan.blocks:
        place = grid.columns.index(block.column)
        old = tuple(None if isinstance(row[place], CellFault) else row[place] for row in grid.rows)
        # A column only added to below keeps its old rows; the one row of an empty table is emptied.
        values = (None,) if not plan.before else old if block.start == 0 else ()
        if values:
            blocks.append(ColumnBlock(column=block.column, start=0, values=values))
    return TablePlan(table=plan.table, before=plan.after, after=plan.before, blocks=tuple(blocks))


def _plan(grid: Grid, changes: Changes) -> TablePlan:
    columns = {column: values for (table, column), values in changes.columns.items() if table == grid.table}
    added = changes.appended.get(grid.table, ())
    before = len(grid.rows)
    if grid.table in changes.replaced:
        if columns or added:
            raise ValueError(f"{grid.table} is replaced, so it cannot be changed as well")
        rows = changes.replaced[grid.table]
        # Also the user's own columns: what he noted beside a row goes where that row goes.
        names = dict.fromkeys((*grid.columns, *(name for row in rows for name in row)))
        # Without rows Excel still shows one, which is emptied.
        blocks = [_block(grid, name, 0, _column(rows or [{}], name)) for name in _present(grid, names)]
        return TablePlan(table=grid.table, before=before, after=len(rows), blocks=tuple(blocks))
    for column, values in columns.items():
        if len(values) != before:
            raise ValueError(f"{grid.table}, {column}: {len(values)} values for {before} rows")
    new = _present(grid, dict.fromkeys(name for row in added for name in row))
    blocks = [
        _block(grid, column, 0, (*values, *(_column(added, column) if column in new else ())))
        for column, values in columns.items()
    ]
    blocks += [_block(grid, name, before, _column(added, name)) for name in new if name not in columns]
    return TablePlan(
        table=grid.table,
        before=before,
        after=before + len(added),
        blocks=tuple(block for block in blocks if block.values),
    )


def _column(rows: Sequence[Mapping[str, Cell]], name: str) -> tuple[Cell, ...]:
    return tuple(row.get(name) for row in rows)


def _present(grid: Grid, names: Iterable[str]) -> list[str]:
    """Without the columns that an older workbook need not have."""
    required = BY_NAME[grid.table].required_names()
    optional = set(BY_NAME[grid.table].names()).difference(required)
    return [name for name in names if name in grid.columns or name not in optional]


def _block(grid: Grid, column: str, start: int, values: Sequence[Cell]) -> ColumnBlock:
    if column not in grid.columns:
        raise ValueError(f"{grid.table} has no column {column}")
    if column not in BY_NAME[grid.table].names():
        # Of a column of the user's, what he sees is carried along; an error there is not ours to judge.
        values = [None if isinstance(value, CellFault) else value for value in values]
    return ColumnBlock(column=column, start=start, values=tuple(write_cell(value) for value in values))
