"""Drop-downs, gentle warnings and hints on the cells of a table.

Nothing here refuses what is typed: Bijwerken says in Controle what it cannot read, with place and remedy.
The ranges run to the bottom of the sheet, so that they hold however a table grows.
Leaves to others: the words (layout.py), the sentences (hints.py).
"""

from collections.abc import Sequence
from datetime import date

from xlsxwriter.worksheet import Worksheet

from debiteuren.book.layout_parts import Column, Kind, Role, TableLayout
from debiteuren.book.percents import MOST
from debiteuren.book.template.highlights import LAST_ROW
from debiteuren.book.template.hints import (
    CELL_HINTS,
    COMPUTED_HINT,
    HEADER_HINTS,
    REQUIRED_HINT,
    SCREEN_ONLY_HINT,
)
from debiteuren.book.template.looks import SENTENCE_COLUMNS
from debiteuren.domain.money import LARGEST

_TITLE = 32
"""Excel's longest title of a message."""


def check(kind: Kind, choices: Sequence[str] = ()) -> dict[str, object]:
    """What a cell of that kind may hold, as an XlsxWriter validation that warns and lets pass."""
    if choices:
        return {
            "validate": "list",
            "source": list(choices),
            "error_type": "warning",
            "error_title": "Dit woord staat niet in de lijst",
            "error_message": "Kies een woord uit de lijst, dan weet het programma wat u bedoelt.",
        }
    if kind in {Kind.DAY, Kind.MOMENT}:
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": date(2000, 1, 1),
            "maximum": date(2099, 12, 31),
            "error_type": "warning",
            "error_title": "Dit is geen datum",
            "error_message": "Vul een bestaande dag in, bijvoorbeeld 28-02-2026.",
        }
    if kind is Kind.MONEY:
        return {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -float(LARGEST),
            "maximum": float(LARGEST),
            "error_type": "warning",
            "error_title": "Dit is geen bedrag",
            "error_message": "Vul een bedrag in euro's in, bijvoorbeeld 1234,56.",
        }
    if kind is Kind.PERCENT:
        return {
            "validate": "decimal",
            "criteria": "between",
            "minimum": 0,
            "maximum": MOST,
            "error_type": "warning",
            "error_title": "Dit is geen percentage",
            "error_message": "Vul het zonder %-teken in, bijvoorbeeld 2 of 2,5.",
        }
    if kind is Kind.WHOLE:
        return {
            "validate": "integer",
            "criteria": "between",
            "minimum": 0,
            "maximum": 3650,
            "error_type": "warning",
            "error_title": "Dit is geen heel aantal",
            "error_message": "Vul een heel getal in, bijvoorbeeld 14.",
        }
    return {"validate": "any"}


def add_validations(sheet: Worksheet, table: TableLayout, *, header_row: int, first_column: int = 0) -> None:
    """Put them on every column of the table whose header stands in `header_row` (from 0)."""
    for index, column in enumerate(table.columns, start=first_column):
        hint = CELL_HINTS.get(table.name, {}).get(column.name, "")
        options = _for_column(column)
        if hint and column.role is not Role.COMPUTED:
            options |= {"input_title": column.name[:_TITLE], "input_message": hint}
        if options != {"validate": "any"}:
            sheet.data_validation(header_row + 1, index, LAST_ROW - 1, index, options)
        header_hint = _header_hint(column, hint or HEADER_HINTS.get(table.name, {}).get(column.name, ""))
        if header_hint:
            sheet.data_validation(
                header_row,
                index,
                header_row,
                index,
                {"validate": "any", "input_title": column.name[:_TITLE], "input_message": header_hint},
            )


def _for_column(column: Column) -> dict[str, object]:
    if column.role is Role.COMPUTED:
        if not column.choices:
            return {"validate": "any"}
        return check(column.kind, column.choices) | {
            "error_type": "information",
            "error_title": "Dit rekent het programma uit",
            "error_message": "Wat u hier typt, wordt bij Bijwerken overschreven.",
        }
    return check(column.kind, column.choices)


def _header_hint(column: Column, hint: str) -> str:
    if column.role is Role.COMPUTED:
        return f"{COMPUTED_HINT} {SCREEN_ONLY_HINT}" if column.name in SENTENCE_COLUMNS else COMPUTED_HINT
    required = REQUIRED_HINT if column.role is Role.REQUIRED else ""
    return f"{required} {hint}".strip()
