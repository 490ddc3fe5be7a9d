"""Runs a command of ours in this process, as a user would type it."""

import contextlib
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from debiteuren import cli


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the command's object holds
        """The one object on stdout."""
        return json.loads(self.out)


def run(*words: str | Path) -> Ran:
    """The command with these words, as `debiteuren WORDS...`."""
    out, err = io.StringIO(), io.StringIO()
    argv = ["debiteuren", *(str(word) for word in words)]
    with (
        mock.patch.object(sys, "argv", argv),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            cli.main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0
    return Ran(code, out.getvalue(), err.getvalue())


@contextlib.contextmanager
def unchanged(*paths: Path) -> Iterator[None]:
    """Nothing in these files or their folders changes, and nothing is left behind."""
    before = {path: path.read_bytes() for path in paths}
    listed = {path.parent: sorted(path.parent.rglob("*")) for path in paths}
    yield
    assert {path: path.read_bytes() for path in paths} == before
    assert {folder: sorted(folder.rglob("*")) for folder in listed} == listed
