"""The closed workbook: calamine reads it, the lossless editor (ooxml) writes it.

Answers: what do the tables hold, and how do our changes get in with nothing else changed.
Source: excel.md, sections 1 and 2; contract, promises 1 and 2.
Leaves to others: what the cells mean (tables.py), the bytes (ooxml), the open workbook (live.py).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import python_calamine as calamine

from debiteuren.book import layout
from debiteuren.book.cells import data_rows, read_cell, write_cell, write_cells
from debiteuren.book.closed_facts import defined_names, error_cells, first_column, letters
from debiteuren.book.layout_cells import SETTINGS_CELLS
from debiteuren.book.ooxml import InUse, Package, Refused, Unwritable
from debiteuren.book.surface import require_surface
from debiteuren.book.workbook import Cell, CellFault, Changes, Contents, Grid, Value
from debiteuren.domain.problem import SurroundingsError, UserError
from debiteuren.domain.surroundings import reason

NOTHING_CHANGED = "Niets gewijzigd: "
_PLAIN = frozenset({float, date, bool})


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
        with in_dutch(self.path), Package.open(self.path):
            # Refuses what is no workbook, is encrypted or in use, before any work is done.
            self._seen = _identity(self.path)
        try:
            with calamine.CalamineWorkbook.from_path(self.path, load_tables=True) as book:
                present = book.table_names or ()
                found = {name: book.get_table_by_name(name) for name in present if name in layout.BY_NAME}
                require_surface({name: table.columns for name, table in found.items()})
                grids = {name: _grid(table) for name, table in found.items()}
                names, epoch = self._names(book)
        except (calamine.CalamineError, OSError) as error:
            raise UserError(
                f"{NOTHING_CHANGED}{self.path.name} kan niet worden gelezen ({error}). "
                "Open de werkmap in Excel, sla hem op en probeer het opnieuw."
            ) from error
        faults = error_cells(self.path, {grid.sheet for grid in grids.values()})
        if faults:
            grids = self._with_faults(grids, faults)
        self._read = Contents(grids=grids, names=names, epoch=epoch)
        return self._read

    def _names(self, book: calamine.CalamineWorkbook) -> tuple[Mapping[str, Cell], date]:
        """The values of the named cells, and the day that this workbook's dates count from."""
        places, epoch = defined_names(self.path)
        wanted = {cell.name for cell in SETTINGS_CELLS}
        sheets: dict[str, list[list[Cell]]] = {}
        names: dict[str, Cell] = {}
        for name, (sheet, row, column) in places.items():
            if name not in wanted or sheet not in book.sheet_names:
                continue
            if sheet not in sheets:
                raw = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
                sheets[sheet] = [[read_cell(cell) for cell in line] for line in raw]
            lines = sheets[sheet]
            names[name] = (
                lines[row - 1][column - 1] if row <= len(lines) and column <= len(lines[row - 1]) else None
            )
        return names, epoch

    def _with_faults(
        self, grids: Mapping[str, Grid], faults: Mapping[str, Sequence[tuple[int, int, str]]]
    ) -> dict[str, Grid]:
        """The grids with their error cells, which calamine shows as empty: #N/B is not "no block"."""
        with Package.open(self.path) as package:
            left = {name: first_column(facts.ref) for name, facts in package.tables().items()}
        found = {}
        for name, grid in grids.items():
            rows = [list(row) for row in grid.rows]
            for row, column, text in faults.get(grid.sheet, ()):
                index, place = row - grid.first_row, column - left[name]
                if 0 <= index < len(rows) and 0 <= place < len(grid.columns):
                    rows[index][place] = CellFault(text)
            found[name] = replace(grid, rows=rows)
        return found

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
            for table, rows in changes.appended.items():
                if rows:
                    package.append_rows(table, _written(rows))
            places, _ = defined_names(self.path)
            for name, block in changes.blocks.items():
                if name in places:
                    sheet, row, left = places[name]
                    package.set_cells(sheet, dict(_block(block, row, left)))
            package.save()
        self._read = None


def _grid(found: calamine.CalamineTable) -> Grid:
    columns = tuple(found.columns)
    rows: list[list[Cell]] = [
        [
            # _PLAIN leaves no time of day, which mypy cannot see.
            (cell or None) if type(cell) is str else cell if type(cell) in _PLAIN else read_cell(cell)  # type: ignore[misc]
            for cell in row
        ]
        for row in found.to_python()
    ]
    names = layout.BY_NAME[found.name].names()
    ours = [index for index, name in enumerate(columns) if name in names]
    start = found.start
    return Grid(
        table=found.name,
        sheet=found.sheet,
        first_row=1 if start is None else start[0] + 1,
        columns=columns,
        rows=data_rows(rows, ours),
    )


def _identity(path: Path) -> tuple[int, int, int]:
    """What changes when somebody writes the file."""
    facts = path.stat()
    return facts.st_mtime_ns, facts.st_size, facts.st_ino


def _written(rows: Sequence[Mapping[str, Cell]], formulas: Collection[str] = ()) -> list[dict[str, Value]]:
    """The rows as they may be written, without the columns that have a formula."""
    out: list[dict[str, Value]] = [dict(zip(row, write_cells([*row.values()]), strict=True)) for row in rows]
    if formulas:
        out = [{name: value for name, value in row.items() if name not in formulas} for row in out]
    return out


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
