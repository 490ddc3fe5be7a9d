"""Money that went back: which earlier payment a storno undoes.

Answers: is this a storno, of which payment, or of which ones it could be; which stornos of earlier runs
belong to which payment.
Source: docs/regels.md, "Koppelingen" and "Terugboekingen".
Leaves to others: taking the rows back to the cent (matching_books.py), a refund the user chose
(matching_choice.py).
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from debiteuren.domain.account import account_core
from debiteuren.domain.ledger import BY_USER, Allocation, AllocationKind
from debiteuren.domain.payment import Payment
from debiteuren.rules.account_match import is_same_account
from debiteuren.rules.matching_books import Books
from debiteuren.rules.matching_evidence import Evidence
from debiteuren.rules.references import fold, is_meaningful

_RETURN_WORDS = re.compile(
    r"\b(storno|stornering|storneren|gestorneerd|gestorneerde|terugboeking|teruggeboekt|teruggeboekte"
    r"|chargeback|reversal|r[uü]e?cklastschrift|incasso retour|retour incasso|geweigerde incasso)\b",
    re.IGNORECASE,
)
_STEMS = ("storn", "terug", "back", "reversal", "klastschrift", "incasso")
_SHORTEST_REFERENCE = 4


def is_return(payment: Payment) -> bool:
    """Whether the bank says that money came or went back; words say so only where money went out."""
    if payment.return_code:
        return True
    return payment.amount < 0 and _says_return(payment.description)


def _says_return(text: str) -> bool:
    """Whether such a word stands there; most texts hold no stem of one."""
    folded = text.casefold()
    return any(stem in folded for stem in _STEMS) and _RETURN_WORDS.search(text) is not None


class _Likeness(NamedTuple):
    """How much an earlier payment looks like the one that came back, most telling first."""

    same_reference: bool
    same_invoice: bool
    same_account: bool


class Reversals:
    """The stornos among the payments and the payments they undo.

    `payments` in the order in which they are judged: by day, money in before money out.
    """

    def __init__(self, books: Books, evidence: Evidence, payments: Sequence[Payment]) -> None:
        self._books = books
        self._evidence = evidence
        self._rank = {payment.transaction: rank for rank, payment in enumerate(payments)}
        self._by_transaction = {payment.transaction: payment for payment in payments}
        self._by_reference: dict[tuple[Decimal, str], list[Payment]] = {}
        self._by_account: dict[tuple[Decimal, str], list[Payment]] = {}
        back = {-one.amount for one in payments if one.amount < 0 or one.return_code}
        for payment in payments:
            if payment.amount not in back:
                continue
            reference = self._reference(payment)
            if reference:
                self._by_reference.setdefault((payment.amount, reference), []).append(payment)
            if payment.counter_account:
                account = account_core(payment.counter_account)
                self._by_account.setdefault((payment.amount, account), []).append(payment)
        self.undone: dict[str, str] = {}
        """Transaction of a payment → transaction of its storno."""
        self.original: dict[str, Payment] = {}
        """Transaction of a storno → the payment it undoes."""
        for payment in payments:
            rows = books.rows(payment.transaction)
            if rows and all(row.by != BY_USER for row in rows) and _is_reversal(rows):
                self._recall(payment, rows)

    def link(self, storno: Payment, original: Payment) -> None:
        """Remember that this storno undoes that payment."""
        self.undone[original.transaction] = storno.transaction
        self.original[storno.transaction] = original

    def unlink(self, original: str) -> str | None:
        """Forget the storno of a payment whose rows were taken back; its transaction, if any."""
        storno = self.undone.pop(original, None)
        if storno is not None:
            del self.original[storno]
        return storno

    def may_undo(self, storno: Payment) -> bool:
        """Whether a payment has its reference and amount; without the bank's word nothing else counts."""
        return (-storno.amount, self._reference(storno)) in self._by_reference

    def undoes(self, storno: Payment) -> tuple[Payment, ...]:
        """The payments this one can undo: one when it is sure, several when they look equally like it.

        Same amount, earlier, allocated and not undone yet. Without a word or code of the bank only the same
        reference counts. Where all that are alike paid the same invoices alike, the latest is meant.
        """
        found = {
            one.transaction: (likeness, one)
            for one in self._candidates(storno)
            if self._can_be_undone(one, storno) and any(likeness := self._likeness(one, storno))
        }
        if not is_return(storno):
            found = {key: pair for key, pair in found.items() if pair[0].same_reference}
        if not found:
            return ()
        best = max(likeness for likeness, _ in found.values())
        alike = [one for likeness, one in found.values() if likeness == best]
        alike.sort(key=lambda one: -self._rank[one.transaction])
        paid = [_sums(self._books.rows(one.transaction), 1) for one in alike]
        return tuple(alike[:1] if all(sums == paid[0] for sums in paid) else alike)

    def _recall(self, storno: Payment, rows: Sequence[Allocation]) -> None:
        """Find again which payment a storno of an earlier run undid: the likest that it mirrors.

        Its rows stand before those of the storno, unless the user sorted Koppelingen.
        """
        here = self._books.first_row(storno.transaction)
        wanted = _sums(rows, -1)
        mirrored = [
            one
            for one in self._candidates(storno)
            if self._can_be_undone(one, storno) and _sums(self._books.rows(one.transaction), 1) == wanted
        ]
        if mirrored:
            self.link(
                storno,
                max(
                    mirrored,
                    key=lambda one: (
                        self._books.first_row(one.transaction) < here,
                        self._likeness(one, storno),
                        self._rank[one.transaction],
                    ),
                ),
            )

    def _candidates(self, storno: Payment) -> Iterable[Payment]:
        amount = -storno.amount
        found: dict[str, Payment] = {}
        for one in self._by_reference.get((amount, self._reference(storno)), ()):
            found[one.transaction] = one
        for one in self._by_account.get((amount, account_core(storno.counter_account)), ()):
            found[one.transaction] = one
        numbers = [row.invoice for row in self._books.rows(storno.transaction)]
        numbers += [self._books.invoices[place].number for place in self._evidence.named(storno).places]
        for number in numbers:
            for transaction in self._books.payers(number):
                payer = self._by_transaction.get(transaction)
                if payer is not None and payer.amount == amount:
                    found[transaction] = payer
        return found.values()

    def _can_be_undone(self, one: Payment, storno: Payment) -> bool:
        if one.transaction in self.undone or not self._books.has_rows(one.transaction):
            return False
        if self._rank[one.transaction] >= self._rank[storno.transaction]:
            return False
        if _is_reversal(self._books.rows(one.transaction)):
            return False
        like = self._likeness(one, storno)
        if like.same_reference:
            return True
        names_another = bool(self._evidence.named(storno).places) and not like.same_invoice
        other_account = bool(storno.counter_account and one.counter_account) and not like.same_account
        return not other_account and not names_another

    def _likeness(self, one: Payment, storno: Payment) -> _Likeness:
        paid = {row.invoice for row in self._books.rows(one.transaction)}
        named = {self._books.invoices[place].number for place in self._evidence.named(storno).places}
        reference = self._reference(storno)
        return _Likeness(
            same_reference=bool(reference) and reference == self._reference(one),
            same_invoice=bool(named & paid),
            same_account=is_same_account(storno.counter_account, one.counter_account),
        )

    @staticmethod
    def _reference(payment: Payment) -> str:
        folded = fold(payment.reference) if payment.reference else ""
        return folded if len(folded) >= _SHORTEST_REFERENCE and is_meaningful(folded) else ""


def _is_reversal(rows: Iterable[Allocation]) -> bool:
    return any(row.kind is AllocationKind.REVERSAL for row in rows)


def _sums(rows: Sequence[Allocation], sign: int) -> dict[str, Decimal]:
    """Euros per invoice."""
    found: dict[str, Decimal] = {}
    for row in rows:
        found[row.invoice] = found.get(row.invoice, Decimal(0)) + sign * row.amount
    return found
