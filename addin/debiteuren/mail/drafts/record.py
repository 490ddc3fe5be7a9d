"""The record of what was placed in a mailbox: a line a step, in a file beside the workbook's backups.

Answers: was this draft being placed when the run died, is it placed, does nobody know.
Source: docs/regels.md, "Concepten". Holds keys and the customer's name, no text of a mail.
Leaves to others: what to do about it (outbox.py).
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path


class Step(StrEnum):
    """How far the placing of a draft came."""

    COMMITTING = "wordt geplaatst"
    PLACED = "geplaatst"
    REFUSED = "geweigerd"
    UNCLEAR = "onduidelijk"
    GONE = "weg"


@dataclass(frozen=True, slots=True)
class Line:
    """The last known step of a draft. `on`: the day it was made, JJJJ-MM-DD."""

    key: str
    step: Step
    target: str
    id: str = ""
    name: str = ""
    on: str = ""


class Record:
    """The lines in a file. A torn last line, from a power cut, does not count."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lines: dict[str, Line] | None = None

    @property
    def lines(self) -> Mapping[str, Line]:
        """Key → its last line."""
        if self._lines is None:
            self._lines = {line.key: line for line in self._read()}
        return self._lines

    def add(self, lines: Iterable[Line], *, lasting: bool) -> None:
        """Write them down; `lasting`: also when the power fails right after."""
        found = [*lines]
        if not found:
            return
        known = dict(self.lines)
        text = "".join(json.dumps(asdict(line), ensure_ascii=False) + "\n" for line in found)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            # A torn line of a power cut is closed first, or it would swallow this one.
            file.write(b"\n" + text.encode() if file.tell() else text.encode())
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        known.update((line.key, line) for line in found)
        self._lines = known

    def step(self, keys: Sequence[str], step: Step, *, lasting: bool = True) -> None:
        """These come to a next step; what else is known of them stays."""
        self.add(
            [replace(self.lines[key], step=step) for key in keys if key in self.lines],
            lasting=lasting,
        )

    def _read(self) -> Iterator[Line]:
        try:
            text = self.path.read_bytes().decode(errors="replace")
        except (FileNotFoundError, NotADirectoryError):
            return
        for row in text.split("\n"):
            with suppress(ValueError, TypeError, KeyError):
                found = json.loads(row)
                words = {name: str(value) for name, value in found.items() if name != "step"}
                yield Line(step=Step(found["step"]), **words)
