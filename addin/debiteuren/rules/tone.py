"""A letter we would be glad to get ourselves, and one the law lets us send.

Answers: which words in a letter do not fit its step, and which facts it misses.
Source: docs/regels.md, "Toon"; rules A07, A10, A17 (no blame), B05 and B07 (must), B08 (not received?), B10
(delivery), B12 and B13 (no hurry), D07 (facts); "Incassokosten" and "14-dagenbrief" for costs and terms.
Leaves to others: the words to look for (tone_words.py), writing the letter (mail/), where a finding is shown.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from debiteuren.domain.debtor import Form, Language
from debiteuren.domain.money import euro
from debiteuren.domain.settings import Step
from debiteuren.rules.tone_words import OTHER_FORM, PHRASES, SAFE_TERM

LONGEST = 3_000
"""Characters; a longer letter is not read."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on a letter, in Dutch. `grave`: sent like this, the letter loses its effect in law."""

    rule: str
    found: str
    advice: str
    grave: bool = False


_SHOUTING = re.compile(r"!{2,}|(?<![\w-])[A-Z]{4,}(?:[ ,]+[A-Z]{3,})+(?![\w-])|(?<![\w-])[A-Z]{6,}(?![\w-])")
_SAFE_ADVICE = {
    Language.NL: "schrijf: binnen veertien dagen vanaf de dag nadat deze brief bij u is bezorgd.",
    Language.EN: "schrijf: within fourteen days starting on the day after this letter was delivered to you.",
    Language.DE: "schrijf: innerhalb von vierzehn Tagen ab dem Tag nach Zustellung dieses Briefes.",
}
_SPACES = re.compile(r"\s+")


def check_letter(
    text: str,
    subject: str,
    step: Step,
    form: Form,
    *,
    amount: Decimal,
    days: Iterable[str],
    iban: str,
    costs: Decimal | None = None,
    language: Language = Language.NL,
    shown: Callable[[Decimal], str] = euro,
) -> tuple[Finding, ...]:
    """Everything in this letter that does not fit its step, in the order of this module.

    `amount` and `costs` in euros, in the letter as `shown` writes them; `days`: the last day of payment as it
    may be written (one of them must stand there); `iban` '' where none is known. Words and facts are
    checked in every language of our letters.
    """
    whole = _SPACES.sub(" ", f"{subject}\n{text}")
    findings = []
    findings += _words(whole, step, language)
    findings += _forms(whole, form, language)
    shouted = _SHOUTING.search(whole)
    if shouted is not None:
        findings.append(
            Finding("schreeuwen", shouted.group(), "schrijf dit in gewone letters, met één teken.")
        )
    if len(text) > LONGEST:
        findings.append(
            Finding("lengte", f"{len(text)} tekens", f"maak de brief korter dan {LONGEST} tekens.")
        )
    findings += _missing(whole, shown(amount), tuple(days), iban)
    if step is Step.FOURTEEN_DAY_LETTER:
        findings += _fourteen_days(whole, None if costs is None else shown(costs), language)
    return tuple(findings)


def _words(whole: str, step: Step, language: Language) -> list[Finding]:
    found = ((phrase, phrase.pattern.search(whole)) for phrase in PHRASES[language] if step in phrase.steps)
    return [Finding(phrase.rule, hit.group(), phrase.advice, phrase.grave) for phrase, hit in found if hit]


def _forms(whole: str, form: Form, language: Language) -> list[Finding]:
    pattern = OTHER_FORM.get((language, form))
    other = pattern.search(whole) if pattern is not None else None
    if other is None:
        return []
    advice = f"deze klant spreekt u aan met {form.value}; schrijf dat overal."
    return [Finding("u en je door elkaar", other.group(), advice)]


def _missing(whole: str, amount: str, days: tuple[str, ...], iban: str) -> list[Finding]:
    findings = []
    if amount not in whole:
        findings.append(Finding("D07", f"geen {amount}", "noem het bedrag: {{ bedrag }}."))
    if not any(day in whole for day in days):
        findings.append(Finding("B13", "geen dag", "noem de laatste dag: {{ uiterlijk }}."))
    if iban and _bare(iban) not in _bare(whole):
        findings.append(Finding("D07", "geen IBAN", "noem waarheen: {{ iban }} of {{ betaalwijze }}."))
    return findings


def _fourteen_days(whole: str, costs: str | None, language: Language) -> list[Finding]:
    findings = []
    if SAFE_TERM[language].search(whole) is None:
        advice = _SAFE_ADVICE[language]
        findings.append(Finding("14-dagenbrief", "geen veilige termijn", advice, grave=True))
    if costs is None or costs not in whole:
        advice = "noem de incassokosten precies: {{ kosten }}."
        findings.append(Finding("14-dagenbrief", "geen exact bedrag aan kosten", advice, grave=True))
    return findings


def _bare(text: str) -> str:
    return "".join(text.split()).upper()
