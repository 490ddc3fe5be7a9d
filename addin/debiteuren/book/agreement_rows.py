"""A new arrangement → rows of Regelingen and Termijnen, without their computed columns.

Source: docs/handleiding.md, "De bladen".
Leaves to others: the computed columns and the writing (results.py).
"""

from datetime import time

from debiteuren.book.results import joined, number
from debiteuren.book.workbook import Cell
from debiteuren.domain.arrangement import Arrangement, Instalment


def arrangement_row(arrangement: Arrangement) -> dict[str, Cell]:
    """A new row of Regelingen, without its computed columns."""
    recorded = arrangement.recorded
    return {
        "Regeling": arrangement.id,
        "Debiteurnummer": arrangement.debtor,
        "Facturen": joined(arrangement.invoices),
        "Bedrag": number(arrangement.amount),
        "Afgesproken op": arrangement.agreed_on,
        "Afgesproken met": arrangement.agreed_with,
        "Kanaal": arrangement.channel,
        "Voorwaarden": arrangement.terms,
        "Gevolg bij niet nakomen": arrangement.consequence,
        "Bevestigd op": arrangement.confirmed_on,
        "Akkoord op": arrangement.accepted_on,
        "Waarvan kosten": number(arrangement.costs),
        "Waarvan rente": number(arrangement.interest),
        "Toen al binnen": number(arrangement.already_in),
        "Vervangt": arrangement.replaces,
        "Vastgelegd op": recorded.date() if recorded and recorded.time() == time() else recorded,
    }


def instalment_row(instalment: Instalment) -> dict[str, Cell]:
    """A new row of Termijnen, without its computed columns."""
    return {
        "Regeling": instalment.arrangement,
        "Termijn": instalment.number,
        "Vervaldatum": instalment.due,
        "Bedrag": number(instalment.amount),
    }
