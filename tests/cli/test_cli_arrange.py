"""debiteuren regeling: docs/handleiding.md, "Regelingen en termijnen"."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from commands import run, unchanged
from debiteuren.book.closed import ClosedWorkbook
from debiteuren.book.layout import REGELINGEN
from debiteuren.book.shipped import template_bytes
from debiteuren.book.workbook import Cell, Changes, Contents

AS_OF = ("--peildatum", "2026-11-23")
WISH = ("--debiteur", "D1", "--facturen", "F1;F2", "--termijnen", "3", "--eerste", "2026-12-04")
TERMS = ("--voorwaarden", "Op de genoemde dagen.")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "boek.xlsm"
    path.write_bytes(template_bytes())
    book = ClosedWorkbook(path)
    book.read()
    invoices: list[dict[str, Cell]] = [
        {
            "Factuurnummer": number,
            "Debiteurnummer": debtor,
            "Factuurdatum": date(2026, 9, 1),
            "Vervaldatum": date(2026, 10, 1),
            "Bedrag": amount,
        }
        for number, debtor, amount in (("F1", "D1", 100.0), ("F2", "D1", 50.0), ("F3", "D2", 75.0))
    ]
    debtors: list[dict[str, Cell]] = [
        {"Debiteurnummer": number, "Naam": name, "Soort": "Zakelijk", "E-mail": "a@example.nl"}
        for number, name in (("D1", "Bakkerij Jansen"), ("D2", "Slager Bos"))
    ]
    book.write(Changes(appended={"tblFacturen": invoices, "tblDebiteuren": debtors}))
    return path


def rows(path: Path, table: str) -> list[dict[str, Cell]]:
    grid = ClosedWorkbook(path).read().grids[table]
    return [dict(zip(grid.columns, line, strict=True)) for line in grid.rows]


def test_the_command_of_the_guide_writes_the_arrangement(path: Path) -> None:
    done = run("regeling", path, *WISH, *TERMS, *AS_OF)
    assert done.code == 0, done.err
    (made,) = rows(path, "tblRegelingen")
    assert {
        name: made[name] for name in ("Regeling", "Debiteurnummer", "Facturen", "Bedrag", "Voorwaarden")
    } == {
        "Regeling": "R2026-001",
        "Debiteurnummer": "D1",
        "Facturen": "F1; F2",
        "Bedrag": 150.0,
        "Voorwaarden": "Op de genoemde dagen.",
    }
    assert (made["Afgesproken op"], made["Bevestigd op"], made["Status"]) == (
        date(2026, 11, 23),
        None,
        "Te bevestigen",
    )
    parts = rows(path, "tblTermijnen")
    assert [
        (one["Regeling"], one["Termijn"], one["Vervaldatum"], one["Bedrag"], one["Status"]) for one in parts
    ] == [
        ("R2026-001", "1", date(2026, 12, 4), 50.0, "Nog niet vervallen"),
        ("R2026-001", "2", date(2027, 1, 4), 50.0, "Nog niet vervallen"),
        ("R2026-001", "3", date(2027, 2, 4), 50.0, "Nog niet vervallen"),
    ]
    assert [row["Soort"] for row in rows(path, "tblContact")] == ["Bevestiging"]
    statuses = {
        row["Factuurnummer"]: (row["Status"], row["Volgende actie"]) for row in rows(path, "tblFacturen")
    }
    assert statuses["F1"] == statuses["F2"] == ("Regeling", "Regeling bevestigen")
    assert statuses["F3"][0] == "Te laat"


def test_its_json_holds_the_plan(path: Path) -> None:
    done = run("regeling", path, *WISH, *AS_OF, "--kosten", "40", "--json", "--proef")
    assert done.json["proef"] is True
    assert {
        name: done.json[name] for name in ("regeling", "bedrag", "hoofdsom", "kosten", "rente", "status")
    } == {
        "regeling": "R2026-001",
        "bedrag": "190.00",
        "hoofdsom": "150.00",
        "kosten": "40.00",
        "rente": "0.00",
        "status": "Te bevestigen",
    }
    assert [(one["vervaldatum"], one["bedrag"], one["gevraagd"]) for one in done.json["termijnen"]] == [
        ("2026-12-04", "63.33", None),
        ("2027-01-04", "63.33", None),
        ("2027-02-04", "63.34", None),
    ]


def test_a_trial_writes_nothing_and_shows_the_table(path: Path) -> None:
    with unchanged(path):
        done = run("regeling", path, *WISH, *AS_OF, "--proef")
    assert done.code == 0
    assert "vrijdag 4 december 2026" in done.out
    assert "Proef: er is niets geschreven." in done.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--voorwaarden", "als het geld er is"), "Hier staat “als het geld er is”."),
        (
            ("--eerste", "begin volgende maand"),
            '"begin volgende maand" is geen dag; noem een dag, bijvoorbeeld ',
        ),
        (("--eerste", "2026-02-30"), '"2026-02-30" bestaat niet; noem een dag, bijvoorbeeld '),
        (("--eerste", "2026-11-20"), "Termijn 1 valt op 20-11-2026, vóór de dag van de afspraak"),
        (
            ("--bedrag", "ongeveer 100"),
            '"ongeveer 100" is geen bedrag; noem het op de cent, bijvoorbeeld 125,00',
        ),
        (("--bedrag", "1.234"), '"1.234" is geen bedrag; noem het op de cent'),
        (("--bedrag", "150,06"), "Afgesproken is € 150,06, en op 23-11-2026 stond € 150,00 open."),
        (("--elke", "jaar"), 'bij --elke kan "jaar" niet; kies maand, week'),
        (("--elke", "14", "maal"), "te veel opgegeven: maal."),
        (("--facturen", "F1;F3"), "Factuur F3 is van debiteur D2, niet van D1."),
        (("--debiteur", ""), "Er is geen debiteur genoemd."),
        (("--termijnen", "0"), "Het aantal termijnen is 0."),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(
    path: Path, words: tuple[str, ...], told: str
) -> None:
    with unchanged(path):
        done = run("regeling", path, *WISH, *TERMS, *words, *AS_OF)
    assert done.code == 2
    assert told in done.err
    assert done.out == ""


@pytest.mark.parametrize(
    ("every", "days"),
    [
        (("maand",), ["2026-12-04", "2027-01-04", "2027-02-04"]),
        (("week",), ["2026-12-04", "2026-12-11", "2026-12-18"]),
        (("14 dagen",), ["2026-12-04", "2026-12-18", "2027-01-04"]),
        (("14", "dagen"), ["2026-12-04", "2026-12-18", "2027-01-04"]),
        (("14",), ["2026-12-04", "2026-12-18", "2027-01-04"]),
    ],
)
def test_a_rhythm_with_and_without_quotes(path: Path, every: tuple[str, ...], days: list[str]) -> None:
    done = run("regeling", path, *WISH, "--elke", *every, *AS_OF, "--proef", "--json")
    assert [one["vervaldatum"] for one in done.json["termijnen"]] == days


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (("--nu", "40,00", "--rest", "2026-12-18"), [("2026-11-23", "40.00"), ("2026-12-18", "110.00")]),
        (
            ("--dagen", "2026-12-04;08-01-2027", "--bedragen", "100;50,00"),
            [("2026-12-04", "100.00"), ("2027-01-08", "50.00")],
        ),
        (("--termijnen", "1", "--eerste", "2026-12-04"), [("2026-12-04", "150.00")]),
    ],
)
def test_other_ways_to_agree(path: Path, words: tuple[str, ...], parts: list[tuple[str, str]]) -> None:
    done = run("regeling", path, "--debiteur", "D1", *words, *AS_OF, "--json")
    assert done.code == 0, done.err
    assert [(one["vervaldatum"], one["bedrag"]) for one in done.json["termijnen"]] == parts


def test_it_is_taken_back_in_one_go(path: Path) -> None:
    before = path.read_bytes()
    assert run("regeling", path, *WISH, "--kanaal", "telefoon", *AS_OF).code == 0
    assert [row["Uitkomst"] for row in rows(path, "tblContact")] == ["Regeling", None]
    assert run("ongedaan", path).code == 0
    assert path.read_bytes() == before


def test_changing_it_makes_a_new_version_and_the_old_one_stays(path: Path) -> None:
    assert run("regeling", path, *WISH, *AS_OF).code == 0
    later = ("--peildatum", "2026-12-01")
    done = run("regeling", path, "--vervangt", "R2026-001", "--dagen", "2026-12-18;2027-01-18", *later)
    assert done.code == 0, done.err
    old, new = rows(path, "tblRegelingen")
    assert (old["Regeling"], new["Regeling"], new["Vervangt"]) == ("R2026-001", "R2026-002", "R2026-001")
    assert str(old["Waarom"]).startswith(
        "Te bevestigen: zo stond hij ervoor toen regeling R2026-002 op 01-12-2026 in zijn plaats kwam"
    )
    assert len([part for part in rows(path, "tblTermijnen") if part["Regeling"] == "R2026-001"]) == 3
    assert run("bijwerken", path, "--peildatum", "2026-12-10").code == 0
    old, new = rows(path, "tblRegelingen")
    assert (old["Status"], new["Status"]) == ("Te bevestigen", "Te bevestigen")
    assert run("regeling", path, *WISH, *later).code == 2


def test_an_older_workbook_takes_what_it_has_a_place_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = ClosedWorkbook.read

    def without_the_added_columns(book: ClosedWorkbook) -> Contents:
        contents = usual(book)
        grid = contents.grids["tblRegelingen"]
        kept = [place for place, name in enumerate(grid.columns) if name in REGELINGEN.required_names()]
        older = replace(
            grid,
            columns=tuple(grid.columns[place] for place in kept),
            rows=[[row[place] for place in kept] for row in grid.rows],
        )
        return replace(contents, grids={**contents.grids, "tblRegelingen": older})

    monkeypatch.setattr(ClosedWorkbook, "read", without_the_added_columns)
    refused = run("regeling", path, *WISH, "--kosten", "40", *AS_OF)
    assert refused.code == 2
    assert "Regelingen, kolom Waarvan kosten\n  De kolom Waarvan kosten is er niet" in refused.err
    assert run("regeling", path, *WISH, *AS_OF).code == 0


def test_the_moment_is_written_down_today_and_only_the_day_otherwise(path: Path) -> None:
    year_end = f"{datetime.now():%Y}-12-31"
    done = run("regeling", path, *WISH[:-1], year_end, "--toch")
    assert done.code == 0, done.err
    (made,) = rows(path, "tblRegelingen")
    assert isinstance(made["Vastgelegd op"], datetime)
    (item,) = [row for row in rows(path, "tblActies") if row["Debiteurnummer"] == "D1"]
    assert str(item["Wanneer"]) in {"nog 60 min", "nog 59 min"}
    run("ongedaan", path)
    assert run("regeling", path, *WISH, *AS_OF).code == 0
    (made,) = rows(path, "tblRegelingen")
    assert made["Vastgelegd op"] == date(2026, 11, 23)
