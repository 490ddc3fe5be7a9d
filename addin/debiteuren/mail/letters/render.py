"""Which words a letter gets, the standard ones or the user's own, and what is wrong with the latter.

Source: docs/regels.md, "Fouten en twijfel" and "Toon"; rule D07 (check before sending).
Leaves to others: filling in (sandbox.py, standard.py), laying out (page.py), the tone (rules/tone.py).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from debiteuren.domain.contact import ContactKind
from debiteuren.domain.debtor import Debtor, DebtorKind, Form, Language, Tone
from debiteuren.domain.invoice import Invoice
from debiteuren.domain.problem import Problem, Severity
from debiteuren.domain.reminder import EarlierContact, Letter, Reminder, ReminderLine
from debiteuren.domain.settings import Company, LetterTemplate, Settings, Step
from debiteuren.mail.letters.facts import Fact
from debiteuren.mail.letters.page import LONGEST_SUBJECT, finish
from debiteuren.mail.letters.sandbox import TemplateFaultError, fill_in
from debiteuren.mail.letters.standard import FILES, Words, known_facts, standard_words
from debiteuren.mail.wording import in_full, money, plain_words, with_weekday
from debiteuren.rules.tone import Finding, check_letter

_TAG = re.compile(r"</?[A-Za-z][^<>{}]*>")
_STANDARD_INSTEAD = "Zolang dat niet is hersteld, gebruiken we de standaardtekst."


def render(
    reminder: Reminder,
    settings: Settings,
    templates: Sequence[LetterTemplate] = (),
    *,
    attached: int = 0,
    paper: bool = False,
) -> tuple[Letter, tuple[Problem, ...]]:
    """The letter of this reminder, and why a letter of the user could not be used.

    `attached`: how many invoice copies go along; `paper`: a page to print instead of a mail.
    """
    known = known_facts(reminder, settings, attached)
    words = standard_words(reminder, known)
    own = _fitting(reminder, templates)
    problems: tuple[Problem, ...] = ()
    if own is not None:
        words, problems = _own_words(own, words, known, reminder, settings)
    return finish(words, reminder, settings, known, paper=paper), problems


def check_templates(templates: Iterable[LetterTemplate], settings: Settings) -> tuple[Problem, ...]:
    """What is wrong with the user's letters, tried on a made-up customer."""
    problems: list[Problem] = []
    for template in templates:
        if template.step not in {step.value for step in FILES}:
            continue
        reminder = _example(template)
        example_settings = replace(settings, company=_EXAMPLE_COMPANY)
        known = known_facts(reminder, example_settings, 1)
        standard = standard_words(reminder, known)
        words, faults = _own_words(template, standard, known, reminder, example_settings)
        problems += faults
        problems += _markup(template)
        if not faults:
            letter = finish(words, reminder, example_settings, known, paper=False)
            problems += [_remark(template, finding) for finding in _findings(letter, reminder)]
    return tuple(problems)


def _fitting(reminder: Reminder, templates: Sequence[LetterTemplate]) -> LetterTemplate | None:
    """The row that fits this letter most closely; of equals the first."""
    debtor = reminder.debtor

    def closeness(template: LetterTemplate) -> int:
        asked = (template.language, template.form, template.tone)
        given = (debtor.language, debtor.form, debtor.tone)
        if template.step != reminder.step.value or not (template.text.strip() or template.subject.strip()):
            return -1
        if any(want is not None and want is not have for want, have in zip(asked, given, strict=True)):
            return -1
        return sum(weight for weight, want in zip((4, 2, 1), asked, strict=True) if want is not None)

    best = max(templates, key=closeness, default=None)
    return best if best is not None and closeness(best) >= 0 else None


def _own_words(
    template: LetterTemplate,
    standard: Words,
    known: Mapping[str, Fact],
    reminder: Reminder,
    settings: Settings,
) -> tuple[Words, tuple[Problem, ...]]:
    """The user's words; a fault in either field gives the standard for both, which belong together."""
    subject, body, problems = standard.subject, standard.body, []
    if template.subject.strip():
        try:
            subject = plain_words(fill_in(template.subject, known), LONGEST_SUBJECT) or standard.subject
        except TemplateFaultError as fault:
            problems.append(_fault(template, "Onderwerp", fault.found, fault.remedy))
    if template.text.strip():
        try:
            body = fill_in(template.text, known)
            letter = finish(Words(subject, body), reminder, settings, known, paper=False)
            grave = [finding for finding in _findings(letter, reminder) if finding.grave]
            if grave:
                found = f"Deze brief geldt zo niet: {grave[0].found}."
                raise TemplateFaultError(found, grave[0].advice)  # noqa: TRY301 - one way out for every fault
        except TemplateFaultError as fault:
            problems.append(_fault(template, "Tekst", fault.found, fault.remedy))
    return standard if problems else Words(subject, body), tuple(problems)


def _fault(template: LetterTemplate, column: str, found: str, remedy: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        sheet="Sjablonen",
        row=template.row or None,
        column=column,
        found=found,
        remedy=f"{remedy} {_STANDARD_INSTEAD}",
    )


def _markup(template: LetterTemplate) -> list[Problem]:
    """HTML in the user's words: the customer would see it as it stands."""
    return [
        Problem(
            severity=Severity.WARNING,
            sheet="Sjablonen",
            row=template.row or None,
            column=column,
            found=f"Hier staat “{plain_words(tag[0], 40)}”; dat ziet de klant letterlijk zo.",
            remedy="laat codes tussen < en > weg: de opmaak komt vanzelf.",
        )
        for column, text in (("Onderwerp", template.subject), ("Tekst", template.text))
        if (tag := _TAG.search(text)) is not None
    ]


def _remark(template: LetterTemplate, finding: Finding) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        sheet="Sjablonen",
        row=template.row or None,
        column="Tekst",
        found=f"Hier staat “{plain_words(finding.found, 60)}” ({finding.rule}).",
        remedy=finding.advice,
    )


def _findings(letter: Letter, reminder: Reminder) -> tuple[Finding, ...]:
    language = reminder.debtor.language
    day = reminder.pay_by
    return check_letter(
        letter.text,
        letter.subject,
        reminder.step,
        reminder.debtor.form,
        amount=reminder.total,
        days=(with_weekday(day, language), in_full(day, language), f"{day:%d-%m-%Y}"),
        iban="",
        costs=reminder.costs,
        language=language,
        shown=lambda sum_of: money(sum_of, language),
    )


_EXAMPLE_DAY = date(2026, 11, 21)
_EXAMPLE_COMPANY = Company(
    name="Voorbeeld", phone="010 123 45 67", email="post@voorbeeld.example", signature="Voorbeeld"
)


def _example(template: LetterTemplate) -> Reminder:
    """A made-up customer this template fits, with plain words only: what is found is the template's own."""
    step = Step(template.step)
    protected = step is Step.FOURTEEN_DAY_LETTER
    amount = Decimal("121.00")
    invoice = Invoice(
        number="2026-0001",
        debtor="1",
        issued=_EXAMPLE_DAY - timedelta(days=40),
        due=_EXAMPLE_DAY - timedelta(days=10),
        amount=amount,
        description="voorbeeld",
        delivered=_EXAMPLE_DAY - timedelta(days=41),
    )
    return Reminder(
        debtor=Debtor(
            number="1",
            name="Voorbeeld",
            kind=DebtorKind.CONSUMER if protected else DebtorKind.BUSINESS,
            first_name="Robin",
            form=template.form or Form.U,
            language=template.language or Language.NL,
            tone=template.tone or Tone.FRIENDLY,
            email="robin@voorbeeld.example",
        ),
        step=step,
        lines=(ReminderLine(invoice=invoice, step=step, unpaid=amount, paid=Decimal("0.00"), days_late=10),),
        total=amount,
        pay_by=_EXAMPLE_DAY + timedelta(days=18),
        on=_EXAMPLE_DAY,
        key="",
        costs=Decimal("40.00") if protected else None,
        earlier=EarlierContact(kind=ContactKind.CONVERSATION, day=_EXAMPLE_DAY - timedelta(days=4)),
    )
