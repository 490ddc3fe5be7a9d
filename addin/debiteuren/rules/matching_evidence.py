"""What a payment says about whom and what it is for.

Answers: which invoices its references and text name, whose account the money came from, which debtor number
stands there; and whether it is our own money or that of a payment provider.
Source: docs/regels.md, "Koppelingen", "Kenmerken" and "Terugboekingen".
Leaves to others: whether the amount fits (matching_sure.py), what to propose (matching_proposals.py).
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from debiteuren.domain.ledger import Ledger
from debiteuren.domain.payment import Payment
from debiteuren.rules.account_match import AccountOwners
from debiteuren.rules.arrangement_names import Told
from debiteuren.rules.invoice_numbers import Mention, find, without_days
from debiteuren.rules.number_index import NumberIndex
from debiteuren.rules.references import fold, is_meaningful
from debiteuren.rules.similar_names import NameIndex

_SHORTEST_REFERENCE = 6
"""A shorter reference of ours in running text may be anything; as the payment's own reference it counts."""
_LONGEST_GROUPS = 8
_HEAD = 3
_RUN = re.compile(r"[0-9A-Za-z]+", re.ASCII)
_DIGIT_RUN = re.compile(r"[0-9A-Za-z-]*\d[0-9A-Za-z-]*", re.ASCII)
_DEBTOR_WORD = re.compile(
    r"\b(?:klant|debiteur|deb|relatie|rel|lid|customer)[\s.]*(?:e?n?nummer|e?n?nr|)[\s.:#]*([0-9a-z][0-9a-z-]*)",
    re.ASCII | re.IGNORECASE,
)
_SHORTEST_DEBTOR = 4
_PROVIDERS = re.compile(
    r"\b(mollie|adyen|stripe|paypal|multi ?safe ?pay|buckaroo|sisow|ccv|(?:equens)?worldline|pay\.nl|icepay"
    r"|rabo smart pay|sumup|i?zettle|klarna|tikkie|ideal via|via ideal|riverty|afterpay|billink|in3|sofort"
    r"|online payment platform|cm payments|ingenico|ogone|global ?collect|shopify|bol\.com|booking\.com"
    r"|takeaway|thuisbezorgd)\b",
    re.IGNORECASE,
)
"""Providers, and market places that pay out for many customers at once. Too many costs only certainty."""
_CARD = re.compile(r"^\W*(BEA|GEA|NBEA|geldautomaat|betaalautomaat)\b", re.IGNORECASE)
_CASH = re.compile(r"\b(storting|sealbag|kasstorting|stortingsautomaat)\b", re.IGNORECASE)


class Named(NamedTuple):
    """What a payment names. Places are positions in the ledger's invoices, in the order of naming.

    `unsure`: places of words that can be read in several ways. `firm`: no number may be something else.
    `debtors`: debtor numbers that stand there. `other_word`: all stand behind a word such as bestelling.
    """

    places: tuple[int, ...] = ()
    unsure: tuple[int, ...] = ()
    firm: bool = True
    debtors: frozenset[str] = frozenset()
    other_word: bool = False


NOTHING = Named()
_NOBODY: frozenset[str] = frozenset()
_NO_MARK: tuple[tuple[int, ...], bool] = ((), False)


@dataclass(slots=True)
class Evidence:
    """The ledger, indexed by what payments can say; `told`: which of them name an arrangement."""

    ledger: Ledger
    told: Told = field(default_factory=dict)
    numbers: NumberIndex = field(init=False)
    _own: AccountOwners = field(init=False)
    _references: dict[str, tuple[int, ...]] = field(init=False, default_factory=dict)
    _heads: set[str] = field(init=False, default_factory=set)
    _owners: AccountOwners = field(init=False)
    _debtors: dict[str, str] = field(init=False, default_factory=dict)
    _marks: dict[str, str] = field(init=False, default_factory=dict)
    _named: dict[str, Named] = field(init=False, default_factory=dict)
    _names: NameIndex | None = field(init=False, default=None)
    _mentions: dict[tuple[str, bool], tuple[Mention, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        ledger = self.ledger
        self.numbers = NumberIndex([invoice.number for invoice in ledger.invoices])
        for place, invoice in enumerate(ledger.invoices):
            if invoice.reference and is_meaningful(folded := fold(invoice.reference)):
                self._references[folded] = (*self._references.get(folded, ()), place)
                self._heads.add(folded[:_HEAD])
        own = {ledger.settings.company.iban, *(one.account for one in ledger.payments)}
        own.update(statement.account for statement in ledger.statements)
        self._own = AccountOwners((account, "") for account in sorted(own))
        for debtor in ledger.debtors:
            folded = fold(debtor.number)
            self._debtors.setdefault(folded, debtor.number)
            if len(folded) >= _SHORTEST_DEBTOR and not folded.isdigit():
                self._marks.setdefault(folded, debtor.number)
        self._owners = AccountOwners(
            (debtor.iban, debtor.number)
            for debtor in ledger.debtors
            if debtor.iban and not self._own.of(debtor.iban)
        )

    def owners(self, payment: Payment) -> frozenset[str]:
        """The debtors whose IBAN the money came from or went to; a payment provider's says nothing."""
        found = self._owners.of(payment.counter_account)
        return _NOBODY if found and provider(payment) else found

    @property
    def names(self) -> NameIndex:
        """The names of debtors, made at first need."""
        if self._names is None:
            self._names = NameIndex(self.ledger.debtors)
        return self._names

    def may_be(self, payment: Payment, debtor: str) -> bool:
        """Whether the payer's name is like that of this debtor and of no other."""
        return self.names.alike(payment.name) == (debtor,)

    def is_own(self, payment: Payment) -> bool:
        """Money between our own accounts."""
        return bool(self._own.of(payment.counter_account))

    def named(self, payment: Payment) -> Named:
        """Everything of ours that the payment names: references first, then numbers as they stand."""
        known = self._named.get(payment.transaction)
        if known is None:
            known = self._named[payment.transaction] = self._look_for(payment)
        return known

    def _look_for(self, payment: Payment) -> Named:
        described = self.numbers.plain(payment.description)
        marked = self.numbers.plain(payment.reference) if payment.reference else _NO_MARK
        referred = self._referred(payment) if self._references else ()
        if described is not None and marked is not None and not referred:
            places = tuple(dict.fromkeys(described[0] + marked[0])) if marked[0] else described[0]
            if not places:
                return NOTHING
            return Named(places, (), True, self.debtors_in(payment.description) if described[1] else _NOBODY)
        sure: list[int] = []
        unsure: list[int] = []
        firm = True
        other_word = not referred
        for places in referred:
            (sure if len(places) == 1 else unsure).extend(places)
        mentions = without_days(self.mentions(payment.description))
        if marked is not None:
            sure.extend(marked[0])
            other_word = other_word and not marked[0]
        else:
            mentions += self.mentions(payment.reference, alone_is_firm=False)
        for mention in mentions:
            other_word = other_word and mention.other_word
            if len(mention.places) > 1:
                unsure.extend(mention.places)
            else:
                firm = firm and (mention.firm or mention.places[0] in sure)
                sure.extend(mention.places)
        if not sure and not unsure:
            return NOTHING
        return Named(
            tuple(dict.fromkeys(sure)) if len(sure) > 1 else tuple(sure),
            tuple(dict.fromkeys(unsure)),
            firm,
            self.debtors_in(payment.description),
            other_word,
        )

    def mentions(self, text: str, *, alone_is_firm: bool = True) -> tuple[Mention, ...]:
        """Numbers of ours in a text, each text read once."""
        known = self._mentions.get((text, alone_is_firm))
        if known is None:
            known = find(self.numbers, text, alone_is_firm=alone_is_firm)
            self._mentions[text, alone_is_firm] = known
        return known

    def debtors_in(self, text: str) -> frozenset[str]:
        """Debtors whose number stands in a text: behind a word such as klantnr, or with letters in it."""
        found: set[str] = set()
        if self._marks:
            found.update(
                self._marks[run]
                for word in _DIGIT_RUN.findall(text)
                if (run := word.replace("-", "").upper()) in self._marks
            )
        for written in _DEBTOR_WORD.findall(text):
            number = self._debtors.get(fold(written))
            if number is not None:
                found.add(number)
        return frozenset(found) if found else _NOBODY

    def debtor(self, written: str) -> str | None:
        """The debtor with exactly this number, however it is written; None when there is none."""
        return self._debtors.get(fold(written)) if written.strip() else None

    def called(self, written: str) -> str | None:
        """The only debtor with a name like this; None when there is none, or more than one."""
        found = self.names.alike(written)
        return found[0] if len(found) == 1 else None

    def refers(self, payment: Payment, place: int) -> bool:
        """Whether the payment carries the reference we issued for this invoice."""
        if not self.ledger.invoices[place].reference:
            return False
        return any(place in places for places in self._referred(payment))

    def _referred(self, payment: Payment) -> list[tuple[int, ...]]:
        found: list[tuple[int, ...]] = []
        if payment.reference and (places := self._references.get(fold(payment.reference))):
            found.append(places)
        for text in (payment.description, payment.reference):
            if text:
                found.extend(self._references_in(text))
        return found

    def _references_in(self, text: str) -> list[tuple[int, ...]]:
        """References of ours in a text, also written in groups."""
        runs = [run.upper() for run in _RUN.findall(text)]
        found: list[tuple[int, ...]] = []
        for at, run in enumerate(runs):
            if len(run) >= _HEAD and run[:_HEAD] not in self._heads:
                continue
            joined = ""
            for part in runs[at : at + _LONGEST_GROUPS]:
                joined += part
                if len(joined) >= _HEAD and joined[:_HEAD] not in self._heads:
                    break
                places = self._references.get(joined) if len(joined) >= _SHORTEST_REFERENCE else None
                if places:
                    found.append(places)
        return found


def provider(payment: Payment) -> str:
    """The payment provider that paid out, '' when it is none."""
    return _provider_in(payment.name or payment.description)


@lru_cache(maxsize=50_000)
def _provider_in(text: str) -> str:
    """The same payers come back, and are asked about more than once."""
    found = _PROVIDERS.search(text)
    return found[1] if found else ""


def is_collected(payment: Payment) -> bool:
    """Money that came through somebody who pays for many: a provider, a card machine, cash."""
    return bool(provider(payment)) or is_card_line(payment) or is_cash(payment)


def is_card_line(payment: Payment) -> bool:
    """A line of a card terminal or cash machine."""
    return not payment.counter_account and bool(_CARD.match(payment.description))


def is_cash(payment: Payment) -> bool:
    """Cash that was paid in."""
    return not payment.counter_account and bool(_CASH.search(payment.description))
