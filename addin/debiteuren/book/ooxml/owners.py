"""Who has the workbook open: the owner files that Excel and LibreOffice lay beside it.

Excel: ~$NAME, one byte with the length of the user's name, the name, and the same in UTF-16 (54 and 110
bytes). LibreOffice: .~lock.NAME#, "name,user,computer,since,profile;".
"""

import contextlib
from datetime import UTC, datetime
from pathlib import Path

from .refusals import InUse

_WIDE_FROM = 54


def refuse_open_elsewhere(path: Path) -> None:
    """Raise InUse, with who and since when, when an owner file lies beside the workbook."""
    excel = path.with_name(f"~${path.name}")
    office = path.with_name(f".~lock.{path.name}#")
    for owner, program, who in ((excel, "Excel", _excel_user), (office, "LibreOffice", _libreoffice_user)):
        data = None
        with contextlib.suppress(OSError):
            since = datetime.fromtimestamp(owner.stat().st_mtime, tz=UTC).astimezone()
            with contextlib.suppress(PermissionError):
                data = owner.read_bytes()
            name = who(data or b"")
            by = f" bij {name}" if name else ""
            message = (
                f"{path.name} is open in {program}{by}, sinds {since:%d-%m-%Y %H:%M}. Sluit het daar en "
                f'probeer het opnieuw. Staat het nergens meer open, verwijder dan het bestand "{owner.name}".'
            )
            raise InUse(message)


def _excel_user(data: bytes) -> str:
    if len(data) > _WIDE_FROM + 2:
        length = int.from_bytes(data[_WIDE_FROM + 1 : _WIDE_FROM + 3], "little")
        wide = data[_WIDE_FROM + 3 : _WIDE_FROM + 3 + 2 * length]
        return _clean(wide.decode("utf-16-le", "replace"))
    return _clean(data[1 : 1 + data[0]].decode("cp1252", "replace")) if data else ""


def _libreoffice_user(data: bytes) -> str:
    fields = [_clean(field) for field in data.decode("utf-8", "replace").split(",")]
    if len(fields) < 3:  # noqa: PLR2004 - name, user, computer
        return ""
    person = fields[0] or fields[1]
    return f"{person} op {fields[2]}" if person and fields[2] else person or fields[2]


def _clean(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable()).strip()
