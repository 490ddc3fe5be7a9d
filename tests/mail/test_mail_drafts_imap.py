"""Drafts in a real Dovecot: a thousand, cut connections, two at once, other servers, refusals. Each once."""

import random
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from debiteuren.domain.problem import SurroundingsError
from debiteuren.domain.seen_draft import Spot
from debiteuren.mail.drafts import Outbox
from debiteuren.mail.drafts.imap import ImapMailbox
from debiteuren.mail.drafts.imap_account import ImapAccount, account_of
from debiteuren.mail.drafts.imap_folders import special_folders
from debiteuren.mail.drafts.imap_values import append_limit, uids
from debiteuren.mail.drafts.mailbox import LostConnectionError
from debiteuren.mail.drafts.record import Step
from mail.cutting_proxy import cutting
from mail.dovecot import BY_NAME, CAPABILITIES, MISSING, PASSWORD, SPECIAL, Server, dovecot
from mail.mailbox_drafts import drafts, key_of

needs_dovecot = [pytest.mark.skipif(bool(MISSING), reason=MISSING), pytest.mark.xdist_group("dovecot")]
LONG_AGO = date(2026, 1, 1)
Open = Callable[..., Outbox]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with dovecot() as running:
        yield running


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Opens the mailbox of this test on a server, by a port; all of them are closed at the end."""
    opened: list[Outbox] = []

    def open_(server: Server, port: int = 0, *, user: str = "", home: str = "thuis") -> Outbox:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
        name = user or f"{sha256(request.node.name.encode()).hexdigest()[:20]}@delinde.example"
        account = account_of(f"imaps://localhost:{port or server.tls}", name)
        mailbox = ImapMailbox(account, lambda: PASSWORD, answer_seconds=5.0)
        opened.append(Outbox(mailbox, tmp_path / home, tmp_path / "Concepten", pause=lambda _: None))
        return opened[-1]

    yield open_
    for each in opened:
        each.close()


def there(outbox: Outbox, spot: Spot = Spot.DRAFTS) -> list[str]:
    """Every key in the mailbox that is not marked as deleted, counted."""
    mailbox = outbox.mailbox
    assert isinstance(mailbox, ImapMailbox)
    with mailbox._connected() as client:
        client.select_folder(mailbox._folders[spot], readonly=True)
        found = client.fetch(client.search("UNDELETED"), ["BODY.PEEK[HEADER.FIELDS (X-DEBITEUREN-SLEUTEL)]"])
    heads = [
        next(value for name, value in facts.items() if name.startswith(b"BODY")) for facts in found.values()
    ]
    return sorted(head.decode().split(":")[1].strip() for head in heads)


def expected(count: int) -> list[str]:
    return sorted(key_of(number) for number in range(count))


pytestmark = needs_dovecot


def test_a_thousand_come_once_and_again_none(server: Server, at: Open) -> None:
    outbox = at(server)
    placed = outbox.publish(outbox.stage(drafts(1000)))
    assert there(outbox) == expected(1000)
    assert len({place.id for place in placed}) == 1000
    assert not any(place.unclear or place.path for place in placed)
    # Another computer, which knows nothing of these: the mailbox is the second check.
    other = at(server, home="elders")
    other.publish(other.stage(drafts(1000)))
    assert there(other) == expected(1000)
    assert [*outbox.home.glob("wacht-*"), *other.home.glob("wacht-*")] == []


@pytest.mark.parametrize("seed", range(12))
def test_connections_cut_anywhere_leave_each_once_or_unclear(server: Server, at: Open, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - places to cut
    count = 120
    cuts = [chance.choice([chance.randrange(200_000), chance.randrange(6_000)]) for _ in range(3)]
    with cutting(server.tls, cuts) as proxy:
        outbox = at(server, proxy.port)
        while True:
            try:
                staged = outbox.stage(drafts(count))
                break
            except SurroundingsError as stop:
                assert stop.title.startswith("Niets gewijzigd: ")  # noqa: PT017 - and once more
        try:
            outbox.publish(staged)
        except SurroundingsError:
            outbox.recover(expected(count))
        direct = at(server, home="kijken")
        found = there(direct)
        steps = {key: line.step for key, line in outbox.record.lines.items()}
        unclear = sorted(key for key, step in steps.items() if step is Step.UNCLEAR)
        assert len(found) == len({*found})
        assert sorted([*found, *unclear]) == expected(count)
        outbox.recover(expected(count))
        assert there(direct) == found


@pytest.mark.parametrize("answered", [True, False])
def test_an_answer_that_gets_lost_is_looked_up_and_never_placed_again(
    server: Server, at: Open, *, answered: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut after the last byte: the server has them (answered), or for all we know has not."""
    outbox = at(server)
    real = ImapMailbox._append
    calls = []

    def cut(
        self: ImapMailbox, client: object, folder: str, batch: object, told: object, *, plus: bool
    ) -> None:
        calls.append(1)
        if len(calls) > 1:
            return real(self, client, folder, batch, told, plus=plus)  # type: ignore[arg-type]

        class Quiet:
            def committing(self, keys: list[str]) -> None:
                told.committing(keys)  # type: ignore[attr-defined]
                if not answered:
                    raise OSError(104, "reset")

            def placed(self, _: object) -> None:
                raise OSError(104, "reset")

        return real(self, client, folder, batch, Quiet(), plus=plus)  # type: ignore[arg-type]

    monkeypatch.setattr(ImapMailbox, "_append", cut)
    placed = outbox.publish(outbox.stage(drafts(3)))
    assert there(outbox) == (expected(3) if answered else [])
    assert [place.unclear for place in placed] == [not answered] * 3
    outbox.recover(expected(3))
    assert there(outbox) == (expected(3) if answered else [])


def test_two_at_once_from_two_computers(server: Server, at: Open) -> None:
    """The second has staged before the first placed; it looks once more before it places."""
    one, two = at(server), at(server, home="elders")
    staged = one.stage(drafts(40)), two.stage(drafts(40))
    one.publish(staged[0])
    two.publish(staged[1])
    assert there(one) == expected(40)


@pytest.mark.parametrize(
    ("capabilities", "folders"),
    [
        (CAPABILITIES, SPECIAL),
        (CAPABILITIES.replace(" LITERAL+", "").replace(" SPECIAL-USE", ""), BY_NAME),
        ("IMAP4rev1", BY_NAME),
    ],
    ids=["no MULTIAPPEND", "no LITERAL+, no SPECIAL-USE", "IMAP4rev1 alone"],
)
def test_servers_that_can_less(at: Open, capabilities: str, folders: str) -> None:
    with dovecot(capabilities=capabilities, folders=folders, store="maildir") as plain:
        outbox = at(plain)
        outbox.publish(outbox.stage(drafts(12)))
        assert there(outbox) == expected(12)
        assert outbox.withdraw({key_of(1), "0" * 40}) == {key_of(1)}
        assert len(there(outbox)) == 11
        assert there(outbox, Spot.TRASH) == [key_of(1)]
        outbox.close()


def test_a_mailbox_without_drafts_says_what_to_do(at: Open) -> None:
    with (
        dovecot(folders="", capabilities="IMAP4rev1") as plain,
        pytest.raises(SurroundingsError, match="geen map voor concepten"),
    ):
        at(plain).stage(drafts(1))


def test_a_full_mailbox_is_known_before_anything_is_placed(at: Open, tmp_path: Path) -> None:
    with dovecot(quota="1M") as small:
        outbox = at(small)
        with pytest.raises(SurroundingsError, match="het is te vol: er is nog 1024 kB vrij") as stop:
            outbox.stage(drafts(20, pdf=b"%PDF" + b"x" * 60_000))
        assert stop.value.exit_code == 3
        assert [*(tmp_path / "thuis").iterdir()] == []
        outbox.publish(outbox.stage(drafts(3)))
        assert there(outbox) == expected(3)
        outbox.close()


def test_a_mailbox_that_fills_up_on_the_way_finishes_later(at: Open) -> None:
    with dovecot(quota="1M", capabilities=CAPABILITIES.replace(" QUOTA", "")) as small:
        outbox = at(small)
        staged = outbox.stage(drafts(30, pdf=b"%PDF" + b"x" * 60_000))
        with pytest.raises(SurroundingsError, match="dan komt elk er alsnog, één keer") as stop:
            outbox.publish(staged)
        before = there(outbox)
        assert f"maar {30 - len(before)} ervan nog niet" in stop.value.title
        assert 0 < len(before) < 30
        assert not any(line.step is Step.UNCLEAR for line in outbox.record.lines.values())
        outbox.withdraw(before)
        mailbox = outbox.mailbox
        assert isinstance(mailbox, ImapMailbox)
        with mailbox._connected() as client:
            client.select_folder("Prullenbak")
            client.delete_messages(client.search("ALL"))
            client.expunge()
        rest = {*expected(30)} - {*before}
        with pytest.raises(SurroundingsError):
            outbox.recover(rest)
        assert {*there(outbox)} < rest
        outbox.close()


def test_a_folder_that_is_read_only_is_refused_beforehand(at: Open) -> None:
    with dovecot() as strict:
        outbox = at(strict)
        outbox.publish(outbox.stage(drafts(1)))
        mailbox = outbox.mailbox
        assert isinstance(mailbox, ImapMailbox)
        with mailbox._connected() as client:
            real = client.select_folder
            client.select_folder = lambda *words, **named: {**real(*words, **named), b"READ-ONLY": True}
            with pytest.raises(SurroundingsError, match='de map "Concepten" is alleen-lezen'):
                outbox.stage(drafts(1, first=1))
        outbox.close()


def test_a_wrong_password_is_told(server: Server, at: Open) -> None:
    outbox = at(server)
    mailbox = outbox.mailbox
    assert isinstance(mailbox, ImapMailbox)
    mailbox._password = lambda: "fout"
    with pytest.raises(SurroundingsError, match="gebruikersnaam of wachtwoord is niet goed"):
        outbox.stage(drafts(1))


def test_a_server_with_another_certificate_is_not_trusted(
    server: Server, at: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox = at(server)
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(SurroundingsError, match="het certificaat van de server klopt niet"):
        outbox.stage(drafts(1))


def test_starttls_and_never_without(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
    mailbox = ImapMailbox(account_of(f"imap://localhost:{server.plain}", "jan@x.example"), lambda: PASSWORD)
    mailbox.check([10])
    mailbox.close()
    closed = ImapMailbox(ImapAccount("localhost", 9, "jan"), lambda: PASSWORD)
    with pytest.raises(LostConnectionError, match="localhost is niet bereikbaar op poort 9"):
        closed.check([10])


@pytest.mark.parametrize(
    ("server", "user", "expected"),
    [
        ("imap.ziggo.nl", "m", ImapAccount("imap.ziggo.nl", 993, "m")),
        (" IMAP.Ziggo.nl ", " m ", ImapAccount("imap.ziggo.nl", 993, "m")),
        ("imap.x.nl:143", "m", ImapAccount("imap.x.nl", 143, "m", starttls=True)),
        ("imap.x.nl:1993", "m", ImapAccount("imap.x.nl", 1993, "m")),
        ("imap://imap.x.nl", "m", ImapAccount("imap.x.nl", 143, "m", starttls=True)),
        ("imaps://imap.x.nl:143", "m", ImapAccount("imap.x.nl", 143, "m")),
    ],
)
def test_what_may_stand_as_server(server: str, user: str, expected: ImapAccount) -> None:
    assert account_of(server, user) == expected


@pytest.mark.parametrize(
    "server",
    [
        "",
        "http://x.nl",
        "x.nl:0",
        "x.nl:70000",
        "x.nl:ab",
        "x y.nl",
        "x.nl\r\nA LOGIN",
        "a@x.nl",
        "x.nl/y",
        "-x.nl",
    ],
)
def test_what_is_no_server(server: str) -> None:
    with pytest.raises(SurroundingsError, match="geen naam van een mailserver"):
        account_of(server, "m")


@pytest.mark.parametrize(
    ("listed", "drafts_in"),
    [
        ([(b"\\Drafts",), b"/", "Elders"], "Elders"),
        ([(), b".", "INBOX.Drafts"], "INBOX.Drafts"),
        ([(), b"/", "[Gmail]/Concepten"], "[Gmail]/Concepten"),
        ([(b"\\Noselect",), b"/", "Concepten"], None),
        ([(), None, "CONCEPTEN"], "CONCEPTEN"),
        ([(), b"/", "Concepten oud"], None),
    ],
)
def test_which_folder_holds_drafts(listed: list[object], drafts_in: str | None) -> None:
    assert special_folders([tuple(listed)]).get(Spot.DRAFTS) == drafts_in  # type: ignore[list-item]


def test_answers_of_servers() -> None:
    assert uids([b"[APPENDUID 1 4:6] Append completed."], 3) == ["4", "5", "6"]
    assert uids([b"[APPENDUID 1 4,9] OK"], 2) == ["4", "9"]
    assert uids([b"[APPENDUID 1 4:5] OK"], 3) == ["", "", ""]
    assert uids([b"OK"], 1) == [""]
    assert (append_limit((b"IMAP4REV1", b"APPENDLIMIT=1000")), append_limit((b"APPENDLIMIT",))) == (1000, 0)
