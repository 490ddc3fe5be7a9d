"""What elsewhere in the workbook follows a table that got another last row.

ECMA-376 part 1: 21.2.2.65 (c:f, the ranges of charts), 18.2.5 (definedName, with the print areas),
18.10.1.67 (pivotCacheDefinition, refreshOnLoad) and 18.10.1.95 (worksheetSource); [MS-ODRAWXML] 2.24.3
for the charts of Excel 2016 and later, and 2.24.1 (c15:sqref) for what a filter hides in older ones.
"""

import re
from collections.abc import Iterator, Sequence

from .archive import Archive
from .growth import Growth, moved_formula, moved_sqref
from .markup import (
    ATTRIBUTES,
    attribute,
    change_tags,
    change_texts,
    check_plain,
    check_start,
    escape,
    tag_pattern,
    unescape,
    with_attribute,
)
from .ranges import moved_rules
from .workbook import Workbook

_CHARTS = ("drawingml.chart+xml", "ms-office.chartex+xml")
_PIVOTS = ("spreadsheetml.pivotCacheDefinition+xml",)
_NAME = re.compile(rb"(<([A-Za-z_][\w.-]*:)?definedName(" + ATTRIBUTES + rb")\s*>)([^<]*)(</)")
_PRINTED = ("_xlnm.Print_Area",)
_SHEET_END = re.compile(rb"</(?:[A-Za-z_][\w.-]*:)?sheetData\s*>|<(?:[A-Za-z_][\w.-]*:)?sheetData\s*/>")


def changed_followers(
    archive: Archive,
    workbook: Workbook,
    growths: Sequence[Growth],
    others: Iterator[tuple[str, str, bytes]],
    tables: dict[str, Growth],
) -> Iterator[tuple[str, bytes]]:
    """The parts that change beside the touched worksheets, the table parts and the workbook part.

    others: what tails gives.
    """
    for entry in archive.entries:
        kind = workbook.content_types.of(entry.filename)
        if kind.endswith(_CHARTS):
            data = archive.read(entry.filename)
            new = change_texts(data, ("f", "sqref"), lambda text: moved_formula(text, growths, relative=True))
        elif kind.endswith(_PIVOTS):
            data = archive.read(entry.filename)
            new = _refreshed(data, growths, tables)
        else:
            continue
        if new != data:
            check_start(entry.filename, data)
            check_plain(entry.filename, data)
            yield entry.filename, new
    for sheet, part, tail in others:
        new = moved_rules(sheet, tail, growths)
        if new != tail:
            data = archive.read(part)
            check_start(part, data)
            check_plain(part, data)
            yield part, data[: len(data) - len(tail)] + new


def tails(archive: Archive, workbook: Workbook, touched: frozenset[str]) -> Iterator[tuple[str, str, bytes]]:
    """The sheets that are not edited themselves, each with its part and what stands in it after its rows.

    There may be sparklines and rules in it over a table that grew.
    """
    for sheet, part in workbook.sheets.items():
        if sheet not in touched and (tail := _tail([*archive.chunks(part)])):
            yield sheet, part, tail


def _tail(chunks: list[bytes]) -> bytes:
    """What stands after the rows, looked for from behind: the rows are nearly all of it."""
    data = b""
    while chunks:
        data = chunks.pop() + data
        end = _rows_end(data)
        if end is not None:
            return data[end:]
    return b""


def _rows_end(data: bytes) -> int | None:
    """Where the rows of a worksheet end, looked for from behind: the rows are nearly all of it."""
    at = len(data)
    while (at := data.rfind(b"sheetData", 0, at)) >= 0:
        found = _SHEET_END.match(data, data.rfind(b"<", 0, at))
        if found:
            return found.end()
    return None


def _refreshed(data: bytes, growths: Sequence[Growth], tables: dict[str, Growth]) -> bytes:
    """A pivot cache over one of the tables: its range moved, and refreshed when the workbook is opened."""
    source = tag_pattern(("worksheetSource",)).search(data)
    if not source or attribute(source[0], b"id"):
        return data
    name = unescape(attribute(source[0], b"name") or b"")
    sheet = unescape(attribute(source[0], b"sheet") or b"")
    reference = (attribute(source[0], b"ref") or b"").decode()
    there = [growth for growth in growths if growth.sheet.casefold() == sheet.casefold()]
    moved = moved_sqref(reference, there) if there else reference
    known = any(table.casefold() == name.casefold() for table in tables)
    if not known and moved == reference:
        return data
    if moved != reference:
        data = change_tags(
            data, ("worksheetSource",), lambda tag: with_attribute(tag, b"ref", moved.encode())
        )

    root = tag_pattern(("pivotCacheDefinition",)).search(
        data
    )  # the first: an extension has one of the same name
    if not root:
        return data
    return data[: root.start()] + with_attribute(root[0], b"refreshOnLoad", b"1") + data[root.end() :]


def moved_names(workbook: Workbook, data: bytes, growths: Sequence[Growth]) -> bytes:
    """The workbook part with defined names and print areas that follow the tables."""
    check_start(workbook.part, data)
    check_plain(workbook.part, data)

    def one(found: re.Match[bytes]) -> bytes:
        name = unescape(attribute(found[3], b"name") or b"")
        printed = name in _PRINTED
        old = unescape(found[4])
        new = moved_formula(old, growths, wide=printed, single=printed)
        return found[0] if new == old else found[1] + escape(new) + found[5]

    return _NAME.sub(one, data)
