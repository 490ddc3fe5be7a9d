"""Every button on Start by a real click: through its VBA and RunPython to Python, and back into the cells.

Only xlwings' own two modules are replaced, since LibreOffice can't compile them (clicking.py).
"""

import io
import json
import os
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from debiteuren import tasks
from debiteuren.book.closed import ClosedWorkbook
from debiteuren.book.ooxml import Package
from debiteuren.book.shipped import template_bytes
from debiteuren.book.template import build
from debiteuren.book.template.buttons import BUTTONS, Button
from debiteuren.book.vba import VbaProject
from debiteuren.button_text import NOTHING_TO_UNDO
from debiteuren.demo.company import demo_bank_files
from debiteuren.new_workbook import create
from libreoffice import OfficeMissingError
from live.clicking import RESULT, RUN_PYTHON
from live.screen import Screen

pytestmark = [pytest.mark.libreoffice, pytest.mark.xdist_group("clicks")]

NOW = datetime(2026, 11, 21, 10, 30)
PICTURES = Path(__file__).resolve().parents[2] / "build" / "klikken"
"""Where a picture of the screen is kept for every click that fails."""

PROJECT = "xl/vbaProject.bin"
STUBS = {
    "xlwings": RUN_PYTHON,
    "Dictionary": """VERSION 1.0 CLASS
BEGIN
  MultiUse = -1
END
Attribute VB_Name = "Dictionary"
Option Explicit
""",
}
LONGEST = 150


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The company's workbook, its first bank file read in, with that RunPython; and all its bank files."""
    folder = tmp_path_factory.mktemp("klikken")
    (folder / "bank").mkdir()
    for name, data in demo_bank_files(NOW.date()).items():
        (folder / "bank" / name).write_bytes(data)
    first, *_ = sorted((folder / "bank").iterdir())
    path = create(folder / "boek.xlsm", demo_on=NOW.date())
    tasks.import_files(ClosedWorkbook(path), [first], tasks.Moment(now=NOW), despite_gaps=True)
    build(folder / "stub.xlsm", replaced_modules=STUBS)
    with zipfile.ZipFile(folder / "stub.xlsm") as package, Package.open(path) as book:
        book.replace_part(PROJECT, package.read(PROJECT))
        book.save()
    return path.parent


def test_only_the_two_modules_of_xlwings_are_replaced(folder: Path) -> None:
    with (
        zipfile.ZipFile(folder / "boek.xlsm") as ours,
        zipfile.ZipFile(io.BytesIO(template_bytes())) as shipped,
    ):
        modules, others = (VbaProject.of(package.read(PROJECT)).modules for package in (ours, shipped))
    assert modules.keys() == others.keys()
    assert {name for name in modules if modules[name].source != others[name].source} == set(STUBS)


@pytest.fixture(scope="module")
def results(folder: Path) -> dict[str, dict[str, Any]]:
    """What came of every click, by the Python function behind it."""
    subprocess.run(
        [sys.executable, "-m", "live.clicking", str(folder)],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "XDG_DATA_HOME": str(folder / "gegevens"),
        },
        check=True,
        timeout=LONGEST,
    )
    for picture in folder.glob("*.png"):
        PICTURES.mkdir(parents=True, exist_ok=True)
        (PICTURES / picture.name).write_bytes(picture.read_bytes())
    found: dict[str, Any] = json.loads((folder / RESULT).read_text(encoding="utf-8"))
    if "missing" in found:
        pytest.skip(f"clicks: {found['missing']}")
    return found


Result = dict[str, Any]
AFTER: dict[str, Callable[[Result], bool]] = {
    "bank_importeren": lambda result: (
        result["shown"][0].startswith("Ingelezen: ") and len(result["statements"]) > 2
    ),
    "bijwerken": lambda result: (
        result["shown"][0].startswith("Bijgewerkt: ") and "weg" not in result["statuses"]
    ),
    "genereer_herinneringen": lambda result: (
        "concepten klaar" in result["shown"][0] and result["drafts"].count("Gemaakt") > 1
    ),
    "controleer_regelingen": lambda result: (
        " regelingen getoetst aan de bank: " in result["shown"][0] and "weg" not in result["statuses"]
    ),
    "regeling_vastleggen": lambda result: (
        result["shown"][0].startswith("R2026-001 staat op Regelingen, met 3 termijnen op Termijnen.")
        and "R2026-001" in result["arrangements"]
    ),
    "ongedaan_maken": lambda result: result["shown"] == [NOTHING_TO_UNDO],
}
"""What each button leaves behind; one that is new here must at least say something."""


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.macro)
def test_a_click_goes_all_the_way_to_the_cells_and_back(button: Button, results: dict[str, Result]) -> None:
    result = results[button.function]
    assert "error" not in result, result["error"]
    assert result["command"] == f"import debiteuren.buttons as b; b.{button.function}()"
    assert len(result["shown"]) == 1
    assert AFTER.get(button.function, bool)(result), result


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    try:
        running = Screen(tmp_path)
    except OfficeMissingError as missing:
        pytest.skip(f"clicks: {missing}")
    yield running
    running.stop()


def test_what_the_screen_shows_can_be_kept(screen: Screen, tmp_path: Path) -> None:
    screen.keep_picture(tmp_path / "map" / "beeld.png")
    picture = (tmp_path / "map" / "beeld.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24]) == (1600, 1000)
