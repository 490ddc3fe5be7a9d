"""What fits: on the first screen, on A4, within a column; and what is folded or stays off paper for it."""

import io

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from debiteuren.book import layout, layout_parts
from debiteuren.book.shipped import template_bytes
from debiteuren.book.template.table_sheet import FOLDED_COLUMNS


@pytest.fixture(scope="module")
def book() -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(template_bytes()))


def _sheet(book: Workbook, name: str) -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def _column(sheet: Worksheet, number: int) -> ColumnDimension:
    """Openpyxl keeps neighbours that are the same as one."""
    return next(
        each for each in sheet.column_dimensions.values() if (each.min or 0) <= number <= (each.max or 0)
    )


@pytest.mark.parametrize("name", layout.SHEETS)
def test_every_sheet_prints_across_one_page(book: Workbook, name: str) -> None:
    sheet = _sheet(book, name)
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth in {None, 1}  # left out, it is one
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert not sheet.sheet_view.showGridLines
    assert sheet.sheet_properties.tabColor is not None
    if name not in {"Start", "Instellingen"}:
        assert sheet.print_title_rows == "$4:$4"


def _points(sheet: Worksheet, columns: range) -> float:
    """The width of these columns, from 1, as far as they are not folded."""
    shown = [each for each in (_column(sheet, number) for number in columns) if not each.hidden]
    return sum(each.width * 7 for each in shown) * 72 / 96  # a width in the file counts the cell's edges


@pytest.mark.parametrize(
    ("table", "last"),
    [
        (layout.FACTUREN, "Actie op"),
        (layout.DEBITEUREN, "Betaalgedrag"),
        (layout.BETALINGEN, "Facturen"),
        (layout.REGELINGEN, "Volgende termijn"),
        (layout.CONTACT, "Concept"),
        (layout.ACTIES, "Telefoon"),
        (layout.TERMIJNEN, "Bewijs"),
        (layout.CONTROLE, "Wat te doen"),
    ],
    ids=lambda each: getattr(each, "name", each),
)
def test_what_you_look_at_stands_together_on_the_first_screen(
    book: Workbook, table: layout_parts.TableLayout, last: str
) -> None:
    upto = table.names().index(last) + 1
    assert _points(_sheet(book, table.sheet), range(1, upto + 1)) < 1300


def test_advice_stands_beside_who_it_is_about(book: Workbook) -> None:
    sheet = _sheet(book, "Debiteuren")
    in_sight = {
        "Debiteurnummer",
        "Naam",
        "Soort",
        "Kanaal",
        "Openstaand",
        "Te laat",
        "Betaalgedrag",
        "Advies",
    }
    assert not in_sight & FOLDED_COLUMNS["tblDebiteuren"]
    before_advice = layout.DEBITEUREN.names().index("Advies")
    assert _points(sheet, range(1, before_advice + 1)) < 1300 - 250  # and the beginning of the sentence


@pytest.mark.parametrize("table", layout.TABLES, ids=lambda table: table.name)
def test_folded_columns_open_at_the_plus_beside_them(book: Workbook, table: layout_parts.TableLayout) -> None:
    folded = FOLDED_COLUMNS.get(table.name, frozenset())
    assert folded <= set(table.names()) - set(table.names(layout_parts.Role.REQUIRED))
    if table.sheet == "Instellingen":
        return
    sheet = _sheet(book, table.sheet)
    assert ("klik op de +" in str(sheet["A2"].value)) is bool(folded)
    for number, name in enumerate(table.names(), start=1):
        column = _column(sheet, number)
        assert column.hidden is (name in folded)
        assert column.outlineLevel == (1 if name in folded else 0)
        if name in folded and (number == len(table.columns) or table.names()[number] not in folded):
            assert _column(sheet, number + 1).collapsed


A4_LANDSCAPE = 297 / 25.4 * 72
LEAST = 0.6
"""Eleven points come out at six and a half or more."""


@pytest.mark.parametrize(
    "table", [each for each in layout.TABLES if each.sheet != "Instellingen"], ids=lambda table: table.name
)
def test_paper_stays_readable(book: Workbook, table: layout_parts.TableLayout) -> None:
    sheet = _sheet(book, table.sheet)
    printed = len(table.columns)
    if table.columns[-1].name in {"Waarom", "Advies"}:
        printed -= 1
        assert sheet.print_area == f"'{table.sheet}'!$A$1:${get_column_letter(printed)}$1048576"
    else:
        assert not sheet.print_area
    room = A4_LANDSCAPE - 72 * (sheet.page_margins.left + sheet.page_margins.right)
    assert room / _points(sheet, range(1, printed + 1)) > LEAST


def test_settings_print_on_one_page_and_their_two_tables_on_another(book: Workbook) -> None:
    assert _sheet(book, "Instellingen").print_area == (
        "'Instellingen'!$A$1:$C$1048576,'Instellingen'!$E$1:$M$1048576"
    )


@pytest.mark.parametrize("table", layout.TABLES, ids=lambda table: table.name)
def test_what_the_program_writes_at_length_shrinks_before_it_is_cut(
    book: Workbook, table: layout_parts.TableLayout
) -> None:
    sheet = _sheet(book, table.sheet)
    first = sheet[sheet.tables[table.name].ref][1]
    for column, cell in zip(table.columns, first, strict=True):
        long = column.kind is layout_parts.Kind.LONG_TEXT
        computed = column.role is layout_parts.Role.COMPUTED
        assert bool(cell.alignment.shrink_to_fit) is (long and computed)
        if column.name in {"Waarom", "Advies"}:
            assert (cell.font.sz, cell.font.color.rgb, column.width) == (9, "FF5A6875", column.width)
            assert column.width >= 90
            assert column is table.columns[-1]


def test_a_long_notice_does_not_run_into_the_accounts_beside_it(book: Workbook) -> None:
    sheet = _sheet(book, "Start")
    merged = {str(each) for each in sheet.merged_cells.ranges}
    for row in range(24, 30):
        assert f"B{row}:F{row}" in merged
        assert sheet[f"B{row}"].alignment.shrink_to_fit


def test_start_fits_one_screen(book: Workbook) -> None:
    sheet = _sheet(book, "Start")
    width = sum(sheet.column_dimensions[get_column_letter(n)].width * 7 + 5 for n in range(1, 12))
    height = sum(sheet.row_dimensions[n].height or 19.5 for n in range(1, 30))
    assert width * 72 / 96 < 1300
    assert height < 620
