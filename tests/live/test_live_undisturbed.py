"""What the user sees of it: filters, formulas, formats and settings stay, and a failure leaves no trace."""

from datetime import date
from pathlib import Path

import pytest
import xlwings

from debiteuren.book.live import LiveWorkbook, SheetChangedError
from debiteuren.book.live.strips import cells_of
from debiteuren.book.workbook import Cell, CellFault, Changes, Contents
from debiteuren.domain.problem import SurroundingsError, UserError
from live.books import ALLOCATIONS

STATUS = Changes(columns={("tblFacturen", "Status"): ["Te laat", "Creditfactuur", "Betaald", None]})


@pytest.fixture
def book(app: xlwings.App, book_path: Path) -> xlwings.Book:
    return app.books.open(book_path)


@pytest.fixture
def live(book: xlwings.Book) -> LiveWorkbook:
    return LiveWorkbook(book)


def column(contents: Contents, name: str, table: str = "tblFacturen") -> list[object]:
    grid = contents.grids[table]
    return [row[grid.columns.index(name)] for row in grid.rows]


def body(book: xlwings.Book, table: str = "tblFacturen", sheet: str = "Facturen") -> xlwings.Range:
    return book.sheets[sheet].tables[table].range[1:, :]


def test_settings_active_sheet_and_selection_stay(book: xlwings.Book, live: LiveWorkbook) -> None:
    book.sheets["Betalingen"].impl.activate()
    book.sheets["Betalingen"].range((7, 3)).select()
    book.app.calculation = "semiautomatic"
    live.read()
    live.write(STATUS)
    app = book.app
    assert (app.screen_updating, app.enable_events, app.calculation) == (True, True, "semiautomatic")
    assert book.sheets.active.name == "Betalingen"
    selected = book.impl.document.CurrentController.Selection.RangeAddress
    assert (selected.Sheet, selected.StartRow, selected.StartColumn) == (book.sheets.active.index - 1, 6, 2)


@pytest.mark.parametrize(("field", "operator"), [(1, "values"), (5, "greater_than")])
def test_a_filter_is_lifted_and_put_back(
    field: int, operator: str, book: xlwings.Book, live: LiveWorkbook
) -> None:
    table_filter = book.sheets["Facturen"].tables["tblFacturen"].autofilter
    if operator == "values":
        table_filter.apply_values(field, ["2026-0001", "2026-0003"])
    else:
        table_filter.apply_comparison(field, "greater_than", 100)
    before = [criterion.impl for criterion in table_filter.criteria]
    live.read()
    live.write(STATUS)
    assert column(live.read(), "Status") == ["Te laat", "Creditfactuur", "Betaald", None]
    assert [criterion.impl for criterion in table_filter.criteria] == before
    assert before[field - 1]["type"] != "none"


def test_a_filter_that_cannot_be_put_back_stops_the_run(book: xlwings.Book, live: LiveWorkbook) -> None:
    before = live.read()
    book.sheets["Facturen"].tables["tblFacturen"].autofilter.impl.set_top_items(5, 2)
    with pytest.raises(UserError) as stopped:
        live.write(STATUS)
    assert str(stopped.value) == (
        "Niets gewijzigd: 1 punt om na te kijken\n"
        "Facturen, kolom Bedrag\n"
        "  Op deze kolom staat een filter dat het programma niet precies kan terugzetten.\n"
        "  Wat te doen: zet het filter op deze kolom uit en klik opnieuw."
    )
    assert column(live.read(), "Status") == column(before, "Status")


def test_a_filter_on_another_table_is_left_alone(book: xlwings.Book, live: LiveWorkbook) -> None:
    table_filter = book.sheets["Debiteuren"].tables["tblDebiteuren"].autofilter
    table_filter.impl.set_top_items(15, 1)
    live.read()
    live.write(STATUS)
    assert table_filter.criteria[14].type == "unknown"


@pytest.mark.parametrize("change", ["sorted", "typed", "grown", "nothing of ours"])
def test_rows_that_changed_after_reading_are_not_written_over(
    change: str, book: xlwings.Book, live: LiveWorkbook
) -> None:
    live.read()
    cells = body(book)
    if change == "sorted":
        amounts = cells[:, 4]
        amounts.value = [list(row) for row in reversed(cells_of(amounts))]
    elif change == "typed":
        cells[2, 4].value = 5
    elif change == "grown":
        table = book.sheets["Facturen"].tables["tblFacturen"]
        table.resize(table.range.resize(6))
        body(book)[4, 0].value = "nieuw"
    else:
        cells[2, 17].value = "door de gebruiker getypt in een grijze kolom"
        live.write(STATUS)
        assert column(live.read(), "Status") == ["Te laat", "Creditfactuur", "Betaald", None]
        return
    before = cells_of(body(book))
    with pytest.raises(SheetChangedError) as stopped:
        live.write(STATUS)
    assert stopped.value.title == (
        "Niets gewijzigd: het blad Facturen veranderde terwijl het programma rekende"
    )
    assert cells_of(body(book)) == before
    assert book.app.screen_updating


def test_a_new_read_takes_the_sorting_in(book: xlwings.Book, live: LiveWorkbook) -> None:
    live.read()
    body(book)[2, 4].value = 5
    with pytest.raises(SheetChangedError):
        live.write(STATUS)
    live.read()
    live.write(STATUS)
    assert column(live.read(), "Bedrag") == [121.0, -12.34, 5.0, 9310.44]


def test_something_below_a_table_that_must_grow_is_named(book: xlwings.Book, live: LiveWorkbook) -> None:
    note = body(book)[3, 2].offset(2, 0)
    note.value = "notitie van de gebruiker"
    live.read()
    rows: list[dict[str, Cell]] = [{"Factuurnummer": "A"}, {"Factuurnummer": "B"}]
    with pytest.raises(UserError) as stopped:
        live.write(Changes(columns=STATUS.columns, appended={"tblFacturen": rows}))
    assert stopped.value.problems[0].place == f"Facturen, rij {note.row}"
    assert note.raw_value == "notitie van de gebruiker"
    assert column(live.read(), "Status") == [None] * 4
    live.write(Changes(appended={"tblFacturen": rows[:1]}))
    assert column(live.read(), "Factuurnummer")[-1] == "A"


def test_a_row_of_totals_moves_along(book: xlwings.Book, live: LiveWorkbook) -> None:
    sheet = book.sheets["Koppelingen"]
    table = sheet.tables["tblKoppelingen"]
    below = table.range.row + table.range.shape[0]
    sheet.range((below, 3)).formula = "=SUM(C5:C7)"
    table.resize(table.range.resize(table.range.shape[0] + 1))
    table.impl.native.TotalsRow = True
    assert column(live.read(), "Bedrag", "tblKoppelingen") == [10.0, 11.0, 12.0]
    for size in (5, 1):
        live.write(Changes(replaced={"tblKoppelingen": (ALLOCATIONS * 2)[:size]}))
        assert len(column(live.read(), "Bedrag", "tblKoppelingen")) == size
        last = sheet.range((table.range.row + table.range.shape[0] - 1, 3))
        assert (last.row, last.formula[:5]) == (4 + size + 1, "=SUM(")


def test_new_rows_take_the_formats_of_the_first(book: xlwings.Book, live: LiveWorkbook) -> None:
    body(book)[0, 4].number_format = "0.000"
    live.read()
    live.write(Changes(appended={"tblFacturen": [{"Factuurnummer": "9", "Bedrag": 1.5}]}))
    new = body(book)[4, :]
    assert (new[0, 0].number_format, new[0, 4].number_format) == ("@", "0.000")
    assert new[0, 2].number_format == body(book)[0, 2].number_format


@pytest.mark.parametrize("code", ["@", "General", "0"])
def test_a_users_cell_format_does_not_falsify_a_value(
    code: str, book: xlwings.Book, live: LiveWorkbook
) -> None:
    body(book)[:, 13:20].number_format = code
    days = [date(2026, 11, 23), None, None, date(2026, 12, 1)]
    live.read()
    live.write(
        Changes(
            columns={
                ("tblFacturen", "Betaald"): [1.5, 0.0, None, 1234.56],
                ("tblFacturen", "Dagen te laat"): [1, None, 3, 4],
                ("tblFacturen", "Status"): ["0012", None, "Te laat", "=1"],
                ("tblFacturen", "Actie op"): days,
            }
        )
    )
    after = live.read()
    assert column(after, "Betaald") == [1.5, 0.0, None, 1234.56]
    assert column(after, "Dagen te laat") == [1.0, None, 3.0, 4.0]
    assert column(after, "Status") == ["0012", None, "Te laat", "=1"]
    assert column(after, "Actie op") == days


def test_errors_dates_and_currency_are_read_as_what_they_are(book: xlwings.Book, live: LiveWorkbook) -> None:
    cells = body(book)
    cells[0, 4].number_format = "€ #,##0.00"
    cells[1, 4].formula = "=1/0"
    cells[2, 4].formula = "=NA()"
    cells[3, 8].number_format = "hh:mm"
    cells[3, 8].raw_value = 0.5
    contents = live.read()
    assert column(contents, "Bedrag")[:3] == [121.0, CellFault("#DIV/0!"), CellFault("#N/A")]
    assert type(column(contents, "Bedrag")[0]) is float
    assert column(contents, "Factuurdatum")[0] == date(2026, 9, 1)
    assert column(contents, "Betalingskenmerk")[3] == "12:00"


def test_a_formula_beside_the_rows_stays(book: xlwings.Book, live: LiveWorkbook) -> None:
    table = book.sheets["Koppelingen"].tables["tblKoppelingen"]
    own = table.range[:, 5].offset(0, 1)
    table.resize(table.range.resize(None, 8))
    own.value = [["Dubbel"], [None], [None], [None]]
    own[1:, 0].formula = "=2*3"
    notes = own.offset(0, 1)
    notes.value = [["Notitie"], ["a"], ["b"], ["c"]]
    live.read()
    rows = [{**ALLOCATIONS[1], "Notitie": "b", "Dubbel": 6.0}, {**ALLOCATIONS[0], "Notitie": "a"}]
    live.write(Changes(replaced={"tblKoppelingen": rows}))
    assert [cell.formula for cell in own[1:3, 0]] == ["=2*3", "=2*3"]
    assert column(live.read(), "Notitie", "tblKoppelingen") == ["b", "a"]


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Sheets that refuse to be written, as a protected sheet does."""
    from live import uno_engine  # noqa: PLC0415 - needs LibreOffice's bridge

    refused: list[str] = []
    usual = uno_engine.Sheet.refuse_filtered

    def refuse(sheet: uno_engine.Sheet, area: object) -> None:
        if sheet.name in refused:
            raise xlwings.XlwingsError("het blad is beveiligd")
        usual(sheet, area)  # type: ignore[arg-type] # the engine's own Range

    monkeypatch.setattr(uno_engine.Sheet, "refuse_filtered", refuse)
    return refused


def test_when_excel_refuses_halfway_everything_is_put_back(
    live: LiveWorkbook, refusing: list[str], book: xlwings.Book
) -> None:
    before = live.read()
    refusing.append("Koppelingen")
    with pytest.raises(SurroundingsError) as stopped:
        live.write(
            Changes(
                columns=STATUS.columns,
                appended={"tblFacturen": [{"Factuurnummer": "9"}], "tblBetalingen": [{"Transactie": "T"}]},
                replaced={"tblKoppelingen": ALLOCATIONS[:1]},
                blocks={"StartOpenstaand": [[5.0]]},
            )
        )
    assert stopped.value.title == "Niets gewijzigd: Excel voerde de opdracht niet uit"
    assert "het blad is beveiligd" in str(stopped.value)
    refusing.clear()
    assert live.read() == before
    assert book.names["StartOpenstaand"].refers_to_range.raw_value == 0.0
    assert book.app.calculation == "automatic"


def test_when_saving_fails_everything_is_put_back(
    live: LiveWorkbook, book: xlwings.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    saving = live.saving()
    before = saving.read()

    def refuse(*_: object, **__: object) -> None:
        raise xlwings.XlwingsError("alleen-lezen")

    monkeypatch.setattr(type(book.impl), "save", refuse)
    with pytest.raises(SurroundingsError, match="Niets gewijzigd: Excel kan de werkmap niet opslaan"):
        saving.write(
            Changes(
                columns=STATUS.columns,
                appended={"tblFacturen": [{"Factuurnummer": "9"}], "tblBetalingen": [{"Transactie": "T"}]},
                replaced={"tblKoppelingen": ALLOCATIONS[:1], "tblControle": [{"Rij": 5}]},
                blocks={"StartOpenstaand": [[5.0]]},
            )
        )
    assert live.read() == before
    assert book.names["StartOpenstaand"].refers_to_range.raw_value == 0.0


def test_what_a_saving_workbook_wrote_is_on_disk(
    live: LiveWorkbook, book_path: Path, app: xlwings.App
) -> None:
    saving = live.saving()
    saving.read()
    saving.write(STATUS)
    copy = book_path.with_name("kopie.xlsm")
    copy.write_bytes(book_path.read_bytes())
    again = LiveWorkbook(app.books.open(copy)).read()
    assert column(again, "Status") == ["Te laat", "Creditfactuur", "Betaald", None]
