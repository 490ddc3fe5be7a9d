"""The sheets of a closed workbook → tables and named cells; calamine reads them.

Answers: what stands in every table of ours and in every named cell.
Source: docs/regels.md, "Werkmap" and "Beloften" (1 and 2).
calamine and zlib let go of the interpreter lock while they work, so the large sheets are read on two cores
and looked through for errors meanwhile.
Leaves to others: what is refused beforehand (ooxml), what the cells mean (tables.py).
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import python_calamine as calamine

from debiteuren.book import layout
from debiteuren.book.cells import data_rows, read_cell
from debiteuren.book.closed_facts import defined_names, error_cells, first_column, letters
from debiteuren.book.layout_cells import SETTINGS_CELLS
from debiteuren.book.ooxml import TableInfo
from debiteuren.book.stray_cells import without_stray_cells
from debiteuren.book.surface import require_surface
from debiteuren.book.workbook import Cell, CellFault, Contents, Grid

_PLAIN = frozenset({float, date, bool})
_AT_ONCE = 2


def read_contents(path: Path, tables: Mapping[str, TableInfo]) -> Contents:
    """All tables and named cells; `tables` are those the workbook has.

    Raises:
        UserError: a table or column of ours is gone.
        CalamineError, BadZipFile, zlib.error, EOFError: bytes of a sheet are damaged.
    """
    sheets = {facts.sheet for name, facts in tables.items() if name in layout.BY_NAME}
    places, epoch = defined_names(path)
    places = {name: places[name] for name in (cell.name for cell in SETTINGS_CELLS) if name in places}
    source = without_stray_cells(path, _ours(tables, places))
    # The pool ends before the books are closed: a damaged sheet stops one reader while the other still reads.
    with ExitStack() as stack, ThreadPoolExecutor(_AT_ONCE + 1) as pool:
        faults = pool.submit(error_cells, path, sheets)
        books = [
            stack.enter_context(
                calamine.CalamineWorkbook.from_object(
                    path if source is None else BytesIO(source.getbuffer()), load_tables=True
                )
            )
            for _ in range(_AT_ONCE)
        ]
        present = books[0].table_names or ()
        wanted = [name for name in present if name in layout.BY_NAME and name in tables]
        waiting = wanted[::-1]
        readers = [pool.submit(_read_waiting, book, waiting) for book in books]
        found = {name: table for reader in readers for name, table in reader.result().items()}
        require_surface({name: table.columns for name, table in found.items()})
        grids = {name: _grid(found[name]) for name in wanted}
        names = _names(places, books[0])
        if errors := faults.result():
            grids = _with_faults(grids, tables, errors)
    return Contents(grids=grids, names=names, epoch=epoch)


def _read_waiting(book: calamine.CalamineWorkbook, waiting: list[str]) -> dict[str, calamine.CalamineTable]:
    """The tables that nobody else has begun with, as long as there are any."""
    found = {}
    while waiting:
        try:
            name = waiting.pop()
        except IndexError:  # the other reader was just before us
            break
        found[name] = book.get_table_by_name(name)
    return found


def _grid(found: calamine.CalamineTable) -> Grid:
    columns = tuple(found.columns)
    rows: list[list[Cell]] = [
        [
            # _PLAIN leaves no time of day, which mypy cannot see.
            (cell or None) if type(cell) is str else cell if type(cell) in _PLAIN else read_cell(cell)  # type: ignore[misc] # see above
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


def _ours(
    tables: Mapping[str, TableInfo], places: Mapping[str, tuple[str, int, int]]
) -> dict[str, list[str]]:
    """Sheet → where our tables and named cells stand on it."""
    found: dict[str, list[str]] = {}
    for name, facts in tables.items():
        if name in layout.BY_NAME:
            found.setdefault(facts.sheet, []).append(facts.ref)
    for sheet, row, column in places.values():
        found.setdefault(sheet, []).append(f"{letters(column)}{row}")
    return found


def _names(places: Mapping[str, tuple[str, int, int]], book: calamine.CalamineWorkbook) -> Mapping[str, Cell]:
    """The values of the named cells."""
    sheets: dict[str, list[list[Cell]]] = {}
    names: dict[str, Cell] = {}
    for name, (sheet, row, column) in places.items():
        if sheet not in book.sheet_names:
            continue
        if sheet not in sheets:
            raw = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            sheets[sheet] = [[read_cell(cell) for cell in line] for line in raw]
        lines = sheets[sheet]
        names[name] = (
            lines[row - 1][column - 1] if row <= len(lines) and column <= len(lines[row - 1]) else None
        )
    return names


def _with_faults(
    grids: Mapping[str, Grid],
    tables: Mapping[str, TableInfo],
    faults: Mapping[str, Sequence[tuple[int, int, str]]],
) -> dict[str, Grid]:
    """The grids with their error cells, which calamine shows as empty: #N/B is not "no block"."""
    found = {}
    for name, grid in grids.items():
        rows = [list(row) for row in grid.rows]
        left = first_column(tables[name].ref)
        for row, column, text in faults.get(grid.sheet, ()):
            index, place = row - grid.first_row, column - left
            if 0 <= index < len(rows) and 0 <= place < len(grid.columns):
                rows[index][place] = CellFault(text)
        found[name] = replace(grid, rows=rows)
    return found
