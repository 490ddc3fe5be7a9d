"""Which column of an unknown file is what, as the user chose it once on the sheet Kolommen.

Answers: which file headers a choice is for, and which titles have this meaning.
Source: docs/regels.md, "Kolommen kiezen".
Leaves to others: reading the sheet (book/column_maps.py), the file (banks/own_columns.py, book/lists.py).
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class FileKind(StrEnum):
    """What a file with columns holds."""

    BANK = "Betalingen"
    INVOICES = "Facturen"
    DEBTORS = "Debiteuren"


class BankColumn(StrEnum):
    """What a column of a bank file can mean; the words of Betekenis."""

    BOOKED = "Boekdatum"
    VALUE = "Valutadatum"
    AMOUNT = "Bedrag"
    OUT = "Bedrag af"
    IN = "Bedrag bij"
    SIGN = "Af of bij"
    ACCOUNT = "Rekening"
    COUNTER = "Tegenrekening"
    NAME = "Naam"
    TEXT = "Omschrijving"
    REFERENCE = "Kenmerk"
    BALANCE = "Saldo"
    CURRENCY = "Munt"


def folded_title(title: str) -> str:
    """A title without capitals, accents, spaces and marks.

    >>> folded_title(" Bedrag  (EUR)"), folded_title("Naam initiërende partij")
    ('bedrageur', 'naaminitierendepartij')
    """
    return "".join(sign for sign in unicodedata.normalize("NFKD", title.casefold()) if sign.isalnum())


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """The choice for one kind of file. `meanings` per title, '' for a column that is not used.

    `file` is the name of the file in which these columns were first seen; `row` its first row on the sheet.
    """

    file: str
    kind: FileKind
    titles: tuple[str, ...]
    meanings: tuple[str, ...]
    row: int = 0

    def fits(self, header: Sequence[str]) -> bool:
        """Whether a file with this header is of this kind: the same titles, in any order."""
        return _known(self.titles) == _known(header)

    def titles_of(self, meaning: str) -> tuple[str, ...]:
        """The titles with this meaning, in order."""
        return tuple(title for title, word in zip(self.titles, self.meanings, strict=True) if word == meaning)

    def meaning_of(self, title: str) -> str:
        """The meaning of this title, '' for none."""
        wanted = folded_title(title)
        return next(
            (w for t, w in zip(self.titles, self.meanings, strict=True) if folded_title(t) == wanted), ""
        )


def _known(titles: Sequence[str]) -> list[str]:
    return sorted(filter(None, map(folded_title, titles)))
