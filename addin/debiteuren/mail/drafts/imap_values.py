"""Small parts of talking IMAP: how many at a time, and what a server's answers say.

Source: RFC 4315 (APPENDUID), 7889 (APPENDLIMIT).
"""

import re
from collections.abc import Iterator, Sequence

from debiteuren.mail.drafts.mailbox import Waiting

_BATCH, _BATCH_BYTES = 50, 4 * 1024 * 1024
_PLACED = re.compile(rb"APPENDUID (\d+) ([\d:,]+)")


def batches(waiting: Sequence[Waiting]) -> Iterator[list[Waiting]]:
    """So many and so large at a time that one command stays small and one answer never long in coming."""
    batch: list[Waiting] = []
    size = 0
    for each in waiting:
        if batch and (len(batch) == _BATCH or size + len(each.content) > _BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(each)
        size += len(each.content)
    if batch:
        yield batch


def uids(answer: Sequence[bytes | None], count: int) -> list[str]:
    """The numbers the server gave, in order; '' for all where it does not say."""
    found = _PLACED.search(b" ".join(part for part in answer if part))
    numbers: list[str] = []
    for span in found[2].decode().split(",") if found else ():
        first, _, last = span.partition(":")
        numbers += [str(number) for number in range(int(first), int(last or first) + 1)][:count]
    return numbers if len(numbers) == count else [""] * count


def append_limit(capabilities: Sequence[bytes]) -> int:
    """The largest message the server takes; 0 where it does not say."""
    for name in capabilities:
        word, _, size = name.upper().partition(b"=")
        if word == b"APPENDLIMIT" and size.isdigit():
            return int(size)
    return 0


def text(value: str | bytes) -> str:
    """A word of a server, which libraries give in either form."""
    return value.decode("ascii", "replace") if isinstance(value, bytes) else value


def plain(fault: Exception) -> str:
    """What a server said, as one short line that can't do anything on a screen."""
    said = fault.args[0] if fault.args else ""
    if isinstance(said, (list, tuple)):
        said = b" ".join(part for part in said if isinstance(part, bytes))
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return "".join(letter if letter.isprintable() else " " for letter in text)[:160].strip()
