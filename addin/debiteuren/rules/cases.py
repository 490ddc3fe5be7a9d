"""One open invoice with everything a decision about it rests on, and what all of them share.

Answers: which facts of the whole ledger belong to this invoice, and what does a debtor owe late.
Source: docs/regels.md, "Status", "Drempel" and "Regeling" (which counts as running).
Leaves to others: deciding (next_action.py, ladder_action.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from debiteuren.domain.arrangement import (
    ArrangementState,
    ArrangementStatus,
    InstalmentState,
    InstalmentStatus,
)
from debiteuren.domain.contact import Contact
from debiteuren.domain.debtor import Debtor
from debiteuren.domain.invoice import Block, Invoice, InvoiceStatus
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import ZERO
from debiteuren.domain.settings import LadderStep, Settings
from debiteuren.rules.contact_log import ContactLog, contact_log
from debiteuren.rules.disputes import Dispute, dispute
from debiteuren.rules.freshness import BankFreshness, bank_freshness
from debiteuren.rules.instalments import last_day_on_time
from debiteuren.rules.ladder import steps_for
from debiteuren.rules.unpaid import Booking, block_on, bookings_by_invoice, invoice_status, is_late


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What every invoice of a run shares: the day, the knobs, and the ledger by key.

    `running`: per invoice the arrangement that counts as running; `ended`: the one that did until last.
    """

    on: date
    settings: Settings
    freshness: BankFreshness
    debtors: Mapping[str, Debtor]
    by_debtor: Mapping[str, Sequence[Invoice]]
    bookings: Mapping[str, Sequence[Booking]]
    log: ContactLog
    running: Mapping[str, ArrangementState]
    ended: Mapping[str, ArrangementState]
    protected_steps: tuple[LadderStep, ...]
    business_steps: tuple[LadderStep, ...]

    def steps(self, debtor: Debtor | None) -> tuple[LadderStep, ...]:
        """The ladder of this debtor; one we know nothing about is protected."""
        return self.protected_steps if debtor is None or debtor.is_protected else self.business_steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An invoice on which something is open. `block`: the Blokkade that holds; `told`: a logged dispute."""

    invoice: Invoice
    debtor: Debtor | None
    paid: Decimal
    unpaid: Decimal
    late: bool
    block: Block | None
    rows: tuple[Contact, ...]
    told: Dispute
    arrangement: ArrangementState | None
    status: InvoiceStatus

    @property
    def disputed(self) -> bool:
        """Blokkade Betwist, or a dispute told in Contact that no Blokkade overrules."""
        return self.block is Block.DISPUTED or (self.block is None and self.told.since is not None)


def shared_by_all(ledger: Ledger, arrangements: Iterable[ArrangementState], on: date) -> Shared:
    """The ledger as of a day, by key."""
    judged = tuple(arrangements)
    return Shared(
        on=on,
        settings=ledger.settings,
        freshness=bank_freshness(ledger, on),
        debtors={debtor.number: debtor for debtor in ledger.debtors},
        by_debtor=_invoices_by_debtor(ledger),
        bookings=bookings_by_invoice(ledger, on),
        log=contact_log(ledger.contacts, on),
        running=running_by_invoice(judged, ledger.settings, on),
        ended=_ended_by_invoice(judged),
        protected_steps=steps_for(ledger.settings.ladder, protected=True),
        business_steps=steps_for(ledger.settings.ladder, protected=False),
    )


def _invoices_by_debtor(ledger: Ledger) -> dict[str, list[Invoice]]:
    """Only for debtors with a promise that names no invoice: others are never asked for."""
    wanted = {row.debtor for row in ledger.contacts if not row.invoices and row.promised_amount is not None}
    found: dict[str, list[Invoice]] = {number: [] for number in wanted}
    for invoice in ledger.invoices if wanted else ():
        if invoice.debtor in wanted:
            found[invoice.debtor].append(invoice)
    return found


def running_by_invoice(
    states: Iterable[ArrangementState], settings: Settings, on: date
) -> dict[str, ArrangementState]:
    """Per invoice the arrangement that counts as running on a day; one agreed later does not exist yet."""

    def urgency(state: ArrangementState) -> tuple[int, bool, bool]:
        """The newest first, for it took the place of the others; of one day the one that asks most."""
        missed = first_miss(state, settings) is not None
        agreed_on = state.arrangement.agreed_on or on
        return -agreed_on.toordinal(), not missed, state.status is not ArrangementStatus.TO_CONFIRM

    running = (
        state
        for state in states
        if state.status.counts_as_running
        and not state.replaced_by
        and (state.arrangement.agreed_on or on) <= on
    )
    found: dict[str, ArrangementState] = {}
    for state in sorted(running, key=urgency):
        for number in state.arrangement.invoices:
            found.setdefault(number, state)
    return found


def _ended_by_invoice(states: Iterable[ArrangementState]) -> dict[str, ArrangementState]:
    """Per invoice the arrangement that was broken or kept last."""
    over = (state for state in states if state.status in {ArrangementStatus.BROKEN, ArrangementStatus.KEPT})
    found: dict[str, ArrangementState] = {}
    for state in sorted(over, key=lambda one: one.ended_on or date.min):
        found.update(dict.fromkeys(state.arrangement.invoices, state))
    return found


def first_miss(state: ArrangementState, settings: Settings) -> tuple[InstalmentState, date] | None:
    """The oldest instalment that is missed, or paid in part past its day, and its last day on time."""
    missed = [
        (last_day_on_time(instalment.instalment.due, settings.grace_days), instalment)
        for instalment in misses(state)
        if instalment.instalment.due is not None
    ]
    if not missed:
        return None
    last_day, oldest = min(missed, key=lambda miss: miss[0])
    return oldest, last_day


def misses(state: ArrangementState) -> list[InstalmentState]:
    """Instalments that did not come, or not in full, through their last day."""
    return [instalment for instalment in state.instalments if instalment.status in _MISSES]


_MISSES = frozenset({InstalmentStatus.MISSED, InstalmentStatus.PARTLY_PAID})


def case_of(invoice: Invoice, paid: Decimal, shared: Shared) -> Case:
    """The facts about an invoice of which so many euros are paid and something is open."""
    bookings = shared.bookings.get(invoice.number, ())
    rows = shared.log.about(invoice, bookings, shared.settings.difference_max)
    told = dispute(rows)
    arrangement = shared.running.get(invoice.number)
    return Case(
        invoice=invoice,
        debtor=shared.debtors.get(invoice.debtor),
        paid=paid,
        unpaid=invoice.amount - paid,
        late=is_late(invoice, shared.on),
        block=block_on(invoice, shared.on),
        rows=rows,
        told=told,
        arrangement=arrangement,
        status=invoice_status(
            invoice,
            paid,
            shared.on,
            shared.settings.difference_max,
            arranged=arrangement is not None,
        ),
    )


def owed_late(cases: Iterable[Case], open_credit: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    """Per debtor the euros that Drempel is compared with.

    What is late, without disputed and handed-over invoices, less open credit notes (`open_credit`: debtor and
    the negative amount still open).
    """
    owed: dict[str, Decimal] = {}
    for case in cases:
        if case.late and not case.disputed and case.block is not Block.HANDED_OVER:
            owed[case.invoice.debtor] = owed.get(case.invoice.debtor, ZERO) + case.unpaid
    for debtor, amount in open_credit:
        if debtor in owed:
            owed[debtor] += amount
    return owed
