"""What each kind of cell says, with a row on both sides of every boundary."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from debiteuren.book.reader import TableReader
from debiteuren.book.workbook import Cell, CellFault, Grid
from debiteuren.domain.invoice import Block
from debiteuren.domain.problem import Problem, Severity


def reader(*cells: Cell) -> tuple[TableReader, list[Problem]]:
    problems: list[Problem] = []
    grid = Grid(
        table="tblX",
        sheet="Blad",
        first_row=5,
        columns=("Vast", "Kolom"),
        rows=[["x", cell] for cell in cells],
    )
    return TableReader(grid, ("Vast", "Kolom"), problems), problems


@pytest.mark.parametrize(
    ("name", "cell", "amount"),
    [
        ("number", 12.5, "12.50"),
        ("whole number", 1234.0, "1234.00"),
        ("float noise is no fault", 0.1 + 0.2, "0.30"),
        ("just within the noise", 1.0002, "1.00"),
        ("just beyond the noise", 1.0003, None),
        ("parts of cents", 12.345, None),
        ("negative", -98.75, "-98.75"),
        ("text", "1234,56", "1234.56"),
        ("text with thousands", "1.234,56", "1234.56"),
        ("text with euro", "€ 1.234,56", "1234.56"),
        ("euro and no-break space", "€\u00a01.234,56", "1234.56"),
        ("minus before the euro sign", "-€ 12,00", "-12.00"),
        ("minus after the euro sign", "€ -12,00", "-12.00"),
        ("real minus sign", "\u221212,00", "-12.00"),
        ("spaces around", "  12,00 ", "12.00"),
        ("a point for thousands only", "1.234", None),
        ("one decimal", "1,5", None),
        ("three decimals", "1,500", None),
        ("misplaced points", "12.34,56", None),
        ("two commas", "12,34,56", None),
        ("scientific", "1e3", None),
        ("other digits", "١٢,٣٤", None),
        ("words", "ongeveer honderd", None),
        ("a boolean", True, None),
        ("a day", date(2026, 1, 1), None),
        ("an error", CellFault("#N/A"), None),
        ("largest that keeps its cents", 99_999_999_999.99, "99999999999.99"),
        ("too large", 1e15, None),
    ],
)
def test_an_amount_is_exact_or_a_fault(name: str, cell: Cell, amount: str | None) -> None:
    read, problems = reader(cell)
    assert read.amounts("Kolom") == [None if amount is None else Decimal(amount)], name
    faults = [(problem.severity, problem.place) for problem in problems]
    assert faults == ([] if amount else [(Severity.FAULT, "Blad, rij 5, kolom Kolom")]), name


@pytest.mark.parametrize(
    ("name", "cell", "day"),
    [
        ("a day", date(2026, 11, 21), date(2026, 11, 21)),
        ("a moment", datetime(2026, 11, 21, 14, 30), date(2026, 11, 21)),
        ("day first", "21-11-2026", date(2026, 11, 21)),
        ("single digits", "1-2-2026", date(2026, 2, 1)),
        ("slashes", "21/11/2026", date(2026, 11, 21)),
        ("year first", "2026-11-21", date(2026, 11, 21)),
        ("text with a time", "21-11-2026 09:30", date(2026, 11, 21)),
        ("a serial number without its format", 46347.0, date(2026, 11, 21)),
        ("leap day", "29-02-2028", date(2028, 2, 29)),
        ("no leap day", "29-02-2026", None),
        ("no such day", "31-02-2026", None),
        ("no such month", "01-13-2026", None),
        ("two-digit year", "21-11-26", None),
        ("digits without marks", 20261121.0, None),
        ("words", "begin volgende maand", None),
        ("the first year that can be", date(1990, 1, 1), date(1990, 1, 1)),
        ("before it", date(1989, 12, 31), None),
        ("the last year that can be", date(2199, 12, 31), date(2199, 12, 31)),
        ("after it", date(2200, 1, 1), None),
        ("a boolean", True, None),
        ("an error", CellFault("#VALUE!"), None),
    ],
)
def test_a_day_exists_or_is_a_fault(name: str, cell: Cell, day: date | None) -> None:
    read, problems = reader(cell)
    assert read.days("Kolom") == [day], name
    assert [problem.severity for problem in problems] == ([] if day else [Severity.FAULT]), name


def test_the_message_names_place_content_and_remedy() -> None:
    read, problems = reader("x", "31-02-2026")
    read.days("Kolom")
    assert str(problems[1]) == (
        "Blad, rij 6, kolom Kolom\n"
        '  Hier staat "31-02-2026". Die datum bestaat niet.\n'
        "  Wat te doen: vul een datum in, bijvoorbeeld 28-02-2026."
    )


def test_never_is_a_day_where_a_pause_ends() -> None:
    read, problems = reader(date(9999, 12, 31))
    assert read.days("Kolom", latest=date.max) == [date(9999, 12, 31)]
    assert problems == []


@pytest.mark.parametrize(
    ("name", "cell", "text"),
    [
        ("a number that is a name", 1001.0, "1001"),
        ("sixteen digits", 5000056789012345.0, "5000056789012345"),
        ("leading zeros stay", "00123", "00123"),
        ("no-break spaces around", "\u00a0D100\u00a0", "D100"),
        ("only spaces", " \u00a0 ", ""),
        ("empty", None, ""),
        ("a day", date(2026, 11, 21), "21-11-2026"),
        ("a formula's look stays text", "=1+1", "=1+1"),
    ],
)
def test_numbers_of_invoices_are_text(name: str, cell: Cell, text: str) -> None:
    read, _ = reader(cell)
    assert read.texts("Kolom") == [text], name


@pytest.mark.parametrize(
    ("name", "cell", "found", "problems"),
    [
        ("as listed", "Betwist", Block.DISPUTED, 0),
        ("other capitals and spaces", " uit HANDEN ", Block.HANDED_OVER, 0),
        ("empty", None, None, 0),
        ("unknown holds", "misschien", Block.HOLD, 1),
        ("an error holds too", CellFault("#N/A"), Block.HOLD, 1),
    ],
)
def test_a_choice_is_a_word_of_the_list_or_doubt(
    name: str, cell: Cell, found: Block | None, problems: int
) -> None:
    read, doubts = reader(cell)
    assert read.choices("Kolom", Block, Block.HOLD) == [found], name
    assert [problem.severity for problem in doubts] == [Severity.WARNING] * problems, name


@pytest.mark.parametrize(
    ("name", "cell", "number", "faults"),
    [
        ("a number", 30.0, 30, 0),
        ("text", "30", 30, 0),
        ("empty", None, None, 0),
        ("the least", 0.0, 0, 0),
        ("below", -1.0, None, 1),
        ("the most", 3650.0, 3650, 0),
        ("above", 3651.0, None, 1),
        ("half", 7.5, None, 1),
        ("words", "dertig", None, 1),
    ],
)
def test_a_whole_number_is_whole(name: str, cell: Cell, number: int | None, faults: int) -> None:
    read, problems = reader(cell)
    assert read.wholes("Kolom") == [number], name
    assert len(problems) == faults, name


def test_empty_rows_are_left_out_and_rows_keep_their_place() -> None:
    problems: list[Problem] = []
    grid = Grid(
        table="tblX",
        sheet="Blad",
        first_row=5,
        columns=("A", "B"),
        rows=[["x", 1.0], [None, "  "], ["y", 2.0]],
    )
    read = TableReader(grid, ("A", "B"), problems)
    assert (read.rows, read.texts("A")) == ([5, 7], ["x", "y"])


def test_what_is_required_and_empty_is_a_fault_of_its_own() -> None:
    read, problems = reader(None, None)
    read.keys("Kolom", "D100")
    read.amounts("Kolom", required=True)
    read.days("Kolom", required=True)
    assert [problem.row for problem in problems] == [5, 6, 5, 6, 5, 6]
    assert {problem.found for problem in problems} == {"Deze cel is leeg."}
