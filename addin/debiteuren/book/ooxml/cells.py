"""The cells of one row, found without being taken apart further than needed.

ECMA-376 part 1: 18.3.1.73 (row), 18.3.1.4 (c: r may be left out, then a cell stands right of the one before),
18.3.1.40 (f: a shared or array formula has its text and its range at its first cell).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .markup import ATTRIBUTES, attribute, tag_pattern
from .references import MAX_ROW, Area, cell, letters
from .refusals import Refused

CELL = b'<c r="'
_USUAL_CELL = re.compile(rb'(<c r="[A-Z]+)(\d+)(?=")')
_CONTENT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(?:f|is)[\s/>]|<(?:[A-Za-z_][\w.-]*:)?v\s*>[^<]")
_ROW = b'<row r="'
_ROW_HEAD = re.compile(_ROW + rb'(\d+)"')
_TAG = re.compile(b"<c" + ATTRIBUTES + rb"\s*/?>")
_USUAL = re.compile(rb'<c r="[A-Z]+\d+"((?: s="\d+")?)(?=(?: t="\w+")?/?>)')
_KEPT = re.compile(rb"""\s([^\s=<>"'/]+)\s*=\s*("[^"<]*"|'[^'<]*')""")
_OPENING = re.compile(rb"<(/?)")
_SPACE = re.compile(rb"\s*")


@dataclass(frozen=True, slots=True)
class Words:
    """How rows and cells are spelt in a part: with or without a namespace prefix."""

    prefix: bytes
    row: re.Pattern[bytes]
    row_end: bytes
    cell: re.Pattern[bytes]
    cell_end: bytes


@lru_cache(maxsize=16)
def words(prefix: bytes) -> Words:
    """The spelling that belongs to a prefix (with its colon, or empty)."""
    name = re.escape(prefix)
    return Words(
        prefix=prefix,
        row=re.compile(rb"\s*<" + name + b"row(" + ATTRIBUTES + rb")\s*(/?)>"),
        row_end=b"</" + prefix + b"row>",
        cell=re.compile(b"<" + name + b"c(" + ATTRIBUTES + rb")\s*(/?)>"),
        cell_end=b"</" + prefix + b"c>",
    )


class Span(NamedTuple):
    """Where a cell stands in the body of its row."""

    column: int
    start: int
    tag_end: int
    end: int


def checked_order(block: bytes, previous: int, sheet: str) -> int:
    """The number of the last row in a block, of those that begin with their number; rows must ascend."""
    numbers = [*map(int, _ROW_HEAD.findall(block))]
    for before, number in pairwise([previous, *numbers]):
        if number <= before:
            raise _out_of_order(number, before, sheet)
    return numbers[-1] if numbers else previous


def first_number(block: bytes) -> int:
    """The number of the first row in a block; zero when it does not begin with its number."""
    return int(block[len(_ROW) : block.index(b'"', len(_ROW))]) if block.startswith(_ROW) else 0


def last_number(block: bytes) -> int:
    """The number of the last row in a block; beyond every row when it does not begin with its number."""
    start = block.rfind(b"<row")
    if not block.startswith(_ROW, start):
        return MAX_ROW + 1
    return int(block[start + len(_ROW) : block.index(b'"', start + len(_ROW))])


def _out_of_order(number: int, previous: int, sheet: str) -> Refused:
    return Refused(
        f"Blad {sheet}: rij {number} staat in het bestand na rij {previous}; de rijen staan niet op "
        "volgorde. Open de werkmap in Excel en sla haar daar op."
    )


def row_number(attributes: bytes, previous: int, sheet: str) -> int:
    """The number of a row, from its attributes or from the row before it; rows must ascend."""
    if attributes.startswith(b' r="'):
        written = attributes[4 : attributes.find(b'"', 4)]
    else:
        written = attribute(attributes, b"r") or b""
    number = int(written) if written.isdigit() else previous + 1
    if number <= previous:
        raise _out_of_order(number, previous, sheet)
    return number


class RowSpan(NamedTuple):
    """Where a row stands in a block: from its tag to its end, and from where to where its cells."""

    number: int
    tag: int
    start: int
    end: int
    after: int


def rows_of(block: bytes, spelling: Words, previous: int, sheet: str) -> Iterator[RowSpan]:
    """The rows of a block of whole rows; previous: the number of the row before it."""
    position = 0
    while found := spelling.row.match(block, position):
        previous = row_number(found[1], previous, sheet)
        start = end = after = found.end()
        if not found[2]:
            end = block.find(spelling.row_end, start)
            if end < 0:
                raise Refused(f"Blad {sheet}: rij {previous} is niet te lezen; het onderdeel is beschadigd.")
            after = end + len(spelling.row_end)
        yield RowSpan(previous, position, start, end, after)
        position = after


def usual_cells(spelling: Words, body: bytes, number: int) -> list[bytes] | None:
    """A row body cut before and behind each row number, when its cells are written in the usual way.

    So: what stands before the cells, then for each cell its tag up to the number, the number, and the rest.
    """
    parts = _USUAL_CELL.split(body)
    count = len(parts) // 3
    usual = (
        not spelling.prefix
        and not parts[0].strip()
        and body.count(b"<c") == count  # text has no "<"
        and b"<extLst" not in body
        and parts[2::3] == [b"%d" % number] * count
    )
    return parts if usual else None


def split_cells(spelling: Words, body: bytes, number: int, sheet: str) -> list[Span]:
    """The cells of a row body, left to right."""
    spans: list[Span] = []
    position = _space(body, 0)
    column = 0
    while found := spelling.cell.match(body, position):
        written = attribute(found[1], b"r")
        place = cell(written.decode()) if written is not None else (number, column + 1)
        if place is None or place[0] != number or place[1] <= column:
            raise Refused(
                f"Blad {sheet}, rij {number}: de cellen staan niet op hun plaats. Sla de werkmap in Excel op."
            )
        column = place[1]
        end = found.end()
        if not found[2]:
            end = body.find(spelling.cell_end, end)
            if end < 0:
                raise Refused(f"Blad {sheet}, cel {letters(column)}{number}: de cel is niet te lezen.")
            end += len(spelling.cell_end)
        spans.append(Span(column, found.start(), found.end(), end))
        position = _space(body, end)
    rest = body[position:]
    if rest and not re.match(b"<" + re.escape(spelling.prefix) + rb"extLst[\s/>]", rest):
        raise Refused(
            f"Blad {sheet}, rij {number}: hier staat iets anders dan cellen. Sla de werkmap in Excel op."
        )
    return spans


def _space(body: bytes, position: int) -> int:
    found = _SPACE.match(body, position)
    return found.end() if found else position


def style_of(tag: bytes) -> bytes:
    """The style of a cell as it is written in its tag, with the space before it; empty without one."""
    style = attribute(tag, b"s")
    return b' s="%b"' % style if style is not None else b""


def without_place(text: bytes, prefix: bytes) -> tuple[bytes, bytes]:
    """A whole <c> element in words without prefix: its style, and all behind its place and style."""
    if usual := _USUAL.match(text):  # as nearly all programs write them
        return usual[1], text[usual.end() :]
    if prefix:
        text = text.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
    found = _TAG.match(text)
    if found is None:  # the cell was found by a pattern of the same form
        raise ValueError(text)
    tag = found[0]
    kept = b"".join(
        b" " + name + b"=" + quoted for name, quoted in _KEPT.findall(tag) if name not in (b"r", b"s")
    )
    return style_of(tag), kept + (b"/>" if tag.endswith(b"/>") else b">") + text[len(tag) :]


def placed(row: int, column: int, style: bytes, payload: bytes, prefix: bytes) -> bytes:
    """A whole <c> element, from what without_place gives."""
    text = b'<c r="%b%d"%b%b' % (letters(column).encode(), row, style, payload)
    return _OPENING.sub(rb"<\1" + prefix, text) if prefix else text


def is_empty(text: bytes) -> bool:
    """Whether a whole <c> element holds no value, text or formula."""
    return not _CONTENT.search(text)


def formula_tag(text: bytes) -> bytes | None:
    """The tag of the formula in a whole <c> element, None when it has none."""
    if b"f" not in text:
        return None
    found = tag_pattern(("f",)).search(text)
    return found[0] if found else None


def formula_range(tag: bytes) -> Area | None:
    """The cells a shared, array or data table formula is the first of."""
    reference = attribute(tag, b"ref")
    return Area.parse(reference.decode()) if reference is not None else None
