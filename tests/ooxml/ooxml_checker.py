"""Compares two packages part by part and element by element. Knows nothing of the editor under test."""

import zipfile
from itertools import pairwise
from pathlib import Path

from lxml import etree

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"


def raw_entries(path: Path) -> dict[str, bytes]:
    """Every entry's local header, data and all, up to the next one, in the order of the central directory."""
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        assert len({info.filename for info in infos}) == len(infos), "double names"
        starts = sorted([info.header_offset for info in infos] + [archive.start_dir])
        data = path.read_bytes()
        ends = dict(pairwise(starts))
        return {info.filename: data[info.header_offset : ends[info.header_offset]] for info in infos}


def described(path: Path) -> dict[str, tuple[object, ...]]:
    """What the central directory says of every entry, apart from its place."""
    with zipfile.ZipFile(path) as archive:
        return {
            info.filename: (
                info.date_time, info.compress_type, info.comment, info.extra, info.create_system,
                info.create_version, info.internal_attr, info.external_attr, info.CRC, info.file_size,
            )
            for info in archive.infolist()
        }  # fmt: skip


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def differences(before: Path, after: Path) -> set[str]:
    """Every difference as "part: what"; the cells of a worksheet by their reference."""
    old_raw, new_raw = raw_entries(before), raw_entries(after)
    old_all, new_all = contents(before), contents(after)
    about_old, about_new = described(before), described(after)
    found: set[str] = {f"{name}: gone" for name in old_all.keys() - new_all.keys()}
    found |= {f"{name}: new" for name in new_all.keys() - old_all.keys()}
    kept = [name for name in old_all if name in new_all]
    assert [name for name in new_all if name in old_all] == kept, "another order"
    for name in kept:
        if old_raw[name] == new_raw[name]:
            assert about_old[name] == about_new[name], f"{name}: described otherwise"
            continue
        assert about_old[name][0] == about_new[name][0], f"{name}: another date"
        assert about_old[name][4:8] == about_new[name][4:8], f"{name}: other attributes"
        if old_all[name] == new_all[name]:
            found.add(f"{name}: only compressed anew")
            continue
        compared = _compare(old_all[name], new_all[name])
        assert compared, f"{name}: bytes differ where no element does"
        found |= {f"{name}: {line}" for line in compared}
    return found


def _compare(old: bytes, new: bytes) -> set[str]:
    one, two = etree.fromstring(old), etree.fromstring(new)
    found: set[str] = set()
    for namespace in (SHEET, STRICT):
        first, second = one.find(f"{namespace}sheetData"), two.find(f"{namespace}sheetData")
        if first is not None and second is not None:
            found |= _rows(first, second)
            for row in (*first, *second):
                row.getparent().remove(row)
    return found | _elements(one, two, etree.QName(one).localname)


def _rows(first: etree._Element, second: etree._Element) -> set[str]:
    one, two = _numbered(first), _numbered(second)
    found = {f"row {number} gone" for number in one.keys() - two.keys()}
    found |= {f"row {number} new" for number in two.keys() - one.keys()}
    empty = etree.Element("row")
    for number in two:
        old, new = one.get(number, empty), two[number]
        if number in one and sorted(old.items()) != sorted(new.items()):
            found.add(f"row {number} attributes")
        if len(old) == len(new) and etree.tostring(old, with_tail=False) == etree.tostring(
            new, with_tail=False
        ):
            continue
        cells, others = _cells(old, number), _cells(new, number)
        assert list(others) == sorted(others, key=lambda place: (len(place), place)), "cells out of order"
        found |= {
            place
            for place in cells.keys() | others.keys()
            if _text(cells.get(place)) != _text(others.get(place))
        }
    return found


def _numbered(data: etree._Element) -> dict[int, etree._Element]:
    rows: dict[int, etree._Element] = {}
    number = 0
    for row in data:
        following = int(row.get("r", number + 1))
        assert following > number, "rows out of order"
        number = following
        rows[number] = row
    return rows


def _letters(number: int) -> str:
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def _cells(row: etree._Element, number: int) -> dict[str, etree._Element]:
    cells: dict[str, etree._Element] = {}
    column = 0
    for element in row:
        if etree.QName(element).localname != "c":
            continue
        name = element.get("r")
        letters = (name or "").rstrip("0123456789")
        column = sum((ord(x) - 64) * 26**i for i, x in enumerate(reversed(letters))) if name else column + 1
        cells[f"{_letters(column)}{number}"] = element
    return cells


def _text(element: etree._Element | None) -> bytes:
    if element is None:
        return b""
    copy = etree.fromstring(etree.tostring(element, with_tail=False))
    if "r" in copy.attrib:
        del copy.attrib["r"]
    return etree.tostring(copy, method="c14n")


def _elements(one: etree._Element, two: etree._Element, path: str) -> set[str]:
    found: set[str] = set()
    for name in {*one.attrib, *two.attrib}:
        if one.get(name) != two.get(name):
            found.add(f"{path}@{etree.QName(name).localname} {one.get(name)} -> {two.get(name)}")
    if (one.text or "") != (two.text or ""):
        found.add(f"{path} {one.text} -> {two.text}")
    first, second = list(one), list(two)
    if [child.tag for child in first] != [child.tag for child in second]:
        old = [str(etree.QName(child).localname) for child in first]
        new = [str(etree.QName(child).localname) for child in second]
        gone, added = list(old), list(new)
        for tag in old:
            if tag in added:
                added.remove(tag)
                gone.remove(tag)
        found.add(f"{path} children -{','.join(gone)} +{','.join(added)}")
        return found
    for child, other in zip(first, second, strict=True):
        found |= _elements(child, other, f"{path}/{etree.QName(child).localname}")
    return found


def dangling(path: Path) -> set[str]:
    """Relationships to parts that are not there, parts without a content type, overrides of nothing."""
    parts = contents(path)
    lower = {name.lower() for name in parts}
    found: set[str] = set()
    types = etree.fromstring(parts["[Content_Types].xml"])
    overrides = {e.get("PartName", "")[1:].lower() for e in types if e.get("PartName")}
    extensions = {e.get("Extension", "").lower() for e in types if e.get("Extension")}
    found |= {f"override of {name}" for name in overrides - lower}
    for name in parts:
        if name.endswith("/") or name == "[Content_Types].xml":
            continue
        if name.lower() not in overrides and name.rsplit(".", 1)[-1].lower() not in extensions:
            found.add(f"no type for {name}")
        if name.endswith(".rels"):
            folder = Path(name).parent.parent
            for e in etree.fromstring(parts[name]):
                target = e.get("Target", "")
                if e.get("TargetMode") == "External":
                    continue
                place = target[1:] if target.startswith("/") else _normal(folder, target)
                if place.lower() not in lower:
                    found.add(f"{name} -> {target}")
    return found


def _normal(folder: Path, target: str) -> str:
    out: list[str] = []
    for piece in [*folder.parts, *target.split("/")]:
        if piece == "..":
            out.pop()
        elif piece != ".":
            out.append(piece)
    return "/".join(out)
