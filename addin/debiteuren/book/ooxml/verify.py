"""The new file looked through before it takes the place of the old.

Untouched entries must be the same bytes, changed parts the bytes that were read back when they were made
(readback.py), and every table must have its header and its bounds (ECMA-376 part 1, 18.5.1.2).
"""

from pathlib import Path
from zipfile import ZipInfo

from .archive import CHUNK, Archive
from .build import Built
from .deflate import Deflated
from .readback import wrong
from .tables import read_tables
from .workbook import read_workbook


def verify(path: Path, before: Archive, built: Built) -> None:
    """Refuse a new file that is not as it should be; this would be our fault, and saves the old file."""
    with Archive(path) as after:
        expected = [entry.filename for entry in before.entries if entry.filename not in built.dropped]
        if [entry.filename for entry in after.entries] != expected:
            raise wrong("onderdelen")
        old, new = before.spans(), after.spans()
        for entry in after.entries:
            name = entry.filename
            part = built.changed.get(name)
            if part is None:
                right = _untouched(before, old[name], after, new[name])
            else:
                right = _written(after, entry, part, new[name][1])
            if not right:
                raise wrong(name)
        tables = read_tables(after, read_workbook(after).sheets)
        if {name: str(table.area) for name, table in tables.items()} != built.tables:
            raise wrong("tabellen")


def _untouched(before: Archive, old: tuple[int, int], after: Archive, new: tuple[int, int]) -> bool:
    """Whether an entry is the same bytes in both files."""
    left = new[1] - new[0]
    if old[1] - old[0] != left:
        return False
    before.file.seek(old[0])
    after.file.seek(new[0])
    while left:
        chunk = after.file.read(min(left, CHUNK))
        if not chunk or chunk != before.file.read(len(chunk)):
            return False
        left -= len(chunk)
    return True


def _written(after: Archive, entry: ZipInfo, part: Deflated, end: int) -> bool:
    """Whether an entry that ends there says of itself what was read back, and is those bytes."""
    place = after.data_place(entry)
    after.file.seek(place[0])
    return (
        place[1] == end
        and (entry.CRC, entry.file_size, entry.compress_size) == (part.crc, part.size, part.compressed_size)
        and all(after.file.read(len(piece)) == piece for piece in part.pieces)
    )
