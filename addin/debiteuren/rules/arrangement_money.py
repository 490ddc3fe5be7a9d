"""Whose money it is: which bookings count for which arrangement.

Answers: what each transaction did to an arrangement's invoices, and which newer arrangement gets the money.
Source: docs/regels.md, "Regeling" (the newest complete one counts, money never twice; Vervangt, costs and
interest) and "Termijn" (booked on or after Afgesproken op; Toen al binnen).
Leaves to others: what a storno takes out and which instalment is paid (instalments.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from debiteuren.domain.arrangement import Arrangement
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import ZERO
from debiteuren.rules.arrangement_words import Replacement
from debiteuren.rules.instalments import Movement
from debiteuren.rules.references import fold, is_meaningful
from debiteuren.rules.unpaid import BESIDE_THE_INVOICE, NO_DAY


@dataclass(frozen=True, slots=True)
class _Row:
    transaction: str
    day: date
    amount: Decimal
    reference: str
    beside: bool


class ArrangementMoney:
    """The money of Koppelingen on invoices of arrangements, booked on or before a day.

    `complete`: the arrangements that lack nothing and had been agreed by then.
    """

    def __init__(self, ledger: Ledger, on: date, complete: Sequence[Arrangement]) -> None:
        covered = {number for arrangement in ledger.arrangements for number in arrangement.invoices}
        rows = [row for row in ledger.allocations if row.invoice in covered]
        wanted = {row.transaction for row in rows}
        payments = {one.transaction: one for one in ledger.payments if one.transaction in wanted}
        self._rows: dict[str, list[_Row]] = {}
        for row in rows:
            payment = payments.get(row.transaction)
            day = payment.booked if payment is not None else row.on or NO_DAY
            reference = fold(payment.reference) if payment is not None else ""
            if day <= on:
                self._rows.setdefault(row.invoice, []).append(
                    _Row(
                        row.transaction,
                        day,
                        row.amount,
                        reference if is_meaningful(reference) else "",
                        row.kind in BESIDE_THE_INVOICE,
                    )
                )
        self._complete = complete
        self._loose: dict[str, Decimal] = {}
        if any(arrangement.extras for arrangement in complete):
            placed: dict[str, Decimal] = defaultdict(lambda: ZERO)
            for allocation in ledger.allocations:
                placed[allocation.transaction] += allocation.amount
            self._loose = {name: one.amount - placed[name] for name, one in payments.items()}

    def movements(self, arrangement: Arrangement) -> list[Movement]:
        """What each transaction did to the arrangement's invoices."""
        agreed_on = arrangement.agreed_on
        if agreed_on is None:
            return []
        found: dict[tuple[str, bool], Movement] = {}
        beside = ZERO
        version = self._next_version(arrangement)
        last = version.agreed_on if version is not None and version.agreed_on is not None else date.max
        for number in dict.fromkeys(arrangement.invoices):
            until = self._replaced_on(arrangement, agreed_on, number)
            for row in self._rows.get(number, ()):
                if row.day >= last:  # of an older version what came since, also a storno, is not its own
                    continue
                counts = agreed_on <= row.day < until
                earlier = found.get((row.transaction, counts))
                found[row.transaction, counts] = Movement(
                    transaction=row.transaction,
                    day=row.day,
                    amount=row.amount + (earlier.amount if earlier is not None else ZERO),
                    reference=row.reference,
                    counts=counts,
                )
                beside += row.amount if counts and row.beside else ZERO
        moves = sorted(found.values(), key=lambda one: (one.day, one.amount < 0, one.transaction))
        if arrangement.already_in:
            moves = [*_without(moves, agreed_on, arrangement.already_in)]
        if arrangement.extras:
            moves = self._with_extras(moves, arrangement.extras - beside)
        return moves

    def _with_extras(self, moves: Iterable[Movement], most: Decimal) -> list[Movement]:
        """With what these transactions brought above the invoices, up to the agreed costs and interest."""
        taken = ZERO
        out = []
        for move in moves:
            loose = self._loose.get(move.transaction, ZERO) if move.counts else ZERO
            more = min(loose, most - taken) if loose > 0 else max(loose, -taken)
            taken += more
            out.append(replace(move, amount=move.amount + more))
        return out

    def _replaced_on(self, arrangement: Arrangement, agreed_on: date, number: str) -> date:
        """From which day a newer arrangement gets the money of this invoice; the calendar's end if none."""
        newer = self._newer(arrangement, agreed_on, number)
        return newer[0] if newer is not None else date.max

    def _newer(
        self, arrangement: Arrangement, agreed_on: date, number: str
    ) -> tuple[date, str, Arrangement] | None:
        """The first complete arrangement after this one that covers the invoice, and since when."""
        found = [
            (other.agreed_on, other.id, other)
            for other in self._complete
            if other is not arrangement
            and number in other.invoices
            and other.agreed_on is not None
            and _comes_after(other, arrangement, (other.agreed_on, other.id) > (agreed_on, arrangement.id))
        ]
        return min(found, key=lambda one: one[:2], default=None)

    def _next_version(self, arrangement: Arrangement) -> Arrangement | None:
        """The first complete arrangement that names this one in Vervangt and was not agreed before it."""
        agreed_on = arrangement.agreed_on or date.max
        found = [
            other
            for other in self._complete
            if other is not arrangement
            and is_version_of(other, arrangement)
            and not is_version_of(arrangement, other)
            and (other.agreed_on or date.min) >= agreed_on
        ]
        return min(found, key=lambda one: (one.agreed_on or date.max, one.id), default=None)

    def replacement(self, arrangement: Arrangement) -> Replacement | None:
        """The first newer arrangement that takes money from this one, None when none does."""
        agreed_on = arrangement.agreed_on
        if agreed_on is None:
            return None
        version = self._next_version(arrangement)
        if version is not None and version.agreed_on is not None:
            return Replacement(version, version.agreed_on, named=True)
        taken = {number: self._newer(arrangement, agreed_on, number) for number in arrangement.invoices}
        first = min((one for one in taken.values() if one is not None), key=lambda one: one[:2], default=None)
        if first is None:
            return None
        if None not in taken.values() and len({one[1] for one in taken.values() if one}) == 1:
            return Replacement(first[2], first[0])
        numbers = tuple(number for number, one in taken.items() if one is not None and one[2] is first[2])
        return Replacement(first[2], first[0], numbers)


def is_version_of(newer: Arrangement, older: Arrangement) -> bool:
    """The newer one says in Vervangt that it takes the older one's place."""
    return bool(older.id) and newer.replaces.casefold() == older.id.casefold()


def _comes_after(other: Arrangement, arrangement: Arrangement, later: bool) -> bool:  # noqa: FBT001 - one use
    """Vervangt decides; without it the day of the agreement, then the name."""
    if is_version_of(other, arrangement) != is_version_of(arrangement, other):
        return is_version_of(other, arrangement)
    return later


def _without(moves: Iterable[Movement], agreed_on: date, already_in: Decimal) -> Iterable[Movement]:
    """The first money of the day of the agreement fills nothing; a storno still finds it."""
    left = already_in
    for move in moves:
        taken = min(left, move.amount) if move.counts and move.day == agreed_on and move.amount > 0 else ZERO
        left -= taken
        if taken:
            yield replace(move, amount=taken, counts=False)
        if taken < move.amount or not taken:
            yield replace(move, amount=move.amount - taken)
