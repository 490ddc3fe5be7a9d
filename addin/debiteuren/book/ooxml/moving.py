"""The rows of a worksheet when data rows have left a table: the cells below them within the table come up.

ECMA-376 part 1: 18.3.1.73 (row), 18.3.1.4 (c). The rows themselves stay, with their heights and with what
stands beside the table; a row that had no cells yet may get some. All goes by once, and a row waits until the
one has been read whose cells it gets.
Leaves to others: whether this may be done, and what formulas say afterwards (removal.py).
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from .cells import (
    CELL,
    Words,
    formula_tag,
    last_number,
    placed,
    rows_of,
    split_cells,
    usual_cells,
    without_place,
)
from .markup import attribute, with_attribute
from .references import column_number
from .removal import Removal

_CLOSED = b"/>"
_USUAL = b'<row r="'


@dataclass(frozen=True, slots=True)
class _Frame:
    """A row without its cells of the table."""

    number: int
    tag: bytes
    left: bytes
    right: bytes


class MovingRows:
    """Moves the cells of one table; formulas says afterwards whether one of them was a formula."""

    def __init__(self, removal: Removal, spelling: Words, sheet: str) -> None:
        self._removal = removal
        self._words = spelling
        self._sheet = sheet
        self._frames: deque[_Frame] = deque()
        self._cells: deque[tuple[int, bytes]] = deque()
        self._places: dict[tuple[bytes, ...], tuple[int, int] | None] = {}
        self.formulas = False

    def blocks(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        """The same rows in blocks of whole rows, the cells of the table in their new places."""
        here, number, done = self._removal.here, 0, False
        for block in blocks:
            last = last_number(block)
            if done or last < here.top:
                number = last
                yield block
                continue
            out: list[bytes] = []
            position = 0
            for row in rows_of(block, self._words, number, self._sheet):
                number = row.number
                if number < here.top:
                    continue
                out.append(block[position : row.tag])
                position = row.tag
                if number > here.bottom:
                    out.append(self._ready(here.bottom))
                    done = True
                    break
                self._take(number, block[row.tag : row.start], block[row.start : row.end])
                out.append(self._ready(number - bisect_right(self._removal.growth.gone, number)))
                position = row.after
            out.append(block[position:])
            if written := b"".join(out):
                yield written
        if left := self._ready(here.bottom):
            yield left

    def _take(self, number: int, tag: bytes, body: bytes) -> None:
        """Keep a row, and its cells of the table for the row where they come to stand."""
        stays = number not in self._removal.gone
        new = self._removal.growth.row(number)
        parts = usual_cells(self._words, body, number)
        between = self._between(tuple(parts[1::3])) if parts else None
        if parts is None or between is None:
            left, cells, right = self._taken_apart(number, new, body, stays=stays)
        else:
            left, right = b"".join(parts[: between[0]]), b"".join(parts[between[1] :])
            parts = parts[between[0] : between[1]]
            if stays and b"<f" in body:
                self._follow(number, parts)
            parts[1::3] = [b"%d" % new] * (len(parts) // 3)
            cells = b"".join(parts)
        self._frames.append(_Frame(number, tag, left, right))
        if stays and cells:
            self._cells.append((new, cells))

    def _between(self, names: tuple[bytes, ...]) -> tuple[int, int] | None:
        """From where to where the cells of the table stand in parts; None when cells are out of order."""
        if names not in self._places:
            columns = [column_number(name[len(CELL) :].decode()) for name in names]
            here = self._removal.here
            first = sum(column < here.left for column in columns)
            last = sum(column <= here.right for column in columns)
            ascending = all(one < two for one, two in pairwise(columns))
            self._places[names] = (1 + 3 * first, 1 + 3 * last) if ascending else None
        return self._places[names]

    def _follow(self, number: int, parts: list[bytes]) -> None:
        for place in range(2, len(parts), 3):
            if b"<f" in parts[place]:
                column = column_number(parts[place - 2][len(CELL) :].decode())
                new = self._removal.follow(parts[place], number, column)
                self.formulas |= formula_tag(parts[place]) is not None
                parts[place] = new

    def _taken_apart(self, number: int, new: int, body: bytes, *, stays: bool) -> tuple[bytes, bytes, bytes]:
        """What stands left of the table, its cells as they come to stand, and what stands right of it."""
        here, prefix = self._removal.here, self._words.prefix
        left: list[bytes] = []
        cells: list[bytes] = []
        right: list[bytes] = []
        end = 0
        for span in split_cells(self._words, body, number, self._sheet):
            style, content = without_place(body[span.start : span.end], prefix)
            row, kept = number, left if span.column < here.left else right
            if here.left <= span.column <= here.right:
                row, kept = new, cells
                if stays and formula_tag(content):
                    self.formulas = True
                    content = self._removal.follow(content, number, span.column)
            kept.append(placed(row, span.column, style, content, prefix))
            end = span.end
        return b"".join(left), b"".join(cells), b"".join(right) + body[end:]

    def _ready(self, last: int) -> bytes:
        """The rows up to that one, of which it is now known what stands in them."""
        out: list[bytes] = []
        frames, waiting = self._frames, self._cells
        while frames and frames[0].number <= last:
            frame = frames.popleft()
            while waiting and waiting[0][0] < frame.number:
                out.append(self._new_row(*waiting.popleft()))
            cells = waiting.popleft()[1] if waiting and waiting[0][0] == frame.number else b""
            tag = frame.tag.rstrip()
            if not tag.startswith(_USUAL) and attribute(tag, b"r") is None:
                tag = with_attribute(tag, b"r", b"%d" % frame.number)
            if tag.endswith(_CLOSED):
                tag = tag[: -len(_CLOSED)].rstrip() + b">"
            out += (tag, frame.left, cells, frame.right, self._words.row_end)
        while waiting and waiting[0][0] <= last:
            out.append(self._new_row(*waiting.popleft()))
        return b"".join(out)

    def _new_row(self, number: int, cells: bytes) -> bytes:
        return b'<%brow r="%d">%b%b' % (self._words.prefix, number, cells, self._words.row_end)
