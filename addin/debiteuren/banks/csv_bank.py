"""CSV and TAB exports of the banks: rows into bookings, driven by the table in csv_layouts.py.

Answers: which bookings the file holds, and whether the balances on its rows form a chain. Every row that
cannot be read is named, and one refuses the file.
Source: docs/regels.md, "Bankbestanden".
Leaves to others: which columns there are (csv_layouts.py), ING's notes (ing_notes.py).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import BinaryIO

from debiteuren.banks.column_fields import column_info
from debiteuren.banks.csv_cells import CellError, Row, day_of, decimal_of
from debiteuren.banks.csv_layouts import MINUS, MONTH_FIRST, PLUS, SLASHED, Layout, Style
from debiteuren.banks.csv_rows import ALL_LAYOUTS, RowsError, cut_line, layout_of, rows_of
from debiteuren.banks.events import DOWNLOAD_AGAIN, Event, Heading, Tally, doubt, fault, not_booked, shown
from debiteuren.banks.ing_notes import is_structured, read_notes, value_day
from debiteuren.banks.names import bank_of, own_account
from debiteuren.banks.slash_fields import Info, end_to_end_of, is_slashed, slash_info
from debiteuren.banks.text import LineTooLongError, decoded_head, lines_of
from debiteuren.domain.account import tidy_account
from debiteuren.domain.amount_text import decimal_mark
from debiteuren.domain.payment import BankTransaction

NAME = "CSV"
OWN_EDITION = "eigen kolommen"
_FULL = (35, 140)
MOST_LINES = 2_000_000
MOST_SIGNS = 300_000_000
"""A CSV file is held in memory, for its amounts are only known once all are seen."""
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4}", re.ASCII)
_MONTHS = 12
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}", re.ASCII)
_ZEROS = re.compile(r"\b0+(?=\d)", re.ASCII)
_NO_ID = re.compile(r"[0 ]*")


def recognise(head: bytes) -> bool:
    """A header or first row of one of the exports in the table."""
    return layout_of(decoded_head(head)) is not None


def read(name: str, stream: BinaryIO, layouts: Sequence[Layout] = ALL_LAYOUTS) -> Iterator[Event]:
    """The events of one CSV or TAB file."""
    lines: list[str] = []
    size = 0
    try:
        for number, line in lines_of(stream):
            lines.append(line)
            size += len(line)
            if number > MOST_LINES or size > MOST_SIGNS:
                yield fault(
                    name, number, "Dit bestand is veel groter dan een bank ooit geeft.", DOWNLOAD_AGAIN
                )
                return
    except LineTooLongError as error:
        yield fault(name, error.line, "Deze regel is langer dan een bank ooit schrijft.", DOWNLOAD_AGAIN)
        return
    yield from read_lines(name, lines, layouts)


def read_lines(name: str, lines: Sequence[str], layouts: Sequence[Layout] = ALL_LAYOUTS) -> Iterator[Event]:
    """The events of these lines."""
    match = layout_of("\n".join(lines[:40]), layouts)
    if match is None:
        yield fault(name, 1, "De kolommen van dit bestand zijn niet die van een bank.", DOWNLOAD_AGAIN)
        return
    edition = OWN_EDITION if match.layout.header else match.edition
    yield Heading(match.layout.format, match.layout.bank, edition)
    rows = []
    try:
        for number, cells in rows_of(lines, match):
            fitting = (
                cells[: match.width] if not any(cell.strip() for cell in cells[match.width :]) else cells
            )
            if len(fitting) == match.width:
                rows.append(Row(number, fitting, match))
                continue
            yield fault(
                name,
                number,
                f"Deze regel heeft {len(fitting)} kolommen in plaats van {match.width}: "
                f'"{shown(lines[number - 1])}".',
                DOWNLOAD_AGAIN,
            )
    except RowsError as error:
        yield fault(name, error.line, f'{error}: "{shown(lines[error.line - 1])}"', DOWNLOAD_AGAIN)
        return
    cut = cut_line(lines)
    if cut is not None:
        yield fault(name, cut, f'Het bestand houdt hier op: "{shown(lines[cut - 1])}".', DOWNLOAD_AGAIN)
    if not rows:
        yield doubt(name, None, "Dit bestand bevat geen boekingen.", "Controleer of u de goede dagen koos.")
    states = match.layout.booked_states if "state" in match.places else frozenset()
    booked = [row for row in rows if not states or row.get("state").casefold() in states]
    if len(booked) < len(rows):
        yield from not_booked(
            name, Counter(row.get("state") for row in rows if row.get("state").casefold() not in states)
        )
    yield from _bookings(name, match.layout, booked)


def _bookings(name: str, layout: Layout, rows: Sequence[Row]) -> Iterator[Event]:
    mark = layout.mark or decimal_mark(
        row.get(key) for row in rows for key in ("amount", "out", "in") if row.get(key)
    )
    if layout.header:
        layout, unsure = _slashed_days(name, layout, rows)
        yield from unsure
        if rows and not layout.account and "account" not in rows[0].match.places:
            found = "In dit bestand staat niet van welke rekening het is."
            yield fault(name, None, found, "Vul op Instellingen uw eigen IBAN in en lees het opnieuw in.")
            return
    booked: list[tuple[Row, BankTransaction]] = []
    for row in rows:
        try:
            transaction = _transaction(row, layout, mark)
        except CellError as error:
            yield fault(name, row.line, str(error), column=error.column)
            continue
        booked.append((row, transaction))
        yield transaction
    if not layout.bank and booked:
        yield Heading(layout.format, bank_of(booked[0][1].account), OWN_EDITION if layout.header else "")
    if len(booked) == len(rows):
        yield from _statements(name, booked, mark)


def _transaction(row: Row, layout: Layout, mark: str) -> BankTransaction:
    info = _details(row, layout)
    named = row.get("account") or layout.account
    account = own_account(layout.one_account.get(named, named), layout.bank)
    if layout.without_account and not _IBAN.fullmatch(account):
        account = tidy_account(layout.bank + account)
    if not account:
        raise CellError("rekening", "", "Hier hoort uw rekeningnummer te staan.")
    booked = day_of(row.get("booked"), layout, "boekdatum")
    if booked is None:
        raise CellError("boekdatum", "", "Hier hoort een datum te staan.")
    value = day_of(row.get("value"), layout, "valutadatum")
    in_notes = value_day(row.get("text")) if layout.style is Style.ING_NOTES else ""
    if in_notes:
        value = day_of(in_notes, replace(layout, days=("%d-%m-%Y",)), "valutadatum")
    return BankTransaction(
        account=account,
        booked=booked,
        value_date=value,
        amount=_amount(row, mark),
        currency=row.get("currency") or "EUR",
        counter_account=info.counter_account,
        name=info.name,
        description=info.description,
        reference=info.reference,
        end_to_end=info.end_to_end,
        mandate=info.mandate,
        kind=row.get("kind") or row.get("sort") or info.kind,
        is_return=info.is_return,
        return_code=info.return_code,
        bank_id=_bank_id(row),
        line=row.line,
    )


def _bank_id(row: Row) -> str:
    """The bank's own id; its last column empty, all zeros or of another shape means there is none."""
    parts = row.parts("bank_id")
    if not parts or _NO_ID.fullmatch(parts[-1]):
        return ""
    shape = row.match.layout.id_shape
    if shape is not None and not shape.fullmatch(parts[-1]):
        return ""
    whole = "/".join(part.strip() for part in parts)
    # ASN writes the number with zeros in front or not, by kind of export, and Excel drops those of the day.
    return _ZEROS.sub("", whole) if row.match.layout.single_quotes else whole


def _amount(row: Row, mark: str) -> Decimal:
    """Signed amount; where a column says which way, the amount itself has no sign."""
    if "out" in row.match.places:
        return _from_two_columns(row, mark)
    text = row.get("total") or row.get("amount")
    amount = decimal_of(text, mark, "bedrag")
    if row.get("fee") and not row.get("total"):
        amount -= abs(decimal_of(row.get("fee"), mark, "kosten"))  # old exports write a cost with a minus
    if "sign" not in row.match.places:
        return amount
    word = row.get("sign").casefold()
    if word not in MINUS | PLUS:
        raise CellError("af of bij", row.get("sign"), "Hier hoort te staan of het geld af of bij is.")
    if text.startswith(("-", "+", "\u2212")) or text.endswith(("-", "\u2212")):
        raise CellError("bedrag", text, "Naast de kolom voor af of bij hoort een bedrag zonder teken.")
    return amount if word in PLUS else -amount


def _from_two_columns(row: Row, mark: str) -> Decimal:
    """What went out and what came in stand in columns of their own: one of them is filled."""
    out, came = (
        decimal_of(row.get(key) or "0", mark, word)
        for key, word in (("out", "bedrag af"), ("in", "bedrag bij"))
    )
    if (out and came) or came < 0 or not (row.get("out") or row.get("in")):
        found = f"{row.get('out')} | {row.get('in')}"
        raise CellError("bedrag", found, "Af of bij hoort er te staan, een van beide en zonder min bij Bij.")
    return came or -abs(out)


def _slashed_days(name: str, layout: Layout, rows: Sequence[Row]) -> tuple[Layout, list[Event]]:
    """Days as 03/04/2026 in a file of the user's own columns: one of them must show which is the day."""
    found = [(row, shape) for row in rows if (shape := _SLASHED.fullmatch(row.get("booked")))]
    day_first = any(int(shape[1]) > _MONTHS for _, shape in found)
    if not found or day_first:
        return layout, []
    if any(int(shape[2]) > _MONTHS for _, shape in found):
        return replace(layout, days=(*(day for day in layout.days if day != SLASHED), MONTH_FIRST)), []
    row, shape = found[0]
    sure = "Wat daarvan de dag is en wat de maand, is niet zeker."
    remedy = "Kies bij uw bank een langere periode, of een export met streepjes in de datum."
    return layout, [fault(name, row.line, f'Hier staat "{shape[0]}". {sure}', remedy, column="boekdatum")]


def _details(row: Row, layout: Layout) -> Info:
    counter = tidy_account(row.get("counter").rpartition(" ")[2] if layout.places else row.first("counter"))
    name = row.first("name")
    if layout.style is Style.ING_NOTES:
        info = read_notes(row.raw("text"), row.get("sort"))
        return replace(info, counter_account=counter or info.counter_account, name=name)
    if layout.style is Style.ABN_DETAILS:
        text = row.raw("text")
        return slash_info(text) if is_slashed(text) else column_info([text])
    end_to_end = end_to_end_of(row.get("end_to_end"))
    reference = row.get("reference") or (end_to_end if is_structured(end_to_end) else "")
    code = row.get("return")
    return Info(
        counter_account=counter,
        name=name,
        description=_joined(row.parts("text")) if "text" in row.match.many else row.get("text"),
        reference=reference,
        end_to_end="" if reference == end_to_end else end_to_end,
        mandate=row.get("mandate"),
        return_code=code,
        is_return=bool(code),
    )


def _joined(parts: Sequence[str]) -> str:
    """Columns of one text: after a full one (35 or 140 signs) without a space."""
    text = "".join(part + ("" if len(part) in _FULL else " ") for part in parts)
    return " ".join(text.split())


def _statements(name: str, booked: Sequence[tuple[Row, BankTransaction]], mark: str) -> Iterator[Event]:
    """One statement per account; with balances on the rows, whether these form a chain."""
    accounts = dict.fromkeys((transaction.account, transaction.currency) for _, transaction in booked)
    for account, currency in accounts:
        own = [pair for pair in booked if (pair[1].account, pair[1].currency) == (account, currency)]
        tally = Tally(account=account, currency=currency)
        for _, transaction in own:
            tally.add(transaction)
        try:
            _chain(tally, own, mark)
        except CellError as error:
            yield fault(name, own[0][0].line, str(error), column=error.column)
            continue
        yield from tally.finish(name, None)


def _chain(tally: Tally, own: Sequence[tuple[Row, BankTransaction]], mark: str) -> None:
    """Opening and closing balance from the balances on the rows, oldest first or newest first."""
    steps = []
    for row, transaction in own:
        before, after = row.get("before"), row.get("after")
        if not before and not after:
            return
        end = (
            decimal_of(after, mark, "saldo")
            if after
            else decimal_of(before, mark, "saldo") + transaction.amount
        )
        begin = decimal_of(before, mark, "saldo") if before else end - transaction.amount
        steps.append((begin, end, begin + transaction.amount == end))
    backwards = steps[::-1]
    for chain in (steps, backwards):
        if all(step[1] == after[0] for step, after in pairwise(chain)):
            break
    else:
        chain = steps if own[0][1].booked <= own[-1][1].booked else backwards
        tally.chain_broken = True
    tally.chain_broken = tally.chain_broken or not all(step[2] for step in steps)
    tally.opening, tally.closing = chain[0][0], chain[-1][1]
