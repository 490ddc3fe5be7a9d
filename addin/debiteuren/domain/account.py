"""Bank accounts as text: one spelling for one account.

Answers: how is this account written (IBAN without spaces), and are two spellings the same account.
Source: ISO 13616; a Dutch IBAN is NL, two check digits, the bank's four letters and ten digits.
Leaves to others: whether an IBAN a user typed is right (book/), which bank a file is of (banks/).
"""

import re

_DUTCH = re.compile(r"NL\d{2}[A-Z]{4}(\d{10})", re.ASCII)
_DIGITS = re.compile(r"P?(\d{1,10})", re.ASCII)
_LOOSE = re.compile(r"[\s.\u00a0\u202f]+")


def tidy_account(text: str) -> str:
    """The account in capitals, without spaces and points; other text stays as it is.

    >>> tidy_account("nl91 abna 0417 1643 00")
    'NL91ABNA0417164300'
    """
    if text.isalnum() and text.isupper():  # which most are
        return text
    return _LOOSE.sub("", text).upper()


def dutch_iban(bank: str, number: str) -> str:
    """IBAN of a Dutch account number of at most ten digits at the bank with these four letters.

    >>> dutch_iban("ABNA", "417164300")
    'NL91ABNA0417164300'

    Raises:
        ValueError: not four letters, or not one to ten digits.
    """
    if not re.fullmatch(r"[A-Z]{4}", bank) or not re.fullmatch(r"\d{1,10}", number, re.ASCII):
        raise ValueError(f"no Dutch account: {bank!r} {number!r}")
    basic = bank + number.zfill(10)
    figures = "".join(str(int(sign, 36)) for sign in basic + "NL00")
    return f"NL{98 - int(figures) % 97:02d}{basic}"


def account_core(text: str) -> str:
    """What an IBAN and the account number in it have in common, to compare accounts of two files.

    >>> account_core("NL91ABNA0417164300") == account_core("41.71.64.300")
    True
    """
    tidy = tidy_account(text)
    found = _DUTCH.fullmatch(tidy) or _DIGITS.fullmatch(tidy)
    return (found[1].lstrip("0") or "0") if found else tidy
