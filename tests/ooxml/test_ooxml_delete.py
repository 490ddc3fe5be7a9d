"""Rows deleted from a table: the rest comes up with all that belongs to it, or it is said why not."""

import datetime as dt
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from debiteuren.book.ooxml import Package, Refused, changes, take_back
from ooxml.ooxml_books import grid, loaded, patched, plain, rich
from ooxml.ooxml_checker import contents, dangling, differences

SHEET = "xl/worksheets/sheet1.xml"


def _deleted(book: Path, table: str, *rows: int) -> None:
    with Package.open(book) as package:
        package.delete_rows(table, rows)
        package.save()


def test_what_stands_below_in_the_table_comes_up_with_its_formats(tmp_path: Path) -> None:
    book = rich(tmp_path / "a.xlsx")
    with Package.open(book) as package:
        package.set_cells("Blad1", {"H9": "blijft"})
        package.save()
    before, old = grid(book, "Blad1"), loaded(book)["Blad1"]
    _deleted(book, "tblA", 1, 4)
    after, new = grid(book, "Blad1"), loaded(book)["Blad1"]
    kept = [2, 4, 5, 7, 8, 9, 10]
    for row, origin in enumerate(kept, 2):
        for column in (1, 2, 3, 4, 6):
            assert after.get((row, column)) == before.get((origin, column))
            assert new.cell(row, column).number_format == old.cell(origin, column).number_format
    assert all((row, column) not in after for row in (9, 10) for column in range(1, 7))
    assert new.cell(9, 3).number_format == "General"
    assert [after[row, 8] for row in (1, 9)] == ["naast de tabel", "blijft"]
    assert new.tables["tblA"].ref == "A1:F8"
    assert new.tables["tblA"].autoFilter.ref == "A1:F8"
    assert dangling(book) == set()


def test_all_ranges_over_the_table_shrink_and_those_over_a_part_follow_their_rows(tmp_path: Path) -> None:
    book = rich(tmp_path / "a.xlsx")
    _deleted(book, "tblA", 1, 4)
    parts = contents(book)
    sheet, other = parts[SHEET].decode(), parts["xl/worksheets/sheet2.xml"].decode()
    names, chart = parts["xl/workbook.xml"].decode(), parts["xl/charts/chart1.xml"].decode()
    assert 'sqref="D2:D8"' in sheet
    assert "<xm:sqref>D2:D8</xm:sqref>" in sheet
    assert 'sqref="F2:F8"' in sheet
    assert 'sqref="A2:B8"' in sheet
    assert 'sqref="B2:B3"' in sheet  # was B2:B4, of which row 3 went
    assert 'sqref="A2:A2"' in sheet  # was A2:A3
    assert "Blad1!D2:D8" in other
    assert "Blad1!D2:D3" in other
    assert "Blad1!$A$2:$A$8" in other
    assert "SUM(Blad1!D2:D10)" in other  # a formula over the whole column also says the same as it stands
    for text in ("Blad1!$D$2:$D$8", "Blad1!$D$2:$D$3", "Blad1!$A$1:$F$8", "SUM(Blad1!$D$1:$D$8)"):
        assert text in names
    assert "Blad1!$D$2:$D$8" in chart
    assert "Blad1!$D$2:$D$3" in chart


def test_taking_it_back_gives_the_original_bytes(tmp_path: Path) -> None:
    book = rich(tmp_path / "a.xlsx")
    before = book.read_bytes()
    _deleted(book, "tblA", 0)
    assert book.read_bytes() != before
    take_back(next(changes(book)), "ongedaan")
    assert book.read_bytes() == before


def test_the_last_rows_go_and_nothing_else_changes(tmp_path: Path) -> None:
    book, new = plain(tmp_path / "a.xlsx", 3, [[1, "x", 2], [3, "y", 4], [5, "z", 6]]), tmp_path / "b.xlsx"
    with Package.open(book) as package:
        package.delete_rows("tblP", [2])
        package.save(new)
    found = differences(book, new)
    cells = {f"{SHEET}: {place}" for place in ("B6", "C6", "D6")}
    assert cells <= found
    assert {line.split(":")[0] for line in found - cells} == {"xl/tables/table1.xml"}


def test_when_all_rows_go_a_blank_one_stays_that_the_next_append_fills(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 3, [[1, "x", 2], [3, "y", 4], [5, "z", 6]])
    _deleted(book, "tblP", 2, 0, 1)
    assert loaded(book)["Data"].tables["tblP"].ref == "B3:D4"
    with Package.open(book) as package:
        package.append_rows("tblP", [{"Een": 7}, {"Een": 8}])
        package.save()
    assert loaded(book)["Data"].tables["tblP"].ref == "B3:D5"
    assert grid(book, "Data") == {
        (3, 2): "Een", (3, 3): "Twee", (3, 4): "Drie", (4, 2): 7.0, (5, 2): 8.0
    }  # fmt: skip


def test_no_rows_is_no_change(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 3, [[1, "x", 2]])
    before = book.read_bytes()
    _deleted(book, "tblP")
    assert book.read_bytes() == before


@pytest.mark.parametrize("row", [-1, 3, True, 1.0, "1"])
def test_a_row_that_is_not_there_is_refused(tmp_path: Path, row: Any) -> None:  # noqa: ANN401 - what is wrong
    book = plain(tmp_path / "a.xlsx", 3, [[1, "x", 2]])
    with Package.open(book) as package, pytest.raises(Refused, match="de regels zijn 0 tot en met 2"):
        package.delete_rows("tblP", [row])


def _formulas(path: Path, formula: Callable[[int], str], *, elsewhere: str = "") -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        sheet.add_table(0, 0, 5, 2, {"name": "tblF", "columns": [{"header": name} for name in "ABC"]})
        for row in range(1, 6):
            sheet.write(row, 0, row * 10)
            sheet.write_formula(row, 2, formula(row + 1))
        if elsewhere:
            book.add_worksheet("Elders").write_formula("B7", elsewhere)
    return path


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (lambda row: f"=A{row}*2", ["=A2*2", "=A3*2", "=A4*2"]),
        (lambda row: f"=$A${row}+H{row}", ["=$A$2+H2", "=$A$3+H4", "=$A$4+H6"]),
        (lambda _: "=SUM(A2:A6)", ["=SUM(A2:A4)"] * 3),
        (lambda _: "=SUM(A$1:A$6)+A2", ["=SUM(A$1:A$4)+A2"] * 3),
        (lambda row: f"=SUM(A$2:A{row})", ["=SUM(A$2:A2)", "=SUM(A$2:A3)", "=SUM(A$2:A4)"]),
        (lambda row: f"=Data!A{row}&X!A{row}", ["=Data!A2&X!A2", "=Data!A3&X!A4", "=Data!A4&X!A6"]),
    ],
    ids=["own row", "fixed, and beside the table", "whole column", "with heading", "running", "named"],
)  # fmt: skip
def test_formulas_in_the_table_follow(
    tmp_path: Path, formula: Callable[[int], str], expected: list[str]
) -> None:
    book = _formulas(tmp_path / "a.xlsx", lambda row: formula(row) if row in (2, 4, 6) else "=1")
    _deleted(book, "tblF", 1, 3)
    sheet = loaded(book)["Data"]
    assert [sheet.cell(row, 3).value for row in (2, 3, 4)][1:] == expected[1:]
    assert sheet.cell(2, 3).value in (formula(2), expected[0])  # does not move, so is left alone


def test_a_formula_that_points_at_a_row_that_goes_is_refused_by_its_cell(tmp_path: Path) -> None:
    book = _formulas(tmp_path / "a.xlsx", lambda row: f"=A{row - 1}")
    with (
        Package.open(book) as package,
        pytest.raises(Refused, match=r"Blad Data, cel C4: .*A3 ligt in de reg"),
    ):
        package.delete_rows("tblF", [1])


@pytest.mark.parametrize(
    "elsewhere", ["=Data!A5", "=SUM(Data!$A$3:$A$6)", '=VLOOKUP(1,Data!A4:C6,2)&"x"', "=Data!B3"]
)
def test_a_formula_elsewhere_that_points_at_some_rows_is_refused(tmp_path: Path, elsewhere: str) -> None:
    book = _formulas(tmp_path / "a.xlsx", lambda _: "=1", elsewhere=elsewhere)
    with (
        Package.open(book) as package,
        pytest.raises(Refused, match=r"Blad Elders, cel B7: de formule .* tblF"),
    ):
        package.delete_rows("tblF", [1])


@pytest.mark.parametrize(
    "elsewhere", ["=SUM(Data!A2:A6)", "=SUM(Data!A1:Z99)", "=Data!A2", "=Data!D5", "=SUM(tblF[A])", "=A5"]
)
def test_a_formula_that_stays_true_is_not(tmp_path: Path, elsewhere: str) -> None:
    book = _formulas(tmp_path / "a.xlsx", lambda _: "=1", elsewhere=elsewhere)
    _deleted(book, "tblF", 1)
    assert loaded(book)["Elders"]["B7"].value == elsewhere


def _shared(book: Path, *, last: int = 6) -> None:
    """C2 to C<last> as one shared formula, as Excel writes it when it is filled down."""
    patched(book, SHEET, b"<f>1</f>", b'<f t="shared" ref="C2:C%d" si="0">A2*2</f>' % last)
    for _ in range(4):
        patched(book, SHEET, b"<f>1</f>", b'<f t="shared" si="0"/>')


def test_a_shared_formula_is_written_out(tmp_path: Path) -> None:
    book = _formulas(tmp_path / "a.xlsx", lambda _: "=1")
    _shared(book)
    _deleted(book, "tblF", 0, 2)
    data = contents(book)[SHEET]
    assert b"shared" not in data
    sheet = loaded(book)["Data"]
    assert [sheet.cell(row, 3).value for row in (2, 3, 4)] == ["=A2*2", "=A3*2", "=A4*2"]


def test_a_shared_formula_that_goes_on_below_the_table_is_refused(tmp_path: Path) -> None:
    book = _formulas(tmp_path / "a.xlsx", lambda _: "=1")
    _shared(book, last=8)
    patched(
        book,
        SHEET,
        b"</sheetData>",
        b'<row r="8"><c r="C8"><f t="shared" si="0"/><v>1</v></c></row></sheetData>',
    )
    with Package.open(book) as package, pytest.raises(Refused, match=r"Blad Data, cel C2: .* ook voor C8"):
        package.delete_rows("tblF", [0])


def test_array_formulas(tmp_path: Path) -> None:
    book = _formulas(tmp_path / "a.xlsx", lambda _: "=1")
    for row in (2, 3):
        patched(book, SHEET, b"<f>1</f>", b'<f t="array" ref="C%d">SUM(A%d*2)</f>' % (row, row))
    _deleted(book, "tblF", 0)
    assert b'<c r="C2"><f t="array" ref="C2">SUM(A2*2)</f>' in contents(book)[SHEET]
    patched(book, SHEET, b"<f>1</f>", b'<f t="array" ref="C3:C4">A3:A4*2</f>')
    with Package.open(book) as package, pytest.raises(Refused, match=r"cel C3: hier begint .* C3:C4 samen"):
        package.delete_rows("tblF", [1])


@pytest.mark.parametrize("kind", ["comment", "link"])
def test_what_hangs_on_a_cell_that_would_move_is_refused(tmp_path: Path, kind: str) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("Data")
        sheet.add_table("A1:B6", {"name": "tblC"})
        if kind == "comment":
            sheet.write_comment("B4", "let op")
        else:
            sheet.write_url("B4", "https://voorbeeld.example")
    with Package.open(tmp_path / "a.xlsx") as package:
        package.delete_rows("tblC", [3])  # below it: B4 stays where it is
        with pytest.raises(Refused, match=r"Blad Data, cel B4: hier hangt een (opmerking|koppeling) aan"):
            package.delete_rows("tblC", [0])


def test_a_name_on_a_row_moves_along_and_one_on_a_row_that_goes_is_refused(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("Data").add_table("A1:B6", {"name": "tblN"})
        book.define_name("Vierde", "=Data!$B$4")
    _deleted(tmp_path / "a.xlsx", "tblN", 0)
    assert "Data!$B$3" in contents(tmp_path / "a.xlsx")["xl/workbook.xml"].decode()
    with Package.open(tmp_path / "a.xlsx") as package:
        package.delete_rows("tblN", [1])
        with pytest.raises(Refused, match="Blad Data: B3 ligt in de regels die weg moeten"):
            package.save()


def test_the_totals_row_comes_up(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("Data")
        columns = [{"header": "Een", "total_string": "Totaal"}, {"header": "Twee", "total_function": "sum"}]
        data = [[f"r{row}", row] for row in range(5)]
        sheet.add_table("A1:B7", {"name": "tblT", "total_row": True, "columns": columns, "data": data})
        sheet.write("A9", "eronder")
    _deleted(tmp_path / "a.xlsx", "tblT", 1, 2)
    shown, sheet = grid(tmp_path / "a.xlsx", "Data"), loaded(tmp_path / "a.xlsx")["Data"]
    assert [shown.get((row, 1)) for row in range(1, 10)] == [
        "Een", "r0", "r3", "r4", "Totaal", None, None, None, "eronder"
    ]  # fmt: skip
    assert sheet["B5"].value == "=SUBTOTAL(109,[Twee])"
    assert sheet.tables["tblT"].ref == "A1:B5"
    assert sheet.tables["tblT"].autoFilter.ref == "A1:B4"


def test_prefixed_rows_without_places_come_up_too(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 3, [[1, "x", 2], [3, "y", 4], [5, "z", 6]])
    data = contents(book)[SHEET]
    head, rest = data.split(b"<worksheet ", 1)
    new = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", b"<worksheet " + rest).replace(b"xmlns=", b"xmlns:x=")
    new = re.sub(rb'(<x:c) r="[CD]\d+"', rb"\1", new)
    patched(book, SHEET, data, head + new)
    _deleted(book, "tblP", 0)
    assert grid(book, "Data") == {
        (3, 2): "Een", (3, 3): "Twee", (3, 4): "Drie",
        (4, 2): 3.0, (4, 3): "y", (4, 4): 4.0, (5, 2): 5.0, (5, 3): "z", (5, 4): 6.0,
    }  # fmt: skip


steps = st.one_of(
    st.tuples(st.just("delete"), st.sets(st.integers(0, 7), max_size=4)),
    st.tuples(st.just("append"), st.lists(st.integers(100, 999), min_size=1, max_size=3)),
    st.tuples(st.just("column"), st.integers(1000, 1009)),
    st.tuples(st.just("replace"), st.lists(st.integers(100, 999), max_size=3)),
    st.tuples(st.just("cell"), st.tuples(st.integers(0, 7), st.integers(0, 2), st.integers(-9, -1))),
    st.tuples(st.just("save"), st.none()),
)


@settings(max_examples=100, deadline=None)
@given(count=st.integers(1, 6), sequence=st.lists(steps, max_size=6))
def test_any_sequence_with_deleting_gives_the_rows_of_a_plain_list(
    count: int, sequence: list[tuple[str, Any]]
) -> None:
    model: list[list[int | None]] = [[row, None, row * 2] for row in range(1, count + 1)]
    with tempfile.TemporaryDirectory() as folder:
        book = plain(Path(folder) / "a.xlsx", count, [[*row] for row in model])
        package = Package.open(book)
        try:
            for kind, what in sequence:
                if kind == "delete":
                    gone = {row for row in what if row < len(model)}
                    package.delete_rows("tblP", gone)
                    model = [row for place, row in enumerate(model) if place not in gone] or [[None] * 3]
                elif kind == "append":
                    package.append_rows("tblP", [{"Een": value} for value in what])
                    model = [] if model == [[None] * 3] else model
                    model += [[value, None, None] for value in what]
                elif kind == "column":
                    package.set_column("tblP", "Drie", [what] * len(model))
                    model = [[*row[:2], what] for row in model]
                elif kind == "replace":
                    package.replace_rows("tblP", [{"Twee": value} for value in what])
                    model = [[None, value, None] for value in what] or [[None] * 3]
                elif kind == "cell":
                    row, column, value = what
                    if row < len(model):
                        package.set_cells("Data", {f"{'BCD'[column]}{4 + row}": value})
                        model[row][column] = value
                else:
                    package.save()
                    package.close()
                    package = Package.open(book)
                assert package.tables()["tblP"].ref == f"B3:D{3 + len(model)}"
            package.save()
        finally:
            package.close()
        shown = grid(book, "Data")
        expected = {
            (row, column): float(value)
            for row, values in enumerate(model, 4)
            for column, value in enumerate(values, 2)
            if value is not None
        }
        assert {place: value for place, value in shown.items() if place[0] > 3} == expected
        assert loaded(book)["Data"].tables["tblP"].ref == f"B3:D{3 + len(model)}"


def test_dates_and_texts_stay_what_they_are(tmp_path: Path) -> None:
    book = rich(tmp_path / "a.xlsx")
    _deleted(book, "tblA", 0)
    assert grid(book, "Blad1")[2, 3] == dt.date(2026, 1, 3)
    assert grid(book, "Blad1")[2, 2] == "Naam & zoon <2>"
