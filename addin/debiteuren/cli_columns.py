"""`debiteuren importeer --kolommen` and `--betekenis`: what is said of columns to choose.

Source: docs/handleiding.md, "Een bestand dat het programma niet kent".
Leaves to others: the choice itself (column_choice.py), the import (cli.py).
"""

from collections.abc import Sequence
from pathlib import Path

from debiteuren.book.closed import ClosedWorkbook
from debiteuren.book.values import as_text
from debiteuren.cli_screen import Screen
from debiteuren.column_choice import Choice, choose_columns


def choose(
    screen: Screen, path: Path, files: Sequence[Path], meanings: str, *, only: bool, trial: bool
) -> bool:
    """Put the columns on the sheet and say so; whether the import may follow at once."""
    choice = choose_columns(ClosedWorkbook(path), files, meanings, trial=trial)
    if meanings and not only and (choice.done or not choice.rows):
        return True
    screen.say(*_text(choice, path.name, trial=trial))
    screen.result(
        {
            "proef": trial,
            "kolommen": [
                {key.lower(): as_text(cell) or None for key, cell in row.items()} for row in choice.rows
            ],
            "al_gekozen": list(choice.present),
            "bekend": list(choice.known),
        }
    )
    return False


def _text(choice: Choice, book: str, *, trial: bool) -> list[str]:
    lines = [
        f"{row['Bestand']}: {row['Kolom']} -> {row.get('Betekenis') or row['Voorstel']}"
        for row in choice.rows
    ]
    lines += [f"{name}: de kolommen staan al op het blad Kolommen." for name in choice.present]
    lines += [f"{name}: hier is niets te kiezen." for name in choice.known]
    if choice.rows and not trial:
        lines.append(
            f"Ze staan op het blad Kolommen van {book}. Kies daar bij Betekenis wat elke kolom is; het "
            "voorstel staat ernaast. Sla op en lees het bestand dan in zonder --kolommen."
        )
    elif choice.rows:
        lines.append("Proef: er is niets geschreven.")
    return lines
