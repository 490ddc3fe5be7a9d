"""E-invoices (UBL): what stands in them, and what makes them refused."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debiteuren.banks import read_bank_bytes, read_bank_files
from debiteuren.banks.ubl import is_invoice, read_invoice
from debiteuren.domain.electronic_invoice import ElectronicInvoice, Party
from debiteuren.domain.payment import BankFile

INVOICE = (Path(__file__).parent / "invoices" / "nlcius_invoice.xml").read_text("utf-8")
UNSAFE = "Dit XML-bestand bevat een DOCTYPE of entiteit. Een factuur heeft die nooit; dat kan onveilig zijn."
CREDIT = (
    INVOICE.replace("xsd:Invoice-2", "xsd:CreditNote-2")
    .replace("<Invoice ", "<CreditNote ")
    .replace("</Invoice>", "</CreditNote>")
)


def _read(text: str | bytes) -> BankFile:
    return read_invoice("f.xml", io.BytesIO(text.encode() if isinstance(text, str) else text))


def _one(text: str) -> ElectronicInvoice:
    file = _read(text)
    assert file.problems == ()
    (invoice,) = file.invoices
    return invoice


def test_everything_we_use_of_an_invoice() -> None:
    assert is_invoice(INVOICE.encode())
    assert _one(INVOICE) == ElectronicInvoice(
        number="2026-0301",
        issued=date(2026, 11, 2),
        due=date(2026, 12, 2),
        amount=Decimal("484.00"),
        total=Decimal("484.00"),
        vat=Decimal("84.00"),
        description="Onderhoud tuin oktober",
        delivered=date(2026, 10, 30),
        reference="5000056789012345",
        customer=Party(
            name="Bakkerij De Korenaar B.V.",
            numbers=("K1042", "87654321"),
            kvk="87654321",
            vat_number="NL009876543B01",
            email="administratie@korenaar.example",
            phone="030 1234567",
            address="Molenweg 12",
            postcode="3701 AB",
            city="Zeist",
        ),
        supplier=Party(
            name="Hoveniersbedrijf Groen", numbers=("12345678",), kvk="12345678", vat_number="NL001234567B01"
        ),
        line=2,
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(CREDIT, id="a credit note"),
        pytest.param(INVOICE.replace(">380<", ">381<"), id="an invoice of the type credit note"),
    ],
)
def test_a_credit_note_is_negative(text: str) -> None:
    found = _one(text)
    assert (found.amount, found.total, found.vat) == (Decimal(-484), Decimal(-484), Decimal(-84))


def test_what_is_to_be_paid_counts_and_not_the_total() -> None:
    found = _one(
        INVOICE.replace('PayableAmount currencyID="EUR">484.00', 'PayableAmount currencyID="EUR">84')
    )
    assert (found.amount, found.total) == (Decimal("84.00"), Decimal("484.00"))


def test_the_vat_that_is_also_there_in_another_currency_is_ours_in_either_order() -> None:
    ours = INVOICE[INVOICE.index("<cac:TaxTotal>") : INVOICE.index("</cac:TaxTotal>") + 15]
    other = '<cac:TaxTotal><cbc:TaxAmount currencyID="SEK">940.00</cbc:TaxAmount></cac:TaxTotal>'
    for both in (ours + other, other + ours):
        assert _one(INVOICE.replace(ours, both)).vat == Decimal(84)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        pytest.param(
            "<cbc:ID>2026-0301</cbc:ID>", "", "In deze factuur ontbreekt: factuurnummer.", id="no number"
        ),
        pytest.param(
            "2026-11-02",
            "2026-02-31",
            'De factuurdatum is "2026-02-31". Die datum bestaat niet.',
            id="no day",
        ),
        pytest.param(
            "2026-12-02",
            "2/12/2026",
            'De vervaldatum is "2/12/2026". Die datum bestaat niet.',
            id="no due day",
        ),
        pytest.param(
            "484.00",
            "484,00",
            'Het totaal met btw is "484,00". Dat is geen bedrag in hele centen.',
            id="a comma",
        ),
        pytest.param(
            "484.00",
            "484.005",
            'Het totaal met btw is "484.005". Dat is geen bedrag in hele centen.',
            id="half a cent",
        ),
        pytest.param(
            "484.00", "1e3", 'Het totaal met btw is "1e3". Dat is geen bedrag in hele centen.', id="exponent"
        ),
        pytest.param(
            "CurrencyCode>EUR",
            "CurrencyCode>USD",
            "De factuur is in USD. Wij tellen alleen in euro's.",
            id="dollars",
        ),
        pytest.param(
            'PayableAmount currencyID="EUR"',
            'PayableAmount currencyID="GBP"',
            "Het te betalen bedrag is in GBP. Wij tellen alleen in euro's.",
            id="two currencies",
        ),
        pytest.param(
            "<Invoice ",
            '<!DOCTYPE x [<!ENTITY e "x">]><Invoice ',
            UNSAFE,
            id="a DOCTYPE",
        ),
    ],
)
def test_what_cannot_be_trusted_is_refused(old: str, new: str, found: str) -> None:
    file = _read(INVOICE.replace(old, new))
    assert (file.invoices, [problem.found for problem in file.problems]) == ((), [found])


def test_a_negative_credit_note_is_refused() -> None:
    (problem,) = _read(CREDIT.replace(">484.00", ">-484.00")).problems
    assert problem.found.startswith("Deze creditfactuur heeft een bedrag met een min")


def test_half_a_file_and_deep_nesting_are_refused() -> None:
    for text in (INVOICE[:900], INVOICE.replace("</Invoice>", "<a>" * 100_000)):
        (problem,) = _read(text).problems
        assert problem.found == "Vanaf hier is dit geen XML die klopt."
        assert problem.row


def test_a_zip_of_invoices_beside_their_pdfs(tmp_path: Path) -> None:
    path = tmp_path / "facturen.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("1.xml", INVOICE)
        package.writestr("2.xml", CREDIT.replace("2026-0301", "2026-0302"))
        package.writestr("1.pdf", b"%PDF-1.7")
    files = read_bank_files(path, invoices=True)
    assert [found.number for file in files for found in file.invoices] == ["2026-0301", "2026-0302"]


def test_where_bank_files_are_asked_an_invoice_is_told_its_way() -> None:
    (problem,) = read_bank_bytes("f.xml", INVOICE.encode()).problems
    assert problem.found == "Dit is een e-factuur (UBL), geen bankbestand."
    assert "importeer" in problem.remedy


def test_an_invoice_in_the_envelope_of_peppol() -> None:
    inside = INVOICE.partition("?>")[2]
    sealed = "<StandardBusinessDocument xmlns='urn:x'><Header/>{}</StandardBusinessDocument>"
    assert replace(_one(sealed.format(inside)), line=2) == replace(_one(INVOICE), line=2)
    (problem,) = _read(sealed.format(inside * 2)).problems
    assert problem.found == "In dit bestand staan 2 facturen in plaats van een."


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(INVOICE) - 1), st.integers(0, 255)), max_size=8), st.data())
def test_whatever_stands_there_it_is_an_invoice_or_a_refusal(
    flips: list[tuple[int, int]], data: st.DataObject
) -> None:
    raw = bytearray(INVOICE.encode())
    for at, byte in flips:
        raw[at] = byte
    end = data.draw(st.one_of(st.just(len(raw)), st.integers(0, len(raw))))
    file = _read(bytes(raw[:end]))
    assert bool(file.invoices) is not bool(file.problems)
    assert all(problem.found and problem.remedy for problem in file.problems)
