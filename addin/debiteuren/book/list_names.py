"""The header of a list from outside: which of our columns is each of its columns.

Answers: is this header one of invoices or of debtors, and under which title stands which column. Capitals and
spaces do not matter, nor does what stands behind a name between brackets, unless it would make another amount
or day of it.
Source: docs/regels.md, "Werkmap" (what stands between brackets is no part of a name) and "Lijsten".
Leaves to others: what stands below it (lists.py).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from debiteuren.book.layout import DEBITEUREN, FACTUREN
from debiteuren.book.layout_parts import Column, Kind, Role, TableLayout
from debiteuren.book.list_aliases import ALIASES, BOOKING_TITLES, FIELD_PREFIX, LEAST_DEBTOR_COLUMNS
from debiteuren.domain.column_map import ColumnMap, FileKind, folded_title

LISTS = (FACTUREN, DEBITEUREN)
"""The tables that lists can be for."""

_ALIASES = {
    table: {folded_title(alias): name for name, aliases in names.items() for alias in (name, *aliases)}
    for table, names in ALIASES.items()
}


_MONEY_TITLES = frozenset(map(folded_title, BOOKING_TITLES)) | {
    title
    for title, name in _ALIASES[FACTUREN.name].items()
    if name in {"Factuurnummer", "Factuurdatum", "Vervaldatum", "Bedrag"}
}


@dataclass(frozen=True, slots=True)
class ListColumns:
    """A header understood: the table it is for, and per title our column, None for one that is not ours.

    `chosen`: the user said so on the sheet Kolommen.
    """

    table: TableLayout
    columns: tuple[Column | None, ...]
    chosen: bool = False


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


def recognised(header: Sequence[str], maps: Sequence[ColumnMap] = ()) -> ListColumns | None:
    """The table a header is of and its columns: as the user chose, by our names, or those of a package."""
    if any(one.fits(header) for one in maps):
        return _by_choice(header, maps)
    return _by_our_names(header) or _by_aliases(header)


def table_of(header: Sequence[str]) -> TableLayout | None:
    """The table a header with our names is of."""
    found = _by_our_names(header)
    return found.table if found else None


def _by_our_names(header: Sequence[str]) -> ListColumns | None:
    """It has the table's first column and at least one other required one."""
    for table in LISTS:
        columns = [column_of(table, title) for title in header]
        names = {column.name for column in columns if column}
        first, *others = table.names(Role.REQUIRED)
        if first in names and names & set(others):
            more = _with_aliases(table, header, columns)
            return ListColumns(table, tuple(more))
    return None


def _by_choice(header: Sequence[str], maps: Sequence[ColumnMap]) -> ListColumns | None:
    chosen = next((one for one in maps if one.fits(header)), None)
    if chosen is None or chosen.kind is FileKind.BANK:
        return None
    table = FACTUREN if chosen.kind is FileKind.INVOICES else DEBITEUREN
    ours = {column.name: column for column in table.columns if column.role is not Role.COMPUTED}
    return ListColumns(table, tuple(ours.get(chosen.meaning_of(title)) for title in header), chosen=True)


def _by_aliases(header: Sequence[str]) -> ListColumns | None:
    """Every required column is there once, by our name or a package's."""
    for table in LISTS:
        columns = _with_aliases(table, header, [column_of(table, title) for title in header])
        names = [column.name for column in columns if column]
        enough = table is FACTUREN or (len(names) >= LEAST_DEBTOR_COLUMNS and not _of_money(header))
        if enough and len(names) == len(set(names)) and set(table.names(Role.REQUIRED)) <= set(names):
            return ListColumns(table, tuple(columns))
    return None


def _of_money(header: Sequence[str]) -> bool:
    """Whether these are titles of invoices or bookings.

    With a code, a name and a place beside them they would become debtors, and the money would be dropped.
    """
    return any(folded_title(title).removeprefix(FIELD_PREFIX) in _MONEY_TITLES for title in header)


def _with_aliases(
    table: TableLayout, header: Sequence[str], columns: Sequence[Column | None]
) -> list[Column | None]:
    """The columns with those of a package where ours are missing.

    A name of ours always goes first, and of two titles that would mean the same neither counts.
    """
    have = {column.name for column in columns if column}
    others = [
        None if column else alias_of(table, title) for title, column in zip(header, columns, strict=True)
    ]
    times = Counter(column.name for column in others if column)
    return [
        ours or (other if other and other.name not in have and times[other.name] == 1 else None)
        for ours, other in zip(columns, others, strict=True)
    ]


def alias_of(table: TableLayout, title: str) -> Column | None:
    """The column that packages give this title.

    >>> alias_of(FACTUREN, "Bedrag incl. BTW").name
    'Bedrag'
    """
    name = _ALIASES[table.name].get(folded_title(title).removeprefix(FIELD_PREFIX))
    return table.column(name) if name else None


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
