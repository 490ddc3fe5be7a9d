"""Drafts of a run that was taken back: out of the way, and never forgotten.

Answers: which files did the run place and do they still stand there as they were, where do they go, and was
a reminder that is drafted now drafted and taken back before.
Source: docs/regels.md, "Concepten". A file does not show whether its message was sent, so what was taken back
is kept in a list, and whoever gets the same draft again is told.
Leaves to others: the workbook (undoing.py), the words on the screen.
"""

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from debiteuren.domain.arrangement_letter import AnyLetter
from debiteuren.domain.days import dutch
from debiteuren.domain.problem import NOTHING_CHANGED, Problem, Severity, SurroundingsError
from debiteuren.domain.seen_draft import Spot
from debiteuren.domain.settings import DraftPlace
from debiteuren.domain.surroundings import reason
from debiteuren.mail.drafts.eml import HIDDEN, WITHDRAWN, free_path
from debiteuren.mail.drafts.index_page import INDEX_NAME, is_ours
from debiteuren.mail.drafts.outbox import Outbox
from debiteuren.mail.drafts.port import Draft, Staged
from debiteuren.mail.prepare import Prepared

FOLDER = WITHDRAWN

_FACT = "concepten"
_LONG_AGO = date(2000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLetter:
    """One draft as it was placed. `steps`: what it is about (`AnyLetter.about`). `withdrawn`: on which day.

    `target`: in which mailbox it was placed, by the word of ConceptDoel; for a file "eml".
    """

    folder: str
    name: str
    key: str
    sha256: str
    steps: tuple[tuple[str, str], ...]
    withdrawn: str = ""
    target: str = DraftPlace.EML


class Boxes(Protocol):
    """The mailboxes of a workbook, for drafts that are no files."""

    def outbox(self, place: str) -> Outbox:
        """The way to one of them."""


def facts_of(staged: Staged, made: Sequence[AnyLetter]) -> dict[str, object]:
    """What must be remembered of drafts that are about to be placed."""
    steps = {letter.key: letter.about for letter in made}
    letters = [
        PlacedLetter(
            folder=str(staged.folder),
            name=place.path.name if place.path else place.draft.name,
            key=place.draft.key,
            sha256=place.sha256,
            steps=steps[place.draft.key],
            target=DraftPlace.EML if place.path else staged.target,
        )
        for place in staged.placed
    ]
    return {_FACT: [asdict(letter) for letter in letters]} if letters else {}


def letters_in(facts: Mapping[str, object]) -> tuple[PlacedLetter, ...]:
    """The drafts of a run; those that can't be read are left out."""
    return tuple(_letters(facts.get(_FACT)))


def no_longer_there(letters: Iterable[PlacedLetter], boxes: Boxes) -> tuple[PlacedLetter, ...]:
    """Drafts that were moved, changed or deleted: somebody did something with them, perhaps sent them.

    Raises:
        SurroundingsError: a mailbox does not answer.
    """
    kept = [*letters]
    files = {Path(letter.folder) for letter in kept if letter.target == DraftPlace.EML}
    there = {print_ for folder in files for print_ in _by_print(folder, hidden=True)}
    for target, keys in _mailed(kept).items():
        seen = boxes.outbox(target).look(keys, _LONG_AGO)
        there |= {
            letter.sha256 for letter in kept if letter.key in seen and seen[letter.key].spot is Spot.DRAFTS
        }
    return tuple(letter for letter in kept if letter.sha256 not in there)


def move_aside(letters: Sequence[PlacedLetter], boxes: Boxes | None = None) -> int:
    """Move those that still stand in their folder to a folder in it, or out of the drafts of their mailbox.

    How many comes back. Without `boxes` only files.

    Raises:
        SurroundingsError: a file can't be moved; cut short, it can be done again.
    """
    moved = 0
    for target, keys in _mailed(letters).items() if boxes else ():
        moved += len(boxes.outbox(target).withdraw(keys)) if boxes else 0
    try:
        for folder in {Path(letter.folder) for letter in letters}:
            there = _by_print(folder)
            wanted = {letter.sha256 for letter in letters if Path(letter.folder) == folder}
            for source in [there[found] for found in sorted(wanted & there.keys())]:
                (folder / FOLDER).mkdir(exist_ok=True)
                source.replace(free_path(folder / FOLDER / source.name))
                moved += 1
            if wanted & there.keys() and is_ours(folder / INDEX_NAME):  # its links lead nowhere now
                (folder / INDEX_NAME).unlink(missing_ok=True)
    except OSError as fault:
        raise SurroundingsError(
            f"De concepten konden niet naar de map {FOLDER} ({reason(fault)}). "
            "Haal ze zelf weg: wat ze vragen, staat niet meer in de werkmap."
        ) from fault
    return moved


class WithdrawnList:
    """The list of drafts that were taken back, in a file of its own for each workbook."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, letters: Iterable[PlacedLetter], on: date) -> None:
        """Remember them, before the workbook forgets them.

        Raises:
            SurroundingsError: the list can't be written.
        """
        self._write([*self._read(), *(replace(letter, withdrawn=on.isoformat()) for letter in letters)])

    def drop(self, letters: Iterable[PlacedLetter]) -> None:
        """Forget them: they were not taken back after all."""
        keys = {letter.sha256 for letter in letters}
        self._write([letter for letter in self._read() if letter.sha256 not in keys])

    def clear_away(self, counting: Collection[str]) -> None:
        """Finish what taking back left when it was cut short: drafts whose key no longer counts in Contact.

        Raises:
            SurroundingsError: a file can't be moved.
        """
        move_aside([letter for letter in self._read() if letter.key not in counting])

    def warn(self, made: Prepared) -> Prepared:
        """The same drafts; those that were made and taken back before say so, as does Controle."""
        days: dict[tuple[str, str], str] = {}
        for earlier in self._read():
            for step in earlier.steps:
                days[step] = max(earlier.withdrawn, days.get(step, ""))
        drafts: list[Draft] = []
        problems: list[Problem] = []
        for draft, letter in zip(made.drafts, made.letters, strict=True):
            day = max((days[step] for step in letter.about if step in days), default="")
            if not day:
                drafts.append(draft)
                continue
            said = f"Hiervan is op {dutch(date.fromisoformat(day))} al een concept teruggenomen"
            remedy = "verstuur het nieuwe concept alleen als u het eerdere niet verstuurde."
            note = f"{draft.note} {said}: {remedy}".lstrip()
            drafts.append(replace(draft, note=note))
            problems.append(
                Problem(
                    severity=Severity.WARNING,
                    sheet="Contact",
                    found=f"{draft.name}, {draft.step}, {', '.join(draft.invoices)}. {said}.",
                    remedy=remedy,
                )
            )
        return replace(made, drafts=tuple(drafts), problems=(*made.problems, *problems))

    def _read(self) -> list[PlacedLetter]:
        try:
            return [*_letters(json.loads(self.path.read_bytes()))]
        except (OSError, ValueError):
            return []

    def _write(self, letters: Sequence[PlacedLetter]) -> None:
        half = self.path.with_name(f".~{self.path.name}.tmp")
        data = json.dumps([asdict(letter) for letter in letters], ensure_ascii=False, indent=1)
        try:
            self.path.parent.mkdir(exist_ok=True)
            with half.open("wb") as file:
                file.write(data.encode())
                file.flush()
                os.fsync(file.fileno())
            half.replace(self.path)
        except OSError as fault:
            with suppress(OSError):
                half.unlink(missing_ok=True)
            raise SurroundingsError(
                f"{NOTHING_CHANGED}in de map {self.path.parent} kan niet worden geschreven ({reason(fault)})."
            ) from fault


def _mailed(letters: Iterable[PlacedLetter]) -> dict[str, set[str]]:
    """Target → the keys of its drafts, without those that are files."""
    found: dict[str, set[str]] = {}
    for letter in letters:
        if letter.target != DraftPlace.EML:
            found.setdefault(letter.target, set()).add(letter.key)
    return found


def _letters(found: object) -> Iterator[PlacedLetter]:
    for item in found if isinstance(found, list) else ():
        with suppress(TypeError, ValueError, KeyError):
            steps = tuple((str(invoice), str(step)) for invoice, step in item["steps"])
            texts = {name: str(text) for name, text in item.items() if name != "steps"}
            if texts.get("withdrawn"):
                date.fromisoformat(texts["withdrawn"])
            yield PlacedLetter(**texts, steps=steps)


def _by_print(folder: Path, *, hidden: bool = False) -> dict[str, Path]:
    """The files of a folder by their fingerprint; with `hidden` also drafts that were never put in place."""
    files = [*folder.iterdir()] if folder.is_dir() else []
    if hidden:
        files += folder.glob(f"{HIDDEN}*/*")
    found: dict[str, Path] = {}
    for file in sorted(files):
        if file.is_file() and file.suffix in {".eml", ".html"}:
            with suppress(OSError):
                found[hashlib.sha256(file.read_bytes()).hexdigest()] = file
    return found
