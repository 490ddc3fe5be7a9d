"""What a payment might be for, when it is not sure.

Answers: at most three proposals, best first, each with its reason; or what was looked for in vain.
Source: docs/regels.md, "Koppelingen".
Leaves to others: what is sure (matching_sure.py).
"""

from collections.abc import Iterable, Sequence
from datetime import date

from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.payment import Payment
from debiteuren.rules.matching_books import Books
from debiteuren.rules.matching_doubts import Doubt, Judgement
from debiteuren.rules.matching_evidence import Evidence, Named, is_cash, provider
from debiteuren.rules.matching_inferred import Inference
from debiteuren.rules.matching_words import (
    FILL_IN,
    doubt_words,
    later_words,
    listed,
    settled_words,
)

_MOST = 3

Proposal = tuple[tuple[int, ...], str]
"""Places of invoices, and the reason."""


class Proposals:
    """Looks for proposals once everything sure has been booked; the books do not change any more."""

    def __init__(
        self, ledger: Ledger, books: Books, evidence: Evidence, inference: Inference, on: date
    ) -> None:
        self._books = books
        self._evidence = evidence
        self._inference = inference
        self._on = on
        self._called = {debtor.number: debtor.name for debtor in ledger.debtors}
        self._payments = {payment.transaction: payment for payment in ledger.payments}

    def look(
        self, payment: Payment, named: Named, judged: Judgement | None
    ) -> tuple[tuple[tuple[int, ...], ...], str]:
        """Proposals (places) and Waarom for a payment that came in and is not sure."""
        if judged is not None and judged.doubt is Doubt.LATER:
            return (), later_words(self._numbers(named.places), self._on)
        found: dict[frozenset[int], tuple[tuple[int, ...], str]] = {}
        for places, reason in self._all(payment, named, judged):
            if places:
                found.setdefault(frozenset(places), (tuple(places), reason.replace("|", "/")))
            if len(found) == _MOST:
                break
        best = list(found.values())
        if not best and judged is not None and judged.doubt is Doubt.SETTLED:
            return (), self._settled(named)
        if not best:
            return (), self._in_vain(payment, named)
        return tuple(places for places, _ in best), " | ".join(reason for _, reason in best)

    def _all(self, payment: Payment, named: Named, judged: Judgement | None) -> Iterable[Proposal]:
        if judged is not None and judged.doubt is not Doubt.SETTLED:
            yield from self._doubtful(payment, named, judged)
        about = ""
        if judged is not None and judged.doubt is Doubt.SETTLED:
            about = f"{listed(self._numbers(named.places))} staat erbij maar is al betaald; "
        for fit in self._inference.fits(payment, payment.amount, named, judged):
            yield tuple(place for place, _ in fit.lines), f"{about}{fit.why()}"

    def _settled(self, named: Named) -> str:
        """The named invoices are paid, and nothing else fits."""
        numbers = self._numbers(named.places)
        payers = [
            self._payments[one]
            for number in numbers
            for one in self._books.payers(number)
            if one in self._payments
        ]
        return settled_words(numbers, payers)

    def _doubtful(self, payment: Payment, named: Named, judged: Judgement) -> Iterable[Proposal]:
        """The named invoices first, with what keeps them from being sure."""
        doubt = judged.doubt or Doubt.TOO_LITTLE
        unpaid = self._books.unpaid
        if doubt is Doubt.SEVERAL_WAYS:
            choices = dict.fromkeys((*named.places, *named.unsure))
            fitting = sorted(
                (place for place in choices if unpaid[place] > 0),
                key=lambda place: unpaid[place] != payment.amount,
            )
            for place in fitting:
                yield (
                    (place,),
                    doubt_words(doubt, self._numbers([place]), payment.amount, unpaid[place], ""),
                )
            return
        places = tuple(place for place, _ in judged.lines)
        owed = sum((unpaid[place] for place in places), ZERO)
        extra = self._evidence.owners(payment) if doubt is Doubt.OTHER_ACCOUNT else named.debtors
        names = (
            [self._call(debtor) for debtor in sorted(extra)]
            if doubt is Doubt.OTHER_ACCOUNT
            else sorted(extra)
        )
        if places:
            yield (
                places,
                doubt_words(
                    doubt, self._numbers(places), payment.amount, owed, listed(names) if names else ""
                ),
            )

    def _in_vain(self, payment: Payment, named: Named) -> str:
        """What was looked for, when nothing fits."""
        if named.unsure:
            numbers = listed(self._numbers(named.unsure))
            return f"Wat er staat kan {numbers} zijn, maar niets daarvan staat open{FILL_IN}"
        if named.places:
            return (
                f"{listed(self._numbers(named.places))} staat erbij, maar dat is een creditfactuur{FILL_IN}"
            )
        collector = provider(payment)
        if collector:
            return (
                f"Uitbetaling van {collector}, zonder factuurnummer of kenmerk van u: er kunnen betalingen "
                f"van meer klanten in zitten{FILL_IN}"
            )
        if is_cash(payment):
            return f"Gestort contant geld, zonder factuurnummer of kenmerk van u{FILL_IN}"
        owners = self._evidence.owners(payment)
        if owners:
            who = listed([self._call(debtor) for debtor in sorted(owners)])
            account = f"de rekening is van {who}, maar niets wat openstaat past bij {euro(payment.amount)}"
        elif payment.counter_account:
            account = f"rekening {payment.counter_account} is van geen debiteur"
        else:
            account = "er staat geen tegenrekening bij"
        name = f" en geen debiteur met zo'n naam heeft precies {euro(payment.amount)} openstaan"
        return (
            f"Geen factuurnummer of kenmerk van u gevonden, {account}"
            f"{name if payment.name and not owners else ''}{FILL_IN}"
        )

    def _numbers(self, places: Sequence[int]) -> list[str]:
        return [self._books.invoices[place].number for place in places]

    def _call(self, debtor: str) -> str:
        name = self._called.get(debtor, "")
        return f"{name} ({debtor})" if name else debtor
