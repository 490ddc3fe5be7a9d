"""A finished draft taken apart again, for mailboxes that do not take a message as it is.

Source: RFC 5322 and 2045; the drafts of mail/message.py.
Leaves to others: putting it into a mailbox (graph.py, outlook.py).
"""

from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser


@dataclass(frozen=True, slots=True)
class Part:
    """An attachment; `content_id`: it is a picture in the letter."""

    name: str
    kind: str
    content: bytes
    content_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A mail: exactly one recipient, plain text and html, attachments; whether a receipt is asked."""

    to: str
    name: str
    subject: str
    text: str
    html: str
    attachments: tuple[Part, ...]
    receipt: bool = False


def parts_of(content: bytes) -> Parts:
    """The parts of one of our drafts.

    Raises:
        ValueError: it has not exactly one recipient, or no letter; that would be our own fault.
    """
    message = BytesParser(policy=policy.default).parsebytes(content)
    if not isinstance(message, EmailMessage):
        raise TypeError("no message")
    receivers = [
        address
        for header in ("To", "Cc", "Bcc")
        for each in message.get_all(header, ())
        for address in each.addresses
    ]
    page, plain = message.get_body(("html",)), message.get_body(("plain",))
    if len(receivers) != 1 or page is None or plain is None:
        raise ValueError("not one of our drafts")
    return Parts(
        to=receivers[0].addr_spec,
        name=receivers[0].display_name,
        subject=str(message["Subject"]),
        text=plain.get_content(),
        html=page.get_content(),
        attachments=tuple(
            Part(
                name=part.get_filename() or "bijlage",
                kind=part.get_content_type(),
                content=part.get_content(),
                content_id=str(part["Content-ID"] or "").strip("<>"),
            )
            for part in message.walk()
            if part.get_filename()
        ),
        receipt="Disposition-Notification-To" in message,
    )
