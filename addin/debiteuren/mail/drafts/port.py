"""What a draft is, and what every target of drafts can do. No way to send, on purpose."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol, cast

from debiteuren.domain.reminder import Skipped
from debiteuren.mail.spool import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A finished draft. `suffix` is ".eml" for a mail and ".html" for a letter to print.

    `to` is the address as it stands in the message, or the postal address; `amount` in euros.
    `note` is one Dutch sentence for the person who sends it, or ''. `text`: the letter as plain text, to read
    on the page of drafts. `content` is read from where it was put away each time it is asked for (`kept`), so
    that many drafts fit in memory.
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
    text: str = ""


class _Content:
    """The field `content` of a draft: bytes, or something put away that gives them."""

    def __init__(self, field: Any) -> None:  # noqa: ANN401 - the slot that dataclass made
        self._field = field

    def __get__(self, draft: Draft | None, owner: type[Draft]) -> Any:  # noqa: ANN401 - as above
        if draft is None:
            return self
        content = self._field.__get__(draft, owner)
        return content if isinstance(content, bytes) else content.read()

    def __set__(self, draft: Draft, content: bytes) -> None:
        self._field.__set__(draft, content)


Draft.content = _Content(Draft.content)  # type: ignore[misc, assignment] # the slot, read through another


def kept(content: Kept) -> bytes:
    """Bytes that were put away, to give to a new draft as its content."""
    return cast("bytes", content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a draft is or will be: a file, or a message in a mailbox (`path` None, `id` the mailbox's own).

    `draft` has no content any more, `sha256` is its fingerprint. `unclear`: the connection was cut just when
    it was placed, so a person must look whether it is there.
    """

    draft: Draft
    path: Path | None
    id: str = ""
    sha256: str = ""
    unclear: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """Drafts that are ready but out of sight. `placed`: where each will be after publishing.

    `hidden`: the folder they wait in. `files`: the part of a set for a mailbox that are files after all,
    letters to print. `target`: the word of ConceptDoel.
    """

    folder: Path
    hidden: Path | None
    placed: tuple[Placed, ...]
    index: Path | None = None
    files: "Staged | None" = None
    target: str = "eml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """What became of drafts that a run that died had left.

    `files`: put in the folder after all. `keys`: put in the mailbox after all.
    """

    files: tuple[Path, ...] = ()
    keys: tuple[str, ...] = ()


class DraftTarget(Protocol):
    """A place where drafts wait for a person."""

    def stage(self, drafts: Iterable[Draft], skipped: Sequence[Skipped] = ()) -> Staged:
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

    def recover(self, known_keys: Collection[str]) -> Recovered:
        """Mend what a run that died left behind: the drafts that were published after all.

        `known_keys`: those that count in Contact.
        """
