"""What the user should look at in his payments.

Answers: the doubts that matching leaves for Controle.
Source: docs/regels.md, "Fouten en twijfel" (doubt warns, only what would falsify money or days stops).
Leaves to others: doubts about cells (the readers in book/) and about invoices and debtors (doubts.py).
"""

from collections.abc import Sequence
from decimal import Decimal

from debiteuren.domain.money import euro
from debiteuren.domain.payment import Payment
from debiteuren.domain.problem import Problem, Severity


def unknown_choice(payment: Payment, unknown: Sequence[str]) -> Problem:
    """Uw keuze holds words that are no invoice or debtor."""
    return Problem(
        severity=Severity.WARNING,
        sheet="Betalingen",
        row=payment.row or None,
        column="Uw keuze",
        found=f'Hier staat "{payment.choice.strip()}". Onbekend is: {"; ".join(unknown)}.',
        remedy="vul factuurnummers in met ; ertussen, een debiteurnummer, of nee.",
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
