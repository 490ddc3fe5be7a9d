"""A workbook of an older version brought up to date: columns, named cells, macros and ribbon.

Answers: what is it missing that this version has, and how does that get in with nothing else changed.
Source: docs/regels.md, "Beloften" (1 and 2).
Leaves to others: the macros (macros.py), the bytes and the backup (ooxml), what is said (cli_setup.py).
New buttons on Start are not drawn: the ribbon has them.
"""

from collections.abc import Mapping
from pathlib import Path

import python_calamine as calamine

from debiteuren.book.closed import DAMAGED, damaged, in_dutch
from debiteuren.book.closed_facts import defined_names
from debiteuren.book.layout import STAPPEN, TABLES
from debiteuren.book.layout_cells import SETTINGS_CELLS
from debiteuren.book.layout_parts import Kind, NamedCell
from debiteuren.book.macros import new_parts
from debiteuren.book.ooxml import CellValue, Package, Told
from debiteuren.book.surface import require_surface
from debiteuren.domain.money import parse_amount
from debiteuren.domain.problem import NOTHING_CHANGED, Problem, UserError

_LABEL, _VALUE, _HINT = range(3)
_COLUMNS = "ABC"


def renew(path: Path, *, trial: bool = False) -> tuple[str, ...]:
    """Bring the workbook up to date, whole or not at all; what changed, or would, comes back in Dutch.

    Raises:
        UserError: this is no workbook of ours, or something can't be renewed without losing something.
        SurroundingsError: the file is in use, read-only, or the disk is full.
    """
    with in_dutch(path), Package.open(path) as package:
        changes, problems = _prepare(package, path)
        if problems:
            raise UserError.of(problems)
        if changes and not trial:
            package.save(told=Told(run="vernieuw"))
    return changes


def behind(path: Path) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """What `renew` would change, and what it would refuse; nothing is written.

    Raises:
        UserError: this is no workbook of ours.
        SurroundingsError: the file can't be opened.
    """
    with in_dutch(path), Package.open(path) as package:
        return _prepare(package, path)


def _prepare(package: Package, path: Path) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Put everything that is missing into the open package."""
    found = {name: info.columns for name, info in package.tables().items()}
    require_surface(found)
    changes: list[str] = []
    for table in TABLES:
        for column in table.columns:
            if column.added and table.name in found and column.name not in found[table.name]:
                package.add_column(table.name, column.name)
                changes.append(f"kolom {column.name} op {table.sheet}")
    changes += _add_names(package, path)
    parts = new_parts(package)
    for part, data in parts.parts.items():
        package.replace_part(part, data)
    return (*changes, *parts.changes), parts.problems


def _add_names(package: Package, path: Path) -> list[str]:
    """Give settings that have no named cell one: beside their label, or on a new line below the last."""
    places, _ = defined_names(path)
    known = {name.casefold() for name in places}
    missing = [cell for cell in SETTINGS_CELLS if cell.name.casefold() not in known]
    if not missing:
        return []
    sheet = package.tables()[STAPPEN.name].sheet
    lines = _lines(path, sheet)
    taken = {(where, row) for where, row, column in places.values() if column == _VALUE + 1}
    rows = {
        str(label): row
        for row, label in reversed(list(enumerate((line[_LABEL] for line in lines), 1)))
        if label and (sheet, row) not in taken
    }
    below = len(lines)
    for cell in missing:
        row = rows.get(cell.label)
        if row is None:
            below += 1
            row = below
            package.set_cells(sheet, _new_line(cell, row))
        package.define_name(cell.name, sheet, f"{_COLUMNS[_VALUE]}{row}")
    return [f"instelling {cell.label} ({cell.name})" for cell in missing]


def _new_line(cell: NamedCell, row: int) -> Mapping[str, CellValue]:
    values = (cell.label, _default(cell), cell.hint or None)
    return {f"{letter}{row}": value for letter, value in zip(_COLUMNS, values, strict=True)}


def _default(cell: NamedCell) -> CellValue:
    if not cell.default:
        return None
    if cell.kind in {Kind.WHOLE, Kind.PERCENT}:
        return int(cell.default)
    return float(parse_amount(cell.default)) if cell.kind is Kind.MONEY else cell.default


def _lines(path: Path, sheet: str) -> list[list[object]]:
    """The first columns of the settings, without the empty lines at the end."""
    try:
        with calamine.CalamineWorkbook.from_path(path) as book:
            raw = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except DAMAGED as error:
        raise UserError(NOTHING_CHANGED + damaged(path)) from error
    lines: list[list[object]] = [[*line[: len(_COLUMNS)], *[""] * len(_COLUMNS)] for line in raw]
    while lines and not any(cell != "" for cell in lines[-1]):
        lines.pop()
    return lines
