"""A stray cell far away on a sheet of ours: the workbook is read as if it were not there.

Answers: what may calamine read of this file. It keeps a sheet as one full rectangle, so a space typed by
accident in XFD1048576 would ask for more memory than the computer has. What stands beyond every table and
named cell of ours on a sheet is none of our business; the file itself is left as it is.
Source: ECMA-376 part 1, 18.3.1.35 (dimension), 18.3.1.4 (c) and 18.3.1.73 (row); docs/regels.md, "Werkmap".
Leaves to others: reading it (closed_read.py), files that come from elsewhere (domain/sheet_extent.py).
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from debiteuren.book.closed_facts import last_cell, sheet_parts
from debiteuren.domain.sheet_extent import MOST_CELLS, cells_reached

_LOOKED_THROUGH = 8 << 20
"""A sheet up to so many bytes is looked through; of a larger one its dimension is believed."""
_HEAD = 4 << 10
_DIMENSION = re.compile(rb"""<(?:[\w.-]+:)?dimension\s+ref=["']([A-Z]+\d+(?::[A-Z]+\d+)?)["']\s*/>""")
_ROW = re.compile(
    rb"""<(?P<p>(?:[\w.-]+:)?)row(?=\s)[^<>]*?\sr=["'](?P<row>\d+)["'][^<>]*?(?:/>|>.*?</(?P=p)row>)""",
    re.DOTALL,
)
_CELL = re.compile(
    rb"""<(?P<p>(?:[\w.-]+:)?)c(?=\s)[^<>]*?\sr=["'](?P<place>[A-Z]+\d+)["'][^<>]*?(?:/>|>.*?</(?P=p)c>)""",
    re.DOTALL,
)


def without_stray_cells(path: Path, ends: Mapping[str, Iterable[str]]) -> io.BytesIO | None:
    """The workbook without what stands far beyond our own cells; None when it may be read as it is.

    ends: sheet → the ranges and cells on it that are ours, such as B4:U10.
    """
    with zipfile.ZipFile(path) as archive:
        parts = {part: sheet for sheet, part in sheet_parts(archive).items() if sheet in ends}
        far = {part for part in parts if _is_far(archive, part)}
        if not far:
            return None
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as copy:
            for entry in archive.infolist():
                data = archive.read(entry)
                if entry.filename in far:
                    data = _cut(data, [last_cell(place) for place in ends[parts[entry.filename]]])
                copy.writestr(entry.filename, data)
    return made


def _is_far(archive: zipfile.ZipFile, part: str) -> bool:
    """Whether the cells of a sheet reach further than a computer can hold."""
    if archive.getinfo(part).file_size > _LOOKED_THROUGH:
        with archive.open(part) as stream:
            found = _DIMENSION.search(stream.read(_HEAD))
        if found:
            row, column = last_cell(found[1].decode())
            return row * column > MOST_CELLS
    return cells_reached(archive.read(part)) > MOST_CELLS


def _cut(data: bytes, ends: list[tuple[int, int]]) -> bytes:
    """The sheet without the rows and cells beyond all of these."""
    bottom = max(row for row, _ in ends)
    right = max(column for _, column in ends)

    def row(found: re.Match[bytes]) -> bytes:
        return found[0] if int(found["row"]) <= bottom else b""

    def cell(found: re.Match[bytes]) -> bytes:
        return found[0] if last_cell(found["place"].decode())[1] <= right else b""

    return _CELL.sub(cell, _ROW.sub(row, _DIMENSION.sub(b"", data, count=1)))
