"""The port to a workbook, closed (closed.py) or open (live.py): read all, write one set of changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that shows an error in Excel, such as #N/A."""

    text: str


Value = str | float | int | bool | date | datetime | None
"""What can be written into a cell."""

Cell = Value | CellFault
"""What a cell can hold when read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The body of one table. `first_row` is the sheet row (from 1) of `rows[0]`.

    A table without data has no rows, although Excel shows one empty row.
    """

    table: str
    sheet: str
    first_row: int
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """All tables by name, and the values of the single named cells."""

    grids: Mapping[str, Grid]
    names: Mapping[str, Cell]
    epoch: date = date(1899, 12, 30)
    """Day 0 of this workbook's serial dates: also 1904-01-01 exists."""


@dataclass(slots=True, kw_only=True)
class Changes:
    """What is to be written, all of it or nothing.

    `columns`: (table, column) → one value per data row as read.
    `appended`: table → rows (column name → value) to add at the bottom.
    `replaced`: table → the rows it will hold instead of those it has.
    `blocks`: defined name → rows of values, from the name's top left cell.
    `run`: the command that asks for it. `facts`: what taking it back must know, in the forms JSON has.
    """

    columns: dict[tuple[str, str], Sequence[Cell]] = field(default_factory=dict)
    appended: dict[str, list[dict[str, Cell]]] = field(default_factory=dict)
    replaced: dict[str, Sequence[Mapping[str, Cell]]] = field(default_factory=dict)
    blocks: dict[str, Sequence[Sequence[Cell]]] = field(default_factory=dict)
    run: str = ""
    facts: dict[str, object] = field(default_factory=dict)


class Workbook(Protocol):
    """A workbook with our tables."""

    path: Path

    def read(self) -> Contents:
        """All tables and named cells.

        Raises:
            UserError: not our workbook, or a table or column is gone.
            SurroundingsError: it cannot be opened.
        """

    def write(self, changes: Changes) -> None:
        """Write it all, or leave the workbook as it is.

        Raises:
            UserError: the sheets do not allow it.
            SurroundingsError: the file is in use, read-only, or the disk is full.
        """


def with_rows(contents: Contents, incoming: Mapping[str, Sequence[Mapping[str, Cell]]]) -> Contents:
    """The contents as they would be read if these rows stood below their tables."""
    grids = dict(contents.grids)
    for table, rows in incoming.items():
        grid = grids[table]
        new = [[row.get(name) for name in grid.columns] for row in rows]
        grids[table] = replace(grid, rows=[*grid.rows, *new])
    return replace(contents, grids=grids)
