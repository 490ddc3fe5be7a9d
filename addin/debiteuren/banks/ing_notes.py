"""ING's column Mededelingen (Notifications): one text with labels, in Dutch or English.

Answers: description, reference, mandate and return code in it. The labels come in one order (Naam,
Omschrijving, IBAN, Kenmerk, Machtiging ID, Incassant ID, Valutadatum), so what a payer typed stays whole.
Source: ING samples of 2018 and 2024.
"""

import re

from stdnum import iso11649
from stdnum.exceptions import ValidationError

from debiteuren.banks.slash_fields import Info, end_to_end_of

_LONGEST = 2000
_LABELS = {
    "Betalingskenmerk": "payment",
    "Payment reference": "payment",
    "IBAN": "account",
    "Kenmerk": "reference",
    "Reference": "reference",
    "Machtiging ID": "mandate",
    "Mandate ID": "mandate",
    "Incassant ID": "creditor",
    "Creditor ID": "creditor",
    "Overige partij": "other",
    "Other party": "other",
    "Reden retour": "reason",
    "Return reason": "reason",
    "Valutadatum": "value",
    "Value date": "value",
}
_LABEL = re.compile(r",? (" + "|".join(_LABELS) + r"): ")
_DESCRIPTION = re.compile(r"(?:(?:Naam|Name): .*? )?(?:Omschrijving|Description): ")
_BEFORE_ACCOUNT = frozenset({"payment"})
_RETURN = re.compile(
    r"\b(?:AC|AG|AM|BE|CN|DN|DT|ED|FF|FO|MD|MS|RC|RR|SL|TM)\d{2}\b|\b(?:CNOR|DNOR|CUST|FOCR)\b"
)
_RETURN_KIND = re.compile(r"\b(?:storno|terugboeking|retour|reversal|return)\b", re.IGNORECASE)
_DEBIT_KIND = re.compile(r"incasso|direct debit", re.IGNORECASE)
_RETURN_START = re.compile(r"(?:storno|terugboeking|reversal)\b", re.IGNORECASE)
_VALUE_DATE = re.compile(r"(?:Valutadatum|Value date): (\d{2})[-/](\d{2})[-/](\d{4})")
_DUTCH = re.compile(r"\d{16}", re.ASCII)
_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)
_VALUE_DATE_LAST = re.compile(r",?\s*(?:Valutadatum|Value date): \d{2}[-/]\d{2}[-/]\d{4}\Z")


def is_structured(text: str) -> bool:
    """Whether this is a Dutch payment reference of 16 digits or an RF reference, check digit included.

    >>> is_structured("5000056789012345"), is_structured("RF18539007547034"), is_structured("2026-0042")
    (True, True, False)
    """
    if _DUTCH.fullmatch(text):
        weighed = zip(reversed(text[1:]), _WEIGHTS * 2, strict=False)
        check = 11 - sum(int(digit) * weight for digit, weight in weighed) % 11
        return int(text[0]) == {10: 1, 11: 0}.get(check, check)
    if not text.startswith("RF"):
        return False
    try:
        iso11649.validate(text)
    except ValidationError:
        return False
    return True


def value_day(notes: str) -> str:
    """The value day in the notes as dd-mm-jjjj, '' when it is not there."""
    found = _VALUE_DATE.search(notes)
    return "-".join(found.groups()) if found else ""


def _fields(text: str) -> dict[str, str]:
    """The description (text) and what stands behind the labels after it.

    Read from the end: a label counts once, and before IBAN only a payment reference does; whatever looks like
    a label further to the left was typed by the payer.
    """
    fields: dict[str, str] = {}
    end = len(text)
    for mark in reversed(list(_LABEL.finditer(" " + text))):
        role = _LABELS[mark[1]]
        if role in fields or ("account" in fields and role not in _BEFORE_ACCOUNT):
            break
        fields[role] = text[mark.end() - 1 : end].strip()
        end = max(mark.start() - 1, 0)
    fields["text"] = text[:end].strip()
    return fields


def _return(kind: str, description: str, reason: str) -> tuple[bool, str]:
    """Whether money came or went back, and the R-code: the bank's own words decide, not the payer's."""
    undone = _DEBIT_KIND.search(kind) is not None and _RETURN_START.match(description) is not None
    is_return = bool(reason) or _RETURN_KIND.search(kind) is not None or undone
    code = _RETURN.search(reason or description) if is_return else None
    return is_return, code[0] if code else ""


def read_notes(notes: str, kind: str) -> Info:
    """What the notes of one booking say; `kind` is Mutatiesoort.

    >>> read_notes("Naam: J Smit Omschrijving: Nota 12 IBAN: NL20INGB0001234567 Kenmerk: K1", "").end_to_end
    'K1'
    """
    text = " ".join(notes.split())
    opening = _DESCRIPTION.match(text) if len(text) <= _LONGEST else None
    if opening is None:
        is_return, code = _return(kind, text, "")
        return Info(
            description=_VALUE_DATE_LAST.sub("", text) if len(text) <= _LONGEST else text,
            is_return=is_return,
            return_code=code,
        )
    found = _fields(text[opening.end() :])
    own = end_to_end_of(found.get("reference", ""))
    payment = found.get("payment", "").replace(" ", "")
    structured = own if is_structured(own) else ""
    is_return, code = _return(kind, found["text"], found.get("reason", ""))
    return Info(
        counter_account=found.get("account", "").split(" ")[0],
        description=found["text"],
        reference=payment or structured,
        end_to_end="" if structured and not payment else own,
        mandate=found.get("mandate", ""),
        is_return=is_return,
        return_code=code,
    )
