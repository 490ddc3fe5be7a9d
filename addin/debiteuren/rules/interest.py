"""Statutory interest over an unpaid invoice, to the cent.

Answers: how much interest has run from the day after the due day through a day, and whether the table of
rates is still fresh.
Source: BW 6:119, 6:119a and 6:120 (docs/regels.md, "Rente"; the rates in statutory.py).
Leaves to others: whether interest may be asked at all (a consumer owes it only from default), and asking it.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from debiteuren.domain.debtor import Debtor
from debiteuren.domain.money import ZERO, to_cents
from debiteuren.domain.problem import Problem, Severity
from debiteuren.domain.settings import DayCount
from debiteuren.rules.statutory import RATES_FROM, STATUTORY_RATES, TRADE_RATES, Rate

_OLDEST_MONTHS = 7
_ONE_DAY = timedelta(days=1)
_HUNDRED = Decimal(100)


class InterestKind(StrEnum):
    """Which of the two statutory rates."""

    STATUTORY = "wettelijke rente"
    TRADE = "wettelijke handelsrente"


_RATES = {InterestKind.STATUTORY: STATUTORY_RATES, InterestKind.TRADE: TRADE_RATES}


def interest_kind(debtor: Debtor) -> InterestKind:
    """Trade interest between businesses; a consumer, also a presumed one, owes the lower rate."""
    return InterestKind.STATUTORY if debtor.is_protected else InterestKind.TRADE


def interest(
    principal: Decimal, due: date, through: date, kind: InterestKind, count: DayCount = DayCount.AUTO
) -> Decimal | None:
    """Interest in euros over a principal in euros, from the day after `due` through `through`.

    Compound on each anniversary of the first day (6:119 lid 2), never on 1 January; a running claim follows
    the rate. Each stretch of one rate is rounded half up. None: the table of rates starts later.

    >>> interest(Decimal(1210), date(2026, 6, 15), date(2026, 7, 15), InterestKind.TRADE)
    Decimal('10.22')
    """
    rates = _RATES[kind]
    first = due + _ONE_DAY
    if principal <= ZERO or through < first:
        return ZERO
    if first < rates[0].since:
        return None
    earned = ZERO
    for start, following in _years(first, through):
        days = _days_in_year(start, following, kind, count)
        end = min(following - _ONE_DAY, through)
        base = principal + earned
        for since, until, percent in _stretches(start, end, rates):
            elapsed = (until - since).days + 1
            earned += to_cents(base * percent * elapsed / (_HUNDRED * days))
    return earned


def _years(first: date, through: date) -> Iterator[tuple[date, date]]:
    """Each year of the claim: its first day, and the first day of the next."""
    start, count = first, 0
    while start <= through:
        count += 1
        following = _anniversary(first, count)
        yield start, following
        start = following


def _anniversary(first: date, years: int) -> date:
    """The same day so many years later; a year from 29 February ends on 28 February."""
    year = first.year + years
    try:
        return first.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def _days_in_year(start: date, following: date, kind: InterestKind, count: DayCount) -> int:
    by_year = count is DayCount.DEFAULT_YEAR or (count is DayCount.AUTO and kind is InterestKind.STATUTORY)
    return (following - start).days if by_year else 365


def _stretches(start: date, end: date, rates: Sequence[Rate]) -> Iterator[tuple[date, date, Decimal]]:
    """First and last day of each stretch with one rate."""
    for rate, following in zip(rates, (*rates[1:], None), strict=True):
        until = following.since - _ONE_DAY if following is not None else end
        if rate.since <= end and until >= start:
            yield max(rate.since, start), min(until, end), rate.percent


def rate_doubts(on: date) -> tuple[Problem, ...]:
    """A warning when the newest rates are older than seven months."""
    months = (on.year - RATES_FROM.year) * 12 + on.month - RATES_FROM.month
    if months < _OLDEST_MONTHS:
        return ()
    return (
        Problem(
            severity=Severity.WARNING,
            sheet="Instellingen",
            column="Rente",
            found=(
                f"Het programma kent de rentetarieven tot en met het halfjaar van {RATES_FROM:%d-%m-%Y}; "
                "daarna kan het tarief veranderd zijn."
            ),
            remedy="zet een nieuwere versie van het programma neer, of zet Rente op nee.",
        ),
    )
