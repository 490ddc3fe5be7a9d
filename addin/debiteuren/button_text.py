"""What the buttons say, in Dutch: at most two sentences in a window, the details stand on the sheets.

Source: docs/regels.md, "Uiterlijk" and "Fouten en twijfel".
Leaves to others: the figures (jobs), the windows (dialogs.py), the commands' words (cli_text.py).
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from debiteuren.arranging import Arranged, plan_lines
from debiteuren.confirming import NOT_WANTED, Confirmed
from debiteuren.domain.arrangement import ArrangementStatus
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.payment import MatchStatus
from debiteuren.domain.problem import StopError
from debiteuren.domain.settings import DraftPlace
from debiteuren.due_letters import Planned
from debiteuren.jobs.arrangement_letters import without_confirmation
from debiteuren.jobs.overview import count_of
from debiteuren.jobs.refresh import Refreshed
from debiteuren.reminding import Reminded
from debiteuren.rules.freshness import freshness_sentence
from debiteuren.tasks import Imported
from debiteuren.undoing import Doubt

_MOST_PROBLEMS = 3
_MOST_ROWS = 14
_BUTTONS = {
    "importeer": "Bank importeren",
    "bijwerken": "Bijwerken",
    "kolommen": "Kolommen kiezen",
    "herinneringen": "Genereer herinneringen",
    "regeling": "Regeling vastleggen",
}
"""The word on the button of a run, where it is another than the command's."""

_MAILBOXES = {
    DraftPlace.OUTLOOK: "Outlook",
    DraftPlace.IMAP: "uw postvak",
    DraftPlace.GRAPH: "uw postvak van Microsoft 365",
}
_MOST_NUMBERS = 5


def stopped(stop: StopError, *, on_controle: bool) -> str:
    """Why nothing happened, with the place; of a longer list the first, where the rest stands on Controle."""
    count = len(stop.problems)
    if count > 1 and on_controle:
        return f"{stop.title}.\nZe staan op het blad Controle, het eerste is {stop.problems[0].place}."
    shown = "\n\n".join(str(problem) for problem in stop.problems[:_MOST_PROBLEMS])
    left = count - _MOST_PROBLEMS
    more = f"\n\n… en nog {count_of(left, 'punt', 'punten')}." if left > 0 else ""
    return f"{stop.title}\n\n{shown}{more}".rstrip()


def updated(done: Refreshed) -> str:
    """What Bijwerken found, and what needs a look."""
    late = done.overview.overdue.amount
    actions = count_of(len(done.worklist), "actie", "acties")
    return f"Bijgewerkt: {euro(late)} is te laat, {actions} op het blad Acties.\n{_to_look_at(done)}".rstrip()


def imported(done: Imported) -> str:
    """What came in, and what of it was matched."""
    new = sum(file.new for file in done.bank.files)
    parts = [count_of(new, "nieuwe boeking", "nieuwe boekingen")] if done.bank.files else []
    parts += [f"{count_of(len(found.rows), 'regel', 'regels')} uit {found.name}" for found in done.lists]
    refreshed = done.refreshed
    words = (
        (MatchStatus.SURE, "zeker gekoppeld"),
        (MatchStatus.PROPOSAL, "met een voorstel"),
        (MatchStatus.UNKNOWN, "onbekend"),
    )
    matched = ", ".join(f"{refreshed.matched(status)} {word}" for status, word in words)
    return (
        f"Ingelezen: {' en '.join(parts)}; van alle betalingen {matched}.\n{_to_look_at(refreshed)}".rstrip()
    )


def arrangements(done: Refreshed) -> str:
    """How the arrangements stand."""
    current = [state for state in done.arrangements if not state.replaced_by]
    counts = Counter(state.status for state in current)
    if not counts:
        return "Er staan nog geen regelingen in deze werkmap."
    parts = [f"{counts[status]} {status.value}" for status in ArrangementStatus if counts[status]]
    bare = without_confirmation(done)
    if bare:
        parts.append(f"waarvan {bare} zonder bevestiging (Genereer herinneringen zet die klaar)")
    total = count_of(len(current), "regeling", "regelingen")
    return f"{total} getoetst aan de bank: {', '.join(parts)}.\n{freshness_sentence(done.overview.bank)}"


def confirm_arrangement(planned: Arranged, *, drafted: bool) -> str:
    """The question before an arrangement is written: every instalment, and what it is about.

    `drafted`: with its confirmation.
    """
    plan = planned.plan
    made = plan.arrangement
    rows = [
        f"{number}.  {day}  {amount}{f'  ({moved})' if moved else ''}"
        for number, day, amount, moved in plan_lines(plan)
    ]
    if len(rows) > _MOST_ROWS:
        rows[_MOST_ROWS - 1 : -1] = ["…"]
    extras = f", waarvan {euro(made.extras)} kosten en rente" if made.extras else ""
    replaces = f" Dit vervangt {made.replaces}." if made.replaces else ""
    about = f"{made.id} met {plan.debtor.name} over {', '.join(made.invoices)}"
    draft = " De bevestiging komt klaar als concept; de werkmap wordt opgeslagen." if drafted else ""
    lines = (f"{about}: {euro(made.amount or ZERO)}{extras}.", "", *rows, "", f"Vastleggen?{replaces}{draft}")
    return "\n".join(lines)


def arranged(done: Arranged) -> str:
    """What was written, and what comes next."""
    count = count_of(len(done.plan.instalments), "termijn", "termijnen")
    ready = f"{done.plan.arrangement.id} staat op Regelingen, met {count} op Termijnen."
    return f"{ready}\n{_confirmation(done.confirmed)}"


def _confirmation(done: Confirmed | None) -> str:
    """Where the confirmation is, or why there is none."""
    if done is None or done.draft is None or done.choice is None:
        why = f" (geen concept: {done.reason})" if done is not None and done.reason != NOT_WANTED else ""
        return f"Stuur de bevestiging binnen het uur zelf en vul dan Bevestigd op in{why}."
    if done.test:
        return f"De bevestiging is als proef aan uzelf gemaakt, in {done.folder}."
    place = done.choice.place
    where = f"in {done.folder}" if done.draft.file else f"bij de concepten in {_MAILBOXES[place]}"
    sure = "" if not done.draft.unclear else " (kijk of ze er staat: de verbinding viel weg)"
    return f"De bevestiging staat {where}{sure}: verstuur haar binnen het uur en vul dan Bevestigd op in."


def confirm_drafts(planned: Planned) -> str:
    """The question before drafts are made: how many, how much, how far the bank is known, what is open."""
    plan = planned.plan
    total = sum((letter.asked for letter in plan.letters), ZERO)
    debtors = len({letter.debtor.number for letter in plan.letters})
    drafts, whom = (
        count_of(len(plan.letters), "concept", "concepten"),
        count_of(debtors, "debiteur", "debiteuren"),
    )
    lines = [
        f"{drafts} voor {whom}, {euro(total)}.",
        freshness_sentence(planned.refreshed.overview.bank),
    ]
    if plan.unmatched_count:
        bookings = count_of(plan.unmatched_count, "boeking", "boekingen")
        lines.append(f"Nog niet aan een factuur gekoppeld: {bookings}, {euro(plan.unmatched)}.")
    if planned.without_copy:
        copies = count_of(len(planned.without_copy), "factuur", "facturen")
        few = ", ".join(planned.without_copy[:_MOST_NUMBERS])
        more = " …" if len(planned.without_copy) > _MOST_NUMBERS else ""
        lines.append(f"Van {copies} is geen pdf gevonden: {few}{more}.")
    if planned.refreshed.ledger.settings.test_drafts:
        lines.append("Proef: hooguit drie gaan naar uw eigen adres en niets telt als verstuurd. Doorgaan?")
        return "\n".join(lines)
    if planned.choice.place in _MAILBOXES:
        lines.append(f"Ze komen bij de concepten in {_MAILBOXES[planned.choice.place]}.")
    lines.append("De werkmap wordt daarbij opgeslagen; er wordt niets verstuurd. Doorgaan?")
    return "\n".join(lines)


def risk_drafts(planned: Planned, count: int) -> str:
    """The question when nobody knows, or not lately, who has paid."""
    known = freshness_sentence(planned.refreshed.overview.bank)
    drafts = count_of(count, "concept", "concepten")
    return f"{known}\nToch {drafts} maken, misschien voor wie al betaald heeft?"


def risk_gaps(stop: StopError) -> str:
    """The question when a statement does not add up, so that a booking may be missing."""
    return f"{stop.problems[0].place}: {stop.problems[0].found}\nToch inlezen?"


def ask_columns(files: Sequence[Path]) -> str:
    """The question when files have columns we do not know."""
    names = " en ".join(file.name for file in files)
    return (
        f"Wij kennen de kolommen van {names} niet.\n"
        "Zullen we ze op het blad Kolommen zetten, dan kiest u één keer wat elke kolom is?"
    )


COLUMNS_READY = (
    "De kolommen staan op het blad Kolommen. Kies daar bij Betekenis wat elke kolom is; het voorstel staat "
    "ernaast. Klik dan nog eens op Bank importeren."
)


def reminded(done: Reminded) -> str:
    """How many drafts there are and where; who was skipped stands on their page."""
    if not done.drafts:
        return no_drafts(len(done.plan.skipped))
    if done.test:
        return (
            f"{count_of(len(done.drafts), 'proefconcept', 'proefconcepten')} aan uzelf, in {done.folder}.\n"
            "Er is niets genoteerd. Zet ConceptenAanMijzelf op nee als ze goed zijn."
        )
    total = sum((draft.letter.asked for draft in done.drafts), ZERO)
    skipped = f" Overgeslagen: {len(done.plan.skipped)}." if done.plan.skipped else ""
    again = f" Eerder al gemaakt en teruggenomen: {done.again}, zie Controle." if done.again else ""
    ready = (
        f"{count_of(len(done.drafts), 'concept', 'concepten')} klaar, samen {euro(total)}.{skipped}{again}"
    )
    if done.choice.place is DraftPlace.EML:
        return f"{ready}\nOpen Concepten.html in {done.folder}, lees ze na en verstuur ze zelf."
    unclear = sum(draft.unclear for draft in done.drafts)
    doubt = f" Van {unclear} is onduidelijk of het er staat: kijk eerst." if unclear else ""
    return f"{ready}{doubt}\nZe staan bij de concepten in {_MAILBOXES[done.choice.place]}; verstuur ze zelf."


NOTHING_TO_UNDO = (
    "Er is geen knop om terug te nemen. Wat een opdracht in de gesloten werkmap deed, neemt "
    '"debiteuren ongedaan" terug; wat u zelf typte, Ctrl+Z.'
)


def confirm_undo(last: Doubt) -> str:
    """The question before a run is taken back; drafts of it may have been sent."""
    entry = last.last.entry
    what = f"{_BUTTONS.get(entry.run, entry.run or 'De laatste knop')} van {entry.moment:%d-%m-%Y %H:%M}"
    if not last.letters:
        return f"{what} terugnemen? Wat u daarna zelf veranderde, blijft staan of houdt het tegen."
    drafts = count_of(len(last.letters), "concept", "concepten")
    lines = [f"{what} terugnemen? De {drafts} gaan dan naar de map Teruggenomen en tellen niet meer."]
    if last.gone:
        lines.append(
            f"{count_of(len(last.gone), 'concept staat', 'concepten staan')} er niet meer zoals gemaakt; "
            "misschien al verstuurd."
        )
    lines.append("Heeft u er al een verstuurd, klik dan Nee: anders kan dezelfde brief nog eens komen.")
    return "\n".join(lines)


def undone(last: Doubt, moved: int) -> str:
    """What was put back, and where the drafts are."""
    entry = last.last.entry
    text = (
        f"Teruggenomen: {_BUTTONS.get(entry.run, entry.run or 'de laatste knop')} van {entry.moment:%H:%M}."
    )
    if last.letters:
        drafts = count_of(moved, "concept staat", "concepten staan")
        text += f"\n{drafts} nu in de map Teruggenomen; de werkmap is opgeslagen."
    return text


def no_drafts(skipped: int) -> str:
    """Nobody gets a letter now."""
    if skipped:
        return f"Geen concepten gemaakt. Overgeslagen: {skipped}; de reden staat in de kolom Waarom."
    return "Geen concepten: niemand hoeft nu een herinnering te krijgen."


def _to_look_at(done: Refreshed) -> str:
    if not done.problems:
        return ""
    return f"{count_of(len(done.problems), 'punt', 'punten')} om na te kijken op het blad Controle."
