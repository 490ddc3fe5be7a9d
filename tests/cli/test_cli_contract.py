"""The surface end to end: a workbook filled as a user would, a command, the cells read by openpyxl."""

import shutil
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from commands import run
from debiteuren.book.ooxml import Package
from debiteuren.book.shipped import template_bytes
from debiteuren.one_run import only_run

Rows = Sequence[Mapping[str, Any]]
FRIDAY = date(2026, 11, 20)


class Book:
    """A workbook on disk with rows put in through the editor and read back by a stranger."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "Boek.xlsm"
        self.path.write_bytes(template_bytes())

    def add(self, table: str, *rows: Mapping[str, Any]) -> None:
        with Package.open(self.path) as package:
            package.append_rows(table, rows)
            package.save()

    def set(self, name: str, value: Any) -> None:  # noqa: ANN401 - any cell value
        book = openpyxl.load_workbook(self.path)
        ((sheet, place),) = book.defined_names[name].destinations
        with Package.open(self.path) as package:
            package.set_cells(sheet, {place.replace("$", ""): value})
            package.save()

    def rows(self, table: str) -> list[dict[str, Any]]:
        book = openpyxl.load_workbook(self.path)
        for sheet in book.worksheets:
            if table in sheet.tables:
                cells = [[cell.value for cell in row] for row in sheet[sheet.tables[table].ref]]
                found = [dict(zip(cells[0], line, strict=True)) for line in cells[1:]]
                return [row for row in found if any(value is not None for value in row.values())]
        raise KeyError(table)

    def invoice(self, number: str = "2026-0042") -> dict[str, Any]:
        return next(row for row in self.rows("tblFacturen") if row["Factuurnummer"] == number)

    def do(self, *words: str | Path, on: date = FRIDAY) -> Any:  # noqa: ANN401 - the command's object
        done = run(words[0], self.path, *words[1:], "--peildatum", on.isoformat(), "--json")
        assert done.code == 0, done.err
        return done.json


@pytest.fixture
def book(tmp_path: Path) -> Book:
    made = Book(tmp_path)
    made.set("EigenIBAN", "NL85ABNA0418826503")
    made.set("EigenNaam", "Hoveniersbedrijf De Linde")
    made.add(
        "tblDebiteuren",
        {
            "Debiteurnummer": "D100",
            "Naam": "Bakkerij van Dam",
            "Soort": "Zakelijk",
            "Voornaam": "Lotte",
            "E-mail": "lotte@vandam.example",
            "Telefoon": "030 123 45 67",
        },
    )
    return made


def invoice(**cells: Any) -> dict[str, Any]:  # noqa: ANN401 - cell values
    """Issued 1 October, due 1 November (a Sunday), 121 euros."""
    return {
        "Factuurnummer": "2026-0042",
        "Debiteurnummer": "D100",
        "Factuurdatum": date(2026, 10, 1),
        "Vervaldatum": date(2026, 11, 1),
        "Bedrag": 121.0,
        **cells,
    }


def payment(**cells: Any) -> dict[str, Any]:  # noqa: ANN401 - cell values
    return {
        "Transactie": "T1",
        "Rekening": "NL85ABNA0418826503",
        "Boekdatum": date(2026, 11, 19),
        "Bedrag": 1.0,
        "Omschrijving": "iets anders",
        **cells,
    }


def contact(day: date, kind: str, **cells: Any) -> dict[str, Any]:  # noqa: ANN401 - cell values
    return {"Moment": day, "Debiteurnummer": "D100", "Kanaal": "E-mail", "Soort": kind, **cells}


def action(row: Mapping[str, Any]) -> tuple[str, date | None]:
    day = row["Actie op"]
    return row["Volgende actie"], day.date() if isinstance(day, datetime) else day


def test_the_first_reminder_is_due_two_days_after_the_due_day_and_keeps_that_day(book: Book) -> None:
    book.add("tblFacturen", invoice())
    book.do("bijwerken", on=date(2026, 11, 1))
    assert (book.invoice()["Status"], action(book.invoice())) == ("Openstaand", ("Geen", None))
    book.do("bijwerken", on=date(2026, 11, 2))
    assert (book.invoice()["Status"], action(book.invoice())) == ("Te laat", ("Wachten", date(2026, 11, 3)))
    for on in (date(2026, 11, 3), FRIDAY):
        book.do("bijwerken", on=on)
        assert action(book.invoice()) == ("Herinnering sturen", date(2026, 11, 3))
    row = book.invoice()
    assert (row["Openstaand"], row["Dagen te laat"], row["Ouderdom"]) == (121.0, 19, "1–30 dagen")


def test_the_ladder_counts_from_the_step_as_done(book: Book) -> None:
    book.add("tblFacturen", invoice())
    book.add("tblContact", contact(date(2026, 11, 12), "Herinnering", Concept="Verstuurd"))
    book.do("bijwerken", on=date(2026, 11, 18))
    assert action(book.invoice()) == ("Wachten", date(2026, 11, 19))
    book.do("bijwerken", on=date(2026, 11, 19))
    assert action(book.invoice()) == ("Bellen", date(2026, 11, 19))
    book.add("tblContact", contact(date(2026, 11, 19), "Gesprek", Kanaal="Telefoon", Uitkomst="Smoes"))
    book.do("bijwerken", on=FRIDAY)
    # Three days after the call is Sunday 22 November: the next working day.
    assert action(book.invoice()) == ("Wachten", date(2026, 11, 23))


def test_a_voided_draft_was_not_sent(book: Book) -> None:
    book.add("tblFacturen", invoice())
    book.add("tblContact", contact(date(2026, 11, 12), "Herinnering", Concept="Vervallen"))
    book.do("bijwerken")
    assert action(book.invoice()) == ("Herinnering sturen", date(2026, 11, 3))


def test_stale_bank_data_makes_the_ladder_wait_and_no_draft(book: Book) -> None:
    book.add("tblFacturen", invoice())
    book.add("tblBetalingen", payment(Boekdatum=date(2026, 11, 16)))
    # From Monday 16 to Friday 20 November is four working days; three are allowed.
    assert book.do("herinneringen")["concepten"] == []
    assert action(book.invoice()) == ("Wachten", date(2026, 11, 3))
    assert "16-11-2026" in book.invoice()["Waarom"]
    assert len(book.do("herinneringen", "--zonder-bank")["concepten"]) == 1


def test_bank_data_of_the_day_before_yesterday_is_fresh(book: Book) -> None:
    book.add("tblFacturen", invoice())
    book.add("tblBetalingen", payment(Boekdatum=date(2026, 11, 17)))
    (draft,) = book.do("herinneringen")["concepten"]
    assert {key: draft[key] for key in ("debiteur", "aan", "stap", "facturen", "bedrag")} == {
        "debiteur": "D100",
        "aan": "lotte@vandam.example",
        "stap": "Herinnering",
        "facturen": ["2026-0042"],
        "bedrag": "121.00",
    }
    assert Path(draft["bestand"]).is_file()


def test_without_any_bank_data_the_ladder_shows_and_no_draft_is_made(book: Book) -> None:
    book.add("tblFacturen", invoice())
    done = book.do("herinneringen")
    assert (done["concepten"], len(done["overgeslagen"])) == ([], 1)
    assert action(book.invoice())[0] == "Herinnering sturen"
    assert len(book.do("herinneringen", "--zonder-bank")["concepten"]) == 1


def test_pressed_twice_nothing_comes_twice(book: Book) -> None:
    book.add("tblFacturen", invoice())
    book.add("tblBetalingen", payment())
    (draft,) = book.do("herinneringen")["concepten"]
    (row,) = book.rows("tblContact")
    assert (row["Soort"], row["Facturen"], row["Concept"]) == ("Herinnering", "2026-0042", "Gemaakt")
    assert action(book.invoice()) == ("Wachten", date(2026, 11, 27))
    before = book.path.read_bytes()
    shutil.rmtree(Path(draft["bestand"]).parent)
    assert book.do("herinneringen")["concepten"] == []
    assert book.path.read_bytes() == before


def test_a_trial_writes_nothing(book: Book) -> None:
    book.add("tblFacturen", invoice())
    book.add("tblBetalingen", payment())
    before = book.path.read_bytes()
    listed = sorted(book.path.parent.rglob("*"))
    assert len(book.do("herinneringen", "--proef")["concepten"]) == 1
    book.do("bijwerken", "--proef")
    assert book.path.read_bytes() == before
    assert sorted(book.path.parent.rglob("*")) == listed


def test_a_test_goes_to_oneself_and_counts_for_nothing(book: Book) -> None:
    debtors = [f"D20{count}" for count in range(4)]
    book.add(
        "tblDebiteuren",
        *({"Debiteurnummer": each, "Naam": each, "E-mail": f"{each}@klant.example"} for each in debtors),
    )
    book.add(
        "tblFacturen",
        *(invoice(Factuurnummer=f"2026-{each}", Debiteurnummer=each) for each in debtors),
    )
    book.add("tblBetalingen", payment())
    refused = run("herinneringen", book.path, "--test", "--peildatum", FRIDAY.isoformat())
    assert (refused.code, "kolom EigenEmail" in refused.err) == (2, True)
    book.set("EigenEmail", "ik@bedrijf.example")
    before = book.path.read_bytes()
    for words in (("--test",), ("--test", "--proef"), ("--test",)):
        done = book.do("herinneringen", *words)
        assert (done["test"], [draft["aan"] for draft in done["concepten"]]) == (
            True,
            ["ik@bedrijf.example"] * 3,
        )
    assert book.path.read_bytes() == before
    assert len(list((book.path.parent / "Concepten" / "Proef").glob("*.eml"))) == 6
    assert len(book.do("herinneringen")["concepten"]) == 4


def test_the_cell_for_tests_does_as_the_option(book: Book) -> None:
    book.add("tblFacturen", invoice())
    book.add("tblBetalingen", payment())
    book.set("EigenEmail", "ik@bedrijf.example")
    book.set("ConceptenAanMijzelf", "ja")
    assert [draft["aan"] for draft in book.do("herinneringen")["concepten"]] == ["ik@bedrijf.example"]
    book.set("ConceptenAanMijzelf", "nee")
    assert [draft["aan"] for draft in book.do("herinneringen")["concepten"]] == ["lotte@vandam.example"]


def test_a_missing_copy_is_said_before_anything_is_made(book: Book) -> None:
    book.add("tblFacturen", invoice())
    book.add("tblBetalingen", payment())
    book.set("MapFacturen", "facturen")
    (book.path.parent / "facturen").mkdir()
    done = book.do("herinneringen", "--proef")
    assert [(each["blad"], each["kolom"]) for each in done["controle"] if each["kolom"] == "Bestand"] == [
        ("Facturen", "Bestand")
    ]


def test_a_paid_invoice_gets_no_reminder_and_koppelingen_is_the_ledger(book: Book) -> None:
    book.add("tblFacturen", invoice(), invoice(Factuurnummer="2026-0043", Bedrag=50.0))
    book.add(
        "tblBetalingen",
        payment(Bedrag=121.0, Omschrijving="Factuur 2026-0042"),
        payment(Transactie="T2", Bedrag=20.0, Omschrijving="deel van 2026-0043"),
    )
    (draft,) = book.do("herinneringen")["concepten"]
    assert (draft["facturen"], draft["bedrag"]) == (["2026-0043"], "30.00")
    assert [
        (row["Transactie"], row["Factuurnummer"], row["Bedrag"], row["Soort"])
        for row in book.rows("tblKoppelingen")
    ] == [
        ("T1", "2026-0042", 121.0, "Betaling"),
        ("T2", "2026-0043", 20.0, "Betaling"),
    ]
    assert [(row["Status"], row["Openstaand"]) for row in book.rows("tblFacturen")] == [
        ("Betaald", 0.0),
        ("Te laat", 30.0),
    ]


def test_uw_keuze_wins_and_can_be_taken_back(book: Book) -> None:
    book.add("tblFacturen", invoice(), invoice(Factuurnummer="2026-0043"))
    book.add(
        "tblBetalingen", payment(Bedrag=121.0, Omschrijving="Factuur 2026-0042", **{"Uw keuze": "2026-0043"})
    )
    book.do("bijwerken")
    assert [row["Status"] for row in book.rows("tblFacturen")] == ["Te laat", "Betaald"]
    (row,) = book.rows("tblBetalingen")
    assert (row["Koppelstatus"], row["Facturen"], row["Gekoppeld"], row["Rest"]) == (
        "Uw keuze",
        "2026-0043",
        121.0,
        0.0,
    )
    with Package.open(book.path) as package:
        package.set_column("tblBetalingen", "Uw keuze", [None])
        package.save()
    book.do("bijwerken")
    assert [row["Status"] for row in book.rows("tblFacturen")] == ["Betaald", "Te laat"]


def test_a_storno_opens_the_invoice_again(book: Book) -> None:
    book.add("tblFacturen", invoice())
    book.add(
        "tblBetalingen",
        payment(Bedrag=121.0, Omschrijving="Factuur 2026-0042", Boekdatum=date(2026, 11, 10)),
        payment(Transactie="T2", Bedrag=-121.0, Omschrijving="storno", **{"Uw keuze": "2026-0042"}),
    )
    book.do("bijwerken")
    assert (book.invoice()["Status"], book.invoice()["Openstaand"]) == ("Te laat", 121.0)
    assert [row["Soort"] for row in book.rows("tblKoppelingen")] == ["Betaling", "Storno"]


def test_an_arrangement_takes_its_invoices_off_the_ladder_and_judges_each_instalment(book: Book) -> None:
    book.add("tblFacturen", invoice(Bedrag=300.0))
    book.add(
        "tblRegelingen",
        {
            "Regeling": "R1",
            "Debiteurnummer": "D100",
            "Facturen": "2026-0042",
            "Bedrag": 300.0,
            "Afgesproken op": date(2026, 11, 2),
            "Voorwaarden": "drie termijnen",
            "Bevestigd op": date(2026, 11, 2),
        },
    )
    book.add(
        "tblTermijnen",
        {"Regeling": "R1", "Termijn": 1, "Vervaldatum": date(2026, 11, 9), "Bedrag": 100.0},
        {"Regeling": "R1", "Termijn": 2, "Vervaldatum": date(2026, 11, 16), "Bedrag": 100.0},
        {"Regeling": "R1", "Termijn": 3, "Vervaldatum": date(2026, 11, 23), "Bedrag": 100.0},
    )
    book.add(
        "tblBetalingen",
        payment(Bedrag=100.0, Omschrijving="2026-0042 termijn 1", Boekdatum=date(2026, 11, 9)),
    )
    book.do("bijwerken", on=date(2026, 11, 16))
    terms = book.rows("tblTermijnen")
    assert [row["Status"] for row in terms] == ["Op tijd", "Nog niet vervallen", "Nog niet vervallen"]
    assert (book.invoice()["Status"], action(book.invoice())) == ("Regeling", ("Geen", None))
    book.do("bijwerken", on=FRIDAY)
    # The bank is known to 9 November only: nobody can say that the second instalment was missed.
    assert [row["Status"] for row in book.rows("tblTermijnen")] == [
        "Op tijd",
        "Nog niet bekend",
        "Nog niet vervallen",
    ]
    book.add("tblBetalingen", payment(Transactie="T2", Boekdatum=date(2026, 11, 19)))
    book.do("bijwerken", on=FRIDAY)
    terms = book.rows("tblTermijnen")
    assert [row["Status"] for row in terms] == ["Op tijd", "Gemist", "Nog niet vervallen"]
    assert (terms[0]["Bewijs"], terms[1]["Dagen te laat"]) == ("T1", 4)
    assert book.rows("tblRegelingen")[0]["Status"] == "Achter"
    assert action(book.invoice()) == ("Termijn opvolgen", date(2026, 11, 17))


def test_a_promise_waits_and_is_followed_up_on_the_working_day_after(book: Book) -> None:
    book.add("tblFacturen", invoice())
    book.add("tblBetalingen", payment(Boekdatum=date(2026, 11, 19)))
    book.add(
        "tblContact",
        contact(date(2026, 11, 5), "Herinnering"),
        contact(
            date(2026, 11, 12),
            "Gesprek",
            Kanaal="Telefoon",
            Uitkomst="Toezegging",
            **{"Toegezegd op": date(2026, 11, 20)},
        ),
    )
    book.do("bijwerken", on=FRIDAY)
    assert action(book.invoice()) == ("Wachten", date(2026, 11, 23))
    book.add("tblBetalingen", payment(Transactie="T2", Boekdatum=date(2026, 11, 23)))
    book.do("bijwerken", on=date(2026, 11, 24))
    assert action(book.invoice()) == ("Toezegging opvolgen", date(2026, 11, 23))


def test_blocks_hold_back_and_say_so(book: Book) -> None:
    book.add(
        "tblFacturen",
        invoice(Factuurnummer="A", Blokkade="Betwist", **{"Blokkade tot": date(2026, 11, 25)}),
        invoice(Factuurnummer="B", Blokkade="Pauze", **{"Blokkade tot": FRIDAY}),
        invoice(Factuurnummer="C", Blokkade="Pauze", **{"Blokkade tot": date(2026, 11, 19)}),
        invoice(Factuurnummer="D", Blokkade="Uit handen"),
        invoice(Factuurnummer="E", Bedrag=-10.0),
    )
    book.do("bijwerken")
    assert [(row["Status"], *action(row)) for row in book.rows("tblFacturen")] == [
        ("Betwist", "Geschil oplossen", action(book.invoice("A"))[1]),
        ("Gepauzeerd", "Wachten", date(2026, 11, 23)),
        ("Te laat", "Herinnering sturen", date(2026, 11, 20)),
        ("Uit handen", "Geen", None),
        ("Creditfactuur", "Geen", None),
    ]


def test_a_small_amount_rests_and_the_floor_is_the_debtors_sum(book: Book) -> None:
    book.add("tblFacturen", invoice(Factuurnummer="A", Bedrag=2.0))
    book.do("bijwerken")
    assert action(book.invoice("A")) == ("Geen", None)
    book.add("tblFacturen", invoice(Factuurnummer="B", Bedrag=3.0))
    book.do("bijwerken")
    assert action(book.invoice("A"))[0] == "Herinnering sturen"


def test_the_users_own_columns_sheets_and_rows_stay(book: Book) -> None:
    book.add("tblFacturen", invoice(Omschrijving="=HYPERLINK(1)"))
    book.add("tblBetalingen", payment(Omschrijving="+31612345678", Naam="@SUM(A1)"))
    book.do("bijwerken")
    assert book.invoice()["Omschrijving"] == "=HYPERLINK(1)"
    sheet = openpyxl.load_workbook(book.path)["Facturen"]
    formulas = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    # openpyxl shows any text that starts with "=" as a formula; only the text the user typed may do so.
    assert len(formulas) <= 1


def test_import_counts_and_adds_nothing_twice(book: Book) -> None:
    file = book.path.parent / "ing.csv"
    file.write_text(
        '"Datum","Naam / Omschrijving","Rekening","Tegenrekening","Code","Af Bij","Bedrag (EUR)",'
        '"Mutatiesoort","Mededelingen"\n'
        '"20261119","Bakkerij van Dam","NL85ABNA0418826503","NL91INGB0004829176","OV","Bij","121,00",'
        '"Overschrijving","Naam: Bakkerij Omschrijving: Factuur 2026-0042 IBAN: NL91INGB0004829176"\n',
        encoding="utf-8",
    )
    book.add("tblFacturen", invoice())
    done = book.do("importeer", file)
    (counted,) = done["bestanden"]
    assert (counted["nieuw"], counted["bekend"], counted["mogelijk_dubbel"]) == (1, 0, 0)
    assert (done["zeker"], done["voorstel"], done["onbekend"], done["geen_factuur"]) == (1, 0, 0, 0)
    assert book.invoice()["Status"] == "Betaald"
    before = book.path.read_bytes()
    (counted,) = book.do("importeer", file)["bestanden"]
    assert (counted["nieuw"], counted["bekend"]) == (0, 1)
    assert book.path.read_bytes() == before


def test_lists_come_in_by_the_contracts_column_names(book: Book) -> None:
    folder = book.path.parent
    (folder / "facturen.csv").write_text(
        "\ufeffFactuurnummer;Debiteurnummer;Factuurdatum;Bedrag\n"
        "F1;D200;01-10-2026;1234,56\nF2;D200;2026-10-02;10,00\n",
        encoding="utf-8",
    )
    (folder / "debiteuren.csv").write_text(
        "Debiteurnummer,Naam,Betaaltermijn\nD200,Garage Het Wiel,14\n", encoding="utf-8"
    )
    book.do("importeer", folder / "facturen.csv", folder / "debiteuren.csv")
    assert [(row["Factuurnummer"], row["Bedrag"], row["Status"]) for row in book.rows("tblFacturen")] == [
        ("F1", 1234.56, "Te laat"),
        ("F2", 10.0, "Te laat"),
    ]
    before = book.path.read_bytes()
    book.do("importeer", folder / "facturen.csv", folder / "debiteuren.csv")
    assert book.path.read_bytes() == before


def test_a_template_with_a_fault_gives_way_and_controle_says_so(book: Book) -> None:
    book.add("tblFacturen", invoice())
    book.add("tblBetalingen", payment())
    book.add("tblSjablonen", {"Stap": "Herinnering", "Onderwerp": "Hallo", "Tekst": "Beste {{ onbekend }}"})
    (draft,) = book.do("herinneringen")["concepten"]
    assert draft["onderwerp"] != "Hallo"
    assert [(row["Ernst"], row["Blad"], row["Kolom"]) for row in book.rows("tblControle")] == [
        ("Waarschuwing", "Sjablonen", "Tekst")
    ]


@pytest.mark.parametrize("address", ["a@x.nl, b@y.nl", "a@x.nl\nBcc: b@y.nl", None])
def test_without_one_plain_address_there_is_no_draft(book: Book, address: str | None) -> None:
    book.add(
        "tblDebiteuren", {"Debiteurnummer": "D200", "Naam": "Garage", "E-mail": address, "Soort": "Zakelijk"}
    )
    book.add("tblFacturen", invoice(Debiteurnummer="D200"))
    book.add("tblBetalingen", payment())
    done = book.do("herinneringen")
    assert (done["concepten"], [skipped["debiteur"] for skipped in done["overgeslagen"]]) == ([], ["D200"])
    assert action(book.invoice())[0] == "Gegevens aanvullen"
    assert (address is None) == (not any(row["Kolom"] == "E-mail" for row in book.rows("tblControle")))
    assert all(row["Wat te doen"][0].isupper() for row in book.rows("tblControle"))


def test_the_same_workbook_is_one_workbook_however_it_is_spelled(book: Book, tmp_path: Path) -> None:
    other = tmp_path / "map" / ".." / book.path.name
    (tmp_path / "map").mkdir()
    with only_run(book.path):
        done = run("bijwerken", other, "--peildatum", FRIDAY.isoformat())
    assert (done.code, "er loopt al een opdracht" in done.err) == (3, True)


def test_the_demo_leaves_what_is_not_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    assert run("demo", folder, "--peildatum", "2026-11-20").code == 0
    (folder / "notitie.txt").write_text("van mij")
    assert run("herinneringen", folder / "Debiteuren.xlsm", "--map", folder).code == 0
    assert run("demo", folder, "--peildatum", "2026-11-20").code == 0
    assert (folder / "notitie.txt").read_text() == "van mij"
    (tmp_path / "ander").mkdir()
    (tmp_path / "ander" / "x.txt").write_text("x")
    assert run("demo", tmp_path / "ander").code == 2


def test_too_many_words_are_said_in_dutch(book: Book) -> None:
    done = run("bijwerken", book.path, "b")
    assert (done.code, "te veel opgegeven: b" in done.err) == (2, True)
