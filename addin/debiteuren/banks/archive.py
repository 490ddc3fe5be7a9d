"""A zip with bank files in it, as banks give when one asks for several accounts or days.

Answers: which files are in it, each read as if it stood beside the zip. Nothing is unpacked onto the disk,
so a name in the zip is never a path. A zip from outside is hostile: limits on members, size and ratio, and no
zip within the zip.
Source: docs/regels.md, "Bankbestanden".
Leaves to others: what a member holds (banks/__init__.py).
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from debiteuren.banks.events import DOWNLOAD_AGAIN, doubt, fault, shown
from debiteuren.banks.other_files import BESIDE, is_office, what_is
from debiteuren.domain.payment import BankFile

MOST_MEMBERS = 1000
MOST_BYTES = 500_000_000
MOST_RATIO = 200
"""Unpacked to packed; XML of a bank packs 10 to 40 times, a bomb a thousand times."""

_START = b"PK\x03\x04"
_HEAD = 65_536
_SMALL = 10_000_000
_ENCRYPTED = 0x1
_UNSEEN = ("__MACOSX/", ".")
_UNPACK = "Download de bestanden bij uw bank los, of pak de zip zelf uit, en lees ze los in."
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)

Reader = Callable[[str, BinaryIO], BankFile]


def is_archive(head: bytes) -> bool:
    """Whether a file that begins like this is a zip that may hold bank files; a workbook is a zip too."""
    return head.startswith(_START) and not is_office(head)


def read_archive(name: str, stream: BinaryIO, read: Reader) -> list[BankFile]:
    """What each file in the zip holds, by `read`; one refused file for the zip when it cannot be trusted."""
    try:
        with zipfile.ZipFile(stream) as package:
            return list(_members(name, package, read))
    except _BROKEN:
        return [_refused(name, "Dit zip-bestand is niet heel.", DOWNLOAD_AGAIN)]


def _refused(name: str, found: str, remedy: str) -> BankFile:
    return BankFile(name=name, format=None, bank="", problems=(fault(name, None, found, remedy),))


def _members(name: str, package: zipfile.ZipFile, read: Reader) -> Iterator[BankFile]:
    members = [
        member
        for member in package.infolist()
        if not member.is_dir()
        and not member.filename.startswith(_UNSEEN[0])
        and not _last(member.filename).startswith(_UNSEEN[1])
    ]
    if why := _distrust(members):
        yield _refused(name, why, _UNPACK)
        return
    for member in members:
        label = f"{name}: {shown(_last(member.filename))}"
        try:
            with package.open(member) as stream:
                head = stream.read(_HEAD)
                stream.seek(0)
                yield _beside(label, head) or read(label, stream)  # type: ignore[arg-type] # it reads and seeks
        except _BROKEN:
            yield _refused(label, "Dit bestand is niet heel uit de zip te halen.", DOWNLOAD_AGAIN)


def _last(path: str) -> str:
    """The name of a file without its folders; only to be shown."""
    return path.replace("\\", "/").rpartition("/")[2]


def _distrust(members: list[zipfile.ZipInfo]) -> str:
    """Why this zip is not opened, '' when it may be."""
    size, packed = (
        sum(member.file_size for member in members),
        sum(member.compress_size for member in members),
    )
    if not members:
        return "Dit zip-bestand is leeg."
    if any(member.header_offset < 0 for member in members):  # the front of the zip is cut off
        return "Dit zip-bestand is niet heel."
    if any(member.flag_bits & _ENCRYPTED for member in members):
        return "Dit zip-bestand heeft een wachtwoord."
    if len(members) > MOST_MEMBERS:
        return f"In dit zip-bestand zitten {len(members)} bestanden; wij lezen er hooguit {MOST_MEMBERS}."
    if size > MOST_BYTES or (size > _SMALL and size > MOST_RATIO * packed):
        return "Dit zip-bestand wordt uitgepakt veel te groot voor afschriften. Dat kan onveilig zijn."
    return ""


def _beside(label: str, head: bytes) -> BankFile | None:
    """A document that a bank puts beside its statements (a PDF, a picture): not read, and said so."""
    what = what_is(head)
    if what not in BESIDE:
        return None
    said = doubt(
        label, None, f"Dit is {what}, geen bankbestand; het is overgeslagen.", "U hoeft niets te doen."
    )
    return BankFile(name=label, format=None, bank="", problems=(said,))
