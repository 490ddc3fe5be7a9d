"""A part that we wrote, read once more as a stranger would, before it goes into a file.

Well-formed XML (XML 1.0, 2.1); in a worksheet the rows ascend (ECMA-376 part 1, 18.3.1.73). Whatever is found
here would be our own fault, and saves the user's file.
"""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from .cells import checked_order
from .refusals import Refused
from .stream import SheetStream

_XML = (".xml", ".rels", ".vml")


def check_sheet(part: str, sheet: str, chunks: Iterator[bytes]) -> None:
    """Rows ascend, and what stands around them is well-formed."""
    stream = SheetStream(chunks, part, sheet)
    last = 0
    for block in stream.blocks():
        last = checked_order(block, last, sheet)
    _parse(part, stream.head + stream.opening + stream.tail)


def check_part(part: str, chunks: Iterator[bytes]) -> None:
    """A part in XML is well-formed; another may hold anything."""
    data = b"".join(chunks)
    if part.lower().endswith(_XML):
        _parse(part, data)


def wrong(what: str) -> Refused:
    """The refusal of a new file in which something is not as it should be."""
    return Refused(
        f"De nieuwe werkmap leest niet terug zoals zij moet ({what}). Het bestand is niet gewijzigd; "
        "dit is een fout van ons programma."
    )


def _parse(part: str, data: bytes) -> None:
    try:
        ET.fromstring(data)  # noqa: S314 - our own part, without a document type
    except ET.ParseError as error:
        raise wrong(part) from error
