"""A sheet with one table: title, what it is for, the table with its looks, checks, filters and printing.

Source: docs/regels.md, "Uiterlijk".
Leaves to others: Start and Instellingen, which are made differently.
"""

from collections.abc import Mapping, Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from debiteuren.book.layout_parts import Column, Kind, Role, TableLayout
from debiteuren.book.template.highlights import LAST_ROW, add_highlights
from debiteuren.book.template.looks import (
    BRAND,
    HEADER_HEIGHT,
    MUTED,
    ROW_HEIGHT,
    SENTENCE_COLUMNS,
    Looks,
)
from debiteuren.book.template.validations import add_validations

TITLE_ROW, PURPOSE_ROW, SPACE_ROW, HEADER_ROW = range(4)
"""Rows of a sheet, from 0."""

WORK_SHEETS = frozenset(
    {"Start", "Acties", "Facturen", "Debiteuren", "Betalingen", "Regelingen", "Termijnen"}
)
"""Brand-coloured tabs; books and settings are muted."""

FROZEN_COLUMNS: Mapping[str, int] = {
    "tblActies": 3,
    "tblDebiteuren": 2,
    "tblControle": 0,
    "tblAfschriften": 0,
}
"""Columns that stay in view; one, the number, where nothing is said."""

FOLDED_COLUMNS: Mapping[str, frozenset[str]] = {
    "tblFacturen": frozenset(
        {"Btw", "Leverdatum", "Betalingskenmerk", "Bestand", "Blokkadereden", "Ouderdom"}
    ),
    "tblDebiteuren": frozenset(
        {
            *("Voornaam", "Achternaam", "Aanspreekvorm"),
            *("IBAN", "Adres", "Postcode", "Plaats", "KvK-nummer", "Btw-nummer"),
            *("Betaaltermijn", "Kortingspercentage", "Kortingsdagen", "Taal", "Toon"),
            *("Bellen tussen", "Niet herinneren tot", "Voorwaarden akkoord", "Notitie"),
        }
    ),
    "tblBetalingen": frozenset({"Tegenrekening", "Kenmerk", "Retourcode", "Bron"}),
    "tblRegelingen": frozenset(
        {"Kanaal", "Waarvan kosten", "Waarvan rente", "Toen al binnen", "Vervangt", "Vastgelegd op"}
    ),
    "tblContact": frozenset({"Sleutel"}),
}
"""Seldom read: folded behind Excel's + so that what you look at stands together on the first screen."""

_WRAPPED = "tblSjablonen"
"""Its letters have many lines: its rows grow with them."""

Row = Sequence[str | int]


def write_table_sheet(workbook: Workbook, sheet: Worksheet, table: TableLayout, looks: Looks) -> None:
    """Fill an empty sheet with the table, which gets one empty row (Excel's minimum)."""
    prepare(sheet, looks, title=table.sheet, purpose=purpose_line(table), rows_grow=table.name == _WRAPPED)
    folded = FOLDED_COLUMNS.get(table.name, frozenset())
    for index, column in enumerate(table.columns):
        before = index > 0 and table.columns[index - 1].name in folded
        options = {"level": 1, "hidden": True} if column.name in folded else {"collapsed": before}
        sheet.set_column(index, index, column.width, _cell(table, column, looks), options)
    if table.columns[-1].name in folded:
        sheet.set_column(len(table.columns), len(table.columns), None, None, {"collapsed": True})
    write_table(sheet, table, looks, header_row=HEADER_ROW)
    numbers_as_text = [
        xl_range(HEADER_ROW + 1, index, LAST_ROW - 1, index)
        for index, column in enumerate(table.columns)
        if column.kind is Kind.TEXT
    ]
    if numbers_as_text:  # an invoice number of digits is meant as text: no green corners
        sheet.ignore_errors({"number_stored_as_text": " ".join(numbers_as_text)})
    sheet.freeze_panes(HEADER_ROW + 1, FROZEN_COLUMNS.get(table.name, 1))
    sheet.set_selection(HEADER_ROW + 1, 0, HEADER_ROW + 1, 0)
    sheet.repeat_rows(HEADER_ROW)
    if table.columns[-1].name in SENTENCE_COLUMNS:
        print_columns(workbook, table.sheet, (0, len(table.columns) - 2))


def print_columns(workbook: Workbook, sheet: str, *runs: tuple[int, int]) -> None:
    """Print only these columns (first and last, from 0), each run on pages of its own.

    Whole columns, so that it holds however a table grows. XlsxWriter would write them as $A:$H, which
    openpyxl cannot read.
    """
    areas = (xl_range_abs(0, first, LAST_ROW - 1, last) for first, last in runs)
    workbook.define_name(f"{sheet}!_xlnm.Print_Area", "=" + ",".join(f"{sheet}!{area}" for area in areas))


def purpose_line(table: TableLayout) -> str:
    """The table's purpose, what bold headers mean, and where folded columns are."""
    line = table.purpose
    if table.names(Role.REQUIRED) and table.names(Role.INPUT):
        line += " Vet en donker is verplicht."
    if table.name in FOLDED_COLUMNS:
        line += " Meer kolommen: klik op de + erboven."
    return line


def prepare(sheet: Worksheet, looks: Looks, *, title: str, purpose: str, rows_grow: bool = False) -> None:
    """Title, purpose line, row heights, no gridlines, tab colour and page setup."""
    sheet.hide_gridlines(2)
    if not rows_grow:
        sheet.set_default_row(ROW_HEIGHT)
    sheet.set_tab_color(BRAND if title in WORK_SHEETS else MUTED)
    sheet.set_row(TITLE_ROW, 30)
    sheet.set_row(PURPOSE_ROW, 18)
    sheet.set_row(SPACE_ROW, 6)
    sheet.write_string(TITLE_ROW, 0, title, looks(font_size=18, bold=True, font_color=BRAND, indent=1))
    sheet.write_string(PURPOSE_ROW, 0, purpose, looks(font_size=10, font_color=MUTED, indent=1))
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.6)
    sheet.set_footer("&L&8&A&R&8Pagina &P van &N")


def write_table(
    sheet: Worksheet,
    table: TableLayout,
    looks: Looks,
    *,
    header_row: int,
    first_column: int = 0,
    rows: Sequence[Row] = (),
) -> None:
    """The table itself: headers, rows (or one empty row), formats for rows to come, checks and highlights."""
    sheet.set_row(header_row, HEADER_HEIGHT)
    first_data_row = header_row + 1
    last_row = header_row + max(1, len(rows))
    last_column = first_column + len(table.columns) - 1
    sheet.add_table(
        header_row,
        first_column,
        last_row,
        last_column,
        {
            "name": table.name,
            "style": None,
            "columns": [
                {
                    "header": column.name,
                    "header_format": looks.header(column),
                    "format": _cell(table, column, looks),
                }
                for column in table.columns
            ],
        },
    )
    for index, column in enumerate(table.columns):
        cell_format = _cell(table, column, looks)
        for offset in range(max(1, len(rows))):
            value = rows[offset][index] if rows else None
            sheet.write(first_data_row + offset, first_column + index, value, cell_format)
    add_validations(sheet, table, header_row=header_row, first_column=first_column)
    add_highlights(sheet, table, looks, first_row=first_data_row + 1, first_column=first_column)


def _cell(table: TableLayout, column: Column, looks: Looks) -> Format:
    if table.name == _WRAPPED:
        return looks.cell(column, valign="top", text_wrap=column.kind is Kind.LONG_TEXT)
    return looks.cell(column)
