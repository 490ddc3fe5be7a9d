"""What the columns of an unknown file may be: rows for the sheet Kolommen, with a first guess.

Answers: which titles does this file have, what stands below them for example, and what are they likely to
mean. A guess goes by the title, and otherwise by what stands below it. It stays a guess: a list of quotes has
days and amounts too, so nothing is read until the user has chosen.
Source: docs/regels.md, "Kolommen kiezen".
Leaves to others: what was chosen (column_maps.py).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from debiteuren.book.column_maps import kind_of
from debiteuren.book.layout import DEBITEUREN, FACTUREN
from debiteuren.book.layout_choice import NOT_USED
from debiteuren.book.list_names import alias_of, column_of
from debiteuren.book.list_rows import are_words, raw_list
from debiteuren.book.values import as_text
from debiteuren.book.workbook import Cell
from debiteuren.domain.account import tidy_account
from debiteuren.domain.column_map import BankColumn, FileKind, folded_title

LARGEST = 100_000_000
_EXAMPLES = 3
_LOOKED_AT = 50
_LONGEST_EXAMPLE = 80
_BANK: Mapping[str, tuple[str, ...]] = {
    BankColumn.BOOKED: ("boekdatum", "datum", "transactiedatum", "boekingsdatum", "date", "bookingdate"),
    BankColumn.VALUE: ("valutadatum", "rentedatum", "valuedate", "interestdate"),
    BankColumn.AMOUNT: ("bedrag", "bedrageur", "bedrageuro", "amount", "amounteur", "transactiebedrag"),
    BankColumn.OUT: ("af", "bedragaf", "debet", "debit", "uit", "uitgaven", "moneyout", "paidout"),
    BankColumn.IN: ("bij", "bedragbij", "credit", "in", "inkomsten", "moneyin", "paidin"),
    BankColumn.SIGN: ("afbij", "debitcredit", "creditdebet", "debetcredit", "dc", "afofbij", "bijaf", "cd"),
    BankColumn.ACCOUNT: ("rekening", "rekeningnummer", "eigenrekening", "account", "iban", "ibanbban"),
    BankColumn.COUNTER: (
        *("tegenrekening", "tegenrekeningnummer", "ibantegenrekening", "tegenrekeningiban", "counterparty"),
        *("ibantegenpartij", "counterpartyiban", "partneriban", "tegenrekeningibanbban"),
    ),
    BankColumn.NAME: (
        *("naam", "naamomschrijving", "naamtegenpartij", "tegenpartij", "name", "tegenrekeninghouder"),
        *("begunstigde", "payee", "counterpartyname", "relatie"),
    ),
    BankColumn.TEXT: ("omschrijving", "mededelingen", "mededeling", "description", "details", "notities"),
    BankColumn.REFERENCE: ("kenmerk", "betalingskenmerk", "referentie", "reference", "endtoendid"),
    BankColumn.BALANCE: ("saldo", "saldonamutatie", "saldonatrn", "saldonaboeking", "balance"),
    BankColumn.CURRENCY: ("munt", "valuta", "muntsoort", "currency", "valutacode"),
}
_BANK_TITLES = {title: word for word, titles in _BANK.items() for title in titles}
_DAY = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}-\d{2}-\d{2}|20\d{6}", re.ASCII)
_AMOUNT = re.compile(r"[+-]?[\d.,]*\d[.,]\d{2}", re.ASCII)
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z]{4}[A-Z0-9]{6,26}", re.ASCII)
_SIGN = re.compile(r"af|bij|d|c|debet|debit|credit", re.IGNORECASE)


def proposal(path: Path) -> tuple[dict[str, Cell], ...]:
    """Rows for the sheet Kolommen; none for a file without a row of titles and rows below it."""
    try:
        with path.open("rb") as stream:
            raw = raw_list(stream.read(LARGEST), are_words)
    except OSError:
        return ()
    if raw is None or not raw.rows:
        return ()
    columns = [
        [as_text(row.cells[at]) if at < len(row.cells) else "" for row in raw.rows[:_LOOKED_AT]]
        for at in range(len(raw.header))
    ]
    meanings = guessed(raw.header, columns)
    return tuple(
        {
            "Bestand": path.name,
            "Kolom": title,
            "Voorbeeld": _example(values),
            "Voorstel": meaning or NOT_USED,
        }
        for title, values, meaning in zip(raw.header, columns, meanings, strict=True)
        if title
    )


def _example(values: Sequence[str]) -> str:
    """The first different things that stand there."""
    seen = dict.fromkeys(" ".join(value.split())[:_LONGEST_EXAMPLE] for value in values if value.strip())
    return "; ".join([*seen][:_EXAMPLES])[: _LONGEST_EXAMPLE * 2]


def guessed(header: Sequence[str], columns: Sequence[Sequence[str]]) -> list[str]:
    """The likely meaning of each title, '' where there is none; each meaning once."""
    named = {
        FileKind.INVOICES: [_list_word(FACTUREN.name, title) for title in header],
        FileKind.DEBTORS: [_list_word(DEBITEUREN.name, title) for title in header],
        FileKind.BANK: [_BANK_TITLES.get(folded_title(title), "") for title in header],
    }
    kind = FileKind.BANK
    if "Factuurnummer" in named[FileKind.INVOICES]:
        kind = FileKind.INVOICES
    elif {"Debiteurnummer", "Naam"} <= set(named[FileKind.DEBTORS]):
        kind = FileKind.DEBTORS
    words = _once(named[kind])
    if kind is FileKind.BANK:
        _by_content(words, columns)
    return words if kind_of(words) is kind else _once(named[kind])


def _list_word(table: str, title: str) -> str:
    layout = FACTUREN if table == FACTUREN.name else DEBITEUREN
    found = column_of(layout, title) or alias_of(layout, title)
    return found.name if found else ""


def _once(words: Sequence[str]) -> list[str]:
    seen: set[str] = set()
    out = []
    for word in words:
        out.append("" if word in seen else word)
        seen.add(word)
    return out


def _by_content(words: list[str], columns: Sequence[Sequence[str]]) -> None:
    """Fill in what no title told, where every value that stands there has the form of it."""
    forms: Sequence[tuple[str, Callable[[str], object]]] = (
        (BankColumn.BOOKED, _DAY.fullmatch),
        (BankColumn.AMOUNT, _AMOUNT.fullmatch),
        (BankColumn.SIGN, _SIGN.fullmatch),
        (BankColumn.COUNTER, lambda text: _IBAN.fullmatch(tidy_account(text))),
    )
    for word, form in forms:
        if word in words or (word == BankColumn.AMOUNT and {"Bedrag af", "Bedrag bij"} & set(words)):
            continue
        for at, values in enumerate(columns):
            filled = [value.strip() for value in values if value.strip()]
            if not words[at] and filled and all(map(form, filled)):
                words[at] = str(word)
                break
