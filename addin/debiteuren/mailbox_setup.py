"""Setting up a mailbox for drafts: tried first, then the secret kept and the cells of Instellingen filled.

Source: docs/regels.md, "Concepten".
Leaves to others: asking (cli_mailbox.py), talking to the mailbox (mail/drafts).
"""

from collections.abc import Callable
from dataclasses import dataclass

from debiteuren.book.workbook import Changes, Contents, Workbook
from debiteuren.domain.problem import NOTHING_CHANGED, SurroundingsError, UserError
from debiteuren.mail.drafts import secrets
from debiteuren.mail.drafts.graph_login import GraphLogin, secret_name
from debiteuren.mail.drafts.imap_account import account_of
from debiteuren.mail.drafts.mailbox import LostConnectionError, Mailbox
from debiteuren.one_run import only_run
from debiteuren.tasks import load

_CELLS = {"server": "PostvakServer", "user": "PostvakGebruiker", "app": "PostvakApp"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What stands, or will stand, on Instellingen about the mailbox. `email`: our own address."""

    user: str = ""
    server: str = ""
    app: str = ""
    email: str = ""


def read(book: Workbook) -> Setup:
    """What the workbook says.

    Raises:
        UserError: it has faults.
        SurroundingsError: it can't be read.
    """
    settings = load(book)[1].ledger.settings
    return Setup(
        user=settings.mailbox_user,
        server=settings.mailbox_server,
        app=settings.graph_app,
        email=settings.company.email,
    )


def enter(book: Workbook, setup: Setup, password: Callable[[], str], *, trial: bool = False) -> str:
    """Try an IMAP mailbox, then keep its password and fill the cells; the mailbox's name comes back.

    Raises:
        SurroundingsError: it can't be entered, or there is no keyring.
        UserError: the workbook is older than these cells.
    """
    from debiteuren.mail.drafts.imap import ImapMailbox  # noqa: PLC0415 - heavy

    account = account_of(setup.server, setup.user)
    secrets.stored(account.secret)  # whether there is a keyring, before anything is asked
    word = password()
    mailbox = ImapMailbox(account, lambda: word)
    _try(mailbox)
    if not trial:
        secrets.store(account.secret, word)
        _fill(book, setup)
    return mailbox.title


def log_in(book: Workbook, setup: Setup, show: Callable[[str], None], *, trial: bool = False) -> str:
    """Log in at Microsoft 365 and try the mailbox; then fill the cells. The mailbox's name comes back.

    Raises:
        SurroundingsError: it was refused, or there is no keyring.
        UserError: the workbook is older than these cells.
    """
    from debiteuren.mail.drafts.graph import GraphMailbox  # noqa: PLC0415 - heavy

    login = GraphLogin(setup.app, setup.user)
    try:
        who = login.log_in(show)
    except LostConnectionError as fault:
        raise SurroundingsError(f"{NOTHING_CHANGED}{fault}.") from fault
    user = setup.user or who
    mailbox = GraphMailbox(user, GraphLogin(setup.app, user).token)
    _try(mailbox)
    if not trial:
        _fill(book, Setup(user=user, app=setup.app))
    return mailbox.title


def forget(setup: Setup, *, trial: bool = False) -> list[str]:
    """Forget the password and the login of this mailbox on this computer; what was there comes back."""
    names = []
    if setup.server and setup.user:
        names.append(account_of(setup.server, setup.user).secret)
    if setup.app:
        names.append(secret_name(setup.app, setup.user))
    known = [name for name in names if secrets.stored(name)]
    for name in known if not trial else ():
        secrets.forget(name)
    return known


def _try(mailbox: Mailbox) -> None:
    try:
        mailbox.check([])
    except LostConnectionError as fault:
        raise SurroundingsError(f"{NOTHING_CHANGED}{mailbox.title} antwoordt niet: {fault}.") from fault
    finally:
        mailbox.close()


def _fill(book: Workbook, setup: Setup) -> None:
    """Write what is no secret into the cells, where it is not there already."""
    with only_run(book.path):
        contents = book.read()
        wanted = {name: getattr(setup, part) for part, name in _CELLS.items() if getattr(setup, part)}
        _refuse_older(contents, book.path.name)
        changed = {name: [[text]] for name, text in wanted.items() if contents.names.get(name) != text}
        if changed:
            book.write(Changes(blocks=dict(changed), run="postvak"))


def _refuse_older(contents: Contents, name: str) -> None:
    if not all(cell in contents.names for cell in _CELLS.values()):
        raise UserError(
            f"{NOTHING_CHANGED}{name} is van een oudere versie, zonder plaats voor uw postvak op "
            f"Instellingen. Typ eerst: debiteuren vernieuw {name}"
        )
