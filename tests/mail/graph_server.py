"""Microsoft Graph on 127.0.0.1, as far as drafts need it, which enforces what Microsoft documents.

Four requests at a time a mailbox, else 429 with Retry-After; twenty in a batch, else 400; a token that has
expired gives 401; 4 MB a request; only the fields of a message that exist; no way to send. `faults` says per
POST of a message what goes wrong: "lost before", "lost after", a status, or None.
"""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

FIELDS = {
    *("subject", "body", "toRecipients", "categories", "isReadReceiptRequested"),
    *("singleValueExtendedProperties", "attachments"),
}
_FILTER = re.compile(
    r"^singleValueExtendedProperties/Any\(ep: ep/id eq '([^']+)' and ep/value eq '([^']*)'\)$"
)
FOLDERS = {"drafts": "F-drafts", "deleteditems": "F-bin", "sentitems": "F-sent"}


class Graph:
    """The mailbox and its rules."""

    def __init__(self) -> None:
        self.messages: dict[str, dict[str, Any]] = {}
        self.faults: list[str | int | None] = []
        self.tokens = {"goed"}
        self.most_at_once = 0
        self.throttled = 0
        self.busy = 0
        self.slow = 0.01
        self.refuse = 0
        self.lock = threading.Lock()

    def keys(self, folder: str = "drafts") -> list[str]:
        """The keys of the messages in a folder."""
        return sorted(
            each["singleValueExtendedProperties"][0]["value"]
            for each in self.messages.values()
            if each["parentFolderId"] == FOLDERS[folder]
        )

    def was_sent(self, key: str, moment: str) -> None:
        """What Outlook does when the user sends a draft."""
        for each in self.messages.values():
            if each["singleValueExtendedProperties"][0]["value"] == key:
                each |= {"parentFolderId": FOLDERS["sentitems"], "isDraft": False, "sentDateTime": moment}

    def get(self, url: str) -> tuple[int, dict[str, Any]]:
        """The answer to a GET."""
        parts = urlsplit(url)
        if found := re.fullmatch(r"/me/mailFolders/(\w+)", parts.path):
            known = FOLDERS.get(found[1])
            return (200, {"id": known}) if known else (404, _error("ErrorItemNotFound", "no such folder"))
        if parts.path != "/me/messages":
            return 400, _error("BadRequest", "unknown")
        condition = _FILTER.match(parse_qs(parts.query)["$filter"][0])
        if condition is None:
            return 400, _error("BadRequest", "Invalid filter clause")
        wanted = {"id": condition[1], "value": condition[2]}
        found_messages = [
            {name: each.get(name) for name in ("id", "isDraft", "parentFolderId", "sentDateTime")}
            for each in self.messages.values()
            if wanted in each["singleValueExtendedProperties"]
        ]
        return 200, {"value": found_messages}

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """The answer to a POST."""
        if path == "/me/messages":
            if set(body) - FIELDS or len(body["toRecipients"]) != 1:
                return 400, _error("BadRequest", f"unknown {set(body) - FIELDS}")
            for each in body["attachments"]:
                assert each["@odata.type"] == "#microsoft.graph.fileAttachment"
            with self.lock:
                own = f"AAMk{len(self.messages)}="
                self.messages[own] = {**body, "id": own, "isDraft": True, "parentFolderId": FOLDERS["drafts"]}
            return 201, {"id": own}
        if found := re.fullmatch(r"/me/messages/([^/]+)/move", path):
            self.messages[unquote(found[1])]["parentFolderId"] = FOLDERS[body["destinationId"]]
            return 201, {}
        if path == "/$batch":
            asked = body["requests"]
            if len(asked) > 20 or len({each["id"] for each in asked}) != len(asked):
                return 400, _error("BadRequest", "a batch holds at most 20 requests")
            answers = []
            for number, each in enumerate(asked):
                if number >= 4 and self.throttled == 0:  # the fifth of a batch may have to wait as well
                    self.throttled += 1
                    answers.append({"id": each["id"], "status": 429, "headers": {"Retry-After": "0"}})
                    continue
                status, said = self.get(each["url"])
                answers.append({"id": each["id"], "status": status, "headers": {}, "body": said})
            return 200, {"responses": answers[::-1]}
        return 404, _error("NotFound", "no way to do that")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    graph: Graph

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self._answer(lambda: self.graph.get(self.path.removeprefix("/v1.0")))

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        body = json.loads(self.rfile.read(size))
        path = self.path.removeprefix("/v1.0")
        fault = self.graph.faults.pop(0) if path == "/me/messages" and self.graph.faults else None
        if size > 4 * 1024 * 1024:
            fault = 413
        if fault == "lost before":
            self.close_connection = True
            return
        if isinstance(fault, int):
            self._write(
                fault, _error("Fault", "zo gaat het niet"), {"Retry-After": "0"} if fault == 503 else {}
            )
            return
        self._answer(lambda: self.graph.post(path, body), lost=fault == "lost after")

    def _answer(self, work: Callable[[], tuple[int, dict[str, Any]]], *, lost: bool = False) -> None:
        graph = self.graph
        with graph.lock:
            graph.busy += 1
            graph.most_at_once = max(graph.most_at_once, graph.busy)
            crowded = graph.busy > 4
        try:
            time.sleep(graph.slow)
            if self.headers.get("Authorization", "").removeprefix("Bearer ") not in graph.tokens:
                self._write(401, _error("InvalidAuthenticationToken", "Lifetime validation failed"), {})
            elif crowded or graph.refuse > 0:
                graph.refuse -= 1
                graph.throttled += 1
                self._write(429, _error("TooManyRequests", "wait"), {"Retry-After": "0"})
            else:
                status, said = work()
                if lost:
                    self.close_connection = True
                else:
                    self._write(status, said, {})
        finally:
            with graph.lock:
                graph.busy -= 1

    def _write(self, status: int, said: dict[str, Any], headers: dict[str, str]) -> None:
        data = json.dumps(said).encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Type": "application/json"}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}


@contextmanager
def graph_server() -> Iterator[tuple[Graph, str]]:
    """The mailbox, and where it is, for the length of the block."""
    graph = Graph()
    handler = type("Handler", (_Handler,), {"graph": graph})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield graph, f"http://127.0.0.1:{server.server_address[1]}/v1.0"
    finally:
        server.shutdown()
        server.server_close()
