"""What users really have: each answer is a clear Dutch sentence, the right exit code, and nothing changed."""

import os
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from commands import run, unchanged
from debiteuren.book.ooxml import Package
from debiteuren.book.shipped import template_bytes

EXCELS_OWNER = b"\x07Marijke".ljust(55) + b"\x07\x00" + "Marijke".encode("utf-16-le").ljust(108)
DAY = ("--peildatum", "2026-11-20")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook with one late invoice of one debtor."""
    path = tmp_path / "Boek.xlsm"
    path.write_bytes(template_bytes())
    with Package.open(path) as package:
        package.append_rows(
            "tblFacturen",
            [
                {
                    "Factuurnummer": "2026-0042",
                    "Debiteurnummer": "D100",
                    "Factuurdatum": date(2026, 10, 1),
                    "Bedrag": 121.0,
                }
            ],
        )
        package.append_rows("tblDebiteuren", [{"Debiteurnummer": "D100", "Naam": "Bakkerij van Dam"}])
        package.save()
    shutil.rmtree(path.parent / "Reservekopieën", ignore_errors=True)
    return path


def renamed_part(path: Path, part: str, old: bytes, new: bytes) -> None:
    """The same package with a text replaced in one part."""
    with zipfile.ZipFile(path) as source:
        parts = {item: source.read(item) for item in source.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for item, data in parts.items():
            if item.filename.endswith(part):
                assert old in data
            target.writestr(item.filename, data.replace(old, new) if item.filename.endswith(part) else data)


def table_part(path: Path, table: str) -> str:
    with zipfile.ZipFile(path) as package:
        return next(
            name
            for name in package.namelist()
            if name.startswith("xl/tables/") and f'displayName="{table}"'.encode() in package.read(name)
        )


def test_a_renamed_column_is_named_and_nothing_changes(book: Path) -> None:
    part = table_part(book, "tblFacturen")
    renamed_part(book, part, b'name="Blokkade"', b'name="Blok"')
    with unchanged(book):
        done = run("bijwerken", book, *DAY)
    assert done.code == 2
    assert "kolom Blokkade" in done.err
    assert "Facturen" in done.err


def test_a_renamed_table_is_named(book: Path) -> None:
    part = table_part(book, "tblRegelingen")
    renamed_part(book, part, b'"tblRegelingen"', b'"Tabel7"')
    with unchanged(book):
        done = run("bijwerken", book, *DAY)
    assert (done.code, "tblRegelingen" in done.err) == (2, True)


def no_tables(path: Path) -> None:
    openpyxl.Workbook().save(path)


def text(path: Path) -> None:
    path.write_text("Factuurnummer;Bedrag\n1;2,00\n", encoding="utf-8")


def old_excel(path: Path) -> None:
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(2000))


def open_document(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", "<x/>")


def half(path: Path) -> None:
    path.write_bytes(template_bytes()[:20_000])


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("make", [no_tables, text, old_excel, open_document, half, empty])
def test_what_is_not_our_workbook_is_refused_in_dutch(make: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "Boek.xlsm"
    make(path)
    with unchanged(path):
        done = run("bijwerken", path, *DAY)
    assert done.code == 2
    assert done.err.startswith("Niets gewijzigd")
    assert "Traceback" not in done.err
    assert "Boek.xlsm" in done.err or "werkmap" in done.err


def test_a_workbook_that_is_not_there(tmp_path: Path) -> None:
    done = run("bijwerken", tmp_path / "Weg.xlsm", *DAY)
    assert (done.code, done.err.strip()) == (
        3,
        f"Niets gewijzigd: Weg.xlsm bestaat niet in de map {tmp_path}.",
    )


@pytest.mark.parametrize(
    ("owner", "content"),
    [("~$Boek.xlsm", EXCELS_OWNER), (".~lock.Boek.xlsm#", b",marijke,pc,21.11.2026 10:00,;")],
)
def test_a_workbook_that_is_open_elsewhere_is_left_alone(book: Path, owner: str, content: bytes) -> None:
    (book.parent / owner).write_bytes(content)
    with unchanged(book):
        done = run("bijwerken", book, *DAY)
    assert done.code == 3
    assert "arijke" in done.err


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="as root every folder can be written")
def test_a_read_only_folder(book: Path) -> None:
    book.parent.chmod(0o555)
    try:
        with unchanged(book):
            done = run("bijwerken", book, *DAY)
    finally:
        book.parent.chmod(0o755)
    assert done.code == 3


def test_a_full_disk_leaves_the_old_workbook(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    before = book.read_bytes()
    done = run("bijwerken", book, *DAY)
    monkeypatch.undo()
    assert done.code == 3
    assert book.read_bytes() == before
    assert [path.name for path in book.parent.iterdir() if path.suffix == ".tmp"] == []
    assert run("bijwerken", book, *DAY).code == 0


def test_faults_in_the_cells_are_all_named_and_the_file_stays(book: Path) -> None:
    with Package.open(book) as package:
        package.append_rows(
            "tblFacturen",
            [
                {"Factuurnummer": "A", "Debiteurnummer": "D100", "Factuurdatum": "31-02-2026", "Bedrag": 1.0},
                {
                    "Factuurnummer": "2026-0042",
                    "Debiteurnummer": "D100",
                    "Factuurdatum": date(2026, 1, 1),
                    "Bedrag": "1.5",
                },
            ],
        )
        package.save()
    with unchanged(book):
        done = run("bijwerken", book, *DAY, "--json")
    assert done.code == 2
    assert [(fault["kolom"], fault["blad"]) for fault in done.json["problemen"]] == [
        ("Factuurdatum", "Facturen"),
        ("Factuurnummer", "Facturen"),
        ("Bedrag", "Facturen"),
    ]
    assert "Die datum bestaat niet." in done.err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "half.xml",
            b'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkTo',
        ),
        (
            "doctype.xml",
            b'<!DOCTYPE a [<!ENTITY b "c">]><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"/>',  # noqa: E501 - one line of XML
        ),
        ("unknown.txt", b"dit is geen bankbestand\n"),
        ("empty.sta", b""),
        ("binary.bin", bytes(range(256)) * 20),
    ],
)
def test_a_bank_file_that_cannot_be_trusted_changes_nothing(book: Path, name: str, content: bytes) -> None:
    file = book.parent / name
    file.write_bytes(content)
    with unchanged(book, file):
        done = run("importeer", book, file, *DAY)
        read = run("lees", file, "--json")
    assert (done.code, read.code) == (2, 2)
    assert name in done.err
    (found,) = read.json["bestanden"]
    assert found["transacties"] == []
    assert found["fouten"][0]["wat"]
    assert found["fouten"][0]["doen"]


def test_a_list_with_other_column_names_is_told_which_names_a_list_has(book: Path) -> None:
    file = book.parent / "export.csv"
    file.write_text("Factuurnr;Klant;Datum;Totaal\n1;2;2026-01-01;3,00\n", encoding="utf-8")
    with unchanged(book, file):
        done = run("importeer", book, file, *DAY)
    assert done.code == 2
    assert 'de kolommen heten hier "Factuurnr", "Klant", "Datum", "Totaal"' in done.err
    assert "Factuurnummer, Debiteurnummer, Factuurdatum en Bedrag" in done.err


BANK = (
    ":20:1\n:25:NL20INGB0001234567\n:28C:1\n:60F:C261118EUR1,00\n:61:261119C2,00NTRFNONREF\n:86:/REMI/Nota\n"
    ":62F:C261119EUR3,00\n"
)


@pytest.mark.parametrize(
    ("names", "code"),
    [
        pytest.param(("goed.sta", "weg.xml"), 3, id="one is not there"),
        pytest.param(("goed.sta", "map"), 3, id="one is a folder"),
        pytest.param(
            ("weg.xml", "goed.sta", "slecht.xml"), 2, id="one is not there and one cannot be trusted"
        ),
        pytest.param(("goed.sta",), 0, id="all are there"),
    ],
)
def test_a_file_that_cannot_be_opened_does_not_drop_the_others(
    tmp_path: Path, names: tuple[str, ...], code: int
) -> None:
    (tmp_path / "goed.sta").write_text(BANK, encoding="utf-8")
    (tmp_path / "slecht.xml").write_text("<x", encoding="utf-8")
    (tmp_path / "map").mkdir()
    read = run("lees", *(tmp_path / name for name in names), "--json")
    assert read.code == code
    found = {file["bestand"]: file for file in read.json["bestanden"]}
    assert list(found) == list(names)
    assert [booking["bedrag"] for booking in found["goed.sta"]["transacties"]] == ["2.00"]
    says = {
        "weg.xml": "weg.xml is niet te openen (het bestand of de map is er niet).",
        "map": "map is niet te openen (het is een map).",
    }
    for name in says.keys() & found:
        (fault,) = found[name]["fouten"]
        assert (fault["regel"], fault["wat"]) == (None, says[name])
        assert fault["doen"] == "Controleer de naam en de map, en of u het bestand mag lezen."


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("bijwerken",), "BOEK.xlsm ontbreekt"),
        (("bijwerken", "x.xlsm", "--bestaat-niet"), "--bestaat-niet bestaat niet"),
        (("bijwerken", "x.xlsm", "--peildatum", "31-12-2026"), "is geen dag; schrijf JJJJ-MM-DD"),
        (("toveren",), "de opdracht toveren bestaat niet"),
        (("herinneringen", "x.xlsm", "--naar", "fax"), "--naar"),
        (("nieuw", "Boek.xlsx"), "eindigt niet op .xlsm"),
    ],
)
def test_a_command_typed_wrongly_is_answered_in_dutch(words: tuple[str, ...], says: str) -> None:
    done = run(*words)
    assert done.code == 2
    assert done.err.startswith("Niets gewijzigd: ")
    assert says in done.err


def test_a_new_workbook_never_replaces_one_that_is_there(book: Path) -> None:
    with unchanged(book):
        done = run("nieuw", book)
    assert (done.code, "is er al" in done.err) == (2, True)


def test_a_fault_of_ours_is_one_sentence_and_a_log(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path / "state"))
    monkeypatch.setattr("debiteuren.tasks.update", broken)
    done = run("bijwerken", book, "--json")
    assert done.code == 1
    assert "Traceback" not in done.err
    (log,) = (tmp_path / "state").rglob("debiteuren.log")
    assert str(log) in done.err
    assert "ZeroDivisionError: ours" in log.read_text(encoding="utf-8")


def test_help_is_dutch_and_every_command_has_it() -> None:
    page = run("--help")
    assert page.code == 0
    for command in ("nieuw", "importeer", "bijwerken", "herinneringen", "lees", "demo"):
        assert command in page.out
        help_page = run(command, "--help")
        assert help_page.code == 0
        for english in ("Usage", "Options", "Show this message", "required"):
            assert english not in help_page.out, (command, english)


def test_square_brackets_and_control_characters_are_only_text(book: Path) -> None:
    with Package.open(book) as package:
        package.append_rows(
            "tblDebiteuren", [{"Debiteurnummer": "D9", "Naam": "Jan [/b] [red]BV[/red]", "Soort": "Zakelijk"}]
        )
        package.append_rows(
            "tblFacturen",
            [
                {
                    "Factuurnummer": "F[/i]",
                    "Debiteurnummer": "D9",
                    "Factuurdatum": date(2026, 9, 1),
                    "Bedrag": 50.0,
                }
            ],
        )
        package.save()
    done = run("bijwerken", book, *DAY)
    assert done.code == 0
    assert "Jan [/b]" in " ".join(done.out.split())
    file = book.parent / "bank.csv"
    file.write_text(
        '"Datum","Naam / Omschrijving","Rekening","Tegenrekening","Code","Af Bij","Bedrag (EUR)",'
        '"Mutatiesoort","Mededelingen"\n'
        '"20261119","Piet [/b]\x1b[31m\u202e","NL85ABNA0418826503","","OV","Bij","1,00","x","[link=http://x]y"\n',
        encoding="utf-8",
    )
    read = run("lees", file)
    assert read.code == 0
    assert "Piet [/b]" in read.out
    assert "\x1b" not in read.out
    assert "\u202e" not in read.out
    assert run("lees", file, "--json").json["bestanden"][0]["transacties"][0]["naam"].startswith("Piet [/b]")
