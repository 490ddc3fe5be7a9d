"""OFX (also QFX): bank statements as banks and money programs abroad give them, 1.x (SGML) and 2.x (XML).

Answers: which statements and bookings the file holds. Both versions are one stream of tags and values: an
SGML element without a closing tag is simply followed by the next. So no XML parser is needed, nothing is
fetched, and a DOCTYPE or entity of its own refuses the file.
Source: OFX 1.6 and 2.2, chapters 2 and 11 (docs/regels.md, "Bankbestanden"). A tag of 2.x may have a prefix.
Leaves to others: what one booking means (ofx_booking.py).
"""

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from debiteuren.banks.events import DOWNLOAD_AGAIN, Event, Heading, Tally, doubt, fault, shown
from debiteuren.banks.names import bank_of
from debiteuren.banks.ofx_booking import EntryError, Fields, account_of, amount_of, booking, day_of
from debiteuren.banks.text import decode, decoded_head
from debiteuren.domain.payment import FileFormat

NAME = "OFX"
_PIECE = 262_144
_LONGEST = 1_000_000
_TOKEN = re.compile(rb"<!\[CDATA\[(?P<literal>.*?)\]\]>|<(?P<tag>[^<>]*)>(?P<text>[^<]*)", re.DOTALL)
_STARTS = ("OFXHEADER", "<OFX>", "<?OFX")
_STATEMENTS = frozenset({"STMTRS", "CCSTMTRS"})
_ENTRY = "STMTTRN"
_PARTS = frozenset({
    *("BANKACCTFROM", "CCACCTFROM", "BANKACCTTO", "CCACCTTO", "PAYEE", "CURRENCY", "ORIGCURRENCY"),
    *("LEDGERBAL", "AVAILBAL"),
})  # fmt: skip
"""Elements in a statement or booking of which the children have the same names as others."""
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UNSAFE = "Dit OFX-bestand bevat een DOCTYPE of entiteit. Een bank levert die nooit; dat kan onveilig zijn."


def recognise(head: bytes) -> bool:
    """The header of version 1 or 2, or the element OFX itself."""
    words = decoded_head(head).lstrip()[:2000].upper()
    return words.startswith(_STARTS) or (words.startswith("<?XML") and ("<OFX>" in words or "<?OFX" in words))


class _Token(NamedTuple):
    """One tag with the text behind it; `line` from 1."""

    tag: str
    text: str
    line: int


class _UnreadableError(ValueError):
    """The bytes are no OFX from some line on."""

    def __init__(self, line: int, found: str) -> None:
        super().__init__(found)
        self.line = line


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    """The file in pieces, UTF-16 as UTF-8."""
    start = stream.read(2)
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-16")("replace") if start in _UTF16 else None
    while piece := stream.read(_PIECE):
        yield decoder.decode(piece).encode() if decoder else piece


def _tokens(stream: BinaryIO) -> Iterator[_Token]:
    """The tags of the file, in constant memory.

    Raises:
        _UnreadableError: a DOCTYPE, or a million signs without a tag.
    """
    rest, line = b"", 1
    for piece in (*_pieces(stream), b""):
        data = rest + piece
        # The last tag may go on in the next piece, and so may a text that may hold what looks like tags.
        end = len(data) if not piece else max(data.rfind(b"<"), 0)
        literal = data.rfind(b"<![CDATA[", 0, end)
        if piece and literal >= 0 and data.find(b"]]>", literal) < 0:
            end = literal
        at = 0
        for found in _TOKEN.finditer(data, 0, end):
            line += data.count(b"\n", at, found.start())
            at = found.start()
            if found["literal"] is not None:
                yield _Token("", decode(found["literal"]), line)
                continue
            tag = found["tag"]
            if tag.startswith(b"!") and not tag.startswith(b"!--"):
                raise _UnreadableError(line, _UNSAFE)
            yield _Token(decode(tag).strip().upper(), decode(found["text"]), line)
        line += data.count(b"\n", at, end)
        rest = data[end:]
        if len(rest) > _LONGEST:
            raise _UnreadableError(line, "Vanaf deze regel is dit geen OFX meer.")


@dataclass(slots=True)
class _Reader:
    """What has been read of the file so far."""

    name: str
    tally: Tally | None = None
    bank: str = ""
    mark: str = ""
    made: str = ""
    statements: int = 0
    entries: int = 0
    entry: Fields | None = None
    entry_line: int = 0
    part: str = ""
    head: Fields = field(default_factory=dict)
    last: str = ""
    closed: bool = False

    def take(self, token: _Token) -> Iterator[Event]:
        """One tag."""
        tag = token.tag
        if not tag:
            self._put(self.last, token.text, more=True)
            return
        if tag.startswith(("?", "!")):
            return
        if tag.startswith("/"):
            yield from self._close(tag[1:].strip().rpartition(":")[2], token.line)
            return
        name = tag.removesuffix("/").partition(" ")[0].rpartition(":")[2]
        if name in _STATEMENTS:
            if self.tally is not None:
                yield fault(self.name, token.line, "Hier begint een afschrift in een ander.", DOWNLOAD_AGAIN)
            self.made = self.made or self.head.get("DTSERVER", "")
            self.tally, self.head, self.bank = Tally(), {}, ""
            self.statements += 1
            yield Heading(FileFormat.OFX, "")
        elif name == _ENTRY and self.tally is not None:
            if self.entry is not None:
                yield self._cut(self.entry_line)
            self.entry, self.entry_line = {}, token.line
        elif name in _PARTS:
            self.part = name
        else:
            self.last = name
            self._put(name, token.text)

    def _put(self, name: str, text: str, *, more: bool = False) -> None:
        """A value of the booking or, outside one, of the statement. The first of a name counts."""
        fields = self.head if self.entry is None else self.entry
        key = f"{self.part}/{name}" if self.part else name
        clean = " ".join(html.unescape(text).replace("\x00", " ").split())
        if more:
            fields[key] = f"{fields.get(key, '')} {clean}".strip()
        elif clean:
            fields.setdefault(key, clean)

    def _close(self, name: str, line: int) -> Iterator[Event]:
        if name == self.part:
            self.part = ""
        elif name == _ENTRY and self.entry is not None and self.tally is not None:
            entry, self.entry, self.part = self.entry, None, ""
            yield from self._booking(entry, self.tally)
        elif name in _STATEMENTS and self.tally is not None:
            if self.entry is not None:
                yield self._cut(self.entry_line)
                self.entry = None
            yield from self._finish(self.tally, line)
            self.tally = None
        elif name == "OFX":
            self.closed = True

    def _cut(self, line: int) -> Event:
        return fault(self.name, line, "Deze boeking (STMTTRN) is niet afgesloten.", DOWNLOAD_AGAIN)

    def _booking(self, entry: Fields, tally: Tally) -> Iterator[Event]:
        self.entries += 1
        self._account(tally)
        try:
            transaction, self.mark = booking(entry, tally.account, tally.currency, self.mark, self.entry_line)
        except EntryError as error:
            yield fault(self.name, self.entry_line, str(error), DOWNLOAD_AGAIN)
            return
        if not tally.account:
            yield fault(self.name, self.entry_line, "Er staat niet bij van welke rekening dit is (ACCTID).")
            return
        yield transaction
        if transaction.currency == tally.currency:
            tally.add(transaction)

    def _account(self, tally: Tally) -> None:
        if not tally.account:
            tally.account, self.bank = account_of(self.head)
            tally.currency = self.head.get("CURDEF", "EUR").upper()

    def _finish(self, tally: Tally, line: int) -> Iterator[Event]:
        self._account(tally)
        head = self.head
        if not tally.account:
            yield fault(self.name, line, "Er staat niet bij van welke rekening dit afschrift is (ACCTID).")
            return
        try:
            tally.begin, tally.end = day_of(head.get("DTSTART", "")), day_of(head.get("DTEND", ""))
            balance_day = day_of(head.get("LEDGERBAL/DTASOF", ""))
            made = day_of(self.made) or balance_day
            if tally.end is not None and made is not None:
                # Asked on the 19th for all of November, DTEND is the 30th, but the bank is known to the 19th.
                tally.end = min(tally.end, made)
            if head.get("LEDGERBAL/BALAMT") and balance_day is not None and balance_day == tally.end:
                tally.closing, _ = amount_of(head["LEDGERBAL/BALAMT"], self.mark, "Het saldo (BALAMT)")
        except EntryError as error:
            yield fault(self.name, line, str(error), DOWNLOAD_AGAIN)
            return
        yield Heading(FileFormat.OFX, self.bank or bank_of(tally.account))
        yield from tally.finish(self.name, line)


def read(name: str, stream: BinaryIO) -> Iterator[Event]:
    """The events of one OFX file."""
    yield Heading(FileFormat.OFX, "")
    reader, line = _Reader(name), 1
    try:
        for token in _tokens(stream):
            line = token.line
            yield from reader.take(token)
    except _UnreadableError as error:
        yield fault(name, error.line, str(error), DOWNLOAD_AGAIN)
        return
    if not reader.closed or reader.tally is not None:
        found = f'Het bestand houdt hier op, bij "{shown(reader.last)}"; het eind (/OFX) ontbreekt.'
        yield fault(name, line, found, DOWNLOAD_AGAIN)
    elif not reader.statements:
        found = "In dit OFX-bestand staat geen afschrift van een bank- of kaartrekening."
        yield fault(name, None, found, "Kies bij uw bank een export van de bij- en afschrijvingen.")
    elif not reader.entries:
        yield doubt(name, None, "Dit bestand bevat geen boekingen.", "Controleer of u de goede dagen koos.")
