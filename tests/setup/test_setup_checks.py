"""`controle`: every line of the table in each of its states, on computers that are not here."""

from dataclasses import replace
from pathlib import Path

import pytest

from debiteuren import __version__
from debiteuren.book import template
from debiteuren.book.closed_facts import defined_names
from debiteuren.book.ooxml import Package
from debiteuren.book.shipped import template_bytes
from debiteuren.book.template.vba_project import own_modules
from debiteuren.setup.book_checks import check_book
from debiteuren.setup.checks import Check, State, check_computer
from debiteuren.setup.computer import Computer
from debiteuren.setup.install import install
from debiteuren.setup.registry import Value
from debiteuren.setup.windows import TRUSTED
from setup.computers import MAC, MemoryRegistry, computer

PATHS = r"HKLM\Software\Microsoft\Windows\CurrentVersion\App Paths"
OFFICE = {
    rf"{PATHS}\excel.exe": {"": r'"C:\Office\EXCEL.EXE"'},
    rf"{PATHS}\outlook.exe": {"": r"C:\Office\OUTLOOK.EXE"},
}


def by_what(found: object) -> dict[str, Check]:
    assert hasattr(found, "__iter__")
    lines = list(found)
    assert all(line.remedy for line in lines if line.state in {State.MISSING, State.ATTENTION})
    assert all(not line.remedy for line in lines if line.state not in {State.MISSING, State.ATTENTION})
    table = {line.what: line for line in lines}
    assert len(table) == len(lines)
    return table


@pytest.fixture
def tkinter_is_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: object())


@pytest.mark.usefixtures("tkinter_is_here")
def test_after_installing_nothing_is_missing(tmp_path: Path) -> None:
    machine = computer(tmp_path, registry=MemoryRegistry(OFFICE))
    install(machine)
    table = by_what(check_computer(machine))
    assert {line.state for line in table.values()} == {State.GOOD}
    assert table["Excel"].found == r"C:\Office\EXCEL.EXE"
    table = by_what(check_book(machine, machine.workbook))
    assert {line.state for line in table.values()} == {State.GOOD}
    assert table["Werkmap"].found == f"bijgewerkt tot versie {__version__}"


def test_before_installing_it_is_said_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    machine = replace(computer(tmp_path, xlwings="0.30"), python_version="3.10.2")
    table = by_what(check_computer(machine))
    assert {what: line.state for what, line in table.items()} == {
        "Python": State.MISSING,
        "Excel": State.MISSING,
        "xlwings": State.MISSING,
        "Excel vindt Python": State.MISSING,
        "Venster om bestanden te kiezen": State.MISSING,
        "Outlook": State.ATTENTION,
        "Macro's": State.ATTENTION,
    }
    assert table["Excel vindt Python"].remedy == "typ: debiteuren installeer"


@pytest.mark.usefixtures("tkinter_is_here")
def test_on_a_mac_the_script_of_this_xlwings_must_be_there(tmp_path: Path) -> None:
    machine = computer(tmp_path, MAC)
    assert by_what(check_computer(machine))["Excel mag Python starten"].state is State.MISSING
    install(machine)
    assert by_what(check_computer(machine))["Excel mag Python starten"].state is State.GOOD
    newer = by_what(check_computer(replace(machine, xlwings="9.9")))
    assert newer["Excel mag Python starten"].state is State.MISSING


def test_linux_has_no_excel_and_nothing_is_missing(tmp_path: Path) -> None:
    table = by_what(check_computer(computer(tmp_path, "linux", xlwings="")))
    assert {what: line.state for what, line in table.items()} == {
        "Python": State.GOOD,
        "Excel": State.DOES_NOT_APPLY,
        "Outlook": State.DOES_NOT_APPLY,
    }


@pytest.mark.parametrize(
    ("values", "what", "state", "found"),
    [
        ({}, "Outlook", State.GOOD, "klassiek (C:\\Office\\OUTLOOK.EXE)"),
        (
            {r"HKCU\Software\Microsoft\Office\16.0\Outlook\Preferences": {"UseNewOutlook": 1}},
            "Outlook",
            State.ATTENTION,
            "nieuw Outlook; of dat een .eml als concept opent, is nog niet geprobeerd",
        ),
        (
            {r"HKCU\Software\Microsoft\Office\16.0\Excel\Security": {"VBAWarnings": 4}},
            "Macro's",
            State.MISSING,
            "Excel blokkeert alle macro's zonder iets te zeggen",
        ),
        (
            {r"HKCU\Software\Policies\Microsoft\Office\16.0\Excel\Security": {"VBAWarnings": 4}},
            "Macro's",
            State.MISSING,
            "Excel blokkeert alle macro's zonder iets te zeggen",
        ),
        (
            {r"HKCU\Software\Microsoft\Office\16.0\Excel\Security": {"VBAWarnings": 2}},
            "Macro's",
            State.ATTENTION,
            "Excel vraagt bij elke werkmap of macro's mogen",
        ),
    ],
)
def test_what_the_registry_says(
    values: dict[str, dict[str, Value]], what: str, state: State, found: str, tmp_path: Path
) -> None:
    machine = computer(tmp_path, registry=MemoryRegistry({**OFFICE, **values}))
    line = by_what(check_computer(machine))[what]
    assert (line.state, line.found) == (state, found)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "map" / "Boek.xlsm"
    path.parent.mkdir()
    path.write_bytes(template_bytes())
    return path


@pytest.fixture
def windows(tmp_path: Path) -> Computer:
    return computer(tmp_path / "home", registry=MemoryRegistry())


def test_a_check_leaves_no_trace(book: Path, windows: Computer) -> None:
    before = sorted(book.parent.rglob("*")), book.read_bytes()
    list(check_book(windows, book))
    assert (sorted(book.parent.rglob("*")), book.read_bytes()) == before


def test_an_older_workbook_is_told_what_it_misses(tmp_path: Path, windows: Computer) -> None:
    path = tmp_path / "Oud.xlsm"
    old = {"Knoppen": own_modules()["Knoppen"].replace(__version__, "0.0.9")}
    template.build(path, replaced_modules=old)
    line = by_what(check_book(windows, path))["Werkmap"]
    assert line.found == f"van versie 0.0.9; nieuw is: macro's van versie {__version__}"
    assert line.remedy == "sluit de werkmap en typ: debiteuren vernieuw BOEK.xlsm"


def test_a_workbook_with_another_xlwings_is_told(book: Path, windows: Computer) -> None:
    line = by_what(check_book(replace(windows, xlwings="0.40"), book))["xlwings in de werkmap"]
    assert line.state is State.MISSING
    assert line.found.endswith("; op deze computer staat 0.40")


def test_a_newer_workbook_is_told(tmp_path: Path, windows: Computer) -> None:
    path = tmp_path / "Nieuw.xlsm"
    newer = {"Knoppen": own_modules()["Knoppen"].replace(__version__, "99.0")}
    template.build(path, replaced_modules=newer)
    line = by_what(check_book(windows, path))["Werkmap"]
    assert (line.state, "hoort bij versie 99.0" in line.found) == (State.MISSING, True)


@pytest.mark.parametrize("name", ["OneDrive", "OneDrive - Hoveniersbedrijf", "SharePoint"])
def test_a_place_in_the_cloud_is_told(name: str, tmp_path: Path, windows: Computer) -> None:
    path = tmp_path / name / "Boek.xlsm"
    path.parent.mkdir()
    path.write_bytes(template_bytes())
    line = by_what(check_book(windows, path))["Plaats van de werkmap"]
    assert line.state is State.ATTENTION
    assert str(windows.workbook.parent) in line.remedy


def test_a_synchronised_folder_of_another_name_is_known_by_the_environment(
    book: Path, windows: Computer
) -> None:
    cloud = replace(windows, environment={"OneDriveCommercial": str(book.parent)})
    assert by_what(check_book(cloud, book))["Plaats van de werkmap"].state is State.ATTENTION
    assert by_what(check_book(windows, book))["Plaats van de werkmap"].state is State.GOOD


@pytest.mark.parametrize(
    "url", ["https://d.docs.live.net/1/Boek.xlsm", "https:\\x.sharepoint.com\\Boek.xlsm"]
)
def test_a_web_address_is_no_place(url: str, windows: Computer) -> None:
    (line,) = check_book(windows, Path(url))
    assert (line.what, line.state) == ("Plaats van de werkmap", State.MISSING)


def test_a_folder_that_can_not_be_written_is_told(
    book: Path, windows: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**_: object) -> None:
        raise PermissionError(13, "nee")

    monkeypatch.setattr("tempfile.TemporaryFile", refused)
    table = by_what(check_book(windows, book))
    for what in ("Map van de werkmap", "Map voor concepten"):
        assert (table[what].state, str(book.parent) in table[what].found) == (State.MISSING, True)
    trial = by_what(check_book(windows, book, trial=True))
    assert trial["Map van de werkmap"].state is State.GOOD


def test_a_draft_target_we_do_not_know_is_told(book: Path, windows: Computer) -> None:
    sheet, row, _ = defined_names(book)[0]["ConceptDoel"]
    for written, state in (("EML", State.GOOD), (None, State.GOOD), ("duif", State.ATTENTION)):
        with Package.open(book) as package:
            package.set_cells(sheet, {f"B{row}": written})
            package.save()
        line = by_what(check_book(windows, book))["Concepten"]
        assert (line.state, "duif" in line.found) == (state, written == "duif")


def test_a_mailbox_that_is_half_set_up_is_told(
    book: Path, windows: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("debiteuren.mail.drafts.outlook_probe.answers", lambda: "Outlook staat er niet")
    monkeypatch.setattr("debiteuren.mail.drafts.secrets.stored", lambda _: "")
    places = defined_names(book)[0]
    for target, state, words in (
        ("auto", State.ATTENTION, "nog niet opgegeven"),
        ("imap", State.MISSING, "nog niet opgegeven"),
        ("outlook", State.MISSING, "Outlook staat er niet"),
        ("eml", State.GOOD, ".eml-bestanden"),
    ):
        with Package.open(book) as package:
            for name, value in (
                ("ConceptDoel", target),
                ("PostvakServer", "imap.x.nl"),
                ("PostvakGebruiker", "jan@x.nl"),
            ):
                sheet, row, _ = places[name]
                package.set_cells(sheet, {f"B{row}": value})
            package.save()
        line = by_what(check_book(windows, book))["Concepten"]
        assert (target, line.state, words in line.found) == (target, state, True)


def test_a_workbook_that_is_open_is_said_to_be(book: Path, windows: Computer) -> None:
    book.with_name(f".~lock.{book.name}#").write_text(",Jan,pc,,", encoding="utf-8")
    table = by_what(check_book(windows, book))
    assert table["Open in een ander programma"].state is State.ATTENTION


def test_a_workbook_from_the_internet_gets_no_macros(book: Path, windows: Computer) -> None:
    assert by_what(check_book(windows, book))["Macro's in deze werkmap"].state is State.ATTENTION
    assert isinstance(windows.registry, MemoryRegistry)
    windows.registry.write(f"{TRUSTED}\\Location3", {"Path": f"{book.parent}\\"})
    assert by_what(check_book(windows, book))["Macro's in deze werkmap"].state is State.GOOD
    Path(f"{book}:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n", encoding="ascii")
    assert by_what(check_book(windows, book))["Macro's in deze werkmap"].state is State.MISSING


@pytest.mark.parametrize("content", [None, b"", b"PK\3\4 stuk", b"factuur;bedrag\n"])
def test_a_file_that_is_no_workbook_of_ours_is_told(
    content: bytes | None, tmp_path: Path, windows: Computer
) -> None:
    path = tmp_path / "iets.xlsm"
    if content is not None:
        path.write_bytes(content)
    (line,) = check_book(windows, path)
    assert (line.what, line.state) == ("Werkmap", State.MISSING)
    assert line.found
    assert not line.found.startswith("Niets gewijzigd")
