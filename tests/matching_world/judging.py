"""Judges what the matcher made of a made-up world: precision and coverage, per evidence and per habit.

A Zeker is right when it puts exactly the true cents on exactly the true invoices; money that belongs to no
invoice must not be on any. Within an arrangement any division is right. Rows of Korting, Kosten and Rente
are beside the money and do not count. Of an invoice paid twice either booking may be the one. Covered:
rightly Zeker. In the top three: rightly Zeker, or a proposal that names exactly the true invoices.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from debiteuren.domain.ledger import AllocationKind
from debiteuren.domain.payment import MatchStatus, PaymentState
from debiteuren.rules.matching import Matching
from matching_world.bookings import Booking
from matching_world.world import World

_MONEY = {AllocationKind.PAYMENT, AllocationKind.REVERSAL, AllocationKind.CREDIT_NOTE}


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of bookings: those that `belong` to an invoice and what became of them."""

    total: int = 0
    belong: int = 0
    sure: int = 0
    right: int = 0
    covered: int = 0
    top: int = 0
    nobody_sure: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.sure if self.sure else 1.0

    @property
    def coverage(self) -> float:
        return self.covered / self.belong if self.belong else 1.0

    @property
    def top_three(self) -> float:
        return self.top / self.belong if self.belong else 1.0

    def add(self, verdict: "Verdict") -> None:
        belongs = bool(verdict.booking.truth)
        self.total += 1
        self.belong += belongs
        self.sure += verdict.sure
        self.right += verdict.sure and verdict.right
        self.covered += belongs and verdict.sure and verdict.right
        self.top += belongs and (verdict.top if not verdict.sure else verdict.right)
        self.nobody_sure += verdict.sure and not belongs and not verdict.right

    def plus(self, other: "Tally") -> None:
        for name in ("total", "belong", "sure", "right", "covered", "top", "nobody_sure"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One booking judged; `booked` is what the matcher put where."""

    booking: Booking
    sure: bool
    right: bool
    top: bool
    booked: Mapping[str, int]
    state: PaymentState | None = None


@dataclass(slots=True, kw_only=True)
class Report:
    """All verdicts, counted: `whole`, per evidence class and per habit; `style` of the invoice numbers."""

    style: str = ""
    verdicts: list[Verdict] = field(default_factory=list)
    whole: Tally = field(default_factory=Tally)
    evidence: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    habits: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))

    def add(self, verdict: Verdict) -> None:
        self.verdicts.append(verdict)
        self.whole.add(verdict)
        self.evidence[verdict.booking.evidence].add(verdict)
        for habit in verdict.booking.habits:
            self.habits[habit].add(verdict)

    def merge(self, other: "Report") -> None:
        self.verdicts += other.verdicts
        self.whole.plus(other.whole)
        for mine, theirs in ((self.evidence, other.evidence), (self.habits, other.habits)):
            for name, tally in theirs.items():
                mine[name].plus(tally)


def judge(world: World, matching: Matching) -> Report:
    """What the matcher made of it."""
    booked: dict[str, dict[str, int]] = {}
    for row in matching.allocations:
        if row.kind in _MONEY:
            of = booked.setdefault(row.transaction, {})
            of[row.invoice] = of.get(row.invoice, 0) + int(row.amount * 100)
    states = {state.payment.transaction: state for state in matching.payments}
    return _judged(
        world.style,
        [
            (
                booking,
                states[booking.transaction].status is MatchStatus.SURE,
                booked.get(booking.transaction, {}),
                states[booking.transaction],
            )
            for booking in world.bookings
        ],
    )


def judge_lines(world: World, booked: Mapping[str, Mapping[str, int]]) -> Report:
    """What another program made of it: transaction → invoice → cents; what it books is its Zeker."""
    return _judged(
        world.style,
        [
            (one, bool(booked.get(one.transaction)), booked.get(one.transaction, {}), None)
            for one in world.bookings
        ],
    )


def _judged(
    style: str, lines: Sequence[tuple[Booking, bool, Mapping[str, int], PaymentState | None]]
) -> Report:
    sure_of = {booking.transaction: dict(cents) for booking, sure, cents, _ in lines if sure}
    report = Report(style=style)
    for booking, sure, cents, state in lines:
        top = state is not None and any(_names(booking, one) for one in state.proposals[:3])
        report.add(
            Verdict(
                booking=booking,
                sure=sure and bool(cents),
                right=_is_right(booking, cents, sure_of),
                top=top and bool(booking.truth),
                booked=cents,
                state=state,
            )
        )
    return report


def _names(booking: Booking, proposal: Sequence[str]) -> bool:
    named = set(proposal)
    return named == set(booking.truth) or bool(named and named <= booking.among)


def _is_right(booking: Booking, cents: Mapping[str, int], sure_of: Mapping[str, Mapping[str, int]]) -> bool:
    if dict(cents) == booking.truth:
        return True
    if booking.among and set(cents) <= booking.among:
        return sum(cents.values()) == sum(booking.truth.values())
    if booking.instead and dict(cents) == {booking.instead: booking.cents}:
        return True
    twin = booking.twin
    if twin is None:
        return False
    if booking.truth:
        return not cents and sure_of.get(twin.transaction) == booking.truth
    return bool(cents) and dict(cents) == twin.truth and not sure_of.get(twin.transaction)
