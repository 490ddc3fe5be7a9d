"""Contents of a workbook for tests: tables with only the cells a test cares about."""

from collections.abc import Mapping, Sequence

from debiteuren.book import layout
from debiteuren.book.workbook import Cell, Contents, Grid

FIRST_ROW = 5


def contents(
    rows: Mapping[str, Sequence[Mapping[str, Cell]]] | None = None, names: Mapping[str, Cell] | None = None
) -> Contents:
    """Every table; `rows` by table name, a cell not given is empty."""
    given = rows or {}
    grids = {}
    for table in layout.TABLES:
        columns = table.names()
        lines = [[row.get(name) for name in columns] for row in given.get(table.name, ())]
        grids[table.name] = Grid(
            table=table.name, sheet=table.sheet, first_row=FIRST_ROW, columns=columns, rows=lines
        )
    return Contents(grids=grids, names=names or {})
