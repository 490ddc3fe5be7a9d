"""Many rows written at once, when they are all written in the usual way.

What costs a microsecond a row costs a second for a million, so here Python does little row by row: a block is
split at its meant cells in one go, and what comes out is a few lists, each a column, woven into one. Whatever
is not as expected (a row that is missing, a formula, a cell that is absent) gives None; then the rows go one
by one (fastrows.py, cellwriter.py), which also says what is wrong.
ECMA-376 part 1, 18.3.1.73 (row) and 18.3.1.4 (c).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import contains

from .cellwriter import CellWriter
from .column_values import Slot, payloads
from .fastrows import CELL, STYLE, adjacent
from .references import column_number, letters
from .templates import Template
from .values import Encoder

MAX_ROWS = 4_096
_ROW = b'<row r="'
_ROW_END = b"</row>"
_ATTRIBUTES = rb'((?:\s[a-z]+="\w*")*)\s?'
_CONTENT = rb"(?:/>|>(?:<v>[^<]*</v>|<is><t[^<>]*>[^<]*</t></is>)?</c>)"
_NEXT = rb'(?=</row>|<c r="([A-Z]+))'


@dataclass(frozen=True, slots=True)
class _Run:
    """Adjacent columns; the pattern gives the row, the attributes of each cell, the column behind them."""

    columns: tuple[int, ...]
    pattern: re.Pattern[bytes]


class FastBlocks:
    """Edits whole blocks of rows of one worksheet."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._runs: dict[tuple[int, ...], list[_Run]] = {}
        self._styles = _Styles()

    def edited(
        self, block: bytes, first: int, last: int, values: Mapping[int, Sequence[object]]
    ) -> bytes | None:
        """The block of these rows, with the values of each column, ascending, in their cells."""
        numbers = [b"%d" % number for number in range(first, last + 1)]
        if not block.startswith(_ROW + numbers[0] + b'"'):
            return None
        headings = [_ROW_END + _ROW + number + b'"' for number in numbers[1:]]
        key = tuple(values)
        if key not in self._runs:
            self._runs[key] = [_run(columns) for columns in adjacent(key)]
        edited: bytes | None = block
        for run in self._runs[key]:
            edited = edited and self._one(run, edited, numbers, headings, values)
        return edited

    def _one(
        self,
        run: _Run,
        block: bytes,
        numbers: list[bytes],
        headings: list[bytes],
        values: Mapping[int, Sequence[object]],
    ) -> bytes | None:
        parts = run.pattern.split(block)
        stride = len(run.columns) + 3
        if len(parts) != stride * len(numbers) + 1 or parts[1::stride] != numbers:
            return None
        between = parts[0::stride]
        # The heading of each row stands between the run above and its own, which names it. The numbers leave
        # no room for another row; one that is there all the same is out of order: readback.py refuses it.
        if not all(map(contains, between[1:-1], headings)) or not between[-1].endswith(_ROW_END):
            return None
        following = {name for name in set(parts[stride - 1 :: stride]) if name}
        if any(column_number(name.decode()) <= run.columns[-1] for name in following):
            return None
        slots: list[Slot] = [between[:-1]]
        for place, column in enumerate(run.columns):
            written = payloads(self._encoder, values[column])
            if written is None:
                return None
            styles = [self._styles[attributes] for attributes in parts[2 + place :: stride]]
            slots += (CELL + letters(column).encode(), numbers, styles, *written)
        return _woven(slots, len(numbers)) + between[-1]


class FastNewBlocks:
    """Writes new rows of one table, all in the formats of its last row."""

    def __init__(self, writer: CellWriter, template: Template) -> None:
        self._encoder = writer.encoder
        self._attributes = template.attributes
        columns = range(template.growth.left, template.growth.right + 1)
        self._styles = {column: writer.new_style(template, column) for column in columns}

    def rows(self, first: int, last: int, values: Mapping[int, Sequence[object]]) -> bytes | None:
        """Whole rows from one to another, with these values and the table's other cells empty."""
        count = last - first + 1
        if any(column not in self._styles for column in values):
            return None
        numbers = [b"%d" % number for number in range(first, last + 1)]
        slots: list[Slot] = [_ROW, numbers, b'"' + self._attributes + b">"]
        always = False
        for column, style in self._styles.items():
            given = values.get(column, [None] * count)
            written = payloads(self._encoder, given)
            if written is None:
                return None
            cell: list[Slot] = [CELL + letters(column).encode(), numbers, b'"' + style, *written]
            if not style and None in given:  # a cell without a format that stays empty is not written
                cell = [_where(given, slot) for slot in cell]
            else:
                always = True
            slots += cell
        return _woven([*slots, _ROW_END], count) if always else None


class _Styles(dict[bytes, bytes]):
    """The style among a cell's attributes, behind the quote that ends its reference."""

    def __missing__(self, attributes: bytes) -> bytes:
        found = STYLE.search(attributes)
        style = self[attributes] = b'"' + (found[0] if found else b"")
        return style


def _where(values: Sequence[object], slot: Slot) -> list[bytes]:
    """The slot, empty where the value is None."""
    pieces = [slot] * len(values) if isinstance(slot, bytes) else slot
    return [b"" if value is None else piece for value, piece in zip(values, pieces, strict=True)]


def _woven(slots: Sequence[Slot], count: int) -> bytes:
    """The first of each slot, then the second of each, and so on; bytes alone stand for a slot of equal ones.

    >>> _woven([b"r", [b"1", b"2"], b";"], 2)
    b'r1;r2;'
    """
    out = [b""] * (len(slots) * count)
    for place, slot in enumerate(slots):
        out[place :: len(slots)] = [slot] * count if isinstance(slot, bytes) else slot
    return b"".join(out)


def _run(columns: list[int]) -> _Run:
    first, *others = (letters(column).encode() for column in columns)
    pattern = CELL + first + rb'(\d+)"' + _ATTRIBUTES + _CONTENT
    for name in others:
        pattern += CELL + name + rb'\1"' + _ATTRIBUTES + _CONTENT
    return _Run(tuple(columns), re.compile(pattern + _NEXT))
