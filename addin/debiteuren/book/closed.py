"""The closed workbook: calamine reads it, the lossless editor (ooxml) writes it.

Answers: what do the tables hold, and how do our changes get in with nothing else changed.
Source: docs/regels.md, "Werkmap" and "Beloften" (1 and 2).
Leaves to others: what the cells mean (tables.py), the bytes (ooxml), the open workbook (live.py).
"""

import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import cast

import python_calamine as calamine

from debiteuren.book import layout
from debiteuren.book.cells import write_cell, write_cells
from debiteuren.book.closed_facts import defined_names, letters
from debiteuren.book.closed_read import read_contents
from debiteuren.book.handwork import NEW_ROWS, prints_of
from debiteuren.book.ooxml import InUse, Package, Refused, Told, Unwritable
from debiteuren.book.workbook import Cell, Changes, Contents, Grid, Value
from debiteuren.domain.problem import NOTHING_CHANGED, SurroundingsError, UserError
from debiteuren.domain.surroundings import reason

DAMAGED = (calamine.CalamineError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
"""What readers raise when bytes of a sheet are damaged."""


class ClosedWorkbook:
    """A workbook on disk that nobody has open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: Contents | None = None
        self._seen: tuple[int, int, int] | None = None

    def read(self) -> Contents:
        """All tables and named cells.

        Raises:
            UserError: not our workbook, or a table or column is gone.
            SurroundingsError: it cannot be opened or is in use.
        """
        with in_dutch(self.path), Package.open(self.path) as package:
            # Refuses what is no workbook, is encrypted or in use, before any work is done.
            self._seen = _identity(self.path)
            tables = package.tables()
        try:
            self._read = read_contents(self.path, tables)
        except DAMAGED as error:
            raise UserError(NOTHING_CHANGED + damaged(self.path)) from error
        except OSError as error:
            raise SurroundingsError(
                f"{NOTHING_CHANGED}{self.path.name} kan niet worden gelezen ({reason(error)})."
            ) from error
        return self._read

    def write(self, changes: Changes) -> None:
        """Write it all, or leave the file as it is; what already stands there is left alone.

        Raises:
            UserError: the sheets do not allow it.
            SurroundingsError: the file is in use, read-only, or the disk is full.
        """
        contents = self._read or self.read()
        with suppress(OSError):  # a file that is gone is for the editor to say
            if _identity(self.path) != self._seen:
                raise SurroundingsError(
                    f"{NOTHING_CHANGED}{self.path.name} is intussen gewijzigd. Probeer het opnieuw."
                )
        with in_dutch(self.path), Package.open(self.path) as package:
            for (table, column), values in changes.columns.items():
                grid = contents.grids[table]
                place = grid.columns.index(column)
                if grid.rows and not _same_column([row[place] for row in grid.rows], values):
                    package.set_column(table, column, write_cells(values))
            for table, rows in changes.replaced.items():
                if not _same_rows(contents.grids[table], rows):
                    # A column the user gave a formula keeps it: left out, the editor fills it in.
                    formulas = package.tables()[table].calculated - set(layout.BY_NAME[table].names())
                    package.replace_rows(table, _written(rows, formulas))
            prints: list[dict[str, object]] = []
            for table, rows in changes.appended.items():
                if rows:
                    prints += prints_of(contents.grids[table], package.tables()[table], rows)
                    package.append_rows(table, _written(rows))
            places, _ = defined_names(self.path)
            for name, block in changes.blocks.items():
                if name in places:
                    sheet, row, left = places[name]
                    package.set_cells(sheet, dict(_block(block, row, left)))
            package.save(told=Told(run=changes.run, facts={**changes.facts, NEW_ROWS: prints}))
        self._read = None


def damaged(path: Path) -> str:
    """A sheet that no reader makes sense of, and what to do: the backups are whole."""
    return (
        f"een blad in {path.name} is beschadigd en kan niet worden gelezen. Neem de nieuwste kopie uit de "
        'map Reservekopieën naast de werkmap, of laat Excel hem herstellen ("Openen en herstellen").'
    )


def _identity(path: Path) -> tuple[int, int, int]:
    """What changes when somebody writes the file."""
    facts = path.stat()
    return facts.st_mtime_ns, facts.st_size, facts.st_ino


def _all_same(cells: Sequence[Cell], written: Sequence[Value]) -> bool:
    """Whether writing changes none of these cells."""
    return all(one is other for one, other in zip(cells, written, strict=True))


def _written(
    rows: Sequence[Mapping[str, Cell]], formulas: Collection[str] = ()
) -> Sequence[Mapping[str, Value]]:
    """The rows as they may be written, without the columns that have a formula."""
    names = [name for name in rows[0] if name not in formulas] if rows else []
    if names and all([*row] == [*rows[0]] for row in rows):
        read = [[row[name] for row in rows] for name in names]
        columns = [write_cells(cells) for cells in read]
        if names == [*rows[0]] and all(map(_all_same, read, columns)):
            # As they are: a second copy of 100,000 rows is 50 MB.
            return cast("Sequence[Mapping[str, Value]]", rows)
        return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]
    # What a row does not name is not emptied: it gets its column's formula.
    return [{name: write_cell(value) for name, value in row.items() if name not in formulas} for row in rows]


def _block(block: Sequence[Sequence[Cell]], row: int, column: int) -> Iterator[tuple[str, Value]]:
    for down, line in enumerate(block):
        for across, value in enumerate(line):
            yield f"{letters(column + across)}{row + down}", write_cell(value)


def _same_column(old: Sequence[Cell], new: Sequence[Cell]) -> bool:
    return old == new or all(_same(before, after) for before, after in zip(old, new, strict=True))


def _same(before: Cell, after: Cell) -> bool:
    return before == after or (before is None and after == "")


def _same_rows(grid: Grid, rows: Sequence[Mapping[str, Cell]]) -> bool:
    return len(grid.rows) == len(rows) and all(
        _same(cell, row.get(name))
        for line, row in zip(grid.rows, rows, strict=True)
        for name, cell in zip(grid.columns, line, strict=True)
    )


@contextmanager
def in_dutch(path: Path) -> Iterator[None]:
    """The editor's refusals of this workbook as the two ways a run stops."""
    try:
        yield
    except (InUse, Unwritable) as refusal:
        raise SurroundingsError(f"{NOTHING_CHANGED}{refusal}") from refusal
    except Refused as refusal:
        raise UserError(f"{NOTHING_CHANGED}{refusal}") from refusal
    except FileNotFoundError as error:
        raise UserError(f"{NOTHING_CHANGED}{path.name} bestaat niet in {path.parent}.") from error
    except OSError as error:
        raise SurroundingsError(
            f"{NOTHING_CHANGED}{path.name} kan niet worden geopend ({reason(error)})."
        ) from error
