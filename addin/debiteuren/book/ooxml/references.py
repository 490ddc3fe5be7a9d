"""Where cells are: A1 references, and the references inside formulas.

ECMA-376 part 1, 18.18.62 (ST_Ref), 18.18.76 (ST_Sqref) and 18.17.2.3 (cell references in formulas);
the largest sheet is XFD1048576.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_AREA = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([1-9]\d{0,6})(?::(\$?)([A-Z]{1,3})(\$?)([1-9]\d{0,6}))?")
_TOKEN = re.compile(
    r"""
      "(?:[^"]|"")*"                                            # text
    | (?<![\w.])\w+\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]     # structured reference
    | \[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]                  # the same without table, or another workbook
    | (?<![\w.$!'\]:\#@])
      (?:(?P<sheet>'(?:[^']|'')*'|[^\W\d][\w.]*)!)?
      (?P<area>\$?[A-Z]{1,3}\$?[1-9]\d{0,6}(?::\$?[A-Z]{1,3}\$?[1-9]\d{0,6})?)
      (?![\w(.!:\[])
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=MAX_COLUMN)
def letters(column: int) -> str:
    """The name of a column, 1-based.

    >>> letters(1), letters(27), letters(16384)
    ('A', 'AA', 'XFD')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


@lru_cache(maxsize=MAX_COLUMN)
def column_number(name: str) -> int:
    """The number of a column, the other way round.

    >>> column_number("XFD")
    16384
    """
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


def cell(reference: str) -> tuple[int, int] | None:
    """Row and column of one cell, None when this is no cell of a sheet.

    >>> cell("C2"), cell("XFE1"), cell("C0")
    ((2, 3), None, None)
    """
    found = _CELL.fullmatch(reference)
    if not found:
        return None
    row, column = int(found[2]), column_number(found[1])
    return (row, column) if row <= MAX_ROW and column <= MAX_COLUMN else None


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, all four sides included."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def parse(cls, reference: str) -> Self | None:
        """The area a reference names; None for whole rows or columns and for anything else."""
        found = _AREA.fullmatch(reference)
        if not found:
            return None
        left, top = column_number(found[2]), int(found[4])
        right = column_number(found[6]) if found[6] else left
        bottom = int(found[8]) if found[8] else top
        return cls(left=left, top=top, right=right, bottom=bottom)

    def __str__(self) -> str:
        start, end = f"{letters(self.left)}{self.top}", f"{letters(self.right)}{self.bottom}"
        return start if start == end else f"{start}:{end}"

    def meets(self, other: "Area") -> bool:
        """Whether the two share a cell."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )


def with_rows(reference: str, top: int, bottom: int) -> str:
    """The same reference, dollars and all, from one row to another.

    >>> with_rows("$A$2:$A$9", 2, 12), with_rows("A2", 2, 4), with_rows("B$7", 6, 6)
    ('$A$2:$A$12', 'A2:A4', 'B$6')
    """
    found = _AREA.fullmatch(reference)
    if not found:
        return reference
    start = f"{found[1]}{found[2]}{found[3]}{top}"
    column = found[5] + found[6] + found[7] if found[6] else found[1] + found[2] + found[3]
    return start if not found[8] and top == bottom else f"{start}:{column}{bottom}"


def rows_fixed(reference: str) -> bool:
    """Whether both rows of a reference carry a dollar.

    >>> rows_fixed("$A$2:$A$9"), rows_fixed("$A2:$A9")
    (True, False)
    """
    found = _AREA.fullmatch(reference)
    return bool(found and found[3] and (found[7] or not found[8]))


def change_references(formula: str, change: Callable[[str | None, str], str]) -> str:
    """The formula with every cell reference passed through change(sheet or None, reference).

    Text, structured references, other workbooks, 3-D references and whole rows or columns stay as they are.
    """

    def one(found: re.Match[str]) -> str:
        area = found["area"]
        if area is None:
            return found[0]
        sheet = found["sheet"]
        name = sheet[1:-1].replace("''", "'") if sheet and sheet.startswith("'") else sheet
        return found[0][: len(found[0]) - len(area)] + change(name, area)

    return _TOKEN.sub(one, formula)


def moved_down(formula: str, rows: int) -> str:
    """The formula as it reads when copied that many rows down: relative rows move, fixed ones stay.

    >>> moved_down('B2*$C$1+SUM(D2:D$9)&"B2"', 3)
    'B5*$C$1+SUM(D5:D$9)&"B2"'
    """

    def move(_: str | None, reference: str) -> str:
        return re.sub(r"(?<!\$)\b\d+|(?<=[A-Z])\d+", lambda row: str(int(row[0]) + rows), reference)

    return change_references(formula, move)


@lru_cache(maxsize=256)
def has_relative_rows(formula: str) -> bool:
    """Whether the formula reads differently one row further down."""
    return moved_down(formula, 1) != formula
