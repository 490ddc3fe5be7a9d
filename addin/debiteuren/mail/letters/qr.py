"""A QR code of some bytes, as rows of modules: for payment codes, eight times as fast as a general library.

Answers: which modules of the code are dark. Only what EPC069-12 asks for: bytes, error correction M, versions
1 to 13; always mask 3, which every reader takes.
Source: ISO/IEC 18004:2015; the section stands at each step. The tests compare every version, module by
module, with segno and read codes back with another program.
Leaves to others: what it says (payment_code.py) and the picture of it (as there).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

_BLOCKS = {
    1: (10, (16,)), 2: (16, (28,)), 3: (26, (44,)), 4: (18, (32,) * 2), 5: (24, (43,) * 2),
    6: (16, (27,) * 4), 7: (18, (31,) * 4), 8: (22, (38,) * 2 + (39,) * 2), 9: (22, (36,) * 3 + (37,) * 2),
    10: (26, (43,) * 4 + (44,)), 11: (30, (50,) + (51,) * 4), 12: (22, (36,) * 6 + (37,) * 2),
    13: (22, (37,) * 8 + (38,)),
}  # fmt: skip
"""Table 9, level M: version → error correction codewords in a block, and data codewords of each block."""
_LAST_CENTRE = {2: 18, 3: 22, 4: 26, 5: 30, 6: 34, 7: 38, 8: 42, 9: 46, 10: 50, 11: 54, 12: 58, 13: 62}
"""Annex E: where the last alignment pattern stands; from version 7 on there is one halfway too."""
_FORMAT = 0b101101101001011
"""7.9: level M with mask 3, with its own error correction."""
_HALF_OF_FORMAT, _BEFORE_TIMING = 8, 5
"""Bits of the format beside the upper finder; after the sixth they step over the timing line."""
_FINDER, _ALIGNMENT = 4, 2
"""How far a pattern reaches from its centre, a finder with its light edge."""
_VERSION_POLYNOMIAL = 0b1111100100101
_LONG_COUNT_FROM = 10
_VERSION_SHOWN_FROM = 7

_EXPONENTS = [1]
for _ in range(254):
    _EXPONENTS.append((_EXPONENTS[-1] << 1) ^ (0x11D if _EXPONENTS[-1] & 0x80 else 0))
_LOGARITHMS = {value: power for power, value in enumerate(_EXPONENTS)}


class TooMuchError(ValueError):
    """More bytes than a code of version 13 holds."""


def modules(content: bytes) -> list[bytes]:
    """The rows of the code, a byte a module: 1 is dark. Without a border.

    Raises:
        TooMuchError: more than 331 bytes.
    """
    version = next((each for each in _BLOCKS if len(content) <= _room(each)), None)
    if version is None:
        raise TooMuchError(f"{len(content)} bytes")
    layout = _layout(version)
    bits = "".join(f"{codeword:08b}" for codeword in _codewords(content, version))
    flat = bytes(layout.pick(bits.encode().translate(_BITS) + b"\0\1"))
    masked = int.from_bytes(flat) ^ layout.mask
    whole = masked.to_bytes(len(flat))
    return [whole[start : start + layout.side] for start in range(0, len(whole), layout.side)]


_BITS = bytes(48) + b"\0\1" + bytes(206)
"""The signs "0" and "1" as numbers."""


def _room(version: int) -> int:
    """Bytes of content: all data codewords less the mode and the count (7.4.1)."""
    return sum(_BLOCKS[version][1]) - (3 if version >= _LONG_COUNT_FROM else 2)


def _codewords(content: bytes, version: int) -> Iterator[int]:
    """Data and error correction of all blocks, interleaved (7.4 to 7.6)."""
    correction, sizes = _BLOCKS[version]
    count_bits = 16 if version >= _LONG_COUNT_FROM else 8
    head = (0b0100 << count_bits | len(content)) << 8 * len(content)
    data = ((head | int.from_bytes(content)) << 4).to_bytes(len(content) + count_bits // 8 + 1)
    data += (b"\xec\x11" * _room(version))[: sum(sizes) - len(data)]
    blocks, start = [], 0
    for size in sizes:
        blocks.append(data[start : start + size])
        start += size
    for place in range(max(sizes)):
        yield from (block[place] for block in blocks if place < len(block))
    corrections = [_correction(block, correction) for block in blocks]
    for place in range(correction):
        yield from (each[place] for each in corrections)


def _correction(block: bytes, count: int) -> bytes:
    """What is left of a block after division by the generator polynomial (7.5.2)."""
    table, top = _division(count), 8 * (count - 1)
    rest = 0
    for byte in block:
        rest = ((rest & ((1 << top) - 1)) << 8) ^ table[(rest >> top) ^ byte]
    return rest.to_bytes(count)


@lru_cache(maxsize=8)
def _division(count: int) -> tuple[int, ...]:
    """For each byte in front what one step of the division takes off."""
    generator = [1]
    for power in range(count):
        longer = [*generator, 0]
        for place, factor in enumerate(generator):
            longer[place + 1] ^= _times(factor, _EXPONENTS[power])
        generator = longer
    return tuple(int.from_bytes(bytes(_times(lead, each) for each in generator[1:])) for lead in range(256))


def _times(one: int, other: int) -> int:
    if not one or not other:
        return 0
    return _EXPONENTS[(_LOGARITHMS[one] + _LOGARITHMS[other]) % 255]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where each bit goes in a code of one version.

    `pick`: of the bits followed by a 0 and a 1, the one for each module; `mask`: what is turned over, a byte
    a module.
    """

    side: int
    pick: Callable[[bytes], tuple[int, ...]]
    mask: int


@lru_cache(maxsize=16)
def _layout(version: int) -> _Layout:
    side = 17 + 4 * version
    fixed = dict(_fixed(version, side))
    correction, sizes = _BLOCKS[version]
    total = 8 * (sum(sizes) + correction * len(sizes))
    light, dark = total, total + 1
    source = {place: dark if bit else light for place, bit in fixed.items()}
    free = (place for place in _zigzag(side) if place not in fixed)
    source |= {place: min(index, light) for index, place in enumerate(free)}
    places = [(row, column) for row in range(side) for column in range(side)]
    mask = bytes((row + column) % 3 == 0 and (row, column) not in fixed for row, column in places)
    return _Layout(side, itemgetter(*(source[place] for place in places)), int.from_bytes(mask))


def _zigzag(side: int) -> Iterator[tuple[int, int]]:
    """The modules in the order of the bits: pairs of columns from the right, up and down in turn (7.7.3)."""
    upward = True
    for right in (*range(side - 1, 6, -2), 5, 3, 1):
        for row in range(side - 1, -1, -1) if upward else range(side):
            yield from ((row, right), (row, right - 1))
        upward = not upward


def _fixed(version: int, side: int) -> Iterator[tuple[tuple[int, int], bool]]:
    """The modules that are the same in every code of this version (6.3, 7.9 and 7.10)."""
    for place in range(side):
        yield from (((6, place), place % 2 == 0), ((place, 6), place % 2 == 0))
    centres = [6, _LAST_CENTRE[version]] if version in _LAST_CENTRE else []
    if version >= _VERSION_SHOWN_FROM:
        centres.insert(1, 6 + (centres[1] - 6) // 2)
    for row in centres:
        for column in centres:
            if (row, column) not in {(6, 6), (6, centres[-1]), (centres[-1], 6)}:
                yield from _square(row, column, _ALIGNMENT, side)
    for row, column in ((3, 3), (3, side - 4), (side - 4, 3)):
        yield from _square(row, column, _FINDER, side)
    for bit in range(15):
        dark = bool(_FORMAT >> bit & 1)
        near = bit < _HALF_OF_FORMAT
        yield (bit + (bit > _BEFORE_TIMING) if near else side - 15 + bit, 8), dark
        yield (8, side - 1 - bit if near else 14 - bit + (bit == _HALF_OF_FORMAT)), dark
    yield (side - 8, 8), True
    if version >= _VERSION_SHOWN_FROM:
        shown = version << 12 | _version_correction(version)
        for bit in range(18):
            dark = bool(shown >> bit & 1)
            edge, inner = bit // 3, side - 11 + bit % 3
            yield from (((edge, inner), dark), ((inner, edge), dark))


def _square(row: int, column: int, reach: int, side: int) -> Iterator[tuple[tuple[int, int], bool]]:
    """A finder (reach 4, with its light edge) or alignment pattern (reach 2) around a centre."""
    for down in range(-reach, reach + 1):
        for along in range(-reach, reach + 1):
            place = (row + down, column + along)
            if all(0 <= each < side for each in place):
                ring = max(abs(down), abs(along))
                yield place, ring not in ({2, 4} if reach == _FINDER else {1})


def _version_correction(version: int) -> int:
    rest = version << 12
    for bit in range(17, 11, -1):
        if rest >> bit & 1:
            rest ^= _VERSION_POLYNOMIAL << bit - 12
    return rest
