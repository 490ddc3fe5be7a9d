"""Drafts for a mailbox: they wait in a file beside the workbook until the mailbox has them, each once.

Answers: in which order is written, logged and placed, and what to do when the connection breaks anywhere.
Source: docs/regels.md, "Concepten" and "Beloften" (3). What was certainly not placed is placed; what may have
been is looked for by its key; what then is not found is never placed again, but left to a person.
Leaves to others: talking to one kind of mailbox (imap.py, graph.py, outlook.py), letters on paper (eml.py).
"""

import time
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from debiteuren.domain.problem import NOTHING_CHANGED, SurroundingsError
from debiteuren.domain.reminder import Skipped
from debiteuren.domain.seen_draft import Found, Spot
from debiteuren.domain.surroundings import reason
from debiteuren.mail.drafts.eml import EmlFolder
from debiteuren.mail.drafts.mailbox import LostConnectionError, Mailbox
from debiteuren.mail.drafts.port import Draft, Placed, Recovered, Staged
from debiteuren.mail.drafts.record import Line, Record, Step
from debiteuren.mail.drafts.waiting import (
    WAITING,
    Listed,
    batches,
    contents_of,
    day_before,
    forget,
    listed_in,
    note,
    sets_of,
    written,
)

_RECORD = "verloop.jsonl"
_PAUSES = (0.2, 1.0, 3.0)
"""Seconds before each new try after a broken connection."""


Result = TypeVar("Result")


class Outbox:
    """Drafts on their way to one mailbox; letters to print and the page of drafts go to a folder.

    `home`: a folder of this workbook's own, for what must be remembered. `pause`: waits so many seconds.
    """

    def __init__(
        self,
        mailbox: Mailbox,
        home: Path,
        folder: Path,
        *,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.mailbox = mailbox
        self.home = home
        self.paper = EmlFolder(folder)
        self.record = record_of(home)
        self._pause = pause

    def stage(self, drafts: Iterable[Draft], skipped: Sequence[Skipped] = ()) -> Staged:
        """Write all drafts into a file of waiting letters and ask the mailbox whether it can take them.

        Raises:
            SurroundingsError: it can't, or nothing can be written; then nothing is left behind.
        """
        waiting = self.home / f"{WAITING}{uuid.uuid4().hex}"
        placed: list[Placed] = []
        paper: list[Draft] = []
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            waiting.mkdir()
            made = written(waiting, drafts, placed, paper)
            listed = [replace(one, again=one.key in self.record.lines) for one in made]
            if listed:
                self._tried(lambda: self.mailbox.check([one.size for one in listed]))
            note(waiting, self.mailbox.word, listed)
            files = self.paper.stage(paper, skipped, placed)
            self.record.add([self._line(one, Step.GONE) for one in listed if one.again], lasting=True)
        except (OSError, LostConnectionError) as fault:
            forget(waiting)
            raise self._in_the_way(fault) from fault
        except SurroundingsError:
            forget(waiting)
            raise
        if not listed:
            forget(waiting)
        return Staged(
            folder=self.paper.folder,
            hidden=waiting if listed else None,
            placed=(*placed, *files.placed),
            index=files.index,
            files=files,
            target=self.mailbox.word,
        )

    def publish(self, staged: Staged) -> tuple[Placed, ...]:
        """Place what waits; what the mailbox may or may not have got is marked unclear.

        Raises:
            SurroundingsError: the mailbox can't be reached or refuses; the rest waits for `recover`.
        """
        if staged.hidden is not None:
            self._place(staged.hidden, {place.draft.key for place in staged.placed})
        files = {place.draft.key: place for place in self.paper.publish(staged.files)} if staged.files else {}
        done = []
        for place in staged.placed:
            line = self.record.lines.get(place.draft.key)
            if place.path is not None:
                done.append(files.get(place.draft.key, place))
            elif line is not None:
                own = line.id or place.draft.key
                done.append(replace(place, id=own, unclear=line.step is Step.UNCLEAR))
        return tuple(done)

    def discard(self, staged: Staged) -> None:
        """Remove staged drafts, when the rows in Contact could not be saved."""
        if staged.hidden is not None:
            forget(staged.hidden)
        if staged.files is not None:
            self.paper.discard(staged.files)

    def recover(self, known_keys: Collection[str]) -> Recovered:
        """Finish what a run that died had staged and logged; remove what it had not logged."""
        known = frozenset(known_keys)
        keys: list[str] = []
        for waiting in sets_of(self.home, self.mailbox.word):
            before = {key for key, line in self.record.lines.items() if line.step is Step.PLACED}
            self._place(waiting, known)
            after = {key for key, line in self.record.lines.items() if line.step is Step.PLACED}
            keys += sorted(after - before)
        return Recovered(files=self.paper.recover(known).files, keys=tuple(keys))

    def look(self, keys: Collection[str], since: date) -> dict[str, Found]:
        """Which of these are in the mailbox, and where; tries again when the connection breaks.

        Raises:
            SurroundingsError: the mailbox can't be reached or entered.
        """
        return self._tried(lambda: self.mailbox.look(keys, since)) if keys else {}

    def withdraw(self, keys: Collection[str]) -> frozenset[str]:
        """Take these out of the drafts; which were there comes back."""
        gone: frozenset[str] = self._tried(lambda: self.mailbox.withdraw(keys)) if keys else frozenset()
        self.record.step(sorted(keys), Step.GONE)
        return gone

    def close(self) -> None:
        """Let go of the mailbox."""
        self.mailbox.close()

    def _place(self, waiting: Path, wanted: Collection[str]) -> None:
        """Place the wanted drafts of a set, then forget the set."""
        listed = [one for one in listed_in(waiting) if one.key in wanted]
        pauses = [*_PAUSES]
        while listed:
            try:
                listed = self._left(listed, day_before(waiting))
                for batch in batches(listed):
                    self.mailbox.place(contents_of(waiting, batch), _Teller(self, batch))
                listed = []
            except LostConnectionError as fault:
                if not pauses:
                    raise self._waits(listed, str(fault)) from fault
                self._pause(pauses.pop(0))
            except SurroundingsError as refusal:
                raise self._waits(listed, refusal.title.removeprefix(NOTHING_CHANGED)) from refusal
        forget(waiting)

    def _left(self, listed: Sequence[Listed], since: date) -> list[Listed]:
        """What is still to be placed, after a look; what may be there is never placed again."""
        steps = self.record.lines
        unsure = [
            one
            for one in listed
            if one.key not in steps or steps[one.key].step not in {Step.PLACED, Step.UNCLEAR}
        ]
        again = {one.key for one in unsure if one.again}
        seen = self.mailbox.look([one.key for one in unsure], since) if unsure else {}
        found = {
            key: place for key, place in seen.items() if key not in again or place.spot is not Spot.TRASH
        }
        self.record.add(
            [self._line(one, Step.PLACED, found[one.key].id) for one in unsure if one.key in found],
            lasting=True,
        )
        missing = [one for one in unsure if one.key not in found]
        lost = [one for one in missing if one.key in steps and steps[one.key].step is Step.COMMITTING]
        self.record.add([self._line(one, Step.UNCLEAR) for one in lost], lasting=True)
        return [one for one in missing if one not in lost]

    def _line(self, one: Listed, step: Step, own: str = "") -> Line:
        return Line(key=one.key, step=step, target=self.mailbox.word, id=own, name=one.name, on=one.on)

    def _tried(self, action: Callable[[], Result]) -> Result:
        for pause in _PAUSES:
            try:
                return action()
            except LostConnectionError:
                self._pause(pause)
        try:
            return action()
        except LostConnectionError as fault:
            raise self._in_the_way(fault) from fault

    def _in_the_way(self, fault: OSError | LostConnectionError) -> SurroundingsError:
        if isinstance(fault, OSError):
            return SurroundingsError(
                f"{NOTHING_CHANGED}in de map {self.home} kan niet worden geschreven ({reason(fault)})."
            )
        return SurroundingsError(f"{NOTHING_CHANGED}{self.mailbox.title} antwoordt niet ({fault}).")

    def _waits(self, listed: Sequence[Listed], why: str) -> SurroundingsError:
        settled = {Step.PLACED, Step.UNCLEAR}
        done = self.record.lines
        left = sum(one.key not in done or done[one.key].step not in settled for one in listed)
        return SurroundingsError(
            f"De concepten staan op Contact, maar {left} ervan nog niet in {self.mailbox.title}: "
            f"{why.rstrip('.')}. Ze wachten hier. Start opnieuw: dan komt elk er alsnog, één keer. Wilt u "
            "dat niet, zet dan hun regels op Contact op Vervallen."
        )


class _Teller:
    """Writes down for one batch what the mailbox says."""

    def __init__(self, outbox: Outbox, batch: Sequence[Listed]) -> None:
        self._outbox = outbox
        self._batch = {one.key: one for one in batch}

    def committing(self, keys: Sequence[str]) -> None:
        self._add(dict.fromkeys(keys, ""), Step.COMMITTING, lasting=True)

    def placed(self, ids: Mapping[str, str]) -> None:
        # Not lasting: when this line is lost, a look in the mailbox finds them.
        self._add(ids, Step.PLACED, lasting=False)

    def refused(self, keys: Sequence[str]) -> None:
        self._add(dict.fromkeys(keys, ""), Step.REFUSED, lasting=True)

    def _add(self, ids: Mapping[str, str], step: Step, *, lasting: bool) -> None:
        lines = [self._outbox._line(self._batch[key], step, own) for key, own in ids.items()]  # noqa: SLF001 - its own
        self._outbox.record.add(lines, lasting=lasting)


def record_of(home: Path) -> Record:
    """The record of this workbook's drafts in mailboxes."""
    return Record(home / _RECORD)
