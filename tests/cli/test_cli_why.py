"""The command that proves a figure: docs/handleiding.md, "Opdrachten"; nothing in the workbook changes."""

from datetime import date
from pathlib import Path

import pytest

from commands import run, unchanged
from debiteuren.book.ooxml import Package

DAY = ("--peildatum", "2026-11-21")
ACCOUNT = "NL91ABNA0417164300"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("waarom") / "B.xlsm"
    assert run("nieuw", path).code == 0
    with Package.open(path) as package:
        package.append_rows(
            "tblDebiteuren",
            [
                {"Debiteurnummer": "D1", "Naam": "Bakkerij Jansen", "Soort": "Zakelijk", "IBAN": ACCOUNT},
                {"Debiteurnummer": "D2", "Naam": "Garage De Wit", "Soort": "Zakelijk"},
            ],
        )
        invoices: list[dict[str, str | float | date]] = [
            {
                "Factuurnummer": number,
                "Debiteurnummer": debtor,
                "Factuurdatum": date(2026, 10, 1),
                "Bedrag": amount,
            }
            for number, debtor, amount in (
                ("2026-0042", "D1", 121.0),
                ("2026-0043", "D1", 60.5),
                ("2026-0044", "D2", 75.0),
            )
        ]
        payments: list[dict[str, str | float | date]] = [
            {
                "Transactie": name,
                "Boekdatum": date(2026, 10, 20),
                "Bedrag": amount,
                "Naam": who,
                "Tegenrekening": account,
                "Omschrijving": text,
            }
            for name, amount, who, account, text in (
                ("T1", 121.0, "Jansen", ACCOUNT, "factuur 2026-0042"),
                ("T2", 75.0, "[red]Wit[/red]", "", "dank"),
            )
        ]
        package.append_rows("tblFacturen", invoices)
        package.append_rows("tblBetalingen", payments)
        package.save()
    assert run("bijwerken", path, *DAY).code == 0
    return path


def test_a_transaction_shows_its_whole_trail(book: Path) -> None:
    with unchanged(book):
        done = run("waarom", book, "T1", *DAY)
    assert done.code == 0
    for words in (
        "Transactie T1: Zeker",
        "20-10-2026, € 121,00",
        "Gekoppeld € 121,00, Rest € 0,00",
        "Betaling € 121,00: T1 op 2026-0042, door Programma op 21-11-2026",
        "factuurnummer 2026-0042 staat in de omschrijving; daarvan stond € 121,00 open",
        f"rekening {ACCOUNT} is van Bakkerij Jansen (D1)",
        "2026-0042 (zeker): 2026-0042 staat erbij",
    ):
        assert words in done.out


def test_a_proposal_shows_what_it_could_be_and_text_from_outside_stays_text(book: Path) -> None:
    done = run("waarom", book, "T2", *DAY)
    assert "Transactie T2: Voorstel" in done.out
    assert "2026-0044 (niet zeker)" in done.out
    assert "er staat geen tegenrekening bij" in done.out
    assert "[red]Wit[/red]" in done.out


@pytest.mark.parametrize("written", ["2026-0044", "20260044", " 2026-0044 "])
def test_an_invoice_shows_its_money_and_what_is_next(book: Path, written: str) -> None:
    done = run("waarom", book, written, *DAY)
    assert "Factuur 2026-0044 van debiteur D2: Te laat" in done.out
    assert "Openstaand € 75,00" in done.out
    assert "Volgende actie:" in done.out
    assert "Koppelingen: geen" in done.out
    assert "Voorgesteld: transactie T2" in done.out


def test_the_object_holds_the_same(book: Path) -> None:
    with unchanged(book):
        paid = run("waarom", book, "2026-0042", "--json", *DAY).json
    assert (paid["soort"], paid["status"], paid["openstaand"]) == ("factuur", "Betaald", "0.00")
    assert [row["transactie"] for row in paid["koppelingen"]] == ["T1"]
    assert [one["id"] for one in paid["betalingen"]] == ["T1"]
    proposed = run("waarom", book, "T2", "--json", *DAY).json
    assert (proposed["soort"], proposed["koppelstatus"], proposed["rest"]) == (
        "transactie",
        "Voorstel",
        "75.00",
    )
    assert proposed["kandidaten"][0] == {
        "facturen": ["2026-0044"],
        "zeker": False,
        "waarom": proposed["kandidaten"][0]["waarom"],
    }


def test_what_is_neither_is_said(book: Path) -> None:
    done = run("waarom", book, "2026-9999", *DAY)
    assert done.code == 2
    assert '"2026-9999" staat niet op Betalingen (Transactie)' in done.err
