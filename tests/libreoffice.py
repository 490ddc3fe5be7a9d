"""One LibreOffice for the whole run: started on a profile and port of its own, never waited for without end.

`load_uno` finds LibreOffice's Python bridge outside our virtual environment; `Office` starts and stops the
program. Everything that calls it stands in `with office.deadline(seconds)`: when LibreOffice hangs it is
ended, and the call that waited for it fails instead of the suite.
Leaves to others: what is done with it (live/, the workbook's own checks).
"""

import builtins
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

_BRIDGES = (Path("/usr/lib/python3/dist-packages"), Path("/usr/lib/libreoffice/program"))
_START_SECONDS = 60
_STOP_SECONDS = 10


class OfficeMissingError(Exception):
    """LibreOffice or its Python bridge is not on this machine; the text says which, and how to get it."""


def load_uno() -> ModuleType:
    """LibreOffice's module `uno`, loaded by its path: the rest of Debian's packages stays out of sight.

    Raises:
        OfficeMissingError: it is not here, or was made for another Python.
    """
    if "uno" in sys.modules:
        return sys.modules["uno"]
    path = next((folder / "uno.py" for folder in _BRIDGES if (folder / "uno.py").exists()), None)
    if path is None:
        raise OfficeMissingError("uno.py is not here: apt-get install python3-uno")
    usual_import = builtins.__import__
    specification = importlib.util.spec_from_file_location("uno", path)
    if specification is None or specification.loader is None:
        raise OfficeMissingError(f"{path} is no module")
    module = importlib.util.module_from_spec(specification)
    sys.modules["uno"] = module
    try:
        specification.loader.exec_module(module)
    except ImportError as error:
        del sys.modules["uno"]
        raise OfficeMissingError(f"{path} does not fit Python {sys.version.split()[0]}: {error}") from error
    finally:
        builtins.__import__ = (
            usual_import  # uno puts its own in place, which every later import would go through
        )
    return module


class Office:
    """A running LibreOffice. `context` is its component context, the way in to all services."""

    def __init__(
        self, folder: Path, *, display: str = "", environment: Mapping[str, str] | None = None
    ) -> None:
        """Start it with its profile under `folder`; headless, or on the X display `display`."""
        self._uno = load_uno()
        program = shutil.which("soffice")
        if program is None:
            raise OfficeMissingError("soffice is not here: apt-get install libreoffice-calc")
        self.port = _free_port()
        self._process = subprocess.Popen(
            [
                program,
                *([] if display else ["--headless"]),
                "--norestore",
                "--nologo",
                "--nodefault",
                "--nofirststartwizard",
                f"-env:UserInstallation={(folder / 'profile').absolute().as_uri()}",
                f"--accept=socket,host=127.0.0.1,port={self.port},tcpNoDelay=1;urp;",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # soffice starts soffice.bin: both are ended together
            env={**os.environ, **({"DISPLAY": display} if display else {}), **(environment or {})},
        )
        try:
            self.context: Any = self._connect()
        except BaseException:
            self.kill()
            raise

    def _connect(self) -> object:
        local = self._uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        address = f"uno:socket,host=127.0.0.1,port={self.port},tcpNoDelay=1;urp;StarOffice.ComponentContext"
        refused = self._uno.getClass("com.sun.star.connection.NoConnectException")
        end = time.monotonic() + _START_SECONDS
        while True:
            try:
                return resolver.resolve(address)
            except refused:
                if time.monotonic() > end or self._process.poll() not in {None, 0}:
                    raise TimeoutError("LibreOffice did not start") from None
                time.sleep(0.1)

    def service(self, name: str) -> Any:  # noqa: ANN401 - UNO objects have no types
        """A new object of the service of that name."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    @contextmanager
    def deadline(self, seconds: float) -> Iterator[None]:
        """End LibreOffice when what is done here takes longer, so that no call waits for ever."""
        timer = threading.Timer(seconds, self.kill)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    @property
    def is_running(self) -> bool:
        """Whether it has not been ended."""
        return self._process.poll() is None

    def stop(self) -> None:
        """Ask it to end, and end it when it does not."""
        if not self.is_running:
            return
        with self.deadline(_STOP_SECONDS):
            try:
                self.service("com.sun.star.frame.Desktop").terminate()
                self._process.wait(_STOP_SECONDS)
            except Exception:  # noqa: BLE001 - the bridge breaks off in many ways while the program ends
                self.kill()

    def kill(self) -> None:
        """End it and what it started, at once."""
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self._process.wait(_STOP_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
