"""Files with columns we do not know: said, put on the sheet Kolommen, chosen once, and read from then on."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from commands import run, unchanged
from debiteuren.book.ooxml import Package
from debiteuren.book.shipped import template_bytes

BANK = "Dag;Omschr.;Euro;Wie;IBAN klant\n17-11-2026;Factuur 1;121,00;Jansen;NL95RABO0118222333\n"
MEANINGS = "Dag=Boekdatum;Omschr.=Omschrijving;Euro=Bedrag;Wie=Naam;IBAN klant=Tegenrekening"
INVOICES = "Fact.;Klantcode;Dag;Totaal\nF1;K1;01-11-2026;121,00\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "Boek.xlsm"
    path.write_bytes(template_bytes())
    _set(path, "EigenIBAN", "NL20INGB0001234567")
    return path


def _set(path: Path, name: str, value: str) -> None:
    ((sheet, place),) = openpyxl.load_workbook(path).defined_names[name].destinations
    with Package.open(path) as package:
        package.set_cells(sheet, {place.replace("$", ""): value})
        package.save()


def _rows(path: Path, table: str) -> list[dict[str, Any]]:
    for sheet in openpyxl.load_workbook(path).worksheets:
        if table in sheet.tables:
            cells = [[cell.value for cell in row] for row in sheet[sheet.tables[table].ref]]
            rows = [dict(zip(cells[0], line, strict=True)) for line in cells[1:]]
            return [row for row in rows if any(row.values())]
    raise KeyError(table)


def _file(book: Path, name: str, text: str) -> Path:
    path = book.parent / name
    path.write_text(text, encoding="utf-8")
    return path


def _choose(book: Path, **meanings: str) -> None:
    names = [row["Kolom"] for row in _rows(book, "tblKolommen")]
    with Package.open(book) as package:
        package.set_column("tblKolommen", "Betekenis", [meanings.get(name) for name in names])
        package.save()


def test_unknown_columns_are_refused_with_the_way_to_choose_them(book: Path) -> None:
    file = _file(book, "vreemd.csv", BANK)
    with unchanged(book):
        done = run("importeer", book, file, "--json")
    assert done.code == 2
    (problem,) = done.json["problemen"]
    assert (problem["blad"], problem["rij"]) == ("vreemd.csv", 1)
    assert '"Dag", "Omschr.", "Euro", "Wie", "IBAN klant"' in problem["wat"]
    assert "--kolommen" in problem["doen"]


def test_the_columns_stand_on_the_sheet_with_a_proposal_and_nothing_chosen(book: Path) -> None:
    file = _file(book, "vreemd.csv", BANK)
    assert run("importeer", book, file, "--kolommen").code == 0
    assert [tuple(row.values()) for row in _rows(book, "tblKolommen")] == [
        ("vreemd.csv", "Dag", "17-11-2026", "Boekdatum", None),
        ("vreemd.csv", "Omschr.", "Factuur 1", "Niet gebruiken", None),
        ("vreemd.csv", "Euro", "121,00", "Bedrag", None),
        ("vreemd.csv", "Wie", "Jansen", "Niet gebruiken", None),
        ("vreemd.csv", "IBAN klant", "NL95RABO0118222333", "Tegenrekening", None),
    ]
    assert _rows(book, "tblBetalingen") == []
    done = run("importeer", book, file, "--json")
    assert done.code == 2
    assert done.json["problemen"][0]["blad"] == "Kolommen"
    assert done.json["problemen"][0]["wat"].startswith("Nog niet gekozen is welke kolom dit is: Boekdatum")


def test_once_chosen_this_and_every_later_file_is_read(book: Path) -> None:
    file = _file(book, "vreemd.csv", BANK)
    run("importeer", book, file, "--kolommen")
    _choose(book, Dag="Boekdatum", Euro="bedrag", Wie="Naam", **{"IBAN klant": "Tegenrekening"})
    later = _file(book, "later.csv", BANK.replace("17-11", "18-11").replace("121,00", "-3,50"))
    done = run("importeer", book, file, later, file, "--json")
    assert [(found["nieuw"], found["bekend"]) for found in done.json["bestanden"]] == [(1, 0), (1, 0), (0, 1)]
    first, second = _rows(book, "tblBetalingen")
    assert (first["Rekening"], first["Bedrag"], first["Naam"]) == ("NL20INGB0001234567", 121, "Jansen")
    assert (first["Tegenrekening"], first["Bron"]) == ("NL95RABO0118222333", "ING CSV eigen kolommen")
    assert (second["Bedrag"], f"{second['Boekdatum']:%d-%m-%Y}") == (-3.5, "18-11-2026")


def test_with_words_it_is_chosen_and_read_in_one_go(book: Path) -> None:
    invoices = _file(book, "fact.csv", INVOICES)
    debtors = _file(book, "klant.csv", "Code,Bedrijfsnaam,Email\nK1,Jansen BV,a@voorbeeld.nl\n")
    words = "Fact.=Factuurnummer;Klantcode=Debiteurnummer;Dag=Factuurdatum;Totaal=Bedrag"
    assert run("importeer", book, debtors, invoices, "--betekenis", words).code == 0
    (invoice,) = _rows(book, "tblFacturen")
    assert (invoice["Factuurnummer"], invoice["Debiteurnummer"], invoice["Bedrag"]) == ("F1", "K1", 121)
    (debtor,) = _rows(book, "tblDebiteuren")
    assert (debtor["Naam"], debtor["E-mail"]) == ("Jansen BV", "a@voorbeeld.nl")
    assert run("importeer", book, invoices, "--json").json["bestanden"][0]["bekend"] == 1


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param("Dag=Boekdag", "Dat is geen kolom met een betekenis die bestaat.", id="no such meaning"),
        pytest.param("Datum=Boekdatum", 'Dit bestand heeft geen kolom "datum".', id="no such column"),
        pytest.param("Boekdatum", "Dat is geen kolom met een betekenis die bestaat.", id="no sign"),
    ],
)
def test_words_that_are_not_there_change_nothing(book: Path, words: str, found: str) -> None:
    file = _file(book, "vreemd.csv", BANK)
    with unchanged(book):
        done = run("importeer", book, file, "--betekenis", words, "--json")
    assert done.code == 2
    assert done.json["problemen"][0]["wat"].endswith(found)


@pytest.mark.parametrize(
    ("meanings", "found"),
    [
        pytest.param(
            {"Dag": "Boekdatum", "Euro": "Bedrag", "Wie": "Bedrag"},
            "Twee kolommen hebben de betekenis Bedrag.",
            id="one meaning twice",
        ),
        pytest.param(
            {"Dag": "Boekdatum", "Euro": "Bedrag", "Wie": "Postcode"},
            'De betekenis "Postcode" past niet bij Betalingen.',
            id="a meaning of another kind of file",
        ),
        pytest.param(
            {"Dag": "Boekdatum"},
            "Nog niet gekozen is welke kolom dit is: Bedrag (of Bedrag af en Bedrag bij).",
            id="no amount",
        ),
    ],
)
def test_a_choice_that_is_not_whole_is_said_with_its_row(
    book: Path, meanings: dict[str, str], found: str
) -> None:
    file = _file(book, "vreemd.csv", BANK)
    run("importeer", book, file, "--kolommen")
    _choose(book, **meanings)
    (problem,) = run("importeer", book, file, "--json").json["problemen"]
    assert (problem["blad"], problem["rij"], problem["kolom"]) == ("Kolommen", 5, "Betekenis")
    assert problem["wat"].startswith(found)


@pytest.mark.parametrize(
    ("header", "rows", "words", "amounts"),
    [
        pytest.param(
            "Dag;Uit;Erin",
            ["01-11-2026;12,50;", "02-11-2026;;20,00"],
            "Dag=Boekdatum;Uit=Bedrag af;Erin=Bedrag bij",
            [-12.5, 20],
            id="out and in of their own",
        ),
        pytest.param(
            "Dag;Euro;Teken",
            ["01-11-2026;12,50;Af", "02-11-2026;20,00;Bij"],
            "Dag=Boekdatum;Euro=Bedrag;Teken=Af of bij",
            [-12.5, 20],
            id="a column for the sign",
        ),
        pytest.param(
            "Dag;Euro",
            ["13/11/2026;1.00", "02/11/2026;-2.00"],
            "Dag=Boekdatum;Euro=Bedrag",
            [-2, 1],
            id="slashes",
        ),
        pytest.param(
            "Dag;Euro",
            ["11/13/2026;1.00", "11/02/2026;-2.00"],
            "Dag=Boekdatum;Euro=Bedrag",
            [-2, 1],
            id="slashes, the month first",
        ),
    ],
)
def test_the_ways_an_amount_can_stand_there(
    book: Path, header: str, rows: list[str], words: str, amounts: list[float]
) -> None:
    file = _file(book, "vreemd.csv", "\n".join([header, *rows]))
    assert run("importeer", book, file, "--betekenis", words).code == 0
    assert [row["Bedrag"] for row in _rows(book, "tblBetalingen")] == amounts


@pytest.mark.parametrize(
    ("row", "found"),
    [
        pytest.param(
            "03/04/2026;1,00", "Wat daarvan de dag is en wat de maand, is niet zeker.", id="slashes"
        ),
        pytest.param(
            "13/04/2026;1,00\n04/13/2026;1,00", "Die datum bestaat niet.", id="the day on either side"
        ),
        pytest.param("31-02-2026;1,00", "Die datum bestaat niet.", id="no such day"),
        pytest.param("01-02-2026;1,5", "Dat is geen bedrag.", id="one decimal"),
        pytest.param("01-02-2026", "Deze regel heeft 1 kolommen in plaats van 2", id="too few cells"),
    ],
)
def test_a_row_that_cannot_be_read_refuses_the_file(book: Path, row: str, found: str) -> None:
    file = _file(book, "vreemd.csv", "Dag;Euro\n" + row)
    done = run("importeer", book, file, "--betekenis", "Dag=Boekdatum;Euro=Bedrag", "--json")
    assert done.code == 2
    assert any(found in problem["wat"] for problem in done.json["problemen"])
    assert done.json["problemen"][0]["rij"] == 2 + row.count("\n")


def test_a_file_that_is_not_there_is_said_to_be_gone(book: Path) -> None:
    with unchanged(book):
        done = run("importeer", book, book.parent / "weg.csv", "--kolommen")
    assert done.code == 3
    assert "weg.csv is niet te openen (het is er niet)" in done.err


def test_without_an_account_anywhere_it_says_where_to_put_it(book: Path) -> None:
    _set(book, "EigenIBAN", "")
    file = _file(book, "vreemd.csv", BANK)
    done = run("importeer", book, file, "--betekenis", MEANINGS, "--json")
    assert done.code == 2
    assert done.json["problemen"][0]["doen"].startswith("Vul op Instellingen uw eigen IBAN in")


def test_two_kinds_of_file_with_one_name_stand_apart(book: Path) -> None:
    run("importeer", book, _file(book, "export.csv", BANK), "--kolommen")
    run("importeer", book, _file(book, "export.csv", INVOICES), "--kolommen")
    again = run("importeer", book, _file(book, "export.csv", BANK), "--kolommen", "--json")
    assert again.json["al_gekozen"] == ["export.csv"]
    assert dict.fromkeys(row["Bestand"] for row in _rows(book, "tblKolommen")) == {
        "export.csv": None,
        "export.csv (2)": None,
    }


def test_a_file_that_is_known_has_nothing_to_choose(book: Path) -> None:
    sample = Path(__file__).parents[1] / "banks" / "samples" / "ing_csv_9.csv"
    with unchanged(book):
        done = run("importeer", book, sample, "--kolommen", "--json")
    assert (done.code, done.json["kolommen"], done.json["bekend"]) == (0, [], ["ing_csv_9.csv"])


def test_text_in_the_file_never_becomes_a_formula(book: Path) -> None:
    run("importeer", book, _file(book, "=1.csv", "=Dag;+Euro\n=1+1;@x\n"), "--kolommen")
    sheet = openpyxl.load_workbook(book)["Kolommen"]
    assert [cell.data_type for cell in sheet[5][:3]] == ["s", "s", "s"]
