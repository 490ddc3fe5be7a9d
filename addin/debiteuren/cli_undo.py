"""The command that takes back the last change: ongedaan.

Source: docs/handleiding.md, "Opdrachten".
Leaves to others: the work (undoing.py), the clock and the catch-all (cli.py).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from debiteuren.cli_dutch import DutchCommand
from debiteuren.cli_options import AsOf, Book, Json, Trial
from debiteuren.cli_screen import Screen

if TYPE_CHECKING:
    from debiteuren.book.ooxml import Note, Place
    from debiteuren.undoing import Copy, Undone


def add_command(app: typer.Typer) -> None:
    """Give the program its command of taking back."""
    app.command("ongedaan", cls=DutchCommand)(undo)


def undo(
    path: Book,
    *,
    show: Annotated[bool, typer.Option("--lijst", help="Toon de reservekopieën; wijzigt niets.")] = False,
    despite: Annotated[
        bool,
        typer.Option(
            "--toch",
            help="Ook als er sindsdien met de hand iets is gewijzigd, of een concept weg is; "
            "van hoe het nu is, blijft een kopie.",
        ),
    ] = False,
    as_of: AsOf = None,  # noqa: ARG001 - every command takes it; taking back reckons no days
    as_json: Json = False,
    trial: Trial = False,
) -> None:
    """Neem de laatste wijziging terug; nog een keer neemt die daarvoor terug."""
    from debiteuren import undoing  # noqa: PLC0415 - heavy

    screen = Screen(as_json)
    if show:
        copies = undoing.copies(path)
        screen.result({"kopieen": [_copy_json(copy) for copy in copies]})
        screen.say(*_copies_text(copies))
        return
    now = datetime.now()  # noqa: DTZ005 - the user's own clock
    with screen.progress() as progress:
        progress("Terugnemen")
        done = undoing.undo(path, now, despite=despite, trial=trial)
    screen.result(_undone_json(done, trial=trial))
    screen.say(*_undone_text(done, trial=trial))


def _undone_text(done: "Undone", *, trial: bool) -> Iterator[str]:
    change = done.change
    run = _run(change.note)
    verb = "Proef: zou terugnemen" if trial else "Teruggenomen"
    yield f"{verb}: {run} van {change.moment:%d-%m-%Y om %H:%M}."
    yield from _places_text(change.note)
    if done.letters:
        folders = " en ".join(map(str, done.draft_folders))
        count = len(done.letters)
        if trial:
            yield f"De concepten van die opdracht ({count}) zouden naar {folders} gaan."
        else:
            moved = "Alle concepten" if done.moved == count else f"{done.moved} van de {count} concepten"
            yield f"{moved} van die opdracht staan nu in {folders}."
        yield (
            "LET OP: heeft u daarvan al iets verstuurd? Zet dat dan eerst in een regel op Contact, anders "
            "maakt de volgende keer hetzelfde concept opnieuw (met deze waarschuwing erbij)."
        )
    if done.kept:
        yield f"Zoals de werkmap was, staat in {done.kept}."
    if done.left and not trial:
        yield "Nog een keer ongedaan neemt de opdracht daarvoor terug."


def _places_text(note: "Note | None") -> Iterator[str]:
    """One line a sheet: from which row to which, and the columns."""
    by_sheet: dict[str, list[Place]] = {}
    for place in note.places if note else ():
        by_sheet.setdefault(place.sheet, []).append(place)
    for sheet, places in by_sheet.items():
        rows = f"rijen {min(place.area.top for place in places)} t/m "
        rows += f"{max(place.area.bottom for place in places)}"
        columns = dict.fromkeys(column for place in places for column in place.columns)
        yield f"  {sheet}, {rows}: {', '.join(columns)}"


def _copies_text(copies: Sequence["Copy"]) -> Iterator[str]:
    if not copies:
        yield "Er zijn nog geen reservekopieën."
    for copy in copies:
        yield f"{copy.moment:%d-%m-%Y %H:%M:%S}  {copy.path.name}"
        if copy.note is None:
            yield "  van voor een wijziging waarvan niets is opgeschreven"
        elif copy.note.undoing:
            yield "  van voor het terugnemen"
        else:
            yield f"  van voor {_run(copy.note)}"
            yield from _places_text(copy.note)


def _run(note: "Note | None") -> str:
    return note.told.run if note and note.told.run else "een wijziging"


def _note_json(note: "Note | None") -> dict[str, object]:
    return {
        "opdracht": note.told.run or None if note else None,
        "wijzigingen": [
            {
                "blad": place.sheet,
                "rijen": [place.area.top, place.area.bottom],
                "kolommen": list(place.columns),
            }
            for place in (note.places if note else ())
        ],
    }


def _copy_json(copy: "Copy") -> dict[str, object]:
    return {
        "bestand": str(copy.path),
        "moment": copy.moment.isoformat(),
        "terugnemen": bool(copy.note and copy.note.undoing),
        **_note_json(copy.note),
    }


def _undone_json(done: "Undone", *, trial: bool) -> dict[str, object]:
    return {
        "proef": trial,
        "teruggenomen": {"moment": done.change.moment.isoformat(), **_note_json(done.change.note)},
        "concepten": {
            "aantal": len(done.letters),
            "verplaatst": done.moved,
            "mappen": [str(folder) for folder in done.draft_folders],
        },
        "kopie": str(done.kept) if done.kept else None,
        "nog_terug_te_nemen": done.left,
    }
