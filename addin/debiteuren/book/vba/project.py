"""The modules of a VBA project: what they are called, what they say, and the same project with ours renewed.

Source: MS-OVBA 2.3.4.2 (the stream `dir`) and 2.3.4.3 (module streams). Before its source a module may keep
compiled code for one version of Excel; told that there is no such version, Excel compiles the source anew.
Leaves to others: where the bytes stand (compound.py), which workbook they come from (renewal.py).
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from debiteuren.book.vba.compound import read_streams
from debiteuren.book.vba.compound_writer import write_streams
from debiteuren.book.vba.compression import unpacked

_FOLDER = "VBA"
_COMPILED = (_FOLDER, "_VBA_PROJECT")
_SOURCE_ONLY = bytes.fromhex("cc61ffff000000")
_CACHE = "__SRP_"
_VERSION, _CODE_PAGE, _NAME, _STREAM_NAME, _OFFSET = 0x09, 0x03, 0x19, 0x1A, 0x31
_HEADER_LINES = ("Attribute ", "VERSION ", "BEGIN", "END", "MultiUse")


@dataclass(frozen=True, slots=True)
class Module:
    """One module: its source as text, its stream, and where in the stream the packed source starts."""

    name: str
    source: str
    stream: tuple[str, ...]
    offset: int

    @property
    def has_code(self) -> bool:
        """Whether somebody wrote something in it: an empty sheet module holds attributes only."""
        return bool(_body(self.source))


@dataclass(frozen=True, slots=True)
class VbaProject:
    """The project as it stands in the part vbaProject.bin."""

    streams: Mapping[tuple[str, ...], bytes]
    modules: Mapping[str, Module]

    @classmethod
    def of(cls, data: bytes) -> Self:
        """The project in these bytes.

        Raises:
            ValueError: they hold no project, or a damaged one.
        """
        streams = read_streams(data)
        try:
            listed = unpacked(streams[_FOLDER, "dir"])
            modules = dict(_modules(listed, streams))
        except (KeyError, LookupError, struct.error) as error:
            raise ValueError(f"damaged project: {error}") from error
        return cls(streams, modules)

    def renewed(self, other: "VbaProject", names: tuple[str, ...]) -> bytes:
        """This project with the modules of these names taken from another, all else as it was.

        Raises:
            KeyError: one of the two does not have a module of that name.
        """
        streams = {
            path: data
            for path, data in self.streams.items()
            if not (path[0] == _FOLDER and path[-1].startswith(_CACHE))
        }
        for name in names:
            old, new = self.modules[name], other.modules[name]
            compiled = self.streams[old.stream][: old.offset]
            streams[old.stream] = compiled + other.streams[new.stream][new.offset :]
        streams[_COMPILED] = _SOURCE_ONLY
        return write_streams(streams)


def same_source(one: str, other: str) -> bool:
    """Whether two sources say the same: Excel changes capitals and spaces when it saves."""
    return _body(one) == _body(other)


def _body(source: str) -> list[str]:
    lines = (" ".join(line.split()) for line in source.casefold().splitlines())
    heads = tuple(head.casefold() for head in _HEADER_LINES)
    return [line for line in lines if line and not line.startswith(heads)]


def _modules(listed: bytes, streams: Mapping[tuple[str, ...], bytes]) -> list[tuple[str, Module]]:
    """The records of the stream `dir` that are about modules."""
    found: list[tuple[str, Module]] = []
    place, encoding, name, stream = 0, "cp1252", "", ""
    while place + 6 <= len(listed):
        kind, size = struct.unpack_from("<HI", listed, place)
        if kind == _VERSION:
            size = 6  # the one record that counts its own length wrongly (2.3.4.2.1.11)
        data = listed[place + 6 : place + 6 + size]
        place += 6 + size
        if kind == _CODE_PAGE:
            encoding = f"cp{int.from_bytes(data, 'little')}"
        elif kind == _NAME:
            name = data.decode(encoding)
        elif kind == _STREAM_NAME:
            stream = data.decode(encoding)
        elif kind == _OFFSET:
            path, offset = (_FOLDER, stream), int.from_bytes(data, "little")
            source = unpacked(streams[path][offset:]).decode(encoding, "replace")
            found.append((name, Module(name, source, path, offset)))
    return found
