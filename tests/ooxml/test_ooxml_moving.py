"""Rows that come up: the quick way and the careful way write the same, and what stands beside stays."""

import tempfile
import zipfile
from pathlib import Path
from unittest import mock

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from debiteuren.book.ooxml import Package, Refused, changes
from debiteuren.book.ooxml.cells import usual_cells
from ooxml.ooxml_books import grid, loaded, patched
from ooxml.ooxml_checker import contents, dangling, differences

SHEET = "xl/worksheets/sheet1.xml"
FORMULAS = (
    "=B{row}*2", "=$B${row}+F{row}", "=SUM(B$2:B${last})", "=SUM(B2:B{row})", '=[@B]&"B2"', "=Data!C{row}",
)  # fmt: skip

cells = st.one_of(
    st.none(), st.integers(0, 9), st.sampled_from(['<c r="B3"', " a ", "x>y"]), st.sampled_from(FORMULAS)
)
lines = st.lists(st.lists(cells, min_size=6, max_size=6), min_size=2, max_size=9)


def _made(path: Path, rows: list[list[object]], *, wide: bool = False) -> Path:
    """A table in B to D of Data, with cells of others in A, E and F."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Data")
        red = book.add_format({"font_color": "red"})
        for number, row in enumerate(rows, 1):
            if number % 3 == 0:
                sheet.set_row(number, 30)
            for column, value in enumerate(row):
                if isinstance(value, str) and value.startswith("="):
                    text = value.format(row=number + 1, last=len(rows) + 1)
                    sheet.write_formula(number, column, text, red if column == 2 else None)
                elif value is not None:
                    sheet.write(number, column, value, red if column == 3 else None)
        headers = [{"header": name} for name in "BCD"]
        sheet.add_table(0, 1, len(rows), 3, {"name": "tblM", "columns": headers})
        if wide:
            sheet.write("H30", "ver")
    return path


def _without(book: Path, new: Path, gone: set[int], *, careful: bool) -> str:
    """The new workbook, or why not."""
    taken = (lambda *_: None) if careful else usual_cells
    with (
        mock.patch("debiteuren.book.ooxml.moving.usual_cells", taken),
        mock.patch("debiteuren.book.ooxml.removal.usual_cells", taken),
        Package.open(book) as package,
    ):
        try:
            package.delete_rows("tblM", gone)
            package.save(new)
        except Refused as refusal:
            return str(refusal)
    return ""


@settings(max_examples=120, deadline=None)
@given(rows=lines, gone=st.sets(st.integers(0, 8), min_size=1, max_size=5))
def test_the_quick_way_writes_what_the_careful_way_writes(rows: list[list[object]], gone: set[int]) -> None:
    gone = {row for row in gone if row < len(rows)} or {0}
    with tempfile.TemporaryDirectory() as folder:
        book = _made(Path(folder) / "a.xlsx", rows, wide=True)
        quick, careful = Path(folder) / "b.xlsx", Path(folder) / "c.xlsx"
        refused = _without(book, quick, gone, careful=False)
        assert _without(book, careful, gone, careful=True) == refused
        if not refused:
            assert differences(careful, quick) == set()
            assert dangling(quick) == set()
            _compare(book, quick, gone)


def _compare(before: Path, after: Path, gone: set[int]) -> None:
    """What is no formula stands where a plain list would have it, and the rest has not moved."""
    old, new = loaded(before)["Data"], loaded(after)["Data"]
    count = old.tables["tblM"].ref.rsplit("D")[1]
    kept = [row for row in range(2, int(count) + 1) if row - 2 not in gone]
    if not kept:
        kept = [2]
        return
    for row in range(1, 31):
        assert new.row_dimensions[row].height == old.row_dimensions[row].height
        for column in range(1, 9):
            inside = 2 <= row <= int(count) and 2 <= column <= 4
            origin = (kept[row - 2] if row - 2 < len(kept) else None) if inside else row
            value = None if origin is None else old.cell(origin, column).value
            if not str(value).startswith("="):
                assert new.cell(row, column).value == value
            if origin is not None:
                assert new.cell(row, column).font.color == old.cell(origin, column).font.color


def test_a_row_whose_cells_stand_beside_a_gap_comes_up_into_a_row_that_was_not_there(tmp_path: Path) -> None:
    rows: list[list[object]] = [[None, row, row, row, None, None] for row in range(6)]
    book = _made(tmp_path / "a.xlsx", rows)
    data = contents(book)[SHEET]
    fourth = data[data.index(b'<row r="4"') : data.index(b'<row r="5"')]
    patched(book, SHEET, fourth, b"")
    with Package.open(book) as package:
        package.delete_rows("tblM", [0])
        package.save()
    assert {place: value for place, value in grid(book, "Data").items() if place[1] == 2} == {
        (1, 2): "B", (2, 2): 1.0, (4, 2): 3.0, (5, 2): 4.0, (6, 2): 5.0
    }  # fmt: skip
    numbers = [piece.split(b'"')[0] for piece in contents(book)[SHEET].split(b'<row r="')[1:]]
    assert numbers == sorted(numbers)


def test_rows_deleted_in_turns_between_other_edits(tmp_path: Path) -> None:
    book = _made(tmp_path / "a.xlsx", [["L", row, f"=B{row + 2}*2", "x", "R", None] for row in range(5)])
    with Package.open(book) as package:
        package.delete_rows("tblM", [0])  # 1 2 3 4
        package.append_rows("tblM", [{"B": 10, "C": "nieuw"}, {"B": 11}])  # 1 2 3 4 10 11
        package.delete_rows("tblM", [1, 4])  # 1 3 4 11
        package.set_column("tblM", "D", ["a", "b", "c", "d"])
        package.save()
    sheet = loaded(book)["Data"]
    assert [[cell.value for cell in row] for row in sheet["A2:E7"]] == [
        ["L", 1, "=B2*2", "a", "R"],
        ["L", 3, "=B3*2", "b", "R"],
        ["L", 4, "=B4*2", "c", "R"],
        ["L", 11, "=B5*2" if sheet["C5"].value else None, "d", "R"],
        ["L", None, None, None, "R"],
        [None, None, None, None, None],
    ]
    assert sheet.tables["tblM"].ref == "B1:D5"
    place = next(changes(book)).note
    assert place is not None
    assert next(str(each.area) for each in place.places if each.sheet == "Data").startswith("B2")


def test_new_rows_after_deleting_look_like_the_last_row_that_stays(tmp_path: Path) -> None:
    book = _made(tmp_path / "a.xlsx", [[None, row, row, row, None, None] for row in range(4)])
    with Package.open(book) as package:
        package.delete_rows("tblM", [0, 1])
        package.append_rows("tblM", [{"D": 8}, {"D": 9}, {"D": 10}])
        package.save()
    sheet = loaded(book)["Data"]
    assert [sheet.cell(row, 4).value for row in range(2, 8)] == [2, 3, 8, 9, 10, None]
    assert {sheet.cell(row, 4).font.color.rgb for row in range(2, 7)} == {"FFFF0000"}


def test_totals_stand_below_rows_that_went_and_came(tmp_path: Path) -> None:
    for gone, new in ((1, 3), (2, 1), (2, 2)):
        with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
            sheet = book.add_worksheet("Data")
            columns = [
                {"header": "Een", "total_string": "Totaal"}, {"header": "Twee", "total_function": "sum"}
            ]  # fmt: skip
            data = [[f"r{row}", row] for row in range(4)]
            sheet.add_table("A1:B6", {"name": "tblT", "total_row": True, "columns": columns, "data": data})
        with Package.open(tmp_path / "a.xlsx") as package:
            package.delete_rows("tblT", range(gone))
            package.append_rows("tblT", [{"Een": "n", "Twee": 7}] * new)
            package.save()
        shown = grid(tmp_path / "a.xlsx", "Data")
        last = 1 + 4 - gone + new
        assert [shown.get((row, 1)) for row in range(2, 9)] == [
            *[f"r{row}" for row in range(gone, 4)], *["n"] * new, "Totaal", *[None] * 7
        ][:7]  # fmt: skip
        assert loaded(tmp_path / "a.xlsx")["Data"].cell(last + 1, 2).value == "=SUBTOTAL(109,[Twee])"


@pytest.mark.parametrize("kind", ["shared", "plain"])
def test_the_calculation_chain_goes_when_formulas_come_up(tmp_path: Path, kind: str) -> None:
    book = _made(tmp_path / "a.xlsx", [[None, row, f"=B{row + 2}*2", None, None, None] for row in range(4)])
    if kind == "shared":
        patched(book, SHEET, b"<f>B2*2</f>", b'<f t="shared" ref="C2:C5" si="0">B2*2</f>')
        for row in (3, 4, 5):
            patched(book, SHEET, b"<f>B%d*2</f>" % row, b'<f t="shared" si="0"/>')
    _with_chain(book)
    with Package.open(book) as package:
        package.delete_rows("tblM", [1])
        package.save()
    assert "xl/calcChain.xml" not in contents(book)
    assert dangling(book) == set()
    sheet = loaded(book)["Data"]
    assert [sheet.cell(row, 3).value for row in range(2, 6)] == ["=B2*2", "=B3*2", "=B4*2", None]


def _with_chain(book: Path) -> None:

    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    patched(
        book,
        "xl/_rels/workbook.xml.rels",
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="%b" Target="calcChain.xml"/></Relationships>' % kind,
    )
    patched(
        book,
        "[Content_Types].xml",
        b"</Types>",
        b'<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'spreadsheetml.calcChain+xml"/></Types>',
    )
    with zipfile.ZipFile(book, "a") as archive:
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        archive.writestr("xl/calcChain.xml", f'<calcChain xmlns="{main}"><c r="C5"/></calcChain>')


def test_what_was_written_in_a_row_goes_with_the_row(tmp_path: Path) -> None:
    book = _made(tmp_path / "a.xlsx", [[None, row, row, row, None, None] for row in range(4)])
    with Package.open(book) as package:
        package.set_cells("Data", {"B3": 30, "B4": 40})
        package.delete_rows("tblM", [1])
        package.save()
    assert [grid(book, "Data").get((row, 2)) for row in range(2, 6)] == [0.0, 40.0, 3.0, None]
