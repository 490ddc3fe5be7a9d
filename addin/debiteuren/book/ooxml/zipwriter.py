"""The new zip file: changed parts compressed anew, every other entry copied byte for byte, in the same order.

APPNOTE.TXT 6.3.3, 4.3.7 (local file header), 4.3.12 (central directory), 4.3.16 (its end). What an untouched
entry's local header, data and data descriptor say is never taken apart; only its place is new.
"""

import struct
import zipfile
from collections.abc import Mapping
from typing import IO

from .archive import CHUNK, Archive
from .deflate import Deflated
from .refusals import Refused

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sBBHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_UTF8_NAME = 0x800
_VERSION = 20
_ZIP64_EXTRA = 1
_MAX = 0xFFFFFFFF


def write_archive(
    out: IO[bytes], source: Archive, changed: Mapping[str, Deflated], dropped: frozenset[str]
) -> None:
    """Write the source once more: changed parts in the place of the old, without the dropped ones."""
    spans = source.spans()
    central: list[bytes] = []
    for entry in source.entries:
        if entry.filename in dropped:
            continue
        offset = out.tell()
        part = changed.get(entry.filename)
        if part is None:
            _copy(source.file, out, *spans[entry.filename])
            central.append(
                _central(entry, offset, crc=entry.CRC, sizes=(entry.compress_size, entry.file_size))
            )
        else:
            out.write(_local(entry, part))
            for piece in part.pieces:
                out.write(piece)
            central.append(
                _central(entry, offset, crc=part.crc, sizes=(part.compressed_size, part.size), new=True)
            )
    start = out.tell()
    directory = b"".join(central)
    if start + len(directory) > _MAX:
        raise Refused("De werkmap zou groter dan 4 GB worden; dat kan niet.")
    out.write(directory)
    out.write(
        _END.pack(b"PK\x05\x06", 0, 0, len(central), len(central), len(directory), start, len(source.comment))
    )
    out.write(source.comment)


def _copy(source: IO[bytes], out: IO[bytes], start: int, end: int) -> None:
    source.seek(start)
    left = end - start
    while left:
        chunk = source.read(min(left, CHUNK))
        if not chunk:
            raise zipfile.BadZipFile("cut short")
        out.write(chunk)
        left -= len(chunk)


def _moment(entry: zipfile.ZipInfo) -> tuple[int, int]:
    year, month, day, hour, minute, second = entry.date_time
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day


def _name(entry: zipfile.ZipInfo) -> bytes:
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8_NAME else "cp437")


def _local(entry: zipfile.ZipInfo, part: Deflated) -> bytes:
    name = _name(entry)
    flags = entry.flag_bits & _UTF8_NAME
    sizes = (part.compressed_size, part.size)
    header = (_VERSION, flags, zipfile.ZIP_DEFLATED, *_moment(entry), part.crc, *sizes, len(name), 0)
    return _LOCAL.pack(b"PK\x03\x04", *header) + name


def _without_zip64(extra: bytes) -> bytes:
    """The extra fields without the 64-bit sizes: everything fits in 32 bits here."""
    kept, position = b"", 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, position)
        if kind != _ZIP64_EXTRA:
            kept += extra[position : position + 4 + length]
        position += 4 + length
    return kept + extra[position:]


def _central(
    entry: zipfile.ZipInfo, offset: int, *, crc: int, sizes: tuple[int, int], new: bool = False
) -> bytes:
    name, extra = _name(entry), _without_zip64(entry.extra)
    flags = entry.flag_bits & _UTF8_NAME if new else entry.flag_bits
    method = zipfile.ZIP_DEFLATED if new else entry.compress_type
    needed = _VERSION if new else entry.extract_version
    made = (entry.create_version, entry.create_system, needed, flags, method, *_moment(entry))
    lengths = (len(name), len(extra), len(entry.comment))
    where = (entry.volume, entry.internal_attr, entry.external_attr, offset)
    return _CENTRAL.pack(b"PK\x01\x02", *made, crc, *sizes, *lengths, *where) + name + extra + entry.comment
