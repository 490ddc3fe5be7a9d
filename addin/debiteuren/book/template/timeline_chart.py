"""The time line of an arrangement on Termijnen: expected and received, added up day by day.

A native chart over the name StartTijdlijn; the figures stand muted on Start, below those of its own charts.
Source: docs/regels.md, "Uiterlijk". Leaves to others: the figures, which Bijwerken writes
(book/timeline_figures.py).
"""

from typing import cast

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from debiteuren.book.layout import TERMIJNEN
from debiteuren.book.layout_cells import NOTHING_DRAWN
from debiteuren.book.template.looks import (
    BRAND,
    DAY,
    INK,
    LINE,
    MONEY,
    MUTED,
    TEXT,
    WEEK_ARRANGEMENTS,
    Looks,
)

_HEADING_ROW, _FIRST_ROW, _ROWS = 46, 47, 80
_DAY, _RECEIVED = 7, 9
"""On Start, from 0: below the figures of the other charts; each line its day and its amount."""
_COLUMN = len(TERMIJNEN.columns) + 1
"""Beside the table, with a column between."""
_TITLE_ROW, _CHART_ROW = 1, 4
_WIDTH, _HEIGHT = 560, 320
_AXIS_MONEY = "€ #,##0"


def write_timeline_figures(sheet: Worksheet, looks: Looks) -> None:
    """Headings and room for the figures, muted, on Start."""
    small = {"font_size": 9, "font_color": MUTED}
    text = looks(**small, num_format=TEXT, align="left")
    day = looks(**small, num_format=DAY, align="left")
    money = looks(**small, num_format=MONEY, align="left")
    sheet.write(_HEADING_ROW - 1, _DAY, "Cijfers bij de grafiek op Termijnen", looks(**small, bold=True))
    for column, heading in enumerate(("Dag", "Afgesproken", "Dag", NOTHING_DRAWN), start=_DAY):
        sheet.write(_HEADING_ROW, column, heading, text)
    for row in range(_FIRST_ROW, _FIRST_ROW + _ROWS):
        for column, looked in enumerate((day, money, day, money), start=_DAY):
            sheet.write_blank(row, column, None, looked)


def add_timeline(workbook: Workbook, sheet: Worksheet, looks: Looks) -> None:
    """The chart beside the table of Termijnen, which a filter on it does not hide."""
    heading = looks(font_size=13, bold=True, font_color=BRAND)
    sheet.write(_TITLE_ROW, _COLUMN, "Een regeling in beeld", heading)
    last = _FIRST_ROW + _ROWS - 1
    chart = cast("Chart", workbook.add_chart({"type": "scatter", "subtype": "straight"}))
    for column, colour, width, dash in (
        (_DAY, MUTED, 1.75, "dash"),
        (_RECEIVED, WEEK_ARRANGEMENTS, 2.75, "solid"),
    ):
        chart.add_series(
            {
                "name": ["Start", _HEADING_ROW, column + 1],
                "categories": ["Start", _FIRST_ROW, column, last, column],
                "values": ["Start", _FIRST_ROW, column + 1, last, column + 1],
                "line": {"color": colour, "width": width, "dash_type": dash},
                "marker": {"type": "none"},
            }
        )
    chart.set_x_axis(
        {
            "num_format": "dd-mm-yy",
            "line": {"color": LINE},
            "major_gridlines": {"visible": False},
            "num_font": {"color": INK, "size": 9},
        }
    )
    chart.set_y_axis(
        {
            "num_format": _AXIS_MONEY,
            "min": 0,
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": LINE, "width": 0.75}},
            "num_font": {"color": MUTED, "size": 9},
        }
    )
    chart.set_title({"none": True})
    chart.set_legend({"position": "top", "font": {"color": INK, "size": 10}})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_plotarea({"fill": {"none": True}})
    chart.show_hidden_data()
    chart.set_size({"width": _WIDTH, "height": _HEIGHT})
    sheet.insert_chart(
        _CHART_ROW,
        _COLUMN,
        chart,
        {
            "object_position": 3,
            "description": "Lijngrafiek: wat er volgens de termijnen binnen moest zijn, en wat er binnenkwam",
        },
    )
