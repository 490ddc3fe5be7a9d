"""Open invoices that the text of a payment names in part.

Answers: what a text says about some open invoices, and which readings of it add up to the amount.
Source: docs/regels.md, "Delen van nummers".
Leaves to others: how numbers are written (loose_numbers.py), what a reading proves (matching_inferred.py).
"""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from itertools import product
from math import prod
from typing import NamedTuple

from debiteuren.domain.money import ZERO
from debiteuren.domain.payment import Payment
from debiteuren.rules.loose_numbers import Group, LooseNumbers, Reading
from debiteuren.rules.matching_books import Books
from debiteuren.rules.number_parts import Part, shape_of

_MOST_READINGS = 512
"""A text that can be read in more ways than this is not read."""
_MOST_KEPT = 1000
_MOST_ENDS = 4
"""An end of a range that can be more invoices than this opens no range."""


class Way(NamedTuple):
    """A reading of a text: what stands there and the invoices it means, by their place."""

    groups: tuple[Group, ...]
    places: tuple[int, ...]


class PartNumbers:
    """Reads texts against the books."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._shapes: frozenset[str] | None = None
        self._upper: list[str] = []
        self._everything: LooseNumbers | None = None
        self._read: dict[tuple[str, bool], tuple[tuple[int, ...] | None, Reading]] = {}
        self._of_some: dict[tuple[int, ...], LooseNumbers] = {}

    def read(self, payment: Payment, places: Sequence[int] | None = None) -> Reading:
        """What the description says of these invoices, or of all; of the reference only whole numbers."""
        key = None if places is None else tuple(places)
        known = self._read.get((payment.transaction, key is None))
        if known is not None and known[0] == key:
            return known[1]
        reading = self._reading(payment, key)
        self._read[payment.transaction, key is None] = (key, reading)
        return reading

    def _reading(self, payment: Payment, places: tuple[int, ...] | None) -> Reading:
        numbers = self._all() if places is None else self._some(places)
        reading = numbers.read(payment.description)
        if not payment.reference:
            return reading
        mark = numbers.read(payment.reference)
        whole = tuple(one for one in mark.groups if one.part is Part.WHOLE)
        return Reading((*reading.groups, *whole), reading.strange)

    def ways(self, groups: Sequence[Group], amount: Decimal, eligible: Collection[int]) -> list[Way]:
        """The readings whose open amounts add up exactly, each set of invoices once.

        What is a slip of the pen may be left out; everything else must be one of the eligible.
        """
        allowed = set(eligible)
        choices = [(one, [place for place in one.places if place in allowed]) for one in groups]
        kept = [(one, places) for one, places in choices if places]
        if not kept or any(not places and one.part > Part.SLIP for one, places in choices):
            return []
        if prod(len(places) for _, places in kept) > _MOST_READINGS:
            return []
        named = tuple(one for one, _ in kept)
        found: dict[frozenset[int], Way] = {}
        unpaid = self._books.unpaid
        for chosen in product(*(places for _, places in kept)):
            for way in dict.fromkeys(
                (tuple(dict.fromkeys(chosen)), self._written_out(named, chosen, allowed))
            ):
                if sum((unpaid[place] for place in way), ZERO) == amount:
                    found.setdefault(frozenset(way), Way(named, way))
        return list(found.values())

    def said(self, groups: Sequence[Group]) -> list[int]:
        """All invoices that can be meant, those inside a range too."""
        found: dict[int, None] = {}
        for at, one in enumerate(groups):
            if one.until and at > 0:
                for first, last in product(groups[at - 1].places[:_MOST_ENDS], one.places[:_MOST_ENDS]):
                    found.update(dict.fromkeys(self._all().between(first, last)))
            found.update(dict.fromkeys(one.places))
        return list(found)

    def _written_out(
        self, groups: Sequence[Group], chosen: Sequence[int], allowed: set[int]
    ) -> tuple[int, ...]:
        """The invoices with ranges ("42 t/m 45") written out."""
        found: list[int] = []
        for at, place in enumerate(chosen):
            if at > 0 and groups[at].until:
                found.extend(one for one in self._all().between(chosen[at - 1], place) if one in allowed)
            found.append(place)
        return tuple(dict.fromkeys(found))

    def _some(self, places: tuple[int, ...]) -> LooseNumbers:
        numbers = self._of_some.get(places)
        if numbers is None:
            if len(self._of_some) >= _MOST_KEPT:
                self._of_some.clear()
            numbers = self._of_some[places] = self._make(places)
        return numbers

    def _all(self) -> LooseNumbers:
        """All invoices, paid ones too: part of a number may be meant for one that is paid."""
        if self._everything is None:
            self._everything = self._make(range(len(self._books.invoices)))
        return self._everything

    def _make(self, places: Iterable[int]) -> LooseNumbers:
        if self._shapes is None:
            self._shapes = frozenset({shape_of(invoice.number) for invoice in self._books.invoices})
            self._upper = [invoice.number.upper() for invoice in self._books.invoices]
        return LooseNumbers({place: self._upper[place] for place in places}, self._shapes)
