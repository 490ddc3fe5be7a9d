"""A plan becomes drafts, all of them written and checked before anything is placed."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from debiteuren.domain.debtor import Channel
from debiteuren.domain.settings import LetterTemplate, Settings, Step
from debiteuren.mail.message import recipients_in
from debiteuren.mail.prepare import prepare
from reminder_examples import BAKERY, HEDGE, LOTTE, SETTINGS, line, reminder

MOMENT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def test_a_mail_with_its_copy(tmp_path: Path) -> None:
    (tmp_path / "2026-0311.pdf").write_bytes(b"%PDF-1.7")
    ready = prepare([reminder()], SETTINGS, (), MOMENT, tmp_path)
    (draft,) = ready.drafts
    assert (draft.to, draft.suffix, draft.note) == ("lotte@bakker.example", ".eml", "")
    assert b'filename="Factuur 2026-0311.pdf"' in draft.content
    assert b"zit in de bijlage" in draft.content
    assert ready.problems == ()


def test_a_missing_copy_is_said_before(tmp_path: Path) -> None:
    (draft,) = prepare([reminder()], SETTINGS, (), MOMENT, tmp_path).drafts
    assert draft.note == "1 factuur niet gevonden als bijlage."
    assert b"bijlage" not in draft.content


def test_post_becomes_a_letter_to_print() -> None:
    debtor = replace(LOTTE, channel=Channel.POST, address="Dorpsstraat 1", postcode="1234 AB", city="Ede")
    (draft,) = prepare([reminder(Step.FOURTEEN_DAY_LETTER, debtor=debtor)], SETTINGS, (), MOMENT).drafts
    assert (draft.to, draft.suffix) == ("Dorpsstraat 1, 1234 AB Ede", ".html")
    assert draft.content.startswith(b"<!DOCTYPE html>")
    assert draft.note == (
        "Brief per post: print hem en doe een kopie van de factuur erbij. Verstuur deze brief op "
        "21 november 2026: de laatste dag die erin staat, rekent vanaf dan."
    )


def test_two_addresses_make_no_draft_and_stop_nobody_else() -> None:
    odd = replace(BAKERY, email="a@x.example, b@x.example", row=9)
    ready = prepare([reminder(debtor=odd, key="a" * 40), reminder()], SETTINGS, (), MOMENT)
    assert [recipients_in(draft.content) for draft in ready.drafts] == [("lotte@bakker.example",)]
    assert [made.debtor for made in ready.reminders] == [LOTTE]
    assert [skipped.debtor for skipped in ready.skipped] == ["1002"]
    assert [(problem.sheet, problem.row, problem.column) for problem in ready.problems] == [
        ("Debiteuren", 9, "E-mail")
    ]


def test_a_faulty_template_is_named_once() -> None:
    template = LetterTemplate(step="Herinnering", text="{{ naamm }}", row=3)
    reminders = [reminder(key=str(count) * 40) for count in range(3)]
    ready = prepare(reminders, SETTINGS, [template], MOMENT)
    assert len(ready.drafts) == 3
    assert [problem.row for problem in ready.problems] == [3]


def test_what_instellingen_lacks_is_said() -> None:
    ready = prepare([reminder(Step.REMINDER, line(HEDGE, Step.REMINDER))], Settings(), (), MOMENT)
    assert [problem.column for problem in ready.problems] == ["EigenNaam", "EigenIBAN"]
    assert prepare([], Settings(), (), MOMENT).problems == ()
