"""One entry (Ntry) of a CAMT message: which bookings it is.

Answers: amount and sign, days, counterparty, texts and references, whether money came or went back, and
whether a batch is one booking or many (many only when the details add up to the entry).
Source: ISO 20022 camt.053.001.02 to .14; bank/formats.md section 3.
Leaves to others: finding the entries and the balances (camt.py).
"""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from debiteuren.banks.camt_tree import Tree
from debiteuren.banks.slash_fields import is_slashed, slash_info
from debiteuren.domain.account import tidy_account
from debiteuren.domain.money import LARGEST, ZERO, to_cents
from debiteuren.domain.payment import BankTransaction

RETURN_CODES = frozenset({"RRTN", "UPDD", "PRDD", "UPCQ", "UPCT", "ARET", "AREV", "RPCR"})
"""Sub-families of bookings that undo an earlier one (ISO external bank transaction codes)."""

NO_REFERENCE = frozenset({"NOTPROVIDED", "NONREF", "NOREF"})
_FULL = 140
_AMOUNT = re.compile(r"-?\d{1,15}(?:\.\d{1,5})?", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2}|T.*)?", re.ASCII)
_INFO_LIMIT = 1000


class EntryError(ValueError):
    """An entry that cannot be trusted; the text says in Dutch what stands there."""


def read_day(tree: Tree | None, *, what: str) -> date | None:
    """The day in a date choice (Dt or DtTm), None when it is not there.

    Raises:
        EntryError: a day that does not exist.
    """
    text = (tree.at("Dt") or tree.at("DtTm") or tree.text) if tree else ""
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        return date.fromisoformat(found[1]) if found else _no_day(text, what)
    except ValueError as error:
        raise EntryError(f'{what} is "{text[:30]}". Die datum bestaat niet.') from error


def _no_day(text: str, what: str) -> date:
    raise EntryError(f'{what} is "{text[:30]}". Dat is geen datum.')


def read_amount(tree: Tree | None, *, what: str) -> Decimal:
    """Amount in the currency of the element, without the sign of CdtDbtInd.

    Raises:
        EntryError: none, or one with parts of cents.
    """
    text = tree.text if tree else ""
    try:
        amount = Decimal(text) if _AMOUNT.fullmatch(text) else None
    except InvalidOperation:
        amount = None
    if amount is None or abs(amount) > LARGEST:
        raise EntryError(f'{what} is "{text[:30]}". Dat is geen bedrag.')
    if to_cents(amount) != amount:
        raise EntryError(f'{what} is "{text[:30]}". Een bedrag heeft hooguit twee cijfers achter de punt.')
    return to_cents(amount)


def read_sign(word: str, *, what: str) -> int:
    """+1 for CRDT (money in), -1 for DBIT.

    Raises:
        EntryError: another word.
    """
    if word not in {"CRDT", "DBIT"}:
        raise EntryError(f'{what}: hier staat "{word[:30]}" waar CRDT (bij) of DBIT (af) hoort.')
    return 1 if word == "CRDT" else -1


def status_of(entry: Tree) -> str:
    """BOOK, PDNG, INFO or FUTR; an entry without a status counts as booked."""
    return entry.at("Sts", "Cd") or entry.at("Sts") or "BOOK"


def entry_transactions(
    entry: Tree, account: str, fallback_day: date | None, line: int | None
) -> list[BankTransaction]:
    """The bookings of one entry, in file order.

    Raises:
        EntryError: amount, sign or day is missing or impossible.
    """
    sign = read_sign(entry.at("CdtDbtInd"), what="De richting van een boeking")
    amount_at = entry.first("Amt")
    amount = sign * read_amount(amount_at, what="Het bedrag van een boeking")
    value = read_day(entry.first("ValDt"), what="De valutadatum van een boeking")
    booked = read_day(entry.first("BookgDt"), what="De boekdatum van een boeking") or value or fallback_day
    if booked is None:
        raise EntryError("Deze boeking heeft geen boekdatum.")
    whole = BankTransaction(
        account=account,
        booked=booked,
        value_date=value,
        amount=amount,
        currency=(amount_at.currency if amount_at else "") or "EUR",
        kind=_kind(entry),
        bank_id=entry.at("AcctSvcrRef"),
        line=line,
    )
    details = list(entry.all("NtryDtls", "TxDtls"))
    if len(details) <= 1:
        detail = details[0] if details else Tree()
        return [_with_detail(whole, entry, detail, sign)]
    parts = _split(whole, entry, details, sign)
    return parts or [_batch(whole, entry, details, sign)]


def _split(whole: BankTransaction, entry: Tree, details: list[Tree], sign: int) -> list[BankTransaction]:
    """The bookings of a batch, none when the details do not add up to the entry."""
    parts = []
    for detail in details:
        at = detail.first("Amt") or detail.first("AmtDtls", "TxAmt", "Amt")
        if at is None or (at.currency and at.currency != whole.currency):
            return []
        try:
            own = read_sign(detail.at("CdtDbtInd") or ("CRDT" if sign > 0 else "DBIT"), what="")
            amount = own * read_amount(at, what="")
        except EntryError:
            return []
        parts.append(_with_detail(replace(whole, amount=amount), entry, detail, own))
    return parts if sum((part.amount for part in parts), ZERO) == whole.amount else []


def _batch(whole: BankTransaction, entry: Tree, details: list[Tree], sign: int) -> BankTransaction:
    """One booking of a batch that cannot be split; the texts of its parts are its description."""
    texts = [_with_detail(whole, entry, detail, sign).description for detail in details]
    texts = [text for text in dict.fromkeys(texts) if text]
    lead = f"Verzamelboeking van {len(details)} posten"
    reversal, code = _reversal(entry, details[0])
    return replace(
        whole,
        description=": ".join(filter(None, [lead, " | ".join(texts)]))[:_INFO_LIMIT],
        is_return=reversal,
        return_code=code,
    )


def _kind(entry: Tree) -> str:
    domain = entry.first("BkTxCd", "Domn")
    codes = [domain.at("Cd"), domain.at("Fmly", "Cd"), domain.at("Fmly", "SubFmlyCd")] if domain else []
    return "/".join(filter(None, codes)) or entry.at("BkTxCd", "Prtry", "Cd")


def _reversal(entry: Tree, detail: Tree) -> tuple[bool, str]:
    """Whether this undoes an earlier booking, and the R-code."""
    code = detail.at("RtrInf", "Rsn", "Cd") or detail.at("RtrInf", "Rsn", "Prtry")
    families = {tree.at("BkTxCd", "Domn", "Fmly", "SubFmlyCd") for tree in (entry, detail)}
    marked = entry.at("RvslInd").lower() in {"true", "1"} or detail.first("RtrInf") is not None
    return marked or bool(families & RETURN_CODES), code


def _with_detail(whole: BankTransaction, entry: Tree, detail: Tree, sign: int) -> BankTransaction:
    """The booking with what its details say: who, why, and under which references."""
    is_return, return_code = _reversal(entry, detail)
    swapped = entry.at("RvslInd").lower() in {"true", "1"}
    role = "Dbtr" if (sign > 0) != swapped else "Cdtr"
    name, counter = _counterparty(detail.first("RltdPties"), role, whole.account, is_return=is_return)
    end_to_end = detail.at("Refs", "EndToEndId")
    description, reference = _remittance(detail.first("RmtInf"))
    booking = replace(
        whole,
        name=name,
        counter_account=counter,
        description=description,
        reference=reference,
        end_to_end="" if end_to_end.replace(" ", "").upper() in NO_REFERENCE else end_to_end,
        mandate=detail.at("Refs", "MndtId"),
        kind=whole.kind or detail.at("BkTxCd", "Prtry", "Cd"),
        is_return=is_return,
        return_code=return_code,
        bank_id=whole.bank_id or detail.at("Refs", "AcctSvcrRef"),
    )
    return booking if booking.description else _from_additional(booking, entry, detail)


def _from_additional(booking: BankTransaction, entry: Tree, detail: Tree) -> BankTransaction:
    """Where the bank put everything in one text (ABN AMRO, Rabobank, BNG), take it from there."""
    text = detail.at("AddtlTxInf") or entry.at("AddtlNtryInf")
    if not is_slashed(text):
        batch = entry.first("NtryDtls", "Btch")
        if not text and not booking.reference and batch is not None:
            text = batch.at("PmtInfId") or batch.at("MsgId")
        return replace(booking, description=text)
    info = slash_info(text)
    return replace(
        booking,
        name=booking.name or info.name,
        counter_account=booking.counter_account or info.counter_account,
        description=info.description,
        reference=booking.reference or info.reference,
        end_to_end=booking.end_to_end or info.end_to_end,
        mandate=booking.mandate or info.mandate,
        is_return=booking.is_return or bool(info.return_code),
        return_code=booking.return_code or info.return_code,
    )


def _party(parties: Tree, role: str) -> tuple[str, str]:
    party = parties.first(role)
    name = ""
    if party is not None:
        name = party.at("Nm") or party.at("Pty", "Nm") or party.at("Agt", "FinInstnId", "Nm")
    account = parties.first(role + "Acct", "Id")
    number = (account.at("IBAN") or account.at("Othr", "Id")) if account else ""
    return name, tidy_account(number)


def _counterparty(parties: Tree | None, role: str, own: str, *, is_return: bool) -> tuple[str, str]:
    """Name and account of the other side.

    Banks differ in which side they name in a return: take what is there, but never ourselves.
    """
    if parties is None:
        return "", ""
    other = "Cdtr" if role == "Dbtr" else "Dbtr"
    name, number = _party(parties, role)
    name = name or _party(parties, "Ultmt" + role)[0]
    if not name and not number:
        other_name, other_number = _party(parties, other)
        if other_number != own and (other_number or is_return):
            return other_name, other_number
    return name, number


def _remittance(info: Tree | None) -> tuple[str, str]:
    """Description and structured reference. A line of 140 signs goes on in the next without a space."""
    if info is None:
        return "", ""
    text, full = "", True
    for line in info.all("Ustrd"):
        text += line.text if full else " " + line.text
        full = len(line.text) == _FULL
    text = text.strip()
    references = [ref.text for ref in info.all("Strd", "CdtrRefInf", "Ref") if ref.text]
    extra = [*references[1:], *(number.text for number in info.all("Strd", "RfrdDocInf", "Nb"))]
    extra += [line.text for line in info.all("Strd", "AddtlRmtInf")]
    words = [text, *(word for word in extra if word and word not in text)]
    return " ".join(filter(None, words)), references[0] if references else ""
