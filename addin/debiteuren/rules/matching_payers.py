"""Who a payment comes from, as far as its account, a debtor number or its name tells.

Answers: the debtors it may be of, in words, and whether that is proven or only likely.
Source: docs/regels.md, "Zonder nummer" and "Geleerde rekeningen".
Leaves to others: what the payment is for (matching_inferred.py).
"""

from collections.abc import Iterable
from typing import NamedTuple

from debiteuren.domain.payment import Payment
from debiteuren.rules.learned_accounts import LearnedAccounts
from debiteuren.rules.matching_evidence import Evidence, Named, is_collected
from debiteuren.rules.matching_guess_words import GuessWords

_NOBODY: frozenset[str] = frozenset()


class Payer(NamedTuple):
    """Debtors by number, why it is one of them, and whether account or debtor number prove it."""

    debtors: tuple[str, ...]
    words: str
    proven: bool


class Payers:
    """Tells payers of one ledger."""

    def __init__(self, evidence: Evidence, learned: LearnedAccounts, words: GuessWords) -> None:
        self._evidence = evidence
        self._learned = learned
        self._words = words
        self._known: dict[str, tuple[Payer | None, frozenset[str]]] = {}
        self._alike: dict[str, tuple[str, ...]] = {}

    def learn(self, payments: Iterable[Payment]) -> None:
        """These payments were booked since: they tell whose their accounts are."""
        self._learned.learn(payments)

    def of(self, payment: Payment, named: Named) -> Payer | None:
        """Whose money it is by account or debtor number; through a provider that is only likely."""
        key = payment.transaction
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._find(payment, named)
        payer, told = known
        if payer is not None or is_collected(payment):
            return payer
        learned = self._learned.owner(payment)
        if told:
            return self._told(min(told), proven=learned is None or learned in told)
        if learned is None:
            return None
        return Payer((learned,), self._words.paid_before(payment.counter_account, learned), proven=True)

    def _find(self, payment: Payment, named: Named) -> tuple[Payer | None, frozenset[str]]:
        """Who it is by what does not change while we work, else the debtor whose number stands there."""
        told = named.debtors or self._evidence.debtors_in(payment.description)
        alone = told if len(told) == 1 else _NOBODY
        if is_collected(payment):
            return (self._told(min(alone), proven=False) if alone else None), alone
        owners = self._evidence.owners(payment)
        if not owners:
            return None, alone
        if len(owners) > 1 and payment.name:  # of who share an account the one who is called like the payer
            owners = owners.intersection(self._evidence.names.alike(payment.name)) or owners
        words = self._words.owns(payment.counter_account, sorted(owners))
        return Payer(tuple(sorted(owners)), words, not told or bool(told & owners)), alone

    def _told(self, debtor: str, *, proven: bool) -> Payer:
        return Payer((debtor,), self._words.told(debtor), proven)

    def alike(self, payment: Payment) -> tuple[str, ...]:
        """The debtors with a name like the payer's, else with a name but for slips the same."""
        if not payment.name or is_collected(payment):
            return ()
        known = self._alike.get(payment.name)
        if known is None:
            names = self._evidence.names
            known = names.alike(payment.name) or names.similar(payment.name)
            self._alike[payment.name] = known
        return known

    def called(self, payment: Payment, debtor: str) -> Payer:
        """A debtor with such a name."""
        return Payer((debtor,), self._words.alike(payment.name, debtor), proven=False)
