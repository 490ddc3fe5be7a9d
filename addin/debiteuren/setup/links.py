"""What only the system or xlwings can make: a shortcut of Windows, Excel's way to Python on a Mac."""

import contextlib
import importlib
import sys
from pathlib import Path


def make_link(link: Path, target: Path) -> bool:
    """Make a Windows shortcut (.lnk); False where that can't be done, for which there is another way.

    The form of a .lnk belongs to Windows, so Windows makes it, through pywin32, which xlwings brings along.
    """
    if sys.platform != "win32":
        return False
    with contextlib.suppress(Exception):  # pywin32 raises errors of its own, and may not be there
        client = importlib.import_module("win32com.client")
        shortcut = client.Dispatch("WScript.Shell").CreateShortcut(str(link))
        shortcut.TargetPath = str(target)
        shortcut.WorkingDirectory = str(target.parent)
        shortcut.Description = "Debiteuren"
        shortcut.Save()
    return link.exists()


def install_runpython() -> None:
    """Have xlwings put its script where Excel for Mac may start it, as "xlwings runpython install" does."""
    importlib.import_module("xlwings.cli").runpython_install(None)
