"""The columns of one table → domain values; every cell that can't be read becomes a Problem with its place.

Answers: what do these cells say, and where they say nothing usable, what to do about it.
Source: docs/regels.md, "Fouten en twijfel" (what falsifies money or days stops the run, doubt only warns).
Whole columns at a time, because 100,000 rows cell by cell cost more than reading the file.
Leaves to others: which columns make up an invoice (tables.py), what it means (domain, rules).
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from debiteuren.book.values import (
    choices,
    existing_day,
    holds,
    parse_day,
    rounded,
    shown,
    split_moment,
    texts_of,
    tidy,
)
from debiteuren.book.workbook import Cell, CellFault, Grid
from debiteuren.domain.money import from_number, parse_amount
from debiteuren.domain.problem import Problem, Severity

Choice = TypeVar("Choice", bound=StrEnum)

_EARLIEST, _LATEST = date(1990, 1, 1), date(2199, 12, 31)
_LAST_SERIAL = 110_000  # a day in 2201; larger numbers are no days


class TableReader:
    """Reads the columns of `grid` over the rows that hold any of `columns`; `problems` collects all of them.

    `rows` are the sheet rows (from 1) of what each method returns, in that order.
    """

    def __init__(
        self, grid: Grid, columns: Sequence[str], problems: list[Problem], epoch: date = date(1899, 12, 30)
    ) -> None:
        self.grid = grid
        self.problems = problems
        self._epoch = epoch
        place = {name: index for index, name in enumerate(grid.columns)}
        wanted = [place[name] for name in columns if name in place]
        first = wanted[0] if wanted else 0
        full = [
            index
            for index, row in enumerate(grid.rows)
            if row[first].__class__ is float
            or (row[first].__class__ is str and row[first][:1].isalnum())  # type: ignore[index] # a str
            or any(holds(row[place]) for place in wanted)
        ]
        self.rows = [grid.first_row + index for index in full]
        kept = grid.rows if len(full) == len(grid.rows) else [grid.rows[index] for index in full]
        self._cells: dict[str, Sequence[Cell]] = (
            dict(zip(grid.columns, zip(*kept, strict=True), strict=True)) if kept else {}
        )

    def cells(self, column: str) -> Sequence[Cell]:
        """The raw cells, or as many None where there is no such column."""
        return self._cells.get(column) or [None] * len(self.rows)

    def fault(self, index: int, column: str, found: str, remedy: str) -> None:
        """Something that would falsify money or days."""
        self._add(Severity.FAULT, index, column, found, remedy)

    def doubt(self, index: int, column: str, found: str, remedy: str) -> None:
        """Something to look at; the run goes on."""
        self._add(Severity.WARNING, index, column, found, remedy)

    def _add(self, severity: Severity, index: int, column: str, found: str, remedy: str) -> None:
        self.problems.append(
            Problem(
                severity=severity,
                sheet=self.grid.sheet,
                row=self.rows[index],
                column=column,
                found=found,
                remedy=remedy,
            )
        )

    def missing(self, index: int, column: str, example: str) -> None:
        """A required cell is empty."""
        self.fault(index, column, "Deze cel is leeg.", f"vul hier iets in, bijvoorbeeld {example}.")

    def texts(self, column: str) -> list[str]:
        """Text, '' when empty; an error cell such as #N/B is doubt."""
        cells = self.cells(column)
        for index, cell in enumerate(cells):
            if cell.__class__ is CellFault:
                self.doubt(
                    index,
                    column,
                    f"Hier staat de fout {shown(cell)}.",
                    "herstel de formule of maak de cel leeg.",
                )
        return texts_of(cells)

    def keys(self, column: str, example: str) -> list[str]:
        """Required text such as an invoice number; an empty or error cell is a fault."""
        cells = self.cells(column)
        found = texts_of(cells)
        for index, text in enumerate(found):
            if text:
                continue
            cell = cells[index]
            if isinstance(cell, CellFault):
                self.fault(
                    index,
                    column,
                    f"Hier staat de fout {shown(cell)}.",
                    f"vul een waarde in, bijvoorbeeld {example}.",
                )
            else:
                self.missing(index, column, example)
        return found

    def amounts(self, column: str, *, required: bool = False) -> list[Decimal | None]:
        """Amounts in euros, None when empty; no exact amount is a fault, and so is empty if `required`."""
        out: list[Decimal | None] = []
        known: dict[float, Decimal | None] = {}
        for index, cell in enumerate(self.cells(column)):
            if cell.__class__ is float:
                amount = known.get(cell)
                if amount is None:
                    amount = known[cell] = self._amount(index, column, cell)
                out.append(amount)
            elif holds(cell):
                out.append(self._amount(index, column, cell))
            else:
                if required:
                    self.missing(index, column, "1234,56")
                out.append(None)
        return out

    def _amount(self, index: int, column: str, cell: Cell) -> Decimal | None:
        is_number = isinstance(cell, float | int) and not isinstance(cell, bool)
        try:
            if is_number:
                return from_number(cell)  # type: ignore[arg-type] # is_number
            if isinstance(cell, str):
                return parse_amount(cell)
        except (ValueError, ArithmeticError):
            pass
        if is_number:
            self.fault(
                index,
                column,
                f"Hier staat {shown(cell)}. Dat zijn geen hele centen.",
                f"rond af op centen, bijvoorbeeld {rounded(cell)}.",  # type: ignore[arg-type] # is_number
            )
        else:
            self.fault(
                index,
                column,
                f"Hier staat {shown(cell)}. Dat is geen bedrag.",
                "vul een bedrag in met een komma en twee cijfers erachter, bijvoorbeeld 1234,56.",
            )
        return None

    def days(self, column: str, *, required: bool = False, latest: date = _LATEST) -> list[date | None]:
        """Calendar days, None when empty; no existing day is a fault, and so is empty if `required`.

        `latest`: users write 31-12-9999 for "never" where a pause has an end.
        """
        out: list[date | None] = []
        for index, cell in enumerate(self.cells(column)):
            if type(cell) is date and _EARLIEST <= cell <= latest:
                out.append(cell)
            elif not holds(cell):
                if required:
                    self.missing(index, column, "21-11-2026")
                out.append(None)
            else:
                moment = self._moment(index, column, cell, latest)
                out.append(None if moment is None else moment.date())
        return out

    def moments(self, column: str, *, required: bool = True) -> list[datetime | None]:
        """Days with or without a time of day (then 00:00); empty is a fault if `required`."""
        out: list[datetime | None] = []
        for index, cell in enumerate(self.cells(column)):
            if holds(cell):
                out.append(self._moment(index, column, cell, _LATEST))
            else:
                if required:
                    self.missing(index, column, "21-11-2026 10:30")
                out.append(None)
        return out

    def _moment(self, index: int, column: str, cell: Cell, latest: date) -> datetime | None:
        found, moment = "Dat is geen datum.", None
        remedy = "vul een datum in als dag-maand-jaar, bijvoorbeeld 21-11-2026."
        if isinstance(cell, datetime):
            moment = cell.replace(tzinfo=None, microsecond=0)
        elif isinstance(cell, date):
            moment = datetime.combine(cell, time())
        elif isinstance(cell, float | int) and not isinstance(cell, bool) and 0 < cell < _LAST_SERIAL:
            seconds = round((cell - int(cell)) * 86_400)
            moment = datetime.combine(self._epoch, time()) + timedelta(days=int(cell), seconds=seconds)
        elif isinstance(cell, str):
            day, clock = split_moment(tidy(cell))
            try:
                moment = datetime.combine(parse_day(day), clock)
            except ValueError as why:
                if str(why) == "no such day":
                    found = "Die datum bestaat niet."
                    remedy = f"vul een datum in, bijvoorbeeld {existing_day(day)}."
        if moment is not None and _EARLIEST <= moment.date() <= latest:
            return moment
        if moment is not None:
            found = "Dat jaar kan niet kloppen."
        self.fault(index, column, f"Hier staat {shown(cell)}. {found}", remedy)
        return None

    def wholes(self, column: str, *, least: int = 0, most: int = 3650) -> list[int | None]:
        """Whole numbers from `least` to `most`, None when empty; anything else is a fault."""
        out: list[int | None] = []
        for index, cell in enumerate(self.cells(column)):
            number: float | None = None
            if isinstance(cell, float | int) and not isinstance(cell, bool):
                number = cell
            elif isinstance(cell, str) and tidy(cell).isascii() and tidy(cell).isdigit():
                number = float(tidy(cell))
            if number is not None and number == number // 1 and least <= number <= most:
                out.append(int(number))
                continue
            if holds(cell):
                self.fault(
                    index,
                    column,
                    f"Hier staat {shown(cell)}. Dat is geen heel getal van {least} tot en met {most}.",
                    "vul een heel getal in, bijvoorbeeld 30.",
                )
            out.append(None)
        return out

    def choices(
        self, column: str, words: type[Choice], otherwise: Choice | None = None
    ) -> list[Choice | None]:
        """The drop-down words, however capitalised; empty: None; an unknown word: `otherwise` and doubt."""
        known = choices(words)
        cells = self.cells(column)
        out: list[Choice | None] = []
        for index, text in enumerate(texts_of(cells)):
            word = known.get(text.casefold()) if text else None
            if word is None and (text or isinstance(cells[index], CellFault)):
                word = otherwise
                kept = f'geldt het als "{otherwise.value}"' if otherwise else "telt het niet mee"
                self.doubt(
                    index,
                    column,
                    f"Hier staat {shown(cells[index])}. "
                    f"Dat staat niet in de keuzelijst; tot u kiest, {kept}.",
                    "kies een van: " + ", ".join(choice.value for choice in words) + ".",
                )
            out.append(word)
        return out

    def doubles_fault(self, column: str, keys: Sequence[str], remedy: str) -> None:
        """A key that must be unique stands twice, and counting it twice would falsify money."""
        for index, key, row in self._doubles(keys):
            self.fault(index, column, f'Hier staat "{key}", en dat staat ook in rij {row}.', remedy)

    def doubles_doubt(self, column: str, keys: Sequence[str]) -> None:
        """A key that should be unique stands twice; the first row counts."""
        for index, key, row in self._doubles(keys):
            self.doubt(
                index,
                column,
                f'Hier staat "{key}", en dat staat ook in rij {row}; die rij geldt.',
                "geef een van beide een ander nummer of wis er een.",
            )

    def _doubles(self, keys: Sequence[str]) -> list[tuple[int, str, int]]:
        """Index, key and sheet row of its first place, for every key that was there before."""
        first: dict[str, int] = {}
        return [
            (index, key, self.rows[first[key]])
            for index, key in enumerate(keys)
            if key and first.setdefault(key, index) != index
        ]
