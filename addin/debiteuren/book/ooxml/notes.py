"""What a save changed, in a small file beside the copy of how it was before.

Answers: which run, when, which cells; and by the fingerprints of both files, whether the workbook is still
the one we wrote. What else the caller wants to remember travels along as facts; values of cells do not.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from .edits import Edits
from .references import Area, letters
from .tables import Table

SUFFIX = ".json"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Cells that were written: a sheet, an area on it, and what its columns are called."""

    sheet: str
    area: Area
    columns: tuple[str, ...]

    @property
    def rows(self) -> str:
        """The rows in words, such as "rij 5" or "rijen 5 t/m 12"."""
        top, bottom = self.area.top, self.area.bottom
        return f"rij {top}" if top == bottom else f"rijen {top} t/m {bottom}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the caller tells of a save: the run's name, and facts in the forms that JSON has."""

    run: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What stands beside a copy.

    `before` and `after`: the fingerprint of the file that was copied and of the one that took its place, ''
    when another program wrote that one. `undoing`: the copy was made when a change was taken back.
    """

    told: Told
    moment: datetime
    places: tuple[Place, ...] = ()
    before: str = ""
    after: str = ""
    undoing: bool = False

    def as_json(self) -> bytes:
        """The note as it stands on disk."""
        return json.dumps(
            {
                "opdracht": self.told.run,
                "moment": self.moment.isoformat(timespec="seconds"),
                "terugnemen": self.undoing,
                "sha256_voor": self.before,
                "sha256_na": self.after,
                "wijzigingen": [
                    {"blad": place.sheet, "gebied": str(place.area), "kolommen": place.columns}
                    for place in self.places
                ],
                "feiten": self.told.facts,
            },
            ensure_ascii=False,
            indent=1,
        ).encode()


def note_path(copy: Path) -> Path:
    """Where the note of a copy stands."""
    return copy.with_name(copy.name + SUFFIX)


def read_note(copy: Path) -> Note | None:
    """The note of a copy; None where there is none or it cannot be read."""
    try:
        found = json.loads(note_path(copy).read_bytes())
        return Note(
            told=Told(run=str(found["opdracht"]), facts=dict(found["feiten"])),
            moment=datetime.fromisoformat(found["moment"]),
            places=tuple(_places(found["wijzigingen"])),
            before=str(found["sha256_voor"]),
            after=str(found["sha256_na"]),
            undoing=bool(found["terugnemen"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def places_of(edits: Edits, tables: Iterable[Table]) -> tuple[Place, ...]:
    """Where the edits write, adjacent columns with the same rows together."""
    known = [*tables]
    return tuple(
        Place(
            sheet=sheet,
            area=area,
            columns=tuple(_called(known, sheet, column, area.top) for column in _columns(area)),
        )
        for sheet in edits.cells
        for area in _areas(edits.spans(sheet))
    )


def _places(found: Iterable[Mapping[str, object]]) -> Iterator[Place]:
    for place in found:
        area, columns = Area.parse(str(place["gebied"])), place["kolommen"]
        if area is None or not isinstance(columns, list):
            raise ValueError("no note of ours")
        yield Place(sheet=str(place["blad"]), area=area, columns=tuple(map(str, columns)))


def _columns(area: Area) -> range:
    return range(area.left, area.right + 1)


def _called(tables: Iterable[Table], sheet: str, column: int, row: int) -> str:
    """The header above a cell of a table, else the letters of its column."""
    for table in tables:
        if table.sheet == sheet and table.area.left <= column <= table.area.right and row >= table.area.top:
            return table.columns[column - table.area.left]
    return letters(column)


def _areas(spans: Iterable[tuple[int, int, int]]) -> list[Area]:
    """Spans of one column (column, first and last row), joined where they touch."""
    by_rows: dict[tuple[int, int], list[int]] = {}
    for column, first, last in spans:
        by_rows.setdefault((first, last), []).append(column)
    wide: list[Area] = []
    for (first, last), columns in by_rows.items():
        for column in sorted(columns):
            if wide and (wide[-1].top, wide[-1].bottom, wide[-1].right) == (first, last, column - 1):
                wide[-1] = Area(left=wide[-1].left, top=first, right=column, bottom=last)
            else:
                wide.append(Area(left=column, top=first, right=column, bottom=last))
    joined: list[Area] = []
    for area in sorted(wide, key=lambda area: (area.left, area.right, area.top)):
        above = joined[-1] if joined else None
        if above and (above.left, above.right) == (area.left, area.right) and above.bottom + 1 >= area.top:
            joined[-1] = Area(
                left=area.left, top=above.top, right=area.right, bottom=max(above.bottom, area.bottom)
            )
        else:
            joined.append(area)
    return sorted(joined, key=lambda area: (area.top, area.left))
