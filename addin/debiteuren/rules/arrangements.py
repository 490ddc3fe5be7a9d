"""Whether arrangements are kept.

Answers: the status of every arrangement and its instalments as of a day, with the transactions that prove it.
Source: docs/regels.md, "Regeling" and "Termijn".
Leaves to others: what is missing (arrangement_gate.py), whose money it is (arrangement_money.py), each
instalment (instalments.py), what then happens to the invoices (next_action.py, cases.py).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from debiteuren.domain.arrangement import (
    Arrangement,
    ArrangementState,
    ArrangementStatus,
    Instalment,
    InstalmentState,
    InstalmentStatus,
)
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.settings import Settings
from debiteuren.rules.arrangement_end import ended_on
from debiteuren.rules.arrangement_gate import Register, gaps
from debiteuren.rules.arrangement_money import ArrangementMoney
from debiteuren.rules.arrangement_words import (
    Replacement,
    behind_words,
    broken_words,
    incomplete_words,
    kept_words,
    not_yet_words,
    replaced_words,
    running_words,
    superseded_words,
    to_confirm_words,
)
from debiteuren.rules.freshness import BankFreshness, bank_freshness, known_through
from debiteuren.rules.instalments import judge, receipts

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
    money = ArrangementMoney(ledger, on, [one for one in complete if _holds(one, on)])
    freshness = bank_freshness(ledger, on)
    return tuple(
        _judged(arrangement, lacks, own, money, freshness, ledger.settings)
        for arrangement, lacks, own in zip(ledger.arrangements, missing, parts, strict=True)
    )


def _judged(
    arrangement: Arrangement,
    lacks: Sequence[str],
    own: Sequence[Instalment],
    money: ArrangementMoney,
    freshness: BankFreshness,
    settings: Settings,
) -> ArrangementState:
    """One arrangement; of a version that was replaced, how it stood on the day of the next."""
    replacement = None if lacks else money.replacement(arrangement)
    if replacement is not None and replacement.named and replacement.since < freshness.on:
        last_day = freshness.last_day
        freshness = replace(
            freshness, on=replacement.since, last_day=last_day and min(last_day, replacement.since)
        )
    came = receipts(money.movements(arrangement))
    states = judge(
        own,
        came,
        on=freshness.on,
        last_bank_day=freshness.last_day if _holds(arrangement, freshness.on) else None,
        grace_days=settings.grace_days,
    )
    state = _state(arrangement, lacks, states, replacement, settings, freshness)
    return replace(state, money=came)


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
    replaced_by = replacement.newer.id if replacement is not None and replacement.named else ""
    if replacement is not None and replaced_by:
        why, upcoming = superseded_words(status, replacement), None
    elif replacement is not None and status not in {ArrangementStatus.INCOMPLETE, ArrangementStatus.KEPT}:
        why = replaced_words(status, missed, replacement, settings)
    return ArrangementState(
        arrangement=arrangement,
        status=status,
        next_due=upcoming.instalment.due if upcoming is not None else None,
        why=why,
        instalments=states,
        ended_on=ended_on(arrangement, status, states, missed, settings),
        replaced=replacement is not None and not replacement.numbers,
        replaced_by=replaced_by,
    )


def _is_broken(missed: Sequence[InstalmentState], settings: Settings) -> bool:
    """Enough misses, or one that is old enough."""
    if not missed:
        return False
    oldest = max(state.days_late or 0 for state in missed)
    return len(missed) >= settings.broken_after_misses or oldest >= settings.broken_after_days
