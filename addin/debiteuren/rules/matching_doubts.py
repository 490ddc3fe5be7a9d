"""What can stand in the way of being sure about invoices that a payment names.

Answers: the kinds of doubt, and the shape of a judgement.
Source: docs/regels.md, "Koppelingen".
Leaves to others: judging (matching_sure.py), the words for it (matching_words.py).
"""

from enum import Enum, auto
from typing import NamedTuple

from debiteuren.rules.matching_books import Extra, Line


class Doubt(Enum):
    """Why a payment that names invoices is not Zeker."""

    SETTLED = auto()
    LATER = auto()
    """The named invoice is dated after Peildatum."""
    SEVERAL_WAYS = auto()
    SEVERAL_DEBTORS = auto()
    OTHER_ACCOUNT = auto()
    OTHER_DEBTOR = auto()
    TOO_MUCH = auto()
    TOO_LITTLE = auto()
    CREDITS = auto()
    """Several ways to net open credit notes."""
    WEAK = auto()
    """The number may be something else and the amount does not prove it."""
    COLLECTED = auto()
    """Paid out by a provider or machine: only an exact amount is sure."""
    EARLY = auto()
    """Booked before the invoice was dated, and not for exactly its amount."""
    OTHER_NAME = auto()
    """Under the name of another debtor who owes exactly the same."""
    OTHER_AMOUNT = auto()
    """Exactly what is open on another invoice of the debtor, not on the named one."""
    OTHER_WORD = auto()
    """A number behind a word such as bestelling, and nothing else says that it is of this debtor."""
    STRANGER = auto()
    """From an account and under a name that are not the debtor's, and not for exactly the open amount."""


class Judgement(NamedTuple):
    """What the amount pays, as far as it goes; sure when there is no doubt."""

    lines: tuple[Line, ...] = ()
    doubt: Doubt | None = None
    extras: tuple[Extra, ...] = ()
    """Discount that was agreed, or costs that were due."""
