"""A letter as a message that waits to be sent by a person: the bytes of an .eml file.

Answers: what does this draft look like on disk or in a mailbox, with exactly one recipient.
Source: docs/regels.md, "Concepten" and "Beloften" (3 and 5).
Leaves to others: the words (letters/), where the draft goes (drafts/).
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from email import policy
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser

from debiteuren.domain.reminder import Letter, Reminder
from debiteuren.domain.settings import Company
from debiteuren.mail.address import AddressRefusedError, address_of
from debiteuren.mail.attachments import Attachment
from debiteuren.mail.letters.page import CODE_ID, code_of

KEY_HEADER = "X-Debiteuren-Sleutel"
_UNFOLDED = 60
"""Characters of a subject that fit on the header's line."""
_HEADERS = BytesHeaderParser(policy=policy.default)
_LINE = 76
_NO_DOMAIN = "debiteuren.invalid"


def message_of(
    letter: Letter,
    reminder: Reminder,
    company: Company,
    moment: datetime,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """The message as bytes with CRLF, the same for the same letter, key and moment.

    Raises:
        AddressRefusedError: the debtor's address is not exactly one, or would not arrive as it stands.
    """
    recipient = address_of(reminder.debtor.email, reminder.debtor.name)
    bare = Address(username=recipient.username, domain=recipient.domain)
    for shown in (recipient, bare):
        content = _build(letter, reminder, company, moment, attachments, shown)
        if recipients_in(content) == (recipient.addr_spec,):
            return content
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
    reminder: Reminder,
    company: Company,
    moment: datetime,
    attachments: Sequence[Attachment],
    recipient: Address,
) -> bytes:
    message = EmailMessage(policy=policy.SMTP)
    sender = _sender(company)
    if sender is not None:
        message["From"] = sender
    message["To"] = recipient
    _add_subject(message, letter.subject)
    message["Date"] = moment
    message["Message-ID"] = f"<{reminder.key}@{sender.domain if sender else _NO_DOMAIN}>"
    message["X-Unsent"] = "1"
    message[KEY_HEADER] = reminder.key
    message["Content-Language"] = letter.language
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    code = code_of(reminder, company)
    if code is not None:
        pages = message.get_payload()
        page = pages[1] if isinstance(pages, list) else None
        if isinstance(page, EmailMessage):
            page.add_related(
                code, "image", "png", cid=f"<{CODE_ID}>", filename="betaalcode.png", disposition="inline"
            )
    for attachment in attachments:
        message.add_attachment(
            attachment.content, maintype="application", subtype="pdf", filename=attachment.name
        )
    _fix_boundaries(message, reminder.key)
    return message.as_bytes()


def _add_subject(message: EmailMessage, subject: str) -> None:
    """The subject, which must come back letter for letter.

    WORKAROUND standard library, 2026-11: folding a long subject adds a space, in front of it or at a "€".
    Encoding it as a whole does not.
    """
    if subject.isascii() and len(subject) <= _UNFOLDED:
        message["Subject"] = subject
    else:
        words = Header(subject, "utf-8", header_name="Subject", maxlinelen=_LINE)
        message.set_raw("Subject", words.encode(linesep="\r\n"))


def _sender(company: Company) -> Address | None:
    """Our own address, or None: the mail program then fills in its own account."""
    try:
        return address_of(company.email, company.name) if company.email else None
    except AddressRefusedError:
        return None


def _fix_boundaries(message: EmailMessage, key: str) -> None:
    """Boundaries that follow from the key, so that the same letter gives the same bytes."""
    for count, part in enumerate(message.walk()):
        if part.is_multipart():
            digest = hashlib.sha256(f"{key}|{count}".encode()).hexdigest()[:32]
            part.set_boundary(f"=_{digest}")
