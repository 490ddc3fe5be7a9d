"""Which way the drafts go: chosen before the first one, never changed half-way, always with its reason.

Source: docs/regels.md, "Concepten". On Windows classic Outlook when it answers, then Microsoft 365, then an
IMAP mailbox, then files; elsewhere the same without Outlook.
Leaves to others: the mailboxes themselves, telling the user (cli, buttons).
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from debiteuren.domain.problem import NOTHING_CHANGED, SurroundingsError
from debiteuren.domain.settings import DraftPlace, Settings
from debiteuren.mail.drafts import secrets
from debiteuren.mail.drafts.imap_account import account_of
from debiteuren.mail.drafts.mailbox import Mailbox

WINDOWS = "win32"
HOW = "typ: debiteuren postvak BOEK.xlsm"


def _probe() -> str:
    from debiteuren.mail.drafts.outlook_probe import answers  # noqa: PLC0415 - starts another process

    return answers()


def _stored(name: str) -> str:
    return secrets.stored(name)


@dataclass(frozen=True, slots=True)
class Around:
    """What the choice depends on: the system, whether Outlook answers ('' or why not), the secrets."""

    system: str = sys.platform
    outlook: Callable[[], str] = field(default=_probe)
    secret: Callable[[str], str] = field(default=_stored)


@dataclass(frozen=True, slots=True)
class Choice:
    """Where the drafts go and why, in words that follow "want"."""

    place: DraftPlace
    reason: str


def choose(asked: str, settings: Settings, around: Around) -> Choice:
    """The place asked for, or on Instellingen, or the best there is.

    `asked`: the word of `--naar`; auto leaves it to Instellingen.

    Raises:
        SurroundingsError: a place was asked for by name and is not set up.
    """
    wanted = DraftPlace(asked)
    why = "daar vroeg u om"
    if wanted is DraftPlace.AUTO:
        wanted, why = DraftPlace(settings.draft_target), "zo staat het op Instellingen, bij Concepten in"
    if wanted is DraftPlace.AUTO:
        return _best(settings, around)
    lacking = _lacking(wanted, settings, around)
    if lacking:
        raise SurroundingsError(f"{NOTHING_CHANGED}{lacking}.")
    return Choice(wanted, why)


def mailbox_of(place: DraftPlace, settings: Settings, around: Around) -> Mailbox | None:
    """The mailbox that drafts in this place go to; None for files.

    Raises:
        SurroundingsError: it is not set up (any more).
    """
    if place in {DraftPlace.AUTO, DraftPlace.EML}:
        return None
    lacking = _lacking(place, settings, around)
    if lacking:
        raise SurroundingsError(f"{NOTHING_CHANGED}{lacking}.")
    if place is DraftPlace.OUTLOOK:
        from debiteuren.mail.drafts.outlook import OutlookMailbox  # noqa: PLC0415 - of Windows only

        return OutlookMailbox(settings.company.email)
    if place is DraftPlace.GRAPH:
        from debiteuren.mail.drafts.graph import GraphMailbox  # noqa: PLC0415 - heavy
        from debiteuren.mail.drafts.graph_login import GraphLogin  # noqa: PLC0415 - heavy

        return GraphMailbox(
            settings.mailbox_user, GraphLogin(settings.graph_app, settings.mailbox_user).token
        )
    from debiteuren.mail.drafts.imap import ImapMailbox  # noqa: PLC0415 - heavy

    account = account_of(settings.mailbox_server, settings.mailbox_user)
    return ImapMailbox(account, lambda: around.secret(account.secret))


def _best(settings: Settings, around: Around) -> Choice:
    refused = ""
    if around.system == WINDOWS:
        refused = around.outlook()
        if not refused:
            return Choice(DraftPlace.OUTLOOK, "klassiek Outlook staat op deze computer en antwoordt")
    if settings.graph_app:
        lacking = _lacking(DraftPlace.GRAPH, settings, around)
        if not lacking:
            return Choice(DraftPlace.GRAPH, "op Instellingen staat een postvak van Microsoft 365")
        refused = lacking
    if settings.mailbox_server:
        lacking = _lacking(DraftPlace.IMAP, settings, around)
        if not lacking:
            return Choice(DraftPlace.IMAP, f"op Instellingen staat het postvak {settings.mailbox_user}")
        refused = lacking
    return Choice(DraftPlace.EML, refused or "er is geen postvak ingesteld")


def _lacking(place: DraftPlace, settings: Settings, around: Around) -> str:
    """What must be done before drafts can go there; '' when nothing."""
    if place is DraftPlace.OUTLOOK:
        if around.system != WINDOWS:
            return "klassiek Outlook bestaat alleen op Windows. Kies --naar imap, --naar graph of --naar eml"
        return around.outlook()
    if place is DraftPlace.GRAPH:
        return _lacking_graph(settings, around)
    if place is DraftPlace.IMAP:
        return _lacking_imap(settings, around)
    return ""


def _lacking_imap(settings: Settings, around: Around) -> str:
    if not settings.mailbox_server:
        return f"er is nog geen IMAP-postvak ingesteld. Om het in te stellen, {HOW} --imap"
    try:
        account = account_of(settings.mailbox_server, settings.mailbox_user)
        known = around.secret(account.secret)
    except SurroundingsError as stop:
        return stop.title.removeprefix(NOTHING_CHANGED).rstrip(".")
    if known:
        return ""
    return f"het wachtwoord van {account.user} is op deze computer nog niet opgegeven; {HOW} --imap"


def _lacking_graph(settings: Settings, around: Around) -> str:
    from debiteuren.mail.drafts.graph_login import secret_name  # noqa: PLC0415 - only when asked

    if not settings.graph_app:
        return f"er is nog geen postvak van Microsoft 365 ingesteld. Om het in te stellen, {HOW} --graph"
    try:
        known = around.secret(secret_name(settings.graph_app, settings.mailbox_user))
    except SurroundingsError as stop:
        return stop.title.removeprefix(NOTHING_CHANGED).rstrip(".")
    return "" if known else f"bij Microsoft 365 is op deze computer nog niet ingelogd; {HOW} --graph"
