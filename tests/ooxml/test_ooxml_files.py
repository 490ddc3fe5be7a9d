"""Files that are no workbook, or one that cannot be trusted: said so, and untouched."""

import errno
import io
import struct
import zipfile
from pathlib import Path

import olefile
import pytest

from debiteuren.book.ooxml import NotAWorkbook, Package, Unwritable, archive
from debiteuren.book.vba.compound_writer import write_streams
from ooxml.ooxml_books import grid, patched, plain
from ooxml.ooxml_checker import described, differences, raw_entries


def _zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is leeg: nul bytes"),
        (b"Nummer;Naam\n1;Jan\n", "is een tekstbestand en geen Excel-werkmap"),
        ("Nummer;Naam\n1;Zoë\n".encode(), "is een tekstbestand"),
        (b"<?xml version='1.0'?><Workbook/>", "is een XML- of webpagina"),
        (b"<html><table></table></html>", "is een XML- of webpagina"),
        (b"%PDF-1.7\x00\x01\x02", r"is geen Excel-werkmap \(\.xlsx of \.xlsm\)"),
        (OLE + "Workbook".encode("utf-16-le"), r"is een oud Excel-bestand \(\.xls\)\. Open het in Excel"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "is met een wachtwoord versleuteld"),
        (
            _zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
            r"is een OpenDocument-bestand \(\.ods\)",
        ),
        (_zipped(tekst=b"x"), "is een gewoon zipbestand"),
        (b"PK\x03\x04" + b"x" * 100, "is beschadigd"),
    ],
)
def test_other_files(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "boek.xlsx"
    path.write_bytes(data)
    with pytest.raises(NotAWorkbook, match=f"^boek.xlsx {said}"):
        Package.open(path)
    assert path.read_bytes() == data


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", r"binaire werkmap \(\.xlsb\)"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "Word-document"),
        ("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", "presentatie"),
        ("text/plain", "geen Excel-werkmap"),
    ],
)
def test_other_packages(tmp_path: Path, kind: str, said: str) -> None:
    book = plain(tmp_path / "boek.xlsx", 1)
    main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    patched(book, "[Content_Types].xml", main, kind.encode())
    with pytest.raises(NotAWorkbook, match=said):
        Package.open(book)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unwritable, match=r"weg\.xlsx bestaat niet in de map"):
        Package.open(tmp_path / "weg.xlsx")


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / "map.xlsx").mkdir()
    with pytest.raises(Unwritable, match=r"^map\.xlsx is niet te openen: het is een map\.$"):
        Package.open(tmp_path / "map.xlsx")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = plain(tmp_path / "boek.xlsx", 1)

    def denied(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(Unwritable, match=r"^boek\.xlsx is niet te openen: u hebt daar geen rechten\.$"):
        Package.open(book)


def test_half_a_workbook(tmp_path: Path) -> None:
    book = plain(tmp_path / "boek.xlsx", 200, [["x" * 50, 1, 2]] * 200)
    data = book.read_bytes()
    book.write_bytes(data[: len(data) // 2])
    with pytest.raises(NotAWorkbook, match="beschadigd"):
        Package.open(book)


def test_a_damaged_part(tmp_path: Path) -> None:
    book = plain(tmp_path / "boek.xlsx", 200, [["x" * 50, 1, 2]] * 200)
    data = bytearray(book.read_bytes())
    with zipfile.ZipFile(book) as made:
        start = made.getinfo("xl/worksheets/sheet1.xml").header_offset
    data[start + 120 : start + 140] = bytes(20)
    book.write_bytes(data)
    with Package.open(book) as package:
        package.set_cells("Data", {"A1": 1})
        with pytest.raises(NotAWorkbook, match=r"xl/worksheets/sheet1.xml is niet heel te lezen"):
            package.save()
    assert book.read_bytes() == data


def test_double_names(tmp_path: Path) -> None:
    book = plain(tmp_path / "boek.xlsx", 1)
    with zipfile.ZipFile(book, "a") as made:
        made.writestr("xl/Workbook.xml", b"<x/>")
    with pytest.raises(NotAWorkbook, match=r"bevat het onderdeel xl/Workbook.xml twee keer"):
        Package.open(book)


def test_a_doctype(tmp_path: Path) -> None:
    book = plain(tmp_path / "boek.xlsx", 1)
    patched(book, "xl/workbook.xml", b"<workbook", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook')
    with pytest.raises(NotAWorkbook, match="DOCTYPE"):
        Package.open(book)


def test_a_zip_password(tmp_path: Path) -> None:
    book = plain(tmp_path / "boek.xlsx", 1)
    data = bytearray(book.read_bytes())
    central = data.rindex(b"PK\x01\x02")
    data[central + 8] |= 1
    book.write_bytes(data)
    with pytest.raises(NotAWorkbook, match="zipwachtwoord"):
        Package.open(book)


def test_zip_bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = plain(tmp_path / "boek.xlsx", 1)
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/bom.xml", bytes(1 << 20))
    with Package.open(book):
        pass
    monkeypatch.setattr(archive, "_RATIO_COUNTS_FROM", 1 << 16)
    with pytest.raises(NotAWorkbook, match=r"xl/bom.xml is uitgepakt meer dan 400 keer zo groot"):
        Package.open(book)
    monkeypatch.undo()
    monkeypatch.setattr(archive, "MAX_TOTAL", 1 << 20)
    with pytest.raises(NotAWorkbook, match="uitgepakt groter dan"):
        Package.open(book)
    monkeypatch.undo()
    monkeypatch.setattr(archive, "MAX_ENTRIES", 5)
    with pytest.raises(NotAWorkbook, match="meer dan 5 onderdelen"):
        Package.open(book)


def test_entries_that_lie_over_one_another(tmp_path: Path) -> None:
    book = plain(tmp_path / "boek.xlsx", 1)
    data = bytearray(book.read_bytes())
    with zipfile.ZipFile(book) as made:
        infos = made.infolist()
        start = made.start_dir
    second = data.index(b"PK\x01\x02", start + 4)
    struct.pack_into("<I", data, second + 42, infos[0].header_offset + 1)
    book.write_bytes(data)
    with pytest.raises(NotAWorkbook, match="over een ander heen"):
        Package.open(book)
    struct.pack_into("<I", data, second + 42, infos[0].header_offset)
    book.write_bytes(data)
    with pytest.raises(NotAWorkbook, match="over een ander heen"):
        Package.open(book)


def test_untouched_entries_keep_every_byte_and_mark(tmp_path: Path) -> None:
    book = plain(tmp_path / "boek.xlsx", 1, [[1, 2, 3]])
    odd = tmp_path / "vreemd.xlsx"
    with zipfile.ZipFile(book) as old, odd.open("wb") as out:
        stream = _Unseekable(out)
        with zipfile.ZipFile(stream, "w") as new:
            for number, info in enumerate(old.infolist()):
                entry = zipfile.ZipInfo(info.filename, (2001 + number, 2, 3, 4, 5, 6))
                entry.compress_type = zipfile.ZIP_STORED if number % 2 else zipfile.ZIP_DEFLATED
                entry.external_attr, entry.comment, entry.create_system = 0o640 << 16, b"opmerking", 3
                entry.extra = struct.pack("<HH4s", 0xA220, 4, b"\x28\xa0\x00\x00")
                new.writestr(entry, old.read(info))
            new.writestr(zipfile.ZipInfo("map/"), b"")
            new.writestr("ünicode.bin", b"\x00\x01")
            new.comment = b"van de hele werkmap"
    after = tmp_path / "na.xlsx"
    with Package.open(odd) as package:
        package.set_cells("Leeg", {"A1": 1})
        package.save(after)
    assert differences(odd, after) == {
        "xl/worksheets/sheet2.xml: A1",
        "xl/worksheets/sheet2.xml: row 1 new",
    } | {line for line in differences(odd, after) if "calcPr" in line}
    same = raw_entries(odd).keys() - {"xl/worksheets/sheet2.xml", "xl/workbook.xml"}
    assert all(raw_entries(odd)[name] == raw_entries(after)[name] for name in same)
    assert described(odd)["xl/workbook.xml"][0] == described(after)["xl/workbook.xml"][0]
    with zipfile.ZipFile(after) as made:
        assert made.comment == b"van de hele werkmap"
        assert made.testzip() is None
    assert grid(after, "Leeg") == {(1, 1): 1.0}


class _Unseekable(io.RawIOBase):
    """A pipe, so that zipfile writes data descriptors."""

    def __init__(self, out: io.BufferedWriter) -> None:
        self._out = out

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return self._out.write(data)  # type: ignore[arg-type] # bytes, from zipfile


def test_an_encrypted_workbook_is_recognised(tmp_path: Path) -> None:
    """As Excel makes it: a compound file with EncryptionInfo and EncryptedPackage (MS-OFFCRYPTO 2.3)."""
    locked = tmp_path / "slot.xlsx"
    package = plain(tmp_path / "boek.xlsx", 1).read_bytes()
    streams = {
        ("\x06DataSpaces", "Version"): "Microsoft.Container.DataSpaces".encode("utf-16-le"),
        ("EncryptionInfo",): struct.pack("<HHI", 4, 4, 0x40) + b'<?xml version="1.0"?><encryption/>',
        ("EncryptedPackage",): struct.pack("<Q", len(package)) + bytes(byte ^ 0x5A for byte in package),
    }
    locked.write_bytes(write_streams(streams))
    with olefile.OleFileIO(locked) as other:  # type: ignore[no-untyped-call] # it has no types
        assert other.exists("EncryptedPackage")
    with pytest.raises(NotAWorkbook, match=r"^slot\.xlsx is met een wachtwoord versleuteld"):
        Package.open(locked)
