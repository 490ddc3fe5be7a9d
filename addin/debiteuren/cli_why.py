"""The command that proves a figure: waarom.

Source: docs/handleiding.md, "Opdrachten". Reads the workbook, changes nothing.
Leaves to others: the work (jobs/proof.py), the clock and the catch-all (cli.py).
"""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from debiteuren.cli_dutch import DutchCommand
from debiteuren.cli_options import AsOf, Book, Json, Trial
from debiteuren.cli_screen import Screen
from debiteuren.domain.days import dutch
from debiteuren.domain.money import euro
from debiteuren.domain.problem import UserError

if TYPE_CHECKING:
    from debiteuren.domain.ledger import Allocation
    from debiteuren.domain.payment import Payment
    from debiteuren.jobs.proof import Proof


def add_command(app: typer.Typer) -> None:
    """Give the program its command of proving."""
    app.command("waarom", cls=DutchCommand)(why)


def why(
    path: Book,
    what: Annotated[
        str,
        typer.Argument(
            metavar="TRANSACTIE|FACTUUR",
            help="Een transactie van Betalingen of een factuurnummer.",
            show_default=False,
            readable=False,
        ),
    ],
    *,
    as_of: AsOf = None,
    as_json: Json = False,
    trial: Trial = False,  # noqa: ARG001 - every command takes it; this one never writes
) -> None:
    """Toon waarom een betaling of factuur staat zoals zij staat: het hele spoor. Wijzigt niets."""
    from debiteuren import tasks  # noqa: PLC0415 - heavy
    from debiteuren.book.closed import ClosedWorkbook  # noqa: PLC0415 - heavy
    from debiteuren.jobs.proof import prove  # noqa: PLC0415 - as above

    screen = Screen(as_json)
    moment = tasks.Moment(now=datetime.now(), given=as_of)  # noqa: DTZ005 - the user's own clock
    with screen.progress() as progress:
        done = tasks.update(ClosedWorkbook(path), moment, trial=True, progress=progress)
    proof = prove(done, what)
    if proof is None:
        title = f'"{what.strip()}" staat niet op Betalingen (Transactie) en niet op Facturen (Factuurnummer).'
        raise UserError(title)
    screen.result(_proof_json(proof))
    screen.say(*_proof_text(proof))


def _proof_text(proof: "Proof") -> Iterator[str]:
    if proof.payment is not None:
        state = proof.payment
        yield f"Transactie {state.payment.transaction}: {state.status.value}"
        yield from _bank_line(state.payment)
        yield f"  Gekoppeld {euro(state.allocated)}, Rest {euro(state.rest)}"
        for one in state.why.split(" | "):
            yield f"  {one}"
        if state.payment.choice:
            yield f"  Uw keuze: {state.payment.choice}"
    if proof.invoice is not None:
        invoice = proof.invoice
        bill = invoice.invoice
        yield f"Factuur {bill.number} van debiteur {bill.debtor}: {invoice.status.value}"
        yield f"  {euro(bill.amount)} van {dutch(bill.issued)}, te betalen uiterlijk {dutch(bill.due)}"
        yield f"  Betaald {euro(invoice.paid)}, Openstaand {euro(invoice.unpaid)}"
        day = f" op {dutch(invoice.action_on)}" if invoice.action_on else ""
        yield f"  Volgende actie: {invoice.action.value}{day}"
        yield f"  {invoice.why}"
    yield "Koppelingen:" if proof.rows else "Koppelingen: geen"
    for row in proof.rows:
        yield f"  {_row_text(row)}"
        if row.transaction in proof.lines:
            yield from (f"  {line}" for line in _bank_line(proof.lines[row.transaction].payment))
            yield f"    {proof.lines[row.transaction].why}"
    if proof.trail is not None:
        for title, lines in (("Bewijs:", proof.trail.evidence), ("Tegen:", proof.trail.against)):
            if lines:
                yield title
                yield from (f"  {line}" for line in lines)
        yield "Wat het kon zijn:" if proof.trail.candidates else "Wat het kon zijn: niets gevonden"
        for candidate in proof.trail.candidates:
            sure = "zeker" if candidate.sure else "niet zeker"
            yield f"  {'; '.join(candidate.invoices)} ({sure}): {candidate.why}"
    for proposal in proof.proposed:
        yield f"Voorgesteld: transactie {proposal.payment.transaction}"
        yield from _bank_line(proposal.payment)


def _bank_line(payment: "Payment") -> Iterator[str]:
    yield f"  {dutch(payment.booked)}, {euro(payment.amount)}, rekening {payment.account or 'onbekend'}"
    parts = (payment.name, payment.counter_account, payment.description, payment.reference)
    yield f"  {' · '.join(filter(None, parts))}"


def _row_text(row: "Allocation") -> str:
    day = f" op {dutch(row.on)}" if row.on else ""
    return f"{row.kind.value} {euro(row.amount)}: {row.transaction} op {row.invoice}, door {row.by}{day}"


def _proof_json(proof: "Proof") -> dict[str, object]:
    found: dict[str, object] = {"koppelingen": [_row_json(row) for row in proof.rows]}
    if proof.payment is not None:
        state = proof.payment
        found |= {
            "soort": "transactie",
            "transactie": _payment_json(state.payment),
            "koppelstatus": state.status.value,
            "gekoppeld": _cents(state.allocated),
            "rest": _cents(state.rest),
            "facturen": list(state.invoices),
            "voorstellen": [list(proposal) for proposal in state.proposals],
            "waarom": state.why,
        }
    if proof.trail is not None:
        found |= {
            "bewijs": list(proof.trail.evidence),
            "tegen": list(proof.trail.against),
            "kandidaten": [
                {"facturen": list(one.invoices), "zeker": one.sure, "waarom": one.why}
                for one in proof.trail.candidates
            ],
        }
    if proof.invoice is not None:
        invoice = proof.invoice
        found |= {
            "soort": "factuur",
            "factuur": invoice.invoice.number,
            "debiteur": invoice.invoice.debtor,
            "bedrag": _cents(invoice.invoice.amount),
            "betaald": _cents(invoice.paid),
            "openstaand": _cents(invoice.unpaid),
            "status": invoice.status.value,
            "volgende_actie": invoice.action.value,
            "actie_op": _day(invoice.action_on),
            "waarom": invoice.why,
            "betalingen": [_payment_json(state.payment) for state in proof.lines.values()],
            "voorgesteld": [_payment_json(state.payment) for state in proof.proposed],
        }
    return found


def _payment_json(payment: "Payment") -> dict[str, object]:
    return {
        "id": payment.transaction,
        "rekening": payment.account or None,
        "boekdatum": _day(payment.booked),
        "bedrag": _cents(payment.amount),
        "tegenrekening": payment.counter_account or None,
        "naam": payment.name or None,
        "omschrijving": payment.description or None,
        "kenmerk": payment.reference or None,
        "uw_keuze": payment.choice or None,
    }


def _row_json(row: "Allocation") -> dict[str, object]:
    return {
        "transactie": row.transaction,
        "factuur": row.invoice,
        "bedrag": _cents(row.amount),
        "soort": row.kind.value,
        "door": row.by,
        "op": _day(row.on),
    }


def _cents(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
