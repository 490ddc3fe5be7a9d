"""A batch that one file gives as a total and another gives in parts: the same money twice.

Answers: which later rows are the parts of an earlier total. MT940 books a batch as one line without a
counterparty, CAMT gives its parts where the bank tells them. Rows the two files agree on come in once
(booking_keys.py), so on such a day one source is left with the total and the other with the parts.
Source: docs/regels.md, "Dezelfde boeking".
Leaves to others: the total that comes after the parts, which is not read again (jobs/bank_import.py).
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from debiteuren.domain.account import account_core
from debiteuren.domain.money import ZERO
from debiteuren.domain.payment import Payment, says_no


def repeated_parts(payments: Sequence[Payment], known: Collection[str]) -> dict[str, str]:
    """Transactions that are the parts of an earlier total of another source, with the total's transaction.

    All rows a later source has on a day (at least two, those in `known` left out) must add up to the cent to
    one earlier row without a counterparty, or to all of those together. What the user decided stays decided.
    `payments` in sheet order.
    """
    days: dict[tuple[date, str], dict[str, list[Payment]]] = defaultdict(dict)
    if len({payment.source for payment in payments}) < 2:  # noqa: PLR2004 - it takes two
        return {}
    for payment in payments:
        day = days[payment.booked, account_core(payment.account)]
        day.setdefault(payment.source, []).append(payment)
    found: dict[str, str] = {}
    for sources in days.values():
        totals: list[Payment] = []
        for rows in sources.values():
            parts = [row for row in rows if row.transaction not in known]
            total = _total_of(sum((row.amount for row in parts), ZERO), totals) if len(parts) > 1 else None
            if total is not None:
                found |= {row.transaction: total.transaction for row in parts if not row.choice.strip()}
            totals += [row for row in rows if not row.counter_account.strip() and not says_no(row.choice)]
    return found


def _total_of(amount: Decimal, totals: Sequence[Payment]) -> Payment | None:
    """The row of this amount, or the first where all of them together are."""
    one = next((row for row in totals if row.amount == amount), None)
    together = bool(totals) and sum((row.amount for row in totals), ZERO) == amount
    return one or (totals[0] if together else None)
