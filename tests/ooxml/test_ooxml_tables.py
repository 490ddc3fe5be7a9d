"""Tables that grow, shrink and get other columns; and everything that follows them."""

import datetime as dt
import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from debiteuren.book.ooxml import CellValue, Package, Refused, TableInfo
from ooxml.ooxml_books import HEADERS, grid, loaded, patched, plain, rich
from ooxml.ooxml_checker import contents, dangling, differences

SHEET = "xl/worksheets/sheet1.xml: "
RULES = f"{SHEET}worksheet/extLst/ext/"
OTHER = "xl/worksheets/sheet2.xml: worksheet/"
LINES = f"{OTHER}extLst/ext/sparklineGroups/"
NAME = "xl/workbook.xml: workbook/definedNames/definedName"
SERIES = "xl/charts/chart1.xml: chartSpace/chart/plotArea/barChart/ser/"
ROW: dict[str, CellValue] = {"Nummer": "F10", "Dag": dt.date(2026, 11, 21), "Bedrag": 12.5}


def test_tables_are_told(tmp_path: Path) -> None:
    book = rich(tmp_path / "a.xlsx")
    with Package.open(book) as package:
        assert package.tables() == {"tblA": TableInfo("Blad1", "A1:F10", HEADERS, frozenset({"Btw"}))}
        package.append_rows("tblA", [ROW, ROW])
        assert package.tables()["tblA"].ref == "A1:F12"
        package.replace_rows("tblA", [ROW])
        assert package.tables()["tblA"].ref == "A1:F2"


def test_a_column_is_set_and_nothing_else(tmp_path: Path) -> None:
    book, new = rich(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    with Package.open(book) as package:
        package.set_column("tblA", "Status", ["Te laat", None, *("Open",) * 6, "Betaald"])
        package.save(new)
    meant = {f"{SHEET}F{row}" for row in range(2, 11)}
    assert differences(book, new) == meant  # inline instead of shared text, everywhere
    cells = grid(new, "Blad1")
    assert [cells.get((row, 6)) for row in (2, 3, 4, 10)] == ["Te laat", None, "Open", "Betaald"]


def test_everything_that_covers_the_table_grows_with_it(tmp_path: Path) -> None:
    book, new = rich(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    with Package.open(book) as package:
        package.append_rows("tblA", [ROW, ROW | {"Naam": "=1+1", "Btw": 3}])
        package.save(new)
    found = differences(book, new)
    follow = {
        f"{SHEET}worksheet/dimension@ref A1:H10 -> A1:H12",
        f"{SHEET}worksheet/conditionalFormatting@sqref D2:D10 -> D2:D12",
        f"{SHEET}worksheet/dataValidations/dataValidation@sqref F2:F10 -> F2:F12",
        f"{SHEET}worksheet/protectedRanges/protectedRange@sqref A2:B10 -> A2:B12",
        f"{RULES}conditionalFormattings/conditionalFormatting/sqref D2:D10 -> D2:D12",
        "xl/tables/table1.xml: table@ref A1:F10 -> A1:F12",
        "xl/tables/table1.xml: table/autoFilter@ref A1:F10 -> A1:F12",
        f"{NAME} Blad1!$D$2:$D$10 -> Blad1!$D$2:$D$12",
        f'{NAME} SUM(Blad1!$D$1:$D$10)&"Blad1!$D$2:$D$10" -> SUM(Blad1!$D$1:$D$12)&"Blad1!$D$2:$D$10"',
        f"{NAME} Blad1!$A$1:$F$10 -> Blad1!$A$1:$F$12",
        f"{LINES}sparklineGroup/sparklines/sparkline/f Blad1!D2:D10 -> Blad1!D2:D12",
        f"{OTHER}dataValidations/dataValidation/formula1 Blad1!$A$2:$A$10 -> Blad1!$A$2:$A$12",
        f"{SERIES}cat/strRef/f Blad1!$A$2:$A$10 -> Blad1!$A$2:$A$12",
        f"{SERIES}val/numRef/f Blad1!$D$2:$D$10 -> Blad1!$D$2:$D$12",
        f"{SHEET}row 11 new",
        f"{SHEET}row 12 new",
    }
    cells = {f"{SHEET}{column}{row}" for row in (11, 12) for column in "ACDE"} | {f"{SHEET}B12"}
    assert {line for line in found if "@count" not in line} - cells == follow
    assert dangling(new) == set()
    sheet = loaded(new)["Blad1"]
    assert sheet["E11"].value == "=tblA[[#This Row],[Bedrag]]*0.21"
    assert sheet["E12"].value == 3
    assert (sheet["B12"].value, sheet["B12"].data_type) == ("=1+1", "s")
    assert sheet["C11"].number_format == "dd-mm-yyyy"
    assert sheet["C11"].value == dt.datetime(2026, 11, 21)
    assert sheet.tables["tblA"].ref == "A1:F12"


def test_replacing_by_fewer_rows_empties_the_rest(tmp_path: Path) -> None:
    book, new = rich(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    with Package.open(book) as package:
        package.replace_rows("tblA", [ROW, ROW, ROW])
        package.save(new)
    cells = grid(new, "Blad1")
    assert [cells.get((row, 1)) for row in range(1, 11)] == ["Nummer", "F10", "F10", "F10", *([None] * 6)]
    assert cells[1, 8] == "naast de tabel"
    assert all((row, column) not in cells for row in range(5, 11) for column in range(1, 7))
    sheet = loaded(new)["Blad1"]
    assert sheet.tables["tblA"].ref == "A1:F4"
    assert sheet["C9"].number_format == "dd-mm-yyyy"
    assert sheet["E3"].value == "=tblA[[#This Row],[Bedrag]]*0.21"
    found = differences(book, new)
    assert f"{SERIES}val/numRef/f Blad1!$D$2:$D$10 -> Blad1!$D$2:$D$4" in found
    assert f"{SHEET}worksheet/conditionalFormatting@sqref D2:D10 -> D2:D4" in found


def test_replacing_by_nothing_leaves_a_blank_row_that_the_next_append_fills(tmp_path: Path) -> None:
    book = rich(tmp_path / "a.xlsx")
    with Package.open(book) as package:
        package.replace_rows("tblA", [])
        package.save()
    assert {row for row, column in grid(book, "Blad1") if column <= 6} == {1}
    with Package.open(book) as package:
        assert package.tables()["tblA"].ref == "A1:F2"
        package.append_rows("tblA", [ROW, ROW])
        assert package.tables()["tblA"].ref == "A1:F3"
        package.append_rows("tblA", [ROW])
        package.save()
    sheet = loaded(book)["Blad1"]
    assert [sheet[f"A{row}"].value for row in range(2, 6)] == ["F10", "F10", "F10", None]
    assert [sheet[f"C{row}"].number_format for row in range(2, 5)] == ["dd-mm-yyyy"] * 3
    assert sheet["E2"].value == sheet["E4"].value == "=tblA[[#This Row],[Bedrag]]*0.21"
    assert sheet.tables["tblA"].ref == "A1:F4"
    with zipfile.ZipFile(book) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
        names = archive.read("xl/workbook.xml").decode()
    assert "<c:f>Blad1!$D$2:$D$4</c:f>" in chart
    assert ">Blad1!$D$2:$D$4</definedName>" in names


def test_replacing_by_the_same_rows_changes_nothing(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 3, [[1, 2.5, 3], [4, 5, 6], [7, 8, 9]])
    rows: list[dict[str, CellValue]] = [
        {"Een": 1, "Twee": 2.5, "Drie": 3}, {"Een": 4, "Twee": 5, "Drie": 6}, {"Een": 7, "Twee": 8, "Drie": 9}
    ]  # fmt: skip
    before = book.read_bytes()
    with Package.open(book) as package:
        package.replace_rows("tblP", rows)
        package.save()
    assert book.read_bytes() == before


@pytest.mark.parametrize(("start", "sizes"), [(1, (0, 1, 3)), (3, (5, 2, 2)), (4, (0, 0, 2)), (2, (2, 7, 1))])
def test_sequences_of_replacing_and_appending(
    tmp_path: Path, start: int, sizes: tuple[int, int, int]
) -> None:
    book = plain(tmp_path / "a.xlsx", start, [[f"s{i}", i, None] for i in range(start)])
    first, more, again = sizes
    with Package.open(book) as package:
        package.replace_rows("tblP", [{"Een": f"a{i}", "Drie": i} for i in range(first)])
        package.append_rows("tblP", [{"Een": f"b{i}", "Twee": i} for i in range(more)])
        rows = max(first + more, 1)
        package.set_column("tblP", "Twee", [i + 0.5 for i in range(rows)])
        package.append_rows("tblP", [{"Een": f"c{i}"} for i in range(again)])
        package.save()
    names = [f"a{i}" for i in range(first)] + [f"b{i}" for i in range(more)] + [f"c{i}" for i in range(again)]
    cells = grid(book, "Data")
    count = len(names) if first + more else max(len(names) + 1, 1)
    shift = 0 if first + more else 1
    assert [cells.get((4 + shift + i, 2)) for i in range(len(names))] == names
    assert [cells.get((4 + i, 3)) for i in range(rows)] == [i + 0.5 for i in range(rows)]
    assert max(row for row, _ in cells) == 3 + count
    with Package.open(book) as package:
        assert package.tables()["tblP"].ref == f"B3:D{3 + count}"


def test_replacing_takes_back_what_was_appended_before(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 1, [[1, 2, 3]])
    with Package.open(book) as package:
        package.append_rows("tblP", [{"Twee": 5}, {"Een": 6}, {"Een": 7}])
        package.replace_rows("tblP", [{"Een": 8}, {"Een": 9}])
        package.save()
    assert {place: value for place, value in grid(book, "Data").items() if place[0] > 3} == {
        (4, 2): 8,
        (5, 2): 9,
    }
    with Package.open(book) as package:
        assert package.tables()["tblP"].ref == "B3:D5"


def test_new_rows_look_like_the_last_one(tmp_path: Path) -> None:
    book = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet("S")
        bold = made.add_format({"bold": True})
        euro = made.add_format({"num_format": "0.00"})
        sheet.set_column("B:B", 10, euro)
        sheet.write("A2", "x", bold)
        sheet.set_row(1, 33)
        sheet.add_table("A1:B2", {"name": "t", "columns": [{"header": "a"}, {"header": "b"}]})
        sheet.write("D3", "ernaast")
    with Package.open(book) as package:
        package.append_rows("t", [{"b": 5}, {"a": "y"}])
        package.save()
    read = loaded(book)["S"]
    assert [read[f"A{row}"].font.b for row in (2, 3, 4)] == [True] * 3
    assert read["B3"].number_format == "0.00"
    assert (read["D3"].value, read["B3"].value, read["A4"].value) == ("ernaast", 5, "y")
    assert read.row_dimensions[4].height == 33


def test_a_formula_with_plain_references_is_copied_down(tmp_path: Path) -> None:
    book = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet("S")
        columns = [{"header": "a"}, {"header": "b", "formula": "=A2*$D$1+SUM(A$2:A2)"}]
        sheet.add_table("A1:B3", {"name": "t", "columns": columns})
        sheet.write("A2", 1)
        sheet.write("A3", 2)
        sheet.write_formula("B2", "=A2*$D$1+SUM(A$2:A2)")
        sheet.write_formula("B3", "=A3*$D$1+SUM(A$2:A3)")
    with Package.open(book) as package:
        package.append_rows("t", [{"a": 3}, {"a": 4}])
        package.save()
    read = loaded(book)["S"]
    assert [read[f"B{row}"].value for row in (4, 5)] == ["=A4*$D$1+SUM(A$2:A4)", "=A5*$D$1+SUM(A$2:A5)"]


def test_two_tables_side_by_side(tmp_path: Path) -> None:
    book = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet("S")
        sheet.add_table("A1:B3", {"name": "links", "columns": [{"header": "a"}, {"header": "b"}]})
        sheet.add_table("D1:E5", {"name": "rechts", "columns": [{"header": "c"}, {"header": "d"}]})
        for row in range(1, 3):
            sheet.write_row(row, 0, [row, row])
        for row in range(1, 5):
            sheet.write_row(row, 3, [row * 10, row * 10])
    with Package.open(book) as package:
        package.append_rows("rechts", [{"c": 99}])
        package.append_rows("links", [{"a": 7, "b": 8}, {"a": 9}, {"b": 10}, {"a": 11}])
        package.save()
    cells = grid(book, "S")
    assert [[cells.get((row, column)) for column in (1, 2, 4, 5)] for row in range(4, 8)] == [
        [7.0, 8.0, 30.0, 30.0], [9.0, None, 40.0, 40.0], [None, 10.0, 99.0, None], [11.0, None, None, None],
    ]  # fmt: skip
    with Package.open(book) as package:
        assert {name: info.ref for name, info in package.tables().items()} == {
            "links": "A1:B7",
            "rechts": "D1:E6",
        }


def test_pivot_caches_over_the_table_are_refreshed(tmp_path: Path) -> None:
    book = rich(tmp_path / "a.xlsx")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sources = {
        1: '<worksheetSource name="tblA"/>',
        2: '<worksheetSource ref="A1:F10" sheet="Blad1"/>',
        3: '<worksheetSource ref="A1:F5" sheet="Blad1"/>',
    }
    for number, source in sources.items():
        override = f'<Override PartName="/xl/pivotCache/d{number}.xml" ContentType="{kind}"/></Types>'
        patched(book, "[Content_Types].xml", b"</Types>", override.encode())
        with zipfile.ZipFile(book, "a") as archive:
            text = f'<cacheSource type="worksheet">{source}</cacheSource></pivotCacheDefinition>'
            archive.writestr(f"xl/pivotCache/d{number}.xml", f'<pivotCacheDefinition xmlns="{main}">{text}')
    new = tmp_path / "b.xlsx"
    with Package.open(book) as package:
        package.append_rows("tblA", [ROW])
        package.save(new)
    assert {line for line in differences(book, new) if "pivot" in line} == {
        "xl/pivotCache/d1.xml: pivotCacheDefinition@refreshOnLoad None -> 1",
        "xl/pivotCache/d2.xml: pivotCacheDefinition@refreshOnLoad None -> 1",
        "xl/pivotCache/d2.xml: pivotCacheDefinition/cacheSource/worksheetSource@ref A1:F10 -> A1:F11",
    }


def _below(book: Path, place: str, value: str) -> None:
    made = loaded(book)
    made["Data"][place] = value
    made.save(book)


@pytest.mark.parametrize("place", ["C6", "B7", "D8"])
def test_values_below_the_table_are_in_the_way(tmp_path: Path, place: str) -> None:
    book = plain(tmp_path / "a.xlsx", 2, [[1, 2, 3], [4, 5, 6]])
    _below(book, place, "opmerking")
    before = book.read_bytes()
    with Package.open(book) as package:
        package.append_rows("tblP", [{}, {}, {}])
        with pytest.raises(Refused, match=f"Blad Data: in cel {place}, onder tabel tblP, staat al iets"):
            package.save()
    assert book.read_bytes() == before


@pytest.mark.parametrize("place", ["A6", "E6", "C9"])
def test_values_beside_and_further_below_are_not(tmp_path: Path, place: str) -> None:
    book = plain(tmp_path / "a.xlsx", 2, [[1, 2, 3], [4, 5, 6]])
    _below(book, place, "opmerking")
    with Package.open(book) as package:
        package.append_rows("tblP", [{"Een": 1}, {}, {}])
        package.save()
    read = loaded(book)["Data"]
    assert (read[place].value, read["B6"].value) == ("opmerking", 1)


def test_merged_cells_are_in_the_way(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 2, [[1, 2, 3], [4, 5, 6]])
    made = loaded(book)
    made["Data"].merge_cells("D7:F8")
    made.save(book)
    with Package.open(book) as package:
        package.append_rows("tblP", [{}])
        package.save()
    with Package.open(book) as package:
        package.append_rows("tblP", [{"Een": 1}])
        with pytest.raises(Refused, match="Blad Data: de samengevoegde cellen D7:F8 liggen in de weg"):
            package.save()


def test_another_table_is_in_the_way(tmp_path: Path) -> None:
    book = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet("S")
        sheet.add_table("A1:B3", {"name": "boven", "columns": [{"header": "a"}, {"header": "b"}]})
        sheet.add_table("B6:C8", {"name": "onder", "columns": [{"header": "c"}, {"header": "d"}]})
        sheet.write_row("A2", [1, 1])
        sheet.write_row("A3", [1, 1])
    with Package.open(book) as package:
        package.append_rows("boven", [{}, {}])
        with pytest.raises(Refused, match=r"Tabel boven op blad S .*: tabel onder \(B6:C8\) ligt in de weg"):
            package.append_rows("boven", [{}])


def test_a_cell_set_before_is_in_the_way(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 1, [[1, 2, 3]])
    with Package.open(book) as package:
        package.set_cells("Data", {"C5": "hier"})
        with pytest.raises(Refused, match="Blad Data: cel C5 is al gevuld"):
            package.append_rows("tblP", [{}])


def test_the_end_of_the_sheet(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 1, [[1, 2, 3]])
    with Package.open(book) as package, pytest.raises(Refused, match="een blad heeft 1048576 rijen"):
        package.append_rows("tblP", [{}] * 1_048_573)


def test_wrong_names_and_counts(tmp_path: Path) -> None:
    book = rich(tmp_path / "a.xlsx")
    with Package.open(book) as package:
        with pytest.raises(Refused, match=r'geen tabel "tblB" \(de tabellen zijn: tblA\)'):
            package.set_column("tblB", "Naam", [])
        with pytest.raises(
            Refused, match=r'Tabel tblA op blad Blad1 heeft geen kolom "Foo". De kolommen zijn: Nummer, Naam'
        ):
            package.set_column("tblA", "Foo", [1] * 9)
        with pytest.raises(Refused, match="Tabel tblA, kolom Naam: er zijn 8 waarden voor 9 regels"):
            package.set_column("tblA", "Naam", ["x"] * 8)
        with pytest.raises(Refused, match='geen kolom "Bar"'):
            package.append_rows("tblA", [{"Naam": "x"}, {"Bar": 1}])
        package.append_rows("tblA", [])
        package.save()
    assert list(tmp_path.iterdir()) == [book]


def test_a_hidden_last_row_does_not_hide_the_new_ones(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 2, [[1, 2, 3], [4, 5, 6]])
    patched(book, "xl/worksheets/sheet1.xml", b'<row r="5"', b'<row hidden="1" r="5"')
    with Package.open(book) as package:
        package.append_rows("tblP", [{"Een": 1}])
        package.save()
    with zipfile.ZipFile(book) as archive:
        assert archive.read("xl/worksheets/sheet1.xml").count(b'hidden="1"') == 1


def test_sort_order_and_filter_follow(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 2, [[1, 2, 3], [4, 5, 6]])
    sort = b"<sortState ref='B4:D5'><sortCondition ref=\"C4:C5\"/></sortState><tableColumns"
    patched(book, "xl/tables/table1.xml", b"<tableColumns", sort)
    new = tmp_path / "b.xlsx"
    with Package.open(book) as package:
        package.append_rows("tblP", [{"Een": 1}])
        package.save(new)
    assert {line for line in differences(book, new) if "table1" in line} == {
        "xl/tables/table1.xml: table@ref B3:D5 -> B3:D6",
        "xl/tables/table1.xml: table/autoFilter@ref B3:D5 -> B3:D6",
        "xl/tables/table1.xml: table/sortState@ref B4:D5 -> B4:D6",
        "xl/tables/table1.xml: table/sortState/sortCondition@ref C4:C5 -> C4:C6",
    }


def test_what_newer_excels_keep_elsewhere_follows_too(tmp_path: Path) -> None:
    """Ignored errors, x14 protected ranges, and what a chart's filter keeps beside its own ranges."""
    book = rich(tmp_path / "a.xlsx")
    sheet, chart = "xl/worksheets/sheet1.xml", "xl/charts/chart1.xml"
    ranges = (
        b"<x14:protectedRanges><x14:protectedRange name='p'><xm:sqref>C2:C10</xm:sqref></x14:protectedRange>"
    )
    patched(
        book,
        sheet,
        b"<extLst>",
        b'<ignoredErrors><ignoredError sqref="A2:A10 B2:B4"/></ignoredErrors><extLst>',
    )
    patched(
        book,
        sheet,
        b"</ext></extLst>",
        b"</ext><ext uri='u' xmlns:x14='urn:x14' xmlns:xm='urn:xm'>"
        + ranges
        + b"</x14:protectedRanges></ext></extLst>",
    )
    hidden = b"<c15:formulaRef><c15:sqref>Blad1!$B$2:$B$10</c15:sqref></c15:formulaRef>"
    kept = b"<c:extLst><c:ext>" + hidden + b"</c:ext></c:extLst>"
    patched(book, chart, b"<c:ser>", b"<c:ser xmlns:c15='urn:c15'>" + kept)
    with Package.open(book) as package:
        package.append_rows("tblA", [{"Nummer": "F10"}])
        package.save()
    parts = contents(book)
    assert b'<ignoredError sqref="A2:A11 B2:B4"/>' in parts[sheet]
    assert b"<xm:sqref>C2:C11</xm:sqref>" in parts[sheet]
    assert b"<c15:sqref>Blad1!$B$2:$B$11</c15:sqref>" in parts[chart]


def test_a_table_without_headings_and_one_that_waits_for_its_first_row(tmp_path: Path) -> None:
    book = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet("S")
        sheet.add_table("A1:B3", {"name": "tblKaal", "header_row": False, "data": [[1, 2], [3, 4], [5, 6]]})
        sheet.add_table("D1:E2", {"name": "tblLeeg"})
    patched(book, "xl/tables/table2.xml", b"displayName=", b'insertRow="1" displayName=')
    with Package.open(book) as package:
        package.append_rows("tblKaal", [{"Column1": 7}])
        package.set_column("tblKaal", "Column2", [20, 40, 60, 80])
        package.append_rows("tblLeeg", [{"Column1": "x"}])
        package.save()
    shown, tables = grid(book, "S"), contents(book)
    assert [[shown.get((row, column)) for column in (1, 2)] for row in range(1, 5)] == [
        [1.0, 20.0], [3.0, 40.0], [5.0, 60.0], [7.0, 80.0]
    ]  # fmt: skip
    assert shown[2, 4] == "x"
    assert b'ref="A1:B4" headerRowCount="0"' in tables["xl/tables/table1.xml"]
    assert b'insertRow="0"' in tables["xl/tables/table2.xml"]
    assert b'ref="D1:E2"' in tables["xl/tables/table2.xml"]


def test_columns_are_found_by_their_name_whatever_stands_in_it(tmp_path: Path) -> None:
    book, odd = tmp_path / "a.xlsx", "x #'[],@\"&<"
    with xlsxwriter.Workbook(book) as made:
        columns = [{"header": name} for name in ("Regel\neen", odd, "a_x000a_b")]
        made.add_worksheet("S").add_table("A1:C2", {"name": "tblRaar", "columns": columns})
    with Package.open(book) as package:
        assert package.tables()["tblRaar"].columns == ("Regel\neen", odd, "a\nb")
        package.set_column("tblRaar", odd, [5])
        package.append_rows("tblRaar", [{"regel\nEEN": 1, "A\nB": 2}])
        package.save()
    shown = grid(book, "S")
    assert {place: value for place, value in shown.items() if place[0] > 1} == {
        (2, 2): 5.0, (3, 1): 1.0, (3, 3): 2.0
    }  # fmt: skip


def test_a_protected_sheet_is_written_and_stays_protected(tmp_path: Path) -> None:
    """Protection guards against typing; who asks for the edit owns the workbook. The lock itself stays."""
    book = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet("S")
        sheet.add_table("A1:B2", {"name": "tblDicht", "data": [[1, 2]]})
        sheet.protect("geheim")
    lock = re.search(rb"<sheetProtection[^>]*>", contents(book)["xl/worksheets/sheet1.xml"])
    with Package.open(book) as package:
        package.append_rows("tblDicht", [{"Column1": 3}])
        package.save()
    assert lock
    assert lock[0] in contents(book)["xl/worksheets/sheet1.xml"]
    assert grid(book, "S")[3, 1] == 3.0


def test_rows_and_values_may_come_one_by_one(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 1, [[1, None, None]])
    with Package.open(book) as package:
        package.append_rows("TBLP", ({"een": number} for number in (2, 3)))
        package.set_column("tblp", "TWEE", (number * 10 for number in (1, 2, 3)))
        package.save()
    assert {place: value for place, value in grid(book, "Data").items() if place[0] > 3} == {
        (4, 2): 1.0, (4, 3): 10.0, (5, 2): 2.0, (5, 3): 20.0, (6, 2): 3.0, (6, 3): 30.0
    }  # fmt: skip
