"""The copy of an invoice that goes with a reminder (rule C09).

Answers: which PDF is the copy of this invoice, sure enough to send it to a customer.
Source: docs/regels.md, "Concepten" (8) and "Beloften" (5): a name from a sheet is never a path out of the
folder.
Leaves to others: what stands in a PDF (pdf_text.py), adding it to a message (message.py).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from debiteuren.domain.invoice import Invoice
from debiteuren.mail.pdf_text import texts
from debiteuren.mail.wording import plain_words

LARGEST = 10 * 1024 * 1024
"""Bytes; a larger PDF does not go along."""
_LONGEST_SHOWN = 60
_PUT_IT_THERE = "zet de pdf, met het nummer in de naam, in uw map met facturen, of vul hier zijn naam in."
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A PDF to send along, under a plain ASCII name."""

    name: str
    content: bytes


class InvoiceFolder:
    """The folder with invoices as PDF; looked through once. `folder` None or gone: nothing is ever found."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder.resolve() if folder is not None and folder.is_dir() else None
        self._files: dict[str, Path] | None = None

    @property
    def is_there(self) -> bool:
        """There is such a folder."""
        return self._folder is not None

    def copy_of(self, invoice: Invoice) -> Attachment | None:
        """The copy of this invoice: Bestand when in the folder, else the file named after the number."""
        path = self._path(invoice)
        found = self._read(path, invoice.number) if path is not None else ""
        if isinstance(found, str):
            return None
        return Attachment(f"Factuur {_UNSAFE.sub('-', invoice.number).strip('-.')[:60]}.pdf", found)

    def why_not(self, invoice: Invoice) -> tuple[str, str]:
        """What is the matter where no copy is found, to come after "Van factuur …", and what to do."""
        path = self._path(invoice)
        if path is not None:
            found = self._read(path, invoice.number)
            return (found if isinstance(found, str) else ""), "vul hier de naam van de goede pdf in."
        if invoice.file:
            return f"staat {plain_words(invoice.file, _LONGEST_SHOWN)} niet in de map", _PUT_IT_THERE
        hits = [path.name for path in self._numbered(invoice.number)]
        if hits:
            names = " en ".join(plain_words(name, _LONGEST_SHOWN) for name in hits[:2])
            return f"zijn er {len(hits)} pdf's ({names})", "vul hier de naam van de goede in."
        return "is geen pdf gevonden", _PUT_IT_THERE

    def _path(self, invoice: Invoice) -> Path | None:
        """The file that Bestand names, or else the only one that is named after the number."""
        named = self._named(invoice.file)
        if named is not None:
            return named
        hits = self._numbered(invoice.number)
        return hits[0] if len(hits) == 1 else None

    @staticmethod
    def _read(path: Path, number: str) -> bytes | str:
        """The PDF, or why it can't go along."""
        shown = plain_words(path.name, _LONGEST_SHOWN)
        try:
            if path.stat().st_size > LARGEST:
                return f"is de pdf {shown} groter dan 10 MB"
            content = path.read_bytes()
        except OSError:
            return f"is de pdf {shown} niet te lezen"
        if not content.startswith(b"%PDF-"):
            return f"is {shown} geen pdf"
        if not _holds(path.stem, number) and not any(_holds(text, number) for text in texts(content)):
            return f"staat het nummer niet in {shown}"
        return content

    def _named(self, file: str) -> Path | None:
        if self._folder is None or not _stays_below(file):
            return None
        try:
            path = (self._folder / file).resolve()
            inside = path.is_relative_to(self._folder) and path.is_file()
        except (OSError, ValueError, RuntimeError):
            return None
        return path if inside else None

    def _numbered(self, number: str) -> list[Path]:
        """The files named after this number: the one that is called just that, or all that hold it."""
        if self._files is None:
            self._files = dict(self._listed())
        exact = self._files.get(number.casefold())
        if exact is not None:
            return [exact]
        return [path for stem, path in self._files.items() if _holds(stem, number)]

    def _listed(self) -> Iterator[tuple[str, Path]]:
        if self._folder is not None:
            for path in sorted(self._folder.iterdir()):
                if path.suffix.lower() == ".pdf" and path.is_file() and not path.is_symlink():
                    yield path.stem.casefold(), path


def _stays_below(file: str) -> bool:
    """A plain path below a folder, by its words alone, on whatever computer.

    Asked before the disk is: Windows logs in at a server merely to look for a file on it.
    """
    windows = PureWindowsPath(file)
    return bool(file) and "\0" not in file and not windows.anchor and ".." not in windows.parts


def _holds(text: str, number: str) -> bool:
    """The number stands there whole: "2026-1" is not in "2026-10"."""
    if not number or number.casefold() not in text.casefold():  # ten times as fast as the pattern
        return False
    wanted = rf"(?<![A-Za-z0-9]){re.escape(number)}(?![A-Za-z0-9])"
    return re.search(wanted, text, re.IGNORECASE) is not None
