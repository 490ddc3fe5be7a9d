"""How long the lossless editor takes for 100,000 changed cells and 1,000 new rows, and how much memory.

Run it with `make bench`. Beside it stand the floor (unpacking and packing the same sheet at the same level,
which nobody can do without) and openpyxl doing the same. Every figure is a whole process, as in run.py; three
rounds, interleaved; the median counts; openpyxl once. Arguments: the numbers of invoices (default 100000).
"""

import sys
import tempfile
from pathlib import Path

from benchmarks.run import ROUNDS, Cost, cost, made_elsewhere, median
from debiteuren.book.ooxml.archive import Archive
from debiteuren.book.ooxml.deflate import LEVEL_LARGE
from debiteuren.book.ooxml.workbook import read_workbook

SHEET, TABLE, COLUMN = "Facturen", "tblFacturen", "Omschrijving"
NEW_ROWS = 1_000

EDITOR = f"""
import sys
from debiteuren.book.ooxml import Package
with Package.open(sys.argv[1]) as package:
    package.set_column("{TABLE}", "{COLUMN}", [f"Levering {{number}}" for number in range(int(sys.argv[3]))])
    new = [{{"Factuurnummer": f"N{{number}}", "Bedrag": number + 0.5}} for number in range({NEW_ROWS})]
    package.append_rows("{TABLE}", new)
    package.save(sys.argv[1] + ".editor.xlsm")
"""
FLOOR = f"""
import sys, zipfile, zlib
packer = zlib.compressobj({LEVEL_LARGE}, zlib.DEFLATED, -zlib.MAX_WBITS)
with zipfile.ZipFile(sys.argv[1]) as book, book.open(sys.argv[2]) as part:
    while piece := part.read(1 << 20):
        packer.compress(piece)
    packer.flush()
"""
OPENPYXL = f"""
import sys, openpyxl
from openpyxl.utils import range_boundaries, get_column_letter
book = openpyxl.load_workbook(sys.argv[1], keep_vba=True)
sheet = book["{SHEET}"]
table = sheet.tables["{TABLE}"]
left, top, right, bottom = range_boundaries(table.ref)
column = left + [each.name for each in table.tableColumns].index("{COLUMN}")
for number, row in enumerate(range(top + 1, bottom + 1)):
    sheet.cell(row, column).value = f"Levering {{number}}"
for number in range({NEW_ROWS}):
    sheet.cell(bottom + 1 + number, left).value = f"N{{number}}"
    sheet.cell(bottom + 1 + number, left + 4).value = number + 0.5
table.ref = f"{{get_column_letter(left)}}{{top}}:{{get_column_letter(right)}}{{bottom + {NEW_ROWS}}}"
book.save(sys.argv[1] + ".openpyxl.xlsm")
"""


def measure(folder: Path, invoices: int) -> None:
    """One line per program, with its ratio to the floor."""
    path = folder / f"boek{invoices}.xlsm"
    made_elsewhere(path, invoices)
    with Archive(path) as archive:
        part = read_workbook(archive).sheets[SHEET]
    programs = {"in- en uitpakken": FLOOR, "onze editor": EDITOR, "openpyxl": OPENPYXL}
    costs: dict[str, list[Cost]] = {name: [] for name in programs}
    for count in range(ROUNDS):
        for name, program in programs.items():
            if name == "openpyxl" and count:
                continue  # once: it takes minutes
            costs[name].append(cost([sys.executable, "-c", program, str(path), part, str(invoices)]))
    floor = median(costs["in- en uitpakken"])
    sys.stdout.write(f"\n{invoices} gewijzigde cellen en {NEW_ROWS} nieuwe rijen\n")
    for name, found in costs.items():
        middle = median(found)
        sys.stdout.write(
            f"  {name:17} {middle.seconds:7.1f} s {middle.megabytes:7.0f} MB"
            f"   {middle.seconds / floor.seconds:5.1f} keer in- en uitpakken\n"
        )


def main() -> None:
    """Measure for each number of invoices given."""
    sizes = [int(word) for word in sys.argv[1:]] or [100_000]
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            measure(Path(folder), size)


if __name__ == "__main__":
    main()
