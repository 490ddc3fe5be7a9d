"""Letters about an arrangement: its confirmation, a word before an instalment, its end.

Answers: the finished letter, with a payment code for each instalment that is still to be paid.
Source: docs/regels.md, "Brieven bij een regeling"; rules A23, C10, C11, D20 (in black and white).
Leaves to others: when such a letter is due (jobs), the arrangement itself (rules/arrangements.py), how it
travels (mail/message.py).
"""

from collections.abc import Mapping

from debiteuren.domain.arrangement_letter import ArrangementLetter, ArrangementLetterKind, unpaid_of
from debiteuren.domain.debtor import Channel, Language
from debiteuren.domain.money import ZERO
from debiteuren.domain.reminder import Letter
from debiteuren.domain.settings import ARRANGEMENT_TERMS, Settings
from debiteuren.mail.letters.facts import PAYMENT_MARK, TABLE_MARK, Fact, people_facts
from debiteuren.mail.letters.page import (
    CODE_ID,
    LONGEST_SUBJECT,
    TRIAL,
    code_facts,
    code_source,
    html_page,
    paper_facts,
    parts_of,
    payment_rows,
)
from debiteuren.mail.letters.payment_code import payload
from debiteuren.mail.letters.standard import joined, text_file
from debiteuren.mail.wording import (
    count_word,
    listed,
    money,
    plain_words,
    said,
    said_with_weekday,
    with_weekday,
)

_FILES = {
    ArrangementLetterKind.CONFIRMATION: "regeling_bevestiging",
    ArrangementLetterKind.NOTICE: "regeling_termijn",
    ArrangementLetterKind.BROKEN: "regeling_verbroken",
    ArrangementLetterKind.THANKS: "regeling_bedankt",
}
_BLOCKS = ("bereikbaar", "aanhef", "groet")
_HEADINGS = {
    Language.NL: ("Termijn", "Uiterlijk", "Bedrag", "betaald"),
    Language.EN: ("Instalment", "By", "Amount", "paid"),
    Language.DE: ("Rate", "Bis spätestens", "Betrag", "bezahlt"),
}
_LONGEST_NUMBER = 40
_LONGEST_TERMS = 500


def render_arrangement(about: ArrangementLetter, settings: Settings) -> Letter:
    """The letter, on paper for who wants post."""
    paper = about.debtor.channel is Channel.POST
    known = _facts(about, settings)
    language = about.debtor.language
    for block in _BLOCKS:
        known[block] = joined(text_file(language, block).render(known))
    subject, _, body = text_file(language, _FILES[about.kind]).render(known).partition("\n")
    confirms = about.kind is ArrangementLetterKind.CONFIRMATION
    pays = about.kind in {ArrangementLetterKind.NOTICE, ArrangementLetterKind.BROKEN}
    parts = parts_of(body, several=confirms, pays=pays)
    codes = _codes(about, settings, known) if confirms or pays else {}
    trial = plain_words(TRIAL.format(about.test_for), LONGEST_SUBJECT) if about.test_for else ""
    payment = payment_rows(language, known) if pays else []
    blocks = {
        TABLE_MARK: _as_text(about),
        PAYMENT_MARK: "\n".join(f"{label}: {value}" for label, value in payment),
    }
    subject = plain_words(("[Proef] " if trial else "") + subject, LONGEST_SUBJECT)
    page = html_page().render(
        subject=subject,
        trial=trial,
        language=language.value,
        parts=[("plan" if part == TABLE_MARK else _kind(part), part.split("\n")) for part in parts],
        payment=payment,
        headings=_HEADINGS[language],
        plan=_plan(about, codes, known, paper=paper),
        others=[],
        **code_facts(codes.get(CODE_ID), known, about.debtor, paper=paper),
        **paper_facts(about.debtor, settings.company, about.on, about.key if paper else ""),
    )
    told = bool(known["iban"]) and any(str(known["iban"]) in part for part in parts)
    shown = [blocks.get(part, part) for part in parts if part != PAYMENT_MARK or not told]
    text = "\n\n".join(part for part in (trial, *shown) if part)
    return Letter(
        subject=subject,
        text=text + "\n",
        html=page,
        language=language.value,
        codes=() if paper else tuple(codes.items()),
    )


def _kind(part: str) -> str:
    return "payment" if part == PAYMENT_MARK else "text"


def _facts(about: ArrangementLetter, settings: Settings) -> dict[str, Fact]:
    """What these letters know beside who writes and who reads."""
    language, on, arrangement = about.debtor.language, about.on, about.state.arrangement
    numbers = [plain_words(debt.number, _LONGEST_NUMBER) for debt in about.debts]
    asked = about.rest
    day = about.pay_by
    if about.kind is ArrangementLetterKind.NOTICE and about.instalment is not None:
        asked, day = unpaid_of(about.instalment), about.instalment.instalment.due
    part = about.instalment
    return {
        **people_facts(about.debtor, settings.company),
        "bedrag": money(asked, language),
        "uiterlijk": with_weekday(day, language) if day else "",
        "kenmerk": listed(numbers, language),
        "nummers": listed(numbers, language),
        "aantal": len(numbers),
        "schulden": [
            {"nummer": number, "bedrag": money(debt.unpaid, language)}
            for number, debt in zip(numbers, about.debts, strict=True)
        ],
        "regeling_bedrag": money(arrangement.amount or ZERO, language),
        "kosten": money(arrangement.costs, language) if arrangement.costs else "",
        "rente": money(arrangement.interest, language) if arrangement.interest else "",
        "afgesproken_dag": (
            said_with_weekday(arrangement.agreed_on, on, language) if arrangement.agreed_on else ""
        ),
        "afgesproken_kort": said(arrangement.agreed_on, on, language) if arrangement.agreed_on else "",
        "vandaag": said(on, on, language),
        "aantal_termijnen": len(about.state.instalments),
        "termijnen_woord": count_word(len(about.state.instalments), language),
        # The letter itself says what the standard terms say.
        "voorwaarden": "" if arrangement.terms == ARRANGEMENT_TERMS else _within(arrangement.terms),
        "gevolg": _within(arrangement.consequence),
        "gevolg_noemt_rechten": "rechten" in arrangement.consequence,
        "rente_loopt": about.interest_runs,
        "termijn": plain_words(part.instalment.number, _LONGEST_NUMBER) if part else "",
        "termijn_dag": (
            said_with_weekday(part.instalment.due, on, language) if part and part.instalment.due else ""
        ),
        "termijn_kort": said(part.instalment.due, on, language) if part and part.instalment.due else "",
        "termijn_open": money(unpaid_of(part), language) if part else "",
        "termijntabel": TABLE_MARK,
        "betaalwijze": PAYMENT_MARK,
        "meervoud": lambda singular, plural: str(singular if len(numbers) == 1 else plural),
    }


def _within(text: str) -> str:
    """Words of the user as the end of a sentence of ours: without its capital and its full stop."""
    words = plain_words(text, _LONGEST_TERMS).rstrip(".")
    first = words.partition(" ")[0]
    return words[:1].lower() + words[1:] if first == first.capitalize() else words


def _codes(about: ArrangementLetter, settings: Settings, known: Mapping[str, Fact]) -> dict[str, str]:
    """A payment code per open instalment, or the one for what the letter asks."""
    company, reference = settings.company, " ".join(debt.number for debt in about.debts)
    if about.kind is ArrangementLetterKind.CONFIRMATION:
        asked = {
            f"{CODE_ID}{count}": unpaid_of(state) for count, state in enumerate(about.state.instalments, 1)
        }
    elif about.kind is ArrangementLetterKind.NOTICE and about.instalment is not None:
        asked = {CODE_ID: unpaid_of(about.instalment)}
    else:
        asked = {CODE_ID: about.rest}
    made = {
        name: payload(name=company.name, iban=company.iban, amount=amount, reference=reference)
        for name, amount in asked.items()
    }
    return {name: content for name, content in made.items() if content is not None and known["iban"]}


def _plan(
    about: ArrangementLetter, codes: Mapping[str, str], known: Mapping[str, Fact], *, paper: bool
) -> list[dict[str, str]]:
    """A row of the table per instalment, with its own code."""
    language = about.debtor.language
    rows = []
    for count, state in enumerate(about.state.instalments, 1):
        name = f"{CODE_ID}{count}"
        amount = money(state.instalment.amount or ZERO, language)
        alt = code_facts(
            None, {**known, "bedrag": money(unpaid_of(state), language)}, about.debtor, paper=paper
        )
        rows.append(
            {
                "nummer": plain_words(state.instalment.number, _LONGEST_NUMBER),
                "dag": with_weekday(state.instalment.due, language) if state.instalment.due else "",
                "bedrag": amount,
                "betaald": (
                    f"{_HEADINGS[language][3]} {money(state.paid, language)}" if state.paid > ZERO else ""
                ),
                "code": code_source(name, codes[name], paper=paper) if name in codes else "",
                "code_alt": alt["code_alt"],
            }
        )
    return rows


def _as_text(about: ArrangementLetter) -> str:
    """The instalments as aligned lines."""
    language = about.debtor.language
    rows = [_HEADINGS[language][:3]]
    for state in about.state.instalments:
        due = with_weekday(state.instalment.due, language) if state.instalment.due else ""
        paid = f" ({_HEADINGS[language][3]} {money(state.paid, language)})" if state.paid > ZERO else ""
        amount = money(state.instalment.amount or ZERO, language)
        rows.append((plain_words(state.instalment.number, _LONGEST_NUMBER), due, amount + paid))
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    return "\n".join(
        "  ".join((row[0].ljust(widths[0]), row[1].ljust(widths[1]), row[2])).rstrip() for row in rows
    )
