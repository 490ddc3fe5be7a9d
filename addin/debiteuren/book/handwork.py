"""What was done in a closed workbook since our last save, which taking that save back would lose.

Answers: which columns and rows differ from the copy of before it, outside the cells that we wrote; and of the
rows that we added, which columns no longer hold what we wrote.
Leaves to others: whether anything was done at all (ooxml compares the files to the byte).
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import python_calamine as calamine

from debiteuren.book.cells import read_cell, write_cells
from debiteuren.book.closed_facts import first_column, letters
from debiteuren.book.ooxml import Note, Package, TableInfo
from debiteuren.book.workbook import Cell, Grid
from debiteuren.domain.problem import Problem

NEW_ROWS = "nieuwe_regels"
_MOST_ROWS = 5
_MOST_COLUMNS = 8
_REMEDY = "dit raakt u kwijt bij terugnemen; noteer het eerst, of laat de opdracht staan."

Lost = dict[tuple[str, int], list[int]]
"""Rows that differ, by sheet and column."""


def prints_of(grid: Grid, info: TableInfo, rows: Sequence[Mapping[str, Cell]]) -> list[dict[str, object]]:
    """Per column of new rows, where they come and a fingerprint of their values, never the values."""
    top, left = grid.first_row + len(grid.rows), first_column(info.ref)
    return [
        {
            "blad": grid.sheet,
            "kolom": left + place,
            "van": top,
            "tot": top + len(rows) - 1,
            "sha256": _print(write_cells([row.get(name) for row in rows])),
        }
        for place, name in enumerate(info.columns)
        if any(name in row for row in rows)
    ]


def handwork(copy: Path, workbook: Path, note: Note) -> list[Problem]:
    """What would be lost, one entry a sheet.

    Raises:
        CalamineError, OSError: one of the files can't be read.
    """
    with Package.open(workbook) as package:
        tables = package.tables()
    with (
        calamine.CalamineWorkbook.from_path(copy) as old,
        calamine.CalamineWorkbook.from_path(workbook) as new,
    ):
        before = {name: _cells(old, name) for name in old.sheet_names}
        now = {name: _cells(new, name) for name in new.sheet_names}
    lost: Lost = {}
    for sheet, column, row in _elsewhere(before, now, note):
        lost.setdefault((sheet, column), []).append(row)
    for sheet, column, row in _in_new_rows(now, note):
        lost.setdefault((sheet, column), []).append(row)
    problems = [
        Problem(sheet=sheet, found="Dit blad is nieuw sinds die opdracht.", remedy=_REMEDY)
        for sheet in now.keys() - before.keys()
    ]
    for sheet in before.keys() & now.keys():
        columns = {
            _called(tables, sheet, column): rows
            for (where, column), rows in sorted(lost.items())
            if where == sheet
        }
        if columns:
            problems.append(Problem(sheet=sheet, found=_found(columns), remedy=_REMEDY))
    return sorted(problems, key=lambda problem: [*now].index(problem.sheet))


def _cells(book: calamine.CalamineWorkbook, sheet: str) -> list[list[Cell]]:
    try:
        raw = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except calamine.CalamineError:  # a sheet with nothing but a chart
        return []
    return [[read_cell(cell) for cell in line] for line in raw]


def _elsewhere(
    before: Mapping[str, list[list[Cell]]], now: Mapping[str, list[list[Cell]]], note: Note
) -> Iterator[tuple[str, int, int]]:
    """Sheet, column and row of cells that differ and are not ours."""
    for sheet in before.keys() & now.keys():
        ours = [place.area for place in note.places if place.sheet == sheet]
        old, new = before[sheet], now[sheet]
        for row in range(1, max(len(old), len(new)) + 1):
            was, there = _line(old, row), _line(new, row)
            if was == there:
                continue
            areas = [area for area in ours if area.top <= row <= area.bottom]
            for column in range(1, max(len(was), len(there)) + 1):
                if _at(was, column) != _at(there, column) and not any(
                    area.left <= column <= area.right for area in areas
                ):
                    yield sheet, column, row


def _in_new_rows(now: Mapping[str, list[list[Cell]]], note: Note) -> Iterator[tuple[str, int, int]]:
    """Sheet, column and first row of new rows whose values are no longer those that we wrote."""
    prints = note.told.facts.get(NEW_ROWS)
    for found in prints if isinstance(prints, list) else ():
        sheet, column, top, bottom = found["blad"], found["kolom"], found["van"], found["tot"]
        if sheet in now:
            values = [_at(_line(now[sheet], row), column) for row in range(top, bottom + 1)]
            if _print(values) != found["sha256"]:
                for row in range(top, bottom + 1):
                    yield sheet, column, row


def _line(cells: list[list[Cell]], row: int) -> list[Cell]:
    return cells[row - 1] if row <= len(cells) else []


def _at(line: list[Cell], column: int) -> Cell:
    return line[column - 1] if column <= len(line) else None


def _print(values: Sequence[Cell]) -> str:
    return hashlib.sha256(repr([*values]).encode()).hexdigest()


def _called(tables: Mapping[str, TableInfo], sheet: str, column: int) -> str:
    for info in tables.values():
        place = column - first_column(info.ref)
        if info.sheet == sheet and 0 <= place < len(info.columns):
            return info.columns[place]
    return letters(column)


def _found(columns: Mapping[str, Sequence[int]]) -> str:
    """Which columns differ, with their rows.

    >>> _found({"Blokkade": [12], "Notitie": [3, 4]})
    'Hier is sinds die opdracht iets gewijzigd: Blokkade (rij 12), Notitie (rijen 3, 4).'
    """
    parts = [f"{name} ({_rows(rows)})" for name, rows in columns.items()]
    left = len(parts) - _MOST_COLUMNS
    more = f" en nog {left} kolommen" if left > 0 else ""
    return f"Hier is sinds die opdracht iets gewijzigd: {', '.join(parts[:_MOST_COLUMNS])}{more}."


def _rows(rows: Sequence[int]) -> str:
    if len(rows) == 1:
        return f"rij {rows[0]}"
    if len(rows) <= _MOST_ROWS:
        return f"rijen {', '.join(map(str, rows))}"
    return f"{len(rows)} rijen, van {rows[0]} tot en met {rows[-1]}"
