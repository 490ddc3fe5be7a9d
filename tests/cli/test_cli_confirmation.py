"""The confirmation of an arrangement, through the commands: docs/regels.md, "Bevestigen"."""

from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from commands import run, unchanged
from debiteuren.book.closed import ClosedWorkbook
from debiteuren.book.shipped import template_bytes
from debiteuren.book.workbook import Cell, Changes
from debiteuren.domain.problem import SurroundingsError
from debiteuren.mail.drafts.eml import EmlFolder
from debiteuren.mail.drafts.port import Staged

AS_OF = ("--peildatum", "2026-11-23", "--json")
WISH = ("--debiteur", "D1", "--termijnen", "2", "--eerste", "2026-12-04")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "boek.xlsm"
    path.write_bytes(template_bytes())
    book = ClosedWorkbook(path)
    book.read()
    invoice: dict[str, Cell] = {
        "Factuurnummer": "F1",
        "Debiteurnummer": "D1",
        "Factuurdatum": date(2026, 9, 1),
        "Vervaldatum": date(2026, 10, 1),
        "Bedrag": 100.0,
    }
    debtor: dict[str, Cell] = {
        "Debiteurnummer": "D1",
        "Naam": "Bakkerij Jansen",
        "Soort": "Zakelijk",
        "E-mail": "jansen@x.example",
    }
    book.write(
        Changes(
            appended={"tblFacturen": [invoice], "tblDebiteuren": [debtor]},
            blocks={
                "EigenEmail": [["ik@x.example"]],
                "EigenNaam": [["De Linde"]],
                "EigenIBAN": [["NL85ABNA0418826503"]],
            },
        )
    )
    return path


def change(path: Path, **changes: Any) -> None:  # noqa: ANN401 - fields of Changes
    book = ClosedWorkbook(path)
    book.read()
    book.write(Changes(**changes))


def rows(path: Path, table: str) -> list[dict[str, Cell]]:
    grid = ClosedWorkbook(path).read().grids[table]
    return [dict(zip(grid.columns, line, strict=True)) for line in grid.rows]


def test_it_is_ready_before_she_hangs_up(path: Path) -> None:
    done = run("regeling", path, *WISH, *AS_OF)
    assert done.code == 0, done.err
    told = done.json["bevestiging"]
    draft = told["concept"]
    assert (told["reden"], told["doel"], draft["stap"], draft["aan"], draft["bedrag"]) == (
        None,
        "eml",
        "Bevestiging",
        "jansen@x.example",
        "100.00",
    )
    message = message_from_bytes(Path(draft["bestand"]).read_bytes(), policy=policy.default)
    assert message["Disposition-Notification-To"] == "ik@x.example"
    assert "akkoord" in message.get_body(("plain",)).get_content().lower()  # type: ignore[union-attr] # it has one
    (row,) = rows(path, "tblContact")
    assert (row["Soort"], row["Concept"], row["Sleutel"], row["Facturen"]) == (
        "Bevestiging",
        "Gemaakt",
        draft["sleutel"],
        "F1",
    )
    (made,) = rows(path, "tblRegelingen")
    assert (made["Status"], made["Bevestigd op"]) == ("Te bevestigen", None)
    assert run("herinneringen", path, *AS_OF, "--zonder-bank").json["concepten"] == []


def test_one_undo_takes_the_arrangement_and_its_draft(path: Path) -> None:
    before = path.read_bytes()
    made = run("regeling", path, *WISH, *AS_OF).json["bevestiging"]["concept"]
    assert run("ongedaan", path).code == 0
    assert (path.read_bytes() == before, Path(made["bestand"]).exists()) == (True, False)
    again = run("regeling", path, *WISH, *AS_OF).json["bevestiging"]["concept"]
    assert Path(again["bestand"]).exists()


def test_without_one_when_she_says_so(path: Path) -> None:
    done = run("regeling", path, *WISH, *AS_OF, "--zonder-bevestiging")
    assert done.json["bevestiging"]["concept"] is None
    assert done.json["bevestiging"]["reden"] == "u vroeg om geen bevestiging"
    assert (rows(path, "tblContact"), list(path.parent.glob("Concepten/*"))) == ([], [])


def test_a_trial_makes_none(path: Path) -> None:
    with unchanged(path):
        assert run("regeling", path, *WISH, *AS_OF, "--proef").json["bevestiging"] is None


@pytest.mark.parametrize("words", [("--naar", "imap"), ("--map", "boek.xlsm/nergens")])
def test_what_is_in_the_way_of_the_draft_is_not_in_the_way_of_the_arrangement(
    path: Path, words: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    done = run("regeling", path, *WISH, *AS_OF, *words)
    assert (done.code, done.json["bevestiging"]["concept"]) == (0, None)
    assert done.json["bevestiging"]["reden"].endswith(". Herinneringen maken zet haar alsnog klaar")
    assert [row["Regeling"] for row in rows(path, "tblRegelingen")] == ["R2026-001"]
    assert rows(path, "tblContact") == []
    (late,) = run("herinneringen", path, *AS_OF, "--zonder-bank").json["concepten"]
    assert (late["stap"], Path(late["bestand"]).exists()) == ("Bevestiging", True)
    assert run("herinneringen", path, *AS_OF, "--zonder-bank").json["concepten"] == []


def test_on_paper_for_who_wants_post(path: Path) -> None:
    change(
        path,
        columns={
            ("tblDebiteuren", "Kanaal"): ["Post"],
            ("tblDebiteuren", "Adres"): ["Dorpsstraat 1"],
            ("tblDebiteuren", "Postcode"): ["1234 AB"],
            ("tblDebiteuren", "Plaats"): ["Ons Dorp"],
        },
    )
    draft = run("regeling", path, *WISH, *AS_OF).json["bevestiging"]["concept"]
    assert draft["bestand"].endswith(" Bakkerij Jansen - Bevestiging.html")
    (row,) = rows(path, "tblContact")
    assert (row["Kanaal"], row["Notitie"]) == (
        "Post",
        "Bevestiging van de regeling (R2026-001) klaargezet om te printen",
    )


def test_a_new_version_gets_its_own(path: Path) -> None:
    first = run("regeling", path, *WISH, *AS_OF).json["bevestiging"]["concept"]
    later = run("regeling", path, "--vervangt", "R2026-001", "--dagen", "2026-12-18", *AS_OF)
    assert later.code == 0, later.err
    assert later.json["bevestiging"]["concept"]["sleutel"] != first["sleutel"]
    assert len(rows(path, "tblContact")) == 2


def test_cut_off_at_the_last_moment_it_comes_with_the_next_run(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_place: EmlFolder, _staged: Staged) -> None:
        raise SurroundingsError("De map is vol.")

    with monkeypatch.context() as broken:
        broken.setattr(EmlFolder, "publish", refuse)
        done = run("regeling", path, *WISH, *AS_OF)
    assert (done.code, done.json["bevestiging"]["concept"]) == (0, None)
    assert done.json["bevestiging"]["reden"] == "De map is vol"
    assert list(path.parent.glob("Concepten/*.eml")) == []
    assert [row["Concept"] for row in rows(path, "tblContact")] == ["Gemaakt"]
    late = run("herinneringen", path, *AS_OF, "--zonder-bank").json
    assert (late["concepten"], len(late["alsnog_geplaatst"])) == ([], 1)
    assert len(list(path.parent.glob("Concepten/*.eml"))) == 1
