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

LARGEST = 10 * 1024 * 1024
"""Bytes; a larger PDF does not go along."""
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
        path = self._named(invoice.file) or self._numbered(invoice.number)
        if path is None:
            return None
        try:
            if path.stat().st_size > LARGEST:
                return None
            content = path.read_bytes()
        except OSError:
            return None
        if not content.startswith(b"%PDF-"):
            return None
        number = invoice.number
        if not _holds(path.stem, number) and not any(_holds(text, number) for text in texts(content)):
            return None
        return Attachment(f"Factuur {_UNSAFE.sub('-', invoice.number).strip('-.')[:60]}.pdf", content)

    def _named(self, file: str) -> Path | None:
        if self._folder is None or not _stays_below(file):
            return None
        try:
            path = (self._folder / file).resolve()
            inside = path.is_relative_to(self._folder) and path.is_file()
        except (OSError, ValueError, RuntimeError):
            return None
        return path if inside else None

    def _numbered(self, number: str) -> Path | None:
        if self._folder is None:
            return None
        if self._files is None:
            self._files = dict(self._listed())
        exact = self._files.get(number.casefold())
        if exact is not None:
            return exact
        hits = [path for stem, path in self._files.items() if _holds(stem, number)]
        return hits[0] if len(hits) == 1 else None

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
