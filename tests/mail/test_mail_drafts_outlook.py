"""Drafts in classic Outlook, against a strict fake that knows the documented names only."""

import subprocess
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from debiteuren.domain.problem import SurroundingsError
from debiteuren.domain.seen_draft import Found, Spot
from debiteuren.mail.drafts import Outbox, outlook_probe
from debiteuren.mail.drafts.mail_parts import parts_of
from debiteuren.mail.drafts.outlook import OutlookMailbox, holds, with_signature
from mail.fake_outlook import BIN, DRAFTS, SENT, ComError, Outlook
from mail.mailbox_drafts import drafts, key_of

ANY_DAY = date(2026, 11, 21)
GONE, REFUSED = -2147023174, -2147467259


def outbox_at(outlook: Outlook, tmp_path: Path) -> Outbox:
    mailbox = OutlookMailbox("info@delinde.example", connect=lambda: (outlook, ComError))
    return Outbox(mailbox, tmp_path / "thuis", tmp_path / "Concepten", pause=lambda _: None)


def expected(count: int) -> list[str]:
    return sorted(key_of(number) for number in range(count))


def fails_at(moment: int, number: int) -> "Outlook":
    outlook = Outlook()

    def fail(saves: int) -> None:
        if saves == moment:
            raise ComError(number, "zo niet")

    outlook.fails = fail
    return outlook


def test_a_draft_is_whole_with_signature_account_and_key(tmp_path: Path) -> None:
    outlook = Outlook()
    outbox = outbox_at(outlook, tmp_path)
    (placed,) = outbox.publish(outbox.stage(drafts(1)))
    (mail,) = outlook.mails
    assert (mail.To, mail.Subject, mail.Categories) == (
        "lotte@bakker.example",
        "Factuur 2026-0311",
        "Debiteuren",
    )
    assert mail.HTMLBody.index("NL91ABNA0417164300") < mail.HTMLBody.index("Groet, Marijke")
    assert mail.HTMLBody.lower().count("<body") == 1
    picture, copy = mail.Attachments._items
    assert (picture.FileName, copy.FileName) == ("betaalcode.png", "2026-0311.pdf")
    assert [*picture.PropertyAccessor._set] == ["http://schemas.microsoft.com/mapi/proptag/0x3712001F"]
    assert (copy._content, copy.PropertyAccessor._set) == (b"%PDF-1.4 kopie", {})
    assert mail.SendUsingAccount is not None
    assert mail.SendUsingAccount.SmtpAddress == "info@delinde.example"
    assert (outlook.keys(), placed.id) == (expected(1), mail.EntryID)


def test_an_account_that_is_ignored_is_set_the_other_way(tmp_path: Path) -> None:
    outlook = Outlook()
    outlook.ignores_account = True
    outbox = outbox_at(outlook, tmp_path)
    outbox.publish(outbox.stage(drafts(1)))
    account = outlook.mails[0].SendUsingAccount
    assert account is not None
    assert account.SmtpAddress == "info@delinde.example"


def test_an_unknown_account_leaves_the_choice_to_outlook(tmp_path: Path) -> None:
    outlook = Outlook(["anders@delinde.example"])
    outbox = outbox_at(outlook, tmp_path)
    outbox.publish(outbox.stage(drafts(1)))
    assert outlook.mails[0].SendUsingAccount is None


def test_a_letter_that_outlook_loses_is_not_left_behind(tmp_path: Path) -> None:
    outlook = Outlook()
    outlook.loses_body = True
    outbox = outbox_at(outlook, tmp_path)
    staged = outbox.stage(drafts(2))
    with pytest.raises(SurroundingsError, match="bewaarde het concept"):
        outbox.publish(staged)
    assert (outlook.keys(), [mail._folder for mail in outlook.mails]) == ([], [BIN])
    outlook.loses_body = False
    outbox.recover(expected(2))
    assert outlook.keys() == expected(2)


@pytest.mark.parametrize("moment", range(1, 7))
@pytest.mark.parametrize("number", [GONE, REFUSED])
def test_outlook_that_fails_at_any_save_leaves_each_once_or_unclear(
    tmp_path: Path, moment: int, number: int
) -> None:
    """Two drafts of three saves each; the last save of a draft is the one that can leave doubt."""
    outlook = fails_at(moment, number)
    outbox = outbox_at(outlook, tmp_path)
    staged = outbox.stage(drafts(2))
    try:
        outbox.publish(staged)
    except SurroundingsError:
        outbox.recover(expected(2))
    unclear = [key for key, line in outbox.record.lines.items() if line.step.value == "onduidelijk"]
    assert sorted([*outlook.keys(), *unclear]) == expected(2)
    # In the fake the key is set before the Save fails, so it is there and found; never is there doubt here.
    halves = [mail for mail in outlook.mails if mail._folder == DRAFTS]
    assert len(halves) == len(outlook.keys())


def test_what_became_of_drafts(tmp_path: Path) -> None:
    outlook = Outlook()
    outbox = outbox_at(outlook, tmp_path)
    outbox.publish(outbox.stage(drafts(3)))
    sent = outlook.mails[0]
    sent._folder, sent.SentOn = SENT, datetime(2026, 11, 21, 10, 5)
    assert outbox.withdraw({key_of(0), key_of(1)}) == {key_of(1)}
    assert outbox.look({*expected(3), "x' or 1=1"}, ANY_DAY) == {
        key_of(0): Found(Spot.SENT, "00000000", datetime(2026, 11, 21, 10, 5)),
        key_of(1): Found(Spot.TRASH, "00000001"),
        key_of(2): Found(Spot.DRAFTS, "00000002"),
    }


def test_an_outlook_that_does_not_start_changes_nothing(tmp_path: Path) -> None:
    class NoOutlookError(Exception):
        """As pythoncom.com_error."""

    def refuse() -> tuple[Outlook, type[Exception]]:
        raise ModuleNotFoundError("pythoncom")

    outbox = Outbox(OutlookMailbox("x", connect=refuse), tmp_path / "a", tmp_path / "b", pause=lambda _: None)
    with pytest.raises(SurroundingsError, match="het onderdeel voor Outlook is niet geïnstalleerd"):
        outbox.stage(drafts(1))
    assert issubclass(NoOutlookError, Exception)


@pytest.mark.parametrize(
    ("ours", "there", "expected"),
    [
        (
            "<html><body><p>a</p></body></html>",
            "<body x=1><p>b</p></body>",
            "<body x=1><p>a</p><p>b</p></body>",
        ),
        ("<p>a</p>", "<BODY>b</BODY>", "<BODY><p>a</p>b</BODY>"),
        ("<html><body>a</body></html>", "", "<html><body>a</body></html>"),
    ],
)
def test_our_letter_comes_above_the_signature(ours: str, there: str, expected: str) -> None:
    assert with_signature(ours, there) == expected


def test_a_letter_is_whole_when_every_figure_is_there() -> None:
    parts = parts_of(next(drafts(1)).content)
    assert holds(parts.html, parts)
    assert not holds(parts.html.replace("98,75", ""), parts)
    assert not holds("", parts)


@pytest.mark.parametrize(
    ("said", "start"),
    [
        (outlook_probe.YES, ""),
        (outlook_probe.NEW, "het nieuwe Outlook laat zich niet"),
        (outlook_probe.NO_PART, "het onderdeel voor Outlook is niet geïnstalleerd"),
        ("NEE (-2147221005, 'Invalid class string')", "klassiek Outlook staat niet op deze computer"),
        ("", "klassiek Outlook staat niet op deze computer"),
    ],
)
def test_what_asking_for_outlook_says(said: str, start: str) -> None:
    found = outlook_probe.answers(lambda _command, _seconds: said)
    assert found.startswith(start)
    assert bool(found) == bool(start)


def test_an_outlook_that_hangs_is_given_up() -> None:
    def hang(command: Sequence[str], seconds: float) -> str:
        raise subprocess.TimeoutExpired(command, seconds)

    assert outlook_probe.answers(hang).startswith("Outlook geeft geen antwoord")


def test_the_real_question_ends_on_a_computer_without_outlook() -> None:
    assert outlook_probe.answers() != ""
