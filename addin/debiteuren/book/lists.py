"""Lists of invoices or debtors from outside, with our column names: what of it is new.

Answers: is this file such a list, which rows does the workbook not have yet, and what differs for numbers it
has (shown, never taken over). A cell that cannot be read refuses the whole list, with its line.
Source: docs/regels.md, "Lijsten" and "Fouten en twijfel".
Leaves to others: lines and cells out of the file (list_rows.py), what a cell means (list_values.py), whether
the workbook with these rows in it can be trusted (tables.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from debiteuren.book.layout import FACTUREN
from debiteuren.book.layout_parts import Column, Kind, Role
from debiteuren.book.list_formulas import NO_OUTCOME
from debiteuren.book.list_names import ListColumns, recognised, twice
from debiteuren.book.list_paid import said_paid
from debiteuren.book.list_rows import HEAD, ListRow, RawList, has_header, raw_list
from debiteuren.book.list_values import Value, as_cell, read_value, same_value, wrong_value
from debiteuren.book.values import as_text, shown
from debiteuren.book.workbook import Cell, CellFault, Contents, Grid
from debiteuren.domain.amount_text import decimal_mark
from debiteuren.domain.column_map import ColumnMap
from debiteuren.domain.problem import NOTHING_CHANGED, Problem, Severity, SurroundingsError, UserError
from debiteuren.domain.surroundings import reason

_PAID_REMEDY = (
    "hier telt het hele bedrag tot de betaling bekend is: lees de bankafschriften in waar die op staan, of "
    "zet de betaling zelf op Betalingen, voordat u herinneringen maakt."
)
LARGEST = 100_000_000
"""Bytes of a list; it is held in memory as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFile:
    """What a list brings: the new `rows` (column name → value), how many are `known`, and the problems.

    With a Fout among `problems` nothing of it may be used.
    """

    name: str
    table: str
    sheet: str
    rows: tuple[Mapping[str, Cell], ...] = ()
    known: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def faults(self) -> tuple[Problem, ...]:
        """What refuses the list."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.FAULT)

    @property
    def doubts(self) -> tuple[Problem, ...]:
        """What to look at."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.WARNING)


def read_list_file(path: Path, contents: Contents, maps: Sequence[ColumnMap] = ()) -> ListFile | None:
    """What this list brings to the workbook, None when the file is no list.

    Raises:
        UserError: far too large for a list.
        SurroundingsError: the file is not there or may not be read.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
            if not has_header(head, lambda header: recognised(header, maps) is not None):
                return None
            data = head + stream.read(max(LARGEST - len(head) + 1, 0))
    except OSError as error:
        raise SurroundingsError(
            f"{NOTHING_CHANGED}{path.name} is niet te openen ({reason(error)})."
        ) from error
    if len(data) > LARGEST:
        raise UserError.of([_too_large(path.name)])
    return read_list(path.name, data, contents, maps)


def _too_large(name: str) -> Problem:
    return Problem(
        sheet=name,
        found="Dit bestand is veel te groot voor een lijst met facturen of klanten.",
        remedy="maak de lijst opnieuw, met alleen de regels die erin horen.",
    )


def read_list(name: str, data: bytes, contents: Contents, maps: Sequence[ColumnMap] = ()) -> ListFile | None:
    """What the list in these bytes brings to the workbook, None when it is no list."""
    raw = raw_list(data, lambda header: recognised(header, maps) is not None)
    found = recognised(raw.header, maps) if raw else None
    if raw is None or found is None:
        return None
    return read_raw(name, found, raw, contents)


def read_raw(name: str, found: ListColumns, raw: RawList, contents: Contents) -> ListFile:
    """What these rows bring to the workbook."""
    table = found.table
    reader = _ListReader(name, found, raw)
    rows = reader.rows()
    new, known = reader.compare(rows, contents.grids[table.name])
    refused = any(problem.severity is Severity.FAULT for problem in reader.problems)
    return ListFile(
        name=name,
        table=table.name,
        sheet=table.sheet,
        rows=() if refused else tuple(new),
        known=0 if refused else known,
        problems=tuple(reader.problems),
    )


class _ListReader:
    """Reads one list; `problems` collects everything that is wrong or to be looked at."""

    def __init__(self, name: str, found: ListColumns, raw: RawList) -> None:
        self.name, self.table, self.raw, self.chosen = name, found.table, raw, found.chosen
        self.problems: list[Problem] = []
        self.faulty: set[tuple[int | None, str]] = set()
        self.columns = found.columns
        self.names = {column.name for column in self.columns if column}
        self.mark = decimal_mark(
            cell
            for row in raw.rows
            for column, cell in zip(self.columns, row.cells, strict=False)
            if column and column.kind is Kind.MONEY and isinstance(cell, str)
        )

    def rows(self) -> list[tuple[ListRow, dict[str, Value]]]:
        """The values of every line; what cannot be read is among the problems."""
        self._about_columns()
        if self.raw.broken is not None:
            self._fault(
                self.raw.broken,
                "",
                "Vanaf deze regel kloppen de aanhalingstekens niet.",
                "maak de lijst opnieuw.",
            )
        if not self.raw.rows:
            self._doubt(
                None,
                "",
                "Onder de kolomnamen staat geen enkele regel.",
                "controleer of dit de goede lijst is.",
            )
        out = []
        for row in self.raw.rows:
            values: dict[str, Value] = {}
            for column, cell in zip(self.columns, row.cells, strict=False):
                if column is not None:
                    values[column.name] = self._value(row.line, column, cell)
            if any(as_text(cell) for cell in row.cells[len(self.columns) :]):
                self._fault(
                    row.line,
                    "",
                    "Deze regel heeft meer kolommen dan de kop.",
                    "zet teksten met een scheidingsteken erin tussen aanhalingstekens.",
                )
            for title in self.table.names(Role.REQUIRED):
                if values.get(title) is None and title in self.names and (row.line, title) not in self.faulty:
                    self._fault(row.line, title, "Deze cel is leeg.", "vul hier iets in.")
            out.append((row, values))
        found = said_paid(self.raw, self._others(), out, self.mark) if self.table is FACTUREN else ""
        if found:
            self._doubt(None, "Bedrag", found, _PAID_REMEDY)
        return out

    def _others(self) -> list[str]:
        """The titles that are none of our columns."""
        pairs = zip(self.raw.header, self.columns, strict=True)
        return [title for title, column in pairs if title and column is None]

    def _about_columns(self) -> None:
        missing = [name for name in self.table.names(Role.REQUIRED) if name not in self.names]
        for title in missing:
            self._fault(
                1,
                title,
                f"Deze lijst voor {self.table.sheet} heeft geen kolom {title}.",
                "voeg de kolom toe en lees de lijst opnieuw in.",
            )
        for column, titles in twice(self.raw.header, self.columns):
            same = len(set(titles)) == 1
            found = (
                "Deze kolomnaam staat er twee keer."
                if same
                else (f"Twee kolommen zijn dezelfde: {' en '.join(shown(title) for title in titles)}.")
            )
            self._fault(1, column.name, found, "houd er één over.")
        others = self._others()
        if others and not self.chosen:
            self._doubt(
                1,
                "",
                f"Niet overgenomen, want geen kolom die u invult op {self.table.sheet}: {', '.join(others)}.",
                "u hoeft niets te doen, of geef de kolommen de namen van het blad.",
            )

    def _value(self, line: int, column: Column, cell: Cell) -> Value:
        """The value of one cell; a fault is noted and reads as None."""
        text = as_text(cell)
        if isinstance(cell, CellFault):
            found, remedy = f"Hier staat de fout {shown(cell)}.", "herstel de formule in de lijst."
            if cell == NO_OUTCOME:
                found = f"Hier staat {cell.text}."
                remedy = "open de lijst in Excel, sla hem één keer op en lees hem opnieuw in."
            self._fault(line, column.name, found, remedy)
            return None
        if not text:
            return None
        try:
            return read_value(column.kind, cell, text, self.mark)
        except ValueError as error:
            why, remedy = wrong_value(column.kind, text, self.mark, error)
            self._fault(line, column.name, f"Hier staat {shown(cell)}. {why}", remedy)
            return None

    def compare(
        self, rows: Sequence[tuple[ListRow, dict[str, Value]]], grid: Grid
    ) -> tuple[list[dict[str, Cell]], int]:
        """The rows with a number the workbook does not have, and how many it has."""
        key = self.table.names(Role.REQUIRED)[0]
        existing = _by_number(grid, key)
        seen: dict[str, dict[str, Value]] = {}
        new: list[dict[str, Cell]] = []
        known = 0
        for row, values in rows:
            number = values.get(key)
            if not isinstance(number, str):
                continue
            if number in existing:
                known += 1
                self._differences(row, key, values, existing[number])
            elif number in seen:
                known += 1
                if seen[number] != values:
                    self._fault(
                        row.line,
                        key,
                        f'"{number}" staat twee keer in deze lijst, met andere gegevens.',
                        "houd één regel over.",
                    )
            else:
                seen[number] = values
                new.append({name: as_cell(value) for name, value in values.items() if value is not None})
        return new, known

    def _differences(
        self, row: ListRow, key: str, values: Mapping[str, Value], has: Mapping[str, Cell]
    ) -> None:
        """A number we have: what the list says otherwise is shown, and left as it is."""
        others = []
        for name, value in values.items():
            column = self.table.column(name)
            if value is not None and name in has and not same_value(column.kind, value, has[name]):
                others.append(f"{name} is {shown(as_cell(value))} in plaats van {shown(has[name])}")
        if others:
            self._doubt(
                row.line,
                key,
                f'"{values[key]}" staat al op {self.table.sheet}, maar anders: {"; ".join(others)}.',
                "er is niets gewijzigd; klopt de lijst, pas het dan op het blad aan.",
            )

    def _fault(self, line: int | None, column: str, found: str, remedy: str) -> None:
        self.faulty.add((line, column))
        self.problems.append(Problem(sheet=self.name, row=line, column=column, found=found, remedy=remedy))

    def _doubt(self, line: int | None, column: str, found: str, remedy: str) -> None:
        self.problems.append(
            Problem(
                severity=Severity.WARNING,
                sheet=self.name,
                row=line,
                column=column,
                found=found,
                remedy=remedy,
            )
        )


def _by_number(grid: Grid, key: str) -> dict[str, dict[str, Cell]]:
    at = grid.columns.index(key)
    rows = (dict(zip(grid.columns, row, strict=False)) for row in grid.rows if as_text(row[at]))
    return {as_text(row[key]): row for row in rows}
