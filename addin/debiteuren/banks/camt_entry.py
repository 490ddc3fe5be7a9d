"""One entry (Ntry) of a CAMT message: which bookings it is.

Answers: amount and sign, days, counterparty, texts and references, whether money came or went back, and
whether a batch is one booking or many (many only when the details add up to the entry).
Source: ISO 20022 camt.053.001.02 to .14; docs/regels.md, "Bankbestanden".
Leaves to others: finding the entries and the balances (camt.py), reading days and amounts (camt_values.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from sys import intern

from debiteuren.banks.camt_tree import CURRENCY, NOTHING, Node, every, first, nodes, text
from debiteuren.banks.camt_values import EntryError, read_amount, read_day, read_sign, signed
from debiteuren.banks.slash_fields import end_to_end_of, is_slashed, slash_info
from debiteuren.domain.account import tidy_account
from debiteuren.domain.money import ZERO
from debiteuren.domain.payment import BankTransaction

RETURN_CODES = frozenset({"RRTN", "UPDD", "PRDD", "UPCQ", "UPCT", "ARET", "AREV", "RPCR"})
"""Sub-families of bookings that undo an earlier one (ISO external bank transaction codes)."""

_FULL = 140
_INFO_LIMIT = 1000
_TRUE = frozenset({"true", "1", "TRUE", "True"})


def status_of(entry: Node) -> str:
    """BOOK, PDNG, INFO or FUTR; an entry without a status counts as booked."""
    return text(entry, "Sts") or text(entry, "Sts", "Cd") or "BOOK"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """What holds for all bookings of one entry. `sign` is +1 for money in."""

    node: Node
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
    line: int | None


def entry_transactions(
    node: Node, account: str, fallback_day: date | None, line: int | None
) -> list[BankTransaction]:
    """The bookings of one entry, in file order.

    Raises:
        EntryError: amount, sign or day is missing or impossible.
    """
    sign = read_sign(text(node, "CdtDbtInd"), what="De richting van een boeking")
    value = read_day(node, "ValDt", what="De valutadatum van een boeking")
    booked = read_day(node, "BookgDt", what="De boekdatum van een boeking") or value or fallback_day
    if booked is None:
        raise EntryError("Deze boeking heeft geen boekdatum.")
    kind, family = _kind(node)
    entry = _Entry(
        node=node,
        account=account,
        booked=booked,
        value=value,
        sign=sign,
        amount=signed(sign, read_amount(text(node, "Amt"), what="Het bedrag van een boeking")),
        currency=text(node, CURRENCY) or "EUR",
        kind=kind,
        family=family,
        reversal=text(node, "RvslInd") in _TRUE,
        bank_id=text(node, "AcctSvcrRef"),
        line=line,
    )
    details = [detail for part in nodes(node, "NtryDtls") for detail in nodes(part, "TxDtls")]
    if len(details) <= 1:
        return [_booking(entry, details[0] if details else NOTHING, entry.amount, sign)]
    return _split(entry, details) or [_batch(entry, details)]


def _split(entry: _Entry, details: Sequence[Node]) -> list[BankTransaction]:
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
        parts.append(_booking(entry, detail, amount, own))
    return parts if sum((part.amount for part in parts), ZERO) == entry.amount else []


def _batch(entry: _Entry, details: Sequence[Node]) -> BankTransaction:
    """One booking of a batch that cannot be split; the texts of its parts are its description."""
    parts = [_booking(entry, detail, entry.amount, entry.sign) for detail in details]
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


def _kind(node: Node) -> tuple[str, str]:
    """The code of the kind of booking, and its sub-family."""
    code = first(node, "BkTxCd")
    domain = first(code, "Domn")
    if not domain:
        return text(code, "Prtry", "Cd"), ""
    family = first(domain, "Fmly")
    sub_family = text(family, "SubFmlyCd")
    return intern("/".join(filter(None, [text(domain, "Cd"), text(family, "Cd"), sub_family]))), sub_family


def _booking(entry: _Entry, detail: Node, amount: Decimal, sign: int) -> BankTransaction:
    """One booking, with what its details say: who, why, and under which references."""
    references = first(detail, "Refs")
    returned = first(detail, "RtrInf")
    is_return = entry.reversal or "RtrInf" in detail or entry.family in RETURN_CODES
    role = "Dbtr" if (sign > 0) != entry.reversal else "Cdtr"
    name, counter = _counterparty(first(detail, "RltdPties"), role, entry.account, is_return=is_return)
    description, reference = _remittance(first(detail, "RmtInf"))
    end_to_end = text(references, "EndToEndId")
    kind, family = ("", "") if entry.kind else _kind(detail)
    booking = BankTransaction(
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
        mandate=text(references, "MndtId"),
        kind=entry.kind or kind,
        is_return=is_return or family in RETURN_CODES,
        return_code=text(returned, "Rsn", "Cd") or text(returned, "Rsn", "Prtry"),
        bank_id=entry.bank_id or text(references, "AcctSvcrRef"),
        line=entry.line,
    )
    return booking if description else _from_additional(booking, entry.node, detail)


def _from_additional(booking: BankTransaction, entry: Node, detail: Node) -> BankTransaction:
    """Where the bank put everything in one text (ABN AMRO, Rabobank, BNG), take it from there."""
    words = text(detail, "AddtlTxInf") or text(entry, "AddtlNtryInf")
    if not is_slashed(words):
        batch = first(entry, "NtryDtls", "Btch")
        if not words and not booking.reference and batch:
            words = text(batch, "PmtInfId") or text(batch, "MsgId")
        return replace(booking, description=words) if words else booking
    info = slash_info(words)
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


def _party(parties: Node, role: str) -> tuple[str, str]:
    party = first(parties, role)
    name = text(party, "Nm") or text(party, "Pty", "Nm") or text(party, "Agt", "FinInstnId", "Nm")
    account = first(parties, role + "Acct", "Id")
    number = text(account, "IBAN") or text(account, "Othr", "Id")
    return name, tidy_account(number) if number else ""


def _counterparty(parties: Node, role: str, own: str, *, is_return: bool) -> tuple[str, str]:
    """Name and account of the other side.

    Banks differ in which side they name in a return: take what is there, but never ourselves.
    """
    if not parties:
        return "", ""
    name, number = _party(parties, role)
    name = name or _party(parties, "Ultmt" + role)[0]
    if not name and not number:
        other_name, other_number = _party(parties, "Cdtr" if role == "Dbtr" else "Dbtr")
        if other_number != own and (other_number or is_return):
            return other_name, other_number
    return name, number


def _remittance(info: Node) -> tuple[str, str]:
    """Description and structured reference. A line of 140 signs goes on in the next without a space."""
    if not info:
        return "", ""
    words, full = "", True
    for line in every(info, "Ustrd"):
        if isinstance(line, str):
            words += line if full else " " + line
            full = len(line) == _FULL
    structured = nodes(info, "Strd")
    if not structured:
        return words.strip(), ""
    references = [text(part, "CdtrRefInf", "Ref") for part in structured]
    extra = [*references[1:], *(text(part, "RfrdDocInf", "Nb") for part in structured)]
    extra += [text(part, "AddtlRmtInf") for part in structured]
    kept = [words.strip(), *(word for word in extra if word and word not in words)]
    return " ".join(filter(None, kept)), references[0]
