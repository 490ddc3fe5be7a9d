"""Uw keuze: what the user says a payment is for.

Answers: what the words in the cell mean, and which lines of allocation follow from them.
Source: contract, Betalingen and "Exact meanings" ("Uw keuze"), law.md "Order of payments".
Leaves to others: when a choice is applied or taken back (matching.py).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from debiteuren.domain.money import ZERO
from debiteuren.rules.matching_books import Books, Line
from debiteuren.rules.matching_evidence import Evidence
from debiteuren.rules.matching_sure import filled

_NO = frozenset({"nee", "neen", "geen", "geen factuur"})
_LOOSE = re.compile(r"[,\s+&]+")


@dataclass(frozen=True, slots=True)
class Choice:
    """What stands in Uw keuze: `no`, invoices by their place, a debtor, or words we do not know."""

    no: bool = False
    places: tuple[int, ...] = ()
    debtor: str | None = None
    unknown: tuple[str, ...] = ()


def read_choice(text: str, evidence: Evidence) -> Choice:
    """Read Uw keuze: nee, invoice numbers in their order, or one debtor number.

    Between numbers stands ";", or a comma or space where each part is a number of ours. An invoice goes
    before a debtor with the same number.
    """
    if " ".join(text.casefold().split()) in _NO:
        return Choice(no=True)
    places: list[int] = []
    unknown: list[str] = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        found = _numbers(part, evidence.numbers.look_up)
        if found is None:
            unknown.append(part)
        else:
            places.extend(found)
    if unknown and not places:
        debtor = evidence.debtor(text.strip(" ;"))
        if debtor is not None:
            return Choice(debtor=debtor)
    if not places and not unknown:
        unknown.append(text.strip())
    return Choice(places=tuple(dict.fromkeys(places)), unknown=tuple(unknown))


def _numbers(part: str, look_up: Callable[[str], tuple[int, ...]]) -> list[int] | None:
    """The places of the numbers in a part of the cell, None when something is no single number of ours."""
    whole = look_up(part)
    if len(whole) == 1:
        return list(whole)
    found: list[int] = []
    for word in filter(None, _LOOSE.split(part)):
        places = look_up(word)
        if len(places) == 1:
            found.extend(places)
        elif word.casefold() not in {"en", "factuur", "facturen"}:
            return None
    return found or None


def chosen_lines(choice: Choice, amount: Decimal, books: Books) -> tuple[Line, ...]:
    """The lines that follow from a choice, given what is open now without this payment.

    Money in fills the invoices in the order given, each up to what is open; a debtor's by due day, and
    exactly when his credit notes make it fit. Money out takes back what was paid on the invoices; on a
    credit note it pays out what is open.
    """
    places: Sequence[int] = choice.places
    if choice.debtor is not None:
        places = books.of_debtor(choice.debtor)
    if amount < 0:
        return _taken_back(places, -amount, books, credits_only=choice.debtor is not None)
    owed = [
        (place, books.unpaid[place])
        for place in places
        if books.unpaid[place] != 0 and (books.unpaid[place] > 0) == (books.invoices[place].amount > 0)
    ]
    if choice.debtor is not None and sum((line[1] for line in owed), ZERO) != amount:
        owed = [line for line in owed if line[1] > 0]
    return filled(owed, amount)


def _taken_back(
    places: Sequence[int], amount: Decimal, books: Books, *, credits_only: bool
) -> tuple[Line, ...]:
    lines: list[Line] = []
    for place in places:
        whole, unpaid = books.invoices[place].amount, books.unpaid[place]
        refundable = ZERO if credits_only else whole - unpaid
        most = -unpaid if whole < 0 else refundable
        taken = min(most, amount)
        if taken > 0:
            lines.append((place, -taken))
            amount -= taken
    return tuple(lines)
