"""A zip with bank files: each is read as if it lay beside the zip, and a hostile zip is refused."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from debiteuren.banks import archive, read_bank_files
from debiteuren.domain.payment import BankFile
from debiteuren.domain.problem import Severity

SAMPLES = Path(__file__).parent / "samples"
CAMT = (SAMPLES / "ing_camt053_02.xml").read_bytes()
TOO_LARGE = "Dit zip-bestand wordt uitgepakt veel te groot voor afschriften. Dat kan onveilig zijn."
MT940 = (SAMPLES / "ing_mt940.sta").read_bytes()


def _zip(*members: tuple[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(name, content)
    return data.getvalue()


def _read(tmp_path: Path, data: bytes) -> list[BankFile]:
    path = tmp_path / "mei.zip"
    path.write_bytes(data)
    return read_bank_files(path)


def _told(files: list[BankFile]) -> list[tuple[str, str | None, list[str]]]:
    return [(file.name, file.format, [problem.found for problem in file.problems]) for file in files]


def test_every_file_in_a_zip_is_read_as_if_it_lay_beside_it(tmp_path: Path) -> None:
    alone = [found for name in ("a.xml", "b.sta") for found in _alone(tmp_path, name)]
    files = _read(tmp_path, _zip(("dagen/", b""), ("dagen/a.xml", CAMT), ("b.sta", MT940)))
    assert [(file.name, file.format) for file in files] == [
        ("mei.zip: a.xml", "CAMT.053"),
        ("mei.zip: b.sta", "MT940"),
    ]
    assert [file.transactions for file in files] == [file.transactions for file in alone]
    assert [file.statements for file in files] == [file.statements for file in alone]


def _alone(tmp_path: Path, name: str) -> list[BankFile]:
    path = tmp_path / name
    path.write_bytes({"a.xml": CAMT, "b.sta": MT940}[name])
    return read_bank_files(path)


@pytest.mark.parametrize(
    "name", ["../../etc/x.xml", "/etc/x.xml", "C:\\Windows\\x.xml", "a/../x.xml", "x\x1b.xml"]
)
def test_a_name_in_a_zip_is_never_a_path(tmp_path: Path, name: str) -> None:
    (file,) = _read(tmp_path, _zip((name, CAMT)))
    assert file.name == "mei.zip: x.xml" or name == "x\x1b.xml"
    assert "\x1b" not in file.name
    assert [path.name for path in tmp_path.iterdir()] == ["mei.zip"]


@pytest.mark.parametrize(
    ("members", "told"),
    [
        pytest.param(
            [("a.sta", MT940), ("lees mij.txt", b"hallo")],
            [
                ("mei.zip: a.sta", "MT940", []),
                ("mei.zip: lees mij.txt", None, ["Dit is geen bankbestand dat wij kennen."]),
            ],
            id="a file that is no bank file",
        ),
        pytest.param(
            [("a.sta", MT940), ("overzicht.pdf", b"%PDF-1.7")],
            [
                ("mei.zip: a.sta", "MT940", []),
                ("mei.zip: overzicht.pdf", None, ["Dit is een PDF, geen bankbestand; het is overgeslagen."]),
            ],
            id="a PDF beside the statements",
        ),
        pytest.param(
            [("__MACOSX/._a.sta", b"junk"), (".DS_Store", b"junk"), ("a.sta", MT940)],
            [("mei.zip: a.sta", "MT940", [])],
            id="what a Mac adds",
        ),
        pytest.param(
            [("b.zip", _zip(("a.sta", MT940)))],
            [("mei.zip: b.zip", None, ["Dit is een zip-bestand."])],
            id="a zip in a zip",
        ),
        pytest.param([("map/", b"")], [("mei.zip", None, ["Dit zip-bestand is leeg."])], id="only a folder"),
        pytest.param(
            [("a.xml", b" " * 20_000_000)],
            [
                (
                    "mei.zip",
                    None,
                    [TOO_LARGE],
                )
            ],
            id="a bomb",
        ),
        pytest.param(
            [(f"{number}.sta", b"") for number in range(archive.MOST_MEMBERS + 1)],
            [("mei.zip", None, ["In dit zip-bestand zitten 1001 bestanden; wij lezen er hooguit 1000."])],
            id="too many files",
        ),
    ],
)
def test_what_else_is_in_a_zip(
    tmp_path: Path, members: list[tuple[str, bytes]], told: list[tuple[str, str | None, list[str]]]
) -> None:
    assert _told(_read(tmp_path, _zip(*members))) == told


def test_only_what_a_bank_puts_beside_its_statements_is_no_fault(tmp_path: Path) -> None:
    files = _read(tmp_path, _zip(("a.sta", MT940), ("b.pdf", b"%PDF-1.7"), ("c.txt", b"hallo")))
    assert [[problem.severity for problem in file.problems] for file in files] == [
        [],
        [Severity.WARNING],
        [Severity.FAULT],
    ]


def test_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    data = bytearray(_zip(("a.sta", MT940)))
    central = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, central + 8, 1)
    struct.pack_into("<H", data, 6, 1)
    assert _told(_read(tmp_path, bytes(data))) == [
        ("mei.zip", None, ["Dit zip-bestand heeft een wachtwoord."])
    ]


@pytest.mark.parametrize("kept", [10, 100, 0.5, 0.99])
def test_a_zip_that_was_cut_off_is_refused(tmp_path: Path, kept: float) -> None:
    data = _zip(("a.sta", MT940), ("b.xml", CAMT))
    files = _read(tmp_path, data[: int(kept * len(data)) if kept < 1 else int(kept)])
    assert _told(files) == [("mei.zip", None, ["Dit zip-bestand is niet heel."])]


def test_a_damaged_file_in_a_zip_is_refused_by_its_name(tmp_path: Path) -> None:
    data = bytearray(_zip(("a.sta", MT940), ("b.xml", CAMT)))
    data[data.index(b"b.xml") + 60] ^= 0xFF
    files = _read(tmp_path, bytes(data))
    assert (files[0].format, files[0].problems) == ("MT940", ())
    assert [problem.severity for problem in files[1].problems] == [Severity.FAULT]
    assert files[1].transactions == ()


def test_a_zip_that_lost_bytes_in_the_middle_is_refused(tmp_path: Path) -> None:
    data = _zip(("a.sta", MT940), ("b.xml", CAMT))
    files = _read(tmp_path, data[:40] + data[43:])
    assert _told(files) == [("mei.zip", None, ["Dit zip-bestand is niet heel."])]
