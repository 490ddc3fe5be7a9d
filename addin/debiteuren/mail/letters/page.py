"""A letter's words as plain text and as HTML, with the table of invoices and the way to pay.

Source: docs/regels.md, "Concepten" and "Beloften" (5: HTML is escaped by Jinja, without exception). There is
always a text part, with the payment line as text, and the picture has amount and IBAN as alt text.
Leaves to others: the words (standard.py, sandbox.py), how the parts travel (mail/message.py).
"""

import base64
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from debiteuren.domain.debtor import Form, Language
from debiteuren.domain.reminder import Letter, Reminder
from debiteuren.domain.settings import Company, Settings
from debiteuren.mail.letters.facts import PAYMENT_MARK, TABLE_MARK, Fact, reference_of
from debiteuren.mail.letters.overview import (
    DELIVERED,
    ELSEWHERE,
    HEADINGS,
    as_text,
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
_TRIAL = "Proef, alleen voor uzelf. De echte brief is voor {}."
_UNBROKEN = re.compile(r"-?€ ?-?\d[\d.,]*\d|\d[\d.,]*\d €|\b\w{0,8}\d-\d{2,}\b")
_MARKS = re.compile(rf"\s*([{TABLE_MARK}{PAYMENT_MARK}])\s*")
_KINDS = {TABLE_MARK: "table", PAYMENT_MARK: "payment"}

_environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True, trim_blocks=True)


def _whole(line: str) -> Markup:
    """A line of a paragraph in which no amount and no invoice number is broken off."""
    return Markup(_UNBROKEN.sub(r'<span style="white-space:nowrap">\g<0></span>', str(escape(line))))  # noqa: S704 - escaped


_environment.filters["whole"] = _whole


@lru_cache(maxsize=1)
def _page() -> Template:
    path = resources.files("debiteuren.mail.letters") / "templates" / "letter.html"
    return _environment.from_string(path.read_text(encoding="utf-8"))


def code_of(reminder: Reminder, company: Company) -> bytes | None:
    """The payment code of this reminder as PNG, or None where paying by code is impossible."""
    content = _code_content(reminder, company)
    return None if content is None else picture(content)


def _code_content(reminder: Reminder, company: Company) -> str | None:
    return payload(
        name=company.name, iban=company.iban, amount=reminder.total, reference=reference_of(reminder)
    )


def finish(
    words: Words, reminder: Reminder, settings: Settings, known: Mapping[str, Fact], *, paper: bool
) -> Letter:
    """Text and HTML of a letter; what the words leave out (table, way to pay) comes at the end.

    `paper`: a page to print, with addresses and the payment code inside; else the code is `cid:betaalcode`.
    """
    parts = _parts(words.body, several=len(reminder.lines) > 1 or bool(reminder.credit_lines))
    subject = plain_words(("[Proef] " if reminder.test_for else "") + words.subject, LONGEST_SUBJECT)
    trial = plain_words(_TRIAL.format(reminder.test_for), LONGEST_SUBJECT) if reminder.test_for else ""
    payment = _payment_rows(reminder, known)
    blocks = {
        TABLE_MARK: as_text(reminder),
        PAYMENT_MARK: "\n".join(f"{label}: {value}" for label, value in payment),
    }
    says_how_to_pay = bool(known["iban"]) and any(str(known["iban"]) in part for part in parts)
    shown = [blocks.get(part, part) for part in parts if part != PAYMENT_MARK or not says_how_to_pay]
    text = "\n\n".join(part for part in (trial, *shown, others_as_text(reminder)) if part)
    language = reminder.debtor.language
    page = _page().render(
        subject=subject,
        trial=trial,
        language=language.value,
        parts=[(_KINDS.get(part, "text"), part.split("\n")) for part in parts],
        payment=payment,
        headings=HEADINGS[language],
        delivered=DELIVERED[language],
        invoices=known["facturen"],
        credits=[
            (plain_words(line.number, _LONGEST_ADDRESS), money(-line.amount, language))
            for line in reminder.credit_lines
        ],
        taken_off=[taken_off(line, language) for line in reminder.lines],
        elsewhere=ELSEWHERE[language],
        others=others_rows(reminder),
        total=money(reminder.total, language),
        **_code_facts(reminder, settings, known, paper=paper),
        **_paper_facts(reminder, settings, paper=paper),
    )
    return Letter(subject=subject, text=text + "\n", html=page, language=language.value)


def _parts(body: str, *, several: bool) -> list[str]:
    """Paragraphs and marks, each mark on its own and at most once."""
    whole = _MARKS.sub(r"\n\n\1\n\n", joined(body))
    for mark, wanted in ((TABLE_MARK, several), (PAYMENT_MARK, True)):
        before, found, after = whole.partition(mark)
        if found:
            whole = before + mark + after.replace(mark, "")
        elif wanted:
            whole = f"{whole}\n\n{mark}"
    return [part.strip() for part in whole.split("\n\n") if part.strip()]


def _payment_rows(reminder: Reminder, known: Mapping[str, Fact]) -> list[tuple[str, str]]:
    labels = _PAYMENT_WORDS[reminder.debtor.language]
    values = (known["bedrag"], known["uiterlijk"], known["iban"], known["bedrijf"], known["kenmerk"])
    return [(label, str(value)) for label, value in zip(labels, values, strict=True) if value]


def _code_facts(
    reminder: Reminder, settings: Settings, known: Mapping[str, Fact], *, paper: bool
) -> dict[str, str]:
    alt, caption = _CODE_WORDS[reminder.debtor.language, reminder.debtor.form]
    content = _code_content(reminder, settings.company)
    source = "" if content is None else f"cid:{CODE_ID}"
    if content is not None and paper:
        source = f"data:image/png;base64,{base64.b64encode(picture(content)).decode()}"
    return {
        "code_source": source,
        "code_alt": alt.format(known["bedrag"], known["iban"]),
        "code_caption": caption,
    }


def _paper_facts(reminder: Reminder, settings: Settings, *, paper: bool) -> dict[str, str | Sequence[str]]:
    company, debtor = settings.company, reminder.debtor
    sender = _lines(
        company.name,
        company.address,
        f"{company.postcode} {company.city}",
        " · ".join(word for word in (company.phone, company.email) if word),
    )
    day = in_full(reminder.on, debtor.language)
    place = plain_words(company.city, _LONGEST_ADDRESS)
    return {
        "key": reminder.key if paper else "",
        "sender": sender or [""],
        "address": _lines(debtor.name, debtor.address, f"{debtor.postcode} {debtor.city}"),
        "place_and_day": f"{place}, {day}" if place else day,
        "about": _ABOUT[debtor.language],
    }


def _lines(*lines: str) -> list[str]:
    return [line for line in (plain_words(text, _LONGEST_ADDRESS) for text in lines) if line]
