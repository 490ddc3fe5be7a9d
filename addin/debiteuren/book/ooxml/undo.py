"""Taking back the last save: which one that is, whether the workbook is still what it wrote, and back.

A copy whose note says that it was made when a change was taken back is no change itself. One that is the same
as the workbook is a save that never happened, or was taken back already.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from .backups import backups, discard
from .notes import Note, Told, fingerprint, read_note
from .refusals import Unwritable
from .replace import Original, put_back, sweep


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A save of ours: the copy of how it was before, and its note (None on a copy that has none).

    `untouched`: the workbook is, byte for byte, what that save wrote. `void`: newer copies of no change.
    """

    workbook: Original
    copy: Path
    moment: datetime
    note: Note | None
    untouched: bool = False
    void: tuple[Path, ...] = ()


def changes(path: Path) -> Iterator[Change]:
    """The saves that can be taken back one after the other, the last first.

    Only of the last is known whether it is untouched.
    """
    real = path.resolve()
    try:
        original = Original.of(real)
        now = fingerprint(real)
    except FileNotFoundError:
        raise Unwritable(f"{path.name} bestaat niet in de map {path.parent}.") from None
    void: list[Path] = []
    first = True
    for moment, copy in backups(real):
        note = read_note(copy)
        if note is not None and note.undoing:
            continue
        if first and note is not None and note.after != now and note.before == now:
            void.append(copy)
            continue
        untouched = first and note is not None and note.after == now
        yield Change(
            workbook=original, copy=copy, moment=moment, note=note, untouched=untouched, void=tuple(void)
        )
        first = False


def take_back(change: Change, run: str) -> Path:
    """Make the workbook as it was before a change; the copy of how it was until now comes back."""
    original = change.workbook
    sweep(original.path)
    with _held(original.path) as held:
        note = Note(
            told=Told(run=run),
            moment=datetime.now().astimezone().replace(tzinfo=None),
            places=change.note.places if change.note else (),
            after=change.note.before if change.note else fingerprint(change.copy),
            undoing=True,
        )
        backup = put_back(held, original, change.copy, note)
    for copy in (*change.void, change.copy):
        discard(copy)
    return backup


@dataclass(slots=True)
class _OpenFile:
    path: Path
    file: IO[bytes]

    def close(self) -> None:
        self.file.close()


@contextmanager
def _held(path: Path) -> Iterator[_OpenFile]:
    with path.open("rb") as file:
        yield _OpenFile(path, file)
