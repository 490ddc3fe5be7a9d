"""The day's work on a workbook that its user made much worse: all of it goes, and what is hers stays hers."""

import re
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from commands import run
from debiteuren.book.closed import ClosedWorkbook
from debiteuren.book.ooxml import Package
from debiteuren.demo.company import demo_bank_files
from debiteuren.new_workbook import create
from libreoffice import Office
from office_documents import opened, values
from ooxml.ooxml_checker import contents, dangling
from worse_workbook import OWN, TITLE, worsen

ON = date(2026, 11, 21)
DAY = ("--peildatum", ON.isoformat())
INVOICES = "xl/worksheets/sheet3.xml"
COMPUTED = {
    "Betaald", "Openstaand", "Dagen te laat", "Ouderdom", "Status", "Volgende actie", "Actie op", "Waarom"
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook before and after each command, as 0.xlsm, 1.xlsm and so on."""
    folder = tmp_path_factory.mktemp("erger")
    path = create(folder / "Boek.xlsm", demo_on=ON)
    worsen(path)
    assert dangling(path) == set()
    files = folder / "bank"
    files.mkdir()
    for name, data in demo_bank_files(ON).items():
        (files / name).write_bytes(data)
    states = [path.read_bytes()]

    def step(*words: str | Path) -> None:
        done = run(*words)
        assert done.code == 0, done.err
        states.append(path.read_bytes())

    step("importeer", path, *sorted(files.iterdir()), *DAY)
    step("bijwerken", path, "--peildatum", "2026-11-22")
    step("herinneringen", path, *DAY, "--zonder-bank")
    grid = ClosedWorkbook(path).read().grids["tblFacturen"]
    rows = [dict(zip(grid.columns, row, strict=True)) for row in grid.rows]
    late = next(row for row in rows if row["Status"] == "Te laat")
    step(
        "regeling", path, "--debiteur", str(late["Debiteurnummer"]), "--facturen", str(late["Factuurnummer"]),
        "--termijnen", "2", "--eerste", "2026-12-01", "--voorwaarden", "Op tijd betalen.", *DAY,
    )  # fmt: skip
    for number, data in enumerate(states):
        (folder / f"{number}.xlsm").write_bytes(data)
    return folder


def test_each_command_is_taken_back_to_the_byte(folder: Path) -> None:
    path = folder / "Boek.xlsm"
    for number in range(3, -1, -1):
        done = run("ongedaan", path)
        assert done.code == 0, done.err
        assert path.read_bytes() == (folder / f"{number}.xlsm").read_bytes()


def _changed(folder: Path) -> dict[str, tuple[bytes, bytes]]:
    before, after = contents(folder / "0.xlsm"), contents(folder / "4.xlsm")
    assert before.keys() == after.keys()
    return {name: (data, after[name]) for name, data in before.items() if data != after[name]}


def test_no_part_of_the_users_own_changes_but_what_follows_our_tables(folder: Path) -> None:
    changed = _changed(folder)
    ours = re.compile(r"xl/(worksheets/sheet\d\d?|tables/table\d+|workbook)\.xml")
    others = {name for name in changed if not ours.fullmatch(name)}
    charts = {f"xl/charts/chart{100 + number}.xml" for number in range(2, 31, 2)}
    assert others == charts | {"xl/pivotCache/pivotCacheDefinition1.xml"}
    for name in charts:
        before, after = changed[name]
        rows = re.search(rb"Koppelingen!\$C\$5:\$C\$(\d+)", after)
        assert rows
        assert int(rows[1]) > 5
        assert after.replace(rows[0], b"Koppelingen!$C$5:$C$5") == before
    before, after = changed["xl/pivotCache/pivotCacheDefinition1.xml"]
    assert after.replace(b' refreshOnLoad="1"', b"") == before
    assert dangling(folder / "4.xlsm") == set()


def test_of_her_invoices_only_the_computed_columns_change(folder: Path) -> None:
    before, after = _changed(folder)[INVOICES]
    one, two = etree.fromstring(before), etree.fromstring(after)
    with Package.open(folder / "0.xlsm") as package:
        info = package.tables()["tblFacturen"]
    assert info.sheet == TITLE
    assert set(OWN) < set(info.columns)
    cells, others = (
        {cell.get("r", ""): etree.tostring(cell, method="c14n") for cell in root.iter("{*}c")}
        for root in (one, two)
    )
    differing = {name for name in cells.keys() | others.keys() if cells.get(name) != others.get(name)}
    columns = {info.columns[_number(name) - 2] for name in differing}
    assert columns <= COMPUTED
    assert "Status" in columns
    rows = [[dict(row.attrib) for row in root.iter("{*}row")] for root in (one, two)]
    assert rows[0] == rows[1]
    tails = [data.rpartition(b"</sheetData>")[2] for data in (before, after)]
    assert tails[0] == tails[1]


def _number(place: str) -> int:
    letters = place.rstrip("0123456789")
    return sum((ord(x) - 64) * 26**i for i, x in enumerate(reversed(letters)))


def test_the_totals_row_went_down_with_the_log(folder: Path) -> None:
    with Package.open(folder / "0.xlsm") as one, Package.open(folder / "4.xlsm") as two:
        old, new = (int(each.tables()["tblContact"].ref.rpartition("L")[2]) for each in (one, two))
    assert new > old
    sheet = contents(folder / "4.xlsm")["xl/worksheets/sheet8.xml"].decode()
    assert f'<c r="L{new}"><f>SUBTOTAL(103,tblContact[Sleutel])</f></c>' in sheet
    assert f'sqref="H5:H{new - 1}"' in sheet
    grid = ClosedWorkbook(folder / "4.xlsm").read().grids["tblContact"]
    assert len(grid.rows) == new - 5
    assert "Totaal" not in [row[0] for row in grid.rows]


@pytest.mark.libreoffice
def test_libreoffice_opens_it_and_reads_the_same(folder: Path, office: Office) -> None:
    grid = ClosedWorkbook(folder / "4.xlsm").read().grids["tblFacturen"]
    with Package.open(folder / "4.xlsm") as package:
        area = package.tables()["tblFacturen"].ref
    with opened(office, folder / "4.xlsm", 120) as document:
        shown = values(document, TITLE, area)
        assert document.Sheets.Count == 44
    place = grid.columns.index("Status")
    assert [row[place] for row in shown[1:]] == [row[place] for row in grid.rows]
    assert shown[0] == [*grid.columns]
