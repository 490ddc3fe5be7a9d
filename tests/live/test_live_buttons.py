"""Every button on the fictional company in a real spreadsheet program: from Python to cells and drafts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import xlwings

from debiteuren import buttons, logbook, tasks
from debiteuren.book.closed import ClosedWorkbook
from debiteuren.book.live import LiveWorkbook, SheetChangedError
from debiteuren.book.live.strips import lines_of
from debiteuren.book.workbook import Changes
from debiteuren.buttons import Press
from debiteuren.demo.company import demo_bank_files
from debiteuren.dialogs_form import Form
from debiteuren.new_workbook import create
from live.books import LivePort, sheets_of

NOW = datetime(2026, 11, 21, 10, 30)
MOMENT = tasks.Moment(now=NOW)


@dataclass
class Person:
    """Somebody at the screen: what he answers and chooses, and what he was shown, in order."""

    files: tuple[Path, ...] = ()
    confirms: bool = True
    takes_risks: bool = False
    shown: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    answers: list[Mapping[str, str] | None] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)

    def tell(self, text: str) -> None:
        self.shown.append(text)

    def confirm(self, text: str) -> bool:
        self.questions.append(text)
        return self.confirms

    def confirm_risk(self, text: str) -> bool:
        self.questions.append(text)
        return self.takes_risks

    def choose_files(self) -> tuple[Path, ...]:
        return self.files

    def fill_in(self, form: Form) -> Mapping[str, str] | None:
        """The next answers typed over the form; the window is closed when there are none left."""
        self.forms.append(form)
        typed = self.answers.pop(0) if self.answers else None
        return None if typed is None else {one.name: one.value for one in form.fields} | dict(typed)


@pytest.fixture(scope="session")
def bank_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    folder = tmp_path_factory.mktemp("bank")
    for name, data in demo_bank_files(NOW.date()).items():
        (folder / name).write_bytes(data)
    return tuple(sorted(folder.iterdir()))


@pytest.fixture(scope="session")
def company_book(tmp_path_factory: pytest.TempPathFactory, bank_files: tuple[Path, ...]) -> Path:
    """The company's workbook with its bank files read in."""
    path = create(tmp_path_factory.mktemp("company") / "bedrijf.xlsm", demo_on=NOW.date())
    book = ClosedWorkbook(path)
    tasks.import_files(book, bank_files, MOMENT)
    book.read()
    book.write(Changes(blocks={"Peildatum": [[None]]}))  # from here on the day is the clock's
    return path


@pytest.fixture
def path(company_book: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "boek.xlsm"
    copy.write_bytes(company_book.read_bytes())
    return copy


Click = Callable[..., Person]


@pytest.fixture
def click(app: xlwings.App, path: Path) -> Click:
    """Click a button on the open workbook and give what the person saw."""
    opened: list[LiveWorkbook] = []

    def clicked(job: buttons.Job, person: Person | None = None, now: datetime = NOW) -> Person:
        person = person or Person()
        if not opened:
            opened.append(LiveWorkbook(app.books.open(path)))
        buttons.handle(Press(button="Knop", workbook=opened[0], dialogs=person, now=now), job)
        assert app.status_bar is False
        assert app.screen_updating
        return person

    return clicked


def drafts(path: Path) -> list[str]:
    folder = path.parent / "Concepten"
    return sorted(file.name for file in folder.glob("*.eml")) if folder.exists() else []


def test_bijwerken_leaves_the_sheets_its_command_leaves(path: Path, tmp_path: Path, app: xlwings.App) -> None:
    other = tmp_path / "gesloten.xlsm"
    other.write_bytes(path.read_bytes())
    for later in (MOMENT, tasks.Moment(now=NOW + timedelta(days=9))):
        tasks.update(ClosedWorkbook(other), later)
    port, person = LivePort(app), Person()
    live = port.open(path)
    assert isinstance(live, LiveWorkbook)
    for now in (NOW, NOW + timedelta(days=9)):
        buttons.handle(Press(button="Bijwerken", workbook=live, dialogs=person, now=now), buttons.update)
    port.close()
    assert sheets_of(path) == sheets_of(other)
    assert [text.split(":")[0] for text in person.shown] == ["Bijgewerkt", "Bijgewerkt"]


def test_bank_importeren_leaves_the_sheets_its_command_leaves(
    tmp_path: Path, bank_files: tuple[Path, ...], app: xlwings.App
) -> None:
    opened, closed = (create(tmp_path / name, demo_on=NOW.date()) for name in ("open.xlsm", "dicht.xlsm"))
    tasks.import_files(ClosedWorkbook(closed), bank_files, MOMENT)
    port, person = LivePort(app), Person(files=bank_files)
    live = port.open(opened)
    assert isinstance(live, LiveWorkbook)
    press = Press(button="Bank importeren", workbook=live, dialogs=person, now=NOW)
    buttons.handle(press, buttons.import_bank)
    buttons.handle(press, buttons.import_bank)
    port.close()
    assert sheets_of(opened) == sheets_of(closed)
    first, second = person.shown
    assert first.startswith("Ingelezen: ")
    assert second.startswith("Ingelezen: 0 nieuwe boekingen; ")


def test_no_file_chosen_says_and_does_nothing(click: Click) -> None:
    assert click(buttons.import_bank) == Person()


def test_herinneringen_asks_saves_and_never_drafts_twice(click: Click, path: Path) -> None:
    person = click(buttons.make_reminders)
    made = drafts(path)
    assert len(made) > 5
    (question,) = person.questions
    letters = question.split(" ")[0]
    assert question.split("\n")[0].startswith(f"{letters} concepten voor {letters} debiteuren, € ")
    assert "\nDe bank is bekend tot en met 1" in question
    assert question.endswith("De werkmap wordt daarbij opgeslagen; er wordt niets verstuurd. Doorgaan?")
    assert person.shown[0].startswith(f"{letters} concepten klaar, samen € ")
    assert person.shown[0].endswith(
        f"Open Concepten.html in {path.parent / 'Concepten'}, lees ze na en verstuur ze zelf."
    )
    copy = path.with_name("zoals-opgeslagen.xlsm")
    copy.write_bytes(path.read_bytes())
    contact = ClosedWorkbook(copy).read().grids["tblContact"]
    state, key = contact.columns.index("Concept"), contact.columns.index("Sleutel")
    logged = {row[key] for row in contact.rows if row[state] == "Gemaakt"}
    assert len(logged) == int(letters)
    again = click(buttons.make_reminders)
    assert again.questions == []
    assert again.shown[0].startswith("Geen concepten")
    assert drafts(path) == made


def test_herinneringen_without_a_yes_change_nothing(click: Click, path: Path) -> None:
    before = path.read_bytes()
    person = click(buttons.make_reminders, Person(confirms=False))
    assert (person.shown, len(person.questions)) == ([], 1)
    assert (drafts(path), path.read_bytes()) == ([], before)


@pytest.mark.parametrize("takes_risks", [False, True])
def test_with_an_old_bank_the_question_is_whether_to_take_the_risk(
    takes_risks: bool,  # noqa: FBT001 - the two cases of the test
    click: Click,
    path: Path,
) -> None:
    person = click(buttons.make_reminders, Person(takes_risks=takes_risks), now=NOW + timedelta(days=9))
    assert "lees eerst de nieuwste afschriften in" in person.questions[0]
    assert person.questions[0].endswith("maken, misschien voor wie al betaald heeft?")
    assert bool(drafts(path)) == takes_risks
    assert person.shown[0].startswith("Geen concepten") != takes_risks


def test_controleer_regelingen_tells_how_they_stand(click: Click) -> None:
    (text,) = click(buttons.check_arrangements).shown
    assert text.startswith("4 regelingen getoetst aan de bank: ")
    assert ", waarvan 1 zonder bevestiging (Genereer herinneringen zet die klaar).\n" in text
    assert "\nDe bank is bekend tot en met 19-11-2026" in text


def table_of(app: xlwings.App, path: Path, sheet: str) -> list[dict[str, object]]:
    """The rows of a table as the open workbook shows them."""
    head, *lines = lines_of(app.books.open(path).sheets[sheet].tables[0].range.raw_value)
    return [dict(zip(map(str, head), line, strict=True)) for line in lines]


def test_an_arrangement_is_asked_for_shown_and_written(click: Click, app: xlwings.App, path: Path) -> None:
    before = table_of(app, path, "Regelingen")
    refused = {"debtor": "D134", "first": "begin december"}
    vague = {"first": "05-12-2026", "terms": "Zo snel mogelijk."}
    person = click(
        buttons.record_arrangement,
        Person(answers=[refused, vague, {"terms": "Op de genoemde dagen.", "count": "2"}]),
    )
    opened, first, second = person.forms
    assert opened.message == ""
    assert first.message == (
        'Eerste termijn: Hier staat "begin december". Noem een dag, bijvoorbeeld vrijdag 4 december 2026.'
    )
    assert second.message == (
        "Voorwaarden: Hier staat “Zo snel mogelijk”. Daar is niemand aan te houden. "
        "Noem een dag, bijvoorbeeld vrijdag 4 december 2026."
    )
    assert {one.name: one.value for one in second.fields}["debtor"] == "D134"
    (question,) = person.questions
    assert question == (
        "R2026-001 met Tom Verhoeven over 2026-0208: € 292,52.\n\n"
        "1.  maandag 7 december 2026  € 146,26  (verschoven van zaterdag 5 december 2026)\n"
        "2.  dinsdag 5 januari 2027  € 146,26\n\n"
        "Vastleggen? De bevestiging komt klaar als concept; de werkmap wordt opgeslagen."
    )
    (told,) = person.shown
    assert told == (
        "R2026-001 staat op Regelingen, met 2 termijnen op Termijnen.\n"
        f"De bevestiging staat in {path.parent / 'Concepten'}: "
        "verstuur haar binnen het uur en vul dan Bevestigd op in."
    )
    assert [name for name in drafts(path) if name.endswith(" - Bevestiging.eml")] == drafts(path) != []
    *_, made = table_of(app, path, "Regelingen")
    assert (made["Regeling"], made["Status"], made["Vastgelegd op"]) == ("R2026-001", "Te bevestigen", NOW)
    parts = [row for row in table_of(app, path, "Termijnen") if row["Regeling"] == "R2026-001"]
    assert [(row["Termijn"], row["Bedrag"], row["Status"]) for row in parts] == [
        ("1", 146.26, "Nog niet vervallen"),
        ("2", 146.26, "Nog niet vervallen"),
    ]
    *_, talk, confirmation = table_of(app, path, "Contact")
    assert (confirmation["Soort"], confirmation["Concept"]) == ("Bevestiging", "Gemaakt")
    assert (talk["Soort"], talk["Uitkomst"], talk["Facturen"]) == ("Gesprek", "Regeling", "2026-0208")
    assert [row["Wanneer"] for row in table_of(app, path, "Acties") if row["Debiteurnummer"] == "D134"] == [
        "nog 60 min"
    ]
    assert table_of(app, path, "Regelingen")[:-1] == before


def test_no_to_the_question_brings_the_form_back_and_closing_it_writes_nothing(
    click: Click, path: Path
) -> None:
    before = path.read_bytes()
    person = click(buttons.record_arrangement, Person(confirms=False, answers=[{"debtor": "D134"}]))
    assert (person.shown, len(person.questions), len(person.forms)) == ([], 1, 2)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("sheet", "column", "value", "expected"),
    [
        ("Facturen", "Factuurnummer", "2026-0208", ("D134", "2026-0208", "")),
        ("Debiteuren", "Debiteurnummer", "D134", ("D134", "", "")),
        ("Acties", "Debiteurnummer", "D134", ("D134", "2026-0208", "")),
        ("Regelingen", "Regeling", "R-001", None),
        ("Instellingen", "Stap", "Bellen", ("", "", "")),
    ],
)
def test_the_form_opens_with_what_is_selected(
    sheet: str,
    column: str,
    value: str,
    expected: tuple[str, str, str] | None,
    click: Click,
    app: xlwings.App,
    path: Path,
) -> None:
    book = app.books.open(path)
    tables = [one.range for one in book.sheets[sheet].tables]
    table = next(one for one in tables if column in lines_of(one.raw_value)[0])
    head, *lines = lines_of(table.raw_value)
    row = table.row + 1 + [line[[*head].index(column)] for line in lines].index(value)
    book.sheets[sheet].impl.activate()
    book.sheets[sheet].range((row, table.column)).select()
    (form,) = click(buttons.record_arrangement).forms
    shown = {one.name: one.value for one in form.fields}
    found = (shown["debtor"], shown["invoices"], shown["replaces"])
    if expected is None:
        assert found[2] == value
        assert found[0].startswith("D")
    else:
        assert found == expected


def test_a_fault_is_told_in_dutch_and_only_controle_changes(
    click: Click, app: xlwings.App, path: Path
) -> None:
    before = sheets_of(path)
    book = app.books.open(path)
    book.sheets["Facturen"].range((14, 4)).number_format = "@"
    book.sheets["Facturen"].range((14, 4)).value = "31-02-2026"
    (text,) = click(buttons.update).shown
    assert text == (
        "Niets gewijzigd: 1 punt om na te kijken\n\n"
        "Facturen, rij 14, kolom Vervaldatum\n"
        '  Hier staat "31-02-2026". Die datum bestaat niet.\n'
        "  Wat te doen: vul een datum in, bijvoorbeeld 28-02-2026."
    )
    book.save()
    after = sheets_of(path)
    assert after["Controle"][4][:4] == ["Fout", "Facturen", 14.0, "Vervaldatum"]
    assert len(after["Controle"]) == 5
    before["Facturen"][13][3] = "31-02-2026"
    del before["Controle"], after["Controle"]
    assert after == before


def test_many_faults_are_told_where_they_stand(click: Click, app: xlwings.App, path: Path) -> None:
    book = app.books.open(path)
    cells = book.sheets["Facturen"].range((6, 5), (8, 5))
    cells.number_format = "@"
    cells.value = [["veel"]] * 3
    (text,) = click(buttons.make_reminders).shown
    assert text == (
        "Niets gewijzigd: 3 punten om na te kijken.\n"
        "Ze staan op het blad Controle, het eerste is Facturen, rij 6, kolom Bedrag."
    )


def test_our_own_fault_ends_in_one_sentence_and_a_log(
    click: Click, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(_: Press) -> str:
        raise ZeroDivisionError("onze fout")

    monkeypatch.setattr(logbook, "log_file", lambda: tmp_path / "log.txt")
    assert click(fail).shown == [
        f"Er ging bij ons iets mis. Stuur ons dit bestand, dan lossen we het op: {tmp_path / 'log.txt'}"
    ]
    assert "ZeroDivisionError: onze fout" in (tmp_path / "log.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("times", "ends"), [(2, "Bijgewerkt: "), (3, "Niets gewijzigd: het blad ")])
def test_a_job_starts_again_when_the_user_typed_in_between(
    times: int, ends: str, click: Click, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, typed = LiveWorkbook.write, [SheetChangedError("Niets gewijzigd: het blad Facturen")] * times

    def write(*arguments: object) -> None:
        if typed:
            raise typed.pop()
        usual(*arguments)  # type: ignore[arg-type] # a bound write

    monkeypatch.setattr(LiveWorkbook, "write", write)
    assert click(buttons.update).shown[0].startswith(ends)


MT940 = """:20:1
:25:NL91ABNA0417164300
:28C:32501/1
:60F:C261119EUR100,00
:61:2611201120C25,00NTRFNONREF
:86:/TRTP/SEPA OVERBOEKING/NAME/BAKKER/REMI/ZOMAAR/
:62F:C261120EUR{closing}
"""


@pytest.mark.parametrize("takes_risks", [False, True])
def test_a_statement_that_does_not_add_up_is_only_read_on_the_users_word(
    takes_risks: bool,  # noqa: FBT001 - the two cases of the test
    click: Click,
    tmp_path: Path,
) -> None:
    file = tmp_path / "afschrift.sta"
    file.write_text(MT940.format(closing="999,00"), encoding="ascii")
    person = click(buttons.import_bank, Person(files=(file,), takes_risks=takes_risks))
    assert person.questions[0].startswith("afschrift.sta")
    assert person.questions[0].endswith("\nToch inlezen?")
    if takes_risks:
        assert person.shown[0].startswith("Ingelezen: 1 nieuwe boeking; ")
    else:
        assert person.shown[0].startswith("Niets gewijzigd: 1 punt om na te kijken\n\nafschrift.sta")


def test_a_file_that_is_no_bank_file_asks_nothing(click: Click, tmp_path: Path) -> None:
    file = tmp_path / "vakantie.xml"
    file.write_text("<!DOCTYPE x><x/>", encoding="ascii")
    person = click(buttons.import_bank, Person(files=(file,), takes_risks=True))
    assert person.questions == []
    assert person.shown[0].startswith("Niets gewijzigd: 1 punt om na te kijken\n\nvakantie.xml")


@pytest.mark.parametrize("confirms", [True, False])
def test_unknown_columns_are_put_on_their_sheet_when_the_user_wants_that(
    confirms: bool,  # noqa: FBT001 - the two cases of the test
    path: Path,
    tmp_path: Path,
    app: xlwings.App,
) -> None:
    file = tmp_path / "vreemd.csv"
    file.write_text("Dag;Wat;Euro\n17-11-2026;=1+1;1,00\n", encoding="ascii")
    port, person = LivePort(app), Person(files=(file,), confirms=confirms)
    live = port.open(path)
    assert isinstance(live, LiveWorkbook)
    press = Press(button="Bank importeren", workbook=live, dialogs=person, now=NOW)
    buttons.handle(press, buttons.import_bank)
    rows = live.read().grids["tblKolommen"].rows
    buttons.handle(press, buttons.import_bank)
    port.close()
    assert person.questions[0].startswith("Wij kennen de kolommen van vreemd.csv niet.\n")
    first, second = person.shown
    if not confirms:
        assert list(rows) == []
        assert first.startswith("Niets gewijzigd: 1 punt om na te kijken\n\nvreemd.csv, rij 1")
        return
    assert [list(row) for row in rows] == [
        ["vreemd.csv", "Dag", "17-11-2026", "Boekdatum", None],
        ["vreemd.csv", "Wat", "=1+1", "Niet gebruiken", None],
        ["vreemd.csv", "Euro", "1,00", "Bedrag", None],
    ]
    assert first.startswith("De kolommen staan op het blad Kolommen.")
    assert second.startswith("Niets gewijzigd: 1 punt om na te kijken\n\nKolommen, rij 5, kolom Betekenis")


def test_without_excel_a_button_ends_in_a_dutch_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(logbook, "log_file", lambda: tmp_path / "log.txt")
    with pytest.raises(SystemExit) as ended:
        buttons.bijwerken()
    assert str(ended.value).startswith("Er ging bij ons iets mis. Stuur ons dit bestand")


def test_every_button_of_the_macros_has_its_function() -> None:
    macros = (Path(__file__).parents[2] / "macros" / "Knoppen.bas").read_text(encoding="cp1252")
    called = [line.split('"')[1] for line in macros.splitlines() if line.strip().startswith('VoerUit "')]
    assert len(called) >= 4
    assert [name for name in called if not callable(getattr(buttons, name, None))] == []
