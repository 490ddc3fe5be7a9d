"""The code a bank app scans to pay: EPC069-12 version 2, as a PNG.

Source: EPC069-12 v2.1; PNG by ISO/IEC 15948.
Leaves to others: which modules are dark (qr.py), where it stands in the letter (page.py), how it travels
(mail/message.py).
"""

import struct
import zlib
from decimal import Decimal
from functools import lru_cache

from stdnum import iban as iban_numbers
from stdnum import iso11649

from debiteuren.mail.letters.qr import modules
from debiteuren.mail.wording import plain_words

_LARGEST = Decimal("999999999.99")
_LONGEST_NAME = 70
_LONGEST_TEXT = 140
_MOST_BYTES = 331
"""What EPC069-12 allows a code to hold."""
_BORDER = 4
_PIXELS_PER_MODULE = 4
"""So a module is one hexadecimal digit of a row with one bit a pixel."""
_AS_PIXELS = bytes([ord("f"), ord("0")]) + bytes(254)
"""A light module is four bits on, a dark one four bits off."""


def payload(*, name: str, iban: str, amount: Decimal, reference: str) -> str | None:
    """The lines inside the code, or None where paying by code is impossible (no valid IBAN, name, amount).

    An RF reference goes into the structured field, anything else into the free text, of which the end falls
    off where the whole would be too large for a bank app.
    """
    holder = plain_words(name, _LONGEST_NAME)
    if not holder or not _is_account(iban) or not Decimal(0) < amount <= _LARGEST:
        return None
    structured, free = "", plain_words(reference, _LONGEST_TEXT)
    if iso11649.is_valid(free):
        structured, free = iso11649.compact(free), ""
    account = iban_numbers.compact(iban)
    lines = ("BCD", "002", "1", "SCT", "", holder, account, f"EUR{amount:.2f}", "", structured)
    rest = _MOST_BYTES - len("\n".join(lines).encode()) - 1
    return "\n".join((*lines, free.encode()[:rest].decode(errors="ignore"))).rstrip("\n")


@lru_cache(maxsize=8)
def _is_account(iban: str) -> bool:
    return bool(iban_numbers.is_valid(iban))


@lru_cache(maxsize=64)
def picture(content: str) -> bytes:
    """The code as PNG, the same bytes every time."""
    rows = modules(content.encode())
    side = len(rows) + 2 * _BORDER
    blank = b"\0" + bytes.fromhex("f" * side + "f" * (side % 2))
    pixels = [blank * _PIXELS_PER_MODULE * _BORDER]
    for row in rows:
        shown = "f" * _BORDER + row.translate(_AS_PIXELS).decode() + "f" * _BORDER
        pixels.append((b"\0" + bytes.fromhex(shown + "f" * (side % 2))) * _PIXELS_PER_MODULE)
    pixels.append(pixels[0])
    wide = side * _PIXELS_PER_MODULE
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", wide, wide, 1, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"".join(pixels), 6)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
