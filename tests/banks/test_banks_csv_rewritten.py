"""Every CSV sample as mail programs, editors and Excel pass it on: the same bookings, or a clear no."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook as Excel

from debiteuren.banks import read_bank_bytes
from debiteuren.domain.payment import BankFile

SAMPLES = {
    path.name: path
    for path in sorted((Path(__file__).parent / "samples").iterdir())
    if path.suffix.lower() in {".csv", ".tab"}
}


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return data.decode("cp1252").replace("\r\n", "\n")


def _mark(text: str) -> str:
    first = text.splitlines()[0]
    if "\t" in first:
        return "\t"
    return ";" if first.count(";") > first.count(",") else ","


def _each(text: str, change: Callable[[str], str]) -> str:
    return "".join(change(line) + "\n" for line in text.splitlines())


def _one_cell(text: str) -> str:
    return _each(text, lambda line: '"' + line.replace('"', '""') + '"')


def _cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), delimiter=_mark(text)))


def _other_mark(text: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter="," if _mark(text) == ";" else ";", lineterminator="\n").writerows(_cells(text))
    return out.getvalue()


def _workbook(text: str) -> bytes:
    book = Excel()
    sheet = book.active
    assert sheet is not None
    for row in _cells(text):
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _dutch_days(text: str) -> str:
    turned = re.sub(
        r"\b(20\d\d)-(\d\d)-(\d\d)\b(?! \d\d:)", lambda day: f"{int(day[3])}-{int(day[2])}-{day[1]}", text
    )
    return re.sub(r"\b(\d\d)-(\d\d)-(20\d\d)\b", lambda day: f"{int(day[1])}-{int(day[2])}-{day[3]}", turned)


WAYS: dict[str, Callable[[str], bytes]] = {
    "byte order mark": lambda text: text.encode("utf-8-sig"),
    "Windows": lambda text: text.encode("cp1252", "replace"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "a separator at the end": lambda text: _each(text, lambda line: line + _mark(text)).encode(),
    "separators at the end": lambda text: _each(text, lambda line: line + _mark(text) * 3).encode(),
    "empty lines": lambda text: ("\n\n" + text.replace("\n", "\n\n")).encode(),
    "a row in one cell": lambda text: _one_cell(text).encode(),
    "a row in one cell, empty cells": lambda text: _each(_one_cell(text), lambda row: row + ";;").encode(),
    "the other separator": lambda text: _other_mark(text).encode(),
    "days turned round": lambda text: _dutch_days(text).encode(),
    "xlsx": _workbook,
}
REFUSED = {
    ("abnamro_tab.TAB", "a row in one cell"),
    ("abnamro_tab.TAB", "a row in one cell, empty cells"),
    ("ing_csv_9_excel.csv", "a separator at the end"),
    ("ing_csv_9_excel.csv", "separators at the end"),
    ("n26.csv", "days turned round"),
    ("n26_before_2023.csv", "days turned round"),
    ("revolut_business.csv", "days turned round"),
    ("revolut_business_before_2023.csv", "days turned round"),
}
"""Not read: nobody can know the day and the month there, or no program writes it so."""


def _bookings(file: BankFile) -> list[tuple[object, ...]]:
    return [
        (one.account, one.booked, one.amount, one.counter_account, one.name, one.description, one.reference)
        for one in file.transactions
    ]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_passed_on_says_the_same_or_is_refused(name: str, way: str) -> None:
    sample = SAMPLES[name]
    # Where Excel splits a text in ASN's single quotes at its comma, nothing brings the comma back.
    text = _text(sample).replace("2026-0042, deel", "2026-0042 deel")
    file = read_bank_bytes(name, WAYS[way](text))
    if (name, way) in REFUSED:
        assert (file.refused, file.transactions) == (True, ())
        return
    assert _bookings(file) == _bookings(read_bank_bytes(name, text.encode()))


def test_a_first_row_in_a_workbook_that_does_not_fit_is_never_left_out() -> None:
    text = _text(SAMPLES["asn_csv.csv"])
    assert "2026-0042, deel" in text
    file = read_bank_bytes("asn.xlsx", _workbook(text))
    assert (file.refused, file.transactions) == (True, ())
