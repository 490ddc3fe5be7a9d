"""A CAMT file in pieces: what lxml must parse, and entries that can be read without it.

Answers: which elements end, in order, and which entries lie between two of them as text. The parser gets all
of the file except entries that are read by their shape. An entry is only kept from it at a place where the
parser itself has just ended an entry of a statement, and after nothing but white space: never in a comment,
in CDATA or elsewhere. What it gets is whole without them, since each is whole in itself.
Line numbers are those of the file: lines the parser did not see are counted.
Source: docs/regels.md, "Bankbestanden".
Leaves to others: which entries have a known shape (camt_shapes.py), what is in them (camt.py).
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, cast

from lxml import etree
from lxml.etree import _Element

from debiteuren.banks.camt_shapes import LONGEST, Shapes, Words

BLOCK = 131_072
MOST_SILENT, MOST_TAGS = 50_000_000, 2_000_000
"""So many bytes or tags in which nothing of a statement ends are refused; 30,000 details in a batch pass."""
MOST_UNTAGGED = 10_000_000
"""And so many bytes without any tag."""
_BEGIN, _END = "<Ntry>", "</Ntry>"
_NEXT = re.compile(rf"[ \t\r\n]*+{_BEGIN}")
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.ASCII)
_FORBIDDEN = bytes(range(0x20)).translate(None, b"\t\n\r")
_ALLOWED = bytes(sign for sign in range(0x100) if sign not in _FORBIDDEN)
_LAST_LINE = 65_535
"""Beyond this libxml2 does not count."""


class Parsed(NamedTuple):
    """An element begins ("start") or is complete ("end"), and the line it begins on."""

    event: str
    element: _Element
    line: int | None


class Alike(NamedTuple):
    """An entry of a known shape: its words, its text and the line it begins on."""

    words: Words
    piece: str
    line: int


Found = Parsed | Alike


def is_plain_utf8(head: bytes) -> bool:
    """Whether a file that begins like this is UTF-8, so that its signs can be looked at without lxml."""
    bare = head.removeprefix(codecs.BOM_UTF8).lstrip()
    declared = _DECLARED.match(bare)
    return (
        bare[:1] == b"<"
        and b"\x00" not in head[:4]
        and (declared is None or declared[1].lower() in {b"utf-8", b"utf8"})
    )


class TooLongError(ValueError):
    """A part of the file longer than a bank writes, which would fill the memory."""


class Pieces:
    """The file while it is being read."""

    def __init__(self, stream: BinaryIO, tags: tuple[str, ...], statements: frozenset[str]) -> None:
        self._stream = stream
        self._parser = etree.XMLPullParser(
            events=("start", "end"),
            tag=tags,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        self._statements = frozenset(statements)
        self._shapes = Shapes()
        self._text = ""
        self._at = 0
        self._ended = False
        self._clean = True
        self._after_entry = False
        self._line = 1
        self._unseen = 0
        self._broken = b""
        self._silent = self._tags = self._untagged = 0
        self._decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()

    def line_of_error(self, error: Exception) -> int | None:
        """The line of the file where the parser stopped."""
        line = getattr(error, "lineno", None)
        return line + self._unseen if isinstance(line, int) and line else None

    def __iter__(self) -> Iterator[Found]:
        """Everything in order.

        Raises:
            LxmlError: the XML is damaged.
            TooLongError: an element or text no bank writes.
        """
        head = self._stream.read(BLOCK)
        if not is_plain_utf8(head):
            yield from self._all_of(head)
            return
        self._take(head)
        while not self._ended or self._at < len(self._text):
            if self._after_entry and self._clean:
                yield from self._alike()
            if self._decoder is None:
                yield from self._all_of(self._rest())
                return
            yield from self._parsed()
        yield from self._feed(b"", close=True)

    def _take(self, data: bytes) -> None:
        """Put a block behind what is left; bytes that are no UTF-8 leave the rest to the parser."""
        left = self._text[self._at :]
        try:
            new = self._decoder.decode(data, final=not data) if self._decoder else ""
        except UnicodeDecodeError as error:
            # What the decoder kept of the block before stands at the front of error.object.
            self._text, self._at, self._decoder = left, 0, None
            self._broken = error.object
            return
        fine = not data.translate(None, _ALLOWED)
        self._text, self._at, self._ended = left + new, 0, not data
        self._clean = fine and (self._clean or not left) and "\ufffe" not in new and "\uffff" not in new

    def _rest(self) -> bytes:
        """What is left and was read already, as bytes."""
        return self._text[self._at :].encode() + self._broken

    def _alike(self) -> Iterator[Found]:
        """The entries that follow each other here and have a known shape."""
        while True:
            text, at = self._text, self._at
            found = _NEXT.match(text, at)
            end = text.find(_END, found.end()) if found else -1
            if found is None or end < 0:
                if self._ended or self._decoder is None or len(text) - at > LONGEST:
                    return
                self._take(self._stream.read(BLOCK))
                if not self._clean:
                    return
                continue
            end += len(_END)
            start = found.end() - len(_BEGIN)
            piece = text[start:end]
            words = self._shapes.words(piece)
            if words is None:
                return
            line = self._line + text.count("\n", at, start)
            below = line + piece.count("\n")
            self._at, self._unseen, self._line = end, self._unseen + below - self._line, below
            yield Alike(words, piece, line)

    def _parsed(self) -> Iterator[Found]:
        """The parser's turn: through the end of the next entry, or a block when there is none in it."""
        text, at = self._text, self._at
        end = text.find(_END, at)
        if end >= 0:
            end += len(_END)
        elif self._ended:
            end = len(text)
        elif len(text) - at < BLOCK:
            self._take(self._stream.read(BLOCK))
            return
        else:
            end = len(text) - len(_END)
        piece = text[at:end]
        begun = piece.rfind(_BEGIN)
        entry_line = self._line + piece.count("\n", 0, begun) if begun >= 0 else None
        self._at = end
        yield from self._feed(piece.encode(), entry_line=entry_line)
        self._line += piece.count("\n")

    def _feed(self, data: bytes, *, close: bool = False, entry_line: int | None = None) -> Iterator[Found]:
        """Give the parser these bytes, and tell what ended by them."""
        self._silent += len(data)
        tags = data.count(b"<")
        self._tags += tags
        self._untagged = 0 if tags else self._untagged + len(data)
        if self._silent > MOST_SILENT or self._tags > MOST_TAGS or self._untagged > MOST_UNTAGGED:
            raise TooLongError
        sure = entry_line is not None and b"<!" not in data and b"<?" not in data
        self._after_entry = False
        stopped: etree.LxmlError | None = None
        try:
            if close:
                self._parser.close()
            else:
                self._parser.feed(data)
        except etree.LxmlError as error:
            stopped = error
        for event, found in self._parser.read_events():
            element = cast("_Element", found)
            name = str(element.tag).rpartition("}")[2]
            parent = element.getparent() if sure and name == "Ntry" and event == "end" else None
            self._after_entry = parent is not None and str(parent.tag).rpartition("}")[2] in self._statements
            self._silent = self._tags = 0
            line = element.sourceline
            seen = line + self._unseen if isinstance(line, int) and line < _LAST_LINE else None
            yield Parsed(event, element, (entry_line or seen) if name == "Ntry" else seen)
        if stopped is not None:
            raise stopped

    def _all_of(self, data: bytes) -> Iterator[Found]:
        """Everything from here on to the parser."""
        while data:
            yield from self._feed(data)
            data = self._stream.read(BLOCK)
        yield from self._feed(b"", close=True)
