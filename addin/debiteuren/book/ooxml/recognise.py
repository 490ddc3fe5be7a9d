"""What a file is when it is not a workbook we can edit, told from its first bytes.

ECMA-376 part 2, 7.3 (a package is a zip file); [MS-CFB] 2.2 for .xls and encrypted workbooks
(ECMA-376 Document Encryption, [MS-OFFCRYPTO] 2.3.1); OpenDocument 1.3 part 2, 3.3 (the entry "mimetype").
"""

from typing import IO

from .refusals import NotAWorkbook

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HEAD = 4_096
_SAVE_AS = "Open het in Excel en sla het op als Excel-werkmap (.xlsx) of werkmap met macro's (.xlsm)."


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")


def refuse_other_files(file: IO[bytes], name: str) -> None:
    """Raise NotAWorkbook, saying what it is and what to do, when the file is no zip file."""
    file.seek(0)
    head = file.read(_HEAD)
    if head.startswith(_ZIP):
        _refuse_other_zips(head, name)
    elif head.startswith(_OLE):
        everything = head + file.read()
        if _wide("EncryptedPackage") in everything:
            raise NotAWorkbook(
                f"{name} is met een wachtwoord versleuteld. Open het in Excel, haal bij Bestand > Info > "
                "Werkmap beveiligen het wachtwoord eraf en sla het op."
            )
        raise NotAWorkbook(f"{name} is een oud Excel-bestand (.xls). {_SAVE_AS}")
    elif not head:
        raise NotAWorkbook(f"{name} is leeg: nul bytes. Zet een reservekopie terug.")
    elif head.lstrip().startswith((b"<?xml", b"<html", b"<!DOCTYPE", b"<table")):
        raise NotAWorkbook(f"{name} is een XML- of webpagina en geen werkmap. {_SAVE_AS}")
    elif b"\x00" not in head:
        raise NotAWorkbook(f"{name} is een tekstbestand en geen Excel-werkmap. {_SAVE_AS}")
    else:
        raise NotAWorkbook(f"{name} is geen Excel-werkmap (.xlsx of .xlsm).")


def _refuse_other_zips(head: bytes, name: str) -> None:
    if head[30:38] == b"mimetype" and b"opendocument" in head[:200]:
        raise NotAWorkbook(f"{name} is een OpenDocument-bestand (.ods). {_SAVE_AS}")


def refuse_other_packages(content_type: str, name: str) -> None:
    """Raise NotAWorkbook when the main part of the package is no workbook in XML."""
    kind = content_type.lower()
    if "sheet.binary" in kind:
        raise NotAWorkbook(f"{name} is een binaire werkmap (.xlsb). {_SAVE_AS}")
    if "wordprocessing" in kind or "ms-word" in kind:
        raise NotAWorkbook(f"{name} is een Word-document en geen werkmap.")
    if "presentation" in kind or "powerpoint" in kind:
        raise NotAWorkbook(f"{name} is een presentatie en geen werkmap.")
    if not any(word in kind for word in ("spreadsheetml", "ms-excel")):
        raise NotAWorkbook(f"{name} is geen Excel-werkmap (.xlsx of .xlsm).")
