"""What `--json` prints: one object a command, amounts as text with a point, days as JJJJ-MM-DD.

Source: docs/boekhouder.md, "Voor andere programma's". Names may be added, none renamed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from debiteuren import reminding, tasks
from debiteuren.domain.payment import MatchStatus
from debiteuren.domain.problem import Problem
from debiteuren.jobs.refresh import Refreshed
from debiteuren.placed_drafts import PlacedDraft

Json = Mapping[str, object]


def amount(value: Decimal) -> str:
    """Two decimals and a point."""
    return f"{value:.2f}"


def problems_json(problems: Iterable[Problem]) -> list[Json]:
    """Each with its place, what stands there and what to do."""
    return [
        {
            "ernst": problem.severity.value,
            "blad": problem.sheet,
            "rij": problem.row,
            "kolom": problem.column or None,
            "wat": problem.found,
            "doen": problem.remedy,
        }
        for problem in problems
    ]


def _matched(done: Refreshed) -> dict[str, object]:
    return {
        "zeker": done.matched(MatchStatus.SURE),
        "voorstel": done.matched(MatchStatus.PROPOSAL),
        "onbekend": done.matched(MatchStatus.UNKNOWN),
        "geen_factuur": done.matched(MatchStatus.NO_INVOICE),
        "uw_keuze": done.matched(MatchStatus.CHOICE),
    }


def _counted(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))


def refreshed_json(done: Refreshed, *, trial: bool) -> Json:
    """What Bijwerken found."""
    return {
        "peildatum": done.on.isoformat(),
        "proef": trial,
        "facturen": _counted(state.status.value for state in done.invoices),
        "acties": _counted(state.action.value for state in done.invoices),
        "betalingen": _matched(done),
        "regelingen": _counted(state.status.value for state in done.arrangements),
        "openstaand": amount(done.overview.unpaid.amount),
        "te_laat": amount(done.overview.overdue.amount),
        "bank_tm": {known.account: known.last_day.isoformat() for known in done.overview.bank.accounts},
        "werklijst": [
            {
                "volgorde": item.order,
                "debiteur": item.debtor.number,
                "naam": item.debtor.name,
                "actie": item.action.value,
                "facturen": list(item.invoices),
                "bedrag": amount(item.amount),
                "wanneer": item.when,
                "waarom": item.why,
            }
            for item in done.worklist
        ],
        "controle": problems_json(done.problems),
    }


def imported_json(done: tasks.Imported, *, trial: bool) -> Json:
    """Per file what was new, and in total what paid what."""
    files: Sequence[Json] = [
        {
            "bestand": file.name,
            "soort": "bank",
            "nieuw": file.new,
            "bekend": file.known,
            "mogelijk_dubbel": file.maybe_double,
        }
        for file in done.bank.files
    ]
    lists: Sequence[Json] = [
        {
            "bestand": found.name,
            "soort": found.table.removeprefix("tbl").lower(),
            "nieuw": len(found.rows),
            "bekend": found.known,
            "mogelijk_dubbel": 0,
        }
        for found in done.lists
    ]
    return {
        "peildatum": done.refreshed.on.isoformat(),
        "proef": trial,
        "bestanden": [*files, *lists],
        **_matched(done.refreshed),
        "controle": problems_json(done.refreshed.problems),
    }


def draft_json(draft: PlacedDraft) -> Json:
    """One draft: to whom, what it asks, and where it stands."""
    letter = draft.letter
    return {
        "debiteur": letter.debtor.number,
        "aan": draft.to,
        "onderwerp": draft.subject,
        "stap": letter.word,
        "facturen": list(letter.invoices),
        "bedrag": amount(letter.asked),
        "bestand": None if draft.file is None else str(draft.file),
        "id": draft.id or None,
        "sleutel": letter.key,
        "onduidelijk": draft.unclear,
    }


def reminded_json(done: reminding.Reminded, *, trial: bool) -> Json:
    """The drafts, and who was skipped and why."""
    return {
        "peildatum": done.refreshed.on.isoformat(),
        "proef": trial,
        "test": done.test,
        "map": str(done.folder),
        "doel": done.choice.place.value,
        "doel_waarom": done.choice.reason,
        "concepten": [draft_json(draft) for draft in done.drafts],
        "alsnog_geplaatst": [*map(str, done.finished.files), *done.finished.keys],
        "overgeslagen": [
            {"debiteur": skipped.debtor, "naam": skipped.name, "reden": skipped.reason}
            for skipped in done.plan.skipped
        ],
        "controle": problems_json(done.refreshed.problems),
    }
