"""Today's work, the most important first.

Answers: which line for which debtor, in which order, and when on the day.
Source: docs/regels.md, "Werklijst" and "Blokkade" (a dispute past its solve-by day comes first); rules D01
(day list), D22 (call windows).
Leaves to others: what each invoice needs (next_action.py), the hour for a confirmation and who stayed silent
(confirmation.py), writing the sheet (jobs, book).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from debiteuren.domain.arrangement import ArrangementState
from debiteuren.domain.debtor import Debtor
from debiteuren.domain.invoice import Action, Block, InvoiceState
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import ZERO
from debiteuren.domain.settings import Settings
from debiteuren.domain.worklist import WorkItem
from debiteuren.rules.cases import misses, running_by_invoice
from debiteuren.rules.confirmation import clock_words, confirm_by, unanswered

_ORDER = (
    Action.CONFIRM_ARRANGEMENT,
    Action.FOLLOW_UP_INSTALMENT,
    Action.FOLLOW_UP_PROMISE,
    Action.SOLVE_DISPUTE,
    Action.HAND_OVER,
    Action.FINAL_DEMAND,
    Action.FOURTEEN_DAY_LETTER,
    Action.CALL_AGAIN,
    Action.SECOND_REMINDER,
    Action.CALL,
    Action.COMPLETE_DATA,
    Action.REMINDER,
)
"""What matters most comes first."""
_RANK = {action: place for place, action in enumerate(_ORDER, start=1)}
_FIRST = 0
"""Before all: a dispute that should have been solved by now."""
_NOTHING_TO_DO = frozenset({Action.NONE, Action.WAIT})
_AT_ONCE = frozenset({Action.SOLVE_DISPUTE, Action.CONFIRM_ARRANGEMENT})
"""Worth doing before their Actie op: a dispute ahead of its solve-by day, a confirmation within the hour."""
_CALLS = frozenset({Action.CALL, Action.CALL_AGAIN})


@dataclass(frozen=True, slots=True)
class _Line:
    rank: int
    debtor: Debtor
    action: Action
    states: tuple[InvoiceState, ...]
    amount: Decimal
    action_on: date
    why: str = ""
    confirm_by: datetime | None = None

    @property
    def key(self) -> tuple[int, str, Decimal, date, str]:
        """Of confirmations the one whose hour of today ends first goes first: it can still be kept."""
        hour = self.confirm_by.isoformat() if self.confirm_by else "~"
        return self.rank, hour, -self.amount, self.action_on, self.debtor.number


def worklist(
    ledger: Ledger,
    states: Sequence[InvoiceState],
    arrangements: Sequence[ArrangementState],
    on: date,
    now: datetime | None = None,
) -> tuple[WorkItem, ...]:
    """One line per debtor and action that is due on a day, in order of what matters most.

    A dispute past its solve-by day, then arrangements, promises, firmer steps; within that larger amounts,
    then older ones. Amounts in euros: what is open, for arrangements what was missed or agreed. `now`: the
    time of day, None when `on` is another day; then no minutes are counted.
    """
    known = {debtor.number: debtor for debtor in ledger.debtors}
    running = running_by_invoice(arrangements, ledger.settings, on)
    groups: dict[tuple[str, Action, bool], list[InvoiceState]] = {}
    for state in states:
        if state.action in _NOTHING_TO_DO or state.action_on is None:
            continue
        if state.action_on <= on or state.action in _AT_ONCE:
            key = (state.invoice.debtor, state.action, _past_solving(state, on))
            groups.setdefault(key, []).append(state)
    lines = [
        _Line(
            rank=_FIRST if past else _RANK[action],
            debtor=known.get(number) or Debtor(number=number, name=number),
            action=action,
            states=tuple(sorted(group, key=_oldest_first)),
            amount=_amount(action, group, running),
            action_on=min(state.action_on for state in group if state.action_on is not None),
            confirm_by=_confirm_by(action, group, running, ledger, on) if now is not None else None,
        )
        for (number, action, past), group in groups.items()
    ]
    lines += _silent(ledger, states, arrangements, known, lines, on)
    lines.sort(key=lambda line: line.key)
    times = _times(lines, ledger.settings, on, now)
    return tuple(
        WorkItem(
            order=place,
            debtor=line.debtor,
            action=line.action,
            invoices=tuple(state.invoice.number for state in line.states),
            amount=line.amount,
            action_on=line.action_on,
            when=when,
            why=line.why or _why(line.states),
        )
        for place, (line, when) in enumerate(zip(lines, times, strict=True), start=1)
    )


def _confirm_by(
    action: Action,
    group: Sequence[InvoiceState],
    running: Mapping[str, ArrangementState],
    ledger: Ledger,
    on: date,
) -> datetime | None:
    """The end of the first hour of today in which one of these arrangements is to be confirmed."""
    if action is not Action.CONFIRM_ARRANGEMENT:
        return None
    covering = (running.get(state.invoice.number) for state in group)
    ends = (confirm_by(one.arrangement, ledger.contacts) for one in covering if one is not None)
    return min((end for end in ends if end is not None and end.date() >= on), default=None)


def _silent(
    ledger: Ledger,
    states: Sequence[InvoiceState],
    arrangements: Sequence[ArrangementState],
    known: Mapping[str, Debtor],
    lines: Sequence[_Line],
    on: date,
) -> list[_Line]:
    """Calls about confirmations that were not answered, beside what the invoices ask for (rule D13)."""
    calling = {line.debtor.number for line in lines if line.action in _CALLS}
    found = []
    for one in unanswered(ledger, arrangements, on):
        arrangement = one.state.arrangement
        if arrangement.debtor in calling:
            continue
        about = [state for state in states if state.invoice.number in arrangement.invoices]
        found.append(
            _Line(
                rank=_RANK[Action.CALL],
                debtor=known.get(arrangement.debtor)
                or Debtor(number=arrangement.debtor, name=arrangement.debtor),
                action=Action.CALL,
                states=tuple(sorted(about, key=_oldest_first)),
                amount=sum((state.unpaid for state in about), ZERO),
                action_on=one.call_on,
                why=one.why,
            )
        )
    return found


def _oldest_first(state: InvoiceState) -> tuple[date, str]:
    """The order of invoices in a line, whatever the order of the sheet."""
    return state.invoice.due, state.invoice.number


def _past_solving(state: InvoiceState, on: date) -> bool:
    invoice = state.invoice
    if state.action is not Action.SOLVE_DISPUTE or invoice.block is not Block.DISPUTED:
        return False
    return invoice.block_until is not None and invoice.block_until < on


def _amount(
    action: Action, group: Sequence[InvoiceState], running: Mapping[str, ArrangementState]
) -> Decimal:
    """What the line is about: missed instalments, the agreed sum, or what is open on the invoices."""
    covering = {
        found.arrangement.id: found
        for found in (running.get(state.invoice.number) for state in group)
        if found is not None
    }
    if action is Action.FOLLOW_UP_INSTALMENT:
        return sum(
            (
                (miss.instalment.amount or ZERO) - miss.paid
                for one in covering.values()
                for miss in misses(one)
            ),
            ZERO,
        )
    if action is Action.CONFIRM_ARRANGEMENT and all(one.arrangement.amount for one in covering.values()):
        return sum((one.arrangement.amount or ZERO for one in covering.values()), ZERO)
    return sum((state.unpaid for state in group), ZERO)


def _times(lines: Sequence[_Line], settings: Settings, on: date, now: datetime | None) -> list[str]:
    """Wanneer of every line: for a call its window, for a confirmation its hour, else since when.

    A debtor's own window wins; the other calls are spread over the windows of Instellingen, the most
    important in the first.
    """
    windows = [window for window in (_window(text) for text in settings.call_windows) if window]
    open_calls = [line for line in lines if line.action in _CALLS and not _window(line.debtor.call_between)]
    place = {id(line): position for position, line in enumerate(open_calls)}
    times = []
    for line in lines:
        own = _window(line.debtor.call_between)
        if line.action in _CALLS and own:
            times.append(own)
        elif line.action in _CALLS and windows:
            times.append(windows[place[id(line)] * len(windows) // len(open_calls)])
        else:
            clock = clock_words(line.confirm_by, now) if line.confirm_by and now else ""
            times.append(clock or _since(line, on))
    return times


def _window(text: str) -> str:
    """As shown: "09:30–11:30"."""
    return text.strip().replace("-", "–")


def _since(line: _Line, on: date) -> str:
    day = line.action_on
    if day > on:
        until = [state.invoice.block_until for state in line.states]
        return f"vóór {_short(day, on)}" if any(until) else "vandaag"
    return "vandaag" if day == on else f"sinds {_short(day, on)}"


def _short(day: date, on: date) -> str:
    """Day and month, with the year where it is another."""
    return f"{day:%d-%m}" if day.year == on.year else f"{day:%d-%m-%Y}"


def _why(states: Sequence[InvoiceState]) -> str:
    """The reason of the oldest; where reasons differ it is named."""
    oldest = min(
        states, key=lambda state: (state.action_on or date.max, state.invoice.due, state.invoice.number)
    )
    if all(state.why == oldest.why for state in states):
        return oldest.why
    return f"Factuur {oldest.invoice.number}, de oudste van {len(states)}: {oldest.why}"
