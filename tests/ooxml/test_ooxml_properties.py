"""Random sequences of edits, compared with a plain grid that is edited the same way."""

import datetime as dt
import math
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from debiteuren.book.ooxml import CellValue, Package
from ooxml.ooxml_books import grid, plain
from ooxml.ooxml_checker import dangling, differences

COLUMNS = ("Een", "Twee", "Drie")
TOP, LEFT = 4, 2  # first data row and column of the table
EPOCH = dt.date(1899, 12, 30)

texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"),
    max_size=12,
)
values: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    texts,
    st.sampled_from(["=1+1", "_x0041_", "_x000D_", "  a  ", "a\nb", "<&>\"'", "00012", "#N/A", "]]>"]),
    st.dates(dt.date(1900, 3, 1), dt.date(2100, 1, 1)),
)
rows = st.lists(st.dictionaries(st.sampled_from(COLUMNS), values), max_size=5)
places = st.sampled_from(["A1", "A5", "F2", "F30", "AB7"])  # beside the table
edits = st.one_of(
    st.tuples(st.just("cells"), st.dictionaries(places, values, max_size=4)),
    st.tuples(st.just("elsewhere"), st.dictionaries(st.sampled_from(["A1", "C3", "B2", "Z9"]), values)),
    st.tuples(
        st.just("column"), st.tuples(st.sampled_from(COLUMNS), st.lists(values, min_size=60, max_size=60))
    ),
    st.tuples(st.just("append"), rows),
    st.tuples(st.just("replace"), rows),
    st.tuples(st.just("save"), st.none()),
)
Grid = dict[tuple[int, int], object]


def _seen(value: object) -> object:
    """What a reader shows for a value; None for what looks empty."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, dt.date):
        return float((value - EPOCH).days)
    if isinstance(value, int | float):
        return float(value)
    return value or None


def _at(reference: str) -> tuple[int, int]:
    name = reference.rstrip("0123456789")
    column = sum((ord(x) - 64) * 26**i for i, x in enumerate(reversed(name)))
    return int(reference[len(name) :]), column


class Model:
    """The two sheets as dictionaries, and the number of rows of the table."""

    def __init__(self, start: list[list[CellValue]]) -> None:
        self.data: Grid = {(3, LEFT + i): name for i, name in enumerate(COLUMNS)}
        self.other: Grid = {}
        self.count = len(start)
        for number, row in enumerate(start):
            for column, value in enumerate(row):
                self.put(self.data, (TOP + number, LEFT + column), value)

    @staticmethod
    def put(cells: Grid, place: tuple[int, int], value: object) -> None:
        shown = _seen(value)
        if shown is None:
            cells.pop(place, None)
        else:
            cells[place] = shown

    def apply(self, kind: str, what: object) -> None:
        if kind in ("cells", "elsewhere"):
            assert isinstance(what, dict)
            for reference, value in what.items():
                self.put(self.data if kind == "cells" else self.other, _at(reference), value)
        elif kind == "column":
            assert isinstance(what, tuple)
            for number in range(self.count):
                self.put(self.data, (TOP + number, LEFT + COLUMNS.index(what[0])), what[1][number])
        elif kind in ("append", "replace"):
            assert isinstance(what, list)
            if kind == "replace":
                self.data = {p: v for p, v in self.data.items() if p[0] < TOP or not LEFT <= p[1] < LEFT + 3}
                self.count = 0
            elif self.count == 1 and what and not self._written(TOP):
                self.count = 0
            for row in what:
                for name, value in row.items():
                    self.put(self.data, (TOP + self.count, LEFT + COLUMNS.index(name)), value)
                self.count += 1
            self.count = max(self.count, 1)

    def _written(self, row: int) -> bool:
        return any((row, LEFT + i) in self.data for i in range(3))


def _same(one: Grid, two: Grid) -> bool:
    if one.keys() != two.keys():
        return False
    for place, value in one.items():
        other = two[place]
        if type(value) is not type(other):
            return False
        if isinstance(value, float) and isinstance(other, float):
            if not math.isclose(value, other, rel_tol=1e-15):
                return False
        elif value != other:
            return False
    return True


def _no_empty_text(sequence: list[tuple[str, object]]) -> bool:
    return "''" not in repr(sequence)


start_rows = st.lists(
    st.lists(st.one_of(st.none(), st.integers(0, 9), st.sampled_from(["a", "b c"])), min_size=3, max_size=3),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(start=start_rows, sequence=st.lists(edits, max_size=6).filter(_no_empty_text))
def test_any_sequence_of_edits_gives_the_grid_it_should(
    start: list[list[CellValue]], sequence: list[tuple[str, object]]
) -> None:
    model = Model(start)
    with tempfile.TemporaryDirectory() as folder:
        book = plain(Path(folder) / "a.xlsx", len(start), [list(row) for row in start])
        package = Package.open(book)
        try:
            for kind, what in sequence:
                model.apply(kind, what)
                if kind in ("cells", "elsewhere"):
                    assert isinstance(what, dict)
                    package.set_cells("Data" if kind == "cells" else "Leeg", what)
                elif kind == "column":
                    assert isinstance(what, tuple)
                    package.set_column("tblP", what[0], what[1][: model.count])
                elif kind == "append":
                    assert isinstance(what, list)
                    package.append_rows("tblP", what)
                elif kind == "replace":
                    assert isinstance(what, list)
                    package.replace_rows("tblP", what)
                else:
                    package.save()
                    package.close()
                    package = Package.open(book)
                assert package.tables()["tblP"].ref == f"B3:D{TOP + model.count - 1}"
            package.save()
        finally:
            package.close()
        shown, expected = grid(book, "Data"), model.data
        assert _same(shown, expected), (shown, expected)
        assert _same(grid(book, "Leeg"), model.other)
        assert dangling(book) == set()


@settings(max_examples=40, deadline=None)
@given(given_values=st.dictionaries(st.sampled_from(["A1", "B4", "C5", "D6", "F9"]), values, min_size=1))
def test_the_same_edit_twice_is_one_edit(given_values: dict[str, CellValue]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = plain(Path(folder) / "a.xlsx", 3, [[1, "x", None], [2, "y", 3.5], [True, None, "z"]])
        once, twice = Path(folder) / "b.xlsx", Path(folder) / "c.xlsx"
        with Package.open(book) as package:
            package.set_cells("Data", given_values)
            package.save(once)
        with Package.open(once) as package:
            package.set_cells("Data", given_values)
            package.save(twice)
        assert once.read_bytes() == twice.read_bytes()
        meant = {f"xl/worksheets/sheet1.xml: {place}" for place in given_values}
        rest = differences(book, once) - meant
        assert {
            line for line in rest if "dimension" not in line and "row " not in line and "calcPr" not in line
        } == set()
