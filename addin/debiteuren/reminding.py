"""Genereer herinneringen on a workbook, closed or open: from the sheets to drafts that wait for a person.

Answers: in which order money is read again, drafts are made, logged and put in place, so that a kill at any
moment leaves each draft exactly once (promise 3).
Source: contract, sections 3 and 4; mail.md, "Never twice, never wrong".
Leaves to others: who gets one (jobs/reminders.py), the words and the files (mail/), messages (cli, buttons).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from debiteuren.book.results import contact_row, refreshed_changes
from debiteuren.book.workbook import Contents, Workbook
from debiteuren.domain.contact import DraftState
from debiteuren.domain.debtor import Channel, Debtor
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.problem import Problem
from debiteuren.domain.reminder import Reminder
from debiteuren.jobs.refresh import Refreshed, refresh
from debiteuren.jobs.reminders import RemindersPlan, contacts_of, plan_reminders
from debiteuren.mail.attachments import InvoiceFolder
from debiteuren.mail.drafts import TARGETS, Draft
from debiteuren.mail.letters.render import render
from debiteuren.mail.message import message_of
from debiteuren.tasks import Moment, Progress, load, silent, worked_out

DRAFT_FOLDER = "Concepten"
"""Beside the workbook, where neither --map nor MapConcepten says otherwise."""

_ANY_AGE = 10**6
"""Working days: with --zonder-bank no bank data is too old."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Who would get which letter as the sheets stand now; nothing was written."""

    contents: Contents
    refreshed: Refreshed
    plan: RemindersPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedDraft:
    """One draft and where it stands (None in a trial run)."""

    reminder: Reminder
    subject: str
    to: str
    file: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """What a run of reminders did, or in a trial would do. `finished`: drafts a run that died had left."""

    plan: RemindersPlan
    drafts: tuple[PlacedDraft, ...]
    folder: Path
    refreshed: Refreshed
    finished: tuple[Path, ...] = ()


def plan_drafts(
    workbook: Workbook,
    moment: Moment,
    *,
    without_bank: bool = False,
    show_faults: bool = False,
    progress: Progress = silent,
) -> Planned:
    """Read the money, match it, and see who is due for a letter.

    `without_bank`: the user's word that old bank data, or none, is fine.
    """
    progress("Werkmap lezen")
    contents, reading = load(workbook, show_faults=show_faults)
    progress("Koppelen en rekenen")
    done = worked_out(reading.ledger, moment, reading.problems)
    judged = done
    if without_bank:
        settings = replace(done.ledger.settings, bank_max_age=_ANY_AGE)
        judged = refresh(replace(done.ledger, settings=settings), done.on)
    plan = plan_reminders(judged.ledger, judged.invoices, judged.payments, done.on, without_bank=without_bank)
    return Planned(contents=contents, refreshed=done, plan=plan)


def remind(
    workbook: Workbook,
    moment: Moment,
    *,
    target: str = "auto",
    folder: Path | None = None,
    without_bank: bool = False,
    trial: bool = False,
    show_faults: bool = False,
    progress: Progress = silent,
) -> Reminded:
    """Each due reminder as a draft, logged in Contact before anyone can see it.

    The drafts are written out of sight, the workbook is saved with their rows in Contact, then they are
    put in place. Killed in between, the next run finishes or clears away what was left.

    Raises:
        UserError: what stands in the sheets would falsify money or days.
        SurroundingsError: the workbook or the drafts' folder can't be written.
    """
    planned = plan_drafts(
        workbook, moment, without_bank=without_bank, show_faults=show_faults, progress=progress
    )
    done, plan = planned.refreshed, planned.plan
    settings = done.ledger.settings
    where = folder or workbook.path.parent / (settings.draft_folder or DRAFT_FOLDER)
    progress("Brieven schrijven")
    drafts, problems = _drafts(plan.reminders, done.ledger, moment, workbook.path.parent)
    if trial:
        placed = _placed(plan.reminders, drafts, [None] * len(drafts))
        return Reminded(plan=plan, drafts=placed, folder=where, refreshed=done)
    place = TARGETS[target](where)
    finished = place.recover(_counting_keys(done.ledger))
    stamp = moment.stamp(done.ledger)
    contacts = [row for reminder in plan.reminders for row in contacts_of(reminder, stamp)]
    progress("Concepten klaarzetten")
    staged = place.stage(drafts, plan.skipped)
    try:
        logged = replace(done.ledger, contacts=(*done.ledger.contacts, *contacts))
        after = refresh(logged, done.on, (*done.given, *plan.problems, *problems))
        rows = {"tblContact": [contact_row(contact) for contact in contacts]}
        progress("Wegschrijven")
        workbook.write(refreshed_changes(planned.contents, after, rows))
    except BaseException:
        place.discard(staged)
        raise
    files = [item.path for item in place.publish(staged)]
    return Reminded(
        plan=plan,
        drafts=_placed(plan.reminders, drafts, files),
        folder=where,
        refreshed=after,
        finished=finished.published,
    )


def _counting_keys(ledger: Ledger) -> set[str]:
    return {
        contact.key
        for contact in ledger.contacts
        if contact.key and contact.draft in {DraftState.MADE, DraftState.SENT}
    }


def _drafts(
    reminders: Sequence[Reminder], ledger: Ledger, moment: Moment, home: Path
) -> tuple[list[Draft], list[Problem]]:
    """Every letter as a finished draft: a mail with its copies, or a page to print for who wants post.

    `home`: the workbook's folder, which MapFacturen is relative to.
    """
    settings = ledger.settings
    copies = InvoiceFolder(home / settings.invoice_folder if settings.invoice_folder else None)
    stamp = moment.stamp(ledger)
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for reminder in reminders:
        paper = reminder.debtor.channel is Channel.POST
        found = [copies.copy_of(line.invoice) for line in reminder.lines]
        attached = [] if paper else [copy for copy in found if copy is not None]
        letter, faults = render(reminder, settings, ledger.templates, attached=len(attached), paper=paper)
        problems += [fault for fault in faults if fault not in problems]
        drafts.append(
            Draft(
                key=reminder.key,
                debtor=reminder.debtor.number,
                name=reminder.debtor.name,
                to=_postal_address(reminder.debtor) if paper else reminder.debtor.email,
                subject=letter.subject,
                step=reminder.step.value,
                invoices=tuple(line.invoice.number for line in reminder.lines),
                amount=reminder.total,
                on=reminder.on,
                content=letter.html.encode()
                if paper
                else message_of(letter, reminder, settings.company, stamp, attached),
                suffix=".html" if paper else ".eml",
            )
        )
    return drafts, problems


def _postal_address(debtor: Debtor) -> str:
    return ", ".join(part for part in (debtor.address, f"{debtor.postcode} {debtor.city}".strip()) if part)


def _placed(
    reminders: Sequence[Reminder], drafts: Sequence[Draft], files: Sequence[Path | None]
) -> tuple[PlacedDraft, ...]:
    return tuple(
        PlacedDraft(reminder=reminder, subject=draft.subject, to=draft.to, file=file)
        for reminder, draft, file in zip(reminders, drafts, files, strict=True)
    )
