"""A workbook, opened to change some of its cells and nothing else.

The package of ECMA-376 part 2 with a SpreadsheetML workbook (part 1, 12.3) in it. Nothing is written before
save, and then whole or not at all.
"""

import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Self

from .archive import Archive
from .build import build
from .cells import formula_tag, is_empty, split_cells
from .edits import Edits, check_columns
from .notes import Note, Told, places_of
from .references import cell, letters
from .refusals import Refused, Unwritable, reason
from .relationships import relationships
from .removal import removal
from .replace import Original, copy_whole, replace, sweep
from .stream import read_row
from .tables import Table, TableInfo, read_tables
from .values import CellValue, Formula
from .widen import header_cell, refuse_table_beside, widened
from .workbook import Workbook, read_workbook

_NOTHING_TOLD = Told()


class Package:
    """The lossless editor. Use it as a context manager, or close it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._load()

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Self:
        """The workbook at a path; links are followed to the file itself."""
        real = Path(os.path.realpath(path))
        sweep(real)
        return cls(real)

    def _load(self) -> None:
        name = self._path.name
        try:
            self._original = Original.of(self._path)
            self._archive = Archive(self._path)
        except FileNotFoundError:
            raise Unwritable(f"{name} bestaat niet in de map {self._path.parent}.") from None
        except OSError as error:
            why = "het is een map" if self._path.is_dir() else reason(error)
            raise Unwritable(f"{name} is niet te openen: {why}.") from error
        try:
            self._workbook: Workbook = read_workbook(self._archive)
            self._tables = read_tables(self._archive, self._workbook.sheets)
        except BaseException:
            self._archive.close()
            raise
        self._edits = Edits(self._tables)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; what was not saved is gone."""
        self._archive.close()

    def tables(self) -> dict[str, TableInfo]:
        """The tables by name: their sheet, range and columns, as they stand after the edits so far."""
        return {
            table.name: TableInfo(
                table.sheet,
                str(self._edits.area(table)),
                table.columns,
                frozenset(
                    name for name, formula in zip(table.columns, table.formulas, strict=True) if formula
                ),
            )
            for table in self._tables.values()
        }

    def sheets(self) -> tuple[str, ...]:
        """The worksheets by name, in the order of their tabs."""
        return tuple(self._workbook.sheets)

    def set_cells(self, sheet: str, values: Mapping[str, CellValue]) -> None:
        """Set cells of a sheet by their reference."""
        name = self._sheet(sheet)
        places = {reference: cell(reference.replace("$", "").upper()) for reference in values}
        for reference, place in places.items():
            if place is None or not reference.isascii():
                raise Refused(f'Blad {name}: "{reference}" is geen cel, zoals B2.')
            self._refuse_header(name, *place, values[reference])
            self._refuse_totals(name, *place)
        for reference, place in places.items():
            if place is not None:
                self._edits.of(name).put(*place, values[reference])

    def set_column(self, table: str, column: str, values: Iterable[CellValue]) -> None:
        """Set one column of a table, one value per data row."""
        found = self._table(table)
        place = found.column(column)
        given: list[object] = [*values]
        rows = self._edits.last_row(found) - found.first + 1
        if len(given) != rows:
            raise Refused(
                f"Tabel {found.name}, kolom {column}: er zijn {len(given)} waarden voor {rows} regels. "
                "Geef er voor elke regel een."
            )
        self._edits.of(found.sheet).put_column(found.first, place, given)

    def append_rows(self, table: str, rows: Iterable[Mapping[str, CellValue]]) -> None:
        """Add rows below a table; columns that a row leaves out stay empty or get their column's formula."""
        found = self._table(table)
        rows = [*rows]
        if not rows:
            return
        check_columns(found, rows)
        now = self._edits.last_row(found)
        first = found.first if now == found.first and self._is_blank(found) else now + 1
        self._grow(found, first + len(rows) - 1)
        self._edits.put_rows(found, first, rows, blank=first <= found.last)

    def replace_rows(self, table: str, rows: Iterable[Mapping[str, CellValue]]) -> None:
        """Make the data rows of a table exactly these; one blank row stays when there are none."""
        found = self._table(table)
        rows = [*rows]
        check_columns(found, rows)
        self._edits.forget_new_rows(found)
        inside = max(0, min(len(rows), found.last - found.first + 1))
        self._grow(found, max(found.first + len(rows) - 1, found.first))
        self._edits.put_rows(found, found.first, rows[:inside], blank=True)
        self._edits.put_rows(found, found.first + inside, rows[inside:], blank=False)
        left = range(found.first + len(rows), max(found.last, found.first) + 1)
        for column in range(found.area.left, found.area.right + 1):
            self._edits.of(found.sheet).put_column(left.start, column, [None] * len(left))

    def delete_rows(self, table: str, rows: Iterable[int]) -> None:
        """Delete data rows of a table, counted from 0; those below come up, with formats and formulas.

        What stands below the table stays where it is. A table keeps one row, which is blank when all go.
        """
        found = self._table(table)
        count = self._edits.last_row(found) - found.first + 1
        gone = sorted({*rows})
        for row in gone:
            if isinstance(row, bool) or not isinstance(row, int) or not 0 <= row < count:
                raise Refused(
                    f"Tabel {found.name} op blad {found.sheet} heeft geen regel {row!r}; de regels zijn "
                    f"0 tot en met {count - 1}."
                )
        whole = len(gone) == count
        if leaving := gone[1:] if whole else gone:
            growth = self._edits.leaving(found, self._edits.without(found, leaving))
            known = self._edits.removals.get(found.name)
            if growth and (known is None or known.growth.gone != growth.gone):
                known = removal(self._archive, self._workbook, found, growth)
            self._edits.delete(found, leaving, known)
        for column in range(found.area.left, found.area.right + 1) if whole and gone else ():
            self._edits.of(found.sheet).put_column(found.first, column, [None])

    def add_column(self, table: str, column: str) -> None:
        """Add an empty column at the right edge of a table."""
        found = self._table(table)
        wide = widened(found, column)
        refuse_table_beside(wide, [*self._tables.values()])
        head = header_cell(self._archive, self._workbook.sheets[wide.sheet], wide)
        self._tables[wide.name] = wide
        self._edits.of(wide.sheet).put(wide.area.top, wide.area.right, head)
        self._edits.columns.setdefault(wide.name, []).append(column)

    def define_name(self, name: str, sheet: str, reference: str) -> None:
        """Give one cell of a sheet a name."""
        place = cell(reference)
        if place is None:
            raise Refused(f'Blad {sheet}: "{reference}" is geen cel, zoals B2.')
        quoted = self._sheet(sheet).replace("'", "''")
        self._edits.names[name] = f"'{quoted}'!${letters(place[1])}${place[0]}"

    def part(self, name: str) -> bytes | None:
        """A part of the package as it is in the file, such as xl/vbaProject.bin; None when there is none."""
        return self._archive.read(name) if name in self._archive else None

    def linked_part(self, kind: str) -> str | None:
        """The part the workbook or the package has a relationship of this kind to, such as vbaProject."""
        links = (*self._workbook.links, *relationships(self._archive, ""))
        return next(
            (link.target for link in links if link.kind == kind and link.target in self._archive), None
        )

    def replace_part(self, name: str, data: bytes) -> None:
        """Put other bytes in a part that is no worksheet, table or workbook part."""
        if name not in self._archive:
            raise Refused(f"De werkmap heeft geen onderdeel {name}.")
        self._edits.parts[self._archive.name(name)] = data

    def save(self, path: str | os.PathLike[str] | None = None, *, told: Told = _NOTHING_TOLD) -> None:
        """Write the workbook, here or elsewhere, whole or not at all; nothing when nothing changed.

        `told` goes into the note beside the backup.
        """
        target = self._path if path is None else Path(os.path.realpath(path))
        built = build(self._archive, self._workbook, self._edits)
        if built is None:
            if target != self._path:
                copy_whole(self._original, target)
            return
        note = Note(
            told=told,
            moment=datetime.now().astimezone().replace(tzinfo=None),
            places=places_of(self._edits, self._tables.values()),
        )
        replace(self._archive, self._original, target, built, note)
        if target == self._path:
            self._load()

    def _sheet(self, name: str) -> str:
        for sheet in self._workbook.sheets:
            if sheet.casefold() == name.casefold():
                return sheet
        if name in self._workbook.others:
            raise Refused(f"Blad {name} is geen gewoon werkblad; er kan niets in geschreven worden.")
        raise Refused(
            f'De werkmap heeft geen blad "{name}". De bladen zijn: {", ".join(self._workbook.order)}.'
        )

    def _table(self, name: str) -> Table:
        for table in self._tables.values():
            if table.name.casefold() == name.casefold():
                return table
        known = ", ".join(self._tables) or "geen"
        raise Refused(
            f'De werkmap heeft geen tabel "{name}" (de tabellen zijn: {known}). '
            "Misschien is de tabel hernoemd of omgezet in een gewoon bereik."
        )

    def _refuse_header(self, sheet: str, row: int, column: int, value: CellValue) -> None:
        """A table's header must read as its column is called, or Excel calls the file damaged."""
        for table in self._tables.values():
            at = column - table.area.left
            header = table.headers and table.sheet == sheet and row == table.area.top
            if header and 0 <= at < len(table.columns) and value != table.columns[at]:
                raise Refused(
                    f'Blad {sheet}, cel {letters(column)}{row}: dit is de kop van "{table.columns[at]}" '
                    f"van tabel {table.name}; die veranderen wij niet."
                )

    def _refuse_totals(self, sheet: str, row: int, column: int) -> None:
        """What stands in a totals row is told by the table's part too (18.5.1.3), and may yet move."""
        for table in self._tables.values():
            area = self._edits.area(table)
            inside = table.totals and table.sheet == sheet and area.left <= column <= area.right
            if inside and (row == area.bottom or area.bottom < row == table.area.bottom):
                raise Refused(
                    f"Blad {sheet}, cel {letters(column)}{row}: dit is de totaalrij van tabel {table.name}; "
                    "die veranderen wij niet. Kies in Excel zelf wat er moet staan."
                )

    def _grow(self, table: Table, last: int) -> None:
        self._edits.make_room(table, last)
        if last != table.last or table.name in self._edits.last:
            self._edits.last[table.name] = last

    def _is_blank(self, table: Table) -> bool:
        """Whether the only data row holds nothing but formulas of calculated columns."""
        part = self._workbook.sheets[table.sheet]
        origin = self._edits.without(table, ())[0] if table.last >= table.first else table.first
        spelling, body = read_row(self._archive, part, table.sheet, origin)
        filled = {
            span.column: body[span.start : span.end]
            for span in split_cells(spelling, body, origin, table.sheet)
        }
        given = self._edits.of(table.sheet).row(table.first)
        for column in range(table.area.left, table.area.right + 1):
            calculated = table.formulas[column - table.area.left] is not None
            if column in given:
                if given[column] is not None and not isinstance(given[column], Formula):
                    return False
            elif not is_empty(filled.get(column, b"")) and not (calculated and formula_tag(filled[column])):
                return False
        return True
