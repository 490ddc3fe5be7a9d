"""The open and the closed workbook: for the same changes the same sheets, cell for cell."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
import xlwings

from debiteuren.book.closed import ClosedWorkbook
from debiteuren.book.live import LiveWorkbook
from debiteuren.book.workbook import Cell, Changes, Contents
from debiteuren.domain.problem import UserError
from live.books import ALLOCATIONS, ClosedPort, LivePort, Port, sheets_of

HOSTILE = (
    '=HYPERLINK("http://x","y")',
    "+31612345678",
    "@SUM(A1)",
    "-1",
    "'t Hoekje",
    "TRUE",
    "1E5",
    "00123",
    "1-2-2026",
    "12:30",
    "12345678901234567890",
    "regel 1\nregel 2",
    "é€漢😀",
    " spatie ",
    "#N/A",
    "x" * 32_767,
)

CHANGES: Mapping[str, Changes] = {
    "nothing": Changes(),
    "computed columns": Changes(
        columns={
            ("tblFacturen", "Betaald"): [0.0, -12.34, 0.1, 9310.44],
            ("tblFacturen", "Dagen te laat"): [51, None, 49, 48],
            ("tblFacturen", "Status"): ["Te laat", "Creditfactuur", None, "Betaald"],
            ("tblFacturen", "Actie op"): [date(2026, 11, 23), None, date(2024, 2, 29), None],
            ("tblFacturen", "Waarom"): [None, "Want.", "=1+1", "00123"],
        }
    ),
    "a column emptied again": Changes(columns={("tblFacturen", "Omschrijving"): [None] * 4}),
    "rows below rows": Changes(
        appended={
            "tblFacturen": [
                {"Factuurnummer": "0005", "Debiteurnummer": "D1", "Bedrag": 1.05, "Betaald": 0.0},
                {"Factuurnummer": "2026-0006", "Factuurdatum": date(2026, 11, 1), "Status": "Te laat"},
            ],
            "tblContact": [{"Moment": datetime(2026, 11, 21, 9, 5), "Sleutel": "K2"}],
        }
    ),
    "rows in an empty table": Changes(
        appended={
            "tblBetalingen": [
                {"Transactie": "T1", "Boekdatum": date(2026, 11, 20), "Bedrag": -12.5, "Naam": "0031"},
                {"Transactie": "T2", "Boekdatum": date(2026, 11, 20), "Bedrag": 1e9, "Koppelstatus": "Zeker"},
            ]
        }
    ),
    "columns and rows together": Changes(
        columns={("tblFacturen", "Openstaand"): [1.0, 2.0, 3.0, 4.0]},
        appended={"tblFacturen": [{"Factuurnummer": "2026-0005", "Openstaand": 5.0}]},
    ),
    "a table that grows": Changes(replaced={"tblKoppelingen": [*ALLOCATIONS, *ALLOCATIONS]}),
    "a table that shrinks": Changes(replaced={"tblKoppelingen": ALLOCATIONS[1:2]}),
    "a table that is emptied": Changes(replaced={"tblKoppelingen": []}),
    "an empty table filled": Changes(
        replaced={
            "tblActies": [{"Volgorde": 1, "Naam": "A", "Bedrag": 5.0}, {"Volgorde": 2, "Wanneer": "nu"}]
        }
    ),
    "blocks": Changes(
        blocks={
            "StartOpenstaand": [[9431.54]],
            "StartVandaag": [
                [1, "Bakker", "Bellen", 121.0, "09:30-11:30"],
                [2, "00123", "Wachten", 0.5, None],
                *[[None] * 5] * 8,
            ],
            "StartRekeningen": [["NL91ABNA0417164300", date(2026, 11, 19)], [None, None]],
            "Peildatum": [[None]],
            "DezeNaamIsErNiet": [["x"]],
        }
    ),
    "text that Excel would read as something else": Changes(
        replaced={"tblControle": [{"Wat er staat": text, "Rij": place} for place, text in enumerate(HOSTILE)]}
    ),
}


TOGETHER = {
    "nothing": ("nothing",),
    "columns": ("computed columns", "a column emptied again"),
    "rows": ("rows below rows", "rows in an empty table"),
    "columns and rows": ("columns and rows together", "rows below rows"),
    "tables": ("a table that grows", "a table that shrinks", "an empty table filled"),
    "emptied": ("a table that is emptied",),
    "blocks and text": ("blocks", "text that Excel would read as something else"),
}
"""One after the other in one workbook, because opening and saving takes longer than writing."""


def write_through(port: Port, path: Path, names: Sequence[str]) -> dict[str, list[list[object]]]:
    book = port.open(path)
    for name in names:
        book.read()
        book.write(CHANGES[name])
    port.close()
    return sheets_of(path)


@pytest.mark.parametrize("name", TOGETHER)
def test_both_ports_leave_the_same_sheets(
    name: str, book_path: Path, filled_book: Path, tmp_path: Path, app: xlwings.App
) -> None:
    other = tmp_path / "ander.xlsm"
    other.write_bytes(filled_book.read_bytes())
    closed = write_through(ClosedPort(), other, TOGETHER[name])
    live = write_through(LivePort(app), book_path, TOGETHER[name])
    assert live == closed
    assert (closed == sheets_of(filled_book)) == (name == "nothing")


def test_both_ports_read_the_same(book_path: Path, app: xlwings.App) -> None:
    live = LivePort(app)
    assert plain(live.open(book_path).read()) == plain(ClosedWorkbook(book_path).read())
    live.close()


def plain(contents: Contents) -> object:
    rows = {
        name: (grid.sheet, grid.first_row, grid.columns, [list(row) for row in grid.rows])
        for name, grid in contents.grids.items()
    }
    return rows, dict(contents.names)


def test_what_was_written_is_what_is_read(port: Port, book_path: Path) -> None:
    book = port.open(book_path)
    before = book.read().grids["tblControle"]
    rows: list[dict[str, Cell]] = [{"Wat er staat": text} for text in HOSTILE]
    book.write(Changes(replaced={"tblControle": rows}))
    column = before.columns.index("Wat er staat")
    assert [row[column] for row in book.read().grids["tblControle"].rows] == list(HOSTILE)


def test_a_second_time_changes_nothing(port: Port, book_path: Path) -> None:
    book = port.open(book_path)
    book.read()
    changes = CHANGES["computed columns"]
    book.write(changes)
    once = book.read()
    book.write(changes)
    assert plain(book.read()) == plain(once)


@pytest.mark.parametrize("place", ["tblFacturen", "Factuurnummer"])
def test_a_missing_table_or_column_stops_the_run(
    place: str, port: Port, book_path: Path, app: xlwings.App
) -> None:
    book = app.books.open(book_path)
    table = next(table for table in book.sheets["Facturen"].tables if table.name == "tblFacturen")
    if place == "tblFacturen":
        table.impl.native.Name = "Facturenlijst"
    else:
        book.sheets["Facturen"].range((4, 1)).value = "Nummer"
    book.save()
    book.close()
    with pytest.raises(UserError) as stopped:
        port.open(book_path).read()
    assert place in str(stopped.value)
    assert stopped.value.title.startswith("Niets gewijzigd")
    assert [problem.sheet for problem in stopped.value.problems] == ["Facturen"]


def test_a_workbook_of_something_else_is_refused(port: Port, tmp_path: Path) -> None:
    import xlsxwriter  # noqa: PLC0415 - the build's own library, for one foreign workbook

    path = tmp_path / "anders.xlsx"
    foreign = xlsxwriter.Workbook(path)
    foreign.add_worksheet("Facturen").write(0, 0, "Factuurnummer")
    foreign.close()
    with pytest.raises(UserError, match="Niets gewijzigd"):
        port.open(path).read()


def test_no_test_runs_on_another_engine(app: xlwings.App, book_path: Path) -> None:
    assert isinstance(LivePort(app).open(book_path), LiveWorkbook)
    assert app.engine.name == "libreoffice"
