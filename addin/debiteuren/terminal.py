"""Text from outside on a terminal: shown as it is, never steering it (docs/regels.md, "Beloften", 5)."""

import re

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    r"""The text without control characters and without what turns the reading direction.

    >>> harmless("Jan \x1b[31m\u202eB.V.")
    'Jan [31mB.V.'
    """
    return _STEERING.sub("", text)
