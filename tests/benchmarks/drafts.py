"""How many drafts a second, each with its own payment code and a 60 KiB copy, and how much memory.

Run it with `make bench`. Into files (eml): from planned reminders to a folder that a user can open, each file
synced to the disk, and read back before that. Arguments: the numbers of drafts (default 400 and 10000).
"""

import os
import shutil
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.run import ROUNDS, Cost, cost, median
from debiteuren.domain.reminder import Reminder
from debiteuren.domain.settings import Step
from debiteuren.mail.drafts import EmlFolder
from debiteuren.mail.prepare import prepare
from reminder_examples import HEDGE, LOTTE, SETTINGS, line, reminder

PDF_BYTES = 60 * 1024
_MODULE = "benchmarks.drafts"


def reminders(count: int) -> list[Reminder]:
    """So many first reminders, each about an invoice of its own, to a debtor of his own."""
    found = []
    for number in range(count):
        invoice = replace(HEDGE, number=f"2026-{number:05}", amount=HEDGE.amount + number)
        debtor = replace(LOTTE, number=str(number), name=f"Lotte Bakker {number}")
        found.append(
            reminder(Step.REMINDER, line(invoice, Step.REMINDER), debtor=debtor, key=f"{number:040x}")
        )
    return found


def copies(folder: Path, count: int) -> None:
    """A PDF for each of them, of bytes that do not pack."""
    folder.mkdir()
    content = b"%PDF-1.7\n" + os.urandom(PDF_BYTES)
    for number in range(count):
        (folder / f"2026-{number:05}.pdf").write_bytes(content)


def make(folder: Path, count: int) -> None:
    """The drafts, as Genereer herinneringen makes them once it knows for whom."""
    made = prepare(reminders(count), SETTINGS, (), datetime.now(UTC), folder / "facturen")
    place = EmlFolder(folder / "concepten")
    place.publish(place.stage(made.drafts))


def measure(folder: Path, count: int) -> None:
    """One line: drafts a second and memory, without the start of Python."""
    copies(folder / "facturen", count)
    command = [sys.executable, "-m", _MODULE, "--make", str(folder)]
    idle: list[Cost] = []
    found: list[Cost] = []
    for _ in range(ROUNDS):
        for number, costs in ((1, idle), (count, found)):
            shutil.rmtree(folder / "concepten", ignore_errors=True)
            costs.append(cost([*command, str(number)]))
    seconds = median(found).seconds - median(idle).seconds
    sys.stdout.write(
        f"  {count:6} concepten als bestand: {count / seconds:5.0f} per seconde,"
        f" {median(found).megabytes:4.0f} MB\n"
    )


def main() -> None:
    """Measure for each number of drafts given; `--make` is one run of it."""
    if sys.argv[1:2] == ["--make"]:
        make(Path(sys.argv[2]), int(sys.argv[3]))
        return
    sys.stdout.write("\nConcepten met betaalcode en een kopie van 60 KiB\n")
    for size in [int(word) for word in sys.argv[1:]] or [400, 10_000]:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), size)


if __name__ == "__main__":
    main()
