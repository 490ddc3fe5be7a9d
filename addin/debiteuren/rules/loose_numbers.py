"""Invoice numbers written in part: without prefix, year or zeros, in ranges, with a slip of the pen.

Answers: which of these invoices can a text mean, and how much of the number stands there; does it speak of an
invoice that is none of these.
Source: docs/regels.md, "Koppelingen" (part of a number proves nothing without the amount).
Leaves to others: numbers in full (invoice_numbers.py), whether the amount fits (matching_inferred.py).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from debiteuren.rules.number_parts import (
    FIGURES,
    LONG_YEAR,
    RUN,
    SERIAL,
    SHORT_YEAR,
    Part,
    bare,
    is_slip,
    part_of,
    spellings,
)
from debiteuren.rules.payment_text import Context, Joint, Piece, capitals, context_after, masked, pieces
from debiteuren.rules.references import fold

_GLUED = re.compile(r"([A-Z]+)(\d+)")
_MOST_IN_RANGE = 12
_RANGE_WORDS = frozenset({"TM", "TOT"})


class Group(NamedTuple):
    """One number in the text and the invoices it can be, by their place.

    `figures`: how many figures stand there. `until`: it ends a range that the group before it begins.
    """

    places: tuple[int, ...]
    part: Part
    figures: int
    words: str
    until: bool = False


class Reading(NamedTuple):
    """What a text says. `strange`: it names an invoice that is none of ours, in these words."""

    groups: tuple[Group, ...] = ()
    strange: str = ""


_NOTHING = Reading()


@lru_cache(maxsize=20_000)
def _cut(text: str) -> tuple[str, tuple[Piece, ...]]:
    """A text as it is shown, and its pieces; none where no number can be in any of them."""
    if not RUN.search(text):
        return "", ()
    upper = capitals(text)
    found = pieces(masked(upper))
    if not any(piece.has_digit for piece in found):
        return "", ()
    return (text if len(upper) == len(text) else upper), tuple(found)


class LooseNumbers:
    """Open invoices by their place, to be found by part of their number.

    `numbers`: place and number, in capitals. Which of several is meant, the amount must say.
    """

    def __init__(self, numbers: Mapping[int, str], shapes: frozenset[str]) -> None:
        self._numbers = numbers
        self._shapes = shapes
        self._found: dict[tuple[str, ...], tuple[tuple[int, ...], Part]] = {}
        self._by_key: dict[tuple[str, ...] | str, list[int]] | None = None

    def read(self, text: str) -> Reading:
        """What a text names in part.

        >>> numbers = LooseNumbers({7: "2026-0042", 8: "2026-0043"}, frozenset())
        >>> [(one.places, one.part.name) for one in numbers.read("fact 42 en 0043").groups]
        [((7,), 'SERIAL'), ((8,), 'SERIAL')]
        """
        shown, parts = _cut(text)
        return _Reader(self, shown, parts).run() if parts else _NOTHING

    def look_up(self, runs: tuple[str, ...]) -> tuple[tuple[int, ...], Part]:
        """The places these rows of figures can be, and as how much of the number: the most there is."""
        known = self._found.get(runs)
        if known is None:
            best: list[int] = []
            most = Part.SLIP
            for place in self._candidates(runs):
                part = part_of(runs, self._numbers[place])
                if part is None or part < most:
                    continue
                if part > most:
                    most, best = part, []
                best.append(place)
            known = self._found[runs] = (tuple(best), most)
        return known

    def slips(self, written: str) -> tuple[int, ...]:
        """The places whose number this folded word is but for one slip; only of few numbers."""
        if len(self._numbers) > _MOST_COMPARED:
            return ()
        return tuple(place for place, number in self._numbers.items() if is_slip(written, fold(number)))

    def between(self, first: int, last: int) -> tuple[int, ...]:
        """The places of a range of numbers, both ends with it; () when it is none, or too long."""
        one, other = self._numbers.get(first, ""), self._numbers.get(last, "")
        low, high = RUN.findall(one)[-1:], RUN.findall(other)[-1:]
        if not low or not high or len(low[0]) != len(high[0]):
            return ()
        stem = one[: one.rindex(low[0])]
        if not other.startswith(stem) or not 0 < int(high[0]) - int(low[0]) < _MOST_IN_RANGE:
            return ()
        wanted = {f"{stem}{serial:0{len(low[0])}d}" for serial in range(int(low[0]), int(high[0]) + 1)}
        by_number = {number: place for place, number in self._numbers.items() if number in wanted}
        return tuple(by_number[number] for number in sorted(by_number))

    def has_shape(self, folded: str) -> bool:
        """Whether a folded word looks like a number of ours."""
        return folded.translate(FIGURES) in self._shapes

    def _candidates(self, runs: tuple[str, ...]) -> Iterable[int]:
        if len(self._numbers) <= _MOST_COMPARED:
            return self._numbers
        if self._by_key is None:
            self._by_key = {}
            for place, number in self._numbers.items():
                for key in _keys(tuple(RUN.findall(number))):
                    self._by_key.setdefault(key, []).append(place)
        keys: set[tuple[str, ...] | str] = set(spellings(runs))
        if len(runs) == 1:
            keys |= {("", bare(runs[0])), runs[0]}
        found: set[int] = set()
        for key in keys:
            known = self._by_key.get(key, ())
            if len(known) <= _MOST_ALIKE:
                found.update(known)
        return sorted(found)


_MOST_COMPARED = 40
"""Fewer numbers are gone through one by one."""
_MOST_ALIKE = 50
"""What could be more numbers than this says nothing."""
_LONGEST_TAIL = 6


def _keys(runs: tuple[str, ...]) -> Iterable[tuple[str, ...] | str]:
    if not runs:
        return
    for reading in spellings(runs):
        yield reading
        if len(reading) > 1:
            yield "", reading[-1]
    last = runs[-1]
    for length in range(SERIAL, min(len(last), _LONGEST_TAIL + 1)):
        yield last[-length:]


class _Reader:
    """One reading of a text."""

    def __init__(self, numbers: LooseNumbers, shown: str, parts: Sequence[Piece]) -> None:
        self._numbers = numbers
        self._shown, self._pieces = shown, parts
        self._context = Context.NONE
        self._range = False
        self._groups: list[Group] = []
        self._strange = ""

    def run(self) -> Reading:
        """Read all pieces."""
        at = 0
        while at < len(self._pieces):
            at += self._piece(at)
        return Reading(tuple(self._groups), self._strange)

    def _piece(self, at: int) -> int:
        """Read the piece here; how many pieces it took."""
        piece = self._pieces[at]
        if not piece.has_digit:
            for atom in piece.atoms:
                if atom in _RANGE_WORDS or piece.atoms == ("T", "M"):
                    self._range = bool(self._groups)
                self._context = context_after(atom, self._context)
            return 1
        runs = self._runs(piece)
        if self._context.is_foreign and len(runs) == 1:
            self._range = False
            return 1
        following = self._pieces[at + 1] if at + 1 < len(self._pieces) else None
        if following is not None and following.joint is Joint.SPACE and _is_year(runs):
            both = (*runs, *self._runs(following))
            if following.has_digit and self._whole(both, (piece, following)):
                return 2
        if not self._whole(runs, (piece,)) and not self._listed(piece, runs):
            self._slip(piece)
        self._range = False
        return 1

    def _runs(self, piece: Piece) -> tuple[str, ...]:
        for atom in piece.atoms:
            if (glued := _GLUED.fullmatch(atom)) is not None:
                self._context = context_after(glued[1], self._context)
        return tuple(run for atom in piece.atoms for run in RUN.findall(atom))

    def _whole(self, runs: tuple[str, ...], parts: Sequence[Piece]) -> bool:
        places, part = self._numbers.look_up(runs)
        if not places or (part < Part.WHOLE and not self._may_be_part(runs)):
            return False
        self._add(places, part, runs, parts)
        return True

    def _may_be_part(self, runs: tuple[str, ...]) -> bool:
        """Part of a number counts behind a word such as factuur, or where it is plainly a serial."""
        if self._context is Context.INVOICE or self._groups:
            return True
        figures = runs[-1]
        if LONG_YEAR.fullmatch(figures):
            return False
        return len(figures) >= SERIAL and (
            self._context is Context.SUBJECT or len(self._pieces) == 1 or figures.startswith("0")
        )

    def _listed(self, piece: Piece, runs: tuple[str, ...]) -> bool:
        """Several numbers tied together: 42/43/45, or a range: 20260042-45. All are ours, or none."""
        if len(runs) < len(("42", "43")):
            return False
        count = next((one for one in range(len(runs) - 1, 1, -1) if self._is_whole(runs[:one])), 1)
        numbers = [runs[:count]]
        for run in runs[count:]:
            alike = (*runs[: count - 1], runs[count - 1][: -len(run)] + run)
            numbers.append(alike if self._is_whole(alike) else (run,))
        found = [self._numbers.look_up(one) for one in numbers]
        if not all(places for places, _ in found):
            return False
        ties = piece.ties[len(piece.ties) - len(numbers) + 1 :]
        for place, (number, (places, part)) in enumerate(zip(numbers, found, strict=True)):
            self._range = 0 < place <= len(ties) and ties[place - 1] in {"-", "–"}
            self._add(places, part, number, (piece,))
        return True

    def _is_whole(self, runs: tuple[str, ...]) -> bool:
        places, part = self._numbers.look_up(runs)
        return bool(places) and part is Part.WHOLE

    def _slip(self, piece: Piece) -> None:
        folded = "".join(piece.atoms)
        places = self._numbers.slips(folded)
        words = self._shown[piece.start : piece.end]
        if places:
            self._groups.append(Group(places, Part.SLIP, len(folded), words))
        elif not self._strange and self._speaks_of_an_invoice(folded):
            self._strange = words

    def _speaks_of_an_invoice(self, folded: str) -> bool:
        if self._context is Context.INVOICE or self._numbers.has_shape(folded):
            return not LONG_YEAR.fullmatch(folded)
        return self._context is Context.SUBJECT and len(folded) > len("2026")

    def _add(
        self, places: tuple[int, ...], part: Part, runs: tuple[str, ...], parts: Sequence[Piece]
    ) -> None:
        words = " ".join(self._shown[parts[0].start : parts[-1].end].split())
        self._groups.append(Group(places, part, sum(map(len, runs)), words, until=self._range))
        self._range = False


def _is_year(runs: Sequence[str]) -> bool:
    return len(runs) == 1 and bool(LONG_YEAR.fullmatch(runs[0]) or SHORT_YEAR.fullmatch(runs[0]))
