"""The two charts of Start, ageing and money expected per week, and the figures they point at.

Native charts over the names StartOuderdom and StartWeken; the figures stand below the first screen, muted.
Source: docs/regels.md, "Uiterlijk". Leaves to others: the figures themselves, which Bijwerken writes.
"""

from collections.abc import Sequence
from typing import cast

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from debiteuren.book.template.looks import (
    AGEING,
    INK,
    LINE,
    MONEY,
    MUTED,
    TEXT,
    WEEK_ARRANGEMENTS,
    WEEK_INVOICES,
    Looks,
)
from debiteuren.domain.invoice import Age

_HEADING_ROW = 32
_FIGURES_ROW = 34
_WEEKS = 8
_CHART_ROW, _AGEING_COLUMN, _WEEKS_COLUMN = 10, 7, 9
_CHART_HEIGHT = 296
"""Pixels: the header and ten rows of "Vandaag doen" beside it."""

_LABEL_MONEY = "€ #,##0;€ -#,##0;"
_AXIS_MONEY = "[>=10]€ #,##0;;"
"""Below ten euros there is nothing to show yet: an empty axis, not a row of zeros."""


def write_chart_figures(sheet: Worksheet, looks: Looks) -> None:
    """Labels and zeros, muted, where Bijwerken will write the figures."""
    small = {"font_size": 9, "font_color": MUTED}
    sheet.write(_HEADING_ROW, 1, "Cijfers bij de grafieken", looks(**small, bold=True))
    text = looks(**small, num_format=TEXT, align="left")
    money = looks(**small, num_format=MONEY, align="left")
    headings = ((1, "Ouderdom"), (2, "Bedrag"), (7, "Week"), (8, "Facturen"), (9, "Regelingen"))
    for column, heading in headings:
        sheet.write(_FIGURES_ROW - 1, column, heading, text)
    for offset, age in enumerate(Age):
        sheet.write(_FIGURES_ROW + offset, 1, age.value, text)
        sheet.write(_FIGURES_ROW + offset, 2, 0, money)
    for offset in range(_WEEKS):
        sheet.write(_FIGURES_ROW + offset, 7, None, text)
        sheet.write(_FIGURES_ROW + offset, 8, 0, money)
        sheet.write(_FIGURES_ROW + offset, 9, 0, money)


def add_charts(workbook: Workbook, sheet: Worksheet, widths: Sequence[float]) -> None:
    """Both charts, side by side, each over its two columns of these widths (in characters)."""
    ageing = _chart(workbook, "bar")
    last = _FIGURES_ROW + len(AGEING) - 1
    ageing.add_series(
        {
            "name": "Openstaand",
            "categories": ["Start", _FIGURES_ROW, 1, last, 1],
            "values": ["Start", _FIGURES_ROW, 2, last, 2],
            "points": [{"fill": {"color": colour}} for colour in AGEING],
            "gap": 45,
            "data_labels": {
                "value": True,
                "num_format": _LABEL_MONEY,
                "font": {"color": INK, "size": 10},
            },
        }
    )
    ageing.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    ageing.set_y_axis(
        {
            "reverse": True,
            "line": {"none": True},
            "major_tick_mark": "none",
            "num_font": {"color": INK, "size": 10},
        }
    )
    ageing.set_legend({"none": True})
    ageing.set_title({"none": True})
    weeks = _chart(workbook, "column", "stacked")
    last = _FIGURES_ROW + _WEEKS - 1
    for column, name, colour in ((8, "Facturen", WEEK_INVOICES), (9, "Regelingen", WEEK_ARRANGEMENTS)):
        weeks.add_series(
            {
                "name": name,
                "categories": ["Start", _FIGURES_ROW, 7, last, 7],
                "values": ["Start", _FIGURES_ROW, column, last, column],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    weeks.set_x_axis(
        {"line": {"color": LINE}, "major_tick_mark": "none", "num_font": {"color": INK, "size": 10}}
    )
    weeks.set_y_axis(
        {
            "num_format": _AXIS_MONEY,
            "min": 0,
            "line": {"none": True},
            "major_tick_mark": "none",
            "major_gridlines": {"visible": True, "line": {"color": LINE, "width": 0.75}},
            "num_font": {"color": MUTED, "size": 9},
        }
    )
    weeks.set_title({"none": True})
    weeks.set_legend({"position": "top", "font": {"color": INK, "size": 10}})
    for chart, column, description in (
        (ageing, _AGEING_COLUMN, "Staafgrafiek: wat openstaat, naar hoe lang het te laat is"),
        (weeks, _WEEKS_COLUMN, "Kolomgrafiek: wat er per week wordt verwacht, facturen en regelingen"),
    ):
        chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
        chart.set_plotarea({"fill": {"none": True}})
        width = sum(int(each * 7 + 5) for each in widths[column : column + 2])
        chart.set_size({"width": width - 8, "height": _CHART_HEIGHT})
        sheet.insert_chart(
            _CHART_ROW,
            column,
            chart,
            {"object_position": 2, "description": description, "x_offset": 2, "y_offset": 2},
        )


def _chart(workbook: Workbook, kind: str, subtype: str = "") -> Chart:
    """An empty chart; XlsxWriter gives none only for a kind it does not know."""
    options = {"type": kind} | ({"subtype": subtype} if subtype else {})
    return cast("Chart", workbook.add_chart(options))
