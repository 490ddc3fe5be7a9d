"""What was booked in an earlier run and must be judged again, because the user's word changed.

Answers: which payments lose the rows the program gave them: all that a choice which is gone may have moved,
and those on an invoice that the user now gives to another payment.
Source: docs/regels.md, "Uw keuze": clearing a choice gives the old state back, and the user's word goes
before the program's.
Leaves to others: the rows of the choices themselves (matching.py, matching_choice.py), judging anew, and
telling what moved (matching_problems.py).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date

from debiteuren.domain.account import tidy_account
from debiteuren.domain.ledger import BY_PROGRAM, BY_USER, Allocation, Ledger
from debiteuren.domain.money import ZERO
from debiteuren.domain.payment import Payment
from debiteuren.rules.learned_accounts import LearnedAccounts
from debiteuren.rules.matching_books import Books, Line, money_of
from debiteuren.rules.matching_choice import Choice, chosen_lines, may_stay, still_follows
from debiteuren.rules.matching_evidence import Evidence
from debiteuren.rules.matching_inferred import Inference
from debiteuren.rules.matching_reversals import is_return


@dataclass(frozen=True, slots=True)
class Freeing:
    """The books as the last run left them, and the choices that can be read now, by transaction."""

    ledger: Ledger
    books: Books
    evidence: Evidence
    inference: Inference
    learned: LearnedAccounts
    choices: Mapping[str, Choice]
    on: date

    def is_the_programs(self, transaction: str) -> bool:
        """Whether the program alone decided what this money pays."""
        rows = self.books.rows(transaction)
        return bool(rows) and transaction not in self.choices and all(row.by == BY_PROGRAM for row in rows)


def freed_by_choices(work: Freeing) -> set[str]:
    """Transactions whose rows by the program go, so that they are judged again."""
    gone = [payment for payment in work.ledger.payments if _is_gone(payment, work)]
    freed = _around(gone, work) if gone else set()
    for payment in sorted(work.ledger.payments, key=lambda one: one.booked) if work.choices else ():
        if payment.transaction in work.choices:
            freed |= set(_in_the_way(payment, work.choices[payment.transaction], work))
    return freed


def _is_gone(payment: Payment, work: Freeing) -> bool:
    """Whether a choice decided about this payment in the last run, and does so no more."""
    choice = work.choices.get(payment.transaction)
    if choice is None and payment.was_chosen:
        return True
    rows = work.books.rows(payment.transaction)
    return any(row.by == BY_USER for row in rows) and not may_stay(choice, rows, work.books)


def _around(gone: list[Payment], work: Freeing) -> set[str]:
    """What the program booked for every debtor whom these payments concern, and for whom that touches.

    A debtor is concerned when the payment was chosen for him or points to him itself, or when money of his
    came from the same account, which a choice may have taught.
    """
    books = work.books
    paid_for: dict[str, set[str]] = {}
    of_debtor: dict[str, set[str]] = defaultdict(set)
    accounts = {tidy_account(one.counter_account) for one in gone} - {""}
    debtors: set[str] = set()
    for payment in work.ledger.payments:
        rows = books.rows(payment.transaction)
        if rows and (paid := _debtors(rows, books)):
            if tidy_account(payment.counter_account) in accounts:
                debtors |= paid
            if work.is_the_programs(payment.transaction):
                paid_for[payment.transaction] = paid
                for debtor in paid:
                    of_debtor[debtor].add(payment.transaction)
    for payment in gone:
        debtors |= _debtors(books.rows(payment.transaction), books)
        debtors |= work.inference.debtors_of(payment, work.evidence.named(payment))
    freed: set[str] = set()
    waiting = list(debtors)
    while waiting:
        for transaction in of_debtor.pop(waiting.pop(), ()):
            if transaction not in freed:
                freed.add(transaction)
                waiting.extend(paid_for[transaction])
    return freed


def taught_by(accounts: set[str], work: Freeing) -> Iterator[str]:
    """What was booked only because a choice that is gone taught whose account it is; taken out at once."""
    books, evidence = work.books, work.evidence
    for payment in work.ledger.payments if accounts else ():
        if tidy_account(payment.counter_account) not in accounts or payment.transaction in work.choices:
            continue
        rows = books.rows(payment.transaction)
        places = {books.place[row.invoice] for row in rows if row.invoice in books.place}
        owners = evidence.owners(payment) or {work.learned.owner(payment)}
        if (
            rows
            and places.isdisjoint(evidence.named(payment).places)
            and not is_return(payment)
            and not _debtors(rows, books) <= owners
        ):
            yield payment.transaction


def _debtors(rows: list[Allocation], books: Books) -> set[str]:
    return {books.invoices[books.place[row.invoice]].debtor for row in rows if row.invoice in books.place}


def _in_the_way(payment: Payment, choice: Choice, work: Freeing) -> Iterator[str]:
    """What the program booked on invoices named here, where this payment would otherwise pay more of them.

    A debtor as choice means what is open of his: nothing has to give way for it.
    """
    books = work.books
    if not choice.places or payment.booked > work.on:
        return
    rivals = {
        place: [
            other
            for other in books.payers(books.invoices[place].number)
            if other != payment.transaction
            and work.is_the_programs(other)
            and _rivals(other, place, payment, books)
        ]
        for place in choice.places
    }
    if not any(rivals.values()):
        return
    rows = books.rows(payment.transaction)
    stays = bool(rows) and may_stay(choice, rows, books) and still_follows(choice, payment, rows, books)
    if stays and money_of(rows) == payment.amount:
        return
    with ExitStack() as without:
        without.enter_context(books.without(payment.transaction))
        now = dict(chosen_lines(choice, payment, payment.amount, books))
        for other in {other for found in rivals.values() for other in found}:
            without.enter_context(books.without(other))
        wanted: list[Line] = list(chosen_lines(choice, payment, payment.amount, books))
    for place, amount in wanted:
        if abs(amount) > abs(now.get(place, ZERO)):
            yield from rivals[place]


def _rivals(other: str, place: int, payment: Payment, books: Books) -> bool:
    """Whether another payment has what this one could have: both pay the invoice, or both take back."""
    invoice = books.invoices[place]
    return any(
        row.invoice == invoice.number and (invoice.amount < 0 or (row.amount > 0) == (payment.amount > 0))
        for row in books.rows(other)
    )
