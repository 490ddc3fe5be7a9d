"""The new file read back before it takes the place of the old.

Untouched entries must be the same bytes, changed parts must unpack to the right checksum and be well-formed,
rows must ascend (ECMA-376 part 1, 18.3.1.73), and every table must have its header and its bounds.
"""

from pathlib import Path
from xml.etree import ElementTree as ET

from .archive import CHUNK, Archive
from .build import Built
from .cells import checked_order
from .refusals import Refused
from .stream import SheetStream
from .tables import read_tables
from .workbook import Workbook, read_workbook


def verify(path: Path, before: Archive, built: Built) -> None:
    """Refuse a new file that does not read as it should; this would be our fault, and saves the old file."""
    with Archive(path) as after:
        expected = [entry.filename for entry in before.entries if entry.filename not in built.dropped]
        if [entry.filename for entry in after.entries] != expected:
            raise _wrong("onderdelen")
        _compare_untouched(before, after, built)
        workbook = read_workbook(after)
        tables = read_tables(after, workbook.sheets)
        if {name: str(table.area) for name, table in tables.items()} != built.tables:
            raise _wrong("tabellen")
        sheets = {after.name(part): sheet for sheet, part in workbook.sheets.items()}
        for part in built.changed:
            if part in sheets:
                _check_sheet(after, workbook, sheets[part])
            elif part.lower().endswith((".xml", ".rels", ".vml")):
                _parse(part, after.read(part))


def _compare_untouched(before: Archive, after: Archive, built: Built) -> None:
    old, new = before.spans(), after.spans()
    for name, (start, end) in new.items():
        if name in built.changed:
            continue
        before.file.seek(old[name][0])
        after.file.seek(start)
        left = end - start
        while left:
            chunk = after.file.read(min(left, CHUNK))
            if not chunk or chunk != before.file.read(len(chunk)):
                raise _wrong(name)
            left -= len(chunk)


def _check_sheet(after: Archive, workbook: Workbook, sheet: str) -> None:
    """Rows ascend, and what stands around them is well-formed."""
    part = workbook.sheets[sheet]
    stream = SheetStream(after, part, sheet)
    last = 0
    for block in stream.blocks():
        last = checked_order(block, last, sheet)
    _parse(part, stream.head + stream.opening + stream.tail)


def _parse(part: str, data: bytes) -> None:
    try:
        ET.fromstring(data)  # noqa: S314 - our own part, without a document type
    except ET.ParseError as error:
        raise _wrong(part) from error


def _wrong(what: str) -> Refused:
    return Refused(
        f"De nieuwe werkmap leest niet terug zoals zij moet ({what}). Het bestand is niet gewijzigd; "
        "dit is een fout van ons programma."
    )
