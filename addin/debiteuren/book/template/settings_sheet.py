"""The sheet Instellingen: named cells in groups, the ladder, and the list of what customers say.

Source: docs/handleiding.md, "Instellingen" and "De ladder".
Leaves to others: what the settings do (rules/), their names and defaults (layout.py, domain/settings.py).
"""

from collections.abc import Mapping

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from debiteuren.book.layout import SMOEZEN, STAPPEN
from debiteuren.book.layout_cells import SETTINGS_CELLS
from debiteuren.book.layout_parts import Column, Kind, NamedCell, TableLayout
from debiteuren.book.template.excuses import STARTER_LIST
from debiteuren.book.template.hints import SETTING_HINTS
from debiteuren.book.template.looks import BRAND, LINE, MUTED, PANEL, Looks
from debiteuren.book.template.table_sheet import (
    HEADER_ROW,
    PURPOSE_ROW,
    SPACE_ROW,
    Row,
    prepare,
    print_columns,
    write_table,
)
from debiteuren.book.template.validations import check
from debiteuren.domain.money import parse_amount
from debiteuren.domain.settings import DEFAULT_LADDER, DUE_DATE, LadderStep

GROUPS: Mapping[str, tuple[str, ...]] = {
    "Uw bedrijf": (
        "EigenNaam",
        "EigenAdres",
        "EigenPostcode",
        "EigenPlaats",
        "EigenTelefoon",
        "EigenEmail",
        "EigenIBAN",
        "EigenKvK",
        "EigenBtw",
        "Ondertekening",
    ),
    "Rekenen en wachten": (
        "Peildatum",
        "Betaaltermijn",
        "Kortingspercentage",
        "Kortingsdagen",
        "MinDagenTussenBerichten",
        "Drempel",
        "BetaalverschilMax",
        "BankMaxOud",
    ),
    "Bellen": ("BelPogingen", "Belvenster1", "Belvenster2"),
    "Regelingen": (
        *("Respijtdagen", "VerbrokenNaMissers", "VerbrokenNaDagen"),
        *("BellenZonderAkkoord", "TermijnAankondigen", "RegelingBedankje", "RegelingInGrafiek"),
        *("RegelingVoorwaarden", "RegelingGevolg"),
    ),
    "Brieven": ("Taal", "GrapTot", "Rente", "RenteDagen"),
    "Concepten": ("ConceptDoel", "MapFacturen", "MapConcepten", "ConceptenAanMijzelf"),
    "Postvak": ("PostvakServer", "PostvakGebruiker", "PostvakApp"),
}
"""Group title → named cells in it, as they stand below each other."""

PURPOSE = (
    "Eén keer invullen. Het programma leest dit bij elke opdracht; leeg laten mag, dan geldt de standaard."
)

_LABEL, _VALUE, _HINT, _GAP, _STEPS = range(5)
_EXCUSES = _STEPS + len(STAPPEN.columns) + 1
_PRINTED = ((_LABEL, _HINT), (_STEPS, _EXCUSES + len(SMOEZEN.columns) - 1))
"""Two pages: the settings, and the two tables beside them. All on one would be too small to read."""
_PREDECESSORS = " / "
"""Between the steps before a step in the column Na."""


def write_settings_sheet(workbook: Workbook, sheet: Worksheet, looks: Looks) -> None:
    """Fill the empty sheet and define its names."""
    prepare(sheet, looks, title="Instellingen", purpose=PURPOSE)
    sheet.set_row(SPACE_ROW, 22)
    sheet.set_column(_LABEL, _LABEL, 34)
    sheet.set_column(_VALUE, _VALUE, 34)
    sheet.set_column(_HINT, _HINT, 50)
    sheet.set_column(_GAP, _GAP, 3)
    sheet.set_column(_EXCUSES - 1, _EXCUSES - 1, 3)
    _write_groups(workbook, sheet, looks)
    ladder = tuple(_ladder_row(step) for step in DEFAULT_LADDER)
    excuses = tuple((each.says, each.answer, each.question, each.latest_days) for each in STARTER_LIST)
    for table, title, column, rows in (
        (STAPPEN, "Stappen", _STEPS, ladder),
        (SMOEZEN, "Smoezen", _EXCUSES, excuses),
    ):
        sheet.write_string(
            PURPOSE_ROW, column, title, looks(font_size=12, bold=True, font_color=BRAND, indent=1)
        )
        _write_side_table(sheet, table, looks, column, rows)
    sheet.set_selection(HEADER_ROW + 1, _VALUE, HEADER_ROW + 1, _VALUE)
    print_columns(workbook, "Instellingen", *_PRINTED)


def _write_groups(workbook: Workbook, sheet: Worksheet, looks: Looks) -> None:
    cells = {cell.name: cell for cell in SETTINGS_CELLS}
    title = looks(bold=True, font_size=12, font_color=BRAND, bottom=2, bottom_color=BRAND, indent=1)
    label = looks(indent=1, bottom=1, bottom_color=LINE)
    hint = looks(indent=1, font_size=10, font_color=MUTED, bottom=1, bottom_color=LINE)
    row = HEADER_ROW
    for group, names in GROUPS.items():
        for column in (_LABEL, _VALUE, _HINT):
            sheet.write(row, column, group if column == _LABEL else None, title)
        row += 1
        for name in names:
            cell = cells[name]
            sheet.write_string(row, _LABEL, cell.label, label)
            sheet.write(row, _VALUE, default_value(cell), _value_format(cell, looks))
            sheet.write(row, _HINT, SETTING_HINTS.get(name) or cell.hint or None, hint)
            options = check(cell.kind, cell.choices)
            if options != {"validate": "any"}:
                sheet.data_validation(row, _VALUE, row, _VALUE, options)
            workbook.define_name(name, f"=Instellingen!$B${row + 1}")
            row += 1
        row += 1


def default_value(cell: NamedCell) -> str | int | float | None:
    """The default as the cell holds it; None for an empty cell."""
    if not cell.default:
        return None
    if cell.kind in {Kind.WHOLE, Kind.PERCENT}:
        return int(cell.default)
    if cell.kind is Kind.MONEY:
        return float(parse_amount(cell.default))
    return cell.default


def _value_format(cell: NamedCell, looks: Looks) -> object:
    return looks.cell(
        Column(cell.name, cell.kind), align="left", indent=1, bg_color=PANEL, bottom=1, bottom_color=LINE
    )


def _write_side_table(
    sheet: Worksheet, table: TableLayout, looks: Looks, first_column: int, rows: tuple[Row, ...]
) -> None:
    for index, column in enumerate(table.columns, start=first_column):
        sheet.set_column(index, index, column.width)
    sheet.write_string(
        SPACE_ROW, first_column, table.purpose, looks(font_size=10, font_color=MUTED, indent=1)
    )
    write_table(sheet, table, looks, header_row=HEADER_ROW, first_column=first_column, rows=rows)


def _ladder_row(step: LadderStep) -> Row:
    after = _PREDECESSORS.join(step.after) or DUE_DATE
    return (step.step.value, after, step.wait_days, step.action.value)
