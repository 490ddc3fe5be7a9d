"""Disputes that were told to us.

Answers: does a dispute stand in Contact, since when, and if it was settled, on which day.
Source: docs/regels.md, "Blokkade" (Geschil without Blokkade) and rule C02: solve first, no reminders.
Leaves to others: the Blokkade itself (unpaid.py), which wins over the log.
"""

from collections.abc import Iterable
from datetime import date, time
from typing import NamedTuple

from debiteuren.domain.contact import LETTERS, Contact, ContactKind, Outcome

_NO_TIME = time.min
"""What a moment has of which the sheet holds only the day."""


class Dispute(NamedTuple):
    """`since`: the day an open dispute was told; `settled`: the day a later contact ended the last one."""

    since: date | None
    settled: date | None


def dispute(rows: Iterable[Contact]) -> Dispute:
    """What the log says about a dispute; `rows` speak of one invoice, oldest first.

    A later row says otherwise when it is a letter, a conversation, or has an outcome. Nobody answering, a
    copy of the invoice and a confirmation say nothing about the dispute.
    """
    since: date | None = None
    settled: date | None = None
    last: Contact | None = None
    for row in rows:
        if row.outcome is Outcome.DISPUTE:
            since, last = since or row.day, row
        elif since is not None and last is not None and _is_later(row, last) and _says_otherwise(row):
            since, settled = None, row.day
    return Dispute(since, settled)


def _is_later(row: Contact, told: Contact) -> bool:
    """On a later day, or later on the same day; without both times nobody knows which came first."""
    if row.day != told.day:
        return row.day > told.day
    return _NO_TIME not in {row.moment.time(), told.moment.time()} and row.moment > told.moment


def _says_otherwise(row: Contact) -> bool:
    if row.outcome is Outcome.NO_ANSWER:
        return False
    return row.outcome is not None or row.kind is ContactKind.CONVERSATION or row.kind in LETTERS
