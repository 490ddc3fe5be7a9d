"""The bytes of a draft: one recipient, nothing slipped in, the same every time."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from debiteuren.domain.reminder import Letter
from debiteuren.mail.address import AddressRefusedError, address_of, display_name
from debiteuren.mail.attachments import Attachment
from debiteuren.mail.letters import render
from debiteuren.mail.message import message_of, recipients_in
from mail.hostile_names import wrong_drafts
from reminder_examples import COMPANY, LOTTE, SETTINGS, reminder

MOMENT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
PDF = Attachment("Factuur 2026-0311.pdf", b"%PDF-1.7 2026-0311")
NO_CODE = replace(COMPANY, iban="")
SMALL = Letter(subject="Dag", text="Dag\n", html="<p>Dag</p>")


def parsed(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def full(attachments: tuple[Attachment, ...] = (PDF,)) -> bytes:
    letter, _ = render(reminder(), SETTINGS, attached=1)
    return message_of(letter, reminder(), COMPANY, MOMENT, attachments)


def test_the_draft_opens_ready_to_send() -> None:
    message = parsed(full())
    assert message["X-Unsent"] == "1"
    assert message["From"] == "Hoveniersbedrijf De Linde <marijke@delinde.example>"
    assert message["To"] == "Lotte Bakker <lotte@bakker.example>"
    assert message["Subject"] == "Factuur 2026-0311 (€ 98,75), misschien aan de aandacht ontsnapt"
    assert message["Message-ID"] == f"<{reminder().key}@delinde.example>"
    assert message["X-Debiteuren-Sleutel"] == reminder().key
    assert message["Date"] == "Sat, 21 Nov 2026 09:00:00 +0000"
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/pdf",
    ]


def test_text_html_code_and_copy_come_back() -> None:
    letter, _ = render(reminder(), SETTINGS, attached=1)
    message = parsed(full())
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert text.get_content().replace("\r\n", "\n") == letter.text
    assert html is not None
    assert html.get_content().replace("\r\n", "\n").strip() == letter.html
    (copy,) = message.iter_attachments()
    assert copy.get_filename() == PDF.name
    assert copy.get_content() == PDF.content
    (code,) = [part for part in message.walk() if part.get_content_type() == "image/png"]
    assert code["Content-ID"] == "<betaalcode>"
    assert code.get_content().startswith(b"\x89PNG")


def test_the_same_draft_is_the_same_bytes() -> None:
    assert full() == full()


def test_lines_end_as_mail_does_and_none_is_too_long() -> None:
    lines = full().split(b"\r\n")
    assert max(len(each) for each in lines) <= 998
    assert b"\n" not in b"".join(lines)


def test_without_an_own_address_the_mail_program_fills_it_in() -> None:
    company = replace(COMPANY, email="marijke@delinde.example, ander@x.example")
    message = parsed(message_of(SMALL, reminder(), company, MOMENT))
    assert message["From"] is None
    assert message["Message-ID"] == f"<{reminder().key}@debiteuren.invalid>"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "lotte",
        "@x.example",
        "lotte@",
        "lotte@localhost",
        "lotte@x.example, jan@y.example",
        "lotte@x.example;jan@y.example",
        "lotte@x.example jan@y.example",
        "lotte@x.example\nBcc: jan@y.example",
        "lotte@x.example\r\nBcc: jan@y.example",
        "Lotte <lotte@x.example>",
        "lotte@x@y.example",
        '"lotte"@x.example',
        "lotte@[127.0.0.1]",
        "lötte@x.example",
        "lotte@x..example",
        "lotte@-x.example",
        "lotte@straße.example",
        "lotte@x.example\u2028",
        "lotte@x\u200d.example",
        "lotte@ｘ.example",
        "lotte@x\u3002example",
        "lotte@xn--\u00e9.example",
        "a" * 65 + "@x.example",
        "lotte@" + "a" * 64 + ".example",
    ],
)
def test_an_address_that_is_not_exactly_one_is_refused(address: str) -> None:
    with pytest.raises(AddressRefusedError):
        message_of(SMALL, reminder(debtor=replace(LOTTE, email=address)), COMPANY, MOMENT)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("lotte@bakker.example", "lotte@bakker.example"),
        ("Lotte.B+x@Bakker.Example", "Lotte.B+x@bakker.example"),
        ("o'neill@x-y.example", "o'neill@x-y.example"),
        ("lotte@bäckerei.example", "lotte@xn--bckerei-5wa.example"),
        ("lotte@пример.example", "lotte@xn--e1afmkfd.example"),
    ],
)
def test_an_address_that_is_one(address: str, expected: str) -> None:
    content = message_of(SMALL, reminder(debtor=replace(LOTTE, email=address)), COMPANY, MOMENT)
    assert recipients_in(content) == (expected,)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(("Factuur", "€ 98,75", "en", "2026-0311,", "é" * 30, "a" * 40, "(", "🙂")),
        max_size=12,
    )
)
@example(["Factuur", "2026-0311,", "2026-0311,", "a" * 40])
def test_a_subject_comes_back_letter_for_letter(words: list[str]) -> None:
    subject = " ".join(words)
    content = message_of(replace(SMALL, subject=subject), reminder(), NO_CODE, MOMENT)
    assert parsed(content)["Subject"] == subject
    assert max(len(each) for each in content.split(b"\r\n\r\n")[0].split(b"\r\n")) <= 78


def test_thousands_of_hostile_names_and_addresses_come_back_as_one_recipient() -> None:
    assert wrong_drafts(5_000, seed=20261121) == []


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200), st.text(max_size=100))
def test_any_name_and_any_address_give_one_recipient_or_none(name: str, address: str) -> None:
    try:
        wanted = address_of(address, name)
    except AddressRefusedError:
        wanted = address_of("lotte@bakker.example", name)
    debtor = replace(LOTTE, name=name, email=f"{wanted.username}@{wanted.domain}")
    content = message_of(SMALL, reminder(debtor=debtor), replace(COMPANY, name=name), MOMENT)
    assert recipients_in(content) == (wanted.addr_spec,)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Van Dam, Jansen & Zn. B.V.", "Van Dam Jansen & Zn. B.V."),
        ('"Piet" <piet@x.example>', "Piet piet x.example"),
        ("Zoë\r\nBcc: x", "Zoë Bcc x"),
        ("=?utf-8?q?a?=", "utf-8?q?a?="),
        ("a" * 80, "a" * 59),
        ("\u202e\x00", ""),
    ],
)
def test_what_is_left_of_a_name(name: str, expected: str) -> None:
    assert display_name(name) == expected
