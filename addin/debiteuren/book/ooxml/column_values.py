"""What the cells of a column say, as XML, many at a time.

Texts and numbers that need no care are joined, looked at and escaped as one; the others go one by one through
the Encoder, which says in full what is done (values.py, with the parts of ECMA-376 it rests on).
"""

from collections.abc import Sequence

from .markup import escape
from .refusals import Refused
from .values import LONG_TEXT, MAX_WHOLE, NUMBER, TEXT, Encoder

Slot = Sequence[bytes] | bytes
"""One for each cell, or bytes that stand for as many equal ones."""


def payloads(encoder: Encoder, values: Sequence[object]) -> list[Slot] | None:
    """What stands behind the style of each cell, in one or more pieces; None when one of them takes care."""
    kinds = {*map(type, values)}
    if kinds == {str} and (texts := _texts(values)):  # type: ignore[arg-type] # all str
        return [TEXT[0], texts, TEXT[1]]
    if kinds == {float} and (numbers := _numbers(values)):  # type: ignore[arg-type] # all float
        return [NUMBER[0], numbers, NUMBER[1]]
    known = encoder.known
    try:
        return [[known[value.__class__][value] for value in values]]
    except Refused:
        return None


def _texts(values: Sequence[str]) -> list[bytes] | None:
    """The texts, escaped; None when one is long, or holds what is no plain letter, or spaces that matter."""
    joined = "\n".join(values)
    special = "_x" in joined or "  " in joined or " \n" in joined or "\n " in joined
    if (
        special
        or joined[:1] == " "
        or joined[-1:] == " "
        or joined.count("\n") != len(values) - 1
        or not joined.replace("\n", "").isprintable()
        or max(map(len, values)) > LONG_TEXT
    ):
        return None
    return escape(joined).split(b"\n")


def _numbers(values: Sequence[float]) -> list[bytes] | None:
    """The numbers, whole ones without a point; None when one is no number, very large, or minus nothing."""
    if not all(-MAX_WHOLE < value < MAX_WHOLE for value in values):  # false for what is no number
        return None
    joined = "\n".join(map(repr, values)) + "\n"
    if "-0.0\n" in joined:
        return None
    return joined.replace(".0\n", "\n").encode().split(b"\n")[:-1]
