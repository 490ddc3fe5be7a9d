"""Killed at any moment and run again: the workbook is whole and every draft is there exactly once."""

import random
import shutil
import subprocess
import sys
import time
from email import message_from_bytes
from pathlib import Path

import pytest

from commands import run
from debiteuren.book.closed import ClosedWorkbook

DAY = ("--peildatum", "2026-11-20")
KILLS = 6


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the fictional company, ready for its Friday reminders."""
    folder = tmp_path_factory.mktemp("bedrijf")
    assert run("demo", folder / "dag", *DAY).code == 0
    banks = sorted((folder / "dag" / "Bank").iterdir())
    home = folder / "klaar"
    home.mkdir()
    assert run("nieuw", home / "Boek.xlsm", "--demo", *DAY).code == 0
    assert run("importeer", home / "Boek.xlsm", *banks, *DAY).code == 0
    return home


def keys_of_drafts(folder: Path) -> list[str]:
    """The key of each mail; a letter to print is known by its name."""
    mails = [message_from_bytes(path.read_bytes())["X-Debiteuren-Sleutel"] for path in folder.glob("*.eml")]
    return sorted(mails)


def logged(book: Path) -> set[str]:
    grid = ClosedWorkbook(book).read().grids["tblContact"]
    place = grid.columns.index("Sleutel")
    return {str(row[place]) for row in grid.rows if row[place]}


@pytest.mark.skipif(sys.platform == "win32", reason="the test stops a process the Unix way")
def test_killed_reminders_come_exactly_once(ready: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "debiteuren", "herinneringen", "Boek.xlsm", *DAY]
    whole = tmp_path / "whole"
    shutil.copytree(ready, whole)
    begin = time.monotonic()
    subprocess.run(command, cwd=whole, check=True, capture_output=True)
    span = time.monotonic() - begin
    expected = keys_of_drafts(whole / "Concepten")
    assert len(expected) > 5
    chance = random.Random(20261120)  # noqa: S311 - moments, no secrets
    for number in range(KILLS):
        home = tmp_path / f"kill{number}"
        shutil.copytree(ready, home)
        process = subprocess.Popen(command, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(span * chance.uniform(0.3, 1.0))
        process.kill()
        process.wait()
        subprocess.run(command, cwd=home, check=True, capture_output=True)
        assert keys_of_drafts(home / "Concepten") == expected
        assert set(expected) <= logged(home / "Boek.xlsm")
        left = [path.name for path in home.rglob("*") if path.suffix == ".tmp" or path.name.startswith(".")]
        assert left == []
