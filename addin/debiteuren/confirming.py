"""The confirmation of an arrangement, ready as a draft the moment the arrangement is recorded.

Answers: in which order its row in Contact, the workbook and the draft come, and why there is none if there is
none: what stands in the way of a draft never stands in the way of the arrangement.
Source: docs/regels.md, "Bevestigen" and "Concepten"; rules A23, D11, D12, D26.
Leaves to others: the arrangement (arranging.py), the letter (jobs/arrangement_letters.py), the places (mail).
"""

from dataclasses import dataclass, field
from pathlib import Path

from debiteuren.book.workbook import Changes, Workbook
from debiteuren.domain.arrangement import ArrangementState
from debiteuren.domain.arrangement_letter import ArrangementLetterKind
from debiteuren.domain.contact import Contact
from debiteuren.domain.debtor import Debtor
from debiteuren.domain.problem import NOTHING_CHANGED, SurroundingsError
from debiteuren.domain.settings import DraftPlace
from debiteuren.draft_places import Places
from debiteuren.jobs.arrangement_letters import confirmation_of, contact_of, reachable
from debiteuren.jobs.refresh import Refreshed
from debiteuren.jobs.reminders import as_tests, cannot_be_written
from debiteuren.mail.drafts import Around, Choice, DraftTarget, choose
from debiteuren.mail.drafts.port import Staged
from debiteuren.mail.drafts.withdrawn import facts_of
from debiteuren.mail.prepare import Prepared, prepare
from debiteuren.placed_drafts import PlacedDraft, as_placed
from debiteuren.tasks import Moment

NOT_WANTED = "u vroeg om geen bevestiging"
_NO_ADDRESS = "bij deze klant staat geen bruikbaar e-mailadres en geen volledig postadres"
_MADE = "er staat al een concept voor deze bevestiging op Contact"
_LATER = ". Herinneringen maken zet haar alsnog klaar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Whether a confirmation is wanted, and where it goes; as in `remind`."""

    confirm: bool = True
    target: str = DraftPlace.AUTO
    folder: Path | None = None
    around: Around = field(default_factory=Around)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """What became of the confirmation: the draft, or why there is none, in words that follow "want".

    `choice`: the place and why, None where none was chosen. `folder`: of drafts that are files. `test`: it
    went to oneself and counts for nothing.
    """

    draft: PlacedDraft | None = None
    reason: str = ""
    choice: Choice | None = None
    folder: Path | None = None
    test: bool = False


class Confirmation:
    """One confirmation on its way: made ready out of sight, then logged, then put in place."""

    def __init__(self, workbook: Workbook, done: Refreshed, wanted: Wanted, moment: Moment) -> None:
        self._workbook = workbook
        self._settings = done.ledger.settings
        self._wanted = wanted
        self._done = done
        self._stamp = moment.stamp(done.ledger)
        self._places: Places | None = None
        self._target: DraftTarget | None = None
        self._made: Prepared | None = None
        self._staged: Staged | None = None
        self._choice: Choice | None = None
        self.contact: Contact | None = None
        self.reason = "" if wanted.confirm else NOT_WANTED

    def stage(self, state: ArrangementState, debtor: Debtor) -> None:
        """Make it ready out of sight, or know why it can't be; nothing is logged yet."""
        if self.reason:
            return
        found = reachable(debtor, ArrangementLetterKind.CONFIRMATION)
        if found is None or cannot_be_written(found):
            self.reason = _NO_ADDRESS + _LATER
            return
        letter, made_before = confirmation_of(state, self._done, found)
        if made_before:
            self.reason = _MADE
            return
        test = self._settings.test_drafts
        letters = as_tests([letter], self._settings.company.email) if test else (letter,)
        made = prepare(letters, self._settings, (), self._stamp)
        if not made.drafts:
            self.reason = made.skipped[0].reason.rstrip(".") + _LATER
            return
        try:
            asked = DraftPlace.EML if test else self._wanted.target
            self._choice = choose(asked, self._settings, self._wanted.around)
            self._places = Places(
                self._workbook.path, self._settings, self._wanted.folder, self._wanted.around
            )
            self._target = self._places.target(self._choice.place)
            self._staged = self._target.stage(made.drafts)
        except SurroundingsError as stop:
            self.reason = _plain(stop) + _LATER
            return
        self._made = made
        if not test:
            self.contact = contact_of(letter, self._stamp)

    def log(self, changes: Changes) -> None:
        """Let the run remember the draft, so that taking it back takes the draft too."""
        if self._staged is not None and self._made is not None and self.contact is not None:
            changes.facts.update(facts_of(self._staged, self._made.letters))

    def discard(self) -> None:
        """Throw it away: the workbook could not be written."""
        if self._staged is not None and self._target is not None:
            self._target.discard(self._staged)

    def publish(self) -> Confirmed:
        """Put it in place; what then stands in the way leaves it waiting for the next run."""
        if self._staged is None or self._target is None or self._made is None or self._places is None:
            return Confirmed(reason=self.reason, choice=self._choice)
        folder = self._places.folder
        try:
            (draft,) = as_placed(self._made, self._target.publish(self._staged))
        except SurroundingsError as stop:
            return Confirmed(reason=_plain(stop), choice=self._choice, folder=folder)
        return Confirmed(draft=draft, choice=self._choice, folder=folder, test=self._settings.test_drafts)

    def close(self) -> None:
        """Let go of the mailboxes."""
        if self._places is not None:
            self._places.close()


def _plain(stop: SurroundingsError) -> str:
    """Why, to stand in a sentence of ours: the arrangement itself was recorded."""
    return stop.title.removeprefix(NOTHING_CHANGED).rstrip(".")
