"""What a surface is made of: columns, tables, named cells and blocks of Start, with what each holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum


def words(choices: Iterable[StrEnum]) -> tuple[str, ...]:
    """The words of a drop-down."""
    return tuple(choice.value for choice in choices)


class Kind(Enum):
    """What a column holds: decides reading, number format, width and alignment."""

    TEXT = "text"
    LONG_TEXT = "long text"
    MONEY = "money"
    DAY = "day"
    MOMENT = "moment"
    WHOLE = "whole"
    PERCENT = "percent"


class Role(Enum):
    """Who fills a column."""

    REQUIRED = "required input"
    INPUT = "input"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its Dutch header, kind, role, drop-down words and usual width in characters."""

    name: str
    kind: Kind = Kind.TEXT
    role: Role = Role.INPUT
    choices: tuple[str, ...] = ()
    width: float = 14.0
    added: bool = False


@dataclass(frozen=True, slots=True)
class TableLayout:
    """One Excel Table on its sheet. `purpose` is the line under the sheet's title.

    `added`: a workbook of an older version does without.
    """

    sheet: str
    name: str
    columns: tuple[Column, ...]
    purpose: str
    added: bool = False

    def column(self, name: str) -> Column:
        """The column of that name.

        Raises:
            KeyError: there is none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def required_names(self) -> tuple[str, ...]:
        """The columns a workbook of ours must have: without Blokkade, a disputed one is reminded."""
        return tuple(column.name for column in self.columns if not column.added)

    def names(self, *roles: Role) -> tuple[str, ...]:
        """Column names, of these roles or all."""
        return tuple(column.name for column in self.columns if not roles or column.role in roles)


@dataclass(frozen=True, slots=True)
class NamedCell:
    """A named cell of Instellingen: its name, the label beside it, kind, default (as text) and choices."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    default: str = ""
    choices: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class StartBlock:
    """A block of Start that Bijwerken fills: a defined name over `rows` × `columns` cells."""

    name: str
    rows: int
    columns: int
