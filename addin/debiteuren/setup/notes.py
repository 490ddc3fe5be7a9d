"""The note of what `installeer` made on this computer, so that `--verwijder` takes back that and no more."""

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from debiteuren.domain.problem import NOTHING_CHANGED, SurroundingsError

FILE_NAME = "installatie.json"


class Kind(StrEnum):
    """What can be made."""

    SETTING = "instelling"
    FILE = "bestand"
    LINK = "koppeling"
    FOLDER = "map"
    REGISTRY = "register"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One thing that was made.

    `place` is a path or a registry key; `key` the setting's name; `value` what it was given, a file's digest,
    or where a link leads; `before` what a setting was, None when it was not there.
    """

    kind: Kind
    place: str
    key: str = ""
    value: str = ""
    before: str | None = None


def digest(path: Path) -> str:
    """What tells whether a file is still the one that was made."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_note(path: Path) -> tuple[Made, ...]:
    """What was made before, oldest first; nothing when there is no note.

    Raises:
        SurroundingsError: the note is there and can't be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    try:
        return tuple(Made(**{**entry, "kind": Kind(entry["kind"])}) for entry in json.loads(text)["gemaakt"])
    except (ValueError, KeyError, TypeError) as error:
        raise SurroundingsError(
            f"{NOTHING_CHANGED}{path} is niet te lezen. Verwijder dat bestand en probeer het opnieuw; "
            "wat eerder is geïnstalleerd, blijft dan staan."
        ) from error


def write_note(path: Path, made: tuple[Made, ...]) -> None:
    """Write it down, whole or not at all; without anything made the note goes."""
    if not made:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".tmp")
    text = json.dumps({"gemaakt": [asdict(entry) for entry in made]}, ensure_ascii=False, indent=2)
    half.write_text(text, encoding="utf-8")
    half.replace(path)
