"""Which words colour which cells: the highlights as conditional formats on table columns.

One block of cells per row gets a fill; rows that are done are muted; every filled row has a line under it.
The ranges run to the bottom of the sheet, so that they hold however a table grows or is sorted.
Leaves to others: the colours themselves (looks.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from debiteuren.book.layout_parts import TableLayout
from debiteuren.book.template import looks
from debiteuren.book.template.looks import Looks, Paint
from debiteuren.domain.arrangement import ArrangementStatus, InstalmentStatus
from debiteuren.domain.contact import DraftState
from debiteuren.domain.invoice import Action, InvoiceStatus
from debiteuren.domain.payment import MatchStatus
from debiteuren.domain.problem import Severity

LAST_ROW = 1_048_576

Words = Mapping[str, tuple[StrEnum, ...]]
"""Column → words; one hit in one column is enough."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """How rows of one table are coloured: first rule that hits, over the cells of `block`.

    `overdue`: before all a confirmation whose hour is over.
    """

    block: tuple[str, ...]
    rules: tuple[tuple[Paint, Words], ...]
    muted: Words | None = None
    overdue: bool = False


ACTION_PAINTS: tuple[tuple[Paint, tuple[Action, ...]], ...] = (
    (
        looks.FIRM,
        (Action.SECOND_REMINDER, Action.CALL_AGAIN, Action.FOURTEEN_DAY_LETTER, Action.FINAL_DEMAND),
    ),
    (looks.AGREED, (Action.CONFIRM_ARRANGEMENT, Action.FOLLOW_UP_INSTALMENT)),
    (looks.DISPUTED, (Action.SOLVE_DISPUTE,)),
    (looks.HANDED_OVER, (Action.HAND_OVER,)),
    (looks.LATE, (Action.REMINDER, Action.CALL, Action.FOLLOW_UP_PROMISE, Action.COMPLETE_DATA)),
)
"""Geen and Wachten ask for nothing and stay plain."""

_STATUS_BESIDE: Mapping[Paint, tuple[InvoiceStatus, ...]] = {
    looks.AGREED: (InvoiceStatus.ARRANGEMENT,),
    looks.DISPUTED: (InvoiceStatus.DISPUTED,),
    looks.HANDED_OVER: (InvoiceStatus.HANDED_OVER,),
    looks.LATE: (InvoiceStatus.OVERDUE,),
}


def _invoice_rules() -> tuple[tuple[Paint, Words], ...]:
    """The action decides, then the status; a pause goes before being late."""
    rules: list[tuple[Paint, Words]] = [
        (paint, {"Volgende actie": actions, "Status": _STATUS_BESIDE.get(paint, ())})
        for paint, actions in ACTION_PAINTS
    ]
    rules.insert(-1, (looks.PAUSED, {"Status": (InvoiceStatus.ON_HOLD,)}))
    return tuple(rules)


HIGHLIGHTS: Mapping[str, Highlight] = {
    "tblFacturen": Highlight(
        ("Status", "Volgende actie", "Actie op"),
        _invoice_rules(),
        {"Status": (InvoiceStatus.PAID, InvoiceStatus.HANDED_OVER)},
    ),
    "tblActies": Highlight(
        ("Actie",),
        tuple((paint, {"Actie": actions}) for paint, actions in ACTION_PAINTS),
        overdue=True,
    ),
    "tblBetalingen": Highlight(
        ("Koppelstatus",),
        (
            (looks.AGREED, {"Koppelstatus": (MatchStatus.PROPOSAL,)}),
            (looks.LATE, {"Koppelstatus": (MatchStatus.UNKNOWN,)}),
        ),
        {"Koppelstatus": (MatchStatus.NO_INVOICE,)},
    ),
    "tblRegelingen": Highlight(
        ("Status", "Volgende termijn"),
        (
            (looks.FIRM, {"Status": (ArrangementStatus.BROKEN,)}),
            (
                looks.LATE,
                {
                    "Status": (
                        ArrangementStatus.BEHIND,
                        ArrangementStatus.TO_CONFIRM,
                        ArrangementStatus.INCOMPLETE,
                    )
                },
            ),
            (looks.AGREED, {"Status": (ArrangementStatus.RUNNING,)}),
        ),
        {"Status": (ArrangementStatus.KEPT,)},
    ),
    "tblTermijnen": Highlight(
        ("Status",),
        (
            (looks.FIRM, {"Status": (InstalmentStatus.MISSED,)}),
            (looks.LATE, {"Status": (InstalmentStatus.PARTLY_PAID,)}),
            (looks.PAUSED, {"Status": (InstalmentStatus.NOT_KNOWN,)}),
        ),
        {"Status": (InstalmentStatus.ON_TIME, InstalmentStatus.PAID_LATE)},
    ),
    "tblContact": Highlight(
        ("Concept",),
        ((looks.AGREED, {"Concept": (DraftState.MADE,)}),),
        {"Concept": (DraftState.VOID,)},
    ),
    "tblControle": Highlight(
        ("Ernst",),
        (
            (looks.FIRM, {"Ernst": (Severity.FAULT,)}),
            (looks.LATE, {"Ernst": (Severity.WARNING,)}),
        ),
    ),
}
"""Tables that are not here only get the line under each row."""


def any_of(cell_by_column: Mapping[str, str], words: Words) -> str:
    """The formula that is true where one of the columns shows one of its words."""
    tests = [
        f'{cell_by_column[column]}="{word.value}"' for column, choices in words.items() for word in choices
    ]
    return f"=OR({','.join(tests)})" if len(tests) > 1 else f"={tests[0]}"


def hour_is_over(action: str, when: str) -> str:
    """The formula that is true where the cells say that an arrangement should have been confirmed by now."""
    return f'=AND({action}="{Action.CONFIRM_ARRANGEMENT.value}",LEFT({when},5)="sinds")'


def add_highlights(
    sheet: Worksheet, table: TableLayout, looks_of: Looks, *, first_row: int, first_column: int = 0
) -> None:
    """Put the table's highlights on its columns, from sheet row `first_row` (from 1) to the bottom."""
    letters = {
        column.name: xl_col_to_name(index) for index, column in enumerate(table.columns, start=first_column)
    }
    cells = {name: f"${letter}{first_row}" for name, letter in letters.items()}
    highlight = HIGHLIGHTS.get(table.name, Highlight((), ()))
    plain = [letters[name] for name in table.names() if name not in highlight.block]
    muted = [(looks.DONE, highlight.muted)] if highlight.muted else []
    filled = f'=${letters[table.columns[0].name]}{first_row}<>""'
    for ranges, rules in (
        ([letters[name] for name in highlight.block], [*highlight.rules, *muted]),
        (plain, muted),
    ):
        if not ranges:
            continue
        area = " ".join(_areas(ranges, first_row))
        options = {"type": "formula", "multi_range": area, "stop_if_true": True}
        top_left = area.split(":", 1)[0]
        if highlight.overdue and rules:
            over = hour_is_over(cells["Actie"], cells["Wanneer"])
            sheet.conditional_format(
                top_left, options | {"criteria": over, "format": looks_of.highlight(looks.FIRM)}
            )
        for paint, words in rules:
            sheet.conditional_format(
                top_left, options | {"criteria": any_of(cells, words), "format": looks_of.highlight(paint)}
            )
        sheet.conditional_format(top_left, options | {"criteria": filled, "format": looks_of.row_line()})


def _areas(letters: Iterable[str], first_row: int) -> list[str]:
    """Whole columns below the header, neighbours taken together: "A5:Q1048576"."""
    runs: list[list[str]] = []
    previous = -2
    for letter in letters:
        number = _number(letter)
        if number == previous + 1:
            runs[-1][1] = letter
        else:
            runs.append([letter, letter])
        previous = number
    return [f"{first}{first_row}:{last}{LAST_ROW}" for first, last in runs]


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
