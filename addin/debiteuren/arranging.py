"""Regeling vastleggen on a workbook, closed or open: from a wish to rows in the sheets.

Answers: in which order is read, planned and written, so that it happens whole or not at all, as one run that
can be taken back.
Source: docs/handleiding.md, "Regelingen en termijnen"; docs/regels.md, "Beloften" (2).
Leaves to others: what is agreed and what stands in the way (jobs/arrange.py), the confirmation's draft
(confirming.py), messages (cli, buttons).
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date

from debiteuren.book.agreement_rows import arrangement_row, instalment_row
from debiteuren.book.results import contact_row, refreshed_changes
from debiteuren.book.workbook import Changes, Contents, Workbook
from debiteuren.confirming import Confirmation, Confirmed, Wanted
from debiteuren.domain.arrangement import ArrangementState
from debiteuren.domain.contact import Contact
from debiteuren.domain.days import spoken
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.problem import Problem, StopError, UserError
from debiteuren.jobs.arrange import ArrangementPlan, plan_arrangement
from debiteuren.jobs.arrange_wish import RefusedWishError, Wish
from debiteuren.jobs.refresh import Refreshed
from debiteuren.one_run import only_run
from debiteuren.tasks import Moment, Progress, load, silent, worked_out

RUN = "regeling"

__all__ = ["RUN", "Arranged", "RefusedWishError", "Wanted", "arrange", "plan_lines"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """An arrangement that was written, or in a trial would be; `state`: what is said of it.

    `confirmed`: what became of its confirmation; None in a trial.
    """

    plan: ArrangementPlan
    state: ArrangementState
    refreshed: Refreshed
    confirmed: Confirmed | None = None


def arrange(
    workbook: Workbook,
    wish: Wish,
    moment: Moment,
    *,
    wanted: Wanted | None = None,
    trial: bool = False,
    progress: Progress = silent,
) -> Arranged:
    """Write down the arrangement that is wished for, bring everything up to date, draft the confirmation.

    What stands in the way of the draft does not stand in the way of the arrangement. The draft is made out of
    sight, the workbook is written with its row in Contact, then it is put in place.

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
        if trial:
            return done
        _refuse_losing(contents, plan)
        with closing(Confirmation(workbook, after, wanted or Wanted(), moment)) as confirmation:
            progress("Bevestiging schrijven")
            confirmation.stage(done.state, plan.debtor)
            if confirmation.contact is not None:
                after = _with_plan(before, plan, moment, reading.problems, confirmation.contact)
            progress("Wegschrijven")
            try:
                workbook.write(_changes(contents, after, plan, confirmation))
            except StopError:
                # Any other end leaves it staged: the next run sees in Contact whether it counts.
                confirmation.discard()
                raise
            progress("Bevestiging klaarzetten")
            return Arranged(
                plan=plan, state=after.arrangements[-1], refreshed=after, confirmed=confirmation.publish()
            )


def _changes(
    contents: Contents, after: Refreshed, plan: ArrangementPlan, confirmation: Confirmation
) -> Changes:
    logged = [contact for contact in (plan.contact, confirmation.contact) if contact is not None]
    incoming = {
        "tblRegelingen": [arrangement_row(plan.arrangement)],
        "tblTermijnen": [instalment_row(part) for part in plan.instalments],
        "tblContact": [contact_row(contact) for contact in logged],
    }
    changes = refreshed_changes(contents, after, incoming, run=RUN)
    confirmation.log(changes)
    return changes


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
    before: Refreshed,
    plan: ArrangementPlan,
    moment: Moment,
    problems: Sequence[Problem],
    confirmation: Contact | None = None,
) -> Refreshed:
    ledger = before.ledger
    logged = [contact for contact in (plan.contact, confirmation) if contact is not None]
    return worked_out(
        replace(
            ledger,
            arrangements=(*ledger.arrangements, plan.arrangement),
            instalments=(*ledger.instalments, *plan.instalments),
            contacts=(*ledger.contacts, *logged),
        ),
        moment,
        problems,
    )
