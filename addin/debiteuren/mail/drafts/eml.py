"""Drafts as files in a folder: a double click opens each in the mail program, ready to send.

Answers: how a whole set of files appears at once or not at all, also when the power fails.
Source: docs/regels.md, "Concepten" and "Beloften" (2, 3 and 5: a name is never a path).
Leaves to others: what a message holds (mail/message.py), the page that lists them (index_page.py).
"""

import json
import os
import re
import shutil
import unicodedata
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from itertools import chain
from pathlib import Path

from debiteuren.domain.problem import NOTHING_CHANGED, SurroundingsError
from debiteuren.domain.reminder import Skipped
from debiteuren.domain.surroundings import reason
from debiteuren.mail.drafts.index_page import INDEX_NAME, index_page, is_ours
from debiteuren.mail.drafts.port import Draft, Placed, Recovered, Staged
from debiteuren.mail.message import KEY_HEADER

HIDDEN = ".debiteuren-concepten-"
WITHDRAWN = "Teruggenomen"
"""In the folder of the drafts, for those that must not be sent any more."""
_LIST = "lijst.json"
_HEAD_BYTES = 8192
_KEY_LINE = re.compile(rb"^" + KEY_HEADER.encode() + rb":\s*(\S+)", re.MULTILINE)
_LONGEST_NAME = 60
_NOT_IN_FILE_NAMES = re.compile(r'[<>:"/\\|?*,;=#%~`$&!{}\[\]@]+')


class EmlFolder:
    """A folder of drafts. It is made when it does not exist and there is something to put in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def stage(
        self,
        drafts: Iterable[Draft],
        skipped: Sequence[Skipped] = (),
        elsewhere: Sequence[Placed] = (),
    ) -> Staged:
        """Write all drafts and the index page into a hidden folder beside their place.

        `elsewhere`: drafts that a mailbox gets, which the page lists too.

        Raises:
            SurroundingsError: no permission, no room; then nothing is left behind.
        """
        drafts = iter(drafts)
        first = next(drafts, None)
        if first is None and not elsewhere:
            return Staged(folder=self.folder, hidden=None, placed=())
        hidden = self.folder / f"{HIDDEN}{uuid.uuid4().hex}"
        made = _missing_parents(self.folder)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            hidden.mkdir()
            placed = tuple(self._written(hidden, chain([first] if first else [], drafts)))
            page = index_page((*elsewhere, *placed), skipped, self._earlier())
            _write(hidden / INDEX_NAME, (piece.encode() for piece in page))
            names = {place.path.name: place.draft.key for place in placed if place.path}
            if elsewhere:
                names[INDEX_NAME] = elsewhere[0].draft.key
            _write(hidden / _LIST, (json.dumps(names).encode(),))
            _sync(hidden)
        except OSError as fault:
            shutil.rmtree(hidden, ignore_errors=True)
            for folder in made:
                with suppress(OSError):
                    folder.rmdir()
            raise _in_the_way(self.folder, fault) from fault
        return Staged(folder=self.folder, hidden=hidden, placed=placed, index=self.folder / INDEX_NAME)

    def publish(self, staged: Staged) -> tuple[Placed, ...]:
        """Move staged drafts to their place.

        Raises:
            SurroundingsError: a file cannot be put in place; the rest waits for `recover`.
        """
        if staged.hidden is None:
            return ()
        try:
            names = [place.path.name for place in staged.placed if place.path]
            moved = _move_all(staged.hidden, self.folder, [*names, INDEX_NAME])
        except OSError as fault:
            raise SurroundingsError(
                f"De concepten zijn klaar, maar konden niet naar hun plaats in {self.folder} "
                f"({reason(fault)}). Maak de map vrij en start opnieuw: dan komt elk er alsnog, één keer."
            ) from fault
        return tuple(
            replace(place, path=moved.get(place.path.name, place.path)) if place.path else place
            for place in staged.placed
        )

    def discard(self, staged: Staged) -> None:
        """Remove staged drafts, when the rows in Contact could not be saved."""
        if staged.hidden is not None:
            shutil.rmtree(staged.hidden, ignore_errors=True)

    def recover(self, known_keys: Collection[str]) -> Recovered:
        """Publish what a run that died had staged and logged; remove what it had not logged."""
        published: list[Path] = []
        try:
            for hidden in sorted(path for path in self.folder.glob(f"{HIDDEN}*") if path.is_dir()):
                wanted = [name for name, key in _listed(hidden).items() if key in known_keys]
                moved = _move_all(hidden, self.folder, wanted)
                published += [path for name, path in moved.items() if name != INDEX_NAME]
        except OSError as fault:
            raise _in_the_way(self.folder, fault) from fault
        return Recovered(files=tuple(published))

    def withdraw(self, keys: Collection[str]) -> int:
        """Move the drafts with these keys out of sight, to a folder in this one; how many comes back.

        Raises:
            SurroundingsError: a file can't be moved.
        """
        moved = 0
        try:
            for path in sorted(self.folder.glob("*.eml")) if keys else ():
                if _key_in(path) in keys:
                    (self.folder / WITHDRAWN).mkdir(exist_ok=True)
                    path.replace(free_path(self.folder / WITHDRAWN / path.name))
                    moved += 1
        except OSError as fault:
            raise SurroundingsError(
                f"Van wie intussen betaalde, kon een concept niet naar de map {WITHDRAWN} "
                f"({reason(fault)}). Haal het zelf weg; op Contact staat het op Vervallen."
            ) from fault
        return moved

    def _written(self, hidden: Path, drafts: Iterable[Draft]) -> Iterator[Placed]:
        """Each in a file, under a readable name that nothing else in the folder has in any letter case."""
        taken = {entry.name.casefold() for entry in self.folder.iterdir()}
        for draft in drafts:
            stem = f"{draft.on:%Y-%m-%d} {file_words(draft.name) or 'klant'} - {file_words(draft.step)}"
            name, count = f"{stem}{draft.suffix}", 1
            while name.casefold() in taken:
                count += 1
                name = f"{stem} ({count}){draft.suffix}"
            taken.add(name.casefold())
            content = draft.content
            _write(hidden / name, (content,))
            yield Placed(
                draft=replace(draft, content=b""),
                path=self.folder / name,
                sha256=sha256(content).hexdigest(),
            )

    def _earlier(self) -> list[str]:
        """Drafts of earlier runs that still lie in the folder."""
        return sorted(
            entry.name
            for entry in self.folder.iterdir()
            if entry.is_file() and entry.suffix == ".eml" and not entry.name.startswith(".")
        )


def _key_in(path: Path) -> str:
    """The key of a draft, from its head."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES).partition(b"\r\n\r\n")[0]
    found = _KEY_LINE.search(head)
    return found[1].decode("ascii", "replace") if found else ""


def file_words(text: str) -> str:
    """Text from outside as part of a file name on every system: never a path, a device or an extension.

    >>> file_words("../Van Dam & Zn. B.V.: <x>")
    'Van Dam Zn. B.V. x'
    """
    letters = "".join(
        letter if unicodedata.category(letter)[0] in "LMNPSZ" else " " for letter in text[: _LONGEST_NAME * 4]
    )
    words = " ".join(_NOT_IN_FILE_NAMES.sub(" ", unicodedata.normalize("NFC", letters)).split())
    return words[:_LONGEST_NAME].lstrip(" .-").rstrip(" -")


def _missing_parents(folder: Path) -> list[Path]:
    """The folders that making this one would make, the deepest first."""
    return [path for path in (folder, *folder.parents) if not path.exists()]


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("xb") as file:
        file.writelines(pieces)


def _sync(folder: Path) -> None:
    """Make all new files in a folder lasting, then their names.

    All at the end, not each as it is written: the disk is then at work already, and mostly done.
    """
    for path in folder.iterdir():
        with path.open("r+b") as file:
            os.fsync(file.fileno())
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    """Make new names in a folder lasting, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _listed(hidden: Path) -> dict[str, str]:
    """File name → key of a staged set; nothing when staging itself was cut short."""
    try:
        listed = json.loads((hidden / _LIST).read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    if not isinstance(listed, dict):
        return {}
    return {
        name: key
        for name, key in listed.items()
        if isinstance(key, str) and name == Path(name).name and not name.startswith(".")
    }


def _move_all(hidden: Path, folder: Path, names: Sequence[str]) -> dict[str, Path]:
    """Move these files, then the index page, then forget the rest. Can be cut short and done again.

    Without any file the page stands for drafts in a mailbox; it is then moved when asked for.
    """
    moved: dict[str, Path] = {}
    for name in names:
        if name == INDEX_NAME:  # last, below
            continue
        source, target = hidden / name, free_path(folder / name)
        if source.exists():
            source.replace(target)
            moved[name] = target
    index = hidden / INDEX_NAME
    if names and index.exists() and is_ours(folder / INDEX_NAME):
        index.replace(folder / INDEX_NAME)
    _sync_folder(folder)
    shutil.rmtree(hidden)
    return moved


def free_path(path: Path) -> Path:
    """This path, or the next one that nothing of the user's stands at."""
    count, free = 1, path
    while free.exists():
        count += 1
        free = path.with_name(f"{path.stem} ({count}){path.suffix}")
    return free


def _in_the_way(folder: Path, fault: OSError) -> SurroundingsError:
    return SurroundingsError(
        f"{NOTHING_CHANGED}in de map {folder} kunnen geen concepten worden geschreven ({reason(fault)}). "
        "Kies een andere map met --map of in Instellingen, MapConcepten."
    )
