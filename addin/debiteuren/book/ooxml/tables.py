"""Tables: their names, places and columns, and their part with other bounds.

ECMA-376 part 1: 18.5.1.2 (table), 18.5.1.3 (tableColumn), 18.5.1.1 (calculatedColumnFormula),
18.3.1.2 (autoFilter), 18.3.1.92 (sortState). Names of columns are escaped as bstr (22.4.2.4).
"""

import re
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree import ElementTree as ET

from .archive import Archive
from .growth import Growth
from .markup import attribute, change_tags, check_plain, check_start, with_attribute
from .references import Area
from .refusals import Refused
from .relationships import parse, relationships
from .values import Formula

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class TableInfo(NamedTuple):
    """A table as callers see it; `calculated` are the columns with a formula of their own."""

    sheet: str
    ref: str
    columns: tuple[str, ...]
    calculated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the file has it."""

    name: str
    sheet: str
    part: str
    area: Area
    headers: int
    totals: int
    columns: tuple[str, ...]
    formulas: tuple[Formula | None, ...]
    waits: bool = False  # its one row is there to be typed in, and is no data yet (insertRow)

    @property
    def first(self) -> int:
        """The first data row."""
        return self.area.top + self.headers

    @property
    def last(self) -> int:
        """The last data row; one less than the first when there is none."""
        return self.area.bottom - self.totals

    def column(self, name: str) -> int:
        """The column of the sheet in which a column of the table stands."""
        try:
            return self.area.left + self.columns.index(name)
        except ValueError:
            pass
        folded = [column.casefold() for column in self.columns]
        if name.casefold() in folded:
            return self.area.left + folded.index(name.casefold())
        raise Refused(
            f'Tabel {self.name} op blad {self.sheet} heeft geen kolom "{name}". De kolommen zijn: '
            f"{', '.join(self.columns)}."
        )


def read_tables(archive: Archive, sheets: dict[str, str]) -> dict[str, Table]:
    """All tables of the workbook, by name."""
    found: dict[str, Table] = {}
    for sheet, part in sheets.items():
        for link in relationships(archive, part):
            if link.kind == "table":
                table = _table(sheet, link.target, parse(archive, link.target))
                found[table.name] = table
    return found


def _formula(column: ET.Element, namespace: str) -> Formula | None:
    element = column.find(f"{namespace}calculatedColumnFormula")
    if element is None or not element.text:
        return None
    return Formula(element.text, array=element.get("array") in ("1", "true"))


def _table(sheet: str, part: str, root: ET.Element) -> Table:
    namespace = root.tag.removesuffix("table")
    columns = root.findall(f"{namespace}tableColumns/{namespace}tableColumn")
    area = Area.parse(root.get("ref", ""))
    name = root.get("displayName") or root.get("name") or ""
    if area is None or not name or area.right - area.left + 1 != len(columns):
        raise Refused(f"De tabel in {part} (blad {sheet}) heeft een ongeldig bereik of te weinig kolommen.")
    return Table(
        name=name,
        sheet=sheet,
        part=part,
        area=area,
        headers=int(root.get("headerRowCount", "1")),
        totals=int(root.get("totalsRowCount", "0")),
        columns=tuple(
            _ESCAPED.sub(lambda code: chr(int(code[1], 16)), column.get("name", "")) for column in columns
        ),
        formulas=tuple(_formula(column, namespace) for column in columns),
        waits=root.get("insertRow") in ("1", "true"),
    )


def resized(part: str, data: bytes, growth: Growth) -> bytes:
    """The table's part with its bounds, filter and sort order ending where the data ends now."""
    check_start(part, data)
    check_plain(part, data)

    def one(tag: bytes) -> bytes:
        reference = attribute(tag, b"ref")
        if reference is not None:
            tag = with_attribute(tag, b"ref", growth.moved(reference.decode()).encode())
        return tag

    return change_tags(data, ("table", "autoFilter", "sortState", "sortCondition"), one)


def begun(part: str, data: bytes) -> bytes:
    """The table's part when its first row has become data (18.5.1.2, insertRow)."""
    check_start(part, data)
    check_plain(part, data)

    def one(tag: bytes) -> bytes:
        for name in (b"insertRow", b"insertRowShift"):
            if attribute(tag, name) is not None:
                tag = with_attribute(tag, name, b"0")
        return tag

    return change_tags(data, ("table",), one)
