"""Setting cells: what is written is what was meant, and nothing else is."""

import datetime as dt
import zipfile
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from debiteuren.book.ooxml import CellValue, Package, Refused
from ooxml.ooxml_books import grid, loaded, patched, plain, rich
from ooxml.ooxml_checker import dangling, differences


class Soort(StrEnum):
    ZEKER = "Zeker"


def _saved(path: Path, sheet: str, values: dict[str, CellValue]) -> Path:
    new = path.with_stem("nieuw")
    with Package.open(path) as package:
        package.set_cells(sheet, values)
        package.save(new)
    return new


def test_only_the_meant_cells_change(tmp_path: Path) -> None:
    book = rich(tmp_path / "a.xlsx")
    values: dict[str, CellValue] = {
        "D4": 7.25,
        "B2": "nieuw",
        "H5": True,
        "C20": dt.date(2026, 11, 21),
        "A3": None,
    }
    new = _saved(book, "Blad1", values)
    assert differences(book, new) == {
        "xl/worksheets/sheet1.xml: D4",
        "xl/worksheets/sheet1.xml: B2",
        "xl/worksheets/sheet1.xml: H5",
        "xl/worksheets/sheet1.xml: A3",
        "xl/worksheets/sheet1.xml: C20",
        "xl/worksheets/sheet1.xml: row 20 new",
        "xl/worksheets/sheet1.xml: worksheet/dimension@ref A1:H10 -> A1:H20",
    }
    assert dangling(new) == set()
    cells = grid(new, "Blad1")
    assert (cells[4, 4], cells[2, 2], cells[5, 8], cells[20, 3]) == (7.25, "nieuw", True, 46347.0)
    assert (3, 1) not in cells


VALUES: list[tuple[CellValue, object]] = [
    (1, 1), (0, 0), (-12.5, -12.5), (0.1, 0.1), (1e300, 1e300), (1e-7, 1e-7),
    (123456789012345678, 123456789012345680),
    (Decimal("19.99"), 19.99), (Decimal("1E+3"), 1000), (True, True), (False, False),
    ("tekst", "tekst"), ("=1+1", "=1+1"), ("+31612345678", "+31612345678"), ("-5", "-5"), ("@x", "@x"),
    ("00123", "00123"), ("1,5", "1,5"), ("TRUE", "TRUE"), ("a & b < c > d", "a & b < c > d"),
    ("  met spaties  ", "  met spaties  "), ("regel 1\nregel 2\ttab", "regel 1\nregel 2\ttab"),
    ("€ ë 😀", "€ ë 😀"), (Soort.ZEKER, "Zeker"), ("_x0041_", "_x0041_"),
    ("a_x005F_b", "a_x005F_b"), ("_xZ_", "_xZ_"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "expected"), VALUES)
def test_values_read_back(tmp_path: Path, value: CellValue, expected: object) -> None:
    new = _saved(plain(tmp_path / "a.xlsx", 2), "Leeg", {"B2": value})
    cell = loaded(new)["Leeg"]["B2"]
    read = cell.value
    if isinstance(read, str) and "_x" in read:
        assert read == str(value).replace("_x0041_", "_x005F_x0041_").replace("_x005F_b", "_x005F_x005F_b")
    else:
        assert read == expected
        assert isinstance(read, bool) == isinstance(expected, bool)
    assert cell.data_type == (
        "s" if isinstance(expected, str) else "b" if isinstance(expected, bool) else "n"
    )
    assert grid(new, "Leeg")[2, 2] == expected


def test_control_characters_are_escaped(tmp_path: Path) -> None:
    new = _saved(plain(tmp_path / "a.xlsx", 2), "Leeg", {"A1": "a\x00b\rc\x1f\ufffe"})
    with zipfile.ZipFile(new) as archive:
        assert b"<t>a_x0000_b_x000D_c_x001F__xFFFE_</t>" in archive.read("xl/worksheets/sheet2.xml")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (float("nan"), "nan is geen getal"),
        (float("-inf"), "-inf is geen getal"),
        (Decimal("NaN"), "NaN is geen getal"),
        ("x" * 32768, "langer dan de 32767 tekens"),
        ("😀" * 16384, "langer dan de 32767 tekens"),
        (dt.date(1899, 12, 31), "ligt voor 1 januari 1900"),
        (dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "tijdzone"),
        (10**400, "te groot"),
        (object(), "soort object"),
    ],
)
def test_what_no_cell_can_hold_is_refused(tmp_path: Path, value: CellValue, reason: str) -> None:
    book = plain(tmp_path / "a.xlsx", 2)
    before = book.read_bytes()
    with Package.open(book) as package:
        package.set_cells("Leeg", {"C3": value})
        with pytest.raises(Refused, match=reason) as refused:
            package.save()
    assert str(refused.value).startswith("Blad Leeg, cel C3: ")
    assert book.read_bytes() == before
    assert list(tmp_path.iterdir()) == [book]


def test_the_longest_text_fits(tmp_path: Path) -> None:
    text = "x" * 32767
    assert grid(_saved(plain(tmp_path / "a.xlsx", 2), "Leeg", {"A1": text}), "Leeg")[1, 1] == text


@pytest.mark.parametrize(
    ("date1904", "day", "serial"),
    [
        (False, dt.date(2026, 11, 21), 46347),
        (False, dt.date(1900, 1, 1), 1),
        (False, dt.date(1900, 2, 28), 59),
        (False, dt.date(1900, 3, 1), 61),
        (True, dt.date(2026, 11, 21), 44885),
        (True, dt.date(1904, 1, 1), 0),
        (False, dt.datetime(2026, 11, 21, 18, 0), 46347.75),
    ],
)
def test_dates_follow_the_calendar_of_the_workbook(
    tmp_path: Path,
    date1904: bool,  # noqa: FBT001 - a parameter of the table above
    day: dt.date,
    serial: float,
) -> None:
    book = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(book, {"date_1904": date1904}) as made:
        made.add_worksheet("Leeg")
    new = _saved(book, "Leeg", {"A1": day})
    with zipfile.ZipFile(new) as archive:
        assert f'<c r="A1"><v>{serial}</v></c>'.encode() in archive.read("xl/worksheets/sheet1.xml")


def test_a_cell_keeps_its_style_and_an_absent_one_shows_its_columns(tmp_path: Path) -> None:
    book = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet("S")
        day = made.add_format({"num_format": "dd-mm-yyyy"})
        euro = made.add_format({"num_format": "0.00"})
        sheet.write_blank("A1", None, day)
        sheet.set_column("B:C", 12, euro)
        sheet.set_row(4, None, day)
    new = _saved(book, "S", {"A1": dt.date(2026, 1, 2), "B2": 3, "B5": 4, "D9": 5})
    read = loaded(new)["S"]
    assert [read[c].number_format for c in ("A1", "B2", "B5", "D9")] == [
        "dd-mm-yyyy",
        "0.00",
        "dd-mm-yyyy",
        "General",
    ]
    assert read["A1"].value == dt.datetime(2026, 1, 2)


def test_setting_what_is_there_writes_nothing(tmp_path: Path) -> None:
    book = rich(tmp_path / "a.xlsx")
    before = book.stat()
    with Package.open(book) as package:
        package.set_cells("Blad1", {"D2": 10.5, "Z99": None})
        package.set_column("tblA", "Bedrag", [row * 10.5 for row in range(1, 10)])
        package.save()
    after = book.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert list(tmp_path.iterdir()) == [book]


def test_unchanged_saved_elsewhere_is_a_copy(tmp_path: Path) -> None:
    book = rich(tmp_path / "a.xlsx")
    with Package.open(book) as package:
        package.save(tmp_path / "b.xlsx")
    assert (tmp_path / "b.xlsx").read_bytes() == book.read_bytes()


def test_saving_twice_from_one_package(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 2)
    with Package.open(book) as package:
        package.set_cells("Leeg", {"A1": 1})
        package.save()
        package.set_cells("Leeg", {"A2": 2})
        package.append_rows("tblP", [{"Een": "x"}])
        package.save()
    assert grid(book, "Leeg") == {(1, 1): 1.0, (2, 1): 2.0}


def test_a_formula_may_be_overwritten_and_the_calculation_chain_goes(tmp_path: Path) -> None:
    book = tmp_path / "a.xlsx"
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet["A1"], sheet["A2"] = 1, "=A1*2"
    made.save(book)
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr("xl/calcChain.xml", '<calcChain xmlns="x"><c r="A2" i="1"/></calcChain>')
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    patched(book, "[Content_Types].xml", b"</Types>",
             f'<Override PartName="/xl/calcChain.xml" ContentType="{types}"/></Types>'.encode())  # fmt: skip
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    link = f'<Relationship Id="r9" Type="{kind}" Target="calcChain.xml"/></Relationships>'
    patched(book, "xl/_rels/workbook.xml.rels", b"</Relationships>", link.encode())
    left = _saved(book, "Sheet", {"A1": 5})
    assert "xl/calcChain.xml: gone" not in differences(book, left)
    gone = _saved(book, "Sheet", {"A2": 5})
    assert differences(book, gone) == {
        "xl/calcChain.xml: gone",
        "xl/worksheets/sheet1.xml: A2",
        "[Content_Types].xml: Types children -Override +",
        "xl/_rels/workbook.xml.rels: Relationships children -Relationship +",
    } | {line for line in differences(book, gone) if "calcPr" in line}
    assert dangling(gone) == set()
    assert loaded(gone)["Sheet"]["A2"].value == 5


def test_calculation_is_asked_for_where_it_was_not(tmp_path: Path) -> None:
    for number, (old, new, expected) in enumerate(
        [
            (b'<calcPr calcId="124519" fullCalcOnLoad="1"/>', b"", b'</sheets><calcPr fullCalcOnLoad="1"/>'),
            (b'<calcPr calcId="124519" fullCalcOnLoad="1"/>', b"<calcPr calcId='1'/>",
             b"<calcPr calcId='1' fullCalcOnLoad=\"1\"/>"),
            (b'<calcPr calcId="124519" fullCalcOnLoad="1"/>', b'<definedNames/><oleSize ref="A1"/>',
             b'<definedNames/><calcPr fullCalcOnLoad="1"/><oleSize'),
        ]
    ):  # fmt: skip
        book = plain(tmp_path / f"{number}.xlsx", 2)
        patched(book, "xl/workbook.xml", old, new)
        saved = _saved(book, "Leeg", {"A1": 1})
        with zipfile.ZipFile(saved) as archive:
            assert expected in archive.read("xl/workbook.xml")


@pytest.mark.parametrize("place", ["D2", "D3", "D4"])
def test_array_formulas_are_refused_by_cell(tmp_path: Path, place: str) -> None:
    book = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet("S")
        sheet.write_array_formula("D2:D4", "{=A2:A4*2}")
        sheet.write("A9", 1)
    with Package.open(book) as package:
        package.set_cells("S", {place: 1})
        with pytest.raises(Refused, match=f"Blad S, cel {place}: .*D2:D4") as refused:
            package.save()
    assert "overschrijven wij niet" in str(refused.value)
    with Package.open(book) as package:
        package.set_cells("S", {"D5": 1, "C3": 2})
        package.save()
    assert grid(book, "S")[5, 4] == 1.0


@pytest.mark.parametrize("place", ["D2", "E2", "D3", "E4"])
def test_the_cells_of_a_data_table_are_refused(tmp_path: Path, place: str) -> None:
    book = plain(tmp_path / "a.xlsx", 2)
    formula = b'<f t="dataTable" ref="D2:E4" dt2D="1" dtr="1" r1="A1" r2="A2"/><v>1</v>'
    rows = b"".join(
        b'<row r="%d"><c r="D%d">%b</c><c r="E%d"><v>2</v></c></row>' % (row, row, body, row)
        for row, body in ((2, formula), (3, b"<v>3</v>"), (4, b"<v>4</v>"), (5, b"<v>5</v>"))
    )
    patched(book, "xl/worksheets/sheet2.xml", b"<sheetData/>", b"<sheetData>" + rows + b"</sheetData>")
    with Package.open(book) as package:
        package.set_cells("Leeg", {place: 1})
        with pytest.raises(Refused, match=f"Blad Leeg, cel {place}: .*D2:E4"):
            package.save()
    assert grid(_saved(book, "Leeg", {"D5": 1}), "Leeg")[5, 4] == 1.0


@pytest.mark.parametrize("place", ["B2", "C2", "B3", "$d$3"])
def test_of_merged_cells_only_the_first_can_be_seen(tmp_path: Path, place: str) -> None:
    book = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(book) as made:
        made.add_worksheet("S").merge_range("B2:D3", "samen")
    named = place.replace("$", "").upper()
    with Package.open(book) as package:
        package.set_cells("S", {place: 1})
        if place == "B2":
            package.save()
            assert grid(book, "S") == {(2, 2): 1.0}
            return
        with pytest.raises(Refused, match=rf"Blad S, cel {named}: .*B2:D3.* Schrijf in B2, of splits ze"):
            package.save()


def test_emptying_a_merged_cell_is_allowed(tmp_path: Path) -> None:
    book = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(book) as made:
        made.add_worksheet("S").merge_range("B2:D3", "samen")
    assert grid(_saved(book, "S", {"B2": None, "C3": None}), "S") == {}


def test_the_master_of_a_shared_formula_is_refused_its_children_are_not(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 2)
    rows = (b'<sheetData><row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1*2</f><v>0</v></c></row>'
            b'<row r="2"><c r="A2"><f t="shared" si="0"/><v>0</v></c></row></sheetData>')  # fmt: skip
    patched(book, "xl/worksheets/sheet2.xml", b"<sheetData/>", rows)
    with Package.open(book) as package:
        package.set_cells("Leeg", {"A1": 1})
        with pytest.raises(Refused, match=r"Blad Leeg, cel A1: .*A1:A3"):
            package.save()
    assert grid(_saved(book, "Leeg", {"A2": 1}), "Leeg")[2, 1] == 1.0


@pytest.mark.parametrize(
    ("rows", "values", "expected"),
    [
        (b"<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c t='str'><v>x</v></c></row>",
         {"B1": 9, "C3": 8}, {(1, 1): 1.0, (1, 2): 9.0, (3, 1): "x", (3, 3): 8.0}),
        (b"<row r='2' ht='15'>\n  <c r='A2' s='0'><v>1</v></c>\n  <c r='C2'><v>3</v></c>\n</row>",
         {"A2": 5, "B2": 6, "D2": 7}, {(2, 1): 5.0, (2, 2): 6.0, (2, 3): 3.0, (2, 4): 7.0}),
        (b'<row r="5"><c r="B5" t="inlineStr"><is><t>a</t></is></c></row>',
         {"A2": 1, "A5": 2, "C5": "c", "A9": 3},
         {(2, 1): 1.0, (5, 1): 2.0, (5, 2): "a", (5, 3): "c", (9, 1): 3.0}),
        (b'<row r="1"><c t="n" r="A1"><v>1</v></c><c r="B1"/></row>',
         {"A1": "t", "B1": 2}, {(1, 1): "t", (1, 2): 2.0}),
    ],
)  # fmt: skip
def test_xml_as_it_comes(
    tmp_path: Path, rows: bytes, values: dict[str, CellValue], expected: dict[tuple[int, int], object]
) -> None:
    book = plain(tmp_path / "a.xlsx", 2)
    patched(book, "xl/worksheets/sheet2.xml", b"<sheetData/>", b"<sheetData>" + rows + b"</sheetData>")
    new = _saved(book, "Leeg", values)
    assert grid(new, "Leeg") == expected
    meant = {
        line.rsplit(" ", 1)[-1]
        for line in differences(book, new)
        if line.startswith("xl/worksheets/sheet2.xml")
    }
    assert set(values) <= meant <= {*values, "new", "A1:D9"} | {line for line in meant if ":" in line}


def test_prefixed_xml(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 2)
    with zipfile.ZipFile(book) as archive:
        old = archive.read("xl/worksheets/sheet2.xml")
    new = (b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
           b'<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>oud</x:t></x:is></x:c>'
           b'<x:c r="C1"><x:v>3</x:v></x:c></x:row>'
           b"</x:sheetData></x:worksheet>")  # fmt: skip
    patched(book, "xl/worksheets/sheet2.xml", old, new)
    saved = _saved(book, "Leeg", {"A1": "nieuw & wel", "B1": 2, "A3": True, "C1": None})
    assert grid(saved, "Leeg") == {(1, 1): "nieuw & wel", (1, 2): 2.0, (3, 1): True}
    with zipfile.ZipFile(saved) as archive:
        assert b"<c" not in archive.read("xl/worksheets/sheet2.xml")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"<sheetData/>", b"<!-- x --><sheetData/>", "commentaar"),
        (b"<sheetData/>", b"<sheetData><![CDATA[x]]></sheetData>", "commentaar"),
        (b"<sheetData/>", b"<sheetData/><?x y?>", "verwerkingsinstructie"),
        (b'encoding="UTF-8"', b'encoding="ISO-8859-1"', "ISO-8859-1"),
        (b"<sheetData/>", b'<sheetData><row r="3"/><row r="2"/></sheetData>', "niet op volgorde"),
        (
            b"<sheetData/>",
            b"<sheetData><row r=\"3\"><c r='B3'/><c r='A3'/></row></sheetData>",
            "rij 3: de cellen",
        ),
        (b"<sheetData/>", b'<sheetData><row r="3"><x/></row></sheetData>', "iets anders dan cellen"),
        (
            b"<sheetData/>",
            b'<sheetData><row r="1"/><x/><row r="3"/></sheetData>',
            "na rij 1 staat iets",
        ),
    ],
)
def test_markup_that_cannot_be_edited_safely_is_refused(
    tmp_path: Path, old: bytes, new: bytes, reason: str
) -> None:
    book = plain(tmp_path / "a.xlsx", 2)
    patched(book, "xl/worksheets/sheet2.xml", old, new)
    before = book.read_bytes()
    with Package.open(book) as package:
        package.set_cells("Leeg", {"A3": 1})
        with pytest.raises(Refused, match=reason):
            package.save()
    assert book.read_bytes() == before


def test_the_header_of_a_table_is_not_changed(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 2)
    with Package.open(book) as package:
        with pytest.raises(Refused, match=r'Blad Data, cel C3: dit is de kop van "Twee" van'):
            package.set_cells("Data", {"A1": 5, "C3": "Anders"})
        package.set_cells("Data", {"C3": "Twee", "E3": "ernaast"})
        package.save()
    assert {place: value for place, value in grid(book, "Data").items() if place[1] in (1, 5)} == {
        (3, 5): "ernaast"
    }


def test_a_shared_workbook_is_refused(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 2)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/revisionHeaders"
    link = f'<Relationship Id="r9" Type="{kind}" Target="revisions/revisionHeaders.xml"/></Relationships>'
    patched(book, "xl/_rels/workbook.xml.rels", b"</Relationships>", link.encode())
    with Package.open(book) as package:
        package.set_cells("Leeg", {"A1": 1})
        with pytest.raises(Refused, match="gedeelde werkmap"):
            package.save()


def test_strict_open_xml(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 2, [[1, 2, 3], [4, 5, 6]])
    for part in (
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/tables/table1.xml",
    ):
        old = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        patched(book, f"xl/{part}", old, b"http://purl.oclc.org/ooxml/spreadsheetml/main")
    patched(book, "_rels/.rels", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument")  # fmt: skip
    new = tmp_path / "b.xlsx"
    with Package.open(book) as package:
        package.set_cells("Leeg", {"A1": 1})
        package.append_rows("tblP", [{"Een": "x"}])
        package.save(new)
    found = differences(book, new)
    assert {"xl/worksheets/sheet2.xml: A1", "xl/worksheets/sheet1.xml: B6"} <= found
    assert "xl/tables/table1.xml: table@ref B3:D5 -> B3:D6" in found


def test_unknown_sheets_and_cells_are_refused(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 2)
    with Package.open(book) as package:
        with pytest.raises(Refused, match=r'geen blad "Bestaat niet". De bladen zijn: Data, Leeg'):
            package.set_cells("Bestaat niet", {"A1": 1})
        for wrong in ("A", "1", "A0", "XFE1", "A1048577", "A1:B2", "tekst"):
            with pytest.raises(Refused, match=f'"{wrong}" is geen cel'):
                package.set_cells("Leeg", {wrong: 1})


def test_a_chart_sheet_holds_no_cells(tmp_path: Path) -> None:
    book = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet("S")
        sheet.write("A1", 1)
        chart = made.add_chart({"type": "line"})
        chart.add_series({"values": "=S!$A$1:$A$2"})
        made.add_chartsheet("Grafiek").set_chart(chart)
    with Package.open(book) as package, pytest.raises(Refused, match="Grafiek is geen gewoon werkblad"):
        package.set_cells("Grafiek", {"A1": 1})
