"""The zip file that a workbook is, for reading: its entries as they are, checked before anything is trusted.

ECMA-376 part 2 (Open Packaging Conventions), 7.3 and annex B; the zip format itself is APPNOTE.TXT 6.3.3,
to which the standard refers.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import IO, Self

from .recognise import refuse_other_files
from .refusals import NotAWorkbook

CHUNK = 1 << 20
MAX_ENTRIES = 20_000
MAX_TOTAL = 3 << 30
MAX_RATIO = 400
_RATIO_COUNTS_FROM = 64 << 20
_ENCRYPTED = 0x1
_LOCAL = struct.Struct("<4sHHHHHIIIHH")


class Archive:
    """An open zip file. Names are looked up without regard to case, as part names are (part 2, 6.2.2.3)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file: IO[bytes] = path.open("rb")
        try:
            refuse_other_files(self.file, path.name)
            self._zip = zipfile.ZipFile(self.file)
            self.entries = self._zip.infolist()
            self._check()
        except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
            self.file.close()
            raise NotAWorkbook(
                f"{path.name} is beschadigd: het zipbestand is niet te lezen. "
                "Zet een reservekopie terug, of laat Excel het bestand herstellen."
            ) from error
        except BaseException:
            self.file.close()
            raise
        self._names = {entry.filename.lower(): entry for entry in self.entries}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; on Windows it could not be replaced otherwise."""
        self._zip.close()
        self.file.close()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def name(self, name: str) -> str:
        """The name as it is written in the file."""
        return self._names[name.lower()].filename

    def size(self, name: str) -> int:
        """How many bytes the part is."""
        return self._names[name.lower()].file_size

    def read(self, name: str) -> bytes:
        """A whole part."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part in pieces of at most a mebibyte, its checksum checked at the end."""
        if name not in self:
            raise NotAWorkbook(f"{self.path.name} is beschadigd: het onderdeel {name} ontbreekt.")
        try:
            with self._zip.open(self._names[name.lower()]) as part:
                while chunk := part.read(CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise NotAWorkbook(
                f"{self.path.name} is beschadigd: het onderdeel {name} is niet heel te lezen. "
                "Zet een reservekopie terug."
            ) from error

    def spans(self) -> dict[str, tuple[int, int]]:
        """Where each entry stands in the file: local header, data and descriptor, byte for byte."""
        placed = sorted(self.entries, key=lambda entry: entry.header_offset)
        starts = [entry.header_offset for entry in placed] + [self._zip.start_dir]
        return {entry.filename: span for entry, span in zip(placed, pairwise(starts), strict=True)}

    def data_place(self, entry: zipfile.ZipInfo) -> tuple[int, int]:
        """Where the compressed bytes of an entry begin and end, by its local header (APPNOTE.TXT 4.3.7)."""
        self.file.seek(entry.header_offset)
        *_, name_length, extra_length = _LOCAL.unpack(self.file.read(_LOCAL.size))
        start = entry.header_offset + _LOCAL.size + name_length + extra_length
        return start, start + entry.compress_size

    @property
    def comment(self) -> bytes:
        """The comment of the whole file."""
        return self._zip.comment

    def _check(self) -> None:
        name = self.path.name
        if len(self.entries) > MAX_ENTRIES:
            raise NotAWorkbook(f"{name} bevat meer dan {MAX_ENTRIES} onderdelen; dat is geen gewone werkmap.")
        seen: set[str] = set()
        for entry in self.entries:
            if entry.filename.lower() in seen:
                raise NotAWorkbook(
                    f"{name} bevat het onderdeel {entry.filename} twee keer; wij weten niet welk van beide "
                    "geldt. Open de werkmap in Excel en sla haar daar op."
                )
            seen.add(entry.filename.lower())
            if entry.flag_bits & _ENCRYPTED:
                raise NotAWorkbook(f"{name} is met een zipwachtwoord versleuteld. Haal dat eraf.")
            if entry.file_size > max(_RATIO_COUNTS_FROM, MAX_RATIO * entry.compress_size):
                raise NotAWorkbook(
                    f"{name}: het onderdeel {entry.filename} is uitgepakt meer dan {MAX_RATIO} keer zo "
                    "groot; dat lijkt op een zipbom en lezen wij niet."
                )
        if sum(entry.file_size for entry in self.entries) > MAX_TOTAL:
            raise NotAWorkbook(f"{name} is uitgepakt groter dan {MAX_TOTAL >> 30} GB; dat lezen wij niet.")
        self._check_places()

    def _check_places(self) -> None:
        """Entries may not lie over one another (the trick of small zip bombs), nor outside the file."""
        placed = sorted(self.entries, key=lambda entry: entry.header_offset)
        ends = [entry.header_offset for entry in placed[1:]] + [self._zip.start_dir]
        for entry, end in zip(placed, ends, strict=True):
            self.file.seek(entry.header_offset)
            header = self.file.read(_LOCAL.size)
            if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
                raise zipfile.BadZipFile(entry.filename)
            *_, name_length, extra_length = _LOCAL.unpack(header)
            if entry.header_offset + _LOCAL.size + name_length + extra_length + entry.compress_size > end:
                raise NotAWorkbook(
                    f"{self.path.name} is beschadigd: onderdeel {entry.filename} ligt over een ander heen."
                )
