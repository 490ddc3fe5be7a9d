"""Putting the sheets back as they were, and never calling them unchanged when that did not work.

Answers: what is undone when a run fails halfway, what is put back after every run, and what the user reads
when Excel refuses even that.
Leaves to others: what there is to put back (workbook.py, tables.py).
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from debiteuren.book.live.refusals import problem_of, refusals
from debiteuren.domain.problem import StopError, SurroundingsError

HALF_WRITTEN = (
    "Half bijgewerkt, en Excel laat niet terugzetten wat er stond. Sluit de werkmap zonder op te slaan, open "
    "hem opnieuw en klik nog eens"
)
NOT_RESTORED = (
    "Bijgewerkt, maar Excel zette een filter of het rekenen niet terug zoals het stond. Klik nog eens op "
    "Bijwerken"
)


class NotRestoredError(SurroundingsError):
    """Everything was written; only how the screen was, was not put back."""


@contextmanager
def undone_on_failure() -> Iterator[ExitStack]:
    """What is pushed on this stack is done when what happens here fails, and forgotten when it succeeds."""
    undo = ExitStack()
    try:
        yield undo
    except BaseException:
        with half_written():
            undo.close()
        raise


@contextmanager
def half_written() -> Iterator[None]:
    """A refusal here means that what was written could not be taken back."""
    try:
        yield
    except StopError as stop:
        raise SurroundingsError(HALF_WRITTEN, stop.problems) from stop
    except refusals() as refusal:
        raise SurroundingsError(HALF_WRITTEN, [problem_of(refusal)]) from refusal


@contextmanager
def put_back_afterwards() -> Iterator[ExitStack]:
    """What is pushed on this stack is done afterwards, whatever happens; it never hides what went wrong."""
    afterwards = ExitStack()
    try:
        yield afterwards
    except BaseException:
        with suppress(*refusals()):
            afterwards.close()
        raise
    try:
        afterwards.close()
    except refusals() as refusal:
        raise NotRestoredError(NOT_RESTORED, [problem_of(refusal)]) from refusal
