"""Our numbers, so that a text can be searched for all of them at once.

Answers: which of our numbers is this, exactly or folded; which numbers does a plain text name.
Source: docs/regels.md, "Koppelingen".
Leaves to others: text that needs care (invoice_numbers.py).
"""

import re
from collections.abc import Sequence

from debiteuren.rules.payment_text import is_noise, is_piece, speaks_of_others
from debiteuren.rules.references import fold

LONG = 6
"""A bare row of fewer digits is firm only behind a word such as factuur: it may be a postcode."""
_HEAD = 3
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGIT_WORD = re.compile(r"\S*\d\S*", re.ASCII)
EDGES = ".,;:()[]{}<>\"'!?#*/+&="
"""What may stand around a number."""
GLUED_WORD = re.compile(
    r"(FACTUUR(?:NUMMER|NR)?|FACTNR|FACT|FAC|FA|F|NOTA|NR|NO|INVOICE|INV)(\d.*)", re.ASCII
)
"""A number glued to its word: "FACT1001"."""
STUCK_WORD = re.compile(r"FACTUUR(?:NUMMER|NR)?|FACTNR|FACT|FAC|NOTA|FA|F", re.ASCII)
"""A word before a number with letters in it: "FACTUURVF25.0042"."""
_DAY_SIGNS = 8
_DAY = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d"
)


def is_day_like(folded: str) -> bool:
    """Whether a row of digits may be a day, such as 20261121."""
    return len(folded) == _DAY_SIGNS and _DAY.fullmatch(folded) is not None


class NumberIndex:
    """Our numbers, folded, so that a text is searched in a few look-ups however many numbers there are."""

    def __init__(self, numbers: Sequence[str]) -> None:
        self._exact: dict[str, int] = {}
        self._folded: dict[str, tuple[int, ...]] = {}
        self._plain: dict[str, int] = {}
        self._heads: set[str] = set()
        self._figures: set[str] = set()
        for place, number in enumerate(numbers):
            upper = number.upper()
            folded = fold(upper)
            if not folded or upper in self._exact:
                continue
            self._exact[upper] = place
            known = (place,)
            twins = self._folded.setdefault(folded, known)
            if twins is not known:
                self._folded[folded] = (*twins, place)
            self._heads.add(folded[:_HEAD])
            self._figures.add(folded[:_HEAD])
            self._figures.add(folded.lstrip(_LETTERS)[:_HEAD])
            if len(folded) >= LONG and not is_day_like(folded):
                self._plain[upper] = place

    def exact(self, written: str) -> tuple[int, ...]:
        """The place of exactly this number, capitals or not; () when there is none."""
        place = self._exact.get(written.upper())
        return () if place is None else (place,)

    def look_up(self, written: str) -> tuple[int, ...]:
        """The places of the number written here and nothing else: exactly, else folded.

        >>> NumberIndex(["2026-0042"]).look_up(" 20260042 ")
        (0,)
        """
        upper = written.strip().upper()
        exact = self._exact.get(upper)
        return self._folded.get(fold(upper), ()) if exact is None else (exact,)

    def plain(self, text: str) -> tuple[tuple[int, ...], bool] | None:
        """The places of the numbers in a text whose words with digits all leave no doubt; None when some do.

        The quick way through the usual text; what it gives is firm. Beside it whether there were words that
        can be no number of ours, but somebody else's.
        """
        places: list[int] = []
        others = False
        for word in DIGIT_WORD.findall(text):
            bare = word.strip(EDGES).upper()
            place = self._plain.get(bare)
            if place is None:
                if is_noise(bare):
                    continue
                if self._is_foreign(bare) or (not places and self._is_strange(bare)):
                    others = True
                    continue
                place = self._written_otherwise(bare)
            if place is None or speaks_of_others(text):
                return None
            places.append(place)
        return (tuple(dict.fromkeys(places)) if len(places) > 1 else tuple(places)), others

    def _is_foreign(self, word: str) -> bool:
        """One run of letters and digits, in capitals, that no number of ours begins with."""
        return (
            word.isalnum()
            and not word.isdigit()
            and len(word) >= _HEAD
            and word[:_HEAD] not in self._heads
            and not GLUED_WORD.fullmatch(word)
            and not STUCK_WORD.match(word)
        )

    def _is_strange(self, word: str) -> bool:
        """A row of figures that no number of ours begins with, nor the figures of one.

        Only where no number stands before it: it may be the end of the next one ("2026-0042 en 0043").
        """
        return word.isdigit() and word.isascii() and len(word) >= _HEAD and word[:_HEAD] not in self._figures

    def _written_otherwise(self, word: str) -> int | None:
        """The only number that a word is but for its separators."""
        folded = fold(word)
        places = self._folded.get(folded, ())
        if len(places) != 1 or len(folded) < LONG or not is_piece(word):
            return None
        return None if is_day_like(folded) else places[0]

    def folded(self, atoms: Sequence[str]) -> tuple[int, ...]:
        """Places of the number these runs make together, () when there is none."""
        return self._folded.get("".join(atoms), ())

    def may_begin(self, atoms: Sequence[str]) -> bool:
        """Whether some number begins as these runs do."""
        return "".join(atoms)[:_HEAD] in self._heads

    def is_plain(self, word: str) -> bool:
        """Whether the word, in capitals, is a number that looks like nothing else."""
        return word in self._plain
