"""What the buttons and the ribbon call: one function each, on the workbook that is open.

Source: docs/handleiding.md, "Opdrachten" (the same jobs as the commands); the names are those in
macros/Knoppen.bas. Holds the clock and a catch-all, as cli.py. xlwings shows an English traceback when Python
fails, so nothing may leave these functions but a Dutch message.
Leaves to others: the jobs (tasks.py, reminding.py), the words (button_text.py), the windows (dialogs.py).
Heavy modules are imported by the button that needs them: the user waits for every import.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from debiteuren import logbook
from debiteuren.domain.problem import StopError, UserError
from debiteuren.pace import Pace

if TYPE_CHECKING:
    from debiteuren.arranging import Arranged
    from debiteuren.book.live import LiveWorkbook
    from debiteuren.dialogs import Dialogs
    from debiteuren.due_letters import Planned
    from debiteuren.jobs.arrange_wish import Wish
    from debiteuren.tasks import Moment

_TRIES = 3
"""Times a job is run when the user sorts or types in between; who keeps typing is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """One click: the workbook, the person at the screen and the clock. `button` is the Dutch caption."""

    button: str
    workbook: "LiveWorkbook"
    dialogs: "Dialogs"
    now: datetime
    pace: Pace = field(default_factory=Pace)

    @property
    def moment(self) -> "Moment":
        """The clock for the jobs."""
        from debiteuren.tasks import Moment  # noqa: PLC0415 - heavy

        return Moment(now=self.now)

    def progress(self, what: str, done: float | None = None, /) -> None:
        """Show in the status bar what is going on, and how far it is."""
        if done is None:
            self.workbook.show_status(f"{self.button}: {what} …")
            self.pace.due(what)
        elif self.pace.due(what):
            self.workbook.show_status(f"{self.button}: {what} … {done:.0%}")


Result = TypeVar("Result")
Job = Callable[[Press], str]
"""Does the work and gives the closing message; '' when the user changed his mind."""


def handle(press: Press, job: Job) -> None:
    """Run the job of a click; whatever happens ends in one Dutch message."""
    from debiteuren import button_text  # noqa: PLC0415 - heavy

    try:
        message = job(press)
    except StopError as stop:
        message = button_text.stopped(stop, on_controle=_shown_on_controle(press.workbook, stop))
    except Exception as error:  # noqa: BLE001 - the catch-all: a user never sees a traceback
        message = logbook.report(error, press.now)
    press.workbook.show_status(None)
    if message:
        press.dialogs.tell(message)


def bank_importeren() -> None:
    """Bank importeren: choose files, read them in, match and bring up to date."""
    _click("Bank importeren", import_bank)


def bijwerken() -> None:
    """Bijwerken: match, statuses, next actions, arrangements, worklist, Controle."""
    _click("Bijwerken", update)


def genereer_herinneringen() -> None:
    """Genereer herinneringen: a draft for everyone who is due for one, after a confirmation."""
    _click("Genereer herinneringen", make_reminders)


def regeling_vastleggen() -> None:
    """Regeling vastleggen: ask what was agreed, show it, and write it down after a yes."""
    _click("Regeling vastleggen", record_arrangement)


def controleer_regelingen() -> None:
    """Controleer regelingen: bring up to date, and say how the arrangements stand."""
    _click("Controleer regelingen", check_arrangements)


def ongedaan_maken() -> None:
    """Ongedaan maken: put back what the last button wrote, after a question."""
    _click("Ongedaan maken", undo_last)


def import_bank(press: Press) -> str:
    """The job of bank_importeren."""
    from debiteuren import button_text, tasks  # noqa: PLC0415 - heavy

    paths = press.dialogs.choose_files()
    if not paths:
        return ""

    def run(*, despite_gaps: bool, trial: bool = False) -> tasks.Imported:
        return tasks.import_files(
            press.workbook,
            paths,
            press.moment,
            despite_gaps=despite_gaps,
            trial=trial,
            progress=press.progress,
        )

    try:
        done = _again_when_changed(lambda: run(despite_gaps=False))
    except UserError as stop:
        try:
            run(despite_gaps=True, trial=True)
        except StopError:
            if message := _columns_to_choose(press, paths):
                return message
            raise stop from None
        # Only statements that do not add up stand in the way, which is the user's to judge.
        if not press.dialogs.confirm_risk(button_text.risk_gaps(stop)):
            raise
        done = _again_when_changed(lambda: run(despite_gaps=True))
    return button_text.imported(done)


def _columns_to_choose(press: Press, paths: Sequence[Path]) -> str:
    """Put the columns of unknown files on the sheet Kolommen if the user wants to choose; '' if not."""
    from debiteuren import button_text, column_choice  # noqa: PLC0415 - heavy

    unknown = column_choice.unknown_files(press.workbook, paths)
    if not unknown or not press.dialogs.confirm(button_text.ask_columns(unknown)):
        return ""
    column_choice.choose_columns(press.workbook, unknown)
    return button_text.COLUMNS_READY


def update(press: Press) -> str:
    """The job of bijwerken."""
    from debiteuren import button_text, tasks  # noqa: PLC0415 - heavy

    done = _again_when_changed(lambda: tasks.update(press.workbook, press.moment, progress=press.progress))
    return button_text.updated(done)


def record_arrangement(press: Press) -> str:
    """The job of regeling_vastleggen; the form comes back until what was agreed can be held to."""
    from debiteuren import arrange_form, arranging, button_text, tasks  # noqa: PLC0415 - heavy

    contents, reading = tasks.load(press.workbook)
    on = press.moment.on(reading.ledger)
    form = arrange_form.first_form(press.workbook.selected(contents), reading.ledger.settings, on)
    while (answers := press.dialogs.fill_in(form)) is not None:
        wish, problems = arrange_form.read_wish(answers, on)
        if problems:
            form = arrange_form.with_answers(form, answers, problems)
            continue

        try:
            planned = _arranged(press, wish, confirm=False, trial=True)
        except arranging.RefusedWishError as stop:
            form = arrange_form.with_answers(form, answers, stop.problems)
            continue
        confirm = arrange_form.wants_confirmation(answers)
        if press.dialogs.confirm(button_text.confirm_arrangement(planned, drafted=confirm)):
            done = _again_when_changed(partial(_arranged, press, wish, confirm=confirm, trial=False))
            return button_text.arranged(done)
        form = arrange_form.with_answers(form, answers, ())
    return ""


def _arranged(press: Press, wish: "Wish", *, confirm: bool, trial: bool) -> "Arranged":
    from debiteuren import arranging  # noqa: PLC0415 - heavy

    return arranging.arrange(
        press.workbook.saving() if confirm else press.workbook,  # as for reminders: logged before it is seen
        wish,
        press.moment,
        wanted=arranging.Wanted(confirm=confirm),
        trial=trial,
        progress=press.progress,
    )


def check_arrangements(press: Press) -> str:
    """The job of controleer_regelingen."""
    from debiteuren import button_text, tasks  # noqa: PLC0415 - heavy

    done = _again_when_changed(lambda: tasks.update(press.workbook, press.moment, progress=press.progress))
    return button_text.arrangements(done)


def make_reminders(press: Press) -> str:
    """The job of genereer_herinneringen. Drafts leave the sheet, so it asks first; it never sends."""
    from debiteuren import button_text, due_letters, reminding  # noqa: PLC0415 - heavy

    def plan(*, without_bank: bool) -> "Planned":
        return due_letters.plan_drafts(
            press.workbook, press.moment, without_bank=without_bank, progress=press.progress
        )

    planned, without_bank = plan(without_bank=False), False
    bank = planned.refreshed.overview.bank
    if bank.stale or bank.last_day is None:
        unsure = plan(without_bank=True)
        more = len(unsure.plan.letters)
        if more > len(planned.plan.letters) and press.dialogs.confirm_risk(
            button_text.risk_drafts(planned, more)
        ):
            planned, without_bank = unsure, True
    workbook = press.workbook
    if planned.plan.letters:
        if not press.dialogs.confirm(button_text.confirm_drafts(planned)):
            return ""
        workbook = press.workbook.saving()  # a draft may only be seen once its row in Contact can't be lost
    done = _again_when_changed(
        lambda: reminding.remind(workbook, press.moment, without_bank=without_bank, progress=press.progress)
    )
    return button_text.reminded(done)


def undo_last(press: Press) -> str:
    """The job of ongedaan_maken. Drafts may have been sent meanwhile, so there the default is no."""
    from debiteuren import button_text, undoing  # noqa: PLC0415 - heavy

    last = undoing.last_open_run(press.workbook)
    if last is None:
        return button_text.NOTHING_TO_UNDO
    ask = press.dialogs.confirm_risk if last.letters else press.dialogs.confirm
    if not ask(button_text.confirm_undo(last)):
        return ""
    press.progress("Terugzetten")
    moved = undoing.undo_open(press.workbook, last, press.now)
    return button_text.undone(last, moved)


def _click(button: str, job: Job) -> None:
    """Find the workbook that was clicked on and do the job; without Excel the sentence goes to stderr."""
    now = datetime.now()  # noqa: DTZ005 - the user's own clock
    try:
        from debiteuren.book.live import LiveWorkbook  # noqa: PLC0415 - heavy
        from debiteuren.dialogs import ExcelDialogs  # noqa: PLC0415 - as above
        from debiteuren.setup.computer import this_computer  # noqa: PLC0415 - as above

        workbook = LiveWorkbook.caller()
        workbook.keep_journal(this_computer().data)
        press = Press(button=button, workbook=workbook, dialogs=ExcelDialogs(workbook), now=now)
        handle(press, job)
    except StopError as stop:
        sys.exit(str(stop))
    except Exception as error:  # noqa: BLE001 - the catch-all, for when even a message can't be shown
        sys.exit(logbook.report(error, now))


def _again_when_changed(run: Callable[[], Result]) -> Result:
    """Run, and once more on what then stands there when the user sorted or typed in between."""
    from debiteuren.book.live import SheetChangedError  # noqa: PLC0415 - heavy

    for _ in range(_TRIES - 1):
        try:
            return run()
        except SheetChangedError:
            continue
    return run()


def _shown_on_controle(workbook: "LiveWorkbook", stop: StopError) -> bool:
    """Put the problems on the sheet Controle; not where the sheets can't be written."""
    from debiteuren.book.results import problem_changes  # noqa: PLC0415 - heavy

    if not isinstance(stop, UserError) or not stop.problems:
        return False
    try:
        workbook.write(problem_changes(workbook.read(), stop.problems))
    except StopError:
        return False
    return True
