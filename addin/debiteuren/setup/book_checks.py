"""`controle BOEK.xlsm`: whether a workbook fits the program, and whether what a job writes can be written.

Leaves to others: the computer (checks.py), bringing it up to date (book/renewal.py).
"""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from debiteuren import __version__
from debiteuren.book.closed import ClosedWorkbook
from debiteuren.book.macros import Macros, macros_of
from debiteuren.book.ooxml import Package, Refused, backups, refuse_open_elsewhere
from debiteuren.book.renewal import behind
from debiteuren.book.tables import read_ledger
from debiteuren.book.workbook import Cell
from debiteuren.domain.days import dutch
from debiteuren.domain.problem import NOTHING_CHANGED, StopError
from debiteuren.domain.settings import DraftPlace, Settings
from debiteuren.draft_places import DRAFT_FOLDER
from debiteuren.mail.drafts import Around, choose
from debiteuren.setup.checks import Check, State, is_trusted
from debiteuren.setup.computer import Computer

_ONEDRIVE = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_BOOK, _PLACE, _DRAFTS = "Werkmap", "Plaats van de werkmap", "Concepten"


def check_book(computer: Computer, path: Path, *, trial: bool = False) -> Iterator[Check]:
    """The workbook at `path`; in a trial not even a file that goes at once is written as a test."""
    if (url := str(path)).startswith(("http:", "https:")):
        yield Check(
            what=_PLACE,
            state=State.MISSING,
            found=f"{url} is een webadres",
            remedy="zet de werkmap in een gewone map op deze computer en geef die plaats op.",
        )
        return
    path = path.absolute()
    try:
        with Package.open(path) as package:
            macros = macros_of(package)
        contents = ClosedWorkbook(path).read()
        settings = read_ledger(contents).ledger.settings
        changes, problems = behind(path)
    except (StopError, Refused) as stop:
        yield _unreadable(stop)
        return
    yield _version(macros, changes, [problem.found for problem in problems])
    if computer.has_excel_versions:
        yield _module(computer, macros)
        yield _location(computer, path)
    yield from _open(path)
    yield _writable("Map van de werkmap", path.parent, trial=trial)
    yield _target(contents.names.get("ConceptDoel"), settings, Around(system=computer.system))
    yield _writable("Map voor concepten", path.parent / (settings.draft_folder or DRAFT_FOLDER), trial=trial)
    yield _backups(path)
    if computer.is_windows:
        yield _macros(computer, path)


def _unreadable(stop: StopError | Refused) -> Check:
    problems = stop.problems if isinstance(stop, StopError) else ()
    return Check(
        what=_BOOK,
        state=State.MISSING,
        found=" ".join(problem.found for problem in problems) or str(stop).removeprefix(NOTHING_CHANGED),
        remedy="; ".join(dict.fromkeys(problem.remedy for problem in problems))
        or "geef de plaats van een werkmap die met debiteuren nieuw is gemaakt.",
    )


def _version(macros: Macros | None, changes: tuple[str, ...], problems: list[str]) -> Check:
    if problems:
        return Check(
            what=_BOOK,
            state=State.MISSING,
            found=" ".join(problems),
            remedy="neem uw rijen over in een nieuwe werkmap (debiteuren nieuw), of laat ons meekijken.",
        )
    if changes:
        version = macros.version if macros else ""
        return Check(
            what=_BOOK,
            state=State.MISSING,
            found=f"van versie {version or 'onbekend'}; nieuw is: {', '.join(changes)}",
            remedy="sluit de werkmap en typ: debiteuren vernieuw BOEK.xlsm",
        )
    return Check(what=_BOOK, state=State.GOOD, found=f"bijgewerkt tot versie {__version__}")


def _module(computer: Computer, macros: Macros | None) -> Check:
    what = "xlwings in de werkmap"
    found = macros.xlwings if macros else ""
    if found and found == computer.xlwings:
        return Check(what=what, state=State.GOOD, found=found)
    return Check(
        what=what,
        state=State.MISSING,
        found=f"{found or 'onbekend'}; op deze computer staat {computer.xlwings or 'geen xlwings'}",
        remedy="typ: debiteuren vernieuw BOEK.xlsm; blijft dit staan, doe dan wat bij xlwings staat.",
    )


def _location(computer: Computer, path: Path) -> Check:
    """In OneDrive Excel may say a web address where the workbook is; xlwings looks it up, mostly rightly."""
    roots = [Path(computer.environment[name]) for name in _ONEDRIVE if computer.environment.get(name)]
    names = {part.casefold() for part in path.parts}
    cloud = any(path.is_relative_to(root) for root in roots) or any(
        name.startswith(("onedrive", "sharepoint")) for name in names
    )
    if not cloud:
        return Check(what=_PLACE, state=State.GOOD, found=str(path.parent))
    return Check(
        what=_PLACE,
        state=State.ATTENTION,
        found=f"{path.parent} staat in OneDrive; Excel noemt dan soms een webadres in plaats van een map",
        remedy=f"werkt een knop niet, zet de werkmap dan in {computer.workbook.parent}.",
    )


def _open(path: Path) -> Iterator[Check]:
    try:
        refuse_open_elsewhere(path)
    except Refused as refusal:
        yield Check(
            what="Open in een ander programma",
            state=State.ATTENTION,
            found=str(refusal),
            remedy="voor de knoppen is dat goed; sluit hem voor een opdracht.",
        )


def _writable(what: str, folder: Path, *, trial: bool) -> Check:
    """A folder that is not there yet is made by the first job, in the nearest one that is."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    works = os.access(there, os.W_OK)
    if works and not trial:
        works = False
        with contextlib.suppress(OSError), tempfile.TemporaryFile(dir=there):
            works = True
    if works:
        return Check(what=what, state=State.GOOD, found=str(folder))
    return Check(
        what=what,
        state=State.MISSING,
        found=f"in {there} mag u niet schrijven",
        remedy="geef uzelf schrijfrechten, of kies een andere map.",
    )


def _target(written: Cell, settings: Settings, around: Around) -> Check:
    if not written or str(written).strip().casefold() in {*DraftPlace}:
        return _place(settings, around)
    return Check(
        what=_DRAFTS,
        state=State.ATTENTION,
        found=f'op Instellingen staat "{written}"; dat kennen wij niet, dus het worden .eml-bestanden',
        remedy=f"kies op Instellingen, bij Concepten in: {' of '.join(DraftPlace)}.",
    )


def _place(settings: Settings, around: Around) -> Check:
    """Where the next drafts would go, and whether that is set up; no mailbox is entered."""
    try:
        choice = choose(DraftPlace.AUTO, settings, around)
    except StopError as stop:
        return Check(
            what=_DRAFTS,
            state=State.MISSING,
            found=stop.title.removeprefix(NOTHING_CHANGED),
            remedy="doe dat, of kies op Instellingen, bij Concepten in: auto of eml.",
        )
    files = choice.place is DraftPlace.EML
    where = ".eml-bestanden" if files else f"in uw postvak, door {choice.place}"
    # A mailbox that was filled in and is not ready is said, though files will do.
    half = (
        files and settings.draft_target == DraftPlace.AUTO and (settings.mailbox_server or settings.graph_app)
    )
    return Check(
        what=_DRAFTS,
        state=State.ATTENTION if half else State.GOOD,
        found=f"{settings.draft_target}: {where} ({choice.reason})",
        remedy="stel het postvak verder in met: debiteuren postvak BOEK.xlsm" if half else "",
    )


def _backups(path: Path) -> Check:
    found = backups(path)
    if not found:
        return Check(what="Reservekopieën", state=State.GOOD, found="nog geen; de eerste komt vanzelf")
    moment, copy = found[0]
    return Check(
        what="Reservekopieën",
        state=State.GOOD,
        found=f"{len(found)} in {copy.parent}, de laatste van {dutch(moment.date())}",
    )


def _macros(computer: Computer, path: Path) -> Check:
    """Windows marks what came from the internet; such a workbook gets no macros, whatever is clicked."""
    what = "Macro's in deze werkmap"
    if Path(f"{path}:Zone.Identifier").exists():
        return Check(
            what=what,
            state=State.MISSING,
            found="Windows blokkeert ze: het bestand kwam van internet of uit de mail",
            remedy="klik met rechts op het bestand, Eigenschappen, Deblokkeren.",
        )
    if is_trusted(computer, path.parent):
        return Check(what=what, state=State.GOOD, found=f"Excel vertrouwt {path.parent}")
    return Check(
        what=what,
        state=State.ATTENTION,
        found=f"Excel vraagt ernaar: {path.parent} is geen vertrouwde map",
        remedy="klik op Inhoud inschakelen.",
    )
