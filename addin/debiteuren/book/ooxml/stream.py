"""A worksheet as it flows by: what stands before its rows, the rows in blocks, and what stands after them.

ECMA-376 part 1, 18.3.1.99 (worksheet) and 18.3.1.80 (sheetData). A block ends where a row ends, so that
a large sheet is never in memory as a whole.
"""

import re
from collections.abc import Iterator
from typing import Self

from .ahead import Ahead
from .archive import Archive
from .cells import Words, row_number, words
from .markup import ATTRIBUTES, check_plain, check_start
from .refusals import Refused

_ROWS = re.compile(rb"<([A-Za-z_][\w.-]*:)?sheetData" + ATTRIBUTES + rb"\s*(/?)>")
_SHEET = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?worksheet[\s>]")

_LARGE = 4 << 20


class SheetStream:
    """One worksheet part, read once from front to back."""

    def __init__(self, chunks: Iterator[bytes], part: str, sheet: str) -> None:
        self._part, self._sheet = part, sheet
        self._chunks = chunks
        self.tail = b""
        buffer = b""
        found = None
        for chunk in self._chunks:
            buffer += chunk
            found = _ROWS.search(buffer)
            if found:
                break
        if not found or not _SHEET.search(buffer):
            raise Refused(f"Blad {sheet} is geen gewoon werkblad; er kan niets in geschreven worden.")
        check_start(part, buffer)
        self.words: Words = words(found[1] or b"")
        self.closed = bool(found[2])
        self.head = buffer[: found.start()]
        self.opening = found[0]
        self._rest = buffer[found.end() :]
        check_plain(part, self.head)

    @classmethod
    def of(cls, archive: Archive, part: str, sheet: str) -> Self:
        """The worksheet in a file; of a large one the next pieces are unpacked beforehand."""
        chunks = archive.chunks(part)
        return cls(Ahead(chunks) if archive.size(part) > _LARGE else chunks, part, sheet)

    def blocks(self) -> Iterator[bytes]:
        """The rows, in blocks of whole rows; when it is done, tail holds the rest of the part."""
        if self.closed:
            self.tail = self._rest + b"".join(self._chunks)
            check_plain(self._part, self.tail)
            return
        stop_mark = b"</" + self.words.prefix + b"sheetData"
        carry = self._rest
        while (stop := carry.find(stop_mark)) < 0:
            cut = carry.rfind(self.words.row_end)
            if cut >= 0:
                cut += len(self.words.row_end)
                block, carry = carry[:cut], carry[cut:]
                check_plain(self._part, block)
                yield block
            chunk = next(self._chunks, None)
            if chunk is None:
                raise Refused(f"Blad {self._sheet} houdt midden in de rijen op; het onderdeel is beschadigd.")
            carry += chunk
        check_plain(self._part, carry)
        if stop:
            yield carry[:stop]
        self.tail = carry[stop:] + b"".join(self._chunks)
        check_plain(self._part, self.tail)


def read_row(archive: Archive, part: str, sheet: str, wanted: int) -> tuple[Words, bytes]:
    """The body of one row, empty when it is not there."""
    stream = SheetStream.of(archive, part, sheet)
    number = 0
    for block in stream.blocks():
        position = 0
        while found := stream.words.row.match(block, position):
            number = row_number(found[1], number, sheet)
            position = found.end()
            end = position if found[2] else block.find(stream.words.row_end, position)
            if number >= wanted:
                return stream.words, block[position:end] if number == wanted else b""
            position = end if found[2] else end + len(stream.words.row_end)
    return stream.words, b""
