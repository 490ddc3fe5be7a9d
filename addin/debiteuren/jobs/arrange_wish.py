"""What somebody wants to agree, before it is known whether that can be.

Source: docs/handleiding.md, "Regelingen en termijnen".
Leaves to others: how it was typed (the command and the form), what it makes (arrange.py).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from debiteuren.domain.money import ZERO
from debiteuren.domain.problem import Problem, UserError
from debiteuren.rules.schedule import MONTHLY, Rhythm

WHERE = "Nieuwe regeling"
"""The place of what is wrong with a wish, as `Problem.sheet`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """An arrangement as asked for. Amounts in euros; what is None or empty is chosen for the user.

    `invoices` empty: all that is late now. `principal`: what of the invoices is agreed on, else all that is
    open; `costs` and `interest` come on top. Days: `count` in the rhythm `every` from `first`, or `days`; or
    `part_now` on `first` (else today) and the rest on `rest_on` (rule A20). `amounts`: one for each day.
    `replaces`: the Regeling this is a new version of. `despite`: the user's word for days that are no working
    days and for more than a year.
    """

    debtor: str = ""
    invoices: tuple[str, ...] = ()
    count: int | None = None
    first: date | None = None
    every: Rhythm = MONTHLY
    days: tuple[date, ...] = ()
    amounts: tuple[Decimal, ...] = ()
    principal: Decimal | None = None
    part_now: Decimal | None = None
    rest_on: date | None = None
    costs: Decimal = ZERO
    interest: Decimal = ZERO
    terms: str = ""
    consequence: str = ""
    agreed_with: str = ""
    channel: str = ""
    replaces: str = ""
    despite: bool = False


class RefusedWishError(UserError):
    """What was wished for is vague or does not fit: every problem is about the wish itself."""


def problem(column: str, found: str, remedy: str) -> Problem:
    """Something that keeps the arrangement from being made."""
    return Problem(sheet=WHERE, column=column, found=found, remedy=remedy)
