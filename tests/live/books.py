"""A small workbook of ours with something in every kind of column, and what its sheets hold afterwards.

Read back with calamine, which wrote none of it; LibreOffice saves a copy of its own for that.
"""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

import python_calamine
import xlwings

from debiteuren.book.closed import ClosedWorkbook
from debiteuren.book.live import LiveWorkbook
from debiteuren.book.shipped import template_bytes
from debiteuren.book.workbook import Cell, Changes, Workbook

INVOICES: list[dict[str, Cell]] = [
    {
        "Factuurnummer": number,
        "Debiteurnummer": debtor,
        "Factuurdatum": date(2026, 9, 1 + place),
        "Vervaldatum": date(2026, 10, 1 + place),
        "Bedrag": amount,
        "Omschrijving": what,
    }
    for place, (number, debtor, amount, what) in enumerate(
        [
            ("2026-0001", "D1", 121.0, "Haag gesnoeid"),
            ("00123", "D2", -12.34, "=1+1"),
            ("2026-0003", "D1", 0.1, None),
            ("123456789012345678", "D3", 9310.44, "Beregening, 2e termijn"),
        ]
    )
]
DEBTORS: list[dict[str, Cell]] = [
    {"Debiteurnummer": "D1", "Naam": "Bakkerij Van Dam", "Telefoon": "+31612345678", "Postcode": "1234 AB"},
    {"Debiteurnummer": "D2", "Naam": "'t Hoekje", "Telefoon": "0612345678", "KvK-nummer": "01234567"},
    {"Debiteurnummer": "D3", "Naam": "TRUE", "Betaaltermijn": 14},
]
ALLOCATIONS: list[dict[str, Cell]] = [
    {
        "Transactie": f"T{place}",
        "Factuurnummer": "2026-0001",
        "Bedrag": 10.0 + place,
        "Soort": "Betaling",
        "Door": "programma",
        "Op": date(2026, 11, 20),
    }
    for place in range(3)
]


def make_book(path: Path) -> Path:
    """The workbook at `path`: four invoices, three debtors, three allocations, one letter."""
    path.write_bytes(template_bytes())
    book = ClosedWorkbook(path)
    book.read()
    book.write(
        Changes(
            appended={
                "tblFacturen": [dict(row) for row in INVOICES],
                "tblDebiteuren": [dict(row) for row in DEBTORS],
                "tblContact": [
                    {
                        "Moment": datetime(2026, 11, 19, 13, 45, 30),
                        "Debiteurnummer": "D1",
                        "Kanaal": "E-mail",
                        "Soort": "Herinnering",
                        "Sleutel": "K1",
                    }
                ],
            },
            replaced={"tblKoppelingen": ALLOCATIONS},
            blocks={"EigenNaam": [["Hoveniersbedrijf De Linde"]], "Peildatum": [[date(2026, 11, 21)]]},
        )
    )
    return path


class Port(Protocol):
    """A way to change a workbook: the workbook behind our port, and how it comes back on disk."""

    def open(self, path: Path) -> Workbook:
        """The workbook at `path`, as the program gets it."""

    def close(self) -> None:
        """See to it that what was written stands on disk."""


class ClosedPort:
    """Through the lossless editor."""

    def open(self, path: Path) -> Workbook:
        return ClosedWorkbook(path)

    def close(self) -> None:
        """It stands there already."""


class LivePort:
    """Through xlwings, open in the program that `app` stands for."""

    def __init__(self, app: xlwings.App) -> None:
        self._app = app
        self._book: xlwings.Book | None = None

    def open(self, path: Path) -> Workbook:
        self._book = self._app.books.open(path)
        return LiveWorkbook(self._book)

    def close(self) -> None:
        if self._book is not None:
            self._book.save()
            self._book.close()
            self._book = None


def sheets_of(path: Path) -> dict[str, list[list[object]]]:
    """Every sheet's cells, without the empty rows and columns around them."""
    with python_calamine.CalamineWorkbook.from_path(path) as book:
        return {name: _trimmed(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names}


def _trimmed(rows: Iterable[Iterable[object]]) -> list[list[object]]:
    cut = [[cell if cell != "" else None for cell in row] for row in rows]
    for row in cut:
        while row and row[-1] is None:
            row.pop()
    while cut and not cut[-1]:
        cut.pop()
    return cut
