"""What was worked out → the figures and lines of Start.

Source: docs/regels.md, "Uiterlijk"; layout_cells.START_BLOCKS says where each goes.
"""

from collections.abc import Sequence
from datetime import date

from debiteuren.book.layout_cells import START_BLOCKS
from debiteuren.book.timeline_figures import drawn, drawn_name, figures
from debiteuren.book.workbook import Cell
from debiteuren.domain.days import WEEKDAYS, spoken
from debiteuren.jobs.refresh import Refreshed


def _short_day(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()][:2]} {day:%d-%m}"


_BANKS = {
    "ABNA": "ABN AMRO",
    "ASNB": "ASN",
    "BNGH": "BNG",
    "BUNQ": "bunq",
    "FVLB": "Van Lanschot",
    "INGB": "ING",
    "KNAB": "Knab",
    "RABO": "Rabobank",
    "RBRB": "RegioBank",
    "REVO": "Revolut",
    "SNSB": "SNS",
    "TRIO": "Triodos",
}


def _bank(account: str) -> str:
    """The bank's name by its code in the IBAN (positions 5 to 8), else the end of the number."""
    return _BANKS.get(account[4:8]) or (f"…{account[-4:]}" if account else "zonder rekening")


def start_blocks(done: Refreshed) -> dict[str, Sequence[Sequence[Cell]]]:
    """Start's blocks, each filled out to its full size so that yesterday's lines disappear."""
    view, bank = done.overview, done.overview.bank
    sizes = {block.name: block for block in START_BLOCKS}

    def filled(name: str, lines: Sequence[Sequence[Cell]]) -> Sequence[Sequence[Cell]]:
        size = sizes[name]
        empty: list[Sequence[Cell]] = [[None] * size.columns] * (size.rows - len(lines))
        return [*lines[: size.rows], *empty]

    accounts = ", ".join(f"{_short_day(known.last_day)} ({_bank(known.account)})" for known in bank.accounts)
    tiles = {"StartOpenstaand": view.unpaid, "StartTeLaat": view.overdue, "StartVerwacht": view.expected}
    blocks: dict[str, Sequence[Sequence[Cell]]] = {
        "StartBedrijf": [[done.ledger.settings.company.name]],
        "StartDatum": [[spoken(done.on)]],
        "StartBank": [[f"Bank ingelezen t/m {accounts}" if accounts else "Nog geen bankbestand ingelezen"]],
        "StartGemiddeld": [[view.average_late.days]],
        "StartGemiddeldTekst": [[view.average_late.line]],
        "StartVandaag": filled(
            "StartVandaag",
            [
                [item.order, item.debtor.name, item.action.value, float(item.amount), item.when]
                for item in done.worklist[: sizes["StartVandaag"].rows]
            ]
            or [[None, "Niets te doen vandaag", None, None, None]],
        ),
        "StartLetOp": filled(
            "StartLetOp", [[f"•  {notice}"] for notice in view.notices] or [["Alles is bij."]]
        ),
        "StartRekeningen": filled(
            "StartRekeningen",
            [[known.account or "zonder rekening", known.last_day] for known in bank.accounts],
        ),
        "StartOuderdom": [[age.value, float(amount)] for age, amount in view.ageing.items()],
        "StartWeken": [[week.label, float(week.invoices), float(week.arrangements)] for week in view.weeks],
    }
    shown = drawn(done.arrangements, done.ledger.settings.drawn_arrangement)
    blocks["StartTijdlijnNaam"] = [[drawn_name(shown, done.ledger.debtors)]]
    blocks["StartTijdlijn"] = filled(
        "StartTijdlijn", figures(shown, done.on, sizes["StartTijdlijn"].rows) if shown else []
    )
    for name, tile in tiles.items():
        blocks[name] = [[float(tile.amount)]]
        blocks[f"{name}Tekst"] = [[tile.line]]
    return blocks
