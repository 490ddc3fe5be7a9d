"""When Excel refuses a call: what comes out of xlwings then, and what the user reads.

Answers: did Excel refuse, or did we make a mistake; and how is the first said in Dutch.
Leaves to others: putting the sheets back first (workbook.py), how long is waited (patience.py).
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import xlwings

from debiteuren.book.live.patience import WINDOWS_MODULE, is_busy
from debiteuren.domain.problem import NOTHING_CHANGED, Problem, SurroundingsError

# WORKAROUND xlwings 0.37.8, 2026-11-21: looking for a SharePoint folder, fullname_url_to_local_path uses
# `root` before it has a value where OneDrive for Business is not set up.
NO_FOLDER_FOUND = UnboundLocalError

_BUSY = (
    "Excel is bezig: u typt nog in een cel, of er staat een venster van Excel open.",
    "druk in Excel op Enter of Esc, sluit open vensters en klik opnieuw.",
)
_IN_THE_CLOUD = (
    "De werkmap staat in OneDrive of SharePoint, en op deze computer is de map daarvan niet te vinden.",
    "zet de werkmap in een gewone map op deze computer en open hem daar; debiteuren installeer maakt er een.",
)
_OTHERWISE = "sluit open vensters in Excel, hef bladbeveiliging op en klik opnieuw."


def refusals() -> tuple[type[Exception], ...]:
    """The errors that mean Excel refused: every platform has its own, known once it is loaded."""
    found: list[type[Exception]] = [xlwings.XlwingsError]
    for module, name in (
        ("pywintypes", "com_error"),
        (WINDOWS_MODULE, "ExcelBusyError"),
        ("appscript.reference", "CommandError"),
    ):
        if module in sys.modules:
            found.append(getattr(sys.modules[module], name))
    return tuple(found)


@contextmanager
def in_dutch(
    what: str = "Excel voerde de opdracht niet uit", *also: type[Exception], remedy: str = _OTHERWISE
) -> Iterator[None]:
    """Refusals of Excel as SurroundingsError; `what` ends the title, `also` are refusals here only."""
    try:
        yield
    except (*refusals(), *also) as refusal:
        raise SurroundingsError(NOTHING_CHANGED + what, [problem_of(refusal, remedy)]) from refusal


def _is_about_the_cloud(refusal: Exception) -> bool:
    words = ("OneDrive", "SharePoint", "://")
    return isinstance(refusal, xlwings.XlwingsError) and any(word in str(refusal) for word in words)


def problem_of(refusal: Exception, remedy: str = _OTHERWISE) -> Problem:
    """What Excel refused, and what to do; `remedy` where nothing better is known."""
    found = f"Excel meldt: {refusal}"
    if is_busy(refusal):
        found, remedy = _BUSY
    elif isinstance(refusal, NO_FOLDER_FOUND) or _is_about_the_cloud(refusal):
        found, remedy = _IN_THE_CLOUD
    return Problem(sheet="Excel", found=found, remedy=remedy)
