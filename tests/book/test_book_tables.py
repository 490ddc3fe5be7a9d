"""Rows of the workbook become domain types; every fault is named, all at once."""

from datetime import date, datetime
from decimal import Decimal

from debiteuren.book.tables import read_ledger
from debiteuren.book.workbook import Cell, CellFault
from debiteuren.domain.contact import ContactKind
from debiteuren.domain.debtor import Channel, Form
from debiteuren.domain.invoice import Block
from debiteuren.domain.settings import DEFAULT_LADDER, Settings, Step
from workbooks import contents

INVOICE: dict[str, Cell] = {
    "Factuurnummer": "2026-0042",
    "Debiteurnummer": "D100",
    "Factuurdatum": date(2026, 10, 1),
    "Bedrag": 121.0,
}
DEBTOR: dict[str, Cell] = {"Debiteurnummer": "D100", "Naam": "Bakkerij van Dam"}


def test_an_invoice_takes_its_due_day_from_the_debtor_then_from_the_settings() -> None:
    rows: dict[str, list[dict[str, Cell]]] = {
        "tblFacturen": [
            INVOICE,
            {**INVOICE, "Factuurnummer": 1001.0, "Debiteurnummer": "D200"},
            {**INVOICE, "Factuurnummer": "K1", "Vervaldatum": date(2026, 10, 9)},
        ],
        "tblDebiteuren": [
            {**DEBTOR, "Betaaltermijn": 14.0},
            {"Debiteurnummer": "D200", "Naam": "Garage Het Wiel"},
        ],
    }
    reading = read_ledger(contents(rows, {"Betaaltermijn": 21.0}))
    assert reading.problems == ()
    assert [(invoice.number, invoice.due) for invoice in reading.ledger.invoices] == [
        ("2026-0042", date(2026, 10, 15)),
        ("1001", date(2026, 10, 22)),
        ("K1", date(2026, 10, 9)),
    ]


def test_all_faults_are_named_at_once_in_order_of_sheet_and_row() -> None:
    rows: dict[str, list[dict[str, Cell]]] = {
        "tblFacturen": [
            {**INVOICE, "Factuurdatum": "31-02-2026"},
            {**INVOICE, "Bedrag": "1.234"},
            {"Omschrijving": "alleen dit"},
        ],
        "tblDebiteuren": [{"Naam": "Zonder nummer"}],
        "tblBetalingen": [
            {"Transactie": "T1", "Boekdatum": date(2026, 11, 1), "Bedrag": 1.0},
            {"Transactie": "T1", "Boekdatum": date(2026, 11, 1), "Bedrag": 1.0},
        ],
    }
    reading = read_ledger(contents(rows))
    assert [problem.place for problem in reading.faults] == [
        "Facturen, rij 5, kolom Factuurdatum",
        "Facturen, rij 6, kolom Factuurnummer",
        "Facturen, rij 6, kolom Bedrag",
        "Facturen, rij 7, kolom Factuurnummer",
        "Facturen, rij 7, kolom Debiteurnummer",
        "Facturen, rij 7, kolom Factuurdatum",
        "Facturen, rij 7, kolom Bedrag",
        "Debiteuren, rij 5, kolom Debiteurnummer",
        "Betalingen, rij 6, kolom Transactie",
    ]


def test_doubt_does_not_stop_and_takes_the_careful_side() -> None:
    rows: dict[str, list[dict[str, Cell]]] = {
        "tblFacturen": [{**INVOICE, "Blokkade": "in overleg"}],
        "tblDebiteuren": [
            {
                **DEBTOR,
                "IBAN": "NL00 BANK 0123 4567 89",
                "E-mail": "a@x.nl, b@y.nl",
                "Aanspreekvorm": "jij",
                "Kanaal": "duif",
            }
        ],
    }
    reading = read_ledger(contents(rows))
    (invoice,), (debtor,) = reading.ledger.invoices, reading.ledger.debtors
    assert reading.faults == ()
    assert (invoice.block, invoice.block_word) == (Block.HOLD, "in overleg")
    assert (debtor.iban, debtor.email, debtor.form, debtor.channel) == ("", "", Form.U, Channel.EMAIL)
    assert [problem.column for problem in reading.problems] == [
        "Blokkade",
        "Aanspreekvorm",
        "Kanaal",
        "E-mail",
        "IBAN",
    ]


def test_a_line_break_never_becomes_part_of_an_address() -> None:
    for address in (
        "a@x.nl\nBcc: b@y.nl",
        "a@x.nl\r\n",
        "a@x\u2028.nl",
        "Jan <a@x.nl>",
        "a@x.nl;b@y.nl",
        "@x.nl",
        "a@x",
    ):
        reading = read_ledger(contents({"tblDebiteuren": [{**DEBTOR, "E-mail": address}]}))
        expected = "a@x.nl" if address.strip() == "a@x.nl" else ""
        assert reading.ledger.debtors[0].email == expected, address


def test_a_double_invoice_number_is_a_fault_and_names_the_first_row() -> None:
    reading = read_ledger(contents({"tblFacturen": [INVOICE, INVOICE], "tblDebiteuren": [DEBTOR]}))
    (fault,) = reading.faults
    assert fault.found == 'Hier staat "2026-0042", en dat staat ook in rij 5.'


def test_an_error_in_a_number_is_a_fault_not_an_empty_cell() -> None:
    rows: dict[str, list[dict[str, Cell]]] = {
        "tblFacturen": [{**INVOICE, "Vervaldatum": CellFault("#N/A")}],
        "tblDebiteuren": [DEBTOR],
    }
    (fault,) = read_ledger(contents(rows)).faults
    assert fault.found == 'Hier staat "#N/A". Dat is geen datum.'


def test_arrangements_with_gaps_are_read_and_not_refused() -> None:
    rows: dict[str, list[dict[str, Cell]]] = {
        "tblRegelingen": [{"Regeling": "R1"}],
        "tblTermijnen": [{"Regeling": "R1", "Bedrag": 50.0}],
    }
    reading = read_ledger(contents(rows))
    assert reading.faults == ()
    assert reading.ledger.arrangements[0].amount is None
    assert reading.ledger.instalments[0].due is None


def test_a_contact_needs_its_required_words_and_keeps_its_time() -> None:
    row: dict[str, Cell] = {
        "Moment": datetime(2026, 11, 20, 10, 15),
        "Debiteurnummer": "D100",
        "Kanaal": "Telefoon",
        "Soort": "gesprek",
        "Facturen": "2026-0042; 2026-0043",
    }
    (contact,) = read_ledger(contents({"tblContact": [row]})).ledger.contacts
    assert (contact.moment, contact.kind) == (datetime(2026, 11, 20, 10, 15), ContactKind.CONVERSATION)
    assert contact.invoices == ("2026-0042", "2026-0043")
    reading = read_ledger(contents({"tblContact": [{**row, "Kanaal": None}]}))
    assert [problem.column for problem in reading.faults] == ["Kanaal"]


def test_settings_have_the_contracts_defaults_and_faults_name_the_cell() -> None:
    assert read_ledger(contents()).ledger.settings == Settings()
    reading = read_ledger(
        contents(names={"BankMaxOud": "vaak", "Drempel": 7.5, "Peildatum": date(2026, 11, 1)})
    )
    assert [problem.place for problem in reading.faults] == ["Instellingen, kolom BankMaxOud"]
    assert reading.ledger.settings.floor == Decimal("7.50")
    assert reading.ledger.settings.as_of == date(2026, 11, 1)


def test_an_iban_or_address_of_our_own_that_is_none_never_reaches_a_letter() -> None:
    names: dict[str, Cell] = {
        "EigenIBAN": "NL20INGB0001234568",
        "EigenEmail": "a@x.nl, b@y.nl",
        "EigenNaam": "De Linde",
    }
    reading = read_ledger(contents(names=names))
    company = reading.ledger.settings.company
    assert (company.iban, company.email, company.name) == ("", "", "De Linde")
    assert [problem.place for problem in reading.problems] == [
        "Instellingen, kolom EigenIBAN",
        "Instellingen, kolom EigenEmail",
    ]
    good = read_ledger(contents(names={"EigenIBAN": "NL85 ABNA 0418 8265 03"})).ledger.settings.company
    assert good.iban == "NL85ABNA0418826503"


def test_an_unknown_word_in_a_setting_is_doubt_and_the_default_holds() -> None:
    reading = read_ledger(contents(names={"ConceptDoel": "fax", "Taal": "fr"}))
    assert [problem.column for problem in reading.problems] == ["Taal", "ConceptDoel"]
    assert (reading.faults, reading.ledger.settings) == ((), Settings())


def test_the_ladder_is_what_the_user_made_of_it() -> None:
    rows: dict[str, list[dict[str, Cell]]] = {
        "tblStappen": [
            {
                "Stap": "Herinnering",
                "Na": "Vervaldatum",
                "Wachtdagen": 5.0,
                "Soort actie": "Herinnering sturen",
            },
            {
                "Stap": "Laatste aanmaning",
                "Na": "Herinnering",
                "Wachtdagen": 9.0,
                "Soort actie": "Laatste aanmaning sturen",
            },
            {"Stap": "Toveren", "Na": "Herinnering", "Wachtdagen": 1.0, "Soort actie": "Bellen"},
        ]
    }
    reading = read_ledger(contents(rows))
    assert [(step.step, step.after, step.wait_days) for step in reading.ledger.settings.ladder] == [
        (Step.REMINDER, (), 5),
        (Step.FINAL_DEMAND, (Step.REMINDER,), 9),
    ]
    assert [problem.place for problem in reading.problems] == ["Instellingen, rij 7, kolom Stap"]
    assert read_ledger(contents()).ledger.settings.ladder == DEFAULT_LADDER
