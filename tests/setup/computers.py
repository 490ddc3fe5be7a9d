"""Computers to try: Windows and macOS in a folder, with a registry in memory."""

from collections.abc import Mapping
from pathlib import Path

from debiteuren.setup.computer import MAC, WINDOWS, Computer
from debiteuren.setup.registry import Value
from debiteuren.setup.versions import shipped_xlwings


class MemoryRegistry:
    """A registry without Windows; `closed` keys can't be written."""

    def __init__(self, values: Mapping[str, Mapping[str, Value]] | None = None) -> None:
        self.all: dict[str, dict[str, Value]] = {key: dict(found) for key, found in (values or {}).items()}
        self.closed = False

    def value(self, key: str, name: str = "") -> Value | None:
        return self.all.get(key, {}).get(name)

    def keys(self, key: str) -> tuple[str, ...]:
        below = (found.removeprefix(key + "\\") for found in self.all if found.startswith(key + "\\"))
        return tuple(dict.fromkeys(name.partition("\\")[0] for name in below))

    def write(self, key: str, values: Mapping[str, Value]) -> None:
        assert key.startswith("HKCU\\")
        if self.closed:
            raise PermissionError(13, "Access is denied")
        self.all.setdefault(key, {}).update(values)

    def remove(self, key: str) -> None:
        assert key.startswith("HKCU\\")
        self.all.pop(key, None)


def computer(
    home: Path,
    system: str = WINDOWS,
    *,
    registry: MemoryRegistry | None = None,
    python: str = r"C:\Python311\python.exe",
    xlwings: str | None = None,
    links: bool = False,
) -> Computer:
    """A computer whose user lives in `home`; `links`: Windows makes the shortcut itself."""
    found = shipped_xlwings() if xlwings is None else xlwings

    def make_link(link: Path, target: Path) -> bool:
        if links:
            link.write_bytes(b"L\0\0\0" + str(target).encode())
        return links

    def install_runpython() -> None:
        script = made.runpython_script
        script.parent.mkdir(parents=True)
        script.write_text("on VbaHandler(ParameterString)\nend\n", encoding="utf-8")

    made = Computer(
        system=system,
        home=home,
        environment={"USERPROFILE": str(home), "LOCALAPPDATA": str(home / "AppData" / "Local")},
        python=python if system == WINDOWS else "/opt/python/bin/python3",
        python_version="3.11.9",
        xlwings=found,
        registry=registry or MemoryRegistry(),
        encoding="cp1252" if system == WINDOWS else "utf-8",
        make_link=make_link,
        install_runpython=install_runpython,
    )
    (home / "Desktop").mkdir(parents=True, exist_ok=True)
    return made


__all__ = ["MAC", "WINDOWS", "MemoryRegistry", "computer"]
