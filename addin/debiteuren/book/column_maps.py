"""The sheet Kolommen as choices: which column of which file is what, and what is still to be chosen.

Answers: for every file on the sheet, what it holds and what is missing, double or unknown in the choice.
Source: docs/regels.md, "Kolommen kiezen".
Leaves to others: what is proposed (column_proposals.py), reading such files (lists.py; banks, by tasks.py).
"""

from collections.abc import Iterable, Mapping

from debiteuren.book.layout import DEBITEUREN, FACTUREN
from debiteuren.book.layout_choice import KOLOMMEN, NOT_USED
from debiteuren.book.layout_parts import Role
from debiteuren.book.values import as_text
from debiteuren.book.workbook import Cell, Contents
from debiteuren.domain.column_map import BankColumn, ColumnMap, FileKind
from debiteuren.domain.problem import Problem

_MANY = frozenset({BankColumn.TEXT.value})
"""A bank may spread its description over several columns."""
_INPUTS = {
    FileKind.INVOICES: FACTUREN.names(Role.REQUIRED, Role.INPUT),
    FileKind.DEBTORS: DEBITEUREN.names(Role.REQUIRED, Role.INPUT),
    FileKind.BANK: tuple(column.value for column in BankColumn),
}
_REQUIRED = {
    FileKind.INVOICES: FACTUREN.names(Role.REQUIRED),
    FileKind.DEBTORS: DEBITEUREN.names(Role.REQUIRED),
    FileKind.BANK: (BankColumn.BOOKED.value,),
}
_WORDS: Mapping[str, str] = {word.casefold(): word for words in _INPUTS.values() for word in words} | {
    NOT_USED.casefold(): ""
}


def meaning_named(text: str) -> str | None:
    """The meaning as it is spelt on the sheet, '' for a column that is not used, None for another word."""
    return _WORDS.get(text.strip().casefold(), None if text.strip() else "")


def kind_of(meanings: Iterable[str]) -> FileKind:
    """What a file with columns of these meanings holds."""
    words = set(meanings)
    if "Factuurnummer" in words or "Factuurdatum" in words:
        return FileKind.INVOICES
    bank = words & {"Boekdatum", "Tegenrekening", "Bedrag af", "Bedrag bij", "Af of bij", "Saldo", "Bedrag"}
    return FileKind.BANK if bank or "Debiteurnummer" not in words else FileKind.DEBTORS


def has_sheet(contents: Contents) -> bool:
    """Whether this workbook has the sheet; one of an older version has not."""
    return KOLOMMEN.name in contents.grids


def read_maps(contents: Contents) -> tuple[ColumnMap, ...]:
    """The choices on the sheet, in order, whole or not."""
    grid = contents.grids.get(KOLOMMEN.name)
    if grid is None:
        return ()
    groups: dict[str, list[tuple[int, str, str]]] = {}
    for row, line in enumerate(grid.rows, grid.first_row):
        cells: Mapping[str, Cell] = dict(zip(grid.columns, line, strict=False))
        file, title = as_text(cells.get("Bestand")), as_text(cells.get("Kolom"))
        if file and title:
            groups.setdefault(file, []).append((row, title, as_text(cells.get("Betekenis"))))
    return tuple(_map(file, rows) for file, rows in groups.items())


def _map(file: str, rows: list[tuple[int, str, str]]) -> ColumnMap:
    meanings = []
    for _, _, text in rows:
        word = meaning_named(text)
        meanings.append(text if word is None else word)
    return ColumnMap(
        file=file,
        kind=kind_of(meanings),
        titles=tuple(title for _, title, _ in rows),
        meanings=tuple(meanings),
        row=rows[0][0],
    )


def left_to_choose(one: ColumnMap) -> str:
    """What is wrong with a choice, as a sentence; '' when a file can be read by it."""
    known = _INPUTS[one.kind]
    words = [word for word in one.meanings if word]
    strange = sorted({word for word in words if word not in known})
    if strange:
        names = " en ".join(f'"{word}"' for word in strange)
        return f"De betekenis {names} past niet bij {one.kind}."
    double = sorted(
        {word for word in words if words.count(word) > 1 and (word not in _MANY or _is_list(one))}
    )
    if double:
        return f"Twee kolommen hebben de betekenis {double[0]}."
    missing = [word for word in _REQUIRED[one.kind] if word not in words]
    if not _is_list(one) and "Bedrag" not in words and not {"Bedrag af", "Bedrag bij"} <= set(words):
        missing.append("Bedrag (of Bedrag af en Bedrag bij)")
    return f"Nog niet gekozen is welke kolom dit is: {', '.join(missing)}." if missing else ""


def _is_list(one: ColumnMap) -> bool:
    return one.kind is not FileKind.BANK


def choice_problem(name: str, one: ColumnMap) -> Problem:
    """Why this file cannot be read yet: the choice is not whole."""
    return Problem(
        sheet=KOLOMMEN.sheet,
        row=one.row,
        column="Betekenis",
        found=f"{left_to_choose(one)} Zonder dat is {name} niet te lezen.",
        remedy="kies bij elke kolom de betekenis uit de lijst, en lees het bestand dan opnieuw in.",
    )
