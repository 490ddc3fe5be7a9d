"""A percentage in a cell: 2, 2,5 or 2,50, with or without the sign.

Source: docs/handleiding.md, "Instellingen" and "Debiteuren" (Kortingspercentage).
Leaves to others: what it is a percentage of.
"""

import re
from decimal import Decimal

from debiteuren.book.reader import TableReader
from debiteuren.book.values import holds, shown, tidy
from debiteuren.book.workbook import Cell
from debiteuren.domain.money import from_number

MOST = 99
LEAST = Decimal("0.10")
"""What is less is Excel's own way of holding "2,5%": 0,025."""

WRONG = f"Dat is geen percentage van 0 tot en met {MOST}, met hooguit twee cijfers achter de komma."
REMEDY = "vul het zonder %-teken in, bijvoorbeeld 2 of 2,5."
_WRITTEN = re.compile(r"(\d{1,2})(?:[.,](\d{1,2}))? ?%?", re.ASCII)


def percent_of(cell: Cell) -> Decimal:
    """The percentage that a cell or a field of a list holds.

    >>> percent_of("2,5 %")
    Decimal('2.50')

    Raises:
        ValueError: it is none.
    """
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        found = from_number(cell)
    else:
        written = _WRITTEN.fullmatch(tidy(cell)) if isinstance(cell, str) else None
        if written is None:
            raise ValueError("not a percentage")
        found = Decimal(f"{written[1]}.{(written[2] or '').ljust(2, '0')}")
    if found != 0 and not LEAST <= found <= MOST:
        raise ValueError("out of range")
    return found


def percents(reader: TableReader, column: str) -> list[Decimal | None]:
    """Percentages, None when empty; anything else is a fault."""
    out: list[Decimal | None] = []
    for index, cell in enumerate(reader.cells(column)):
        found = None
        if holds(cell):
            try:
                found = percent_of(cell)
            except (ValueError, ArithmeticError):
                reader.fault(index, column, f"Hier staat {shown(cell)}. {WRONG}", REMEDY)
        out.append(found)
    return out
