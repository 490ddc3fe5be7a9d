"""ING's column Mededelingen (Notifications): one text with labels, in Dutch or English.

Answers: description, reference, mandate and return code in it. The labels come in one order (Naam,
Omschrijving, IBAN, Kenmerk, Machtiging ID, Incassant ID, Valutadatum), so what a payer typed stays whole.
Source: bank/formats.md section 1 (ING), samples of 2018 and 2024.
"""

import re

from stdnum import iso11649
from stdnum.exceptions import ValidationError

from debiteuren.banks.slash_fields import Info, end_to_end_of

_LONGEST = 1200
_NO_LABEL = r"(?:(?! (?:IBAN|Kenmerk|Reference|Machtiging ID|Mandate ID): ).)*?"
_NOTES = re.compile(
    r"(?:(?:Naam|Name): .*? )?"
    r"(?:Omschrijving|Description): (?P<text>.*?)"
    r"(?: (?:Betalingskenmerk|Payment reference): (?P<payment>[0-9A-Z ]*?))?"
    r"(?: IBAN: (?P<iban>[A-Z]{2}\d{2}[A-Z0-9]{6,30}))?"
    rf"(?: (?:Kenmerk|Reference): (?P<reference>{_NO_LABEL}))?"
    rf"(?: (?:Machtiging ID|Mandate ID): (?P<mandate>{_NO_LABEL}))?"
    r"(?: (?:Incassant ID|Creditor ID): \S+)?"
    r"(?: (?:Doorlopende|Eenmalige|Recurrent|One-off)[^:]{0,40})?"
    r"(?: (?:Overige partij|Other party): .{0,140}?)?"
    r"(?:,? ?(?:Valutadatum|Value date): \d{2}[-/]\d{2}[-/]\d{4})?",
    re.DOTALL,
)
_RETURN = re.compile(
    r"\b(?:AC|AG|AM|BE|CN|DN|DT|ED|FF|FO|MD|MS|RC|RR|SL|TM)\d{2}\b|\b(?:CNOR|DNOR|CUST|FOCR)\b"
)
_RETURN_WORDS = re.compile(r"\b(?:storno|terugboeking|reden retour|return reason|reversal)\b", re.IGNORECASE)
_VALUE_DATE = re.compile(r"(?:Valutadatum|Value date): (\d{2})[-/](\d{2})[-/](\d{4})")
_DUTCH = re.compile(r"\d{16}", re.ASCII)
_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)
_BARE_MARK = "Valutadatum:", "Value date:"


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


def read_notes(notes: str, kind: str) -> Info:
    """What the notes of one booking say; `kind` is Mutatiesoort.

    >>> read_notes("Naam: J Smit Omschrijving: Nota 12 IBAN: NL20INGB0001234567 Kenmerk: K1", "").end_to_end
    'K1'
    """
    text = " ".join(notes.split())
    code = _RETURN.search(text)
    is_return = _RETURN_WORDS.search(kind + " " + text[:_LONGEST]) is not None
    found = _NOTES.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        bare = "" if text.startswith(_BARE_MARK) else text
        return Info(description=bare, is_return=is_return, return_code=code[0] if code and is_return else "")
    own = end_to_end_of(found["reference"] or "")
    payment = (found["payment"] or "").replace(" ", "")
    structured = own if is_structured(own) else ""
    return Info(
        counter_account=found["iban"] or "",
        description=found["text"],
        reference=payment or structured,
        end_to_end="" if structured and not payment else own,
        mandate=found["mandate"] or "",
        is_return=is_return,
        return_code=code[0] if code and is_return else "",
    )
