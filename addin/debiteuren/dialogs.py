"""What a button asks and tells the person at the screen, behind a small port that tests answer.

Answers: which window shows a message, a question, or the choice of files, on Windows and on a Mac.
Messages and the ordinary question are Excel's own windows. What these can't do through xlwings (choose files,
a form, a question whose default is no) comes from tkinter, which belongs to Python.
Leaves to others: the words (button_text.py), when they are shown (buttons.py).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from debiteuren.dialogs_form import Form, ask
from debiteuren.domain.problem import NOTHING_CHANGED, Problem, SurroundingsError

if TYPE_CHECKING:
    import tkinter as tk

    from debiteuren.book.live import LiveWorkbook

TITLE = "Debiteuren"

_BANK_AND_LISTS = "*.xml *.sta *.mt940 *.940 *.swi *.csv *.txt *.tab *.ofx *.qfx *.xls *.xlsx *.zip"


class Dialogs(Protocol):
    """The person at the screen."""

    def tell(self, text: str) -> None:
        """Show a message until it is clicked away."""

    def confirm(self, text: str) -> bool:
        """Ask whether to go on; Enter goes on."""

    def confirm_risk(self, text: str) -> bool:
        """Ask for a word on something that can go wrong; Enter and Escape mean no."""

    def choose_files(self) -> tuple[Path, ...]:
        """Let files be chosen, many at once; none when the window is closed."""

    def fill_in(self, form: Form) -> Mapping[str, str] | None:
        """Let a form be filled in: field name → text; None when the window is closed."""


class ExcelDialogs:
    """In front of the workbook whose button was clicked."""

    def __init__(self, workbook: "LiveWorkbook") -> None:
        self._workbook = workbook

    def tell(self, text: str) -> None:
        """Show a message in Excel's window."""
        self._workbook.alert(text, TITLE, "ok")

    def confirm(self, text: str) -> bool:
        """Ask in Excel's window."""
        return self._workbook.alert(text, TITLE, "ok_cancel") == "ok"

    def confirm_risk(self, text: str) -> bool:
        """Ask with No as the default."""
        with _window() as window:
            from tkinter import messagebox  # noqa: PLC0415 - not every Python has it, see _window

            return messagebox.askyesno(TITLE, text, default="no", icon="warning", parent=window)

    def choose_files(self) -> tuple[Path, ...]:
        """Choose bank files, starting in the workbook's folder."""
        with _window() as window:
            from tkinter import filedialog  # noqa: PLC0415 - as above

            chosen = filedialog.askopenfilenames(
                parent=window,
                title="Bankbestanden kiezen",
                initialdir=self._workbook.path.parent,
                filetypes=[("Bankbestanden en lijsten", _BANK_AND_LISTS), ("Alle bestanden", "*")],
            )
            return tuple(Path(name) for name in chosen)

    def fill_in(self, form: Form) -> Mapping[str, str] | None:
        """Fill in a form in front of Excel."""
        with _window() as window:
            return ask(form, window)


@contextmanager
def _window() -> Iterator["tk.Tk"]:
    """An unseen window in front of Excel, for tkinter's own windows to belong to.

    Raises:
        SurroundingsError: this Python came without tkinter, or there is no screen.
    """
    try:
        import tkinter as tk  # noqa: PLC0415 - not every Python has it
    except ImportError as error:
        raise _no_window(error) from error
    try:
        window = tk.Tk()
    except tk.TclError as error:
        raise _no_window(error) from error
    try:
        window.withdraw()
        window.attributes("-topmost", True)
        yield window
    finally:
        window.destroy()


def _no_window(error: Exception) -> SurroundingsError:
    return SurroundingsError(
        f"{NOTHING_CHANGED}Python kan op deze computer geen venster tonen",
        [
            Problem(
                sheet="Python",
                found=f"Het onderdeel tkinter werkt niet: {error}",
                remedy="installeer Python opnieuw vanaf python.org, met het vinkje bij tcl/tk.",
            )
        ],
    )
