"""How a debtor pays, and what to do with that.

Answers: the computed columns of Debiteuren: open, late, average days late, Betaalgedrag and Advies.
Source: docs/regels.md, "Betaalgedrag"; rules E07 (history), E08 (early warning), E09 (late but reliable:
other terms), C14 (part in advance). The limits below are ours.
Leaves to others: what is done about a single invoice (next_action.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from debiteuren.domain.arrangement import ArrangementState, ArrangementStatus
from debiteuren.domain.debtor import Debtor, DebtorState
from debiteuren.domain.invoice import Action, InvoiceState, InvoiceStatus
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import ZERO, euro

RECENT = 12
"""So many of the last paid invoices tell how somebody pays now."""
ENOUGH = 3
"""Fewer paid invoices tell nothing."""
SLACK = 3
"""Days late that are no habit: a weekend, a bank's processing."""
MOSTLY = 3
"""At most one in so many late is "Meestal op tijd"."""
STEADY = 14
"""Days between early and late of one who is reliable; so long past his latest ever is a warning."""
TREND = 3
"""The last so many paid invoices against the ones before, of which there must be as many."""
WORSE = 7
"""Days later than before that are a warning."""


class Behaviour(StrEnum):
    """Betaalgedrag."""

    UNKNOWN = "Nog onbekend"
    ON_TIME = "Op tijd"
    MOSTLY_ON_TIME = "Meestal op tijd"
    RELIABLY_LATE = "Laat maar betrouwbaar"
    IRREGULAR = "Wisselend laat"
    WORSENING = "Wordt slechter"


_FEW = "Nog weinig betaalde facturen"


@dataclass(slots=True)
class _Tally:
    unpaid: Decimal = ZERO
    overdue: Decimal = ZERO
    oldest: int = 0
    known: str = "Nog nooit betaald"
    history: list[tuple[int, str, int]] | None = None


def debtor_states(
    ledger: Ledger,
    states: Iterable[InvoiceState],
    on: date,
    arrangements: Iterable[ArrangementState] = (),
) -> tuple[DebtorState, ...]:
    """The computed columns of every debtor as of a day, in the order of the ledger.

    Openstaand is the sum of Openstaand of his invoices, credit notes included; Te laat the part that has days
    late, whatever its Status. Paid before the due day is 0 days late. An invoice dated after `on` does not
    count yet.
    """
    tallies: dict[str, _Tally] = {}
    for state in states:
        if state.invoice.issued > on:
            continue
        tally = tallies.get(state.invoice.debtor)
        if tally is None:
            tally = tallies[state.invoice.debtor] = _Tally()
        _count(tally, state)
    nothing = _Tally()
    kept = _arrangements_by_debtor(arrangements)
    return tuple(
        _debtor_state(debtor, tallies.get(debtor.number, nothing), kept.get(debtor.number, ""))
        for debtor in ledger.debtors
    )


def _arrangements_by_debtor(arrangements: Iterable[ArrangementState]) -> dict[str, str]:
    """Per debtor how earlier arrangements ended, in a sentence."""
    ends: dict[str, list[bool]] = {}
    for state in arrangements:
        if state.status in {ArrangementStatus.KEPT, ArrangementStatus.BROKEN} and not state.replaced_by:
            ends.setdefault(state.arrangement.debtor, []).append(state.status is ArrangementStatus.KEPT)
    return {debtor: arrangements_said(kept) for debtor, kept in ends.items()}


def arrangements_said(kept: Sequence[bool]) -> str:
    """How arrangements ended, with what that means for the next one; '' without any.

    >>> arrangements_said([True])
    'Kwam 1 regeling na: een volgende afspraak is het proberen waard.'
    """
    if not kept:
        return ""
    broken = kept.count(False)
    if not broken:
        return f"Kwam {_arrangements(len(kept))} na: een volgende afspraak is het proberen waard."
    of = (
        f" van de {len(kept)} regelingen"
        if len(kept) > broken
        else f" {_arrangements(broken).split(' ', 1)[1]}"
    )
    return f"Verbrak {broken}{of}: vraag bij een nieuwe afspraak meteen een deel."


def _arrangements(count: int) -> str:
    return f"{count} {'regeling' if count == 1 else 'regelingen'}"


def _count(tally: _Tally, state: InvoiceState) -> None:
    tally.unpaid += state.unpaid
    if state.invoice.amount > ZERO and state.status is InvoiceStatus.PAID:
        tally.known = _FEW
    elif state.invoice.amount > ZERO and state.paid > ZERO and tally.known != _FEW:
        tally.known = "Nog geen factuur helemaal betaald"
    if state.paid_on is not None:
        late = max((state.paid_on - state.invoice.due).days, 0)
        if tally.history is None:
            tally.history = []
        tally.history.append((state.paid_on.toordinal(), state.invoice.number, late))
    elif state.days_late is not None:
        tally.overdue += state.unpaid
        if state.status is InvoiceStatus.OVERDUE and state.action is not Action.SOLVE_DISPUTE:
            tally.oldest = max(tally.oldest, state.days_late)


def _debtor_state(debtor: Debtor, tally: _Tally, agreed: str) -> DebtorState:
    history = [late for _, _, late in sorted(tally.history or ())]
    recent = history[-RECENT:]
    kind = behaviour(recent, tally.oldest)
    return DebtorState(
        debtor=debtor,
        unpaid=tally.unpaid,
        overdue=tally.overdue,
        average_late=_average(history) if history else None,
        behaviour=kind.value,
        advice=f"{advice(kind, recent, tally.oldest, tally.overdue, tally.known)} {agreed}".strip(),
    )


def _average(days: Sequence[int]) -> int:
    """Rounded half up.

    >>> _average([1, 2])
    2
    """
    return (2 * sum(days) + len(days)) // (2 * len(days))


def behaviour(recent: Sequence[int], oldest_open: int) -> Behaviour:
    """How he pays, from days late of paid invoices, oldest first, and of the oldest that is late now (or 0).

    >>> behaviour([12, 15, 13], 0).value
    'Laat maar betrouwbaar'
    """
    if len(recent) < ENOUGH:
        return Behaviour.UNKNOWN
    if _slower(recent) or oldest_open > max(recent) + STEADY:
        return Behaviour.WORSENING
    late = sum(1 for days in recent if days > SLACK)
    if late == 0:
        return Behaviour.ON_TIME
    if late * MOSTLY <= len(recent):
        return Behaviour.MOSTLY_ON_TIME
    if max(recent) - min(recent) <= STEADY:
        return Behaviour.RELIABLY_LATE
    return Behaviour.IRREGULAR


def _slower(recent: Sequence[int]) -> bool:
    """The last few are each later than usual was before, and on average more than a week."""
    if len(recent) < 2 * TREND:
        return False
    last, usual = recent[-TREND:], _average(recent[:-TREND])
    return min(last) > usual and _average(last) - usual > WORSE


def advice(
    kind: Behaviour, recent: Sequence[int], oldest_open: int, overdue: Decimal, known: str = _FEW
) -> str:
    """What to do with it, in one Dutch sentence; '' where there is nothing to say yet.

    `known`: how far he has paid, where too few paid invoices tell.
    """
    count = len(recent)
    if kind is Behaviour.UNKNOWN:
        return _unknown(known, overdue)
    late = sum(1 for days in recent if days > SLACK)
    longest = max(recent)
    sentences = {
        Behaviour.WORSENING: (
            f"{_worse(recent, oldest_open)}: "
            "vraag wat er speelt, en bij een nieuwe opdracht een deel vooruit."
        ),
        Behaviour.ON_TIME: f"De laatste {count} facturen kwamen op tijd: {_now(oldest_open)}.",
        Behaviour.MOSTLY_ON_TIME: (
            f"Van de laatste {count} facturen kwam er {late} te laat: een vriendelijke herinnering volstaat."
            if late == 1
            else f"Van de laatste {count} facturen kwamen er {late} te laat: "
            "een vriendelijke herinnering volstaat."
        ),
        Behaviour.RELIABLY_LATE: (
            f"Betaalt altijd, {min(recent)} tot {longest} dagen te laat: "
            "spreek een betaaltermijn af die daarbij past."
        ),
        Behaviour.IRREGULAR: (
            f"Van de laatste {count} facturen kwamen er {late} te laat, tot {longest} dagen: "
            "vraag naar de oorzaak en spreek een vaste betaaldag af."
        ),
    }
    return sentences[kind]


def _now(oldest_open: int) -> str:
    if oldest_open == 0:
        return "niets te doen"
    days = "1 dag" if oldest_open == 1 else f"{oldest_open} dagen"
    return f"dat er nu een {days} te laat is, zal een vergissing zijn"


def _unknown(known: str, overdue: Decimal) -> str:
    if overdue <= ZERO:
        return ""
    return f"{known} en al {euro(overdue)} te laat: vraag bij een nieuwe opdracht een deel vooruit."


def _worse(recent: Sequence[int], oldest_open: int) -> str:
    if _slower(recent):
        now, before = _average(recent[-TREND:]), _average(recent[:-TREND])
        return f"De laatste {TREND} facturen kwamen gemiddeld {now} dagen te laat, eerder {before}"
    return f"Nu {oldest_open} dagen te laat, langer dan ooit (eerder hooguit {max(recent)})"
