"""What the commands tell people, in Dutch: short, with the place and what to do next."""

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from debiteuren import reminding, tasks
from debiteuren.domain.days import dutch
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.payment import BankFile, MatchStatus
from debiteuren.domain.problem import Problem, StopError
from debiteuren.domain.settings import DraftPlace
from debiteuren.jobs.overview import count_of
from debiteuren.jobs.refresh import Refreshed
from debiteuren.rules.freshness import freshness_sentence
from debiteuren.terminal import harmless

_MOST_PROBLEMS = 40
_MOST_LINES = 15


def _row(table: Table, *cells: str) -> None:
    """A row whose cells are text, never markup: names and bank texts may hold square brackets."""
    table.add_row(*(Text(harmless(cell)) for cell in cells))


def stop_text(stop: StopError) -> str:
    """Why nothing happened; a very long list of problems is cut, with the number that is left."""
    shown = "\n".join([stop.title, *(str(problem) for problem in stop.problems[:_MOST_PROBLEMS])])
    left = len(stop.problems) - _MOST_PROBLEMS
    return f"{shown}\n… en nog {left} punten van dezelfde soort." if left > 0 else shown


def _trial(trial: bool) -> Iterator[str]:  # noqa: FBT001 - one flag, named by every caller
    if trial:
        yield "Proef: er is niets geschreven."


def refreshed_text(done: Refreshed, *, trial: bool) -> Iterator[str | Table]:
    """What Bijwerken found: the figures, what to do today, what needs a look."""
    view = done.overview
    yield f"Bijgewerkt per {dutch(done.on)}. {freshness_sentence(view.bank)}"
    yield (
        f"Openstaand {euro(view.unpaid.amount)} ({view.unpaid.line}); "
        f"te laat {euro(view.overdue.amount)} ({view.overdue.line})."
    )
    yield _matched_line(done)
    if done.worklist:
        yield _worklist(done)
    yield from _problems(done.problems)
    yield from _trial(trial)


def _matched_line(done: Refreshed) -> str:
    parts = [
        f"{done.matched(status)} {status.value.lower()}"
        for status in (
            MatchStatus.SURE,
            MatchStatus.CHOICE,
            MatchStatus.PROPOSAL,
            MatchStatus.UNKNOWN,
            MatchStatus.NO_INVOICE,
        )
        if done.matched(status)
    ]
    return "Betalingen: " + (", ".join(parts) if parts else "nog geen") + "."


def _worklist(done: Refreshed) -> Table:
    table = Table("Nr", "Debiteur", "Actie", "Bedrag", "Wanneer", title="Vandaag doen", title_justify="left")
    table.columns[3].justify = "right"
    for item in done.worklist[:_MOST_LINES]:
        _row(table, str(item.order), item.debtor.name, item.action.value, euro(item.amount), item.when)
    left = len(done.worklist) - _MOST_LINES
    if left > 0:
        table.caption = f"en nog {left} op het blad Acties"
        table.caption_justify = "left"
    return table


def _problems(problems: Sequence[Problem]) -> Iterator[str]:
    if not problems:
        return
    yield f"{count_of(len(problems), 'punt', 'punten')} om na te kijken, ook op het blad Controle:"
    for problem in problems[:_MOST_LINES]:
        yield f"  {problem.place}: {problem.found} {problem.remedy[:1].upper()}{problem.remedy[1:]}"
    if len(problems) > _MOST_LINES:
        yield f"  … en nog {len(problems) - _MOST_LINES}."


def imported_text(done: tasks.Imported, *, trial: bool) -> Iterator[str | Table]:
    """Per file what came in, then what paid what."""
    for file in done.bank.files:
        line = f"{file.name}: {count_of(file.new, 'nieuwe boeking', 'nieuwe boekingen')}"
        if file.known:
            line += f", {file.known} al bekend"
        if file.maybe_double:
            line += f", {file.maybe_double} mogelijk dubbel (zie Controle)"
        yield line + "."
    for found in done.lists:
        line = f"{found.name}: {count_of(len(found.rows), 'nieuwe regel', 'nieuwe regels')} op {found.sheet}"
        yield line + (f", {found.known} al bekend." if found.known else ".")
    yield _matched_line(done.refreshed)
    yield from _problems(done.refreshed.problems)
    yield from _trial(trial)


def reminded_text(done: reminding.Reminded, *, trial: bool) -> Iterator[str | Table]:
    """The drafts and where they are, who was skipped and why."""
    yield freshness_sentence(done.refreshed.overview.bank)
    if done.finished.files or done.finished.keys:
        left = count_of(len(done.finished.files) + len(done.finished.keys), "concept", "concepten")
        yield f"Een eerdere keer was afgebroken: {left} daarvan staan nu alsnog klaar."
    if done.drafts:
        table = Table("Debiteur", "Stap", "Facturen", "Bedrag", title="Concepten", title_justify="left")
        table.columns[3].justify = "right"
        for draft in done.drafts:
            letter = draft.letter
            _row(table, letter.debtor.name, letter.word, "; ".join(letter.invoices), euro(letter.asked))
        yield table
        total = sum((draft.letter.asked for draft in done.drafts), ZERO)
        made = "zou maken" if trial else "klaar"
        yield f"{count_of(len(done.drafts), 'concept', 'concepten')} {made}, samen {euro(total)}."
    else:
        yield (
            "Geen concepten gemaakt; waarom staat hieronder."
            if done.plan.skipped
            else "Geen concepten: niemand hoeft nu een herinnering te krijgen."
        )
    if done.plan.skipped:
        yield "Overgeslagen:"
        for skipped in done.plan.skipped[:_MOST_LINES]:
            yield f"  {skipped.name}: {skipped.reason}"
        if len(done.plan.skipped) > _MOST_LINES:
            yield f"  … en nog {len(done.plan.skipped) - _MOST_LINES}."
    if done.test:
        yield "Dit is een test aan uzelf: er is niets genoteerd en de werkmap is niet gewijzigd."
    if done.drafts and not trial:
        yield from _where(done)
    yield from _problems(done.refreshed.problems)
    yield from _trial(trial)


def _where(done: reminding.Reminded) -> Iterator[str]:
    """Where the drafts are, why there, and what to do with them."""
    place, why = done.choice.place, done.choice.reason
    if place is DraftPlace.EML:
        yield (
            f"Ze staan in {done.folder}, als bestanden: {why}. Dubbelklik op een concept, lees het na en "
            "verstuur het zelf."
        )
        return
    yield (
        f"Ze staan bij de concepten in uw postvak ({place}): {why}. Lees ze daar na en verstuur ze zelf. "
        f"Het overzicht staat in {done.folder}."
    )
    unclear = sum(draft.unclear for draft in done.drafts)
    if unclear:
        yield (
            f"Van {count_of(unclear, 'concept', 'concepten')} is onduidelijk of het er staat: de verbinding "
            "viel net toen weg. Kijk in Concepten; de volgende keer staat op Controle welke het zijn."
        )


def bank_text(files: Sequence[BankFile]) -> Iterator[str | Table]:
    """What a bank file holds: statements, bookings, and what can't be trusted."""
    for file in files:
        if file.refused:
            yield f"{file.name}: niet gelezen."
            yield from (str(problem) for problem in file.problems)
            continue
        kind = f"{file.bank} {file.format.value}" if file.format else file.bank
        yield f"{file.name}: {kind}, {count_of(len(file.transactions), 'boeking', 'boekingen')}."
        for statement in file.statements:
            fits = {True: "klopt", False: "KLOPT NIET", None: "zonder saldo"}[statement.adds_up]
            begin, end = (dutch(day) if day else "?" for day in (statement.begin, statement.end))
            yield f"  {statement.account}: {begin} t/m {end}, saldo {fits}."
        table = Table("Datum", "Bedrag", "Naam", "Omschrijving")
        table.columns[1].justify = "right"
        for booking in file.transactions[:_MOST_LINES]:
            _row(
                table,
                dutch(booking.booked),
                euro(booking.amount),
                booking.name,
                " ".join(booking.description.split()),
            )
        if file.transactions:
            left = len(file.transactions) - _MOST_LINES
            table.caption = f"en nog {left}; alles met --json" if left > 0 else None
            yield table
        yield from (str(problem) for problem in file.problems)
