"""What the user should look at in his payments.

Answers: the doubts that matching leaves for Controle.
Source: docs/regels.md, "Fouten en twijfel" (doubt warns, only what would falsify money or days stops).
Leaves to others: doubts about cells (the readers in book/) and about invoices and debtors (doubts.py).
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from debiteuren.domain.days import dutch
from debiteuren.domain.ledger import Allocation, Ledger
from debiteuren.domain.money import euro
from debiteuren.domain.payment import Payment, PaymentState
from debiteuren.domain.problem import Problem, Severity
from debiteuren.rules.matching_choice import Choice


def doubtful(states: Sequence[PaymentState], choices: Mapping[str, Choice]) -> list[Problem]:
    """Choices we do not understand, and payments of which more was allocated than there is."""
    found: list[Problem] = []
    for state in states:
        payment = state.payment
        if payment.choice and (choice := choices.get(payment.transaction)) and choice.unknown:
            found.append(unknown_choice(payment, choice.unknown))
        elif state.rest and abs(state.allocated) > abs(payment.amount):
            found.append(too_much(payment, state.allocated))
    return found


def unknown_choice(payment: Payment, unknown: Sequence[str]) -> Problem:
    """Uw keuze holds words that are no invoice or debtor."""
    return Problem(
        severity=Severity.WARNING,
        sheet="Betalingen",
        row=payment.row or None,
        column="Uw keuze",
        found=(
            f'Hier staat "{payment.choice.strip()}". Onbekend is: {"; ".join(unknown)}. '
            "Dit telt als een lege cel."
        ),
        remedy="vul factuurnummers in met ; ertussen, een debiteurnummer, of nee; of maak de cel leeg.",
    )


def too_much(payment: Payment, allocated: Decimal) -> Problem:
    """Koppelingen holds more of a booking than there is."""
    return Problem(
        severity=Severity.WARNING,
        sheet="Betalingen",
        row=payment.row or None,
        column="Gekoppeld",
        found=f"In Koppelingen staat {euro(allocated)} van deze boeking van {euro(payment.amount)}.",
        remedy="vul bij Uw keuze in waar de boeking voor is; dan wordt hij opnieuw gekoppeld.",
    )


def moved(ledger: Ledger, now: Sequence[Allocation], payments: Sequence[Payment]) -> list[Problem]:
    """What was booked before and is not any more, with the old and the new: never in silence."""
    kept = {(row.transaction, row.invoice, row.amount, row.kind) for row in now}
    changed = {
        row.transaction
        for row in ledger.allocations
        if (row.transaction, row.invoice, row.amount, row.kind) not in kept
    }
    if not changed:
        return []
    return [
        Problem(
            severity=Severity.WARNING,
            sheet="Betalingen",
            row=payment.row or None,
            column="Gekoppeld",
            found=(
                f"Transactie {payment.transaction} stond op "
                f"{_words(ledger.allocations, payment)} en nu op {_words(now, payment)}."
            ),
            remedy="niets, als u dit zo koos; klopt het niet, vul dan Uw keuze in.",
        )
        for payment in payments
        if payment.transaction in changed
    ]


def reopened(ledger: Ledger, now: Sequence[Allocation], originals: Mapping[str, Payment]) -> list[Problem]:
    """Stornos that took back what an earlier run had booked; `originals`: storno → the payment it undoes."""
    before = {row.transaction for row in ledger.allocations}
    found = []
    for storno in ledger.payments:
        original = originals.get(storno.transaction)
        if original is None or storno.transaction in before or original.transaction not in before:
            continue
        found.append(
            Problem(
                severity=Severity.WARNING,
                sheet="Betalingen",
                row=storno.row or None,
                column="Gekoppeld",
                found=(
                    f"De betaling {original.transaction} van {dutch(original.booked)} is op "
                    f"{dutch(storno.booked)} teruggeboekt. Zij stond op {_words(now, original)}; dat staat "
                    "nu weer open."
                ),
                remedy="vraag de klant waarom; klopt het niet, vul dan Uw keuze in.",
            )
        )
    return found


def _words(rows: Sequence[Allocation], payment: Payment) -> str:
    """What a payment stands on: 2026-0042 (€ 100,00), or no invoice."""
    mine = [row for row in rows if row.transaction == payment.transaction]
    return ", ".join(f"{row.invoice} ({euro(row.amount)})" for row in mine) or "geen factuur"
