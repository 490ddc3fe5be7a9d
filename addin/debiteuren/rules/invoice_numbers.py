"""Invoice numbers in the text of a payment, as people write them.

Answers: which of our numbers does this text name, in which words, and how firmly.
Source: docs/regels.md, "Koppelingen"; samples of the banks (MT940 breaks numbers over lines).
Leaves to others: whether the amount fits and what it means (matching_sure.py); amounts, dates, IBANs and the
words around a number (payment_text.py); the numbers themselves (number_index.py).
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from debiteuren.rules.number_index import (
    DIGIT_WORD,
    EDGES,
    GLUED_WORD,
    LONG,
    STUCK_WORD,
    NumberIndex,
    is_day_like,
)
from debiteuren.rules.payment_text import (
    Context,
    Joint,
    Piece,
    capitals,
    context_after,
    is_connector,
    masked,
    pieces,
)
from debiteuren.rules.references import fold

SHORT = 4
"""A number with fewer letters and digits counts only behind a word such as factuur or nr."""
_YEAR = re.compile(r"20[0-4]\d")
"""Four figures that are a year as a rule: "contributie 2026"."""
_LONGEST_SPLIT = 4
"""A number is looked for in at most so many parts."""
_HEAD = 3


class Mention(NamedTuple):
    """Something in a text that is one of our numbers.

    `places`: positions in the list of numbers; more than one when it can be read in several ways.
    `words`: as it stands there. `firm`: it can hardly be anything else, also without a fitting amount.
    `other_word`: it stands behind a word that says it is no invoice: bestelling, offerte.
    """

    places: tuple[int, ...]
    words: str
    firm: bool = True
    other_word: bool = False


def find(index: NumberIndex, text: str, *, alone_is_firm: bool = True) -> tuple[Mention, ...]:
    """Every number of ours that the text names, in the order in which it names them.

    A number counts when nothing else is tied to it: 1001 is not in 21001, 1001-AB, a date, an IBAN, a
    postcode or behind "klantnr". Case, separators and breaks make no difference. A text that is nothing but
    the number names it firmly, unless `alone_is_firm` is off (a payer's own reference).

    >>> find(NumberIndex(["2026-0042", "2026-0043"]), "fact. 20260042 en 0043")[1].words
    '0043'
    """
    return _Search(index, text, alone_is_firm=alone_is_firm).run()


class _Search:
    """One slow reading of a text, piece by piece."""

    def __init__(self, index: NumberIndex, text: str, *, alone_is_firm: bool) -> None:
        self._index = index
        upper = capitals(text)
        self._shown = text if len(upper) == len(text) else upper
        keep = tuple(
            (word.start(), word.end())
            for word in DIGIT_WORD.finditer(upper)
            if index.is_plain(word[0].strip(EDGES))
        )
        self._pieces = pieces(masked(upper, keep))
        self._context = Context.NONE
        self._tail = ""  # the last number found, folded, as long as only connectors follow
        self._found: dict[tuple[int, ...], Mention] = {}
        self._alone_is_firm = alone_is_firm

    def run(self) -> tuple[Mention, ...]:
        at = 0
        while at < len(self._pieces):
            if self._pieces[at].joint is Joint.BREAK:
                self._tail = ""
            at += self._split(at) or self._single(at)
        return self._settled()

    def _split(self, at: int) -> int:
        """A number broken over several pieces; the count of pieces it takes, 0 when there is none."""
        first = self._pieces[at]
        if not self._index.may_begin(first.atoms) and len("".join(first.atoms)) >= _HEAD:
            return 0
        counts: list[int] = [*self._loose_figures(at), *range(_LONGEST_SPLIT, 1, -1)]
        for count in counts:
            parts = self._pieces[at : at + count]
            if len(parts) < count or any(part.joint is not Joint.SPACE for part in parts[1:]):
                continue
            atoms = [atom for part in parts for atom in part.atoms]
            if sum(map(len, atoms)) < LONG:
                continue
            if places := self._index.folded(atoms):
                own = [
                    place
                    for part in parts
                    if len("".join(part.atoms)) >= SHORT
                    for place in self._index.folded(part.atoms)
                ]
                self._add((*places, *own), parts, "".join(atoms))
                return count
        return 0

    def _loose_figures(self, at: int) -> list[int]:
        """The length of a row of single signs: "2 0 2 6 0 0 4 2"; nothing when there is none."""
        end = at
        while end < len(self._pieces) and len("".join(self._pieces[end].atoms)) == 1:
            end += 1
        return [end - at] if end - at >= LONG else []

    def _single(self, at: int) -> int:
        piece = self._pieces[at]
        if not piece.has_digit:
            for atom in piece.atoms:
                self._hear(atom)
            return 1
        atoms = self._unglued(piece.atoms)
        whole = self._index.exact(self._shown[piece.start : piece.end]) or self._index.folded(atoms)
        if whole:
            if self._may_count(atoms):
                self._add(whole, [piece], "".join(atoms))
        else:
            self._parts(piece, atoms)
        return 1

    def _unglued(self, atoms: tuple[str, ...]) -> tuple[str, ...]:
        """Without the word glued to the number: "FACT1001"; unless that is how the number begins."""
        word = STUCK_WORD.match(atoms[0])
        if word is not None and self._index.folded((atoms[0][word.end() :], *atoms[1:])):
            self._context = context_after(word[0], Context.NONE)
            return (atoms[0][word.end() :], *atoms[1:])
        found = GLUED_WORD.fullmatch(atoms[0])
        if found is None or self._index.may_begin(atoms):
            return atoms
        self._context = context_after(found[1], Context.NONE)
        return (found[2], *atoms[1:])

    def _parts(self, piece: Piece, atoms: tuple[str, ...]) -> None:
        """A piece that holds several numbers, or one behind a word: all its digits must be ours, or none."""
        context, tail = self._context, self._tail
        read: list[tuple[tuple[int, ...], str]] = []
        at = 0
        while at < len(atoms):
            count, places = self._longest(atoms, at)
            if places:
                self._tail = "".join(atoms[at : at + count])
                read.append((places, self._tail))
            elif atoms[at].isalpha():
                self._hear(atoms[at])
            else:
                places, number = self._suffix(atoms[at]) if not at or piece.ties[at - 1] == "/" else ((), "")
                if not places:
                    self._context, self._tail = context, tail
                    return
                self._tail = number
                read.append((places, number))
            at += count
        for places, number in read:
            self._add(places, [piece], number)

    def _longest(self, atoms: tuple[str, ...], at: int) -> tuple[int, tuple[int, ...]]:
        for count in range(len(atoms) - at, 0, -1):
            run = atoms[at : at + count]
            places = self._index.folded(run)
            if places and self._may_count(run):
                return count, places
        return 1, ()

    def _suffix(self, atom: str) -> tuple[tuple[int, ...], str]:
        """The end of a number whose start is that of the number before it: "2026-0042 en 0043"."""
        head, end = self._tail[: -len(atom)], self._tail[-len(atom) :]
        if len(atom) > 1 and head and end.isdigit() and atom.isdigit():
            return self._index.folded([head, atom]), head + atom
        return (), ""

    def _hear(self, word: str) -> None:
        self._context = context_after(word, self._context)
        if not is_connector(word) and self._context is not Context.INVOICE:
            self._tail = ""

    def _may_count(self, atoms: Sequence[str]) -> bool:
        """A short number or a year needs its word; a bare row of digits must not be said to be another's."""
        number = "".join(atoms)
        if len(number) < SHORT:
            return self._context is Context.INVOICE
        if _YEAR.fullmatch(number):
            return self._context in {Context.INVOICE, Context.SUBJECT}
        return not (self._context.is_foreign and len(atoms) == 1 and number.isdigit())

    def _add(self, places: tuple[int, ...], parts: Sequence[Piece], number: str) -> None:
        suffix = self._suffix(number)[0] if len(parts) == 1 else ()
        self._tail = number
        key = tuple(dict.fromkeys((*places, *suffix)))
        words = self._shown[parts[0].start : parts[-1].end]
        firm = self._context in {Context.INVOICE, Context.SUBJECT} or not (
            number.isdigit() and (len(number) < LONG or is_day_like(number))
        )
        known = self._found.get(key)
        other = self._context is Context.OTHER
        if known is None or (firm and not known.firm) or (known.other_word and not other):
            other = other and (known is None or known.other_word)
            self._found[key] = Mention(key, " ".join(words.split()), firm, other)

    def _settled(self) -> tuple[Mention, ...]:
        found = tuple(self._found.values())
        if not self._alone_is_firm or all(mention.firm for mention in found):
            return found
        only_numbers = all(
            piece.has_digit or all(is_connector(atom) or _speaks(atom) for atom in piece.atoms)
            for piece in self._pieces
        )
        if not only_numbers:
            return found
        return tuple(mention._replace(firm=True) for mention in found)


def without_days(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Without numbers that look like a day and stand beside a number that cannot be anything else."""
    if len(mentions) == 1 or not any(one.firm for one in mentions):
        return mentions
    return tuple(one for one in mentions if one.firm or not is_day_like(fold(one.words)))


def _speaks(word: str) -> bool:
    return context_after(word, Context.NONE) in {Context.INVOICE, Context.SUBJECT}
