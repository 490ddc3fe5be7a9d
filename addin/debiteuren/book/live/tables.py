"""A table on an open sheet: where it stands, what it holds, and room for the rows it will have.

Answers: did the user change it since it was read, may it grow, and can its filters be lifted for a moment.
Leaves to others: which rows it will have (write_plan.py), the values in them (strips.py).
"""

from contextlib import ExitStack
from dataclasses import dataclass

import xlwings
from xlwings.main import Table

from debiteuren.book.cells import data_rows
from debiteuren.book.layout import BY_NAME
from debiteuren.book.layout_parts import Role
from debiteuren.book.live.filters import active_criteria, put_back
from debiteuren.book.live.strips import cells_of, lines_of
from debiteuren.book.workbook import Grid
from debiteuren.domain.problem import NOTHING_CHANGED, Problem, SurroundingsError, UserError


class SheetChangedError(SurroundingsError):
    """The user sorted or typed between reading and writing; a new run on what stands there now will do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTable:
    """Where a table stands: header row, left column, and data rows on the sheet (at least the empty one)."""

    table: Table
    name: str
    sheet: xlwings.Sheet
    row: int
    column: int
    width: int
    height: int
    has_totals: bool

    @classmethod
    def of(cls, table: Table, name: str, sheet: xlwings.Sheet) -> "OpenTable":
        """The table where it stands now."""
        where, has_totals = table.range, bool(table.show_totals)
        height, width = where.shape
        return cls(
            table=table,
            name=name,
            sheet=sheet,
            row=where.row,
            column=where.column,
            width=width,
            height=max(height - 1 - has_totals, 1),
            has_totals=has_totals,
        )

    def area(self, start: int, end: int, place: int = 0, width: int = 0) -> xlwings.Range:
        """Data rows `start` up to `end` (-1 is the header), whole or `width` columns from `place`."""
        left = self.column + place
        return self.sheet.range(
            (self.row + 1 + start, left), (self.row + end, left + (width or self.width) - 1)
        )

    def read(self) -> Grid:
        """Header and rows, in one call."""
        header, *body = cells_of(self.area(-1, self.height))
        columns = tuple("" if name is None else str(name) for name in header)
        ours = BY_NAME[self.name].names()
        return Grid(
            table=self.name,
            sheet=self.sheet.name,
            first_row=self.row + 1,
            columns=columns,
            rows=data_rows(body, [index for index, name in enumerate(columns) if name in ours]),
        )

    def calculates(self, place: int) -> bool:
        """Whether the column at that position holds formulas."""
        formulas = lines_of(self.area(0, self.height, place, 1).formula)
        return any(str(formula).startswith("=") for (formula,) in formulas)

    def require_unchanged(self, was: Grid) -> None:
        """See to it that the rows, and what the user fills in there, still are what was read.

        Raises:
            SheetChangedError: he has sorted, or typed.
        """
        now = self.read()
        places = [
            was.columns.index(name)
            for name in BY_NAME[self.name].names(Role.REQUIRED, Role.INPUT)
            if name in was.columns
        ]
        if (
            (was.columns, was.first_row, len(was.rows)) != (now.columns, now.first_row, len(now.rows))
        ) or any(
            before[place] != after[place]
            for before, after in zip(was.rows, now.rows, strict=True)
            for place in places
        ):
            raise SheetChangedError(
                f"{NOTHING_CHANGED}het blad {was.sheet} veranderde terwijl het programma rekende",
                [
                    Problem(
                        sheet=was.sheet,
                        found="Er is gesorteerd of iets ingevuld tussen lezen en schrijven.",
                        remedy="klik nog een keer op de knop.",
                    )
                ],
            )

    def lift_filters(self, columns: tuple[str, ...], afterwards: ExitStack) -> None:
        """Take the user's filters off until `afterwards`.

        Raises:
            UserError: one can't be put back as it was.
        """
        table_filter = self.table.autofilter
        if criteria := active_criteria(table_filter, self.sheet.name, columns):
            afterwards.callback(put_back, table_filter, criteria)
            table_filter.clear()

    def resize(self, height: int, afterwards: ExitStack, undo: ExitStack) -> None:
        """Give the table this many data rows, at least the one that Excel wants; what stands there stays.

        Rows that come in take the number formats of the first.

        Raises:
            UserError: a row that would come in is in use.
        """
        height = max(height, 1)
        if height == self.height:
            return
        if height > self.height:
            self._require_empty_below(height)
        if self.has_totals:
            # Excel moves the row of totals along by itself, when it is off during the change.
            self.table.show_totals = False
            afterwards.callback(setattr, self.table, "show_totals", True)
        undo.callback(self.table.resize, self.area(-1, self.height))
        self.table.resize(self.area(-1, height))
        for place in range(self.width if height > self.height else 0):
            own = self.area(0, 1, place, 1).number_format
            self.area(self.height, height, place, 1).number_format = own

    def _require_empty_below(self, height: int) -> None:
        below = self.area(self.height + self.has_totals, height + self.has_totals)
        for row, line in enumerate(cells_of(below), start=below.row):
            if any(cell is not None for cell in line):
                raise UserError.of(
                    [
                        Problem(
                            sheet=self.sheet.name,
                            row=row,
                            found=f"Hier staat iets, vlak onder de tabel {self.name}, die moet groeien.",
                            remedy="verplaats wat onder de tabel staat, bijvoorbeeld naar een eigen blad.",
                        )
                    ]
                )
