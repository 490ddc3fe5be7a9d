"""The bookings we have, while files come in.

Answers: is this booking of a file a row we have, by its id or by what it says. Within one file each row
stands for one booking, so that two equal ones stay two.
Source: docs/regels.md, "Dezelfde boeking".
Leaves to others: when two bookings are the same (rules/booking_keys.py).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from debiteuren.domain.money import ZERO
from debiteuren.domain.payment import BankTransaction, Payment
from debiteuren.rules.booking_keys import BookingKey, Place, booking_key


@dataclass(slots=True, eq=False)
class KnownRow:
    """A row of Betalingen, there or planned, with the files that gave it once more."""

    payment: Payment
    key: BookingKey
    used_by: set[int] = field(default_factory=set)


class KnownBookings:
    """The rows we have, to be found by id or by key. Within one file each row stands for one booking."""

    def __init__(self, payments: Sequence[Payment]) -> None:
        self.by_id: dict[str, KnownRow] = {}
        self.by_place: dict[Place, dict[str, list[KnownRow]]] = defaultdict(lambda: defaultdict(list))
        self.by_day: dict[tuple[str, date], list[KnownRow]] = defaultdict(list)
        for payment in payments:
            self.add(payment)

    def add(self, payment: Payment, file: int | None = None) -> None:
        """Remember a row; `file` is the one that gave it."""
        row = KnownRow(payment, booking_key(payment), {file} if file is not None else set())
        self.by_id.setdefault(payment.transaction, row)
        self.by_place[row.key.place][row.key.counter].append(row)
        self.by_day[row.key.place.account, payment.booked].append(row)

    def find(self, transaction: BankTransaction, source: str, file: int) -> KnownRow | None:
        """The row that is this booking from another source, or one without an id of the bank."""
        key = booking_key(transaction)
        groups = self.by_place.get(key.place, {})
        counters = [key.counter, ""] if key.counter else list(groups)
        for counter in dict.fromkeys(counters):
            for row in groups.get(counter, ()):
                by_text = row.payment.source != source or not transaction.bank_id
                if by_text and file not in row.used_by and key.same(row.key):
                    return row
        return None

    def in_parts(self, totals: Sequence[Payment], file: int) -> list[KnownRow]:
        """The rows that are these totals of one account and day in parts, none where they are not.

        The parts are all rows of that day, of one source, that this file did not give once more: more than
        there are totals, and to the cent the same amount.
        """
        place = booking_key(totals[0]).place
        left = [row for row in self.by_day.get((place.account, place.booked), ()) if file not in row.used_by]
        same = sum((row.payment.amount for row in left), ZERO) == sum((row.amount for row in totals), ZERO)
        one_source = len({row.payment.source for row in left}) == 1
        return left if same and one_source and len(left) > len(totals) else []
