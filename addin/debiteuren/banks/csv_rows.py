"""Rows out of a CSV or TAB file, and which export it is.

Answers: which layout fits the head of this file, with which delimiter, and what cells stand on which line. A
file that Excel saved again (each row one quoted cell with doubled quotes) is unwrapped; a damaged letter in
a header (the replacement sign) matches any letter.
Source: docs/regels.md, "Bankbestanden".
Leaves to others: what cells mean (csv_bank.py).
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from debiteuren.banks.csv_layouts import LAYOUTS, SIGN_TITLES, Layout
from debiteuren.banks.csv_layouts_bare import BARE_LAYOUTS
from debiteuren.banks.csv_layouts_online import ONLINE_LAYOUTS

ALL_LAYOUTS = (*LAYOUTS, *BARE_LAYOUTS, *ONLINE_LAYOUTS)
_DAMAGED = "\ufffd?"
_MANGLED = ("\ufeff", "ï»¿")
_HEAD_LINES = 5
_WIDEST = 60
_MOST_LINES = 30
"""A text in quotes with line ends in it is no longer than this."""
_ENGLISH_DAY = "date"


class RowsError(ValueError):
    """A file of which the rows cannot be told apart; `line` says where."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A layout as this file writes it: `places` of our fields, `width` columns, `start` lines before data.

    `edition` is "Engels" for a header in English.
    """

    layout: Layout
    delimiter: str
    places: Mapping[str, int]
    many: Mapping[str, tuple[int, ...]]
    width: int
    start: int
    edition: str = ""


def fold(text: str) -> str:
    """A header without case, accents, spaces and quotes; a damaged letter stays as "?"."""
    plain = unicodedata.normalize("NFKD", text.strip().strip("\"'").casefold())
    return "".join(
        "?" if sign in _DAMAGED else sign for sign in plain if sign.isalnum() or sign in "/()-" + _DAMAGED
    )


_SIGNS = frozenset(map(fold, SIGN_TITLES))


def same_header(found: str, wanted: str) -> bool:
    """Whether a folded header is the wanted one, damaged letters apart."""
    if "?" not in found:
        return found == wanted
    shape = "".join(".{1,2}" if sign == "?" else re.escape(sign) for sign in found)
    return re.fullmatch(shape, wanted) is not None


def split_line(line: str, delimiter: str) -> list[str] | None:
    """The cells of one line, None when its quotes do not match. Excel's one quoted cell is unwrapped."""
    try:
        cells = next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None
    if len(cells) == 1 and delimiter in cells[0]:
        return split_line(cells[0], delimiter) if cells[0] != line else cells
    return cells


def _unwrapped(line: str) -> str:
    """The one cell of a row that Excel saved again, without the empty cells it may add."""
    return line.rstrip("; \t") if line.startswith('"') else line


def layout_of(text: str, layouts: Sequence[Layout] = ALL_LAYOUTS) -> Match | None:
    """The first of these layouts that fits the first lines of the file."""
    lines = [line for line in text.splitlines()[: _HEAD_LINES * 8] if line.strip()][: _HEAD_LINES * 4]
    first = next((line for line in lines if not line.startswith("#")), "")
    for mark in _MANGLED:
        first = first.removeprefix(mark)
    for layout in layouts:
        for delimiter in layout.delimiters:
            match = _fit(layout, delimiter, first, lines)
            if match:
                return match
    return None


def _fit(layout: Layout, delimiter: str, first: str, lines: Sequence[str]) -> Match | None:
    start = 1
    if layout.title:
        if not first.strip('"; ,').upper().startswith(layout.title) or len(lines) < 2:  # noqa: PLR2004 - title and header
            return None
        first, start = lines[1], 2
    cells = cells_of(first, delimiter, single_quotes=layout.single_quotes)
    if cells is None:
        return None
    if layout.places:
        shaped = len(cells) >= len(layout.shape) and all(
            shape.fullmatch(cell.strip()) for shape, cell in zip(layout.shape, cells, strict=False)
        )
        if not shaped or any(cell.strip() for cell in cells[len(layout.shape) :]):
            return None
        many = dict(layout.many_places)
        return Match(
            layout=layout,
            delimiter=delimiter,
            places=layout.places,
            many=many,
            width=len(layout.shape),
            start=0,
        )
    return _fit_header(layout, delimiter, cells, start)


def _may_fit(layout: Layout, headers: frozenset[str]) -> bool:
    """Whether these titles leave nothing out: all of the user's, or no column for af or bij unread."""
    if layout.header:
        return headers == layout.header
    return "sign" in layout.columns or not _SIGNS & headers


def _fit_header(layout: Layout, delimiter: str, cells: list[str], start: int) -> Match | None:
    headers = [fold(cell) for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    if not headers or len(headers) > _WIDEST or not _may_fit(layout, frozenset(headers) - {""}):
        return None

    def place(names: Sequence[str]) -> int | None:
        for name in names:
            wanted = fold(name)
            for at, header in enumerate(headers):
                if same_header(header, wanted):
                    return at
        return None

    places: dict[str, int] = {}
    for key, names in layout.columns.items():
        at = place(names)
        if at is not None:
            places[key] = at
        elif key not in layout.optional:
            return None
    many: dict[str, tuple[int, ...]] = {}
    for key, names in layout.many.items():
        found = [place([name]) for name in names]
        if found[0] is None and key not in layout.optional:
            return None
        many[key] = tuple(at for at in found if at is not None)
    english = _ENGLISH_DAY in headers[places["booked"]] and len(layout.columns["booked"]) > 1
    return Match(
        layout=layout,
        delimiter=delimiter,
        places=places,
        many=many,
        width=len(headers),
        start=start,
        edition="Engels" if english else "",
    )


def cells_of(line: str, delimiter: str, *, single_quotes: bool = False) -> list[str] | None:
    """The cells of one line as this kind of file writes them, None when its quotes do not match."""
    if delimiter == "\t":
        return line.split("\t")
    if single_quotes:
        return _from_quotes(line, delimiter)
    wrapped = split_line(_unwrapped(line), delimiter)
    return wrapped if wrapped is not None else split_line(line, delimiter)


def _from_quotes(line: str, delimiter: str) -> list[str] | None:
    """As _single_quoted, also where Excel put its own quotes around the row or around every cell."""
    if line.startswith('"'):
        try:
            cells = next(csv.reader([_unwrapped(line)], delimiter=delimiter, strict=True), [])
        except csv.Error:
            cells = []
        if len(cells) == 1:
            return _single_quoted(cells[0], delimiter)
        if cells:
            return [
                cell[1:-1] if len(cell) > 1 and cell.startswith("'") and cell.endswith("'") else cell
                for cell in cells
            ]
    return _single_quoted(line, delimiter)


def _single_quoted(line: str, delimiter: str) -> list[str] | None:
    """The cells of ASN, SNS and RegioBank, with texts in single quotes and names as they are.

    A cell is quoted when its closing quote stands before a delimiter or the end; 's-Gravenhage is not.
    """
    cells, at = [], 0
    while at <= len(line):
        end = line.find("'" + delimiter, at + 1) if line.startswith("'", at) else -1
        if end < 0 and line.startswith("'", at) and line.endswith("'") and len(line) > at + 1:
            end = len(line) - 1
        plain_end = line.find(delimiter, at)
        plain_end = len(line) if plain_end < 0 else plain_end
        if end >= 0 and not (_is_word_quote(line, at, plain_end) and end > plain_end):
            cells.append(line[at + 1 : end])
            at = end + 2
        else:
            cells.append(line[at:plain_end])
            at = plain_end + 1
    return cells


_WORD_QUOTE = re.compile(r"'[a-zA-Z]{1,2}[ -]")


def _is_word_quote(line: str, at: int, end: int) -> bool:
    """Whether the quote opens a Dutch word ('t Hoekje, 's-Gravenhage) instead of a quoted text."""
    return _WORD_QUOTE.match(line, at, end) is not None


def rows_of(lines: Sequence[str], match: Match) -> Iterator[tuple[int, list[str]]]:
    """Line number (from 1) and cells of every data row.

    Empty lines are no rows, nor lines of comment in a TAB file.

    Raises:
        RowsError: quotes that do not match.
    """
    skipped = taken = 0
    for number, line in enumerate(lines, 1):
        if number <= taken:
            continue
        if not line.strip(" \t;,\x1a"):
            continue
        # WORKAROUND ABN AMRO, 21-11-2026: the public TAB sample carries comment lines its collector added.
        if match.delimiter == "\t" and line.startswith("#") and "\t" not in line:
            continue
        if skipped < match.start:
            skipped += 1
            continue
        cells = cells_of(line, match.delimiter, single_quotes=match.layout.single_quotes)
        if cells is None:
            taken, cells = _row_of_more(lines, number, match)
        if cells is None:
            raise RowsError(number, "Op deze regel kloppen de aanhalingstekens niet.")
        if any(cell.strip() for cell in cells):
            yield number, cells


def _row_of_more(lines: Sequence[str], number: int, match: Match) -> tuple[int, list[str] | None]:
    """The row that begins on this line and goes on on the next, with the number of its last line."""
    for last in range(number + 1, min(number + _MOST_LINES, len(lines)) + 1):
        cells = cells_of("\n".join(lines[number - 1 : last]), match.delimiter)
        if cells is not None and len(cells) == match.width:
            return last, cells
    return 0, None


def cut_line(lines: Sequence[str]) -> int | None:
    """The last line when it lacks the closing quote that every other line ends with: it was cut off."""
    ends = [(number, line.rstrip()) for number, line in enumerate(lines, 1) if line.strip(" \t;,\x1a")]
    if len(ends) > 1 and all(line.endswith('"') for _, line in ends[:-1]) and not ends[-1][1].endswith('"'):
        return ends[-1][0]
    return None
