"""500 kills at random moments while a workbook is saved or a change is taken back.

After each: the file is the old or the new one, whole; the next run does the work; the change can be taken
back to the byte; no temporary file is left. Run it by hand: it takes minutes, and needs fork and SIGKILL.
Argument: the number of kills (default 500).
"""

import os
import random
import shutil
import signal
import statistics
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from debiteuren.book.ooxml import FOLDER, Package, Told, backups, changes, take_back

ROWS = 4000
NAME = "Boek.xlsx"
TIMED = 9
SPREAD = 1.5
"""Some kills come after the work is done, so that the last moment is hit as well."""


def make(path: Path) -> None:
    """A workbook with one large table."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        for row in range(1, ROWS + 1):
            sheet.write_row(row, 0, [f"tekst {row}", row, row])
        sheet.add_table(0, 0, ROWS, 2, {"name": "tblP", "columns": [{"header": name} for name in "ABC"]})


def save(path: Path) -> None:
    """The change: a column and a thousand rows."""
    with Package.open(path) as package:
        if package.tables()["tblP"].ref == f"A1:C{ROWS + 1}":
            package.set_column("tblP", "C", [row * 0.5 for row in range(ROWS)])
            package.append_rows("tblP", [{"A": "x"}] * 1000)
            package.save(told=Told(run="proef"))


def undo(path: Path) -> None:
    """The change taken back."""
    for change in changes(path):
        if not change.untouched:
            raise SystemExit(f"{path}: niet meer wat wij schreven")
        take_back(change, "ongedaan")
        return


def started(work: Callable[[Path], None], path: Path) -> int:
    """Do the work in a process of its own, whose number comes back."""
    child = os.fork()
    if child == 0:
        work(path)
        os._exit(0)
    return child


def killed(work: Callable[[Path], None], path: Path, after: float) -> None:
    """Do the work in a process that is killed after so many seconds."""
    child = started(work, path)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def took(work: Callable[[Path], None], path: Path) -> float:
    """Seconds until such a process has ended by itself."""
    start = time.monotonic()
    os.waitpid(started(work, path), 0)
    return time.monotonic() - start


def check(folder: Path, old: bytes, new: bytes, seen: Counter[str], kind: str) -> None:
    """What must be so right after a kill."""
    now = (folder / NAME).read_bytes()
    if now not in (old, new):
        raise SystemExit(f"{kind}: het bestand is het oude noch het nieuwe ({len(now)} bytes)")
    for _, copy in backups(folder / NAME):
        if copy.read_bytes() not in (old, new):
            raise SystemExit(f"{kind}: de kopie {copy.name} is niet heel")
    seen[f"{kind}, daarna het {'oude' if now == old else 'nieuwe'} bestand"] += 1
    left = [*folder.rglob("*.tmp")]
    seen[f"{kind}, met een half bestand dat de volgende opruimde"] += bool(left)


def require(*, true: bool, what: str) -> None:
    """Stop when something is not so."""
    if not true:
        raise SystemExit(what)


def main() -> None:
    """All kills, and a line on what was seen."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    chance = random.Random(4)  # noqa: S311 - moments, no secrets
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / NAME
        make(path)
        old = path.read_bytes()
        times = []
        for _ in range(TIMED):
            saving = took(save, path)
            new = path.read_bytes()
            times.append((saving, took(undo, path)))
            require(true=path.read_bytes() == old, what="terugnemen gaf niet het oude bestand")
        saving, undoing = (statistics.median(column) for column in zip(*times, strict=True))
        for number in range(kills):
            shutil.rmtree(folder / FOLDER, ignore_errors=True)
            path.write_bytes(old)
            if number % 2:
                killed(save, path, chance.random() * saving * SPREAD)
                check(folder, old, new, seen, "opslaan")
                save(path)
            else:
                save(path)
                killed(undo, path, chance.random() * undoing * SPREAD)
                check(folder, old, new, seen, "terugnemen")
            if path.read_bytes() == new:
                with zipfile.ZipFile(path) as archive:
                    require(true=archive.testzip() is None, what="het zipbestand is niet heel")
                undo(path)
            require(true=path.read_bytes() == old, what="terugnemen gaf niet het oude bestand")
            require(true=not [*folder.rglob("*.tmp")], what="er bleef een half bestand staan")
    sys.stdout.write(f"{kills} keer gestopt (opslaan {saving:.2f} s, terugnemen {undoing:.2f} s)\n")
    for what, count in sorted(seen.items()):
        sys.stdout.write(f"{count:5} {what}\n")


if __name__ == "__main__":
    main()
