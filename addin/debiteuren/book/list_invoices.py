"""E-invoices into rows of Facturen and Debiteuren: what of them is new.

Answers: is this our own sales invoice, which debtor of the workbook is it for, and which rows does it bring.
The same number again goes as with every list: unchanged is known, changed is shown and left to the user.
Source: docs/regels.md, "E-facturen" and "Lijsten".
Leaves to others: what stands in the file (banks/ubl.py), comparing with the sheet (lists.py).
"""

from collections.abc import Mapping, Sequence

from debiteuren.book.layout import DEBITEUREN, FACTUREN
from debiteuren.book.list_names import ListColumns
from debiteuren.book.list_rows import ListRow, RawList
from debiteuren.book.lists import ListFile, read_raw
from debiteuren.book.values import as_text
from debiteuren.book.workbook import Cell, Contents
from debiteuren.domain.column_map import folded_title
from debiteuren.domain.electronic_invoice import ElectronicInvoice, Party
from debiteuren.domain.money import euro
from debiteuren.domain.problem import Problem, Severity
from debiteuren.domain.settings import Company

Row = Mapping[str, Cell]


def read_invoices(
    name: str, invoices: Sequence[ElectronicInvoice], contents: Contents, own: Company
) -> tuple[ListFile, ...]:
    """What these invoices bring: debtors we do not have, and the invoices themselves."""
    problems: list[Problem] = []
    debtors: list[Row] = []
    rows: list[tuple[int, Row]] = []
    existing = _debtors(contents)
    known = {as_text(number) for number in _column(contents, "Factuurnummer")}
    for invoice in invoices:
        line = invoice.line or 1
        wrong = _whose(invoice, own)
        number = _number(invoice.customer, existing)
        if not wrong and not number:
            wrong = "In deze factuur staat niet voor welke klant hij is: geen klantnummer en geen KvK-nummer."
        if wrong:
            problems.append(
                Problem(
                    sheet=name,
                    row=line,
                    found=wrong,
                    remedy="laat dit bestand weg, of maak de factuur opnieuw.",
                )
            )
            continue
        if invoice.total is not None and invoice.total != invoice.amount and invoice.number not in known:
            problems.append(_less_to_pay(name, line, invoice))
        if all(number != as_text(debtor["Debiteurnummer"]) for debtor in existing):
            debtor = _debtor(number, invoice.customer)
            debtors.append(debtor)
            existing.append(debtor)
        rows.append((line, _invoice(number, invoice)))
    found = read_raw(name, *_raw(rows, FACTUREN.name), contents)
    others = read_raw(name, *_raw([(1, row) for row in debtors], DEBITEUREN.name), contents)
    faults = any(problem.severity is Severity.FAULT for problem in problems)
    whole = ListFile(
        name=name,
        table=found.table,
        sheet=found.sheet,
        rows=() if faults else found.rows,
        known=0 if faults else found.known,
        problems=(*problems, *(found.problems if rows else ())),
    )
    return (others, whole) if debtors and not whole.faults else (whole,)


def _raw(rows: Sequence[tuple[int, Row]], table: str) -> tuple[ListColumns, RawList]:
    layout = FACTUREN if table == FACTUREN.name else DEBITEUREN
    names = tuple(dict.fromkeys(name for _, row in rows for name in row))
    columns = ListColumns(layout, tuple(layout.column(name) for name in names), chosen=True)
    return columns, RawList(
        names, tuple(ListRow(line, tuple(row.get(name) for name in names)) for line, row in rows)
    )


def _column(contents: Contents, name: str) -> list[Cell]:
    grid = contents.grids[FACTUREN.name]
    at = grid.columns.index(name)
    return [row[at] for row in grid.rows]


def _debtors(contents: Contents) -> list[Row]:
    grid = contents.grids[DEBITEUREN.name]
    rows = (dict(zip(grid.columns, row, strict=False)) for row in grid.rows)
    return [row for row in rows if as_text(row.get("Debiteurnummer"))]


def _whose(invoice: ElectronicInvoice, own: Company) -> str:
    """Why this is not an invoice of ours to a customer; '' as far as the workbook can tell."""
    for kind, ours, sender, customer in (
        ("KvK-nummer", own.kvk, invoice.supplier.kvk, invoice.customer.kvk),
        ("btw-nummer", own.vat_number, invoice.supplier.vat_number, invoice.customer.vat_number),
    ):
        mine = folded_title(ours)
        if mine and customer and folded_title(customer) == mine:
            return f"Dit is een factuur aan u, van {invoice.supplier.name}: uw {kind} staat erin als klant."
        if mine and sender and folded_title(sender) != mine:
            return (
                f"Deze factuur is van {invoice.supplier.name}: een ander {kind} dan het uwe op Instellingen."
            )
    return ""


def _number(customer: Party, existing: Sequence[Row]) -> str:
    """The debtor number: one we have, by number, KvK, VAT number or name, else what the invoice calls him."""
    known = {as_text(row["Debiteurnummer"]) for row in existing}
    for number in customer.numbers:
        if number in known:
            return number
    for column, value in (
        ("KvK-nummer", customer.kvk),
        ("Btw-nummer", customer.vat_number),
        ("Naam", customer.name),
    ):
        wanted = folded_title(value)
        same = [row for row in existing if wanted and folded_title(as_text(row.get(column))) == wanted]
        if len(same) == 1:
            return as_text(same[0]["Debiteurnummer"])
    return customer.numbers[0] if customer.numbers else ""


def _invoice(debtor: str, invoice: ElectronicInvoice) -> Row:
    row: dict[str, Cell] = {
        "Factuurnummer": invoice.number,
        "Debiteurnummer": debtor,
        "Factuurdatum": invoice.issued,
        "Vervaldatum": invoice.due,
        "Bedrag": float(invoice.amount),
        "Btw": None if invoice.vat is None else float(invoice.vat),
        "Omschrijving": invoice.description,
        "Leverdatum": invoice.delivered,
        "Betalingskenmerk": invoice.reference,
    }
    return {name: value for name, value in row.items() if value not in {None, ""}}


def _debtor(number: str, customer: Party) -> Row:
    row = {
        "Debiteurnummer": number,
        "Naam": customer.name or number,
        "E-mail": customer.email,
        "Telefoon": customer.phone,
        "Adres": customer.address,
        "Postcode": customer.postcode,
        "Plaats": customer.city,
        "KvK-nummer": customer.kvk,
        "Btw-nummer": customer.vat_number,
    }
    return {name: value for name, value in row.items() if value}


def _less_to_pay(name: str, line: int, invoice: ElectronicInvoice) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        sheet=name,
        row=line,
        column="Bedrag",
        found=(
            f"Factuur {invoice.number} is {euro(invoice.total or invoice.amount)}, maar te betalen is "
            f"{euro(invoice.amount)}; dat laatste is overgenomen."
        ),
        remedy="u hoeft niets te doen als er vooraf betaald is.",
    )
