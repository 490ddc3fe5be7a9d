"""`installeer`: the steps that make Excel find this program, each made once, noted, and taken back.

Answers: what is still to be made on this computer, what was, and what is taken back.
Source: docs/eerste-keer-excel.md; xlwings' own guide (RunPython, xlwings.conf, runpython on a Mac).
Leaves to others: Windows' own ways (windows.py), what is printed (cli_setup.py), looking (checks.py).
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from debiteuren import new_workbook
from debiteuren.domain.problem import NOTHING_CHANGED, Problem, SurroundingsError
from debiteuren.domain.surroundings import reason
from debiteuren.setup.computer import Computer
from debiteuren.setup.conf import read_setting, write_setting
from debiteuren.setup.notes import FILE_NAME, Kind, Made, digest, read_note, write_note
from debiteuren.setup.versions import shipped_xlwings
from debiteuren.setup.windows import make_trusted, shortcut_place, trusted_key, write_shortcut

_ADD_FOLDER = "ADD_WORKBOOK_TO_PYTHONPATH"

_TRUSTED_HERE = (
    "Macro's: in de map {folder} voert Excel ze uit zonder te vragen; zet daar dus alleen werkmappen "
    "die u zelf hebt gemaakt."
)
_ASKED_ELSEWHERE = (
    "In elke andere map vraagt Excel het eerst: klik op Inhoud inschakelen, maar alleen bij een werkmap die "
    "u kent."
)
_ASKED_ON_MAC = "Macro's: een Mac kent geen vertrouwde map, dus Excel vraagt het bij elke keer openen."
_ENABLE_ON_MAC = (
    "Klik op Macro's inschakelen, maar alleen bij een werkmap die u kent; vraagt Excel toegang tot een map, "
    "geef die dan."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupStep:
    """One thing to make: in words, and how; `make` is None where it is there already."""

    what: str
    make: Callable[[], tuple[Made, ...]] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """What was made now, what was there, and what to know; `applies`: whether there is an Excel for it."""

    applies: bool
    made: tuple[str, ...] = ()
    there: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What was taken back, and what was left because somebody changed it since."""

    gone: tuple[str, ...]
    left: tuple[str, ...]


def install(computer: Computer, *, trial: bool = False) -> Installed:
    """Make what is missing; a second time nothing is.

    Raises:
        SurroundingsError: the versions do not fit, or a folder can't be written; what was made is noted.
    """
    if not computer.has_excel_versions:
        return Installed(applies=False)
    _require_xlwings(computer)
    note = computer.data / FILE_NAME
    made = read_note(note)
    done: list[str] = []
    there: list[str] = []
    for step in _steps(computer):
        if step.make is None:
            there.append(step.what)
            continue
        if not trial:
            with _in_dutch(step.what):
                made += step.make()
                write_note(note, made)
        done.append(step.what)
    return Installed(applies=True, made=tuple(done), there=tuple(there), advice=_advice(computer))


def take_back(computer: Computer, *, trial: bool = False) -> TakenBack:
    """Undo what was made, the last first; what was changed since is left alone.

    Raises:
        SurroundingsError: something can't be taken away; what was is struck from the note.
    """
    note = computer.data / FILE_NAME
    made = read_note(note)
    gone: list[str] = []
    left: list[str] = []
    for place, entry in reversed(list(enumerate(made))):
        what = f"{entry.key} in {entry.place}" if entry.key else entry.place
        if not _is_there(computer, entry):
            pass
        elif _still_ours(computer, entry, trial=trial):
            gone.append(what)
            if not trial:
                with _in_dutch(what):
                    _undo(computer, entry)
        else:
            left.append(what)
        if not trial:
            with _in_dutch(str(note)):
                write_note(note, made[:place])
    if not trial:
        with contextlib.suppress(OSError):  # the log stands there too
            note.parent.rmdir()
    return TakenBack(gone=tuple(gone), left=tuple(left))


def _require_xlwings(computer: Computer) -> None:
    """The module in the workbook and the installed package must be of one version, or no button works."""
    wanted = shipped_xlwings()
    if computer.xlwings == wanted:
        return
    found = f"Geïnstalleerd is {computer.xlwings}" if computer.xlwings else "Het is niet geïnstalleerd"
    raise SurroundingsError(
        f"{NOTHING_CHANGED}xlwings past niet bij deze werkmap",
        [
            Problem(
                sheet="xlwings",
                found=f"{found}; de knoppen van de werkmap horen bij {wanted}.",
                remedy=f'typ: "{computer.python}" -m pip install xlwings=={wanted}',
            )
        ],
    )


def _steps(computer: Computer) -> Iterator[SetupStep]:
    """In order; later ones lean on earlier ones."""
    known = computer.conf.exists()
    yield _setting(
        computer, computer.interpreter_key, computer.python, f"Excel weet waar Python staat ({computer.conf})"
    )
    # An own Python file beside the workbook must not be taken for ours, and a OneDrive folder that xlwings
    # can't find must not stop a button. Who has xlwings.conf already may rely on it: left alone.
    if not known or read_setting(computer, _ADD_FOLDER) == "false":
        yield _setting(
            computer, _ADD_FOLDER, "false", "Excel zoekt niet naar programma's in de map van de werkmap"
        )
    if computer.is_mac:
        yield SetupStep(
            what=f"Excel mag Python starten ({computer.runpython_script})",
            make=None if computer.runpython_script.exists() else lambda: _runpython(computer),
        )
    folder = computer.workbook.parent
    yield SetupStep(
        what=f"een map voor uw werkmap ({folder})", make=None if folder.is_dir() else lambda: _folder(folder)
    )
    yield SetupStep(
        what=f"een nieuwe werkmap ({computer.workbook})",
        make=None if computer.workbook.exists() else lambda: _workbook(computer.workbook),
    )
    if computer.is_windows:
        yield SetupStep(
            what="Excel vertrouwt die map",
            make=None if trusted_key(computer, folder) else lambda: (make_trusted(computer, folder),),
        )
    link = shortcut_place(computer)
    yield SetupStep(
        what=f"een snelkoppeling op het bureaublad ({link.name})",
        make=None if _has_shortcut(link) else lambda: _shortcut(computer, link),
    )


def _advice(computer: Computer) -> tuple[str, ...]:
    if computer.is_windows:
        return (_TRUSTED_HERE.format(folder=computer.workbook.parent), _ASKED_ELSEWHERE)
    return (_ASKED_ON_MAC, _ENABLE_ON_MAC)


def _setting(computer: Computer, key: str, value: str, what: str) -> SetupStep:
    before = read_setting(computer, key)

    def make() -> tuple[Made, ...]:
        try:
            write_setting(computer, key, value)
        except UnicodeEncodeError as error:
            raise SurroundingsError(
                f"{NOTHING_CHANGED}in het pad {value} staan letters die Excel niet kan lezen. "
                "Installeer Python in een map met een gewone naam, bijvoorbeeld voor alle gebruikers."
            ) from error
        place = str(computer.conf)
        return (Made(kind=Kind.SETTING, place=place, key=key, value=value, before=before),)

    return SetupStep(what=what, make=None if before == value else make)


def _runpython(computer: Computer) -> tuple[Made, ...]:
    computer.install_runpython()
    script = computer.runpython_script
    return (Made(kind=Kind.FILE, place=str(script), value=digest(script)),)


def _folder(folder: Path) -> tuple[Made, ...]:
    folder.mkdir()
    return (Made(kind=Kind.FOLDER, place=str(folder)),)


def _workbook(path: Path) -> tuple[Made, ...]:
    new_workbook.create(path)
    return (Made(kind=Kind.FILE, place=str(path), value=digest(path)),)


def _has_shortcut(link: Path) -> bool:
    return link.is_symlink() or link.exists() or link.with_suffix(".url").exists()


def _shortcut(computer: Computer, link: Path) -> tuple[Made, ...]:
    if computer.is_mac:
        link.symlink_to(computer.workbook)
        return (Made(kind=Kind.LINK, place=str(link), value=str(computer.workbook)),)
    made = write_shortcut(computer, link)
    return (Made(kind=Kind.FILE, place=str(made), value=digest(made)),)


def _is_there(computer: Computer, entry: Made) -> bool:
    """Whether there is anything left of it; what the user took away himself needs no word."""
    match entry.kind:
        case Kind.SETTING:
            return read_setting(computer, entry.key) is not None
        case Kind.REGISTRY:
            return computer.registry.value(entry.place, "Path") is not None
        case _:
            return Path(entry.place).exists() or Path(entry.place).is_symlink()


def _still_ours(computer: Computer, entry: Made, *, trial: bool) -> bool:
    """Whether it is as we made it; a folder only once it is empty, which a trial can't see yet."""
    path = Path(entry.place)
    match entry.kind:
        case Kind.SETTING:
            return read_setting(computer, entry.key) == entry.value
        case Kind.FILE:
            return path.is_file() and digest(path) == entry.value
        case Kind.LINK:
            return path.is_symlink() and str(path.readlink()) == entry.value
        case Kind.FOLDER:
            return path.is_dir() and (trial or not any(path.iterdir()))
        case Kind.REGISTRY:
            return computer.registry.value(entry.place, "Path") == entry.value


def _undo(computer: Computer, entry: Made) -> None:
    path = Path(entry.place)
    match entry.kind:
        case Kind.SETTING:
            write_setting(computer, entry.key, entry.before)
        case Kind.FILE | Kind.LINK:
            path.unlink()
        case Kind.FOLDER:
            path.rmdir()
        case Kind.REGISTRY:
            computer.registry.remove(entry.place)


@contextlib.contextmanager
def _in_dutch(what: str) -> Iterator[None]:
    """What the computer refuses, as the way a run stops."""
    try:
        yield
    except OSError as error:
        raise SurroundingsError(
            f"Niet afgemaakt: {what} lukt niet ({reason(error)}). Wat al klaar was, is onthouden; "
            "los dit op en geef de opdracht nog eens."
        ) from error
