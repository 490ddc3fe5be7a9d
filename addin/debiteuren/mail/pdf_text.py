"""The words in a PDF, as far as a program can read them.

Answers: does this PDF speak of that number; needed where its file name does not.
Source: docs/regels.md, "Concepten" (8).
Leaves to others: which file it is and how a number is recognised (attachments.py).
"""

import io
import logging
import zlib
from collections.abc import Iterator

_MOST_PAGES = 3
"""An invoice has its number on the first page; a bundle of terms behind it is not read."""
_LARGEST_TEXT = 20 * 1024 * 1024
_END_MARK = b"startxref"
_TAIL = 2048
_OPENS, _CLOSES = b"stream", b"endstream"


def texts(content: bytes) -> Iterator[str]:
    """Pieces of the PDF's text, the cheap ones first: as it stands, unpacked, and as its fonts spell it."""
    yield content.decode("latin-1")
    left = _LARGEST_TEXT
    for packed in _streams(content):
        try:
            text = zlib.decompressobj().decompress(packed, left)
        except zlib.error:
            continue
        left -= len(text)
        yield text.decode("latin-1")
        if left <= 0:
            break
    yield from _spelt(content)


def _spelt(content: bytes) -> Iterator[str]:
    """The first pages by pypdf, which knows fonts that number their letters anew, as most invoices have."""
    if _END_MARK not in content[-_TAIL:]:
        return  # cut short or no PDF: searching it for what is left of its pages could take minutes
    import pypdf  # noqa: PLC0415 - a third of a second, and most names hold the number

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        for page in pypdf.PdfReader(io.BytesIO(content)).pages[:_MOST_PAGES]:
            yield page.extract_text()
    except Exception:  # noqa: BLE001 - whatever a strange file does, then it is not read
        return


def _streams(content: bytes) -> Iterator[bytes]:
    """What stands between stream and endstream; each byte of the file is passed once."""
    close = 0
    while (start := content.find(_OPENS, close)) >= 0:
        start += len(_OPENS)
        end_of_line = next((end for end in (b"\r\n", b"\n") if content.startswith(end, start)), None)
        if end_of_line is None:
            close = start
            continue
        start += len(end_of_line)
        end = content.find(_CLOSES, start)
        if end < 0:
            return
        yield content[start:end]
        close = end + len(_CLOSES)
