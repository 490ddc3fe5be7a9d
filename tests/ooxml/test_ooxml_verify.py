"""What we wrote is looked through before it takes the old file's place: a fault of ours costs no workbook."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from debiteuren.book.ooxml import InUse, Package, Refused, replace, rows, tables, zipwriter
from debiteuren.book.ooxml import verify as verifying
from ooxml.ooxml_books import patched, plain, rich

SHEET = "xl/worksheets/sheet1.xml"


def _refused(book: Path, said: str) -> None:
    before = book.read_bytes()
    with Package.open(book) as package:
        package.append_rows("tblA", [{"Nummer": "F10"}])
        with pytest.raises(Refused, match=said):
            package.save()
    assert book.read_bytes() == before
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_an_untouched_part_that_is_copied_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def copy(source: IO[bytes], out: IO[bytes], start: int, end: int) -> None:
        source.seek(start)
        data = source.read(end - start)
        out.write(data[:-1] + bytes([data[-1] ^ 1]))

    monkeypatch.setattr(zipwriter, "_copy", copy)
    _refused(rich(tmp_path / "a.xlsx"), r"leest niet terug zoals zij moet \(.*\.xml\)")


@pytest.mark.parametrize("what", ["crc", "size"])
def test_a_changed_part_that_says_something_else_of_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    real = zipwriter._central

    def central(entry: Any, offset: int, **given: Any) -> bytes:  # noqa: ANN401 - passed on as it comes
        if given.get("new") and what == "crc":
            given["crc"] ^= 1
        elif given.get("new"):
            given["sizes"] = (given["sizes"][0], given["sizes"][1] + 1)
        return real(entry, offset, **given)

    monkeypatch.setattr(zipwriter, "_central", central)
    _refused(rich(tmp_path / "a.xlsx"), r"leest niet terug zoals zij moet|is beschadigd")


def test_a_changed_part_that_is_written_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = zipwriter.write_archive

    def write(out: IO[bytes], source: Any, changed: Any, dropped: frozenset[str]) -> None:  # noqa: ANN401
        real(out, source, changed, dropped)
        piece = next(piece for piece in changed[SHEET].pieces if piece)
        out.flush()
        out.seek(0)
        place = out.read().index(piece)
        out.seek(place + len(piece) // 2)
        out.write(b"\x00\x01\x02")
        out.seek(0, os.SEEK_END)

    monkeypatch.setattr(replace, "write_archive", write)
    _refused(rich(tmp_path / "a.xlsx"), rf"leest niet terug zoals zij moet \({SHEET}\)")


def test_a_table_with_other_bounds_than_were_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "change_tags", lambda data, _names, _change: data)
    _refused(rich(tmp_path / "a.xlsx"), r"leest niet terug zoals zij moet \(tabellen\)")


def _spoilt(change: Callable[[bytes], bytes]) -> Callable[[rows.SheetRewriter], Iterator[bytes]]:
    real = rows.SheetRewriter.rewrite

    def rewrite(self: rows.SheetRewriter) -> Iterator[bytes]:
        yield change(b"".join(real(self)))

    return rewrite


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data.replace(b"</worksheet>", b"</worksheeT>"), r"\(xl/worksheets/sheet1.xml\)"),
        (lambda data: data.replace(b'<row r="5"', b'<row r="4"'), "rij 4 staat in het bestand na rij 4"),
        (lambda data: data.replace(b'<row r="5"', b'<row r="3"'), "rij 3 staat in het bestand na rij 4"),
    ],
    ids=["not well-formed", "a row twice", "a row too low"],
)
def test_a_sheet_that_came_out_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[bytes], bytes], said: str
) -> None:
    monkeypatch.setattr(rows.SheetRewriter, "rewrite", _spoilt(change))
    _refused(rich(tmp_path / "a.xlsx"), said)


def test_a_row_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    book = plain(tmp_path / "a.xlsx", 3, [[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    patched(book, SHEET, b'<row r="5"', b'<row r="4"')
    with Package.open(book) as package:
        package.set_cells("Data", {"A9": 1})
        with pytest.raises(Refused, match="rij 4 staat in het bestand na rij 4"):
            package.save()


def test_the_new_file_is_on_the_disk_before_it_takes_the_old_ones_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = plain(tmp_path / "a.xlsx", 2)
    done: list[str] = []
    flush, rename = os.fsync, Path.replace

    def fsync(handle: int) -> None:
        done.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        flush(handle)

    def renamed(self: Path, target: Path) -> Path:
        done.append(f"{self.name} -> {target.name}")
        return rename(self, target)

    if not Path("/proc/self/fd").exists():
        pytest.skip("only Linux tells which file a handle is of")
    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", renamed)
    with Package.open(book) as package:
        package.set_cells("Data", {"A9": 1})
        package.save()
    last = next(index for index, what in enumerate(done) if what.endswith("-> a.xlsx"))
    temporary = done[last].split(" -> ")[0]
    assert temporary in done[:last]
    assert "Reservekopieën" in done[:last]  # and so is the copy of the old one
    assert done[last + 1 :] == [tmp_path.name]


def test_a_workbook_that_is_saved_by_somebody_while_we_write_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = plain(tmp_path / "a.xlsx", 2)
    theirs = plain(tmp_path / "theirs.xlsx", 3).read_bytes()
    real = verifying.verify

    def verify(*given: Any) -> None:  # noqa: ANN401 - passed on as it comes
        real(*given)
        book.write_bytes(theirs)

    monkeypatch.setattr(replace, "verify", verify)
    with Package.open(book) as package:
        package.set_cells("Data", {"A9": 1})
        with pytest.raises(InUse, match="op de schijf veranderd sinds wij het lazen"):
            package.save()
    assert book.read_bytes() == theirs
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "theirs.xlsx"]
