"""What is wrong with what we were given, place, content and remedy; and the two ways a run stops."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

NOTHING_CHANGED = "Niets gewijzigd: "
"""How the title of a run that stopped begins."""


class Severity(StrEnum):
    """Fault: would falsify money or days, so the run stops. Warning: doubt, the run goes on."""

    FAULT = "Fout"
    WARNING = "Waarschuwing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to look at, in Dutch, with its place.

    `sheet` is a sheet or a file; `row` the row or line as the user sees it (from 1), or None.
    """

    severity: Severity = Severity.FAULT
    sheet: str
    row: int | None = None
    column: str = ""
    found: str
    remedy: str

    @property
    def place(self) -> str:
        """Where it is: "Facturen, rij 14, kolom Vervaldatum"."""
        parts = [self.sheet]
        if self.row is not None:
            parts.append(f"rij {self.row}")
        if self.column:
            parts.append(f"kolom {self.column}")
        return ", ".join(parts)

    def __str__(self) -> str:
        """Three lines, as the user reads them (docs/regels.md, "Fouten en twijfel")."""
        return f"{self.place}\n  {self.found}\n  Wat te doen: {self.remedy}"


class StopError(Exception):
    """A run that ends without having changed anything; `title` is the first line the user reads."""

    exit_code = 2

    def __init__(self, title: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(title)
        self.title = title
        self.problems = tuple(problems)

    def __str__(self) -> str:
        """Title and every problem, each with its place."""
        return "\n".join([self.title, *(str(problem) for problem in self.problems)])


class UserError(StopError):
    """The data has a problem (exit 2): nothing was changed."""

    @classmethod
    def of(cls, problems: Sequence[Problem]) -> Self:
        """Under the title "Niets gewijzigd: 3 punten om na te kijken", all of them."""
        count = len(problems)
        points = "1 punt" if count == 1 else f"{count} punten"
        return cls(f"{NOTHING_CHANGED}{points} om na te kijken", problems)


class SurroundingsError(StopError):
    """The surroundings are in the way, such as a file in use or a full disk (exit 3): nothing was changed."""

    exit_code = 3
