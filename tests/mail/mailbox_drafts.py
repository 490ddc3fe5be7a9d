"""Drafts to put in mailboxes, as mail/message.py makes them."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from debiteuren.domain.reminder import Letter
from debiteuren.mail.attachments import Attachment
from debiteuren.mail.drafts import Draft
from debiteuren.mail.letters.payment_code import payload
from debiteuren.mail.message import message_of
from reminder_examples import COMPANY, reminder

ON = date(2026, 11, 21)
TEXT = "Beste Lotte,\nFactuur 2026-0311 van € 98,75 staat nog open. IBAN NL91ABNA0417164300.\n"


def key_of(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()[:40]


def drafts(count: int, *, first: int = 0, pdf: bytes = b"%PDF-1.4 kopie") -> Iterator[Draft]:
    """So many drafts with a payment code and a copy."""
    page = f"<html><body><p>{TEXT}</p><img src='cid:betaalcode'></body></html>"
    code = payload(name="De Linde", iban="NL91ABNA0417164300", amount=Decimal("98.75"), reference="2026-0311")
    codes = (("betaalcode", code or ""),)
    letter = Letter(subject="Factuur 2026-0311", text=TEXT, html=page, codes=codes)
    for number in range(first, first + count):
        asked = reminder(key=key_of(number))
        copies = [Attachment(name="2026-0311.pdf", content=pdf)]
        content = message_of(letter, asked, COMPANY, datetime(2026, 11, 21, 9), copies)
        yield Draft(
            key=key_of(number),
            debtor="1001",
            name=f"Lotte {number}",
            to="lotte@bakker.example",
            subject="Factuur 2026-0311",
            step="Herinnering",
            invoices=("2026-0311",),
            amount=Decimal("98.75"),
            on=ON,
            content=content,
            text=TEXT,
        )
