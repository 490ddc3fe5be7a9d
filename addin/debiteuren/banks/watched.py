"""A file that tells how far it has been read.

Answers: which part of this file has been read, at every half megabyte, so that whoever waits can see it.
Leaves to others: showing it, and when that is worth it (cli_screen.py, buttons.py).
"""

import io
import os
from collections.abc import Callable
from pathlib import Path

PIECE = 524_288

Told = Callable[[float], None]
"""Is called with the part that has been read, above 0 and at most 1."""


class _Watched(io.FileIO):
    """Counts what is read; going back and reading again does not count twice."""

    def __init__(self, path: Path, told: Told) -> None:
        super().__init__(path, "rb")
        self._told = told
        self._size = os.fstat(self.fileno()).st_size
        self._furthest = 0
        self._next = PIECE

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Read as FileIO does, and tell at every piece."""
        count = super().readinto(buffer) or 0
        self._furthest = max(self._furthest, self.tell())
        if self._furthest >= self._next and self._size:
            self._next = self._furthest + PIECE
            self._told(min(1.0, self._furthest / self._size))
        return count


def opened(path: Path, told: Told | None) -> io.BufferedReader:
    """The file, to be read; `told` hears how far.

    Raises:
        OSError: it is not there or may not be read.
    """
    return path.open("rb") if told is None else io.BufferedReader(_Watched(path, told), PIECE)
