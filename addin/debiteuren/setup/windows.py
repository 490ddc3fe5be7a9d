"""Windows' own: a folder that Excel trusts, and a shortcut on the desktop.

Source: Microsoft's documentation of trusted locations: below Excel's key a key Location1, Location2 and
so on, each with the values Path, Description and AllowSubfolders.
"""

from pathlib import Path, PureWindowsPath

from debiteuren.setup.computer import Computer
from debiteuren.setup.notes import Kind, Made

TRUSTED = r"HKCU\Software\Microsoft\Office\16.0\Excel\Security\Trusted Locations"
"""Excel 2016 and later; the user's own part, so without an administrator."""

_LINK_NAME = "Debiteuren.lnk"


def _as_trusted(folder: Path) -> str:
    """The folder as Excel writes it: with a backslash at its end."""
    return str(folder).rstrip("\\/") + "\\"


def trusted_key(computer: Computer, folder: Path) -> str:
    """The registry key that makes Excel trust this very folder; '' when there is none."""
    wanted = _as_trusted(folder).casefold()
    for name in computer.registry.keys(TRUSTED):
        key = f"{TRUSTED}\\{name}"
        path = computer.registry.value(key, "Path")
        if isinstance(path, str) and _as_trusted(Path(computer.expanded(path))).casefold() == wanted:
            return key
    return ""


def make_trusted(computer: Computer, folder: Path) -> Made:
    """Have Excel trust the folder and those in it."""
    taken = {name.casefold() for name in computer.registry.keys(TRUSTED)}
    number = next(number for number in range(20, 20 + len(taken) + 1) if f"location{number}" not in taken)
    key, path = f"{TRUSTED}\\Location{number}", _as_trusted(folder)
    computer.registry.write(key, {"Path": path, "Description": "Debiteuren", "AllowSubfolders": 1})
    return Made(kind=Kind.REGISTRY, place=key, value=path)


def shortcut_place(computer: Computer) -> Path:
    """Where the shortcut is to be."""
    return computer.desktop / (_LINK_NAME if computer.is_windows else computer.workbook.name)


def write_shortcut(computer: Computer, link: Path) -> Path:
    """Make a .lnk; where Windows does not make one for us a .url, which opens a file as well."""
    link.parent.mkdir(parents=True, exist_ok=True)
    if computer.make_link(link, computer.workbook):
        return link
    other = link.with_suffix(".url")
    address = PureWindowsPath(computer.workbook).as_uri() if link.drive else computer.workbook.as_uri()
    other.write_bytes(f"[InternetShortcut]\r\nURL={address}\r\n".encode("ascii"))
    return other
