"""With whom and about which invoices an arrangement is made.

Answers: the debtor, the invoices that are meant, and the arrangement that is being changed.
Source: docs/regels.md, "Een regeling maken".
Leaves to others: whether those invoices are free (rules/arrangement_checks.py), the days (arrange.py).
"""

from collections.abc import Sequence

from debiteuren.domain.arrangement import ArrangementState, ArrangementStatus
from debiteuren.domain.days import dutch
from debiteuren.domain.debtor import Debtor
from debiteuren.domain.invoice import Action, InvoiceState, InvoiceStatus
from debiteuren.domain.money import ZERO
from debiteuren.domain.problem import Problem
from debiteuren.jobs.arrange_wish import Wish, problem
from debiteuren.jobs.refresh import Refreshed

_NOT_FREE = frozenset({InvoiceStatus.DISPUTED, InvoiceStatus.HANDED_OVER, InvoiceStatus.ARRANGEMENT})


def replaced_one(done: Refreshed, wish: Wish, found: list[Problem]) -> ArrangementState | None:
    """The arrangement this is a new version of; None when it is none, or when it can't be changed."""
    if not wish.replaces:
        return None
    name = wish.replaces.strip().casefold()
    old = next((one for one in done.arrangements if one.arrangement.id.casefold() == name), None)
    if old is None:
        found.append(
            problem(
                "Vervangt",
                f'Hier staat "{wish.replaces}". Die regeling staat niet op het blad Regelingen.',
                "verbeter de naam, of laat Vervangt weg.",
            )
        )
    elif old.replaced_by:
        found.append(
            problem(
                "Vervangt",
                f"Regeling {old.arrangement.id} is al vervangen door {old.replaced_by}.",
                f"verander {old.replaced_by}.",
            )
        )
    elif old.status is ArrangementStatus.KEPT:
        found.append(
            problem(
                "Vervangt",
                f"Regeling {old.arrangement.id} is nagekomen; daar valt niets meer aan te veranderen.",
                "maak een nieuwe regeling voor wat nog openstaat.",
            )
        )
    else:
        return old
    return None


def chosen_debtor(
    done: Refreshed, wish: Wish, old: ArrangementState | None, found: list[Problem]
) -> Debtor | None:
    """The debtor who is named, or whose arrangement is changed."""
    number = wish.debtor.strip() or (old.arrangement.debtor if old else "")
    debtor = next((one for one in done.ledger.debtors if one.number.casefold() == number.casefold()), None)
    if not number:
        found.append(problem("Debiteur", "Er is geen debiteur genoemd.", "noem het debiteurnummer."))
    elif debtor is None:
        found.append(
            problem(
                "Debiteur",
                f'Hier staat "{number}". Die debiteur staat niet op het blad Debiteuren.',
                "verbeter het nummer, of voeg de debiteur toe.",
            )
        )
    elif old is not None and old.arrangement.debtor and old.arrangement.debtor != debtor.number:
        found.append(
            problem(
                "Vervangt",
                f"Regeling {old.arrangement.id} is van debiteur {old.arrangement.debtor}.",
                f"noem een regeling van {debtor.name}, of de andere debiteur.",
            )
        )
    return debtor


def chosen_invoices(
    done: Refreshed,
    wish: Wish,
    old: ArrangementState | None,
    debtor: Debtor | None,
    found: list[Problem],
) -> tuple[InvoiceState, ...]:
    """The invoices that are named, else those of the arrangement that is changed, else all that are late."""
    if debtor is None:
        return ()
    numbers = wish.invoices
    if not numbers and old is not None:
        own = {number.casefold() for number in old.arrangement.invoices}
        return tuple(
            state
            for state in done.invoices
            if state.invoice.number.casefold() in own and state.status is not InvoiceStatus.PAID
        ) or _nothing(debtor, found)
    if not numbers:
        return _late(done, debtor) or _nothing(debtor, found)
    known = {state.invoice.number.casefold(): state for state in done.invoices}
    states = []
    for number in numbers:
        state = known.get(number.casefold())
        if state is None:
            found.append(
                problem(
                    "Facturen",
                    f'Hier staat "{number}". Die factuur staat niet op het blad Facturen.',
                    'scheid nummers met ";" en verbeter het nummer.',
                )
            )
        else:
            found += _own_and_open(state, debtor, done)
            states.append(state)
    return tuple(dict.fromkeys(states))


def _own_and_open(state: InvoiceState, debtor: Debtor, done: Refreshed) -> Sequence[Problem]:
    number = state.invoice.number
    if state.invoice.debtor != debtor.number:
        return [
            problem(
                "Facturen",
                f"Factuur {number} is van debiteur {state.invoice.debtor}, niet van {debtor.number}.",
                "haal hem eruit, of noem de andere debiteur.",
            )
        ]
    if state.invoice.issued > done.on:
        return [
            problem(
                "Facturen",
                f"Factuur {number} is van {dutch(state.invoice.issued)}, na de peildatum {dutch(done.on)}.",
                "wacht tot die dag, of laat hem eruit.",
            )
        ]
    if state.status is InvoiceStatus.PAID or state.unpaid == ZERO:
        return [problem("Facturen", f"Factuur {number} is al betaald.", "laat hem uit de regeling.")]
    return []


def _late(done: Refreshed, debtor: Debtor) -> tuple[InvoiceState, ...]:
    """What of this debtor is late and free to be arranged."""
    return tuple(
        state
        for state in done.invoices
        if state.invoice.debtor == debtor.number
        and state.days_late
        and state.unpaid > ZERO
        and state.status not in _NOT_FREE
        and state.action is not Action.SOLVE_DISPUTE
    )


def _nothing(debtor: Debtor, found: list[Problem]) -> tuple[InvoiceState, ...]:
    found.append(
        problem(
            "Facturen",
            f"Van {debtor.name} is nu niets te laat dat vrij is voor een regeling.",
            "noem de facturen waarover u iets afsprak.",
        )
    )
    return ()
