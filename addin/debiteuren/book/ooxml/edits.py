"""What was asked so far: values by sheet and cell, the last row and new columns of tables, names, parts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from .growth import Growth
from .references import MAX_ROW, Area, letters
from .refusals import Refused
from .removal import Removal
from .sheet_cells import SheetCells
from .tables import Table
from .templates import Template


def check_columns(table: Table, rows: Sequence[Mapping[str, object]]) -> dict[str, int]:
    """Where the columns stand that the rows name; refuses a name the table does not have."""
    return {name: table.column(name) for name in dict.fromkeys(chain.from_iterable(rows))}


@dataclass(slots=True)
class Edits:
    """Everything that is to be written, nothing of it written yet."""

    tables: Mapping[str, Table]
    cells: dict[str, SheetCells] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    origins: dict[str, list[int]] = field(default_factory=dict)  # the file's row of each data row; 0 if new
    removals: dict[str, Removal] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    parts: dict[str, bytes] = field(default_factory=dict)

    def of(self, sheet: str) -> SheetCells:
        """What is to be written into a sheet."""
        return self.cells.setdefault(sheet, SheetCells())

    def put_rows(
        self, table: Table, first: int, rows: Sequence[Mapping[str, object]], *, blank: bool
    ) -> None:
        """Table rows from a row on: left-out columns get their formula, or with blank nothing."""
        if not rows:
            return
        places = check_columns(table, rows)
        names = {place: name for name, place in places.items()}
        if len(names) < len(places):  # the same column, in other capitals
            rows = [{names[places[name]]: value for name, value in row.items()} for row in rows]
        cells = self.of(table.sheet)
        for place, formula in enumerate(table.formulas, table.area.left):
            if place in names:
                name = names[place]
                cells.put_column(first, place, [row.get(name, formula) for row in rows])
            elif blank or formula:
                cells.put_column(first, place, [formula] * len(rows))

    def last_row(self, table: Table) -> int:
        """The last data row the table has, or is to have."""
        return self.last.get(table.name, table.last)

    def area(self, table: Table) -> Area:
        """The cells the table takes, or is to take."""
        bottom = self.last_row(table) + table.totals
        return Area(left=table.area.left, top=table.area.top, right=table.area.right, bottom=bottom)

    def make_room(self, table: Table, last: int) -> None:
        """Refuse a last row when a table, the end of the sheet or a cell set before lies in the way."""
        now = self.last_row(table)
        where = f"Tabel {table.name} op blad {table.sheet}"
        if last + table.totals > MAX_ROW:
            raise Refused(f"{where} zou tot rij {last} gaan; een blad heeft {MAX_ROW} rijen.")
        new = Area(
            left=table.area.left,
            top=now + 1 + table.totals,
            right=table.area.right,
            bottom=last + table.totals,
        )
        for other in self.tables.values():
            if (
                other.name != table.name
                and other.sheet == table.sheet
                and last > now
                and self.area(other).meets(new)
            ):
                raise Refused(
                    f"{where} heeft geen plaats voor regels {now + 1} tot en met {last}: tabel {other.name} "
                    f"({self.area(other)}) ligt in de weg. Zet een van beide op een ander blad."
                )
        self._refuse_set_cells(table, max(now, table.last) + 1 + table.totals, last + table.totals)

    def _refuse_set_cells(self, table: Table, first: int, last: int) -> None:
        cells = self.cells.get(table.sheet)
        for row, column, value in cells.between(first, last) if cells else ():
            if value is not None and table.area.left <= column <= table.area.right:
                raise Refused(
                    f"Blad {table.sheet}: cel {letters(column)}{row} is al gevuld en ligt in de weg van "
                    f"de nieuwe regels van tabel {table.name}."
                )

    def forget_new_rows(self, table: Table) -> None:
        """Take back the rows that were to come below the last one the file has."""
        if cells := self.cells.get(table.sheet):
            columns = range(table.area.left, table.area.right + 1)
            cells.forget(table.last + 1, self.last_row(table), columns)
        self.last[table.name] = min(self.last_row(table), table.last)

    def without(self, table: Table, rows: Sequence[int]) -> list[int]:
        """The origins of the data rows that stay when these (from 0) go."""
        known = self.origins.get(table.name, [*range(table.first, table.last + 1)])
        count = self.last_row(table) - table.first + 1
        gone = frozenset(rows)
        origins = [*known, *[0] * (count - len(known))][:count]
        return [origin for place, origin in enumerate(origins) if place not in gone]

    def leaving(self, table: Table, origins: Sequence[int]) -> Growth | None:
        """What the file's own rows see of it; None when all of them stay."""
        gone = tuple(sorted({*range(table.first, table.last + 1)} - {*origins}))
        return replace(self._growth(table), new=table.last - len(gone), gone=gone) if gone else None

    def delete(self, table: Table, rows: Sequence[int], removal: Removal | None) -> None:
        """Take data rows (from 0) out of the table; removal: what the file's own rows see of it."""
        origins, last = self.without(table, rows), self.last_row(table)
        columns = range(table.area.left, table.area.right + 1)
        gone = frozenset(table.first + row for row in rows)
        self.of(table.sheet).take_out(table.first, last, gone, columns)
        self.origins[table.name] = origins
        self.last[table.name] = last - len(gone)
        if removal:
            self.removals[table.name] = removal

    def _growth(self, table: Table) -> Growth:
        return Growth(
            sheet=table.sheet,
            left=table.area.left,
            right=table.area.right,
            first=table.first,
            old=table.last,
            new=self.last_row(table),
            totals=table.totals,
            gone=self.removals[table.name].growth.gone if table.name in self.removals else (),
        )

    def spans(self, sheet: str) -> Iterator[tuple[int, int, int]]:
        """Column, first and last row of all that is written or moves."""
        yield from self.cells[sheet].spans()
        for removal in self.removals.values():
            if removal.growth.sheet == sheet:
                for column in range(removal.here.left, removal.here.right + 1):
                    yield column, removal.here.top, removal.here.bottom

    def fills(self, table: Table) -> bool:
        """Whether a data row of the table gets a value."""
        cells = self.cells.get(table.sheet)
        return any(
            value is not None and table.area.left <= column <= table.area.right
            for _, column, value in (cells.between(table.first, self.last_row(table)) if cells else ())
        )

    def growths(self) -> dict[str, Growth]:
        """The tables that get another last row, by name."""
        return {table.name: self._growth(table) for table in self.tables.values() if table.name in self.last}

    def template(self, name: str, growth: Growth) -> Template:
        """The table as its sheet has it once rows of the file have come up."""
        table = self.tables[name]
        grown = replace(growth, old=growth.old - len(growth.gone), gone=())
        return Template(name, grown, totals_row=table.area.bottom if table.totals else 0)
