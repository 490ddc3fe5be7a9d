"""Finished drafts out of memory: ten thousand of them with their copies are a gigabyte.

Answers: where a draft's bytes wait until they are placed.
Leaves to others: what they are (message.py), where they go (drafts/). A small run never touches the disk; a
large one uses a file without a name, which is gone when the last draft is.
"""

import tempfile
import weakref
from dataclasses import dataclass

_IN_MEMORY = 8 * 1024 * 1024
"""Bytes of drafts that stay in memory."""


class Spool:
    """A place for bytes, written once and read back any number of times."""

    def __init__(self) -> None:
        file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - lives as long as its drafts
        self._file = file
        weakref.finalize(self, file.close)

    def keep(self, content: bytes) -> "Kept":
        """Put these bytes away."""
        start = self._file.seek(0, 2)
        self._file.write(content)
        return Kept(self, start, len(content))

    def read(self, start: int, size: int) -> bytes:
        """So many bytes from there."""
        self._file.seek(start)
        return self._file.read(size)


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes in a spool."""

    spool: Spool
    start: int
    size: int

    def read(self) -> bytes:
        """The bytes."""
        return self.spool.read(self.start, self.size)
