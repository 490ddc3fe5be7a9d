"""Which open invoices add up to an amount.

Answers: every way to make an amount of some open invoices, so that the only way can be told from one of many.
Source: docs/regels.md, "Optellen" (bounded: of many open invoices not every sum is tried).
Leaves to others: whose invoices they are and what that proves (matching_inferred.py).
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from debiteuren.domain.money import ZERO

MOST_SUMMED = 8
"""Of more open invoices only all together and the oldest ones in a row are tried."""
_MOST_IN_A_ROW = 40
_MOST_KEPT = 1000

Places = tuple[int, ...]


class Sums:
    """Remembers the sums it worked out, for the same open invoices are asked for again and again."""

    def __init__(self) -> None:
        self._known: dict[tuple[tuple[int, Decimal], ...], dict[Decimal, list[Places]]] = {}

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
        return tuple(known.get(amount, ()))


def _all_sums(owed: Sequence[tuple[int, Decimal]]) -> dict[Decimal, list[Places]]:
    ways: list[Sequence[tuple[int, Decimal]]]
    if len(owed) <= MOST_SUMMED:
        ways = [way for size in range(2, len(owed) + 1) for way in combinations(owed, size)]
    else:
        sizes = sorted({*range(2, min(len(owed), _MOST_IN_A_ROW) + 1), len(owed)})
        ways = [owed[:size] for size in sizes]
    found: dict[Decimal, list[Places]] = {}
    for way in ways:
        total = sum((amount for _, amount in way), ZERO)
        found.setdefault(total, []).append(tuple(place for place, _ in way))
    return found
