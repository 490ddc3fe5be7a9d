"""Booking details between slashes: /TRTP/../IBAN/../NAME/../REMI/../EREF/.., in MT940, TAB and CAMT alike.

Answers: who, why and under which references. Cut only at the keys in the table: names and texts hold slashes
too ("NR.201303-111/11.3.2013"). ING and Triodos close every field with a slash of their own, so there a key
follows two slashes.
Source: the samples of eight banks.
Leaves to others: which lines of a file these details are (mt940.py), details in columns (column_fields.py).
"""

import re
from dataclasses import dataclass

from debiteuren.domain.account import tidy_account

KEYS = (
    *("ACCW", "ADDR", "BENM", "BIC", "BUSP", "CDTRREF", "CDTRREFTP", "CHGS", "CNTP", "CREF", "CSID"),
    *("EREF", "EXCH", "IBAN", "INIT", "IREF", "ISDT", "MARF", "NAME", "NRTX", "OAMT", "OCMT", "ORDP"),
    *("PIND", "PREF", "PURP", "REMI", "RTRN", "RTYP", "SVCL", "TRCD", "TRTP", "ULTB", "ULTC", "ULTD"),
)
_OPENING = (
    *("ACCW", "BENM", "BUSP", "CNTP", "CSID", "EREF", "IBAN", "IREF", "ISDT", "MARF", "NAME", "ORDP"),
    *("PREF", "PURP", "REMI", "RTRN", "RTYP", "TRCD", "TRTP"),
)


def _loose(key: str) -> str:
    """The key, also where a line break put a space in it (Triodos: "RE MI")."""
    return " ?".join(key)


_KEY = "|".join(_loose(key) for key in sorted(KEYS, key=len, reverse=True))
_SPLIT = re.compile(rf"/ ?({_KEY})/")
_SPLIT_CLOSED = re.compile(rf"/ ?/ ?({_KEY})/")
_CLOSED = re.compile(
    r"/(?:BUSP|CNTP|(?:BENM|ORDP)/[A-Z]{2}\d{2}[A-Z0-9]{10,30}|R ?E ?M ?I/(?:/|U ?S ?T ?D|STRD))/"
)
_UNSTRUCTURED = re.compile(r"^(?:U ?S ?T ?D ?/ ?/)?/*")
_OPENS = re.compile(rf"/ ?({'|'.join(_loose(key) for key in _OPENING)})/")
_STRUCTURED = re.compile(r"(?:USTD//)?(?:STRD|SCOR)/(?:CUR|ISO|BBA)/([^/\s]+)/?\s*(.*)", re.DOTALL)
_ISSUER = re.compile(r"Issuer: ?\w{2,4} Ref: ?(\S+)\s*(.*)", re.DOTALL)
_RETURN_KIND = re.compile("STORNO|RETOUR")
_ACCOUNT_FIRST = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}/")
_LONGEST = 10_000
_NOTHING = frozenset({"NOTPROVIDED", "NONREF", "NOREF"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """What the details of one booking say; '' where they say nothing."""

    counter_account: str = ""
    name: str = ""
    description: str = ""
    reference: str = ""
    end_to_end: str = ""
    mandate: str = ""
    return_code: str = ""
    is_return: bool = False
    kind: str = ""


def is_slashed(text: str) -> bool:
    """Whether details are in this style: they open with a known key, and are no longer than a bank writes."""
    return len(text) <= _LONGEST and _OPENS.match(text) is not None


def end_to_end_of(text: str) -> str:
    """The payer's reference, '' for the words that mean there is none."""
    return "" if text.replace(" ", "").upper() in _NOTHING else text


def fields_of(text: str) -> dict[str, str]:
    """Key and value of each field, in order; a key that comes twice has both values."""
    closed = _CLOSED.search(text) is not None
    # The first field has one slash of its own; with one more it is like the others.
    parts = _SPLIT_CLOSED.split("/" + text) if closed else _SPLIT.split(text)
    fields: dict[str, str] = {}
    for key, value in zip(parts[1::2], parts[2::2], strict=True):
        name = key if key.isalnum() else key.replace(" ", "")
        clean = value.strip() if closed else value.strip().removesuffix("/").strip()
        before = fields.get(name)
        fields[name] = f"{before} {clean}".strip() if before else clean
    if closed and fields:
        last = list(fields)[-1]
        fields[last] = fields[last].removesuffix("/")
    return fields


def slash_info(text: str) -> Info:
    """The details of one booking."""
    fields = fields_of(" ".join(text.split()))

    def found(key: str) -> str:
        return fields[key].strip("/ ") if key in fields else ""

    written = next((fields[key] for key in ("CNTP", "BENM", "ORDP") if fields.get(key, "").strip("/ ")), "")
    if "CNTP" in fields or _ACCOUNT_FIRST.match(written):
        party = written.split("/")
        account = party[0]
        name = "/".join(party[2:-1] if len(party) > 3 else party[2:])  # noqa: PLR2004 - IBAN, BIC, name, city
    else:
        account, name = "", fields.get("NAME", "")
    account = account or fields.get("IBAN", "") or fields.get("ACCW", "").split(",")[0]
    description, reference = remittance(fields.get("REMI", ""))
    code, kind = found("RTRN"), fields.get("TRTP", "") or fields.get("RTYP", "")
    return Info(
        counter_account=tidy_account(account),
        name=(name or fields.get("ULTD", "") or fields.get("ULTC", "")).strip("/ "),
        description=description,
        reference=reference or found("CDTRREF"),
        end_to_end=end_to_end_of(found("EREF") or found("PREF")),
        mandate=found("MARF"),
        return_code=code,
        is_return=code != "" or (kind != "" and _RETURN_KIND.search(kind.upper()) is not None),
        kind=kind,
    )


def remittance(text: str) -> tuple[str, str]:
    """Description and structured reference of a REMI field.

    >>> remittance("STRD/CUR/9001123412341234/")
    ('', '9001123412341234')
    >>> remittance("USTD//NR.201303-111/11.3.2013/")
    ('NR.201303-111/11.3.2013', '')
    """
    if not text:
        return "", ""
    found = _STRUCTURED.match(text) if "STRD" in text or "SCOR" in text else None
    found = found or (_ISSUER.match(text) if text.startswith("Issuer") else None)
    if found:
        return found[2].strip("/ "), found[1]
    return _UNSTRUCTURED.sub("", text.strip()).removesuffix("/").strip(), ""
