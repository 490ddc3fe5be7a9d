"""A set of drafts that waits to be placed in a mailbox: one file with the letters, one with what they are.

Answers: what waits here, for which mailbox, and where its bytes are. Written so that it is all there, or does
not count, when the power fails.
Leaves to others: when it is placed or thrown away (outbox.py).
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path

from debiteuren.mail.drafts.mailbox import Waiting
from debiteuren.mail.drafts.port import Draft, Placed

_LIST = "lijst.json"
WAITING = "wacht-"
_LETTERS = "brieven.bin"
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """A waiting draft: where its bytes are in the file of letters, and what to call it.

    `again`: it was placed before and taken back, so one in the bin is not this one.
    """

    key: str
    start: int
    size: int
    name: str
    on: str
    again: bool = False


def sets_of(home: Path, target: str = "") -> tuple[Path, ...]:
    """The sets that still wait, for this target or for any."""
    found = sorted(path for path in home.glob(f"{WAITING}*") if path.is_dir())
    return tuple(path for path in found if not target or target_of(path) in {target, ""})


def target_of(waiting: Path) -> str:
    """For which target a set waits; '' when staging it was cut short."""
    facts = _facts(waiting)
    return str(facts.get("target", ""))


def waiting_keys(waiting: Path) -> frozenset[str]:
    """The keys of a waiting set."""
    return frozenset(one.key for one in listed_in(waiting))


def forget(waiting: Path) -> None:
    """Remove a set of which nothing counts."""
    shutil.rmtree(waiting, ignore_errors=True)


def written(waiting: Path, drafts: Iterable[Draft], placed: list[Placed], paper: list[Draft]) -> list[Listed]:
    """The mails one after another in a file, so that making them last costs one wait for the disk."""
    listed: list[Listed] = []
    with (waiting / _LETTERS).open("xb") as file:
        for draft in drafts:
            if draft.suffix != ".eml":
                paper.append(draft)
                continue
            content = draft.content
            listed.append(Listed(draft.key, file.tell(), len(content), draft.name, draft.on.isoformat()))
            file.write(content)
            print_ = sha256(content).hexdigest()
            placed.append(Placed(draft=replace(draft, content=b""), path=None, sha256=print_))
        file.flush()
        os.fsync(file.fileno())
    return listed


def note(waiting: Path, target: str, listed: Sequence[Listed]) -> None:
    """Write down what a next run must know of this set; lasting when it returns."""
    facts = {"target": target, "drafts": [asdict(one) for one in listed]}
    with (waiting / _LIST).open("xb") as file:
        file.write(json.dumps(facts, ensure_ascii=False).encode())
        file.flush()
        os.fsync(file.fileno())


def day_before(waiting: Path) -> date:
    """The day before this set was made, on the computer's clock: nothing of it can be older."""
    return datetime.fromtimestamp(waiting.stat().st_mtime, UTC).date() - timedelta(days=1)


def _facts(waiting: Path) -> Mapping[str, object]:
    with suppress(OSError, ValueError):
        found = json.loads((waiting / _LIST).read_bytes())
        if isinstance(found, dict):
            return found
    return {}


def listed_in(waiting: Path) -> list[Listed]:
    """What waits in a set; nothing when staging it was cut short."""
    drafts = _facts(waiting).get("drafts")
    return [Listed(**one) for one in drafts] if isinstance(drafts, list) else []


def batches(listed: Sequence[Listed]) -> Iterator[list[Listed]]:
    """So many at a time that their letters together stay small in memory."""
    rest = iter(listed)
    while batch := [*islice(rest, _AT_ONCE)]:
        yield batch


def contents_of(waiting: Path, batch: Sequence[Listed]) -> list[Waiting]:
    """These drafts with their letters."""
    with (waiting / _LETTERS).open("rb") as file:
        found = []
        for one in batch:
            file.seek(one.start)
            found.append(Waiting(one.key, file.read(one.size)))
        return found
