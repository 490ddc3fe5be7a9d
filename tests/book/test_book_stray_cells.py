"""A stray cell far away on a sheet of ours eats no memory: the workbook is read and written all the same."""

import re
import resource
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from debiteuren.book import stray_cells
from debiteuren.book.closed import ClosedWorkbook
from debiteuren.book.ooxml import CellValue, Package
from debiteuren.book.shipped import template_bytes
from debiteuren.book.workbook import Changes
from debiteuren.domain.sheet_extent import MOST_CELLS

INVOICE: dict[str, CellValue] = {
    "Factuurnummer": "F1",
    "Debiteurnummer": "D1",
    "Factuurdatum": date(2026, 10, 1),
    "Bedrag": 10.0,
}


def _book(folder: Path, *places: tuple[str, str]) -> Path:
    path = folder / "Boek.xlsm"
    path.write_bytes(template_bytes())
    with Package.open(path) as package:
        package.append_rows("tblFacturen", [INVOICE])
        for sheet, place in places:
            package.set_cells(sheet, {place: "ver"})
        package.save()
    return path


def _without_dimensions(path: Path) -> None:
    """As programs write it that leave the dimension out."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, re.sub(rb"<dimension[^>]*/>", b"", data))


@pytest.mark.parametrize("sheet", ["Facturen", "Instellingen"])
@pytest.mark.parametrize("dimension", [True, False])
@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "XFD2000", "ZZ900000"])
def test_the_workbook_is_read_and_written_in_spite_of_it(
    tmp_path: Path, sheet: str, place: str, *, dimension: bool
) -> None:
    path = _book(tmp_path, (sheet, place))
    if not dimension:
        _without_dimensions(path)
    program = (
        "import sys; from pathlib import Path; from debiteuren.book.closed import ClosedWorkbook\n"
        "contents = ClosedWorkbook(Path(sys.argv[1])).read()\n"
        "grid = contents.grids['tblFacturen']\n"
        "print(len(grid.rows), grid.rows[0][:1], contents.names['MinDagenTussenBerichten'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30)),
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "1 ['F1'] 5.0\n"), done.stderr[-500:]
    book = ClosedWorkbook(path)
    book.read()
    book.write(Changes(columns={("tblFacturen", "Status"): ["Te laat"]}))
    with zipfile.ZipFile(path) as package:
        found = [name for name in package.namelist() if f'r="{place}"'.encode() in package.read(name)]
    assert len(found) == 1  # still there
    read = ClosedWorkbook(path).read().grids["tblFacturen"]
    assert read.rows[0][read.columns.index("Status")] == "Te laat"


@pytest.mark.parametrize("limit", [MOST_CELLS, 0])
def test_a_usual_workbook_reads_the_same_either_way(
    tmp_path: Path, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _book(tmp_path, ("Facturen", "AZ9"))
    expected = ClosedWorkbook(path).read()
    monkeypatch.setattr(stray_cells, "MOST_CELLS", limit)
    assert ClosedWorkbook(path).read() == expected


@pytest.mark.parametrize(("cells", "far"), [("A2:T1000001", True), ("A2:T1000000", False)])
def test_the_dimension_of_a_large_sheet_is_believed(
    tmp_path: Path, cells: str, monkeypatch: pytest.MonkeyPatch, *, far: bool
) -> None:
    path = _book(tmp_path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, re.sub(rb'(<dimension ref=)"[^"]*"', rb'\1"%b"' % cells.encode(), data))
    monkeypatch.setattr(stray_cells, "_LOOKED_THROUGH", 0)
    found = stray_cells.without_stray_cells(path, {"Facturen": ["A4:U5"]})
    assert (found is not None) == far
