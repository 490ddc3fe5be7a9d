"""One conversion for what a cell holds, both ways: the same value whether the workbook is closed or open.

Answers: what does this raw value of a reader (calamine, Excel over COM or AppleScript) mean, and in what form
may a value be written.
Source: docs/regels.md, "Beloften" (5 and 6); xlwings issues #65, #640 and #2634 (currency cells come in as
Decimal, and a written Decimal sets a currency format and rounds).
Leaves to others: where the cell is (closed.py, live.py), which column may hold what (tables.py).
"""

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from debiteuren.book.workbook import Cell, CellFault, Value

LONGEST_TEXT = 32_767
"""Characters that fit in a cell of Excel."""

_ERROR_BASE = -2_146_828_288
_ERRORS = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
    2043: "#GETTING_DATA",
    2045: "#SPILL!",
    2046: "#CONNECT!",
    2047: "#BLOCKED!",
    2048: "#UNKNOWN!",
    2049: "#FIELD!",
    2050: "#CALC!",
}
"""Excel's numbers for its errors (XlCVError); over COM they arrive with _ERROR_BASE added."""

_ZERO_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days have no zone
_FIRST_YEAR = 1900
_LAST_PLACE = 0.000_06
_HALF_SECOND = timedelta(microseconds=500_000)
_AS_THEY_ARE = frozenset({type(None), date})
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def read_cell(value: object) -> Cell:
    """What a raw value of any reader means.

    Numbers come out as float, also a currency cell's Decimal; midnight as a day, other moments to the second
    and without zone; a time of day or a duration as text ("09:30"), because no column of ours holds one and
    as a number it would pass for an amount; errors as CellFault; an empty text as None.

    Raises:
        TypeError: a kind of value that no known reader gives.

    >>> read_cell(Decimal("12.3400"))
    12.34
    >>> read_cell(-2146826246)
    CellFault(text='#N/A')
    """
    match value:
        case None | "":
            cell: Cell = None
        case bool() | CellFault():
            cell = value
        case str():
            cell = value
        case int():
            cell = _whole_number(value)
        case float() | Decimal():
            cell = float(value)
        case datetime():
            cell = _day_or_moment(value)
        case date():
            cell = value
        case time():
            cell = _clock(datetime.combine(_ZERO_DAY, value) - _ZERO_DAY)
        case timedelta():
            cell = _clock(value)
        case _:
            raise TypeError(f"no cell value: {value!r}")
    return cell


def read_rows(raw: Sequence[Sequence[object]]) -> list[list[Cell]]:
    """read_cell for a whole block; text and numbers, nearly all of it, pass without a call each."""
    return [
        [
            (cell or None) if isinstance(cell, str) else cell if type(cell) is float else read_cell(cell)
            for cell in row
        ]
        for row in raw
    ]


def write_cell(value: Cell | Decimal) -> Value:
    """The form in which a value may be written: never Decimal, no empty text, no control characters.

    Raises:
        ValueError: an error or a number that is not finite; both would be our own fault.

    >>> write_cell(Decimal("12.34"))
    12.34
    """
    match value:
        case bool() | None:
            return value
        case str():
            return clean_text(value) or None
        case CellFault():
            raise ValueError(f"errors are never written: {value.text}")
        case int() | float() | Decimal():
            number = float(value)
            if not math.isfinite(number):
                raise ValueError(f"no number for a cell: {value!r}")
            return number
        case datetime():
            return _day_or_moment(value)
        case date():
            return value


def write_cells(values: Sequence[Cell]) -> list[Value]:
    """write_cell for a whole column; what may be written as it is, by far the most, passes without a call."""
    kinds = {*map(type, values)}
    if kinds <= _AS_THEY_ARE:
        return [*values]  # type: ignore[list-item] # nothing else than _AS_THEY_ARE
    return [
        value
        if value is None
        or (value.__class__ is str and 0 < len(value) <= LONGEST_TEXT and value.isprintable())
        or (value.__class__ is float and math.isfinite(value))
        or value.__class__ is date
        else write_cell(value)
        for value in values
    ]


def clean_text(text: str) -> str:
    r"""Text as a cell can hold it: one kind of line end, no control characters, at most LONGEST_TEXT long.

    >>> clean_text("regel 1\r\nregel 2\x00")
    'regel 1\nregel 2'
    """
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST_TEXT]


def same_cell(meant: Cell, found: Cell) -> bool:
    """Whether a cell holds what was written; a currency cell gives back four decimals.

    >>> same_cell(0.1 + 0.2, 0.3)
    True
    """
    if isinstance(meant, float | int) and isinstance(found, float | int):
        return isinstance(meant, bool) == isinstance(found, bool) and abs(meant - found) < _LAST_PLACE
    return type(meant) is type(found) and meant == found


def data_rows(rows: Sequence[Sequence[Cell]], ours: Sequence[int]) -> Sequence[Sequence[Cell]]:
    """The rows of a table's body; none when it is only the empty row that Excel shows in an empty table.

    `ours` are the positions of the program's own columns: a formula in a column the user added shows a value
    even in that row.
    """
    if len(rows) == 1 and all(rows[0][position] is None for position in ours):
        return rows[:0]
    return rows


def _whole_number(value: int) -> Cell:
    number = value - _ERROR_BASE
    if min(_ERRORS) <= number <= max(_ERRORS):
        return CellFault(_ERRORS.get(number, "#FOUT!"))
    return float(value)


def _day_or_moment(moment: datetime) -> date | datetime | str:
    moment = moment.replace(tzinfo=None)
    if moment.year < _FIRST_YEAR:
        return _clock(moment - _ZERO_DAY)
    # Excel keeps moments as a fraction of a day: 13:45:30 comes back a few microseconds off.
    if moment.year < date.max.year:
        moment += _HALF_SECOND
    moment = moment.replace(microsecond=0)
    return moment.date() if moment.time() == time.min else moment


def _clock(duration: timedelta) -> str:
    minutes, seconds = divmod(round(duration.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
