"""A letter we would be glad to get ourselves, and one the law lets us send.

Answers: which words in a letter do not fit its step, and which facts it misses.
Source: docs/regels.md, "Toon"; rules A07, A10, A17 (no blame), B05 and B07 (must), B08 (not received?), B10
(delivery), B12 and B13 (no hurry), D07 (facts); "Incassokosten" and "14-dagenbrief" for costs and terms.
Leaves to others: writing the letter (mail/), where a finding is shown (sheet Controle).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from debiteuren.domain.debtor import Form, Language
from debiteuren.domain.money import euro
from debiteuren.domain.settings import Step

LONGEST = 3_000
"""Characters; a longer letter is not read."""

_FIRST = frozenset({Step.REMINDER})
_FRIENDLY = frozenset({Step.REMINDER, Step.SECOND_REMINDER})
_LAST = frozenset({Step.FOURTEEN_DAY_LETTER, Step.FINAL_DEMAND})
_EVERY = _FRIENDLY | _LAST


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on a letter, in Dutch. `grave`: sent like this, the letter loses its effect in law."""

    rule: str
    found: str
    advice: str
    grave: bool = False


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words that do not fit these steps, and what to do instead."""

    rule: str
    pattern: re.Pattern[str]
    steps: frozenset[Step]
    advice: str
    grave: bool = False


def _phrase(rule: str, words: str, steps: frozenset[Step], advice: str, *, grave: bool = False) -> _Phrase:
    return _Phrase(rule, re.compile(words, re.IGNORECASE), steps, advice, grave)


_NOT_AS_A_QUESTION = "vraag dit niet; stuur de kopie van de factuur gewoon mee."
_PHRASES = (
    _phrase(
        "B05",
        r"\bmoe(?:t|ten|st|sten)\b",
        _FIRST,
        "vraag het vriendelijk, bijvoorbeeld: wilt u het bedrag overmaken.",
    ),
    _phrase(
        "B12",
        r"\bgeen haast\b|\bzou (?:het )?(?:fijn|mooi|prettig|leuk) zijn\b|\bwanneer het (?:u|je) uitkomt\b"
        r"|\bals (?:u|je) (?:een keer )?tijd (?:hebt|heeft|hebben|heb)\b|\ber is geen spoed\b",
        _EVERY,
        "noem in plaats daarvan een dag, dichtbij en vriendelijk.",
    ),
    _phrase(
        "B08",
        r"\b(?:facturen|factuur|brief|mail|herinnering)\b[^.?!]{0,60}\b(?:ontvangen|gekregen|aangekomen"
        r"|binnengekomen)\b[^.?!]{0,30}\?|\bniet ontvangen\s*\?",
        _EVERY,
        _NOT_AS_A_QUESTION,
    ),
    _phrase(
        "B10",
        r"\b(?:levering|geleverde|werk|product|dienst)\b[^.?!]{0,40}\b(?:goed|naar wens|in orde|bevallen)\b"
        r"[^.?!]{0,20}\?|\b(?:on)?tevreden\b[^.?!]{0,40}\?",
        _EVERY,
        "vraag niet naar gebreken; bied aan dat de klant kan bellen als er iets niet klopt.",
    ),
    _phrase(
        "A17",
        r"\b(?:leugen\w*|gelogen|lieg(?:t|en)?|smoes\w*|uitvlucht\w*|onzin|ongeloofwaardig\w*)\b",
        _EVERY,
        "noem geen woord van de klant onwaar; noem wat is afgesproken.",
    ),
    _phrase(
        "A07",
        r"\b(?:wanbetal\w+|nalatig\w*|weiger(?:t|en|achtig\w*)|onacceptabel|schandalig\w*|belachelijk\w*"
        r"|schande|brutaal|verwijt\w*|onfatsoenlijk\w*"
        r"|(?:door|het is) (?:uw|jouw) (?:eigen )?schuld)\b",
        _EVERY,
        "ga uit van een vergissing; noem de factuur en vraag om betaling.",
    ),
    _phrase(
        "A07",
        r"\bverzuim(?:d)?\b|\bin gebreke\b|\bwederom\b|\bals(?:nog)? weer niet\b",
        _FRIENDLY,
        "dat klinkt als een verwijt; in een herinnering is het daarvoor te vroeg.",
    ),
    _phrase(
        "dreigen zonder grond",
        r"\bbeslag\w*\b|\bfailli\w+\b|\bBKR\b|\bzwarte lijst\b|\bpolitie\b|\baangifte\b|\bstrafbaar\b"
        r"|\bdeurwaarder\w*\b",
        _EVERY,
        "dreig niet met iets waarvoor nog een vonnis nodig is.",
    ),
    _phrase(
        "dreigen zonder grond",
        r"\buit handen\b|\bincassobureau\w*\b|\bjuridische\b|\bdagvaard\w*\b|\brechter\b"
        r"|\brechtsmaatregel\w*\b",
        _FRIENDLY,
        "dat hoort pas in de laatste brief.",
    ),
    _phrase(
        "kosten te vroeg",
        r"\bincassokosten\b|\bhandelsrente\b|\bwettelijke rente\b|\brente\b",
        _FRIENDLY,
        "noem kosten en rente pas in de 14-dagenbrief of de laatste aanmaning.",
    ),
    _phrase(
        "kosten zonder grond",
        r"\b(?:administratie|aanmanings?|herinnerings|kantoor|dossier)kosten\b",
        _EVERY,
        "alleen de wettelijke incassokosten mogen; haal dit weg.",
    ),
    _phrase(
        "termijn onzeker",
        r"\bna heden\b|\bna dagtekening\b|\bna de datum van deze brief\b|\bbinnen (?:14|veertien) dagen na\b",
        frozenset({Step.FOURTEEN_DAY_LETTER}),
        "schrijf: binnen veertien dagen vanaf de dag nadat deze brief bij u is bezorgd.",
        grave=True,
    ),
)
_SAFE_TERM = re.compile(
    r"binnen (?:14|veertien) dagen vanaf de dag nadat (?:deze|de) (?:brief|mail|e-mail)"
    r" bij (?:u|je|jou) is bezorgd",
    re.IGNORECASE,
)
_TO_U = re.compile(r"\b(?:u|uw|uzelf)\b", re.IGNORECASE)
_TO_JE = re.compile(r"\b(?:je|jij|jou|jouw|jullie|jezelf)\b", re.IGNORECASE)
_SHOUTING = re.compile(r"!{2,}|(?<![\w-])[A-Z]{4,}(?:[ ,]+[A-Z]{3,})+(?![\w-])|(?<![\w-])[A-Z]{6,}(?![\w-])")
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
    may be written (one of them must stand there); `iban` '' where none is known. Words are checked in Dutch
    letters only, facts in all.
    """
    whole = _SPACES.sub(" ", f"{subject}\n{text}")
    findings = []
    if language is Language.NL:
        findings += _words(whole, step)
        findings += _forms(whole, form)
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


def _words(whole: str, step: Step) -> list[Finding]:
    found = ((phrase, phrase.pattern.search(whole)) for phrase in _PHRASES if step in phrase.steps)
    return [Finding(phrase.rule, hit.group(), phrase.advice, phrase.grave) for phrase, hit in found if hit]


def _forms(whole: str, form: Form) -> list[Finding]:
    other = (_TO_JE if form is Form.U else _TO_U).search(whole)
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
    if language is Language.NL and _SAFE_TERM.search(whole) is None:
        advice = "schrijf: binnen veertien dagen vanaf de dag nadat deze brief bij u is bezorgd."
        findings.append(Finding("14-dagenbrief", "geen veilige termijn", advice, grave=True))
    if costs is None or costs not in whole:
        advice = "noem de incassokosten precies: {{ kosten }}."
        findings.append(Finding("14-dagenbrief", "geen exact bedrag aan kosten", advice, grave=True))
    return findings


def _bare(text: str) -> str:
    return "".join(text.split()).upper()
