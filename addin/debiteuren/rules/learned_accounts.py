"""Whose account this is, learned from what it paid before.

Answers: the debtor for whom money from this account was booked earlier, beyond doubt or by the user's word.
Source: docs/regels.md, "Geleerde rekeningen".
Leaves to others: the debtor's own IBAN (matching_evidence.py), what follows from it (matching_inferred.py).
Nothing is stored: it follows from Koppelingen and Uw keuze as they stand, so a choice that is taken back is
forgotten with it.
"""

from collections.abc import Callable, Iterable, Mapping

from debiteuren.domain.account import tidy_account
from debiteuren.domain.ledger import BY_USER
from debiteuren.domain.payment import Payment
from debiteuren.rules.matching_books import Books
from debiteuren.rules.matching_choice import Choice
from debiteuren.rules.matching_evidence import Evidence, is_collected


class LearnedAccounts:
    """Learns from the payments that came in, as the books stand at first need.

    `choices`: what Uw keuze says, by transaction.
    """

    def __init__(
        self,
        payments: Iterable[Payment],
        books: Books,
        evidence: Evidence,
        choices: Mapping[str, Choice],
        is_known: Callable[[Payment], bool],
    ) -> None:
        self._books = books
        self._evidence = evidence
        self._choices = choices
        self._is_known = is_known
        self._payments = payments
        self._paid: dict[str, dict[str, Payment]] | None = None
        self._owners: dict[str, str | None] = {}

    def owner(self, payment: Payment) -> str | None:
        """The only debtor for whom money came from this payment's account; None when unknown or several."""
        account = tidy_account(payment.counter_account)
        if not account or is_collected(payment):
            return None
        if account not in self._owners:
            self._owners[account] = self._learn(account)
        return self._owners[account]

    def learn(self, payments: Iterable[Payment]) -> None:
        """These payments got rows, or lost them, since: look anew at their accounts."""
        for payment in payments:
            account = tidy_account(payment.counter_account)
            self._owners.pop(account, None)
            if self._paid is not None and account and payment.amount > 0:
                self._paid.setdefault(account, {})[payment.transaction] = payment

    def _learn(self, account: str) -> str | None:
        if self._paid is None:
            self._paid = {}
            for payment in self._payments:
                if payment.counter_account and payment.amount > 0 and self._is_told(payment):
                    self._paid.setdefault(tidy_account(payment.counter_account), {})[payment.transaction] = (
                        payment
                    )
        found: set[str] = set()
        for payment in self._paid.get(account, {}).values():
            found |= self._told_by(payment)
        return found.pop() if len(found) == 1 else None

    def _is_told(self, payment: Payment) -> bool:
        """Whether this payment may teach something: it was chosen or booked."""
        return payment.transaction in self._choices or self._books.has_rows(payment.transaction)

    def _told_by(self, payment: Payment) -> set[str]:
        """The debtors a payment was for: by the user's word, or as it names the invoices itself."""
        if is_collected(payment) or not self._is_known(payment):
            return set()
        choice = self._choices.get(payment.transaction)
        if choice is not None and choice.debtor is not None:
            return {choice.debtor}
        if choice is not None and choice.places and not choice.unknown:
            return {self._books.invoices[place].debtor for place in choice.places}
        rows = self._books.rows(payment.transaction)
        places = {self._books.place[row.invoice] for row in rows if row.invoice in self._books.place}
        if any(row.by != BY_USER for row in rows):
            places &= set(self._evidence.named(payment).places)
        return {self._books.invoices[place].debtor for place in places}
