"""Which open invoices add up to an amount.

Answers: every way to make an amount of some open invoices, so that the only way can be told from one of many.
Source: docs/regels.md, "Optellen" (bounded: of many open invoices not every sum is tried).
Leaves to others: whose invoices they are and what that proves (matching_inferred.py).
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from itertools import combinations

MOST_SUMMED = 8
"""Of more open invoices only all together and the oldest ones in a row are tried."""
_MOST_IN_A_ROW = 40
_MOST_KEPT = 1000

Places = tuple[int, ...]


class Sums:
    """Remembers the sums it worked out, for the same open invoices are asked for again and again."""

    def __init__(self) -> None:
        self._known: dict[tuple[tuple[int, Decimal], ...], dict[int, list[Places]]] = {}

    def ways(self, owed: Sequence[tuple[int, Decimal]], amount: Decimal) -> tuple[Places, ...]:
        """The ways to make `amount` of two or more of these (place, open amount), oldest first.

        >>> Sums().ways([(4, Decimal("60.00")), (5, Decimal("40.00"))], Decimal("100.00"))
        ((4, 5),)
        """
        if len(owed) <= 1:
            return ()
        key = tuple(owed)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            known = self._known[key] = _all_sums(key)
        return tuple(known.get(int(amount * 100), ()))


def _all_sums(owed: Sequence[tuple[int, Decimal]]) -> dict[int, list[Places]]:
    """Every sum that is tried and its ways, from few invoices to many; in cents, for there are many sums."""
    places = [place for place, _ in owed]
    cents = [int(amount * 100) for _, amount in owed]
    found: dict[int, list[Places]] = {}
    if len(owed) <= MOST_SUMMED:
        for way in _subsets(len(owed)):
            total = sum([cents[at] for at in way])
            found.setdefault(total, []).append(tuple([places[at] for at in way]))
    else:
        for size in sorted({*range(2, min(len(owed), _MOST_IN_A_ROW) + 1), len(owed)}):
            found.setdefault(sum(cents[:size]), []).append(tuple(places[:size]))
    return found


@cache
def _subsets(count: int) -> tuple[Places, ...]:
    """All choices of two or more of so many things."""
    return tuple(way for size in range(2, count + 1) for way in combinations(range(count), size))
