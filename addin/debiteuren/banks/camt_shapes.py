"""Entries that look alike: the words of a CAMT entry by its place, when an earlier one had the same elements.

Answers: which words stand in this piece of XML. A file has thousands of entries and a handful of shapes: the
same tags in the same order. The first of a shape is parsed by lxml; of the next ones only the text between
the tags differs, so that their words are found by counting. That gives what the walk gives (a test compares
them over every sample), and is several times faster than a tree per entry.
What makes this safe: a piece is only read by shape when its tags are those of a piece lxml found well-formed,
its text holds no "<", no entity but XML's own five and nothing XML forbids; whatever else goes to lxml.
Leaves to others: what the words mean (camt_entry.py), where pieces begin and end (camt_pieces.py).
"""

import re
from collections.abc import Callable
from operator import itemgetter
from typing import NamedTuple, cast

from lxml import etree

from debiteuren.banks.camt_tree import NOTHING, local_name, node_of
from debiteuren.banks.camt_words import (
    DetailWords,
    EntryWords,
    Said,
    detail_words,
    details_of,
    entry_words,
    said_in,
)

MOST_SHAPES = 200
LONGEST = 16_000
"""Signs in an entry that is worth remembering; a batch of thousands comes once."""

# A text of white space alone counts as none, as in camt_tree. Text that begins with white space is rare, and
# looking for it takes as long again.
_TEXT = re.compile(r">([^<\s][^<]*)<")
_SPACED_TEXT = re.compile(r">\s*+([^<\s][^<]*)<")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)")
_UNREAD = ("<!", "<?", "]]>")
_MARK = "\ue000"
_MARKED = re.compile(rf"{_MARK}(\d+){_MARK}")

_Picked = Callable[[list[str]], tuple[str, ...]]


class Words(NamedTuple):
    """All words of an entry with at most one detail."""

    entry: EntryWords
    detail: DetailWords
    said: Said


class _Shape(NamedTuple):
    """Where the words stand among the texts of an entry, after which `constants` are put."""

    constants: list[str]
    entry: _Picked
    detail: _Picked
    said: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]


class Shapes:
    """The shapes seen so far in one file."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], _Shape | None] = {}

    def words(self, piece: str) -> Words | None:
        """The words of this entry, from "<Ntry>" through "</Ntry>"; None when the tree must tell them."""
        if len(piece) > LONGEST or "]]>" in piece:
            return None
        parts = _TEXT.split(piece)
        shape = self._known.get(tuple(parts[::2]))
        if shape is None:
            parts = _SPACED_TEXT.split(piece)
            shape = self._learned(tuple(parts[::2]))
            if shape is None:
                return None
        texts = parts[1::2]
        if "&" in piece:
            if _ENTITY.search(piece):
                return None
            texts = [_plain(text) if "&" in text else text for text in texts]
        joined = " ".join(texts)
        if "  " in joined or joined[-1:] == " " or not joined.isprintable():
            texts = [" ".join(text.split()) for text in texts]
        texts += shape.constants
        lines, references, extra = shape.said
        return Words(
            EntryWords._make(shape.entry(texts)),
            DetailWords._make(shape.detail(texts)),
            Said(
                tuple([texts[at] for at in lines]),
                tuple([texts[at] for at in references]) if references else (),
                tuple([texts[at] for at in extra]) if extra else (),
            ),
        )

    def _learned(self, tags: tuple[str, ...]) -> _Shape | None:
        if tags not in self._known and len(self._known) < MOST_SHAPES:
            self._known[tags] = _shape_of(tags)
        return self._known.get(tags)


def _plain(text: str) -> str:
    """The text with XML's own five entities written out."""
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


def _shape_of(tags: tuple[str, ...]) -> _Shape | None:
    """The shape of these tags, None when it cannot be read by counting: damaged, or a batch."""
    written = "".join(
        tag + (f">{_MARK}{number}{_MARK}<" if number < len(tags) - 1 else "")
        for number, tag in enumerate(tags)
    )
    if any(sign in written for sign in _UNREAD) or any(_MARK in tag for tag in tags):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        element = etree.fromstring(written, parser)
    except (etree.LxmlError, ValueError):
        return None
    node = node_of(element)
    details = details_of(node)
    if len(details) > 1 or local_name(str(element.tag)) != "Ntry":
        return None
    detail = details[0] if details else NOTHING
    constants: list[str] = []

    def place(word: str) -> int:
        marked = _MARKED.fullmatch(word)
        if marked:
            return int(marked[1])
        constants.append(word)
        return len(tags) - 2 + len(constants)

    def getter(words: tuple[str, ...]) -> _Picked:
        return cast("_Picked", itemgetter(*map(place, words)))  # of several places, so it gives a tuple

    entry, picked = getter(entry_words(node)), getter(detail_words(detail))
    lines, references, extra = (tuple(map(place, words)) for words in said_in(detail))
    return _Shape(constants, entry, picked, (lines, references, extra))
