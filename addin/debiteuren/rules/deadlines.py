"""The last day that a letter gives, and the day after which the next thing may follow.

Answers: which last day does a 14-day letter or last demand print, and from when may the claim be handed over.
Source: BW 6:96 lid 6; docs/regels.md, "14-dagenbrief" and "Brieven".
Leaves to others: which letter it is (ladder.py), the last day of an instalment (instalments.py).
"""

from datetime import date

from debiteuren.domain.days import days_after
from debiteuren.rules.statutory import letter_term
from debiteuren.rules.workdays import next_workday, workday_after


def last_day_in_letter(sent: date, *, by_post: bool) -> date:
    """The last day that a 14-day letter or last demand prints: sent + 16 by e-mail, + 18 by post.

    It moves to a working day. Too late harms nothing, too early loses all costs.

    >>> last_day_in_letter(date(2026, 11, 23), by_post=False)
    datetime.date(2026, 12, 9)
    """
    term = letter_term(sent)
    return next_workday(days_after(sent, term.by_post if by_post else term.by_email))


def hand_over_day(sent: date, *, by_post: bool) -> date:
    """The first working day after the letter's last day.

    >>> hand_over_day(date(2026, 11, 20), by_post=False)
    datetime.date(2026, 12, 8)
    """
    return workday_after(last_day_in_letter(sent, by_post=by_post))
