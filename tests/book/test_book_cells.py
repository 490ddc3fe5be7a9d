"""A value means the same whatever reader it came from, and is written in a form that every cell keeps."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debiteuren.book.cells import (
    LONGEST_TEXT,
    clean_text,
    data_rows,
    read_cell,
    read_rows,
    same_cell,
    write_cell,
)
from debiteuren.book.workbook import Cell, CellFault

READ = {
    "empty": (None, None),
    "empty text": ("", None),
    "text": (" 00123 ", " 00123 "),
    "text that looks like an error": ("#N/A", "#N/A"),
    "yes": (True, True),
    "a number": (12.5, 12.5),
    "a whole number": (5, 5.0),
    "currency over COM": (Decimal("12.3400"), 12.34),
    "first error of Excel": (-2146826288, CellFault("#NULL!")),
    "error #N/A": (-2146826246, CellFault("#N/A")),
    "last error of Excel": (-2146826238, CellFault("#CALC!")),
    "an error Excel may get": (-2146826287, CellFault("#FOUT!")),
    "just below the errors": (-2146826289, -2146826289.0),
    "just above the errors": (-2146826237, -2146826237.0),
    "a day": (date(2026, 11, 21), date(2026, 11, 21)),
    "midnight": (datetime(2026, 11, 21), date(2026, 11, 21)),
    "a moment": (datetime(2026, 11, 21, 13, 45, 30), datetime(2026, 11, 21, 13, 45, 30)),
    "a moment over COM": (datetime(2026, 11, 21, 9, 30, tzinfo=UTC), datetime(2026, 11, 21, 9, 30)),
    "a moment a little late": (
        datetime(2026, 11, 21, 13, 45, 29, 999_998),
        datetime(2026, 11, 21, 13, 45, 30),
    ),
    "a moment a little early": (datetime(2026, 11, 21, 13, 45, 30, 2), datetime(2026, 11, 21, 13, 45, 30)),
    "just before midnight": (datetime(2026, 11, 20, 23, 59, 59, 999_998), date(2026, 11, 21)),
    "the last moment there is": (
        datetime(9999, 12, 31, 23, 59, 59, 999_999),
        datetime(9999, 12, 31, 23, 59, 59),
    ),
    "a time of day": (time(9, 30), "09:30"),
    "a time of day over COM": (datetime(1899, 12, 30, 9, 30, 5), "09:30:05"),
    "a duration": (timedelta(hours=36), "36:00"),
    "a duration over COM": (datetime(1899, 12, 31, 12), "36:00"),
    "the first day of 1900": (datetime(1900, 1, 1), date(1900, 1, 1)),
}


@pytest.mark.parametrize("name", READ)
def test_read(name: str) -> None:
    raw, meant = READ[name]
    found = read_cell(raw)
    assert (found, type(found)) == (meant, type(meant))
    assert read_rows([[raw]]) == [[found]]


def test_an_unknown_kind_of_value_is_refused() -> None:
    with pytest.raises(TypeError, match="no cell value"):
        read_cell(object())


WRITTEN: dict[str, tuple[Cell | Decimal, Cell]] = {
    "nothing": (None, None),
    "no text": ("", None),
    "only control characters": ("\x00\x1f", None),
    "Decimal": (Decimal("12.34"), 12.34),
    "whole": (5, 5.0),
    "no": (False, False),
    "a moment at midnight": (datetime(2026, 11, 21), date(2026, 11, 21)),
    "a moment with a zone": (datetime(2026, 11, 21, 9, 30, tzinfo=UTC), datetime(2026, 11, 21, 9, 30)),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_write(name: str) -> None:
    given_value, form = WRITTEN[name]
    found = write_cell(given_value)
    assert (found, type(found)) == (form, type(form))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), CellFault("#N/A")])
def test_what_no_cell_can_hold_is_our_fault(value: Cell) -> None:
    with pytest.raises(ValueError, match=r"cell|written"):
        write_cell(value)


@given(st.text())
def test_clean_text_is_text_that_xml_and_excel_hold(text: str) -> None:
    clean = clean_text(text)
    assert clean == clean_text(clean)
    assert "\r" not in clean
    clean.encode("utf-8")


@pytest.mark.parametrize(("length", "kept"), [(32_766, 32_766), (32_767, 32_767), (32_768, 32_767)])
def test_text_is_as_long_as_a_cell(length: int, kept: int) -> None:
    assert LONGEST_TEXT == 32_767
    assert len(clean_text("x" * length)) == kept


@given(st.floats(allow_nan=False, allow_infinity=False) | st.dates() | st.booleans() | st.none())
def test_what_is_written_reads_back_the_same(value: float | date | bool | None) -> None:  # noqa: FBT001 - any cell
    assert same_cell(write_cell(value), read_cell(write_cell(value)))


@pytest.mark.parametrize(
    ("meant", "found", "same"),
    [
        (12.34, 12.34, True),
        (0.12345, 0.1234, True),
        (12.34, 12.35, False),
        (12.34, 12.3401, False),
        (5, 5.0, True),
        (1.0, True, False),
        ("5", 5.0, False),
        (None, "", False),
        (date(2026, 11, 21), datetime(2026, 11, 21), False),
        (date(2026, 11, 21), date(2026, 11, 21), True),
    ],
)
def test_same(meant: Cell, found: Cell, same: bool) -> None:  # noqa: FBT001 - the answer of the table
    assert same_cell(meant, found) is same


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ([], 0),
        ([[None, None, 6.0]], 0),
        ([[None, "x", None]], 1),
        ([[None, None, None], [None, None, None]], 2),
    ],
)
def test_a_table_with_one_empty_row_has_none(rows: list[list[Cell]], left: int) -> None:
    assert len(data_rows(rows, [0, 1])) == left
