"""A list from outside (CSV or xlsx) as rows of text, numbers and days, with the line each stands on.

Answers: is there a header with our column names in this file, and what stands below it.
Source: contract section 5 (";" or ",", UTF-8 with or without byte order mark; xlsx with our column names).
Leaves to others: what the cells mean and which rows are new (lists.py).
"""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import python_calamine as calamine

from debiteuren.book.cells import read_cell
from debiteuren.book.values import as_text
from debiteuren.book.workbook import Cell

HEAD = 65_536
_ZIP = b"PK\x03\x04"
_DELIMITERS = ";,\t"
_LARGEST = 500_000_000
"""Unpacked bytes of an xlsx that we open; more is no list."""
_HEADER_WITHIN = 20
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


def _decode(data: bytes) -> str:
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


def _delimiter(text: str, fits: Fits) -> str | None:
    first = next((line for line in text.splitlines() if line.strip(";, \t")), "")
    for delimiter in _DELIMITERS:
        try:
            cells = next(csv.reader([first], delimiter=delimiter, strict=True), [])
        except csv.Error:
            continue
        if fits(_header(cells)):
            return delimiter
    return None


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


def _sheets(data: bytes) -> Iterator[Sequence[Sequence[object]]]:
    """The sheets of a workbook that is not too large, nothing when it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > _LARGEST:
                return
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        if _OURS.issubset(book.sheet_names):
            return
        for name in book.sheet_names:
            yield book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (calamine.CalamineError, zipfile.BadZipFile, OSError, ValueError):
        return


def _from_xlsx(data: bytes, fits: Fits) -> RawList | None:
    for sheet in _sheets(data):
        for at, names in enumerate(sheet[:_HEADER_WITHIN]):
            header = _header(names)
            if fits(header):
                below = enumerate(sheet[at + 1 :], at + 2)
                rows = (ListRow(line, tuple(read_cell(cell) for cell in cells)) for line, cells in below)
                return RawList(header, tuple(row for row in rows if any(as_text(cell) for cell in row.cells)))
    return None
