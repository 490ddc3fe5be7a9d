"""A letter as a message that waits to be sent by a person: the bytes of an .eml file.

Answers: what does this draft look like on disk or in a mailbox, with exactly one recipient.
Source: docs/regels.md, "Concepten" and "Beloften" (3 and 5).
Leaves to others: the words (letters/), how a part is written (parts.py), where the draft goes (drafts/).
"""

from collections.abc import Sequence
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import format_datetime
from typing import Protocol

from debiteuren.domain.debtor import Debtor
from debiteuren.domain.reminder import Letter
from debiteuren.domain.settings import Company
from debiteuren.mail.address import AddressRefusedError, address_of
from debiteuren.mail.attachments import Attachment
from debiteuren.mail.letters.payment_code import picture
from debiteuren.mail.parts import (
    POLICY,
    as_bytes,
    encoded_words,
    file_part,
    join_into,
    joined_parts,
    text_part,
)

KEY_HEADER = "X-Debiteuren-Sleutel"
_UNFOLDED = 60
"""Characters of a subject that fit on the header's line."""
_HEADERS = BytesHeaderParser(policy=policy.default)
_NO_DOMAIN = "debiteuren.invalid"


class Addressed(Protocol):
    """What a message is about, as far as its head needs to know."""

    @property
    def debtor(self) -> Debtor:
        """Who gets it."""

    @property
    def key(self) -> str:
        """Its key in Contact."""

    @property
    def wants_receipt(self) -> bool:
        """Whether a read receipt is asked, to our own address; without that none can be."""


def message_of(
    letter: Letter,
    about: Addressed,
    company: Company,
    moment: datetime,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """The message as bytes with CRLF, the same for the same letter, key and moment.

    Raises:
        AddressRefusedError: the debtor's address is not exactly one, or would not arrive as it stands.
    """
    content, _ = addressed_message(letter, about, company, moment, attachments)
    return content


def addressed_message(
    letter: Letter,
    about: Addressed,
    company: Company,
    moment: datetime,
    attachments: Sequence[Attachment] = (),
) -> tuple[bytes, str]:
    """The message of `message_of`, and the one address that was read back from it."""
    recipient = address_of(about.debtor.email, about.debtor.name)
    bare = Address(username=recipient.username, domain=recipient.domain)
    for shown in (recipient, bare):
        content = _build(letter, about, company, moment, attachments, shown)
        if recipients_in(content) == (recipient.addr_spec,):
            return content, recipient.addr_spec
    raise AddressRefusedError("does not come back as one recipient")


def recipients_in(content: bytes) -> tuple[str, ...]:
    """Every address the message would go to, read back from its bytes."""
    head, _, _ = content.partition(b"\r\n\r\n")
    parsed = _HEADERS.parsebytes(head)
    return tuple(
        address.addr_spec
        for name in ("To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc")
        for header in parsed.get_all(name, ())
        for address in header.addresses
    )


def _build(
    letter: Letter,
    about: Addressed,
    company: Company,
    moment: datetime,
    attachments: Sequence[Attachment],
    recipient: Address,
) -> bytes:
    message = EmailMessage(policy=POLICY)
    sender = _sender(company)
    if sender is not None:
        message["From"] = sender
    message["To"] = recipient
    _add_subject(message, letter.subject)
    message["Date"] = format_datetime(moment)
    message["Message-ID"] = f"<{about.key}@{sender.domain if sender else _NO_DOMAIN}>"
    message["X-Unsent"] = "1"
    message[KEY_HEADER] = about.key
    if about.wants_receipt and sender is not None:
        message["Disposition-Notification-To"] = sender.addr_spec
    message["Content-Language"] = letter.language
    message["MIME-Version"] = "1.0"
    page = text_part("html", letter.html)
    if letter.codes:
        pictures = [
            file_part("image/png", picture(content), f"{name}.png", content_id=name)
            for name, content in letter.codes
        ]
        page = joined_parts("related", [page, *pictures])
    bodies = [text_part("plain", letter.text), page]
    if attachments:
        copies = [file_part("application/pdf", each.content, each.name) for each in attachments]
        join_into(message, "mixed", [joined_parts("alternative", bodies), *copies])
    else:
        join_into(message, "alternative", bodies)
    return as_bytes(message)


def _add_subject(message: EmailMessage, subject: str) -> None:
    """The subject, which must come back letter for letter.

    WORKAROUND standard library, 2026-11: folding a long subject adds a space, in front of it or at a "€".
    Encoding it as a whole does not.
    """
    if subject.isascii() and len(subject) <= _UNFOLDED and "=?" not in subject:
        message["Subject"] = subject
    else:
        message.set_raw("Subject", encoded_words(subject))


def _sender(company: Company) -> Address | None:
    """Our own address, or None: the mail program then fills in its own account."""
    try:
        return address_of(company.email, company.name) if company.email else None
    except AddressRefusedError:
        return None
