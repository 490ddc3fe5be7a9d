"""What paid what.

Answers: the new Koppelingen, and of every payment what it paid, how sure that is and why.
Source: docs/regels.md, "Koppelingen", "Uw keuze" and "Volgorde van betalen". A wrong automatic match is the
worst fault: Zeker needs a reference or number of ours, an amount that fits, and nothing that contradicts it.
Leaves to others: what a payment names (matching_evidence.py), whether the amount fits (matching_sure.py),
stornos (matching_reversals.py), Uw keuze (matching_choice.py), proposals and words (matching_proposals.py,
matching_states.py); what is then open (unpaid.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from debiteuren.domain.account import tidy_account
from debiteuren.domain.ledger import BY_USER, Allocation, AllocationKind, Ledger
from debiteuren.domain.payment import Payment, PaymentState
from debiteuren.domain.problem import Problem
from debiteuren.rules.arrangement_names import ArrangementNames, Told, as_they_came
from debiteuren.rules.learned_accounts import LearnedAccounts
from debiteuren.rules.matching_again import Freeing, freed_by_choices, taught_by
from debiteuren.rules.matching_books import Books, money_of
from debiteuren.rules.matching_choice import chosen_lines, may_stay, read_choices, still_follows
from debiteuren.rules.matching_evidence import NOTHING, Evidence
from debiteuren.rules.matching_guessing import Guessing, OpenMoney, left_of
from debiteuren.rules.matching_inferred import Inference
from debiteuren.rules.matching_problems import doubtful, moved, reopened
from debiteuren.rules.matching_proposals import Proposals
from debiteuren.rules.matching_reversals import Reversals, is_return
from debiteuren.rules.matching_states import States, not_understood
from debiteuren.rules.matching_sure import judge_of

_MOST_ROUNDS = 100
"""One round follows from another; this many never do, and an end is sure."""
_Rows = tuple[Allocation, ...] | None
_NO_DOUBLES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """What paid what, as of a day. `allocations` is all of Koppelingen, `payments` as in Betalingen."""

    allocations: tuple[Allocation, ...]
    payments: tuple[PaymentState, ...]
    problems: tuple[Problem, ...] = ()


def match(ledger: Ledger, on: date, *, doubles: Mapping[str, str] = _NO_DOUBLES) -> Matching:
    """Match the payments booked on or before `on`, whatever the order of rows (but see Uw keuze).

    Rows of Koppelingen stay as they are, with their Op and Door; only money without a row is matched. Rows
    by Uw keuze follow the choice as it now stands, dealt out by booking day, then in the order of the sheet:
    of several on the same invoices the order decides. `doubles`: transaction → the earlier one it may repeat.
    """
    names = ArrangementNames.of(ledger)
    plain, told = names.without(ledger), names.told(ledger)
    work = _Work(plain, on, doubles, told)
    if work.take_back():
        work = _Work(plain, on, doubles, told, left=work.books.final())
    work.settle()
    payments = as_they_came(work.states(), ledger)
    found = tuple(work.problems(payments))
    return Matching(allocations=work.books.final(), payments=payments, problems=found)


class _Work:
    """One run of the matcher; `left`: the rows of the ledger that stay, when not all do."""

    def __init__(
        self, ledger: Ledger, on: date, doubles: Mapping[str, str], told: Told, left: _Rows = None
    ) -> None:
        self._before = ledger
        if left is not None:
            ledger = replace(ledger, allocations=left)
        self._ledger = ledger
        self._on = on
        self._doubles = doubles
        self._payments = sorted(ledger.payments, key=_judging_order)
        self.books = Books(ledger, on, () if left is None else self._before.allocations)
        self.books.has_removed = left is not None
        self._evidence = Evidence(ledger, told)
        self._judge = judge_of(ledger, self.books, self._evidence, on)
        self._choices, self._unread = read_choices(self._payments, self._evidence)
        self._learned = LearnedAccounts(
            self._payments, self.books, self._evidence, self._choices, lambda one: one.booked <= on
        )
        self._inference = Inference(
            ledger=ledger, books=self.books, evidence=self._evidence, learned=self._learned, judge=self._judge
        )
        self._choosing = [one for one in ledger.payments if one.transaction in self._choices]
        self._choosing.sort(key=lambda one: one.booked)
        self._lazy_reversals: Reversals | None = None
        if any(row.kind is AllocationKind.REVERSAL for row in ledger.allocations):
            self._lazy_reversals = Reversals(self.books, self._evidence, self._payments)

    @property
    def _reversals(self) -> Reversals:
        """Made at first need: most runs have few stornos."""
        if self._lazy_reversals is None:
            self._lazy_reversals = Reversals(self.books, self._evidence, self._payments)
        return self._lazy_reversals

    def take_back(self) -> bool:
        """Take out the rows of choices that changed or went, and what they moved; whether there were any."""
        work = Freeing(
            self._ledger, self.books, self._evidence, self._inference, self._learned, self._choices, self._on
        )
        freed = freed_by_choices(work)
        chosen = {row.transaction for row in self._ledger.allocations if row.by == BY_USER}
        withdrawn: set[str] = set()
        for payment in self._payments:
            if payment.transaction not in chosen and payment.transaction not in self._choices:
                continue
            rows = self.books.rows(payment.transaction)
            if rows and not may_stay(self._choices.get(payment.transaction), rows, self.books):
                self._remove(payment.transaction)
                withdrawn.add(tidy_account(payment.counter_account))
        for transaction in taught_by(withdrawn - {""}, work):
            self._remove(transaction)
        for transaction in freed:
            self._remove(transaction)
        return self.books.has_removed

    def _remove(self, transaction: str) -> None:
        """Take rows out, and those of the storno that undid them: it is judged anew."""
        self.books.remove(transaction)
        if self._lazy_reversals is not None:
            storno = self._reversals.unlink(transaction)
            if storno is not None:
                self.books.remove(storno)

    def settle(self) -> None:
        """Apply choices and book what is sure, until nothing more follows."""
        self._apply_choices()
        self.books.touched = set()
        waiting = [one for one in self._unallocated() if not self._book(one)]
        waiting = self._repeat(waiting)
        guessing = Guessing(self.books, self._judge, self._inference)
        untried: Sequence[OpenMoney] = waiting
        for _ in range(_MOST_ROUNDS):
            done = guessing.book(untried)
            if not done:
                # Who bears another's name waited while that other owed the same: he may have paid by now.
                still_waiting = [one for one in waiting if not self._book(one)]
                if len(still_waiting) == len(waiting):
                    return
                waiting = untried = self._repeat(still_waiting)
                continue
            left = self._repeat([one for one in waiting if one.payment.transaction not in done])
            still = {one.payment.transaction for one in left}
            self._inference.learn(one.payment for one in waiting if one.payment.transaction not in still)
            waiting, untried = left, guessing.touched(left)

    def _repeat(self, waiting: list[OpenMoney]) -> list[OpenMoney]:
        """Book what follows in full from what was booked, until nothing does; what is left waiting."""
        for _ in range(_MOST_ROUNDS):
            chosen = self._apply_choices()
            again = [one for one in waiting if self._is_touched(one)]
            self.books.touched = set()
            done = {one.payment.transaction for one in again if self._book(one)}
            if not done and not chosen:
                break
            waiting = [one for one in waiting if one.payment.transaction not in done]
        return waiting

    def _apply_choices(self) -> bool:
        """Make the rows of every choice what it says now; whether any changed."""
        changed = False
        for payment in self._choosing:
            choice = self._choices[payment.transaction]
            if choice.no or payment.booked > self._on:
                continue
            rows = self.books.rows(payment.transaction)
            if rows and still_follows(choice, payment, rows, self.books):
                left = payment.amount - money_of(rows)
                paid = {self.books.place[row.invoice] for row in rows}
                lines = chosen_lines(choice, payment, left, self.books, paid) if left else ()
            else:
                with self.books.without(payment.transaction):
                    lines = chosen_lines(choice, payment, payment.amount, self.books)
                now = sorted((row.invoice, row.amount) for row in rows)
                wanted = sorted((self.books.invoices[place].number, amount) for place, amount in lines)
                if now == wanted and all(row.by == BY_USER for row in rows):
                    continue
                self._remove(payment.transaction)
                changed = True
            if lines:
                self.books.add(payment.transaction, lines, by=BY_USER)
                changed = True
        return changed

    def _unallocated(self) -> Iterator[OpenMoney]:
        """The money to be matched, in the order of booking."""
        for payment in self._payments:
            if payment.booked > self._on or (payment.choice and payment.transaction in self._choices):
                continue
            if self.books.has_rows(payment.transaction):
                left = left_of(payment, self.books, self._evidence, self._ledger.settings.difference_max)
                if left is not None:
                    yield left
            elif (
                payment.transaction not in self._doubles
                and payment.amount != 0
                and not self._evidence.is_own(payment)
            ):
                named = self._evidence.named(payment)
                if payment.amount > 0 or named.places or self._may_undo(payment):
                    yield OpenMoney(payment, payment.amount, named)

    def _may_undo(self, payment: Payment) -> bool:
        """Whether money out can be a storno; most of it never is."""
        return is_return(payment) or bool(payment.reference and self._reversals.may_undo(payment))

    def _is_touched(self, one: OpenMoney) -> bool:
        """Whether the last round could have changed what this money pays."""
        if one.payment.amount < 0 or one.payment.return_code:
            return bool(self.books.touched)
        return any(self.books.invoices[place].debtor in self.books.touched for place in one.named.places)

    def _book(self, one: OpenMoney) -> bool:
        """Book it when it is sure."""
        payment = one.payment
        if payment.amount < 0 or payment.return_code:
            return self._book_return(one)
        if one.named is NOTHING or not one.named.places:
            return False
        if self._inference.waits_its_turn(payment, one.amount, one.named):
            return False
        judged = self._judge.judge(payment, one.amount, one.named)
        if judged.doubt is not None or not judged.lines:
            return False
        self.books.add(payment.transaction, judged.lines, extras=judged.extras)
        return True

    def _book_return(self, one: OpenMoney) -> bool:
        """A storno undoes its payment; money out that names a credit note exactly pays it out."""
        payment = one.payment
        if self._may_undo(payment):
            originals = self._reversals.undoes(payment)
            if len(originals) == 1:
                self.books.mirror(payment.transaction, self.books.rows(originals[0].transaction))
                self._reversals.link(payment, originals[0])
                return True
        if payment.amount > 0 or is_return(payment) or not one.named.places:
            return False
        judged = self._judge.judge(payment, payment.amount, one.named)
        if judged.doubt is not None or any(
            self.books.invoices[place].amount > 0 for place, _ in judged.lines
        ):
            return False
        self.books.add(payment.transaction, judged.lines)
        return bool(judged.lines)

    def states(self) -> tuple[PaymentState, ...]:
        """The state of every payment, in the order of Betalingen."""
        states = States(
            books=self.books,
            evidence=self._evidence,
            judge=self._judge,
            inference=self._inference,
            proposals=Proposals(self._ledger, self.books, self._evidence, self._inference, self._on),
            originals={} if self._lazy_reversals is None else self._lazy_reversals.original,
            on=self._on,
        )
        found: list[PaymentState] = []
        for payment in self._ledger.payments:
            choice = self._choices.get(payment.transaction) if payment.choice else None
            own = self.books.detailed(payment.transaction)
            if choice is not None and choice.no:
                state = states.refused(payment)
            elif own:
                state = states.allocated(payment, own)
            elif choice is not None and payment.booked <= self._on:
                state = states.chosen(payment, ())
            elif payment.transaction in self._doubles and payment.booked <= self._on:
                state = states.double(payment, self._doubles[payment.transaction])
            elif is_return(payment) and len(alike := self._reversals.undoes(payment)) > 1:
                state = states.storno_choice(payment, alike)
            else:
                state = states.unallocated(payment)
            unread = self._unread.get(payment.transaction) if payment.choice else None
            found.append(state if unread is None else not_understood(state, unread.unknown))
        return tuple(found)

    def problems(self, states: Sequence[PaymentState]) -> list[Problem]:
        """What the user should look at."""
        found = doubtful(states, self._unread)
        if self.books.has_removed:
            found += moved(self._before, self.books.final(), self._payments)
        if self._lazy_reversals is not None:
            found += reopened(self._before, self.books.final(), self._lazy_reversals.original)
        return found


def _judging_order(payment: Payment) -> tuple[date, bool, str]:
    """By day; on a day money in before money out, so that a storno finds its payment."""
    return payment.booked, payment.amount < 0, payment.transaction
