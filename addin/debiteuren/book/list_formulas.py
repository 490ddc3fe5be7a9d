"""Cells of a list's workbook that show no value: errors, and formulas that nobody worked out.

Answers: which cells only look empty to calamine. A program that writes a formula without its outcome leaves
it to Excel to work out; until Excel has saved the file, there is no amount to read.
Source: ECMA-376 part 1, 18.3.1.4 (c: t, v) and 18.3.1.40 (f).
Leaves to others: what an empty cell means (lists.py).
"""

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from debiteuren.book.workbook import CellFault

NO_OUTCOME = CellFault("een formule zonder uitkomst")

_CELL = re.compile(
    rb"<(?:[\w.-]+:)?c\s(?P<attributes>[^>]*?)(?:/>|>(?P<inside>(?:(?!</?(?:[\w.-]+:)?c[\s>]).)*))",
    re.DOTALL,
)
_REFERENCE = re.compile(rb"(?:^|\s)r=[\"'](?P<column>[A-Z]{1,3})(?P<row>\d{1,7})[\"']")
_TYPE = re.compile(rb"(?:^|\s)t=[\"'](?P<type>\w+)[\"']")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s>/]")
_VALUE = re.compile(rb"<(?:[\w.-]+:)?v>(?P<text>[^<]+)<")
_RELATIONSHIP = re.compile(r"\{.*/relationships\}id")
Place = tuple[int, int]
"""Row and column, from 0."""


def faults_of(data: bytes, sheet: str) -> dict[Place, CellFault]:
    """The cells of this sheet with an error or a formula without outcome, by their place."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        part = _part_of(package, sheet)
        return dict(_faults(package.read(part))) if part in package.namelist() else {}


def _faults(part: bytes) -> Iterator[tuple[Place, CellFault]]:
    for cell in _CELL.finditer(part):
        place = _REFERENCE.search(cell["attributes"])
        if place is None:
            continue
        kind, inside = _TYPE.search(cell["attributes"]), cell["inside"] or b""
        word, value = kind["type"] if kind else b"n", _VALUE.search(inside)
        where = int(place["row"]) - 1, _number(place["column"]) - 1
        if word == b"e":
            yield (
                where,
                CellFault(html.unescape(value["text"].decode("utf-8", "replace") if value else "#FOUT!")),
            )
        elif word != b"str" and value is None and _FORMULA.search(inside):
            yield where, NO_OUTCOME


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _part_of(package: zipfile.ZipFile, sheet: str) -> str:
    """The part of a sheet, '' when the package does not say."""
    root = _tree(package, "_rels/.rels")
    workbook = next(
        (
            link.get("Target", "").lstrip("/")
            for link in root
            if link.get("Type", "").endswith("/officeDocument")
        ),
        "",
    )
    folder, name = posixpath.split(workbook)
    targets = {
        link.get("Id"): link.get("Target", "")
        for link in _tree(package, posixpath.join(folder, "_rels", name + ".rels"))
    }
    for found in _tree(package, workbook).iterfind("{*}sheets/{*}sheet"):
        if found.get("name") == sheet:
            link = next((value for key, value in found.items() if _RELATIONSHIP.fullmatch(key)), None)
            target = posixpath.join("/", folder, targets.get(link, ""))
            return posixpath.normpath(target).lstrip("/")
    return ""


def _tree(package: zipfile.ZipFile, part: str) -> ET.Element:
    """The XML of a part; nothing when it is not there or has a DOCTYPE, which no office program writes."""
    data = package.read(part) if part in package.namelist() else b""
    if not data or b"<!DOCTYPE" in data:
        return ET.Element("nothing")
    return ET.fromstring(data)  # noqa: S314 - no DOCTYPE, see above
