"""When Excel refuses a call: what comes out of xlwings then, and what the user reads.

Answers: did Excel refuse, or did we make a mistake; and how is the first said in Dutch.
Leaves to others: putting the sheets back first (workbook.py).
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import xlwings

from debiteuren.domain.problem import Problem, SurroundingsError

NOTHING_CHANGED = "Niets gewijzigd: "


def refusals() -> tuple[type[Exception], ...]:
    """The errors that mean Excel refused: every platform has one of its own, known once it is loaded."""
    found: list[type[Exception]] = [xlwings.XlwingsError]
    for module, name in (("pywintypes", "com_error"), ("appscript.reference", "CommandError")):
        if module in sys.modules:
            found.append(getattr(sys.modules[module], name))
    return tuple(found)


@contextmanager
def in_dutch(what: str = "Excel voerde de opdracht niet uit") -> Iterator[None]:
    """Refusals of Excel as SurroundingsError; `what` ends the title."""
    try:
        yield
    except refusals() as refusal:
        raise SurroundingsError(
            NOTHING_CHANGED + what,
            [
                Problem(
                    sheet="Excel",
                    found=f"Excel meldt: {refusal}",
                    remedy="sluit open vensters in Excel, hef bladbeveiliging op en klik opnieuw.",
                )
            ],
        ) from refusal
