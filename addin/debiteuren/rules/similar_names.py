"""Names that look like each other.

Answers: which debtors bear a name like this one, whatever the legal form, title, initials, accents and order.
Source: docs/regels.md, "Koppelingen"; a similar name only is never more than a proposal.
Leaves to others: whether the amount fits (matching_proposals.py).
"""

import re
from collections.abc import Iterable

from debiteuren.domain.debtor import Debtor
from debiteuren.rules.payment_text import capitals

_NOISE = frozenset(
    {
        *(
            "BV",
            "NV",
            "VOF",
            "CV",
            "STICHTING",
            "VERENIGING",
            "HOLDING",
            "BEHEER",
            "GROEP",
            "FIRMA",
            "FA",
            "EO",
        ),
        *(
            "INC",
            "LTD",
            "GMBH",
            "NEDERLAND",
            "DHR",
            "HEER",
            "MEVR",
            "MEVROUW",
            "MW",
            "HR",
            "FAM",
            "FAMILIE",
            "CJ",
        ),
        *("DE", "VAN", "DER", "DEN", "TER", "TEN", "HET", "EN", "OF", "INZAKE", "THE"),
    }
)
_WORD = re.compile(r"[A-Z0-9]+")
_TELLING = 4
"""A name of which only a shorter word is left says too little."""
_HEAD = 3
"""A slip is seldom in the first letters of every word."""
_SIMILAR = 85.0
"""Of 100: so much of the letters is the same, in order (rapidfuzz, normalised Indel)."""
_MOST_SIMILAR = 3
_COMMON = 200
"""A word that more debtors share is not looked up."""


def name_words(name: str) -> frozenset[str]:
    """The words of a name that tell people apart.

    >>> sorted(name_words("Bakkerij J. de Vries B.V."))
    ['BAKKERIJ', 'VRIES']
    """
    bare = capitals(name).replace("'", "")
    return frozenset(word for word in _WORD.findall(bare) if len(word) > 1 and word not in _NOISE)


def is_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names have the same words, or one has all words of the other and at least one tells.

    >>> is_alike(name_words("J. de Vries"), name_words("Vries, Jan de"))
    True
    """
    small, large = sorted((one, other), key=len)
    return bool(small) and small <= large and any(len(word) >= _TELLING for word in small)


class NameIndex:
    """The names of debtors, by word and by how words begin."""

    def __init__(self, debtors: Iterable[Debtor]) -> None:
        self._debtors: dict[str, list[tuple[str, frozenset[str]]]] = {}
        self._alike: dict[frozenset[str], tuple[str, ...]] = {}
        self._by_name: dict[str, tuple[str, ...]] = {}
        self._similar: dict[frozenset[str], tuple[str, ...]] = {}
        self._heads: dict[str, list[tuple[str, frozenset[str]]]] | None = None
        for debtor in debtors:
            spellings = {name_words(debtor.name), name_words(f"{debtor.first_name} {debtor.last_name}")}
            for words in spellings:
                for word in words:
                    self._debtors.setdefault(word, []).append((debtor.number, words))

    def alike(self, name: str) -> tuple[str, ...]:
        """Numbers of the debtors with a name like this one, in order of number."""
        known = self._by_name.get(name)
        if known is None:  # the same payers come back month after month
            known = self._by_name[name] = self._bear(name_words(name))
        return known

    def _bear(self, words: frozenset[str]) -> tuple[str, ...]:
        if words not in self._alike:
            found = {
                number
                for word in words
                if len(known := self._debtors.get(word, [])) <= _COMMON
                for number, other in known
                if is_alike(words, other)
            }
            self._alike[words] = tuple(sorted(found))
        return self._alike[words]

    def said(self, text: str) -> tuple[str, ...]:
        """Numbers of the debtors all words of whose name stand in a text, in order of number."""
        words = name_words(text)
        found = {
            number
            for word in words
            if len(word) >= _TELLING and len(known := self._debtors.get(word, ())) <= _COMMON
            for number, other in known
            if other <= words
        }
        return tuple(sorted(found))

    def similar(self, name: str) -> tuple[str, ...]:
        """Numbers of the debtors whose name is this one but for slips of the pen, most similar first."""
        words = name_words(name)
        if not any(len(word) >= _TELLING for word in words):
            return ()
        if words not in self._similar:
            self._similar[words] = self._look_alike(words)
        return self._similar[words]

    def _look_alike(self, words: frozenset[str]) -> tuple[str, ...]:
        from rapidfuzz import fuzz  # noqa: PLC0415 - only for names that nobody has

        if self._heads is None:
            self._heads = {}
            for entries in self._debtors.values():
                for entry in entries:
                    for head in {word[:_HEAD] for word in entry[1]}:
                        self._heads.setdefault(head, []).append(entry)
        written = " ".join(sorted(words))
        scores: dict[str, float] = {}
        for head in {word[:_HEAD] for word in words}:
            known = self._heads.get(head, [])
            for number, other in known if len(known) <= _COMMON else ():
                score = fuzz.ratio(written, " ".join(sorted(other)))
                if score >= _SIMILAR and score > scores.get(number, 0.0):
                    scores[number] = score
        return tuple(sorted(scores, key=lambda number: (-scores[number], number))[:_MOST_SIMILAR])
