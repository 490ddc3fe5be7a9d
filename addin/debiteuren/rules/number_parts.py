"""Two numbers compared part by part: how much of an invoice number stands here.

Answers: is this all of the number but for zeros and the length of the year, its serial, its last figures, or
the number with one slip of the pen.
Source: how people shorten numbers; docs/regels.md, "Delen van nummers".
Leaves to others: which words of a text are numbers (loose_numbers.py), what it proves (matching_inferred.py).
"""

import re
from enum import IntEnum
from functools import lru_cache

from debiteuren.rules.references import fold

RUN = re.compile(r"\d+")
LONG_YEAR = re.compile(r"20[0-4]\d")
SHORT_YEAR = re.compile(r"[12]\d")
LEAST_TAIL = 2
SERIAL = 3
"""So many figures as they stand in the number are its serial; fewer may be anything."""
_LEAST_SERIAL_AFTER_YEAR = 3
_LEAST_SLIP = 5
"""In a shorter number one slip makes another number altogether."""
_LIKE_FIGURES = str.maketrans("OIL", "011")
FIGURES = str.maketrans("0123456789", "9999999999")


class Part(IntEnum):
    """How much of a number stands there; more is better."""

    SLIP = 0
    """One figure wrong, lost, doubled or swapped, or a letter for a figure."""
    SHORT = 1
    """Its last figures, one or two: "42" of 100042."""
    SERIAL = 2
    """Its serial, or its last three figures or more: "42" or "0042" of 2026-0042."""
    WHOLE = 3
    """All of it but for zeros, letters and the length of the year: "26-42" of F2026-0042."""


@lru_cache(maxsize=200_000)
def spellings(runs: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The ways to read rows of figures as year and serial, without zeros in front.

    >>> sorted(spellings(("2026", "0042"))), sorted(spellings(("20260042",)))
    ([('26', '42')], [('20260042',), ('26', '42')])
    """
    if len(runs) > 1:
        parts = tuple([run[2:] if LONG_YEAR.fullmatch(run) else bare(run) for run in runs])
        if LONG_YEAR.fullmatch(runs[-1]):
            return tuple(dict.fromkeys((parts, (parts[-1], *parts[:-1]))))
        return (parts,)
    run = runs[0]
    found: list[tuple[str, ...]] = [(bare(run),)]
    if LONG_YEAR.match(run) and len(run) >= len("2026") + LEAST_TAIL:
        found.append((run[2:4], bare(run[4:])))
    if SHORT_YEAR.match(run) and len(run) >= len("26") + _LEAST_SERIAL_AFTER_YEAR:
        found.append((run[:2], bare(run[2:])))
    return tuple(found)


def bare(run: str) -> str:
    """Figures without zeros in front."""
    return run.lstrip("0") or "0"


@lru_cache(maxsize=200_000)
def _ends(number: str) -> str:
    """The last figure of each row of figures: what is part of a number ends as one of them."""
    return "".join(run[-1] for run in RUN.findall(number))


def part_of(written: tuple[str, ...], number: str) -> Part | None:
    """How much of a number these rows of figures are; None when they are none of it."""
    ends = _ends(number)
    if not any(run[-1] in ends for run in written):
        return None
    runs = tuple(RUN.findall(number))
    readings, ours = spellings(written), spellings(runs)
    if any(one in ours for one in readings if len(one) > 1 or len(runs) == 1):
        return Part.WHOLE
    return _tail_of(written[0], runs[-1], ours) if len(written) == 1 else None


def _tail_of(figures: str, last: str, ours: tuple[tuple[str, ...], ...]) -> Part | None:
    """Whether figures are the serial of a number, or the end of its last row."""
    if any(len(one) > 1 and one[-1] == bare(figures) for one in ours):
        return Part.SERIAL
    if len(figures) < LEAST_TAIL or last == figures or not last.endswith(figures):
        return None
    return Part.SERIAL if len(figures) >= SERIAL else Part.SHORT


def is_slip(written: str, number: str) -> bool:
    """Whether a folded word is a folded number but for one slip, or letters that look like figures.

    >>> is_slip("20260024", "20260042"), is_slip("2O26O042", "20260042"), is_slip("20260051", "20260042")
    (True, True, False)
    """
    if abs(len(written) - len(number)) > 1 or len(number) < _LEAST_SLIP:
        return False
    if written == number or not any(sign.isdigit() for sign in written):
        return False
    one, other = written.translate(_LIKE_FIGURES), number.translate(_LIKE_FIGURES)
    if one == other:
        return True
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    swapped = one[:2] == other[1::-1] and len(one) > 1 and one[2:] == other[2:]
    return swapped or one[1:] == other[1:] or one == other[1:] or one[1:] == other


def shape_of(number: str) -> str:
    """A folded number with a nine for every figure: what numbers of one series have in common.

    >>> shape_of("F2026-0042")
    'F99999999'
    """
    return fold(number).translate(FIGURES)
