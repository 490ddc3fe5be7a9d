"""What stands in the way of writing: exit 3, one Dutch sentence, and every file as it was."""

import errno
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import date
from pathlib import Path
from unittest import mock

import pytest

from commands import run
from debiteuren.book.ooxml import replace
from debiteuren.new_workbook import create

ON = date(2026, 11, 21)
DAY = ("--peildatum", ON.isoformat())
Fault = Callable[[Path], AbstractContextManager[object]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo company, brought up to date once, so that there is something to take back."""
    path = create(tmp_path_factory.mktemp("bedrijf") / "Boek.xlsm", demo_on=ON)
    assert run("bijwerken", path, *DAY).code == 0
    return path


@pytest.fixture
def book(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made.parent, tmp_path / "b")
    return tmp_path / "b" / made.name


def raising(number: int, *, winerror: int | None = None) -> Callable[..., None]:
    error = OSError(number, "what the system says")
    if winerror is not None:
        error.winerror = winerror  # type: ignore[attr-defined,unused-ignore] # only there on Windows

    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def full(_: Path) -> AbstractContextManager[object]:
    return mock.patch.object(os, "fsync", raising(errno.ENOSPC))


def no_permission(_: Path) -> AbstractContextManager[object]:
    return mock.patch.object(tempfile, "mkstemp", raising(errno.EACCES))


def read_only_disk(_: Path) -> AbstractContextManager[object]:
    return mock.patch.object(tempfile, "mkstemp", raising(errno.EROFS))


def held_by_windows(_: Path) -> AbstractContextManager[object]:
    return mock.patch.object(Path, "replace", raising(errno.EACCES, winerror=32))


def another_run(_: Path) -> AbstractContextManager[object]:
    real = replace._lock
    mine = iter([True])  # the temporary file is ours, the workbook is not
    return mock.patch.object(replace, "_lock", lambda file: next(mine, False) and real(file))


def changed_under_us(book: Path) -> AbstractContextManager[object]:
    """Somebody saves the workbook while ours is being written."""
    real = replace._refuse_unwritable

    def then(target: Path) -> None:
        real(target)
        facts = book.stat()
        os.utime(book, ns=(facts.st_atime_ns, facts.st_mtime_ns + 1))

    return mock.patch.object(replace, "_refuse_unwritable", then)


FAULTS: dict[str, tuple[Fault, str]] = {
    "disk full": (full, "de schijf is vol"),
    "no permission": (no_permission, "er mag niet geschreven worden in de map"),
    "read-only disk": (read_only_disk, "er mag niet geschreven worden in de map"),
    "held by Windows": (held_by_windows, "een ander programma gebruikt het bestand"),
    "another run of ours": (another_run, "door een ander venster van ons gewijzigd"),
    "changed under us": (changed_under_us, "op de schijf veranderd sinds wij het lazen"),
}


@pytest.mark.parametrize(
    "words", [("bijwerken", "--peildatum", "2026-12-21"), ("ongedaan",)], ids=lambda w: w[0]
)
@pytest.mark.parametrize("fault", FAULTS)
def test_exit_3_and_nothing_changed(book: Path, fault: str, words: tuple[str, ...]) -> None:
    put_in, said = FAULTS[fault]
    before = {path: path.read_bytes() for path in book.parent.rglob("*") if path.is_file()}
    with ExitStack() as stack:
        stack.enter_context(put_in(book))
        done = run(words[0], book, *words[1:])
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("Niets gewijzigd")
    assert said in " ".join(done.err.split())
    assert {path: path.read_bytes() for path in book.parent.rglob("*") if path.is_file()} == before
    assert run(words[0], book, *words[1:]).code == 0
