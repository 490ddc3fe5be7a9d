"""What the command regeling says: the arrangement in JSON, and in words with what comes next.

Source: docs/handleiding.md, "Opdrachten"; docs/boekhouder.md, "Voor andere programma's".
Leaves to others: the command itself (cli_arrange.py).
"""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from debiteuren.arranging import Arranged, plan_lines
from debiteuren.cli_json import amount, draft_json, problems_json
from debiteuren.confirming import Confirmed
from debiteuren.domain.days import dutch
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.settings import DraftPlace
from debiteuren.terminal import harmless


def arranged_json(done: Arranged, *, trial: bool) -> dict[str, object]:
    """The arrangement, its instalments, and what became of its confirmation (null in a trial)."""
    made = done.plan.arrangement
    recorded = made.recorded
    return {
        "peildatum": done.refreshed.on.isoformat(),
        "proef": trial,
        "regeling": made.id,
        "vervangt": made.replaces or None,
        "debiteur": made.debtor,
        "naam": done.plan.debtor.name,
        "facturen": list(made.invoices),
        "bedrag": amount(made.amount or ZERO),
        "hoofdsom": amount((made.amount or ZERO) - made.extras),
        "kosten": amount(made.costs or ZERO),
        "rente": amount(made.interest or ZERO),
        "afgesproken_op": made.agreed_on.isoformat() if made.agreed_on else None,
        "vastgelegd_op": recorded.isoformat(timespec="minutes") if recorded else None,
        "voorwaarden": made.terms,
        "gevolg": made.consequence,
        "status": done.state.status.value,
        "waarom": done.state.why,
        "termijnen": [
            {
                "termijn": part.number,
                "vervaldatum": part.due.isoformat() if part.due else None,
                "bedrag": amount(part.amount or ZERO),
                "gevraagd": asked.isoformat() if asked else None,
            }
            for part, asked in zip(done.plan.instalments, done.plan.moved, strict=True)
        ],
        "bevestiging": _confirmed_json(done.confirmed) if done.confirmed else None,
        "controle": problems_json(done.refreshed.problems),
    }


def arranged_text(done: Arranged, *, trial: bool) -> Iterator[str | Table]:
    """The plan as a table, with what comes next."""
    plan = done.plan
    made = plan.arrangement
    invoices = ", ".join(f"{number} ({euro(unpaid)} open)" for number, unpaid in plan.lines)
    yield f"Regeling {made.id} met {plan.debtor.name} over {invoices}."
    table = Table(
        "Termijn", "Dag", "Bedrag", "", title=f"Samen {euro(made.amount or ZERO)}", title_justify="left"
    )
    table.columns[2].justify = "right"
    for line in plan_lines(plan):
        table.add_row(*(Text(harmless(cell)) for cell in line))
    yield table
    if made.extras:
        yield f"Daarvan {euro(made.costs or ZERO)} kosten en {euro(made.interest or ZERO)} rente."
    yield f"Voorwaarden: {made.terms}"
    yield f"Gevolg bij niet nakomen: {made.consequence}"
    if made.replaces:
        yield f"Dit is de nieuwe versie van regeling {made.replaces}; die blijft leesbaar staan."
    if trial:
        yield "Proef: er is niets geschreven."
    else:
        yield f"Vastgelegd op {dutch(made.agreed_on) if made.agreed_on else 'vandaag'}."
        if done.confirmed:
            yield from _confirmed_text(done.confirmed)


def _confirmed_json(done: Confirmed) -> dict[str, object]:
    """The draft as in `herinneringen`, `concept` null and `reden` why where there is none."""
    return {
        "concept": draft_json(done.draft) if done.draft else None,
        "reden": done.reason or None,
        "doel": done.choice.place.value if done.choice else None,
        "doel_waarom": done.choice.reason if done.choice else None,
        "test": done.test,
    }


def _confirmed_text(done: Confirmed) -> Iterator[str]:
    draft = done.draft
    if draft is None or done.choice is None:
        yield f"Er staat geen bevestiging klaar: {done.reason}."
        yield "Stuur haar binnen het uur zelf en vul dan Bevestigd op in."
        return
    if done.test:
        yield f"De bevestiging is als proef aan uzelf gemaakt: {draft.file}. Er is niets genoteerd."
        return
    where = draft.file if draft.file is not None else f"de concepten in uw postvak ({done.choice.place})"
    if done.choice.place is DraftPlace.EML:
        yield f"De bevestiging staat klaar: {where}, want {done.choice.reason}."
    else:
        yield f"De bevestiging staat klaar: {where}."
    if draft.unclear:
        yield "Of ze er staat, is onduidelijk: de verbinding viel net toen weg. Kijk eerst."
    yield "Lees haar na, verstuur haar binnen het uur en vul dan Bevestigd op in."
