"""The computer the program runs on: its system, its folders, its Python, its registry.

Answers: where do Excel, xlwings and we keep things here. Changes nothing.
Source: xlwings 0.37.8 (`USER_CONFIG_FILE`, and GetConfigFilePath in its VBA) for xlwings.conf;
MS documentation of the known folders for the desktop.
"""

import locale
import os
import platform
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from debiteuren.setup.registry import NO_REGISTRY, Registry

WINDOWS, MAC = "win32", "darwin"
_SHELL_FOLDERS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
_FIELD = re.compile(r"%([^%]+)%")


@dataclass(frozen=True, slots=True, kw_only=True)
class Computer:
    """`system` as sys.platform; `python` the interpreter that runs us; `xlwings` its version, '' without."""

    system: str
    home: Path
    environment: Mapping[str, str]
    python: str
    python_version: str
    xlwings: str
    registry: Registry = NO_REGISTRY
    encoding: str = "utf-8"
    make_link: Callable[[Path, Path], bool] = field(default=lambda _link, _target: False)
    install_runpython: Callable[[], None] = field(default=lambda: None)

    @property
    def is_windows(self) -> bool:
        """Windows, of whatever version."""
        return self.system == WINDOWS

    @property
    def is_mac(self) -> bool:
        """The macOS."""
        return self.system == MAC

    @property
    def has_excel_versions(self) -> bool:
        """Whether Excel is made for this system at all."""
        return self.is_windows or self.is_mac

    @property
    def data(self) -> Path:
        """Our own folder for what must be remembered on this computer."""
        if self.is_windows:
            folder = self.environment.get("LOCALAPPDATA")
            return (Path(folder) if folder else self.home / "AppData" / "Local") / "Debiteuren"
        if self.is_mac:
            return self.home / "Library" / "Application Support" / "Debiteuren"
        folder = self.environment.get("XDG_DATA_HOME")
        return (Path(folder) if folder else self.home / ".local" / "share") / "debiteuren"

    @property
    def conf(self) -> Path:
        """The xlwings.conf of this user."""
        if self.is_mac:
            return self.home / "Library" / "Containers" / "com.microsoft.Excel" / "Data" / "xlwings.conf"
        return self.home / ".xlwings" / "xlwings.conf"

    @property
    def interpreter_key(self) -> str:
        """What xlwings.conf calls the interpreter on this system."""
        return "INTERPRETER_MAC" if self.is_mac else "INTERPRETER_WIN"

    @property
    def runpython_script(self) -> Path:
        """The script through which Excel on a Mac may start Python; of one version of xlwings."""
        folder = self.home / "Library" / "Application Scripts" / "com.microsoft.Excel"
        return folder / f"xlwings-{self.xlwings}.applescript"

    @property
    def workbook(self) -> Path:
        """Where the user's first workbook is put: not in Documents, which OneDrive likes to take over."""
        return self.home / "Debiteuren" / "Debiteuren.xlsm"

    @property
    def desktop(self) -> Path:
        """The desktop, wherever Windows was told it is."""
        if self.is_windows:
            found = self.registry.value(_SHELL_FOLDERS, "Desktop")
            if isinstance(found, str) and found:
                return Path(self.expanded(found))
        return self.home / "Desktop"

    def expanded(self, text: str) -> str:
        """The text with %NAMES% of the environment filled in, as the registry has them."""
        by_name = {name.upper(): value for name, value in self.environment.items()}
        return _FIELD.sub(lambda found: by_name.get(found[1].upper(), found[0]), text)


def this_computer() -> Computer:
    """The computer we run on."""
    from debiteuren.setup import links, registry  # noqa: PLC0415 - of one system each

    try:
        xlwings = metadata.version("xlwings")
    except metadata.PackageNotFoundError:
        xlwings = ""
    return Computer(
        system=sys.platform,
        home=Path.home(),
        environment=dict(os.environ),
        python=sys.executable,
        python_version=platform.python_version(),
        xlwings=xlwings,
        registry=registry.of_this_computer(),
        encoding=locale.getencoding(),
        make_link=links.make_link,
        install_runpython=links.install_runpython,
    )
