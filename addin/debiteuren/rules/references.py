"""Payment references: the numbers a payer copies, with a check in them.

Answers: is this a Dutch betalingskenmerk, an RF (ISO 11649) or a Belgian structured message with a right
check; what is the one spelling of a reference.
Source: docs/regels.md, "Kenmerken"; check digit of the Betaalvereniging.
Leaves to others: whether we issued it. A random number of 16 digits passes one time in ten, so only a
reference of our own invoices decides anything (matching_evidence.py).
"""

import re
import unicodedata

from stdnum import iso11649
from stdnum.be import ogm_vcs

_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)
_MODULUS = 11
_UNCHECKED_LENGTH = 7
_COUNTED_LENGTHS = range(9, 15)
_FULL_LENGTH = 16
_COUNTED_FROM = 2
"""In lengths 9 to 14 the second digit says how many follow it, modulo ten."""
_NOT_SIGNS = re.compile(r"[^0-9A-Z]+")
_PLACEHOLDERS = frozenset({"", "NOTPROVIDED", "NONREF", "NOREF", "EREF", "PREF", "MARF", "NOTAVAILABLE"})


def fold(text: str) -> str:
    """Only letters and digits, in capitals: the one spelling of a number or reference.

    >>> fold("rf18 5390-0754.7034")
    'RF18539007547034'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    upper = text.upper()
    return upper if upper.isalnum() and upper.isascii() else _NOT_SIGNS.sub("", upper)


def is_meaningful(folded: str) -> bool:
    """Whether a folded reference says anything: banks fill an empty one with words such as NOTPROVIDED."""
    return folded not in _PLACEHOLDERS


def check_digit(rest: str) -> int:
    """Check digit of a betalingskenmerk over the digits behind it.

    Weights from the right 2, 4, 8, 5, 10, 9, 7, 3, 6, 1 and again; 11 less the sum modulo 11, where 10
    becomes 1 and 11 becomes 0.

    >>> check_digit("000056789012345")
    5

    Raises:
        ValueError: not digits only.
    """
    if not (rest.isascii() and rest.isdigit()):
        raise ValueError(f"digits expected: {rest!r}")
    total = sum(int(digit) * _WEIGHTS[place % len(_WEIGHTS)] for place, digit in enumerate(reversed(rest)))
    digit = _MODULUS - total % _MODULUS
    return {10: 1, 11: 0}.get(digit, digit)


def is_betalingskenmerk(text: str) -> bool:
    """Whether this is a well-formed Dutch betalingskenmerk: 7, 9 to 14 or 16 digits with a right check.

    Spaces and points are fine. Seven digits have no check.

    >>> is_betalingskenmerk("5000 0567 8901 2345"), is_betalingskenmerk("5000056789012346")
    (True, False)
    """
    digits = fold(text)
    if not digits.isdigit():
        return False
    if len(digits) == _UNCHECKED_LENGTH:
        return True
    if len(digits) in _COUNTED_LENGTHS:
        if int(digits[1]) != (len(digits) - _COUNTED_FROM) % 10:
            return False
    elif len(digits) != _FULL_LENGTH:
        return False
    return int(digits[0]) == check_digit(digits[1:])


def reference_word(text: str) -> str:
    """What to call this reference in a sentence; a plain "kenmerk" when no check says more.

    >>> reference_word("RF18 5390 0754 7034"), reference_word("+++090/9337/55493+++")
    ('RF-kenmerk', 'gestructureerde mededeling')
    """
    folded = fold(text)
    if iso11649.is_valid(folded):
        return "RF-kenmerk"
    if len(folded) > _UNCHECKED_LENGTH and is_betalingskenmerk(folded):
        return "betalingskenmerk"
    return "gestructureerde mededeling" if ogm_vcs.is_valid(folded) else "kenmerk"
