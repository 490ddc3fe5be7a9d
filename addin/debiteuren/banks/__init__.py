"""Bank files: recognised by what is in them, never by their name, and read whole or refused.

Answers: what does this file hold. A new format is one module with NAME, recognise(head) and
read(name, stream), and one line in DIALECTS; a new CSV export is one entry in csv_layouts.py.
Leaves to others: what of it is new (jobs/bank_import.py).
"""

import io
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, Protocol

from debiteuren.banks import camt, csv_bank, mt940, ofx, sheet_bank, ubl
from debiteuren.banks.archive import is_archive, read_archive
from debiteuren.banks.csv_layouts import Layout
from debiteuren.banks.csv_rows import ALL_LAYOUTS, layout_of
from debiteuren.banks.events import Event, collect, fault
from debiteuren.banks.other_files import may_be_list, refused
from debiteuren.banks.own_columns import own_layouts
from debiteuren.banks.text import decoded_head
from debiteuren.banks.watched import Told, opened
from debiteuren.domain.column_map import ColumnMap
from debiteuren.domain.payment import BankFile
from debiteuren.domain.problem import NOTHING_CHANGED, SurroundingsError
from debiteuren.domain.surroundings import reason

HEAD = 65_536
"""So many bytes are looked at to recognise a file."""


__all__ = ["DIALECTS", "Dialect", "may_be_list", "not_opened", "pick", "read_bank_bytes", "read_bank_files"]


class Dialect(Protocol):
    """A module that reads one kind of file."""

    NAME: str

    def recognise(self, head: bytes) -> bool:
        """Whether a file that begins like this is of this kind."""

    def read(self, name: str, stream: BinaryIO) -> Iterator[Event]:
        """What the file tells, in order."""


DIALECTS: tuple[Dialect, ...] = (camt, ofx, mt940, csv_bank, sheet_bank)


def pick(head: bytes) -> Dialect | None:
    """The dialect of a file that begins with these bytes, None when it is no bank file we read."""
    return next((dialect for dialect in DIALECTS if dialect.recognise(head)), None)


def _read(name: str, stream: BinaryIO, own: Sequence[Layout] = (), *, invoices: bool = False) -> BankFile:
    head = stream.read(HEAD)
    stream.seek(0)
    if invoices and ubl.is_invoice(head):
        return ubl.read_invoice(name, stream)
    dialect = pick(head)
    if dialect is sheet_bank:
        return collect(name, sheet_bank.read(name, stream, (*ALL_LAYOUTS, *own)))
    if dialect is None and own and layout_of(decoded_head(head), own) is not None:
        return collect(name, csv_bank.read(name, stream, own))
    return collect(name, dialect.read(name, stream)) if dialect else refused(name, head)


def not_opened(path: Path, stop: SurroundingsError) -> BankFile:
    """A file that the computer would not open, as a refused one: beside it others can be read."""
    found = stop.title.removeprefix(NOTHING_CHANGED)
    problem = fault(path.name, None, found, "Controleer de naam en de map, en of u het bestand mag lezen.")
    return BankFile(name=path.name, format=None, bank="", problems=(problem,))


def read_bank_bytes(name: str, data: bytes) -> BankFile:
    """What these bytes hold; with a Problem of severity Fout the file is refused and has no transactions."""
    return _read(name, io.BytesIO(data))


def read_bank_files(
    path: Path,
    maps: Sequence[ColumnMap] = (),
    account: str = "",
    told: Told | None = None,
    *,
    invoices: bool = False,
) -> list[BankFile]:
    """What this file holds, as read_bank_bytes; of a zip, what each file in it holds. Read as a stream.

    `maps`: the user's whole choices for files we do not know; `account`: his, where such a file has none.
    `told` hears which part has been read, for files of half a megabyte and more. `invoices`: e-invoices are
    welcome too; a file of one has no transactions.

    Raises:
        SurroundingsError: the file is not there or may not be read.
    """
    read = partial(_read, own=own_layouts(maps, account), invoices=invoices)
    try:
        with opened(path, told) as stream:
            head = stream.read(HEAD)
            stream.seek(0)
            return read_archive(path.name, stream, read) if is_archive(head) else [read(path.name, stream)]
    except OSError as error:
        raise SurroundingsError(
            f"{NOTHING_CHANGED}{path.name} is niet te openen ({reason(error)})."
        ) from error
