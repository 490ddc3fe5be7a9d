"""The places where drafts of one workbook are or will be: its folder, and its mailboxes.

Answers: what became of earlier drafts, which sets of a run that died must be finished, which drafts must go.
Source: docs/regels.md, "Concepten".
Leaves to others: the order of a run (reminding.py, undoing.py), the places themselves (mail/drafts).
"""

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from debiteuren.book.ooxml import FOLDER
from debiteuren.domain.contact import DraftState
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.problem import NOTHING_CHANGED, Problem, Severity, SurroundingsError
from debiteuren.domain.seen_draft import Found
from debiteuren.domain.settings import DraftPlace, Settings
from debiteuren.mail.drafts import Around, Choice, DraftTarget, EmlFolder, Outbox, Recovered, mailbox_of
from debiteuren.mail.drafts.outbox import record_of
from debiteuren.mail.drafts.record import Line, Step
from debiteuren.mail.drafts.waiting import forget, sets_of, target_of, waiting_keys
from debiteuren.mail.drafts.withdrawn import WithdrawnList

DRAFT_FOLDER = "Concepten"
"""Beside the workbook, where neither --map nor MapConcepten says otherwise."""

_IN_A_MAILBOX = frozenset({Step.PLACED, Step.UNCLEAR, Step.COMMITTING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What mailboxes show of drafts that wait. `missing`: placed there, nowhere in it now.

    `unclear`: nobody knows whether they were placed, and they are not there. `problems`: who did not answer.
    """

    found: Mapping[str, Found]
    missing: frozenset[str] = frozenset()
    unclear: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


class Places:
    """The folder and the mailboxes of one workbook; a mailbox is entered when it is first needed."""

    def __init__(self, workbook: Path, settings: Settings, folder: Path | None, around: Around) -> None:
        self.folder = (folder or workbook.parent / (settings.draft_folder or DRAFT_FOLDER)).absolute()
        self.home = home_of(workbook)
        self._settings = settings
        self._around = around
        self._outboxes: dict[str, Outbox] = {}

    def target(self, place: str) -> DraftTarget:
        """What makes drafts in this place.

        Raises:
            SurroundingsError: it is not set up (any more).
        """
        return EmlFolder(self.folder) if place in {DraftPlace.AUTO, DraftPlace.EML} else self.outbox(place)

    def outbox(self, place: str) -> Outbox:
        """The way to the mailbox of this place."""
        if place not in self._outboxes:
            mailbox = mailbox_of(DraftPlace(place), self._settings, self._around)
            if mailbox is None:
                raise ValueError(f"no mailbox: {place}")
            self._outboxes[place] = Outbox(mailbox, self.home, self.folder)
        return self._outboxes[place]

    def seen(self, choice: Choice, keys: Collection[str], since: date) -> Seen:
        """Where these waiting drafts are now, for as far as a mailbox shows it.

        Raises:
            SurroundingsError: the mailbox that the new drafts go to does not answer.
        """
        lines = {key: line for key, line in self._record().items() if key in keys}
        by_place: dict[str, set[str]] = {}
        if choice.place is not DraftPlace.EML and keys:
            by_place[choice.place] = {*keys}  # also drafts that were files may have been sent from there
        for line in lines.values():
            if line.step in _IN_A_MAILBOX:
                by_place.setdefault(line.target, set()).add(line.key)
        found: dict[str, Found] = {}
        problems: list[Problem] = []
        answered: set[str] = set()
        for place, asked in by_place.items():
            try:
                found |= self.outbox(place).look(asked, since)
                answered.add(place)
            except SurroundingsError as stop:
                if place == choice.place:
                    raise
                problems.append(_silent(stop))
        absent = [line for line in lines.values() if line.target in answered and line.key not in found]
        return Seen(
            found=found,
            missing=frozenset(line.key for line in absent if line.step is Step.PLACED),
            unclear=frozenset(line.key for line in absent if line.step is Step.UNCLEAR),
            problems=tuple(problems),
        )

    def recover(self, counting: Collection[str]) -> Recovered:
        """Finish what a run that died had staged and logged, wherever it was to go.

        Raises:
            SurroundingsError: a mailbox for which drafts wait does not answer.
        """
        done = EmlFolder(self.folder).recover(counting)
        keys: list[str] = []
        for waiting in sets_of(self.home):
            place = target_of(waiting)
            if place and waiting_keys(waiting) & {*counting}:
                keys += self.outbox(place).recover(counting).keys
            else:
                forget(waiting)
        return Recovered(files=done.files, keys=tuple(keys))

    def withdraw(self, counting: Collection[str], overtaken: Iterable[str] = ()) -> None:
        """Take out drafts that no longer count in Contact, of this run or of one that was cut short.

        `overtaken`: keys whose files go as well.

        Raises:
            SurroundingsError: a mailbox does not answer, or a file can't be moved.
        """
        EmlFolder(self.folder).withdraw(frozenset(overtaken))
        by_place: dict[str, set[str]] = {}
        for key, line in self._record().items():
            if key not in counting and line.step in _IN_A_MAILBOX:
                by_place.setdefault(line.target, set()).add(key)
        for place, keys in by_place.items():
            self.outbox(place).withdraw(keys)

    def close(self) -> None:
        """Let go of the mailboxes."""
        for outbox in self._outboxes.values():
            outbox.close()

    def _record(self) -> Mapping[str, Line]:
        return record_of(self.home).lines


def home_of(workbook: Path) -> Path:
    """Where is kept what must be remembered of this workbook's drafts in mailboxes, among its backups."""
    real = Path(os.path.realpath(workbook))
    return real.parent / FOLDER / f"{real.stem} postvak"


def withdrawn_list(workbook: Path) -> WithdrawnList:
    """The list of this workbook's drafts that were taken back, among its backups."""
    real = Path(os.path.realpath(workbook))
    return WithdrawnList(real.parent / FOLDER / f"{real.stem} teruggenomen concepten.json")


def counting_keys(ledger: Ledger) -> set[str]:
    """The keys of letters that count in Contact."""
    return {
        contact.key for contact in ledger.contacts if contact.key and contact.draft is not DraftState.VOID
    }


def _silent(stop: SurroundingsError) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        sheet="Contact",
        column="Concept",
        found="Van concepten in uw postvak is niet bekend of ze verstuurd zijn: "
        + stop.title.removeprefix(NOTHING_CHANGED),
        remedy="zet Concept zelf op Verstuurd, of probeer het later opnieuw.",
    )
