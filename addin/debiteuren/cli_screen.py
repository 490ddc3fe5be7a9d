"""Where the command line's words go, and what a run that stopped says."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from debiteuren.domain.problem import StopError
from debiteuren.pace import Pace
from debiteuren.terminal import harmless

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from debiteuren.tasks import Progress


@dataclass(frozen=True, slots=True)
class Screen:
    """Where words go: people's text on stdout, or on stderr when --json has stdout for itself."""

    as_json: bool

    def say(self, *renderables: object) -> None:
        """Text or tables for people."""
        from rich.console import Console  # noqa: PLC0415 - only when there is something to show
        from rich.text import Text  # noqa: PLC0415 - as above

        console = Console(stderr=self.as_json, highlight=False)
        for renderable in renderables:
            if isinstance(renderable, str):
                console.print(Text(harmless(renderable)), soft_wrap=True)
            else:
                console.print(renderable)

    def result(self, value: Mapping[str, object]) -> None:
        """The one JSON object of --json."""
        if self.as_json:
            json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
            sys.stdout.write("\n")

    @contextmanager
    def progress(self) -> Iterator["Progress"]:
        """What is being done, on a terminal only; with a bar for work over a second of which it is known."""
        from rich.console import Console  # noqa: PLC0415 - as above
        from rich.text import Text  # noqa: PLC0415 - as above

        console = Console(stderr=True)
        if not console.is_terminal:
            yield lambda _what, _done=None, /: None
            return
        pace = Pace()
        with console.status("Bezig …") as status:

            def show(what: str, done: float | None = None, /) -> None:
                words = Text(harmless(f"{what} …"))
                if pace.due(what) and done is not None:
                    status.update(_with_bar(words, done))
                elif done is None:
                    status.update(words)

            yield show


def _with_bar(words: "Text", done: float) -> "Table":
    """The words, a bar and a percentage beside each other."""
    from rich.progress_bar import ProgressBar  # noqa: PLC0415 - only for work over a second
    from rich.table import Table  # noqa: PLC0415 - as above

    row = Table.grid(padding=(0, 1))
    row.add_row(words, ProgressBar(total=1.0, completed=done, width=30), f"{done:.0%}")
    return row


def complain(text: str) -> None:
    """One line for people, whatever stdout is for."""
    sys.stderr.write(harmless(text) + "\n")


def stopped(stop: StopError, *, as_json: bool) -> int:
    """Say why nothing happened, on stderr and for --json; the exit code comes back."""
    from debiteuren.cli_json import problems_json  # noqa: PLC0415 - only when something is wrong
    from debiteuren.cli_text import stop_text  # noqa: PLC0415 - as above

    complain(stop_text(stop))
    Screen(as_json).result({"fout": stop.title, "problemen": problems_json(stop.problems)})
    return stop.exit_code
