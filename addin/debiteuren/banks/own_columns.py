"""A bank file whose columns the user chose once: his choice as a layout beside those of csv_layouts.py.

Source: docs/regels.md, "Kolommen kiezen".
Leaves to others: what was chosen (the sheet Kolommen, by domain/column_map.py), reading rows (csv_bank.py).
"""

from collections.abc import Sequence

from debiteuren.banks.csv_layouts import COMPACT, DASHED, ISO, ISO_MOMENT, SLASHED, Layout
from debiteuren.banks.csv_rows import fold
from debiteuren.domain.column_map import BankColumn, ColumnMap, FileKind

_DOTTED = "%d.%m.%Y"
_FIELDS = {
    BankColumn.BOOKED: "booked",
    BankColumn.VALUE: "value",
    BankColumn.AMOUNT: "amount",
    BankColumn.OUT: "out",
    BankColumn.IN: "in",
    BankColumn.SIGN: "sign",
    BankColumn.ACCOUNT: "account",
    BankColumn.COUNTER: "counter",
    BankColumn.NAME: "name",
    BankColumn.REFERENCE: "reference",
    BankColumn.BALANCE: "after",
    BankColumn.CURRENCY: "currency",
}


def own_layouts(maps: Sequence[ColumnMap], account: str) -> tuple[Layout, ...]:
    """The layouts of these choices, which are whole; `account` is the own one where a file names none."""
    return tuple(
        Layout(
            name=f"eigen kolommen: {one.file}",
            bank="",
            columns={key: titles for word, key in _FIELDS.items() if (titles := one.titles_of(word.value))},
            many={"text": titles} if (titles := one.titles_of(BankColumn.TEXT.value)) else {},
            days=(ISO, DASHED, COMPACT, ISO_MOMENT, SLASHED, _DOTTED),
            mark="",
            delimiters=";,\t",
            header=frozenset(filter(None, map(fold, one.titles))),
            account=account,
        )
        for one in maps
        if one.kind is FileKind.BANK
    )
