"""Collection costs by the scale of the law ("WIK").

Answers: how much may be charged for collecting this principal.
Source: BW 6:96 lid 4, 5 and 7, Besluit BIK art. 2 (docs/regels.md, "Incassokosten"; figures in statutory.py).
Leaves to others: whether costs may be charged at all (a consumer first gets a correct 14-day letter).
"""

from datetime import date
from decimal import Decimal

from debiteuren.domain.money import ZERO, to_cents
from debiteuren.rules.statutory import cost_scale


def collection_costs(principal: Decimal, on: date) -> Decimal:
    """Costs in euros over a principal in euros, by the scale in force on a day; never with VAT.

    Several claims in one letter are added first (6:96 lid 7). Nothing over nothing.

    >>> collection_costs(Decimal("300.00"), date(2026, 11, 21))
    Decimal('45.00')
    >>> collection_costs(Decimal("100.00"), date(2026, 11, 21))
    Decimal('40.00')
    """
    scale = cost_scale(on)
    if scale is None or principal <= ZERO:
        return ZERO
    costs = ZERO
    rest = principal
    for width, part in scale.bands:
        within = rest if width is None else min(rest, width)
        costs += within * part
        rest -= within
    return min(max(to_cents(costs), scale.least), scale.most)
