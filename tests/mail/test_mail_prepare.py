"""A plan becomes drafts, all of them written and checked before anything is placed."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

from debiteuren.domain.debtor import Channel
from debiteuren.domain.settings import LetterTemplate, Settings, Step
from debiteuren.jobs.reminders import as_tests
from debiteuren.mail.message import recipients_in
from debiteuren.mail.prepare import prepare, without_copy
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
    ready = prepare([reminder()], SETTINGS, (), MOMENT, tmp_path)
    (draft,), (problem,) = ready.drafts, ready.problems
    assert (problem.sheet, problem.column) == ("Facturen", "Bestand")
    assert problem.found == "Van factuur 2026-0311 is geen pdf gevonden; er gaat geen kopie mee."
    assert without_copy([reminder()], tmp_path) == ("2026-0311",)
    assert draft.note == "1 factuur niet gevonden als bijlage."
    assert b"bijlage" not in draft.content


def test_who_keeps_no_folder_hears_nothing_and_a_folder_that_is_gone_is_told_once(tmp_path: Path) -> None:
    assert prepare([reminder()], SETTINGS, (), MOMENT).problems == ()
    assert without_copy([reminder()], None) == ()
    twice = [reminder(key=str(count) * 40) for count in range(2)]
    assert [
        problem.column for problem in prepare(twice, SETTINGS, (), MOMENT, tmp_path / "weg").problems
    ] == ["MapFacturen"]


def test_a_trial_to_oneself_is_marked() -> None:
    (case,) = as_tests([reminder()], "marijke@delinde.example")
    (draft,) = prepare([case], SETTINGS, (), MOMENT).drafts
    message = message_from_bytes(draft.content, policy=policy.default)
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert draft.to == "marijke@delinde.example"
    assert message["Subject"] == "[Proef] Factuur 2026-0311 (€ 98,75), misschien aan de aandacht ontsnapt"
    for part in (text, html):
        assert part is not None
        assert "Proef, alleen voor uzelf. De echte brief is voor Lotte Bakker (lotte@bakker.example)." in (
            part.get_content()
        )
    assert draft.key not in {reminder().key, ""}


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
    assert [made.debtor for made in ready.letters] == [LOTTE]
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


def test_an_address_that_others_have_too_is_told() -> None:
    others = [
        replace(LOTTE, number=f"D{count}", name=f"Zus {count}", email="Lotte@bakker.example")
        for count in range(4)
    ]
    alone = prepare([reminder()], SETTINGS, (), MOMENT, debtors=[LOTTE, BAKERY])
    shared = prepare([reminder()], SETTINGS, (), MOMENT, debtors=[LOTTE, *others[:2]])
    many = prepare([reminder()], SETTINGS, (), MOMENT, debtors=[LOTTE, *others])
    start = "Dit e-mailadres staat ook bij Zus 0, Zus 1"
    assert [each.drafts[0].note for each in (alone, shared, many)] == [
        "",
        f"{start}: is dit de juiste klant?",
        f"{start}, Zus 2 en nog 1: is dit de juiste klant?",
    ]


def test_why_a_copy_does_not_go_along(tmp_path: Path) -> None:
    for name, content in (
        ("a 2026-0311.pdf", b"%PDF-"),
        ("b 2026-0311.pdf", b"%PDF-"),
        ("ander.pdf", b"%PDF-1.7 niets"),
        ("geen 2026-0311.txt.pdf", b"tekst"),
    ):
        (tmp_path / name).write_bytes(content)

    def told(file: str) -> str:
        case = reminder(Step.REMINDER, line(replace(HEDGE, file=file), Step.REMINDER))
        (problem,) = prepare([case], SETTINGS, (), MOMENT, tmp_path).problems
        return f"{problem.found} {problem.remedy}"

    end = "; er gaat geen kopie mee."
    wrong = f"{end} vul hier de naam van de goede pdf in."
    assert told("ander.pdf") == f"Van factuur 2026-0311 staat het nummer niet in ander.pdf{wrong}"
    assert told("geen 2026-0311.txt.pdf") == (
        f"Van factuur 2026-0311 is geen 2026-0311.txt.pdf geen pdf{wrong}"
    )
    (tmp_path / "geen 2026-0311.txt.pdf").unlink()
    assert told("") == (
        f"Van factuur 2026-0311 zijn er 2 pdf's (a 2026-0311.pdf en b 2026-0311.pdf){end}"
        " vul hier de naam van de goede in."
    )
    (tmp_path / "a 2026-0311.pdf").unlink()
    (tmp_path / "b 2026-0311.pdf").unlink()
    assert told("weg.pdf").startswith(f"Van factuur 2026-0311 staat weg.pdf niet in de map{end} zet de pdf")
