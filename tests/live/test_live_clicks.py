"""Every button on Start by a real click: through its VBA and RunPython to Python, and back into the cells.

Only xlwings' own two modules are replaced, since LibreOffice can't compile them: by a RunPython that hands
the command to this test and waits, as Excel waits for Python.
"""

import contextlib
import io
import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlwings

from debiteuren import dialogs, tasks
from debiteuren.book.closed import ClosedWorkbook
from debiteuren.book.live import LiveWorkbook
from debiteuren.book.live.strips import lines_of
from debiteuren.book.ooxml import Package
from debiteuren.book.shipped import template_bytes
from debiteuren.book.template import build
from debiteuren.book.template.buttons import BUTTONS, Button
from debiteuren.book.vba import VbaProject
from debiteuren.demo.company import demo_bank_files
from debiteuren.new_workbook import create
from libreoffice import Office, OfficeMissingError
from live.screen import Screen
from office_documents import opened

pytestmark = pytest.mark.libreoffice

NOW = datetime(2026, 11, 21, 10, 30)
PICTURES = Path(__file__).resolve().parents[2] / "build" / "klikken"
FOLDER = "DEBITEUREN_KLIK"
PROJECT = "xl/vbaProject.bin"
STUBS = {
    "xlwings": f"""Attribute VB_Name = "xlwings"
Option Explicit
Public Function RunPython(PythonCommand As String)
    Dim place As String, handle As Integer, tries As Integer
    place = Environ("{FOLDER}")
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
""",
    "Dictionary": """VERSION 1.0 CLASS
BEGIN
  MultiUse = -1
END
Attribute VB_Name = "Dictionary"
Option Explicit
""",
}
_SECONDS = 25


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    try:
        running = Screen(tmp_path_factory.mktemp("screen"))
    except OfficeMissingError as missing:
        pytest.skip(f"clicks: {missing}")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def letterbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a click leaves its command, and finds that it is done."""
    return tmp_path_factory.mktemp("opdracht")


@pytest.fixture(scope="module")
def shown_office(
    screen: Screen, letterbox: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """A LibreOffice that can be seen and clicked on."""
    try:
        running = Office(
            tmp_path_factory.mktemp("office"), display=screen.display, environment={FOLDER: str(letterbox)}
        )
    except OfficeMissingError as missing:
        pytest.skip(f"LibreOffice: {missing}")
    yield running
    running.kill()  # asked to end, it would ask whether to save


@pytest.fixture(scope="module")
def bank_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    folder = tmp_path_factory.mktemp("bank")
    for name, data in demo_bank_files(NOW.date()).items():
        (folder / name).write_bytes(data)
    return tuple(sorted(folder.iterdir()))


@pytest.fixture(scope="module")
def stubbed(tmp_path_factory: pytest.TempPathFactory, bank_files: tuple[Path, ...]) -> Path:
    """The company's workbook, its older bank files read in, with the RunPython above."""
    folder = tmp_path_factory.mktemp("boek")
    build(folder / "stub.xlsm", replaced_modules=STUBS)
    path = create(folder / "bedrijf.xlsm", demo_on=NOW.date())
    tasks.import_files(ClosedWorkbook(path), bank_files[:1], tasks.Moment(now=NOW), despite_gaps=True)
    with zipfile.ZipFile(folder / "stub.xlsm") as package, Package.open(path) as book:
        book.replace_part(PROJECT, package.read(PROJECT))
        book.save()
    return path


def test_only_the_two_modules_of_xlwings_are_replaced(stubbed: Path) -> None:
    with zipfile.ZipFile(stubbed) as ours, zipfile.ZipFile(io.BytesIO(template_bytes())) as shipped:
        modules, others = (VbaProject.of(package.read(PROJECT)).modules for package in (ours, shipped))
    assert modules.keys() == others.keys()
    assert {name for name in modules if modules[name].source != others[name].source} == set(STUBS)


class Person:
    """Somebody who says yes to everything, takes no risks, and chooses the bank files."""

    files: tuple[Path, ...] = ()

    def __init__(self, _: LiveWorkbook) -> None:
        self.shown: list[str] = shown

    def tell(self, text: str) -> None:
        self.shown.append(text)

    def confirm(self, _: str) -> bool:
        return True

    def confirm_risk(self, _: str) -> bool:
        return False

    def choose_files(self) -> tuple[Path, ...]:
        return self.files


shown: list[str] = []


def centre(document: Any, name: str) -> tuple[int, int]:  # noqa: ANN401 - UNO has no types
    """Where on the screen the shape of that name is."""
    waiting = [document.CurrentController.Frame.ContainerWindow.AccessibleContext]
    while waiting:
        found = waiting.pop()
        if found.AccessibleName.split("  ")[0] == name:
            place, size = found.getLocationOnScreen(), found.getSize()
            return place.X + size.Width // 2, place.Y + size.Height // 2
        count = found.getAccessibleChildCount()
        if count < 200:  # not the million cells of the sheet
            waiting += [found.getAccessibleChild(place).AccessibleContext for place in range(count)]
    raise LookupError(f"no shape {name} on the screen")


def place_of(document: Any, name: str) -> tuple[int, int]:  # noqa: ANN401 - UNO has no types
    """The same, once the window has come to rest."""
    seen: list[tuple[int, int]] = []

    def at_rest() -> bool:
        seen.append(centre(document, name))
        return len(seen) > 2 and seen[-1] == seen[-3]

    assert within(_SECONDS, at_rest), seen
    return seen[-1]


def within(seconds: float, look: Callable[[], bool]) -> bool:
    """Whether it comes true in time."""
    end = time.monotonic() + seconds
    while not look():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@contextlib.contextmanager
def pictured(screen: Screen, name: str) -> Iterator[None]:
    """A picture of the screen is kept when what happens here fails."""
    try:
        yield
    except BaseException:
        screen.keep_picture(PICTURES / f"{name}.png")
        raise


def rows(book: xlwings.Book, sheet: str, column: str) -> list[object]:
    """The values below a heading."""
    heading, *lines = lines_of(book.sheets[sheet].tables[0].range.raw_value)
    place = list(heading).index(column)
    return [line[place] for line in lines]


def unchanged(_: xlwings.Book) -> None:
    """Nothing to disturb first."""


def without_status(book: xlwings.Book) -> None:
    """Somebody wiped out what the program works out."""
    table = book.sheets["Facturen"].tables[0].range
    place = list(lines_of(table.raw_value)[0]).index("Status")
    table[1:, place : place + 1].raw_value = [["weg"]] * (table.shape[0] - 1)


def says_something(_: xlwings.Book, said: str) -> bool:
    """The least that is asked of a button."""
    return said != ""


BEFORE: dict[str, Callable[[xlwings.Book], None]] = {"bijwerken": without_status}
AFTER: dict[str, Callable[[xlwings.Book, str], bool]] = {
    "bank_importeren": lambda book, said: (
        said.startswith("Ingelezen: ") and len(rows(book, "Afschriften", "Bestand")) > 1
    ),
    "bijwerken": lambda book, said: (
        said.startswith("Bijgewerkt: ") and "weg" not in rows(book, "Facturen", "Status")
    ),
    "genereer_herinneringen": lambda book, said: (
        "concepten klaar" in said and rows(book, "Contact", "Concept").count("Gemaakt") > 1
    ),
    "controleer_regelingen": lambda _, said: " regelingen getoetst aan de bank: " in said,
}
"""What each button leaves behind; a button that is new here must at least say something."""


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.macro)
def test_a_click_goes_all_the_way_to_the_cells_and_back(
    button: Button,
    shown_office: Office,
    screen: Screen,
    letterbox: Path,
    stubbed: Path,
    bank_files: tuple[Path, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from live.uno_engine import install  # noqa: PLC0415 - needs LibreOffice's bridge

    path = tmp_path / "boek.xlsm"
    path.write_bytes(stubbed.read_bytes())
    monkeypatch.setattr(Person, "files", bank_files)
    monkeypatch.setattr(dialogs, "ExcelDialogs", Person)
    shown.clear()
    order, done = letterbox / "opdracht.txt", letterbox / "klaar.txt"
    for left in (order, done):
        left.unlink(missing_ok=True)
    with pictured(screen, button.macro), opened(shown_office, path, hidden=False) as document:
        app = install(shown_office)
        (book,) = app.books
        monkeypatch.setattr(xlwings.Book, "_mock_caller", book, raising=False)
        before = BEFORE.get(button.function, unchanged)
        before(book)
        screen.click(*place_of(document, f"Knop {button.label}"))
        assert within(_SECONDS, order.exists), "no command came out of the click"
        command = order.read_text(encoding="utf-8").strip()
        assert command == f"import debiteuren.buttons as b; b.{button.function}()"
        try:
            exec(command, {})  # noqa: S102 - what Excel would start Python with
        finally:
            done.touch()
        assert len(shown) == 1
        assert AFTER.get(button.function, says_something)(book, shown[0]), shown
        assert within(_SECONDS, lambda: not done.exists()), "the macro did not go on"


def test_a_click_that_fails_leaves_a_picture(
    screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{__name__}.PICTURES", tmp_path)
    with pytest.raises(LookupError), pictured(screen, "proef"):
        raise LookupError
    picture = (tmp_path / "proef.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24]) == (1600, 1000)
