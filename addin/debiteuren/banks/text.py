"""Bytes of a bank file as text, a line at a time.

Answers: how is this file encoded (byte order mark, else UTF-8, else Windows-1252, decided per line so that
reading stays a stream), and what are its lines with their numbers.
Source: docs/regels.md, "Bankbestanden".
"""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

LONGEST_LINE = 1_000_000
_BLOCK = 131_072
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MANGLED_MARK = "ï»¿"
"""A UTF-8 byte order mark that some program read as Windows-1252 and saved again."""


class LineTooLongError(ValueError):
    """A line no bank writes; `line` is its number."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} is too long")
        self.line = line


def decode(data: bytes) -> str:
    """Text of bytes that are UTF-8 or else Windows-1252."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def decoded_head(head: bytes) -> str:
    """The beginning of a file as text, without byte order mark; its last sign may be cut in half."""
    if head.startswith(_UTF16):
        return head.decode("utf-16", errors="replace")
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        text = head.decode("cp1252", errors="replace")
    return text.removeprefix("\ufeff").removeprefix(_MANGLED_MARK)


def lines_of(stream: BinaryIO) -> Iterator[tuple[int, str]]:
    """Number (from 1) and text of every line, without its end.

    Raises:
        LineTooLongError: more than a million signs without a line end.
    """
    first = stream.read(2)
    stream.seek(0)
    if first in _UTF16:
        yield from enumerate(_utf16_lines(stream), 1)
        return
    number = 0
    while block := stream.read(_BLOCK):
        if not block.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE)
            if len(rest) >= LONGEST_LINE:
                raise LineTooLongError(number + 1 + block.count(b"\n"))
            block += rest
        text = _decoded(block)
        if number == 0:
            text = text.removeprefix("\ufeff").removeprefix(_MANGLED_MARK)
        if "\r" in text:
            text = text.replace("\r\n", "\n").removesuffix("\n").replace("\r", "\n")
        else:
            text = text.removesuffix("\n")
        lines = text.split("\n")
        yield from enumerate(lines, number + 1)
        number += len(lines)


def _decoded(block: bytes) -> str:
    """Whole lines as text; where they are not all UTF-8, each is looked at for itself."""
    try:
        return block.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(map(decode, block.splitlines(keepends=True)))


def _utf16_lines(stream: BinaryIO) -> Iterator[str]:
    reader = codecs.getreader("utf-16")(stream, "replace")
    for number, line in enumerate(reader, 1):
        if len(line) >= LONGEST_LINE:
            raise LineTooLongError(number)
        yield line.rstrip("\r\n")
