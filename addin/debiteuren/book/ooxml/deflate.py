"""A changed part, compressed while it is made and unpacked again to see that it says what was meant.

The pieces of a large part are made, compressed and read back at the same time (ahead.py). Method 8 (deflate)
is the only one ECMA-376 part 2, annex B, allows beside "stored".
"""

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from .ahead import Ahead
from .readback import wrong

_PIECE = 1 << 20  # more does not go faster, and several of them wait, in each of three threads
_LARGE = 4 << 20
_LEVEL_SMALL = 6
LEVEL_LARGE = 4  # a third of the time of 6 for an eighth more bytes; Excel itself writes about as loosely

Check = Callable[[Iterator[bytes]], None]
"""Reads a part back, in pieces, all of them, and raises when it is not as it should be."""


@dataclass(frozen=True, slots=True)
class Deflated:
    """A part as it will stand in the zip file."""

    pieces: tuple[bytes, ...]
    crc: int
    size: int

    @property
    def compressed_size(self) -> int:
        """How many bytes it takes in the file."""
        return sum(map(len, self.pieces))


@dataclass(slots=True)
class _Seen:
    """The checksum and the length of what went by."""

    crc: int = 0
    size: int = 0

    def of(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The same pieces, counted."""
        for piece in pieces:
            self.crc = zlib.crc32(piece, self.crc)
            self.size += len(piece)
            yield piece


def deflate(blocks: Iterable[bytes], *, expected: int, check: Check) -> Deflated:
    """The blocks as one compressed part, read back by `check`; the level follows from the expected size.

    Raises:
        Refused: what was compressed does not unpack to what it was made of.
    """
    large = expected > _LARGE
    meant, back = _Seen(), _Seen()
    pieces: list[bytes] = []
    packed: Iterator[bytes]
    if large:
        packed = Ahead(_packed(meant.of(Ahead(_gathered(blocks))), LEVEL_LARGE))
    else:
        packed = _packed(meant.of(_gathered(blocks)), _LEVEL_SMALL)
    check(back.of(_unpacked(packed, pieces)))
    if (meant.crc, meant.size) != (back.crc, back.size):
        raise wrong("het inpakken")
    return Deflated(pieces=tuple(pieces), crc=meant.crc, size=meant.size)


def _gathered(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces that are worth a turn."""
    waiting: list[bytes] = []
    length = 0
    for block in blocks:
        waiting.append(block)
        length += len(block)
        if length >= _PIECE:
            yield b"".join(waiting)
            waiting.clear()
            length = 0
    yield b"".join(waiting)


def _packed(pieces: Iterable[bytes], level: int) -> Iterator[bytes]:
    compressor = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    for piece in pieces:
        yield compressor.compress(piece)
    yield compressor.flush()


def _unpacked(pieces: Iterable[bytes], kept: list[bytes]) -> Iterator[bytes]:
    """What the compressed pieces, which are kept, say."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in pieces:
        kept.append(piece)
        yield unpacker.decompress(piece)
    yield unpacker.flush()
    if not unpacker.eof or unpacker.unused_data:
        raise wrong("het inpakken")
