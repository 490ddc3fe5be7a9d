"""Uw keuze: what the user says a payment is for.

Answers: what the words in the cell mean, and which lines of allocation follow from them.
Source: docs/regels.md, "Uw keuze" and "Volgorde van betalen".
Leaves to others: when a choice is applied or taken back (matching.py).
"""

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from debiteuren.domain.ledger import BY_USER, Allocation
from debiteuren.domain.money import ZERO
from debiteuren.domain.payment import Payment, says_no
from debiteuren.rules.matching_books import Books, Line, money_of
from debiteuren.rules.matching_evidence import Evidence
from debiteuren.rules.matching_sure import filled

_LOOSE = re.compile(r"[,\s+&]+")


@dataclass(frozen=True, slots=True)
class Choice:
    """What stands in Uw keuze: `no`, invoices by their place, a debtor, or words we do not know."""

    no: bool = False
    places: tuple[int, ...] = ()
    debtor: str | None = None
    unknown: tuple[str, ...] = ()


def read_choice(text: str, evidence: Evidence) -> Choice:
    """Read Uw keuze: nee, invoice numbers in their order, or one debtor by number or name.

    Between numbers stands ";", or a comma or space where each part is a number of ours. An invoice goes
    before a debtor with the same number.
    """
    if says_no(text):
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
        debtor = evidence.debtor(text.strip(" ;")) or evidence.called(text.strip(" ;"))
        if debtor is not None:
            return Choice(debtor=debtor)
    if not places and not unknown:
        unknown.append(text.strip())
    return Choice(places=tuple(dict.fromkeys(places)), unknown=tuple(unknown))


def read_choices(
    payments: Iterable[Payment], evidence: Evidence
) -> tuple[dict[str, Choice], dict[str, Choice]]:
    """What Uw keuze says, by transaction: what can be read, and what cannot and counts as an empty cell."""
    read: dict[str, Choice] = {}
    unread: dict[str, Choice] = {}
    for payment in payments:
        if payment.choice and payment.choice.strip():
            choice = read_choice(payment.choice, evidence)
            (unread if choice.unknown else read)[payment.transaction] = choice
    return read, unread


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


def chosen_places(choice: Choice, books: Books) -> Sequence[int]:
    """The invoices of a choice in the order in which they are paid: as given, or a debtor's by due day."""
    return choice.places if choice.debtor is None else books.of_debtor(choice.debtor)


def chosen_lines(
    choice: Choice, payment: Payment, amount: Decimal, books: Books, skip: Container[int] = ()
) -> tuple[Line, ...]:
    """The lines that follow from a choice for `amount` of a payment, given what is open now.

    Money in fills the invoices in order, each up to what was open when it was its turn; a debtor's all at
    once when his credit notes make it fit. Money out takes back what was paid on the invoices before it; on a
    credit note it pays out what is open. What is then left goes to what is open now, or takes back what came
    later that day. Places in `skip` have their part already.
    """
    places = [place for place in chosen_places(choice, books) if place not in skip]
    if amount < 0:
        return _taken_back(places, payment, -amount, books, credits_only=choice.debtor is not None)
    open_now = {place: books.unpaid[place] for place in places if books.is_open(place)}
    then = {place: books.open_before(place, payment.transaction) for place in open_now}
    taken = dict(_filled(then, amount, choice))
    left = amount - sum(taken.values(), ZERO)
    if left > 0:
        still = {place: owed - taken.get(place, ZERO) for place, owed in open_now.items()}
        for place, more in _filled(still, left, choice):
            taken[place] = taken.get(place, ZERO) + more
    return tuple((place, taken[place]) for place in open_now if place in taken)


def _filled(owed: Mapping[int, Decimal], amount: Decimal, choice: Choice) -> tuple[Line, ...]:
    lines = [line for line in owed.items() if line[1]]
    if choice.debtor is not None and sum((line[1] for line in lines), ZERO) != amount:
        lines = [line for line in lines if line[1] > 0]
    return filled(lines, amount)


def _taken_back(
    places: Sequence[int], payment: Payment, amount: Decimal, books: Books, *, credits_only: bool
) -> tuple[Line, ...]:
    taken: dict[int, Decimal] = {}
    for later in (False, True):
        for place in places:
            if books.invoices[place].amount < 0:
                most = -books.unpaid[place]
            else:
                most = ZERO if credits_only else _to_take_back(place, payment, books, later=later)
            already = taken.get(place)
            part = min(most if already is None else most - already, amount)
            if part > 0:
                taken[place] = part if already is None else already + part
                amount -= part
    return tuple((place, -taken[place]) for place in places if place in taken)


def _to_take_back(place: int, payment: Payment, books: Books, *, later: bool) -> Decimal:
    """What a storno can take from an invoice: paid before it, or with `later` also after it on its day."""
    by_then = books.paid_by(place, payment.booked)
    return by_then if later else min(by_then, books.paid_before(place, payment.transaction))


def still_follows(choice: Choice, payment: Payment, rows: Sequence[Allocation], books: Books) -> bool:
    """Whether rows of an earlier run are what this choice says, so that they stay as they are.

    They are the user's, on the chosen invoices in the chosen order, with nothing open before them that was
    there at the time, and no more than there is.
    """
    order = {place: rank for rank, place in enumerate(chosen_places(choice, books))}
    ranks = [order.get(books.place.get(row.invoice, -1), -1) for row in rows]
    if any(row.by != BY_USER for row in rows) or -1 in ranks or ranks != sorted(ranks):
        return False
    money = money_of(rows)
    if abs(money) > abs(payment.amount) or (money > 0) != (payment.amount > 0):
        return False
    places = {books.place[row.invoice] for row in rows}
    if any(not books.is_sound(place) for place in places):
        return False
    made_on = rows[0].on or date.min
    return not any(
        place not in places
        and rank < ranks[-1]
        and books.invoices[place].issued <= made_on
        and (
            books.open_before(place, payment.transaction) > 0
            if payment.amount > 0
            else _to_take_back(place, payment, books, later=False) > 0
        )
        for place, rank in order.items()
    )


def may_stay(choice: Choice | None, rows: Sequence[Allocation], books: Books) -> bool:
    """Whether rows of an earlier run are on what the choice names now."""
    if choice is None or choice.no or choice.unknown:
        return False
    allowed = set(choice.places if choice.debtor is None else books.of_debtor(choice.debtor))
    return all(books.place.get(row.invoice) in allowed for row in rows)
