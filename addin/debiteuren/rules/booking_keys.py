"""Which bookings are the same: ids that stay, and the same booking in two files or formats.

Answers: what id does a booking get (the same in every file it stands in), is this booking one of those we
have, and which rows may be one booking twice. Level 1 is the bank's own id; level 2 account, day, cents,
counterparty and text. The same booking reads differently in two formats: where the text does not settle it,
it is "mogelijk dubbel" and the user decides. Two equal bookings on one day in one file are both real. The
labels a bank puts in its text follow the user's language and are no part of it.
Source: docs/regels.md, "Dezelfde boeking".
Leaves to others: what is imported (jobs/bank_import.py), what is matched (rules/matching.py).
"""

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from debiteuren.domain.account import account_core, tidy_account
from debiteuren.domain.payment import BankTransaction, Payment
from debiteuren.rules.batch_doubles import repeated_parts

TEXT_LENGTH = 60
"""So many letters and digits of a description are compared (docs/regels.md, "Dezelfde boeking")."""

_Party = tuple[str, str]
_DIGEST = 12
_CENTS = 100
_LABEL = re.compile(
    r"\b(?:Naam|Name|Omschrijving|Description|Kenmerk|Reference|Betalingskenmerk|Payment reference"
    r"|Machtiging ID|Mandate ID|Incassant ID|Creditor ID|Overige partij|Other party"
    r"|Reden retour|Return reason|Valutadatum|Value date|Datum/Tijd|Date/time"
    r"|Pasvolgnr|Card sequence no\.|Transactie|Transaction|Term)\s?:"
    r"|\b(?:Doorlopende|Recurrent SEPA|Eenmalige|One-off SEPA) (?:incasso|direct debit)\b",
    re.IGNORECASE,
)
"""What ING writes in Mededelingen and Notifications before a value, in Dutch and in English."""


def folded(text: str) -> str:
    """Capitals and digits of the text only, without accents: what every format keeps.

    >>> folded("Café  Noir, fact. 2026-0042")
    'CAFENOIRFACT20260042'
    """
    plain = unicodedata.normalize("NFKD", text).upper()
    return "".join(sign for sign in plain if sign.isascii() and sign.isalnum())


def _compared(text: str) -> str:
    """The folded text without the bank's own labels: the same in a Dutch and an English export."""
    return folded(_LABEL.sub(" ", text) if ":" in text else text)


class Place(NamedTuple):
    """Where a booking can only be the same as another: account, day and cents."""

    account: str
    booked: date
    cents: int


class BookingKey(NamedTuple):
    """The level 2 key of a booking. `counter` and `reference` are '' where the format does not say."""

    place: Place
    counter: str
    text: str
    reference: str

    def same_party(self, other: "BookingKey") -> bool:
        """Whether both are of one counterparty, as far as both say."""
        return not self.counter or not other.counter or self.counter == other.counter

    def same(self, other: "BookingKey") -> bool:
        """Whether these are the same booking: place, counterparty, text and reference agree.

        A reference that one of them lacks does not part them; a text does, unless it is that reference.
        """
        if self.place != other.place or not self.same_party(other):
            return False
        if self.text + self.reference == other.text + other.reference:
            return True
        references = not self.reference or not other.reference or self.reference == other.reference
        return self.text == other.text and references


def booking_key(booking: BankTransaction | Payment) -> BookingKey:
    """The level 2 key of a booking in a file or of a row of Betalingen."""
    reference = booking.reference
    if isinstance(booking, BankTransaction):
        reference = reference or booking.end_to_end
    return BookingKey(
        Place(account_core(booking.account), booking.booked, int(booking.amount * _CENTS)),
        account_core(booking.counter_account) if booking.counter_account else "",
        _compared(booking.description)[:TEXT_LENGTH],
        folded(reference),
    )


def _identity(transaction: BankTransaction) -> tuple[str, ...]:
    """What makes a booking itself, in every file it stands in."""
    place = (
        account_core(transaction.account),
        transaction.booked.isoformat(),
        str(transaction.amount),
        transaction.currency,
    )
    if transaction.bank_id:
        return (*place, "bank", transaction.bank_id)
    key = booking_key(transaction)
    return (*place, key.counter, (_compared(transaction.description) + key.reference)[:TEXT_LENGTH])


def _rest(transaction: BankTransaction) -> tuple[str, ...]:
    """What tells apart two bookings with one identity, so that their numbers do not depend on their order."""
    return (
        _compared(transaction.description),
        tidy_account(transaction.counter_account),
        folded(transaction.name),
        folded(transaction.reference + transaction.end_to_end),
        transaction.mandate,
        transaction.kind,
        transaction.return_code,
        transaction.value_date.isoformat() if transaction.value_date else "",
    )


def transaction_ids(transactions: Sequence[BankTransaction]) -> tuple[str, ...]:
    """The id of each booking of one file, in the same order: "20261119-3f9a2c1b7d40".

    The same booking in an overlapping file has the same id; equal bookings of one day are numbered, whatever
    their order in the file.
    """
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, transaction in enumerate(transactions):
        groups[_identity(transaction)].append(at)
    ids = [""] * len(transactions)
    for identity, places in groups.items():
        ordered = sorted(places, key=lambda at: _rest(transactions[at]))
        for number, at in enumerate(ordered, 1):
            text = "\x1f".join([*identity, str(number)])
            digest = hashlib.sha256(text.encode()).hexdigest()[:_DIGEST]
            ids[at] = f"{transactions[at].booked:%Y%m%d}-{digest}"
    return tuple(ids)


class _Pool:
    """Earlier rows of one day and amount, by source and party; each is given out once to every source."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[_Party, list[tuple[str, BookingKey]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self.given: dict[tuple[str, str, _Party], set[int]] = defaultdict(set)
        self.begin: Counter[tuple[str, str, _Party]] = Counter()

    def add(self, source: str, party: _Party, transaction: str, key: BookingKey) -> None:
        """Remember a row."""
        self.rows[source][party].append((transaction, key))

    def take(self, source: str, party: _Party, key: BookingKey, doubles: Mapping[str, str]) -> str | None:
        """The first row of another source that may be this one, None when there is none left.

        A row with the same text is none: importing would have known it, so this is one more of its kind.
        """
        for other, groups in self.rows.items():
            for group in _compatible(party, groups) if other != source else ():
                rows, place = groups[group], (source, other, group)
                given = self.given[place]
                while self.begin[place] in given:
                    self.begin[place] += 1
                for at in range(self.begin[place], len(rows)):
                    transaction, earlier = rows[at]
                    if at not in given and transaction not in doubles and not key.same(earlier):
                        given.add(at)
                        return transaction
        return None


def _compatible(party: _Party, groups: Mapping[_Party, object]) -> list[_Party]:
    """The groups of the same account and counterparty, as far as both say. With both known, four look-ups."""
    account, counter = party
    if account and counter:
        exact = [(account, counter), (account, ""), ("", counter), ("", "")]
        return [group for group in exact if group in groups]
    return [
        group
        for group in groups
        if (not account or not group[0] or account == group[0])
        and (not counter or not group[1] or counter == group[1])
    ]


def possible_doubles(payments: Sequence[Payment]) -> dict[str, str]:
    """Transactions that may be an earlier row once more, with the transaction of that row.

    Same day, amount, account and counterparty (as far as both rows say), another source and another text, and
    the user has not decided (Uw keuze is empty). One earlier row stands for one later row of each source. The
    parts of an earlier total are doubles too (batch_doubles.py).
    `payments` in sheet order.
    """
    # Nearly every day and amount comes from one source only; their texts need no folding.
    sources: dict[tuple[date, Decimal], set[str]] = defaultdict(set)
    for payment in payments:
        sources[payment.booked, payment.amount].add(payment.source)
    pools: dict[tuple[date, int], _Pool] = defaultdict(_Pool)
    doubles: dict[str, str] = {}
    for payment in payments:
        if len(sources[payment.booked, payment.amount]) == 1:
            continue
        key = booking_key(payment)
        party = ("" if not payment.account.strip() else key.place.account, key.counter)
        pool = pools[payment.booked, key.place.cents]
        earlier = pool.take(payment.source, party, key, doubles)
        pool.add(payment.source, party, payment.transaction, key)
        if earlier is not None and not payment.choice.strip():
            doubles[payment.transaction] = earlier
    return doubles | repeated_parts(payments, doubles)
