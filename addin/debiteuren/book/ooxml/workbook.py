"""The workbook part: which sheets there are, which calendar, defined names and calculation.

ECMA-376 part 1: 18.2.27 (workbook, the order of its children), 18.2.19 (sheet), 18.2.28 (workbookPr),
18.2.2 (calcPr), 18.2.5 (definedName).
"""

import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from .archive import Archive
from .markup import ATTRIBUTES, attribute, check_plain, check_start, tag_pattern, with_attribute
from .recognise import refuse_other_packages
from .refusals import NotAWorkbook
from .relationships import ContentTypes, Relationship, parse, relationships

_BEFORE_CALCULATION = ("definedNames", "externalReferences", "functionGroups", "sheets")


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the workbook part says, as far as the editor needs it."""

    part: str
    sheets: dict[str, str]  # name of the sheet -> its part, worksheets only, in the order of the tabs
    others: frozenset[str]  # chart, dialog and macro sheets
    order: tuple[str, ...]  # names of all sheets, as localSheetId counts them
    date1904: bool
    links: tuple[Relationship, ...]
    content_types: ContentTypes

    def linked(self, kind: str) -> tuple[str, ...]:
        """The parts the workbook has a relationship of this kind to."""
        return tuple(link.target for link in self.links if link.kind == kind)


def read_workbook(archive: Archive) -> Workbook:
    """The workbook part of a package; NotAWorkbook when there is none."""
    name = archive.path.name
    if "[Content_Types].xml" not in archive:
        raise NotAWorkbook(f"{name} is een gewoon zipbestand en geen Excel-werkmap (.xlsx of .xlsm).")
    types = ContentTypes(archive)
    part = next((link.target for link in relationships(archive, "") if link.kind == "officeDocument"), "")
    refuse_other_packages(types.of(part), name)
    root = parse(archive, part)
    namespace = root.tag.removesuffix("workbook")
    links = relationships(archive, part)
    targets = {link.id: link for link in links}
    sheets: dict[str, str] = {}
    order: list[str] = []
    for element in root.iterfind(f"{namespace}sheets/{namespace}sheet"):
        title = element.get("name", "")
        order.append(title)
        link = targets.get(_relationship_id(element))
        if link is not None and link.kind == "worksheet":
            sheets[title] = link.target
    properties = root.find(f"{namespace}workbookPr")
    return Workbook(
        part=part,
        sheets=sheets,
        others=frozenset(order) - sheets.keys(),
        order=tuple(order),
        date1904=properties is not None and properties.get("date1904") in ("1", "true", "on"),
        links=links,
        content_types=types,
    )


def _relationship_id(element: ET.Element) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("}id")), "")


def calculated_on_load(part: str, data: bytes) -> bytes:
    """The workbook part, told to work everything out when it is opened."""
    check_start(part, data)
    check_plain(part, data)
    found = tag_pattern(("calcPr",)).search(data)
    if found:
        if attribute(found[0], b"fullCalcOnLoad") in (b"1", b"true"):
            return data
        return data[: found.start()] + with_attribute(found[0], b"fullCalcOnLoad", b"1") + data[found.end() :]
    for name in _BEFORE_CALCULATION:
        ending = re.search(
            rb"</([A-Za-z_][\w.-]*:)?%b\s*>|<([A-Za-z_][\w.-]*:)?%b%b\s*/>"
            % (name.encode(), name.encode(), ATTRIBUTES),
            data,
        )
        if ending:
            prefix = ending[1] or ending[2] or b""
            return data[: ending.end()] + b'<%bcalcPr fullCalcOnLoad="1"/>' % prefix + data[ending.end() :]
    raise NotAWorkbook(f"Het onderdeel {part} noemt geen bladen.")
