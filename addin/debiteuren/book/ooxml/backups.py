"""Dated copies of the workbook from before each change, in a folder beside it, each with its note."""

import contextlib
import os
import re
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from .notes import SUFFIX, Note, fingerprint, note_path

FOLDER = "Reservekopieën"
KEPT = 20
KEPT_DAYS = 30
_CLOCK_BACK = timedelta(hours=2)
"""Summer time ends; a copy from further ahead comes from a clock that was wrong."""
_STAMP = "%Y-%m-%d %H%M%S"


def backups(path: Path) -> list[tuple[datetime, Path]]:
    """The copies of a workbook, newest first."""
    return [(moment, copy) for moment, _, copy in _found(path)]


def back_up(path: Path, now: datetime, note: Note | None = None) -> Path:
    """A copy of the workbook as it is, safely on disk, after the note on it, which gets its fingerprint.

    A run that dies in between leaves a note without a copy, which counts for nothing.
    """
    folder = path.parent / FOLDER
    folder.mkdir(exist_ok=True)
    copy = folder / _next_name(path, now.replace(microsecond=0))
    half = copy.with_name(f".~{copy.name}.tmp")
    try:
        with path.open("rb") as source, half.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
            target.flush()
            os.fsync(target.fileno())
        shutil.copystat(path, half)
        if note is not None:
            _write(note_path(copy), replace(note, before=fingerprint(half)).as_json())
        half.replace(copy)
    except BaseException:
        half.unlink(missing_ok=True)
        discard(copy)
        raise
    return copy


def discard(copy: Path) -> None:
    """Remove a copy and its note, and the folder when nothing is left in it."""
    copy.unlink(missing_ok=True)
    note_path(copy).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        copy.parent.rmdir()


def prune(path: Path, now: datetime) -> None:
    """Drop the oldest copies: the last 20 stay, and the last one of each day of the last 30 days."""
    seen = set()
    for index, (moment, copy) in enumerate(backups(path)):
        daily = moment.date() not in seen and now - moment < timedelta(days=KEPT_DAYS)
        seen.add(moment.date())
        if index >= KEPT and not daily:
            copy.unlink(missing_ok=True)
            note_path(copy).unlink(missing_ok=True)


def clear_halves(path: Path) -> None:
    """Remove what runs that died left among the copies; only for who holds the workbook's lock."""
    folder = path.parent / FOLDER
    half, note = _name_pattern(path, ".tmp", before=".~"), _name_pattern(path, SUFFIX)
    for left in [*folder.iterdir()] if folder.is_dir() else ():
        without_copy = note.fullmatch(left.name) and not left.with_name(left.name[: -len(SUFFIX)]).exists()
        if without_copy or half.fullmatch(left.name):
            with contextlib.suppress(OSError):
                left.unlink()


def _found(path: Path) -> list[tuple[datetime, int, Path]]:
    """The copies with the moment and the number in their names, newest first."""
    pattern = _name_pattern(path, "")
    folder = path.parent / FOLDER
    found: list[tuple[datetime, int, Path]] = []
    for copy in folder.iterdir() if folder.is_dir() else ():
        name = pattern.fullmatch(copy.name)
        if name:
            moment = datetime.strptime(name[1], _STAMP)  # noqa: DTZ007 - local time, as the user reads it
            found.append((moment, int(name[2] or 1), copy))
    return sorted(found, reverse=True)


def _next_name(path: Path, now: datetime) -> str:
    """A name that comes after all others, also in the same second or when the clock was put back."""
    found = _found(path)
    if found and now <= found[0][0] < now + _CLOCK_BACK:
        now = found[0][0]
    count = max((number for moment, number, _ in found if moment == now), default=0) + 1
    number_of = f" ({count})" if count > 1 else ""
    return f"{path.stem} {now.strftime(_STAMP)}{number_of}{path.suffix}"


def _name_pattern(path: Path, after: str, *, before: str = "") -> re.Pattern[str]:
    stem, suffix = re.escape(before + path.stem), re.escape(path.suffix + after)
    return re.compile(stem + r" (\d{4}-\d\d-\d\d \d{6})(?: \((\d+)\))?" + suffix)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
