"""The next pieces of a part are made on another core while this one is being used.

zlib lets go of the interpreter lock, so unpacking, editing, packing and reading back overlap; Python's
zipfile (APPNOTE.TXT 6.3.3) may be read by several threads, each with an entry of its own.
"""

import threading
from collections.abc import Iterator
from queue import SimpleQueue
from typing import Generic, Self, TypeVar

_WAITING = 3

_Piece = TypeVar("_Piece")


class Ahead(Iterator[_Piece], Generic[_Piece]):
    """The same pieces, of which a few are made beforehand, from now on; none any more once this is closed.

    What goes wrong while a piece is made is raised where it is asked for.
    """

    def __init__(self, pieces: Iterator[_Piece]) -> None:
        self._made: SimpleQueue[tuple[_Piece] | BaseException | None] = SimpleQueue()
        self._room = threading.Semaphore(_WAITING)
        self._closed = threading.Event()
        # The thread may not hold on to this object, or it would never be let go of.
        work = (pieces, self._made, self._room, self._closed)
        self._thread = threading.Thread(target=_make, args=work, daemon=True)
        self._thread.start()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> _Piece:
        if self._closed.is_set():
            raise StopIteration
        found = self._made.get()
        if isinstance(found, tuple):
            self._room.release()
            return found[0]
        self.close()
        if found is None:
            raise StopIteration
        raise found

    def close(self) -> None:
        """Make no more."""
        self._closed.set()
        self._room.release()
        self._thread.join()

    def __del__(self) -> None:
        self.close()


def _make(
    pieces: Iterator[_Piece],
    made: "SimpleQueue[tuple[_Piece] | BaseException | None]",
    room: threading.Semaphore,
    closed: threading.Event,
) -> None:
    try:
        for piece in pieces:
            made.put((piece,))
            room.acquire()
            if closed.is_set():
                break
        made.put(None)
    except BaseException as error:  # noqa: BLE001 - raised in the other thread
        made.put(error)
    finally:
        if close := getattr(pieces, "close", None):  # a generator lets go of what it reads
            close()
