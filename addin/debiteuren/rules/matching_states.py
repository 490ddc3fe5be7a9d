"""The computed columns of a payment, from what was allocated in the end.

Answers: Gekoppeld, Rest, Koppelstatus, Facturen and Waarom of every payment. The same rows give the same
words, whether they were made now or in an earlier run.
Source: docs/regels.md, "Koppelingen"; docs/handleiding.md, "Betalingen".
Leaves to others: what is allocated (matching.py), proposals (matching_proposals.py).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from debiteuren.domain.days import dutch
from debiteuren.domain.ledger import BY_USER, Allocation, AllocationKind
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.payment import CHOSEN, MatchStatus, Payment, PaymentState
from debiteuren.rules.matching_books import Books, Row, money_of
from debiteuren.rules.matching_evidence import Evidence, Named, is_card_line
from debiteuren.rules.matching_inferred import Inference
from debiteuren.rules.matching_proposals import Proposals
from debiteuren.rules.matching_reversals import is_return
from debiteuren.rules.matching_sure import Judge
from debiteuren.rules.matching_words import (
    BACK,
    RECORDED,
    UNLESS,
    allocated_words,
    choice_words,
    listed,
    quoted,
    reversal_words,
)

_MOST = 3


class States:
    """Makes the state of each payment; `originals`: transaction of a storno → the payment it undoes."""

    def __init__(
        self,
        *,
        books: Books,
        evidence: Evidence,
        judge: Judge,
        proposals: Proposals,
        inference: Inference,
        originals: dict[str, Payment],
        on: date,
    ) -> None:
        self._books = books
        self._evidence = evidence
        self._judge = judge
        self._proposals = proposals
        self._inference = inference
        self._originals = originals
        self._on = on

    def allocated(self, payment: Payment, rows: Sequence[Row]) -> PaymentState:
        """A payment with rows."""
        first = rows[0][0]
        if first.by == BY_USER:
            return self.chosen(payment, [row for row, _ in rows])
        bare = [first] if len(rows) == 1 else [row for row, _ in rows]
        money = money_of(bare)
        rest = payment.amount - money
        if first.kind is AllocationKind.REVERSAL:
            why = reversal_words(self._originals.get(payment.transaction), bare)
        else:
            why = allocated_words(payment, rows, rest, self._books, self._evidence)
            if why.startswith(RECORDED):
                otherwise = self._inference.how(payment, self._evidence.named(payment), bare)
                why = allocated_words(payment, rows, rest, self._books, self._evidence, otherwise)
        return PaymentState(
            payment=payment,
            allocated=money,
            rest=rest,
            status=MatchStatus.SURE,
            invoices=_numbers(bare),
            why=why,
        )

    def chosen(self, payment: Payment, rows: Sequence[Allocation]) -> PaymentState:
        """A payment for which the user chose."""
        money = money_of(rows)
        rest = payment.amount - money
        return PaymentState(
            payment=payment,
            allocated=money,
            rest=rest,
            status=MatchStatus.CHOICE,
            invoices=_numbers(rows),
            why=choice_words(rows, payment, rest),
        )

    def refused(self, payment: Payment) -> PaymentState:
        """The user said nee."""
        return _empty(
            payment, MatchStatus.NO_INVOICE, f"Uw keuze: nee, dit hoort bij geen factuur van u{BACK}"
        )

    def double(self, payment: Payment, earlier: str) -> PaymentState:
        """Possibly the same booking as an earlier one: it pays nothing, but what it may pay is held.

        Counted twice it would hide a debt; left out altogether it would remind somebody who did pay twice.
        """
        why = (
            f"Mogelijk dubbel met transactie {quoted(earlier)}; vul bij Uw keuze de factuur in als deze "
            "boeking echt is, of nee als hij dubbel is."
        )
        found = self.unallocated(payment)
        if found.status is MatchStatus.PROPOSAL:
            return replace(found, why=f"{why} Tot dan gaat er voor wat bij Facturen staat geen brief uit.")
        return _empty(payment, MatchStatus.UNKNOWN, why)

    def unallocated(self, payment: Payment) -> PaymentState:
        """A payment for which nothing sure was found."""
        if payment.booked > self._on:
            why = (
                f"Geboekt op {dutch(payment.booked)}, na de peildatum {dutch(self._on)}; "
                "vanaf die dag wordt hij gekoppeld."
            )
            return _empty(payment, MatchStatus.UNKNOWN, why)
        named = self._evidence.named(payment)
        reason = self._no_invoice(payment, named)
        if reason:
            return _empty(payment, MatchStatus.NO_INVOICE, f"{reason}{UNLESS}")
        if payment.amount < 0:
            why = (
                f"De bank zegt dat er {euro(-payment.amount)} terugging, maar er is geen gekoppelde betaling "
                "gevonden die daar precies bij hoort; vul bij Uw keuze de factuur in die weer openstaat, "
                "of nee."
            )
            return _empty(payment, MatchStatus.UNKNOWN, why)
        return self._looked(payment, named)

    def _no_invoice(self, payment: Payment, named: Named) -> str:
        """Why this is no money for an invoice, '' when it may be."""
        if payment.amount == 0:
            return "Het bedrag is € 0,00, er valt niets te koppelen"
        if self._evidence.is_own(payment):
            return f"Overboeking van of naar uw eigen rekening {payment.counter_account}"
        if payment.amount > 0:
            if is_return(payment):
                return "Een betaling van uzelf kwam terug"
            if is_card_line(payment) and not named.places:
                return "Pinregel zonder factuurnummer of kenmerk van u"
        elif not is_return(payment):
            numbers = [self._books.invoices[place].number for place in named.places]
            about = f"met {listed(numbers)} erbij, maar " if numbers else ""
            return f"Geld eruit, {about}zonder storno of creditfactuur die er precies bij hoort"
        return ""

    def _looked(self, payment: Payment, named: Named) -> PaymentState:
        judged = None
        if named.places or named.unsure:
            judged = self._judge.judge(payment, payment.amount, named)
        proposals, why = self._proposals.look(payment, named, judged)
        if not proposals:
            return _empty(payment, MatchStatus.UNKNOWN, why)
        numbers = tuple(tuple(self._books.invoices[place].number for place in places) for places in proposals)
        return PaymentState(
            payment=payment,
            allocated=ZERO,
            rest=payment.amount,
            status=MatchStatus.PROPOSAL,
            proposals=numbers,
            why=why,
        )

    def storno_choice(self, payment: Payment, originals: Sequence[Payment]) -> PaymentState:
        """A storno that could undo several payments: the latest first."""
        found: dict[tuple[str, ...], str] = {}
        for one in originals:
            numbers = _numbers(self._books.rows(one.transaction))
            found.setdefault(
                numbers,
                f"{euro(one.amount)} kwam terug; dat kan de betaling van {dutch(one.booked)} op "
                f"{listed(numbers)} zijn",
            )
        best = list(found.items())[:_MOST]
        return PaymentState(
            payment=payment,
            allocated=ZERO,
            rest=payment.amount,
            status=MatchStatus.PROPOSAL,
            proposals=tuple(numbers for numbers, _ in best),
            why=" | ".join(reason for _, reason in best),
        )


def not_understood(state: PaymentState, unknown: Sequence[str]) -> PaymentState:
    """The same state, told that Uw keuze names what we do not know and so decides nothing."""
    names = listed([quoted(one) for one in unknown])
    verb = "is" if len(unknown) == 1 else "zijn"
    return replace(
        state,
        why=f"{names} bij {CHOSEN} {verb} geen factuur of debiteur van u en verandert niets; verbeter het "
        f"nummer, vul nee in of maak de cel leeg. {state.why[:1].upper()}{state.why[1:]}",
    )


def _numbers(rows: Sequence[Allocation]) -> tuple[str, ...]:
    if len(rows) == 1:
        return (rows[0].invoice,)
    return tuple(dict.fromkeys(row.invoice for row in rows))


def _empty(payment: Payment, status: MatchStatus, why: str) -> PaymentState:
    return PaymentState(payment=payment, allocated=ZERO, rest=payment.amount, status=status, why=why)
