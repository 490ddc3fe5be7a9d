"""E-invoices and lists with other names into the workbook: which debtor, what is new, what is changed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from debiteuren.book.layout import TABLES
from debiteuren.book.list_invoices import read_invoices
from debiteuren.book.list_names import recognised
from debiteuren.book.lists import read_list
from debiteuren.book.workbook import Cell, Contents, Grid
from debiteuren.domain.column_map import ColumnMap, FileKind
from debiteuren.domain.electronic_invoice import ElectronicInvoice, Party
from debiteuren.domain.settings import Company

CUSTOMER = Party(name="Korenaar B.V.", numbers=("K1",), kvk="87654321", vat_number="NL009876543B01")
INVOICE = ElectronicInvoice(
    number="F1",
    issued=date(2026, 11, 2),
    amount=Decimal("484.00"),
    total=Decimal("484.00"),
    customer=CUSTOMER,
    supplier=Party(name="Groen", kvk="12345678", vat_number="NL001234567B01"),
    line=2,
)
OWN = Company(kvk="12345678", vat_number="NL001234567B01")


def _contents(**rows: list[dict[str, Cell]]) -> Contents:
    grids = {
        table.name: Grid(
            table=table.name,
            sheet=table.sheet,
            first_row=5,
            columns=table.names(),
            rows=[[row.get(name) for name in table.names()] for row in rows.get(table.name, [])],
        )
        for table in TABLES
    }
    return Contents(grids=grids, names={})


def test_a_new_debtor_comes_with_his_invoice() -> None:
    debtors, invoices = read_invoices("f.xml", [INVOICE], _contents(), OWN)
    assert debtors.rows == (
        {
            "Debiteurnummer": "K1",
            "Naam": "Korenaar B.V.",
            "KvK-nummer": "87654321",
            "Btw-nummer": "NL009876543B01",
        },
    )
    assert invoices.rows == (
        {"Factuurnummer": "F1", "Debiteurnummer": "K1", "Factuurdatum": date(2026, 11, 2), "Bedrag": 484.0},
    )


@pytest.mark.parametrize(
    ("debtor", "number"),
    [
        pytest.param({"Debiteurnummer": "K1", "Naam": "Anders"}, "K1", id="by his number"),
        pytest.param({"Debiteurnummer": "9", "KvK-nummer": "8765 4321"}, "9", id="by KvK"),
        pytest.param({"Debiteurnummer": "9", "Btw-nummer": "nl 0098.76.543.b01"}, "9", id="by VAT number"),
        pytest.param({"Debiteurnummer": "9", "Naam": "KORENAAR BV"}, "9", id="by name"),
    ],
)
def test_a_debtor_we_have_is_found_and_left_as_he_is(debtor: dict[str, Cell], number: str) -> None:
    (invoices,) = read_invoices("f.xml", [INVOICE], _contents(tblDebiteuren=[debtor]), OWN)
    assert [row["Debiteurnummer"] for row in invoices.rows] == [number]


def test_two_debtors_of_one_name_decide_nothing() -> None:
    two: list[dict[str, Cell]] = [
        {"Debiteurnummer": "8", "Naam": "Korenaar BV"},
        {"Debiteurnummer": "9", "Naam": "Korenaar BV"},
    ]
    debtors, _ = read_invoices("f.xml", [INVOICE], _contents(tblDebiteuren=two), OWN)
    assert [row["Debiteurnummer"] for row in debtors.rows] == ["K1"]


@pytest.mark.parametrize(
    ("invoice", "found"),
    [
        pytest.param(
            replace(INVOICE, customer=replace(CUSTOMER, kvk="12345678")),
            "Dit is een factuur aan u, van Groen: uw KvK-nummer staat erin als klant.",
            id="addressed to us",
        ),
        pytest.param(
            replace(INVOICE, supplier=Party(name="Pers", vat_number="NL1")),
            "Deze factuur is van Pers: een ander btw-nummer dan het uwe op Instellingen.",
            id="of somebody else",
        ),
        pytest.param(
            replace(INVOICE, customer=Party(name="Jansen")),
            "In deze factuur staat niet voor welke klant hij is: geen klantnummer en geen KvK-nummer.",
            id="for nobody we can name",
        ),
    ],
)
def test_an_invoice_that_is_not_ours_is_refused(invoice: ElectronicInvoice, found: str) -> None:
    (file,) = read_invoices("f.xml", [INVOICE, invoice], _contents(), OWN)
    assert (file.rows, [problem.found for problem in file.faults]) == ((), [found])


def test_the_same_invoice_again_is_known_and_a_changed_one_is_shown() -> None:
    there: dict[str, Cell] = {
        "Factuurnummer": "F1",
        "Debiteurnummer": "K1",
        "Factuurdatum": date(2026, 11, 2),
        "Bedrag": 484.0,
    }
    contents = _contents(tblFacturen=[there], tblDebiteuren=[{"Debiteurnummer": "K1", "Naam": "Korenaar"}])
    (same,) = read_invoices("f.xml", [INVOICE], contents, OWN)
    assert (same.rows, same.known, same.problems) == ((), 1, ())
    changed = replace(INVOICE, amount=Decimal(500), total=Decimal(500))
    (other,) = read_invoices("f.xml", [changed], contents, OWN)
    assert (other.rows, other.known) == ((), 1)
    assert [problem.found for problem in other.doubts] == [
        '"F1" staat al op Facturen, maar anders: Bedrag is "500" in plaats van "484".'
    ]


def test_that_less_is_to_be_paid_is_said_once_when_the_invoice_comes_in() -> None:
    paid_before = replace(INVOICE, amount=Decimal("84.00"))
    _, new = read_invoices("f.xml", [paid_before], _contents(), OWN)
    assert [problem.column for problem in new.doubts] == ["Bedrag"]
    has: list[dict[str, Cell]] = [{**new.rows[0]}]
    debtors, known = read_invoices("f.xml", [paid_before], _contents(tblFacturen=has), OWN)
    assert (debtors.known, known.known, known.doubts) == (0, 1, ())


def test_a_changed_row_of_a_list_by_the_users_own_columns_is_shown_too() -> None:
    chosen = ColumnMap(
        file="l.csv",
        kind=FileKind.INVOICES,
        titles=("Nr", "Wie", "Dag", "Euro"),
        meanings=("Factuurnummer", "Debiteurnummer", "Factuurdatum", "Bedrag"),
    )
    there: dict[str, Cell] = {"Factuurnummer": "F1", "Debiteurnummer": "K1", "Bedrag": 1.0}
    text = b"Nr;Wie;Dag;Euro;\nF1;K1;02-11-2026;2,00;\n"
    found = read_list("l.csv", text, _contents(tblFacturen=[there]), [chosen])
    assert found is not None
    (doubt,) = found.doubts
    assert doubt.found == (
        '"F1" staat al op Facturen, maar anders: Factuurdatum is "02-11-2026" in plaats van ""; '
        'Bedrag is "2" in plaats van "1".'
    )


@pytest.mark.parametrize(
    ("header", "table"),
    [
        pytest.param(
            "Factuurnr;Relatiecode;Datum;Totaal incl. btw", "tblFacturen", id="a package's invoices"
        ),
        pytest.param(
            "Invoice number,Customer code,Invoice date,TotalInclVat", "tblFacturen", id="in English"
        ),
        pytest.param("Factuurnr;Debiteur;Datum;Bedrag", None, id="a debtor who may be a name"),
        pytest.param("Factuurnr;Klantnr;Datum;Totaal", None, id="a total that may be without VAT"),
        pytest.param("Factuurnr;Klantnr;Relatienr;Datum;Factuurbedrag", None, id="two that mean the same"),
        pytest.param("FldRelatiecode;FldNaam;FldPlaats", "tblDebiteuren", id="SnelStart's import names"),
        pytest.param("Code;Naam;E-mailadres;Woonplaats", "tblDebiteuren", id="a package's debtors"),
        pytest.param("Code;Naam", None, id="a code and a name of anything"),
    ],
)
def test_names_that_packages_use(header: str, table: str | None) -> None:
    found = recognised(header.split("," if "," in header else ";"))
    assert (found.table.name if found else None) == table
