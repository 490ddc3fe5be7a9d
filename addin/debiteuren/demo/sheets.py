"""The demo's facts as rows of the workbook's tables, with their column names.

Leaves to others: writing them into a workbook (book/).
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from debiteuren.demo.days import DAY
from debiteuren.demo.facts import Bill, CashPayment, Deal, Talk
from debiteuren.demo.numbering import betalingskenmerk
from debiteuren.demo.people import PEOPLE, Person
from debiteuren.demo.story import Story
from debiteuren.domain.days import dutch
from debiteuren.domain.debtor import Channel, Language

if TYPE_CHECKING:
    from debiteuren.book.workbook import Cell

    Row = dict[str, Cell]


def sheet_rows(story: Story, numbers: dict[Bill, str]) -> "dict[str, list[Row]]":
    """Table name → rows, in the order of the sheets."""
    ordered = sorted(story.bills, key=lambda bill: numbers[bill])
    talks = sorted(story.talks, key=lambda talk: talk.moment)
    return {
        "tblFacturen": [_invoice(bill, numbers) for bill in ordered],
        "tblDebiteuren": [_debtor(person, story) for person in PEOPLE.values()],
        "tblBetalingen": [_cash(payment, numbers) for payment in story.cash],
        "tblRegelingen": [_arrangement(deal, numbers) for deal in story.deals],
        "tblTermijnen": [row for deal in story.deals for row in _instalments(deal)],
        "tblContact": [_contact(talk, numbers) for talk in talks],
    }


def _money(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)


def _word(choice: StrEnum | None) -> str | None:
    return None if choice is None else choice.value


def _list(bills: Iterable[Bill], numbers: dict[Bill, str]) -> str:
    return "; ".join(sorted(numbers[bill] for bill in bills))


def _invoice(bill: Bill, numbers: dict[Bill, str]) -> "Row":
    number = numbers[bill]
    about = [numbers[bill.about]] if bill.about else []
    return {
        "Factuurnummer": number,
        "Debiteurnummer": bill.person.number,
        "Factuurdatum": bill.issued,
        "Vervaldatum": bill.due if bill.due_typed else None,
        "Bedrag": _money(bill.total),
        "Btw": _money(bill.price.vat),
        "Omschrijving": bill.text.format(*about),
        "Leverdatum": bill.delivered,
        "Betalingskenmerk": betalingskenmerk(number) if bill.with_reference else None,
        "Bestand": None,
        "Blokkade": _word(bill.block),
        "Blokkade tot": bill.block_until,
        "Blokkadereden": bill.block_reason or None,
    }


def _debtor(person: Person, story: Story) -> "Row":
    agreed = None if person.number in {"D127", "D140"} else f"ja, {dutch(_first_of_year(story.on))}"
    return {
        "Debiteurnummer": person.number,
        "Naam": person.name,
        "Soort": person.kind.value if person.kind_known else None,
        "Voornaam": person.first_name,
        "Achternaam": person.last_name,
        "Aanspreekvorm": person.form.value,
        "E-mail": person.email or None,
        "Telefoon": person.phone,
        "IBAN": person.iban if person.iban_known else None,
        "Adres": person.address,
        "Postcode": person.postcode,
        "Plaats": person.city,
        "KvK-nummer": person.kvk or None,
        "Btw-nummer": person.vat_number or None,
        "Betaaltermijn": person.term_days,
        "Kortingspercentage": None,
        "Kortingsdagen": None,
        "Taal": Language.NL.value,
        "Toon": person.tone.value,
        "Kanaal": person.channel.value,
        "Bellen tussen": person.call_between or None,
        "Niet herinneren tot": story.no_reminders_until.get(person.number),
        "Voorwaarden akkoord": agreed,
        "Notitie": person.note or None,
    }


def _first_of_year(on: date) -> date:
    """Everybody accepted the terms in the January before the books begin."""
    return date(on.year - 1, 1, 12) + (on.year % 5) * DAY


def _cash(payment: CashPayment, numbers: dict[Bill, str]) -> "Row":
    number = numbers[payment.bill]
    return {
        "Transactie": f"KAS-{payment.day:%Y%m%d}",
        "Rekening": None,
        "Boekdatum": payment.day,
        "Bedrag": _money(payment.bill.total),
        "Tegenrekening": None,
        "Naam": payment.bill.person.name,
        "Omschrijving": "Contant betaald op het werk",
        "Kenmerk": None,
        "Retourcode": None,
        "Bron": "Kas",
        "Uw keuze": number,
    }


def _arrangement(deal: Deal, numbers: dict[Bill, str]) -> "Row":
    person = deal.bills[0].person
    return {
        "Regeling": deal.id,
        "Debiteurnummer": person.number,
        "Facturen": _list(deal.bills, numbers),
        "Bedrag": _money(sum((bill.total for bill in deal.bills), Decimal(0))),
        "Afgesproken op": deal.agreed_on,
        "Afgesproken met": f"{person.first_name} {person.last_name}",
        "Kanaal": Channel.PHONE.value,
        "Voorwaarden": deal.terms,
        "Gevolg bij niet nakomen": deal.consequence or None,
        "Bevestigd op": deal.confirmed_on,
        "Akkoord op": None,
        "Waarvan kosten": None,
        "Waarvan rente": None,
        "Toen al binnen": None,
        "Vervangt": None,
        "Vastgelegd op": None,
    }


def _instalments(deal: Deal) -> "list[Row]":
    return [
        {
            "Regeling": deal.id,
            "Termijn": str(order),
            "Vervaldatum": part.due,
            "Bedrag": _money(part.amount),
        }
        for order, part in enumerate(deal.parts, start=1)
    ]


def _contact(talk: Talk, numbers: dict[Bill, str]) -> "Row":
    return {
        "Moment": talk.moment,
        "Debiteurnummer": talk.person.number,
        "Facturen": _list(talk.bills, numbers) or None,
        "Kanaal": talk.channel.value,
        "Soort": talk.kind.value,
        "Uitkomst": _word(talk.outcome),
        "Toegezegd op": talk.promised_on,
        "Toegezegd bedrag": _money(talk.promised_amount),
        "Reden": talk.reason or None,
        "Notitie": talk.note or None,
        "Concept": _word(talk.draft),
        "Sleutel": None,
    }
