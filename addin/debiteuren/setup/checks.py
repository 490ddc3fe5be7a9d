"""`controle`: what is right on this computer and in a workbook, what is missing, and how to mend it.

Answers one question a function, each with a `Check`; changes nothing.
Leaves to others: mending (install.py, book/renewal.py), the table on the screen (cli_setup.py).
"""

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from debiteuren.setup.computer import Computer
from debiteuren.setup.conf import read_setting
from debiteuren.setup.versions import shipped_xlwings
from debiteuren.setup.windows import trusted_key

_OLDEST_PYTHON = (3, 11)
_APP_PATHS = r"Software\Microsoft\Windows\CurrentVersion\App Paths"
_OFFICE = r"HKCU\Software\Microsoft\Office\16.0"
_SECURITY = (
    r"HKCU\Software\Policies\Microsoft\Office\16.0\Excel\Security",
    rf"{_OFFICE}\Excel\Security",
)
_ALL_BLOCKED = 4
_INSTALL = "typ: debiteuren installeer"


class State(StrEnum):
    """Missing: something does not work until it is mended. Attention: it works, but look at it."""

    GOOD = "goed"
    ATTENTION = "let op"
    MISSING = "ontbreekt"
    DOES_NOT_APPLY = "n.v.t."


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the table, in Dutch; `remedy` is empty where nothing needs doing."""

    what: str
    state: State
    found: str
    remedy: str = ""


def check_computer(computer: Computer) -> Iterator[Check]:
    """Python, xlwings, Excel, Outlook, and what `installeer` makes."""
    yield _python(computer)
    yield _excel(computer)
    if computer.has_excel_versions:
        yield _xlwings(computer)
        yield _interpreter(computer)
        if computer.is_mac:
            yield _runpython(computer)
        yield _windows_of_python()
    yield _outlook(computer)
    if computer.is_windows:
        yield _macros(computer)


def is_trusted(computer: Computer, folder: Path) -> bool:
    """Whether Excel runs macros in this folder without asking."""
    return any(trusted_key(computer, place) for place in (folder, *folder.parents))


def _python(computer: Computer) -> Check:
    numbers = tuple(int(part) for part in computer.python_version.split(".")[:2])
    found = f"{computer.python_version} ({computer.python})"
    if numbers >= _OLDEST_PYTHON:
        return Check(what="Python", state=State.GOOD, found=found)
    return Check(
        what="Python",
        state=State.MISSING,
        found=found,
        remedy="installeer Python 3.11 of nieuwer van python.org.",
    )


def _excel(computer: Computer) -> Check:
    what = "Excel"
    if computer.is_windows:
        place = _program(computer, "excel.exe")
    elif computer.is_mac:
        app = Path("/Applications/Microsoft Excel.app")
        place = str(app) if app.exists() else ""
    else:
        return Check(
            what=what,
            state=State.DOES_NOT_APPLY,
            found="Excel bestaat niet voor dit systeem: de opdrachten werken, de knoppen niet.",
        )
    if place:
        return Check(what=what, state=State.GOOD, found=place)
    return Check(
        what=what,
        state=State.MISSING,
        found="niet gevonden",
        remedy="installeer Excel 2016 of nieuwer (de app, niet Excel in de browser).",
    )


def _program(computer: Computer, name: str) -> str:
    """Where Windows says a program is; '' where it does not know it."""
    for root in ("HKCU", "HKLM"):
        found = computer.registry.value(rf"{root}\{_APP_PATHS}\{name}")
        if isinstance(found, str) and found:
            return found.strip('"')
    return ""


def _xlwings(computer: Computer) -> Check:
    wanted = shipped_xlwings()
    if computer.xlwings == wanted:
        return Check(what="xlwings", state=State.GOOD, found=wanted)
    return Check(
        what="xlwings",
        state=State.MISSING,
        found=f"{computer.xlwings or 'niet geïnstalleerd'}; de werkmap hoort bij {wanted}",
        remedy=f'typ: "{computer.python}" -m pip install xlwings=={wanted}',
    )


def _interpreter(computer: Computer) -> Check:
    what = "Excel vindt Python"
    found = read_setting(computer, computer.interpreter_key)
    if found == computer.python:
        return Check(what=what, state=State.GOOD, found=str(computer.conf))
    return Check(
        what=what,
        state=State.MISSING,
        found=f"{computer.conf} noemt {found}" if found else f"{computer.conf} noemt geen Python",
        remedy=_INSTALL,
    )


def _runpython(computer: Computer) -> Check:
    script = computer.runpython_script
    if script.exists():
        return Check(what="Excel mag Python starten", state=State.GOOD, found=script.name)
    return Check(
        what="Excel mag Python starten",
        state=State.MISSING,
        found=f"{script} is er niet",
        remedy=_INSTALL,
    )


def _windows_of_python() -> Check:
    """Bank importeren lets files be chosen through tkinter."""
    what = "Venster om bestanden te kiezen"
    if importlib.util.find_spec("tkinter") and importlib.util.find_spec("_tkinter"):
        return Check(what=what, state=State.GOOD, found="tkinter")
    return Check(
        what=what,
        state=State.MISSING,
        found="tkinter ontbreekt in deze Python",
        remedy="installeer Python opnieuw vanaf python.org, met het vinkje bij tcl/tk.",
    )


def _outlook(computer: Computer) -> Check:
    what = "Outlook"
    if not computer.is_windows:
        return Check(
            what=what,
            state=State.DOES_NOT_APPLY,
            found="concepten zijn .eml-bestanden; die opent uw mailprogramma",
        )
    if computer.registry.value(rf"{_OFFICE}\Outlook\Preferences", "UseNewOutlook") == 1:
        return Check(
            what=what,
            state=State.ATTENTION,
            found="nieuw Outlook; of dat een .eml als concept opent, is nog niet geprobeerd",
            remedy="opent een concept als ontvangen bericht, zet dan de schakelaar Nieuw Outlook uit.",
        )
    if place := _program(computer, "outlook.exe"):
        return Check(what=what, state=State.GOOD, found=f"klassiek ({place})")
    return Check(
        what=what,
        state=State.ATTENTION,
        found="niet gevonden",
        remedy="een ander mailprogramma mag ook: dubbelklik een .eml en kijk of u hem kunt versturen.",
    )


def _macros(computer: Computer) -> Check:
    what = "Macro's"
    for key in _SECURITY:
        if computer.registry.value(key, "VBAWarnings") == _ALL_BLOCKED:
            return Check(
                what=what,
                state=State.MISSING,
                found="Excel blokkeert alle macro's zonder iets te zeggen",
                remedy="kies in Excel: Bestand, Opties, Vertrouwenscentrum, Macro-instellingen, "
                "Uitschakelen met melding. Is dat grijs, vraag het uw beheerder.",
            )
    if is_trusted(computer, computer.workbook.parent):
        return Check(what=what, state=State.GOOD, found=f"Excel vertrouwt {computer.workbook.parent}")
    return Check(
        what=what,
        state=State.ATTENTION,
        found="Excel vraagt bij elke werkmap of macro's mogen",
        remedy="klik op Inhoud inschakelen bij een werkmap die u kent, of " + _INSTALL,
    )
