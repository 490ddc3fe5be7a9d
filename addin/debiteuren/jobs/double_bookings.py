"""Bookings that may be one booking twice: both shown side by side, until the user has decided.

Answers: what stands in the one and what in the other. Until Uw keuze is filled the later one pays nothing:
counted twice it would hide a debt. The choice stays with the row, so no later import asks again.
Source: docs/regels.md, "Dezelfde boeking".
Leaves to others: which bookings these are (rules/booking_keys.py), what the choice does (rules/matching.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import euro
from debiteuren.domain.payment import Payment, says_no
from debiteuren.domain.problem import Problem, Severity
from debiteuren.rules.arrangement_names import ArrangementNames
from debiteuren.rules.booking_keys import possible_doubles
from debiteuren.rules.matching_choice import read_choices
from debiteuren.rules.matching_evidence import Evidence

_SHOWN = 80


def undecided_doubles(ledger: Ledger) -> dict[str, str]:
    """Transactions that may be an earlier one once more, with that one; the user has not decided about them.

    A choice that cannot be read decides nothing.
    """
    payments = ledger.payments
    chosen = {one.transaction for one in payments if one.choice.strip() and not says_no(one.choice)}
    if chosen:
        open_ones = possible_doubles(
            [replace(one, choice="") if one.transaction in chosen else one for one in payments]
        )
        chosen &= open_ones.keys()
    if chosen:
        names = ArrangementNames.of(ledger)
        evidence = Evidence(names.without(ledger), names.told(ledger))
        _, unread = read_choices((one for one in payments if one.transaction in chosen), evidence)
        payments = tuple(replace(one, choice="") if one.transaction in unread else one for one in payments)
    return possible_doubles(payments)


def double_problems(payments: Sequence[Payment], doubles: Mapping[str, str]) -> Iterator[Problem]:
    """A row of Controle for every undecided pair; `doubles` as possible_doubles gives them."""
    if not doubles:
        return
    rows = {payment.transaction: payment for payment in payments}
    for transaction, earlier in doubles.items():
        later, first = rows[transaction], rows[earlier]
        yield Problem(
            severity=Severity.WARNING,
            sheet="Betalingen",
            row=later.row or None,
            column="Uw keuze",
            found=(
                f"Mogelijk dubbel: {later.booked:%d-%m-%Y}, {euro(later.amount)}. "
                f"Deze boeking: {_shown(later)}. Die er al stond: {_shown(first)}."
            ),
            remedy=(
                "Is het dezelfde boeking, vul dan nee in; wis de regel niet, anders komt hij terug. Zijn het "
                "er echt twee, vul dan de factuurnummers in. Tot dan telt deze boeking niet mee."
            ),
        )


def _shown(payment: Payment) -> str:
    text = " ".join(payment.description.split())
    text = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    words = (payment.name, payment.counter_account, f'"{text}"' if text else "zonder omschrijving")
    place = f" (rij {payment.row})" if payment.row else ""
    source = payment.source or "eigen invoer"
    return f"{payment.transaction}{place} uit {source}, {', '.join(filter(None, words))}"
