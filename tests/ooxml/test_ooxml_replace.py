"""The new file in the place of the old: whole or not at all, and never over somebody else's work."""

import datetime as dt
import errno
import os
import random
import resource
import signal
import stat
import subprocess
import sys
import textwrap
import time
import zipfile
from pathlib import Path
from subprocess import PIPE
from typing import IO

import pytest

from debiteuren.book import ooxml
from debiteuren.book.ooxml import InUse, Package, Refused, Unwritable, backups, zipwriter
from debiteuren.book.ooxml import replace as replacing
from debiteuren.book.ooxml.backups import back_up, prune
from debiteuren.book.ooxml.refusals import reason
from ooxml.ooxml_books import grid, plain

ADDIN = Path(ooxml.__file__).parents[3]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return plain(tmp_path / "Boek 1.xlsx", 2, [[1, 2, 3], [4, 5, 6]])


def _edit(book: Path, value: float = 1) -> None:
    with Package.open(book) as package:
        package.set_cells("Leeg", {"A1": value})
        package.save()


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_old_file_is_in_the_backup(book: Path) -> None:
    before = book.read_bytes()
    start = dt.datetime.now()
    _edit(book)
    end = dt.datetime.now()
    assert _names(book.parent) == {book.name, "Reservekopieën"}
    ((moment, copy),) = backups(book)
    assert copy.read_bytes() == before
    assert copy.parent.name == "Reservekopieën"
    assert copy.name == f"Boek 1 {moment:%Y-%m-%d %H%M%S}.xlsx"
    assert start.replace(microsecond=0) <= moment <= end
    assert grid(book, "Leeg") == {(1, 1): 1.0}


def test_twenty_backups_stay_and_one_of_each_day_of_thirty(book: Path) -> None:
    now = dt.datetime(2026, 11, 21, 12)
    for days in range(40, 0, -1):
        for hour in (9, 10):
            back_up(book, (now - dt.timedelta(days=days)).replace(hour=hour))
    for minute in range(25):
        back_up(book, now.replace(hour=11, minute=minute))
    (book.parent / "Reservekopieën" / "van mij.xlsx").write_bytes(b"x")
    other = plain(book.with_name("Boek.xlsx"), 1)
    back_up(other, now - dt.timedelta(days=400))
    prune(book, now)
    kept = [moment for moment, _ in backups(book)]
    assert len(kept) == 20 + 29
    assert kept[:20] == [now.replace(hour=11, minute=minute) for minute in range(24, 4, -1)]
    assert all(moment.hour == 10 for moment in kept[20:])
    assert now - kept[-1] < dt.timedelta(days=30)
    assert len(backups(other)) == 1
    assert (book.parent / "Reservekopieën" / "van mij.xlsx").exists()


def test_two_backups_in_one_second(book: Path) -> None:
    now = dt.datetime(2026, 11, 21, 12)
    first, second = back_up(book, now), back_up(book, now)
    assert second.name == "Boek 1 2026-11-21 120000 (2).xlsx"
    assert [copy for _, copy in backups(book)] == [second, first]


def test_saving_elsewhere_leaves_the_workbook(book: Path) -> None:
    before = book.read_bytes()
    with Package.open(book) as package:
        package.set_cells("Leeg", {"A1": 1})
        package.save(book.with_name("kopie.xlsx"))
        package.set_cells("Leeg", {"A2": 2})
        package.save(book.with_name("tweede.xlsx"))
    assert book.read_bytes() == before
    assert _names(book.parent) == {book.name, "kopie.xlsx", "tweede.xlsx"}
    assert grid(book.with_name("tweede.xlsx"), "Leeg") == {(1, 1): 1.0, (2, 1): 2.0}


def test_a_link_is_followed_and_stays_a_link(book: Path, tmp_path: Path) -> None:
    (tmp_path / "elders").mkdir()
    link = tmp_path / "elders" / "link.xlsx"
    link.symlink_to(book)
    _edit(link)
    assert link.is_symlink()
    assert grid(book, "Leeg") == {(1, 1): 1.0}
    assert _names(link.parent) == {"link.xlsx"}


def test_the_mode_of_the_file_stays(book: Path) -> None:
    book.chmod(0o664)
    _edit(book)
    assert stat.S_IMODE(book.stat().st_mode) == 0o664


def test_a_file_changed_under_us_is_not_overwritten(book: Path) -> None:
    with Package.open(book) as package:
        package.set_cells("Leeg", {"A1": 1})
        _edit(book, 99)
        before = book.read_bytes()
        with pytest.raises(Refused, match=r"Boek 1\.xlsx is op de schijf veranderd sinds wij het lazen"):
            package.save()
    assert book.read_bytes() == before
    assert _names(book.parent) == {book.name, "Reservekopieën"}
    assert len(backups(book)) == 1


def test_a_file_gone_under_us(book: Path) -> None:
    with Package.open(book) as package:
        package.set_cells("Leeg", {"A1": 1})
        book.unlink()
        with pytest.raises(Refused, match="veranderd"):
            package.save()
    assert _names(book.parent) == set()


def _excel_owner(name: str) -> bytes:
    short = name.encode("cp1252")
    return (
        bytes([len(short)])
        + short.ljust(54)
        + len(name).to_bytes(2, "little")
        + name.encode("utf-16-le").ljust(108, b" ")
    )


@pytest.mark.parametrize(
    ("owner", "data", "said"),
    [
        ("~$Boek 1.xlsx", _excel_owner("Jan de Groot"), "is open in Excel bij Jan de Groot, sinds "),
        ("~$Boek 1.xlsx", b"", "is open in Excel, sinds "),
        (".~lock.Boek 1.xlsx#", "Iris Ëik,iris,pc-2,21.11.2026 19:00,file:///x;".encode(),
         "is open in LibreOffice bij Iris Ëik op pc-2, sinds "),
        (".~lock.Boek 1.xlsx#", b",root,pc,21.11.2026 19:00,file:///x;",
         "is open in LibreOffice bij root op pc, sinds "),
        (".~lock.Boek 1.xlsx#", b"\xff\x00", "is open in LibreOffice, sinds "),
    ],
)  # fmt: skip
def test_owner_files(book: Path, owner: str, data: bytes, said: str) -> None:
    before = book.read_bytes()
    book.with_name(owner).write_bytes(data)
    with pytest.raises(InUse, match=f"Boek 1.xlsx {said}") as refused:
        _edit(book)
    assert f'verwijder dan het bestand "{owner}"' in str(refused.value)
    assert book.read_bytes() == before
    assert _names(book.parent) == {book.name, owner}


def test_a_full_disk_changes_nothing(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = book.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(zipwriter, "_copy", full)
    with pytest.raises(Unwritable, match=r"Boek 1\.xlsx is niet gewijzigd: de schijf is vol"):
        _edit(book)
    assert book.read_bytes() == before
    assert _names(book.parent) == {book.name}


def test_a_file_size_limit_changes_nothing(book: Path) -> None:
    before = book.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(Unwritable, match="de schijf is vol"):
            _edit(book)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert book.read_bytes() == before
    assert _names(book.parent) == {book.name}


def test_a_full_disk_during_the_backup_changes_nothing(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = book.read_bytes()

    def full(source: IO[bytes], target: IO[bytes], _: int) -> None:
        target.write(source.read(10))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    with pytest.raises(Unwritable, match="de schijf is vol"):
        _edit(book)
    assert book.read_bytes() == before
    assert backups(book) == []
    assert not list(book.parent.rglob("*.tmp"))


def test_a_read_only_file_is_respected(book: Path) -> None:
    book.chmod(0o444)
    with pytest.raises(Unwritable, match=r"Boek 1\.xlsx is alleen-lezen"):
        _edit(book)
    assert _names(book.parent) == {book.name}


def test_no_permission_in_the_folder(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(**_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", denied)
    with pytest.raises(Unwritable, match="er mag niet geschreven worden in de map"):
        _edit(book)
    assert _names(book.parent) == {book.name}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_write_permission(book: Path) -> None:
    book.parent.chmod(0o555)
    try:
        with pytest.raises(Unwritable, match="er mag niet geschreven worden in de map"):
            _edit(book)
    finally:
        book.parent.chmod(0o755)


def test_a_folder_that_is_not_there(book: Path, tmp_path: Path) -> None:
    with Package.open(book) as package:
        package.set_cells("Leeg", {"A1": 1})
        with pytest.raises(Unwritable, match=r"de map .*weg bestaat niet"):
            package.save(tmp_path / "weg" / "a.xlsx")


def test_on_windows_a_locked_file_is_tried_again(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[Path] = []
    real = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if self.suffix == ".tmp" and target == book:
            tries.append(self)
            if len(tries) < 3:
                raise PermissionError(errno.EACCES, "Access is denied")
        return real(self, target)

    monkeypatch.setattr(replacing, "WINDOWS", True)
    monkeypatch.setattr(replacing, "_PAUSE", 0)
    monkeypatch.setattr(Path, "replace", locked)
    _edit(book)
    assert len(tries) == 3
    assert grid(book, "Leeg") == {(1, 1): 1.0}


def test_on_windows_a_file_that_stays_locked_is_in_use(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = book.read_bytes()
    real = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if target == book:
            raise PermissionError(errno.EACCES, "Access is denied")
        return real(self, target)

    monkeypatch.setattr(replacing, "WINDOWS", True)
    monkeypatch.setattr(replacing, "_PAUSE", 0)
    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(InUse, match="Sluit Excel en probeer het opnieuw"):
        _edit(book)
    assert book.read_bytes() == before
    assert _names(book.parent) == {book.name}


def test_two_runs_of_ours_at_once(book: Path) -> None:
    script = textwrap.dedent(f"""
        import sys, time
        sys.path.insert(0, {str(ADDIN)!r})
        from debiteuren.book.ooxml import Package, Refused
        with Package.open({str(book)!r}) as package:
            package.set_cells("Leeg", {{"A1": float(sys.argv[1])}})
            print("open", flush=True)
            sys.stdin.readline()
            try:
                package.save()
                print("saved")
            except Refused as refused:
                print(refused)
    """)
    runs = [
        subprocess.Popen([sys.executable, "-c", script, n], stdin=PIPE, stdout=PIPE, text=True)
        for n in ("1", "2")
    ]
    for run in runs:
        assert run.stdout is not None
        assert run.stdout.readline() == "open\n"
    for run in runs:
        assert run.stdin is not None
        run.stdin.write("\n")
        run.stdin.flush()
    said = [run.communicate(timeout=60)[0] for run in runs]
    assert sorted(text == "saved\n" for text in said) == [False, True], said
    assert _names(book.parent) == {book.name, "Reservekopieën"}


def test_many_may_save_a_copy_elsewhere_at_once(book: Path) -> None:
    fcntl = pytest.importorskip("fcntl", reason="Windows locks otherwise")
    with book.open("rb") as file, Package.open(book) as package:
        fcntl.flock(file, fcntl.LOCK_EX)
        package.set_cells("Leeg", {"A1": 1})
        package.save(book.with_name("b.xlsx"))
        with pytest.raises(InUse):
            package.save()


def test_left_over_temporary_files_are_swept(book: Path) -> None:
    left = book.with_name(f".~{book.name}-abcd.tmp")
    others = [book.with_name(".~ander.xlsx-abcd.tmp"), book.with_name("abcd.tmp")]
    for path in (left, *others):
        path.write_bytes(b"half")
    with Package.open(book):
        pass
    assert not left.exists()
    assert all(path.exists() for path in others)


def test_on_windows_they_are_closed_before_they_are_swept(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = book.with_name(f".~{book.name}-abcd.tmp")
    left.write_bytes(b"half")
    opened: list[IO[bytes]] = []
    real_open, real_unlink = Path.open, Path.unlink

    def opening(self: Path, mode: str = "r") -> IO[bytes]:
        file: IO[bytes] = real_open(self, mode)
        if self == left:
            opened.append(file)
        return file

    def unlink(self: Path, *, missing_ok: bool = False) -> None:
        if not all(file.closed for file in opened):
            raise PermissionError(errno.EACCES, "in use")
        real_unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(replacing, "WINDOWS", True)
    monkeypatch.setattr(Path, "open", opening)
    monkeypatch.setattr(Path, "unlink", unlink)
    replacing.sweep(book)
    assert len(opened) == 1
    assert not left.exists()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "de schijf is vol"),
        (errno.EPERM, "u hebt daar geen rechten"),
        (errno.EDOM, "het lukt niet"),
    ],
)
def test_what_the_disk_says_stands_in_a_sentence(number: int, said: str) -> None:
    assert reason(OSError(number, "x")) == said


@pytest.mark.parametrize(
    ("number", "winerror", "kind", "said"),
    [
        (errno.EACCES, 32, InUse, "een ander programma gebruikt het bestand. Sluit dat eerst"),
        (errno.EACCES, 33, InUse, "een ander programma gebruikt het bestand. Sluit dat eerst"),
        (errno.EACCES, 5, Unwritable, "er mag niet geschreven worden in de map"),
        (errno.EISDIR, None, Unwritable, "het is een map"),
        (errno.EIO, None, Unwritable, "de schijf geeft een fout"),
        (errno.ETIMEDOUT, None, Unwritable, "de netwerkmap antwoordt niet"),
        (errno.EDOM, None, Unwritable, "het lukt niet"),
    ],
)
def test_what_the_disk_says_is_said_in_dutch(
    book: Path, monkeypatch: pytest.MonkeyPatch, number: int, winerror: int | None, kind: type, said: str
) -> None:
    def refuse(*_: object) -> None:
        error = OSError(number, "in English")
        vars(error)["winerror"] = winerror
        raise error

    monkeypatch.setattr(zipwriter, "_copy", refuse)
    with pytest.raises(kind, match=rf"^Boek 1\.xlsx is niet gewijzigd: {said}"):
        _edit(book)


KILLED = """
import sys
sys.path.insert(0, sys.argv[1])
from debiteuren.book.ooxml import Package
with Package.open(sys.argv[2]) as package:
    package.set_column("tblP", "Drie", [row * 0.5 for row in range(4000)])
    package.append_rows("tblP", [{"Een": "x"}] * 1000)
    print("go", flush=True)
    package.save()
"""


@pytest.fixture
def killed(tmp_path: Path) -> tuple[Path, bytes, float]:
    """A workbook, its bytes, and how long a save of it takes in a process of its own."""
    path = plain(tmp_path / "D.xlsx", 4000, [[f"tekst {row}", row, row] for row in range(4000)])
    before = path.read_bytes()
    run = subprocess.Popen([sys.executable, "-c", KILLED, str(ADDIN), str(path)], stdout=PIPE)
    assert run.stdout is not None
    run.stdout.readline()
    start = time.monotonic()
    run.wait(60)
    run.stdout.close()
    return path, before, time.monotonic() - start


def test_killed_at_any_moment_the_file_is_the_old_or_the_new_one(killed: tuple[Path, bytes, float]) -> None:
    path, before, duration = killed
    after = path.read_bytes()
    chance = random.Random(5)  # noqa: S311 - moments, no secrets
    seen = {before: 0, after: 0}
    for _ in range(12):
        path.write_bytes(before)
        run = subprocess.Popen([sys.executable, "-c", KILLED, str(ADDIN), str(path)], stdout=PIPE)
        assert run.stdout is not None
        run.stdout.readline()
        time.sleep(chance.random() * duration * 1.1)
        run.send_signal(signal.SIGKILL)
        run.wait(60)
        run.stdout.close()
        now = path.read_bytes()
        assert now in seen
        seen[now] += 1
        with Package.open(path) as package:
            assert set(package.tables()) == {"tblP"}
    assert not [path for path in path.parent.iterdir() if path.suffix == ".tmp"]
    path.write_bytes(before)
    _edit(path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
    assert backups(path)
