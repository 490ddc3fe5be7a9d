"""`python -m debiteuren.book.template PAD`: makes the macro workbook anew."""

import sys
from pathlib import Path

from debiteuren.book.template import build

if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program's name and one path
        sys.exit("Gebruik: python -m debiteuren.book.template PAD")
    build(Path(sys.argv[1]))
