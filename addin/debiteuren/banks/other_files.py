"""Files that are no bank statement we read: what they are, and what to do instead.

Answers: what is this file, in a sentence the user understands.
Source: the first bytes of the usual kinds.
"""

import re

from debiteuren.banks.events import fault
from debiteuren.banks.text import decoded_head
from debiteuren.domain.payment import BankFile
from debiteuren.domain.problem import Problem

_UNKNOWN = "Dit is geen bankbestand dat wij kennen."
_WORKBOOK = "een Excel-werkmap of ander Office-bestand"
_OLD_WORKBOOK = "een oud Office-bestand, zoals .xls"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_INVOICE = "een e-factuur (UBL), geen bankbestand"
_BALANCES = "een lijst met saldo's, zonder boekingen"
_PDF, _PICTURE = "een PDF", "een afbeelding"
BESIDE = frozenset({_PDF, _PICTURE})
"""What banks put in a zip beside their statements."""
_OFFICE = re.compile(rb"\[Content_Types\]|xl/|_rels/|mimetypeapplication/vnd")
_BINARY = (
    (
        b"PK\x03\x04",
        _OFFICE,
        _WORKBOOK,
    ),
    (b"PK\x03\x04", re.compile(rb""), "een zip-bestand"),
    (b"PK\x05\x06", re.compile(rb""), "een leeg zip-bestand"),
    (OLD_OFFICE, re.compile(rb""), _OLD_WORKBOOK),
    (b"%PDF", re.compile(rb""), _PDF),
    (b"\x89PNG", re.compile(rb""), _PICTURE),
    (b"\xff\xd8\xff", re.compile(rb""), _PICTURE),
    (b"GIF8", re.compile(rb""), _PICTURE),
    (b"\x1f\x8b", re.compile(rb""), "een ingepakt bestand (gzip)"),
    (b"7z\xbc\xaf", re.compile(rb""), "een ingepakt bestand (7z)"),
    (b"Rar!", re.compile(rb""), "een ingepakt bestand (rar)"),
)
_TEXT = (
    (re.compile(r"\{\\rtf"), "een tekstdocument (RTF)"),
    (re.compile(r"(?i)<!doctype html|<html\b"), "een webpagina"),
    (re.compile(r"(?s)<.*pain\.00[18]\.001"), "een betaal- of incassobestand (pain) dat naar de bank gaat"),
    (re.compile(r"(?s)<.*oasis:names:specification:ubl"), _INVOICE),
    (re.compile(r"(?i)<\?ofx|<ofx>|ofxheader:"), "een OFX-bestand"),
    (
        re.compile(r"(?i)\"?(?:datum|date)\"?[;,](?:.{0,40}[;,])?\"?(?:boeksaldo|book ?balance)"),
        _BALANCES,
    ),
    (
        re.compile(
            r"(?i)\"?(?:datum|date)\"?[;,]\"?(?:rekening|account)\"?[;,].{0,40}(?:book balance|boeksaldo)"
        ),
        _BALANCES,
    ),
    (re.compile(r"\s*<"), "een XML-bestand, maar geen bankafschrift"),
)
_INVOICE_REMEDY = (
    "Een factuur of creditfactuur leest u in met Bank importeren of de opdracht importeer; dan komt hij op "
    "het blad Facturen. Andere UBL-bestanden lezen wij niet."
)
_REMEDY = "Kies bij uw bank een export als CAMT.053 (het liefst), MT940 of CSV, en lees dat bestand in."
_PACKED = "Pak het eerst uit, en lees in wat erin zit."
_REMEDIES = {
    "een zip-bestand": _PACKED,
    **dict.fromkeys((f"een ingepakt bestand ({kind})" for kind in ("gzip", "7z", "rar")), _PACKED),
    _BALANCES: "Kies bij uw bank de af- en bijschrijvingen in plaats van de saldo's, en lees dat bestand in.",
    "": f"{_REMEDY} Heeft het bestand kolommen, dan kunt u die bij het inlezen zelf kiezen (--kolommen).",
    _INVOICE: _INVOICE_REMEDY,
    _OLD_WORKBOOK: f"Is het een lijst, sla hem in Excel dan op als .xlsx. {_REMEDY}",
}


def what_is(head: bytes) -> str:
    """What kind of file this is, '' when unknown."""
    for start, shape, what in _BINARY:
        if head.startswith(start) and shape.search(head):
            return what
    text = decoded_head(head).lstrip()
    return next((what for shape, what in _TEXT if shape.match(text)), "")


def is_office(head: bytes) -> bool:
    """Whether a zip that begins like this is a workbook or another office document."""
    return _OFFICE.search(head) is not None


def may_be_list(file: BankFile) -> bool:
    """Whether a file that is no bank file may be a list of something: a workbook, or text we do not know."""
    return file.format is None and any(
        problem.found in {_UNKNOWN, f"Dit is {_WORKBOOK}.", f"Dit is {_OLD_WORKBOOK}."}
        for problem in file.problems
    )


def refused(name: str, head: bytes) -> BankFile:
    """The refusal of a file that no dialect reads."""
    if not head.strip(b"\x00 \t\r\n\x1a\xef\xbb\xbf\xff\xfe"):
        problem: Problem = fault(name, None, "Dit bestand is leeg.", "Download het opnieuw bij uw bank.")
    else:
        what = what_is(head)
        found = f"Dit is {what}." if what else _UNKNOWN
        problem = fault(name, None, found, _REMEDIES.get(what, _REMEDY))
    return BankFile(name=name, format=None, bank="", problems=(problem,))
