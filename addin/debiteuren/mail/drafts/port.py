"""What a draft is, and what every target of drafts can do. No way to send, on purpose."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from debiteuren.domain.reminder import Skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A finished draft. `suffix` is ".eml" for a mail and ".html" for a letter to print.

    `to` is the address as it stands in the message, or the postal address; `amount` in euros.
    `note` is one Dutch sentence for the person who sends it, or ''.
    """

    key: str
    debtor: str
    name: str
    to: str
    subject: str
    step: str
    invoices: tuple[str, ...]
    amount: Decimal
    on: date
    content: bytes
    suffix: str = ".eml"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a draft is or will be."""

    draft: Draft
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """Drafts that are ready but out of sight. `placed`: where each will be after publishing."""

    folder: Path
    hidden: Path | None
    placed: tuple[Placed, ...]
    index: Path | None = None


class DraftTarget(Protocol):
    """A place where drafts wait for a person."""

    def stage(self, drafts: Sequence[Draft], skipped: Sequence[Skipped] = ()) -> Staged:
        """Make everything ready out of sight.

        Raises:
            SurroundingsError: no permission, no room; then nothing is left behind.
        """

    def publish(self, staged: Staged) -> tuple[Placed, ...]:
        """Put staged drafts in their place; the rows in Contact must be saved by now.

        Raises:
            SurroundingsError: a file cannot be put in place; the rest waits for `recover`.
        """

    def discard(self, staged: Staged) -> None:
        """Remove staged drafts, when the rows in Contact could not be saved."""

    def recover(self, known_keys: Collection[str]) -> tuple[Path, ...]:
        """Mend what a run that died left behind: the drafts that were published after all.

        `known_keys`: those that count in Contact.
        """
