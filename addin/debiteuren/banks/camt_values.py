"""Days, amounts and signs in a CAMT message, and what is wrong with those that cannot be read.

Source: ISO 20022 (dates as Dt or DtTm, amounts with a point, CRDT and DBIT).
"""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from debiteuren.banks.camt_tree import Node
from debiteuren.banks.camt_words import day_words
from debiteuren.domain.money import LARGEST, TOO_LARGE, ZERO, to_cents

_AMOUNT = re.compile(r"-?\d{1,30}(?:\.\d{1,5})?", re.ASCII)
_CENTS = re.compile(r"-?\d{1,11}\.\d{2}", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2}|T.*)?", re.ASCII)
_SIGNS = {"CRDT": 1, "DBIT": -1}


class EntryError(ValueError):
    """An entry that cannot be trusted; the text says in Dutch what stands there."""


def signed(sign: int, amount: Decimal) -> Decimal:
    """The amount with its sign; never minus nought."""
    return amount if sign > 0 else -amount


def read_day(node: Node, *path: str, what: str) -> date | None:
    """The day at this path (itself, its Dt or its DtTm), None when it is not there.

    Raises:
        EntryError: a day that does not exist.
    """
    return day_of(day_words(node, *path), what=what)


def day_of(words: str, *, what: str) -> date | None:
    """The day of a date or moment, None of nothing.

    Raises:
        EntryError: a day that does not exist.
    """
    if not words:
        return None
    try:
        return _day(words)
    except LookupError as error:
        raise EntryError(f'{what} is "{words[:30]}". Dat is geen datum.') from error
    except ValueError as error:
        raise EntryError(f'{what} is "{words[:30]}". Die datum bestaat niet.') from error


@lru_cache(maxsize=4096)
def _day(words: str) -> date:
    """The day of a date or moment; a file names few days many times.

    Raises:
        LookupError: it is no date.
        ValueError: it does not exist.
    """
    found = _DAY.fullmatch(words)
    if found is None:
        raise LookupError(words[:30])
    return date.fromisoformat(found[1])


def read_amount(words: str, *, what: str) -> Decimal:
    """Amount in its own currency, without the sign of CdtDbtInd.

    Raises:
        EntryError: none, one with parts of cents, or one too large to keep.
    """
    if _CENTS.fullmatch(words):
        return Decimal(words) or ZERO
    amount = Decimal(words) if _AMOUNT.fullmatch(words) else None
    if amount is None:
        raise EntryError(f'{what} is "{words[:30]}". Dat is geen bedrag.')
    if abs(amount) > LARGEST:
        raise EntryError(f'{what} is "{words[:30]}". {TOO_LARGE}')
    if to_cents(amount) != amount:
        raise EntryError(f'{what} is "{words[:30]}". Een bedrag heeft hooguit twee cijfers achter de punt.')
    return to_cents(amount)


def read_sign(word: str, *, what: str) -> int:
    """+1 for CRDT (money in), -1 for DBIT.

    Raises:
        EntryError: another word.
    """
    sign = _SIGNS.get(word)
    if sign is None:
        raise EntryError(f'{what}: hier staat "{word[:30]}" waar CRDT (bij) of DBIT (af) hoort.')
    return sign
