"""The invoices of a letter as aligned lines of plain text, for mail programs that show no HTML.

Source: docs/regels.md, "Toon" (what a letter always says): number, date, what was delivered, amount, days.
Leaves to others: the same as an HTML table (templates/letter.html).
"""

from collections.abc import Sequence

from debiteuren.domain.debtor import Language
from debiteuren.domain.money import ZERO, plain
from debiteuren.domain.reminder import Reminder
from debiteuren.mail.letters.facts import number_of
from debiteuren.mail.wording import plain_words

HEADINGS = {
    Language.NL: ("Factuur", "Datum", "Laatste dag", "Dagen te laat", "Open", "Al betaald", "Totaal"),
    Language.EN: ("Invoice", "Date", "Due date", "Days late", "Open", "Already paid", "Total"),
    Language.DE: ("Rechnung", "Datum", "Fällig am", "Tage zu spät", "Offen", "Bereits bezahlt", "Summe"),
}
DELIVERED = {Language.NL: "geleverd op", Language.EN: "delivered on", Language.DE: "geliefert am"}
_LONGEST_DESCRIPTION = 60
_RIGHT = frozenset({3, 4})


def as_text(reminder: Reminder) -> str:
    """One line per invoice under a heading, what it was for below it, and the total."""
    language = reminder.debtor.language
    number, issued, due, late, unpaid, _, total = HEADINGS[language]
    rows: list[tuple[str, ...]] = [(number, issued, due, late, unpaid)]
    notes: list[str] = [""]
    for line in reminder.lines:
        invoice = line.invoice
        days = (f"{invoice.issued:%d-%m-%Y}", f"{invoice.due:%d-%m-%Y}", str(line.days_late))
        rows.append((number_of(line), *days, f"€ {plain(line.unpaid)}"))
        words = [plain_words(invoice.description, _LONGEST_DESCRIPTION)]
        if invoice.delivered:
            words.append(f"{DELIVERED[language]} {invoice.delivered:%d-%m-%Y}")
        notes.append(", ".join(word for word in words if word))
    for credit in reminder.credit_lines:
        rows.append(
            (plain_words(credit.number, _LONGEST_DESCRIPTION), "", "", "", f"€ -{plain(credit.amount)}")
        )
        notes.append("")
    if len(rows) > 2 or reminder.credit > ZERO:  # noqa: PLR2004 - a heading and one invoice need no total
        rows.append((total, "", "", "", f"€ {plain(reminder.total)}"))
        notes.append("")
    return "\n".join(_aligned(rows, notes))


def _aligned(rows: Sequence[Sequence[str]], notes: Sequence[str]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row, note in zip(rows, notes, strict=True):
        cells = [
            cell.rjust(width) if column in _RIGHT else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
        if note:
            lines.append(f"  {note}")
    return lines
