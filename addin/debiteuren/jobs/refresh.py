"""Bijwerken: what paid what, what is late, what to do next and why, for the whole workbook.

Answers: every computed column, the ledger Koppelingen, the worklist, Start and Controle, as of a day.
Source: docs/regels.md. Changes nothing itself: a frozen plan comes out.
Leaves to others: each question to its rule; writing it down (book/results.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from debiteuren.domain.arrangement import ArrangementState
from debiteuren.domain.debtor import DebtorState
from debiteuren.domain.invoice import InvoiceState
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.payment import MatchStatus, PaymentState
from debiteuren.domain.problem import Problem
from debiteuren.domain.worklist import WorkItem
from debiteuren.jobs.double_bookings import double_problems, undecided_doubles
from debiteuren.jobs.overview import Overview, overview
from debiteuren.rules.arrangement_checks import arrangement_doubts
from debiteuren.rules.arrangements import arrangement_states
from debiteuren.rules.behaviour import debtor_states
from debiteuren.rules.confirmation import sent_without_day
from debiteuren.rules.credits import with_credits
from debiteuren.rules.doubts import doubts
from debiteuren.rules.freshness import bank_freshness
from debiteuren.rules.matching import match
from debiteuren.rules.next_action import invoice_states
from debiteuren.rules.worklist import worklist


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """Everything worked out as of `on`. `ledger` holds the allocations as they now are.

    `given`: the doubts that came in; `problems`: those and ours.
    """

    ledger: Ledger
    on: date
    invoices: tuple[InvoiceState, ...]
    debtors: tuple[DebtorState, ...]
    payments: tuple[PaymentState, ...]
    arrangements: tuple[ArrangementState, ...]
    worklist: tuple[WorkItem, ...]
    overview: Overview
    given: tuple[Problem, ...]
    problems: tuple[Problem, ...]

    def matched(self, status: MatchStatus) -> int:
        """How many payments have this Koppelstatus."""
        return sum(1 for state in self.payments if state.status is status)


def refresh(
    ledger: Ledger, on: date, problems: Sequence[Problem] = (), *, now: datetime | None = None
) -> Refreshed:
    """Work everything out as of `on`; `problems` are the readers' doubts, to be shown with ours.

    `now`: the time of day where `on` is today, for the hour in which an arrangement is confirmed.
    """
    doubles = undecided_doubles(ledger)
    matching = match(ledger, on, doubles=doubles)
    ledger = replace(ledger, allocations=matching.allocations)
    arrangements = arrangement_states(ledger, on)
    invoices = invoice_states(ledger, arrangements, on)
    debtors = with_credits(debtor_states(ledger, invoices, on, arrangements), matching.payments, ledger)
    found = tuple(
        dict.fromkeys(
            (
                *problems,
                *matching.problems,
                *double_problems(ledger.payments, doubles),
                *doubts(ledger, invoices, on),
                *arrangement_doubts(ledger, invoices, arrangements, on),
                *sent_without_day(ledger, arrangements, on),
            )
        )
    )
    bank = bank_freshness(ledger, on)
    return Refreshed(
        ledger=ledger,
        on=on,
        invoices=invoices,
        debtors=debtors,
        payments=matching.payments,
        arrangements=arrangements,
        worklist=worklist(ledger, invoices, arrangements, on, now),
        overview=overview(
            invoices=invoices,
            debtors=debtors,
            payments=matching.payments,
            arrangements=arrangements,
            problems=found,
            bank=bank,
            on=on,
        ),
        given=tuple(problems),
        problems=found,
    )
