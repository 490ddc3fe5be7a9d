"""Clicks on the buttons of Start and tells what came of it: `python -m live.clicking FOLDER`.

In a process of its own: LibreOffice's bridge can't hold two LibreOffices apart, and this one has a screen.
Given a folder with `boek.xlsm` and the bank files in `bank`, it leaves `uitkomst.json` there, and a picture
of the screen for every click that failed.
Leaves to others: what ought to have come of it (test_live_clicks.py).
"""

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import xlwings

from debiteuren import dialogs
from debiteuren.book.live.strips import lines_of
from debiteuren.book.template.buttons import BUTTONS, Button
from debiteuren.dialogs_form import Form
from libreoffice import Office, OfficeMissingError
from live.screen import Screen
from office_documents import opened

LETTERBOX = "DEBITEUREN_KLIK"
RESULT = "uitkomst.json"
RUN_PYTHON = f"""Attribute VB_Name = "xlwings"
Option Explicit
Public Function RunPython(PythonCommand As String)
    Dim place As String, handle As Integer, tries As Integer
    place = Environ("{LETTERBOX}")
    handle = FreeFile
    Open place & "/half.txt" For Output As #handle
    Print #handle, PythonCommand
    Close #handle
    Name place & "/half.txt" As place & "/opdracht.txt"
    Do While Len(Dir(place & "/klaar.txt")) = 0 And tries < 300
        Application.Wait Now + TimeSerial(0, 0, 1) / 10
        tries = tries + 1
    Loop
    Kill place & "/klaar.txt"
End Function
"""
"""In place of xlwings' own: leaves the command for us and waits, as Excel waits for Python."""

ANSWERS = {"debtor": "D134", "first": "04-12-2026"}
"""Typed over the form of Regeling vastleggen."""

_SECONDS = 20
_ALL_SECONDS = 120
_MANY_CHILDREN = 200


class Person:
    """Somebody who says yes to everything, takes no risks, and chooses the bank files."""

    def __init__(self, files: tuple[Path, ...]) -> None:
        self._files = files
        self.shown: list[str] = []

    def tell(self, text: str) -> None:
        self.shown.append(text)

    def confirm(self, _: str) -> bool:
        return True

    def confirm_risk(self, _: str) -> bool:
        return False

    def choose_files(self) -> tuple[Path, ...]:
        return self._files

    def fill_in(self, form: Form) -> Mapping[str, str] | None:
        return {field.name: field.value for field in form.fields} | ANSWERS


def main(folder: Path) -> None:
    """Click on every button, each on a fresh copy of the workbook."""
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(_ALL_SECONDS)
    results: dict[str, object] = {}
    (folder / "brievenbus").mkdir()
    (folder / "scherm").mkdir()
    try:
        screen = Screen(folder / "scherm")
    except OfficeMissingError as missing:
        (folder / RESULT).write_text(json.dumps({"missing": str(missing)}), encoding="utf-8")
        return
    try:
        office = Office(folder, display=screen.display, environment={LETTERBOX: str(folder / "brievenbus")})
        try:
            for button in BUTTONS:
                results[button.function] = _tried(office, screen, folder, button)
        finally:
            office.kill()  # asked to end, it would ask whether to save
    except OfficeMissingError as missing:
        results = {"missing": str(missing)}
    finally:
        screen.stop()
    (folder / RESULT).write_text(json.dumps(results, default=str), encoding="utf-8")


def _too_long(*_: object) -> None:
    raise TimeoutError("the clicks together took too long")


def _tried(office: Office, screen: Screen, folder: Path, button: Button) -> dict[str, object]:
    try:
        return _clicked(office, screen, folder, button)
    except BaseException:  # noqa: BLE001 - told in the result, and pictured
        screen.keep_picture(folder / f"{button.macro}.png")
        return {"error": traceback.format_exc()}


def _clicked(office: Office, screen: Screen, folder: Path, button: Button) -> dict[str, object]:
    """Open the workbook, click, do what the command says, and tell what the sheets hold then."""
    from live.uno_engine import install  # noqa: PLC0415 - needs LibreOffice's bridge

    (folder / button.macro).mkdir()
    path = folder / button.macro / "boek.xlsm"
    path.write_bytes((folder / "boek.xlsm").read_bytes())
    order, done = folder / "brievenbus" / "opdracht.txt", folder / "brievenbus" / "klaar.txt"
    order.unlink(missing_ok=True)
    person = Person(tuple(sorted((folder / "bank").iterdir())))
    vars(dialogs)["ExcelDialogs"] = lambda _: person
    with opened(office, path, hidden=False) as document:
        (book,) = install(office).books
        book.set_mock_caller()
        _wipe(book, "Facturen", "Status")
        screen.click(*place_of(document, f"Knop {button.label}"))
        wait_for(order.exists, "no command came out of the click")
        command = order.read_text(encoding="utf-8").strip()
        try:
            exec(command, {})  # noqa: S102 - what Excel would start Python with
        finally:
            done.touch()
        wait_for(lambda: not done.exists(), "the macro did not go on")
        return {
            "command": command,
            "shown": person.shown,
            "statuses": _column(book, "Facturen", "Status"),
            "statements": _column(book, "Afschriften", "Bestand"),
            "drafts": _column(book, "Contact", "Concept"),
            "arrangements": _column(book, "Regelingen", "Regeling"),
        }


def wait_for(look: Callable[[], bool], otherwise: str) -> None:
    """Until it comes true, but not for ever."""
    end = time.monotonic() + _SECONDS
    while not look():
        if time.monotonic() > end:
            raise TimeoutError(otherwise)
        time.sleep(0.05)


def place_of(document: Any, name: str) -> tuple[int, int]:  # noqa: ANN401 - UNO has no types
    """The middle of the shape of that name, once the window has come to rest."""
    seen: list[tuple[int, int]] = []

    def at_rest() -> bool:
        seen.append(_centre(document, name))
        return len(seen) > 2 and seen[-1] == seen[-3]

    wait_for(at_rest, "the window does not come to rest")
    return seen[-1]


def _centre(document: Any, name: str) -> tuple[int, int]:  # noqa: ANN401 - UNO has no types
    waiting = [document.CurrentController.Frame.ContainerWindow.AccessibleContext]
    while waiting:
        found = waiting.pop()
        if found.AccessibleName.split("  ")[0] == name:
            place, size = found.getLocationOnScreen(), found.getSize()
            return place.X + size.Width // 2, place.Y + size.Height // 2
        count = found.getAccessibleChildCount()
        if count < _MANY_CHILDREN:  # not the million cells of the sheet
            waiting += [found.getAccessibleChild(place).AccessibleContext for place in range(count)]
    raise LookupError(f"no shape {name} on the screen")


def _column(book: xlwings.Book, sheet: str, column: str) -> list[object]:
    """The values below a heading."""
    heading, *lines = lines_of(book.sheets[sheet].tables[0].range.raw_value)
    place = list(heading).index(column)
    return [line[place] for line in lines]


def _wipe(book: xlwings.Book, sheet: str, column: str) -> None:
    """Somebody overwrote what the program works out."""
    table = book.sheets[sheet].tables[0].range
    place = list(lines_of(table.raw_value)[0]).index(column)
    table[1:, place : place + 1].raw_value = [["weg"]] * (table.shape[0] - 1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    os._exit(0)  # the bridge to a LibreOffice that is gone may not hold us up
