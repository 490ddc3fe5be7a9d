"""The totals row: new rows go above it, and it follows the last one."""

from pathlib import Path

import pytest
import xlsxwriter

from debiteuren.book.ooxml import Package, Refused
from ooxml.ooxml_books import grid, loaded


def _totalled(path: Path, formula: str = "=SUBTOTAL(109,[b])", outside: str | None = None) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("S")
        bold = book.add_format({"bold": True})
        columns = [
            {"header": "a", "total_string": "Totaal"},
            {"header": "b", "total_function": formula, "total_value": 3, "format": bold},
        ]
        sheet.add_table("A1:B4", {"name": "t", "total_row": True, "columns": columns})
        sheet.write("A2", "x")
        sheet.write("A3", "y")
        sheet.write_number("B2", 1, bold)
        sheet.write_number("B3", 2, bold)
        sheet.write("D4", "ernaast")
        if outside:
            book.add_worksheet("T").write_formula("C7", outside)
    return path


def test_rows_go_above_the_totals_row(tmp_path: Path) -> None:
    book = _totalled(tmp_path / "a.xlsx")
    with Package.open(book) as package:
        package.append_rows("t", [{"a": "z", "b": 5}, {"a": "w"}])
        assert package.tables()["t"].ref == "A1:B6"
        package.set_column("t", "b", [1, 2, 5, 6])
        package.save()
    sheet = loaded(book)["S"]
    assert [sheet[f"A{row}"].value for row in range(1, 8)] == ["a", "x", "y", "z", "w", "Totaal", None]
    assert [sheet[f"B{row}"].value for row in range(2, 7)] == [1, 2, 5, 6, "=SUBTOTAL(109,[b])"]
    assert [sheet[f"B{row}"].font.b for row in range(2, 7)] == [True] * 5
    assert sheet["D4"].value == "ernaast"
    assert sheet.tables["t"].ref == "A1:B6"
    assert sheet.tables["t"].autoFilter.ref == "A1:B5"


def test_the_totals_row_comes_up_when_rows_go(tmp_path: Path) -> None:
    book = _totalled(tmp_path / "a.xlsx")
    with Package.open(book) as package:
        package.replace_rows("t", [{"a": "enig", "b": 7}])
        package.save()
    sheet = loaded(book)["S"]
    assert [sheet[f"A{row}"].value for row in range(1, 5)] == ["a", "enig", "Totaal", None]
    assert [sheet[f"B{row}"].value for row in range(2, 5)] == [7, "=SUBTOTAL(109,[b])", None]
    assert sheet.tables["t"].ref == "A1:B3"
    with Package.open(book) as package:
        package.append_rows("t", [{"a": "meer", "b": 8}])
        package.save()
    sheet = loaded(book)["S"]
    assert [sheet[f"A{row}"].value for row in range(1, 5)] == ["a", "enig", "meer", "Totaal"]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUM(B2:B3)", "=SUM(B2:B5)"),
        ("SUM(S!$B$2:$B$3)*2", "=SUM(S!$B$2:$B$5)*2"),
        ("SUM(B2:B3)&A4", "=SUM(B2:B5)&A6"),
        ("B2+$D$1+$A$4", "=B2+$D$1+$A$6"),
    ],
)
def test_its_formulas_follow(tmp_path: Path, formula: str, expected: str) -> None:
    book = _totalled(tmp_path / "a.xlsx", formula)
    with Package.open(book) as package:
        package.append_rows("t", [{"a": "z", "b": 5}, {"a": "w"}])
        package.save()
    assert loaded(book)["S"]["B6"].value == expected


def test_a_formula_elsewhere_that_points_at_it_is_in_the_way(tmp_path: Path) -> None:
    book = _totalled(tmp_path / "a.xlsx", outside="=S!B4*2")
    before = book.read_bytes()
    with Package.open(book) as package:
        package.append_rows("t", [{"a": "z"}])
        with pytest.raises(
            Refused, match=r"Blad T, cel C7: deze formule verwijst naar de totaalrij van tabel t"
        ):
            package.save()
    assert book.read_bytes() == before


def test_structured_references_to_it_are_not(tmp_path: Path) -> None:
    book = _totalled(tmp_path / "a.xlsx", outside="=t[[#Totals],[b]]*2+S!B3")
    with Package.open(book) as package:
        package.append_rows("t", [{"a": "z"}])
        package.save()
    assert grid(book, "S")[5, 1] == "Totaal"


@pytest.mark.parametrize("place", ["A5", "B6", "A7"])
def test_what_stands_below_it_is_in_the_way(tmp_path: Path, place: str) -> None:
    book = _totalled(tmp_path / "a.xlsx")
    with Package.open(book) as package:
        package.set_cells("S", {place: "hier"})
        package.save()
    with Package.open(book) as package:
        package.append_rows("t", [{}, {}, {}])
        with pytest.raises(Refused, match=f"Blad S: in cel {place}, onder tabel t"):
            package.save()


@pytest.mark.parametrize("grown", [False, True])
def test_the_totals_row_itself_is_not_written(tmp_path: Path, grown: bool) -> None:  # noqa: FBT001 - a case
    book = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(book) as made:
        columns = [{"header": "Een", "total_string": "Totaal"}, {"header": "Twee", "total_function": "sum"}]
        sheet = made.add_worksheet("Data")
        sheet.add_table("A1:B4", {"name": "tblT", "total_row": True, "columns": columns})
    with Package.open(book) as package:
        if grown:
            package.append_rows("tblT", [{"Een": 1}, {"Een": 2}, {"Een": 3}])
        row = 7 if grown else 4
        with pytest.raises(Refused, match=f"cel B{row}: dit is de totaalrij van tabel tblT"):
            package.set_cells("Data", {f"B{row}": 1})
        package.set_cells("Data", {"C4": 1, "B3": 2} | ({"B4": 3} if grown else {}))
        package.save()
    assert grid(book, "Data")[3, 2] == 2.0


@pytest.mark.parametrize(
    ("formula", "stays"),
    [
        ("=COUNTA(Data!A2:A100)", True),  # covers the totals row here and there
        ("=SUM(Data!B2:B6)", False),  # the totals row comes up into it
        ("=SUM(Data!B1:B7)", True),
        ("=Data!B7", False),
        ("=SUM(Data!B8:B9)", True),
        ("=Data!C6", True),
    ],
)
@pytest.mark.parametrize("elsewhere", ["Elders", "Data"])
def test_no_formula_counts_the_totals_twice_after_rows_went(
    tmp_path: Path, formula: str, elsewhere: str, *, stays: bool
) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("Data")
        columns = [{"header": "Een", "total_string": "Totaal"}, {"header": "Twee", "total_function": "sum"}]
        data = [[f"r{row}", row] for row in range(5)]
        sheet.add_table("A1:B7", {"name": "tblT", "total_row": True, "columns": columns, "data": data})
        (sheet if elsewhere == "Data" else book.add_worksheet("Elders")).write_formula("E1", formula)
    before = (tmp_path / "a.xlsx").read_bytes()
    with Package.open(tmp_path / "a.xlsx") as package:
        package.delete_rows("tblT", [4])
        if stays:
            package.save()
            return
        with pytest.raises(
            Refused, match=rf"Blad {elsewhere}, cel E1: deze formule verwijst naar de totaalrij"
        ):
            package.save()
    assert (tmp_path / "a.xlsx").read_bytes() == before
