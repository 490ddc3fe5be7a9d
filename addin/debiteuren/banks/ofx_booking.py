"""One booking of an OFX file: its fields into a transaction.

Answers: day, amount with its sign, who and why. TRNTYPE and the sign of the amount may not contradict each
other: then nobody knows whether money came or went.
Source: OFX 2.2, 11.4.4 (STMTTRN) and 3.2.8 (days, amounts); docs/regels.md, "Bankbestanden".
Leaves to others: tags out of bytes (ofx.py), details in the text (slash_fields.py, ing_notes.py).
"""

import re
from datetime import date, datetime
from decimal import Decimal

from debiteuren.banks.column_fields import has_labels, labelled_info
from debiteuren.banks.events import shown
from debiteuren.banks.ing_notes import is_structured, read_notes
from debiteuren.banks.names import bank_of, own_account
from debiteuren.banks.slash_fields import Info, end_to_end_of, is_slashed, slash_info
from debiteuren.domain.account import tidy_account
from debiteuren.domain.amount_text import amount_with
from debiteuren.domain.money import TOO_LARGE, TooLargeError
from debiteuren.domain.payment import BankTransaction

Fields = dict[str, str]
"""Values by tag; of a part such as PAYEE by "PAYEE/NAME"."""

_DAY = re.compile(r"(\d{8})(?:\d{4}(?:\d{2}(?:\.\d{1,6})?)?)?(?:\[[^\[\]]{0,20}\])?", re.ASCII)
_IN = frozenset({"CREDIT", "DEP", "DIRECTDEP"})
_OUT = frozenset({"DEBIT"})
_ING = re.compile(r"(?:Naam|Name|Omschrijving|Description): ")
_CURRENCY = re.compile(r"[A-Z]{3}")


class EntryError(ValueError):
    """A value that cannot be trusted; its text is the Dutch sentence."""


def day_of(text: str) -> date | None:
    """The calendar day as the bank wrote it, whatever the time and zone behind it; None for an empty text.

    Raises:
        EntryError: no day, or none that exists.
    """
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        if found:
            return datetime.strptime(found[1], "%Y%m%d").date()  # noqa: DTZ007 - a bank day has no time zone
    except ValueError:
        pass
    raise EntryError(f'Hier staat "{shown(text)}". Die datum bestaat niet.')


def amount_of(text: str, mark: str, what: str) -> tuple[Decimal, str]:
    """The amount, and the decimal mark that it proves for the rest of the file.

    Raises:
        EntryError: no amount, or one with another mark than the file has had so far.
    """
    for candidate in (mark,) if mark else (".", ","):
        try:
            amount = amount_with(candidate, text)
        except TooLargeError as error:
            raise EntryError(f'{what} is "{shown(text)}". {TOO_LARGE}') from error
        except ValueError:
            continue
        return amount, candidate if candidate in text else mark
    raise EntryError(f'{what} is "{shown(text)}". Dat is geen bedrag met twee cijfers voor de centen.')


def account_of(head: Fields) -> tuple[str, str]:
    """The own account, as IBAN where that can be known, and its bank."""
    number = head.get("BANKACCTFROM/ACCTID") or head.get("CCACCTFROM/ACCTID") or ""
    bank = bank_of(tidy_account(number)) or bank_of(head.get("BANKACCTFROM/BANKID", ""))
    return own_account(number, bank), bank


def booking(entry: Fields, account: str, currency: str, mark: str, line: int) -> tuple[BankTransaction, str]:
    """The booking, and the decimal mark known after it.

    Raises:
        EntryError: a value is missing or cannot be trusted.
    """
    booked = day_of(entry.get("DTPOSTED", ""))
    if booked is None:
        raise EntryError("Bij deze boeking ontbreekt de boekdatum (DTPOSTED).")
    if "TRNAMT" not in entry:
        raise EntryError("Bij deze boeking ontbreekt het bedrag (TRNAMT).")
    amount, mark = amount_of(entry["TRNAMT"], mark, "Het bedrag (TRNAMT)")
    if "CORRECTACTION" in entry:
        raise EntryError("Deze boeking herroept een eerdere (CORRECTACTION); wat nu geldt, is niet zeker.")
    kind = entry.get("TRNTYPE", "").upper()
    if (kind in _IN and amount < 0) or (kind in _OUT and amount > 0):
        found = f'Het bedrag is "{shown(entry["TRNAMT"])}", maar de soort is {kind}: bij of af is niet zeker.'
        raise EntryError(found)
    other = entry.get("CURRENCY/CURSYM", "").upper()
    info = _details(entry)
    name = entry.get("NAME") or entry.get("PAYEE/NAME") or entry.get("EXTDNAME") or ""
    counter = entry.get("BANKACCTTO/ACCTID") or entry.get("CCACCTTO/ACCTID") or ""
    reference = end_to_end_of(entry.get("REFNUM", ""))
    structured = reference if is_structured(reference) else ""
    transaction = BankTransaction(
        account=account,
        booked=booked,
        value_date=day_of(entry.get("DTAVAIL", "")),
        amount=amount,
        currency=other if _CURRENCY.fullmatch(other) else currency,
        counter_account=tidy_account(counter) or info.counter_account,
        name=name or info.name,
        description=info.description,
        reference=info.reference or structured,
        end_to_end=info.end_to_end or ("" if structured else reference),
        mandate=info.mandate,
        kind=kind,
        is_return=info.is_return,
        return_code=info.return_code,
        bank_id=entry.get("FITID", ""),
        line=line,
    )
    return transaction, mark


def _details(entry: Fields) -> Info:
    """What MEMO says: the bank's own details where it has put them there, else the payer's words."""
    memo = entry.get("MEMO", "")
    if is_slashed(memo):
        return slash_info(memo)
    if _ING.match(memo):
        return read_notes(memo, entry.get("TRNTYPE", ""))
    return labelled_info(memo) if has_labels(memo) else Info(description=memo)
