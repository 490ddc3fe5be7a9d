"""How long Bijwerken takes and how much memory, beside reading the same file and beside openpyxl.

Run it with `make bench`. Every figure is a whole process of its own: wall seconds and peak memory as the
operating system counts them. Seconds differ between machines; the ratios should not. Three rounds,
interleaved; the median counts; openpyxl once. Arguments: the numbers of invoices (default 10000 and 100000).
"""

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path

from debiteuren import new_workbook
from debiteuren.book.closed import ClosedWorkbook
from debiteuren.book.workbook import Cell, Changes

ON = date(2026, 11, 20)
ROUNDS = 3

READ = """
import sys, python_calamine as c
with c.CalamineWorkbook.from_path(sys.argv[1], load_tables=True) as book:
    for name in book.table_names:
        book.get_table_by_name(name).to_python()
"""
OPENPYXL = """
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1], keep_vba=True)
for row in book["Facturen"].iter_rows(min_row=5):
    row[13].value = 0.0
book.save(sys.argv[1] + ".openpyxl.xlsm")
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall seconds, peak memory in MB and processor seconds of one process."""

    seconds: float
    megabytes: float
    processor: float = 0.0


def large_workbook(path: Path, invoices: int) -> None:
    """A workbook with so many invoices and payments, most of them paid with their number in the text."""
    chance = random.Random(invoices)  # noqa: S311 - the same workbook every time
    new_workbook.create(path)
    debtors = max(20, invoices // 50)
    rows: dict[str, list[dict[str, Cell]]] = {"tblDebiteuren": [], "tblFacturen": [], "tblBetalingen": []}
    for number in range(debtors):
        rows["tblDebiteuren"].append(
            {
                "Debiteurnummer": f"D{number:05}",
                "Naam": f"Klant {number} B.V.",
                "Soort": "Zakelijk",
                "E-mail": f"klant{number}@voorbeeld.example",
                "Telefoon": "030 123 45 67",
            }
        )
    for number in range(invoices):
        issued = ON - timedelta(days=chance.randrange(5, 700))
        amount = chance.randrange(2_500, 500_000) / 100
        name = f"{issued.year}-{number:06}"
        rows["tblFacturen"].append(
            {
                "Factuurnummer": name,
                "Debiteurnummer": f"D{chance.randrange(debtors):05}",
                "Factuurdatum": issued,
                "Vervaldatum": issued + timedelta(days=30),
                "Bedrag": amount,
                "Btw": round(amount * 21 / 121, 2),
                "Omschrijving": "Onderhoud en levering",
            }
        )
        paid = chance.random()
        text = name if paid < 0.85 else "zonder nummer"
        rows["tblBetalingen"].append(
            {
                "Transactie": f"T{number:07}",
                "Rekening": "NL85ABNA0418826503",
                "Boekdatum": min(ON, issued + timedelta(days=chance.randrange(1, 60))),
                "Bedrag": amount if paid < 0.8 else round(amount / 2, 2),
                "Naam": "Klant",
                "Omschrijving": f"Factuur {text}",
                "Bron": "ABN AMRO MT940",
            }
        )
    book = ClosedWorkbook(path)
    book.read()
    book.write(Changes(appended=rows))


def made_elsewhere(path: Path, invoices: int) -> None:
    """large_workbook in a process of its own: Linux counts a parent's memory as its children's peak.

    Raises:
        RuntimeError: it failed.
    """
    process = get_context("spawn").Process(target=large_workbook, args=(path, invoices))
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"no workbook: {process.exitcode}")


def cost(command: Sequence[str]) -> Cost:
    """Run a command and say what it cost.

    Raises:
        RuntimeError: it failed.
    """
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=_compiled())
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Cost(seconds, kilobytes / 1024, usage.ru_utime + usage.ru_stime)


def _compiled() -> dict[str, str]:
    """The environment of a user: modules are compiled once, whatever this machine says about writing them."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**environment, "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "debiteuren-pyc")}


def median(costs: Sequence[Cost]) -> Cost:
    """The middle of the seconds, of the memory and of the processor seconds."""
    return Cost(
        statistics.median(item.seconds for item in costs),
        statistics.median(item.megabytes for item in costs),
        statistics.median(item.processor for item in costs),
    )


def measure(folder: Path, invoices: int) -> None:
    """One line per program, with its ratio to reading the file."""
    path = folder / f"boek{invoices}.xlsm"
    made_elsewhere(path, invoices)
    fresh = folder / "fresh.xlsm"
    shutil.copyfile(path, fresh)
    own = [sys.executable, "-m", "debiteuren", "bijwerken", str(path), "--peildatum", ON.isoformat()]
    costs: dict[str, list[Cost]] = {"calamine leest": [], "bijwerken": [], "nogmaals": [], "openpyxl": []}
    for _ in range(ROUNDS):
        shutil.copyfile(fresh, path)
        costs["calamine leest"].append(cost([sys.executable, "-c", READ, str(path)]))
        costs["bijwerken"].append(cost(own))
        costs["nogmaals"].append(cost(own))
        if not costs["openpyxl"]:  # once: it takes minutes
            costs["openpyxl"].append(cost([sys.executable, "-c", OPENPYXL, str(path)]))
    read = median(costs["calamine leest"])
    size = fresh.stat().st_size / 1e6
    sys.stdout.write(f"\n{invoices} facturen en betalingen ({size:.1f} MB)\n")
    for name, found in costs.items():
        middle = median(found)
        sys.stdout.write(
            f"  {name:15} {middle.seconds:7.1f} s {middle.megabytes:7.0f} MB"
            f"   {middle.seconds / read.seconds:5.1f} keer het lezen\n"
        )


def main() -> None:
    """Measure for each number of invoices given."""
    sizes = [int(word) for word in sys.argv[1:]] or [10_000, 100_000]
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            measure(Path(folder), size)


if __name__ == "__main__":
    main()
