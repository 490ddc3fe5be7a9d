"""One entry (Ntry) of a CAMT message: which bookings it is.

Answers: amount and sign, days, counterparty, texts and references, whether money came or went back, and
whether a batch is one booking or many (many only when the details add up to the entry).
Source: ISO 20022 camt.053.001.02 to .14; docs/regels.md, "Bankbestanden".
Leaves to others: finding the entries and the balances (camt.py), the words of an entry (camt_words.py),
reading days and amounts (camt_values.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from debiteuren.banks.camt_tree import CURRENCY, NOTHING, Node, first, text
from debiteuren.banks.camt_values import EntryError, day_of, read_amount, read_sign, signed
from debiteuren.banks.camt_words import (
    DetailWords,
    EntryWords,
    Said,
    detail_words,
    details_of,
    entry_words,
    said_in,
)
from debiteuren.banks.slash_fields import Info, end_to_end_of, is_slashed, slash_info
from debiteuren.domain.account import tidy_account
from debiteuren.domain.money import ZERO
from debiteuren.domain.payment import BankTransaction

RETURN_CODES = frozenset({"RRTN", "UPDD", "PRDD", "UPCQ", "UPCT", "ARET", "AREV", "RPCR"})
"""Sub-families of bookings that undo an earlier one (ISO external bank transaction codes)."""

BOOKED = "BOOK"
_FULL = 140
_FIRST_YEAR, _LAST_YEAR = 1980, 2079
"""As MT940 reads years of two digits (mt940_lines.py)."""
_INFO_LIMIT = 1000
_TRUE = frozenset({"true", "1", "TRUE", "True"})


class Entry(NamedTuple):
    """What holds for all bookings of one entry. `sign` is +1 for money in."""

    account: str
    booked: date
    value: date | None
    sign: int
    amount: Decimal
    currency: str
    kind: str
    family: str
    reversal: bool
    bank_id: str
    additional: str
    batch: str
    line: int | None


def read_entry(words: EntryWords, account: str, fallback_day: date | None, line: int | None) -> Entry:
    """What the words of an entry mean; `fallback_day` where it has no day of its own.

    Raises:
        EntryError: amount, sign or day is missing or impossible.
    """
    (_, amount, currency, mark, booked_on, value_on, reversal, bank_id, *code, additional, batch) = words
    sign = read_sign(mark, what="De richting van een boeking")
    value = day_of(value_on, what="De valutadatum van een boeking")
    booked = day_of(booked_on, what="De boekdatum van een boeking") or value or fallback_day
    if booked is None:
        raise EntryError("Deze boeking heeft geen boekdatum.")
    if not _FIRST_YEAR <= booked.year <= _LAST_YEAR:
        raise EntryError(f'De boekdatum van een boeking is "{booked_on[:30]}". Dat jaar kan niet kloppen.')
    return Entry(
        account,
        booked,
        value,
        sign,
        signed(sign, read_amount(amount, what="Het bedrag van een boeking")),
        currency or "EUR",
        _kind(*code),
        code[2],
        reversal in _TRUE,
        bank_id,
        additional,
        batch,
        line,
    )


@lru_cache(maxsize=512)
def _kind(domain: str, family: str, sub_family: str, proprietary: str) -> str:
    """The code of the kind of booking; a file has few of them, many times."""
    return proprietary or "/".join(filter(None, [domain, family, sub_family]))


def entry_transactions(
    node: Node, account: str, fallback_day: date | None, line: int | None
) -> list[BankTransaction]:
    """The bookings of one entry, in file order.

    Raises:
        EntryError: amount, sign or day is missing or impossible.
    """
    entry = read_entry(entry_words(node), account, fallback_day, line)
    details = details_of(node)
    if len(details) <= 1:
        detail = details[0] if details else NOTHING
        return [booking(entry, detail_words(detail), said_in(detail), entry.amount, entry.sign)]
    return _split(entry, details) or [_batch(entry, details)]


def _split(entry: Entry, details: Sequence[Node]) -> list[BankTransaction]:
    """The bookings of a batch, none when the details do not add up to the entry."""
    parts = []
    for detail in details:
        at = detail if "Amt" in detail else first(detail, "AmtDtls", "TxAmt")
        currency = text(at, CURRENCY)
        if currency and currency != entry.currency:
            return []
        try:
            own = read_sign(text(detail, "CdtDbtInd"), what="") if "CdtDbtInd" in detail else entry.sign
            amount = signed(own, read_amount(text(at, "Amt"), what=""))
        except EntryError:
            return []
        parts.append(booking(entry, detail_words(detail), said_in(detail), amount, own))
    return parts if sum((part.amount for part in parts), ZERO) == entry.amount else []


def _batch(entry: Entry, details: Sequence[Node]) -> BankTransaction:
    """One booking of a batch that cannot be split; the texts of its parts are its description."""
    parts = [
        booking(entry, detail_words(detail), said_in(detail), entry.amount, entry.sign) for detail in details
    ]
    texts = [words for words in dict.fromkeys(part.description for part in parts) if words]
    lead = f"Verzamelboeking van {len(details)} posten"
    return replace(
        parts[0],
        name="",
        counter_account="",
        description=": ".join(filter(None, [lead, " | ".join(texts)]))[:_INFO_LIMIT],
        reference="",
        end_to_end="",
        mandate="",
    )


def booking(entry: Entry, words: DetailWords, said: Said, amount: Decimal, sign: int) -> BankTransaction:
    """One booking, with what its details say: who, why, and under which references."""
    (*parties, end_to_end, mandate, bank_id, returned, reason, domain, family, sub_family, own, more) = words
    is_return = entry.reversal or returned != "" or entry.family in RETURN_CODES
    name, counter = _counterparty(
        parties, entry.account, is_debtor=(sign > 0) != entry.reversal, is_return=is_return
    )
    description, reference = _remittance(*said)
    kind, family_of_detail = entry.kind, ""
    if not kind:
        kind, family_of_detail = _kind(domain, family, sub_family, own), sub_family
    info = None
    if not description:
        text_of_all = more or entry.additional
        if is_slashed(text_of_all):
            info = slash_info(text_of_all)
        else:
            description = text_of_all or ("" if reference else entry.batch)
    found = BankTransaction(
        account=entry.account,
        booked=entry.booked,
        amount=amount,
        value_date=entry.value,
        currency=entry.currency,
        counter_account=counter,
        name=name,
        description=description,
        reference=reference,
        end_to_end=end_to_end_of(end_to_end) if end_to_end else "",
        mandate=mandate,
        kind=kind,
        is_return=is_return or family_of_detail in RETURN_CODES,
        return_code=reason,
        bank_id=entry.bank_id or bank_id,
        line=entry.line,
    )
    return _with(found, info) if info else found


def _with(booking: BankTransaction, info: Info) -> BankTransaction:
    """Where the bank put everything in one text (ABN AMRO, Rabobank, BNG), take it from there."""
    return replace(
        booking,
        name=booking.name or info.name,
        counter_account=booking.counter_account or info.counter_account,
        description=info.description,
        reference=booking.reference or info.reference,
        end_to_end=booking.end_to_end or info.end_to_end,
        mandate=booking.mandate or info.mandate,
        is_return=booking.is_return or info.is_return,
        return_code=booking.return_code or info.return_code,
    )


def _counterparty(parties: Sequence[str], own: str, *, is_debtor: bool, is_return: bool) -> tuple[str, str]:
    """Name and account of the other side.

    Banks differ in which side they name in a return: take what is there, but never ourselves.
    """
    name, number, behind, other_name, other_number, _ = parties if is_debtor else (*parties[3:], *parties[:3])
    name = name or behind
    if name or number:
        return name, tidy_account(number)
    other = tidy_account(other_number)
    return (other_name, other) if other != own and (other or is_return) else ("", "")


def _remittance(lines: Iterable[str], references: Sequence[str], extra: Sequence[str]) -> tuple[str, str]:
    """Description and structured reference. A line of 140 signs goes on in the next without a space."""
    words, full = "", True
    for line in lines:
        words += line if full else " " + line
        full = len(line) == _FULL
    words = words.strip()
    if not references:
        return words, ""
    more = [word for word in (*references[1:], *extra) if word and word not in words]
    return " ".join(filter(None, [words, *more])), references[0]
