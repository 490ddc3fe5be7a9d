"""A new workbook from the template that travels inside the program."""

import os
import tempfile
from datetime import date
from pathlib import Path

from debiteuren.domain.problem import NOTHING_CHANGED, SurroundingsError, UserError
from debiteuren.domain.surroundings import reason

SUFFIX = ".xlsm"


def create(path: Path, *, demo_on: date | None = None, trial: bool = False) -> Path:
    """Put a new workbook at `path`, with the fictional company's rows when `demo_on` is a day.

    It appears whole or not at all, and never over a file that is there.

    Raises:
        UserError: the name does not end in .xlsm, or the file is already there.
        SurroundingsError: the folder is missing or can't be written.
    """
    path = path.absolute()
    if path.suffix.lower() != SUFFIX:
        raise UserError(
            f'{NOTHING_CHANGED}"{path.name}" eindigt niet op {SUFFIX}. '
            f"Kies bijvoorbeeld {path.with_suffix(SUFFIX).name}."
        )
    if path.exists():
        raise UserError(f"{NOTHING_CHANGED}{path} is er al. Kies een andere naam of verplaats die werkmap.")
    if not path.parent.is_dir():
        raise SurroundingsError(f"{NOTHING_CHANGED}de map {path.parent} bestaat niet. Maak hem eerst.")
    if not trial:
        _place(path, demo_on)
    return path


def _place(path: Path, demo_on: date | None) -> None:
    from debiteuren.book.shipped import template_bytes  # noqa: PLC0415 - not for a trial

    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".debiteuren-") as folder:
            made = Path(folder) / path.name
            made.write_bytes(template_bytes())
            if demo_on is not None:
                _fill(made, demo_on)
            # A hard link fails where the name is taken meanwhile; os.replace would write over it.
            try:
                os.link(made, path)
            except (OSError, NotImplementedError):
                if path.exists():
                    raise UserError(f"{NOTHING_CHANGED}{path} is er al. Kies een andere naam.") from None
                made.replace(path)
    except OSError as error:
        raise SurroundingsError(
            f"{NOTHING_CHANGED}{path} kan niet worden gemaakt ({reason(error)}). Kies een andere map."
        ) from error


def _fill(path: Path, on: date) -> None:
    """The fictional company's rows and settings into a workbook that is still out of sight."""
    from debiteuren.book.closed import ClosedWorkbook  # noqa: PLC0415 - only for --demo
    from debiteuren.book.workbook import Changes  # noqa: PLC0415 - as above
    from debiteuren.demo.company import demo_rows, demo_settings  # noqa: PLC0415 - as above

    book = ClosedWorkbook(path)
    book.read()
    changes = Changes(appended=dict(demo_rows(on)))
    changes.blocks.update({name: [[value]] for name, value in demo_settings(on).items()})
    book.write(changes)
