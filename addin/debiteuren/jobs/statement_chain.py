"""Afschriften as a chain of balances per account.

Answers: is this statement one we have, does a statement cover this booking's day, and on which days is a
statement missing. A closing balance that is not the next opening balance means missing bookings; days without
a statement whose balances fit (a weekend) do not.
Source: docs/boekhouder.md, "Betalingen uit Afschriften".
Leaves to others: how far the bank is known (rules/).
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from debiteuren.domain.account import account_core
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.payment import BankTransaction, Statement
from debiteuren.domain.problem import Problem, Severity

_DAY = timedelta(days=1)


def _same_account(one: str, other: str) -> bool:
    return account_core(one) == account_core(other)


def is_known(row: Statement, known: Sequence[Statement], *, brings: bool) -> bool:
    """Whether the row adds nothing: we have it, or it brings no booking and no day that is not covered."""
    own = [other for other in known if _same_account(other.account, row.account)]
    what = (row.begin, row.end, row.opening, row.closing, row.lines)
    if any((other.begin, other.end, other.opening, other.closing, other.lines) == what for other in own):
        return True
    return not brings and _covered(row.begin, row.end, own)


def _covered(begin: date | None, end: date | None, own: Sequence[Statement]) -> bool:
    """Whether the statements together hold every day from begin through end."""
    if begin is None or end is None:
        return begin is None and end is None and bool(own)
    reached = begin - _DAY
    for first, last in sorted((row.begin, row.end) for row in own if row.begin and row.end):
        if first > reached + _DAY:
            break
        reached = max(reached, last)
    return reached >= end


def covers(statements: Sequence[Statement], transaction: BankTransaction) -> bool:
    """Whether a statement with a closing balance holds the day of this booking: then it holds the booking."""
    return any(
        _same_account(row.account, transaction.account)
        and row.closing is not None
        and row.begin is not None
        and row.end is not None
        and row.begin <= transaction.booked <= row.end
        for row in statements
    )


def gaps(
    known: Sequence[Statement], fresh: Sequence[Statement], from_opening: Sequence[Statement] = ()
) -> list[Problem]:
    """A warning for every place in the chain of an account where the new rows show missing bookings.

    Banks date an opening balance on its own day (ING) or on the day before (Rabobank); `from_opening` are the
    rows whose file has bookings on that very day, so that it is their own.
    """
    problems = []
    for account in dict.fromkeys(account_core(row.account) for row in fresh):
        chain = [row for row in (*known, *fresh) if account_core(row.account) == account]
        problems += [
            _gap(before, after)
            for before, after in _breaks(chain, from_opening)
            if any(row is before or row is after for row in fresh)
        ]
    return problems


def _breaks(
    chain: Sequence[Statement], from_opening: Sequence[Statement]
) -> list[tuple[Statement, Statement]]:
    """Pairs of neighbours of which the balances do not meet."""
    links = [
        _Link(row, row.begin, row.end, own_day=any(row is other for other in from_opening))
        for row in chain
        if row.begin and row.end and _has_balances(row)
    ]
    links.sort(key=lambda link: (link.end, link.begin))
    ends = [link.end for link in links]
    breaks = []
    for after in links:
        earlier = _last_before(after, links, bisect_right(ends, after.begin))
        meets = any(link.row.closing == after.row.opening for link in earlier)
        if earlier and not meets and not any(_fills(link, after) for link in links):
            breaks.append((earlier[0].row, after.row))
    return breaks


@dataclass(frozen=True, slots=True)
class _Link:
    """A statement with balances and days."""

    row: Statement
    begin: date
    end: date
    own_day: bool


def _has_balances(row: Statement) -> bool:
    return row.opening is not None and row.closing is not None


def _last_before(after: _Link, links: Sequence[_Link], count: int) -> list[_Link]:
    """Of the first `count` links those that end last, on or before the day the other begins.

    An opening balance is dated on its own day or on the day before, so both occur.
    """
    found: list[_Link] = []
    for link in reversed(links[:count]):
        if found and link.end != found[0].end:
            break
        if (link.begin, link.end) < (after.begin, after.end):
            found.append(link)
    return found


def _fills(link: _Link, after: _Link) -> bool:
    """Is of the same days, or holds the other's first day and more: then nothing is missing before it.

    Nor is it where both start from one balance, within the days of the first: another format of those days.
    """
    if link is after:
        return False
    if link.begin <= after.begin <= link.end and link.row.opening == after.row.opening:
        return True
    same_days = (link.begin, link.end) == (after.begin, after.end)
    last = link.end if after.own_day else link.end - _DAY
    return same_days or link.begin <= after.begin <= last


def _gap(before: Statement, after: Statement) -> Problem:
    first, last = (before.end or date.min) + _DAY, (after.begin or date.max) - _DAY
    if first < last:
        days = f"van {first:%d-%m-%Y} t/m {last:%d-%m-%Y}"
    elif first == last:
        days = f"van {first:%d-%m-%Y}"
    else:
        days = f"tussen {before.end:%d-%m-%Y} en {after.begin:%d-%m-%Y}"
    return Problem(
        severity=Severity.WARNING,
        sheet="Afschriften",
        column="Beginsaldo",
        found=(
            f"Van {after.account} ontbreken boekingen {days}: het afschrift t/m {before.end:%d-%m-%Y} eindigt"
            f" op {euro(before.closing or ZERO)}, dat van {after.begin:%d-%m-%Y} begint"
            f" op {euro(after.opening or ZERO)}."
        ),
        remedy="Download bij uw bank ook de ontbrekende dagen en lees ze in.",
    )
