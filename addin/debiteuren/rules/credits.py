"""Money that debtors have with us: what they paid too much.

Answers: how much of a debtor's payments is left as Rest, and the sentence about it in Advies.
Source: docs/regels.md, "Koppelingen" (what is paid too much stays as Rest of its debtor).
Leaves to others: what is left of a payment (matching.py), credit notes (Openstaand counts those).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from debiteuren.domain.debtor import DebtorState
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.payment import MatchStatus, PaymentState

_DECIDED = frozenset({MatchStatus.SURE, MatchStatus.CHOICE})


def with_credits(
    debtors: Sequence[DebtorState], payments: Iterable[PaymentState], ledger: Ledger
) -> tuple[DebtorState, ...]:
    """The debtors, with what they paid too much in front of their Advies.

    Only money that came in and of which a part was placed; a difference that is let be does not count.
    """
    owner: dict[str, str] | None = None
    left: dict[str, list[tuple[Decimal, str]]] = {}
    for state in payments:
        if state.rest <= ledger.settings.difference_max or state.status not in _DECIDED or not state.invoices:
            continue
        if owner is None:
            owner = {invoice.number: invoice.debtor for invoice in ledger.invoices}
        debtor = owner.get(state.invoices[0])
        if debtor is not None:
            left.setdefault(debtor, []).append((state.rest, state.payment.transaction))
    if not left:
        return tuple(debtors)
    return tuple(
        replace(state, advice=f"{_sentence(left[state.debtor.number])} {state.advice}".strip())
        if state.debtor.number in left
        else state
        for state in debtors
    )


def _sentence(parts: Sequence[tuple[Decimal, str]]) -> str:
    total = sum((amount for amount, _ in parts), ZERO)
    where = f"transactie {parts[0][1]}" if len(parts) == 1 else f"{len(parts)} transacties"
    return f"Heeft {euro(total)} te veel betaald ({where}): verreken het of betaal het terug."
