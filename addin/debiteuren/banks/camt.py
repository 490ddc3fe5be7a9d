"""CAMT.053, .052 and .054: bank statements in XML, any version, as a stream in constant memory.

Answers: which statements and bookings the file holds. XML from outside is hostile: a DOCTYPE or entity is
refused, nothing is fetched, lxml's limits on depth and text stay on.
Source: ISO 20022 (001.02 to 001.14); files without namespace and with several statements occur
(docs/regels.md, "Bankbestanden").
Leaves to others: what one entry means (camt_entry.py).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from lxml import etree

from debiteuren.banks.camt_entry import BOOKED, booking, entry_transactions, read_entry
from debiteuren.banks.camt_pieces import Alike, Parsed, Pieces, TooLongError
from debiteuren.banks.camt_tree import CURRENCY, Node, first, local_name, node_of, text
from debiteuren.banks.camt_values import EntryError, read_amount, read_day, read_sign, signed
from debiteuren.banks.events import (
    DOWNLOAD_AGAIN,
    LOOK_AT_ENTRY,
    Event,
    Heading,
    Tally,
    doubt,
    fault,
    not_booked,
    shown,
)
from debiteuren.banks.names import bank_of, own_account
from debiteuren.banks.text import decoded_head
from debiteuren.domain.payment import BankTransaction, FileFormat

NAME = "CAMT"

_FORMATS = {
    "BkToCstmrStmt": FileFormat.CAMT053,
    "BkToCstmrAcctRpt": FileFormat.CAMT052,
    "BkToCstmrDbtCdtNtfctn": FileFormat.CAMT054,
}
_STATEMENTS = frozenset({"Stmt", "Rpt", "Ntfctn"})
_HEAD = re.compile(
    r"camt\.05[234]\.001|<(?:\w{1,20}:)?(?:BkToCstmrStmt|BkToCstmrAcctRpt|BkToCstmrDbtCdtNtfctn)\b"
)
_TAGS = tuple(
    f"{{*}}{name}" for name in ("Document", *_FORMATS, *_STATEMENTS, "Acct", "Bal", "Ntry", "FrToDt")
)
_UNSAFE = "Dit XML-bestand bevat een DOCTYPE of entiteit. Een bank levert die nooit; dat kan onveilig zijn."
_NO_ACCOUNT = "Van het afschrift dat hier begint, ontbreekt het rekeningnummer (Acct)."
_ACCOUNT_LATE = "In het afschrift dat hier begint, staat het rekeningnummer (Acct) na de boekingen."
_ORIGINAL = "Open het niet in andere programma's en download het originele afschrift bij uw bank."


def recognise(head: bytes) -> bool:
    """XML with a CAMT namespace or message name."""
    words = decoded_head(head).lstrip()
    return words.startswith("<") and _HEAD.search(words) is not None


@dataclass(slots=True)
class _Reader:
    """What has been read of the file so far."""

    name: str
    format: FileFormat = FileFormat.CAMT053
    tally: Tally | None = None
    statements: int = 0
    begun_at: int | None = None
    bank: str = ""
    waiting: dict[str, int] = field(default_factory=dict)

    def start(self, found: Parsed) -> Iterator[Event]:
        """A message or statement begins."""
        name = local_name(str(found.element.tag))
        if name in _FORMATS:
            self.format = _FORMATS[name]
            yield Heading(self.format, "")
        elif name in _STATEMENTS:
            if self.tally is not None:  # what the outer one goes on with would be lost
                found_here = "Hier begint een afschrift binnen een ander afschrift."
                yield fault(self.name, found.line, found_here, DOWNLOAD_AGAIN)
            self.tally = Tally()
            self.statements += 1
            self.begun_at = found.line

    def end(self, found: Parsed) -> Iterator[Event]:
        """A part of a statement is complete: read it, and drop it from memory."""
        _, element, line = found
        name = local_name(str(element.tag))
        parent = element.getparent()
        tally = self.tally
        if tally is None and name == "Ntry":
            yield self.outside(line)
        if tally is None or parent is None:
            return
        if name in _STATEMENTS:
            if not tally.account:
                yield fault(self.name, self.begun_at, _NO_ACCOUNT, DOWNLOAD_AGAIN)
            yield from tally.finish(self.name, self.begun_at)
            self.tally = None
        elif local_name(str(parent.tag)) not in _STATEMENTS:
            if name == "Ntry":  # the outer one would be read, and this one lost
                inside = "Hier staat een boeking binnen een andere boeking."
                yield fault(self.name, line, inside, DOWNLOAD_AGAIN)
            return
        else:
            try:
                yield from self.part(name, node_of(element), tally, line)
            except EntryError as error:
                yield fault(self.name, line, str(error), LOOK_AT_ENTRY)
        _forget(element, parent)

    def part(self, name: str, node: Node, tally: Tally, line: int | None) -> Iterator[Event]:
        """Account, period, balance or entry."""
        if name == "Ntry":
            yield from self.entry(node, tally, line)
        elif name == "Acct":
            yield from self.account(node, tally)
        elif name == "Bal":
            _balance(node, tally)
        elif name == "FrToDt":
            what = "Het begin of eind van de periode"
            begin = read_day(node, "FrDtTm", what=what) or read_day(node, "FrDt", what=what)
            end = read_day(node, "ToDtTm", what=what) or read_day(node, "ToDt", what=what)
            tally.begin, tally.end = tally.begin or begin, tally.end or end

    def account(self, node: Node, tally: Tally) -> Iterator[Event]:
        """The own account, and with it the bank."""
        if tally.lines:
            yield fault(self.name, self.begun_at, _ACCOUNT_LATE, DOWNLOAD_AGAIN)
        number = text(node, "Id", "IBAN") or text(node, "Id", "Othr", "Id")
        servicer = first(node, "Svcr", "FinInstnId")
        bank = bank_of(text(servicer, "BIC") or text(servicer, "BICFI")) or bank_of(number)
        tally.account = own_account(number, bank)
        tally.currency = text(node, "Ccy")
        if bank and not self.bank:
            self.bank = bank
            yield Heading(self.format, bank)

    def alike(self, found: Alike) -> BankTransaction | None:
        """The booking of an entry of a known shape, None when something is odd about it."""
        tally, words = self.tally, found.words
        if tally is None or (words.entry.status or BOOKED) != BOOKED or words.entry.amount[:1] == "-":
            return None
        try:
            entry = read_entry(words.entry, tally.account, tally.end, found.line)
        except EntryError:
            return None
        return tally.add(booking(entry, words.detail, words.said, entry.amount, entry.sign))

    def odd(self, found: Alike) -> Iterator[Event]:
        """The same entry by its tree, which tells what is odd about it."""
        if self.tally is None:
            yield self.outside(found.line)
            return
        try:
            yield from self.entry(node_of(etree.fromstring(found.piece)), self.tally, found.line)
        except EntryError as error:
            yield fault(self.name, found.line, str(error), LOOK_AT_ENTRY)

    def outside(self, line: int | None) -> Event:
        """An entry that belongs to no statement, and so to no account."""
        return fault(self.name, line, "Hier staat een boeking buiten een afschrift.", DOWNLOAD_AGAIN)

    def entry(self, node: Node, tally: Tally, line: int | None) -> Iterator[Event]:
        """The bookings of one entry; what is not booked yet is only counted."""
        status = text(node, "Sts") or text(node, "Sts", "Cd") or BOOKED
        if status != BOOKED:
            self.waiting[status] = self.waiting.get(status, 0) + 1
            return
        for transaction in entry_transactions(node, tally.account, tally.end, line):
            yield tally.add(transaction)
        amount = text(node, "Amt")
        if amount.startswith("-"):
            yield doubt(
                self.name,
                line,
                f'Hier staat het bedrag "{shown(amount)}" bij {text(node, "CdtDbtInd")}, met een min.',
                "Controleer bij uw bank of dit geld bij of af is; het is gelezen zoals het er staat.",
            )


def _forget(element: etree._Element, parent: etree._Element) -> None:
    """Free what has been read. The element itself stays until its next sibling, as lxml needs its place."""
    element.clear()
    while element.getprevious() is not None:
        del parent[0]


def _balance(node: Node, tally: Tally) -> None:
    """Opening balance (OPBD, else the previous closing PRCD) and closing balance (CLBD)."""
    code = text(node, "Tp", "CdOrPrtry", "Cd")
    if code not in {"OPBD", "PRCD", "CLBD"}:
        return
    sign = read_sign(text(node, "CdtDbtInd") or "CRDT", what="De richting van een saldo")
    amount = signed(sign, read_amount(text(node, "Amt"), what="Een saldo"))
    day = read_day(node, "Dt", what="De datum van een saldo")
    currency = text(node, CURRENCY)
    if code == "CLBD":
        tally.closing, tally.end, tally.closing_currency = amount, day or tally.end, currency
    elif code == "OPBD" or tally.opening is None:
        tally.opening, tally.begin = amount, day or tally.begin
        tally.currency = currency or tally.currency


def read(name: str, stream: BinaryIO) -> Iterator[Event]:
    """The events of one CAMT file."""
    reader = _Reader(name)
    pieces = Pieces(stream, _TAGS, _STATEMENTS)
    line: int | None = None
    safe = False
    try:
        for found in pieces:
            line = found.line
            if isinstance(found, Alike):
                transaction = reader.alike(found)
                if transaction is None:
                    yield from reader.odd(found)
                else:
                    yield transaction
                continue
            if not safe:
                information: Any = found.element.getroottree().docinfo
                if information.doctype or information.internalDTD is not None:
                    yield fault(name, None, _UNSAFE, _ORIGINAL)
                    return
                safe = True
            yield from reader.start(found) if found.event == "start" else reader.end(found)
    except TooLongError:
        yield fault(
            name, line, "Vanaf hier staat er meer achter elkaar dan een bank ooit schrijft.", DOWNLOAD_AGAIN
        )
        return
    except (etree.LxmlError, LookupError, UnicodeError, ValueError) as error:
        yield _broken(name, error, pieces.line_of_error(error) or line)
        return
    yield from _closing_words(reader)


def _closing_words(reader: _Reader) -> Iterator[Event]:
    if reader.statements == 0:
        yield fault(reader.name, None, "Dit CAMT-bestand bevat geen afschrift.", DOWNLOAD_AGAIN)
    yield from not_booked(reader.name, reader.waiting)


def _broken(name: str, error: Exception, where: int | None) -> Event:
    """XML that stops half-way or is damaged."""
    message = f"{error} {error.error_log}" if isinstance(error, etree.LxmlError) else str(error)
    if any(words in str(error) for words in ("ncoding", "proper UTF-8", "nvalid bytes")):
        found = "Hier staan tekens die niet passen bij de tekenset die het bestand zelf noemt."
        return fault(name, where, found, DOWNLOAD_AGAIN)
    if "ntity" in message:
        return fault(name, where, _UNSAFE, _ORIGINAL)
    if any(
        words in message
        for words in ("Premature end", "end of data", "no element found", "EndTag", "not closed")
    ):
        return fault(name, where, "Het bestand houdt hier midden in het afschrift op.", DOWNLOAD_AGAIN)
    return fault(name, where, "De XML is hier beschadigd.", DOWNLOAD_AGAIN)
