"""How long Bijwerken takes from a real click to the cells, and in which part the seconds go.

Run it with `PYTHONPATH=tests .venv/bin/python -m benchmarks.clicks`; it needs LibreOffice, its Python bridge,
Xvfb and xdotool. Every click is on a fresh copy and starts a Python of its own, as Excel does. After one that
isn't counted, since it compiles, there are three; the one in the middle is told. Arguments: the numbers of
invoices (default 500 and 10000).
Leaves to others: the workbook (run.py), clicking (live/clicking.py), the closed file (run.py, editor.py).
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from unittest import mock

from benchmarks.run import made_elsewhere
from debiteuren import dialogs
from debiteuren.book.live import LiveWorkbook
from debiteuren.book.ooxml import Package
from debiteuren.book.template import build
from libreoffice import Office, load_uno
from live.clicking import LETTERBOX, Person, place_of, wait_for
from live.screen import Screen
from live.test_live_clicks import PROJECT, STUBS
from office_documents import opened

ROUNDS = 3
_LONGEST = 900
_TRIES = ("tries < 300", f"tries < {_LONGEST * 10}")
"""RunPython of the tests gives up after half a minute."""

_SHAPE = "Knop Bijwerken"

PYTHON = """
import sys, time
moments = [("python", time.monotonic())]
import debiteuren.buttons
moments.append(("buttons", time.monotonic()))
from debiteuren import button_text, dialogs, tasks
from debiteuren.book.live import LiveWorkbook
from debiteuren.setup import computer
moments.append(("modules", time.monotonic()))
from benchmarks.clicks import press
press(moments, *sys.argv[1:])
"""
"""What the click starts: first what Bijwerken imports, then the button itself."""

PARTS = {
    "click": "klik en VBA",
    "python": "Python starten",
    "buttons": "debiteuren.buttons laden",
    "modules": "wat Bijwerken nodig heeft laden",
    "joined": "aansluiten op LibreOffice",
    "Bijwerken: Werkmap lezen …": "werkmap vinden",
    "Bijwerken: Koppelen en rekenen …": "lezen",
    "Bijwerken: Wegschrijven …": "rekenen",
    "None": "wegschrijven",
    "done": "melding en terug naar de macro",
}
"""The moment a part ends → what is measured until then."""


class _Joined(Office):
    """The LibreOffice that another process started."""

    def __init__(self, port: int) -> None:
        uno = load_uno()
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        self.port = port
        self.context = resolver.resolve(
            f"uno:socket,host=127.0.0.1,port={port},tcpNoDelay=1;urp;StarOffice.ComponentContext"
        )


def press(moments: list[tuple[str, float]], port: str, command: str, told: str) -> None:
    """In the Python that the click started: the button's command, with the moment every part ended."""
    from live.uno_engine import install  # noqa: PLC0415 - needs LibreOffice's bridge

    person = Person(())
    show_status = LiveWorkbook.show_status

    def shown(workbook: LiveWorkbook, text: str | None) -> None:
        moments.append((str(text), time.monotonic()))
        show_status(workbook, text)

    (book,) = install(_Joined(int(port))).books
    book.set_mock_caller()
    moments.append(("joined", time.monotonic()))
    with (
        mock.patch.object(LiveWorkbook, "show_status", shown),
        mock.patch.object(dialogs, "ExcelDialogs", return_value=person),
    ):
        exec(command, {})  # noqa: S102 - what Excel would start Python with
    Path(told).write_text(json.dumps({"shown": person.shown, "moments": moments}), encoding="utf-8")
    os._exit(0)  # the bridge may not hold us up


def workbook(folder: Path, invoices: int) -> Path:
    """A workbook with so many invoices and payments, and the RunPython that waits for us."""
    path = folder / f"boek{invoices}.xlsm"
    made_elsewhere(path, invoices)
    stub = folder / f"stub{invoices}.xlsm"
    build(stub, replaced_modules={**STUBS, "xlwings": STUBS["xlwings"].replace(*_TRIES)})
    with zipfile.ZipFile(stub) as package, Package.open(path) as book:
        book.replace_part(PROJECT, package.read(PROJECT))
        book.save()
    return path


def click(office: Office, screen: Screen, path: Path, letterbox: Path) -> dict[str, float]:
    """The seconds of every part of one click.

    Raises:
        RuntimeError: the button did not do its job.
    """
    order, done, told = (letterbox / name for name in ("opdracht.txt", "klaar.txt", "verteld.json"))
    order.unlink(missing_ok=True)
    with opened(office, path, _LONGEST, hidden=False) as document:
        place = place_of(document, _SHAPE)
        begun = time.monotonic()
        screen.click(*place)
        wait_for(order.exists, "no command came out of the click")
        clicked = time.monotonic()
        command = order.read_text(encoding="utf-8").strip()
        subprocess.run(
            [sys.executable, "-c", PYTHON, str(office.port), command, str(told)],
            env=_as_installed(letterbox),
            check=True,
            timeout=_LONGEST,
        )
        done.touch()
        wait_for(lambda: not done.exists(), "the macro did not go on")
        ended = time.monotonic()
    answer = json.loads(told.read_text(encoding="utf-8"))
    if not answer["shown"][0].startswith("Bijgewerkt: "):
        raise RuntimeError(answer["shown"][0])
    moments = {"click": clicked, **dict(answer["moments"]), "done": ended}
    seconds: dict[str, float] = {}
    before = begun
    for part in PARTS:
        seconds[part], before = moments[part] - before, moments[part]
    seconds["all"] = ended - begun
    return seconds


def _as_installed(folder: Path) -> dict[str, str]:
    """Modules compiled once and kept, as an installed Python does, whatever the settings here."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        "PYTHONPYCACHEPREFIX": str(folder / "gecompileerd"),
        "XDG_DATA_HOME": str(folder / "gegevens"),
    }


def measure(office: Office, screen: Screen, folder: Path, invoices: int) -> None:
    """One line per part."""
    fresh, path = workbook(folder, invoices), folder / "boek.xlsm"
    found = []
    for _ in range(ROUNDS + 1):
        shutil.copyfile(fresh, path)
        found.append(click(office, screen, path, folder / "brievenbus"))
    middle = sorted(found[1:], key=lambda seconds: seconds["all"])[ROUNDS // 2]
    sys.stdout.write(f"\n{invoices} facturen en betalingen\n")
    for part, name in {**PARTS, "all": "van klik tot klaar"}.items():
        sys.stdout.write(f"  {name:35} {middle[part]:8.2f} s\n")
    sys.stdout.flush()


def main() -> None:
    """Measure for each number of invoices given."""
    sizes = [int(word) for word in sys.argv[1:]] or [500, 10_000]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "brievenbus").mkdir()
        (folder / "scherm").mkdir()
        screen = Screen(folder / "scherm")
        try:
            letterbox = {LETTERBOX: str(folder / "brievenbus")}
            office = Office(folder, display=screen.display, environment=letterbox)
            try:
                for size in sizes:
                    measure(office, screen, folder, size)
            finally:
                office.kill()  # asked to end, it would ask whether to save
        finally:
            screen.stop()


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # the bridge to a LibreOffice that is gone may not hold us up
