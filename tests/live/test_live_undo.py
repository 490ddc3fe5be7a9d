"""Ongedaan maken on the open workbook: back to what was, unless somebody worked there since."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import xlwings

from debiteuren import button_text, buttons, tasks
from debiteuren.book.closed import ClosedWorkbook
from debiteuren.book.live import LiveWorkbook
from debiteuren.book.live.strips import cells_of
from debiteuren.book.ooxml import FOLDER, backups
from debiteuren.book.ooxml.notes import read_note
from debiteuren.book.workbook import Cell, Changes
from debiteuren.buttons import Press
from debiteuren.demo.company import demo_bank_files
from debiteuren.new_workbook import create
from live.books import sheets_of
from live.test_live_buttons import Person

NOW = datetime(2026, 11, 21, 10, 30)
LATER = NOW + timedelta(days=9)


@pytest.fixture(scope="module")
def company_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The company's workbook with its bank files read in."""
    folder = tmp_path_factory.mktemp("bedrijf")
    path = create(folder / "bedrijf.xlsm", demo_on=NOW.date())
    files = [folder / name for name in demo_bank_files(NOW.date())]
    for file, data in zip(files, demo_bank_files(NOW.date()).values(), strict=True):
        file.write_bytes(data)
    book = ClosedWorkbook(path)
    tasks.import_files(book, files, tasks.Moment(now=NOW))
    book.read()
    book.write(Changes(blocks={"Peildatum": [[None]]}))
    return path


class Screen:
    """Somebody with the workbook open."""

    def __init__(self, app: xlwings.App, path: Path, data: Path) -> None:
        self.path = path
        self._book = app.books.open(path)
        self._live = LiveWorkbook(self._book)
        self._live.keep_journal(data)

    def click(self, job: buttons.Job, person: Person | None = None, now: datetime = NOW) -> Person:
        person = person or Person()
        buttons.handle(Press(button="Knop", workbook=self._live, dialogs=person, now=now), job)
        return person

    def undo(self, *, takes_risks: bool = False) -> str:
        """The message of Ongedaan maken."""
        (message,) = self.click(buttons.undo_last, Person(takes_risks=takes_risks)).shown
        return message

    def cells(self) -> dict[str, list[list[object]]]:
        """The rows of every table by sheet, and what Start shows."""
        grids = LiveWorkbook(self._book).read().grids.values()
        found: dict[str, list[list[object]]] = {
            grid.sheet: [list[object](row) for row in (grid.columns, *grid.rows)] for grid in grids
        }
        return found | {"Start": [[*row] for row in cells_of(self._book.sheets["Start"].range("A1:K45"))]}

    def type(self, sheet: str, place: str, value: Cell) -> None:
        self._book.sheets[sheet].range(place).value = value


@pytest.fixture
def screen(app: xlwings.App, company_book: Path, tmp_path: Path) -> Screen:
    path = tmp_path / "boek.xlsm"
    path.write_bytes(company_book.read_bytes())
    return Screen(app, path, tmp_path / "gegevens")


def drafts(path: Path, *under: str) -> list[str]:
    return sorted(file.name for file in path.parent.joinpath("Concepten", *under).glob("*.eml"))


def test_two_runs_go_back_one_after_the_other(screen: Screen) -> None:
    start = screen.cells()
    screen.click(buttons.update, now=NOW)
    between = screen.cells()
    screen.click(buttons.update, now=LATER)
    assert screen.cells() != between
    assert screen.undo().startswith("Teruggenomen: Bijwerken van ")
    assert screen.cells() == between
    screen.undo()
    assert screen.cells() == start
    assert screen.undo() == button_text.NOTHING_TO_UNDO


def test_an_arrangement_goes_back_in_one_click(screen: Screen) -> None:
    screen.click(buttons.update, now=NOW)
    start = screen.cells()
    screen.click(buttons.record_arrangement, Person(answers=[{"debtor": "D134"}]))
    now = screen.cells()
    grown = {sheet: len(now[sheet]) - len(start[sheet]) for sheet in ("Regelingen", "Termijnen", "Contact")}
    assert grown == {"Regelingen": 1, "Termijnen": 3, "Contact": 2}
    assert screen.undo(takes_risks=True).startswith("Teruggenomen: Regeling vastleggen van ")
    assert screen.cells() == start


def test_what_the_user_typed_elsewhere_stays(screen: Screen) -> None:
    start = screen.cells()
    screen.click(buttons.update, now=LATER)
    screen.type("Facturen", "M9", "van mij")
    screen.undo()
    now = screen.cells()
    assert [sheet for sheet in now if now[sheet] != start[sheet]] == ["Facturen"]
    assert sum(one != two for one, two in zip(now["Facturen"], start["Facturen"], strict=True)) == 1


def test_a_cell_of_ours_that_was_changed_since_holds_everything_back(screen: Screen) -> None:
    old = screen.cells()["Facturen"]
    screen.click(buttons.update, now=LATER)
    column = old[0].index("Dagen te laat")
    now = screen.cells()["Facturen"]
    row = next(row for row in range(len(old)) if old[row][column] != now[row][column])
    screen.type("Facturen", f"{chr(ord('A') + column)}{row + 4}", 7.0)
    before = screen.cells()
    message = screen.undo()
    assert message.startswith("Niets gewijzigd: ")
    assert f"Facturen, rij {row + 4}, kolom Dagen te laat" in message
    after = screen.cells()
    assert [sheet for sheet in after if after[sheet] != before[sheet]] in ([], ["Controle"])
    assert screen.undo().startswith("Niets gewijzigd: ")


def test_no_is_no(screen: Screen) -> None:
    screen.click(buttons.update, now=LATER)
    before = screen.cells()
    person = screen.click(buttons.undo_last, Person(confirms=False))
    assert person.shown == []
    assert person.questions[0].startswith("Bijwerken van ")
    assert screen.cells() == before


def test_reminders_go_back_with_their_drafts_and_are_saved(screen: Screen) -> None:
    screen.click(buttons.make_reminders)
    on_disk = screen.path.read_bytes()
    made = drafts(screen.path)
    assert len(made) > 5
    asked = screen.click(buttons.undo_last, Person())
    assert asked.shown == []
    assert asked.questions[0].endswith(
        "Heeft u er al een verstuurd, klik dan Nee: anders kan dezelfde brief nog eens komen."
    )
    assert screen.undo(takes_risks=True).endswith("in de map Teruggenomen; de werkmap is opgeslagen.")
    assert drafts(screen.path) == []
    assert drafts(screen.path, "Teruggenomen") == made
    assert screen.path.read_bytes() != on_disk
    assert "Gemaakt" not in [cell for row in sheets_of(screen.path)["Contact"][-3:] for cell in row]
    again = screen.click(buttons.make_reminders)
    assert "Eerder al gemaakt en teruggenomen: " in again.shown[0]
    assert drafts(screen.path) == made


def test_a_draft_marked_as_sent_holds_it_back(screen: Screen) -> None:
    screen.click(buttons.make_reminders)
    rows = len(screen.cells()["Contact"])  # one of them the header, which stands in row 4
    screen.type("Contact", f"K{rows + 3}", "Verstuurd")
    message = screen.undo(takes_risks=True)
    assert "Contact, rij " in message
    assert "kolom Concept" in message
    assert drafts(screen.path, "Teruggenomen") == []
    assert len(drafts(screen.path)) > 5


def test_a_draft_that_is_gone_is_named_in_the_question(screen: Screen) -> None:
    screen.click(buttons.make_reminders)
    (screen.path.parent / "Concepten" / drafts(screen.path)[0]).unlink()
    (question,) = screen.click(buttons.undo_last, Person()).questions
    assert "1 concept staat er niet meer zoals gemaakt; misschien al verstuurd." in question


def test_there_is_a_copy_of_the_file_from_before_excel_saved_for_us(screen: Screen) -> None:
    before = screen.path.read_bytes()
    screen.click(buttons.update, now=NOW)
    assert not (screen.path.parent / FOLDER).exists()
    screen.click(buttons.make_reminders)
    ((_, copy),) = backups(screen.path)
    assert copy.read_bytes() == before
    note = read_note(copy)
    assert note is not None
    assert (note.told.run, note.after, note.undoing) == ("herinneringen", "", False)
    assert {"Contact", "Facturen"} <= {place.sheet for place in note.places}


def test_no_copy_no_reminders(screen: Screen) -> None:
    (screen.path.parent / FOLDER).write_text("geen map")
    before = screen.cells()
    (message,) = screen.click(buttons.make_reminders).shown
    assert message.startswith("Niets gewijzigd: van ")
    assert "kan geen reservekopie worden gemaakt" in message
    assert screen.cells() == before
    assert drafts(screen.path) == []


def test_a_run_that_was_never_saved_is_forgotten(screen: Screen, app: xlwings.App, tmp_path: Path) -> None:
    screen.click(buttons.update, now=LATER)
    for book in list(app.books):
        book.close()
    again = Screen(app, screen.path, tmp_path / "gegevens")
    assert again.undo() == button_text.NOTHING_TO_UNDO
