"""Waarom of an arrangement: one Dutch sentence with the dates and what would change it.

Source: docs/regels.md, "Waarom".
Leaves to others: the status itself (arrangements.py), since when it no longer runs (arrangement_end.py).
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from debiteuren.domain.arrangement import Arrangement, ArrangementStatus, InstalmentState, InstalmentStatus
from debiteuren.domain.days import dutch
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.settings import Settings
from debiteuren.rules.arrangement_end import breaks_on
from debiteuren.rules.instalments import last_day_on_time
from debiteuren.rules.matching_words import listed

REMEDY = "stuur de bevestiging en vul Bevestigd op in"
"""What makes an arrangement confirmed, on every sheet."""


class Replacement(NamedTuple):
    """The newer arrangement that gets the money since a day; `numbers` empty: for all of the older one.

    `named`: it says so in Vervangt, so it is the same arrangement in a new version.
    """

    newer: Arrangement
    since: date
    numbers: tuple[str, ...] = ()
    named: bool = False


def days_words(days: int) -> str:
    """Days with the right word: "1 dag", "2 dagen".

    >>> days_words(1), days_words(0)
    ('1 dag', '0 dagen')
    """
    return f"{days} {'dag' if days == 1 else 'dagen'}"


def incomplete_words(missing: Sequence[str]) -> str:
    """What is missing and what would do."""
    return f"Onvolledig: {'; '.join(missing)}."


def not_yet_words(agreed_on: date, on: date) -> str:
    """Agreed after Peildatum."""
    return (
        f"Telt nog niet mee: afgesproken op {dutch(agreed_on)}, na de peildatum {dutch(on)}; "
        "vanaf die dag geldt deze regeling."
    )


def kept_words(states: Sequence[InstalmentState]) -> str:
    """All is paid."""
    total = euro(sum((state.paid for state in states), ZERO))
    last = dutch(max((state.paid_on for state in states if state.paid_on is not None), default=date.min))
    if len(states) == 1:
        what = f"de enige termijn van {total} is betaald op {last}"
    else:
        what = f"alle {len(states)} termijnen, samen {total}, zijn betaald, de laatste op {last}"
    return f"Nagekomen: {what}; alleen een storno verandert dat."


def broken_words(missed: Sequence[InstalmentState], settings: Settings) -> str:
    """Too many misses, or one that is too old."""
    short = sum((missing(state) for state in missed), ZERO)
    most = settings.broken_after_misses
    if len(missed) >= most:
        rule = f"bij {most} gemiste {'termijn' if most == 1 else 'termijnen'} vervalt de regeling"
    else:
        rule = f"na {days_words(settings.broken_after_days)} vervalt de regeling"
    return (
        f"Verbroken: {_missed_words(missed, settings.grace_days)} en {rule}; "
        f"betaling van {euro(short)} herstelt hem."
    )


def behind_words(missed: Sequence[InstalmentState], settings: Settings) -> str:
    """A miss that does not break it yet."""
    short = sum((missing(state) for state in missed), ZERO)
    return (
        f"Achter: {_missed_words(missed, settings.grace_days)}; betaling van {euro(short)} haalt de regeling "
        f"in, zonder betaling is hij uiterlijk op {dutch(breaks_on(missed, settings))} verbroken."
    )


def to_confirm_words(
    arrangement: Arrangement, upcoming: InstalmentState | None, on: date, grace_days: int
) -> str:
    """Not confirmed yet."""
    agreed = f"op {dutch(arrangement.agreed_on)} afgesproken" if arrangement.agreed_on else "afgesproken"
    following = f", met {_owed(upcoming, grace_days)} als eerste open termijn" if upcoming is not None else ""
    state, remedy = unconfirmed(arrangement, on)
    return f"Te bevestigen: {agreed}{following}, maar {state}; {remedy}."


def unconfirmed(arrangement: Arrangement, on: date) -> tuple[str, str]:
    """Why it does not count as confirmed as of a day, and what would change that."""
    confirmed_on = arrangement.confirmed_on
    if confirmed_on is None or confirmed_on <= on:
        return "nog niet bevestigd (Bevestigd op is leeg)", REMEDY
    state = f"pas bevestigd op {dutch(confirmed_on)}, na de peildatum {dutch(on)}"
    return state, "vanaf die dag geldt hij als bevestigd"


def running_words(upcoming: InstalmentState, *, late: int, known: str, grace_days: int) -> str:
    """On schedule, or not known yet; `late`: instalments paid late, `known`: the bank's last day, or ''."""
    start = "Loopt op schema"
    if late:
        start = f"Loopt weer op schema na {late} te late {'termijn' if late == 1 else 'termijnen'}"
    due = upcoming.instalment.due or date.min
    last_day = last_day_on_time(due, grace_days)
    if upcoming.status is InstalmentStatus.NOT_KNOWN:
        bank = f"de bank is bekend tot en met {known}" if known else "er is geen bank ingelezen"
        return (
            f"Loopt: of termijn {upcoming.instalment.number}, {_owed(upcoming, grace_days)}, betaald is, is "
            f"nog niet bekend, want {bank}; lees de afschriften tot na {dutch(last_day)} in."
        )
    when = "die dag" if last_day == due else dutch(last_day)
    partly = f", waarvan {euro(upcoming.paid)} al binnen is" if upcoming.paid else ""
    amount = euro(upcoming.instalment.amount or ZERO)
    return (
        f"{start}: volgende termijn {amount} op {dutch(due)}{partly}; betaling uiterlijk {when} houdt de "
        "regeling in stand."
    )


def replaced_words(
    status: ArrangementStatus,
    missed: Sequence[InstalmentState],
    replacement: Replacement,
    settings: Settings,
) -> str:
    """A newer arrangement took its place, so that paying changes nothing here any more."""
    name, day = replacement.newer.id, dutch(replacement.since)
    what = f"{_missed_words(missed, settings.grace_days)}, maar " if missed else ""
    numbers = replacement.numbers
    about = f" voor {listed(numbers)}" if numbers else ""
    return (
        f"{status.value}: {what}op {day} kwam regeling {name}{about} in de plaats van deze en wat sindsdien "
        f"{'daarop ' if numbers else ''}is betaald, telt daar; zonder regeling {name} telt het hier."
    )


def superseded_words(status: ArrangementStatus, replacement: Replacement) -> str:
    """A new version took its place; what stands here is how it stood then."""
    name = replacement.newer.id
    return (
        f"{status.value}: zo stond hij ervoor toen regeling {name} op {dutch(replacement.since)} in zijn "
        f"plaats kwam (Vervangt); sindsdien telt alles daar, en zonder regeling {name} weer hier."
    )


def missing(state: InstalmentState) -> Decimal:
    """What of an instalment has not come in."""
    return (state.instalment.amount or ZERO) - state.paid


def through(due: date, grace_days: int) -> str:
    """The last day on which paying is on time, where that is not the due day; else ''."""
    last_day = last_day_on_time(due, grace_days)
    return f" (op tijd tot en met {dutch(last_day)})" if last_day != due else ""


def _owed(state: InstalmentState, grace_days: int) -> str:
    due = state.instalment.due or date.min
    return f"{euro(missing(state))} op {dutch(due)}{through(due, grace_days)}"


def _missed_words(missed: Sequence[InstalmentState], grace_days: int) -> str:
    first = missed[0]
    due = first.instalment.due or date.min
    partly = "maar voor een deel betaald" if first.paid else "niet betaald"
    words = (
        f"termijn {first.instalment.number} van {euro(first.instalment.amount or ZERO)} op "
        f"{dutch(due)}{through(due, grace_days)} is {partly} ({days_words(first.days_late or 0)} te laat)"
    )
    more = len(missed) - 1
    return f"{words} en {more} latere {'termijn' if more == 1 else 'termijnen'} ook" if more else words
