"""Words that do not fit a letter, by language and by step, and what to do instead.

Answers: which phrases are looked for in a letter of this language at this step.
Source: docs/regels.md, "Toon"; rules A07, A10, A17 (no blame), B05 and B07 (must), B08 (not received?), B10
(delivery), B12 (no hurry); "Incassokosten" and "14-dagenbrief" for costs, threats and terms.
Leaves to others: looking for them, and every other remark (tone.py).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from debiteuren.domain.debtor import Form, Language
from debiteuren.domain.settings import Step

_FIRST = frozenset({Step.REMINDER})
_FRIENDLY = frozenset({Step.REMINDER, Step.SECOND_REMINDER})
_LAST = frozenset({Step.FOURTEEN_DAY_LETTER, Step.FINAL_DEMAND})
_EVERY = _FRIENDLY | _LAST
_LAW = frozenset({Step.FOURTEEN_DAY_LETTER})


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that do not fit these steps, and what to do instead. `grave`: so it has no effect in law."""

    rule: str
    pattern: re.Pattern[str]
    steps: frozenset[Step]
    advice: str
    grave: bool = False


def _phrase(rule: str, words: str, steps: frozenset[Step], advice: str, *, grave: bool = False) -> Phrase:
    return Phrase(rule, re.compile(words, re.IGNORECASE), steps, advice, grave)


_KINDLY = "vraag het vriendelijk, bijvoorbeeld: wilt u het bedrag overmaken."
_A_DAY = "noem in plaats daarvan een dag, dichtbij en vriendelijk."
_NOT_AS_A_QUESTION = "vraag dit niet; stuur de kopie van de factuur gewoon mee."
_NO_COMPLAINTS = "vraag niet naar gebreken; bied aan dat de klant kan bellen als er iets niet klopt."
_NOT_UNTRUE = "noem geen woord van de klant onwaar; noem wat is afgesproken."
_A_MISTAKE = "ga uit van een vergissing; noem de factuur en vraag om betaling."
_NO_VERDICT = "dreig niet met iets waarvoor nog een vonnis nodig is."
_LAST_ONLY = "dat hoort pas in de laatste brief."
_COSTS_LATER = "noem kosten en rente pas in de 14-dagenbrief of de laatste aanmaning."
_COSTS_BY_LAW = "alleen de wettelijke incassokosten mogen; haal dit weg."
_SAFE = "schrijf: binnen veertien dagen vanaf de dag nadat deze brief bij u is bezorgd."
_DUTCH = (
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
_ENGLISH = (
    _phrase("B05", r"\b(?:must|have to|are required to|are obliged to)\b", _FIRST, _KINDLY),
    _phrase(
        "B12", r"\bno (?:hurry|rush)\b|\bwhenever (?:it suits|convenient)\b|\bwould be nice\b", _EVERY, _A_DAY
    ),
    _phrase(
        "B08",
        r"\b(?:invoice|letter|e-?mail|reminder)s?\b[^.?!]{0,60}\b(?:receive[d]?|arrived?)\b"
        r"[^.?!]{0,30}\?"
        r"|\breceive[d]?\b[^.?!]{0,40}\binvoices?\b[^.?!]{0,30}\?",
        _EVERY,
        _NOT_AS_A_QUESTION,
    ),
    _phrase("B10", r"\b(?:dis|un)?satisfied\b[^.?!]{0,40}\?", _EVERY, _NO_COMPLAINTS),
    _phrase("A17", r"\b(?:lies|liar|lying|lied|excuses?|nonsense)\b", _EVERY, _NOT_UNTRUE),
    _phrase(
        "A07",
        r"\b(?:negligen\w+|refus(?:e|es|ed|al)|unacceptable|disgrace\w*|ridiculous|shame(?:ful)?"
        r"|your (?:own )?fault|defaulter)\b",
        _EVERY,
        _A_MISTAKE,
    ),
    _phrase(
        "dreigen zonder grond",
        r"\b(?:seiz(?:e|ure)\w*|bankrupt\w*|blacklist\w*|police|criminal"
        r"|bailiff\w*)\b",
        _EVERY,
        _NO_VERDICT,
    ),
    _phrase(
        "dreigen zonder grond",
        r"\b(?:collection agenc\w+|debt collect\w+|legal (?:action|steps|proceedings)|court"
        r"|hand(?:ed|ing)? (?:the claim )?over)\b",
        _FRIENDLY,
        _LAST_ONLY,
    ),
    _phrase("kosten te vroeg", r"\b(?:collection costs|interest)\b", _FRIENDLY, _COSTS_LATER),
    _phrase(
        "kosten zonder grond",
        r"\b(?:administration|reminder|late(?: payment)?|office) (?:costs?|fees?|charges?)\b",
        _EVERY,
        _COSTS_BY_LAW,
    ),
    _phrase(
        "termijn onzeker",
        r"\b(?:14|fourteen) days (?:from today|of the date|after the date|from the date)",
        _LAW,
        _SAFE,
        grave=True,
    ),
)
_GERMAN = (
    _phrase("B05", r"\bm(?:uss|üss)(?:t|en|te|ten)?\b", _FIRST, _KINDLY),
    _phrase("B12", r"\bkeine Eile\b|\beilt nicht\b|\bwäre (?:schön|nett|toll)\b", _EVERY, _A_DAY),
    _phrase(
        "B08",
        r"\b(?:Rechnung|Brief|Mail|Erinnerung)(?:en)?\b[^.?!]{0,60}\b(?:erhalten|bekommen|angekommen)\b"
        r"[^.?!]{0,30}\?",
        _EVERY,
        _NOT_AS_A_QUESTION,
    ),
    _phrase("B10", r"\b(?:un)?zufrieden\b[^.?!]{0,40}\?", _EVERY, _NO_COMPLAINTS),
    _phrase("A17", r"\b(?:Lüge\w*|gelogen|lügen|Ausrede\w*|Unsinn|unglaubwürdig\w*)\b", _EVERY, _NOT_UNTRUE),
    _phrase(
        "A07",
        r"\b(?:nachlässig\w*|weiger(?:n|st|t)|Weigerung|inakzeptabel|unverschämt\w*|lächerlich\w*|Schande"
        r"|(?:Ihre|deine) (?:eigene )?Schuld|Zahlungsverweiger\w+)\b",
        _EVERY,
        _A_MISTAKE,
    ),
    _phrase(
        "dreigen zonder grond",
        r"\b(?:Pfändung\w*|pfänden|Insolvenz\w*|Schufa|Polizei|Strafanzeige|strafbar"
        r"|Gerichtsvollzieher\w*)\b",
        _EVERY,
        _NO_VERDICT,
    ),
    _phrase(
        "dreigen zonder grond",
        r"\b(?:Inkassobüro\w*|rechtliche Schritte|Gericht\w*|Anwalt\w*|Klage)\b",
        _FRIENDLY,
        _LAST_ONLY,
    ),
    _phrase("kosten te vroeg", r"\b(?:Inkassokosten|Verzugszinsen|Zinsen)\b", _FRIENDLY, _COSTS_LATER),
    _phrase(
        "kosten zonder grond",
        r"\b(?:Mahn|Bearbeitungs|Verwaltungs)(?:gebühr|kosten)\w*\b",
        _EVERY,
        _COSTS_BY_LAW,
    ),
    _phrase(
        "termijn onzeker",
        r"\b(?:14|vierzehn) Tagen? (?:ab heute|ab Datum|nach Datum)",
        _LAW,
        _SAFE,
        grave=True,
    ),
)
PHRASES: Mapping[Language, tuple[Phrase, ...]] = {
    Language.NL: _DUTCH,
    Language.EN: _ENGLISH,
    Language.DE: _GERMAN,
}

SAFE_TERM: Mapping[Language, re.Pattern[str]] = {
    Language.NL: re.compile(
        r"binnen (?:14|veertien) dagen vanaf de dag nadat (?:deze|de) (?:brief|mail|e-mail)"
        r" bij (?:u|je|jou) is bezorgd",
        re.IGNORECASE,
    ),
    Language.EN: re.compile(
        r"within (?:14|fourteen) days (?:starting|beginning)(?: on| from)? the day after (?:this|the)"
        r" (?:letter|mail|e-?mail|message) (?:was|is|has been) delivered",
        re.IGNORECASE,
    ),
    Language.DE: re.compile(
        r"innerhalb von (?:14|vierzehn) Tagen ab dem Tag nach (?:der )?Zustellung", re.IGNORECASE
    ),
}
"""How a 14-day letter names its term; any other words may cost all costs."""

OTHER_FORM: Mapping[tuple[Language, Form], re.Pattern[str]] = {
    (Language.NL, Form.U): re.compile(r"\b(?:je|jij|jou|jouw|jullie|jezelf)\b", re.IGNORECASE),
    (Language.NL, Form.JE): re.compile(r"\b(?:u|uw|uzelf)\b", re.IGNORECASE),
    (Language.DE, Form.U): re.compile(r"\b(?:du|dich|dir|dein(?:e[mnrs]?)?)\b", re.IGNORECASE),
    (Language.DE, Form.JE): re.compile(r"\b(?:Ihnen|Ihre[mnrs]?)\b"),
}
"""Words that only the other form of address uses. English has one form; "Sie" may also be an invoice."""
