"""The header of a list from outside: which of our columns is each of its columns.

Answers: is this header one of invoices or of debtors, and under which title stands which column. Capitals and
spaces do not matter, nor does what stands behind a name between brackets, unless it would make another amount
or day of it.
Source: docs/regels.md, "Werkmap" (what stands between brackets is no part of a name) and "Lijsten".
Leaves to others: what stands below it (lists.py).
"""

import re
from collections.abc import Sequence

from debiteuren.book.layout import DEBITEUREN, FACTUREN
from debiteuren.book.layout_parts import Column, Kind, Role, TableLayout

LISTS = (FACTUREN, DEBITEUREN)
"""The tables that lists can be for."""

_BEHIND = re.compile(r"(?P<name>[^(\[]*[^(\[\s])\s*(?:\((?P<round>[^()]*)\)|\[(?P<square>[^\[\]]*)\])")
_UNITS = {
    Kind.MONEY: re.compile(r"(?:in )?(?:euro'?s?|eur|€)?[ ,]*(?:incl(?:\.|usief)? ?btw)?(?:;.*)?"),
    Kind.DAY: re.compile(r"(?:d{1,2}[-/. ]m{1,3}[-/. ][jy]{2,4}|[jy]{4}-m{1,2}-d{1,2})?"),
}
"""What may stand behind an amount or a day: "Bedrag (excl. btw)" is another amount."""


def column_of(table: TableLayout, title: str) -> Column | None:
    """The column the user may fill that this title names, None when there is none.

    >>> column_of(DEBITEUREN, "betaaltermijn (dagen)").name
    'Betaaltermijn'
    >>> column_of(FACTUREN, "Bedrag (excl. btw)") is None
    True
    """
    ours = {column.name.casefold(): column for column in table.columns if column.role is not Role.COMPUTED}
    bare = title.strip().rstrip("*").strip().casefold()
    if bare in ours:
        return ours[bare]
    found = _BEHIND.fullmatch(bare)
    column = ours.get(found["name"].rstrip("*")) if found else None
    if found is None or column is None:
        return None
    unit = (found["round"] or found["square"] or "").strip()
    allowed = _UNITS.get(column.kind)
    return column if allowed is None or allowed.fullmatch(unit) else None


def columns_of(table: TableLayout, header: Sequence[str]) -> list[Column | None]:
    """The column of each title, None for one that is not ours to fill."""
    return [column_of(table, title) for title in header]


def table_of(header: Sequence[str]) -> TableLayout | None:
    """The table a header is of: it has the table's first column and at least one other required one."""
    for table in LISTS:
        names = {column.name for column in columns_of(table, header) if column}
        first, *others = table.names(Role.REQUIRED)
        if first in names and names & set(others):
            return table
    return None


def twice(header: Sequence[str], columns: Sequence[Column | None]) -> list[tuple[Column, list[str]]]:
    """Our columns that more than one title names, with those titles."""
    titles: dict[str, list[str]] = {}
    found: dict[str, Column] = {}
    for title, column in zip(header, columns, strict=True):
        if column is not None:
            titles.setdefault(column.name, []).append(title)
            found[column.name] = column
    return [(found[name], names) for name, names in titles.items() if len(names) > 1]


def wanted_names() -> str:
    """Which columns a list needs, in a sentence."""
    lists = {table.sheet: table.names(Role.REQUIRED) for table in LISTS}
    words = {sheet: f"{', '.join(names[:-1])} en {names[-1]}" for sheet, names in lists.items()}
    return (
        f"Een lijst met facturen heeft de kolommen {words[FACTUREN.sheet]}; "
        f"een lijst met klanten {words[DEBITEUREN.sheet]}."
    )
