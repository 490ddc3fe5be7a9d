"""How a match without a full number is explained: the part of a number, account, name or amount that decided.

Answers: the reason of each proposal, and the start of Waarom of what was booked on such evidence.
Source: docs/regels.md, "Waarom".
Leaves to others: what fits (matching_inferred.py), numbers in full (matching_words.py).
"""

from collections.abc import Sequence
from decimal import Decimal

from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import ZERO, euro
from debiteuren.rules.loose_numbers import Group
from debiteuren.rules.matching_books import Books, Line
from debiteuren.rules.matching_words import listed, quoted


class GuessWords:
    """Words about payers and invoices of one ledger."""

    def __init__(self, ledger: Ledger, books: Books) -> None:
        self._books = books
        self._names = {debtor.number: debtor.name for debtor in ledger.debtors}

    def call(self, debtor: str) -> str:
        """A debtor by name and number."""
        name = self._names.get(debtor, "")
        return f"{name} ({debtor})" if name else debtor

    def owns(self, account: str, debtors: Sequence[str]) -> str:
        """Whose account it is."""
        return f"rekening {account} is van {listed([self.call(one) for one in debtors])}"

    def paid_before(self, account: str, debtor: str) -> str:
        """Whose account it was before."""
        return f"van rekening {account} is eerder voor {self.call(debtor)} betaald"

    @staticmethod
    def told(debtor: str) -> str:
        """The debtor number in the text."""
        return f"debiteurnummer {debtor} staat in de omschrijving"

    def alike(self, name: str, debtor: str) -> str:
        """The name that is like a debtor's."""
        return f"de naam {quoted(name)} lijkt op {self.call(debtor)}"

    def part(self, groups: Sequence[Group], places: Sequence[int], amount: Decimal, who: str) -> str:
        """Part of a number, and the amount fits."""
        words = listed(list(dict.fromkeys(quoted(one.words) for one in groups)))
        numbers = listed(self.numbers(places))
        named = f"{words} kan {numbers} zijn"
        sums = (
            f"samen is dat precies {euro(amount)}" if len(places) > 1 else f"{euro(amount)} is precies goed"
        )
        return f"{f'{who}, ' if who else ''}{named} en {sums}"

    def part_not_exact(
        self, groups: Sequence[Group], places: Sequence[int], amount: Decimal, who: str
    ) -> str:
        """Part of a number, and the amount does not fit."""
        words = listed(list(dict.fromkeys(quoted(one.words) for one in groups)))
        start = f"{who}, " if who else ""
        return (
            f"{start}{words} kan {listed(self.numbers(places))} zijn, "
            f"maar {euro(amount)} is niet precies wat openstaat"
        )

    def exact(self, place: int, count: int, amount: Decimal, who: str, *, of_month: bool = False) -> str:
        """The amount of one invoice."""
        number = self._books.invoices[place].number
        if of_month:
            return f"{who} en factuur {number} van de genoemde maand staat voor precies {euro(amount)} open"
        fits = "is de enige die" if count == 1 else f"is een van de {count} die"
        return f"{who} en factuur {number} {fits} voor precies {euro(amount)} openstaat"

    def summed(self, places: Sequence[int], amount: Decimal, who: str) -> str:
        """The sum of some invoices."""
        return f"{who} en {listed(self.numbers(places))} samen is precies {euro(amount)}"

    def instalment(self, arrangement: str, lines: Sequence[Line], amount: Decimal, who: str) -> str:
        """The amount of an instalment."""
        numbers = listed(self.numbers([place for place, _ in lines]))
        start = f"{who} en " if who else ""
        return f"{start}{euro(amount)} is een termijn van regeling {arrangement} over {numbers}"

    def with_others(self, named: Sequence[int], others: Sequence[int], amount: Decimal, who: str) -> str:
        """Named invoices and others that make the amount together."""
        return (
            f"{who}, {listed(self.numbers(named))} staat erbij en met {listed(self.numbers(others))} "
            f"samen is het precies {euro(amount)}"
        )

    def too_much(self, named: Sequence[int], rest: Decimal, who: str) -> str:
        """Named invoices, and money left over."""
        return (
            f"{who} en {listed(self.numbers(named))} staat erbij; {euro(rest)} meer blijft als tegoed staan"
        )

    def near(self, place: int, amount: Decimal, who: str) -> str:
        """The amount is nearly that of an invoice."""
        number, owed = self._books.invoices[place].number, self._books.unpaid[place]
        return f"{who} en {euro(amount)} is bijna de {euro(owed)} die op factuur {number} openstaat"

    @staticmethod
    def known(numbers: Sequence[str], who: str) -> str:
        """Invoices named in full by somebody who paid for this debtor before."""
        return f"{who} en {listed(numbers)} staat erbij"

    def oldest(self, lines: Sequence[Line], amount: Decimal, who: str) -> str:
        """Nothing fits: the oldest first."""
        numbers = listed(self.numbers([place for place, _ in lines]))
        placed = sum((part for _, part in lines), ZERO)
        rest = f"; {euro(amount - placed)} blijft over" if placed != amount else ""
        return f"{who}, maar geen bedrag past precies; wat het langst openstaat, gaat voor: {numbers}{rest}"

    def amount(self, place: int, count: int, amount: Decimal) -> str:
        """Only the amount."""
        number = self._books.invoices[place].number
        if count == 1:
            return f"alleen het bedrag klopt: alleen {number} staat voor precies {euro(amount)} open"
        return f"alleen het bedrag klopt: {number} is een van de {count} met precies {euro(amount)} open"

    @staticmethod
    def how(written: Sequence[str], numbers: Sequence[str], who: str) -> str:
        """What decided: the words that are part of a number, and whose money it is."""
        words = listed(list(dict.fromkeys(quoted(one) for one in written))) if written else ""
        said = f"{words} in de omschrijving is {listed(list(dict.fromkeys(numbers)))}" if words else ""
        return ", ".join(filter(None, (who, said)))

    def numbers(self, places: Sequence[int]) -> list[str]:
        """The numbers of these invoices."""
        return [self._books.invoices[place].number for place in places]
