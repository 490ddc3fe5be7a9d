"""The sheet Start: four figures, the buttons, what to do today, what is in the way, how fresh the bank is.

Every figure is written by Bijwerken through the names of layout_cells.START_BLOCKS; nothing is typed here.
Source: docs/regels.md, "Uiterlijk".
Leaves to others: the charts (start_charts.py), the figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from debiteuren.book.layout_cells import START_BLOCKS
from debiteuren.book.template.buttons import BUTTONS
from debiteuren.book.template.highlights import ACTION_PAINTS, any_of, hour_is_over
from debiteuren.book.template.looks import (
    BRAND,
    DAY,
    FIRM,
    LATE_TEXT,
    MONEY,
    MONEY_NO_ZERO,
    MUTED,
    PANEL,
    TEXT,
    WHITE,
    Looks,
)
from debiteuren.book.template.start_charts import add_charts, write_chart_figures

WIDTHS = (1.7, 6, 48, 25, 14, 15, 2.5, 32, 20, 34, 20)
"""Columns A to K in characters: margin, the five of "Vandaag doen", a gap, four under the charts."""

_HEIGHTS: Mapping[int, float] = {
    0: 32,
    1: 18,
    2: 8,
    3: 22,
    4: 32,
    5: 22,
    6: 9,
    7: 32,
    8: 5,
    9: 26,
    10: 22,
    21: 6,
    22: 26,
}
"""Row (from 0) → points; other rows have _ROW."""
_ROW = 19.5

_TILE_ROW, _BUTTON_ROW, _HEADING_ROW, _LIST_ROW, _LOWER_ROW = 3, 7, 9, 11, 22
_LIST_LENGTH, _NOTICES = 10, 6

_BUTTON_MARGINS, _LETTER = 30, 7
"""Pixels of a button: what its text leaves free, and a letter of it; all fit left of the hint beside them."""

NO_MACROS = (
    "Doen de knoppen niets? Klik boven het blad op Inhoud inschakelen; "
    "bij een gedownload bestand eerst: rechtsklik, Eigenschappen, Deblokkeren."
)
FIRST_STEPS = (
    "Vul op Instellingen uw bedrijf en uw IBAN in.",
    "Zet uw klanten op Debiteuren en uw facturen op Facturen.",
    "Klik op Bank importeren en daarna op Bijwerken.",
)
"""What a fresh workbook says to do today."""
PROMISE = "Brieven staan klaar als concept: u leest ze na en verstuurt ze zelf."
WELCOME = "Welkom. Drie stappen, en u ziet wie er nog betaalt en wat u vandaag kunt doen."


@dataclass(frozen=True, slots=True)
class _Tile:
    """One of the four figures; `text` stands below it until Bijwerken has run."""

    label: str
    name: str
    first: int
    last: int
    colour: str
    number: str
    text: str


_TILES = (
    _Tile("Openstaand", "StartOpenstaand", 1, 2, BRAND, MONEY, "nog geen facturen"),
    _Tile("Te laat", "StartTeLaat", 3, 5, LATE_TEXT, MONEY, "niets te laat"),
    _Tile("Verwacht komende 30 dagen", "StartVerwacht", 7, 8, BRAND, MONEY, "uit facturen en regelingen"),
    _Tile(
        "Gemiddeld te laat betaald",
        "StartGemiddeld",
        9,
        10,
        BRAND,
        '[=1]0 "dag";0 "dagen"',
        "bekend na de eerste betalingen",
    ),
)

CELLS: Mapping[str, str] = {
    "StartBedrijf": "B2",
    "StartDatum": "K1",
    "StartBank": "K2",
    "StartOpenstaand": "B5",
    "StartOpenstaandTekst": "B6",
    "StartTeLaat": "D5",
    "StartTeLaatTekst": "D6",
    "StartVerwacht": "H5",
    "StartVerwachtTekst": "H6",
    "StartGemiddeld": "J5",
    "StartGemiddeldTekst": "J6",
    "StartVandaag": "B12:F21",
    "StartLetOp": "B24:B29",
    "StartRekeningen": "H24:I29",
    "StartOuderdom": "B35:C39",
    "StartWeken": "H35:J42",
    "StartTijdlijnNaam": "K47",
    "StartTijdlijn": "H48:K127",
}
"""Name → cells. The test holds them against the sizes of layout_cells.START_BLOCKS."""


def write_start_sheet(workbook: Workbook, sheet: Worksheet, looks: Looks) -> None:
    """Fill the empty sheet, define its names, place the buttons and charts."""
    sheet.hide_gridlines(2)
    sheet.hide_row_col_headers()
    sheet.set_default_row(_ROW)
    sheet.set_tab_color(BRAND)
    for index, width in enumerate(WIDTHS):
        sheet.set_column(index, index, width)
    for row, height in _HEIGHTS.items():
        sheet.set_row(row, height)
    for block in START_BLOCKS:
        workbook.define_name(block.name, "=Start!" + _absolute(CELLS[block.name]))
    _write_top(sheet, looks)
    _write_tiles(sheet, looks)
    _place_buttons(sheet, looks)
    _write_today(sheet, looks)
    _write_lower(sheet, looks)
    write_chart_figures(sheet, looks)
    add_charts(workbook, sheet, WIDTHS)
    _set_up_page(sheet)


def _write_top(sheet: Worksheet, looks: Looks) -> None:
    sheet.write("B1", "Debiteuren", looks(font_size=22, bold=True, font_color=BRAND))
    sheet.write("B2", WELCOME, looks(font_color=MUTED, num_format=TEXT))
    sheet.write("K1", None, looks(bold=True, align="right", num_format=TEXT))
    sheet.write(
        "K2", "Nog geen bank ingelezen", looks(font_color=MUTED, font_size=10, align="right", num_format=TEXT)
    )


def _write_tiles(sheet: Worksheet, looks: Looks) -> None:
    for row in range(_TILE_ROW, _TILE_ROW + 3):
        sheet.write_blank(row, _TILES[1].last + 1, None, looks(bg_color=PANEL))
    for tile in _TILES:
        edge = {"left": 5, "left_color": tile.colour}
        panel: dict[str, object] = {"bg_color": PANEL, "align": "left", "indent": 1}
        small = panel | {"font_size": 10, "font_color": MUTED, "num_format": TEXT}
        for column in range(tile.first, tile.last + 1):
            first = column == tile.first
            more = edge if first else {}
            sheet.write(_TILE_ROW, column, tile.label if first else None, looks(**(small | more)))
            sheet.write(_TILE_ROW + 2, column, tile.text if first else None, looks(**(small | more)))
        value = 0 if tile.number == MONEY else "–"
        big = looks(**panel, **edge, font_size=18, bold=True, font_color=tile.colour, num_format=tile.number)
        sheet.merge_range(_TILE_ROW + 1, tile.first, _TILE_ROW + 1, tile.last, value, big)


def _place_buttons(sheet: Worksheet, looks: Looks) -> None:
    """Shapes, for their looks; package.py ties each to its macro."""
    left, gap = 0, 10
    for button in BUTTONS:
        width = _BUTTON_MARGINS + _LETTER * len(button.label)
        sheet.insert_textbox(
            _BUTTON_ROW,
            1,
            button.label,
            {
                "width": width,
                "height": 34,
                "x_offset": left,
                "y_offset": 4,
                "object_position": 2,
                "description": f"Knop {button.label}: {button.tip}",
                "fill": {"color": BRAND},
                "line": {"none": True},
                "font": {"color": WHITE, "size": 11, "bold": True},
                "align": {"horizontal": "center", "vertical": "middle"},
            },
        )
        left += width + gap
    hint = looks(font_size=9, font_color=MUTED, text_wrap=True, valign="vcenter", align="left")
    sheet.merge_range(_BUTTON_ROW, 8, _BUTTON_ROW, 10, NO_MACROS, hint)


def _write_today(sheet: Worksheet, looks: Looks) -> None:
    heading = looks(font_size=13, bold=True, font_color=BRAND)
    sheet.write(_HEADING_ROW, 1, "Vandaag doen", heading)
    sheet.write(_HEADING_ROW, 7, "Ouderdom van wat openstaat", heading)
    sheet.write(_HEADING_ROW, 9, "Verwacht per week", heading)
    columns: tuple[tuple[str, dict[str, object]], ...] = (
        ("Nr", {"align": "center", "num_format": "0", "font_color": MUTED}),
        ("Debiteur", {"align": "left", "indent": 1, "num_format": TEXT}),
        ("Actie", {"align": "left", "indent": 1, "num_format": TEXT, "bold": True}),
        ("Bedrag", {"align": "right", "indent": 1, "num_format": MONEY_NO_ZERO}),
        ("Wanneer", {"align": "left", "indent": 1, "num_format": TEXT, "font_color": MUTED}),
    )
    for index, (name, look) in enumerate(columns, start=1):
        side = {key: look[key] for key in ("align", "indent") if key in look}
        sheet.write(
            _LIST_ROW - 1,
            index,
            name,
            looks(**side, bold=True, font_size=10, bg_color=BRAND, font_color=WHITE),
        )
        for row in range(_LIST_ROW, _LIST_ROW + _LIST_LENGTH):
            sheet.write(row, index, None, looks(**look))
    for number, step in enumerate(FIRST_STEPS, start=1):
        row = _LIST_ROW + number - 1
        sheet.write(row, 1, number, looks(**columns[0][1]))
        sheet.write(row, 2, step, looks(**columns[1][1]))
    first, last = _LIST_ROW + 1, _LIST_ROW + _LIST_LENGTH
    sheet.conditional_format(
        f"D{first}:D{last}",
        {
            "type": "formula",
            "criteria": hour_is_over(f"$D{first}", f"$F{first}"),
            "format": looks.highlight(FIRM),
            "stop_if_true": True,
        },
    )
    for paint, actions in ACTION_PAINTS:
        sheet.conditional_format(
            f"D{first}:D{last}",
            {
                "type": "formula",
                "criteria": any_of({"Actie": f"$D{first}"}, {"Actie": actions}),
                "format": looks.highlight(paint),
                "stop_if_true": True,
            },
        )
    _line_where_filled(sheet, looks, f"D{first}:D{last}", f"$C{first}")
    _line_where_filled(sheet, looks, f"B{first}:C{last} E{first}:F{last}", f"$C{first}")


def _write_lower(sheet: Worksheet, looks: Looks) -> None:
    heading = looks(font_size=13, bold=True, font_color=BRAND)
    sheet.write(_LOWER_ROW, 1, "Let op", heading)
    sheet.write(_LOWER_ROW, 7, "Bank ingelezen tot en met", heading)
    first, last = _LOWER_ROW + 2, _LOWER_ROW + 1 + _NOTICES
    for row in range(first - 1, last):  # a sentence that is too long shrinks: the accounts stand next to it
        sheet.merge_range(row, 1, row, 5, None, looks(num_format=TEXT, align="left", shrink=True))
        sheet.write(row, 7, None, looks(num_format=TEXT))
        sheet.write(row, 8, None, looks(num_format=DAY, align="center"))
    sheet.write(first - 1, 1, PROMISE, looks(num_format=TEXT, align="left", shrink=True))
    sheet.write(first - 1, 7, "nog niets", looks(num_format=TEXT))
    _line_where_filled(sheet, looks, f"B{first}:F{last}", f"$B{first}")
    _line_where_filled(sheet, looks, f"H{first}:I{last}", f"$H{first}")


def _line_where_filled(sheet: Worksheet, looks: Looks, area: str, key: str) -> None:
    """A line under each row of `area` whose key cell holds something."""
    sheet.conditional_format(
        area.split(" ", 1)[0],
        {"type": "formula", "criteria": f'={key}<>""', "format": looks.row_line(), "multi_range": area},
    )


def _set_up_page(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, _LOWER_ROW + _NOTICES, len(WIDTHS) - 1)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.center_horizontally()
    sheet.set_selection("A1")


def _absolute(cells: str) -> str:
    """B12:F21 → $B$12:$F$21."""
    return ":".join(f"${corner[0]}${corner[1:]}" for corner in cells.split(":"))
