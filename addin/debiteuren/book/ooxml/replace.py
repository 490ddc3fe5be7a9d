"""The new file in the place of the old: whole or not at all, also when the power fails.

A temporary file in the same folder, flushed to the disk and read back, takes the old one's name in one step
(POSIX rename; on Windows MoveFileEx with replacement, which fails while Excel has the file open).
"""

import contextlib
import dataclasses
import errno
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol, Self

from .archive import CHUNK, Archive
from .backups import back_up, clear_halves, discard, prune
from .build import Built
from .notes import Note, fingerprint
from .owners import refuse_open_elsewhere
from .refusals import InUse, Refused, Unwritable, is_in_use, reason
from .verify import verify
from .zipwriter import write_archive

WINDOWS = os.name == "nt"
_TRIES = 5
_PAUSE = 0.3
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Original:
    """The file as it was when it was opened."""

    path: Path
    modified: int
    size: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> Self:
        """The file as it is now."""
        found = path.stat()
        return cls(path, found.st_mtime_ns, found.st_size, found.st_ino)

    def refuse_changed(self) -> None:
        """Refuse when somebody else wrote the file since."""
        try:
            unchanged = Original.of(self.path) == self
        except FileNotFoundError:
            unchanged = False
        if not unchanged:
            raise InUse(
                f"{self.path.name} is op de schijf veranderd sinds wij het lazen. Er is niets overschreven; "
                "doe het opnieuw, dan tellen die wijzigingen mee."
            )


def sweep(path: Path) -> None:
    """Remove temporary files that a run of ours on this workbook left when it was killed."""
    for left in path.parent.glob(f"{_escape(_prefix(path))}*.tmp"):
        with contextlib.suppress(OSError):
            with left.open("rb") as file:
                ours = _lock(file)
                if ours and not WINDOWS:  # there while it is locked, or another run could take it up between
                    left.unlink()
            if ours and WINDOWS:  # where an open file can't go, and another run's is open
                left.unlink()


class Held(Protocol):
    """The open file that is to be replaced."""

    @property
    def path(self) -> Path:
        """Where it stands."""

    @property
    def file(self) -> IO[bytes]:
        """The file itself, to lock."""

    def close(self) -> None:
        """Let go of it; on Windows it could not be replaced otherwise."""


def replace(archive: Archive, original: Original, target: Path, built: Built, note: Note) -> None:
    """Write the changed workbook over the target, which may be new, with a backup of it and a note first."""
    with _in_dutch(target):
        original.refuse_changed()
        _refuse_unwritable(target)
        temporary, file = _temporary(target)
        try:
            with file:
                write_archive(file, archive, built.changed, built.dropped)
                file.flush()
                os.fsync(file.fileno())
                verify(temporary, archive, built)
                _keep_owner(temporary, original.path, target)
                with _only_one(archive) if target == original.path else contextlib.nullcontext():
                    _swap(temporary, file, target, original, archive, note)
        finally:
            temporary.unlink(missing_ok=True)


def put_back(held: Held, original: Original, copy: Path, note: Note) -> Path:
    """Give the workbook the bytes of a copy, with a backup of it first, whose path comes back.

    `note` has the fingerprint the copy must have.
    """
    target = original.path
    with _in_dutch(target):
        original.refuse_changed()
        _refuse_unwritable(target)
        temporary, file = _temporary(target)
        try:
            with file:
                with copy.open("rb") as source:
                    shutil.copyfileobj(source, file, CHUNK)
                file.flush()
                os.fsync(file.fileno())
                if fingerprint(temporary) != note.after:
                    raise Refused(f"De reservekopie {copy.name} is beschadigd of veranderd.")
                _keep_owner(temporary, target, target)
                with _only_one(held):
                    backup = _swap(temporary, file, target, original, held, note)
        finally:
            temporary.unlink(missing_ok=True)
    if backup is None:  # the target was there, or it could not have been held
        raise FileNotFoundError(target)
    return backup


def copy_whole(original: Original, target: Path) -> None:
    """The workbook as it is under another name, whole or not at all."""
    with _in_dutch(target):
        original.refuse_changed()
        _refuse_unwritable(target)
        temporary, file = _temporary(target)
        try:
            with file, original.path.open("rb") as source:
                while chunk := source.read(CHUNK):
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            _keep_owner(temporary, original.path, target)
            original.refuse_changed()
            temporary.replace(target)
            _settle(target.parent)
        finally:
            temporary.unlink(missing_ok=True)


def _swap(
    temporary: Path, file: IO[bytes], target: Path, original: Original, held: Held, note: Note
) -> Path | None:
    original.refuse_changed()
    refuse_open_elsewhere(target)
    backup = None
    if target.exists():
        clear_halves(target)
        backup = back_up(target, note.moment, dataclasses.replace(note, after=fingerprint(temporary)))
        _settle(backup.parent)
    if WINDOWS:
        file.close()
        if target == original.path:
            held.close()
    try:
        _rename(temporary, target)
    except BaseException:
        if backup:
            discard(backup)
        raise
    if target == original.path:
        held.close()
    _settle(target.parent)
    if not note.undoing:  # then a copy goes as one comes, and no older one may
        with contextlib.suppress(OSError):
            prune(target, note.moment)
    return backup


def _rename(temporary: Path, target: Path) -> None:
    for attempt in range(1, _TRIES + 1):
        try:
            temporary.replace(target)
        except PermissionError:
            if not WINDOWS:
                raise
            if attempt == _TRIES:
                raise InUse(
                    f"{target.name} is nog open in een ander programma. Sluit Excel en probeer het opnieuw."
                ) from None
            time.sleep(_PAUSE)
        else:
            return


def _prefix(path: Path) -> str:
    return f".~{path.name}-"


def _escape(text: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in text)


def _temporary(target: Path) -> tuple[Path, IO[bytes]]:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=_prefix(target), suffix=".tmp")
    file = os.fdopen(handle, "w+b")
    _lock(file)
    return Path(name), file


def _lock(file: IO[bytes]) -> bool:
    """Mark a file as in use by us; False when another run of ours has it. Windows needs no mark for that."""
    if sys.platform == "win32":
        return True
    import fcntl  # noqa: PLC0415 - not on Windows

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a network drive without locks
        return True
    return True


@contextlib.contextmanager
def _only_one(held: Held) -> Iterator[None]:
    """Hold the old file, so that of two runs of ours only one can look and then replace."""
    if not _lock(held.file):
        raise InUse(f"{held.path.name} wordt op dit moment al door een ander venster van ons gewijzigd.")
    yield


def _refuse_unwritable(target: Path) -> None:
    refuse_open_elsewhere(target)
    if target.exists() and not target.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise Unwritable(
            f"{target.name} is alleen-lezen. Haal dat kenmerk weg bij de eigenschappen van het bestand."
        )


def _keep_owner(temporary: Path, original: Path, target: Path) -> None:
    """Mode and owner of the file that is replaced; a copy elsewhere may be written by who made it."""
    there = target.exists()
    found = (target if there else original).stat()
    mode = stat.S_IMODE(found.st_mode)
    temporary.chmod(mode if there else mode | stat.S_IWUSR)
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(temporary, found.st_uid, found.st_gid)


def _settle(folder: Path) -> None:
    """Have the folder itself on disk; Windows does that on its own."""
    if WINDOWS:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _in_dutch(target: Path) -> Iterator[None]:
    """What the disk says, as a refusal."""
    try:
        yield
    except OSError as error:
        where = f"{target.name} is niet gewijzigd"
        if is_in_use(error):
            raise InUse(f"{where}: een ander programma gebruikt het bestand. Sluit dat eerst.") from error
        if error.errno in _FULL:
            raise Unwritable(f"{where}: de schijf is vol. Maak ruimte en probeer het opnieuw.") from error
        if isinstance(error, PermissionError) or error.errno == errno.EROFS:
            raise Unwritable(
                f"{where}: er mag niet geschreven worden in de map {target.parent}. Geef uzelf "
                "schrijfrechten, of zet de werkmap in een eigen map."
            ) from error
        if isinstance(error, FileNotFoundError):
            raise Unwritable(f"{where}: de map {target.parent} bestaat niet (meer).") from error
        raise Unwritable(f"{where}: {reason(error)}.") from error
