"""Addresses from the sheet: one e-mail address, one IBAN; anything doubtful becomes a warning and empty.

Source: docs/regels.md, "Fouten en twijfel" (an odd IBAN is doubt), "Concepten" and "Beloften" (5).
"""

import re
import unicodedata

from debiteuren.book.reader import TableReader
from debiteuren.book.values import shown

_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?=.{4,253}\Z)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w-]{0,61}[^\W_])",
)
_LONGEST_LOCAL_PART = 64


def is_email(text: str) -> bool:
    r"""Exactly one plain address: no name around it, no line break, no second address, ASCII before the @.

    >>> is_email("lotte@bakkerij.example"), is_email("a@x.nl, b@y.nl"), is_email("a@x.nl\nBcc: b@y.nl")
    (True, False, False)
    """
    local = text.partition("@")[0]
    return (
        _EMAIL.fullmatch(text) is not None
        and len(local) <= _LONGEST_LOCAL_PART
        and not any(unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp"} for letter in text)
    )


def email_address(read: TableReader, index: int, column: str, text: str) -> str:
    """The address, or '' with a warning when it is not exactly one; then no draft is made to or from it."""
    if not text or is_email(text):
        return text
    read.doubt(
        index,
        column,
        f"Hier staat {shown(text)}. Dat is niet precies één e-mailadres; het telt nu niet mee.",
        "vul één adres in, bijvoorbeeld naam@bedrijf.nl.",
    )
    return ""


def iban(read: TableReader, index: int, column: str, text: str) -> str:
    """The IBAN without spaces, or '' with a warning when its check digits are wrong."""
    if not text:
        return ""
    from stdnum import iban as numbers  # noqa: PLC0415 - only when there is an IBAN to check

    bare: str = numbers.compact(text)
    if numbers.is_valid(bare):
        return bare
    read.doubt(
        index,
        column,
        f"Hier staat {shown(text)}. Dat is geen geldig IBAN; het telt nu niet mee.",
        "kijk het nummer na op de factuur of het afschrift.",
    )
    return ""
