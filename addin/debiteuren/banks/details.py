"""The details of an MT940 booking (:86:, and what banks put on :61:), by bank.

Answers: who, why and under which references. The style is seen per booking, as banks mix old and new in one
file; the table says what a bank's own old style is and what it means by the reference on :61:.
Source: docs/regels.md, "Bankbestanden".
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from debiteuren.banks.column_fields import column_info, has_labels, labelled_info
from debiteuren.banks.free_fields import (
    account_and_name,
    account_in_supplement,
    account_line,
    account_line_at,
    leading_account,
    numbered_pieces,
)
from debiteuren.banks.mt940_lines import Entry, Field
from debiteuren.banks.slash_fields import Info, end_to_end_of, is_slashed, slash_info
from debiteuren.domain.account import tidy_account

_ACCOUNT = re.compile(r"[A-Z]{2}\d{2}[A-Z]{4}[A-Z0-9]{5,26}|P?\d{7,10}", re.ASCII)
_PAYMENT_REFERENCE = re.compile(r"\d{7}|\d{9,14}|\d{16}", re.ASCII)
_WORDS = frozenset({"", "EREF", "PREF", "MARF", "IREF", "NONREF"})
_TRANSACTION_CODE = re.compile(r"/TRCD/[^/]*/?")


@dataclass(frozen=True, slots=True)
class _Booking:
    """All text of one booking: :61:, its supplement, and :86:."""

    entry: Entry
    supplement: str
    details: Field
    text: str


def _columns(booking: _Booking) -> Info:
    return column_info(booking.details.lines)


def _leading(booking: _Booking) -> Info:
    return leading_account(booking.text)


def _pieces(booking: _Booking) -> Info:
    return numbered_pieces(booking.text) if ">2" in booking.text else leading_account(booking.text)


def _sns(booking: _Booking) -> Info:
    return account_and_name(booking.details.lines, booking.text, " ".join(booking.supplement.split()))


def _rabobank(booking: _Booking) -> Info:
    return account_in_supplement(booking.text, booking.supplement, booking.entry.reference)


def _knab(booking: _Booking) -> Info:
    at = account_line_at(booking.details.lines)
    if at is not None:
        return account_line(booking.details.text_of(0, at), booking.details.text_of(at, None))
    return labelled_info(booking.text) if has_labels(booking.text) else leading_account(booking.text)


@dataclass(frozen=True, slots=True)
class _Dialect:
    """What one bank means: its old style, and whether the reference on :61: is the other side's account."""

    old_style: Callable[[_Booking], Info]
    reference_is_account: bool = False
    bank_reference_is_payment_reference: bool = False


_SNS = _Dialect(_sns, reference_is_account=True, bank_reference_is_payment_reference=True)
_OTHER = _Dialect(_knab)
_DIALECTS = {
    "ABN AMRO": _Dialect(_columns),
    "ASN Bank": _SNS,
    "BNG Bank": _Dialect(_leading, reference_is_account=True),
    "ING": _Dialect(_leading),
    "Rabobank": _Dialect(_rabobank, reference_is_account=True),
    "RegioBank": _SNS,
    "SNS": _SNS,
    "Triodos": _Dialect(_pieces),
    "Van Lanschot": _Dialect(_leading, reference_is_account=True),
}


def bank_id_of(entry: Entry, bank: str) -> str:
    """The bank's own unique id of the booking, '' when this bank gives none."""
    if _DIALECTS.get(bank, _OTHER).bank_reference_is_payment_reference:
        return ""
    return _without_code(entry.bank)


def _without_code(text: str) -> str:
    """What stands there beside ING's transaction code ("/TRCD/00100/")."""
    return _TRANSACTION_CODE.sub("", text).strip() if "/TRCD/" in text else text.strip()


def booking_details(entry: Entry, supplement: str, details: Field | None, bank: str) -> Info:
    """Who, why and under which references, from everything the booking says."""
    dialect = _DIALECTS.get(bank, _OTHER)
    found = details or Field(0, "86", [])
    text = found.text
    extra = _without_code(supplement)
    info = slash_info(text) if is_slashed(text) else dialect.old_style(_Booking(entry, extra, found, text))
    if entry.mark[0] == "R" and not info.is_return:
        info = replace(info, is_return=True)
    return _with_reference(_with_account(info, entry, extra, dialect), entry, dialect)


def _with_account(info: Info, entry: Entry, supplement: str, dialect: _Dialect) -> Info:
    if info.counter_account:
        return info
    candidates = [supplement, entry.reference] if dialect.reference_is_account else [supplement]
    accounts = [tidy_account(candidate) for candidate in candidates]
    account = next((account for account in accounts if _ACCOUNT.fullmatch(account)), "")
    return replace(info, counter_account=account) if account else info


def _with_reference(info: Info, entry: Entry, dialect: _Dialect) -> Info:
    """What :61: adds: a payment reference (betalingskenmerk) or the payer's own."""
    if dialect.bank_reference_is_payment_reference and _PAYMENT_REFERENCE.fullmatch(entry.bank):
        return replace(info, reference=info.reference or entry.bank)
    own = _without_code(entry.reference)
    if (
        dialect.reference_is_account
        or own in _WORDS
        or own == info.reference
        or tidy_account(own) == info.counter_account
    ):
        return info
    if _PAYMENT_REFERENCE.fullmatch(own) and not info.reference:
        return replace(info, reference=own)
    return info if info.end_to_end else replace(info, end_to_end=end_to_end_of(own))
