"""How a match is explained: one Dutch sentence with the words, number, account or amount that decided.

Answers: Waarom of a payment.
Source: docs/regels.md, "Waarom".
Leaves to others: the decision itself (matching_sure.py and its neighbours).
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from debiteuren.domain.days import dutch
from debiteuren.domain.ledger import Allocation, AllocationKind
from debiteuren.domain.money import euro
from debiteuren.domain.payment import Payment
from debiteuren.rules.matching_books import Books, Row
from debiteuren.rules.matching_doubts import Doubt
from debiteuren.rules.matching_evidence import Evidence
from debiteuren.rules.number_index import DIGIT_WORD, EDGES
from debiteuren.rules.references import fold, reference_word

_BESIDE = {
    AllocationKind.DISCOUNT: "korting voor snel betalen",
    AllocationKind.COSTS: "incassokosten erbij",
    AllocationKind.INTEREST: "rente erbij",
}
_MOST_NAMES = 5
_LONGEST_QUOTE = 40
RECORDED = "Zo vastgelegd in Koppelingen:"
CHANGE = "; klopt dit niet, vul dan Uw keuze in."
BACK = "; maak de cel leeg om terug te gaan."
UNLESS = "; hoort dit toch bij een factuur, vul dan Uw keuze in."
FILL_IN = "; vul Uw keuze in als u het weet."


def listed(names: Sequence[str]) -> str:
    """Names in a row: "A, B en C"; of many the first five and how many more.

    >>> listed(["A", "B", "C"])
    'A, B en C'
    """
    shown = list(names[:_MOST_NAMES])
    if len(names) > _MOST_NAMES:
        shown.append(f"nog {len(names) - _MOST_NAMES}")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} en {shown[-1]}"


def quoted(text: str) -> str:
    """Words of the bank in a sentence: one line, not too long."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return f"“{line[:_LONGEST_QUOTE]}…”" if len(line) > _LONGEST_QUOTE else f"“{line}”"


def how_named(payment: Payment, number: str, books: Books, evidence: Evidence) -> str:
    """Where the payment names this invoice, as the start of a sentence; '' when it does not."""
    place = books.place.get(number)
    if place is None:
        return ""
    if evidence.refers(payment, place):
        mark = books.invoices[place].reference
        return f"{reference_word(mark)} {mark} van factuur {number} staat erbij"
    if number in payment.description:
        return f"factuurnummer {number} staat in de omschrijving"
    if number in payment.reference:
        return f"factuurnummer {number} staat in het kenmerk"
    for where, text in (("de omschrijving", payment.description), ("het kenmerk", payment.reference)):
        if words := _words_for(text, number, place, evidence):
            return f"{quoted(words)} in {where} is factuur {number}"
    return ""


def _words_for(text: str, number: str, place: int, evidence: Evidence) -> str:
    """How a text writes a number, '' when it does not."""
    wanted = fold(number)
    written: list[str] = DIGIT_WORD.findall(text)
    for word in written:
        if fold(word) == wanted:
            return word.strip(EDGES)
    return next((one.words for one in evidence.mentions(text) if place in one.places), "")


def allocated_words(
    payment: Payment,
    rows: Sequence[Row],
    rest: Decimal,
    books: Books,
    evidence: Evidence,
    otherwise: str = "",
) -> str:
    """Why the program allocated these rows; each comes with what was open on its invoice just before.

    `otherwise`: who paid, in words, for where the payment does not name the first invoice in full.
    """
    row, before = rows[0]
    how = how_named(payment, row.invoice, books, evidence) or otherwise
    if not how:
        return f"{RECORDED} {amounts_words([row for row, _ in rows])}{CHANGE}"
    bare = [row for row, _ in rows]
    beside = [row for row in bare if row.kind in _BESIDE]
    bare = [row for row in bare if row.kind not in _BESIDE]
    if otherwise == how:
        how += f", op {row.invoice}" if len(bare) == 1 else ""
    how = how[0].upper() + how[1:]
    if beside:
        fits = _beside_words(bare, beside)
    elif len(bare) == 1:
        fits = _fit_words(row.amount, before, rest)
    elif all(one.amount == owed for one, owed in rows) and not rest:
        fits = _sum_words(bare, payment.amount)
    else:
        fits = f"dat is {amounts_words(bare)}{f'; {euro(rest)} meer blijft als Rest staan' if rest else ''}"
    return f"{how} en {fits}{CHANGE}"


def _beside_words(paid: Sequence[Allocation], beside: Sequence[Allocation]) -> str:
    """A discount that was agreed, or costs that were due."""
    said = [f"{euro(row.amount)} {_BESIDE[row.kind]}" for row in beside]
    numbers = list(dict.fromkeys(row.invoice for row in paid))
    verb = "is" if len(numbers) == 1 else "zijn"
    return f"{listed(numbers)} {verb} daarmee helemaal betaald, met {listed(said)}"


def _fit_words(amount: Decimal, before: Decimal, rest: Decimal) -> str:
    if rest:
        return f"{euro(abs(before))} stond open; {euro(abs(rest))} meer blijft als Rest staan"
    if amount == before:
        return f"{euro(abs(amount))} is precies wat er openstond"
    return f"er stond {euro(before)} open; met deze {euro(amount)} blijft {euro(before - amount)} over"


def _sum_words(rows: Sequence[Allocation], amount: Decimal) -> str:
    numbers = list(dict.fromkeys(row.invoice for row in rows if row.amount > 0))
    credit_notes = list(dict.fromkeys(row.invoice for row in rows if row.amount < 0))
    text = f"{listed(numbers)} samen" if len(numbers) > 1 else f"{listed(numbers)}" if numbers else ""
    if credit_notes:
        text += f" min creditfactuur {listed(credit_notes)}"
    return f"{text} is precies {euro(amount)}"


def amounts_words(rows: Sequence[Allocation]) -> str:
    """What went where: "€ 60,00 op 1001 en € 40,00 op 1002"."""
    return listed([f"{euro(row.amount)} op {row.invoice}" for row in rows])


def reversal_words(original: Payment | None, rows: Sequence[Allocation]) -> str:
    """Why the rows of an earlier payment were taken back."""
    found = list(dict.fromkeys(row.invoice for row in rows))
    numbers, verb = listed(found), "staat" if len(found) == 1 else "staan"
    if original is None:
        return f"Storno: {amounts_words(rows)} is teruggenomen{CHANGE}"
    return (
        f"Storno van de betaling van {dutch(original.booked)} ({quoted(original.transaction)}): "
        f"{euro(original.amount)} kwam terug en {numbers} {verb} daarvoor weer open{CHANGE}"
    )


def choice_words(rows: Sequence[Allocation], payment: Payment, rest: Decimal) -> str:
    """What the user's choice did."""
    if not rows:
        what = "uit te betalen of terug te nemen" if payment.amount < 0 else "te betalen"
        return f"Uw keuze {quoted(payment.choice)}: daar is niets meer {what}{BACK}"
    left = f"; {euro(rest)} blijft als Rest staan" if rest else ""
    return f"Uw keuze: {_chosen_words(rows)}{left}{BACK}"


def _chosen_words(rows: Sequence[Allocation]) -> str:
    """What was paid, less credit notes; or taken back and paid out."""
    paid = [row for row in rows if row.amount > 0]
    storno = [row for row in rows if row.amount < 0 and row.kind is not AllocationKind.CREDIT_NOTE]
    credit = [f"{euro(-row.amount)} van creditfactuur {row.invoice}" for row in rows if _is_credit(row)]
    parts = []
    if paid:
        parts.append(f"{amounts_words(paid)}{f', min {listed(credit)}' if credit else ''}")
    if storno:
        back = listed([f"{euro(-row.amount)} op {row.invoice}" for row in storno])
        again = "die factuur staat" if len(storno) == 1 else "die facturen staan"
        parts.append(f"storno van {back}, {again} daarvoor weer open")
    if credit and not paid:
        parts.append(f"{listed(credit)} uitbetaald")
    return " en ".join(parts)


def _is_credit(row: Allocation) -> bool:
    return row.amount < 0 and row.kind is AllocationKind.CREDIT_NOTE


def settled_words(numbers: Sequence[str], payers: Sequence[Payment]) -> str:
    """The named invoices are paid already."""
    verb = "is" if len(numbers) == 1 else "zijn"
    last = max(payers, key=lambda one: (one.booked, one.transaction), default=None)
    when = f" (laatst op {dutch(last.booked)})" if last is not None else ""
    return (
        f"{listed(numbers)} staat erbij, maar {verb} al betaald{when}; "
        "vul Uw keuze in als dit geld ergens anders voor is."
    )


def later_words(numbers: Sequence[str], on: date) -> str:
    """The named invoice is dated after Peildatum."""
    return (
        f"{listed(numbers)} staat erbij, maar is van na de peildatum {dutch(on)}; daarna wordt hij gekoppeld."
    )


def doubt_words(doubt: Doubt, numbers: Sequence[str], amount: Decimal, owed: Decimal, extra: str) -> str:
    """Why the named invoices are a proposal only; `extra` names the other account or debtor."""
    names = listed(numbers)
    paid = euro(amount)
    stand = f"{names} {'staat' if len(numbers) == 1 else 'staan'} erbij"
    return {
        Doubt.SEVERAL_WAYS: f"wat er staat kan ook een ander nummer zijn dan {names}",
        Doubt.SEVERAL_DEBTORS: f"{names} zijn van verschillende debiteuren",
        Doubt.OTHER_ACCOUNT: f"{stand}, maar de rekening is van {extra}",
        Doubt.OTHER_DEBTOR: f"{stand}, maar ook debiteurnummer {extra}",
        Doubt.TOO_MUCH: f"{stand}, maar {paid} is meer dan de {euro(owed)} die openstaat",
        Doubt.TOO_LITTLE: f"{stand}, maar {paid} is niet precies wat daarvan openstaat",
        Doubt.CREDITS: f"{names} past, maar er zijn meer creditfacturen die passen",
        Doubt.WEAK: f"{stand}, maar dat kan ook iets anders zijn en {paid} past niet",
        Doubt.COLLECTED: f"{stand}, maar {paid} is niet precies het open bedrag",
        Doubt.EARLY: f"{stand}, maar is van na de betaling en {paid} is niet precies het bedrag",
        Doubt.OTHER_NAME: f"{stand}, maar een klant die heet als de betaler, heeft ook precies "
        f"{paid} openstaan",
        Doubt.OTHER_AMOUNT: f"{stand}, maar {paid} is precies wat op een andere factuur van deze "
        "klant openstaat",
        Doubt.OTHER_WORD: f"{stand}, maar achter een woord als bestelling of order: het kan een "
        "ander nummer zijn",
        Doubt.STRANGER: f"{stand}, maar rekening en naam zijn niet van deze klant bekend en {paid} is "
        "niet precies het open bedrag",
    }[doubt]
