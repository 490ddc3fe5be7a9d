"""`postvak`: let the program put drafts in the user's own mailbox; asked once, tried at once.

Source: docs/handleiding.md, "Uw postvak instellen". What is no secret goes to Instellingen of the workbook,
the password or the token to the keyring of this computer.
Leaves to others: the mailboxes (mail/drafts), writing the cells (book/).
"""

from collections.abc import Mapping
from typing import Annotated

import typer

from debiteuren.cli_dutch import DutchCommand
from debiteuren.cli_options import AsOf, Book, Json, Trial
from debiteuren.cli_screen import Screen
from debiteuren.domain.problem import NOTHING_CHANGED, SurroundingsError, UserError

_SERVERS = {
    "gmail.com": "imap.gmail.com",
    "hetnet.nl": "imap.kpnmail.nl",
    "home.nl": "imap.ziggo.nl",
    "icloud.com": "imap.mail.me.com",
    "kpnmail.nl": "imap.kpnmail.nl",
    "planet.nl": "imap.kpnmail.nl",
    "xs4all.nl": "imap.xs4all.nl",
    "yahoo.com": "imap.mail.yahoo.com",
    "ziggo.nl": "imap.ziggo.nl",
}
"""Domain of an address → the provider's server; docs/handleiding.md, "Uw postvak instellen"."""


def add_command(app: typer.Typer) -> None:
    """Give the program the command."""
    app.command("postvak", cls=DutchCommand)(mailbox)


def mailbox(
    path: Book,
    *,
    imap: Annotated[
        bool, typer.Option("--imap", help="Een postvak bij uw provider, met server en wachtwoord.")
    ] = False,
    graph: Annotated[
        bool, typer.Option("--graph", help="Een postvak van Microsoft 365 of Outlook.com.")
    ] = False,
    remove: Annotated[
        bool, typer.Option("--verwijder", help="Vergeet wachtwoord en inlog op deze computer.")
    ] = False,
    server: Annotated[str, typer.Option("--server", help="De mailserver, zoals imap.ziggo.nl.")] = "",
    user: Annotated[str, typer.Option("--gebruiker", help="De gebruikersnaam, meestal uw e-mailadres.")] = "",
    app_id: Annotated[str, typer.Option("--app", help="De app-id van Microsoft 365.")] = "",
    as_of: AsOf = None,  # noqa: ARG001 - every command takes it
    as_json: Json = False,
    trial: Trial = False,
) -> None:
    """Stel uw postvak in, zodat concepten daar klaarstaan. Probeert het meteen; er wordt niets verstuurd."""
    from debiteuren import mailbox_setup  # noqa: PLC0415 - heavy
    from debiteuren.book.closed import ClosedWorkbook  # noqa: PLC0415 - as above

    if imap and graph:
        raise UserError(f"{NOTHING_CHANGED}kies --imap of --graph, niet allebei.")
    screen, book = Screen(as_json), ClosedWorkbook(path)
    there = mailbox_setup.read(book)
    user = user or there.user or there.email
    if remove:
        gone = mailbox_setup.forget(there, trial=trial)
        screen.say("Vergeten: " + ", ".join(gone) if gone else "Er was niets om te vergeten.")
        screen.result({"vergeten": gone, "proef": trial})
        return
    if graph:
        setup = mailbox_setup.Setup(user=user, app=app_id or there.app or _ask("App-id van Microsoft 365"))
        who = mailbox_setup.log_in(book, setup, screen.say, trial=trial)
    else:
        user = user or _ask("Gebruikersnaam (meestal uw e-mailadres)")
        server = server or there.server or _ask("Mailserver", default=_server_of(user))
        setup = mailbox_setup.Setup(user=user, server=server)
        who = mailbox_setup.enter(book, setup, _password, trial=trial)
    screen.say(*_told(who, trial=trial))
    screen.result({"postvak": who, "soort": "graph" if graph else "imap", "proef": trial})


def _told(who: str, *, trial: bool) -> tuple[str, ...]:
    if trial:
        return (f"Gelukt: {who} is bereikbaar. Proef: er is niets bewaard.",)
    return (
        f"Gelukt: {who} is bereikbaar en onthouden.",
        "De volgende herinneringen staan daar bij de concepten; u leest ze na en verstuurt ze zelf.",
    )


def _server_of(user: str, servers: Mapping[str, str] = _SERVERS) -> str:
    """The likely server for an address."""
    domain = user.rpartition("@")[2].casefold()
    return servers.get(domain, f"imap.{domain}" if "." in domain else "")


def _ask(what: str, default: str = "") -> str:
    """A line from the user.

    Raises:
        SurroundingsError: nobody is there to answer.
    """
    try:
        return str(typer.prompt(what, default=default or None, err=True)).strip()
    except (typer.Abort, EOFError):
        raise _nobody() from None


def _password() -> str:
    """The password, not shown while it is typed, or a line of the input of a script."""
    try:
        return str(typer.prompt("Wachtwoord (u ziet het niet terwijl u typt)", hide_input=True, err=True))
    except (typer.Abort, EOFError):
        raise _nobody() from None


def _nobody() -> SurroundingsError:
    return SurroundingsError(
        f"{NOTHING_CHANGED}er is een antwoord nodig. Typ de opdracht zelf, in een venster waarin u kunt "
        "typen."
    )
