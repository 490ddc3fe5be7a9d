"""The text of a payment, cut into the pieces that can be a number.

Answers: which words with digits stand there, what stands before each ("factuur", "klantnr"), what separates
them; with dates, times, amounts, IBANs, postcodes and telephone numbers taken out.
Source: how people write invoice numbers, in the samples of the banks; docs/regels.md, "Koppelingen".
Leaves to others: which piece is an invoice (invoice_numbers.py).
"""

import re
import unicodedata
from enum import Enum
from typing import NamedTuple


class Context(Enum):
    """What the word before a number says about it."""

    NONE = 0
    INVOICE = 1
    """A word such as factuur, nota or nr: also a short number is meant."""
    SUBJECT = 2
    """A word such as betaling, kenmerk or betreft: a number of four signs or more is meant."""
    DEBTOR = 3
    """A word such as klantnummer: the number is a debtor's."""
    OTHER = 4
    """A word such as order or polis: the number is something else's."""

    @property
    def is_foreign(self) -> bool:
        """The number is said to be something else than an invoice."""
        return self in {Context.DEBTOR, Context.OTHER}


class Joint(Enum):
    """What stands between a piece and the one before it."""

    BREAK = 0
    """Nothing that ties them: the start, something masked, a bracket or colon."""
    SPACE = 1
    LIST = 2
    """A comma, semicolon, ampersand, plus or slash."""


class Piece(NamedTuple):
    """A run of letters and digits, with the separators inside it that tie: "2026-0042", "fact.1001".

    `atoms` are the runs between those separators, in capitals, and `ties` the separators; `start` and `end`
    its place in the text.
    """

    atoms: tuple[str, ...]
    ties: tuple[str, ...]
    start: int
    end: int
    joint: Joint
    has_digit: bool
    """Whether a number can be in it."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NUMBER_WORDS = _words("NR NRS NO NOS NUM NUMMER NUMMERS NUMBER N")
_CONNECTORS = _words("EN E AND UND ET PLUS ALSMEDE T M TM TOT MET S")
_CONTEXTS = {
    **dict.fromkeys(
        _words(
            "FACTUUR FACTUREN FACTUURNUMMER FACTUURNUMMERS FACTUURNR FACTUURNRS FACTNR FACTNRS FACT FAC "
            "REKENING REK FAKTUUR FAKTUREN FAKTUURNR FAKT NOTA NOTAS NOTANR NOTANUMMER INVOICE INVOICES "
            "INVOICENR INV RECHNUNG RECHNUNGEN RECHNUNGSNR FACTURE CREDIT CREDITNOTA CREDITFACTUUR"
        ),
        Context.INVOICE,
    ),
    **dict.fromkeys(
        _words(
            "BETALING DEELBETALING AANBETALING RESTBETALING SLOTBETALING BETREFT BETR BTR INZAKE OVV KENMERK "
            "KENM REF REFERENTIE REFERENCE OMSCHRIJVING REMI USTD F FA"
        ),
        Context.SUBJECT,
    ),
    **dict.fromkeys(
        _words(
            "KLANT KLANTNR KLANTNUMMER DEBITEUR DEBITEURNR DEBITEURNUMMER DEB DEBNR RELATIE RELATIENR "
            "RELATIENUMMER REL RELNR CUSTOMER LID LIDNR LIDNUMMER"
        ),
        Context.DEBTOR,
    ),
    **dict.fromkeys(
        _words(
            "ORDER ORDERNR ORDERNUMMER BESTELLING BESTELNR BESTELNUMMER OFFERTE OFFERTENR POLIS "
            "POLISNR POLISNUMMER PAS PASNR PASVOLGNR KAART KAARTNR KENTEKEN MACHTIGING MACHTIGINGSNR "
            "MACHTIGINGSKENMERK MANDAAT INCASSANT CONTRACT CONTRACTNR CONTRACTNUMMER DOSSIER DOSSIERNR "
            "DOSSIERNUMMER PROJECT PROJECTNR PROJECTNUMMER ARTIKEL ARTIKELNR TEL TELEFOON TELEFOONNR MOBIEL "
            "POSTBUS KVK BTW BSN REKENINGNR REKENINGNUMMER IBAN BIC TERMINAL TRANSACTIE TRANSACTIENR "
            "TRANSACTIENUMMER PERIODE JAAR WEEK HUISNR AANTAL ID PO PAKBON PAKBONNR WERKBON BON BONNR "
            "EREF MARF CSID REKNR KVKNR BTWNR BEDRAG TOTAAL SALDO"
        ),
        Context.OTHER,
    ),
}
_STREETS = ("STRAAT", "LAAN", "WEG", "PLEIN", "KADE", "GRACHT", "SINGEL", "DREEF", "HOF", "PAD", "DIJK")
_MONTHS = (
    "JAN(?:UARI)?|FEB(?:RUARI)?|MRT|MAART|APR(?:IL)?|MEI|JUNI?|JULI?|AUG(?:USTUS)?|SEPT?(?:EMBER)?|"
    "O[KC]T(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?"
)
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_FREE, _DONE = r"(?<![\w./-])", r"(?!\w|[-/.]\w)"
_WORDS_LIKE_LETTERS = "EN|OF|OP|DE|IS|IN|TE|NR|BV|NV|TM|OM|VD|EU"
"""After a number with a space these are words, no letters of a postcode."""
_STARTS = r"(?=[\d€+]|[A-Z]{2}\d\d|EUR|JAN|FEB|M(?:RT|AART|EI)|APR|JU[NL]|AUG|SEP|O[KC]T|NOV|DEC)"
"""How everything that is masked begins: at all other signs there is nothing to try."""
_MASKED = re.compile(
    _STARTS
    + "(?:"
    + "|".join(
        (
            r"\b[A-Z]{2}\d\d[A-Z0-9]{11,30}\b",
            r"\bNL\d\d [A-Z]{4}(?: \d{4}){2} \d\d\b",
            r"\bBE\d\d(?: \d{4}){3}\b",
            r"\bDE\d\d(?: \d{4}){4} \d\d\b",
            rf"(?<![\w.-]){_DAY}([-.]){_MONTH}\1(?:19|20)?\d\d{_DONE}",
            rf"{_FREE}{_DAY}/{_MONTH}/(?:19|20)?\d\d{_DONE}",
            rf"{_FREE}{_DAY} (?:0[1-9]|1[0-2]) {_YEAR}{_DONE}",
            rf"{_FREE}{_YEAR}([-/.]){_MONTH}\2{_DAY}(?:T[\d:]+)?{_DONE}",
            rf"{_FREE}{_MONTH}[-/]{_YEAR}{_DONE}",
            rf"{_FREE}(?:{_DAY}[ -]?)?(?:{_MONTHS})\.?[ -]?{_YEAR}{_DONE}",
            rf"{_FREE}{_DAY} ?(?:{_MONTHS})\b",
            r"\b\d{1,2}:\d\d(?::\d\d)?\b",
            r"(?:€|\bEURO?\b)\s*\d[\d.,]*",
            r"(?<![\w.-])\d[\d.]*(?:,\d\d|,-)?\s?(?:€|EURO?\b)(?!\s*\d)",
            r"(?<![\w.-])(?<!\d/)\d{1,3}(?:\.\d{3})*,(?:\d\d(?!\w|/\d)|-)",
            r"(?<![\w.-])(?<!\d/)\d+,(?:\d\d(?!\w|/\d)|-)",
            r"(?<![\w./-])\d{1,5}\.\d\d(?![\w/-]|\.\w)",
            r"(?<![\w-])[1-9]\d{3}(?:(?!SA|SD|SS)[A-Z]{2}| (?!SA|SD|SS|"
            + _WORDS_LIKE_LETTERS
            + r")[A-Z]{2})\b",
            r"(?<![\w-])(?:\+31|0031|0)[1-9]\d{0,2}[- ]?\d{6,8}(?![\w-])",
        )
    )
    + ")"
)
_NOISE = re.compile(
    "|".join(
        (
            r"[A-Z]{2}\d\d[A-Z0-9]{11,30}",
            rf"{_DAY}([-/.]){_MONTH}\1(?:19|20)?\d\d",
            rf"{_YEAR}([-/.]){_MONTH}\2{_DAY}",
            r"\d{1,2}:\d\d(?::\d\d)?",
            r"€?\d{1,3}(?:\.\d{3})*,\d\d",
            r"€?\d+[.,]\d\d",
        )
    )
)
_OTHERS = frozenset(word for word, context in _CONTEXTS.items() if context.is_foreign)
_A_PART = re.compile(
    r"\b(?:deel|gedeelte|deelbetaling|gedeeltelijk|termijn|termijnen|aanbetaling|voorschot|aflossing|rest"
    r"|restant|restbedrag|restbetaling|slotbetaling|eerste|tweede|derde|[1-9]e|helft)\b",
    re.IGNORECASE,
)
_PIECE = re.compile(r"[0-9A-Z]+(?:[-_./\\–][0-9A-Z]+)*")
_ATOM = re.compile(r"[0-9A-Z]+")
_TIE = re.compile(r"[-_./\\–]")
_TYING = re.compile(r"\s+|\s*[-_./\\–]\s*")
_LISTING = re.compile(r"[\s.]*[,;&+/][\s,;&+/]*")


def capitals(text: str) -> str:
    """The text in capitals, with look-alike signs and accents made plain."""
    if text.isascii():
        return text.upper()
    plain = unicodedata.normalize("NFKD", text.replace("€", "EUR "))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).upper()


def masked(text: str, keep: tuple[tuple[int, int], ...] = ()) -> str:
    """The text with everything that has digits but is no number of ours blanked out, place by place.

    `keep` are spans that stay whatever they look like. `text` is in capitals.

    >>> masked("FACT 1001 VAN 01-10-2026").replace(chr(0), "*")
    'FACT 1001 VAN **********'
    """

    def blank(found: re.Match[str]) -> str:
        if any(start < found.end() and found.start() < end for start, end in keep):
            return found[0]
        return "\0" * len(found[0])

    return _MASKED.sub(blank, text)


def pieces(text: str) -> list[Piece]:
    """The runs of letters and digits of a text in capitals, in order.

    >>> [piece.atoms for piece in pieces("FACT. 2026-0042 EN 43")]
    [('FACT',), ('2026', '0042'), ('EN',), ('43',)]
    """
    found = []
    last = 0
    for match in _PIECE.finditer(text):
        between = text[last : match.start()]
        if last == 0:
            joint = Joint.BREAK
        elif _TYING.fullmatch(between):
            joint = Joint.SPACE
        elif _LISTING.fullmatch(between):
            joint = Joint.LIST
        else:
            joint = Joint.BREAK
        word = match[0]
        start, end = match.span()
        if word.isalnum():
            found.append(Piece((word,), (), start, end, joint, not word.isalpha()))
        else:
            atoms = tuple(_ATOM.findall(word))
            has_digit = not all(atom.isalpha() for atom in atoms)
            found.append(Piece(atoms, tuple(_TIE.findall(word)), start, end, joint, has_digit))
        last = end
    return found


def is_noise(word: str) -> bool:
    """Whether a word, in capitals, is a whole date, time, amount or IBAN."""
    return _NOISE.fullmatch(word) is not None


def is_piece(word: str) -> bool:
    """Whether a word, in capitals, is one piece: runs of letters and digits tied by separators."""
    return _PIECE.fullmatch(word) is not None


def speaks_of_others(text: str) -> bool:
    """Whether a text has a word such as klantnr or order, so that a row of digits may not be an invoice."""
    return not _OTHERS.isdisjoint(_ATOM.findall(text.upper()))


def speaks_of_a_part(text: str) -> bool:
    """Whether a text says that this is part of what is owed: "termijn 2", "aanbetaling".

    >>> speaks_of_a_part("Tweede termijn"), speaks_of_a_part("Onderdelen")
    (True, False)
    """
    return _A_PART.search(text) is not None


def is_connector(word: str) -> bool:
    """Whether the word ties numbers together: "42 en 43", "nrs 42, 43"."""
    return word in _CONNECTORS or word in _NUMBER_WORDS


def context_after(word: str, before: Context) -> Context:
    """What a word without digits says about the number that follows it, given what stood before the word.

    >>> context_after("NR", Context.DEBTOR), context_after("NR", Context.NONE)
    (<Context.DEBTOR: 3>, <Context.INVOICE: 1>)
    """
    if word in _NUMBER_WORDS:
        return before if before.is_foreign else Context.INVOICE
    if word in _CONNECTORS:
        return before
    if word.endswith(_STREETS):
        return Context.OTHER
    return _CONTEXTS.get(word, Context.NONE)
