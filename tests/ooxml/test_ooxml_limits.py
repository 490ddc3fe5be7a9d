"""The limits to the byte, and what is safely on disk before a name points at it."""

import importlib
import os
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from debiteuren.book.ooxml import InUse, Package, Refused
from debiteuren.book.ooxml.archive import Archive
from debiteuren.book.ooxml.backups import back_up, backups, prune
from debiteuren.book.ooxml.refusals import NotAWorkbook
from ooxml.ooxml_books import patched, plain
from ooxml.ooxml_checker import contents

NOW = datetime(2026, 11, 21, 12)


@pytest.mark.parametrize(("count", "refused"), [(20_000, False), (20_001, True)])
def test_so_many_parts_may_be_in_it(tmp_path: Path, count: int, *, refused: bool) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(count):
            archive.writestr(str(number), b"")
    if refused:
        with pytest.raises(NotAWorkbook, match="meer dan 20000 onderdelen"):
            Archive(path)
    else:
        Archive(path).close()


def _saying(monkeypatch: pytest.MonkeyPatch, size: int, packed: int) -> None:
    """Two entries that say of themselves to be so large."""
    true = zipfile.ZipFile.infolist

    def infolist(self: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
        entries = true(self)
        for entry, much in zip(entries, (size - size // 2, size // 2), strict=True):
            entry.file_size, entry.compress_size = much, packed
        return entries

    monkeypatch.setattr(zipfile.ZipFile, "infolist", infolist)


@pytest.mark.parametrize(
    ("size", "packed", "why"),
    [
        (3 << 30, 3 << 30, "ligt over een ander heen"),  # so only what is looked at afterwards
        ((3 << 30) + 1, 3 << 30, "groter dan 3 GB"),
        (128 << 20, 1, ""),
        ((128 << 20) + 1, 1, "zipbom"),
        (400 << 20, 1 << 19, "ligt over een ander heen"),
        ((400 << 20) + 1, 1 << 19, "meer dan 400 keer"),
    ],
)
def test_so_large_it_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, packed: int, why: str
) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", b"x" * 10)
        archive.writestr("b", b"x" * 10)
    _saying(monkeypatch, size, packed)
    if size == 128 << 20:
        Archive(path).close()
        return
    with pytest.raises(NotAWorkbook, match=why):
        Archive(path)


@pytest.mark.parametrize(
    ("age", "stays"), [(timedelta(days=30) - timedelta(seconds=1), True), (timedelta(days=30), False)]
)
def test_the_last_copy_of_a_day_stays_so_long(tmp_path: Path, age: timedelta, *, stays: bool) -> None:
    book = plain(tmp_path / "a.xlsx", 1)
    old = back_up(book, NOW - age)
    for minute in range(20):
        back_up(book, NOW - timedelta(minutes=20 - minute))
    prune(book, NOW)
    assert old.exists() == stays
    assert len(backups(book)) == 20 + stays


@pytest.mark.parametrize(
    ("ahead", "name"),
    [
        (timedelta(hours=2) - timedelta(seconds=1), "a 2026-11-21 135959 (2).xlsx"),
        (timedelta(hours=2), "a 2026-11-21 120000.xlsx"),
    ],
)
def test_a_clock_put_back_no_more_than_two_hours_keeps_the_order(
    tmp_path: Path, ahead: timedelta, name: str
) -> None:
    book = plain(tmp_path / "a.xlsx", 1)
    back_up(book, NOW + ahead)
    assert back_up(book, NOW).name == name


def test_nothing_gets_its_name_before_it_is_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = plain(tmp_path / "a.xlsx", 2, [[1, "x", 2]])
    settled: set[int] = set()
    named: list[str] = []
    fsync, rename = os.fsync, Path.replace

    def noted(handle: int) -> None:
        settled.add(os.fstat(handle).st_ino)
        fsync(handle)

    def renamed(self: Path, target: Path) -> Path:
        assert self.stat().st_ino in settled, self
        if target == book:  # by then the copy and the name of the copy are safe
            assert (tmp_path / "Reservekopieën").stat().st_ino in settled
        named.append(target.name)
        settled.discard(tmp_path.stat().st_ino)
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", noted)
    monkeypatch.setattr(Path, "replace", renamed)
    with Package.open(book) as package:
        package.set_cells("Data", {"B4": 9})
        package.save()
    assert [name[:1] for name in named] == ["a", "a"]
    assert named[-1] == "a.xlsx"
    assert tmp_path.stat().st_ino in settled  # the folder, after the new name


@pytest.mark.parametrize("code", [*range(9), 0x0B, 0x0C, 0x0D, 0x0E, 0x1F])
def test_what_xml_cannot_hold_is_escaped(tmp_path: Path, code: int) -> None:
    book = plain(tmp_path / "a.xlsx", 2, [[1, "x", 2]])
    with Package.open(book) as package:
        package.set_cells("Data", {"C4": f"a{chr(code)}b"})
        package.save()
    assert f"<t>a_x{code:04X}_b</t>".encode() in contents(book)["xl/worksheets/sheet1.xml"]


def test_a_workbook_saved_by_another_while_we_wrote_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = plain(tmp_path / "a.xlsx", 2, [[1, "x", 2]])
    theirs = plain(tmp_path / "b.xlsx", 2, [[7, "y", 8]]).read_bytes()
    module = importlib.import_module("debiteuren.book.ooxml.replace")
    monkeypatch.setattr(module, "verify", lambda *_: book.write_bytes(theirs))
    with Package.open(book) as package:
        package.set_cells("Data", {"B4": 9})
        with pytest.raises((InUse, Refused), match=r"a\.xlsx"):
            package.save()
    assert book.read_bytes() == theirs
    assert not (tmp_path / "Reservekopieën").exists()
    assert not [*tmp_path.glob("*.tmp")]


@pytest.mark.parametrize("text", ["_x000d_", "_x000D_", "a_xabCD_"])
def test_a_text_that_looks_escaped_is_escaped(tmp_path: Path, text: str) -> None:
    book = plain(tmp_path / "a.xlsx", 2, [[1, "x", 2]])
    with Package.open(book) as package:
        package.set_cells("Data", {"C4": text})
        package.save()
    written = text.replace("_x", "_x005F_x", 1)
    assert f"<t>{written}</t>".encode() in contents(book)["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize(
    ("name", "after"), [("Data!$B$4", "Data!$B$4"), ("Data!$B$4:$B$4", "Data!$B$4:$B$5")]
)
def test_a_name_on_one_cell_stays_and_one_on_a_column_of_one_row_grows(
    tmp_path: Path, name: str, after: str
) -> None:
    book = plain(tmp_path / "a.xlsx", 1, [[1, "x", 2]])
    part = "xl/workbook.xml"
    patched(book, part, b"</sheets>", b'</sheets><definedNames><definedName name="N">%b</definedName>'
            b"</definedNames>" % name.encode())  # fmt: skip
    with Package.open(book) as package:
        package.append_rows("tblP", [{"Een": 2}])
        package.save()
    assert f">{after}</definedName>".encode() in contents(book)[part]


def test_a_protected_range_of_newer_excels_grows(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 2, [[1, "x", 2], [3, "y", 4]])
    ext = (
        b'<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        b'uri="{FC87AEE6}"><x14:protectedRanges><x14:protectedRange name="P"><xm:sqref xmlns:xm="http://schemas.microsoft.com/'
        b'office/excel/2006/main">B4:B5</xm:sqref></x14:protectedRange></x14:protectedRanges></ext></extLst></worksheet>'
    )
    patched(book, "xl/worksheets/sheet1.xml", b"</worksheet>", ext)
    with Package.open(book) as package:
        package.append_rows("tblP", [{"Een": 2}])
        package.save()
    assert b">B4:B6</xm:sqref>" in contents(book)["xl/worksheets/sheet1.xml"]


def test_a_print_area_wider_than_the_table_grows(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 2, [[1, "x", 2], [3, "y", 4]])
    names = b'</sheets><definedNames><definedName name="%b" localSheetId="0">Data!$A$1:$H$5</definedName>'
    both = names % b"_xlnm.Print_Area" + b'<definedName name="N">Data!$A$1:$H$5</definedName></definedNames>'
    patched(book, "xl/workbook.xml", b"</sheets>", both)
    with Package.open(book) as package:
        package.append_rows("tblP", [{"Een": 2}])
        package.save()
    written = contents(book)["xl/workbook.xml"]
    assert b'localSheetId="0">Data!$A$1:$H$6<' in written
    assert b'name="N">Data!$A$1:$H$5<' in written


def test_a_chart_of_newer_excels_grows(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 2, [[1, "x", 2], [3, "y", 4]])
    kind = b"application/vnd.ms-office.chartex+xml"
    part = b'<Override PartName="/xl/charts/chartEx1.xml" ContentType="%b"/></Types>' % kind
    patched(book, "[Content_Types].xml", b"</Types>", part)
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr("xl/charts/chartEx1.xml", "<cx:a xmlns:cx='x'><cx:f>Data!$B$4:$B$5</cx:f></cx:a>")
    with Package.open(book) as package:
        package.append_rows("tblP", [{"Een": 2}])
        package.save()
    assert b"<cx:f>Data!$B$4:$B$6</cx:f>" in contents(book)["xl/charts/chartEx1.xml"]
