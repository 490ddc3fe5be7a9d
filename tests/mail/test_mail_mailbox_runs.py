"""The whole way to a mailbox, with a real Dovecot: drafted, sent, thrown away, paid, killed, undone."""

import re
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import imapclient
import keyring
import pytest

from commands import Ran, run
from debiteuren.book.closed import ClosedWorkbook
from debiteuren.book.workbook import Cell, Changes
from mail.dovecot import MISSING, PASSWORD, Server, dovecot
from mail.file_keyring import FileKeyring

pytestmark = [pytest.mark.skipif(bool(MISSING), reason=MISSING), pytest.mark.xdist_group("dovecot")]
DAY = ("--peildatum", "2026-11-20")
LATER = ("--peildatum", "2026-11-21")
USER = "marijke@delinde.example"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with dovecot() as running:
        yield running


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small company: five customers who are late, one of whom wants paper."""
    home = tmp_path_factory.mktemp("bedrijf")
    book = home / "Boek.xlsm"
    assert run("nieuw", book).code == 0
    due = date(2026, 11, 2)
    debtors: list[dict[str, Cell]] = [
        {
            "Debiteurnummer": f"{number}",
            "Naam": f"Klant {number}",
            "Soort": "Zakelijk",
            "E-mail": f"klant{number}@voorbeeld.example",
            "Adres": "Dijk 1",
            "Postcode": "1234 AB",
            "Plaats": "Zutphen",
            "Kanaal": "Post" if number == 5 else "E-mail",
        }
        for number in range(1, 6)
    ]
    invoices: list[dict[str, Cell]] = [
        {
            "Factuurnummer": f"2026-{number:04}",
            "Debiteurnummer": f"{(number - 1) % 5 + 1}",
            "Factuurdatum": due - timedelta(days=30),
            "Vervaldatum": due,
            "Bedrag": 100.0 + number,
        }
        for number in range(1, 7)
    ]
    workbook = ClosedWorkbook(book)
    workbook.read()
    workbook.write(
        Changes(
            appended={"tblDebiteuren": debtors, "tblFacturen": invoices},
            blocks={
                "EigenNaam": [["De Linde"]],
                "EigenEmail": [[USER]],
                "EigenIBAN": [["NL91ABNA0417164300"]],
            },
        )
    )
    return home


@pytest.fixture
def mailbox(
    server: Server, ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator["Mailbox"]:
    """The company with an empty mailbox that is set up."""
    monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
    monkeypatch.setenv("TEST_KEYRING", str(tmp_path / "sleutels.json"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "mail.file_keyring.FileKeyring")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    before = keyring.get_keyring()
    keyring.set_keyring(FileKeyring())
    home = tmp_path / "werk"
    shutil.copytree(ready, home)
    made = Mailbox(server, home / "Boek.xlsm", f"{tmp_path.name}@delinde.example".lower())
    monkeypatch.setattr("debiteuren.cli_mailbox._password", lambda: PASSWORD)
    done = made.run("postvak", "--imap", "--server", f"localhost:{server.tls}", "--gebruiker", made.user)
    assert (done.code, done.err) == (0, "")
    yield made
    keyring.set_keyring(before)


class Mailbox:
    """The workbook, and the mailbox as another program sees it."""

    def __init__(self, server: Server, book: Path, user: str) -> None:
        self.server = server
        self.book = book
        self.user = user

    def run(self, command: str, *words: str | Path) -> Ran:
        return run(command, self.book, *words)

    def open(self) -> imapclient.IMAPClient:
        context = ssl.create_default_context(cafile=str(self.server.authority))
        client = imapclient.IMAPClient("localhost", self.server.tls, ssl_context=context)
        client.plain_login(self.user, PASSWORD)
        return client

    def drafts(self, folder: str = "Concepten") -> list[str]:
        """The key of each message in a folder."""
        client = self.open()
        client.select_folder(folder, readonly=True)
        found = client.fetch(client.search("ALL"), ["BODY.PEEK[]"])
        client.logout()
        return sorted(message_from_bytes(data[b"BODY[]"])["X-Debiteuren-Sleutel"] for data in found.values())

    def move(self, key: str, folder: str) -> None:
        """What a mail program does with a draft that is sent or thrown away."""
        client = self.open()
        client.select_folder("Concepten")
        client.move(client.search(["HEADER", "X-Debiteuren-Sleutel", key]), folder)
        client.logout()

    def contact(self) -> dict[str, tuple[str, date]]:
        """Key → Concept and the day of Moment."""
        grid = ClosedWorkbook(self.book).read().grids["tblContact"]
        key, state, moment = (grid.columns.index(name) for name in ("Sleutel", "Concept", "Moment"))
        found: dict[str, tuple[str, date]] = {}
        for row in grid.rows:
            day = row[moment]
            assert isinstance(day, date)
            found[str(row[key])] = (str(row[state]), day.date() if isinstance(day, datetime) else day)
        return found


def remind(mailbox: Mailbox, *words: str | Path) -> Ran:
    return mailbox.run("herinneringen", "--zonder-bank", *(words or DAY), "--json")


def test_drafts_wait_in_the_mailbox_and_paper_in_the_folder(mailbox: Mailbox) -> None:
    done = remind(mailbox)
    assert (done.code, done.json["doel"]) == (0, "imap")
    assert mailbox.user in done.json["doel_waarom"]
    drafts = done.json["concepten"]
    mails = [draft for draft in drafts if draft["bestand"] is None]
    assert (len(drafts), len(mails)) == (5, 4)
    assert mailbox.drafts() == sorted(draft["sleutel"] for draft in mails)
    assert sorted(draft["id"] for draft in mails) == ["1", "2", "3", "4"]
    client = mailbox.open()
    client.select_folder("Concepten", readonly=True)
    for facts in client.fetch(client.search("ALL"), ["BODY.PEEK[]", "FLAGS"]).values():
        assert b"\\Draft" in facts[b"FLAGS"]
        message = message_from_bytes(facts[b"BODY[]"], policy=policy.default)
        assert len(message["To"].addresses) == 1
    client.logout()
    folder = mailbox.book.parent / "Concepten"
    assert [path.suffix for path in sorted(folder.iterdir())] == [".html", ".html"]
    assert "de mails staan bij de concepten in uw postvak" in (folder / "Concepten.html").read_text("utf-8")


def test_the_server_reads_in_a_draft_what_we_put_in(mailbox: Mailbox) -> None:
    """Dovecot's own parser, which did not write them, on the form and the addresses of each draft."""
    remind(mailbox)
    client = mailbox.open()
    client.select_folder("Concepten", readonly=True)
    for facts in client.fetch(client.search("ALL"), ["BODYSTRUCTURE", "ENVELOPE"]).values():
        envelope = facts[b"ENVELOPE"]
        assert [(each.host, each.name is not None) for each in envelope.to] == [(b"voorbeeld.example", True)]
        assert (envelope.cc, envelope.bcc) == (None, None)
        assert [each.mailbox + b"@" + each.host for each in envelope.from_] == [USER.encode()]
        form = re.findall(r'"(plain|html|png|related|alternative|mixed|pdf)"', shown(facts[b"BODYSTRUCTURE"]))
        assert form == ["plain", "html", "png", "related", "alternative"]
    client.logout()


def shown(structure: object) -> str:
    """A structure as text, in lower case and with one kind of quotes."""
    return str(structure).lower().replace("b'", "'").replace("'", '"')


def test_two_at_once_make_each_once(mailbox: Mailbox) -> None:
    command = [sys.executable, "-m", "debiteuren", "herinneringen", str(mailbox.book), "--zonder-bank", *DAY]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(2)]
    codes = sorted(process.wait(timeout=120) for process in both)
    assert codes in ([0, 0], [0, 3])
    keys = mailbox.drafts()
    assert (len(keys), len({*keys})) == (4, 4)


def test_a_second_time_makes_nothing(mailbox: Mailbox) -> None:
    before = remind(mailbox)
    again = remind(mailbox)
    assert (again.code, again.json["concepten"]) == (0, [])
    assert len(mailbox.drafts()) == len(before.json["concepten"]) - 1


def test_what_was_sent_thrown_away_and_lost_is_known(mailbox: Mailbox) -> None:
    remind(mailbox)
    sent, binned, lost, kept = mailbox.drafts()
    mailbox.move(sent, "Verzonden")
    mailbox.move(binned, "Prullenbak")
    client = mailbox.open()
    client.select_folder("Concepten")
    client.delete_messages(client.search(["HEADER", "X-Debiteuren-Sleutel", lost]))
    client.expunge()
    client.logout()
    done = remind(mailbox)
    states = {key: state for key, (state, _) in mailbox.contact().items()}
    assert [states[key] for key in (sent, binned, lost, kept)] == [
        "Verstuurd", "Vervallen", "Gemaakt", "Gemaakt",
    ]  # fmt: skip
    told = " ".join(problem["wat"] for problem in done.json["controle"])
    assert "ligt in de prullenbak" in told
    assert "staat niet meer in uw postvak" in told
    # What was thrown away did not happen, so it comes again, under another key.
    assert len(done.json["concepten"]) == 1
    assert len(mailbox.drafts()) == 2


def test_a_draft_whose_invoice_was_paid_goes(mailbox: Mailbox) -> None:
    first = remind(mailbox)
    by_invoice = {tuple(draft["facturen"]): draft["sleutel"] for draft in first.json["concepten"]}
    workbook = ClosedWorkbook(mailbox.book)
    workbook.read()
    paid: list[dict[str, Cell]] = [
        {
            "Transactie": f"T{number}",
            "Boekdatum": date(2026, 11, 20),
            "Bedrag": 100.0 + number,
            "Omschrijving": f"Factuur 2026-{number:04}",
            "Uw keuze": f"2026-{number:04}",
        }
        for number in (1, 2)
    ]
    workbook.write(Changes(appended={"tblBetalingen": paid}))
    done = remind(mailbox)
    assert done.code == 0
    both, one = by_invoice["2026-0001", "2026-0006"], by_invoice["2026-0002",]
    states = {key: state for key, (state, _) in mailbox.contact().items()}
    assert (states[both], states[one]) == ("Vervallen", "Vervallen")
    (new,) = done.json["concepten"]
    assert new["facturen"] == ["2026-0006"]
    assert sorted(mailbox.drafts("Prullenbak")) == sorted([both, one])
    assert both not in mailbox.drafts()


def test_a_wait_counts_from_the_day_it_was_sent(mailbox: Mailbox) -> None:
    long_ago = ("--peildatum", "2026-11-16")
    remind(mailbox, *long_ago)
    key = mailbox.drafts()[0]
    mailbox.move(key, "Verzonden")
    today = datetime.now().date()
    remind(mailbox, "--peildatum", today.isoformat())
    assert mailbox.contact()[key] == ("Verstuurd", today)


def test_taken_back_they_leave_the_mailbox_and_may_come_again(mailbox: Mailbox) -> None:
    remind(mailbox)
    before = mailbox.drafts()
    assert mailbox.run("ongedaan").code == 0
    assert (mailbox.drafts(), mailbox.drafts("Prullenbak")) == ([], before)
    again = remind(mailbox)
    assert mailbox.drafts() == before
    assert all(not draft["onduidelijk"] for draft in again.json["concepten"])


def test_taking_back_stops_when_one_was_sent(mailbox: Mailbox) -> None:
    remind(mailbox)
    mailbox.move(mailbox.drafts()[0], "Verzonden")
    done = mailbox.run("ongedaan")
    assert done.code == 2
    assert "misschien zijn ze verstuurd" in done.err


def test_a_wrong_password_changes_nothing(mailbox: Mailbox, tmp_path: Path) -> None:
    secrets = tmp_path / "sleutels.json"
    secrets.write_text(secrets.read_text("utf-8").replace("geheim", "fout"), "utf-8")
    before = mailbox.book.read_bytes()
    done = remind(mailbox)
    assert (done.code, "gebruikersnaam of wachtwoord is niet goed" in done.err) == (3, True)
    assert mailbox.book.read_bytes() == before
    assert mailbox.drafts() == []
    left = [path.name for path in mailbox.book.parent.rglob("*") if "wacht-" in path.name]
    assert left == []


def test_a_server_that_is_not_there_changes_nothing(mailbox: Mailbox) -> None:
    done = mailbox.run("postvak", "--imap", "--server", "localhost:9", "--gebruiker", "x", "--proef")
    assert (done.code, "antwoordt niet" in done.err) == (3, True)


def test_killed_anywhere_each_comes_once(mailbox: Mailbox, tmp_path: Path) -> None:
    """The process dies at every line it writes into its record, and just before and after saving."""
    command = [sys.executable, "-c", DYING, str(mailbox.book)]
    fresh = mailbox.book.read_bytes()
    whole = [draft["sleutel"] for draft in remind(mailbox).json["concepten"] if not draft["bestand"]]
    for moment in ("stage", "write", "committing", "answered", "placed"):
        client = mailbox.open()
        for folder in ("Concepten", "Prullenbak"):
            client.select_folder(folder)
            client.delete_messages(client.search("ALL"))
            client.expunge()
        client.logout()
        home = tmp_path / moment
        home.mkdir()
        book = home / "Boek.xlsm"
        book.write_bytes(fresh)
        died = subprocess.run([*command[:-1], str(book), moment], check=False, capture_output=True)
        assert died.returncode == 9, died.stderr.decode()
        done = run("herinneringen", book, "--zonder-bank", *DAY, "--json")
        assert done.code == 0, done.err
        unclear = [row for row in done.json["controle"] if "onduidelijk" in row["wat"]]
        # Before the last byte nothing is there; nobody can know that who died after saying it would go.
        expected = [] if moment == "committing" else whole
        assert (moment, mailbox.drafts()) == (moment, sorted(expected))
        assert (moment, len(unclear)) == (moment, 0)
        third = run("herinneringen", book, "--zonder-bank", *DAY, "--json")
        asked = [row for row in third.json["controle"] if "onduidelijk" in row["wat"]]
        assert (moment, len(asked), third.json["concepten"]) == (moment, 4 - len(expected), [])


DYING = """
import os, sys
from debiteuren import cli, reminding
from debiteuren.book.closed import ClosedWorkbook
from debiteuren.mail.drafts import outbox
book, moment = sys.argv[1:]
def dies(real, before=False):
    def dying(*args, **named):
        if before: os._exit(9)
        real(*args, **named)
        os._exit(9)
    return dying
if moment == "stage": ClosedWorkbook.write = dies(ClosedWorkbook.write, before=True)
if moment == "write": ClosedWorkbook.write = dies(ClosedWorkbook.write)
if moment == "committing": outbox._Teller.committing = dies(outbox._Teller.committing)
if moment == "answered": outbox._Teller.placed = dies(outbox._Teller.placed, before=True)
if moment == "placed": outbox._Teller.placed = dies(outbox._Teller.placed)
sys.argv = ["debiteuren", "herinneringen", book, "--zonder-bank", "--peildatum", "2026-11-20"]
cli.main()
"""


WISH = ("--debiteur", "2", "--termijnen", "2", "--eerste", "2026-12-04", "--json", *DAY)


def test_a_confirmation_waits_in_the_mailbox_and_goes_with_its_arrangement(mailbox: Mailbox) -> None:
    before = mailbox.book.read_bytes()
    told = mailbox.run("regeling", *WISH).json["bevestiging"]
    key = told["concept"]["sleutel"]
    assert (told["doel"], told["concept"]["bestand"], told["reden"]) == ("imap", None, None)
    assert mailbox.drafts() == [key]
    client = mailbox.open()
    client.select_folder("Concepten", readonly=True)
    (facts,) = client.fetch(client.search("ALL"), ["BODY.PEEK[]"]).values()
    client.logout()
    assert message_from_bytes(facts[b"BODY[]"])["Disposition-Notification-To"] == USER
    assert mailbox.run("ongedaan").code == 0
    assert (mailbox.drafts(), mailbox.book.read_bytes() == before) == ([], True)


def test_a_confirmation_that_was_sent_is_known_and_controle_asks_for_the_day(mailbox: Mailbox) -> None:
    key = mailbox.run("regeling", *WISH).json["bevestiging"]["concept"]["sleutel"]
    mailbox.move(key, "Verzonden")
    done = remind(mailbox)
    assert mailbox.contact()[key][0] == "Verstuurd"
    assert "Bevestiging" not in [draft["stap"] for draft in done.json["concepten"]]
    (asked,) = [problem for problem in done.json["controle"] if problem["kolom"] == "Bevestigd op"]
    assert asked["doen"] == "vul 20-11-2026 in."


def test_a_mailbox_that_refuses_keeps_no_arrangement_back(mailbox: Mailbox, tmp_path: Path) -> None:
    secrets = tmp_path / "sleutels.json"
    right = secrets.read_text("utf-8")
    secrets.write_text(right.replace("geheim", "fout"), "utf-8")
    done = mailbox.run("regeling", *WISH)
    assert (done.code, done.json["status"], done.json["bevestiging"]["concept"]) == (0, "Te bevestigen", None)
    assert "gebruikersnaam of wachtwoord is niet goed" in done.json["bevestiging"]["reden"]
    assert mailbox.contact() == {}
    secrets.write_text(right, "utf-8")
    late = [draft for draft in remind(mailbox).json["concepten"] if draft["stap"] == "Bevestiging"]
    assert len(late) == 1
    assert late[0]["sleutel"] in mailbox.drafts()
