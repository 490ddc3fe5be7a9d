"""The demo's ING account as a CSV file, newest line first, as that bank's site exports it."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from debiteuren.demo.facts import Means
from debiteuren.demo.people import OWN_IBANS, OwnBank
from debiteuren.demo.statements import Line, MonthStatement

_HEADER = (
    "Datum",
    "Naam / Omschrijving",
    "Rekening",
    "Tegenrekening",
    "Code",
    "Af Bij",
    "Bedrag (EUR)",
    "Mutatiesoort",
    "Mededelingen",
    "Saldo na mutatie",
    "Tag",
)
WITH_REFERENCE = "Betaling met kenmerk"
"""What stands in the text when the payer only gave our reference."""
_KINDS = {
    Means.TRANSFER: ("GT", "Online bankieren"),
    Means.OWN_COLLECTION: ("IC", "Incasso"),
    Means.RETURNED: ("IC", "Incasso"),
    Means.COLLECTED: ("IC", "Incasso"),
    Means.CARD: ("BA", "Betaalautomaat"),
    Means.CASH: ("GM", "Geldautomaat"),
    Means.FEE: ("DV", "Diversen"),
}


def write_ing_csv(statements: Iterable[MonthStatement]) -> bytes:
    """All lines of the statements as one .csv file."""
    lines = [line for statement in statements for line in statement.lines]
    rows = [_row(_HEADER), *(_row(_cells(line)) for line in reversed(lines))]
    return ("\r\n".join(rows) + "\r\n").encode()


def _row(cells: Sequence[str]) -> str:
    return ";".join('"' + cell.replace('"', '""') + '"' for cell in cells)


def _cells(line: Line) -> tuple[str, ...]:
    code, kind = _KINDS[line.means]
    return (
        f"{line.day:%Y%m%d}",
        line.name or "Kosten zakelijke rekening",
        OWN_IBANS[OwnBank.ING],
        line.iban,
        code,
        "Af" if line.amount < 0 else "Bij",
        _comma(abs(line.amount)),
        kind,
        _message(line),
        _comma(line.after),
        "",
    )


def _message(line: Line) -> str:
    value_day = f"Valutadatum: {line.day:%d-%m-%Y}"
    if line.means in {Means.CARD, Means.CASH}:
        return f"Pasvolgnr: 018 {line.day:%d-%m-%Y} 11:42 Transactie: 6F2A41 Term: BK31X7 {value_day}"
    if line.means is Means.FEE:
        return f"{line.text} {value_day}"
    text = line.text or WITH_REFERENCE
    reference = f"Kenmerk: {line.reference} " if line.reference else ""
    return f"Naam: {line.name} Omschrijving: {text} IBAN: {line.iban} {reference}{value_day}"


def _comma(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")
