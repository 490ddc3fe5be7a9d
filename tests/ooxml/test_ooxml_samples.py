"""Workbooks made by real Excel: edited, compared element by element, and read by other programs."""

import datetime as dt
import zipfile
from collections import Counter
from pathlib import Path

import pytest
import python_calamine
import xlwings
from openxml_audit import OpenXmlValidator

from debiteuren.book.ooxml import CellValue, Package, Refused
from ooxml.ooxml_books import loaded
from ooxml.ooxml_checker import contents, dangling, differences

SAMPLES = Path(__file__).parents[2].parent / "shared" / "xlsx-samples"
SHIPPED = sorted(
    path for path in Path(xlwings.__file__).parent.rglob("*.xls[xm]") if not path.name.startswith(("~", "."))
)
BOOKS = [*sorted(SAMPLES.glob("*.xls[xm]")), *SHIPPED]
SLOW = ("poi_46535_extlink.xlsx", "oxs_RelPivot.xlsx", "cx_TablePivots.xlsx")  # seconds to minutes elsewhere
VALUES: dict[str, CellValue] = {"AZ3": "=tekst", "BA4": -1.25, "BB500": dt.date(2026, 11, 21), "AZ4": True}


def test_the_samples_are_there() -> None:
    if not SAMPLES.is_dir():
        pytest.skip(
            "the folder shared/xlsx-samples with workbooks made by Excel stands not beside the repository"
        )
    assert len(BOOKS) > 12


def _shown(path: Path, sheet: str) -> list[list[object]]:
    try:
        rows = (
            python_calamine.CalamineWorkbook.from_path(path)
            .get_sheet_by_name(sheet)
            .to_python(skip_empty_area=False)
        )
    except python_calamine.CalamineError as error:
        return [[str(error)]]
    return [list(row) for row in rows]


def _without(rows: list[list[object]], places: set[tuple[int, int]]) -> dict[tuple[int, int], object]:
    found = {(r, c): value for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1) if value != ""}
    return {place: value for place, value in found.items() if place not in places}


@pytest.mark.parametrize("sample", BOOKS, ids=lambda path: path.name)
def test_setting_cells_changes_nothing_else(sample: Path, tmp_path: Path) -> None:
    new = tmp_path / sample.name
    with zipfile.ZipFile(sample) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    with Package.open(sample) as package:
        sheet = next(iter(package.sheets()))
        package.set_cells(sheet, VALUES)
        package.save(new)
    found = differences(sample, new)
    touched = {line.split(":")[0] for line in found} - {"xl/workbook.xml"}
    assert len(touched) == 1
    part = touched.pop()
    assert part in sheets
    allowed = {f"{part}: {place}" for place in VALUES} | {f"{part}: row {row} new" for row in (3, 4, 500)}
    rest = {line for line in found - allowed if "@fullCalcOnLoad" not in line and "+calcPr" not in line}
    assert {line.split("@")[0] for line in rest} <= {f"{part}: worksheet/dimension"}
    assert {f"{part}: {place}" for place in VALUES} <= found
    assert dangling(new) <= dangling(sample)
    places = {(3, 52), (4, 53), (500, 54), (4, 52)}
    assert _without(_shown(new, sheet), places) == _without(_shown(sample, sheet), places)
    if sample.name in SLOW:
        return
    workbook = loaded(new)
    if sheet not in workbook.sheetnames:
        assert loaded(sample).sheetnames == workbook.sheetnames == []  # openpyxl cannot read this one at all
        return
    read = workbook[sheet]
    assert (read["AZ3"].value, read["AZ3"].data_type, read["BA4"].value) == ("=tekst", "s", -1.25)


INLINE = (
    "inline-string cell(s)"  # on purpose: text can then be nothing but text; Excel tidies it when it saves
)
REFUSED = {("poi_budget.xlsx", "tblIncome"): "de samengevoegde cellen B8:C8 liggen in de weg"}


def _tabled() -> list[tuple[Path, str]]:
    found = []
    for path in BOOKS:
        with Package.open(path) as package:
            found += [(path, name) for name in sorted(package.tables())[:3]]
    return found


@pytest.mark.parametrize(("sample", "table"), _tabled(), ids=lambda value: getattr(value, "name", value))
def test_tables_of_real_workbooks_grow(sample: Path, table: str, tmp_path: Path) -> None:
    new = tmp_path / sample.name
    if (sample.name, table) in REFUSED:
        with Package.open(sample) as package:
            package.append_rows(table, [{}])
            with pytest.raises(Refused, match=REFUSED[sample.name, table]):
                package.save(new)
        return
    with Package.open(sample) as package:
        info = package.tables()[table]
        package.append_rows(table, [{info.columns[0]: "nieuw 1"}, {info.columns[-1]: "nieuw 2"}])
        after = package.tables()[table]
        package.save(new)
    old_bottom, bottom = int(info.ref.rsplit(":")[1].strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), 0
    bottom = int(after.ref.rsplit(":")[1].strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    assert bottom - old_bottom in (1, 2)  # a table with one blank row has it filled first
    texts = {value for row in _shown(new, info.sheet) for value in row}
    assert {"nieuw 1", "nieuw 2"} <= texts
    if sample.name not in SLOW:
        assert loaded(new)[info.sheet].tables[table].ref == after.ref
    assert dangling(new) <= dangling(sample)
    unchanged = {name for name, data in contents(sample).items() if contents(new).get(name) == data}
    changed = contents(sample).keys() - unchanged
    assert all(
        name.startswith(("xl/worksheets/", "xl/tables/", "xl/charts/", "xl/pivotCache/pivotCacheDefinition"))
        or name
        in ("xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/calcChain.xml")
        for name in changed
    )


@pytest.mark.parametrize(("sample", "table"), _tabled(), ids=lambda value: getattr(value, "name", value))
def test_tables_of_real_workbooks_lose_their_last_row(sample: Path, table: str, tmp_path: Path) -> None:
    new = tmp_path / sample.name
    with Package.open(sample) as package:
        info = package.tables()[table]
        top, bottom = (int(place.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for place in info.ref.split(":"))
        try:
            package.delete_rows(table, [1])
            package.save(new)
        except Refused as refusal:
            assert "Blad " in str(refusal) or "de regels zijn 0 tot en met 0" in str(refusal)  # noqa: PT017
            return
    with Package.open(new) as package:
        assert package.tables()[table].ref.rsplit(":")[1].endswith(str(bottom - 1))
    before, after = _shown(sample, info.sheet), _shown(new, info.sheet)
    assert before[: top + 1] == after[: top + 1]  # the heading and the first row
    assert before[bottom:] == after[bottom:]
    assert dangling(new) <= dangling(sample)


@pytest.mark.parametrize("sample", [path for path in BOOKS if path.name not in SLOW], ids=lambda p: p.name)
def test_the_audit_finds_nothing_new(sample: Path, tmp_path: Path) -> None:
    new = tmp_path / sample.name
    with Package.open(sample) as package:
        package.set_cells(next(iter(package.sheets())), VALUES)
        for name, info in package.tables().items():
            if (sample.name, name) not in REFUSED:
                package.append_rows(name, [{info.columns[0]: "nieuw"}])
        package.save(new)
    old_errors, new_errors = (
        Counter((e.part_uri, e.description) for e in OpenXmlValidator().validate(p).errors)
        for p in (sample, new)
    )
    extra = {error: count for error, count in (new_errors - old_errors).items() if INLINE not in error[1]}
    assert extra == {}
