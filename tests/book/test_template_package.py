"""Excel can open the package: an auditor's word for it, and our own checks of what the auditor misses."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from openxml_audit import OpenXmlValidator, predict

from debiteuren.book import layout
from debiteuren.book.shipped import template_bytes
from debiteuren.book.template.buttons import BUTTONS

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RIBBON = "{http://schemas.microsoft.com/office/2009/07/customui}"


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(template_bytes())) as package:
        names = package.namelist()
        assert len(names) == len(set(names))
        return {name: package.read(name) for name in names}


def _root(parts: dict[str, bytes], name: str) -> ET.Element:
    return ET.fromstring(parts[name])  # noqa: S314 - our own file


def _relations(parts: dict[str, bytes]) -> Iterator[tuple[str, str, str]]:
    """Part that refers, id, part it refers to."""
    for name in parts:
        if not name.endswith(".rels"):
            continue
        folder, file = posixpath.split(name)
        base = posixpath.dirname(folder)
        for each in _root(parts, name).iter(f"{PACKAGE}Relationship"):
            assert each.get("TargetMode") != "External"
            target = each.attrib["Target"]
            full = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
            yield posixpath.join(base, file.removesuffix(".rels")), each.attrib["Id"], full


SHEETS = [f"xl/worksheets/sheet{number}.xml" for number in range(1, len(layout.SHEETS) + 1)]


def test_the_auditor_expects_excel_to_open_it(tmp_path: Path) -> None:
    path = tmp_path / "Debiteuren.xlsm"
    path.write_bytes(template_bytes())
    result = OpenXmlValidator().validate(path)
    assert result.errors == []
    verdict = predict(result)
    assert "expected to open cleanly (no findings)" in verdict.headline


def test_every_part_has_a_content_type_and_no_type_is_for_nothing(parts: dict[str, bytes]) -> None:
    types = _root(parts, "[Content_Types].xml")
    defaults = {each.attrib["Extension"] for each in types.iter(f"{TYPES}Default")}
    overrides = {each.attrib["PartName"][1:] for each in types.iter(f"{TYPES}Override")}
    assert overrides <= parts.keys()
    for name in parts.keys() - {"[Content_Types].xml"}:
        assert name in overrides or name.rsplit(".", 1)[-1] in defaults


def test_every_relation_leads_somewhere_and_every_part_is_reached(parts: dict[str, bytes]) -> None:
    found = list(_relations(parts))
    assert len({(source, identity) for source, identity, _target in found}) == len(found)
    targets = {target for _source, _identity, target in found}
    assert targets <= parts.keys()
    assert {n for n in parts if not n.endswith(".rels")} - targets == {"[Content_Types].xml"}


def test_header_cells_are_the_column_names_and_unique(parts: dict[str, bytes]) -> None:
    strings = ["".join(text.text or "" for text in si.iter(f"{MAIN}t")) for si in
               _root(parts, "xl/sharedStrings.xml").iter(f"{MAIN}si")]  # fmt: skip
    ids: set[str] = set()
    seen = 0
    for source, _identity, target in _relations(parts):
        if not target.startswith("xl/tables/"):
            continue
        table = _root(parts, target)
        columns = [each.attrib["name"] for each in table.iter(f"{MAIN}tableColumn")]
        assert len({name.casefold() for name in columns}) == len(columns)
        first, last = table.attrib["ref"].split(":")
        row = int(re.sub(r"\D", "", first))
        cells = {c.attrib["r"]: c for c in _root(parts, source).iter(f"{MAIN}c")}
        start = _number(re.sub(r"\d", "", first))
        for offset, name in enumerate(columns):
            cell = cells[f"{_letters(start + offset)}{row}"]
            assert cell.attrib["t"] == "s"
            assert strings[int(cell.findtext(f"{MAIN}v") or -1)] == name
        assert _number(re.sub(r"\d", "", last)) == start + len(columns) - 1
        assert table.attrib["id"] not in ids
        ids.add(table.attrib["id"])
        seen += 1
    assert seen == len(layout.TABLES)


def test_rows_and_cells_ascend_and_point_at_styles_and_strings_that_exist(parts: dict[str, bytes]) -> None:
    styles = _root(parts, "xl/styles.xml")
    formats = len(_found(styles, "cellXfs"))
    highlights = len(_found(styles, "dxfs"))
    strings = len(list(_root(parts, "xl/sharedStrings.xml").iter(f"{MAIN}si")))
    for name in SHEETS:
        sheet = _root(parts, name)
        rows = [int(row.attrib["r"]) for row in sheet.iter(f"{MAIN}row")]
        assert rows == sorted(set(rows))
        assert min(rows) >= 1
        for row in sheet.iter(f"{MAIN}row"):
            places = [re.fullmatch(r"([A-Z]+)(\d+)", cell.attrib["r"]) for cell in row.iter(f"{MAIN}c")]
            columns = [_number(place[1]) for place in places if place]
            assert columns == sorted(set(columns))
            assert {place[2] for place in places if place} <= {row.attrib["r"]}
        for cell in sheet.iter(f"{MAIN}c"):
            assert int(cell.get("s", "0")) < formats
            if cell.get("t") == "s":
                assert int(cell.findtext(f"{MAIN}v") or -1) in range(strings)
        for column in sheet.iter(f"{MAIN}col"):
            assert int(column.get("style", "0")) < formats
        for rule in sheet.iter(f"{MAIN}cfRule"):
            assert int(rule.attrib["dxfId"]) < highlights
        order = [int(rule.attrib["priority"]) for rule in sheet.iter(f"{MAIN}cfRule")]
        assert len(set(order)) == len(order)


def test_styles_point_at_fonts_fills_and_borders_that_exist(parts: dict[str, bytes]) -> None:
    styles = _root(parts, "xl/styles.xml")
    for xf in _found(styles, "cellXfs"):
        for attribute, group in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
            assert int(xf.attrib[attribute]) < len(_found(styles, group))


def test_the_zip_says_nothing_of_the_day_it_was_made() -> None:
    with zipfile.ZipFile(io.BytesIO(template_bytes())) as package:
        assert package.testzip() is None
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in package.infolist()} == {zipfile.ZIP_STORED}


def test_the_ribbon_calls_macros_that_exist(parts: dict[str, bytes]) -> None:
    ribbon = _root(parts, "customUI/customUI14.xml")
    buttons = list(ribbon.iter(f"{RIBBON}button"))
    assert [(each.attrib["label"], each.attrib["onAction"]) for each in buttons] == [
        (button.label, f"Lint{button.macro}") for button in BUTTONS
    ]
    (tab,) = ribbon.iter(f"{RIBBON}tab")
    assert tab.attrib["label"] == "Debiteuren"
    assert all(each.attrib["supertip"] and each.attrib["imageMso"] for each in buttons)


def test_the_buttons_on_start_stay_off_paper_and_name_their_macro(parts: dict[str, bytes]) -> None:
    drawing = parts["xl/drawings/drawing1.xml"].decode("utf-8")
    shapes = re.findall(
        r'<xdr:sp macro="\[0\]!(\w+)".*?<a:t>(.*?)</a:t>.*?<xdr:clientData([^>]*)/>', drawing, re.DOTALL
    )
    assert shapes == [(button.macro, button.label, ' fPrintsWithSheet="0"') for button in BUTTONS]


@pytest.mark.parametrize(
    ("chart", "references"),
    [
        ("xl/charts/chart1.xml", ["Start!$B$35:$B$39", "Start!$C$35:$C$39"]),
        (
            "xl/charts/chart2.xml",
            ["Start!$H$35:$H$42", "Start!$I$35:$I$42", "Start!$H$35:$H$42", "Start!$J$35:$J$42"],
        ),
    ],
)
def test_the_charts_point_at_the_figures_of_start(
    parts: dict[str, bytes], chart: str, references: list[str]
) -> None:
    names = {
        each.attrib["name"]: each.text for each in _root(parts, "xl/workbook.xml").iter(f"{MAIN}definedName")
    }
    assert names["StartOuderdom"] == "Start!$B$35:$C$39"
    assert names["StartWeken"] == "Start!$H$35:$J$42"
    assert re.findall(r"<c:f>(.*?)</c:f>", parts[chart].decode("utf-8")) == references


def _found(styles: ET.Element, group: str) -> ET.Element:
    found = styles.find(f"{MAIN}{group}")
    assert found is not None
    assert int(found.attrib["count"]) == len(found)
    return found


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
