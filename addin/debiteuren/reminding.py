"""Genereer herinneringen on a workbook, closed or open: from the sheets to drafts that wait for a person.

Answers: in which order money is read again, drafts are made, logged and put in place, so that a kill at any
moment leaves each draft exactly once.
Source: docs/regels.md, "Concepten" and "Beloften" (3).
Leaves to others: who gets one (jobs/reminders.py), the words and the files (mail/), messages (cli, buttons).
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from debiteuren.book.ooxml import FOLDER
from debiteuren.book.results import contact_row, refreshed_changes
from debiteuren.book.workbook import Contents, Workbook
from debiteuren.domain.contact import DraftState
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.problem import Problem, StopError, UserError
from debiteuren.domain.reminder import Reminder
from debiteuren.domain.settings import DraftPlace, Settings
from debiteuren.jobs.refresh import Refreshed, refresh
from debiteuren.jobs.reminders import (
    RemindersPlan,
    as_tests,
    contacts_of,
    ignoring_bank_age,
    plan_reminders,
)
from debiteuren.mail.drafts import TARGETS
from debiteuren.mail.drafts.withdrawn import WithdrawnList, facts_of
from debiteuren.mail.prepare import Prepared, prepare, without_copy
from debiteuren.one_run import only_run
from debiteuren.tasks import Moment, Progress, load, silent, worked_out

DRAFT_FOLDER = "Concepten"
"""Beside the workbook, where neither --map nor MapConcepten says otherwise."""
TEST_FOLDER = "Proef"
"""In that folder, for drafts to oneself."""
_NO_OWN_ADDRESS = Problem(
    sheet="Instellingen",
    column="EigenEmail",
    found="Hier staat geen e-mailadres, en daar gaan de proefconcepten heen.",
    remedy="vul uw eigen adres in.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Who would get which letter as the sheets stand now; nothing was written.

    `without_copy`: invoices of which the user's folder has no PDF.
    """

    contents: Contents
    refreshed: Refreshed
    plan: RemindersPlan
    without_copy: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedDraft:
    """One draft and where it stands (None in a trial run)."""

    reminder: Reminder
    subject: str
    to: str
    file: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """What a run of reminders did, or in a trial would do.

    `finished`: drafts a run that died had left. `again`: how many were drafted and taken back before. `test`:
    these went to oneself and count for nothing.
    """

    plan: RemindersPlan
    drafts: tuple[PlacedDraft, ...]
    folder: Path
    refreshed: Refreshed
    finished: tuple[Path, ...] = ()
    again: int = 0
    test: bool = False


def plan_drafts(
    workbook: Workbook,
    moment: Moment,
    *,
    without_bank: bool = False,
    progress: Progress = silent,
) -> Planned:
    """Read the money, match it, and see who is due for a letter.

    `without_bank`: the user's word that old bank data, or none, is fine.
    """
    progress("Werkmap lezen")
    contents, reading = load(workbook)
    progress("Koppelen en rekenen")
    done = worked_out(reading.ledger, moment, reading.problems)
    judged = done
    if without_bank:
        judged = refresh(ignoring_bank_age(done.ledger), done.on)
    plan = plan_reminders(judged.ledger, judged.invoices, judged.payments, done.on, without_bank=without_bank)
    missing = without_copy(plan.reminders, _invoice_folder(workbook, done.ledger.settings))
    return Planned(contents=contents, refreshed=done, plan=plan, without_copy=missing)


def _invoice_folder(workbook: Workbook, settings: Settings) -> Path | None:
    return workbook.path.parent / settings.invoice_folder if settings.invoice_folder else None


def remind(
    workbook: Workbook,
    moment: Moment,
    *,
    target: str = DraftPlace.AUTO,
    folder: Path | None = None,
    without_bank: bool = False,
    trial: bool = False,
    test: bool = False,
    progress: Progress = silent,
) -> Reminded:
    """Each due reminder as a draft, logged in Contact before anyone can see it.

    The drafts are written out of sight, the workbook is saved with their rows in Contact, then they are
    put in place. Killed in between, the next run finishes or clears away what was left. With `test`, or where
    Instellingen says so, at most three go to oneself instead, and nothing is logged.

    Raises:
        UserError: what stands in the sheets would falsify money or days.
        SurroundingsError: the workbook or the drafts' folder can't be written.
    """
    with only_run(workbook.path):
        planned = plan_drafts(workbook, moment, without_bank=without_bank, progress=progress)
        if test or planned.refreshed.ledger.settings.test_drafts:
            return _tested(workbook, moment, planned, target=target, folder=folder, trial=trial)
        return _drafted(
            workbook, moment, planned, target=target, folder=folder, trial=trial, progress=progress
        )


def _tested(
    workbook: Workbook, moment: Moment, planned: Planned, *, target: str, folder: Path | None, trial: bool
) -> Reminded:
    """A few letters to oneself, in a folder of their own; the workbook stays as it is."""
    done, plan = planned.refreshed, planned.plan
    settings = done.ledger.settings
    if not settings.company.email:
        raise UserError.of([_NO_OWN_ADDRESS])
    where = _draft_folder(workbook, settings, folder) / TEST_FOLDER
    made = prepare(
        as_tests(plan.reminders, settings.company.email),
        settings,
        done.ledger.templates,
        moment.stamp(done.ledger),
        _invoice_folder(workbook, settings),
    )
    files: Sequence[Path | None] = [None] * len(made.drafts)
    if not trial:
        place = TARGETS[settings.draft_target if target == DraftPlace.AUTO else target](where)
        files = [item.path for item in place.publish(place.stage(made.drafts))]
    told = replace(done, problems=(*done.problems, *made.problems))
    return Reminded(plan=plan, drafts=_placed(made, files), folder=where, refreshed=told, test=True)


def _draft_folder(workbook: Workbook, settings: Settings, folder: Path | None) -> Path:
    return (folder or workbook.path.parent / (settings.draft_folder or DRAFT_FOLDER)).absolute()


def _drafted(
    workbook: Workbook,
    moment: Moment,
    planned: Planned,
    *,
    target: str,
    folder: Path | None,
    trial: bool,
    progress: Progress,
) -> Reminded:
    """The planned letters, staged, logged and put in place, in that order."""
    done, plan = planned.refreshed, planned.plan
    settings = done.ledger.settings
    where = _draft_folder(workbook, settings, folder)
    progress("Brieven schrijven")
    stamp = moment.stamp(done.ledger)
    invoices = _invoice_folder(workbook, settings)
    withdrawn = withdrawn_list(workbook.path)
    prepared = prepare(plan.reminders, settings, done.ledger.templates, stamp, invoices)
    made = withdrawn.warn(prepared)
    plan = replace(plan, skipped=(*plan.skipped, *made.skipped))
    doubts = (*done.given, *made.problems)
    if trial:
        return Reminded(
            plan=plan,
            drafts=_placed(made, [None] * len(made.drafts)),
            folder=where,
            refreshed=replace(done, problems=tuple(dict.fromkeys((*done.problems, *made.problems)))),
        )
    place = TARGETS[settings.draft_target if target == DraftPlace.AUTO else target](where)
    counting = _counting_keys(done.ledger)
    withdrawn.clear_away(counting)
    finished = place.recover(counting)
    progress("Concepten klaarzetten")
    staged = place.stage(made.drafts, plan.skipped)
    contacts = [row for reminder in made.reminders for row in contacts_of(reminder, stamp)]
    logged = replace(done.ledger, contacts=(*done.ledger.contacts, *contacts))
    after = refresh(logged, done.on, doubts, now=moment.clock(done.ledger))
    rows = {"tblContact": [contact_row(contact) for contact in contacts]}
    progress("Wegschrijven")
    try:
        changes = refreshed_changes(planned.contents, after, rows, run="herinneringen")
        changes.facts.update(facts_of(staged, made.reminders))
        workbook.write(changes)
    except StopError:
        # Any other end leaves them staged: the next run sees in Contact whether they count.
        place.discard(staged)
        raise
    files = [item.path for item in place.publish(staged)]
    return Reminded(
        plan=plan,
        drafts=_placed(made, files),
        folder=where,
        refreshed=after,
        finished=finished,
        again=len(made.problems) - len(prepared.problems),
    )


def withdrawn_list(workbook: Path) -> WithdrawnList:
    """The list of this workbook's drafts that were taken back, among its backups."""
    real = Path(os.path.realpath(workbook))
    return WithdrawnList(real.parent / FOLDER / f"{real.stem} teruggenomen concepten.json")


def _counting_keys(ledger: Ledger) -> set[str]:
    """The keys of letters that count in Contact."""
    return {
        contact.key
        for contact in ledger.contacts
        if contact.key and contact.draft in {DraftState.MADE, DraftState.SENT}
    }


def _placed(made: Prepared, files: Sequence[Path | None]) -> tuple[PlacedDraft, ...]:
    return tuple(
        PlacedDraft(reminder=reminder, subject=draft.subject, to=draft.to, file=file)
        for reminder, draft, file in zip(made.reminders, made.drafts, files, strict=True)
    )
