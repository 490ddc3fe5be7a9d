"""xlwings' real Windows code over a fake Excel: the number of calls, and every conversion on the way."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest import mock

import pytest
import xlwings
from xlwings.utils import fullname_url_to_local_path

from debiteuren.book.layout import TABLES
from debiteuren.book.layout_cells import SETTINGS_CELLS
from debiteuren.book.live import LiveWorkbook, patience
from debiteuren.book.workbook import Cell, CellFault, Changes, Contents
from debiteuren.domain.problem import SurroundingsError
from live.fake_excel import Area, Dispatch, Excel, ListObject, Many, Name, Worksheet, windows


@pytest.fixture(scope="module")
def xlwindows() -> Iterator[ModuleType]:
    with windows() as module:
        yield module


@dataclass
class Opened:
    """The fake Excel with our tables, and our port to it."""

    excel: Excel
    book: xlwings.Book
    live: LiveWorkbook

    def sheet(self, name: str) -> Worksheet:
        sheet: Worksheet = self.excel.Workbook.Worksheets(name)
        return sheet

    def put(self, sheet: str, row: int, column: int, value: object, code: str = "General") -> None:
        self.sheet(sheet).values[row, column] = value
        self.sheet(sheet).formats[row, column] = code

    def column(self, name: str, table: str = "tblFacturen") -> list[Cell]:
        grid = self.live.read().grids[table]
        return [row[grid.columns.index(name)] for row in grid.rows]


def opened(xlwindows: ModuleType, invoices: int) -> Opened:
    """Every table with one empty row; Facturen with so many rows."""
    excel = Excel()
    book = excel.Workbook
    sheets: dict[str, Worksheet] = {}
    for table in TABLES:
        sheet = sheets.setdefault(table.sheet, Worksheet(book, table.sheet))
        left = 1 + max((column for _, column in sheet.values), default=0)
        for place, column in enumerate(table.columns):
            sheet.values[4, left + place] = column.name
        rows = invoices if table.name == "tblFacturen" else 1
        area = Area(sheet, 4, left, 1 + rows, len(table.columns))
        sheet.ListObjects.items.append(ListObject(sheet, table.name, area))
    for number in range(invoices):
        sheets["Facturen"].values[5 + number, 1] = f"2026-{number:05}"
        sheets["Facturen"].values[5 + number, 5] = 100.0 + number
    settings = sheets["Instellingen"]
    names = [Name(cell.name, Area(settings, 100 + row, 1, 1, 1)) for row, cell in enumerate(SETTINGS_CELLS)]
    book.Names = Many([*names, Name("StartVandaag", Area(settings, 200, 1, 10, 5))])
    book.Worksheets = Many(list(sheets.values()))
    impl: Any = xlwindows.Book(xl=xlwindows.COMRetryObjectWrapper(book))
    engine = xlwings.main.Engine(impl=xlwindows.engine)
    if engine.name not in xlwings.engines.engines_by_name:
        xlwings.engines.add(engine)
    xlwings.engines[engine.name].activate()
    found = xlwings.Book(impl=impl)
    return Opened(excel, found, LiveWorkbook(found))


def everything(contents: Contents, rows: int) -> Changes:
    """Something of every kind of change, on so many rows."""
    known = len(contents.grids["tblFacturen"].rows)
    return Changes(
        columns={
            ("tblFacturen", "Status"): ["Te laat", *["0012"] * (known - 1)],
            ("tblFacturen", "Openstaand"): [1.5] * known,
            ("tblFacturen", "Actie op"): [date(2026, 11, 23)] * known,
        },
        appended={
            "tblBetalingen": [{"Transactie": "T", "Bedrag": -1.5, "Boekdatum": date(2026, 11, 1)}] * rows
        },
        replaced={"tblKoppelingen": [{"Transactie": "T", "Bedrag": 1.0}] * rows},
        blocks={"StartVandaag": [[1, "A", None, 2.5, "nu"], *[[None] * 5] * 9]},
    )


def test_the_number_of_calls_does_not_depend_on_the_number_of_rows(xlwindows: ModuleType) -> None:
    counts = []
    for rows in (3, 400):
        book = opened(xlwindows, rows)
        Dispatch.calls = 0
        contents = book.live.read()
        reading = Dispatch.calls
        Dispatch.calls = 0
        book.live.write(everything(contents, rows))
        writing = Dispatch.calls
        assert len(book.column("Status")) == rows
        counts.append((reading, writing))
    assert counts[0] == counts[1]
    reading, writing = counts[0]
    assert reading < 400
    assert writing < 2_000


def test_what_is_written_comes_back_as_it_was_meant(xlwindows: ModuleType) -> None:
    book = opened(xlwindows, 3)
    contents = book.live.read()
    book.live.write(everything(contents, 3))
    assert book.column("Status") == ["Te laat", "0012", "0012"]
    assert book.column("Openstaand") == [1.5] * 3
    assert book.column("Actie op") == [date(2026, 11, 23)] * 3
    assert book.column("Boekdatum", "tblBetalingen") == [date(2026, 11, 1)] * 3
    assert book.column("Bedrag", "tblKoppelingen") == [1.0] * 3
    facturen = book.sheet("Facturen")
    assert facturen.formats[5, 18] == "@"
    assert facturen.values[5, 20] == 46349.0
    assert (facturen.formats[5, 20], facturen.formats[5, 15]) == ("dd-mm-yyyy", "€ #,##0.00")
    start = book.sheet("Instellingen")
    assert [start.values.get((200, column)) for column in range(1, 6)] == [1.0, "A", None, 2.5, "nu"]


def test_excels_own_kinds_of_value_are_read_as_what_they_are(xlwindows: ModuleType) -> None:
    book = opened(xlwindows, 5)
    values: list[tuple[object, str]] = [
        (1234.5, "€ #,##0.00"),
        (-2146826246, "General"),
        ("00123", "@"),
        (46264.0, "dd-mm-yyyy"),
        (46264.5, "dd-mm-yyyy hh:mm"),
    ]
    for row, (value, code) in enumerate(values, 5):
        book.put("Facturen", row, 5, value, code)
    assert book.column("Bedrag") == [
        1234.5,
        CellFault("#N/A"),
        "00123",
        date(2026, 8, 30),
        datetime(2026, 8, 30, 12),
    ]
    assert type(book.column("Bedrag")[0]) is float


def test_a_number_in_a_cell_with_text_format_stays_a_number(xlwindows: ModuleType) -> None:
    book = opened(xlwindows, 2)
    for row, code in ((5, "@"), (6, "General")):
        book.put("Facturen", row, 14, None, code)
    book.live.read()
    book.live.write(Changes(columns={("tblFacturen", "Betaald"): [5.0, 6.5]}))
    assert book.column("Betaald") == [5.0, 6.5]


def test_a_value_that_excel_keeps_changing_is_taken_back(
    xlwindows: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = opened(xlwindows, 2)
    before = book.live.read()
    sheet = book.sheet("Facturen")
    monkeypatch.setattr(sheet, "formats", Stubborn(sheet.formats))
    with pytest.raises(SurroundingsError) as stopped:
        book.live.write(Changes(columns={("tblFacturen", "Blokkadereden"): ["x", "007"]}))
    assert str(stopped.value).startswith(
        "Niets gewijzigd: Excel nam een waarde niet over\nFacturen, rij 6, kolom Blokkadereden\n"
    )
    assert book.live.read() == before


class Stubborn(dict[tuple[int, int], str]):
    """Number formats that can't be changed."""

    def update(self, *_: object, **__: object) -> None:
        """Nothing comes of it."""


def test_excel_that_is_busy_for_a_moment_is_waited_for(
    xlwindows: ModuleType, no_waiting: list[float]
) -> None:
    book = opened(xlwindows, 2)
    Dispatch.busy = 25
    assert len(book.live.read().grids["tblFacturen"].rows) == 2
    assert (Dispatch.busy, len(no_waiting)) == (0, 25)


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited, without waiting."""
    waited: list[float] = []
    monkeypatch.setattr(patience, "time", SimpleNamespace(sleep=waited.append))
    return waited


def test_excel_that_stays_busy_is_waited_for_with_an_end(
    xlwindows: ModuleType, no_waiting: list[float]
) -> None:
    book = opened(xlwindows, 2)
    Dispatch.busy = 10**9
    try:
        with pytest.raises(SurroundingsError) as stopped:
            book.live.read()
    finally:
        Dispatch.busy = 0
    assert str(stopped.value) == (
        "Niets gewijzigd: Excel voerde de opdracht niet uit\n"
        "Excel\n"
        "  Excel is bezig: u typt nog in een cel, of er staat een venster van Excel open.\n"
        "  Wat te doen: druk in Excel op Enter of Esc, sluit open vensters en klik opnieuw."
    )
    assert 5 < sum(no_waiting) < 30


def test_excel_that_stays_busy_while_we_write_never_passes_for_unchanged(
    xlwindows: ModuleType, no_waiting: list[float]
) -> None:
    said: set[str] = set()
    book = opened(xlwindows, 3)
    contents = book.live.read()
    Dispatch.calls = 0
    book.live.write(everything(contents, 3))
    last, done = Dispatch.calls, opened_again(book).read()
    for busy_from in (*range(0, last - 12, 40), *range(last - 12, last)):
        book = opened(xlwindows, 3)
        assert book.live.read() == contents
        no_waiting.clear()
        Dispatch.busy_after = busy_from
        try:
            book.live.write(everything(contents, 3))
        except SurroundingsError as stopped:
            assert "Excel is bezig" in str(stopped)  # noqa: PT017 - the later ones do not stop
            assert no_waiting
            Dispatch.busy_after = None
            found = opened_again(book).read()
            said.add(stopped.title.split(",")[0].split(":")[0])
            if stopped.title.startswith("Niets gewijzigd"):
                assert found == contents
            elif stopped.title.startswith("Bijgewerkt"):
                assert found == done
        finally:
            Dispatch.busy_after = None
    assert said == {"Niets gewijzigd", "Half bijgewerkt", "Bijgewerkt"}


def opened_again(book: Opened) -> LiveWorkbook:
    """The same workbook, of which nothing is remembered."""
    return LiveWorkbook(book.book)


def test_another_excel_of_the_user_is_never_ended(
    xlwindows: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten: list[object] = []
    monkeypatch.setattr("atexit.unregister", forgotten.append)
    vars(xlwindows)["N_COM_ATTEMPTS"] = 0
    opened(xlwindows, 1)
    opened(xlwindows, 1)
    assert forgotten == [xlwindows.cleanup]
    assert xlwindows.N_COM_ATTEMPTS > 0


@pytest.fixture
def clicked(xlwindows: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Callable[..., LiveWorkbook]:
    """What a click finds when these Excels are open, by window; the click came from the second."""
    monkeypatch.setattr(xlwings, "_xlwindows", xlwindows, raising=False)

    def find(excels: dict[int, Excel]) -> LiveWorkbook:
        def of_window(window: int) -> object:
            if window not in excels:
                raise OSError("no such window")
            return xlwindows.COMRetryObjectWrapper(excels[window])

        arguments = ["-c", "--wb=boek.xlsm", "--from_xl=1", "--app=Microsoft Excel", "--hwnd=2"]
        with (
            mock.patch.object(xlwindows, "get_xl_app_from_hwnd", of_window),
            mock.patch.object(sys, "argv", arguments),
            mock.patch.object(sys, "platform", "win32"),
        ):
            return LiveWorkbook.caller()

    return find


def test_of_two_excels_the_one_that_was_clicked_in_is_taken(
    xlwindows: ModuleType, clicked: Callable[..., LiveWorkbook]
) -> None:
    first, second = opened(xlwindows, 1), opened(xlwindows, 2)
    first.put("Facturen", 5, 1, "van de ander")
    second.excel.Workbook.FullName = "D:\\werk\\boek.xlsm"
    live = clicked({1: first.excel, 2: second.excel})
    assert str(live.path) == "D:\\werk\\boek.xlsm"
    assert len(live.read().grids["tblFacturen"].rows) == 2
    live.write(Changes(columns={("tblFacturen", "Status"): ["Te laat", "Betaald"]}))
    assert second.column("Status") == ["Te laat", "Betaald"]
    assert first.column("Status") == [None]


def test_a_workbook_in_protected_view_is_no_workbook_of_excels(
    xlwindows: ModuleType, clicked: Callable[..., LiveWorkbook]
) -> None:
    book = opened(xlwindows, 1)
    book.excel.Workbooks = Many([])
    for excels in ({2: book.excel}, {1: book.excel}):
        with pytest.raises(SurroundingsError) as stopped:
            clicked(excels)
        assert str(stopped.value).startswith(
            "Niets gewijzigd: Excel zegt niet welke werkmap de knop bedoelt\nExcel\n"
        )
        assert "klik dan op Bewerken inschakelen" in str(stopped.value)


URLS = {
    "OneDrive": "https://d.docs.live.net/0123/Map/boek.xlsm",
    "OneDriveCommercial": "https://firma-my.sharepoint.com/personal/jan_firma_nl/Documents/Map/boek.xlsm",
}


@pytest.mark.parametrize("variable", URLS)
def test_a_web_address_becomes_the_folder_on_this_computer(
    variable: str, xlwindows: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    local = tmp_path / "Map" / "boek.xlsm"
    local.parent.mkdir()
    local.touch()
    without_the_cloud(monkeypatch, tmp_path)
    monkeypatch.setenv(variable, str(tmp_path))
    book = opened(xlwindows, 1)
    book.excel.Workbook.FullName = URLS[variable]
    assert LiveWorkbook(book.book).path == local


@pytest.mark.parametrize(
    "url", [*URLS.values(), "https://firma.sharepoint.com/sites/Kantoor/Documenten/boek.xlsm"]
)
def test_a_web_address_without_a_folder_is_told(
    url: str, xlwindows: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    without_the_cloud(monkeypatch, tmp_path)
    book = opened(xlwindows, 1)
    book.excel.Workbook.FullName = url
    with pytest.raises(SurroundingsError) as stopped:
        LiveWorkbook(book.book)
    assert str(stopped.value).startswith(
        "Niets gewijzigd: Excel zegt niet in welke map deze werkmap staat\nExcel\n"
        "  De werkmap staat in OneDrive of SharePoint, en op deze computer is de map daarvan niet te "
    )


def without_the_cloud(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Nothing on this computer is synchronised, and nothing was looked up before."""
    for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: home)
    fullname_url_to_local_path.cache_clear()


def test_a_workbook_that_was_never_saved_has_no_place(xlwindows: ModuleType) -> None:
    book = opened(xlwindows, 1)
    book.excel.Workbook.FullName = "Map1"
    with pytest.raises(SurroundingsError, match="sla de werkmap eerst op en klik opnieuw"):
        LiveWorkbook(book.book)


def test_saving_and_the_status_bar_go_to_excel(xlwindows: ModuleType, tmp_path: Path) -> None:
    book = opened(xlwindows, 1)
    saving = book.live.saving()
    saving.path = tmp_path / "boek.xlsm"
    saving.path.write_bytes(b"zoals het op schijf staat")
    saving.read()
    saving.write(Changes(columns={("tblFacturen", "Status"): ["Te laat"]}))
    assert book.excel.Workbook.saved == 1
    shown: list[object] = []
    for text in ("Bezig …", None):
        book.live.show_status(text)
        shown.append(book.excel.StatusBar)
    assert shown == ["Bezig …", False]
