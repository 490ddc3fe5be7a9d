"""What calamine does not tell of a closed workbook: where defined names point, which cells show an error.

Source: ECMA-376 part 1, 18.2.5 (definedName), 18.3.1.4 (c, t="e"); part 2, 9.3 (relationships).
"""

import posixpath
import re
import zipfile
from collections.abc import Collection
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

_PLACE = re.compile(
    r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<bare>[^'!]+))!\$?(?P<column>[A-Z]{1,3})\$?(?P<row>\d+)"
)
_ERROR_MARKS = (b't="e"', b"t='e'")
_ERROR_MARK = re.compile(rb"\st=[\"']e[\"']")
_CELL = re.compile(
    rb"<(?:[\w.-]+:)?c\s(?P<attributes>[^>]*?)/?>(?:(?!</?(?:[\w.-]+:)?c[\s>]).)*?"
    rb"<(?:[\w.-]+:)?v>(?P<text>[^<]*)<",
    re.DOTALL,
)
_REFERENCE = re.compile(rb"\br=[\"'](?P<column>[A-Z]{1,3})(?P<row>\d+)[\"']")
_PIECE = 1 << 20
_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATIONSHIP = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def letters(column: int) -> str:
    """The letters of a column counted from 1.

    >>> letters(1), letters(27)
    ('A', 'AA')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _number(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


def first_column(reference: str) -> int:
    """The column (from 1) where a reference such as B4:U10 begins."""
    return _number("".join(letter for letter in reference.partition(":")[0] if letter.isalpha()))


def _workbook(archive: zipfile.ZipFile) -> tuple[str, ET.Element]:
    """The workbook part; Package.open has refused documents with a DOCTYPE."""
    root = ET.fromstring(archive.read("_rels/.rels"))  # noqa: S314 - no DOCTYPE, see above
    part = next(link.get("Target", "") for link in root if link.get("Type", "").endswith("/officeDocument"))
    part = part.lstrip("/")
    return part, ET.fromstring(archive.read(part))  # noqa: S314 - no DOCTYPE, see above


def last_cell(reference: str) -> tuple[int, int]:
    """Row and column (from 1) where a reference such as B4:U10 ends.

    >>> last_cell("B4:U10"), last_cell("C3")
    ((10, 21), (3, 3))
    """
    end = reference.rpartition(":")[2]
    name = end.rstrip("0123456789")
    return int(end[len(name) :]), _number(name)


def defined_names(path: Path) -> tuple[dict[str, tuple[str, int, int]], date]:
    """Name → sheet, row and column (from 1) of its top left cell; and day 0 of the workbook's dates."""
    with zipfile.ZipFile(path) as archive:
        _, workbook = _workbook(archive)
    places: dict[str, tuple[str, int, int]] = {}
    for name in workbook.iterfind(".//{*}definedName"):
        found = _PLACE.match(name.text or "")
        if found:
            sheet = (found["quoted"] or found["bare"]).replace("''", "'")
            places[name.get("name", "")] = sheet, int(found["row"]), _number(found["column"])
    properties = workbook.find("{*}workbookPr")
    is_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
    return places, date(1904, 1, 1) if is_1904 else date(1899, 12, 30)


def error_cells(path: Path, sheets: Collection[str]) -> dict[str, list[tuple[int, int, str]]]:
    """Sheet → row, column (from 1) and text (#N/A) of each cell with an error; only sheets that have any."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    with zipfile.ZipFile(path) as archive:
        for sheet, part in sheet_parts(archive).items():
            if sheet in sheets and _mentions_error(archive, part):
                found[sheet] = list(_errors(archive.read(part)))
    return found


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet → its part, of those that have one."""
    part, workbook = _workbook(archive)
    folder, name = posixpath.split(part)
    links = ET.fromstring(archive.read(posixpath.join(folder, "_rels", name + ".rels")))  # noqa: S314 - as above
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    parts = {}
    for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
        target = targets.get(sheet.get(_RELATIONSHIP) or sheet.get(_STRICT_RELATIONSHIP)) or ""
        parts[sheet.get("name", "")] = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    present = set(archive.namelist())
    return {sheet: target for sheet, target in parts.items() if target in present}


def _mentions_error(archive: zipfile.ZipFile, part: str) -> bool:
    """Whether t="e" stands in the part at all: most have none, and looking is much cheaper than parsing."""
    tail = b""
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            if any(mark in piece or mark in tail + piece[:8] for mark in _ERROR_MARKS):
                return True
            tail = piece[-8:]
    return False


def _errors(data: bytes) -> list[tuple[int, int, str]]:
    found = []
    for cell in _CELL.finditer(data):
        attributes = b" " + cell["attributes"]
        place = _REFERENCE.search(attributes)
        if place and _ERROR_MARK.search(attributes):
            found.append(
                (
                    int(place["row"]),
                    _number(place["column"].decode()),
                    cell["text"].decode("utf-8", "replace"),
                )
            )
    return found
