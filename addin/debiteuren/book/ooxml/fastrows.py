"""The usual row, edited without taking it apart: adjacent meant cells are replaced in one go.

A pattern takes a run of adjacent cells, each of which may be absent; what it does not know (a formula, rich
text, attributes written otherwise) stops it, and the row goes the careful way of cellwriter.
ECMA-376 part 1, 18.3.1.4 (c).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .cellwriter import CellWriter
from .references import column_number, letters
from .refusals import Refused

CELL = b'<c r="'
_REMEMBERED = 1_024
_COLUMN = re.compile(rb'<c r="([A-Z]+)')
_PLACE = re.compile(rb'<c r="[A-Z]+(\d+)"')
STYLE = re.compile(rb'\ss="\d+"')
_ONE = rb'(?:<c r="%b\d+"((?:\s[a-z]+="\w*")*)\s?(?:/>|>(?:<v>[^<]*</v>|<is><t[^<>]*>[^<]*</t></is>)?</c>))?'


@dataclass(frozen=True, slots=True)
class _Form:
    """How the cells of a run are written, given the attributes they have.

    Four slots a cell: name, row, style, payload. The rows and payloads are filled in anew each time.
    """

    slots: list[bytes]
    absent: tuple[int, ...]  # places in the run of cells that are not there


@dataclass(frozen=True, slots=True)
class _Run:
    columns: tuple[int, ...]
    names: tuple[bytes, ...]  # <c r="A
    pattern: re.Pattern[bytes]
    forms: dict[tuple[bytes | None, ...], _Form] = field(default_factory=dict)


class FastRows:
    """Edits the rows of one worksheet that are written in the usual way."""

    def __init__(self, writer: CellWriter) -> None:
        self._writer = writer
        self._known = writer.encoder.known
        self._runs: dict[tuple[int, ...], tuple[_Run, ...]] = {}

    def edited(self, number: int, body: bytes, values: Mapping[int, object]) -> bytes | None:
        """The body with these values, None when this row needs care (also to say what is wrong with it)."""
        key = tuple(values)
        runs = self._runs.get(key)
        if runs is None:
            if len(self._runs) >= _REMEMBERED:
                self._runs.clear()
            runs = self._runs[key] = tuple(_run(columns) for columns in adjacent(sorted(key)))
        row = b"%d" % number
        known = self._known
        out: list[bytes] = []
        position = 0
        for run in runs:
            start = _start(run, row, body)
            found = run.pattern.match(body, start) if start >= position else None
            if found is None or not _ends(run, body, found.end()):
                return None
            given = [values[column] for column in run.columns]
            try:
                payloads = [known[type(value)][value] for value in given]
            except Refused:
                return None
            attributes = found.groups()
            if None in attributes and not _all_known(body, row):
                return None
            form = run.forms.get(attributes) or self._learn(run, attributes)
            out += (body[position:start], _filled(form, row, given, payloads))
            position = found.end()
        out.append(body[position:])
        return b"".join(out)

    def _learn(self, run: _Run, attributes: tuple[bytes | None, ...]) -> _Form:
        slots: list[bytes] = []
        for column, name, there in zip(run.columns, run.names, attributes, strict=True):
            found = STYLE.search(there) if there is not None else None
            style = self._writer.absent_style(b"", column) if there is None else b""
            slots += (name, b"", b'"' + (found[0] if found else style), b"")
        if len(run.forms) >= _REMEMBERED:
            run.forms.clear()
        absent = tuple(place for place, there in enumerate(attributes) if there is None)
        form = run.forms[attributes] = _Form(slots, absent)
        return form


def _filled(form: _Form, row: bytes, values: Sequence[object], payloads: list[bytes]) -> bytes:
    """The cells of a form; an absent one without a value stays absent."""
    slots = form.slots
    slots[1::4] = [row] * len(payloads)
    slots[3::4] = payloads
    left_out = [place for place in form.absent if values[place] is None]
    if not left_out:
        return b"".join(slots)
    cells = (
        b"".join(slots[4 * place : 4 * place + 4]) for place in range(len(payloads)) if place not in left_out
    )
    return b"".join(cells)


def adjacent(columns: Iterable[int]) -> list[list[int]]:
    """Ascending columns in groups without gaps.

    >>> adjacent([1, 2, 5, 6, 9])
    [[1, 2], [5, 6], [9]]
    """
    ordered = list(columns)
    groups = [ordered[:1]]
    for before, column in pairwise(ordered):
        if column == before + 1:
            groups[-1].append(column)
        else:
            groups.append([column])
    return groups


def _run(columns: list[int]) -> _Run:
    names = tuple(letters(column).encode() for column in columns)
    pattern = re.compile(b"".join(_ONE % name for name in names))
    return _Run(tuple(columns), tuple(CELL + name for name in names), pattern)


def _start(run: _Run, row: bytes, body: bytes) -> int:
    """Where the first cell of a run stands or would stand; -1 when that takes care to find."""
    for name in run.names:
        place = body.find(name + row + b'"')
        if place >= 0:
            return place
    last = body.rfind(CELL)
    found = _COLUMN.match(body, last) if last >= 0 else None
    whole = body.endswith(b"</c>") or (last >= 0 and body.find(b">", last) == len(body) - 1)
    return len(body) if found and whole and column_number(found[1].decode()) < run.columns[0] else -1


def _all_known(body: bytes, row: bytes) -> bool:
    """Whether every cell says its place as we expect, so that one that is not found is not there."""
    written = _PLACE.findall(body)
    return len(written) == body.count(b"<c") and all(number == row for number in written)


def _ends(run: _Run, body: bytes, end: int) -> bool:
    """Whether what follows a run is the end of the row or a cell further to the right."""
    if end == len(body):
        return True
    found = _COLUMN.match(body, end)
    return found is not None and column_number(found[1].decode()) > run.columns[-1]
