"""Banks by the four letters in their IBAN and BIC. Data only."""

from debiteuren.domain.account import dutch_iban, tidy_account

BANKS = {
    "ABNA": "ABN AMRO",
    "ADYB": "Adyen",
    "ASNB": "ASN Bank",
    "BNGH": "BNG Bank",
    "BUNQ": "bunq",
    "FVLB": "Van Lanschot",
    "INGB": "ING",
    "KNAB": "Knab",
    "NTSB": "N26",
    "RABO": "Rabobank",
    "RBRB": "RegioBank",
    "REVO": "Revolut",
    "SNSB": "SNS",
    "TRIO": "Triodos",
}
_CODES = {name: code for code, name in BANKS.items()}
_TEN = 10


def bank_of(iban_or_bic: str) -> str:
    """The everyday name of the bank an IBAN or BIC belongs to, '' when not one of these.

    >>> bank_of("NL91ABNA0417164300"), bank_of("RABONL2U")
    ('ABN AMRO', 'Rabobank')
    """
    text = tidy_account(iban_or_bic)
    return BANKS.get(text[4:8] if text[2:4].isdigit() else text[:4], "")


def own_account(text: str, bank: str) -> str:
    """The own account as IBAN where the bank is known; a bare Dutch number of ten digits or less becomes one.

    ABN AMRO writes nine digits in MT940 and TAB files, others seven to ten; an IBAN is the bank's letters and
    that number with zeros in front (docs/regels.md, "Dezelfde boeking").

    >>> own_account("417164300", "ABN AMRO")
    'NL91ABNA0417164300'
    """
    account = tidy_account(text)
    if bank in _CODES and account.isascii() and account.isdigit() and len(account) <= _TEN:
        return dutch_iban(_CODES[bank], account)
    return account
