"""The invoices of a letter as aligned lines of plain text, for mail programs that show no HTML.

Source: docs/regels.md, "Toon" (what a letter always says): number, date, what was delivered, amount, days.
Leaves to others: the same as an HTML table (templates/letter.html).
"""

from collections.abc import Sequence

from debiteuren.domain.debtor import Language
from debiteuren.domain.money import ZERO
from debiteuren.domain.reminder import Reminder, ReminderLine
from debiteuren.mail.letters.facts import number_of
from debiteuren.mail.wording import money, plain_words, short_day

HEADINGS = {
    Language.NL: ("Factuur", "Datum", "Laatste dag", "Dagen te laat", "Open", "Al betaald", "Totaal"),
    Language.EN: ("Invoice", "Date", "Due date", "Days late", "Open", "Already paid", "Total"),
    Language.DE: ("Rechnung", "Datum", "Fällig am", "Tage zu spät", "Offen", "Bereits bezahlt", "Summe"),
}
_LATE = {
    Language.NL: ("{} dag te laat", "{} dagen te laat"),
    Language.EN: ("{} day late", "{} days late"),
    Language.DE: ("{} Tag zu spät", "{} Tage zu spät"),
}
OFF = {
    Language.NL: ("al betaald", "korting", "verrekend"),
    Language.EN: ("already paid", "discount", "set off"),
    Language.DE: ("bereits bezahlt", "Nachlass", "verrechnet"),
}
ELSEWHERE = {
    Language.NL: "Ter informatie: dit staat verder nog open.",
    Language.EN: "For your information: this is also still open.",
    Language.DE: "Zur Information: Das ist außerdem noch offen.",
}
_ABOVE = {
    Language.NL: "Hierboven gevraagd",
    Language.EN: "Requested above",
    Language.DE: "Oben genannt",
}
EVERYTHING = {
    Language.NL: "Alles bij elkaar",
    Language.EN: "Total outstanding",
    Language.DE: "Insgesamt offen",
}
ARRANGED = {Language.NL: "in termijnen", Language.EN: "in instalments", Language.DE: "in Raten"}
_CREDIT = {Language.NL: "Creditfactuur", Language.EN: "Credit note", Language.DE: "Gutschrift"}
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
        days = (short_day(invoice.issued, language), short_day(invoice.due, language), str(line.days_late))
        rows.append((number_of(line), *days, money(line.unpaid, language)))
        words = [plain_words(invoice.description, _LONGEST_DESCRIPTION)]
        if invoice.delivered:
            words.append(f"{DELIVERED[language]} {short_day(invoice.delivered, language)}")
        notes.append(", ".join(word for word in (*words, *taken_off(line, language)) if word))
    for credit in reminder.credit_lines:
        rows.append((credit_name(credit.number, language), "", "", "", money(-credit.amount, language)))
        notes.append("")
    if len(rows) > 2 or reminder.credit > ZERO:  # noqa: PLR2004 - a heading and one invoice need no total
        rows.append((total, "", "", "", money(reminder.total, language)))
        notes.append("")
    return "\n".join(_aligned(rows, notes))


def credit_name(number: str, language: Language) -> str:
    """A credit note as the table names it."""
    return f"{_CREDIT[language]} {plain_words(number, _LONGEST_DESCRIPTION)}"


def lateness(line: ReminderLine, language: Language) -> str:
    """How late an invoice is, as words under its last day; '' where it is not late yet."""
    one, more = _LATE[language]
    days = line.days_late
    return (one if days == 1 else more).format(days) if days > 0 else ""


def taken_off(line: ReminderLine, language: Language) -> list[str]:
    """What was paid, discounted and set off of this invoice already."""
    return [
        f"{words} {money(amount, language)}"
        for words, amount in zip(OFF[language], (line.paid, line.discount, line.set_off), strict=True)
        if amount > ZERO
    ]


def others_rows(reminder: Reminder) -> list[tuple[str, str, str, str]]:
    """What else this debtor has open: number, day, last day and amount; then what this letter asks, and both.

    So the last line is the whole account, and the lines above it add up to it.
    """
    language = reminder.debtor.language
    everything = reminder.total + sum((other.unpaid for other in reminder.others), ZERO)
    rows = [
        (
            plain_words(other.number, _LONGEST_DESCRIPTION),
            short_day(other.issued, language),
            ARRANGED[language] if other.arranged else short_day(other.due, language),
            money(other.unpaid, language),
        )
        for other in reminder.others
    ]
    asked = (_ABOVE[language], "", "", money(reminder.total, language))
    return [*rows, asked, (EVERYTHING[language], "", "", money(everything, language))] if rows else []


def others_as_text(reminder: Reminder) -> str:
    """The same as lines, under a heading; '' where there is nothing to tell."""
    rows = others_rows(reminder)
    if not rows:
        return ""
    number, issued, due, _, unpaid, _, _ = HEADINGS[reminder.debtor.language]
    table = [(number, issued, due, "", unpaid), *((*row[:3], "", row[3]) for row in rows)]
    return "\n".join([ELSEWHERE[reminder.debtor.language], *_aligned(table, [""] * len(table))])


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
