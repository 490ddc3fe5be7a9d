"""What every command takes: the workbook, --peildatum, --json and --proef; and what some do."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from debiteuren.domain.settings import DraftPlace


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f'"{text}" is geen dag; schrijf JJJJ-MM-DD, bijvoorbeeld 2026-11-21'
        ) from None


Book = Annotated[
    Path,
    typer.Argument(metavar="BOEK.xlsm", help="Uw Debiteuren-werkmap.", show_default=False, readable=False),
]
AsOf = Annotated[
    date | None,
    typer.Option(
        "--peildatum",
        metavar="JJJJ-MM-DD",
        parser=_day,
        help="Reken alsof het deze dag is. Standaard de cel Peildatum, en anders vandaag.",
        show_default=False,
    ),
]
Json = Annotated[
    bool, typer.Option("--json", help="Eén JSON-object op de uitvoer, de tekst op de foutuitvoer.")
]
Trial = Annotated[bool, typer.Option("--proef", help="Reken alles uit, maar schrijf niets.")]
ToMyself = Annotated[
    bool,
    typer.Option("--test", help="Hooguit drie concepten aan uw eigen adres, om te zien hoe ze eruitzien."),
]
Target = Annotated[
    DraftPlace, typer.Option("--naar", help="Waar de concepten komen; auto kiest en zegt waarom.")
]
Folder = Annotated[
    Path | None,
    typer.Option("--map", metavar="MAP", help="Map voor de concepten.", show_default=False),
]
