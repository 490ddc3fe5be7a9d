"""Drafts that were made, each with the letter it holds and where it stands.

Leaves to others: making them (mail/prepare.py), placing them (mail/drafts), the order of a run (reminding.py,
confirming.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from debiteuren.domain.arrangement_letter import AnyLetter
from debiteuren.mail.drafts import Placed
from debiteuren.mail.prepare import Prepared


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedDraft:
    """One draft and where it stands: a file, or `id` in a mailbox (neither in a trial run).

    `unclear`: nobody knows whether the mailbox has it.
    """

    letter: AnyLetter
    subject: str
    to: str
    file: Path | None
    id: str = ""
    unclear: bool = False


def not_placed(made: Prepared) -> tuple[PlacedDraft, ...]:
    """Drafts of a trial."""
    return tuple(
        PlacedDraft(letter=letter, subject=draft.subject, to=draft.to, file=None)
        for letter, draft in zip(made.letters, made.drafts, strict=True)
    )


def as_placed(made: Prepared, placed: Sequence[Placed]) -> tuple[PlacedDraft, ...]:
    """In the order of the letters; a mailbox puts letters on paper after its mails."""
    by_key = {place.draft.key: place for place in placed}
    return tuple(
        PlacedDraft(
            letter=letter,
            subject=draft.subject,
            to=draft.to,
            file=by_key[draft.key].path,
            id=by_key[draft.key].id,
            unclear=by_key[draft.key].unclear,
        )
        for letter, draft in zip(made.letters, made.drafts, strict=True)
    )
