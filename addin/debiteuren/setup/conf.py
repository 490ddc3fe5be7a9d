"""xlwings.conf: the lines in which xlwings' VBA finds its settings; lines of others stay as they are.

Source: xlwings 0.37.8, GetConfigFromFile in its VBA: pairs "KEY","VALUE", the first of a key counts, in any
capitals; read in the system's own encoding.
"""

import re

from debiteuren.setup.computer import Computer

_LINE = re.compile(r'\s*"([^"]*)"\s*,\s*"([^"]*)"\s*')


def read_setting(computer: Computer, key: str) -> str | None:
    """The value of a setting; None when the file or the line is not there."""
    for line in _lines(computer):
        found = _LINE.fullmatch(line)
        if found and found[1].casefold() == key.casefold():
            return found[2]
    return None


def write_setting(computer: Computer, key: str, value: str | None) -> None:
    """Set it, or take it away with None; a file in which nothing is left goes too.

    Raises:
        UnicodeEncodeError: Excel could not read this value.
        OSError: the file can't be written.
    """
    path, lines = computer.conf, _lines(computer)
    ours = [
        place
        for place, line in enumerate(lines)
        if (found := _LINE.fullmatch(line)) and found[1].casefold() == key.casefold()
    ]
    kept = [line for place, line in enumerate(lines) if place not in ours]
    if value is not None:
        kept.insert(ours[0] if ours else len(kept), f'"{key}","{value}"')
    ending = "\r\n" if computer.is_windows else "\n"
    data = "".join(line + ending for line in kept).encode(computer.encoding, "surrogateescape")
    if not any(line.strip() for line in kept):
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".tmp")
    half.write_bytes(data)
    half.replace(path)


def _lines(computer: Computer) -> list[str]:
    try:
        return computer.conf.read_bytes().decode(computer.encoding, "surrogateescape").splitlines()
    except FileNotFoundError:
        return []
