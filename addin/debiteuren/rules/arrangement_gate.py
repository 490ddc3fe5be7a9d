"""What an arrangement still lacks before it can hold.

Answers: which values are missing or do not fit, and which words are too vague to hold anybody to, each with
what would do.
Source: docs/regels.md, "Regeling" (Onvolledig); rules A21 and A22.
Leaves to others: whether the money came (instalments.py), making one (later, with the same gate).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from debiteuren.domain.arrangement import Arrangement, Instalment
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import ZERO, euro

_MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_CALLING = r"(?:bel|belt|bellen|belde|meld|meldt|melden|laat|laten|mail|mailt|mailen|contact|bericht)"
_IF = r"\b(?:als|zodra|wanneer|indien)"
_WHO = r"(?:het|er|ik|hij|zij|ze|wij|we|u|de klant)"
_NEAR = r"(?:volgende |komende |deze )?"
_VAGUE = re.compile(
    "|".join(
        (
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
            r"\b(?:ongeveer|circa|plusminus|plm\.?|ca\.|rond de) ?(?:€ ?|eur ?)?\d[\d.,]*",
            r"± ?(?:€ ?|eur ?)?\d[\d.,]*",
        )
    ),
    re.IGNORECASE,
)
_AFTER_CALLING = re.compile(rf"\b{_CALLING}\b(?:\W+\w+){{0,4}}\W+$", re.IGNORECASE)
"""Who asks to be called as soon as possible says nothing vague about paying."""


@dataclass(frozen=True, slots=True)
class Register:
    """What the gate looks things up in: whose an invoice is, and the first row of every Regeling."""

    debtor_of: Mapping[str, str]
    first: Mapping[str, Arrangement]

    @classmethod
    def of(cls, ledger: Ledger) -> "Register":
        """Of a whole ledger."""
        return cls(
            debtor_of={invoice.number: invoice.debtor for invoice in ledger.invoices},
            first={arrangement.id: arrangement for arrangement in reversed(ledger.arrangements)},
        )

    def repeats(self, arrangement: Arrangement) -> Arrangement | None:
        """The earlier row with the same name: that one holds, and the instalments are its own."""
        first = self.first.get(arrangement.id) if arrangement.id else None
        return None if first is arrangement else first


def vague_words(terms: str) -> tuple[str, ...]:
    """The words in conditions that nobody can be held to, as they stand there.

    >>> vague_words("Betaalt zo snel mogelijk, als het geld er is")
    ('zo snel mogelijk', 'als het geld er is')
    >>> vague_words("Lukt het niet, bel ons dan zo snel mogelijk")
    ()
    """
    line = " ".join(terms.split())
    return tuple(
        dict.fromkeys(
            found[0].strip()
            for found in _VAGUE.finditer(line)
            if not _AFTER_CALLING.search(line[: found.start()])
        )
    )


def gaps(arrangement: Arrangement, instalments: Sequence[Instalment], register: Register) -> tuple[str, ...]:
    """What keeps an arrangement Onvolledig, in Dutch, each with what would do; () when nothing does.

    `instalments` are those of this arrangement.
    """
    first = register.repeats(arrangement)
    if first is not None:
        where = f"in rij {first.row}" if first.row else "eerder"
        return (f"Regeling {first.id} staat al {where} en die geldt, geef deze een eigen naam",)
    return (
        *_empty_cells(arrangement),
        *_invoice_gaps(arrangement, register),
        *_instalment_gaps(arrangement, instalments),
        *(
            f"“{words}” in Voorwaarden is te vaag, noem een dag en een bedrag"
            for words in vague_words(arrangement.terms)
        ),
    )


def _empty_cells(arrangement: Arrangement) -> list[str]:
    cells = (
        ("Regeling", bool(arrangement.id), "geef de regeling een naam"),
        ("Debiteurnummer", bool(arrangement.debtor), "vul in met wie u dit afsprak"),
        ("Facturen", bool(arrangement.invoices), "vul de factuurnummers in met ; ertussen"),
        ("Bedrag", arrangement.amount is not None, "vul het afgesproken bedrag in"),
        ("Afgesproken op", arrangement.agreed_on is not None, "vul de dag van de afspraak in"),
        ("Voorwaarden", bool(arrangement.terms.strip()), "schrijf op wat er is afgesproken"),
    )
    return [f"{name} is leeg, {remedy}" for name, filled, remedy in cells if not filled]


def _invoice_gaps(arrangement: Arrangement, register: Register) -> list[str]:
    found = []
    for number in arrangement.invoices:
        debtor = register.debtor_of.get(number)
        if debtor is None:
            found.append(f"factuur {number} staat niet in Facturen, verbeter het nummer")
        elif arrangement.debtor and debtor != arrangement.debtor:
            found.append(f"factuur {number} is van debiteur {debtor}, haal hem uit deze regeling")
    return found


def _instalment_gaps(arrangement: Arrangement, instalments: Sequence[Instalment]) -> list[str]:
    if not instalments:
        return ["er staan geen termijnen, vul ze in op Termijnen met dag en bedrag"]
    found = []
    for instalment in instalments:
        name = f"termijn {instalment.number}" if instalment.number else "een termijn"
        if not instalment.number:
            found.append("bij een termijn is Termijn leeg, geef hem een nummer")
        if instalment.due is None:
            found.append(f"{name} heeft geen Vervaldatum, vul een dag in")
        if instalment.amount is None:
            found.append(f"{name} heeft geen Bedrag, vul het in")
        elif instalment.amount <= 0:
            found.append(f"{name} is {euro(instalment.amount)}, vul een bedrag boven nul in")
    if found or arrangement.amount is None:
        return found
    total = sum((one.amount for one in instalments if one.amount is not None), ZERO)
    if total != arrangement.amount:
        found.append(
            f"de termijnen zijn samen {euro(total)} en Bedrag is {euro(arrangement.amount)}, maak die gelijk"
        )
    return found
