"""Booking what is beyond doubt without a number in full, in the right order.

Answers: which of the money that is left is booked by part of a number, an instalment, account and amount.
Source: docs/regels.md, "Zonder nummer": what names something goes before what only the amount says, and both
go by booking day.
Leaves to others: what fits (matching_inferred.py), numbers in full (matching.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from debiteuren.domain.payment import Payment
from debiteuren.rules.matching_amounts import Fit
from debiteuren.rules.matching_books import Books
from debiteuren.rules.matching_evidence import Evidence, Named
from debiteuren.rules.matching_inferred import Inference
from debiteuren.rules.matching_sure import Judge


@dataclass(slots=True)
class OpenMoney:
    """Money without a row: all of a payment, or what earlier rows left of it."""

    payment: Payment
    amount: Decimal
    named: Named


class Guessing:
    """Books into the books it is given."""

    def __init__(self, books: Books, judge: Judge, inference: Inference) -> None:
        self._books = books
        self._judge = judge
        self._inference = inference
        self._moved: set[str] = set()

    def touched(self, waiting: Sequence[OpenMoney]) -> list[OpenMoney]:
        """The money of debtors whose invoices changed since the last round."""
        moved = self._books.touched | self._moved
        return [
            one for one in waiting if not moved.isdisjoint(self._inference.debtors_of(one.payment, one.named))
        ]

    def book(self, untried: Sequence[OpenMoney]) -> set[str]:
        """Book what part of a number makes sure, then what only account and amount make sure."""
        done: set[str] = set()
        later: list[tuple[OpenMoney, Fit]] = []
        self._moved = set()
        for one in untried:
            best = self._best(one)
            if best is None or not best.sure:
                continue
            if best.named:
                self._add(one, best, done)
            else:
                later.append((one, best))
        for one, first in later:
            best = first if self._is_untouched(first) else self._best(one)
            if best is not None and best.sure:
                self._add(one, best, done)
        return done

    def _is_untouched(self, fit: Fit) -> bool:
        """Whether nothing of its debtors changed in this round, so that it holds still."""
        return all(self._books.invoices[place].debtor not in self._moved for place, _ in fit.lines)

    def _add(self, one: OpenMoney, best: Fit, done: set[str]) -> None:
        self._books.add(one.payment.transaction, best.lines)
        self._moved.update(self._books.invoices[place].debtor for place, _ in best.lines)
        done.add(one.payment.transaction)

    def _best(self, one: OpenMoney) -> Fit | None:
        """What part of a number, the account and the amount say, when it is for all of a payment."""
        payment = one.payment
        if payment.amount <= 0 or payment.return_code or one.amount != payment.amount:
            return None
        agreed = self._inference.instalment(payment, one.amount, one.named)
        if agreed is not None:
            return agreed
        judged = None
        if one.named.places or one.named.unsure:
            judged = self._judge.judge(payment, one.amount, one.named)
            if judged.doubt is None and judged.lines and not judged.extras:
                return Fit(judged.lines, str, sure=True, named=True)
        return next(self._inference.fits(payment, one.amount, one.named, judged), None)


def left_of(payment: Payment, books: Books, evidence: Evidence, difference_max: Decimal) -> OpenMoney | None:
    """What rows of the program left of a payment, with the other invoices it names; None when nothing."""
    rest = payment.amount - books.allocated(payment.transaction)
    if payment.amount < 0 or rest <= difference_max:
        return None
    mine = {books.place.get(row.invoice) for row in books.rows(payment.transaction)}
    named = evidence.named(payment)
    places = tuple(place for place in named.places if place not in mine)
    return OpenMoney(payment, rest, named._replace(places=places)) if places else None
