"""Waarom: one Dutch sentence with the rule, the dates and what would change it.

Answers: how do we say why an invoice stands where it stands.
Source: docs/regels.md, "Waarom" and "Uiterlijk".
Leaves to others: deciding (next_action.py).
"""

from datetime import date
from decimal import Decimal

from debiteuren.domain.arrangement import ArrangementState, InstalmentState
from debiteuren.domain.days import dutch
from debiteuren.domain.invoice import Block, Invoice
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.settings import LadderStep, Step
from debiteuren.rules.arrangement_words import days_words, through, unconfirmed
from debiteuren.rules.arrangement_words import missing as owed_of
from debiteuren.rules.freshness import BankFreshness, known_through, workdays_words
from debiteuren.rules.ladder import CALLS, LAST_LETTERS
from debiteuren.rules.matching_words import quoted
from debiteuren.rules.promises import CHECKING_BANK_DAYS, USUAL_TERM, Word
from debiteuren.rules.steps import Progress
from debiteuren.rules.workdays import add_bank_days

NO_EMAIL = "staat geen bruikbaar e-mailadres"
"""Of a debtor: the cell is empty, or holds no single address."""


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
        "een contact van een latere dag of een Blokkade verandert dit."
    )


def instalment_missed(state: ArrangementState, missed: InstalmentState, last_day: date) -> str:
    """An instalment that did not come, or not in full, through its last day."""
    instalment = missed.instalment
    due = instalment.due or last_day
    moved = due != last_day
    name = f"termijn {instalment.number}{f', vervallen op {dutch(due)},' if moved else ''}"
    day = f"{dutch(last_day)}{', de laatste dag op tijd,' if moved else ''}"
    return (
        f"Regeling {state.arrangement.id}: van {name} was {euro(owed_of(missed))} op {day} nog niet binnen; "
        "betaling of een nieuwe afspraak verandert dit."
    )


def arrangement_unconfirmed(state: ArrangementState, on: date) -> str:
    """Agreed and not confirmed in writing."""
    rule, remedy = unconfirmed(state.arrangement, on)
    return f"{_arrangement(state)} is {rule}; {remedy}."


def arrangement_running(state: ArrangementState, grace_days: int) -> str:
    """On schedule."""
    following = ""
    if state.next_due is not None:
        following = f", volgende termijn op {dutch(state.next_due)}{through(state.next_due, grace_days)}"
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
            return f"{said}, {_looked_for(word, freshness)}"
        return f"{said}: als het er op {follow_up} niet is, vragen we het na; betaling verandert dit."
    amount = word.contact.promised_amount
    what = f"{euro(amount)} " if amount is not None and amount > ZERO else "betaling "
    said = f"Op {told} is {what}toegezegd voor {dutch(word.promised_on)}"
    if word.contact.promised_on is None:
        said = (
            f"Op {told} is {what}toegezegd zonder dag, dus wachten we {USUAL_TERM} dagen, tot en met "
            f"{dutch(word.promised_on)}"
        )
    if due:
        kept = "en dat is niet binnen" if freshness.last_day else "en zonder bank is niet te zien of het kwam"
        return f"{said} {kept}; betaling of een later gesprek verandert dit."
    if freshness.on >= word.follow_up_on and freshness.last_day is not None:
        return (
            f"{said}, maar de bank is pas bekend tot en met {known_through(freshness)}; "
            "lees eerst de nieuwste afschriften in."
        )
    return f"{said}: is het dan niet binnen, dan opvolgen op {follow_up}; betaling verandert dit."


def _looked_for(word: Word, freshness: BankFreshness) -> str:
    """Whether the bank is known far enough to see the money that the debtor says he paid."""
    third = add_bank_days(word.contact.day, CHECKING_BANK_DAYS)
    if freshness.last_day is None:
        return "maar er is geen bank ingelezen om het te zien; lees die in, of vraag het na."
    if freshness.last_day < third:
        return (
            f"maar de bank is pas bekend tot en met {known_through(freshness)}, vóór de derde bankdag "
            f"{dutch(third)}; lees eerst de nieuwste afschriften in, of vraag het na."
        )
    return f"maar op de derde bankdag {dutch(third)} nog niet binnen; betaling of een gesprek verandert dit."


def paused(until: date | None, follow_up: date | None, word: str) -> str:
    """Blokkade Pauze; `word`: what stands there instead, where it is not in the list."""
    if word:
        rule = f"Blokkade {quoted(word)} staat niet in de lijst en geldt als Pauze"
        if until is None or follow_up is None:
            return f"{rule}, zonder einddatum; kies een woord uit de lijst of maak de cel leeg."
        return (
            f"{rule} tot en met {dutch(until)}, dus verder op {dutch(follow_up)}; "
            "kies een woord uit de lijst of maak de cel leeg."
        )
    if until is None or follow_up is None:
        return "Pauze (Blokkade, zonder einddatum); haal de Blokkade weg om verder te gaan."
    return (
        f"Pauze (Blokkade) tot en met {dutch(until)}, dus verder op {dutch(follow_up)}; "
        "haal de Blokkade weg om eerder te beginnen."
    )


def not_reminded(until: date, follow_up: date) -> str:
    """Niet herinneren tot of the debtor."""
    return (
        f"Niet herinneren tot en met {dutch(until)}, dus verder op {dutch(follow_up)}; "
        "verander die datum bij de klant om eerder te beginnen."
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
    """`missing`: what is wrong with the debtor's row for this step; empty when there is no such row."""
    rule = f"{step.action.value} kan sinds {dutch(from_day)}, maar"
    if not missing:
        return f"{rule} debiteur {debtor} staat niet op het blad Debiteuren; voeg hem daar toe."
    return f"{rule} bij debiteur {debtor} {missing}; vul dat in op het blad Debiteuren."


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
    return (
        f"{step.action.value} (vanaf {dutch(from_day)}) wacht: de bank is maar bekend tot en met "
        f"{known_through(freshness)}, meer dan {workdays_words(max_age)} terug (BankMaxOud); "
        "lees eerst de nieuwste afschriften in."
    )


def ladder_step(basis: str, step: LadderStep, from_day: date, *, due: bool, moved: bool) -> str:
    """A step that is due, or comes later; `moved`: its day is the first working day after a free one."""
    when = "vanaf" if due else "op"
    first = " (eerste werkdag)" if moved else ""
    return (
        f"{basis}, dus {when} {dutch(from_day)}{first}: {step.action.value}; "
        "betaling, een gesprek of een Blokkade verandert dit."
    )


def basis(
    invoice: Invoice,
    steps: tuple[LadderStep, ...],
    progress: Progress,
    step: LadderStep,
    last_day: date | None,
    call_attempts: int,
) -> str:
    """What the next step rests on: the step before it, its day, and the wait.

    `last_day`: the one the last letter printed, where the step waits for it.
    """
    if progress.attempts:
        count = len(progress.attempts)
        tries = "belpoging" if count == 1 else "belpogingen"
        return (
            f"{count} {tries} zonder gehoor, laatst op {dutch(progress.attempts[-1])}, en we proberen het de "
            f"volgende werkdag weer (na {call_attempts} belpogingen komt de volgende stap)"
        )
    wait = days_words(step.wait_days)
    if progress.done < 0 or progress.done_on is None:
        if step.wait_days <= 0:
            return f"Vervallen op {dutch(invoice.due)} en te laat vanaf de dag erna"
        return f"Vervallen op {dutch(invoice.due)} en de ladder wacht dan {wait}"
    done = steps[progress.done].step
    day = dutch(progress.done_on)
    if done in CALLS:
        what = f"Niemand bereikt, laatst op {day}," if progress.unanswered else f"Gesprek van {day}"
    else:
        what = f"{(progress.letter or done).value} van {day}"
    if last_day is not None:
        return f"{what} met {dutch(last_day)} als laatste dag"
    return f"{what} en de ladder wacht dan {wait}"


def too_soon(last_letter: date, days: int) -> str:
    """What is added when MinDagenTussenBerichten moved the step."""
    return f", tussen twee berichten zitten minstens {days_words(days)} (laatste op {dutch(last_letter)})"


def late_since(invoice: Invoice) -> str:
    """What is added when a step waits until the invoice is late."""
    return f", pas vervallen op {dutch(invoice.due)}"


def arrangement_over(state: ArrangementState) -> str:
    """What is added when an arrangement ran until a day, or was broken whenever that was."""
    when = f" op {dutch(state.ended_on)}" if state.ended_on is not None else ""
    return f", regeling {state.arrangement.id} is {state.status.value.casefold()}{when}"


def held_until(block: Block | None, until: date) -> str:
    """What is added when a pause that is over moved the step."""
    word = "de Blokkade" if block is not None else "Niet herinneren"
    return f", {word} gold tot en met {dutch(until)}"


def after_word(day: date) -> str:
    """What is added when a promise, over since a day, moved the step."""
    return f", de afspraak met de klant liep tot {dutch(day)}"


def after_dispute(day: date) -> str:
    """What is added when a dispute, over since a day, moved the step."""
    return f", het geschil liep tot {dutch(day)}"


def prints_last_day(done: Step, following: Step) -> bool:
    """The step waits for the last day that the letter before it printed."""
    return following is Step.HAND_OVER and done in LAST_LETTERS
