"""Regelingen, Termijnen and Contact → Arrangement, Instalment, Contact."""

from debiteuren.book import layout
from debiteuren.book.reader import TableReader
from debiteuren.book.values import split_numbers
from debiteuren.domain.arrangement import Arrangement, Instalment
from debiteuren.domain.contact import Contact, ContactKind, DraftState, Outcome


def read_arrangements(read: TableReader) -> tuple[Arrangement, ...]:
    """Every row; what is missing makes it Onvolledig, which is for rules/arrangements.py to say."""
    ids = read.texts("Regeling")
    read.doubles_doubt("Regeling", ids)
    return tuple(
        Arrangement(
            id=name,
            debtor=debtor,
            invoices=split_numbers(invoices),
            amount=amount,
            agreed_on=day,
            agreed_with=person,
            channel=channel,
            terms=terms,
            consequence=consequence,
            confirmed_on=confirmed,
            accepted_on=accepted,
            costs=costs,
            interest=interest,
            already_in=already_in,
            replaces=replaces,
            recorded=recorded,
            row=row,
        )
        for (
            row,
            name,
            debtor,
            invoices,
            amount,
            day,
            person,
            channel,
            terms,
            consequence,
            confirmed,
            accepted,
            costs,
            interest,
            already_in,
            replaces,
            recorded,
        ) in zip(
            read.rows,
            ids,
            read.texts("Debiteurnummer"),
            read.texts("Facturen"),
            read.amounts("Bedrag"),
            read.days("Afgesproken op"),
            read.texts("Afgesproken met"),
            read.texts("Kanaal"),
            read.texts("Voorwaarden"),
            read.texts("Gevolg bij niet nakomen"),
            read.days("Bevestigd op"),
            read.days("Akkoord op"),
            read.amounts("Waarvan kosten"),
            read.amounts("Waarvan rente"),
            read.amounts("Toen al binnen"),
            read.texts("Vervangt"),
            read.moments("Vastgelegd op", required=False),
            strict=True,
        )
    )


def read_instalments(read: TableReader) -> tuple[Instalment, ...]:
    """Every row, also one with an empty day or amount."""
    return tuple(
        Instalment(arrangement=arrangement, number=number, due=due, amount=amount, row=row)
        for row, arrangement, number, due, amount in zip(
            read.rows,
            read.texts("Regeling"),
            read.texts("Termijn"),
            read.days("Vervaldatum"),
            read.amounts("Bedrag"),
            strict=True,
        )
    )


def read_contacts(read: TableReader) -> tuple[Contact, ...]:
    """Every complete row; an unknown word in Soort counts as Overig."""
    debtors = read.keys("Debiteurnummer", "D100")
    kinds = read.choices("Soort", ContactKind, ContactKind.OTHER)
    for column, words in (("Kanaal", read.texts("Kanaal")), ("Soort", kinds)):
        for index, word in enumerate(words):
            if not word:
                read.missing(index, column, layout.CONTACT.column(column).choices[0])
    return tuple(
        Contact(
            moment=moment,
            debtor=debtor,
            invoices=split_numbers(invoices),
            kind=kind,
            channel=channel,
            outcome=outcome,
            promised_on=promised_on,
            promised_amount=promised_amount,
            reason=reason,
            note=note,
            draft=draft,
            key=key,
            row=row,
        )
        for (
            row,
            moment,
            debtor,
            kind,
            invoices,
            channel,
            outcome,
            promised_on,
            promised_amount,
            reason,
            note,
            draft,
            key,
        ) in zip(
            read.rows,
            read.moments("Moment"),
            debtors,
            kinds,
            read.texts("Facturen"),
            read.texts("Kanaal"),
            read.choices("Uitkomst", Outcome, Outcome.OTHER),
            read.days("Toegezegd op"),
            read.amounts("Toegezegd bedrag"),
            read.texts("Reden"),
            read.texts("Notitie"),
            read.choices("Concept", DraftState, DraftState.MADE),
            read.texts("Sleutel"),
            strict=True,
        )
        if moment is not None and kind is not None and debtor
    )
