"""Where drafts go: chosen before the first, with a reason; and secrets that fit in every keyring."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail

from commands import run
from debiteuren.domain.problem import SurroundingsError
from debiteuren.domain.settings import DraftPlace, Settings
from debiteuren.mail.drafts import Around, choose, secrets
from debiteuren.mail.drafts.record import Line, Record, Step
from mail.file_keyring import FileKeyring

IMAP = Settings(mailbox_server="imap.x.nl", mailbox_user="jan@x.nl")
GRAPH = Settings(graph_app="app", mailbox_user="jan@x.nl")
BOTH = Settings(mailbox_server="imap.x.nl", mailbox_user="jan@x.nl", graph_app="app")


def never() -> str:
    pytest.fail("Outlook is not asked on this system")


@pytest.mark.parametrize(
    ("system", "settings", "outlook", "secret", "place", "reason"),
    [
        ("linux", Settings(), None, "", "eml", "er is geen postvak ingesteld"),
        ("linux", IMAP, None, "geheim", "imap", "op Instellingen staat het postvak jan@x.nl"),
        (
            "linux",
            IMAP,
            None,
            "",
            "eml",
            "het wachtwoord van jan@x.nl is op deze computer nog niet opgegeven",
        ),
        ("darwin", BOTH, None, "geheim", "graph", "op Instellingen staat een postvak van Microsoft 365"),
        ("darwin", GRAPH, None, "", "eml", "bij Microsoft 365 is op deze computer nog niet ingelogd"),
        ("win32", BOTH, "", "geheim", "outlook", "klassiek Outlook staat op deze computer en antwoordt"),
        ("win32", BOTH, "nee", "geheim", "graph", "op Instellingen staat een postvak van Microsoft 365"),
        ("win32", IMAP, "nee", "geheim", "imap", "op Instellingen staat het postvak jan@x.nl"),
        ("win32", Settings(), "het nieuwe Outlook", "", "eml", "het nieuwe Outlook"),
    ],
)
def test_the_best_place_there_is(
    system: str, settings: Settings, outlook: str | None, secret: str, place: str, reason: str
) -> None:
    asked = never if outlook is None else lambda: outlook
    choice = choose("auto", settings, Around(system=system, outlook=asked, secret=lambda _: secret))
    assert (choice.place, choice.reason.startswith(reason)) == (place, True)


@pytest.mark.parametrize(
    ("asked", "settings", "why"),
    [
        ("outlook", Settings(), "klassiek Outlook bestaat alleen op Windows"),
        ("imap", Settings(), "er is nog geen IMAP-postvak ingesteld"),
        ("imap", IMAP, "het wachtwoord van jan@x.nl"),
        ("graph", Settings(), "er is nog geen postvak van Microsoft 365 ingesteld"),
        ("graph", GRAPH, "bij Microsoft 365 is op deze computer nog niet ingelogd"),
        ("auto", Settings(draft_target="imap"), "er is nog geen IMAP-postvak ingesteld"),
    ],
)
def test_what_is_asked_for_and_not_set_up_stops(asked: str, settings: Settings, why: str) -> None:
    with pytest.raises(SurroundingsError, match=why) as stop:
        choose(asked, settings, Around(system="linux", outlook=never, secret=lambda _: ""))
    assert (stop.value.exit_code, stop.value.title.startswith("Niets gewijzigd: ")) == (3, True)


def test_what_is_asked_for_goes_before_the_sheet() -> None:
    around = Around(system="linux", outlook=never, secret=lambda _: "geheim")
    asked = choose("eml", Settings(draft_target="imap"), around)
    assert (asked.place, asked.reason) == (DraftPlace.EML, "daar vroeg u om")
    assert choose("auto", Settings(draft_target="eml"), around).place is DraftPlace.EML


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("TEST_KEYRING", str(tmp_path / "sleutels.json"))
    before = keyring.get_keyring()
    keyring.set_keyring(FileKeyring())
    yield tmp_path / "sleutels.json"
    keyring.set_keyring(before)


@pytest.mark.usefixtures("key_file")
@pytest.mark.parametrize("length", [1, 999, 1000, 1001, 25_000])
def test_a_secret_of_any_length_comes_back(length: int) -> None:
    secrets.store("x", "é" * length)
    assert secrets.stored("x") == "é" * length
    secrets.store("x", "kort")
    assert secrets.stored("x") == "kort"
    secrets.forget("x")
    assert secrets.stored("x") == ""


def test_a_computer_without_a_keyring_is_told_what_to_do() -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    try:
        with pytest.raises(SurroundingsError, match="geen sleutelbos"):
            secrets.stored("x")
    finally:
        keyring.set_keyring(before)


@pytest.mark.parametrize("place", ["outlook", "imap", "graph"])
def test_the_command_stops_with_3_and_changes_nothing(tmp_path: Path, place: str) -> None:
    book = tmp_path / "Boek.xlsm"
    assert run("nieuw", book).code == 0
    before = book.read_bytes()
    done = run("herinneringen", book, "--naar", place, "--json")
    assert (done.code, book.read_bytes() == before) == (3, True)
    assert done.json["fout"].startswith("Niets gewijzigd: ")


def test_a_mailbox_needs_an_answer(tmp_path: Path, key_file: Path) -> None:
    book = tmp_path / "Boek.xlsm"
    assert run("nieuw", book).code == 0
    assert run("postvak", book, "--imap", "--graph").code == 2
    assert run("postvak", book, "--server", "geen server", "--gebruiker", "jan").code == 3
    forgotten = run("postvak", book, "--verwijder", "--json")
    assert (forgotten.code, forgotten.json["vergeten"]) == (0, [])
    assert not key_file.exists()


def test_a_record_with_a_torn_last_line_still_counts(tmp_path: Path) -> None:
    record = Record(tmp_path / "a" / "verloop.jsonl")
    record.add([Line(key="a", step=Step.COMMITTING, target="imap", name="Zoë\u2028B.V.")], lasting=True)
    with record.path.open("ab") as file:
        file.write(b'{"key": "b", "step": "gepl')
    Record(record.path).step(["a"], Step.PLACED)
    again = Record(record.path).lines
    assert {key: line.step for key, line in again.items()} == {"a": Step.PLACED}
    assert again["a"].name == "Zoë\u2028B.V."
