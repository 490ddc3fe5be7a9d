"""What a letter's template may know: plain words and whole numbers, worked out from a reminder.

Answers: which Dutch name stands for what (docs name them for users who write their own letters).
Source: docs/handleiding.md, "Eigen brieven"; rules C13, E10, E11; docs/regels.md, "Beloften" (5): every word
from outside passes through plain_words, so it can hold no line break, direction mark or block mark.
Leaves to others: the sentences (templates/), Jinja (letters.py).
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from debiteuren.domain.debtor import Channel, Debtor, DebtorKind, Form, Language, Tone
from debiteuren.domain.money import ZERO
from debiteuren.domain.reminder import Reminder, ReminderLine
from debiteuren.domain.settings import Company, Settings, Step
from debiteuren.mail.letters.earlier import earlier_facts
from debiteuren.mail.wording import (
    count_word,
    first_name,
    grouped,
    in_full,
    listed,
    money,
    only_initials,
    plain_words,
    said,
    short_day,
    with_weekday,
)

TABLE_MARK = "\ue001"
"""Stands in a rendered text where the table of invoices comes; plain_words keeps it out of data."""
PAYMENT_MARK = "\ue002"
"""Stands where the payment block comes."""

Fact = str | int | bool | list[dict[str, str | int]] | Callable[..., str]

_LONGEST_NAME = 80
_LONGEST_NUMBER = 40
_LONGEST_DESCRIPTION = 120
_LONGEST_SIGNATURE = 160
_NUMBERS_IN_SUBJECT = 3
_NUMBERS_TO_TYPE = 5
_SHORT = {
    Language.NL: ("{} en nog {}", "de factuurnummers"),
    Language.EN: ("{} and {} more", "the invoice numbers"),
    Language.DE: ("{} und {} weitere", "den Rechnungsnummern"),
}
_BY_LAW = frozenset({Step.FOURTEEN_DAY_LETTER, Step.FINAL_DEMAND})


def number_of(line: ReminderLine) -> str:
    """The invoice number as it may stand in a letter."""
    return plain_words(line.invoice.number, _LONGEST_NUMBER)


def numbers_short(reminder: Reminder) -> str:
    """The invoice numbers as a subject or a payer's description names them: three, and how many more."""
    numbers = [number_of(line) for line in reminder.lines]
    language = reminder.debtor.language
    if len(numbers) <= _NUMBERS_IN_SUBJECT:
        return listed(numbers, language)
    named = _NUMBERS_IN_SUBJECT - 1
    return _SHORT[language][0].format(", ".join(numbers[:named]), len(numbers) - named)


def reference_of(reminder: Reminder) -> str:
    """What the payer puts with his payment: the invoice's own reference, or the invoice numbers."""
    if len(reminder.lines) == 1 and reminder.lines[0].invoice.reference and not reminder.credit_lines:
        return plain_words(reminder.lines[0].invoice.reference, _LONGEST_NUMBER)
    return " ".join(number_of(line) for line in reminder.lines)


def costs_base(reminder: Reminder) -> Decimal:
    """The claims in their fourteen-day step, less credit notes: what collection costs are reckoned over."""
    return sum((line.unpaid for line in _own_lines(reminder)), ZERO) - reminder.credit


def people_facts(debtor: Debtor, company: Company, *, light: bool = False) -> dict[str, Fact]:
    """Who writes and who reads: what every letter knows. `light`: a playful word fits."""
    informal = debtor.form is Form.JE
    signature = plain_words(company.signature, _LONGEST_SIGNATURE)
    speaks_as_one = bool(signature) and debtor.tone is not Tone.BUSINESSLIKE
    return {
        "voornaam": first_name(debtor.first_name),
        "voorletters": only_initials(first_name(debtor.first_name)),
        "achternaam": plain_words(debtor.last_name, _LONGEST_NAME),
        "naam": plain_words(debtor.name, _LONGEST_NAME),
        "zakelijke_klant": debtor.kind is DebtorKind.BUSINESS,
        "je": informal,
        "toon": debtor.tone.value if debtor.tone is not Tone.LIGHT or light else Tone.FRIENDLY.value,
        "luchtig": light,
        "iban": grouped(plain_words(company.iban, _LONGEST_NUMBER)),
        "bedrijf": plain_words(company.name, _LONGEST_NAME),
        "telefoon": plain_words(company.phone, _LONGEST_NUMBER),
        "email": plain_words(company.email, _LONGEST_NAME),
        "ondertekening": signature,
        "per_post": debtor.channel is Channel.POST,
        "kies": lambda formal, familiar: str(familiar if informal else formal),
        "wie": lambda singular, plural: str(singular if speaks_as_one else plural),
    }


def facts(reminder: Reminder, settings: Settings, attached: int) -> dict[str, Fact]:
    """Every name a template may use, with its value. `attached`: how many invoice copies go along."""
    language = reminder.debtor.language
    debtor, company = reminder.debtor, settings.company
    one = len(reminder.lines) == 1
    paid = sum((line.paid for line in reminder.lines), ZERO)
    discount = sum((line.discount for line in reminder.lines), ZERO)
    set_off = sum((line.set_off for line in reminder.lines), ZERO)
    own = _own_lines(reminder)
    return {
        **people_facts(debtor, company, light=reminder.light),
        "stap": reminder.step.value,
        "stap_aantal": len(own),
        "stap_nummers": listed([number_of(line) for line in own], language),
        "andere_stappen": _other_steps(reminder),
        "aantal": len(reminder.lines),
        "aantal_woord": count_word(len(reminder.lines), language),
        "facturen": [_invoice(line, reminder) for line in reminder.lines],
        "nummers": listed([number_of(line) for line in reminder.lines], language),
        "nummers_kort": numbers_short(reminder),
        "bedrag": money(reminder.total, language),
        "openstaand": money(sum((line.unpaid for line in reminder.lines), ZERO), language),
        "betaald": money(paid, language) if paid > ZERO else "",
        "korting": money(discount, language) if discount > ZERO else "",
        "verrekend": money(set_off, language) if set_off > ZERO else "",
        "krediet": money(reminder.credit, language) if reminder.credit > ZERO else "",
        "krediet_aantal": len(reminder.credit_lines),
        "krediet_nummers": listed(
            [plain_words(credit.number, _LONGEST_NUMBER) for credit in reminder.credit_lines], language
        ),
        "uiterlijk": with_weekday(reminder.pay_by, language),
        "vandaag": in_full(reminder.on, language),
        "kosten": money(reminder.costs, language) if reminder.costs is not None else "",
        "rente": money(reminder.interest, language) if reminder.interest else "",
        "kosten_grondslag": money(costs_base(reminder), language),
        "kenmerk": (
            _SHORT[language][1]
            if len(reminder.lines) > _NUMBERS_TO_TYPE
            else reference_of(reminder)
            if one
            else listed([number_of(line) for line in reminder.lines], language)
        ),
        "bijlagen": attached,
        "factuurtabel": TABLE_MARK,
        "betaalwijze": PAYMENT_MARK,
        **earlier_facts(reminder),
        "meervoud": lambda singular, plural: str(singular if one else plural),
        "meervoud_van": lambda count, singular, plural: str(singular if count == 1 else plural),
    }


def _own_lines(reminder: Reminder) -> list[ReminderLine]:
    """The lines in the letter's own step."""
    return [line for line in reminder.lines if line.step is reminder.step]


def _invoice(line: ReminderLine, reminder: Reminder) -> dict[str, str | int]:
    """One invoice. A reminder names days as one says them, the last letters in full."""
    invoice, language, on = line.invoice, reminder.debtor.language, reminder.on

    def day(day: date) -> str:
        return in_full(day, language) if reminder.step in _BY_LAW else said(day, on, language)

    return {
        "nummer": number_of(line),
        "datum": day(invoice.issued),
        "vervaldatum": day(invoice.due),
        "vervaldatum_kort": short_day(invoice.due, language),
        "datum_kort": short_day(invoice.issued, language),
        "omschrijving": plain_words(invoice.description, _LONGEST_DESCRIPTION).rstrip("."),
        "geleverd": day(invoice.delivered) if invoice.delivered else "",
        "geleverd_kort": short_day(invoice.delivered, language) if invoice.delivered else "",
        "factuurbedrag": money(invoice.amount, language),
        "betaald": money(line.paid, language) if line.paid > ZERO else "",
        "korting": money(line.discount, language) if line.discount > ZERO else "",
        "verrekend": money(line.set_off, language) if line.set_off > ZERO else "",
        "bedrag": money(line.unpaid, language),
        "dagen": line.days_late,
        "stap": line.step.value,
    }


def _other_steps(reminder: Reminder) -> list[dict[str, str | int]]:
    """The lines that stand at another step than the letter, by step, in the order of the ladder."""
    groups = []
    for step in Step:
        numbers = [number_of(line) for line in reminder.lines if line.step is step]
        if step is not reminder.step and numbers:
            words = listed(numbers, reminder.debtor.language)
            groups.append({"stap": step.value, "aantal": len(numbers), "nummers": words})
    return groups
