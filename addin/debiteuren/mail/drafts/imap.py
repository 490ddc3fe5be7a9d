"""Drafts in an IMAP mailbox, by whatever server: Ziggo, KPN, TransIP, Gmail, an own Dovecot.

Answers: how drafts are placed there in one go, found again by their key, and taken out.
Source: RFC 3501, 3502 (MULTIAPPEND: all or none), 7888 (LITERAL+), 4315 (UIDPLUS), 6851 (MOVE), 2087 (QUOTA),
7889 (APPENDLIMIT). One of the two modules that may open a connection, and only to the server on Instellingen,
only with TLS (docs/regels.md, "Beloften", 4).
Leaves to others: when and what (outbox.py), which folders (imap_folders.py), the password (secrets.py).
"""

import imaplib
import re
import ssl
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from debiteuren.domain.problem import NOTHING_CHANGED, SurroundingsError
from debiteuren.domain.seen_draft import Found, Spot
from debiteuren.domain.settings import DraftPlace
from debiteuren.mail.drafts.imap_account import ImapAccount
from debiteuren.mail.drafts.imap_folders import special_folders
from debiteuren.mail.drafts.imap_values import append_limit, batches, plain, text, uids
from debiteuren.mail.drafts.mailbox import LostConnectionError, Told, Waiting
from debiteuren.mail.message import KEY_HEADER

if TYPE_CHECKING:
    from imapclient import IMAPClient

_CONNECT_SECONDS, _ANSWER_SECONDS = 15.0, 60.0
_CHUNK = 1000
_FIELDS = b"BODY.PEEK[HEADER.FIELDS (" + KEY_HEADER.upper().encode() + b" MESSAGE-ID)]"
_KEY = re.compile(
    rb"^(?:" + KEY_HEADER.encode() + rb":\s*|Message-ID:\s*<)([0-9a-f]{16,64})", re.IGNORECASE | re.MULTILINE
)
_FLAGS = rb"(\Draft \Seen)"


class ImapMailbox:
    """One mailbox; connects when it is first used, and again after a connection broke."""

    word = DraftPlace.IMAP

    def __init__(
        self,
        account: ImapAccount,
        password: Callable[[], str],
        *,
        answer_seconds: float = _ANSWER_SECONDS,
    ) -> None:
        self.account = account
        self._password = password
        self._answer_seconds = answer_seconds
        self._client: IMAPClient | None = None
        self._folders: Mapping[Spot, str] = {}

    @property
    def title(self) -> str:
        """The mailbox in a sentence."""
        return f"het postvak {self.account.user} ({self.account.host})"

    def check(self, sizes: Sequence[int]) -> None:
        """Enter, find the drafts, and see that these would fit.

        Raises:
            SurroundingsError: not reachable, a wrong password, no folder, read-only, or full.
        """
        with self._connected() as client:
            folder = self._drafts()
            chosen = client.select_folder(folder)
            if chosen.get(b"READ-ONLY"):
                raise self._refused(f'de map "{folder}" is alleen-lezen')
            limit = append_limit(client.capabilities())
            if limit and max(sizes, default=0) > limit:
                raise self._refused(f"een concept is groter dan de server toestaat ({limit // 1024} kB)")
            room = self._room(client, folder)
            if room is not None and sum(sizes) > room:
                raise self._refused(
                    f"het is te vol: er is nog {room // 1024} kB vrij en de concepten zijn samen "
                    f"{sum(sizes) // 1024 + 1} kB. Ruim het op"
                )

    def look(self, keys: Collection[str], since: date) -> dict[str, Found]:
        """Which of these keys are there: a question a folder; all drafts, the rest since a day."""
        wanted = frozenset(keys)
        found: dict[str, Found] = {}
        with self._connected() as client:
            # What was sent counts above a copy that stayed among the drafts, and that above the bin.
            for spot in (Spot.TRASH, Spot.DRAFTS, Spot.SENT):
                if spot in self._folders:
                    seen = _keys(client, self._folders[spot], spot, since)
                    found.update((key, one) for key, one in seen if key in wanted)
        return found

    def place(self, waiting: Sequence[Waiting], told: Told) -> None:
        """Append them, many in one command where the server can: then all of these are placed, or none.

        Raises:
            SurroundingsError: the server refuses.
        """
        with self._connected() as client:
            folder = self._drafts()
            many = client.has_capability("MULTIAPPEND")
            plus = client.has_capability("LITERAL+")
            for batch in batches(waiting) if many else ([each] for each in waiting):
                self._append(client, folder, batch, told, plus=plus)

    def withdraw(self, keys: Collection[str]) -> frozenset[str]:
        """Move these from the drafts to the bin; without one, mark them deleted."""
        with self._connected() as client:
            folder, bin_ = self._drafts(), self._folders.get(Spot.TRASH)
            there = {
                key: int(seen.id)
                for key, seen in _keys(client, folder, Spot.DRAFTS, None)
                if key in keys and seen.spot is Spot.DRAFTS
            }
            numbers = [*there.values()]
            if numbers:
                client.select_folder(folder)
                if bin_ and client.has_capability("MOVE"):
                    client.move(numbers, bin_)
                else:
                    if bin_:
                        client.copy(numbers, bin_)
                    client.add_flags(numbers, [rb"\Deleted"], silent=True)
                    if client.has_capability("UIDPLUS"):
                        client.uid_expunge(numbers)
            return frozenset(there)

    def close(self) -> None:
        """Log out."""
        if self._client is not None:
            with suppress(Exception):
                self._client.logout()
        self._let_go()

    @contextmanager
    def _connected(self) -> Iterator["IMAPClient"]:
        """The connection; one that breaks is let go of, and what the server refuses is said in Dutch."""
        try:
            if self._client is None:
                self._client = self._entered()
                self._folders = special_folders(self._client.list_folders())
            yield self._client
        except (OSError, imaplib.IMAP4.abort) as fault:
            self._let_go()
            raise LostConnectionError("de verbinding viel weg") from fault
        except imaplib.IMAP4.error as fault:
            self._let_go()
            raise self._refused(f'de server zegt: "{plain(fault)}"') from fault

    def _entered(self) -> "IMAPClient":
        """A new connection, logged in.

        Raises:
            SurroundingsError: not reachable at all, not to be trusted, or a wrong password.
        """
        from imapclient import IMAPClient, SocketTimeout, exceptions  # noqa: PLC0415 - an extra, and heavy

        account = self.account
        context = ssl.create_default_context()
        try:
            client = IMAPClient(
                account.host,
                account.port,
                ssl=not account.starttls,
                ssl_context=None if account.starttls else context,
                timeout=SocketTimeout(_CONNECT_SECONDS, self._answer_seconds),
            )
            if account.starttls:
                client.starttls(context)
        except ssl.SSLCertVerificationError as fault:
            raise self._refused(
                "het certificaat van de server klopt niet, dus het kan een ander zijn. Controleer de naam "
                "van de server op Instellingen, bij PostvakServer"
            ) from fault
        except ssl.SSLError as fault:
            raise LostConnectionError("er kwam geen versleutelde verbinding tot stand") from fault
        except (OSError, imaplib.IMAP4.abort) as fault:
            raise LostConnectionError(f"{account.host} is niet bereikbaar op poort {account.port}") from fault
        except (imaplib.IMAP4.error, exceptions.CapabilityError) as fault:
            raise self._refused("de server kent geen versleuteling (STARTTLS)") from fault
        try:
            # LOGIN can't carry a "€"; PLAIN can, and most servers know it.
            enter = client.plain_login if client.has_capability("AUTH=PLAIN") else client.login
            enter(account.user, self._password())
        except exceptions.LoginError as fault:
            with suppress(Exception):
                client.shutdown()
            if isinstance(fault.__context__, imaplib.IMAP4.abort):
                raise LostConnectionError("de verbinding viel weg bij het inloggen") from fault
            raise self._refused(
                "gebruikersnaam of wachtwoord is niet goed. Geef het wachtwoord opnieuw op met debiteuren "
                "postvak; bij Gmail, iCloud en Microsoft is dat een app-wachtwoord"
            ) from fault
        return client

    def _append(
        self, client: "IMAPClient", folder: str, batch: Sequence[Waiting], told: Told, *, plus: bool
    ) -> None:
        """One APPEND of one message or of many; told to be committing just before its last line goes out.

        IMAPClient's own multiappend gives no such moment, and until that line a server has nothing to keep.
        """
        imap: Any = client._imap  # noqa: SLF001 - as above
        out = client.socket().sendall
        tag = imap._new_tag()  # noqa: SLF001 - as above
        line = tag + b" APPEND " + client._normalise_folder(folder)  # noqa: SLF001 - as above
        for each in batch:
            size = str(len(each.content)).encode()
            line += b" " + _FLAGS + b" {" + size + (b"+}\r\n" if plus else b"}\r\n")
            if plus:
                out(line + each.content)
            else:
                out(line)
                while imap._get_response():  # noqa: SLF001 - as above; until the server says to go on
                    if imap.tagged_commands.get(tag):
                        imap._command_complete("APPEND", tag)  # noqa: SLF001 - as above; refused
                        raise imaplib.IMAP4.abort("no continuation")
                out(each.content)
            line = b""
        told.committing([each.key for each in batch])
        out(b"\r\n")
        kind, data = imap._command_complete("APPEND", tag)  # noqa: SLF001 - as above
        if kind != "OK":
            told.refused([each.key for each in batch])
            raise imaplib.IMAP4.error(data)
        told.placed(dict(zip([each.key for each in batch], uids(data, len(batch)), strict=True)))

    def _room(self, client: "IMAPClient", folder: str) -> int | None:
        """Bytes left by the server's quota; None where it has none or does not say."""
        if not client.has_capability("QUOTA"):
            return None
        with suppress(imaplib.IMAP4.error):
            _, quotas = client.get_quota_root(folder)
            left = [(each.limit - each.usage) * 1024 for each in quotas if text(each.resource) == "STORAGE"]
            return max(0, min(left)) if left else None
        return None

    def _drafts(self) -> str:
        """The folder of drafts.

        Raises:
            SurroundingsError: there is none.
        """
        if Spot.DRAFTS not in self._folders:
            raise self._refused(
                "er is geen map voor concepten. Maak in uw mailprogramma de map Concepten aan"
            )
        return self._folders[Spot.DRAFTS]

    def _refused(self, why: str) -> SurroundingsError:
        return SurroundingsError(f"{NOTHING_CHANGED}in {self.title} kan niets worden klaargezet: {why}.")

    def _let_go(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with suppress(Exception):
                client.shutdown()


def _keys(client: "IMAPClient", folder: str, spot: Spot, since: date | None) -> Iterator[tuple[str, Found]]:
    """Every key in a folder, with its message's number and moment; a draft marked deleted is thrown away."""
    client.select_folder(folder, readonly=True)
    late = since is not None and spot is not Spot.DRAFTS
    numbers = client.search(["SINCE", since] if late else "ALL")
    for start in range(0, len(numbers), _CHUNK):
        for uid, facts in client.fetch(
            numbers[start : start + _CHUNK], [_FIELDS, b"INTERNALDATE", b"FLAGS"]
        ).items():
            head = next((value for name, value in facts.items() if name.startswith(b"BODY")), b"")
            for key in {found.decode() for found in _KEY.findall(head or b"")}:
                gone = spot is Spot.DRAFTS and rb"\Deleted" in facts.get(b"FLAGS", ())
                yield key, Found(Spot.TRASH if gone else spot, str(uid), facts.get(b"INTERNALDATE"))
