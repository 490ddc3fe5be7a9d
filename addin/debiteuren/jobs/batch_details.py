"""A batch in CAMT.053 of which a CAMT.054 or .052 in the same import tells the parts.

Answers: the statement files with such a batch as its parts. Only a total without a counterparty that is the
one booking of that account, day and amount counts, and parts that add up to it to the cent under the same id
of the bank, as far as both give one.
Source: ISO 20022; docs/regels.md, "Bankbestanden".
Leaves to others: a 054 that comes later, of which nothing is read twice (bank_import.py).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from debiteuren.domain.account import account_core
from debiteuren.domain.money import ZERO
from debiteuren.domain.payment import BankFile, BankTransaction, FileFormat

DETAIL_ONLY = frozenset({FileFormat.CAMT052, FileFormat.CAMT054})
"""Formats that never book anything a statement has booked."""

_Place = tuple[str, date, Decimal, str]
_Parts = tuple[BankTransaction, ...]


def with_details(files: Sequence[BankFile]) -> list[BankFile]:
    """The files, with the batches in CAMT.053 as the parts another of these files gives."""
    batches: dict[_Place, list[_Parts]] = defaultdict(list)
    for file in files:
        for parts in _batches_of(file) if file.format in DETAIL_ONLY else ():
            batches[_place(parts[0], sum((part.amount for part in parts), ZERO))].append(parts)
    if not batches:
        return list(files)
    return [_detailed(file, batches) if file.format is FileFormat.CAMT053 else file for file in files]


def _place(found: BankTransaction, amount: Decimal) -> _Place:
    return account_core(found.account), found.booked, amount, found.currency


def _batches_of(file: BankFile) -> list[_Parts]:
    """The bookings of each entry that has several; those stand on one line."""
    entries: dict[tuple[str, int | None], list[BankTransaction]] = defaultdict(list)
    for found in file.transactions:
        if found.line is not None:
            entries[found.account, found.line].append(found)
    return [tuple(parts) for parts in entries.values() if len(parts) > 1]


def _detailed(file: BankFile, batches: dict[_Place, list[_Parts]]) -> BankFile:
    totals: dict[_Place, list[BankTransaction]] = defaultdict(list)
    for found in file.transactions:
        totals[_place(found, found.amount)].append(found)
    transactions: list[BankTransaction] = []
    for found in file.transactions:
        place = _place(found, found.amount)
        ours = batches.get(place, [])
        sure = len(ours) == 1 and len(totals[place]) == 1 and not found.counter_account
        if sure and found.bank_id in {"", ours[0][0].bank_id}:
            transactions += ours[0]
        else:
            transactions.append(found)
    return replace(file, transactions=tuple(transactions))
