"""Whether arrangements are kept.

Answers: the status of every arrangement and its instalments as of a day, with the transactions that prove it.
Source: docs/regels.md, "Regeling" and "Termijn".
Leaves to others: what is missing (arrangement_gate.py), the money and each instalment (instalments.py), what
then happens to the invoices (next_action.py, cases.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from debiteuren.domain.arrangement import (
    Arrangement,
    ArrangementState,
    ArrangementStatus,
    Instalment,
    InstalmentState,
    InstalmentStatus,
)
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import ZERO
from debiteuren.domain.settings import Settings
from debiteuren.rules.arrangement_end import ended_on
from debiteuren.rules.arrangement_gate import Register, gaps
from debiteuren.rules.arrangement_words import (
    Replacement,
    behind_words,
    broken_words,
    incomplete_words,
    kept_words,
    not_yet_words,
    replaced_words,
    running_words,
    to_confirm_words,
)
from debiteuren.rules.freshness import BankFreshness, bank_freshness, known_through
from debiteuren.rules.instalments import Movement, judge, receipts
from debiteuren.rules.references import fold, is_meaningful
from debiteuren.rules.unpaid import NO_DAY

_PAID = frozenset({InstalmentStatus.ON_TIME, InstalmentStatus.PAID_LATE})
_MISSED = frozenset({InstalmentStatus.MISSED, InstalmentStatus.PARTLY_PAID})


def arrangement_states(ledger: Ledger, on: date) -> tuple[ArrangementState, ...]:
    """The state of every arrangement as of `on`, in the order of Regelingen.

    Nothing dated after `on` is used. Money that a newer complete arrangement of the same invoice covers
    counts for that one only, so that no payment is counted twice.
    """
    if not ledger.arrangements:
        return ()
    register = Register.of(ledger)
    instalments: dict[str, list[Instalment]] = {}
    for instalment in ledger.instalments:
        instalments.setdefault(instalment.arrangement, []).append(instalment)
    parts = [
        instalments.get(one.id, []) if one.id and register.repeats(one) is None else []
        for one in ledger.arrangements
    ]
    missing = [gaps(one, own, register) for one, own in zip(ledger.arrangements, parts, strict=True)]
    complete = [one for one, lacks in zip(ledger.arrangements, missing, strict=True) if not lacks]
    bank = _Bank(ledger, on, [one for one in complete if _holds(one, on)])
    freshness = bank_freshness(ledger, on)
    return tuple(
        _state(
            arrangement,
            lacks,
            judge(
                own,
                receipts(bank.movements(arrangement)),
                on=on,
                last_bank_day=freshness.last_day if _holds(arrangement, on) else None,
                grace_days=ledger.settings.grace_days,
            ),
            bank.replacement(arrangement),
            ledger.settings,
            freshness,
        )
        for arrangement, lacks, own in zip(ledger.arrangements, missing, parts, strict=True)
    )


def _holds(arrangement: Arrangement, on: date) -> bool:
    """It was agreed on or before a day."""
    return arrangement.agreed_on is not None and arrangement.agreed_on <= on


def _state(
    arrangement: Arrangement,
    missing: Sequence[str],
    states: tuple[InstalmentState, ...],
    replacement: Replacement | None,
    settings: Settings,
    freshness: BankFreshness,
) -> ArrangementState:
    on = freshness.on
    upcoming = next((state for state in states if state.status not in _PAID), None)
    missed = [state for state in states if state.status in _MISSED]
    if missing:
        status, why = ArrangementStatus.INCOMPLETE, incomplete_words(missing)
    elif arrangement.agreed_on is not None and arrangement.agreed_on > on:
        status, why = ArrangementStatus.INCOMPLETE, not_yet_words(arrangement.agreed_on, on)
        upcoming = None
    elif upcoming is None:
        status, why = ArrangementStatus.KEPT, kept_words(states)
    elif _is_broken(missed, settings):
        status, why = ArrangementStatus.BROKEN, broken_words(missed, settings)
    elif missed:
        status, why = ArrangementStatus.BEHIND, behind_words(missed, settings)
    elif arrangement.confirmed_on is None or arrangement.confirmed_on > on:
        status, why = (
            ArrangementStatus.TO_CONFIRM,
            to_confirm_words(arrangement, upcoming, on, settings.grace_days),
        )
    else:
        late = sum(1 for state in states if state.status is InstalmentStatus.PAID_LATE)
        status = ArrangementStatus.RUNNING
        why = running_words(
            upcoming, late=late, known=known_through(freshness), grace_days=settings.grace_days
        )
    if replacement is not None and status not in {ArrangementStatus.INCOMPLETE, ArrangementStatus.KEPT}:
        why = replaced_words(status, missed, replacement, settings)
    return ArrangementState(
        arrangement=arrangement,
        status=status,
        next_due=upcoming.instalment.due if upcoming is not None else None,
        why=why,
        instalments=states,
        ended_on=ended_on(arrangement, status, states, missed, settings),
        replaced=replacement is not None and not replacement.numbers,
    )


def _is_broken(missed: Sequence[InstalmentState], settings: Settings) -> bool:
    """Enough misses, or one that is old enough."""
    if not missed:
        return False
    oldest = max(state.days_late or 0 for state in missed)
    return len(missed) >= settings.broken_after_misses or oldest >= settings.broken_after_days


@dataclass(frozen=True, slots=True)
class _Row:
    transaction: str
    day: date
    amount: Decimal
    reference: str


class _Bank:
    """The money of Koppelingen on invoices of arrangements, booked on or before a day."""

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
                    _Row(row.transaction, day, row.amount, reference if is_meaningful(reference) else "")
                )
        self._complete = complete

    def movements(self, arrangement: Arrangement) -> list[Movement]:
        """What each transaction did to the arrangement's invoices."""
        agreed_on = arrangement.agreed_on
        if agreed_on is None:
            return []
        found: dict[tuple[str, bool], Movement] = {}
        for number in dict.fromkeys(arrangement.invoices):
            until = self._replaced_on(arrangement, agreed_on, number)
            for row in self._rows.get(number, ()):
                counts = agreed_on <= row.day < until
                earlier = found.get((row.transaction, counts))
                found[row.transaction, counts] = Movement(
                    transaction=row.transaction,
                    day=row.day,
                    amount=row.amount + (earlier.amount if earlier is not None else ZERO),
                    reference=row.reference,
                    counts=counts,
                )
        return list(found.values())

    def _replaced_on(self, arrangement: Arrangement, agreed_on: date, number: str) -> date:
        """From which day a newer arrangement covers this invoice; the end of the calendar when none does."""
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
            and (other.agreed_on, other.id) > (agreed_on, arrangement.id)
        ]
        return min(found, key=lambda one: one[:2], default=None)

    def replacement(self, arrangement: Arrangement) -> Replacement | None:
        """The first newer arrangement that takes money from this one, None when none does."""
        agreed_on = arrangement.agreed_on
        if agreed_on is None:
            return None
        taken = {number: self._newer(arrangement, agreed_on, number) for number in arrangement.invoices}
        first = min((one for one in taken.values() if one is not None), key=lambda one: one[:2], default=None)
        if first is None:
            return None
        if None not in taken.values() and len({one[1] for one in taken.values() if one}) == 1:
            return Replacement(first[2], first[0])
        numbers = tuple(number for number, one in taken.items() if one is not None and one[2] is first[2])
        return Replacement(first[2], first[0], numbers)
