"""Drafts in classic Outlook on Windows, through its object model (COM).

Answers: how a draft is made there with its signature kept, found again by its key, and taken out.
Source: Microsoft, "Outlook object model" (MailItem, Attachments, UserProperties); docs/eerste-keer-excel.md.
What was learned: save before attaching, or attachments get lost; touch GetInspector, or the signature is not
there; read back the account and the letter, for Outlook can ignore the one and lose the other.
Leaves to others: whether Outlook answers at all (outlook_probe.py), when and what (outbox.py).
"""

import re
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from debiteuren.domain.problem import NOTHING_CHANGED, SurroundingsError
from debiteuren.domain.seen_draft import Found, Spot
from debiteuren.domain.settings import DraftPlace
from debiteuren.mail.drafts.mail_parts import Parts, parts_of
from debiteuren.mail.drafts.mailbox import LostConnectionError, Told, Waiting

KEY_FIELD, CATEGORY = "DebiteurenSleutel", "Debiteuren"
HALF = "half "
"""Stands before the key until a draft is whole; what a run that died left half is removed."""

_MAIL_ITEM, _TEXT = 0, 1
_FOLDERS = {Spot.TRASH: 3, Spot.DRAFTS: 16, Spot.SENT: 5}
"""In the order that what is found later counts more."""
_FIELD = f"http://schemas.microsoft.com/mapi/string/{{00020329-0000-0000-C000-000000000046}}/{KEY_FIELD}"
_CONTENT_ID = "http://schemas.microsoft.com/mapi/proptag/0x3712001F"
_SENDING_ACCOUNT = 64209
_PUT_REFERENCE = 8
_GONE = frozenset({-2147023174, -2147023170, -2147417848, -2147417846, -2147418111, -2147220995})
"""Faults of a connection to Outlook that broke, or of an Outlook that is busy."""
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_BODY_END = re.compile(r"</body\s*>", re.IGNORECASE)
_FIGURES = re.compile(r"\d[\d.,-]{3,}\d")

Connect = Callable[[], tuple[Any, type[Exception]]]


def connect() -> tuple[Any, type[Exception]]:
    """The running Outlook, or a new one; and the class of its faults."""
    import pythoncom  # type: ignore[import-not-found,import-untyped,unused-ignore]  # noqa: PLC0415 - Windows
    import win32com.client  # type: ignore[import-not-found,import-untyped,unused-ignore]  # noqa: PLC0415 - Windows

    return win32com.client.Dispatch("Outlook.Application"), pythoncom.com_error


class OutlookMailbox:
    """The mailbox of this user's Outlook. `address`: our own address, whose account the drafts get."""

    word = DraftPlace.OUTLOOK

    def __init__(self, address: str, *, connect: Connect = connect) -> None:
        self._own_address = address.strip()
        self._connect = connect
        self._application: Any = None
        self._fault: type[Exception] = OSError

    @property
    def title(self) -> str:
        """The mailbox in a sentence."""
        return "Outlook"

    def check(self, sizes: Sequence[int]) -> None:  # noqa: ARG002 - Outlook says of no size beforehand
        """Whether Outlook is there, with a folder for drafts.

        Raises:
            SurroundingsError: it is not, or refuses.
        """
        with self._session() as session:
            session.GetDefaultFolder(_FOLDERS[Spot.DRAFTS])

    def look(self, keys: Collection[str], since: date) -> dict[str, Found]:  # noqa: ARG002 - found by key
        """Which of these keys are there; drafts of a run that died half-way are not."""
        found: dict[str, Found] = {}
        with self._session() as session:
            for spot in _FOLDERS:
                for key in keys:
                    for item in _items(session, spot, key):
                        sent = _moment(item.SentOn) if spot is Spot.SENT else None
                        found[key] = Found(spot, str(item.EntryID), sent)
        return found

    def place(self, waiting: Sequence[Waiting], told: Told) -> None:
        """Make them one by one.

        Raises:
            SurroundingsError: Outlook refuses one, or does not keep its letter.
        """
        with self._session() as session, tempfile.TemporaryDirectory() as folder:
            account = self._account(session)
            for number, each in enumerate(waiting):
                for item in [*_items(session, Spot.DRAFTS, HALF + each.key)]:
                    item.Delete()
                own = Path(folder) / str(number)
                own.mkdir()
                self._make(each, parts_of(each.content), account, own, told)

    def withdraw(self, keys: Collection[str]) -> frozenset[str]:
        """Move these from the drafts to the deleted items."""
        gone = set()
        with self._session() as session:
            for key in keys:
                for item in [*_items(session, Spot.DRAFTS, key)]:
                    item.Delete()
                    gone.add(key)
        return frozenset(gone)

    def close(self) -> None:
        """Let go of Outlook, which stays open."""
        self._application = None

    def _make(self, each: Waiting, parts: Parts, account: Any, folder: Path, told: Told) -> None:  # noqa: ANN401 - COM
        mail = self._application.CreateItem(_MAIL_ITEM)
        mail.To = parts.to
        mail.Subject = parts.subject
        mark = mail.UserProperties.Add(KEY_FIELD, _TEXT)
        mark.Value = HALF + each.key
        if account is not None:
            _set_account(mail, account)
        mail.Save()
        mail.GetInspector  # noqa: B018 - touching it makes Outlook put the signature in
        mail.HTMLBody = with_signature(parts.html, mail.HTMLBody or "")
        for part in parts.attachments:
            path = folder / part.name
            path.write_bytes(part.content)
            attached = mail.Attachments.Add(str(path))
            if part.content_id:
                attached.PropertyAccessor.SetProperty(_CONTENT_ID, part.content_id)
        mail.Categories = CATEGORY
        mail.ReadReceiptRequested = parts.receipt
        mail.Save()
        if not holds(mail.HTMLBody or "", parts) or mail.Attachments.Count != len(parts.attachments):
            mail.Delete()
            raise self._refused(f'Outlook bewaarde het concept "{parts.subject}" niet heel. Kies --naar eml')
        told.committing([each.key])
        try:
            mark.Value = each.key
            mail.Save()
        except self._fault as fault:
            if _number(fault) not in _GONE:
                told.refused([each.key])
            raise
        told.placed({each.key: str(mail.EntryID)})

    def _account(self, session: Any) -> Any:  # noqa: ANN401 - COM
        """The account with our own address; None leaves the choice to Outlook."""
        accounts = session.Accounts
        for number in range(1, accounts.Count + 1):
            account = accounts.Item(number)
            if self._own_address and str(account.SmtpAddress).casefold() == self._own_address.casefold():
                return account
        return None

    @contextmanager
    def _session(self) -> Iterator[Any]:
        """Outlook's session; its faults in Dutch."""
        try:
            if self._application is None:
                self._application, self._fault = self._connect()
            yield self._application.Session
        except SurroundingsError:
            raise
        except ModuleNotFoundError:
            raise self._refused(
                "het onderdeel voor Outlook is niet geïnstalleerd. "
                'Typ: py -m pip install "debiteuren[windows]"'
            ) from None
        except self._fault as fault:
            self._application = None
            if _number(fault) in _GONE:
                raise LostConnectionError("Outlook antwoordt niet meer") from fault
            raise self._refused("Outlook weigert het. Kies --naar eml") from fault

    def _refused(self, why: str) -> SurroundingsError:
        return SurroundingsError(f"{NOTHING_CHANGED}in Outlook kan niets worden klaargezet: {why}.")


def with_signature(ours: str, there: str) -> str:
    """Our letter put above what Outlook has in a new mail: the signature."""
    start = _BODY.search(there)
    if start is None:
        return ours
    own = _BODY.search(ours)
    inner = ours[own.end() :] if own else ours
    end = _BODY_END.search(inner)
    return there[: start.end()] + (inner[: end.start()] if end else inner) + there[start.end() :]


def holds(page: str, parts: Parts) -> bool:
    """Whether every figure of the letter, such as amounts, days and the account, is still in the page."""
    return bool(page) and all(figure in page for figure in _FIGURES.findall(parts.text))


def _items(session: Any, spot: Spot, key: str) -> Iterator[Any]:  # noqa: ANN401 - COM
    """The messages in a folder with exactly this text as key."""
    plain = key.replace("'", "")
    folder = session.GetDefaultFolder(_FOLDERS[spot])
    found = folder.Items.Restrict(f"@SQL=\"{_FIELD}\" = '{plain}'")
    for number in range(1, found.Count + 1):
        yield found.Item(number)


def _set_account(mail: Any, account: Any) -> None:  # noqa: ANN401 - COM
    """The account a draft goes from, read back: Outlook may ignore the first way without a word."""
    mail.SendUsingAccount = account
    chosen = mail.SendUsingAccount
    if chosen is None or chosen.SmtpAddress != account.SmtpAddress:
        with suppress(AttributeError):
            mail._oleobj_.Invoke(_SENDING_ACCOUNT, 0, _PUT_REFERENCE, 0, account)


def _moment(value: Any) -> datetime | None:  # noqa: ANN401 - COM
    return value.replace(tzinfo=None) if isinstance(value, datetime) else None


def _number(fault: Exception) -> int:
    """The number of a COM fault."""
    first = fault.args[0] if fault.args else 0
    return first if isinstance(first, int) else 0
