"""Who a payment comes from, as far as its account, a debtor number or its name tells.

Answers: the debtors it may be of, in words, and whether that is proven or only likely.
Source: docs/regels.md, "Zonder nummer" and "Geleerde rekeningen".
Leaves to others: what the payment is for (matching_inferred.py).
"""

from dataclasses import dataclass

from debiteuren.domain.payment import Payment
from debiteuren.rules.learned_accounts import LearnedAccounts, is_collected
from debiteuren.rules.matching_evidence import Evidence, Named
from debiteuren.rules.matching_guess_words import GuessWords


@dataclass(frozen=True, slots=True)
class Payer:
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
        self._known: dict[str, Payer | None] = {}

    def forget(self) -> None:
        """Learn anew from the books as they are now."""
        self._learned.forget()
        self._known.clear()

    def of(self, payment: Payment, named: Named) -> Payer | None:
        """Whose money it is by account or debtor number; through a provider that is only likely."""
        key = payment.transaction
        if key not in self._known:
            self._known[key] = self._find(payment, named)
        return self._known[key]

    def _find(self, payment: Payment, named: Named) -> Payer | None:
        told = named.debtors or self._evidence.debtors_in(payment.description)
        if is_collected(payment):
            return self._told(min(told), proven=False) if len(told) == 1 else None
        owners = self._evidence.owners(payment)
        if owners:
            words = self._words.owns(payment.counter_account, sorted(owners))
            return Payer(tuple(sorted(owners)), words, not told or bool(told & owners))
        learned = self._learned.owner(payment)
        if len(told) == 1:
            return self._told(min(told), proven=learned is None or learned in told)
        if learned is None:
            return None
        words = self._words.paid_before(payment.counter_account, learned)
        return Payer((learned,), words, proven=not told or learned in told)

    def _told(self, debtor: str, *, proven: bool) -> Payer:
        return Payer((debtor,), self._words.told(debtor), proven)

    def alike(self, payment: Payment) -> tuple[Payer, ...]:
        """Those with a name like the payer's, else with a name but for slips the same."""
        if not payment.name or is_collected(payment):
            return ()
        names = self._evidence.names
        found = names.alike(payment.name) or names.similar(payment.name)
        return tuple(Payer((one,), self._words.alike(payment.name, one), proven=False) for one in found)
