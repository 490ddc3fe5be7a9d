"""The commands that set up a computer or a workbook: installeer, controle, vernieuw.

Source: docs/handleiding.md, "Opdrachten".
Leaves to others: the work (setup/, book/renewal.py).
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from debiteuren.cli_dutch import DutchCommand
from debiteuren.cli_options import AsOf, Book, Json, Trial
from debiteuren.cli_screen import Screen
from debiteuren.domain.problem import SurroundingsError

if TYPE_CHECKING:
    from rich.table import Table

    from debiteuren.setup.checks import Check
    from debiteuren.setup.install import Installed, TakenBack

_TRIAL = "Proef: er is niets gewijzigd."


def add_commands(app: typer.Typer) -> None:
    """Give the program its commands of setting up."""
    for name, command in (("installeer", install), ("controle", check), ("vernieuw", renew)):
        app.command(name, cls=DutchCommand)(command)


def install(
    *,
    remove: Annotated[
        bool, typer.Option("--verwijder", help="Neem terug wat installeer heeft gemaakt.")
    ] = False,
    as_of: AsOf = None,  # noqa: ARG001 - every command takes it; a computer has no such day
    as_json: Json = False,
    trial: Trial = False,
) -> None:
    """Laat Excel dit programma vinden: voor u alleen, zonder beheerder, en zo vaak u wilt."""
    from debiteuren.setup import install as setup  # noqa: PLC0415 - heavy
    from debiteuren.setup.computer import this_computer  # noqa: PLC0415 - as above

    screen, computer = Screen(as_json), this_computer()
    if remove:
        back = setup.take_back(computer, trial=trial)
        screen.say(*_taken_back_text(back, trial=trial))
        screen.result({"verwijderd": back.gone, "gebleven": back.left, "proef": trial})
        return
    done = setup.install(computer, trial=trial)
    screen.say(*_installed_text(done, trial=trial))
    screen.result(
        {
            "van_toepassing": done.applies,
            "gemaakt": done.made,
            "stond_er_al": done.there,
            "weten": done.advice,
            "proef": trial,
        }
    )


def check(
    path: Annotated[
        Path | None, typer.Argument(metavar="[BOEK.xlsm]", help="Uw Debiteuren-werkmap.", show_default=False)
    ] = None,
    *,
    as_of: AsOf = None,  # noqa: ARG001 - as above
    as_json: Json = False,
    trial: Trial = False,
) -> None:
    """Zeg wat er klaarstaat, wat er ontbreekt en hoe u dat oplost. Er wordt niets gewijzigd."""
    from debiteuren.setup.book_checks import check_book  # noqa: PLC0415 - heavy
    from debiteuren.setup.checks import State, check_computer  # noqa: PLC0415 - as above
    from debiteuren.setup.computer import this_computer  # noqa: PLC0415 - as above

    screen, computer = Screen(as_json), this_computer()
    checks = [*check_computer(computer), *(check_book(computer, path, trial=trial) if path else ())]
    missing = sum(found.state is State.MISSING for found in checks)
    screen.say(_table(checks), _conclusion(missing))
    screen.result(
        {
            "in_orde": not missing,
            "controles": [
                {"wat": each.what, "stand": each.state.value, "gevonden": each.found, "doen": each.remedy}
                for each in checks
            ],
        }
    )
    if missing:
        raise typer.Exit(SurroundingsError.exit_code)


def renew(
    path: Book,
    *,
    as_of: AsOf = None,  # noqa: ARG001 - as above
    as_json: Json = False,
    trial: Trial = False,
) -> None:
    """Breng bladen, macro's en lint van een oudere werkmap bij. Aan uw gegevens verandert niets."""
    from debiteuren.book import renewal  # noqa: PLC0415 - heavy

    screen = Screen(as_json)
    path = path.absolute()
    changes = renewal.renew(path, trial=trial)
    screen.say(*_renewed_text(path, changes, trial=trial))
    screen.result({"werkmap": str(path), "vernieuwd": changes, "proef": trial})


def _installed_text(done: "Installed", *, trial: bool) -> Iterator[str]:
    if not done.applies:
        yield (
            "Op dit systeem is er geen Excel, dus valt er niets te installeren. De opdrachten werken wel: "
            "begin met debiteuren nieuw Debiteuren.xlsm. De knoppen in de werkmap hebben Excel op Windows of "
            "een Mac nodig."
        )
        return
    if not done.made:
        yield "Alles stond er al."
    for what in done.made:
        yield f"{'Zou maken' if trial else 'Klaar'}: {what}"
    for what in done.there:
        yield f"Stond er al: {what}"
    yield from done.advice
    yield _TRIAL if trial else "Kijk of alles werkt met: debiteuren controle"


def _taken_back_text(back: "TakenBack", *, trial: bool) -> Iterator[str]:
    if not back.gone and not back.left:
        yield "Er was niets om terug te nemen."
    for what in back.gone:
        yield f"{'Zou verwijderen' if trial else 'Verwijderd'}: {what}"
    for what in back.left:
        yield f"Blijft staan, want het is sindsdien gewijzigd of in gebruik: {what}"
    if trial:
        yield _TRIAL


def _table(checks: Sequence["Check"]) -> "Table":
    from rich.table import Table  # noqa: PLC0415 - only when there is something to show

    table = Table(box=None, pad_edge=False, show_header=True)
    for heading in ("Wat", "Stand", "Gevonden", "Wat te doen"):
        table.add_column(heading, overflow="fold")
    for found in checks:
        table.add_row(found.what, found.state.value, found.found, found.remedy)
    return table


def _conclusion(missing: int) -> str:
    if not missing:
        return "Alles wat nodig is, is er."
    return "1 punt ontbreekt." if missing == 1 else f"{missing} punten ontbreken."


def _renewed_text(path: Path, changes: Sequence[str], *, trial: bool) -> Iterator[str]:
    if not changes:
        yield f"{path.name} is al van deze versie; er is niets gewijzigd."
        return
    yield f"{'Zou vernieuwen' if trial else 'Vernieuwd'}: {'; '.join(changes)}."
    yield _TRIAL if trial else "De werkmap van daarvoor staat in de map Reservekopieën."
