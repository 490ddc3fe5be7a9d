"""The parts of a message as bytes: words in a header, text, a file, several together.

Answers: how a text or a file travels in a mail, the same bytes for the same content.
Source: RFC 2045 to 2047, 2183 and 2387. Lines end in CRLF and have at most 76 characters.
Leaves to others: which parts there are and the message's own headers (message.py).
"""

import binascii
import hashlib
from collections.abc import Sequence

_LINE = 76
_WORD_BYTES = 39
"""Bytes in an encoded word; with "Subject: " in front it stays within a line."""


def encoded_words(text: str) -> str:
    """Text for a header as encoded words, a line each; it comes back letter for letter.

    >>> encoded_words("Zoë")
    '=?utf-8?b?Wm/Dqw==?='
    """
    words, word = [], b""
    for letter in text:
        added = letter.encode()
        if len(word) + len(added) > _WORD_BYTES:
            words.append(word)
            word = b""
        word += added
    words.append(word)
    coded = (binascii.b2a_base64(each, newline=False).decode() for each in words)
    return "\r\n ".join(f"=?utf-8?b?{each}?=" for each in coded)


def text_part(subtype: str, text: str) -> bytes:
    """A text with its headers, quoted-printable so that an eye can still read it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"
    body = binascii.b2a_qp(lines.replace("\n", "\r\n").encode(), istext=True)
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable'
    return head.encode("ascii") + b"\r\n\r\n" + body


def file_part(kind: str, content: bytes, name: str, *, content_id: str = "") -> bytes:
    """A file with its headers. `name`: plain ASCII without quotes; `content_id`: it shows in the text."""
    place = "inline" if content_id else "attachment"
    head = [
        f"Content-Type: {kind}",
        "Content-Transfer-Encoding: base64",
        f'Content-Disposition: {place}; filename="{name}"',
        *([f"Content-ID: <{content_id}>"] if content_id else []),
    ]
    packed = binascii.b2a_base64(content, newline=False)
    lines = [packed[start : start + _LINE] for start in range(0, len(packed), _LINE)]
    return "\r\n".join(head).encode("ascii") + b"\r\n\r\n" + b"\r\n".join(lines) + b"\r\n"


def joined_parts(subtype: str, parts: Sequence[bytes], key: str) -> bytes:
    """Several parts as one. The boundary follows from the key, so the same letter gives the same bytes.

    It holds "=_", which neither of the encodings above can make.
    """
    boundary = f"=_{hashlib.sha256(f'{key}|{subtype}'.encode()).hexdigest()[:32]}"
    dashes = f"\r\n--{boundary}".encode("ascii")
    head = f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n'.encode("ascii")
    return head + b"".join(dashes + b"\r\n" + part for part in parts) + dashes + b"--\r\n"
