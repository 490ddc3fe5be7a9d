"""Words in an agreement that nobody can be held to.

Answers: which words name no exact day or amount, as they stand there.
Source: docs/regels.md, "Regeling" (Onvolledig); rule A21.
A word that is wrongly called vague sends an arranged invoice back to the ladder, so what may be exact passes.
Leaves to others: what then happens (arrangement_gate.py, arrangement_checks.py).
"""

import re
from typing import NamedTuple

from debiteuren.domain.days import MONTHS

_MONTHS = "|".join(MONTHS)
_CALLING = r"(?:bel|belt|bellen|belde|meld|meldt|melden|laat|laten|mail|mailt|mailen|contact|bericht)"
_IF = r"\b(?:als|zodra|wanneer|indien)"
_WHO = r"(?:het|er|ik|hij|zij|ze|wij|we|u|de klant)"
_NEAR = r"(?:volgende |komende |deze )?"
_MONEY = r"(?:€ ?|eur ?)?\d[\d.,]*"
_DAYS = (
    r"\bzo (?:snel|spoedig|gauw|vlug) mogelijk\b(?! (?:te )?(?:contact|bericht|bel|meld|mail|weten))",
    r"\bz\.?\s?s\.?\s?m\b",
    rf"{_IF} {_WHO} (?:weer |wat |genoeg )?geld (?:er is|heb|heeft|is|binnen|komt)",
    rf"{_IF} {_WHO} (?:weer |wat )?(?:kan|lukt|uitkomt)(?= te?\b| betalen|\W*$|[.;,])",
    rf"{_IF} (?:{_WHO} )?(?:weer )?mogelijk\b",
    rf"(?<!het )\b(?:begin|half|medio|midden|eind|einde)(?: van)?(?: de)? {_NEAR}(?:maand|week)\b",
    rf"(?<!\d )\b(?:begin|half|medio|midden|eind) (?:{_MONTHS})\b",
    r"\b(?:volgende|komende) (?:maand|week)\b",
    r"\b(?:binnenkort|een dezer dagen|te zijner tijd|naar vermogen)\b",
    r"\bwat (?:hij|zij|ik|u) kan missen\b",
    rf"\btussen (?:de )?\d{{1,2}}(?: (?:{_MONTHS}))? en (?:de )?\d{{1,2}} (?:{_MONTHS})\b",
    rf"\b\d{{1,2}} of \d{{1,2}} (?:{_MONTHS})\b",
    rf"\b(?:rond|omstreeks) (?:de )?\d{{1,2}} (?:{_MONTHS})\b",
    rf"\bergens (?:in|voor|vóór) (?:{_MONTHS})\b",
)
_AMOUNTS = (
    r"\b(?:ongeveer|circa|plusminus|plm\.?|ca\.|rond de) ?(?:€ ?|eur ?)?\d[\d.,]*",
    r"± ?(?:€ ?|eur ?)?\d[\d.,]*",
    rf"\btussen (?:de )?(?:€ ?\d[\d.,]* en (?:de )?{_MONEY}|\d[\d.,]* en (?:de )?\d[\d.,]* euro\b)",
    rf"€ ?\d[\d.,]* (?:à|of) {_MONEY}",
    r"\b\d[\d.,]* (?:à|of) \d[\d.,]* euro\b",
)
_VAGUE = re.compile(f"(?P<days>{'|'.join(_DAYS)})|(?P<amounts>{'|'.join(_AMOUNTS)})", re.IGNORECASE)
_AFTER_CALLING = re.compile(rf"\b{_CALLING}\b(?:\W+\w+){{0,4}}\W+$", re.IGNORECASE)
"""Who asks to be called as soon as possible says nothing vague about paying."""

_SENTENCE = re.compile(r"[^.;!?]*(?:[.;!?](?!\s|$)[^.;!?]*)*")
_BARE_MONTH = re.compile(rf"\b(?:in|voor|vóór|uiterlijk|tegen) (?:de maand )?(?:{_MONTHS})\b", re.IGNORECASE)
_PAYING = re.compile(r"\b(?:betaalt?|betalen|voldoet|voldoen|maakt? over|overmaken)\b", re.IGNORECASE)
_NO_DAY = re.compile(r"€ ?\d[\d.,]*|\b\d[\d.,]* euro\b|\b20\d\d\b", re.IGNORECASE)
_EXACT = re.compile(
    r"\d|\b(?:genoemde|afgesproken|vaste|eerste|laatste|dagen|termijnen|hieronder)\b", re.IGNORECASE
)


class Vague(NamedTuple):
    """The words as they stand there; `amount`: an amount is what they leave open, else a day."""

    words: str
    amount: bool = False


def vague_words(terms: str) -> tuple[Vague, ...]:
    """What is vague in conditions, each once, in the order of the text.

    >>> [vague.words for vague in vague_words("Betaalt zo snel mogelijk, als het geld er is")]
    ['zo snel mogelijk', 'als het geld er is']
    >>> vague_words("Lukt het niet, bel ons dan zo snel mogelijk")
    ()
    """
    line = " ".join(terms.split())
    found = [
        (hit.start(), Vague(hit[0].strip(), amount=hit["amounts"] is not None))
        for hit in _VAGUE.finditer(line)
        if not _AFTER_CALLING.search(line[: hit.start()])
    ]
    found += _months_without_a_day(line)
    return tuple(dict.fromkeys(vague for _, vague in sorted(found)))


def _months_without_a_day(line: str) -> list[tuple[int, Vague]]:
    """In a sentence about paying that holds no other day."""
    found = []
    for sentence in _SENTENCE.finditer(line):
        month = _BARE_MONTH.search(sentence[0])
        if month and _PAYING.search(sentence[0]) and not _EXACT.search(_NO_DAY.sub("", sentence[0])):
            found.append((sentence.start() + month.start(), Vague(month[0])))
    return found
