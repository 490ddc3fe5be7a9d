"""Where our own faults go: a log file for us, one short Dutch sentence for the user."""

import os
import sys
import traceback
from datetime import datetime
from pathlib import Path

_LARGEST = 1_000_000


def log_file() -> Path:
    """The log file on this computer, in the user's own folder for programs' data."""
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Logs"
    else:
        folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return folder / "Debiteuren" / "debiteuren.log"


def report(error: BaseException, now: datetime) -> str:
    """Write the traceback down and say what the user needs to know; never raises itself."""
    text = "".join(traceback.format_exception(error))
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LARGEST:
            path.replace(path.with_suffix(".oud.log"))
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{now:%Y-%m-%d %H:%M:%S}\n{text}\n")
    except OSError:
        return "Er ging bij ons iets mis, en ook het logboek kon niet worden geschreven. Laat het ons weten."
    return f"Er ging bij ons iets mis. Stuur ons dit bestand, dan lossen we het op: {path}"
