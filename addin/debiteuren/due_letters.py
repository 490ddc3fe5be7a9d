"""Who is due for a letter as the sheets and the mailbox stand now, and where the letters would go.

Answers: what the question before Genereer herinneringen shows, and what a run then does. Writes nothing.
Source: docs/regels.md, "Brieven" and "Concepten".
Leaves to others: making, logging and placing the drafts (reminding.py).
"""

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from debiteuren.book.workbook import Contents, Workbook
from debiteuren.domain.contact import Contact
from debiteuren.domain.settings import DraftPlace, Settings
from debiteuren.draft_places import Places
from debiteuren.jobs.arrangement_letters import with_arrangement_letters
from debiteuren.jobs.draft_states import Settled, open_drafts, settle, unclear
from debiteuren.jobs.refresh import Refreshed, refresh
from debiteuren.jobs.reminders import RemindersPlan, ignoring_bank_age, plan_reminders
from debiteuren.mail.drafts import Around, Choice, choose
from debiteuren.mail.prepare import without_copy
from debiteuren.tasks import Moment, Progress, load, silent, worked_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Who would get which letter as the sheets stand now; nothing was written.

    `without_copy`: invoices of which the user's folder has no PDF.
    `choice`: where the drafts will go and why. `settled`: what became of earlier ones; `contacts`: as they
    were before that.
    """

    contents: Contents
    refreshed: Refreshed
    plan: RemindersPlan
    without_copy: tuple[str, ...] = ()
    choice: Choice
    settled: Settled
    contacts: tuple[Contact, ...]


def plan_drafts(
    workbook: Workbook,
    moment: Moment,
    *,
    target: str = DraftPlace.AUTO,
    folder: Path | None = None,
    without_bank: bool = False,
    around: Around | None = None,
    progress: Progress = silent,
) -> Planned:
    """Choose where the drafts go, read the money, match it, and see who is due for a letter.

    `without_bank`: the user's word that old bank data, or none, is fine.

    Raises:
        UserError: what stands in the sheets would falsify money or days.
        SurroundingsError: the place asked for is not set up, or the mailbox does not answer.
    """
    return planned_in(
        workbook,
        moment,
        target=target,
        folder=folder,
        without_bank=without_bank,
        around=around or Around(),
        progress=progress,
    )[0]


def planned_in(
    workbook: Workbook,
    moment: Moment,
    *,
    target: str,
    folder: Path | None,
    without_bank: bool,
    around: Around,
    progress: Progress,
) -> tuple[Planned, Places]:
    """What `plan_drafts` says, and the places, for a run to go on with."""
    progress("Werkmap lezen")
    contents, reading = load(workbook)
    ledger = reading.ledger
    choice = choose(target, ledger.settings, around)
    places = Places(workbook.path, ledger.settings, folder, around)
    progress("Koppelen en rekenen")
    done = worked_out(ledger, moment, reading.problems)
    waiting = open_drafts(ledger.contacts, done.on)
    if waiting:
        progress("Eerdere concepten nakijken")
    with closing(places):
        since = min((rows[0].day for rows in waiting.values()), default=done.on) - timedelta(days=1)
        seen = places.seen(choice, waiting.keys(), since)
    settled = settle(ledger.contacts, seen.found, seen.missing, done.invoices, done.on)
    told = (*settled.problems, *unclear(settled.contacts, seen.unclear, done.on), *seen.problems)
    settled = replace(settled, problems=told)
    if settled.changed or told:
        done = worked_out(replace(ledger, contacts=settled.contacts), moment, (*reading.problems, *told))
    judged = done
    if without_bank:
        judged = refresh(ignoring_bank_age(done.ledger), done.on)
    plan = plan_reminders(judged.ledger, judged.invoices, judged.payments, done.on, without_bank=without_bank)
    plan = with_arrangement_letters(plan, done, without_bank=without_bank)
    missing = without_copy(plan.reminders, invoice_folder_of(workbook, done.ledger.settings))
    planned = Planned(
        contents=contents,
        refreshed=done,
        plan=plan,
        without_copy=missing,
        choice=choice,
        settled=settled,
        contacts=ledger.contacts,
    )
    return planned, places


def invoice_folder_of(workbook: Workbook, settings: Settings) -> Path | None:
    """The user's folder with copies of invoices, where he named one."""
    return workbook.path.parent / settings.invoice_folder if settings.invoice_folder else None
