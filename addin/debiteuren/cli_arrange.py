"""The command that records an arrangement: regeling.

Source: docs/handleiding.md, "Opdrachten"; docs/boekhouder.md, "Voor andere programma's".
Leaves to others: the work (arranging.py), what may be agreed (jobs/arrange.py), the catch-all (cli.py).
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from debiteuren.cli_dutch import DutchCommand
from debiteuren.cli_options import AsOf, Book, Folder, Json, Target, Trial
from debiteuren.cli_screen import Screen
from debiteuren.domain.debtor import Channel
from debiteuren.domain.money import CENT, ZERO, parse_amount
from debiteuren.domain.problem import NOTHING_CHANGED, UserError
from debiteuren.domain.settings import DraftPlace

if TYPE_CHECKING:
    from debiteuren.rules.schedule import Rhythm

Value = TypeVar("Value")

_POINT = re.compile(r"\d+(?:\.\d\d)?", re.ASCII)
_UNITS = frozenset({"dag", "dagen", "week", "weken", "maand", "maanden"})


def add_command(app: typer.Typer) -> None:
    """Give the program its command of arranging."""
    app.command("regeling", cls=DutchCommand)(arrange)


def _day(text: str) -> date:
    """A day as JJJJ-MM-DD or DD-MM-JJJJ; the refusal names one that would do."""
    for found in (re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text), re.fullmatch(r"(\d\d)-(\d\d)-(\d{4})", text)):
        if found:
            parts = [int(part) for part in found.groups()]
            try:
                return date(*(parts if parts[0] > 31 else reversed(parts)))  # noqa: PLR2004 - no day is above
            except ValueError:
                raise typer.BadParameter(f'"{text}" bestaat niet; {_an_example()}') from None
    raise typer.BadParameter(f'"{text}" is geen dag; {_an_example()}')


def _an_example() -> str:
    from debiteuren.domain.days import spoken  # noqa: PLC0415 - only for who typed no day
    from debiteuren.rules.schedule import example_day  # noqa: PLC0415 - as above

    day = example_day(datetime.now().date())  # noqa: DTZ005 - the user's own clock
    return f"noem een dag, bijvoorbeeld {spoken(day)}: {day.isoformat()}"


def _amount(text: str) -> Decimal:
    try:
        bare = text.strip()
        return Decimal(bare).quantize(CENT) if _POINT.fullmatch(bare) else parse_amount(bare)
    except (ValueError, ArithmeticError):
        raise typer.BadParameter(
            f'"{text}" is geen bedrag; noem het op de cent, bijvoorbeeld 125,00'
        ) from None


def _list(text: str | None, read: Callable[[str], Value]) -> tuple[Value, ...]:
    return tuple(read(part.strip()) for part in (text or "").split(";") if part.strip())


def arrange(
    path: Book,
    unit: Annotated[str, typer.Argument(hidden=True, metavar="", show_default=False)] = "",
    *,
    debtor: Annotated[
        str, typer.Option("--debiteur", metavar="NR", help="Met wie.", show_default=False)
    ] = "",
    invoices: Annotated[
        str,
        typer.Option(
            "--facturen",
            metavar="NR;NR",
            help="Waarover; standaard alles wat te laat is.",
            show_default=False,
        ),
    ] = "",
    count: Annotated[
        int | None, typer.Option("--termijnen", metavar="N", help="Hoeveel termijnen.", show_default=False)
    ] = None,
    first: Annotated[
        date | None,
        typer.Option(
            "--eerste", metavar="JJJJ-MM-DD", parser=_day, help="De eerste dag.", show_default=False
        ),
    ] = None,
    every: Annotated[str, typer.Option("--elke", metavar="maand|week|N dagen", help="Hoe vaak.")] = "maand",
    terms: Annotated[
        str,
        typer.Option(
            "--voorwaarden", metavar="TEKST", help="Standaard die van Instellingen.", show_default=False
        ),
    ] = "",
    consequence: Annotated[
        str,
        typer.Option("--gevolg", metavar="TEKST", help="Standaard dat van Instellingen.", show_default=False),
    ] = "",
    principal: Annotated[
        Decimal | None,
        typer.Option(
            "--bedrag",
            metavar="EURO",
            parser=_amount,
            help="Wat van de facturen wordt afgesproken; standaard alles wat openstaat.",
            show_default=False,
        ),
    ] = None,
    costs: Annotated[
        Decimal | None,
        typer.Option(
            "--kosten", metavar="EURO", parser=_amount, help="Afgesproken kosten erbij.", show_default=False
        ),
    ] = None,
    interest: Annotated[
        Decimal | None,
        typer.Option(
            "--rente", metavar="EURO", parser=_amount, help="Afgesproken rente erbij.", show_default=False
        ),
    ] = None,
    days: Annotated[
        str | None,
        typer.Option(
            "--dagen", metavar="DAG;DAG", help="Eigen dagen in plaats van een ritme.", show_default=False
        ),
    ] = None,
    amounts: Annotated[
        str | None,
        typer.Option(
            "--bedragen", metavar="EURO;EURO", help="Eigen bedragen per termijn.", show_default=False
        ),
    ] = None,
    part_now: Annotated[
        Decimal | None,
        typer.Option(
            "--nu", metavar="EURO", parser=_amount, help="Dit deel nu, de rest op --rest.", show_default=False
        ),
    ] = None,
    rest_on: Annotated[
        date | None,
        typer.Option(
            "--rest", metavar="JJJJ-MM-DD", parser=_day, help="De dag van de rest.", show_default=False
        ),
    ] = None,
    agreed_with: Annotated[
        str, typer.Option("--met", metavar="NAAM", help="Met wie u sprak.", show_default=False)
    ] = "",
    channel: Annotated[
        Channel | None,
        typer.Option(
            "--kanaal",
            help="Hoe het is afgesproken; bij Telefoon komt het gesprek op Contact.",
            case_sensitive=False,
            show_default=False,
        ),
    ] = None,
    replaces: Annotated[
        str,
        typer.Option(
            "--vervangt",
            metavar="REGELING",
            help="Dit is de nieuwe versie van die regeling.",
            show_default=False,
        ),
    ] = "",
    despite: Annotated[
        bool,
        typer.Option("--toch", help="Ook in het weekend of op een feestdag, en ook langer dan een jaar."),
    ] = False,
    no_confirmation: Annotated[
        bool,
        typer.Option("--zonder-bevestiging", help="Zet geen bevestiging klaar."),
    ] = False,
    target: Target = DraftPlace.AUTO,
    folder: Folder = None,
    as_of: AsOf = None,
    as_json: Json = False,
    trial: Trial = False,
) -> None:
    """Leg een betalingsregeling of toezegging vast: exacte dagen, exacte bedragen."""
    from debiteuren import arranging, tasks  # noqa: PLC0415 - heavy
    from debiteuren.book.closed import ClosedWorkbook  # noqa: PLC0415 - as above
    from debiteuren.cli_arranged import arranged_json, arranged_text  # noqa: PLC0415 - as above
    from debiteuren.jobs.arrange_wish import Wish  # noqa: PLC0415 - as above

    wish = Wish(
        debtor=debtor,
        invoices=tuple(dict.fromkeys(_list(invoices.replace(",", ";"), str))),
        count=count,
        first=first,
        every=_rhythm(every, unit),
        days=_list(days, _day),
        amounts=_list(amounts, _amount),
        principal=principal,
        part_now=part_now,
        rest_on=rest_on,
        costs=costs or ZERO,
        interest=interest or ZERO,
        terms=terms,
        consequence=consequence,
        agreed_with=agreed_with,
        channel=channel.value if channel else "",
        replaces=replaces,
        despite=despite,
    )
    moment = tasks.Moment(now=datetime.now(), given=as_of)  # noqa: DTZ005 - the user's own clock
    screen = Screen(as_json)
    with screen.progress() as progress:
        done = arranging.arrange(
            ClosedWorkbook(path),
            wish,
            moment,
            wanted=arranging.Wanted(
                confirm=not no_confirmation,
                target=target.value,
                folder=folder.absolute() if folder else None,
            ),
            trial=trial,
            progress=progress,
        )
    screen.result(arranged_json(done, trial=trial))
    screen.say(*arranged_text(done, trial=trial))


def _rhythm(text: str, unit: str) -> "Rhythm":
    """`--elke 14 dagen` without quotes gives the word behind the number as a word of its own."""
    from debiteuren.rules.schedule import rhythm  # noqa: PLC0415 - needs the calendar

    if unit and (unit.casefold() not in _UNITS or not text.strip().isdigit()):
        raise UserError(
            f"{NOTHING_CHANGED}te veel opgegeven: {unit}. Zet tekst met spaties tussen aanhalingstekens."
        )
    try:
        return rhythm(f"{text} {unit}")
    except ValueError:
        raise UserError(
            f'{NOTHING_CHANGED}bij --elke kan "{text}" niet; '
            'kies maand, week, of een aantal dagen zoals "14 dagen".'
        ) from None
