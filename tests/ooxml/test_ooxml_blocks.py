"""Many rows at once: to the byte what the careful way writes, cell by cell."""

import datetime as dt
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debiteuren.book.ooxml import Package
from debiteuren.book.ooxml.column_values import payloads
from debiteuren.book.ooxml.fastblocks import FastBlocks, FastNewBlocks
from debiteuren.book.ooxml.fastrows import FastRows
from debiteuren.book.ooxml.refusals import Refused
from debiteuren.book.ooxml.sheet_cells import SheetCells
from debiteuren.book.ooxml.values import Encoder
from ooxml.ooxml_books import patched, plain

PART = "xl/worksheets/sheet1.xml"
ROWS = 12
texts = st.text(max_size=8) | st.sampled_from(
    ["=1+1", "_x0041_", " a", "a ", "a  b", "a\nb", "<&>", "", "é €"]
)
numbers = st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from([-0.0, 0.0, 1e15, 1e16, -5.0])
anything = st.none() | texts | numbers | st.booleans() | st.dates(dt.date(1900, 3, 1))
columns = (
    st.lists(texts, min_size=ROWS, max_size=ROWS)
    | st.lists(numbers, min_size=ROWS, max_size=ROWS)
    | st.lists(st.none() | texts, min_size=ROWS, max_size=ROWS)
    | st.lists(anything, min_size=ROWS, max_size=ROWS)
)


NAMES = ("Een", "Twee", "Drie")
VALUES: list[list[object]] = [
    [f"naam {number}" for number in range(ROWS)],
    [number / 4 for number in range(ROWS)],
    [f"tekst {number}" if number % 3 else None for number in range(ROWS)],
]


def _careful(*_: object) -> None:
    """Not this way."""


def _saved(book: Path, edit: str, values: list[list[object]], *, careful: bool) -> tuple[bytes, int]:
    """The sheet after an edit, read in small blocks, and how many of those were written at once."""
    at_once: list[bytes] = []
    edited = FastBlocks.edited

    def counted(*arguments: object) -> bytes | None:
        new = edited(*arguments)  # type: ignore[arg-type] # passed on as they came
        if new is not None:
            at_once.append(new)
        return new

    new = book.with_stem("nieuw")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("debiteuren.book.ooxml.archive.CHUNK", 400)
        patch.setattr(FastBlocks, "edited", _careful if careful else counted)
        if careful:
            patch.setattr(FastNewBlocks, "rows", _careful)
            patch.setattr(FastRows, "edited", _careful)
        with Package.open(book) as package:
            if edit == "columns":
                for name, column in zip(NAMES[1:], values[1:], strict=True):
                    package.set_column("tblP", name, column)  # type: ignore[arg-type] # cell values, all of them
            else:
                rows = [dict(zip(NAMES, row, strict=True)) for row in zip(*values, strict=True)]
                package.append_rows("tblP", rows)
            package.save(new)
    with zipfile.ZipFile(new) as archive:
        return archive.read(PART), len(at_once)


def _start(folder: str | Path) -> Path:
    return plain(Path(folder) / "a.xlsx", ROWS, [[*row] for row in zip(*VALUES, strict=True)])


@given(st.sampled_from(["columns", "append"]), st.lists(columns, min_size=3, max_size=3))
@settings(max_examples=60, deadline=None)
def test_at_once_is_to_the_byte_what_cell_by_cell_is(edit: str, values: list[list[object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = _start(folder)
        quick, _ = _saved(book, edit, values, careful=False)
        slow, _ = _saved(book, edit, values, careful=True)
    assert quick == slow


FULL: list[list[object]] = [VALUES[0], VALUES[1], [f"tekst {number}" for number in range(ROWS)]]
CELLS = b'<c r="B8" t="s"><v>8</v></c><c r="C8"><v>1</v></c><c r="D8" t="s"><v>9</v></c>'
MIDDLE = b'<row r="8" spans="2:4">' + CELLS + b"</row>"
OTHERWISE = {
    "a cell that is absent": (b'<c r="C8"><v>1</v></c>', b""),
    "a formula": (b'<c r="C8"><v>1</v></c>', b'<c r="C8"><f>1+0</f><v>1</v></c>'),
    "a cell to the right": (b"</row>", b'<c r="F4"><v>1</v></c></row>'),
    "attributes of another kind": (b'<c r="C8">', b"<c r='C8'>"),
    "a style": (b'<c r="C8">', b'<c r="C8" s="1">'),
    "a row without its number": (b'<row r="8" ', b"<row "),
    "a row that is missing": (MIDDLE, b""),
}


@pytest.mark.parametrize("change", OTHERWISE.values(), ids=OTHERWISE)
def test_rows_written_in_another_way_come_out_as_cell_by_cell(
    tmp_path: Path, change: tuple[bytes, bytes]
) -> None:
    book = plain(tmp_path / "a.xlsx", ROWS, [[*row] for row in zip(*FULL, strict=True)])
    patched(book, PART, *change)
    quick, at_once = _saved(book, "columns", FULL[::-1], careful=False)
    assert quick == _saved(book, "columns", FULL[::-1], careful=True)[0]
    assert at_once, "nothing was written at once, so this proves nothing"


def test_a_cell_that_names_another_row_is_refused(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", ROWS, [[*row] for row in zip(*FULL, strict=True)])
    patched(book, PART, b'<c r="C8">', b'<c r="C9">')
    with pytest.raises(Refused, match="rij 8: de cellen staan niet op hun plaats"):
        _saved(book, "columns", FULL, careful=False)


@given(columns)
def test_a_column_of_values_reads_as_each_of_them_alone(values: list[object]) -> None:
    encoder = Encoder(date1904=False)
    pieces = payloads(encoder, values)
    assert pieces is not None
    written = [[piece] * len(values) if isinstance(piece, bytes) else piece for piece in pieces]
    assert [b"".join(cell) for cell in zip(*written, strict=True)] == [*map(encoder.payload, values)]


places = st.integers(1, 9)
steps = st.one_of(
    st.tuples(st.just("put"), places, places, st.integers() | st.none()),
    st.tuples(st.just("column"), places, places, st.lists(st.integers() | st.none(), max_size=5)),
    st.tuples(st.just("forget"), places, places, places),
)


@given(st.lists(steps, max_size=12))
def test_what_is_to_be_written_is_kept_like_a_plain_grid(
    taken: list[tuple[str, int, int, object]],
) -> None:
    cells, model = SheetCells(), dict[tuple[int, int], object]()
    for step, row, column, what in taken:
        if step == "put":
            cells.put(row, column, what)
            model[row, column] = what
        elif isinstance(what, list):
            cells.put_column(row, column, [*what])
            model |= {(row + down, column): value for down, value in enumerate(what)}
        elif isinstance(what, int):
            cells.forget(row, what, range(column, column + 3))
            for place in [(r, c) for r, c in model if row <= r <= what and column <= c < column + 3]:
                del model[place]
    expected: dict[int, dict[int, object]] = {}
    for (row, column), value in model.items():
        expected.setdefault(row, {})[column] = value
    assert {row: dict(cells.row(row)) for row in cells.rows()} == expected
    assert sorted(cells.between(2, 6), key=str) == sorted(
        ((row, column, value) for (row, column), value in model.items() if 2 <= row <= 6), key=str
    )
    stretch = cells.stretches().values(3, 5)
    alike = {frozenset(expected.get(row, {})) for row in range(3, 6)}
    if stretch is not None:
        assert alike == {frozenset(stretch)}
        assert stretch == {
            column: [expected[row][column] for row in range(3, 6)] for column in sorted(stretch)
        }
