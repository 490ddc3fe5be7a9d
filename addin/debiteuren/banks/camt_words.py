"""The words of one CAMT entry at the places that count, in a fixed order: what camt_entry.py judges.

Answers: what stands in this entry and in each of its details, nothing decided yet. Which words these are
depends on the elements only, never on the text in them, so that camt_shapes.py finds them again in the next
entry with the same elements without walking through it.
Source: ISO 20022 camt.053.001.02 to .14.
Leaves to others: what the words mean (camt_entry.py).
"""

from typing import NamedTuple

from debiteuren.banks.camt_tree import CURRENCY, NOTHING, Node, every, first, nodes, text


class EntryWords(NamedTuple):
    """What stands on the entry itself; '' where nothing stands. `batch` is the id of a batch."""

    status: str
    amount: str
    currency: str
    sign: str
    booked: str
    value: str
    reversal: str
    bank_id: str
    domain: str
    family: str
    sub_family: str
    proprietary: str
    additional: str
    batch: str


class DetailWords(NamedTuple):
    """What stands in one TxDtls; `returned` is not '' when it holds return information."""

    debtor: str
    debtor_account: str
    ultimate_debtor: str
    creditor: str
    creditor_account: str
    ultimate_creditor: str
    end_to_end: str
    mandate: str
    bank_id: str
    returned: str
    reason: str
    domain: str
    family: str
    sub_family: str
    proprietary: str
    additional: str


class Said(NamedTuple):
    """The remittance: free lines, structured references in order, and what stands beside those."""

    lines: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()


def day_words(node: Node, *path: str) -> str:
    """The day at this path: itself, its Dt or its DtTm; '' when it is not there."""
    choice = first(node, *path)
    return (text(choice, "Dt") or text(choice, "DtTm")) if choice else text(node, *path)


def details_of(entry: Node) -> list[Node]:
    """Every TxDtls with something in it, in order."""
    return [detail for part in nodes(entry, "NtryDtls") for detail in nodes(part, "TxDtls")]


def _kind(node: Node) -> tuple[str, str, str, str]:
    """Domain, family and sub-family of the kind of booking; else the bank's own code."""
    code = first(node, "BkTxCd")
    domain = first(code, "Domn")
    if not domain:
        return "", "", "", text(code, "Prtry", "Cd")
    family = first(domain, "Fmly")
    return text(domain, "Cd"), text(family, "Cd"), text(family, "SubFmlyCd"), ""


def entry_words(entry: Node) -> EntryWords:
    """The words of the entry itself."""
    batch = first(entry, "NtryDtls", "Btch")
    return EntryWords(
        text(entry, "Sts") or text(entry, "Sts", "Cd"),
        text(entry, "Amt"),
        text(entry, CURRENCY),
        text(entry, "CdtDbtInd"),
        day_words(entry, "BookgDt"),
        day_words(entry, "ValDt"),
        text(entry, "RvslInd"),
        text(entry, "AcctSvcrRef"),
        *_kind(entry),
        text(entry, "AddtlNtryInf"),
        text(batch, "PmtInfId") or text(batch, "MsgId"),
    )


def _party(parties: Node, role: str) -> tuple[str, str, str]:
    """Name and account of a party, and the name of the one behind it."""
    party = first(parties, role)
    name = text(party, "Nm") or text(party, "Pty", "Nm") or text(party, "Agt", "FinInstnId", "Nm")
    account = first(parties, role + "Acct", "Id")
    behind = first(parties, "Ultmt" + role)
    behind_name = text(behind, "Nm") or text(behind, "Pty", "Nm") or text(behind, "Agt", "FinInstnId", "Nm")
    return name, text(account, "IBAN") or text(account, "Othr", "Id"), behind_name


def detail_words(detail: Node) -> DetailWords:
    """The words of one TxDtls, all '' of none."""
    if detail is NOTHING:
        return _NO_DETAIL
    references = first(detail, "Refs")
    parties = first(detail, "RltdPties")
    reason = first(detail, "RtrInf", "Rsn")
    return DetailWords(
        *_party(parties, "Dbtr"),
        *_party(parties, "Cdtr"),
        text(references, "EndToEndId"),
        text(references, "MndtId"),
        text(references, "AcctSvcrRef"),
        "RtrInf" if "RtrInf" in detail else "",
        text(reason, "Cd") or text(reason, "Prtry"),
        *_kind(detail),
        text(detail, "AddtlTxInf"),
    )


_NO_DETAIL = DetailWords(*("" for _ in DetailWords._fields))


def said_in(detail: Node) -> Said:
    """The remittance of one TxDtls."""
    info = first(detail, "RmtInf")
    if not info:
        return Said()
    lines = tuple(line for line in every(info, "Ustrd") if isinstance(line, str))
    structured = nodes(info, "Strd")
    if not structured:
        return Said(lines)
    return Said(
        lines,
        tuple(text(part, "CdtrRefInf", "Ref") for part in structured),
        (
            *(text(part, "RfrdDocInf", "Nb") for part in structured),
            *(text(part, "AddtlRmtInf") for part in structured),
        ),
    )
