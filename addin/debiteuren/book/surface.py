"""What makes a workbook ours: all our tables, with the columns it cannot do without.

Answers: what is missing, all of it at once, and what the user can do about it.
Source: docs/regels.md, "Werkmap" and "Fouten en twijfel" (a missing or renamed table or column stops the
run).
Leaves to others: finding the tables (closed.py, live.py), what stands in them (tables.py).
"""

from collections.abc import Collection, Mapping

from debiteuren.book.layout import TABLES
from debiteuren.domain.problem import NOTHING_CHANGED, Problem, UserError


def require_surface(found: Mapping[str, Collection[str]]) -> None:
    """Say nothing when every table of ours is among `found` (table name → its column names).

    Raises:
        UserError: none of our tables is there, or some tables or columns are missing.
    """
    present = [table for table in TABLES if table.name in found]
    if not present:
        raise UserError(
            f"{NOTHING_CHANGED}dit is geen werkmap van Debiteuren",
            [
                Problem(
                    sheet="Werkmap",
                    found="Geen van onze tabellen, zoals tblFacturen, staat erin.",
                    remedy="open een werkmap die met het programma is gemaakt, of maak een nieuwe met "
                    '"debiteuren nieuw".',
                )
            ],
        )
    problems = [
        Problem(
            sheet=table.sheet,
            found=f"De tabel {table.name} ontbreekt of heeft een andere naam.",
            remedy=f"geef de tabel haar naam {table.name} terug (in Excel: tabblad Tabelontwerp).",
        )
        for table in TABLES
        if table.name not in found and not table.added
    ]
    problems += [
        Problem(
            sheet=table.sheet,
            column=column,
            found=f"De kolom {column} ontbreekt in de tabel {table.name} of heeft een andere naam.",
            remedy=f'zet de kop "{column}" terug boven de kolom.',
        )
        for table in present
        for column in table.required_names()
        if column not in found[table.name]
    ]
    if problems:
        raise UserError.of(problems)
