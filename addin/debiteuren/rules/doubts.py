"""What does not fit together in the sheets and deserves a look, although the run goes on.

Answers: which rows point at something that is not there, or leave a choice open that the law cares about.
Source: docs/regels.md, "Fouten en twijfel" and "Brieven" (Soort empty).
Leaves to others: what a single cell says (the readers), matching and arrangement questions (their rules).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from debiteuren.domain.contact import ContactKind, DraftState
from debiteuren.domain.invoice import InvoiceState
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.problem import Problem, Severity
from debiteuren.rules.interest import rate_doubts


def doubts(ledger: Ledger, states: Sequence[InvoiceState], on: date) -> tuple[Problem, ...]:
    """Every doubt about how the sheets fit together, in order of sheet and row."""
    return (
        *_overpaid(states, ledger.settings.difference_max),
        *_kind_unknown(ledger, states),
        *_letters_of_the_other_kind(ledger, states),
        *_loose_ends(ledger),
        *(rate_doubts(on) if ledger.settings.with_interest else ()),
    )


def _doubt(sheet: str, row: int, column: str, found: str, remedy: str) -> Problem:
    return Problem(
        severity=Severity.WARNING, sheet=sheet, row=row or None, column=column, found=found, remedy=remedy
    )


def _overpaid(states: Sequence[InvoiceState], difference_max: Decimal) -> Iterator[Problem]:
    for state in states:
        invoice = state.invoice
        if invoice.amount >= ZERO and state.unpaid < -difference_max:
            yield _doubt(
                "Facturen",
                invoice.row,
                "Bedrag",
                f"Op {invoice.number} is {euro(-state.unpaid)} meer geboekt dan het bedrag.",
                "kijk of het bedrag nog klopt, of kies bij de betaling in Uw keuze een andere factuur.",
            )


def _kind_unknown(ledger: Ledger, states: Sequence[InvoiceState]) -> Iterator[Problem]:
    """Debtors with something late and no Soort of the list: treated as Consument, the careful side."""
    late = {state.invoice.debtor for state in states if state.days_late}
    for debtor in ledger.debtors:
        if debtor.kind is None and debtor.number in late:
            yield _doubt(
                "Debiteuren",
                debtor.row,
                "Soort",
                f"Hier is geen Soort gekozen; {debtor.name} geldt nu als Consument, die de wet beschermt.",
                "kies Zakelijk of Consument.",
            )


def _letters_of_the_other_kind(ledger: Ledger, states: Sequence[InvoiceState]) -> Iterator[Problem]:
    """A consumer owes costs only after a 14-day letter (BW 6:96); a final demand does not do for him."""
    late = {state.invoice.debtor for state in states if state.days_late}
    protected = {debtor.number: debtor for debtor in ledger.debtors if debtor.is_protected}
    warned = {
        contact.debtor for contact in ledger.contacts if contact.kind is ContactKind.FOURTEEN_DAY_LETTER
    }
    for contact in ledger.contacts:
        debtor = protected.get(contact.debtor)
        if (
            contact.kind is ContactKind.FINAL_DEMAND
            and contact.draft is not DraftState.VOID
            and debtor is not None
            and contact.debtor in late - warned
        ):
            yield _doubt(
                "Contact",
                contact.row,
                "Soort",
                f"{debtor.name} geldt als Consument, maar kreeg een laatste aanmaning en geen 14-dagenbrief.",
                "stuur eerst een 14-dagenbrief, of kies bij Soort op Debiteuren Zakelijk.",
            )


def _loose_ends(ledger: Ledger) -> Iterator[Problem]:
    invoices = {invoice.number for invoice in ledger.invoices}
    debtors = {debtor.number for debtor in ledger.debtors}
    payments = {payment.transaction for payment in ledger.payments}
    for allocation in ledger.allocations:
        if allocation.invoice not in invoices:
            yield _doubt(
                "Koppelingen",
                allocation.row,
                "Factuurnummer",
                f'Hier staat "{allocation.invoice}". Die factuur staat niet op het blad Facturen.',
                "zet de factuur terug, of kies bij de betaling in Uw keuze een andere.",
            )
        elif allocation.row and allocation.transaction not in payments:
            yield _doubt(
                "Koppelingen",
                allocation.row,
                "Transactie",
                f'Hier staat "{allocation.transaction}". Die boeking staat niet op het blad Betalingen.',
                "zet de boeking terug als hij per ongeluk is gewist; tot dan telt dit bedrag als betaald.",
            )
    arrangements = {arrangement.id for arrangement in ledger.arrangements}
    for instalment in ledger.instalments:
        if instalment.arrangement not in arrangements:
            yield _doubt(
                "Termijnen",
                instalment.row,
                "Regeling",
                f'Hier staat "{instalment.arrangement}". Die regeling staat niet op het blad Regelingen.',
                "verbeter de naam, of voeg de regeling toe; tot dan telt deze termijn niet mee.",
            )
    for contact in ledger.contacts:
        if contact.debtor not in debtors:
            yield _doubt(
                "Contact",
                contact.row,
                "Debiteurnummer",
                f'Hier staat "{contact.debtor}". Die debiteur staat niet op het blad Debiteuren.',
                "verbeter het nummer, of voeg de debiteur toe.",
            )
        for number in contact.invoices:
            if number not in invoices:
                yield _doubt(
                    "Contact",
                    contact.row,
                    "Facturen",
                    f'Hier staat "{number}". Die factuur staat niet op het blad Facturen.',
                    'scheid nummers met ";" en verbeter het nummer.',
                )
