"""The open workbook as the port of book/workbook.py.

Answers: what stands in the open sheets, and how do our results get there without disturbing the user.
Source: docs/regels.md, "Werkmap" and "Beloften".
Leaves to others: what a value means (cells.py), what is to be written where (write_plan.py), what the user is
asked (buttons.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Literal, Self

import xlwings

from debiteuren.book.cells import write_cell
from debiteuren.book.journal import Journal
from debiteuren.book.layout import BY_NAME
from debiteuren.book.layout_cells import SETTINGS_CELLS
from debiteuren.book.layout_parts import Kind
from debiteuren.book.live.patience import be_patient
from debiteuren.book.live.refusals import NO_FOLDER_FOUND, in_dutch, refusals
from debiteuren.book.live.remembering import Blocks, copy_kept, journal_kept, places_of
from debiteuren.book.live.restoring import (
    NotRestoredError,
    half_written,
    put_back_afterwards,
    undone_on_failure,
)
from debiteuren.book.live.selection import Selected, selected
from debiteuren.book.live.strips import Strip, cells_of, changed
from debiteuren.book.live.tables import OpenTable
from debiteuren.book.surface import require_surface
from debiteuren.book.workbook import Cell, CellFault, Changes, Contents, Grid
from debiteuren.book.write_plan import TablePlan, plan_back, plan_tables
from debiteuren.domain.problem import NOTHING_CHANGED, SurroundingsError

_OPEN_FOR_EDITING = (
    "staat er Beveiligde weergave boven het blad, klik dan op Bewerken inschakelen; sluit anders Excel, open "
    "de werkmap opnieuw en klik nog eens."
)


class LiveWorkbook:
    """A workbook that is open in Excel.

    With `saves`, what is written is saved at once, or taken back when that fails: a draft may only be placed
    once its row in Contact can't be lost. Otherwise saving is the user's own business.
    """

    def __init__(self, book: xlwings.Book, *, saves: bool = False) -> None:
        self._book = book
        self._saves = saves
        self._read: Contents | None = None
        self.journal: Journal | None = None
        be_patient()
        with in_dutch("Excel zegt niet in welke map deze werkmap staat", NO_FOLDER_FOUND):
            name = book.fullname
        if not PureWindowsPath(name).is_absolute() and not PurePosixPath(name).is_absolute():
            raise SurroundingsError(f"{NOTHING_CHANGED}sla de werkmap eerst op en klik opnieuw.")
        self.path = Path(name)

    @classmethod
    def caller(cls) -> Self:
        """The workbook whose button was clicked."""
        be_patient()
        with in_dutch(
            "Excel zegt niet welke werkmap de knop bedoelt", KeyError, OSError, remedy=_OPEN_FOR_EDITING
        ):
            book = xlwings.Book.caller()
        return cls(book)

    def saving(self) -> "LiveWorkbook":
        """The same workbook, saved after every write."""
        book = LiveWorkbook(self._book, saves=True)
        book.journal = self.journal
        return book

    def keep_journal(self, folder: Path) -> None:
        """From now on, keep in this folder of the user's what is needed to take a run back."""
        self.journal = Journal(folder, self.path)

    def read(self) -> Contents:
        """All tables and named cells.

        Raises:
            UserError: not our workbook, or a table or column is gone.
            SurroundingsError: Excel does not answer.
        """
        with in_dutch():
            if self._book.app.calculation != "automatic":
                self._book.app.calculate()  # or a formula still shows the amount of before
            grids = {name: table.read() for name, table in self._tables().items()}
            require_surface({name: grid.columns for name, grid in grids.items()})
            places = {cell.name: self._place(cell.name) for cell in SETTINGS_CELLS}
            names = {name: cells_of(place)[0][0] for name, place in places.items() if place is not None}
        self._read = Contents(grids={name: grids[name] for name in BY_NAME if name in grids}, names=names)
        return self._read

    def write(self, changes: Changes) -> None:
        """Write it all, or put the sheets back as they were; what already stands there is left alone.

        Raises:
            SheetChangedError: the rows are no longer those that were read.
            UserError: the sheets do not allow it, such as cells in use below a table that must grow.
            SurroundingsError: Excel refuses.
        """
        contents = self._read or self.read()
        plans = plan_tables(contents.grids, changes)
        blocks = changes.blocks.items() if self._saves or self.journal else ()
        before = {name: self.standing(name, block) for name, block in blocks}
        with journal_kept(self.journal, changes, contents.grids, plans, before, saved=self._saves):
            self.carry_out(contents.grids, plans, changes, before)

    def carry_out(
        self, grids: Mapping[str, Grid], plans: Sequence[TablePlan], changes: Changes, before: Blocks
    ) -> None:
        """Do what was planned for sheets that hold `grids`, and the blocks of `changes`, as `write` does.

        `before`: what stands where those blocks go.
        """
        self._read = None
        with ExitStack() as kept:
            if self._saves:
                lefts = {name: table.column for name, table in self._tables().items()}
                kept.enter_context(copy_kept(self.path, changes, places_of(grids, plans, lefts)))
            with suppress(*[NotRestoredError] if self._saves else []):  # saving says if Excel listens again
                self._apply(grids, plans, changes.blocks)
            if not self._saves:
                return
            try:
                with in_dutch("Excel kan de werkmap niet opslaan"):
                    self._book.save()
            except SurroundingsError:
                with half_written():
                    self._apply(self.read().grids, plan_back(plans, grids), before)
                self._read = None
                raise

    def _apply(
        self,
        grids: Mapping[str, Grid],
        plans: Sequence[TablePlan],
        blocks: Mapping[str, Sequence[Sequence[Cell]]],
    ) -> None:
        """Carry out the plans on sheets that still hold `grids`."""
        with in_dutch(), self._undisturbed():
            tables = self._tables()
            require_surface({name: grids[name].columns for name in tables})
            for plan in plans:
                tables[plan.table].require_unchanged(grids[plan.table])
            self._write(plans, tables, grids, blocks)

    def calculated(self, name: str) -> frozenset[str]:
        """The columns of a table that hold formulas and are not ours."""
        with in_dutch():
            table, ours = self._tables()[name], BY_NAME[name].names()
            columns = enumerate(table.read().columns)
            return frozenset(
                column for place, column in columns if column not in ours and table.calculates(place)
            )

    def selected(self, contents: Contents) -> Selected:
        """Whose row is selected, and about which invoices; `contents` as just read."""
        return selected(self._book, contents)

    def show_status(self, text: str | None) -> None:
        """Show what is going on in the status bar; None gives the bar back to Excel."""
        with in_dutch():
            self._book.app.status_bar = text if text is not None else False

    def alert(self, text: str, title: str, buttons: Literal["ok", "ok_cancel", "yes_no"]) -> str:
        """Show a message box and give the button that was clicked: ok, cancel, yes or no."""
        with in_dutch():
            return self._book.app.alert(text, title, buttons) or "cancel"

    def _tables(self) -> dict[str, OpenTable]:
        """Our tables by name, on whatever sheet they stand."""
        return {
            name: OpenTable.of(table, name, sheet)
            for sheet in self._book.sheets
            for table in sheet.tables
            if (name := table.name) in BY_NAME
        }

    def _place(self, name: str) -> xlwings.Range | None:
        """The cells a defined name refers to; None where the user deleted it or its cells."""
        if name not in self._book.names:
            return None
        try:
            return self._book.names[name].refers_to_range
        except refusals():
            return None

    def _write(
        self,
        plans: Sequence[TablePlan],
        tables: Mapping[str, OpenTable],
        grids: Mapping[str, Grid],
        blocks: Mapping[str, Sequence[Sequence[Cell]]],
    ) -> None:
        strips = [strip for name, block in blocks.items() for strip in self._block_strips(name, block)]
        touched = []
        for plan in plans:
            table_strips = _table_strips(plan, tables[plan.table], grids[plan.table])
            if table_strips or plan.after != plan.before:
                touched.append(plan)
                strips += table_strips
        with put_back_afterwards() as afterwards, undone_on_failure() as undo:
            for plan in touched:
                tables[plan.table].lift_filters(grids[plan.table].columns, afterwards)
                tables[plan.table].resize(plan.after, afterwards, undo)
            for strip in strips:
                undo.callback(strip.restore)
                strip.write()
            for strip in strips:
                strip.require_written()

    def _area(self, name: str, block: Sequence[Sequence[Cell]]) -> xlwings.Range | None:
        """The cells a block will take, from the top left cell of its name; None where that is gone."""
        place = self._place(name)
        if place is None or not block:
            return None
        width = max(len(line) for line in block)
        row, column = place.row, place.column
        return place.sheet.range((row, column), (row + len(block) - 1, column + width - 1))

    def standing(self, name: str, block: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
        """What stands where a block will go, as values that can be put back."""
        area = self._area(name, block)
        if area is None:
            return []
        return [[None if isinstance(cell, CellFault) else cell for cell in line] for line in cells_of(area)]

    def _block_strips(self, name: str, block: Sequence[Sequence[Cell]]) -> list[Strip]:
        """What must be written for a block."""
        area = self._area(name, block)
        if area is None:
            return []
        before = cells_of(area)
        return changed(
            Strip(
                area=area[:, across : across + 1],
                sheet=area.sheet.name,
                row=area.row,
                name=name,
                kind=Kind.TEXT,
                values=tuple(write_cell(line[across]) if across < len(line) else None for line in block),
                before=tuple(line[across] for line in before),
            )
            for across in range(len(before[0]))
        )

    @contextmanager
    def _undisturbed(self) -> Iterator[None]:
        """No flicker, no recalculation and no macros of the user while we write; as it was afterwards."""
        app = self._book.app
        with put_back_afterwards() as afterwards:
            for setting, value in (
                ("screen_updating", False),
                ("enable_events", False),
                ("calculation", "manual"),
            ):
                afterwards.callback(setattr, app, setting, getattr(app, setting))
                setattr(app, setting, value)
            yield


def _table_strips(plan: TablePlan, table: OpenTable, grid: Grid) -> list[Strip]:
    """What must be written for this table: columns whose values differ, and rows that it lets go."""
    ours = {column.name: column.kind for column in BY_NAME[plan.table].columns}

    def strip(place: int, start: int, values: Sequence[Cell]) -> Strip:
        end = start + len(values)
        before = [row[place] for row in grid.rows[start:end]]
        return Strip(
            area=table.area(start, end, place, 1),
            sheet=grid.sheet,
            row=grid.first_row + start,
            name=grid.columns[place],
            kind=ours.get(grid.columns[place], Kind.TEXT),
            values=tuple(values),
            before=(*before, *[None] * (len(values) - len(before))),
        )

    strips = []
    for block in plan.blocks:
        place = grid.columns.index(block.column)
        # A formula of the user's is carried into every row by Excel itself.
        if block.column in ours or not table.calculates(place):
            strips.append(strip(place, block.start, block.values))
    kept = max(plan.after, 1)
    if kept < plan.before:
        strips += [strip(place, kept, [None] * (plan.before - kept)) for place in range(len(grid.columns))]
    return changed(strips)
