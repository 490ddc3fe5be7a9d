"""One run at a time on a workbook: two at once would make every draft twice (docs/regels.md, "Concepten").

The lock lives in the computer's folder for temporary files, and the system lets go of it when a run dies.
However the workbook's path is spelled, it is one lock. Two computers on a network share do not see each
other's; there the second to save is refused, because the file changed since it was read (closed.py).
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from debiteuren.domain.problem import NOTHING_CHANGED, SurroundingsError


@contextmanager
def only_run(workbook: Path) -> Iterator[None]:
    """Hold the lock of this workbook.

    Raises:
        SurroundingsError: another run holds it.
    """
    name = hashlib.sha256(os.path.realpath(workbook).casefold().encode()).hexdigest()[:20]
    lock = FileLock(Path(tempfile.gettempdir()) / f"debiteuren-{name}.lock")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise SurroundingsError(
            f"{NOTHING_CHANGED}er loopt al een opdracht op {workbook.name}. Wacht tot die klaar is."
        ) from None
    try:
        yield
    finally:
        lock.release()
