"""Where the command line's words go, and what a run that stopped says."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from debiteuren.domain.problem import StopError
from debiteuren.terminal import harmless


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
    def progress(self) -> Iterator[Callable[[str], None]]:
        """What is being done, on a terminal only."""
        from rich.console import Console  # noqa: PLC0415 - as above
        from rich.text import Text  # noqa: PLC0415 - as above

        console = Console(stderr=True)
        if not console.is_terminal:
            yield lambda _: None
            return
        with console.status("Bezig …") as status:
            yield lambda what: status.update(Text(harmless(f"{what} …")))


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
