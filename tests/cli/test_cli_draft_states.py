"""A file whose invoice was paid before it was sent: gone from the drafts, and from Contact."""

from datetime import date
from pathlib import Path

from commands import run
from debiteuren.book.closed import ClosedWorkbook
from debiteuren.book.workbook import Cell, Changes

DAY = ("--zonder-bank", "--peildatum", "2026-11-20", "--json")


def test_a_paid_invoice_takes_its_draft_back(tmp_path: Path) -> None:
    book = tmp_path / "Boek.xlsm"
    assert run("nieuw", book).code == 0
    workbook = ClosedWorkbook(book)
    workbook.read()
    workbook.write(
        Changes(
            appended={
                "tblDebiteuren": [
                    {"Debiteurnummer": "1", "Naam": "Klant", "Soort": "Zakelijk", "E-mail": "k@x.example"}
                ],
                "tblFacturen": [
                    {
                        "Factuurnummer": "F-1",
                        "Debiteurnummer": "1",
                        "Factuurdatum": date(2026, 10, 1),
                        "Vervaldatum": date(2026, 11, 2),
                        "Bedrag": 100.0,
                    }
                ],
            }
        )
    )
    first = run("herinneringen", book, *DAY)
    (made,) = first.json["concepten"]
    assert (first.json["doel"], first.json["doel_waarom"]) == ("eml", "er is geen postvak ingesteld")
    workbook = ClosedWorkbook(book)
    workbook.read()
    paid: dict[str, Cell] = {
        "Transactie": "T1",
        "Boekdatum": date(2026, 11, 20),
        "Bedrag": 100.0,
        "Uw keuze": "F-1",
    }
    workbook.write(Changes(appended={"tblBetalingen": [paid]}))
    before = book.read_bytes()
    trial = run("herinneringen", book, *DAY, "--proef")
    assert (trial.code, book.read_bytes() == before, Path(made["bestand"]).exists()) == (0, True, True)
    done = run("herinneringen", book, *DAY)
    assert (done.code, done.json["concepten"]) == (0, [])
    grid = ClosedWorkbook(book).read().grids["tblContact"]
    assert [row[grid.columns.index("Concept")] for row in grid.rows] == ["Vervallen"]
    assert any("intussen betaald; het concept is vervallen" in row["wat"] for row in done.json["controle"])
    assert not Path(made["bestand"]).exists()
    assert (tmp_path / "Concepten" / "Teruggenomen" / Path(made["bestand"]).name).exists()
