"""What was worked out → Changes for the sheets: computed columns, Koppelingen, Acties, Controle, Start.

Answers: which value goes into which column and row.
Source: docs/regels.md, "Werkmap". Only computed columns are named, so the user's own stay.
Leaves to others: the writing (closed.py, live.py).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import time
from decimal import Decimal
from operator import attrgetter
from typing import TypeVar

from debiteuren.book import layout, layout_parts
from debiteuren.book.start_figures import start_blocks
from debiteuren.book.values import as_text
from debiteuren.book.workbook import Cell, Changes, Contents, Grid
from debiteuren.domain.arrangement import ArrangementState, InstalmentState
from debiteuren.domain.contact import Contact
from debiteuren.domain.debtor import DebtorState
from debiteuren.domain.invoice import InvoiceState
from debiteuren.domain.ledger import Allocation
from debiteuren.domain.payment import Payment, PaymentState, Statement
from debiteuren.domain.problem import Problem, Severity
from debiteuren.domain.worklist import WorkItem
from debiteuren.jobs.refresh import Refreshed

State = TypeVar("State")


def number(amount: Decimal | None) -> Cell:
    """An amount as the number a cell holds: never Decimal, which Excel would round and reformat."""
    return None if amount is None else float(amount)


def joined(numbers: Iterable[str]) -> str:
    """Invoice numbers or transactions as they stand in one cell."""
    return "; ".join(numbers)


_INVOICE: Mapping[str, Callable[[InvoiceState], Cell]] = {
    "Betaald": lambda state: float(state.paid),
    "Openstaand": lambda state: float(state.unpaid),
    "Dagen te laat": lambda state: state.days_late or None,
    "Ouderdom": lambda state: state.age.value if state.age else None,
    "Status": lambda state: state.status.value,
    "Volgende actie": lambda state: state.action.value,
    "Actie op": attrgetter("action_on"),
    "Waarom": attrgetter("why"),
}
_DEBTOR: Mapping[str, Callable[[DebtorState], Cell]] = {
    "Openstaand": lambda state: float(state.unpaid),
    "Te laat": lambda state: float(state.overdue),
    "Gemiddeld te laat": lambda state: state.average_late,
    "Betaalgedrag": lambda state: state.behaviour,
    "Advies": lambda state: state.advice,
}
_PAYMENT: Mapping[str, Callable[[PaymentState], Cell]] = {
    "Gekoppeld": lambda state: float(state.allocated),
    "Rest": lambda state: float(state.rest),
    "Koppelstatus": lambda state: state.status.value,
    "Facturen": lambda state: (
        joined(state.invoices) if state.invoices else " | ".join(map(joined, state.proposals))
    ),
    "Waarom": attrgetter("why"),
}
_ARRANGEMENT: Mapping[str, Callable[[ArrangementState], Cell]] = {
    "Status": lambda state: state.status.value,
    "Volgende termijn": lambda state: state.next_due,
    "Waarom": attrgetter("why"),
}
_INSTALMENT: Mapping[str, Callable[[InstalmentState], Cell]] = {
    "Betaald": lambda state: float(state.paid),
    "Betaald op": lambda state: state.paid_on,
    "Dagen te laat": lambda state: state.days_late or None,
    "Status": lambda state: state.status.value,
    "Bewijs": lambda state: joined(state.proof),
}


Incoming = Mapping[str, Sequence[Mapping[str, Cell]]]
"""New rows for a table, by its name; in the ledger they stand in the rows right below the table."""


def refreshed_changes(
    contents: Contents, done: Refreshed, incoming: Incoming | None = None, *, run: str
) -> Changes:
    """All that Bijwerken writes, together with `incoming` rows, which get their computed columns too."""
    changes = Changes(
        run=run,
        appended={
            table: _fitting(contents.grids[table], rows) for table, rows in (incoming or {}).items() if rows
        },
    )

    def columns(
        table: layout_parts.TableLayout,
        spec: Mapping[str, Callable[[State], Cell]],
        states: Sequence[State],
        row: Callable[[State], int],
    ) -> None:
        grid = contents.grids[table.name]
        added = changes.appended.get(table.name, ())
        count = len(grid.rows) + len(added)
        places = [row(state) - grid.first_row for state in states]
        every = places == [*range(count)]  # nearly always; then a column is simply one cell a state
        for name, value in spec.items():
            cells = [*map(value, states)]
            if not every:
                found = dict(zip(places, cells, strict=True))
                cells = [found.get(place) for place in range(count)]
            changes.columns[table.name, name] = cells[: len(grid.rows)]
            for new, cell in zip(added, cells[len(grid.rows) :], strict=True):
                new[name] = cell

    instalments = [part for state in done.arrangements for part in state.instalments]
    columns(layout.FACTUREN, _INVOICE, done.invoices, lambda state: state.invoice.row)
    columns(layout.DEBITEUREN, _DEBTOR, done.debtors, lambda state: state.debtor.row)
    columns(layout.BETALINGEN, _PAYMENT, done.payments, lambda state: state.payment.row)
    columns(layout.REGELINGEN, _ARRANGEMENT, done.arrangements, lambda state: state.arrangement.row)
    columns(layout.TERMIJNEN, _INSTALMENT, instalments, lambda state: state.instalment.row)

    def replaced(table: layout_parts.TableLayout, rows: Sequence[Mapping[str, Cell]], *key: str) -> None:
        changes.replaced[table.name] = _with_own_columns(contents.grids[table.name], rows, key)

    replaced(
        layout.KOPPELINGEN,
        [_allocation_row(item) for item in done.ledger.allocations],
        *("Transactie", "Factuurnummer", "Soort"),
    )
    replaced(layout.ACTIES, [_work_row(item) for item in done.worklist], "Debiteurnummer", "Actie")
    replaced(layout.CONTROLE, problem_rows(done.problems), "Blad", "Kolom", "Wat er staat")
    changes.blocks.update(start_blocks(done))
    return changes


def problem_changes(contents: Contents, problems: Sequence[Problem]) -> Changes:
    """Only Controle, for a run that stopped in the open workbook (docs/regels.md, "Fouten en twijfel")."""
    rows = _with_own_columns(
        contents.grids[layout.CONTROLE.name], problem_rows(problems), ("Blad", "Kolom", "Wat er staat")
    )
    return Changes(replaced={layout.CONTROLE.name: rows})


def _with_own_columns(
    grid: Grid, rows: Sequence[Mapping[str, Cell]], key: Sequence[str]
) -> Sequence[Mapping[str, Cell]]:
    """The rows with what the user wrote in columns of his own, which moves along with the row's key."""
    ours = layout.BY_NAME[grid.table].names()
    own = [name for name in grid.columns if name not in ours]
    if not own:
        return rows
    kept: dict[tuple[str, ...], list[Mapping[str, Cell]]] = {}
    for line in grid.rows:
        cells = dict(zip(grid.columns, line, strict=True))
        kept.setdefault(_key(cells, key), []).append({name: cells[name] for name in own})
    out = []
    for row in rows:
        notes = kept.get(_key(row, key))
        out.append({**row, **(notes.pop(0) if notes else {})})
    return out


def _key(row: Mapping[str, Cell], key: Sequence[str]) -> tuple[str, ...]:
    return tuple(as_text(row.get(name)) for name in key)


def _fitting(grid: Grid, rows: Iterable[Mapping[str, Cell]]) -> list[dict[str, Cell]]:
    """The rows without columns this workbook lacks (a workbook of an earlier version)."""
    return [{name: value for name, value in row.items() if name in grid.columns} for row in rows]


def payment_row(payment: Payment) -> dict[str, Cell]:
    """A new row of Betalingen, without its computed columns."""
    return {
        "Transactie": payment.transaction,
        "Rekening": payment.account,
        "Boekdatum": payment.booked,
        "Bedrag": float(payment.amount),
        "Tegenrekening": payment.counter_account,
        "Naam": payment.name,
        "Omschrijving": payment.description,
        "Kenmerk": payment.reference,
        "Retourcode": payment.return_code,
        "Bron": payment.source,
    }


def statement_row(statement: Statement) -> dict[str, Cell]:
    """A new row of Afschriften."""
    return {
        "Rekening": statement.account,
        "Begin": statement.begin,
        "Eind": statement.end,
        "Beginsaldo": number(statement.opening),
        "Eindsaldo": number(statement.closing),
        "Regels": statement.lines,
        "Bestand": statement.file,
        "Ingelezen op": statement.imported_on,
    }


def contact_row(contact: Contact) -> dict[str, Cell]:
    """A new row of Contact; a moment at midnight is written as a day."""
    return {
        "Moment": contact.day if contact.moment.time() == time() else contact.moment,
        "Debiteurnummer": contact.debtor,
        "Facturen": joined(contact.invoices),
        "Kanaal": contact.channel,
        "Soort": contact.kind.value,
        "Uitkomst": contact.outcome.value if contact.outcome else None,
        "Toegezegd op": contact.promised_on,
        "Toegezegd bedrag": number(contact.promised_amount),
        "Reden": contact.reason,
        "Notitie": contact.note,
        "Concept": contact.draft.value if contact.draft else None,
        "Sleutel": contact.key,
    }


def contact_columns(
    contents: Contents, before: Sequence[Contact], after: Sequence[Contact]
) -> dict[tuple[str, str], Sequence[Cell]]:
    """The columns Concept and Moment of Contact, where what became of a draft changes one; else nothing."""
    grid = contents.grids["tblContact"]
    columns: dict[tuple[str, str], Sequence[Cell]] = {}
    changed = [(new, old) for new, old in zip(after, before, strict=True) if new != old]
    for name in ("Concept", "Moment"):
        place = grid.columns.index(name)
        cells = [row[place] for row in grid.rows]
        for new, old in changed:
            if name == "Concept" or new.moment != old.moment:
                cells[new.row - grid.first_row] = contact_row(new)[name]
        if cells != [row[place] for row in grid.rows]:
            columns[grid.table, name] = cells
    return columns


def _allocation_row(allocation: Allocation) -> dict[str, Cell]:
    return {
        "Transactie": allocation.transaction,
        "Factuurnummer": allocation.invoice,
        "Bedrag": float(allocation.amount),
        "Soort": allocation.kind.value,
        "Door": allocation.by,
        "Op": allocation.on,
    }


def _work_row(item: WorkItem) -> dict[str, Cell]:
    return {
        "Volgorde": item.order,
        "Debiteurnummer": item.debtor.number,
        "Naam": item.debtor.name,
        "Actie": item.action.value,
        "Facturen": joined(item.invoices),
        "Bedrag": float(item.amount),
        "Wanneer": item.when,
        "Telefoon": item.debtor.phone,
        "Waarom": item.why,
    }


def problem_rows(problems: Sequence[Problem]) -> list[dict[str, Cell]]:
    """Rows of Controle: faults first, then by sheet and row as they came."""
    ordered = sorted(problems, key=lambda problem: problem.severity is not Severity.FAULT)
    return [
        {
            "Ernst": problem.severity.value,
            "Blad": problem.sheet,
            "Rij": problem.row,
            "Kolom": problem.column,
            "Wat er staat": problem.found,
            "Wat te doen": problem.remedy[:1].upper() + problem.remedy[1:],
        }
        for problem in ordered
    ]
