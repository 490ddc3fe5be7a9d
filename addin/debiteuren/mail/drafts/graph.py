"""Drafts in a mailbox of Microsoft 365 or Outlook.com, through Microsoft Graph.

Answers: how drafts are made there four at a time, found again by their key, and taken out.
Source: Microsoft Graph v1.0: "Create message", "Get messages" (extended properties), "JSON batching",
"Throttling guidance" (four requests at a time per mailbox; Retry-After). A message in its own form (MIME)
loses headers of ours, so it goes as JSON with the key as extended property. One of the two modules that may
open a connection, and only to Microsoft (docs/regels.md, "Beloften", 4). The right that is asked for can't
send.
Leaves to others: when and what (outbox.py), the token (graph_login.py).
"""

import threading
import time
from base64 import b64encode
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from datetime import date, datetime
from typing import Any, Protocol
from urllib.parse import quote

from debiteuren.domain.problem import NOTHING_CHANGED, SurroundingsError
from debiteuren.domain.seen_draft import Found, Spot
from debiteuren.domain.settings import DraftPlace
from debiteuren.mail.drafts import secrets
from debiteuren.mail.drafts.mail_parts import parts_of
from debiteuren.mail.drafts.mailbox import LostConnectionError, Told, Waiting

SERVICE = "https://graph.microsoft.com/v1.0"
KEY_PROPERTY = "String {8d2f6a3e-5b0c-4e57-9d0a-6a4c3f1b7e92} Name DebiteurenSleutel"
CATEGORY = "Debiteuren"
AT_ONCE, IN_A_BATCH = 4, 20
LARGEST = 4 * 1024 * 1024
"""Bytes of a request; a draft of ours is about as large in JSON as in its own form."""

_CONNECT_SECONDS, _ANSWER_SECONDS = 15.0, 60.0
_MOST_WAITS, _LONGEST_WAIT = 8, 120.0
_LATER = frozenset({429, 503})
_EXPIRED, _REFUSED, _BROKEN = 401, 400, 500
_RANK = {Spot.TRASH: 0, Spot.DRAFTS: 1, Spot.SENT: 2}


class NotSentError(LostConnectionError):
    """There was no connection at all, so nothing was done."""


class Token(Protocol):
    """Gives a token that works now; `fresh`: another one than the last."""

    def __call__(self, *, fresh: bool = False) -> str:
        """The token."""


class GraphMailbox:
    """One mailbox. `service`: where Graph is; `pause` waits so many seconds."""

    word = DraftPlace.GRAPH

    def __init__(
        self,
        user: str,
        token: Token,
        *,
        service: str = SERVICE,
        pause: Callable[[float], None] = time.sleep,
        answer_seconds: float = _ANSWER_SECONDS,
    ) -> None:
        self._user = user
        self._token = token
        self._service = service
        self._pause = pause
        self._answer_seconds = answer_seconds
        self._lock = threading.Lock()
        self._own = threading.local()

    @property
    def title(self) -> str:
        """The mailbox in a sentence."""
        return f"het postvak {self._user} (Microsoft 365)"

    def check(self, sizes: Sequence[int]) -> None:
        """Whether we may enter, and no draft is larger than a request may be.

        Raises:
            SurroundingsError: not logged in, no right, or too large.
        """
        if max(sizes, default=0) > LARGEST - 64 * 1024:
            raise self._refused(
                "een concept is met zijn bijlagen groter dan 4 MB. Maak dat kleiner of kies --naar eml"
            )
        self._ask("GET", "/me/mailFolders/drafts?$select=id")

    def look(self, keys: Collection[str], since: date) -> dict[str, Found]:  # noqa: ARG002 - a key is found whenever
        """Which of these keys are there; twenty questions at a time."""
        if not keys:
            return {}
        bin_ = self._ask("GET", "/me/mailFolders/deleteditems?$select=id").get("id")
        wanted = sorted(keys)
        found: dict[str, Found] = {}
        for start in range(0, len(wanted), IN_A_BATCH):
            some = wanted[start : start + IN_A_BATCH]
            for key, answer in zip(some, self._batch([_question(key) for key in some]), strict=True):
                for message in answer.get("value", ()):
                    seen = _found(message, bin_)
                    if key not in found or _RANK[seen.spot] > _RANK[found[key].spot]:
                        found[key] = seen
        return found

    def place(self, waiting: Sequence[Waiting], told: Told) -> None:
        """Make them, four at a time; the first that fails stops the rest.

        Raises:
            SurroundingsError: the mailbox refuses one.
        """
        with ThreadPoolExecutor(AT_ONCE) as pool:
            jobs = [pool.submit(self._place_one, each, told) for each in waiting]
            _, rest = wait(jobs, return_when=FIRST_EXCEPTION)
            for job in rest:
                job.cancel()
        faults = [fault for job in jobs if not job.cancelled() and (fault := job.exception()) is not None]
        # A broken connection goes first: what it leaves must be looked up before anything else.
        faults.sort(key=lambda fault: not isinstance(fault, LostConnectionError))
        if faults:
            raise faults[0]

    def withdraw(self, keys: Collection[str]) -> frozenset[str]:
        """Move these from the drafts to the bin."""
        gone = set()
        for key, seen in self.look(keys, date.min).items():
            if seen.spot is Spot.DRAFTS:
                self._ask(
                    "POST", f"/me/messages/{quote(seen.id, safe='')}/move", {"destinationId": "deleteditems"}
                )
                gone.add(key)
        return frozenset(gone)

    def close(self) -> None:
        """Let go of the connections."""
        session = getattr(self._own, "session", None)
        if session is not None:
            session.close()
            self._own.session = None

    def _place_one(self, each: Waiting, told: Told) -> None:
        body = message_body(each)
        with self._lock:
            told.committing([each.key])
        try:
            made = self._ask("POST", "/me/messages", body)
        except (SurroundingsError, NotSentError):
            with self._lock:
                told.refused([each.key])
            raise
        with self._lock:
            told.placed({each.key: str(made.get("id", ""))})

    def _batch(self, urls: Sequence[str]) -> list[dict[str, Any]]:
        """The answers to these questions, in order; those that must wait are asked again."""
        answers: dict[int, dict[str, Any]] = {}
        for _ in range(_MOST_WAITS):
            left = [number for number in range(len(urls)) if number not in answers]
            asked = [{"id": str(number), "method": "GET", "url": urls[number]} for number in left]
            seconds = 0.0
            for answer in self._ask("POST", "/$batch", {"requests": asked}).get("responses", ()):
                status = int(answer.get("status", _BROKEN))
                if status in _LATER:
                    seconds = max(seconds, _seconds(answer.get("headers", {}).get("Retry-After")))
                elif status < _REFUSED:
                    answers[int(answer["id"])] = answer.get("body", {})
                elif status >= _BROKEN:
                    raise LostConnectionError(f"de server antwoordt met fout {status}")
                else:
                    raise self._refused(_why(status, answer.get("body")))
            if len(answers) == len(urls):
                return [answers[number] for number in range(len(urls))]
            self._pause(seconds)
        raise LostConnectionError("de server vraagt steeds om te wachten")

    def _ask(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """One question, asked again when told to wait or to log in again.

        Raises:
            SurroundingsError: it is refused, so nothing was done.
            LostConnectionError: no answer, or one that leaves open what was done.
        """
        session, faults = self._session()
        token = self._token()
        renewed = False
        for _ in range(_MOST_WAITS):
            try:
                answer = session.request(
                    method,
                    self._service + path,
                    json=body,
                    headers={"Authorization": f"Bearer {token}", "Prefer": 'IdType="ImmutableId"'},
                    timeout=(_CONNECT_SECONDS, self._answer_seconds),
                )
                status = answer.status_code
                said = answer.json() if answer.content and status not in _LATER else {}
            except faults as fault:
                if _never_sent(fault):
                    raise NotSentError("Microsoft is niet bereikbaar") from fault
                raise LostConnectionError("er kwam geen antwoord van Microsoft") from fault
            if status in _LATER and answer.headers.get("Retry-After"):
                self._pause(_seconds(answer.headers["Retry-After"]))
            elif status == _EXPIRED and not renewed:
                token, renewed = self._token(fresh=True), True
            elif status >= _BROKEN:
                raise LostConnectionError(f"de server antwoordt met fout {status}")
            elif status >= _REFUSED:
                raise self._refused(_why(status, said))
            else:
                return said if isinstance(said, dict) else {}
        raise self._refused("de server vraagt steeds om te wachten; probeer het later opnieuw")

    def _session(self) -> tuple[Any, tuple[type[Exception], ...]]:
        """The connection of this thread, and how it can fail."""
        try:
            import requests  # noqa: PLC0415 - an extra, and heavy
        except ModuleNotFoundError:
            raise secrets.missing_part("graph") from None
        if getattr(self._own, "session", None) is None:
            self._own.session = requests.Session()
        return self._own.session, (requests.RequestException, ValueError)

    def _refused(self, why: str) -> SurroundingsError:
        return SurroundingsError(f"{NOTHING_CHANGED}in {self.title} kan niets worden klaargezet: {why}.")


def message_body(each: Waiting) -> Mapping[str, object]:
    """A draft as Graph wants it."""
    parts = parts_of(each.content)
    return {
        "subject": parts.subject,
        "body": {"contentType": "html", "content": parts.html},
        "toRecipients": [{"emailAddress": {"address": parts.to, "name": parts.name or parts.to}}],
        "categories": [CATEGORY],
        "isReadReceiptRequested": parts.receipt,
        "singleValueExtendedProperties": [{"id": KEY_PROPERTY, "value": each.key}],
        "attachments": [
            {
                "@odata.type": "#microsoft.graph.fileAttachment",
                "name": part.name,
                "contentType": part.kind,
                "contentBytes": b64encode(part.content).decode("ascii"),
                "isInline": bool(part.content_id),
                "contentId": part.content_id or None,
            }
            for part in parts.attachments
        ],
    }


def _question(key: str) -> str:
    """The messages with this key, wherever in the mailbox. Keys are hexadecimal; others can't be ours."""
    wanted = key if key.isalnum() else ""
    condition = f"singleValueExtendedProperties/Any(ep: ep/id eq '{KEY_PROPERTY}' and ep/value eq '{wanted}')"
    fields = "id,isDraft,parentFolderId,sentDateTime"
    return f"/me/messages?$filter={quote(condition)}&$select={fields}"


def _found(message: Mapping[str, Any], bin_: object) -> Found:
    own = str(message.get("id", ""))
    if not message.get("isDraft", True):
        return Found(Spot.SENT, own, _local(message.get("sentDateTime")))
    return Found(Spot.TRASH if bin_ and message.get("parentFolderId") == bin_ else Spot.DRAFTS, own)


def _local(text: object) -> datetime | None:
    """A moment of Graph's, which are in UTC, on the user's clock."""
    try:
        return datetime.fromisoformat(str(text)).astimezone().replace(tzinfo=None)
    except ValueError:
        return None


def _never_sent(fault: Exception) -> bool:
    """Whether this broke before a connection was there."""
    from requests.exceptions import ConnectTimeout  # noqa: PLC0415 - as above
    from urllib3.exceptions import NewConnectionError  # noqa: PLC0415 - as above

    inner = fault.args[0] if fault.args else None
    return isinstance(fault, ConnectTimeout) or isinstance(getattr(inner, "reason", None), NewConnectionError)


def _seconds(text: object) -> float:
    """How long to wait; a wait that is not named in seconds is a short one."""
    try:
        return min(_LONGEST_WAIT, max(0.0, float(str(text))))
    except ValueError:
        return 1.0


def _why(status: int, said: object) -> str:
    """What Graph says, as one short line that can't do anything on a screen."""
    error = said.get("error") if isinstance(said, dict) else None
    text = str(error.get("message") or error.get("code")) if isinstance(error, dict) else ""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)[:160].strip().rstrip(".")
    return f'Microsoft zegt: "{plain}" ({status})' if plain else f"Microsoft weigert het ({status})"
