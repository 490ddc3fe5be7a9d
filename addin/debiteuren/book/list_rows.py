"""A list from outside (CSV or xlsx) as rows of text, numbers and days, with the line each stands on.

Answers: is there a header with our column names in this file, and what stands below it.
Source: docs/regels.md, "Lijsten" (";" or ",", UTF-8 with or without byte order mark; xlsx with our column
names).
Leaves to others: what the cells mean and which rows are new (lists.py).
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import python_calamine as calamine

from debiteuren.book.cells import read_cell
from debiteuren.book.list_formulas import Place, faults_of
from debiteuren.book.values import as_text
from debiteuren.book.workbook import Cell, CellFault
from debiteuren.domain.sheet_extent import DAMAGED_ZIP, may_be_opened

HEAD = 65_536
_ZIP = b"PK\x03\x04"
_DELIMITERS = ";,\t"
_ONE_CELL = re.compile(r'\s*"((?:[^"]|"")*)"[;,\s]*')
_HEADER_WITHIN = 20
_LONGEST_TITLE = 60
_OURS = frozenset({"Acties", "Koppelingen", "Instellingen"})
"""Sheets by which a workbook of this program is known; that is no list."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of a list; `line` as the user sees it (from 1)."""

    line: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class RawList:
    """Header and lines of a list; `broken` is the line on which a CSV's quotes stop making sense."""

    header: tuple[str, ...]
    rows: tuple[ListRow, ...]
    broken: int | None = None


Fits = Callable[[Sequence[str]], bool]


def raw_list(data: bytes, fits: Fits) -> RawList | None:
    """The list in these bytes whose header `fits`, None when there is no such header."""
    return _from_xlsx(data, fits) if data.startswith(_ZIP) else _from_csv(data, fits)


def has_header(head: bytes, fits: Fits) -> bool:
    """Whether a file that begins like this can be such a list; an xlsx always can."""
    return head.startswith(_ZIP) or _delimiter(_decode(head), fits) is not None


def first_titles(data: bytes) -> tuple[str, ...]:
    """What would be the header if this were a list: the first row with several words; () without one."""
    if data.startswith(_ZIP):
        rows = (_header(row) for _, sheet in _sheets(data) for row in sheet[:_HEADER_WITHIN])
    else:
        rows = (header for _, header in _headers(_decode(data)))
    return next((titles for titles in (tuple(filter(None, row)) for row in rows) if are_words(titles)), ())


def are_words(titles: Sequence[str]) -> bool:
    """Whether this row can be a header: several words."""
    return len(titles) > 1 and all(
        len(title) <= _LONGEST_TITLE and title.isprintable() and any(sign.isalpha() for sign in title)
        for title in titles
    )


def _decode(data: bytes) -> str:
    return _unwrapped(_decoded(data))


def _unwrapped(text: str) -> str:
    """The text without the quotes of a program that saved every row again as one cell."""
    lines = text.splitlines()
    first = next(filter(str.strip, lines), "")
    header = _ONE_CELL.fullmatch(first)
    if header is None or not any(mark in header[1] for mark in _DELIMITERS):
        return text
    cells = [_ONE_CELL.fullmatch(line) for line in lines]
    # Not so all the way down, it is no such file; the last line of a beginning may be cut in half.
    if any(cell is None and line.strip(";, \t") for cell, line in zip(cells[:-1], lines[:-1], strict=True)):
        return text
    return "\n".join(
        cell[1].replace('""', '"') if cell else line for cell, line in zip(cells, lines, strict=True)
    )


def _decoded(data: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                cut = error.reason == "unexpected end of data" or error.end >= len(data)
                if cut and len(data) == HEAD:
                    return data[: error.start].decode(encoding, errors="replace")
                break
    return data.decode("cp1252", errors="replace")


def _header(names: Sequence[object]) -> tuple[str, ...]:
    return tuple(" ".join(as_text(read_cell(name)).split()) for name in names)


def _headers(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The first line as a header, with each delimiter it may have."""
    first = next((line for line in text.splitlines() if line.strip(";, \t")), "")
    for delimiter in _DELIMITERS:
        try:
            yield delimiter, _header(next(csv.reader([first], delimiter=delimiter, strict=True), []))
        except csv.Error:
            continue


def _delimiter(text: str, fits: Fits) -> str | None:
    return next((delimiter for delimiter, header in _headers(text) if fits(header)), None)


def _from_csv(data: bytes, fits: Fits) -> RawList | None:
    text = _decode(data)
    delimiter = _delimiter(text, fits)
    if delimiter is None:
        return None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: tuple[str, ...] = ()
    rows: list[ListRow] = []
    broken = None
    line = 1
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                pass
            elif not header:
                header = _header(cells)
            else:
                rows.append(ListRow(line, tuple(cell or None for cell in cells)))
            line = reader.line_num + 1
    except csv.Error:
        broken = line
    return RawList(header, tuple(rows), broken)


def _sheets(data: bytes) -> Iterator[tuple[str, Sequence[Sequence[object]]]]:
    """Name and cells of the sheets of a workbook that is not too large, nothing when it cannot be read."""
    try:
        if not may_be_opened(data):
            return
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        if _OURS.issubset(book.sheet_names):
            return
        for name in book.sheet_names:
            yield name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (calamine.CalamineError, *DAMAGED_ZIP):
        return


def _from_xlsx(data: bytes, fits: Fits) -> RawList | None:
    for name, sheet in _sheets(data):
        for at, names in enumerate(sheet[:_HEADER_WITHIN]):
            header = _header(names)
            if fits(header):
                return RawList(header, tuple(_rows_below(at, sheet, _faults(data, name))))
    return None


def _faults(data: bytes, sheet: str) -> Mapping[Place, CellFault]:
    try:
        return faults_of(data, sheet)
    except (*DAMAGED_ZIP, ET.ParseError, KeyError):
        # calamine has read it all the same; what it could not read looks empty.
        return {}


def _rows_below(
    at: int, sheet: Sequence[Sequence[object]], faults: Mapping[Place, CellFault]
) -> Iterator[ListRow]:
    """The rows below the header in row `at` (from 0) that hold anything."""
    hidden: dict[int, dict[int, CellFault]] = {}
    for (row, column), fault in faults.items():
        hidden.setdefault(row, {})[column] = fault
    # calamine ends a sheet at the last cell with a value.
    for row in range(at + 1, max([len(sheet), *(row + 1 for row in hidden)])):
        cells: list[Cell] = [read_cell(cell) for cell in sheet[row]] if row < len(sheet) else []
        here = hidden.get(row, {})
        cells += [None] * (max(here, default=-1) + 1 - len(cells))
        for column, fault in here.items():
            cells[column] = fault
        if here or any(as_text(cell) for cell in cells):
            yield ListRow(row + 1, tuple(cells))
