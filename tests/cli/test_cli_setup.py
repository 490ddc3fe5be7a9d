"""installeer, controle and vernieuw as a user types them: text, --json, --proef and exit codes."""

from pathlib import Path
from unittest import mock

import pytest

from commands import run, unchanged
from debiteuren import __version__
from debiteuren.book import template
from debiteuren.book.shipped import template_bytes
from debiteuren.book.template.vba_project import own_modules
from debiteuren.setup import computer as computers
from setup.computers import MemoryRegistry, computer


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "Boek.xlsm"
    path.write_bytes(template_bytes())
    return path


@pytest.fixture
def old_book(tmp_path: Path) -> Path:
    path = tmp_path / "Oud.xlsm"
    old = {"Knoppen": own_modules()["Knoppen"].replace(__version__, "0.0.9")}
    template.build(path, replaced_modules=old)
    return path


@pytest.fixture
def windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The commands run as if on Windows; the user's home comes back."""
    machine = computer(tmp_path / "thuis", registry=MemoryRegistry())
    monkeypatch.setattr(computers, "this_computer", lambda: machine)
    return machine.home


def test_installing_is_told_and_taken_back(windows: Path) -> None:
    first = run("installeer", "--json")
    assert (first.code, first.json["van_toepassing"], len(first.json["gemaakt"])) == (0, True, 6)
    assert "Klaar: Excel vertrouwt die map" in " ".join(first.err.split())
    second = run("installeer")
    assert (second.code, second.out.splitlines()[0]) == (0, "Alles stond er al.")
    back = run("installeer", "--verwijder", "--json")
    assert (back.code, len(back.json["verwijderd"]), back.json["gebleven"]) == (0, 6, [])
    assert not (windows / "Debiteuren").exists()


@pytest.mark.parametrize("words", [("installeer",), ("installeer", "--verwijder"), ("controle",)])
def test_a_trial_writes_nothing(words: tuple[str, ...], windows: Path) -> None:
    run(words[0])
    before = sorted(windows.rglob("*"))
    done = run(*words, "--proef", "--peildatum", "2026-11-21", "--json")
    assert done.code == (3 if words[0] == "controle" else 0)
    assert sorted(windows.rglob("*")) == before


def test_where_there_is_no_excel_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = computer(tmp_path, "linux")
    monkeypatch.setattr(computers, "this_computer", lambda: machine)
    done = run("installeer")
    assert (done.code, done.out.startswith("Op dit systeem is er geen Excel")) == (0, True)
    checked = run("controle", "--json")
    assert (checked.code, checked.json["in_orde"]) == (0, True)


@pytest.mark.usefixtures("windows")
def test_what_is_missing_ends_with_3_and_a_way_to_mend_it(old_book: Path) -> None:
    with unchanged(old_book):
        done = run("controle", old_book, "--json")
    assert (done.code, done.json["in_orde"]) == (3, False)
    missing = [line for line in done.json["controles"] if line["stand"] == "ontbreekt"]
    assert {"wat": "Werkmap", "doen": "sluit de werkmap en typ: debiteuren vernieuw BOEK.xlsm"} in [
        {"wat": line["wat"], "doen": line["doen"]} for line in missing
    ]
    assert "punten ontbreken." in done.err
    assert "punten ontbreken." in run("controle").out


def test_a_table_holds_what_the_text_says(book: Path) -> None:
    with mock.patch.dict("os.environ", {"COLUMNS": "200"}):
        done = run("controle", book)
    first = done.out.splitlines()[0].split()
    assert first == ["Wat", "Stand", "Gevonden", "Wat", "te", "doen"]
    assert f"bijgewerkt tot versie {__version__}" in done.out


def test_an_older_workbook_is_renewed_once(old_book: Path) -> None:
    with unchanged(old_book):
        trial = run("vernieuw", old_book, "--proef", "--json")
    assert (trial.code, trial.json["vernieuwd"]) == (0, [f"macro's van versie {__version__}"])
    done = run("vernieuw", old_book)
    assert (done.code, done.out.splitlines()[0]) == (0, f"Vernieuwd: macro's van versie {__version__}.")
    with unchanged(old_book):
        again = run("vernieuw", old_book, "--json")
    assert (again.code, again.json["vernieuwd"]) == (0, [])


@pytest.mark.parametrize("command", ["controle", "vernieuw"])
def test_a_workbook_that_is_not_there(command: str, tmp_path: Path) -> None:
    done = run(command, tmp_path / "nergens.xlsm", "--json")
    assert done.code == 3
    assert "nergens.xlsm bestaat niet" in str(done.json)
