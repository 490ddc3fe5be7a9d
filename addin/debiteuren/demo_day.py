"""The whole day on the fictional company: a new workbook, its bank files, what paid what, the reminders."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rich.table import Table

from debiteuren import arranging, new_workbook, reminding, tasks
from debiteuren.book.closed import ClosedWorkbook, in_dutch
from debiteuren.book.ooxml import refuse_open_elsewhere
from debiteuren.cli_arranged import arranged_json, arranged_text
from debiteuren.cli_json import imported_json, refreshed_json, reminded_json
from debiteuren.cli_text import imported_text, refreshed_text, reminded_text
from debiteuren.demo.company import demo_bank_files
from debiteuren.domain.debtor import Channel
from debiteuren.domain.invoice import Action
from debiteuren.domain.problem import NOTHING_CHANGED, SurroundingsError, UserError
from debiteuren.domain.settings import DraftPlace
from debiteuren.domain.surroundings import reason
from debiteuren.draft_places import DRAFT_FOLDER
from debiteuren.jobs.arrange_wish import Wish
from debiteuren.jobs.refresh import Refreshed
from debiteuren.rules.schedule import example_day

BOOK = "Debiteuren.xlsm"
BANK = "Bank"
_MARK = ".debiteuren-demo"
"""In a folder that the demo made, and may therefore use anew."""

_MADE = (BOOK, BANK, DRAFT_FOLDER, "Reservekopieën")


@dataclass(frozen=True, slots=True)
class DemoDay:
    """What the day did, and where it stands.

    `arranged`: what was agreed on the telephone just now; None when the demo is about another day, on which
    the hour to confirm it does not run.
    """

    folder: Path
    imported: tasks.Imported
    arranged: arranging.Arranged | None
    reminded: reminding.Reminded
    trial: bool = False

    def text(self) -> Iterator[str | Table]:
        """The day as it went, ending with where to look."""
        yield "1. Bankbestanden ingelezen"
        yield from imported_text(self.imported, trial=False)
        yield "\n2. Bijgewerkt: wat is te laat, wat is de volgende stap en waarom"
        yield from refreshed_text(self.imported.refreshed, trial=False)
        if self.arranged is not None:
            yield "\n   Aan de telefoon net een regeling vastgelegd; op Acties loopt het uur"
            yield from arranged_text(self.arranged, trial=False)
        yield "\n3. Herinneringen klaargezet; er is niets verstuurd"
        yield from reminded_text(self.reminded, trial=False)
        if self.trial:
            yield "\nProef: er is niets bewaard."
            return
        yield "\nKijk nu zelf:"
        yield f"  de werkmap        {self.folder / BOOK}"
        yield f"  de bankbestanden  {self.folder / BANK}"
        yield f"  de concepten      {self.reminded.folder}"

    def as_json(self) -> dict[str, object]:
        """The three steps, each as its own command prints it."""
        return {
            "proef": self.trial,
            "map": str(self.folder),
            "werkmap": str(self.folder / BOOK),
            "importeer": imported_json(self.imported, trial=False),
            "regeling": arranged_json(self.arranged, trial=False) if self.arranged is not None else None,
            "bijwerken": refreshed_json(self.reminded.refreshed, trial=False),
            "herinneringen": reminded_json(self.reminded, trial=False),
        }


def run(
    folder: Path, moment: tasks.Moment, *, trial: bool = False, progress: tasks.Progress = tasks.silent
) -> DemoDay:
    """Make the fictional company in `folder` and live its day; a trial leaves nothing behind.

    Raises:
        UserError: the folder holds something that is not ours.
        SurroundingsError: it can't be written.
    """
    if trial:
        with tempfile.TemporaryDirectory() as elsewhere:
            return replace(run(Path(elsewhere) / folder.name, moment, progress=progress), trial=True)
    on = moment.today
    progress("Werkmap maken")
    try:
        _clear(folder)
        banks = _bank_files(folder, on)
    except OSError as error:
        raise SurroundingsError(
            f"De demo is niet gemaakt: in {folder} kan niet worden geschreven ({reason(error)}). "
            "Kies een andere map."
        ) from error
    book = new_workbook.create(folder / BOOK, demo_on=on)
    imported = tasks.import_files(ClosedWorkbook(book), banks, moment, progress=progress)
    arranged = _arranged(book, imported.refreshed, moment, folder / DRAFT_FOLDER, progress)
    reminded = reminding.remind(
        ClosedWorkbook(book),
        moment,
        target=DraftPlace.EML,  # made-up customers, so never among somebody's real mail
        folder=folder / DRAFT_FOLDER,
        progress=progress,
    )
    return DemoDay(folder, imported, arranged, reminded)


def _arranged(
    book: Path, done: Refreshed, moment: tasks.Moment, folder: Path, progress: tasks.Progress
) -> arranging.Arranged | None:
    """Who is called today and wants to pay in three: agreed on the telephone, a moment ago."""
    if done.on != moment.now.date():
        return None
    once = Counter(item.debtor.number for item in done.worklist)
    item = next(
        (
            item
            for item in done.worklist
            if item.action in {Action.CALL, Action.CALL_AGAIN}
            and once[item.debtor.number] == 1
            and item.debtor.email
            and item.debtor.channel is not Channel.POST
        ),
        None,
    )
    if item is None:
        return None
    wish = Wish(
        debtor=item.debtor.number,
        invoices=item.invoices,
        count=3,
        first=example_day(done.on),
        agreed_with=f"{item.debtor.first_name} {item.debtor.last_name}".strip(),
        channel=Channel.PHONE.value,
    )
    wanted = arranging.Wanted(target=DraftPlace.EML, folder=folder)
    return arranging.arrange(ClosedWorkbook(book), wish, moment, wanted=wanted, progress=progress)


def _clear(folder: Path) -> None:
    """The folder with our mark and without an earlier demo; what else stands in it stays.

    Only a folder that is empty or bears the mark is used.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        if not (folder / _MARK).is_file():
            raise UserError(
                f"{NOTHING_CHANGED}{folder} bestaat al en is niet van de demo. "
                "Kies een andere map: debiteuren demo ANDERE_MAP"
            )
        with in_dutch(folder / BOOK):
            refuse_open_elsewhere(folder / BOOK)
        for name in _MADE:
            if (folder / name).is_dir():
                shutil.rmtree(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).write_text(
        "De map van 'debiteuren demo', die zijn bestanden telkens opnieuw maakt.\n", "utf-8"
    )


def _bank_files(folder: Path, on: date) -> list[Path]:
    (folder / BANK).mkdir()
    paths = []
    for name, data in demo_bank_files(on).items():
        path = folder / BANK / name
        path.write_bytes(data)
        paths.append(path)
    return paths
