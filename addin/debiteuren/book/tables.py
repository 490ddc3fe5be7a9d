"""Rows of the workbook ↔ domain types: what stands in the sheets as one frozen Ledger, with every Problem.

Answers: which invoices, debtors, payments … does this workbook hold, and what is wrong with it.
Source: docs/regels.md, "Werkmap" and "Fouten en twijfel".
Leaves to others: how a cell is read (reader.py), settings (settings_rows.py), writing back (results.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from debiteuren.book import layout, layout_parts
from debiteuren.book.addresses import email_address, iban
from debiteuren.book.percents import percents
from debiteuren.book.reader import TableReader
from debiteuren.book.settings_rows import read_settings, read_templates
from debiteuren.book.tables_agreements import read_arrangements, read_contacts, read_instalments
from debiteuren.book.tables_bank import read_allocations, read_payments, read_statements
from debiteuren.book.values import texts_of
from debiteuren.book.workbook import Contents
from debiteuren.domain.debtor import Channel, Debtor, DebtorKind, Form, Language, Tone
from debiteuren.domain.invoice import Block, Invoice
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import ZERO
from debiteuren.domain.problem import Problem, Severity
from debiteuren.domain.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the workbook holds; with a fault among `problems` the ledger must not be worked with."""

    ledger: Ledger
    problems: tuple[Problem, ...]

    @property
    def faults(self) -> tuple[Problem, ...]:
        """The problems that stop a run."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.FAULT)


def read_ledger(contents: Contents) -> Reading:
    """The whole workbook as domain types, faulty rows left out, all problems in order of sheet and row."""
    problems: list[Problem] = []
    settings = read_settings(contents, problems)

    def reader(table: layout_parts.TableLayout) -> TableReader:
        inputs = table.names(layout_parts.Role.REQUIRED, layout_parts.Role.INPUT) or table.names()
        return TableReader(contents.grids[table.name], inputs, problems, contents.epoch)

    debtors = _debtors(reader(layout.DEBITEUREN))
    ledger = Ledger(
        invoices=_invoices(reader(layout.FACTUREN), debtors, settings),
        debtors=debtors,
        payments=read_payments(reader(layout.BETALINGEN)),
        statements=read_statements(reader(layout.AFSCHRIFTEN)),
        allocations=read_allocations(reader(layout.KOPPELINGEN)),
        arrangements=read_arrangements(reader(layout.REGELINGEN)),
        instalments=read_instalments(reader(layout.TERMIJNEN)),
        contacts=read_contacts(reader(layout.CONTACT)),
        templates=read_templates(contents, problems),
        settings=settings,
    )
    sheets = {name: order for order, name in enumerate(layout.SHEETS)}
    problems.sort(key=lambda problem: (sheets.get(problem.sheet, 0), problem.row or 0))
    return Reading(ledger=ledger, problems=tuple(problems))


def _debtors(read: TableReader) -> tuple[Debtor, ...]:
    numbers = read.keys("Debiteurnummer", "D100")
    read.doubles_doubt("Debiteurnummer", numbers)
    names = read.keys("Naam", "Bakkerij van Dam")
    return tuple(
        Debtor(
            number=numbers[index],
            name=names[index],
            kind=kind,
            first_name=first_name,
            last_name=last_name,
            form=form or Form.U,
            email=email_address(read, index, "E-mail", email),
            phone=phone,
            iban=iban(read, index, "IBAN", account),
            address=address,
            postcode=postcode,
            city=city,
            kvk=kvk,
            vat_number=vat_number,
            term_days=term,
            discount_percent=percent,
            discount_days=discount_days,
            language=language or Language.NL,
            tone=tone or Tone.FRIENDLY,
            channel=channel or Channel.EMAIL,
            call_between=call_between,
            no_reminders_until=until,
            terms_accepted=terms,
            note=note,
            row=row,
        )
        for index, (
            row,
            kind,
            first_name,
            last_name,
            form,
            email,
            phone,
            account,
            address,
            postcode,
            city,
            kvk,
            vat_number,
            term,
            percent,
            discount_days,
            language,
            tone,
            channel,
            call_between,
            until,
            terms,
            note,
        ) in enumerate(
            zip(
                read.rows,
                read.choices("Soort", DebtorKind),
                read.texts("Voornaam"),
                read.texts("Achternaam"),
                read.choices("Aanspreekvorm", Form, Form.U),
                read.texts("E-mail"),
                read.texts("Telefoon"),
                read.texts("IBAN"),
                read.texts("Adres"),
                read.texts("Postcode"),
                read.texts("Plaats"),
                read.texts("KvK-nummer"),
                read.texts("Btw-nummer"),
                read.wholes("Betaaltermijn"),
                percents(read, "Kortingspercentage"),
                read.wholes("Kortingsdagen"),
                read.choices("Taal", Language, Language.NL),
                read.choices("Toon", Tone, Tone.FRIENDLY),
                read.choices("Kanaal", Channel, Channel.EMAIL),
                read.texts("Bellen tussen"),
                read.days("Niet herinneren tot", latest=date.max),
                read.texts("Voorwaarden akkoord"),
                read.texts("Notitie"),
                strict=True,
            )
        )
        if numbers[index]
    )


def _invoices(read: TableReader, debtors: Sequence[Debtor], settings: Settings) -> tuple[Invoice, ...]:
    """Every complete row; a missing Vervaldatum follows from the debtor's term, else the default."""
    terms = {debtor.number: debtor.term_days for debtor in reversed(debtors)}
    numbers = read.keys("Factuurnummer", "2026-0042")
    read.doubles_fault("Factuurnummer", numbers, "geef elke factuur een eigen nummer, of wis de dubbele rij.")
    owners = read.keys("Debiteurnummer", "D100")
    found: list[Invoice] = []
    for index, (
        row,
        issued,
        due,
        amount,
        vat,
        text,
        delivered,
        reference,
        file,
        block,
        block_word,
        until,
        reason,
    ) in enumerate(
        zip(
            read.rows,
            read.days("Factuurdatum", required=True),
            read.days("Vervaldatum"),
            read.amounts("Bedrag", required=True),
            read.amounts("Btw"),
            read.texts("Omschrijving"),
            read.days("Leverdatum"),
            read.texts("Betalingskenmerk"),
            read.texts("Bestand"),
            read.choices("Blokkade", Block, Block.HOLD),
            texts_of(read.cells("Blokkade")),
            read.days("Blokkade tot", latest=date.max),
            read.texts("Blokkadereden"),
            strict=True,
        )
    ):
        if not numbers[index] or not owners[index] or issued is None or amount is None:
            continue
        owner = owners[index]
        if owner not in terms:
            read.doubt(
                index,
                "Debiteurnummer",
                f'Hier staat "{owner}". Die debiteur staat niet op het blad Debiteuren.',
                "voeg de debiteur daar toe, of verbeter het nummer.",
            )
        if due is not None and due < issued:
            read.doubt(
                index,
                "Vervaldatum",
                f"De vervaldatum {due:%d-%m-%Y} ligt vóór de factuurdatum {issued:%d-%m-%Y}.",
                "kijk of de datums kloppen.",
            )
        if amount == ZERO:
            read.doubt(
                index,
                "Bedrag",
                "Het bedrag is € 0,00: hier valt niets te betalen.",
                "klopt dat, dan hoeft u niets te doen.",
            )
        found.append(
            Invoice(
                number=numbers[index],
                debtor=owner,
                issued=issued,
                due=due or issued + timedelta(days=_term(terms.get(owner), settings)),
                amount=amount,
                vat=vat,
                description=text,
                delivered=delivered,
                reference=reference,
                file=file,
                block=block,
                block_until=until,
                block_reason=reason,
                block_word=block_word if block is Block.HOLD and not _is_hold(block_word) else "",
                row=row,
            )
        )
    return tuple(found)


def _is_hold(word: str) -> bool:
    return word.casefold() == Block.HOLD.casefold()


def _term(term: int | None, settings: Settings) -> int:
    return settings.term_days if term is None else term
