"""The next piece of a part is unpacked on another core while this one is being used.

zlib lets go of the interpreter lock; Python's zipfile (APPNOTE.TXT 6.3.3) may be read by one other thread.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor


def ahead(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces; one is made beforehand, and none any more once this is closed."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = pool.submit(next, pieces, None)
            yield piece
