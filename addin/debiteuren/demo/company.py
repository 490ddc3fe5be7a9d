"""Hoveniersbedrijf De Linde B.V. as of any day: its sheets, settings and bank files, and what must follow.

Answers: what does the fictional company's workbook hold, what did its three banks send, and which status,
action and letter must the rules find for the invoices with a story.
Source: docs/regels.md, "Werkmap".
Leaves to others: the computed columns (jobs/), the money in Betalingen (imported from the bank files).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from debiteuren.demo.abn_mt940 import write_mt940
from debiteuren.demo.history import tell_not_due, tell_paid, tell_small_talk
from debiteuren.demo.household import tell_household
from debiteuren.demo.ing_csv import write_ing_csv
from debiteuren.demo.numbering import numbers
from debiteuren.demo.people import OWN_IBANS, PEOPLE, OwnBank
from debiteuren.demo.rabobank_camt import write_camt
from debiteuren.demo.scenes_agreements import tell_arrangements, tell_promises
from debiteuren.demo.scenes_aside import tell_disputes, tell_pauses, tell_small_things
from debiteuren.demo.scenes_ladder import tell_calls, tell_letters, tell_waits
from debiteuren.demo.scenes_money import (
    tell_collections,
    tell_credits,
    tell_oddities,
    tell_paid_this_week,
    tell_parts,
)
from debiteuren.demo.sheets import sheet_rows
from debiteuren.demo.statements import statements
from debiteuren.demo.story import Story
from debiteuren.domain.arrangement import ArrangementStatus, InstalmentStatus
from debiteuren.domain.debtor import Channel
from debiteuren.domain.invoice import Action, InvoiceStatus
from debiteuren.domain.settings import Step

if TYPE_CHECKING:
    from debiteuren.book.workbook import Cell

INVOICE_COUNT = 250

_SCENES = (
    tell_letters,
    tell_calls,
    tell_waits,
    tell_disputes,
    tell_pauses,
    tell_small_things,
    tell_promises,
    tell_arrangements,
    tell_paid_this_week,
    tell_parts,
    tell_credits,
    tell_oddities,
    tell_collections,
    tell_not_due,
    tell_small_talk,
)
_LETTERS = {
    Action.REMINDER: Step.REMINDER,
    Action.SECOND_REMINDER: Step.SECOND_REMINDER,
    Action.FOURTEEN_DAY_LETTER: Step.FOURTEEN_DAY_LETTER,
    Action.FINAL_DEMAND: Step.FINAL_DEMAND,
}
"""The letters, the firmest last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedDrafts:
    """Debtor numbers: who gets an e-mail, in which (firmest) step; who a letter on paper; who nothing."""

    by_mail: Mapping[str, Step]
    on_paper: Mapping[str, Step]
    nothing: frozenset[str]


@dataclass(frozen=True, slots=True)
class ExpectedArrangement:
    """What the rules must find for an arrangement: its status, and those of its instalments in order."""

    status: ArrangementStatus
    instalments: tuple[InstalmentStatus, ...]


def _tell(on: date) -> Story:
    story = Story(on)
    for scene in _SCENES:
        scene(story)
    tell_paid(story, INVOICE_COUNT - len(story.bills))
    tell_household(story)
    return story


def demo_rows(on: date) -> dict[str, list[dict[str, "Cell"]]]:
    """Table name → rows with every input column; None where the cell is empty.

    Betalingen holds only what was paid in cash: the rest comes from the bank files.
    """
    story = _tell(on)
    return sheet_rows(story, numbers(story.bills))


def demo_settings(on: date) -> dict[str, "Cell"]:
    """Named cell → value, for the cells that differ from a new workbook."""
    return {
        "EigenNaam": "Hoveniersbedrijf De Linde B.V.",
        "EigenAdres": "Lindelaan 12",
        "EigenPostcode": "3941 BS",
        "EigenPlaats": "Doorn",
        "EigenTelefoon": "0343 55 01 00",
        "EigenEmail": "marijke@hoveniersdelinde.example",
        "EigenIBAN": OWN_IBANS[OwnBank.ABN],
        "EigenKvK": "90088120",
        "EigenBtw": "NL865432198B92",
        "Ondertekening": "Marijke de Linde",
        "Peildatum": on,
    }


def demo_bank_files(on: date) -> dict[str, bytes]:
    """File name → content: MT940 of ABN AMRO, CSV of ING, CAMT.053 of Rabobank, up to the last bank days."""
    story = _tell(on)
    known = numbers(story.bills)
    abn, ing, rabo = (statements(story, known, account) for account in OwnBank)
    return {
        f"ABN AMRO {on:%Y-%m-%d}.sta": write_mt940(abn),
        f"ING {on:%Y-%m-%d}.csv": write_ing_csv(ing),
        f"Rabobank {on:%Y-%m-%d}.xml": write_camt(rabo, on),
    }


def expected(on: date) -> dict[str, tuple[InvoiceStatus, Action]]:
    """Invoice number → status and next action after importing the files, for all but the deliberately odd."""
    story = _tell(on)
    known = numbers(story.bills)
    return {known[bill]: verdict for bill, verdict in story.expected.items()}


def expected_arrangements(on: date) -> dict[str, ExpectedArrangement]:
    """Regeling → what must be found for it and its instalments."""
    return {
        deal.id: ExpectedArrangement(deal.status, tuple(part.status for part in deal.parts))
        for deal in _tell(on).deals
    }


def expected_drafts(on: date) -> ExpectedDrafts:
    """Who must get a reminder now, who one on paper, and who must not hear from us."""
    story = _tell(on)
    firmest: dict[str, Step] = {}
    for letter, step in _LETTERS.items():
        due = [bill.person.number for bill, (_, action) in story.expected.items() if action is letter]
        firmest.update(dict.fromkeys(due, step))
    for number in story.held:
        firmest.pop(number, None)
    return ExpectedDrafts(
        by_mail={number: step for number, step in firmest.items() if not _on_paper(number)},
        on_paper={number: step for number, step in firmest.items() if _on_paper(number)},
        nothing=frozenset(PEOPLE) - frozenset(firmest),
    )


def _on_paper(number: str) -> bool:
    return PEOPLE[number].channel is Channel.POST
