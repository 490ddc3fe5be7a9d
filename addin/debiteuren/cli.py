"""The command line: the same jobs as the buttons, on a closed file.

Source: contract, section 3 (commands, --json, exit codes). Holds the clock and a catch-all, as buttons.py.
Leaves to others: the jobs (tasks.py), what is printed (cli_text.py, cli_json.py).
Heavy modules are imported by the command that needs them: `debiteuren --help` must not wait for them.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click
import typer
from typer import rich_utils

from debiteuren import __version__, logbook
from debiteuren.domain.problem import StopError, UserError

if TYPE_CHECKING:
    from debiteuren import tasks

OUR_FAULT = 1
USAGE = 2

rich_utils.ARGUMENTS_PANEL_TITLE = "Wat u opgeeft"
rich_utils.OPTIONS_PANEL_TITLE = "Opties"
rich_utils.COMMANDS_PANEL_TITLE = "Opdrachten"

app = typer.Typer(
    name="debiteuren",
    help="Betaald krijgen zonder klanten te verliezen: facturen, bank, regelingen en herinneringen.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


class DraftTarget(StrEnum):
    """Where drafts go; a new target is one line here and one file in mail/drafts."""

    AUTO = "auto"
    EML = "eml"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f'"{text}" is geen dag; schrijf JJJJ-MM-DD, bijvoorbeeld 2026-11-21'
        ) from None


Book = Annotated[Path, typer.Argument(metavar="BOEK.xlsm", help="Uw Debiteuren-werkmap.", show_default=False)]
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


@dataclass(frozen=True, slots=True)
class Screen:
    """Where words go: people's text on stdout, or on stderr when --json has stdout for itself."""

    as_json: bool

    def say(self, *renderables: object) -> None:
        """Text or tables for people."""
        from rich.console import Console  # noqa: PLC0415 - only when there is something to show

        console = Console(stderr=self.as_json, highlight=False)
        for renderable in renderables:
            console.print(renderable, markup=False) if isinstance(renderable, str) else console.print(
                renderable
            )

    def result(self, value: Mapping[str, object]) -> None:
        """The one JSON object of --json."""
        if self.as_json:
            json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
            sys.stdout.write("\n")

    @contextmanager
    def progress(self) -> Iterator[Callable[[str], None]]:
        """What is being done, on a terminal only."""
        from rich.console import Console  # noqa: PLC0415 - as above

        console = Console(stderr=True)
        if not console.is_terminal:
            yield lambda _: None
            return
        with console.status("Bezig …") as status:
            yield lambda what: status.update(f"{what} …")


def main() -> None:
    """The console command: every way a run can end, with its exit code and a Dutch sentence."""
    as_json = "--json" in sys.argv
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = app(standalone_mode=False)
    except StopError as stop:
        code = _stopped(stop, as_json=as_json)
    except click.exceptions.Abort:
        _complain("Afgebroken. Er is niets gewijzigd.")
        code = USAGE
    except click.UsageError as error:
        code = _stopped(UserError(_usage(error)), as_json=as_json)
    except KeyboardInterrupt:
        _complain("Afgebroken. Een wijziging gaat helemaal of niet door; de werkmap is heel.")
        code = OUR_FAULT
    except Exception as error:  # noqa: BLE001 - the catch-all: a user never sees a traceback
        sentence = logbook.report(error, datetime.now())  # noqa: DTZ005 - the user's own clock
        _complain(sentence)
        if as_json:
            Screen(as_json).result({"fout": sentence, "problemen": []})
        code = OUR_FAULT
    sys.exit(code if isinstance(code, int) else 0)


def _complain(text: str) -> None:
    sys.stderr.write(text + "\n")


def _stopped(stop: StopError, *, as_json: bool) -> int:
    from debiteuren.cli_json import problems_json  # noqa: PLC0415 - only when something is wrong
    from debiteuren.cli_text import stop_text  # noqa: PLC0415 - as above

    _complain(stop_text(stop))
    Screen(as_json).result({"fout": stop.title, "problemen": problems_json(stop.problems)})
    return stop.exit_code


def _usage(error: click.UsageError) -> str:
    """What click found wrong with the command, in Dutch."""
    command = error.ctx.command_path if error.ctx else "debiteuren"
    match error:
        case click.NoSuchOption():
            what = f"de optie {error.option_name} bestaat niet"
        case click.MissingParameter():
            name = error.param.make_metavar(error.ctx) if error.param and error.ctx else "een gegeven"
            what = f"{name} ontbreekt"
        case click.BadParameter():
            what = error.message
        case _:
            what = f"dit begrijp ik niet ({error.format_message()})"
    return f"Niets gewijzigd: {what}. Zie: {command} --help"


def _moment(as_of: date | None) -> "tasks.Moment":
    from debiteuren import tasks  # noqa: PLC0415 - heavy

    return tasks.Moment(now=datetime.now(), given=as_of)  # noqa: DTZ005 - the user's own clock


def _version(value: bool) -> None:  # noqa: FBT001 - typer's callback
    if value:
        sys.stdout.write(f"debiteuren {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool,
        typer.Option("--versie", callback=_version, is_eager=True, help="Toon het versienummer."),
    ] = False,
) -> None:
    """Betaald krijgen zonder klanten te verliezen."""


@app.command("nieuw")
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


@app.command("importeer")
def import_(
    path: Book,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="BESTAND...",
            help="Bankbestanden, of lijsten met facturen of klanten.",
            show_default=False,
        ),
    ],
    *,
    despite_gaps: Annotated[
        bool, typer.Option("--toch", help="Lees ook een afschrift in waarvan het saldo niet klopt.")
    ] = False,
    as_of: AsOf = None,
    as_json: Json = False,
    trial: Trial = False,
) -> None:
    """Lees bankbestanden in, en lijsten van facturen of klanten; werkt daarna alles bij."""
    from debiteuren import tasks  # noqa: PLC0415 - heavy
    from debiteuren.book.closed import ClosedWorkbook  # noqa: PLC0415 - heavy
    from debiteuren.cli_json import imported_json  # noqa: PLC0415
    from debiteuren.cli_text import imported_text  # noqa: PLC0415

    screen = Screen(as_json)
    with screen.progress() as progress:
        done = tasks.import_files(
            ClosedWorkbook(path),
            files,
            _moment(as_of),
            despite_gaps=despite_gaps,
            trial=trial,
            progress=progress,
        )
    screen.say(*imported_text(done, trial=trial))
    screen.result(imported_json(done, trial=trial))


@app.command("bijwerken")
def update(path: Book, *, as_of: AsOf = None, as_json: Json = False, trial: Trial = False) -> None:
    """Koppel betalingen, bepaal statussen en volgende acties, toets regelingen en maak de werklijst."""
    from debiteuren import tasks  # noqa: PLC0415 - heavy
    from debiteuren.book.closed import ClosedWorkbook  # noqa: PLC0415 - heavy
    from debiteuren.cli_json import refreshed_json  # noqa: PLC0415
    from debiteuren.cli_text import refreshed_text  # noqa: PLC0415

    screen = Screen(as_json)
    with screen.progress() as progress:
        done = tasks.update(ClosedWorkbook(path), _moment(as_of), trial=trial, progress=progress)
    screen.say(*refreshed_text(done, trial=trial))
    screen.result(refreshed_json(done, trial=trial))


@app.command("herinneringen")
def remind(
    path: Book,
    *,
    target: Annotated[
        DraftTarget, typer.Option("--naar", help="Waar de concepten komen; auto kiest en zegt waarom.")
    ] = DraftTarget.AUTO,
    folder: Annotated[
        Path | None,
        typer.Option("--map", metavar="MAP", help="Map voor de concepten.", show_default=False),
    ] = None,
    without_bank: Annotated[
        bool,
        typer.Option("--zonder-bank", help="Maak concepten ook als niet bekend is wie er betaald heeft."),
    ] = False,
    as_of: AsOf = None,
    as_json: Json = False,
    trial: Trial = False,
) -> None:
    """Maak een concept voor ieder die een herinnering moet krijgen. Er wordt niets verstuurd."""
    from debiteuren import tasks  # noqa: PLC0415 - heavy
    from debiteuren.book.closed import ClosedWorkbook  # noqa: PLC0415 - heavy
    from debiteuren.cli_json import reminded_json  # noqa: PLC0415
    from debiteuren.cli_text import reminded_text  # noqa: PLC0415

    screen = Screen(as_json)
    with screen.progress() as progress:
        done = tasks.remind(
            ClosedWorkbook(path),
            _moment(as_of),
            folder=folder.absolute() if folder else None,
            without_bank=without_bank,
            trial=trial,
            progress=progress,
        )
    screen.say(*reminded_text(done, automatic=target is DraftTarget.AUTO, trial=trial))
    screen.result(reminded_json(done, trial=trial))


@app.command("lees")
def read(
    files: Annotated[
        list[Path], typer.Argument(metavar="BESTAND...", help="Bankbestanden.", show_default=False)
    ],
    *,
    as_json: Json = False,
) -> None:
    """Toon wat er in een bankbestand staat; er wordt niets geschreven."""
    from debiteuren.banks import read_bank_file  # noqa: PLC0415 - heavy
    from debiteuren.banks.report import as_json as report  # noqa: PLC0415
    from debiteuren.cli_text import bank_text  # noqa: PLC0415

    screen = Screen(as_json)
    with screen.progress() as progress:
        found = []
        for file in files:
            progress(f"{file.name} lezen")
            found.append(read_bank_file(file))
    screen.say(*bank_text(found))
    screen.result(report(found))
    if any(file.refused for file in found):
        raise typer.Exit(UserError.exit_code)


@app.command("demo")
def demo(
    folder: Annotated[
        Path,
        typer.Argument(metavar="MAP", help="Waar het verzonnen bedrijf komt.", show_default=True),
    ] = Path("demo"),
    *,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """De hele dag voor een verzonnen bedrijf: werkmap, bank, koppelen, regelingen en herinneringen."""
    from debiteuren import demo_day  # noqa: PLC0415 - heavy

    screen = Screen(as_json)
    with screen.progress() as progress:
        done = demo_day.run(folder.absolute(), _moment(as_of), progress=progress)
    screen.say(*done.text())
    screen.result(done.as_json())
