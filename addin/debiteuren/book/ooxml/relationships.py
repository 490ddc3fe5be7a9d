"""How the parts of a package hang together: relationships and content types.

ECMA-376 part 2, 6.5 (relationships) and 7.2.3 (content types). Relationship types end alike in the
transitional and the strict form of the standard (part 1 and part 4), so only the last word is compared.
"""

import posixpath
import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from .archive import Archive
from .markup import attribute, check_plain, check_start, tag_pattern, unescape
from .refusals import NotAWorkbook

CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class Relationship:
    """One arrow from a part to another part of the same package."""

    id: str
    kind: str  # the last word of the type: worksheet, table, calcChain
    target: str


def parse(archive: Archive, part: str) -> ET.Element:
    """A small part as a tree, for reading only; document types are refused."""
    data = archive.read(part)
    if b"<!DOCTYPE" in data:
        raise NotAWorkbook(
            f"{archive.path.name}: het onderdeel {part} bevat een DOCTYPE; dat mag niet in een werkmap."
        )
    try:
        return ET.fromstring(data)  # noqa: S314 - no document type, so no entities
    except ET.ParseError as error:
        raise NotAWorkbook(
            f"{archive.path.name} is beschadigd: het onderdeel {part} is geen geldige XML. "
            "Zet een reservekopie terug."
        ) from error


def rels_name(part: str) -> str:
    """The part in which the relationships of a part stand."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relationships(archive: Archive, part: str) -> tuple[Relationship, ...]:
    """The relationships of a part ("" = of the package) to other parts, links to outside left out."""
    name = rels_name(part)
    if name not in archive:
        return ()
    folder = posixpath.dirname(part)
    found = []
    for element in parse(archive, name):
        target = element.get("Target", "")
        if element.get("TargetMode") == "External" or not target:
            continue
        place = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join(folder, target))
        )
        kind = element.get("Type", "").rsplit("/", 1)[-1]
        found.append(Relationship(id=element.get("Id", ""), kind=kind, target=place))
    return tuple(found)


class ContentTypes:
    """Which part holds what: overrides by name, defaults by extension."""

    def __init__(self, archive: Archive) -> None:
        self._overrides: dict[str, str] = {}
        self._defaults: dict[str, str] = {}
        for element in parse(archive, CONTENT_TYPES):
            kind = element.get("ContentType", "")
            if element.tag.endswith("}Override"):
                self._overrides[element.get("PartName", "").lstrip("/").lower()] = kind
            elif element.tag.endswith("}Default"):
                self._defaults[element.get("Extension", "").lower()] = kind

    def of(self, part: str) -> str:
        """The content type of a part, empty when the package does not say."""
        extension = part.rsplit(".", 1)[-1].lower()
        return self._overrides.get(part.lower(), self._defaults.get(extension, ""))


def without_part(name: str, data: bytes, part: str, folder: str) -> bytes:
    """A .rels or content types part without the element that names another part."""
    check_start(name, data)
    check_plain(name, data)

    def one(found: re.Match[bytes]) -> bytes:
        value = attribute(found[0], b"PartName") or attribute(found[0], b"Target") or b""
        target = unescape(value)
        place = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        return b"" if place.lower() == part.lower() else found[0]

    empty = tag_pattern(("Override", "Relationship"))
    return empty.sub(one, data)
