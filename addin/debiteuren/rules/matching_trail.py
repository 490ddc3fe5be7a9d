"""The whole trail of one payment: what was looked at, what it said, and what it could have been.

Answers: which evidence a payment holds, what contradicts it, and which invoices fit and why not.
Source: docs/regels.md, "Waarom" and "Koppelingen".
Leaves to others: the booking itself (matching.py), telling it (jobs/proof.py, cli_why.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import euro
from debiteuren.domain.payment import Payment
from debiteuren.rules.arrangement_names import ArrangementNames
from debiteuren.rules.learned_accounts import LearnedAccounts
from debiteuren.rules.matching_books import Books
from debiteuren.rules.matching_choice import read_choices
from debiteuren.rules.matching_doubts import Judgement
from debiteuren.rules.matching_evidence import Evidence, Named, is_card_line, is_cash, provider
from debiteuren.rules.matching_guess_words import GuessWords
from debiteuren.rules.matching_inferred import Inference
from debiteuren.rules.matching_payers import Payers
from debiteuren.rules.matching_reversals import is_return
from debiteuren.rules.matching_sure import judge_of
from debiteuren.rules.matching_words import doubt_words, how_named, listed, quoted

_MOST_CANDIDATES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Invoices a payment could be for, in words, and whether this was beyond doubt."""

    invoices: tuple[str, ...]
    why: str
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """What was found about one payment, in the order in which it is looked for."""

    evidence: tuple[str, ...]
    against: tuple[str, ...]
    candidates: tuple[Candidate, ...]


def trail(ledger: Ledger, payment: Payment, on: date) -> Trail:
    """The trail of a payment as of a day, against the books as they are without its own rows.

    `ledger` holds the allocations as they are now.
    """
    names = ArrangementNames.of(ledger)
    told = names.told(ledger)
    ledger, payment = names.without(ledger), names.plain(payment)
    books = Books(ledger, on)
    books.remove(payment.transaction)
    evidence = Evidence(ledger, told)
    judge = judge_of(ledger, books, evidence, on)
    choices, _ = read_choices(ledger.payments, evidence)
    learned = LearnedAccounts(ledger.payments, books, evidence, choices, lambda one: one.booked <= on)
    inference = Inference(ledger=ledger, books=books, evidence=evidence, learned=learned, judge=judge)
    words = GuessWords(ledger, books)
    named = evidence.named(payment)
    judged = None
    if (named.places or named.unsure) and payment.amount:
        judged = judge.judge(payment, payment.amount, named)
    found: dict[tuple[str, ...], Candidate] = {}
    if judged is not None and judged.lines:
        numbers = tuple(words.numbers([place for place, _ in judged.lines]))
        why = _judged_words(judged, numbers, payment, books)
        found[numbers] = Candidate(invoices=numbers, why=why, sure=judged.doubt is None)
    for fit in inference.fits(payment, payment.amount, named, judged):
        numbers = tuple(words.numbers([place for place, _ in fit.lines]))
        found.setdefault(numbers, Candidate(invoices=numbers, why=fit.why(), sure=fit.sure and not found))
        if len(found) >= _MOST_CANDIDATES:
            break
    payers = Payers(evidence, learned, words)
    return Trail(
        evidence=tuple(_evidence(payment, named, books, evidence, payers, words)),
        against=tuple(_against(payment, named, books, evidence, judged)),
        candidates=tuple(found.values()),
    )


def _judged_words(judged: Judgement, numbers: tuple[str, ...], payment: Payment, books: Books) -> str:
    owed = sum((books.unpaid[place] for place, _ in judged.lines), start=payment.amount - payment.amount)
    if judged.doubt is not None:
        return doubt_words(judged.doubt, numbers, payment.amount, owed, "een ander")
    return f"{listed(numbers)} staat erbij en {euro(payment.amount)} past op de {euro(owed)} die openstond"


def _evidence(
    payment: Payment, named: Named, books: Books, evidence: Evidence, payers: Payers, words: GuessWords
) -> Iterator[str]:
    for place in named.places:
        number = books.invoices[place].number
        how = how_named(payment, number, books, evidence)
        yield f"{how or f'factuur {number} staat erbij'}; daarvan stond {euro(books.unpaid[place])} open"
    if not named.places:
        yield "geen heel factuurnummer of kenmerk van u"
    payer = payers.of(payment, named)
    if payer is not None:
        yield payer.words
    elif payment.counter_account:
        yield f"rekening {payment.counter_account} is van geen debiteur, en van niemand geleerd"
    else:
        yield "er staat geen tegenrekening bij"
    for one in payers.alike(payment):
        yield words.alike(payment.name, one)


def _against(
    payment: Payment, named: Named, books: Books, evidence: Evidence, judged: Judgement | None
) -> Iterator[str]:
    if evidence.is_own(payment):
        yield f"rekening {payment.counter_account} is van uzelf"
    if who := provider(payment):
        yield f"{who} is een betaaldienst: de rekening zegt niets over de klant"
    if is_card_line(payment) or is_cash(payment):
        yield "een pinregel of storting: van wie het geld is, is niet te zien"
    if is_return(payment):
        yield "de bank zegt dat dit geld terugging of terugkwam"
    if named.unsure:
        numbers = [books.invoices[place].number for place in named.unsure]
        yield f"wat er staat kan op meer manieren gelezen worden: {listed(numbers)}"
    if judged is not None and judged.doubt is not None:
        numbers = [books.invoices[place].number for place in named.places or named.unsure]
        owed = sum((books.unpaid[place] for place in named.places), start=payment.amount - payment.amount)
        yield _DOUBTLESS.get(judged.doubt.name, "") or doubt_words(
            judged.doubt, numbers, payment.amount, owed, quoted(payment.name or payment.counter_account)
        )


_DOUBTLESS = {
    "SETTLED": "wat er genoemd wordt, is al betaald",
    "LATER": "wat er genoemd wordt, is van na de peildatum",
}
