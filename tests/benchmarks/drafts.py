"""How many drafts a second, each with its own payment code and a 60 KiB copy, and how much memory.

Run it with `make bench`. Into files (eml): from planned reminders to a folder that a user can open, each file
synced to the disk, and read back before that; by the clock, and by the processor's own time, which a busy
machine changes less. Arguments: the numbers of drafts (default 400 and 10000).
"""

import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.run import ROUNDS, cost, median
from debiteuren.domain.reminder import Reminder
from debiteuren.domain.settings import Step
from debiteuren.mail.drafts import EmlFolder
from debiteuren.mail.prepare import prepare
from reminder_examples import HEDGE, LOTTE, SETTINGS, line, reminder

PDF_BYTES = 60 * 1024
TOOK = "kosten.json"
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
    """The drafts, as Genereer herinneringen makes them once it knows for whom; writes down what it took."""
    planned = reminders(count)
    prepare(planned[:1], SETTINGS, (), datetime.now(UTC), folder / "facturen")  # everything is loaded
    begin, spent = time.perf_counter(), time.process_time()
    made = prepare(planned, SETTINGS, (), datetime.now(UTC), folder / "facturen")
    place = EmlFolder(folder / "concepten")
    place.publish(place.stage(made.drafts))
    took = (time.perf_counter() - begin, time.process_time() - spent)
    (folder / TOOK).write_text(json.dumps(took))


def measure(folder: Path, count: int) -> None:
    """One line: drafts a second by the clock and by the processor, and the memory of the whole process."""
    copies(folder / "facturen", count)
    command = [sys.executable, "-m", _MODULE, "--make", str(folder), str(count)]
    found, took = [], []
    for _ in range(ROUNDS):
        shutil.rmtree(folder / "concepten", ignore_errors=True)
        found.append(cost(command))
        took.append(json.loads((folder / TOOK).read_text()))
    clock, processor = (statistics.median(each) for each in zip(*took, strict=True))
    sys.stdout.write(
        f"  {count:6} als bestand: {count / clock:5.0f} per seconde op de klok,"
        f" {count / processor:5.0f} per seconde rekentijd, {median(found).megabytes:4.0f} MB\n"
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
