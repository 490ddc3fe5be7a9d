"""Colours, number formats and cell formats of the workbook.

Source: docs/regels.md, "Uiterlijk". Leaves to others: where each is used.
"""

from dataclasses import dataclass
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from debiteuren.book.layout_parts import Column, Kind, Role

INK: Final = "#1F2933"
MUTED: Final = "#5A6875"
LINE: Final = "#D9E2EC"
PANEL: Final = "#F4F7F9"
BRAND: Final = "#0B5C63"
WHITE: Final = "#FFFFFF"
COMPUTED_HEADER: Final = "#D3DCE2"
LATE_TEXT: Final = "#8A2C0D"

AGEING: Final = ("#9FB3C8", "#F2C14E", "#E8924A", "#D1603D", "#8A2C0D")
"""Not due, 1-30, 31-60, 61-90, over 90 days."""

WEEK_INVOICES: Final = "#7FB5BB"
WEEK_ARRANGEMENTS: Final = "#0A4480"


@dataclass(frozen=True, slots=True)
class Paint:
    """Fill and text of a highlight; `fill` empty: text only."""

    fill: str
    text: str


LATE = Paint("#FFE9B8", "#6B4300")
FIRM = Paint("#FAD3BF", "#7D2406")
AGREED = Paint("#D7E7F6", "#0A4480")
DISPUTED = Paint("#EADFF3", "#55267F")
PAUSED = Paint("#E6EAED", "#3E4C59")
HANDED_OVER = Paint("#CBD2D9", "#1F2933")
DONE = Paint("", "#7B8794")

MONEY: Final = "€ #,##0.00;€ -#,##0.00"
MONEY_NO_ZERO: Final = "€ #,##0.00;€ -#,##0.00;"
WHOLE: Final = "0"
PERCENT: Final = "General"
"""As typed: 2 or 2,5."""
WHOLE_NO_ZERO: Final = "0;-0;"
DAY: Final = "dd-mm-yyyy"
MOMENT: Final = "dd-mm-yyyy hh:mm"
TEXT: Final = "@"

HEADER_HEIGHT: Final = 32
ROW_HEIGHT: Final = 19.5

BOLD_COLUMNS: Final = frozenset({"Volgende actie", "Actie"})
"""One weight of bold per row: the action."""

SENTENCE_COLUMNS: Final = frozenset({"Waarom", "Advies"})
"""The program's reasons, last on their sheet: small and quiet, to read on the screen and not on paper."""


class Looks:
    """Makes cell formats of one workbook, each combination once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def __call__(self, **properties: object) -> Format:
        """The format with these XlsxWriter properties over the house's ink, vertically centred."""
        full = {"font_color": INK, "valign": "vcenter", **properties}
        key = tuple(sorted(full.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(full)
        return self._made[key]

    def highlight(self, paint: Paint) -> Format:
        """What a conditional format lays over a cell, with the line under the row."""
        return self._workbook.add_format(
            {"font_color": paint.text, "bottom": 1, "bottom_color": LINE}
            | ({"bg_color": paint.fill} if paint.fill else {})
        )

    def row_line(self) -> Format:
        """The line under a filled row, for a conditional format."""
        return self._workbook.add_format({"bottom": 1, "bottom_color": LINE})

    def header(self, column: Column) -> Format:
        """A column's header: dark where the user fills in, quiet where the program does; bold if required."""
        properties: dict[str, object] = {
            "font_size": 10,
            "bold": column.role is not Role.INPUT,
            "text_wrap": True,
            "align": "left",
            "indent": 1,
        }
        if column.role is Role.COMPUTED:
            properties |= {"bg_color": COMPUTED_HEADER, "font_color": INK}
        else:
            properties |= {"bg_color": BRAND, "font_color": WHITE}
        if column.kind is Kind.MONEY:
            properties |= {"align": "right", "indent": 2}  # the filter button covers the outer corner
        return self(**properties)

    def cell(self, column: Column, **more: object) -> Format:
        """A data cell of the column: number format, alignment and weight."""
        computed = column.role is Role.COMPUTED
        by_kind: dict[Kind, dict[str, object]] = {
            Kind.TEXT: {"num_format": TEXT, "align": "left", "indent": 1},
            Kind.LONG_TEXT: {"align": "left", "indent": 1, "font_color": MUTED, "font_size": 10},
            Kind.MONEY: {"num_format": MONEY_NO_ZERO if computed else MONEY, "align": "right", "indent": 1},
            Kind.DAY: {"num_format": DAY, "align": "center"},
            Kind.MOMENT: {"num_format": MOMENT, "align": "center"},
            Kind.PERCENT: {"num_format": PERCENT, "align": "center"},
            Kind.WHOLE: {"num_format": WHOLE_NO_ZERO if computed else WHOLE, "align": "center"},
        }
        properties = by_kind[column.kind]
        if column.kind is Kind.LONG_TEXT and computed:
            properties["shrink"] = True  # the rare sentence that is longer still is not cut
        if column.name in SENTENCE_COLUMNS:
            properties["font_size"] = 9
        if column.name in BOLD_COLUMNS:
            properties["bold"] = True
        return self(**(properties | more))
