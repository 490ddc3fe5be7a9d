"""The compound file in which a VBA project is kept: streams in folders, in sectors of a small file system.

Source: MS-CFB (versions 3 and 4).
Leaves to others: what the streams mean (project.py), writing one (compound_writer.py).
"""

import struct
from typing import NamedTuple

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
HEADER = struct.Struct("<8s16sHHHHH6sIIIIIIIII")
ENTRY = struct.Struct("<64sHBBIII16sI8s8sII4x")
PLACES_IN_HEADER = 109
SMALL_SECTOR = 64
FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
"""Sector numbers with a meaning of their own; a lower number is a sector."""

NOBODY = 0xFFFFFFFF
STORAGE, STREAM, ROOT = 1, 2, 5


class _Entry(NamedTuple):
    """A stream or a folder; left, right and child are places of other entries."""

    name: bytes
    name_size: int
    kind: int
    colour: int
    left: int
    right: int
    child: int
    class_id: bytes
    state: int
    created: bytes
    modified: bytes
    start: int
    size: int

    @property
    def title(self) -> str:
        return self.name[: max(self.name_size - 2, 0)].decode("utf-16-le")


def read_streams(data: bytes) -> dict[tuple[str, ...], bytes]:
    """Every stream by its path.

    Raises:
        ValueError: this is no compound file, or a damaged one.
    """
    if not data.startswith(MAGIC):
        raise ValueError("no compound file")
    try:
        return _Reader(data).streams()
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ValueError(f"damaged compound file: {error}") from error


class _Reader:
    def __init__(self, data: bytes) -> None:
        *_, shift, _, _, _, _, directory, _, limit, small_fat, _, more, _ = HEADER.unpack_from(data)
        self._data, self._size, self._limit = data, 1 << shift, limit
        if self._size not in {512, 4096}:
            raise ValueError("sectors of an unknown size")
        self._fat = self._allocation(more)
        self._entries = [_Entry(*fields) for fields in ENTRY.iter_unpack(self._chain(directory))]
        self._small_fat = _numbers(self._chain(small_fat))
        root = self._entries[0]
        self._small = self._chain(root.start)[: root.size]

    def _allocation(self, more: int) -> list[int]:
        """Which sector follows which."""
        places = list(struct.unpack_from(f"<{PLACES_IN_HEADER}I", self._data, HEADER.size))
        while more < FAT_SECTOR and len(places) * self._size <= len(self._data):
            *further, more = _numbers(self._sector(more))
            places += further
        return [number for place in places if place < FAT_SECTOR for number in _numbers(self._sector(place))]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        found = self._data[start : start + self._size]
        if not found:
            raise ValueError("a sector outside the file")
        return found.ljust(self._size, b"\0")

    def _chain(self, number: int) -> bytes:
        found: list[bytes] = []
        while number < FAT_SECTOR:
            if len(found) > len(self._fat):
                raise ValueError("a chain without an end")
            found.append(self._sector(number))
            number = self._fat[number]
        return b"".join(found)

    def _small_chain(self, number: int) -> bytes:
        found: list[bytes] = []
        while number < FAT_SECTOR:
            if len(found) > len(self._small_fat):
                raise ValueError("a chain without an end")
            found.append(self._small[number * SMALL_SECTOR : (number + 1) * SMALL_SECTOR])
            number = self._small_fat[number]
        return b"".join(found)

    def streams(self) -> dict[tuple[str, ...], bytes]:
        found: dict[tuple[str, ...], bytes] = {}
        waiting: list[tuple[int, tuple[str, ...]]] = [(self._entries[0].child, ())]
        seen: set[int] = set()
        while waiting:
            number, folder = waiting.pop()
            if number == NOBODY:
                continue
            if number in seen:
                raise ValueError("an entry in two places")
            seen.add(number)
            entry = self._entries[number]
            path = (*folder, entry.title)
            waiting += [(entry.left, folder), (entry.right, folder)]
            if entry.kind == STREAM:
                whole = self._small_chain if entry.size < self._limit else self._chain
                found[path] = whole(entry.start)[: entry.size]
            else:
                waiting.append((entry.child, path))
        return found


def _numbers(data: bytes) -> list[int]:
    return [number for (number,) in struct.iter_unpack("<I", data)]
