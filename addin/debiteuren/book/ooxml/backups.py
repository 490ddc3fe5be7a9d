"""Dated copies of the workbook from before each change, in a folder beside it."""

import os
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

FOLDER = "Reservekopieën"
KEPT = 20
KEPT_DAYS = 30
_STAMP = "%Y-%m-%d %H%M%S"


def backups(path: Path) -> list[tuple[datetime, Path]]:
    """The copies of a workbook, newest first."""
    pattern = re.compile(
        re.escape(path.stem) + r" (\d{4}-\d\d-\d\d \d{6})(?: \((\d+)\))?" + re.escape(path.suffix)
    )
    folder = path.parent / FOLDER
    found: list[tuple[datetime, int, Path]] = []
    for copy in folder.iterdir() if folder.is_dir() else ():
        name = pattern.fullmatch(copy.name)
        if name:
            moment = datetime.strptime(name[1], _STAMP)  # noqa: DTZ007 - local time, as the user reads it
            found.append((moment, int(name[2] or 1), copy))
    return [(moment, copy) for moment, _, copy in sorted(found, reverse=True)]


def back_up(path: Path, now: datetime) -> Path:
    """A copy of the workbook as it is, safely on disk."""
    folder = path.parent / FOLDER
    folder.mkdir(exist_ok=True)
    stamp = now.strftime(_STAMP)
    copy, count = folder / f"{path.stem} {stamp}{path.suffix}", 1
    while copy.exists():
        count += 1
        copy = folder / f"{path.stem} {stamp} ({count}){path.suffix}"
    half = copy.with_name(f".~{copy.name}.tmp")
    try:
        with path.open("rb") as source, half.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
            target.flush()
            os.fsync(target.fileno())
        shutil.copystat(path, half)
        half.replace(copy)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    return copy


def prune(path: Path, now: datetime) -> None:
    """Drop the oldest copies: the last 20 stay, and the last one of each day of the last 30 days."""
    seen = set()
    for index, (moment, copy) in enumerate(backups(path)):
        daily = moment.date() not in seen and now - moment < timedelta(days=KEPT_DAYS)
        seen.add(moment.date())
        if index >= KEPT and not daily:
            copy.unlink(missing_ok=True)
