"""How days, amounts, names and lists read in a letter, and what of outside text may enter one.

Source: docs/regels.md, "Toon", rule E10 (first name), "Beloften" (5).
Leaves to others: the sentences (templates/), what a message's header may hold (message.py).
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from debiteuren.domain.debtor import Language
from debiteuren.domain.money import euro, plain

_MONTHS = {
    Language.NL: (
        [
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ]
    ),
    Language.EN: (
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ]
    ),
    Language.DE: (
        [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ]
    ),
}
_WEEKDAYS = {
    Language.NL: ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
    Language.EN: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    Language.DE: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
}
_AND = {Language.NL: "en", Language.EN: "and", Language.DE: "und"}
_COUNTS = {
    Language.NL: ["nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"],
    Language.EN: ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
    Language.DE: ["null", "eine", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"],
}
_SWAPPED = str.maketrans(",.", ".,")
_LONGEST_FIRST_NAME = 40
_INITIALS = re.compile(r"[^\W\d_]|(?:[^\W\d_]{1,3}\. ?)+")
_FIRST_NAME = re.compile(r"[^\W\d_][^\d_@/\\<>\[\]{}()|:;,!?=+*#%$\"]*")


def money(amount: Decimal, language: Language = Language.NL) -> str:
    """An amount in euros as the language writes it.

    >>> [money(Decimal("-1234.5"), language) for language in Language]
    ['€ -1.234,50', '-€1,234.50', '-1.234,50 €']
    """
    if language is Language.NL:
        return euro(amount)
    sign, figures = "-" if amount < 0 else "", plain(abs(amount))
    if language is Language.DE:
        return f"{sign}{figures} €"
    return f"{sign}€{figures.translate(_SWAPPED)}"


def in_full(day: date, language: Language = Language.NL) -> str:
    """The day without its weekday.

    >>> in_full(date(2026, 11, 27))
    '27 november 2026'
    """
    month = _MONTHS[language][day.month - 1]
    point = "." if language is Language.DE else ""
    return f"{day.day}{point} {month} {day.year}"


def with_weekday(day: date, language: Language = Language.NL) -> str:
    """The day as a letter names a day that matters.

    >>> with_weekday(date(2026, 11, 27))
    'vrijdag 27 november 2026'
    """
    return f"{_weekday(day, language)}{in_full(day, language)}"


def said(day: date, on: date, language: Language = Language.NL) -> str:
    """The day as one says it on another day: without its year when that is the same.

    >>> said(date(2026, 11, 9), date(2026, 11, 21)), said(date(2025, 12, 9), date(2026, 1, 5))
    ('9 november', '9 december 2025')
    """
    whole = in_full(day, language)
    return whole.rpartition(" ")[0] if day.year == on.year else whole


def said_with_weekday(day: date, on: date, language: Language = Language.NL) -> str:
    """The day of a talk or a promise, with its weekday.

    >>> said_with_weekday(date(2026, 11, 9), date(2026, 11, 21))
    'maandag 9 november'
    """
    return f"{_weekday(day, language)}{said(day, on, language)}"


def short_day(day: date, language: Language = Language.NL) -> str:
    """The day in a table, such that no reader swaps day and month.

    >>> [short_day(date(2026, 11, 5), language) for language in Language]
    ['05-11-2026', '5 Nov 2026', '05.11.2026']
    """
    if language is Language.EN:
        return f"{day.day} {_MONTHS[language][day.month - 1][:3]} {day.year}"
    return f"{day:%d.%m.%Y}" if language is Language.DE else f"{day:%d-%m-%Y}"


def _weekday(day: date, language: Language) -> str:
    return _WEEKDAYS[language][day.weekday()] + (", den " if language is Language.DE else " ")


def count_word(count: int, language: Language = Language.NL) -> str:
    """A small count as a word, a larger one in figures.

    >>> count_word(2), count_word(11)
    ('twee', '11')
    """
    words = _COUNTS[language]
    return words[count] if count < len(words) else str(count)


def listed(words: Sequence[str], language: Language = Language.NL) -> str:
    """The words as a sentence lists them.

    >>> listed(["2026-0311", "2026-0312", "2026-0320"])
    '2026-0311, 2026-0312 en 2026-0320'
    """
    if len(words) < 2:  # noqa: PLR2004 - one word needs no "and"
        return "".join(words)
    return f"{', '.join(words[:-1])} {_AND[language]} {words[-1]}"


def plain_words(text: str, longest: int) -> str:
    r"""Text from outside on one line: no control, format, private or direction marks, at most `longest` long.

    What is cut off ends in "…". Letters, accents and emoji stay.

    >>> plain_words("Snoeien\nBcc: x@y.nl\u202e", 40)
    'Snoeien Bcc: x@y.nl'
    """
    if len(text) <= longest and text.isprintable():  # holds none of them, as most text
        return " ".join(text.split())
    kept = "".join(
        " " if unicodedata.category(letter) in {"Cc", "Zl", "Zp", "Zs"} else letter
        for letter in text[: longest * 4]
        if unicodedata.category(letter) not in {"Cf", "Co", "Cs", "Cn"}
    )
    one_line = " ".join(kept.split())
    return one_line if len(one_line) <= longest else one_line[: longest - 1].rstrip() + "…"


def first_name(text: str) -> str:
    """The first name to greet with, or '' where the cell holds something else than a name.

    Shouted and lower-case names get a capital; initials stay as they are.

    >>> first_name("LOTTE"), first_name("jan-willem"), first_name("J.P."), first_name("http://x.nl/?a=1")
    ('Lotte', 'Jan-Willem', 'J.P.', '')
    """
    name = plain_words(text, _LONGEST_FIRST_NAME)
    if _FIRST_NAME.fullmatch(name) is None or name.endswith("…") or "www." in name.lower():
        return ""
    if (name.islower() or name.isupper()) and "." not in name and len(name) > 2:  # noqa: PLR2004 - "JP", "Bo"
        return "-".join(" ".join(word.capitalize() for word in part.split()) for part in name.split("-"))
    return name[0].upper() + name[1:] if name.islower() else name


def only_initials(name: str) -> bool:
    """A first name that is nothing but initials: nobody is greeted by those alone.

    >>> [only_initials(name) for name in ("J.P.", "A", "Chr. Th.", "Jo", "J.P. de", "Jan P.", "")]
    [True, True, True, False, False, False, False]
    """
    return _INITIALS.fullmatch(name) is not None


def grouped(iban: str) -> str:
    """An IBAN in groups of four, as people read and type it.

    >>> grouped("NL12BANK0123456789")
    'NL12 BANK 0123 4567 89'
    """
    bare = "".join(iban.split()).upper()
    return " ".join(bare[start : start + 4] for start in range(0, len(bare), 4))
