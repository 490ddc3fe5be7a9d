"""What importing 100,000 bookings into a fresh workbook costs: the whole command, seconds and peak memory.

Run it with `make bench`, or `python -m benchmarks.imports [bookings]`. Reading the file is a stream and costs
little (benchmarks.banks); the rest is finding what is known, matching, and the rows with their reasons.
"""

import sys
import tempfile
from pathlib import Path

from benchmarks.bank_files import write_camt, write_mt940
from benchmarks.run import ON, cost
from debiteuren import new_workbook

BOOKINGS = 100_000


def main(bookings: int) -> None:
    """One line per kind of file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind, file, write in (
            ("CAMT.053", folder / "afschrift.xml", write_camt),
            ("MT940", folder / "afschrift.sta", write_mt940),
        ):
            write(file, bookings)
            book = folder / f"{kind}.xlsm"
            new_workbook.create(book)
            command = ["importeer", str(book), str(file), "--peildatum", ON.isoformat(), "--json"]
            found = cost([sys.executable, "-m", "debiteuren", *command])
            sys.stdout.write(
                f"{kind}, {bookings} boekingen: {found.processor:.1f} s processor, {found.megabytes:.0f} MB\n"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else BOOKINGS)
