"""Money that came in and is not placed yet: reasons to hold a reminder back.

Answers: which due invoices may already be paid, so that nobody who paid gets a reminder.
Source: docs/regels.md, "Brieven" (money not yet placed is looked at first).
Leaves to others: what paid what (rules/matching.py), which accounts are the same (rules/account_match.py),
the letter (reminders.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from debiteuren.domain.days import dutch
from debiteuren.domain.debtor import Debtor
from debiteuren.domain.invoice import InvoiceState
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.payment import MatchStatus, PaymentState
from debiteuren.rules.account_match import AccountOwners


def proposed_for(payments: Iterable[PaymentState]) -> dict[str, str]:
    """Invoice → the booking proposed for it that the user has not decided on yet."""
    return {
        number: state.payment.transaction
        for state in payments
        if state.status is MatchStatus.PROPOSAL
        for proposal in state.proposals
        for number in proposal
    }


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Money received that nobody could place yet, by the account it came from."""

    received: Mapping[str, Sequence[PaymentState]]
    accounts: AccountOwners

    def of(self, account: str) -> list[PaymentState]:
        """What came from this account, whichever way a bank writes it; '' is none."""
        return [state for written in sorted(self.accounts.of(account)) for state in self.received[written]]


def unplaced_from(payments: Iterable[PaymentState]) -> Unplaced:
    """Money received that nobody could place yet."""
    received: dict[str, list[PaymentState]] = defaultdict(list)
    for state in payments:
        if state.status is MatchStatus.UNKNOWN and state.rest > ZERO and state.payment.counter_account:
            received[state.payment.counter_account].append(state)
    return Unplaced(received, AccountOwners((written, written) for written in received))


def received_from(debtor: Debtor, due: Sequence[InvoiceState], unplaced: Unplaced) -> str:
    """Why to wait: this debtor paid something since these invoices, and we do not know for what."""
    first = min(state.invoice.issued for state in due)
    received = [state for state in unplaced.of(debtor.iban) if state.payment.booked >= first]
    if not received:
        return ""
    amount, last = (
        sum((state.rest for state in received), ZERO),
        max(state.payment.booked for state in received),
    )
    return (
        f"Van deze klant kwam {euro(amount)} binnen (laatst op {dutch(last)}) waarvan niet vaststaat "
        "waarvoor: kies eerst op Betalingen, in Uw keuze, waar het bij hoort."
    )


def without_proposed(
    due: Sequence[InvoiceState], proposed: Mapping[str, str]
) -> tuple[list[InvoiceState], list[str]]:
    """The due invoices that may be written about, and why others may not."""
    kept = [state for state in due if state.invoice.number not in proposed]
    stopped = [state.invoice.number for state in due if state.invoice.number in proposed]
    if not stopped:
        return kept, []
    invoices = ("factuur " if len(stopped) == 1 else "facturen ") + ", ".join(stopped)
    reason = (
        f"Er is een ontvangst die bij {invoices} kan horen: kies eerst op Betalingen, in Uw keuze, "
        "waar die bij hoort."
    )
    return kept, [reason]
