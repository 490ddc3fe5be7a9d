"""XML as bytes: reading and changing one tag without touching what stands around it.

Rests on XML 1.0 (5th edition): an attribute value may hold a raw ">" but never a raw "<", so once a part
holds no comment, CDATA section, document type or further processing instruction, every "<" starts a tag.
ECMA-376 part 2, 9.1.4 forbids document types in parts; comments and CDATA are legal and refused here.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from .refusals import Refused

ATTRIBUTES = rb"""(?:\s+[^\s=<>"'/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*"""
_ATTRIBUTE = re.compile(rb"""\s+([^\s=<>"'/]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
_PREFIX = rb"(?:[A-Za-z_][\w.-]*:)?"
_ENTITY = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#(\d+)|(lt|gt|amp|quot|apos));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_ENCODING = re.compile(rb"""^<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']""")
_UTF8 = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_BOM = b"\xef\xbb\xbf"


def attribute(tag: bytes, name: bytes) -> bytes | None:
    """The raw value of an attribute of a start tag (or of its bare attributes), None when it is not there."""
    for found in _ATTRIBUTE.finditer(tag):
        if found[1] == name:
            return found[2] if found[2] is not None else found[3]
    return None


def with_attribute(tag: bytes, name: bytes, value: bytes) -> bytes:
    """The start tag with that attribute set: in its place when it was there, else as the last one."""
    for found in _ATTRIBUTE.finditer(tag):
        if found[1] == name:
            group = 2 if found[2] is not None else 3
            return tag[: found.start(group)] + value + tag[found.end(group) :]
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:end].rstrip() + b" " + name + b'="' + value + b'"' + tag[end:]


@lru_cache(maxsize=64)
def tag_pattern(names: tuple[str, ...]) -> re.Pattern[bytes]:
    """A start or empty tag with one of these local names, in any prefix."""
    return re.compile(
        rb"<" + _PREFIX + b"(?:" + b"|".join(n.encode() for n in names) + b")" + ATTRIBUTES + rb"\s*/?>"
    )


@lru_cache(maxsize=64)
def _text_pattern(names: tuple[str, ...]) -> re.Pattern[bytes]:
    local = b"|".join(n.encode() for n in names)
    return re.compile(rb"(<(" + _PREFIX + b"(?:" + local + b"))" + ATTRIBUTES + rb"\s*>)([^<]*)(</\2\s*>)")


@lru_cache(maxsize=64)
def _element_pattern(names: tuple[str, ...]) -> re.Pattern[bytes]:
    local = b"|".join(n.encode() for n in names)
    opening = rb"<(" + _PREFIX + b"(?:" + local + b"))" + ATTRIBUTES + rb"\s*>"
    return re.compile(opening + rb".*?</\1\s*>", re.DOTALL)


def change_tags(data: bytes, names: tuple[str, ...], change: Callable[[bytes], bytes]) -> bytes:
    """The data with every start tag of these local names passed through change."""
    return tag_pattern(names).sub(lambda found: change(found[0]), data)


def change_texts(data: bytes, names: tuple[str, ...], change: Callable[[str], str]) -> bytes:
    """The data with the text of every element of these local names passed through change."""

    def one(found: re.Match[bytes]) -> bytes:
        old = unescape(found[3])
        new = change(old)
        return found[0] if new == old else found[1] + escape(new) + found[4]

    return _text_pattern(names).sub(one, data)


def change_elements(data: bytes, names: tuple[str, ...], change: Callable[[bytes], bytes]) -> bytes:
    """The data with every whole, not self-nesting element of these local names passed through change."""
    return _element_pattern(names).sub(lambda found: change(found[0]), data)


def escape(text: str) -> bytes:
    """Character data as it stands in an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()


def unescape(data: bytes) -> str:
    """What character data or an attribute value says."""

    def one(found: re.Match[str]) -> str:
        if found[1]:
            return chr(int(found[1], 16))
        return chr(int(found[2])) if found[2] else _NAMED[found[3]]

    return _ENTITY.sub(one, data.decode())


def check_start(part: str, data: bytes) -> None:
    """Refuse a part whose bytes are not UTF-8."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:4]:
        raise Refused(
            f"Het onderdeel {part} van de werkmap is niet in UTF-8 geschreven; dat bewerken wij niet."
        )
    declared = _ENCODING.match(data.removeprefix(_BOM))
    if declared and declared[1].lower() not in _UTF8:
        name = declared[1].decode("ascii", "replace")
        raise Refused(
            f"Het onderdeel {part} van de werkmap is in {name} geschreven; wij bewerken alleen UTF-8."
        )


def check_plain(part: str, data: bytes) -> None:
    """Refuse what makes a "<" no tag: comments, CDATA, document types, processing instructions."""
    if b"!" not in data and b"?" not in data:  # by far the quickest look
        return
    start = data.removeprefix(_BOM)
    extra = start.find(b"<?", 2 if start.startswith(b"<?xml") else 0) >= 0
    if b"<!" in data or extra:
        what = "een verwerkingsinstructie" if extra else "commentaar, CDATA of een documenttype"
        raise Refused(
            f"Het onderdeel {part} bevat {what} in de XML; dat kunnen wij niet veilig wijzigen. "
            "Open de werkmap in Excel en sla haar daar op; dan staat het er niet meer in."
        )
