"""Ongedaan: back to the byte, one step at a time, and never over the user's own work or a letter unseen."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from commands import run, unchanged
from debiteuren import undoing
from debiteuren.book.ooxml import Package, backups, refusals
from debiteuren.demo.company import demo_bank_files
from debiteuren.new_workbook import create

ON = date(2026, 11, 21)
DAY = ("--peildatum", ON.isoformat())


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo company with its bank files read in, by the command."""
    folder = tmp_path_factory.mktemp("bedrijf")
    path = create(folder / "Boek.xlsm", demo_on=ON)
    for name, data in demo_bank_files(ON).items():
        (folder / name).write_bytes(data)
    banks = sorted(file for file in folder.iterdir() if file != path and file.is_file())
    assert run("importeer", path, *banks, *DAY).code == 0
    return path


@pytest.fixture
def book(imported: Path, tmp_path: Path) -> Path:
    shutil.copytree(imported.parent, tmp_path / "b")
    return tmp_path / "b" / imported.name


def by_hand(book: Path, sheet: str, cells: dict[str, Any]) -> None:
    """As somebody with another program would: all the bytes are new."""
    found = openpyxl.load_workbook(book, keep_vba=True)
    for place, value in cells.items():
        found[sheet][place] = value
    found.save(book)


def back(book: Path, *words: str) -> Any:  # noqa: ANN401 - the command's object
    done = run("ongedaan", book, *words, "--json")
    assert done.code == 0, done.err
    return done.json


def drafts(book: Path, *under: str) -> list[str]:
    return sorted(file.name for file in book.parent.joinpath("Concepten", *under).glob("*.*ml"))


def test_one_step_a_call_to_the_byte(book: Path) -> None:
    files = [book.read_bytes()]
    for words in (("herinneringen", *DAY), ("bijwerken", "--peildatum", "2026-11-30")):
        assert run(words[0], book, *words[1:]).code == 0
        files.append(book.read_bytes())
    found = back(book)
    assert found["teruggenomen"]["opdracht"] == "bijwerken"
    assert {change["blad"] for change in found["teruggenomen"]["wijzigingen"]} >= {"Facturen", "Start"}
    assert found["nog_terug_te_nemen"] == 2
    assert Path(found["kopie"]).read_bytes() == files[2]
    assert book.read_bytes() == files[1]
    assert back(book)["teruggenomen"]["opdracht"] == "herinneringen"
    assert book.read_bytes() == files[0]
    assert back(book)["teruggenomen"]["opdracht"] == "importeer"
    done = run("ongedaan", book)
    assert done.code == 2
    assert "van Boek.xlsm is geen opdracht meer om terug te nemen" in done.err
    assert not [*book.parent.rglob("*.tmp")]


def test_proef_shows_and_changes_nothing(book: Path) -> None:
    with unchanged(book):
        done = run("ongedaan", book, "--proef")
        assert back(book, "--proef")["proef"] is True
    assert done.out.startswith("Proef: zou terugnemen: importeer van ")
    assert "  Betalingen, rijen 5 t/m " in done.out


def test_lijst_shows_the_copies_with_what_came_after(book: Path) -> None:
    assert run("herinneringen", book, *DAY).code == 0
    with unchanged(book):
        found = back(book, "--lijst")["kopieen"]
        text = run("ongedaan", book, "--lijst").out
    assert [copy["opdracht"] for copy in found] == ["herinneringen", "importeer"]
    assert [Path(copy["bestand"]) for copy in found] == [copy for _, copy in backups(book)]
    assert "  van voor herinneringen\n" in text
    assert "  Contact, rijen " in text
    gone = run("ongedaan", book.with_name("Weg.xlsm"), "--lijst")
    assert (gone.code, "bestaat niet in de map" in gone.err) == (3, True)


def test_the_users_own_work_is_named_and_left(book: Path) -> None:
    assert run("herinneringen", book, *DAY).code == 0
    row = openpyxl.load_workbook(book)["Contact"].max_row
    by_hand(book, "Facturen", {"K12": "Betwist", "K13": "Betwist"})
    by_hand(book, "Contact", {f"K{row}": "Verstuurd"})
    with unchanged(book):
        done = run("ongedaan", book, "--json")
    assert done.code == 2
    found = {problem["blad"]: problem["wat"] for problem in done.json["problemen"]}
    assert "Blokkade (rijen 12, 13)" in found["Facturen"]
    assert "Concept (" in found["Contact"]
    assert str(row) in found["Contact"]
    assert "Waarom" not in found["Facturen"]
    assert "met de hand gewijzigd" in done.json["fout"]
    assert len(drafts(book)) > 10


def test_a_workbook_only_saved_again_is_named_as_such(book: Path) -> None:
    openpyxl.load_workbook(book, keep_vba=True).save(book)
    done = run("ongedaan", book, "--json")
    assert done.code == 2
    (problem,) = done.json["problemen"]
    assert "opnieuw opgeslagen. In de cellen is niets gewijzigd" in problem["wat"]


def test_a_new_sheet_is_named(book: Path) -> None:
    found = openpyxl.load_workbook(book, keep_vba=True)
    found.create_sheet("Van mij")["A1"] = 1
    found.save(book)
    (problem,) = run("ongedaan", book, "--json").json["problemen"]
    assert (problem["blad"], problem["wat"]) == ("Van mij", "Dit blad is nieuw sinds die opdracht.")


def test_toch_goes_back_and_keeps_a_copy(book: Path) -> None:
    ((_, copy),) = backups(book)
    before = copy.read_bytes()
    by_hand(book, "Facturen", {"K12": "Betwist"})
    mine = book.read_bytes()
    found = back(book, "--toch")
    assert book.read_bytes() == before
    assert Path(found["kopie"]).read_bytes() == mine


def test_a_damaged_workbook_goes_back_with_toch(book: Path) -> None:
    ((_, copy),) = backups(book)
    before = copy.read_bytes()
    book.write_bytes(b"PK\x03\x04 half")
    done = run("ongedaan", book)
    assert (done.code, "Boek.xlsm is beschadigd" in done.err) == (2, True)
    back(book, "--toch")
    assert book.read_bytes() == before


def test_a_workbook_open_in_excel_is_left_alone(book: Path) -> None:
    book.with_name("~$Boek.xlsm").write_bytes(b"")
    for words in ((), ("--proef",), ("--toch",)):
        with unchanged(book):
            done = run("ongedaan", book, *words)
        assert (done.code, "is open in Excel" in done.err) == (3, True)


def test_drafts_taken_back_are_put_aside_and_the_next_ones_say_so(book: Path) -> None:
    assert run("herinneringen", book, *DAY).code == 0
    made = [name for name in drafts(book) if name != "Concepten.html"]
    done = run("ongedaan", book)
    assert done.code == 0
    assert "Alle concepten van die opdracht staan nu in " in done.out
    assert "LET OP: heeft u daarvan al iets verstuurd?" in " ".join(done.out.split())
    assert drafts(book) == []
    assert drafts(book, "Teruggenomen") == made
    again = run("herinneringen", book, *DAY, "--json")
    assert again.code == 0
    assert [Path(draft["bestand"]).name for draft in again.json["concepten"]] == unordered(made, again.json)
    warned = [
        problem for problem in again.json["controle"] if "al een concept teruggenomen" in problem["wat"]
    ]
    assert len(warned) == len(made)
    page = (book.parent / "Concepten" / "Concepten.html").read_text(encoding="utf-8")
    assert page.count("alleen als u het eerdere niet verstuurde") == len(made)
    assert run("herinneringen", book, *DAY, "--json").json["concepten"] == []


def unordered(names: list[str], found: Any) -> list[str]:  # noqa: ANN401 - the command's object
    """The same names in the order of the run."""
    order = [Path(draft["bestand"]).name for draft in found["concepten"]]
    assert sorted(order) == names
    return order


def test_a_draft_that_is_gone_may_have_been_sent(book: Path) -> None:
    assert run("herinneringen", book, *DAY).code == 0
    gone, changed = (book.parent / "Concepten" / name for name in drafts(book)[:2])
    gone.unlink()
    changed.write_bytes(changed.read_bytes() + b"x")
    with unchanged(book):
        done = run("ongedaan", book, "--json")
    assert done.code == 2
    assert {problem["blad"] for problem in done.json["problemen"]} == {gone.name, changed.name}
    assert "misschien zijn ze verstuurd" in done.json["fout"]
    found = back(book, "--toch")
    assert found["concepten"]["verplaatst"] == found["concepten"]["aantal"] - 2
    assert drafts(book) == [changed.name]


@pytest.fixture
def cut_short(book: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Reminders made, and taken back by a run that died before it could move the drafts."""
    assert run("herinneringen", book, *DAY).code == 0
    with monkeypatch.context() as patched:
        patched.setattr(undoing, "move_aside", lambda _: 1 // 0)
        assert run("ongedaan", book).code == 1
    return book


def test_taking_back_cut_short_is_finished_by_the_next_run(cut_short: Path) -> None:
    made = [name for name in drafts(cut_short) if name != "Concepten.html"]
    again = run("herinneringen", cut_short, *DAY, "--json")
    assert again.code == 0
    assert drafts(cut_short, "Teruggenomen") == made
    assert [name for name in drafts(cut_short) if name != "Concepten.html"] == made


def test_what_could_not_be_taken_back_is_not_on_the_list(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("herinneringen", book, *DAY).code == 0

    def refused(*_: object) -> Path:
        raise refusals.Unwritable("Boek.xlsm is niet gewijzigd: de schijf is vol.")

    monkeypatch.setattr(undoing, "take_back", refused)
    done = run("ongedaan", book)
    assert (done.code, "de schijf is vol" in done.err) == (3, True)
    found = json.loads((book.parent / "Reservekopieën" / "Boek teruggenomen concepten.json").read_bytes())
    assert found == []


def test_a_list_that_is_no_list_counts_for_nothing(book: Path) -> None:
    (book.parent / "Reservekopieën" / "Boek teruggenomen concepten.json").write_bytes(
        b'[1, {"steps": 3}, {}]'
    )
    assert run("herinneringen", book, *DAY).code == 0


def test_a_copy_without_a_note_goes_back_only_with_toch(book: Path) -> None:
    ((_, copy),) = backups(book)
    before = copy.read_bytes()
    copy.with_name(copy.name + ".json").unlink()
    done = run("ongedaan", book)
    assert (done.code, "staat niet wat er daarna is gewijzigd" in " ".join(done.err.split())) == (2, True)
    back(book, "--toch")
    assert book.read_bytes() == before


def test_an_edit_through_the_editor_has_no_name_and_goes_back(book: Path) -> None:
    before = book.read_bytes()
    with Package.open(book) as package:
        package.set_cells("Facturen", {"K12": "Betwist"})
        package.save()
    done = run("ongedaan", book)
    assert "Teruggenomen: een wijziging van " in done.out
    assert book.read_bytes() == before
