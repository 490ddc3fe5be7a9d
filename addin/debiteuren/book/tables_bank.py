"""Betalingen, Afschriften and Koppelingen → Payment, Statement, Allocation."""

from debiteuren.book.reader import TableReader
from debiteuren.book.values import texts_of
from debiteuren.domain.ledger import Allocation, AllocationKind
from debiteuren.domain.payment import CHOSEN, Payment, Statement


def read_payments(read: TableReader) -> tuple[Payment, ...]:
    """Every complete row; the same Transactie twice is a fault."""
    keys = read.keys("Transactie", "T1")
    read.doubles_fault(
        "Transactie", keys, "elke boeking telt één keer: wis de dubbele rij of geef hem een eigen naam."
    )
    return tuple(
        Payment(
            transaction=key,
            booked=booked,
            amount=amount,
            account=account,
            counter_account=counter,
            name=name,
            description=text,
            reference=mark,
            return_code=code,
            source=source,
            choice=choice,
            was_chosen=why.startswith(CHOSEN),
            row=row,
        )
        for row, key, account, booked, amount, counter, name, text, mark, code, source, choice, why in zip(
            read.rows,
            keys,
            read.texts("Rekening"),
            read.days("Boekdatum", required=True),
            read.amounts("Bedrag", required=True),
            read.texts("Tegenrekening"),
            read.texts("Naam"),
            read.texts("Omschrijving"),
            read.texts("Kenmerk"),
            read.texts("Retourcode"),
            read.texts("Bron"),
            read.texts("Uw keuze"),
            texts_of(read.cells("Waarom")),
            strict=True,
        )
        if key and booked is not None and amount is not None
    )


def read_statements(read: TableReader) -> tuple[Statement, ...]:
    """Every row that names an account."""
    return tuple(
        Statement(
            account=account,
            begin=begin,
            end=end,
            opening=opening,
            closing=closing,
            lines=lines or 0,
            file=file,
            imported_on=imported,
            row=row,
        )
        for row, account, begin, end, opening, closing, lines, file, imported in zip(
            read.rows,
            read.texts("Rekening"),
            read.days("Begin"),
            read.days("Eind"),
            read.amounts("Beginsaldo"),
            read.amounts("Eindsaldo"),
            read.wholes("Regels", most=10_000_000),
            read.texts("Bestand"),
            read.days("Ingelezen op"),
            strict=True,
        )
        if account
    )


def read_allocations(read: TableReader) -> tuple[Allocation, ...]:
    """The ledger as it stands; a row without an amount or invoice has nothing to say."""
    return tuple(
        Allocation(
            transaction=transaction,
            invoice=invoice,
            amount=amount,
            kind=kind or AllocationKind.PAYMENT,
            by=by,
            on=on,
            row=row,
        )
        for row, transaction, invoice, amount, kind, by, on in zip(
            read.rows,
            read.texts("Transactie"),
            read.texts("Factuurnummer"),
            read.amounts("Bedrag"),
            read.choices("Soort", AllocationKind, AllocationKind.PAYMENT),
            read.texts("Door"),
            read.days("Op"),
            strict=True,
        )
        if invoice and amount is not None
    )
