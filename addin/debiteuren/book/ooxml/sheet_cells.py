"""The values that are to be written into one worksheet.

Kept by column: 100,000 rows are a few lists and not as many dictionaries, and whole blocks of rows can be
written at once.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_NOTHING: Mapping[int, object] = {}


@dataclass(slots=True)
class _Column:
    """Values on adjacent rows, from the first on."""

    first: int
    values: list[object]

    @property
    def end(self) -> int:
        """The row after the last."""
        return self.first + len(self.values)


@dataclass(slots=True)
class SheetCells:
    """Values by row and column; one that was not set is something else than None, which empties a cell."""

    _columns: dict[int, _Column] = field(default_factory=dict)
    _single: dict[int, dict[int, object]] = field(default_factory=dict)

    def put(self, row: int, column: int, value: object) -> None:
        """One cell."""
        there = self._columns.get(column)
        if there is not None and there.first <= row < there.end:
            there.values[row - there.first] = value
        else:
            self._single.setdefault(row, {})[column] = value

    def put_column(self, first: int, column: int, values: list[object]) -> None:
        """One cell on each row from the first on; the list becomes ours."""
        if not values:
            return
        for row in range(first, first + len(values)) if len(values) < len(self._single) else [*self._single]:
            if first <= row < first + len(values):
                self._forget_single(row, column)
        there = self._columns.setdefault(column, _Column(first, values))
        if there.values is values:
            return
        if there.first <= first <= there.end:
            there.values[first - there.first : first - there.first + len(values)] = values
        else:
            for row, value in enumerate(values, first):
                self.put(row, column, value)

    def forget(self, first: int, last: int, columns: range) -> None:
        """Take back what was set in these columns, from one row to another."""
        for column in columns:
            there = self._columns.get(column)
            if there is not None and there.first <= last and first < there.end:
                below = there.values[max(0, last + 1 - there.first) :]
                del there.values[max(0, first - there.first) :]
                if not there.values:
                    del self._columns[column]
                for row, value in enumerate(below, last + 1):
                    self.put(row, column, value)
        for row in [row for row in self._single if first <= row <= last]:
            for column in columns:
                self._forget_single(row, column)

    def take_out(self, first: int, last: int, gone: frozenset[int], columns: range) -> None:
        """Take some rows out from between first and last in these columns; what was set below comes up."""
        kept = [row for row in range(first, last + 1) if row not in gone]
        new = {row: place for place, row in enumerate(kept, first)}
        single = [
            (row, column, self._single[row][column])
            for row in self._single
            if first <= row <= last
            for column in columns
            if column in self._single[row]
        ]
        for row, column, _ in single:
            self._forget_single(row, column)
        for column in columns:
            there = self._columns.pop(column, None)
            if there is None:
                continue
            head = there.values[: max(0, first - there.first)]
            tail = there.values[max(0, last + 1 - there.first) :]
            rows = range(max(first, there.first), min(last + 1, there.end))
            inside = [there.values[row - there.first] for row in rows if row not in gone]
            lowest = next((new[row] for row in rows if row not in gone), 0)
            self.put_column(there.first, column, head)
            self.put_column(lowest, column, inside)
            for row, value in enumerate(tail, max(last + 1, there.first)):
                self.put(row, column, value)
        for row, column, value in single:
            if row in new:
                self.put(new[row], column, value)

    def _forget_single(self, row: int, column: int) -> None:
        there = self._single.get(row)
        if there is not None:
            there.pop(column, None)
            if not there:
                del self._single[row]

    def row(self, number: int) -> Mapping[int, object]:
        """The values of one row, by column."""
        single = self._single.get(number, _NOTHING)
        found = {
            column: there.values[number - there.first]
            for column, there in self._columns.items()
            if there.first <= number < there.end
        }
        return {**found, **single} if found else single

    def rows(self) -> set[int]:
        """The rows with a value to write."""
        found = set(self._single)
        for first, end in {(there.first, there.end) for there in self._columns.values()}:
            found.update(range(first, end))
        return found

    def between(self, first: int, last: int) -> Iterator[tuple[int, int, object]]:
        """Row, column and value of each cell from one row to another."""
        for column, there in self._columns.items():
            for row in range(max(first, there.first), min(last + 1, there.end)):
                yield row, column, there.values[row - there.first]
        for row in sorted(self._single) if len(self._single) <= last - first else range(first, last + 1):
            if first <= row <= last:
                for column, value in self._single.get(row, _NOTHING).items():
                    yield row, column, value

    def filled(self) -> Iterator[tuple[int, int, int]]:
        """Column, first and last row of values that fill their cells (so no None), with None between them."""
        for column, there in self._columns.items():
            above = next((index for index, value in enumerate(there.values) if value is not None), None)
            if above is not None:
                below = next(index for index, value in enumerate(reversed(there.values)) if value is not None)
                yield column, there.first + above, there.end - 1 - below
        for row, cells in self._single.items():
            for column, value in cells.items():
                if value is not None:
                    yield column, row, row

    def spans(self) -> Iterator[tuple[int, int, int]]:
        """Column, first and last row of all that was set."""
        for column, there in self._columns.items():
            yield column, there.first, there.end - 1
        for row, cells in self._single.items():
            for column in cells:
                yield column, row, row

    def copy(self) -> "SheetCells":
        """The same values, apart from these."""
        return SheetCells(
            {column: _Column(there.first, [*there.values]) for column, there in self._columns.items()},
            {row: dict(cells) for row, cells in self._single.items()},
        )

    def stretches(self) -> "Stretches":
        """The rows that can be written many at a time, as long as nothing more is put."""
        return Stretches(self._columns, sorted(self._single))


class Stretches:
    """Rows that get values in the same columns."""

    def __init__(self, columns: Mapping[int, _Column], single: list[int]) -> None:
        self._columns = columns
        self._single = single

    def values(self, first: int, last: int) -> dict[int, list[object]] | None:
        """The values of these rows by ascending column; None when not all rows have the same columns."""
        single = self._single
        if bisect_left(single, first) != bisect_left(single, last + 1):
            return None
        found: dict[int, list[object]] = {}
        for column, there in sorted(self._columns.items()):
            if there.first <= first and last < there.end:
                found[column] = there.values[first - there.first : last + 1 - there.first]
            elif there.first <= last and first < there.end:
                return None
        return found or None
