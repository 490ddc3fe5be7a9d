"""Workbooks made at test time, by XlsxWriter, to edit."""

import datetime as dt
import warnings
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine
import xlsxwriter

HEADERS = ("Nummer", "Naam", "Dag", "Bedrag", "Btw", "Status")


def rich(path: Path, rows: int = 9, **options: Any) -> Path:  # noqa: ANN401 - XlsxWriter's own options
    """A table with everything around it that follows a table; its data is in rows 2 to rows + 1."""
    with xlsxwriter.Workbook(path, options) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        euro = book.add_format({"num_format": "#,##0.00"})
        red = book.add_format({"bg_color": "#FFC7CE"})
        sheet, other = book.add_worksheet("Blad1"), book.add_worksheet("Over 'n zicht")
        for row in range(1, rows + 1):
            sheet.write_string(row, 0, f"F{row}")
            sheet.write_string(row, 1, f"Naam & zoon <{row}>")
            sheet.write_datetime(row, 2, dt.datetime(2026, 1, row % 28 + 1), day)
            sheet.write_number(row, 3, row * 10.5, euro)
            sheet.write_string(row, 5, "Open")
        columns: list[dict[str, Any]] = [{"header": name} for name in HEADERS]
        columns[4] |= {"formula": "=tblA[[#This Row],[Bedrag]]*0.21", "format": euro}
        sheet.add_table(0, 0, rows, 5, {"name": "tblA", "columns": columns})
        last = rows + 1
        sheet.conditional_format(f"D2:D{last}", {"type": "cell", "criteria": ">", "value": 50, "format": red})
        sheet.conditional_format(f"D2:D{last}", {"type": "data_bar", "data_bar_2010": True})
        sheet.conditional_format("B2:B4", {"type": "cell", "criteria": ">", "value": 50, "format": red})
        sheet.data_validation(f"F2:F{last}", {"validate": "list", "source": ["Open", "Betaald"]})
        sheet.data_validation("A2:A3", {"validate": "length", "criteria": "<", "value": 20})
        sheet.unprotect_range(f"A2:B{last}", "Invoer")
        sheet.print_area(f"A1:F{last}")
        sheet.write("H1", "naast de tabel")
        sheet.write_comment("H2", "blijft staan")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"=Blad1!$D$2:$D${last}", "categories": f"=Blad1!$A$2:$A${last}"})
        chart.add_series({"values": "=Blad1!$D$2:$D$4"})
        other.insert_chart("D2", chart)
        other.add_sparkline("A1", {"range": f"Blad1!D2:D{last}"})
        other.add_sparkline("A2", {"range": "Blad1!D2:D4"})
        other.data_validation("B1", {"validate": "list", "source": f"=Blad1!$A$2:$A${last}"})
        other.write_formula("C1", f"=SUM(Blad1!D2:D{last})")
        book.define_name("Bedragen", f"=Blad1!$D$2:$D${last}")
        book.define_name("Begin", "=Blad1!$D$2:$D$4")
        book.define_name("Som", f'=SUM(Blad1!$D$1:$D${last})&"Blad1!$D$2:$D${last}"')
        other.insert_textbox("F20", "tekst in een vak")
    return path


def plain(path: Path, rows: int, values: list[list[object]] | None = None) -> Path:
    """A table of three columns without anything else, beginning at B3."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate(values or []):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(3 + number, 1 + column, value)
        headers = [{"header": name} for name in ("Een", "Twee", "Drie")]
        sheet.add_table(2, 1, 2 + rows, 3, {"name": "tblP", "columns": headers})
        book.add_worksheet("Leeg")
    return path


def grid(path: Path, sheet: str) -> dict[tuple[int, int], object]:
    """The values of a sheet by row and column, 1-based, read by calamine; empty cells are not there."""
    found: dict[tuple[int, int], object] = {}
    page = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_name(sheet)
    for row, values in enumerate(page.to_python(skip_empty_area=False), 1):
        found |= {(row, column): value for column, value in enumerate(values, 1) if value != ""}
    return found


def patched(book: Path, part: str, old: bytes, new: bytes) -> None:
    """Rewrite one part of a workbook by hand."""
    with zipfile.ZipFile(book) as archive:
        parts = [(info, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, data in parts:
            if info.filename == part:
                assert old in data, (part, data)
            archive.writestr(info, data.replace(old, new, 1) if info.filename == part else data)


def loaded(path: Path) -> openpyxl.Workbook:
    """The workbook as openpyxl reads it, without its warnings about what it does not know."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(path)
