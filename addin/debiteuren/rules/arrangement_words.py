"""Waarom of an arrangement: one Dutch sentence with the dates and what would change it.

Source: contract, "Every Waarom is one Dutch sentence with the rule, the dates and what would change it".
Leaves to others: the status itself (arrangements.py).
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from debiteuren.domain.arrangement import Arrangement, InstalmentState, InstalmentStatus
from debiteuren.domain.days import days_after, dutch
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.settings import Settings
from debiteuren.rules.instalments import last_day_on_time


def incomplete_words(missing: Sequence[str]) -> str:
    """What is missing and what would do."""
    return f"Onvolledig: {'; '.join(missing)}."


def kept_words(states: Sequence[InstalmentState]) -> str:
    """All is paid."""
    total = sum((state.paid for state in states), ZERO)
    last = max((state.paid_on for state in states if state.paid_on is not None), default=date.min)
    what = "de enige termijn" if len(states) == 1 else f"alle {len(states)} termijnen, samen"
    verb = "is" if len(states) == 1 else "zijn"
    return (
        f"Nagekomen: {what} {euro(total)}, {verb} betaald, de laatste op {dutch(last)}; "
        "alleen een storno verandert dat."
    )


def broken_words(missed: Sequence[InstalmentState], settings: Settings) -> str:
    """Too many misses, or one that is too old."""
    short = sum((missing(state) for state in missed), ZERO)
    if len(missed) >= settings.broken_after_misses:
        rule = f"bij {settings.broken_after_misses} gemiste termijnen vervalt de regeling"
    else:
        rule = f"na {settings.broken_after_days} dagen vervalt de regeling"
    return f"Verbroken: {_missed_words(missed)} en {rule}; betaling van {euro(short)} herstelt hem."


def behind_words(missed: Sequence[InstalmentState], settings: Settings) -> str:
    """A miss that does not break it yet."""
    short = sum((missing(state) for state in missed), ZERO)
    oldest = missed[0].instalment.due or date.min
    breaks = days_after(oldest, settings.broken_after_days)
    return (
        f"Achter: {_missed_words(missed)}; betaling van {euro(short)} haalt de regeling in, zonder betaling "
        f"is hij uiterlijk op {dutch(breaks)} verbroken."
    )


def to_confirm_words(arrangement: Arrangement, upcoming: InstalmentState | None) -> str:
    """Not confirmed yet."""
    agreed = f"op {dutch(arrangement.agreed_on)} afgesproken" if arrangement.agreed_on else "afgesproken"
    following = f", de eerste open termijn is {_owed(upcoming)}" if upcoming is not None else ""
    return (
        f"Te bevestigen: {agreed}, maar nog niet bevestigd; vul Bevestigd op in zodra het akkoord er is"
        f"{following}."
    )


def running_words(
    upcoming: InstalmentState, *, late: int, last_bank_day: date | None, grace_days: int
) -> str:
    """On schedule, or not known yet; `late`: instalments that were paid late."""
    start = "Loopt op schema"
    if late:
        start = f"Loopt weer op schema na {late} te late {'termijn' if late == 1 else 'termijnen'}"
    due = upcoming.instalment.due or date.min
    last_day = last_day_on_time(due, grace_days)
    if upcoming.status is InstalmentStatus.NOT_KNOWN:
        known = (
            f"de bank is bekend tot en met {dutch(last_bank_day)}"
            if last_bank_day is not None
            else "er is geen bank ingelezen"
        )
        return (
            f"Loopt: of termijn {upcoming.instalment.number} ({_owed(upcoming)}) betaald is, is nog niet "
            f"bekend, want {known}; lees de afschriften tot na {dutch(last_day)} in."
        )
    when = "die dag" if last_day == due else dutch(last_day)
    partly = f", waarvan {euro(upcoming.paid)} al binnen is" if upcoming.paid else ""
    amount = euro(upcoming.instalment.amount or ZERO)
    return (
        f"{start}: volgende termijn {amount} op {dutch(due)}{partly}; betaling uiterlijk {when} houdt de "
        "regeling in stand."
    )


def missing(state: InstalmentState) -> Decimal:
    """What of an instalment has not come in."""
    return (state.instalment.amount or ZERO) - state.paid


def _owed(state: InstalmentState) -> str:
    return f"{euro(missing(state))} op {dutch(state.instalment.due or date.min)}"


def _missed_words(missed: Sequence[InstalmentState]) -> str:
    first = missed[0]
    partly = "maar voor een deel betaald" if first.paid else "niet betaald"
    words = (
        f"termijn {first.instalment.number} van {euro(first.instalment.amount or ZERO)} op "
        f"{dutch(first.instalment.due or date.min)} is {partly} ({first.days_late} dagen te laat)"
    )
    more = len(missed) - 1
    return f"{words} en {more} latere {'termijn' if more == 1 else 'termijnen'} ook" if more else words
