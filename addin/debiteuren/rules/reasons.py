"""Waarom: one Dutch sentence with the rule, the dates and what would change it.

Answers: how do we say why an invoice stands where it stands.
Source: contract, "Every Waarom is one Dutch sentence"; design.md, "Words".
Leaves to others: deciding (next_action.py).
"""

from datetime import date
from decimal import Decimal

from debiteuren.domain.arrangement import ArrangementState, InstalmentState
from debiteuren.domain.days import dutch
from debiteuren.domain.invoice import Block, Invoice
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.settings import LadderStep, Step
from debiteuren.rules.freshness import BankFreshness
from debiteuren.rules.ladder import CALLS, LAST_LETTERS
from debiteuren.rules.promises import Word
from debiteuren.rules.steps import Progress


def credit_note(invoice: Invoice, unpaid: Decimal) -> str:
    """A credit note: nothing to ask."""
    if unpaid < ZERO:
        return (
            f"Creditfactuur van {dutch(invoice.issued)}, nog {euro(-unpaid)} te verrekenen; "
            "dat verandert zodra ze aan een factuur is gekoppeld."
        )
    return f"Creditfactuur van {dutch(invoice.issued)}, helemaal verrekend; alleen een storno verandert dat."


def paid(invoice: Invoice, unpaid: Decimal, since: date | None) -> str:
    """Paid, with a difference where there is one."""
    if invoice.amount == ZERO:
        return f"Factuur van {dutch(invoice.issued)} met bedrag nul: niets te betalen zolang dat zo blijft."
    when = f"Betaald op {dutch(since)}" if since is not None else "Betaald"
    if unpaid > ZERO:
        when += f" op {euro(unpaid)} na, een verschil dat u laat zitten (BetaalverschilMax)"
    elif unpaid < ZERO:
        when += f", {euro(-unpaid)} te veel"
    return f"{when}; alleen een storno zet deze factuur weer open."


def handed_over(until: date | None) -> str:
    """Blokkade Uit handen."""
    if until is None:
        return "Uit handen gegeven (Blokkade, zonder einddatum); haal de Blokkade weg om zelf verder te gaan."
    return f"Uit handen gegeven tot en met {dutch(until)} (Blokkade); daarna gaat de ladder verder."


def dispute_blocked(until: date | None, on: date) -> str:
    """Blokkade Betwist; `until` is the day to have solved it."""
    if until is None:
        rule = "Betwist (Blokkade, zonder oplosdag): eerst oplossen, geen herinneringen"
    elif until < on:
        rule = f"Betwist (Blokkade) en de oplosdag {dutch(until)} is voorbij: eerst oplossen"
    else:
        rule = f"Betwist (Blokkade): op te lossen uiterlijk {dutch(until)}, tot dan geen herinneringen"
    return f"{rule}; is het opgelost, haal dan de Blokkade weg en de ladder gaat verder."


def dispute_told(since: date) -> str:
    """Outcome Geschil in Contact, without a Blokkade."""
    return (
        f"Geschil gemeld op {dutch(since)} (Contact): eerst oplossen, geen herinneringen; "
        "een later contact of een Blokkade verandert dit."
    )


def instalment_missed(state: ArrangementState, missed: InstalmentState, last_day: date) -> str:
    """An instalment that did not come, or not in full, through its last day."""
    instalment = missed.instalment
    due = (instalment.amount or ZERO) - missed.paid
    return (
        f"Regeling {state.arrangement.id}: van termijn {instalment.number} was {euro(due)} op "
        f"{dutch(last_day)} nog niet binnen; betaling of een nieuwe afspraak verandert dit."
    )


def arrangement_unconfirmed(state: ArrangementState) -> str:
    """Agreed and not confirmed in writing."""
    return (
        f"{_arrangement(state)} is nog niet schriftelijk bevestigd; "
        "vul Bevestigd op in zodra de bevestiging weg is."
    )


def arrangement_running(state: ArrangementState) -> str:
    """On schedule."""
    following = f", volgende termijn op {dutch(state.next_due)}" if state.next_due is not None else ""
    return f"{_arrangement(state)} loopt op schema{following}; een gemiste termijn verandert dit."


def _arrangement(state: ArrangementState) -> str:
    agreed = state.arrangement.agreed_on
    when = f" van {dutch(agreed)}" if agreed is not None else ""
    return f"Regeling {state.arrangement.id}{when}"


def promise(word: Word, freshness: BankFreshness, *, due: bool) -> str:
    """A promise, or word of having paid, that is waited for or to be followed up (`due`)."""
    told = dutch(word.contact.day)
    follow_up = dutch(word.follow_up_on)
    if word.promised_on is None:
        said = f"Betaald volgens de klant op {told}"
        if due:
            return f"{said}, maar op de derde bankdag nog niet binnen; betaling of een gesprek verandert dit."
        return f"{said}: als het er op {follow_up} niet is, vragen we het na; betaling verandert dit."
    amount = word.contact.promised_amount
    what = f"{euro(amount)} " if amount is not None and amount > ZERO else "betaling "
    said = f"Op {told} is {what}toegezegd voor {dutch(word.promised_on)}"
    if due:
        return f"{said} en dat is niet binnen; betaling of een later gesprek verandert dit."
    if freshness.on >= word.follow_up_on and freshness.last_day is not None:
        return (
            f"{said}, maar de bank is pas bekend tot en met {dutch(freshness.last_day)}; "
            "lees eerst de nieuwste afschriften in."
        )
    return f"{said}: is het dan niet binnen, dan opvolgen op {follow_up}; betaling verandert dit."


def paused(until: date | None, follow_up: date | None, *, by_debtor: bool) -> str:
    """Blokkade Pauze, or Niet herinneren tot of the debtor (`by_debtor`)."""
    if until is None or follow_up is None:
        return "Pauze (Blokkade, zonder einddatum); haal de Blokkade weg om verder te gaan."
    if by_debtor:
        where, key = "Niet herinneren", "verander die datum bij de klant"
    else:
        where, key = "Pauze (Blokkade)", "haal de Blokkade weg"
    return (
        f"{where} tot en met {dutch(until)}, dus verder op {dutch(follow_up)}; {key} om eerder te beginnen."
    )


def not_late(invoice: Invoice, step: LadderStep | None, from_day: date | None) -> str:
    """Not late yet; what comes first when it is not paid."""
    rule = f"Nog niet te laat, vervalt op {dutch(invoice.due)}"
    if step is None or from_day is None:
        return f"{rule}; daarna volgt geen stap, want de ladder is leeg."
    return f"{rule}; zonder betaling volgt op zijn vroegst op {dutch(from_day)}: {step.action.value}."


def ladder_done(due: date) -> str:
    """No step is left."""
    return f"Te laat sinds {dutch(due)}, maar alle stappen van de ladder zijn gedaan; betaling verandert dit."


def missing_data(step: LadderStep, from_day: date, debtor: str, missing: str) -> str:
    """`missing`: what the step needs and the debtor's row has not; empty when there is no such row."""
    rule = f"{step.action.value} kan sinds {dutch(from_day)}, maar"
    if not missing:
        return f"{rule} debiteur {debtor} staat niet op het blad Debiteuren; voeg hem daar toe."
    return f"{rule} bij debiteur {debtor} ontbreekt {missing}; vul dat in op het blad Debiteuren."


def below_floor(due: date, owed: Decimal, floor: Decimal) -> str:
    """The debtor owes too little to write about; with open credit notes perhaps nothing at all."""
    if owed <= ZERO:
        return (
            f"Te laat sinds {dutch(due)}, maar met zijn open creditfacturen erbij is deze klant per saldo "
            f"niets te laat (Drempel {euro(floor)}); wordt het meer, dan gaat de ladder verder."
        )
    return (
        f"Te laat sinds {dutch(due)}, maar deze klant is per saldo {euro(owed)} te laat en dat is minder dan "
        f"de Drempel van {euro(floor)}; wordt het meer, dan gaat de ladder verder."
    )


def bank_too_old(step: LadderStep, from_day: date, freshness: BankFreshness, max_age: int) -> str:
    """The step is held back, because nobody knows who has paid since."""
    known = dutch(freshness.last_day or freshness.on)
    return (
        f"{step.action.value} (vanaf {dutch(from_day)}) wacht: de bank is maar bekend tot en met {known}, "
        f"meer dan {max_age} werkdagen terug (BankMaxOud); lees eerst de nieuwste afschriften in."
    )


def ladder_step(basis: str, step: LadderStep, from_day: date, *, due: bool) -> str:
    """A step that is due, or comes later."""
    when = "vanaf" if due else "op"
    return (
        f"{basis}, dus {when} {dutch(from_day)}: {step.action.value}; "
        "betaling, een gesprek of een Blokkade verandert dit."
    )


def basis(
    invoice: Invoice,
    steps: tuple[LadderStep, ...],
    progress: Progress,
    step: LadderStep,
    last_day: date | None,
) -> str:
    """What the next step rests on: the step before it, its day, and the wait.

    `last_day`: the one the last letter printed, where the step waits for it.
    """
    if progress.attempts:
        count = len(progress.attempts)
        tries = "belpoging" if count == 1 else "belpogingen"
        return f"{count} {tries} zonder gehoor, laatst op {dutch(progress.attempts[-1])}"
    wait = f"{step.wait_days} {'dag' if step.wait_days == 1 else 'dagen'}"
    if progress.done < 0 or progress.done_on is None:
        return f"Vervallen op {dutch(invoice.due)} en de ladder wacht dan {wait}"
    done = steps[progress.done].step
    day = dutch(progress.done_on)
    if done in CALLS:
        what = f"Niemand bereikt, laatst op {day}," if progress.unanswered else f"Gesprek van {day}"
    else:
        what = f"{done.value} van {day}"
    if last_day is not None:
        return f"{what} met {dutch(last_day)} als laatste dag"
    return f"{what} en de ladder wacht dan {wait}"


def too_soon(last_letter: date, days: int) -> str:
    """What is added when MinDagenTussenBerichten moved the step."""
    return f", tussen twee berichten zitten minstens {days} dagen (laatste op {dutch(last_letter)})"


def held_until(block: Block | None, until: date) -> str:
    """What is added when a pause that is over moved the step."""
    word = "de Blokkade" if block is not None else "Niet herinneren"
    return f", {word} gold tot en met {dutch(until)}"


def after_word(day: date) -> str:
    """What is added when a promise or dispute, over since a day, moved the step."""
    return f", de afspraak met de klant liep tot {dutch(day)}"


def prints_last_day(done: Step, following: Step) -> bool:
    """The step waits for the last day that the letter before it printed."""
    return following is Step.HAND_OVER and done in LAST_LETTERS
