"""A bank's export as a workbook: ABN AMRO's .xls, and any CSV export that came as .xls or .xlsx.

Answers: do the columns of a sheet in this workbook belong to an export we know, and if so which bookings
does it hold. The rows become lines as a CSV has them, so every export of csv_layouts.py is read this way too.
Source: docs/regels.md, "Bankbestanden"; MS-XLS and ECMA-376 as xlrd and calamine read them.
Leaves to others: what the columns mean (csv_layouts.py, csv_bank.py).
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from itertools import product
from typing import BinaryIO

from debiteuren.banks.csv_bank import read_lines
from debiteuren.banks.csv_layouts import COMPACT, DASHED, ISO, Layout
from debiteuren.banks.csv_rows import ALL_LAYOUTS, layout_of
from debiteuren.banks.events import Event, Heading, fault
from debiteuren.banks.other_files import OLD_OFFICE, is_office, refused
from debiteuren.domain.problem import Problem
from debiteuren.domain.sheet_extent import DAMAGED_ZIP, MOST_CELLS, may_be_opened

NAME = "SHEET"
EDITION = "Excel"
LARGEST = 100_000_000
"""Bytes of a workbook that we open: a whole one stands in memory."""
_HEADER_WITHIN = 20
_ZIP = b"PK\x03\x04"
_CENT = Decimal("0.01")
_NEARLY = Decimal("0.0002")
Cells = Sequence[Sequence[object]]


def recognise(head: bytes) -> bool:
    """A workbook, old or new; whether a bank's columns stand in it only shows when it is opened."""
    return head.startswith(OLD_OFFICE) or (head.startswith(_ZIP) and is_office(head))


def read(name: str, stream: BinaryIO, layouts: Sequence[Layout] = ALL_LAYOUTS) -> Iterator[Event]:
    """The events of the first sheet with the columns of a bank; of a workbook without, that it has none."""
    data = stream.read(LARGEST + 1)
    lines = next(_exports(data, layouts), None) if len(data) <= LARGEST else None
    if lines is None:
        yield from _no_export(name, data)
        return
    for event in read_lines(name, lines, layouts):
        if isinstance(event, Heading) and not event.edition:
            yield replace(event, edition=EDITION)
        else:
            yield event


def _no_export(name: str, data: bytes) -> Iterator[Problem]:
    if len(data) > LARGEST:
        found = "Deze werkmap is veel te groot voor bankafschriften."
        yield fault(name, None, found, "Kies bij uw bank een export als CAMT.053, MT940 of CSV.")
    else:
        yield from refused(name, data[:65_536]).problems


def _exports(data: bytes, layouts: Sequence[Layout]) -> Iterator[list[str]]:
    """The lines of each sheet that begins, within its first rows, with the columns of an export."""
    for sheet in _sheets(data):
        rows = [[*row] for row in sheet]
        for days, mark in product((ISO, DASHED, COMPACT), ",."):
            head = [_line(row, days, mark) for row in rows[:_HEADER_WITHIN]]
            for at in range(len(head)):
                match = layout_of("\n".join(head[at:]), layouts) if _filled(head[at]) else None
                # Without a header the first row is a booking too: nothing may stand above it.
                if match is None or (match.layout.places and any(map(_filled, head[:at]))):
                    continue
                # Lines above the header stay as empty ones, so that a row keeps its number.
                yield [""] * at + [_line(row, days, mark) for row in rows[at:]]
                return


def _filled(line: str) -> bool:
    return bool(line.strip('"; '))


def _sheets(data: bytes) -> Iterator[Cells]:
    """The cells of every sheet; nothing where the workbook cannot be read or would be too large."""
    return _new_sheets(data) if data.startswith(_ZIP) else _old_sheets(data)


def _new_sheets(data: bytes) -> Iterator[Cells]:
    import python_calamine as calamine  # noqa: PLC0415 - heavy, and few bank files are workbooks

    if not may_be_opened(data):
        return
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            yield book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (calamine.CalamineError, *DAMAGED_ZIP):
        return


def _old_sheets(data: bytes) -> Iterator[Cells]:
    """By xlrd: of a damaged .xls calamine asks for so much memory that the program is gone."""
    import xlrd  # noqa: PLC0415 - few bank files are workbooks

    try:
        with xlrd.open_workbook(
            file_contents=data, ragged_rows=True, on_demand=True, logfile=io.StringIO()
        ) as book:
            for number in range(book.nsheets):
                sheet = book.sheet_by_index(number)
                rows = [sheet.row(at) for at in range(sheet.nrows)]
                width = max(map(len, rows), default=0)
                if width * len(rows) > MOST_CELLS:
                    return
                yield [
                    [
                        *(_old_cell(cell.ctype, cell.value, book.datemode) for cell in row),
                        *[None] * (width - len(row)),
                    ]
                    for row in rows
                ]
    except Exception:  # noqa: BLE001 - xlrd meets damage with whatever error its own code runs into
        return


def _old_cell(kind: int, value: object, epoch: int) -> object:
    import xlrd  # noqa: PLC0415 - as above

    if kind == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(value, epoch)
    return value if kind in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_TEXT} else None


def _line(row: Sequence[object], days: str, mark: str) -> str:
    """The row as a line of a CSV file, every cell in quotes."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="").writerow(
        _text(cell, days, mark) for cell in row
    )
    return out.getvalue()


def _text(cell: object, days: str, mark: str) -> str:
    if isinstance(cell, bool) or cell is None:
        return ""
    if isinstance(cell, float | int):
        return _number(Decimal(str(cell))).replace(".", mark)
    if isinstance(cell, datetime):
        return f"{cell:{days}}" if cell.time() == time() else f"{cell:{days} %H:%M:%S}"
    if isinstance(cell, date):
        return f"{cell:{days}}"
    return " ".join(str(cell).splitlines())


def _number(value: Decimal) -> str:
    """Whole numbers without decimals, for they may be days and accounts; others in cents if that is exact."""
    if not value.is_finite():
        return str(value)
    if value == value.to_integral_value():
        return f"{value:.0f}"
    cents = value.quantize(_CENT)
    return f"{cents if abs(cents - value) < _NEARLY else value:f}"
