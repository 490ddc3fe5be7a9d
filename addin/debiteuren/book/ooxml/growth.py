"""What follows when a table gets another last row: which ranges end with it, and where they end then."""

from collections.abc import Sequence
from dataclasses import dataclass

from .references import Area, change_references, rows_fixed, with_bottom


@dataclass(frozen=True, slots=True)
class Growth:
    """A table of which the last data row was old and is new; new may be the smaller."""

    sheet: str
    left: int
    right: int
    first: int
    old: int
    new: int
    totals: int

    def follows(self, area: Area, *, wide: bool = False) -> bool:
        """Whether an area covers the table's rows to the end, within its columns (wide: or beyond them).

        A rule on part of the rows is not the table's and stays as it is.
        """
        if (
            area.top > self.first
            or area.bottom not in (self.old, self.old + self.totals)
            or area.bottom < area.top
        ):
            return False
        within = self.left <= area.left and area.right <= self.right
        return within or (wide and area.left <= self.left and self.right <= area.right)

    def moved(self, reference: str, *, wide: bool = False) -> str:
        """The reference, ending where the table ends now when it ended with the table."""
        area = Area.parse(reference)
        if area is None or not self.follows(area, wide=wide):
            return reference
        return with_bottom(reference, area.bottom + self.new - self.old)


def moved_sqref(sqref: str, growths: Sequence[Growth]) -> str:
    """A list of references (ST_Sqref), each moved by the first table it follows."""
    parts = sqref.split()
    moved = [_first_move(part, growths, wide=False) for part in parts]
    return sqref if moved == parts else " ".join(moved)


def _first_move(reference: str, growths: Sequence[Growth], *, wide: bool) -> str:
    for growth in growths:
        moved = growth.moved(reference, wide=wide)
        if moved != reference:
            return moved
    return reference


def moved_formula(
    formula: str,
    growths: Sequence[Growth],
    *,
    home: str | None = None,
    relative: bool = False,
    wide: bool = False,
    single: bool = True,
) -> str:
    """A formula whose ranges follow the tables they cover.

    home is the sheet of references that name none; relative allows rows without a dollar; wide is Growth's;
    single allows one bare cell (a table of one row).
    """

    def one(sheet: str | None, reference: str) -> str:
        name = sheet if sheet is not None else home
        if name is None or not (relative or rows_fixed(reference)) or not (single or ":" in reference):
            return reference
        there = [growth for growth in growths if growth.sheet.casefold() == name.casefold()]
        return _first_move(reference, there, wide=wide)

    return change_references(formula, one)
