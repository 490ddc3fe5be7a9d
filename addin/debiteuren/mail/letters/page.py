"""A letter's words as plain text and as HTML, with the table of invoices and the way to pay.

Source: docs/regels.md, "Concepten" and "Beloften" (5: HTML is escaped by Jinja, without exception). There is
always a text part, with the payment line as text, and the picture has amount and IBAN as alt text.
Leaves to others: the words (standard.py, sandbox.py), how the parts travel (mail/message.py).
"""

import base64
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from importlib import resources

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from debiteuren.domain.debtor import Debtor, Form, Language
from debiteuren.domain.reminder import Letter, Reminder
from debiteuren.domain.settings import Company, Settings
from debiteuren.mail.letters.facts import PAYMENT_MARK, TABLE_MARK, Fact, reference_of
from debiteuren.mail.letters.overview import (
    DELIVERED,
    ELSEWHERE,
    HEADINGS,
    as_text,
    credit_name,
    lateness,
    others_as_text,
    others_rows,
    taken_off,
)
from debiteuren.mail.letters.payment_code import payload, picture
from debiteuren.mail.letters.standard import Words, joined
from debiteuren.mail.wording import in_full, money, plain_words

CODE_ID = "betaalcode"
"""Content-ID of the payment code inside a message."""
LONGEST_SUBJECT = 150
_LONGEST_ADDRESS = 80
_PAYMENT_WORDS = {
    Language.NL: ("Te betalen", "Uiterlijk", "IBAN", "Ten name van", "Onder vermelding van"),
    Language.EN: ("To pay", "By", "IBAN", "Account holder", "Reference"),
    Language.DE: ("Zu zahlen", "Bis spätestens", "IBAN", "Kontoinhaber", "Verwendungszweck"),
}
_CODE_WORDS = {
    (Language.NL, Form.U): ("Betaalcode: {} naar {}", "Scan met uw bank-app"),
    (Language.NL, Form.JE): ("Betaalcode: {} naar {}", "Scan met je bank-app"),
    (Language.EN, Form.U): ("Payment code: {} to {}", "Scan with your bank app"),
    (Language.EN, Form.JE): ("Payment code: {} to {}", "Scan with your bank app"),
    (Language.DE, Form.U): ("Zahlungscode: {} an {}", "Mit Ihrer Bank-App scannen"),
    (Language.DE, Form.JE): ("Zahlungscode: {} an {}", "Mit deiner Bank-App scannen"),
}
_ABOUT = {Language.NL: "Betreft", Language.EN: "Subject", Language.DE: "Betreff"}
TRIAL = "Proef, alleen voor uzelf. De echte brief is voor {}."
_UNBROKEN = re.compile(r"-?€ ?-?\d[\d.,]*\d|\d[\d.,]*\d €|\b\w{0,8}\d-\d{2,}\b")
_MARKS = re.compile(rf"\s*([{TABLE_MARK}{PAYMENT_MARK}])\s*")
_KINDS = {TABLE_MARK: "table", PAYMENT_MARK: "payment"}

_environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True, trim_blocks=True)


def _whole(line: str) -> Markup:
    """A line of a paragraph in which no amount and no invoice number is broken off."""
    return Markup(_UNBROKEN.sub(r'<span style="white-space:nowrap">\g<0></span>', str(escape(line))))  # noqa: S704 - escaped


_environment.filters["whole"] = _whole


@lru_cache(maxsize=1)
def html_page() -> Template:
    """The page of every letter."""
    path = resources.files("debiteuren.mail.letters") / "templates" / "letter.html"
    return _environment.from_string(path.read_text(encoding="utf-8"))


def _code_content(reminder: Reminder, company: Company) -> str | None:
    """What the payment code of this reminder says, or None where paying by code is impossible."""
    return payload(
        name=company.name, iban=company.iban, amount=reminder.total, reference=reference_of(reminder)
    )


def finish(
    words: Words, reminder: Reminder, settings: Settings, known: Mapping[str, Fact], *, paper: bool
) -> Letter:
    """Text and HTML of a letter; what the words leave out (table, way to pay) comes at the end.

    `paper`: a page to print, with addresses and the payment code inside; else the code is `cid:betaalcode`.
    """
    parts = parts_of(words.body, several=len(reminder.lines) > 1 or bool(reminder.credit_lines))
    subject = plain_words(("[Proef] " if reminder.test_for else "") + words.subject, LONGEST_SUBJECT)
    trial = plain_words(TRIAL.format(reminder.test_for), LONGEST_SUBJECT) if reminder.test_for else ""
    payment = payment_rows(reminder.debtor.language, known)
    blocks = {
        TABLE_MARK: as_text(reminder),
        PAYMENT_MARK: "\n".join(f"{label}: {value}" for label, value in payment),
    }
    says_how_to_pay = bool(known["iban"]) and any(str(known["iban"]) in part for part in parts)
    shown = [blocks.get(part, part) for part in parts if part != PAYMENT_MARK or not says_how_to_pay]
    text = "\n\n".join(part for part in (trial, *shown, others_as_text(reminder)) if part)
    language = reminder.debtor.language
    content = _code_content(reminder, settings.company)
    page = html_page().render(
        subject=subject,
        trial=trial,
        language=language.value,
        parts=[(_KINDS.get(part, "text"), part.split("\n")) for part in parts],
        payment=payment,
        headings=HEADINGS[language],
        delivered=DELIVERED[language],
        invoices=known["facturen"],
        credits=[
            (credit_name(line.number, language), money(-line.amount, language))
            for line in reminder.credit_lines
        ],
        taken_off=[taken_off(line, language) for line in reminder.lines],
        late=[lateness(line, language) for line in reminder.lines],
        elsewhere=ELSEWHERE[language],
        others=others_rows(reminder),
        total=money(reminder.total, language),
        plan=[],
        **code_facts(content, known, reminder.debtor, paper=paper),
        **paper_facts(reminder.debtor, settings.company, reminder.on, reminder.key if paper else ""),
    )
    codes = ((CODE_ID, content),) if content is not None and not paper else ()
    return Letter(subject=subject, text=text + "\n", html=page, language=language.value, codes=codes)


def parts_of(body: str, *, several: bool, pays: bool = True) -> list[str]:
    """Paragraphs and marks, each mark on its own and at most once.

    What is missing comes at the end: how to pay where the letter `pays`, and the table of `several` lines
    right before that.
    """
    whole = _MARKS.sub(r"\n\n\1\n\n", joined(body))
    for mark, wanted in ((TABLE_MARK, several), (PAYMENT_MARK, pays)):
        before, found, after = whole.partition(mark)
        if found:
            whole = before + mark + after.replace(mark, "")
        elif wanted and mark == TABLE_MARK and PAYMENT_MARK in whole:
            whole = whole.replace(PAYMENT_MARK, f"{mark}\n\n{PAYMENT_MARK}", 1)
        elif wanted:
            whole = f"{whole}\n\n{mark}"
    return [part.strip() for part in whole.split("\n\n") if part.strip()]


def payment_rows(language: Language, known: Mapping[str, Fact]) -> list[tuple[str, str]]:
    """The way to pay, line by line."""
    labels = _PAYMENT_WORDS[language]
    values = (known["bedrag"], known["uiterlijk"], known["iban"], known["bedrijf"], known["kenmerk"])
    return [(label, str(value)) for label, value in zip(labels, values, strict=True) if value]


def code_facts(
    content: str | None, known: Mapping[str, Fact], debtor: Debtor, *, paper: bool
) -> dict[str, str]:
    """The payment code beside the way to pay: where it stands, and its words."""
    alt, caption = _CODE_WORDS[debtor.language, debtor.form]
    return {
        "code_source": "" if content is None else code_source(CODE_ID, content, paper=paper),
        "code_alt": alt.format(known["bedrag"], known["iban"]),
        "code_caption": caption,
    }


def code_source(name: str, content: str, *, paper: bool) -> str:
    """Where html finds a payment code: in the page itself on paper, else beside it in the message."""
    if not paper:
        return f"cid:{name}"
    return f"data:image/png;base64,{base64.b64encode(picture(content)).decode()}"


def paper_facts(debtor: Debtor, company: Company, on: date, key: str) -> dict[str, str | Sequence[str]]:
    """Sender, address, place and day; `key` '' for a mail, which shows none of them."""
    sender = _lines(
        company.name,
        company.address,
        f"{company.postcode} {company.city}",
        " · ".join(word for word in (company.phone, company.email) if word),
    )
    day = in_full(on, debtor.language)
    place = plain_words(company.city, _LONGEST_ADDRESS)
    return {
        "key": key,
        "sender": sender or [""],
        "address": _lines(debtor.name, debtor.address, f"{debtor.postcode} {debtor.city}"),
        "place_and_day": f"{place}, {day}" if place else day,
        "about": _ABOUT[debtor.language],
    }


def _lines(*lines: str) -> list[str]:
    return [line for line in (plain_words(text, _LONGEST_ADDRESS) for text in lines) if line]
