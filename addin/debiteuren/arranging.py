"""Regeling vastleggen on a workbook, closed or open: from a wish to rows in the sheets.

Answers: in which order is read, planned and written, so that it happens whole or not at all, as one run that
can be taken back.
Source: docs/handleiding.md, "Regelingen en termijnen"; docs/regels.md, "Beloften" (2).
Leaves to others: what is agreed and what stands in the way (jobs/arrange.py), messages (cli, buttons).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from debiteuren.book.agreement_rows import arrangement_row, instalment_row
from debiteuren.book.results import contact_row, refreshed_changes
from debiteuren.book.workbook import Contents, Workbook
from debiteuren.domain.arrangement import ArrangementState
from debiteuren.domain.days import spoken
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.problem import Problem, UserError
from debiteuren.jobs.arrange import ArrangementPlan, plan_arrangement
from debiteuren.jobs.arrange_wish import RefusedWishError, Wish
from debiteuren.jobs.refresh import Refreshed
from debiteuren.one_run import only_run
from debiteuren.tasks import Moment, Progress, load, silent, worked_out

RUN = "regeling"

__all__ = ["RUN", "Arranged", "RefusedWishError", "arrange", "plan_lines"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """An arrangement that was written, or in a trial would be; `state`: what is said of it."""

    plan: ArrangementPlan
    state: ArrangementState
    refreshed: Refreshed


def arrange(
    workbook: Workbook,
    wish: Wish,
    moment: Moment,
    *,
    trial: bool = False,
    progress: Progress = silent,
) -> Arranged:
    """Write down the arrangement that is wished for, and bring everything up to date.

    Raises:
        RefusedWishError: something is vague or does not fit.
        UserError: what stands in the sheets would falsify money or days.
        SurroundingsError: the workbook can't be read or written.
    """
    with only_run(workbook.path):
        progress("Werkmap lezen")
        contents, reading = load(workbook)
        progress("Koppelen en rekenen")
        before = worked_out(reading.ledger, moment, reading.problems)
        plan = _placed(contents, plan_arrangement(before, wish, moment.stamp(before.ledger)))
        after = _with_plan(before, plan, moment, reading.problems)
        done = Arranged(plan=plan, state=after.arrangements[-1], refreshed=after)
        if not trial:
            progress("Wegschrijven")
            _refuse_losing(contents, plan)
            incoming = {
                "tblRegelingen": [arrangement_row(plan.arrangement)],
                "tblTermijnen": [instalment_row(part) for part in plan.instalments],
                "tblContact": [contact_row(plan.contact)] if plan.contact else [],
            }
            workbook.write(refreshed_changes(contents, after, incoming, run=RUN))
        return done


def plan_lines(plan: ArrangementPlan) -> Iterator[tuple[str, str, str, str]]:
    """Per instalment its number, day in words, amount, and from which day it was moved."""
    for part, asked in zip(plan.instalments, plan.moved, strict=True):
        moved = f"verschoven van {spoken(asked)}" if asked else ""
        yield part.number, spoken(part.due or date.max), euro(part.amount or ZERO), moved


def _placed(contents: Contents, plan: ArrangementPlan) -> ArrangementPlan:
    """With the rows of the sheets that will hold it, right below what stands there."""
    below = {
        name: contents.grids[name].first_row + len(contents.grids[name].rows)
        for name in ("tblRegelingen", "tblTermijnen")
    }
    return replace(
        plan,
        arrangement=replace(plan.arrangement, row=below["tblRegelingen"]),
        instalments=tuple(
            replace(part, row=below["tblTermijnen"] + place) for place, part in enumerate(plan.instalments)
        ),
    )


_NEEDED = ("Waarvan kosten", "Waarvan rente", "Toen al binnen", "Vervangt")
"""Columns an older workbook need not have, whose value changes what an arrangement means."""


def _refuse_losing(contents: Contents, plan: ArrangementPlan) -> None:
    """A workbook of an older version has no place for some of it."""
    row, grid = arrangement_row(plan.arrangement), contents.grids["tblRegelingen"]
    lost = [name for name in _NEEDED if row[name] not in {None, ""} and name not in grid.columns]
    if lost:
        raise UserError.of(
            [
                Problem(
                    sheet=grid.sheet,
                    column=name,
                    found=f"De kolom {name} is er niet: deze werkmap is van een oudere versie.",
                    remedy='sluit de werkmap en typ "debiteuren vernieuw" met zijn naam.',
                )
                for name in lost
            ]
        )


def _with_plan(
    before: Refreshed, plan: ArrangementPlan, moment: Moment, problems: Sequence[Problem]
) -> Refreshed:
    ledger = before.ledger
    return worked_out(
        replace(
            ledger,
            arrangements=(*ledger.arrangements, plan.arrangement),
            instalments=(*ledger.instalments, *plan.instalments),
            contacts=(*ledger.contacts, plan.contact) if plan.contact else ledger.contacts,
        ),
        moment,
        problems,
    )
