"""The name of an arrangement in the text of a payment.

Answers: which arrangement a payment names, and what its text says without that name: R2026-001 must not be
read as invoice 2026-001.
Source: docs/regels.md, "Zonder nummer" (the name of an arrangement).
Leaves to others: which invoices the money then goes to (matching_agreed.py).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from debiteuren.domain.arrangement import Arrangement
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.payment import Payment, PaymentState
from debiteuren.rules.references import fold

_SHORTEST = 4
"""Letters and figures of a name; a shorter one may be anything."""
_SPACED = r"[\s\-./]*"
_NO_FIGURES = str.maketrans("0123456789", "abcdefghij")
_RUN = re.compile(r"[A-Za-z]+|\d+", re.ASCII)
Told = Mapping[str, Arrangement]
"""Transaction → the arrangement its text names."""
INSTEAD = "regeling"
"""What stands in a text where the name stood: it still says what it is about."""


@dataclass(frozen=True)
class ArrangementNames:
    """The names of a ledger's arrangements that are recognised in texts."""

    arrangements: tuple[Arrangement, ...]
    invoices: frozenset[str]

    @classmethod
    def of(cls, ledger: Ledger) -> "ArrangementNames":
        """Of a whole ledger; a name that is an invoice number as well is read as that."""
        if not ledger.arrangements:
            return cls((), frozenset())
        return cls(ledger.arrangements, frozenset(fold(invoice.number) for invoice in ledger.invoices))

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        """All names in one, each in a group of its own; None when no name can be told from other words."""
        words = [
            f"(?P<n{place}>{_SPACED.join(_RUN.findall(one.id))})"
            for place, one in enumerate(self.arrangements)
            if self._is_clear(one.id)
        ]
        if not words:
            return None
        return re.compile(rf"(?<![0-9A-Za-z])(?:{'|'.join(words)})(?![0-9A-Za-z])", re.ASCII | re.IGNORECASE)

    @cached_property
    def _heads(self) -> re.Pattern[str]:
        """How the names begin, which is much the same for all: without it most texts need no closer look."""
        heads = {
            _SPACED.join(_RUN.findall(one.id)[:2]) for one in self.arrangements if self._is_clear(one.id)
        }
        return re.compile(rf"(?<![0-9A-Za-z])(?:{'|'.join(sorted(heads))})", re.ASCII | re.IGNORECASE)

    def _speaks(self, payment: Payment) -> bool:
        """Some name of an arrangement stands in the text."""
        if self._pattern is None:
            return False
        return any(
            self._heads.search(text) and self._pattern.search(text)
            for text in (payment.description, payment.reference)
            if text
        )

    def _is_clear(self, name: str) -> bool:
        """It has letters and figures, and is no number of ours."""
        folded = fold(name)
        mixed = any(sign.isalpha() for sign in folded) and any(sign.isdigit() for sign in folded)
        return mixed and len(folded) >= _SHORTEST and folded.isascii() and folded not in self.invoices

    def named(self, payment: Payment) -> Arrangement | None:
        """The arrangement the payment names; None when it names none, or several."""
        if self._pattern is None or not self._speaks(payment):
            return None
        hits = [
            hit.lastgroup
            for text in (payment.description, payment.reference)
            for hit in self._pattern.finditer(text)
        ]
        places = {int(group[1:]) for group in hits if group}
        return self.arrangements[places.pop()] if len(places) == 1 else None

    def told(self, ledger: Ledger) -> Told:
        """Transaction → the arrangement its text names."""
        if self._pattern is None:
            return {}
        found = ((payment.transaction, self.named(payment)) for payment in ledger.payments)
        return {name: arrangement for name, arrangement in found if arrangement is not None}

    def without(self, ledger: Ledger) -> Ledger:
        """The ledger with payments that name no arrangement, so that their numbers are invoices."""
        if self._pattern is None:
            return ledger
        return replace(ledger, payments=tuple(self.plain(payment) for payment in ledger.payments))

    def plain(self, payment: Payment) -> Payment:
        """The payment without the name of an arrangement in its text."""
        if self._pattern is None or not self._speaks(payment):
            return payment
        return replace(
            payment,
            description=self._pattern.sub(f" {INSTEAD} ", payment.description),
            # It stays this payment's own reference, by which a storno finds it, but holds no number.
            reference=self._pattern.sub(lambda hit: hit[0].translate(_NO_FIGURES), payment.reference),
        )


def as_they_came(states: Iterable[PaymentState], ledger: Ledger) -> tuple[PaymentState, ...]:
    """The states with the payments as they stand in the ledger, in its order."""
    return tuple(
        state if state.payment is payment else replace(state, payment=payment)
        for state, payment in zip(states, ledger.payments, strict=True)
    )
