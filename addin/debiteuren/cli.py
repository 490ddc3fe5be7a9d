"""The command line: the same jobs as the buttons, on a closed file.

Source: docs/handleiding.md, "Opdrachten"; docs/boekhouder.md, "Voor andere programma's". Holds the clock and
a catch-all, as buttons.py.
Leaves to others: the jobs (tasks.py), what is printed (cli_text.py, cli_json.py).
Heavy modules are imported by the command that needs them: `debiteuren --help` must not wait for them.
"""

import gc
import sys
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from debiteuren import __version__, cli_arrange, cli_mailbox, cli_undo, cli_why, logbook
from debiteuren.cli_dutch import DutchCommand, DutchGroup, UsageError, in_dutch
from debiteuren.cli_options import AsOf, Book, Folder, Json, Target, ToMyself, Trial
from debiteuren.cli_screen import Screen, complain, stopped
from debiteuren.cli_setup import add_commands
from debiteuren.domain.problem import StopError, SurroundingsError, UserError
from debiteuren.domain.settings import DraftPlace

if TYPE_CHECKING:
    from debiteuren import tasks

OUR_FAULT = 1
USAGE = 2


app = typer.Typer(
    cls=DutchGroup,
    name="debiteuren",
    help="Betaald krijgen zonder klanten te verliezen: facturen, bank, regelingen en herinneringen.",
    no_args_is_help=False,
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def main() -> None:
    """The console command: every way a run can end, with its exit code and a Dutch sentence."""
    as_json = "--json" in sys.argv
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    # One job and out: looking for cycles among a hundred thousand rows costs more than it frees.
    gc.disable()
    try:
        code = app(standalone_mode=False)
    except StopError as stop:
        code = stopped(stop, as_json=as_json)
    except typer.Abort:
        complain("Afgebroken. Er is niets gewijzigd.")
        code = USAGE
    except UsageError as error:
        code = stopped(UserError(in_dutch(error)), as_json=as_json)
    except KeyboardInterrupt:
        complain("Afgebroken. Een wijziging gaat helemaal of niet door; de werkmap is heel.")
        code = OUR_FAULT
    except Exception as error:  # noqa: BLE001 - the catch-all: a user never sees a traceback
        sentence = logbook.report(error, datetime.now())  # noqa: DTZ005 - the user's own clock
        complain(sentence)
        if as_json:
            Screen(as_json).result({"fout": sentence, "problemen": []})
        code = OUR_FAULT
    finally:
        gc.freeze()  # nor is it worth the looking on the way out
        gc.enable()
    sys.exit(code if isinstance(code, int) else 0)


def _moment(as_of: date | None) -> "tasks.Moment":
    from debiteuren import tasks  # noqa: PLC0415 - heavy

    return tasks.Moment(now=datetime.now(), given=as_of)  # noqa: DTZ005 - the user's own clock


def _version(value: bool) -> None:  # noqa: FBT001 - typer's callback
    if value:
        sys.stdout.write(f"debiteuren {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001 - its callback does the work
        bool,
        typer.Option("--versie", callback=_version, is_eager=True, help="Toon het versienummer."),
    ] = False,
) -> None:
    """Betaald krijgen zonder klanten te verliezen."""
    if context.invoked_subcommand is None:
        sys.stdout.write(context.get_help() + "\n")


@app.command("nieuw", cls=DutchCommand)
def new(
    path: Book,
    *,
    demo: Annotated[bool, typer.Option("--demo", help="Gevuld met een verzonnen bedrijf.")] = False,
    as_of: AsOf = None,
    as_json: Json = False,
    trial: Trial = False,
) -> None:
    """Maak een nieuwe werkmap."""
    from debiteuren import new_workbook  # noqa: PLC0415 - heavy

    screen = Screen(as_json)
    path = new_workbook.create(path, demo_on=_moment(as_of).today if demo else None, trial=trial)
    screen.say(
        f"{'Proef: zou maken' if trial else 'Klaar'}: {path}",
        "Open hem in Excel, vul Instellingen in en zet uw facturen en klanten op hun bladen.",
    )
    screen.result({"werkmap": str(path), "proef": trial})


@app.command("importeer", cls=DutchCommand)
def import_(
    path: Book,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="BESTAND...",
            help="Bankbestanden, of lijsten met facturen of klanten.",
            show_default=False,
            readable=False,
        ),
    ],
    *,
    despite_gaps: Annotated[
        bool, typer.Option("--toch", help="Lees ook een afschrift in waarvan het saldo niet klopt.")
    ] = False,
    columns: Annotated[
        bool,
        typer.Option(
            "--kolommen", help="Zet de kolommen van onbekende bestanden op het blad Kolommen; leest niets in."
        ),
    ] = False,
    meanings: Annotated[
        str,
        typer.Option(
            "--betekenis",
            metavar="KOLOM=BETEKENIS;...",
            help='Kies meteen wat elke kolom is, bijvoorbeeld "Datum=Boekdatum;Bedrag EUR=Bedrag".',
            show_default=False,
        ),
    ] = "",
    as_of: AsOf = None,
    as_json: Json = False,
    trial: Trial = False,
) -> None:
    """Lees bankbestanden in, en lijsten van facturen of klanten; werkt daarna alles bij."""
    from debiteuren import tasks  # noqa: PLC0415 - heavy
    from debiteuren.book.closed import ClosedWorkbook  # noqa: PLC0415 - heavy
    from debiteuren.cli_json import imported_json  # noqa: PLC0415 - as above
    from debiteuren.cli_text import imported_text  # noqa: PLC0415 - as above

    screen = Screen(as_json)
    if columns or meanings:
        from debiteuren.cli_columns import choose  # noqa: PLC0415 - seldom needed

        if not choose(screen, path, files, meanings, only=columns, trial=trial):
            return
    with screen.progress() as progress:
        done = tasks.import_files(
            ClosedWorkbook(path),
            files,
            _moment(as_of),
            despite_gaps=despite_gaps,
            trial=trial,
            progress=progress,
        )
    screen.result(imported_json(done, trial=trial))
    screen.say(*imported_text(done, trial=trial))


@app.command("bijwerken", cls=DutchCommand)
def update(path: Book, *, as_of: AsOf = None, as_json: Json = False, trial: Trial = False) -> None:
    """Koppel betalingen, bepaal statussen en volgende acties, toets regelingen en maak de werklijst."""
    from debiteuren import tasks  # noqa: PLC0415 - heavy
    from debiteuren.book.closed import ClosedWorkbook  # noqa: PLC0415 - heavy
    from debiteuren.cli_json import refreshed_json  # noqa: PLC0415 - as above
    from debiteuren.cli_text import refreshed_text  # noqa: PLC0415 - as above

    screen = Screen(as_json)
    with screen.progress() as progress:
        done = tasks.update(ClosedWorkbook(path), _moment(as_of), trial=trial, progress=progress)
    screen.result(refreshed_json(done, trial=trial))
    screen.say(*refreshed_text(done, trial=trial))


@app.command("herinneringen", cls=DutchCommand)
def remind(
    path: Book,
    *,
    target: Target = DraftPlace.AUTO,
    folder: Folder = None,
    without_bank: Annotated[
        bool,
        typer.Option("--zonder-bank", help="Maak concepten ook als niet bekend is wie er betaald heeft."),
    ] = False,
    test: ToMyself = False,
    as_of: AsOf = None,
    as_json: Json = False,
    trial: Trial = False,
) -> None:
    """Maak een concept voor ieder die een herinnering moet krijgen. Er wordt niets verstuurd."""
    from debiteuren import reminding  # noqa: PLC0415 - heavy
    from debiteuren.book.closed import ClosedWorkbook  # noqa: PLC0415 - heavy
    from debiteuren.cli_json import reminded_json  # noqa: PLC0415 - as above
    from debiteuren.cli_text import reminded_text  # noqa: PLC0415 - as above

    screen = Screen(as_json)
    with screen.progress() as progress:
        done = reminding.remind(
            ClosedWorkbook(path),
            _moment(as_of),
            target=target.value,
            folder=folder.absolute() if folder else None,
            without_bank=without_bank,
            trial=trial,
            test=test,
            progress=progress,
        )
    screen.result(reminded_json(done, trial=trial))
    screen.say(*reminded_text(done, trial=trial))


@app.command("lees", cls=DutchCommand)
def read(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="BESTAND...", help="Bankbestanden.", show_default=False, readable=False),
    ],
    *,
    as_of: AsOf = None,  # noqa: ARG001 - every command takes it; a bank file holds its own days
    as_json: Json = False,
    trial: Trial = False,  # noqa: ARG001 - every command takes it; this one never writes
) -> None:
    """Toon wat er in een bankbestand staat; er wordt niets geschreven."""
    from debiteuren.banks import not_opened, read_bank_files  # noqa: PLC0415 - heavy
    from debiteuren.banks.report import as_json as report  # noqa: PLC0415 - as above
    from debiteuren.cli_text import bank_text  # noqa: PLC0415 - as above

    screen = Screen(as_json)
    with screen.progress() as progress:
        found, absent = [], 0
        for file in files:
            progress(f"{file.name} lezen")
            try:
                found += read_bank_files(file, told=partial(progress, f"{file.name} lezen"))
            except SurroundingsError as stop:
                found.append(not_opened(file, stop))
                absent += 1
    screen.result(report(found))
    screen.say(*bank_text(found))
    refused = sum(file.refused for file in found)
    if refused:
        raise typer.Exit(SurroundingsError.exit_code if refused == absent else UserError.exit_code)


@app.command("demo", cls=DutchCommand)
def demo(
    folder: Annotated[
        Path,
        typer.Argument(metavar="MAP", help="Waar het verzonnen bedrijf komt.", show_default=True),
    ] = Path("demo"),
    *,
    as_of: AsOf = None,
    as_json: Json = False,
    trial: Trial = False,
) -> None:
    """De hele dag voor een verzonnen bedrijf: werkmap, bank, koppelen, regelingen en herinneringen."""
    from debiteuren import demo_day  # noqa: PLC0415 - heavy

    screen = Screen(as_json)
    with screen.progress() as progress:
        done = demo_day.run(folder.absolute(), _moment(as_of), trial=trial, progress=progress)
    screen.result(done.as_json())
    screen.say(*done.text())


add_commands(app)
cli_arrange.add_command(app)
cli_undo.add_command(app)
cli_mailbox.add_command(app)
cli_why.add_command(app)
