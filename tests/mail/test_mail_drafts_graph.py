"""Drafts in Microsoft 365, against a local server that enforces the documented limits. Each exactly once."""

import base64
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msal
import pytest

from debiteuren.domain.problem import SurroundingsError
from debiteuren.domain.seen_draft import Found, Spot
from debiteuren.mail.drafts import Outbox
from debiteuren.mail.drafts.graph import GraphMailbox
from debiteuren.mail.drafts.graph_login import GraphLogin, secret_name
from debiteuren.mail.drafts.mailbox import LostConnectionError
from mail.graph_server import Graph, graph_server
from mail.mailbox_drafts import TEXT, drafts, key_of

ANY_DAY = date(2026, 11, 21)


class Tokens:
    """A token that has expired by now, and a fresh one."""

    def __init__(self, first: str = "goed") -> None:
        self.word = first
        self.renewed = 0

    def __call__(self, *, fresh: bool = False) -> str:
        if fresh:
            self.word, self.renewed = "goed", self.renewed + 1
        return self.word


@pytest.fixture
def graph() -> Iterator[tuple[Graph, str]]:
    with graph_server() as running:
        yield running


def outbox_at(where: str, tmp_path: Path, token: Tokens | None = None) -> Outbox:
    mailbox = GraphMailbox(
        "marijke@delinde.example",
        token or Tokens(),
        service=where,
        pause=lambda _: None,
        answer_seconds=2.0,
    )
    return Outbox(mailbox, tmp_path / "thuis", tmp_path / "Concepten", pause=lambda _: None)


def expected(count: int) -> list[str]:
    return sorted(key_of(number) for number in range(count))


def test_drafts_come_once_four_at_a_time(graph: tuple[Graph, str], tmp_path: Path) -> None:
    mailbox, where = graph
    outbox = outbox_at(where, tmp_path)
    placed = outbox.publish(outbox.stage(drafts(50)))
    assert mailbox.keys() == expected(50)
    assert len({place.id for place in placed}) == 50
    assert 1 < mailbox.most_at_once <= 4
    other = outbox_at(where, tmp_path / "elders")
    other.publish(other.stage(drafts(50)))
    assert mailbox.keys() == expected(50)


def test_what_a_draft_holds(graph: tuple[Graph, str], tmp_path: Path) -> None:
    mailbox, where = graph
    outbox = outbox_at(where, tmp_path)
    outbox.publish(outbox.stage(drafts(1)))
    (made,) = mailbox.messages.values()
    assert made["toRecipients"] == [
        {"emailAddress": {"address": "lotte@bakker.example", "name": "Lotte Bakker"}}
    ]
    assert made["subject"] == "Factuur 2026-0311"
    assert "NL91ABNA0417164300" in made["body"]["content"]
    picture, copy = made["attachments"]
    assert (picture["isInline"], picture["name"]) == (True, "betaalcode.png")
    assert f"cid:{picture['contentId']}" in made["body"]["content"]
    assert (copy["isInline"], base64.b64decode(copy["contentBytes"])) == (False, b"%PDF-1.4 kopie")


def test_being_told_to_wait_and_to_log_in_again(graph: tuple[Graph, str], tmp_path: Path) -> None:
    mailbox, where = graph
    token = Tokens("verlopen")
    outbox = outbox_at(where, tmp_path, token)
    mailbox.refuse = 5
    outbox.publish(outbox.stage(drafts(8)))
    assert (mailbox.keys(), token.renewed > 0) == (expected(8), True)


@pytest.mark.parametrize(
    ("fault", "there", "unclear"),
    [
        (503, 1, 0),
        (429, 1, 0),
        ("lost after", 1, 0),
        ("lost before", 0, 1),
        (500, 0, 1),
        (504, 0, 1),
    ],
)
def test_one_that_goes_wrong_comes_once_or_is_unclear(
    graph: tuple[Graph, str], tmp_path: Path, fault: str | int, there: int, unclear: int
) -> None:
    """Told to wait: done again. No answer: looked up, and never done again without it being there."""
    mailbox, where = graph
    mailbox.faults = [fault if fault != 429 else None]
    mailbox.refuse = 1 if fault == 429 else 0
    outbox = outbox_at(where, tmp_path)
    placed = outbox.publish(outbox.stage(drafts(1)))
    assert (len(mailbox.keys()), sum(place.unclear for place in placed)) == (there, unclear)
    outbox.recover(expected(1))
    assert len(mailbox.keys()) == there


@pytest.mark.parametrize("seed", range(6))
def test_many_that_go_wrong(graph: tuple[Graph, str], tmp_path: Path, seed: int) -> None:
    mailbox, where = graph
    kinds: list[str | int | None] = [None, None, None, None, None, 503, "lost after", "lost before"]
    mailbox.faults = [kinds[(number * (seed + 3)) % len(kinds)] for number in range(20)]
    outbox = outbox_at(where, tmp_path)
    try:
        outbox.publish(outbox.stage(drafts(30)))
    except SurroundingsError:
        mailbox.faults = []
        outbox.recover(expected(30))
    found = mailbox.keys()
    unclear = [key for key, line in outbox.record.lines.items() if line.step.value == "onduidelijk"]
    assert len(found) == len({*found})
    assert sorted([*found, *unclear]) == expected(30)


def test_a_refusal_stops_and_what_was_refused_comes_later(graph: tuple[Graph, str], tmp_path: Path) -> None:
    mailbox, where = graph
    outbox = outbox_at(where, tmp_path)
    staged = outbox.stage(drafts(3))
    mailbox.faults = [507, 403, 403]
    mailbox.faults = [403, 403, 403]
    with pytest.raises(SurroundingsError, match=r'Microsoft zegt: "zo gaat het niet" \(403\)'):
        outbox.publish(staged)
    assert mailbox.keys() == []
    mailbox.faults = []
    outbox.recover(expected(3))
    assert mailbox.keys() == expected(3)


def test_no_network_changes_nothing(tmp_path: Path) -> None:
    outbox = outbox_at("http://127.0.0.1:9/v1.0", tmp_path)
    with pytest.raises(SurroundingsError, match="Microsoft is niet bereikbaar"):
        outbox.stage(drafts(1))
    assert [*(tmp_path / "thuis").iterdir()] == []


def test_the_network_goes_between_staging_and_placing(graph: tuple[Graph, str], tmp_path: Path) -> None:
    """No connection at all means surely not placed: nothing becomes unclear."""
    mailbox, where = graph
    outbox = outbox_at(where, tmp_path)
    staged = outbox.stage(drafts(2))
    target = outbox.mailbox
    assert isinstance(target, GraphMailbox)
    target._service = "http://127.0.0.1:9/v1.0"
    with pytest.raises(SurroundingsError, match="2 ervan nog niet"):
        outbox.publish(staged)
    target._service = where
    outbox.recover(expected(2))
    assert mailbox.keys() == expected(2)


def test_too_large_is_said_beforehand(graph: tuple[Graph, str], tmp_path: Path) -> None:
    outbox = outbox_at(graph[1], tmp_path)
    with pytest.raises(SurroundingsError, match="groter dan 4 MB"):
        outbox.stage(drafts(1, pdf=b"%PDF" + bytes(3_200_000)))


def test_sent_thrown_away_and_taken_out_are_told_apart(graph: tuple[Graph, str], tmp_path: Path) -> None:
    mailbox, where = graph
    outbox = outbox_at(where, tmp_path)
    outbox.publish(outbox.stage(drafts(25)))
    mailbox.was_sent(key_of(0), "2026-11-21T10:30:00Z")
    assert outbox.withdraw({key_of(0), key_of(1), "0" * 40}) == {key_of(1)}
    seen = outbox.look({*expected(25), "0" * 40, "x' or 1 eq 1"}, ANY_DAY)
    local = datetime.fromisoformat("2026-11-21T10:30:00Z").astimezone().replace(tzinfo=None)
    assert seen[key_of(0)] == Found(Spot.SENT, "AAMk" + seen[key_of(0)].id[4:], local)
    assert seen[key_of(1)].spot is Spot.TRASH
    assert sorted(seen) == expected(25)
    assert TEXT.count("2026-0311") == 1


class FakeMsal:
    """msal's application as far as we use it; `said` is what logging in gives."""

    def __init__(self, cache: msal.SerializableTokenCache, said: dict[str, Any]) -> None:
        self.cache = cache
        self.said = said

    def initiate_device_flow(self, *, scopes: list[str]) -> dict[str, str]:
        assert scopes == ["Mail.ReadWrite"]
        return {"user_code": "ABC123", "verification_uri": "https://microsoft.com/devicelogin"}

    def acquire_token_by_device_flow(self, flow: dict[str, str]) -> dict[str, Any]:
        assert flow["user_code"] == "ABC123"
        if "access_token" in self.said:
            self.cache.deserialize('{"Account": {"x": {"username": "marijke@delinde.example"}}}')
        return self.said

    def get_accounts(self, *, username: str | None) -> list[dict[str, str]]:
        return [{"username": username or ""}] if "marijke" in self.cache.serialize() else []

    def acquire_token_silent(
        self, scopes: list[str], *, account: dict[str, str], force_refresh: bool
    ) -> dict[str, str] | None:
        assert (scopes, account["username"]) == (["Mail.ReadWrite"], "marijke@delinde.example")
        return {"access_token": "nieuw" if force_refresh else "goed"}


def login(said: dict[str, Any], store: dict[str, str]) -> GraphLogin:
    return GraphLogin(
        "app",
        "marijke@delinde.example",
        client=lambda _, cache: FakeMsal(cache, said),
        load=lambda name: store.get(name, ""),
        save=store.__setitem__,
    )


def test_logging_in_once_and_a_token_after_that() -> None:
    store: dict[str, str] = {}
    told: list[str] = []
    claims = {"preferred_username": "Marijke@delinde.example"}
    first = login({"access_token": "t", "id_token_claims": claims}, store)
    with pytest.raises(SurroundingsError, match=r"niet \(meer\) ingelogd"):
        first.token()
    assert first.log_in(told.append) == "Marijke@delinde.example"
    assert told == ["Open https://microsoft.com/devicelogin in uw browser en typ daar de code ABC123."]
    assert [*store] == [secret_name("app", "marijke@delinde.example")]
    assert (login({}, store).token(), login({}, store).token(fresh=True)) == ("goed", "nieuw")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (
            {"error": "expired_token", "error_description": "AADSTS70020: code expired\r\nTrace"},
            "AADSTS70020: code",
        ),
        (
            {"access_token": "t", "id_token_claims": {"preferred_username": "jan@x.nl"}},
            "u logde in als jan@x.nl",
        ),
    ],
)
def test_logging_in_that_is_refused_keeps_nothing(said: dict[str, Any], why: str) -> None:
    store: dict[str, str] = {}
    with pytest.raises(SurroundingsError, match=why):
        login(said, store).log_in(lambda _: None)
    assert store == {}


def test_an_app_that_microsoft_does_not_know_and_no_network() -> None:
    def unknown(*_: object) -> None:
        raise ValueError("authority")

    def offline(*_: object) -> None:
        raise ConnectionError("no")

    with pytest.raises(SurroundingsError, match="PostvakApp, wordt niet herkend"):
        GraphLogin("x", "y", client=unknown, load=lambda _: "", save=lambda *_: None).token()
    with pytest.raises(LostConnectionError):
        GraphLogin("x", "y", client=offline, load=lambda _: "", save=lambda *_: None).token()
