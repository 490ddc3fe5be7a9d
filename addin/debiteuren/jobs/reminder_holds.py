"""Money that came in and is not placed yet: reasons to hold a reminder back.

Answers: which due invoices may already be paid, so that nobody who paid gets a reminder.
Source: docs/regels.md, "Brieven" (money not yet placed is looked at first).
Leaves to others: what paid what (rules/matching.py), which accounts are the same (rules/account_match.py),
the letter (reminders.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from debiteuren.domain.days import dutch
from debiteuren.domain.debtor import Debtor
from debiteuren.domain.invoice import InvoiceState
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.payment import MatchStatus, PaymentState
from debiteuren.rules.account_match import AccountOwners

_PLACED = frozenset({MatchStatus.SURE, MatchStatus.CHOICE})
_WAITING = frozenset({MatchStatus.PROPOSAL, MatchStatus.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Money received that the user has not decided on yet.

    `proposed`: invoice → a booking that may have paid it. `received`: debtor → what came from his account
    and is exactly no invoice of his, so that it may be for any of them.
    """

    proposed: Mapping[str, str]
    received: Mapping[str, Sequence[PaymentState]]


def unplaced_money(
    payments: Sequence[PaymentState], ledger: Ledger, states: Iterable[InvoiceState]
) -> Unplaced:
    """What may have been paid by money that is not placed yet.

    A proposal may be for the invoices it names. From a debtor's own account it may as well be for his other
    invoices of that amount, and when it is exactly none of them or nothing is proposed, for any. Money of
    which nobody knows who paid may be for every invoice of exactly that amount that there was by then.
    """
    waiting = [state for state in payments if state.status in _WAITING and state.rest > ZERO]
    if not waiting:
        return Unplaced({}, {})
    owners = _owners(payments, ledger)
    open_for: dict[Decimal, list[InvoiceState]] = defaultdict(list)
    for each in states:
        if each.unpaid > ZERO:
            open_for[each.unpaid].append(each)
    proposed: dict[str, str] = {}
    received: dict[str, list[PaymentState]] = defaultdict(list)
    for state in waiting:
        account, transaction = state.payment.counter_account, state.payment.transaction
        payers = owners.of(account) if account else frozenset()
        proposed |= {number: transaction for proposal in state.proposals for number in proposal}
        equal = [each for each in open_for[state.rest] if each.invoice.issued <= state.payment.booked]
        theirs = [each for each in equal if each.invoice.debtor in payers]
        unknown = state.status is MatchStatus.UNKNOWN
        if theirs or (unknown and not payers):
            proposed |= {each.invoice.number: transaction for each in theirs or equal}
        for debtor in payers if unknown or not theirs else ():
            received[debtor].append(state)
    return Unplaced(proposed, received)


def _owners(payments: Iterable[PaymentState], ledger: Ledger) -> AccountOwners:
    """Whose accounts these are: as Debiteuren says, or because they paid for one debtor and nobody else."""
    debtor_of = {invoice.number: invoice.debtor for invoice in ledger.invoices}
    paid: dict[str, set[str]] = defaultdict(set)
    for state in payments:
        if state.status in _PLACED and state.payment.amount > ZERO and state.payment.counter_account:
            paid[state.payment.counter_account].update(
                debtor_of[number] for number in state.invoices if number in debtor_of
            )
    return AccountOwners(
        (
            *((debtor.iban, debtor.number) for debtor in ledger.debtors if debtor.iban),
            *((account, min(debtors)) for account, debtors in paid.items() if len(debtors) == 1),
        )
    )


def received_from(debtor: Debtor, due: Sequence[InvoiceState], unplaced: Unplaced) -> str:
    """Why to wait: this debtor paid something since these invoices, and we do not know for what."""
    first = min(state.invoice.issued for state in due)
    received = [state for state in unplaced.received.get(debtor.number, ()) if state.payment.booked >= first]
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
