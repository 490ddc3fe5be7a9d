"""How much a workbook from outside would take to open: its unpacked bytes and the reach of its cells.

Answers: may this .xlsx be opened. calamine keeps a sheet as one full rectangle, so a single stray cell in
XFD1048576 asks for more memory than any computer has, and that ends the program without a word.
Source: ECMA-376 part 1, 18.3.1.4 (c: r) and 18.3.1.73 (row: r); docs/regels.md, "Lijsten".
Leaves to others: opening and reading it (book/list_rows.py, banks/sheet_bank.py), and the user's own
workbook, which is read all the same (book/stray_cells.py).
"""

import io
import re
import zipfile
import zlib

MOST_BYTES = 500_000_000
"""Unpacked."""
MOST_CELLS = 20_000_000
DAMAGED_ZIP = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What the standard library raises over a zip file that is damaged, encrypted or newer than it knows."""
_SHEET = re.compile(r"(?:^|/)sheets?\d*[^/]*\.xml$", re.IGNORECASE)
_REFERENCE = re.compile(rb"\sr=[\"']([A-Z]{0,3})(\d{1,7})[\"']")
_LETTER = ord("A") - 1


def may_be_opened(data: bytes) -> bool:
    """Whether this workbook is of a size that lists and statements have; a damaged zip may be tried."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            if sum(part.file_size for part in parts) > MOST_BYTES:
                return False
            sheets = (part.filename for part in parts if _SHEET.search(part.filename))
            return all(cells_reached(package.read(name)) <= MOST_CELLS for name in sheets)
    except DAMAGED_ZIP:
        return True


def cells_reached(sheet: bytes) -> int:
    """Cells of the rectangle from the first place to the last that has a name."""
    bottom, right = 0, 0
    for letters, digits in set(_REFERENCE.findall(sheet)):
        bottom, right = max(bottom, int(digits)), max(right, _column(letters))
    return bottom * right


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - _LETTER
    return number
