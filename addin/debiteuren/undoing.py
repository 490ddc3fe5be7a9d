"""Ongedaan: the last change taken back, in a closed workbook to the byte, and its drafts out of the way.

Answers: which change is that, what of the user's would be lost with it, in which order are list, workbook and
drafts put back, so that a kill at any moment leads to no reminder twice without a word.
Source: docs/handleiding.md, "Reservekopieën"; docs/regels.md, "Beloften" (1 to 3) and "Concepten".
Leaves to others: the copies and their notes (book/ooxml), the open sheets (book/live), arguments and messages
(cli_undo.py, buttons.py).
"""

from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from debiteuren.book.closed import DAMAGED, ClosedWorkbook, in_dutch
from debiteuren.book.handwork import handwork
from debiteuren.book.ooxml import FOLDER as COPIES
from debiteuren.book.ooxml import Change, Note, Refused, backups, changes, refuse_open_elsewhere, take_back
from debiteuren.book.ooxml.notes import read_note
from debiteuren.book.tables import read_ledger
from debiteuren.book.workbook import Workbook
from debiteuren.domain.problem import NOTHING_CHANGED, Problem, StopError, SurroundingsError, UserError
from debiteuren.domain.settings import DraftPlace, Settings
from debiteuren.draft_places import Places, withdrawn_list
from debiteuren.mail.drafts import Around
from debiteuren.mail.drafts.withdrawn import FOLDER, PlacedLetter, letters_in, move_aside, no_longer_there
from debiteuren.one_run import only_run

if TYPE_CHECKING:
    from debiteuren.book.live import LastRun, LiveWorkbook

RUN = "ongedaan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A backup, with what is known of the change after it."""

    path: Path
    moment: datetime
    note: Note | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What was taken back, or in a trial would be.

    `kept`: the copy of the workbook as it was until now. `letters`: the drafts of that run; `moved`: how many
    went to `draft_folder`. `left`: changes that may still be taken back after this one.
    """

    change: Change
    left: int
    letters: tuple[PlacedLetter, ...]
    kept: Path | None = None
    moved: int = 0
    draft_folders: tuple[Path, ...] = ()


def copies(path: Path) -> tuple[Copy, ...]:
    """All backups of a workbook, the newest first.

    Raises:
        SurroundingsError: there is no such workbook, and no copy of it.
    """
    found = backups(path.resolve())
    if not found and not path.exists():
        raise SurroundingsError(
            f"{NOTHING_CHANGED}{path.name} bestaat niet in de map {path.absolute().parent}."
        )
    return tuple(Copy(path=copy, moment=moment, note=read_note(copy)) for moment, copy in found)


def undo(path: Path, now: datetime, *, despite: bool = False, trial: bool = False) -> Undone:
    """Take back the last change.

    `despite`: the user's word that what was done since may go; a copy of it is kept.

    Raises:
        UserError: there is nothing to take back, or something of the user's would be lost.
        SurroundingsError: the workbook is in use or can't be written.
    """
    with only_run(path), in_dutch(path), ExitStack() as ending:
        found = [*changes(path)]
        refuse_open_elsewhere(path.resolve())
        if not found:
            raise UserError(
                f"{NOTHING_CHANGED}van {path.name} is geen opdracht meer om terug te nemen. "
                f"Reservekopieën staan in {path.resolve().parent / COPIES}."
            )
        change = found[0]
        letters = letters_in(change.note.told.facts) if change.note else ()
        places = ending.enter_context(closing(_places(ClosedWorkbook(path), letters)))
        if not despite:
            _refuse_losing(path, change)
            _refuse_sent(letters, places)
        left = len(found) - 1
        folders = tuple(sorted({Path(letter.folder) / FOLDER for letter in letters}))
        if trial:
            return Undone(change=change, left=left, letters=letters, draft_folders=folders)
        withdrawn = withdrawn_list(path.resolve())
        if letters:
            withdrawn.add(letters, now.date())
        try:
            kept = take_back(change, RUN)
        except (Refused, OSError):
            if letters:
                withdrawn.drop(letters)
            raise
        moved = move_aside(letters, places)
    return Undone(change=change, left=left, letters=letters, kept=kept, moved=moved, draft_folders=folders)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What the person must judge before the last run on the open workbook is taken back.

    `letters`: its drafts; `gone`: those that are no longer there as they were made, so perhaps sent.
    """

    last: "LastRun"
    letters: tuple[PlacedLetter, ...]
    gone: tuple[PlacedLetter, ...]


def last_open_run(workbook: "LiveWorkbook") -> Doubt | None:
    """The last run on the open workbook; None when there is nothing to take back.

    Raises:
        StopError: the workbook can't be read.
    """
    from debiteuren.book.live import last_run  # noqa: PLC0415 - needs Excel

    last = last_run(workbook, workbook.journal) if workbook.journal else None
    if last is None:
        return None
    letters = letters_in(last.entry.facts)
    with closing(_places(workbook, letters)) as places:
        return Doubt(last=last, letters=letters, gone=no_longer_there(letters, places))


def undo_open(workbook: "LiveWorkbook", doubt: Doubt, now: datetime) -> int:
    """Put back what that run wrote in the open workbook; how many of its drafts were moved comes back.

    Raises:
        UserError: the user changed some of it since; nothing was put back.
        SurroundingsError: Excel refuses, or a folder can't be written.
    """
    from debiteuren.book.live import take_back as take_back_open  # noqa: PLC0415 - needs Excel

    with only_run(workbook.path):
        withdrawn = withdrawn_list(workbook.path)
        if doubt.letters:
            withdrawn.add(doubt.letters, now.date())
        try:
            take_back_open(workbook, doubt.last)
        except StopError:
            if doubt.letters:
                withdrawn.drop(doubt.letters)
            raise
        with closing(_places(workbook, doubt.letters)) as places:
            return move_aside(doubt.letters, places)


def _places(workbook: Workbook, letters: Sequence[PlacedLetter]) -> Places:
    """Where the drafts of this workbook are; its settings are read when some are in a mailbox."""
    settings = Settings()
    if any(letter.target != DraftPlace.EML for letter in letters):
        settings = read_ledger(workbook.read()).ledger.settings
    return Places(workbook.path, settings, None, Around())


def _refuse_losing(path: Path, change: Change) -> None:
    """Refuse when the workbook is no longer what our last save wrote, and say what would be lost."""
    if change.untouched:
        return
    when = f"{change.moment:%d-%m-%Y om %H:%M}"
    way_out = (
        "Toch terug naar de kopie van daarvoor: dezelfde opdracht met --toch; van hoe het nu is, wordt dan "
        "eerst een kopie bewaard."
    )
    if change.note is None:
        raise UserError(
            f"{NOTHING_CHANGED}bij de kopie van {when} ({change.copy.name}) staat niet wat er daarna is "
            f"gewijzigd, dus ook niet wat u zou kwijtraken. {way_out}"
        )
    run = change.note.told.run or "onbekend"
    if not change.note.after:
        raise UserError(
            f"{NOTHING_CHANGED}de laatste opdracht ({run}, {when}) gebeurde in Excel, in de open werkmap. "
            f"Neem hem daar terug met de knop Ongedaan maken. {way_out}"
        )
    try:
        problems: Sequence[Problem] = handwork(change.copy, change.workbook.path, change.note)
    except (*DAMAGED, Refused):
        raise UserError(f"{NOTHING_CHANGED}{path.name} is beschadigd. {way_out}") from None
    if not problems:
        problems = [
            Problem(
                sheet=path.name,
                found="De werkmap is sindsdien opnieuw opgeslagen. In de cellen is niets gewijzigd, "
                "misschien wel in opmaak, grafieken of kolombreedtes.",
                remedy="neem alleen terug als dat weg mag.",
            )
        ]
    raise UserError(
        f"{NOTHING_CHANGED}na de laatste opdracht ({run}, {when}) is de werkmap met de hand gewijzigd. "
        f"{way_out}",
        problems,
    )


def _refuse_sent(letters: Sequence[PlacedLetter], places: Places) -> None:
    """Refuse when somebody did something with a draft of the run: it may have been sent."""
    gone = no_longer_there(letters, places)
    if gone:
        raise UserError(
            f"{NOTHING_CHANGED}van deze opdracht staan niet meer alle concepten er zoals ze gemaakt zijn; "
            "misschien zijn ze verstuurd. Zet op Contact de kolom Concept op Verstuurd of Vervallen. Weet u "
            "zeker dat er niets verstuurd is: dezelfde opdracht met --toch.",
            [
                Problem(
                    sheet=letter.name,
                    found=f"Dit concept staat niet meer in {letter.folder}, of is gewijzigd.",
                    remedy="kijk in uw mailprogramma of het verstuurd is.",
                )
                for letter in gone
            ],
        )
