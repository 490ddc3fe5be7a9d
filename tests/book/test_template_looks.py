"""The looks: which row gets which colour, number formats, headers, freezing and printing."""

import io
import re
from collections.abc import Mapping
from enum import StrEnum

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from debiteuren.book import layout, layout_parts
from debiteuren.book.shipped import template_bytes
from debiteuren.book.template.highlights import HIGHLIGHTS
from debiteuren.domain.invoice import Action, InvoiceStatus

YELLOW, ORANGE, BLUE = ("FFE9B8", "6B4300"), ("FAD3BF", "7D2406"), ("D7E7F6", "0A4480")
PURPLE, PAUSED, GREY = ("EADFF3", "55267F"), ("E6EAED", "3E4C59"), ("CBD2D9", "1F2933")
MUTED, PLAIN = ("", "7B8794"), ("", "")


@pytest.fixture(scope="module")
def book() -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(template_bytes()))


def _sheet(book: Workbook, name: str) -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def _letter(table: layout_parts.TableLayout, column: str) -> str:
    return get_column_letter(table.names().index(column) + 1)


def _column(sheet: Worksheet, number: int) -> ColumnDimension:
    """Openpyxl keeps neighbours that are the same as one."""
    return next(
        each for each in sheet.column_dimensions.values() if (each.min or 0) <= number <= (each.max or 0)
    )


def _colours(
    book: Workbook, table: layout_parts.TableLayout, column: str, row: Mapping[str, str]
) -> tuple[str, str]:
    """Fill and text colour that the first rule that is true gives the cell, working the formula out here."""
    sheet = _sheet(book, table.sheet)
    cell = f"{_letter(table, column)}900"
    words = {_letter(table, name): value for name, value in row.items()}
    rules = [rule for area in sheet.conditional_formatting if cell in area.cells for rule in area.rules]
    for rule in sorted(rules, key=lambda each: each.priority):
        (formula,) = rule.formula
        pairs = re.findall(r'\$([A-Z]+)5="([^"]*)"', formula)
        filled = re.fullmatch(r'\$([A-Z]+)5<>""', formula)
        begins = re.findall(r'LEFT\(\$([A-Z]+)5,5\)="([^"]*)"', formula)
        assert pairs or filled
        if any(words.get(letter, "")[:5] != word for letter, word in begins):
            continue
        if filled or any(words.get(letter, "") == word for letter, word in pairs):
            assert rule.stopIfTrue
            style = rule.dxf
            fill = style.fill.bgColor.rgb[2:] if style.fill else ""
            return fill, style.font.color.rgb[2:] if style.font else ""
    return PLAIN


@pytest.mark.parametrize(
    ("status", "action", "expected"),
    [
        ("Te laat", "Herinnering sturen", YELLOW),
        ("Te laat", "Bellen", YELLOW),
        ("Te laat", "Toezegging opvolgen", YELLOW),
        ("Te laat", "Gegevens aanvullen", YELLOW),
        ("Te laat", "Wachten", YELLOW),
        ("Te laat", "Geen", YELLOW),
        ("Te laat", "Tweede herinnering sturen", ORANGE),
        ("Te laat", "Opnieuw bellen", ORANGE),
        ("Te laat", "14-dagenbrief sturen", ORANGE),
        ("Te laat", "Laatste aanmaning sturen", ORANGE),
        ("Te laat", "Uit handen geven", GREY),
        ("Te laat", "Geschil oplossen", PURPLE),
        ("Regeling", "Geen", BLUE),
        ("Regeling", "Termijn opvolgen", BLUE),
        ("Regeling", "Regeling bevestigen", BLUE),
        ("Betwist", "Geschil oplossen", PURPLE),
        ("Gepauzeerd", "Wachten", PAUSED),
        ("Uit handen", "Geen", GREY),
        ("Betaald", "Geen", MUTED),
        ("Openstaand", "Geen", PLAIN),
        ("Deels betaald", "Geen", PLAIN),
        ("Creditfactuur", "Geen", PLAIN),
    ],
)
def test_an_invoice_has_one_colour_over_status_action_and_day(
    book: Workbook, status: str, action: str, expected: tuple[str, str]
) -> None:
    row = {"Factuurnummer": "1", "Status": status, "Volgende actie": action}
    for column in ("Status", "Volgende actie", "Actie op"):
        assert _colours(book, layout.FACTUREN, column, row) == expected
    muted = status in {"Betaald", "Uit handen"}
    for column in ("Factuurnummer", "Bedrag", "Ouderdom", "Waarom"):
        assert _colours(book, layout.FACTUREN, column, row) == (MUTED if muted else PLAIN)


@pytest.mark.parametrize(
    ("table", "column", "word", "expected"),
    [
        (layout.ACTIES, "Actie", "Bellen", YELLOW),
        (layout.ACTIES, "Actie", "Opnieuw bellen", ORANGE),
        (layout.ACTIES, "Actie", "Regeling bevestigen", BLUE),
        (layout.ACTIES, "Actie", "Geschil oplossen", PURPLE),
        (layout.ACTIES, "Actie", "Uit handen geven", GREY),
        (layout.ACTIES, "Actie", "Wachten", PLAIN),
        (layout.BETALINGEN, "Koppelstatus", "Zeker", PLAIN),
        (layout.BETALINGEN, "Koppelstatus", "Voorstel", BLUE),
        (layout.BETALINGEN, "Koppelstatus", "Onbekend", YELLOW),
        (layout.BETALINGEN, "Koppelstatus", "Geen factuur", MUTED),
        (layout.BETALINGEN, "Koppelstatus", "Uw keuze", PLAIN),
        (layout.REGELINGEN, "Status", "Onvolledig", YELLOW),
        (layout.REGELINGEN, "Status", "Te bevestigen", YELLOW),
        (layout.REGELINGEN, "Status", "Loopt", BLUE),
        (layout.REGELINGEN, "Status", "Achter", YELLOW),
        (layout.REGELINGEN, "Status", "Verbroken", ORANGE),
        (layout.REGELINGEN, "Status", "Nagekomen", MUTED),
        (layout.TERMIJNEN, "Status", "Nog niet vervallen", PLAIN),
        (layout.TERMIJNEN, "Status", "Op tijd", MUTED),
        (layout.TERMIJNEN, "Status", "Te laat betaald", MUTED),
        (layout.TERMIJNEN, "Status", "Deels betaald", YELLOW),
        (layout.TERMIJNEN, "Status", "Gemist", ORANGE),
        (layout.TERMIJNEN, "Status", "Nog niet bekend", PAUSED),
        (layout.CONTACT, "Concept", "Gemaakt", BLUE),
        (layout.CONTACT, "Concept", "Verstuurd", PLAIN),
        (layout.CONTACT, "Concept", "Vervallen", MUTED),
        (layout.CONTROLE, "Ernst", "Fout", ORANGE),
        (layout.CONTROLE, "Ernst", "Waarschuwing", YELLOW),
    ],
)
def test_a_word_has_its_colour(
    book: Workbook, table: layout_parts.TableLayout, column: str, word: str, expected: tuple[str, str]
) -> None:
    assert _colours(book, table, column, {table.columns[0].name: "1", column: word}) == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [("nog 1 min", BLUE), ("vandaag", BLUE), ("sinds 11:05", ORANGE), ("sinds 20-11", ORANGE)],
)
def test_a_confirmation_is_red_when_its_hour_is_over(
    book: Workbook, when: str, expected: tuple[str, str]
) -> None:
    row = {"Volgorde": "1", "Actie": "Regeling bevestigen", "Wanneer": when}
    assert _colours(book, layout.ACTIES, "Actie", row) == expected
    other = row | {"Actie": "Bellen"}
    assert _colours(book, layout.ACTIES, "Actie", other) == YELLOW


def test_every_highlighted_word_is_a_word_of_its_column() -> None:
    for name, highlight in HIGHLIGHTS.items():
        table = layout.BY_NAME[name]
        for words in (*(words for _paint, words in highlight.rules), highlight.muted or {}):
            for column, choices in words.items():
                assert {each.value for each in choices} <= set(table.column(column).choices)


def test_no_status_or_action_is_forgotten() -> None:
    said: set[StrEnum] = {
        word
        for _paint, words in HIGHLIGHTS["tblFacturen"].rules
        for choices in words.values()
        for word in choices
    }
    assert set(Action) - said == {Action.NONE, Action.WAIT}
    assert set(InvoiceStatus) - said == {
        InvoiceStatus.PAID,
        InvoiceStatus.OPEN,
        InvoiceStatus.PARTLY_PAID,
        InvoiceStatus.CREDIT_NOTE,
    }


def test_start_colours_its_actions_too(book: Workbook) -> None:
    sheet = _sheet(book, "Start")
    rules = {
        rule.dxf.fill.bgColor.rgb[2:]: rule.formula[0]
        for area in sheet.conditional_formatting
        if "D21" in area.cells
        for rule in area.rules
        if rule.dxf.fill
    }
    assert set(rules) == {YELLOW[0], ORANGE[0], BLUE[0], PURPLE[0], GREY[0]}
    assert '$D12="Bellen"' in rules[YELLOW[0]]


@pytest.mark.parametrize("table", layout.TABLES, ids=lambda table: table.name)
def test_headers_tell_input_from_computed(book: Workbook, table: layout_parts.TableLayout) -> None:
    sheet = _sheet(book, table.sheet)
    headers = sheet[sheet.tables[table.name].ref][0]
    for column, cell in zip(table.columns, headers, strict=True):
        computed = column.role is layout_parts.Role.COMPUTED
        assert cell.fill.fgColor.rgb == ("FFD3DCE2" if computed else "FF0B5C63")
        assert cell.font.color.rgb == ("FF1F2933" if computed else "FFFFFFFF")
        assert cell.font.b is (column.role is not layout_parts.Role.INPUT)
        assert cell.alignment.wrap_text
    assert sheet.row_dimensions[headers[0].row].height == 32.25  # 32 points in whole pixels
    style = sheet.tables[table.name].tableStyleInfo
    assert style is None or style.name is None


@pytest.mark.parametrize("table", layout.TABLES, ids=lambda table: table.name)
def test_cells_and_whole_columns_have_their_number_format(
    book: Workbook, table: layout_parts.TableLayout
) -> None:
    sheet = _sheet(book, table.sheet)
    first = sheet[sheet.tables[table.name].ref][1]
    for column, cell in zip(table.columns, first, strict=True):
        computed = column.role is layout_parts.Role.COMPUTED
        expected = {
            layout_parts.Kind.TEXT: "@",
            layout_parts.Kind.LONG_TEXT: "General",
            layout_parts.Kind.MONEY: "€ #,##0.00;€ -#,##0.00;" if computed else "€ #,##0.00;€ -#,##0.00",
            layout_parts.Kind.DAY: "dd-mm-yyyy",
            layout_parts.Kind.MOMENT: "dd-mm-yyyy hh:mm",
            layout_parts.Kind.WHOLE: "0;-0;" if computed else "0",
            layout_parts.Kind.PERCENT: "General",
        }[column.kind]
        assert cell.number_format == expected
        assert cell.font.name == "Calibri"
        assert cell.border.bottom.style is None  # the line comes and goes with the row's contents
        if table.sheet != "Instellingen":
            assert _column(sheet, cell.column).number_format == expected
        if column.kind is layout_parts.Kind.MONEY:
            assert (cell.alignment.horizontal, cell.alignment.indent) == ("right", 1)
        if column.kind is layout_parts.Kind.DAY:
            assert cell.alignment.horizontal == "center"


@pytest.mark.parametrize(
    ("name", "frozen"),
    [
        ("Facturen", "B5"),
        ("Betalingen", "B5"),
        ("Regelingen", "B5"),
        ("Termijnen", "B5"),
        ("Contact", "B5"),
        ("Koppelingen", "B5"),
        ("Debiteuren", "C5"),
        ("Acties", "D5"),
        ("Afschriften", "A5"),
        ("Controle", "A5"),
        ("Start", None),
        ("Instellingen", None),
    ],
)
def test_header_and_number_stay_in_view(book: Workbook, name: str, frozen: str | None) -> None:
    assert _sheet(book, name).freeze_panes == frozen
