"""An older workbook is brought up to date; the user's rows, sheets and modules stay byte for byte."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest import mock

import openpyxl
import pytest
from pyopenvba import ExcelFile

from debiteuren import __version__
from debiteuren.book import template
from debiteuren.book.closed import ClosedWorkbook
from debiteuren.book.layout import TABLES
from debiteuren.book.ooxml import Package, backups
from debiteuren.book.renewal import behind, renew
from debiteuren.book.shipped import template_bytes
from debiteuren.book.template.vba_project import own_modules
from debiteuren.book.workbook import Cell, Changes
from debiteuren.domain.problem import SurroundingsError, UserError
from ooxml.ooxml_checker import contents

OLD_VERSION = "0.0.9"
OLD_MACROS = {"Knoppen": own_modules()["Knoppen"].replace(__version__, OLD_VERSION)}

ADDED = tuple(
    f"kolom {column.name} op {table.sheet}" for table in TABLES for column in table.columns if column.added
)


@pytest.fixture
def old_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As a version before the added columns would have made it, with rows of the user's in it."""
    path = tmp_path / "Oud.xlsm"
    older = tuple(
        replace(table, columns=tuple(column for column in table.columns if not column.added))
        for table in TABLES
    )
    with monkeypatch.context() as patched:
        patched.setattr(template, "TABLES", older)
        template.build(path, replaced_modules=OLD_MACROS)
    book = ClosedWorkbook(path)
    book.read()
    payments: list[dict[str, Cell]] = [
        {"Transactie": f"T{number}", "Boekdatum": date(2026, 11, number), "Bedrag": 10.0 * number}
        for number in (1, 2, 3)
    ]
    book.write(Changes(appended={"tblBetalingen": payments}))
    for copy in (path.parent / "Reservekopieën").iterdir():
        copy.unlink()
    return path


def part_of(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as package:
        return package.read(name)


def test_column_macros_and_ribbon_come_and_nothing_else_changes(old_book: Path, tmp_path: Path) -> None:
    ribbon = part_of(old_book, "customUI/customUI14.xml")
    with Package.open(old_book) as package:
        package.replace_part("customUI/customUI14.xml", ribbon.replace(b"Genereer", b"Maak"))
        package.save()
    before = contents(old_book)
    kept = old_book.read_bytes()
    assert renew(old_book) == (
        *ADDED,
        f"macro's van versie {__version__}",
        "het tabblad Debiteuren in het lint",
    )
    after = contents(old_book)
    changed = {name for name in before if before[name] != after[name]}
    touched = {name for name in changed if name.startswith(("xl/worksheets/", "xl/tables/"))}
    assert len(touched) == 2 * sum(any(column.added for column in table.columns) for table in TABLES)
    assert changed == {*touched, "xl/vbaProject.bin", "customUI/customUI14.xml"}
    (tmp_path / "nieuw.xlsm").write_bytes(template_bytes())
    shipped = contents(tmp_path / "nieuw.xlsm")
    for name in ("xl/vbaProject.bin", "customUI/customUI14.xml"):
        assert after[name] == shipped[name]
    grid = ClosedWorkbook(old_book).read().grids["tblBetalingen"]
    assert grid.columns[-1] == "Retourcode"
    assert [row[0] for row in grid.rows] == ["T1", "T2", "T3"]
    assert backups(old_book)[0][1].read_bytes() == kept
    assert renew(old_book) == ()
    assert contents(old_book) == after


def test_a_trial_says_it_and_writes_nothing(old_book: Path) -> None:
    before = old_book.read_bytes()
    assert len(renew(old_book, trial=True)) == len(ADDED) + 1
    assert (len(behind(old_book)[0]), behind(old_book)[1]) == (len(ADDED) + 1, ())
    assert old_book.read_bytes() == before
    assert backups(old_book) == []


def test_the_shipped_workbook_is_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "Nieuw.xlsm"
    path.write_bytes(template_bytes())
    assert renew(path) == ()
    assert path.read_bytes() == template_bytes()


def test_the_users_own_macros_stay(tmp_path: Path) -> None:
    path = tmp_path / "Eigen.xlsm"
    own = 'Attribute VB_Name = "Lint"\nPublic Sub VanMij()\n    Beep\nEnd Sub\n'
    template.build(path, replaced_modules=OLD_MACROS)
    theirs = part_of(path, "xl/vbaProject.bin")
    assert renew(path) == (f"macro's van versie {__version__}",)
    # Code behind a sheet makes the project theirs: then only our modules are exchanged.
    with ExcelFile(path) as book:
        book.set_module("blStart", own.split("\n", 1)[1])
        book.set_module("Knoppen", OLD_MACROS["Knoppen"])
        book.save()
    assert renew(path) == (f"macro's van versie {__version__}",)
    assert part_of(path, "xl/vbaProject.bin") not in {theirs, part_of_shipped()}
    with ExcelFile(path) as book:
        assert "VanMij" in book.get_module("blStart")
        assert f'"{__version__}"' in book.get_module("Knoppen")
        assert book.validate() == []
    assert renew(path) == ()


def without_a_module(path: Path, name: str) -> None:
    """The workbook as a version before that module would have made it."""
    modules = {module: source for module, source in own_modules().items() if module != name}
    with mock.patch.object(template, "own_modules", return_value=modules):
        template.build(path)


def test_a_module_that_is_new_comes_with_the_whole_project(tmp_path: Path) -> None:
    path = tmp_path / "Eerder.xlsm"
    without_a_module(path, "Lint")
    assert renew(path) == (f"macro's van versie {__version__}",)
    assert part_of(path, "xl/vbaProject.bin") == part_of_shipped()


def test_a_module_that_is_new_beside_the_users_own_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "Eigen.xlsm"
    without_a_module(path, "Lint")
    with ExcelFile(path) as book:
        book.set_module("blStart", "Public Sub VanMij()\nEnd Sub\n")
        book.save()
    before = path.read_bytes()
    with pytest.raises(UserError, match="ontbreken of zijn hernoemd: Lint"):
        renew(path)
    assert path.read_bytes() == before


def part_of_shipped() -> bytes:
    with zipfile.ZipFile(io.BytesIO(template_bytes())) as package:
        return package.read("xl/vbaProject.bin")


def test_a_named_cell_that_is_gone_comes_back_beside_its_label_or_below(tmp_path: Path) -> None:
    path = tmp_path / "Namen.xlsm"
    path.write_bytes(template_bytes())
    with zipfile.ZipFile(path) as package:
        workbook = package.read("xl/workbook.xml").decode("utf-8")
    names = re.findall(r"<definedName name=\"(Taal|BankMaxOud)\">([^<]*)</definedName>", workbook)
    assert len(names) == 2
    for name, place in names:
        workbook = workbook.replace(f'<definedName name="{name}">{place}</definedName>', "")
    places = dict(names)
    with Package.open(path) as package:
        row = places["Taal"].rpartition("$")[2]
        package.set_cells("Instellingen", {f"A{row}": "een andere naam"})
        package.save()
    rewrite(path, "xl/workbook.xml", workbook.encode("utf-8"))
    assert renew(path) == (
        "instelling Bank hooguit oud (werkdagen) (BankMaxOud)",
        "instelling Taal (Taal)",
    )
    book = openpyxl.load_workbook(path)
    sheet = book["Instellingen"]
    assert book.defined_names["BankMaxOud"].attr_text.replace("'", "") == places["BankMaxOud"]
    ((_, place),) = book.defined_names["Taal"].destinations
    assert sheet[place].value == "nl"
    assert sheet[place].row > 30
    assert sheet.cell(sheet[place].row, 1).value == "Taal"
    assert renew(path) == ()


def rewrite(path: Path, part: str, data: bytes | None) -> None:
    """One part replaced, or left out, by a plain zip library."""
    everything = contents(path)
    with zipfile.ZipFile(path, "w") as target:
        for name, old in everything.items():
            if name != part:
                target.writestr(name, old)
            elif data is not None:
                target.writestr(name, data)


def test_macros_of_a_newer_version_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "Nieuwer.xlsm"
    newer = own_modules()["Knoppen"].replace(__version__, "99.0.0")
    template.build(path, replaced_modules={"Knoppen": newer})
    before = path.read_bytes()
    with pytest.raises(UserError) as stopped:
        renew(path)
    assert f"hoort bij versie 99.0.0; dit programma is versie {__version__}." in str(stopped.value)
    assert path.read_bytes() == before


def test_macros_that_can_not_be_read_are_refused_and_nothing_is_written(old_book: Path) -> None:
    rewrite(old_book, "xl/vbaProject.bin", b"geen macro's")
    before = old_book.read_bytes()
    with pytest.raises(UserError, match="1 punt om na te kijken") as stopped:
        renew(old_book)
    assert "niet te lezen" in str(stopped.value)
    assert old_book.read_bytes() == before


def test_something_beside_the_table_stops_it_with_the_cell(old_book: Path) -> None:
    with Package.open(old_book) as package:
        package.set_cells("Betalingen", {"P6": "notitie"})
        package.save()
    before = old_book.read_bytes()
    with pytest.raises(UserError, match="cel P6 is niet leeg"):
        renew(old_book)
    assert old_book.read_bytes() == before


def test_a_workbook_that_is_open_is_left_alone(old_book: Path) -> None:
    owner = old_book.with_name(f"~${old_book.name}")
    owner.write_bytes(b"\x03Jan")
    with pytest.raises(SurroundingsError, match="open in Excel bij Jan"):
        renew(old_book)


def test_what_is_no_workbook_of_ours_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "anders.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(UserError, match="geen werkmap van Debiteuren"):
        renew(path)
