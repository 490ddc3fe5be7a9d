"""Kolommen kiezen: the columns of files we do not know, put on the sheet Kolommen with a first guess.

Answers: which of these files are unknown but have columns, and what stands on the sheet afterwards. Nothing
is imported by it; the import that follows reads them.
Source: docs/regels.md, "Kolommen kiezen".
Leaves to others: the guess (book/column_proposals.py), reading by the choice (tasks.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from debiteuren.banks import may_be_list, read_bank_files
from debiteuren.book.column_maps import has_sheet, left_to_choose, meaning_named, read_maps
from debiteuren.book.column_proposals import proposal
from debiteuren.book.layout_choice import KOLOMMEN, MEANINGS, NOT_USED
from debiteuren.book.list_names import recognised
from debiteuren.book.values import as_text
from debiteuren.book.workbook import Cell, Changes, Contents, Workbook
from debiteuren.domain.column_map import folded_title
from debiteuren.domain.problem import NOTHING_CHANGED, Problem, SurroundingsError, UserError
from debiteuren.one_run import only_run


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What there is to choose: the files now put on the sheet, those that already stood there, and the known.

    `rows`: what was put there. `done`: by the user's own words every choice is whole: the files can be read.
    """

    added: tuple[str, ...]
    present: tuple[str, ...]
    known: tuple[str, ...]
    rows: tuple[Mapping[str, Cell], ...]
    done: bool


def unknown_files(workbook: Workbook, paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files among these whose columns nobody has chosen yet."""
    contents = workbook.read()
    return tuple(path for path in paths if _is_unknown(path) and not _present(contents, path))


def choose_columns(
    workbook: Workbook, paths: Sequence[Path], words: str = "", *, trial: bool = False
) -> Choice:
    """Put the columns of unknown files on the sheet; `words` is "Title=Meaning;Title=Meaning" of the user.

    Raises:
        UserError: no file has columns to choose, a title or meaning does not exist, or the workbook has no
            sheet Kolommen.
        SurroundingsError: a file is not there.
    """
    with only_run(workbook.path):
        contents = workbook.read()
        if not has_sheet(contents):
            raise UserError(NOTHING_CHANGED + "deze werkmap heeft nog geen blad Kolommen", [_NO_SHEET])
        added: list[str] = []
        present: list[str] = []
        known: list[str] = []
        rows: list[dict[str, Cell]] = []
        problems: list[Problem] = []
        spoken = _spoken(words, problems)
        for path in paths:
            if not path.exists():
                raise SurroundingsError(f"{NOTHING_CHANGED}{path.name} is niet te openen (het is er niet).")
            if _present(contents, path):
                present.append(path.name)
                continue
            found = [dict(row) for row in proposal(path)] if _is_unknown(path) else []
            if not found:
                known.append(path.name)
                continue
            _say(found, spoken, path.name, problems)
            label = _label(path.name, contents, added)
            added.append(label)
            rows += [{**row, "Bestand": label} for row in found]
        if problems:
            raise UserError.of(problems)
        if rows and not trial:
            workbook.write(Changes(appended={KOLOMMEN.name: rows}, run="kolommen"))
        return Choice(
            added=tuple(added),
            present=tuple(present),
            known=tuple(known),
            rows=tuple(rows),
            done=bool(spoken) and bool(rows) and not trial and _whole(workbook.read(), added),
        )


_NO_SHEET = Problem(
    sheet="Kolommen",
    found="Deze werkmap is met een oudere versie gemaakt en heeft geen blad Kolommen.",
    remedy='maak met "debiteuren nieuw" een nieuwe werkmap, of geef de kolommen in het bestand de namen van '
    "het blad.",
)


def _is_unknown(path: Path) -> bool:
    """Whether this is no bank file or list that we know, but may be one."""
    rows = proposal(path)
    if not rows or recognised([as_text(row["Kolom"]) for row in rows]) is not None:
        return False
    return any(may_be_list(file) for file in read_bank_files(path))


def _present(contents: Contents, path: Path) -> bool:
    titles = [as_text(row["Kolom"]) for row in proposal(path)]
    return bool(titles) and any(one.fits(titles) for one in read_maps(contents))


def _whole(contents: Contents, labels: Sequence[str]) -> bool:
    return all(not left_to_choose(one) for one in read_maps(contents) if one.file in labels)


def _label(name: str, contents: Contents, added: Sequence[str]) -> str:
    """The file's name, numbered when another kind of file with that name is there already."""
    taken = {one.file for one in read_maps(contents)} | set(added)
    number, label = 1, name
    while label in taken:
        number += 1
        label = f"{name} ({number})"
    return label


def _spoken(words: str, problems: list[Problem]) -> dict[str, str]:
    """Folded title → meaning, as the user wrote them."""
    out: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in words.split(";"))):
        title, sign, text = part.rpartition("=")
        meaning = meaning_named(text) if sign else None
        if meaning is None or not title.strip():
            found = f'Hier staat "{part}". Dat is geen kolom met een betekenis die bestaat.'
            remedy = (
                'schrijf bijvoorbeeld "Datum=Boekdatum;Bedrag EUR=Bedrag". '
                f"Betekenissen: {', '.join(MEANINGS)}."
            )
            problems.append(Problem(sheet="--betekenis", found=found, remedy=remedy))
        else:
            out[folded_title(title)] = meaning or NOT_USED
    return out


def _say(
    rows: Sequence[dict[str, Cell]], spoken: Mapping[str, str], name: str, problems: list[Problem]
) -> None:
    """The user's words instead of the guess; with words, a column he does not name is not used."""
    if not spoken:
        return
    titles = {folded_title(as_text(row["Kolom"])) for row in rows}
    for title in spoken.keys() - titles:
        found = f'Dit bestand heeft geen kolom "{title}".'
        names = ", ".join(as_text(row["Kolom"]) for row in rows)
        problems.append(Problem(sheet=name, row=1, found=found, remedy=f"kies uit: {names}."))
    for row in rows:
        row["Betekenis"] = spoken.get(folded_title(as_text(row["Kolom"])), NOT_USED)
