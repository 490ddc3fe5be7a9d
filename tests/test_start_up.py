"""A click waits for Python to start: what a button does not need yet is not loaded with it."""

import subprocess
import sys

import pytest

HEAVY = {
    "xlwings",
    "lxml",
    "jinja2",
    "python_calamine",
    "holidays",
    "stdnum",
    "segno",
    "typer",
    "rich",
    "tkinter",
    "imapclient",
    "keyring",
    "msal",
    "requests",
}


@pytest.mark.parametrize(
    ("module", "allowed"),
    [("debiteuren.buttons", set()), ("debiteuren.dialogs", set()), ("debiteuren.cli", {"typer", "rich"})],
)
def test_nothing_heavy_comes_along(module: str, allowed: set[str]) -> None:
    asked = f"import {module}, sys; print(*sorted({sorted(HEAVY)!r} & sys.modules.keys()))"
    code = asked.replace("[", "{").replace("]", "}")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= allowed
