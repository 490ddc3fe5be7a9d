"""A form to fill in: labels with a field each, in one window.

Answers: what somebody typed, or that he closed the window. What was refused is told above the fields, and
what he typed stays.
Leaves to others: which fields (arrange_form.py), what they mean, when it is shown (buttons.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tkinter as tk

_WIDTH, _WRAP = 58, 560


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: its name for the program, its label, what stands in it, and a hint beside it.

    `choices`: words to choose from. `lines`: more than one is a box for a longer text.
    """

    name: str
    label: str
    value: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()
    lines: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A window with fields. `message`: what was wrong with the last answers, '' the first time."""

    title: str
    fields: tuple[Field, ...]
    message: str = ""


def ask(form: Form, parent: "tk.Tk") -> Mapping[str, str] | None:
    """Show the form until it is answered (field name → text) or closed (None)."""
    return FormWindow(form, parent).answered()


class FormWindow:
    """The form on the screen. Enter answers, Escape closes."""

    def __init__(self, form: Form, parent: "tk.Tk") -> None:
        import tkinter as tk  # noqa: PLC0415 - not every Python has it
        from tkinter import ttk  # noqa: PLC0415 - as above

        self._answers: dict[str, str] | None = None
        self.top = tk.Toplevel(parent)
        self.top.title(form.title)
        self.top.attributes("-topmost", True)
        frame = ttk.Frame(self.top, padding=14)
        frame.grid(sticky="nsew")
        if form.message:
            told = tk.Label(frame, text=form.message, fg="#7D2406", justify="left", wraplength=_WRAP)
            told.grid(columnspan=3, sticky="w", pady=(0, 10))
        self.widgets: dict[str, tk.Widget] = {}
        for row, field in enumerate(form.fields, start=1):
            ttk.Label(frame, text=field.label).grid(row=row, column=0, sticky="nw", padx=(0, 10), pady=2)
            self.widgets[field.name] = _widget(frame, field)
            self.widgets[field.name].grid(row=row, column=1, sticky="w", pady=2)
            if field.hint:
                hint = tk.Label(frame, text=field.hint, fg="#5A6875")
                hint.grid(row=row, column=2, sticky="w", padx=(10, 0))
        buttons = ttk.Frame(frame)
        buttons.grid(row=len(form.fields) + 1, columnspan=3, sticky="e", pady=(12, 0))
        ttk.Button(buttons, text="Annuleren", command=self.close).grid(row=0, column=0, padx=4)
        ttk.Button(buttons, text="Bekijken", command=self.answer).grid(row=0, column=1)
        self.top.protocol("WM_DELETE_WINDOW", self.close)
        self.top.bind("<Escape>", lambda _: self.close())
        for name, widget in self.widgets.items():
            if not isinstance(widget, tk.Text):
                widget.bind("<Return>", lambda _: self.answer())
            if name == form.fields[0].name:
                widget.focus_set()

    def answer(self) -> None:
        """Take what stands in the fields and close."""
        self._answers = {name: _text(widget) for name, widget in self.widgets.items()}
        self.top.destroy()

    def close(self) -> None:
        """Close without an answer."""
        self.top.destroy()

    def answered(self) -> Mapping[str, str] | None:
        """Wait for the person at the screen."""
        self.top.wait_window()
        return self._answers


def _widget(frame: "tk.Misc", field: Field) -> "tk.Widget":
    import tkinter as tk  # noqa: PLC0415 - not every Python has it
    from tkinter import ttk  # noqa: PLC0415 - as above

    if field.lines > 1:
        box = tk.Text(frame, width=_WIDTH, height=field.lines, wrap="word", font="TkDefaultFont")
        box.insert("1.0", field.value)
        return box
    if field.choices:
        chosen = ttk.Combobox(frame, width=_WIDTH - 3, values=field.choices)
        chosen.set(field.value)
        return chosen
    entry = ttk.Entry(frame, width=_WIDTH)
    entry.insert(0, field.value)
    return entry


def _text(widget: "tk.Widget") -> str:
    import tkinter as tk  # noqa: PLC0415 - not every Python has it

    if isinstance(widget, tk.Text):
        return widget.get("1.0", "end").strip()
    return str(widget.get()).strip()  # type: ignore[attr-defined] # an Entry or Combobox
