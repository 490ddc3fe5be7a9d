"""What a mailbox can do with drafts: look, place, take out. No way to send, on purpose.

Leaves to others: in which order, never twice (outbox.py), and each kind of mailbox (imap.py, graph.py,
outlook.py).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from debiteuren.domain.seen_draft import Found
from debiteuren.domain.settings import DraftPlace


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft that is still to be placed."""

    key: str
    content: bytes


class LostConnectionError(Exception):
    """The connection broke or no answer came; whatever was being placed may or may not be there."""


class Told(Protocol):
    """Who keeps the record of what is being placed."""

    def committing(self, keys: Sequence[str]) -> None:
        """Called right before the last byte that can make these appear; lasting when it returns."""

    def placed(self, ids: Mapping[str, str]) -> None:
        """Called when the mailbox has confirmed these: key → the mailbox's own id, or ''."""

    def refused(self, keys: Sequence[str]) -> None:
        """Called when the mailbox has said that these, told to be committing, are not there."""


class Mailbox(Protocol):
    """One mailbox. Every method may raise LostConnectionError; the next call connects again."""

    word: DraftPlace

    @property
    def title(self) -> str:
        """The mailbox in a sentence: "het postvak marijke@delinde.nl (imap.delinde.nl)"."""

    def check(self, sizes: Sequence[int]) -> None:
        """Whether drafts of these sizes (bytes) can be placed; places nothing.

        Raises:
            SurroundingsError: it can't be reached or entered, is full, has no place for drafts.
        """

    def look(self, keys: Collection[str], since: date) -> dict[str, Found]:
        """Which of these keys are there, as draft, sent or thrown away on or after `since`."""

    def place(self, waiting: Sequence[Waiting], told: Told) -> None:
        """Place drafts in this order, telling before and after.

        Raises:
            SurroundingsError: the mailbox refuses one; those not told to be committing are surely not there.
        """

    def withdraw(self, keys: Collection[str]) -> frozenset[str]:
        """Take these out of the drafts, to the bin where there is one; which were there comes back."""

    def close(self) -> None:
        """Let go of the connection."""
