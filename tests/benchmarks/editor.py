"""How long the lossless editor takes for 100,000 changed cells and 1,000 new rows, and how much memory.

Run it with `make bench`. Beside it stand two floors, unpacking and packing the sheet that changes and nothing
more: at level 6, as zip programs and Python's zipfile do, and at the lower level the editor takes for a large
sheet. Neither writes a file, reads it back or flushes it to the disk, which the editor does. Then openpyxl
doing the same. Every figure is a whole process, as in run.py; three rounds, interleaved; the median counts;
openpyxl once. Arguments: the numbers of invoices (default 100000).
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
USUAL_LEVEL = 6
FLOOR = """
import sys, zipfile, zlib
packer = zlib.compressobj(int(sys.argv[4]), zlib.DEFLATED, -zlib.MAX_WBITS)
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
    programs = {
        f"uit- en inpakken, stand {USUAL_LEVEL}": (FLOOR, USUAL_LEVEL),
        f"uit- en inpakken, stand {LEVEL_LARGE}": (FLOOR, LEVEL_LARGE),
        "onze editor": (EDITOR, 0),
        "openpyxl": (OPENPYXL, 0),
    }
    costs: dict[str, list[Cost]] = {name: [] for name in programs}
    for count in range(ROUNDS):
        for name, (program, level) in programs.items():
            if name == "openpyxl" and count:
                continue  # once: it takes minutes
            costs[name].append(
                cost([sys.executable, "-c", program, str(path), part, str(invoices), str(level)])
            )
    usual, own = (median(found).seconds for found in [*costs.values()][:2])
    sys.stdout.write(f"\n{invoices} gewijzigde cellen en {NEW_ROWS} nieuwe rijen\n")
    for name, found in costs.items():
        middle = median(found)
        sys.stdout.write(
            f"  {name:25} {middle.seconds:7.2f} s {middle.megabytes:7.0f} MB"
            f"   {middle.seconds / usual:6.2f} en {middle.seconds / own:6.2f} keer uit- en inpakken\n"
        )


def main() -> None:
    """Measure for each number of invoices given."""
    sizes = [int(word) for word in sys.argv[1:]] or [100_000]
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            measure(Path(folder), size)


if __name__ == "__main__":
    main()
