"""A compound file from its streams. Source: MS-CFB, version 3 (sectors of 512 bytes)."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

from debiteuren.book.vba.compound import (
    END,
    ENTRY,
    FAT_SECTOR,
    FREE,
    HEADER,
    MAGIC,
    NOBODY,
    PLACES_IN_HEADER,
    ROOT,
    SMALL_SECTOR,
    STORAGE,
    STREAM,
)

_SECTOR, _SECTOR_SHIFT, _SMALL_SHIFT = 512, 9, 6
_SMALL_BELOW = 4096
_RED, _BLACK = 0, 1


@dataclass
class _Node:
    """A stream or folder on its way to the directory."""

    name: str
    kind: int
    data: bytes = b""
    children: dict[str, "_Node"] = field(default_factory=dict)
    left: int = NOBODY
    right: int = NOBODY
    child: int = NOBODY
    colour: int = _BLACK
    start: int = 0
    size: int = 0


def write_streams(streams: Mapping[tuple[str, ...], bytes]) -> bytes:
    """The compound file with these streams, path → bytes.

    Raises:
        ValueError: it would be larger than seven megabytes, which no VBA project is.
    """
    nodes = _directory(streams)
    small = _Sectors(SMALL_SECTOR)
    large = _Sectors(_SECTOR)
    for node in nodes:
        if node.kind == STREAM:
            node.size = len(node.data)
            node.start = (small if node.size < _SMALL_BELOW else large).add(node.data)
    nodes[0].size = len(small.data)
    nodes[0].start = large.add(small.data)
    entries = b"".join(_entry(node) for node in nodes)
    unused = ENTRY.pack(b"", 0, 0, 0, NOBODY, NOBODY, NOBODY, b"", 0, b"", b"", 0, 0)
    entries += unused * (-len(nodes) % (_SECTOR // ENTRY.size))
    directory = large.add(entries)
    small_fat = struct.pack(f"<{len(small.after)}I", *small.after)
    small_fat += b"\xff" * (-len(small_fat) % _SECTOR)
    small_fat_start = large.add(small_fat)
    fat_size = 0
    while fat_size * _SECTOR < (len(large.after) + fat_size) * 4:
        fat_size += 1
    if fat_size > PLACES_IN_HEADER:
        raise ValueError("too large for a VBA project")
    first = len(large.after)
    places = list(range(first, first + fat_size))
    fat = struct.pack(f"<{first + fat_size}I", *large.after, *[FAT_SECTOR] * fat_size)
    header = HEADER.pack(
        *(MAGIC, b"", 0x3E, 3, 0xFFFE, _SECTOR_SHIFT, _SMALL_SHIFT, b"", 0, fat_size, directory, 0),
        *(_SMALL_BELOW, small_fat_start, len(small_fat) // _SECTOR, END, 0),
    )
    header += struct.pack(f"<{PLACES_IN_HEADER}I", *places, *[FREE] * (PLACES_IN_HEADER - len(places)))
    return header + bytes(large.data) + fat + b"\xff" * (-len(fat) % _SECTOR)


class _Sectors:
    """Data in sectors of one size, and which sector follows which."""

    def __init__(self, size: int) -> None:
        self._size = size
        self.data = bytearray()
        self.after: list[int] = []

    def add(self, data: bytes | bytearray) -> int:
        """Put a stream behind what is there; the number of its first sector comes back."""
        if not data:
            return END
        first = len(self.after)
        count = -(-len(data) // self._size)
        self.data += bytes(data).ljust(count * self._size, b"\0")
        self.after += [*range(first + 1, first + count), END]
        return first


def _directory(streams: Mapping[tuple[str, ...], bytes]) -> list[_Node]:
    """The root, and every stream and folder, each knowing its neighbours by number."""
    root = _Node("Root Entry", ROOT)
    for path, data in streams.items():
        folder = root
        for name in path[:-1]:
            folder = folder.children.setdefault(name, _Node(name, STORAGE))
        folder.children[path[-1]] = _Node(path[-1], STREAM, data)
    nodes = [root]
    folders = [root]
    while folders:
        folder = folders.pop()
        # MS-CFB 2.6.4: shorter names first, then by capitals.
        ordered = sorted(
            folder.children.values(), key=lambda node: (len(node.name.encode("utf-16-le")), node.name.upper())
        )
        first = len(nodes)
        nodes += ordered
        folder.child = _balanced(ordered, first, 0, len(ordered), len(ordered).bit_length())
        folders += [node for node in ordered if node.kind == STORAGE]
    return nodes


def _balanced(nodes: list[_Node], first: int, low: int, high: int, levels: int) -> int:
    """Tie sorted neighbours into a search tree; black but for its lowest level, so a red-black one."""
    if low >= high:
        return NOBODY
    middle = (low + high) // 2
    node = nodes[middle]
    node.left = _balanced(nodes, first, low, middle, levels - 1)
    node.right = _balanced(nodes, first, middle + 1, high, levels - 1)
    node.colour = _RED if levels == 1 and len(nodes) > 1 else _BLACK
    return first + middle


def _entry(node: _Node) -> bytes:
    name = node.name.encode("utf-16-le")
    return ENTRY.pack(
        *(name, len(name) + 2, node.kind, node.colour, node.left, node.right, node.child),
        *(b"", 0, b"", b"", node.start, node.size),
    )
