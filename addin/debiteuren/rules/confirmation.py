"""Confirming an arrangement in writing, and hearing back.

Answers: until when the confirmation is within its hour, and which confirmed arrangement stayed without an
answer so long that one calls.
Source: docs/regels.md, "Bevestigen"; rules A23, D13 and D26.
Leaves to others: whether it counts as confirmed (arrangements.py), the worklist (worklist.py), the mail.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from debiteuren.domain.arrangement import Arrangement, ArrangementState, ArrangementStatus
from debiteuren.domain.contact import Contact, ContactKind, DraftState, Outcome
from debiteuren.domain.days import dutch
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.problem import Problem, Severity
from debiteuren.rules.freshness import workdays_words
from debiteuren.rules.workdays import workday_after, workdays_between

HOUR = timedelta(hours=1)
"""Within which the confirmation goes out (rule D26)."""
_MINUTE = timedelta(minutes=1)
_NO_TIME = time()


def confirm_by(arrangement: Arrangement, contacts: Iterable[Contact]) -> datetime | None:
    """The end of the hour; None where no time of day is known, or it was written down on a later day.

    The hour runs from Vastgelegd op, else from the last talk of that day on Contact with outcome Regeling.
    """
    recorded = arrangement.recorded
    if recorded is not None and recorded.date() == arrangement.agreed_on and recorded.time() != _NO_TIME:
        return recorded + HOUR
    talks = [
        contact.moment
        for contact in contacts
        if contact.debtor == arrangement.debtor
        and contact.outcome is Outcome.ARRANGEMENT
        and contact.day == arrangement.agreed_on
        and contact.moment.time() != _NO_TIME
        and _is_about(contact, arrangement)
    ]
    return max(talks) + HOUR if talks else None


def clock_words(end: datetime, now: datetime) -> str:
    """Wanneer while the hour runs, and on the rest of that day; '' on a later day.

    >>> clock_words(datetime(2026, 11, 21, 11, 5), datetime(2026, 11, 21, 10, 30))
    'nog 35 min'
    >>> clock_words(datetime(2026, 11, 21, 11, 5), datetime(2026, 11, 21, 11, 6))
    'sinds 11:05'
    """
    if now <= end:
        return f"nog {-((now - end) // _MINUTE)} min"
    return f"sinds {end:%H:%M}" if end.date() == now.date() else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A confirmed arrangement of which nothing was heard; `call_on`: the working day on which one calls."""

    state: ArrangementState
    confirmed_on: date
    call_on: date
    why: str


def unanswered(ledger: Ledger, arrangements: Sequence[ArrangementState], on: date) -> tuple[Unanswered, ...]:
    """Arrangements that run, were confirmed on Contact, and stayed without an answer or money since."""
    wait = ledger.settings.call_without_answer
    if wait <= 0 or not arrangements:
        return ()
    found = []
    for state in arrangements:
        if state.status is not ArrangementStatus.RUNNING or state.replaced or state.replaced_by:
            continue
        sent = last_confirmation(state.arrangement, ledger.contacts, on)
        if sent is None or workdays_between(sent.day, on) < wait or _heard(state, sent, ledger.contacts, on):
            continue
        why = (
            f"Regeling {state.arrangement.id} is op {dutch(sent.day)} bevestigd en na {workdays_words(wait)} "
            "is er geen antwoord (BellenZonderAkkoord): bel na; Akkoord op, een gesprek op Contact of een "
            "betaling verandert dit."
        )
        found.append(
            Unanswered(state=state, confirmed_on=sent.day, call_on=_workdays_after(sent.day, wait), why=why)
        )
    return tuple(found)


def sent_without_day(
    ledger: Ledger, arrangements: Iterable[ArrangementState], on: date
) -> tuple[Problem, ...]:
    """What Controle says of a confirmation that was certainly sent while Bevestigd op is empty."""
    found = []
    confirmations: dict[str, list[Contact]] = {}
    for row in ledger.contacts:
        if row.kind is ContactKind.CONFIRMATION:
            confirmations.setdefault(row.debtor, []).append(row)
    for state in arrangements if confirmations else ():
        if state.status is not ArrangementStatus.TO_CONFIRM or state.replaced or state.replaced_by:
            continue
        sent = last_confirmation(state.arrangement, confirmations.get(state.arrangement.debtor, ()), on)
        if sent is not None and sent.draft is DraftState.SENT:
            found.append(
                Problem(
                    severity=Severity.WARNING,
                    sheet="Regelingen",
                    row=state.arrangement.row or None,
                    column="Bevestigd op",
                    found=f"De bevestiging van {state.arrangement.id} is verstuurd, en deze cel is leeg.",
                    remedy=f"vul {dutch(sent.day)} in.",
                )
            )
    return tuple(found)


def _workdays_after(day: date, count: int) -> date:
    for _ in range(count):
        day = workday_after(day)
    return day


def last_confirmation(arrangement: Arrangement, contacts: Iterable[Contact], on: date) -> Contact | None:
    """The last confirmation on Contact since the agreement that was sent, or at least not taken back."""
    sent = [
        contact
        for contact in contacts
        if contact.kind is ContactKind.CONFIRMATION
        and contact.draft is not DraftState.VOID
        and contact.debtor == arrangement.debtor
        and arrangement.agreed_on is not None
        and arrangement.agreed_on <= contact.day <= on
        and _is_about(contact, arrangement)
    ]
    return max(sent, key=lambda contact: contact.moment, default=None)


def _heard(state: ArrangementState, sent: Contact, contacts: Iterable[Contact], on: date) -> bool:
    """He wrote that he agrees, spoke with us, or paid."""
    accepted = state.arrangement.accepted_on
    if (accepted is not None and accepted <= on) or any(one.day >= sent.day for one in state.money):
        return True
    return any(
        contact.debtor == sent.debtor
        and sent.moment < contact.moment
        and contact.day <= on
        and (
            (contact.kind is ContactKind.OTHER and not contact.key)  # with a key it is our own letter
            or (contact.kind is ContactKind.CONVERSATION and contact.outcome is not Outcome.NO_ANSWER)
        )
        for contact in contacts
    )


def _is_about(contact: Contact, arrangement: Arrangement) -> bool:
    return not contact.invoices or any(number in arrangement.invoices for number in contact.invoices)
