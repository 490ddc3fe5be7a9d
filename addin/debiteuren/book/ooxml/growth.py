"""What follows when a table gets another last row or loses rows: which ranges are its own, where they go."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from .references import Area, change_references, rows_fixed, with_rows
from .refusals import Refused


@dataclass(frozen=True, slots=True)
class Growth:
    """A table of which the last data row was old and is new; new may be the smaller.

    gone: data rows that went, ascending; what stood below them within the table came up.
    """

    sheet: str
    left: int
    right: int
    first: int
    old: int
    new: int
    totals: int
    gone: tuple[int, ...] = ()

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
        """The reference, where what it points at stands now.

        Raises:
            Refused: all of it went.
        """
        area = Area.parse(reference)
        if area is None:
            return reference
        if self.follows(area, wide=wide):
            return with_rows(reference, area.top, area.bottom + self.new - self.old)
        if self.gone and self.left <= area.left and area.right <= self.right:
            return self._moved_up(reference, area)
        return reference

    def row(self, row: int) -> int:
        """Where a row of the table that stays, or one above or below it, stands now."""
        if row > self.old + self.totals:
            return row
        if row > self.old:
            return row + self.new - self.old
        return row - bisect_left(self.gone, row)

    def _went(self, row: int) -> bool:
        place = bisect_left(self.gone, row)
        return place < len(self.gone) and self.gone[place] == row

    def _moved_up(self, reference: str, area: Area) -> str:
        top, bottom = area.top, area.bottom
        while top <= bottom and self._went(top):
            top += 1
        while top <= bottom and self._went(bottom):
            bottom -= 1
        if top > bottom:
            raise Refused(
                f"Blad {self.sheet}: {area} ligt in de regels die weg moeten, maar een formule, naam, "
                "opmaakregel of grafiek verwijst daarnaar. Haal die verwijzing eerst weg."
            )
        return with_rows(reference, self.row(top), self.row(bottom))


def moved_sqref(sqref: str, growths: Sequence[Growth]) -> str:
    """A list of references (ST_Sqref), each moved by the first table it follows."""
    parts = sqref.split()
    moved: list[str] = []
    refusal = None
    for part in parts:
        try:
            moved.append(_first_move(part, growths, wide=False))
        except Refused as gone:  # the other areas stay
            refusal = gone
    if refusal and not moved:
        raise refusal
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
        if name is None or not (relative or rows_fixed(reference)):
            return reference
        there = [growth for growth in growths if growth.sheet.casefold() == name.casefold()]
        if not (single or ":" in reference):
            there = [growth for growth in there if growth.gone]
        return _first_move(reference, there, wide=wide)

    return change_references(formula, one)
