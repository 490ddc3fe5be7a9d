"""Invoice numbers and the references we print on them.

Source: docs/regels.md, "Kenmerken" (betalingskenmerk of 16 digits).
"""

from collections.abc import Iterable
from itertools import count

from debiteuren.demo.facts import Bill

_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)
_ELEVEN = 11
_OUR_PREFIX = "4188265"


def numbers(bills: Iterable[Bill]) -> dict[Bill, str]:
    """2026-0001 and on, by invoice day; every year starts anew."""
    counters: dict[int, count[int]] = {}
    found = {}
    for bill in sorted(bills, key=lambda bill: (bill.issued, bill.serial)):
        counter = counters.setdefault(bill.issued.year, count(1))
        found[bill] = f"{bill.issued.year}-{next(counter):04d}"
    return found


def betalingskenmerk(number: str) -> str:
    """Our own 16-digit reference for an invoice number: a check digit and 15 digits.

    >>> betalingskenmerk("2026-0042")
    '1418826520260042'
    """
    digits = _OUR_PREFIX + number.replace("-", "")
    total = sum(int(digit) * _WEIGHTS[place % len(_WEIGHTS)] for place, digit in enumerate(reversed(digits)))
    check = _ELEVEN - total % _ELEVEN
    return f"{ {10: 1, 11: 0}.get(check, check) }{digits}"
