"""Files that are no bank file: recognised, and refused with what they are."""

import io
import zipfile
from pathlib import Path

import pytest

from debiteuren.banks import pick, read_bank_bytes, read_bank_files
from debiteuren.domain.problem import Severity, SurroundingsError


def _zip(name: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr(name, "<x/>")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "found"),
    [
        pytest.param(b"", "Dit bestand is leeg.", id="empty"),
        pytest.param(b" \r\n\t\n", "Dit bestand is leeg.", id="white space"),
        pytest.param(b"\xef\xbb\xbf", "Dit bestand is leeg.", id="only a byte order mark"),
        pytest.param(b"\x00" * 100, "Dit bestand is leeg.", id="zeros"),
        pytest.param(b"hallo wereld\n", "Dit is geen bankbestand dat wij kennen.", id="text"),
        pytest.param(bytes(range(256)) * 20, "Dit is geen bankbestand dat wij kennen.", id="junk"),
        pytest.param(
            _zip("[Content_Types].xml"), "Dit is een Excel-werkmap of ander Office-bestand.", id="xlsx"
        ),
        pytest.param(_zip("afschrift.xml"), "Dit is een zip-bestand.", id="zip"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Dit is een oud Office-bestand, zoals .xls.", id="xls"
        ),
        pytest.param(b"%PDF-1.7\n", "Dit is een PDF.", id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "Dit is een afbeelding.", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0", "Dit is een afbeelding.", id="jpeg"),
        pytest.param(b"\x1f\x8b\x08", "Dit is een ingepakt bestand (gzip).", id="gzip"),
        pytest.param(b"<html><body>", "Dit is een webpagina.", id="web page"),
        pytest.param(
            b"<?xml version='1.0'?><a/>", "Dit is een XML-bestand, maar geen bankafschrift.", id="xml"
        ),
        pytest.param(
            b'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"/>',
            "Dit is een betaal- of incassobestand (pain) dat naar de bank gaat.",
            id="pain",
        ),
        pytest.param(
            b'"Datum","Boeksaldo","Valutair saldo"\n"2026-11-17","1,00","1,00"\n',
            "Dit is een lijst met saldo's, zonder boekingen.",
            id="balances",
        ),
        pytest.param(
            b"Date;Account;Currency;Book balance;Value balance\n",
            "Dit is een lijst met saldo's, zonder boekingen.",
            id="English balances",
        ),
    ],
)
def test_what_a_file_is_when_it_is_no_bank_file(data: bytes, found: str) -> None:
    file = read_bank_bytes("bestand", data)
    assert (file.format, file.bank, file.transactions, file.statements) == (None, "", (), ())
    (problem,) = file.problems
    assert (problem.severity, problem.sheet, problem.found) == (Severity.FAULT, "bestand", found)
    assert problem.remedy


def test_the_name_of_a_file_does_not_matter() -> None:
    sample = Path(__file__).parent / "samples" / "ing_mt940.sta"
    assert read_bank_bytes("factuur.pdf", sample.read_bytes()).format == "MT940"


def test_every_dialect_knows_its_own_samples_only() -> None:
    names = set()
    for sample in (Path(__file__).parent / "samples").iterdir():
        dialect = pick(sample.read_bytes())
        assert dialect is not None
        names.add(dialect.NAME)
    assert names == {"CAMT", "MT940", "OFX", "CSV", "SHEET"}


def test_a_file_that_is_not_there_is_the_surroundings(tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError, match=r"weg\.sta is niet te openen"):
        read_bank_files(tmp_path / "weg.sta")
    with pytest.raises(SurroundingsError):
        read_bank_files(tmp_path)


def test_a_camt_statement_within_another_is_refused() -> None:
    """What the outer one goes on with was lost without a word."""
    sample = (Path(__file__).parent / "samples" / "rabobank_camt053_08.xml").read_text("utf-8")
    begin, end = sample.index("<Stmt>"), sample.index("</Stmt>") + len("</Stmt>")
    inner = sample[begin:end]
    nested = sample[: end - len("</Stmt>")] + inner + sample[end - len("</Stmt>") :]
    file = read_bank_bytes("x", nested.encode())
    assert (file.refused, file.transactions) == (True, ())
    assert "Hier begint een afschrift binnen een ander afschrift." in [one.found for one in file.problems]


def test_a_camt_entry_within_another_is_refused() -> None:
    """The outer one may be waiting still, and the inner one was lost with it."""
    sample = (Path(__file__).parent / "samples" / "rabobank_camt053_08.xml").read_text("utf-8")
    first, last = sample.index("<Ntry>"), sample.rindex("</Ntry>")
    nested = f"{sample[:first]}<Ntry><Sts><Cd>PDNG</Cd></Sts>{sample[first:last]}</Ntry>{sample[last:]}"
    file = read_bank_bytes("x", nested.encode())
    assert (file.refused, file.transactions) == (True, ())
    assert "Hier staat een boeking binnen een andere boeking." in [one.found for one in file.problems]


def test_an_mt940_account_after_its_bookings_is_refused() -> None:
    """The bookings before it had no account."""
    text = (
        ":20:1\n:60F:C261116EUR1,00\n:61:261117C1,00NTRFX\n:86:a\n:25:NL20INGB0001234567\n"
        ":61:261117C1,00NTRFX\n:86:b\n:62F:C261117EUR3,00\n"
    )
    file = read_bank_bytes("x", text.encode())
    assert (file.refused, file.transactions) == (True, ())
    assert [one.found for one in file.problems] == [
        "Hier staat het rekeningnummer (:25:), na boekingen die er al onder vallen."
    ]


def test_a_camt_booking_outside_a_statement_is_refused() -> None:
    """It was passed over."""
    sample = (Path(__file__).parent / "samples" / "rabobank_camt053_08.xml").read_text("utf-8")
    begin, end = sample.index("<Ntry>"), sample.index("</Ntry>") + len("</Ntry>")
    moved = sample[:begin] + sample[end:]
    moved = moved.replace("</BkToCstmrStmt>", sample[begin:end] + "</BkToCstmrStmt>")
    file = read_bank_bytes("x", moved.encode())
    assert (file.refused, file.transactions) == (True, ())
    assert "Hier staat een boeking buiten een afschrift." in [one.found for one in file.problems]


@pytest.mark.parametrize("late", [False, True], ids=["no account", "the account after the bookings"])
def test_a_camt_booking_without_an_account_is_refused(late: bool) -> None:  # noqa: FBT001 - a case of two
    sample = (Path(__file__).parent / "samples" / "ing_camt053_02.xml").read_text("utf-8")
    begin, end = sample.index("<Acct>"), sample.index("</Acct>") + len("</Acct>")
    changed = sample[:begin] + sample[end:]
    if late:
        changed = changed.replace("</Stmt>", sample[begin:end] + "</Stmt>", 1)
    file = read_bank_bytes("x", changed.encode())
    assert (file.refused, file.transactions) == (True, ())
    assert file.problems[0].found == (
        "In het afschrift dat hier begint, staat het rekeningnummer (Acct) na de boekingen."
        if late
        else "Van het afschrift dat hier begint, ontbreekt het rekeningnummer (Acct)."
    )
