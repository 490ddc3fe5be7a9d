"""Genereer herinneringen on a workbook, closed or open: from the sheets to drafts that wait for a person.

Answers: in which order money is read again, drafts are made, logged and put in place, so that a kill at any
moment leaves each draft exactly once.
Source: docs/regels.md, "Concepten" and "Beloften" (3).
Leaves to others: who gets one (jobs/reminders.py), what became of earlier ones (jobs/draft_states.py), the
words and the places (mail/, draft_places.py), messages (cli, buttons).
"""

from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from debiteuren.book.results import contact_columns, contact_row, refreshed_changes
from debiteuren.book.workbook import Workbook
from debiteuren.domain.problem import Problem, StopError, UserError
from debiteuren.domain.reminder import Reminder
from debiteuren.domain.settings import DraftPlace
from debiteuren.draft_places import Places, counting_keys, withdrawn_list
from debiteuren.due_letters import Planned, invoice_folder_of, planned_in
from debiteuren.jobs.arrangement_letters import contact_of
from debiteuren.jobs.refresh import Refreshed, refresh
from debiteuren.jobs.reminders import (
    RemindersPlan,
    as_tests,
    contacts_of,
)
from debiteuren.mail.drafts import Around, Choice, EmlFolder, Recovered
from debiteuren.mail.drafts.withdrawn import facts_of
from debiteuren.mail.prepare import prepare
from debiteuren.one_run import only_run
from debiteuren.placed_drafts import PlacedDraft, as_placed, not_placed
from debiteuren.tasks import Moment, Progress, silent

TEST_FOLDER = "Proef"
"""In that folder, for drafts to oneself."""
_NO_OWN_ADDRESS = Problem(
    sheet="Instellingen",
    column="EigenEmail",
    found="Hier staat geen e-mailadres, en daar gaan de proefconcepten heen.",
    remedy="vul uw eigen adres in.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """What a run of reminders did, or in a trial would do.

    `finished`: drafts a run that died had left. `again`: how many were drafted and taken back before.
    `choice`: where the drafts went and why. `problems`: what became of earlier ones and needs a look. `test`:
    these went to oneself and count for nothing.
    """

    plan: RemindersPlan
    drafts: tuple[PlacedDraft, ...]
    folder: Path
    refreshed: Refreshed
    choice: Choice
    finished: Recovered = field(default_factory=Recovered)
    again: int = 0
    test: bool = False
    problems: tuple[Problem, ...] = ()


def remind(
    workbook: Workbook,
    moment: Moment,
    *,
    target: str = DraftPlace.AUTO,
    folder: Path | None = None,
    without_bank: bool = False,
    around: Around | None = None,
    trial: bool = False,
    test: bool = False,
    progress: Progress = silent,
) -> Reminded:
    """Each due letter as a draft, logged in Contact before anyone can see it.

    The drafts are written out of sight, the workbook is saved with their rows in Contact, then they are
    put in place. Killed in between, the next run finishes or clears away what was left. With `test`, or where
    Instellingen says so, at most three go to oneself instead, and nothing is logged.

    Raises:
        UserError: what stands in the sheets would falsify money or days.
        SurroundingsError: the workbook or the drafts can't be written, or where they go is not set up.
    """
    with only_run(workbook.path):
        planned, places = planned_in(
            workbook,
            moment,
            target=target,
            folder=folder,
            without_bank=without_bank,
            around=around or Around(),
            progress=progress,
        )
        if test or planned.refreshed.ledger.settings.test_drafts:
            return _tested(workbook, moment, planned, places.folder / TEST_FOLDER, trial=trial)
        with closing(places):
            return _drafted(workbook, moment, planned, places, trial=trial, progress=progress)


def _tested(workbook: Workbook, moment: Moment, planned: Planned, where: Path, *, trial: bool) -> Reminded:
    """A few letters to oneself, as files in a folder of their own; the workbook stays as it is."""
    done, plan = planned.refreshed, planned.plan
    settings = done.ledger.settings
    if not settings.company.email:
        raise UserError.of([_NO_OWN_ADDRESS])
    made = prepare(
        as_tests(plan.letters, settings.company.email),
        settings,
        done.ledger.templates,
        moment.stamp(done.ledger),
        invoice_folder_of(workbook, settings),
        done.ledger.debtors,
    )
    place = EmlFolder(where)
    placed = () if trial else place.publish(place.stage(made.drafts))
    return Reminded(
        plan=plan,
        drafts=not_placed(made) if trial else as_placed(made, placed),
        folder=where,
        refreshed=replace(done, problems=(*done.problems, *made.problems)),
        choice=Choice(DraftPlace.EML, "een proef is altijd een bestand"),
        test=True,
    )


def _drafted(
    workbook: Workbook,
    moment: Moment,
    planned: Planned,
    places: Places,
    *,
    trial: bool,
    progress: Progress,
) -> Reminded:
    """The planned letters, staged, logged and put in place, in that order."""
    done, plan, settled = planned.refreshed, planned.plan, planned.settled
    settings = done.ledger.settings
    progress("Brieven schrijven")
    stamp = moment.stamp(done.ledger)
    invoices = invoice_folder_of(workbook, settings)
    withdrawn = withdrawn_list(workbook.path)
    prepared = prepare(plan.letters, settings, done.ledger.templates, stamp, invoices, done.ledger.debtors)
    made = withdrawn.warn(prepared)
    plan = replace(plan, skipped=(*plan.skipped, *made.skipped))
    doubts = (*done.given, *made.problems)
    result = Reminded(
        plan=plan,
        drafts=not_placed(made),
        folder=places.folder,
        refreshed=done,
        choice=planned.choice,
        problems=settled.problems,
    )
    if trial:
        told = tuple(dict.fromkeys((*done.problems, *made.problems)))
        return replace(result, refreshed=replace(done, problems=told))
    counting = counting_keys(done.ledger)
    withdrawn.clear_away(counting)
    finished = places.recover(counting)
    progress("Concepten klaarzetten")
    place = places.target(planned.choice.place)
    staged = place.stage(made.drafts, plan.skipped)
    contacts = [
        row
        for letter in made.letters
        for row in (
            contacts_of(letter, stamp) if isinstance(letter, Reminder) else (contact_of(letter, stamp),)
        )
    ]
    logged = replace(done.ledger, contacts=(*done.ledger.contacts, *contacts))
    after = refresh(logged, done.on, doubts, now=moment.clock(done.ledger))
    rows = {"tblContact": [contact_row(contact) for contact in contacts]}
    progress("Wegschrijven")
    try:
        changes = refreshed_changes(planned.contents, after, rows, run="herinneringen")
        changes.columns.update(contact_columns(planned.contents, planned.contacts, settled.contacts))
        changes.facts.update(facts_of(staged, made.letters))
        workbook.write(changes)
    except StopError:
        # Any other end leaves them staged: the next run sees in Contact whether they count.
        place.discard(staged)
        raise
    progress("Concepten plaatsen")
    placed = place.publish(staged)
    places.withdraw(counting_keys(logged), settled.overtaken)
    return replace(
        result,
        drafts=as_placed(made, placed),
        refreshed=after,
        finished=finished,
        again=len(made.problems) - len(prepared.problems),
    )
