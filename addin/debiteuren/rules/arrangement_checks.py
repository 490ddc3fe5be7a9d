"""What does not fit in an arrangement that is otherwise complete.

Answers: is more agreed than was open, do the days rise and begin after the agreement, does it end within a
year, are the invoices free (no dispute, no other arrangement), and may the costs be asked. One gate for both
ways in: making one refuses, and of a row typed by hand Controle says it.
Source: docs/regels.md, "Een regeling maken"; rule A22; BW 6:96 for costs.
Leaves to others: what is missing or vague (arrangement_gate.py), the words on Controle (problem.py).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from debiteuren.domain.arrangement import Arrangement, ArrangementState, Instalment
from debiteuren.domain.contact import Contact, ContactKind, DraftState
from debiteuren.domain.days import dutch, spoken
from debiteuren.domain.debtor import Channel, Debtor
from debiteuren.domain.invoice import Action, InvoiceState, InvoiceStatus
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.problem import Problem, Severity
from debiteuren.rules.arrangement_gate import gap_doubts
from debiteuren.rules.arrangement_money import is_version_of
from debiteuren.rules.collection_costs import collection_costs
from debiteuren.rules.deadlines import hand_over_day
from debiteuren.rules.instalments import in_order, number_order
from debiteuren.rules.schedule import example_day, wished_days
from debiteuren.rules.unpaid import Booking, bookings_by_invoice

MONTHS_IN_A_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One thing that does not fit, with what would do. `waivable`: fine when the user means it.

    `instalment`: the one it is about, None when it is about the arrangement.
    """

    column: str
    found: str
    remedy: str
    instalment: Instalment | None = None
    waivable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the checks look things up in, as of a day."""

    settings_difference: Decimal
    invoices: Mapping[str, InvoiceState]
    bookings: Mapping[str, Sequence[Booking]]
    running: Sequence[ArrangementState]
    debtors: Mapping[str, Debtor]
    contacts: Sequence[Contact]

    @classmethod
    def of(
        cls,
        ledger: Ledger,
        invoices: Sequence[InvoiceState],
        arrangements: Sequence[ArrangementState],
        on: date,
        numbers: Collection[str],
    ) -> "Facts":
        """Of a whole ledger; `invoices` and `arrangements` as judged for that day.

        `numbers`: the invoices that will be asked about.
        """
        rows = tuple(row for row in ledger.allocations if row.invoice in numbers)
        return cls(
            settings_difference=ledger.settings.difference_max,
            invoices={one.invoice.number: one for one in invoices if one.invoice.number in numbers},
            bookings=bookings_by_invoice(replace(ledger, allocations=rows), on) if rows else {},
            running=[
                state for state in arrangements if state.status.counts_as_running and not state.replaced_by
            ],
            debtors={debtor.number: debtor for debtor in ledger.debtors},
            contacts=[contact for contact in ledger.contacts if contact.day <= on],
        )


def objections(
    arrangement: Arrangement, instalments: Sequence[Instalment], facts: Facts
) -> tuple[Objection, ...]:
    """Everything that does not fit, () when all does; without a day or amount nothing is said about it."""
    return (
        *_invoices(arrangement, facts),
        *_other_arrangements(arrangement, facts),
        *_amount(arrangement, facts),
        *_costs(arrangement, facts),
        *_days(arrangement, instalments),
    )


def arrangement_doubts(
    ledger: Ledger, invoices: Sequence[InvoiceState], arrangements: Sequence[ArrangementState], on: date
) -> tuple[Problem, ...]:
    """What Controle says: what an arrangement that is Onvolledig lacks, and what is odd about one that runs.

    A long one that the program recorded was confirmed.
    """
    lacking = gap_doubts(ledger, arrangements, on)
    numbers = {number for state in arrangements for number in state.arrangement.invoices}
    if not numbers:
        return lacking
    facts = Facts.of(ledger, invoices, arrangements, on, numbers)
    return lacking + tuple(
        Problem(
            severity=Severity.WARNING,
            sheet="Regelingen" if found.instalment is None else "Termijnen",
            row=(found.instalment or state.arrangement).row or None,
            column=found.column,
            found=found.found,
            remedy=found.remedy,
        )
        for state in facts.running
        for found in objections(state.arrangement, [part.instalment for part in state.instalments], facts)
        if not (found.waivable and state.arrangement.recorded)
    )


def _invoices(arrangement: Arrangement, facts: Facts) -> Iterator[Objection]:
    for number in arrangement.invoices:
        state = facts.invoices.get(number)
        if state is None:
            continue
        if state.action is Action.SOLVE_DISPUTE or state.status is InvoiceStatus.DISPUTED:
            yield Objection(
                column="Facturen",
                found=f"Factuur {number} is betwist.",
                remedy="los het geschil eerst op, of laat deze factuur uit de regeling.",
            )
        elif state.status is InvoiceStatus.HANDED_OVER:
            yield Objection(
                column="Facturen",
                found=f"Factuur {number} is uit handen gegeven; wie hem int, maakt ook de afspraken.",
                remedy="haal de Blokkade weg als hij weer bij u is, of laat deze factuur uit de regeling.",
            )


def _other_arrangements(arrangement: Arrangement, facts: Facts) -> Iterator[Objection]:
    """Of two that stand in the sheet the newest is told, so that one fault is named once."""
    stands = any(other.arrangement.id == arrangement.id for other in facts.running)
    for other in facts.running:
        older = other.arrangement
        if older.id == arrangement.id or is_version_of(arrangement, older):
            continue
        both = [number for number in arrangement.invoices if number in older.invoices]
        newest = not stands or _key(older) < _key(arrangement)
        if both and newest and not is_version_of(older, arrangement):
            yield Objection(
                column="Facturen",
                found=f"Factuur {both[0]} valt ook onder regeling {older.id}, die nog loopt.",
                remedy=f"is dit daarvan de nieuwe versie, noem {older.id} dan bij Vervangt; laat de factuur "
                "er anders uit.",
            )


def _key(arrangement: Arrangement) -> tuple[date, str]:
    return arrangement.agreed_on or date.max, arrangement.id


def open_then(number: str, facts: Facts, day: date) -> Decimal:
    """What was open on an invoice when a day began, in euros; nothing on one that is not there."""
    state = facts.invoices.get(number)
    if state is None:
        return ZERO
    paid = sum((one.amount for one in facts.bookings.get(number, ()) if one.day < day), ZERO)
    return state.invoice.amount - paid


def _amount(arrangement: Arrangement, facts: Facts) -> Iterator[Objection]:
    if arrangement.amount is None or arrangement.agreed_on is None:
        return
    principal = arrangement.amount - arrangement.extras
    was_open = sum(
        (open_then(number, facts, arrangement.agreed_on) for number in arrangement.invoices), ZERO
    ) - (arrangement.already_in or ZERO)
    if principal > was_open + facts.settings_difference:
        beside = ", zonder de afgesproken kosten en rente," if arrangement.extras else ""
        yield Objection(
            column="Bedrag",
            found=f"Afgesproken is{beside} {euro(principal)}, en op {dutch(arrangement.agreed_on)} stond "
            f"{euro(was_open)} open.",
            remedy=f"spreek hooguit {euro(was_open)} af; wat er aan kosten en rente bij komt, hoort ook in "
            "Waarvan kosten en Waarvan rente.",
        )
    elif principal <= ZERO:
        yield Objection(
            column="Bedrag",
            found=f"Na aftrek van kosten en rente blijft {euro(principal)} over voor de facturen.",
            remedy="vul bij Bedrag het hele afgesproken bedrag in.",
        )


def _costs(arrangement: Arrangement, facts: Facts) -> Iterator[Objection]:
    """A consumer owes costs only after a 14-day letter, and never more than the scale (BW 6:96)."""
    costs, day = arrangement.costs or ZERO, arrangement.agreed_on
    for column, amount in (("Waarvan kosten", costs), ("Waarvan rente", arrangement.interest or ZERO)):
        if amount < ZERO:
            yield Objection(
                column=column,
                found=f"Hier staat {euro(amount)}. Dit bedrag kan niet kleiner dan nul zijn.",
                remedy="vul 0,00 in of meer, of maak de cel leeg.",
            )
    debtor = facts.debtors.get(arrangement.debtor)
    if costs <= ZERO or day is None or arrangement.amount is None or debtor is None:
        return
    if not debtor.is_protected:
        return
    letters = [
        hand_over_day(contact.day, by_post=debtor.channel is Channel.POST)
        for contact in facts.contacts
        if contact.debtor == debtor.number
        and contact.kind is ContactKind.FOURTEEN_DAY_LETTER
        and contact.draft is not DraftState.VOID
    ]
    most = collection_costs(arrangement.amount - arrangement.extras, day)
    if not letters or min(letters) > day:
        yield Objection(
            column="Waarvan kosten",
            found=f"{debtor.name} geldt als Consument en is nog geen kosten schuldig: daarvoor is eerst een "
            "14-dagenbrief nodig, en dat die dagen voorbij zijn.",
            remedy="laat de kosten weg, of stuur eerst de 14-dagenbrief.",
        )
    elif costs > most:
        yield Objection(
            column="Waarvan kosten",
            found=f"{euro(costs)} is meer dan een Consument volgens de wet schuldig is ({euro(most)}).",
            remedy=f"reken hooguit {euro(most)}.",
        )


def _days(arrangement: Arrangement, instalments: Sequence[Instalment]) -> Iterator[Objection]:
    agreed_on = arrangement.agreed_on
    if agreed_on is None:
        return
    dated = [part for part in instalments if part.due is not None]
    by_number = sorted(dated, key=lambda part: number_order(part.number))
    for earlier, later in pairwise(by_number):
        if earlier.due is not None and later.due is not None and later.due <= earlier.due:
            yield Objection(
                column="Vervaldatum",
                found=f"Termijn {later.number} valt op {dutch(later.due)}, niet na termijn {earlier.number} "
                f"({dutch(earlier.due)}).",
                remedy=f"noem een latere dag, bijvoorbeeld {spoken(example_day(earlier.due))}.",
                instalment=later,
            )
    ordered = in_order(dated)
    first, last = (ordered[0], ordered[-1]) if ordered else (None, None)
    if first is not None and first.due is not None and first.due < agreed_on:
        yield Objection(
            column="Vervaldatum",
            found=f"Termijn {first.number} valt op {dutch(first.due)}, vóór de dag van de afspraak "
            f"({dutch(agreed_on)}).",
            remedy=f"noem een dag die nog komt, bijvoorbeeld {spoken(example_day(agreed_on))}.",
            instalment=first,
        )
    if last is not None and last.due is not None and last.due > a_year_after(agreed_on):
        yield Objection(
            column="Vervaldatum",
            found=f"De laatste termijn valt op {dutch(last.due)}, meer dan een jaar na de afspraak.",
            remedy="spreek minder of grotere termijnen af, of houd het bewust zo.",
            instalment=last,
            waivable=True,
        )


def a_year_after(day: date) -> date:
    """The same day a year later; of 29 February the 28th.

    >>> a_year_after(date(2028, 2, 29))
    datetime.date(2029, 2, 28)
    """
    return wished_days(day, MONTHS_IN_A_YEAR + 1)[-1]
