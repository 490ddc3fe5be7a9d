"""Exports of banks as workbooks, and CSV files that Excel saved again."""

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook as Excel

from debiteuren.banks import read_bank_bytes
from debiteuren.domain.payment import BankFile, BankTransaction
from debiteuren.domain.sheet_extent import may_be_opened

XLS = (Path(__file__).parent / "samples" / "abnamro_xls.xls").read_bytes()
DUTCH = (
    *("Rekeningnummer", "Muntsoort", "Transactiedatum", "Rentedatum"),
    *("Beginsaldo", "Eindsaldo", "Transactiebedrag", "Omschrijving"),
)
ABN = (417164300, "EUR", 20261117, 20261117, 1000, 1025.1, 25.1, "BEA Bouwmarkt")
ING = (
    *("Datum", "Naam / Omschrijving", "Rekening", "Tegenrekening", "Code"),
    *("Af Bij", "Bedrag (EUR)", "Mutatiesoort", "Mededelingen"),
)
RABO = (
    '"IBAN/BBAN","Munt","BIC","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn",'
    '"Tegenrekening IBAN/BBAN","Naam tegenpartij","Code","Transactiereferentie","Machtigingskenmerk",'
    '"Betalingskenmerk","Omschrijving-1","Omschrijving-2","Omschrijving-3","Reden retour"'
)
Row = Sequence[str | int | float | date | None]


def _xlsx(*rows: Row) -> bytes:
    book = Excel()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append([*row])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _one(file: BankFile) -> BankTransaction:
    (transaction,) = file.transactions
    return transaction


def test_a_new_workbook_with_the_columns_of_a_bank() -> None:
    file = read_bank_bytes("abn.xlsx", _xlsx(("Mutaties",), (), DUTCH, ABN))
    found = _one(file)
    assert (file.bank, file.format, file.edition) == ("ABN AMRO", "CSV", "Excel")
    assert (found.account, found.booked) == ("NL91ABNA0417164300", date(2026, 11, 17))
    assert (found.amount, found.line) == (Decimal("25.10"), 4)
    assert [statement.adds_up for statement in file.statements] == [True]


@pytest.mark.parametrize("day", [date(2026, 11, 17), 20261117, "20261117", "17-11-2026", "2026-11-17"])
def test_a_day_in_a_workbook(day: date | int | str) -> None:
    row = (day, "Koffie & Zo", "NL20INGB0001234567", None, "OV", "Bij", 1234.5, "Overschrijving", "Nota 1")
    found = _one(read_bank_bytes("ing.xlsx", _xlsx(ING, row)))
    assert (found.booked, found.amount, found.name) == (date(2026, 11, 17), Decimal("1234.50"), "Koffie & Zo")


def test_a_fraction_of_a_cent_in_a_workbook_is_refused() -> None:
    file = read_bank_bytes("abn.xlsx", _xlsx(DUTCH, (*ABN[:6], 25.105, "x")))
    assert (file.transactions, file.refused) == ((), True)


def test_a_damaged_old_workbook_is_refused() -> None:
    for at in range(0, len(XLS), 97):
        file = read_bank_bytes("abn.xls", XLS[:at] + b"\xff\xff" + XLS[at + 2 :])
        assert file.refused or file.transactions, at
    for length in range(8, len(XLS), 501):
        assert read_bank_bytes("abn.xls", XLS[:length]).transactions == (), length


def test_one_stray_cell_far_away_does_not_end_the_program() -> None:
    book = Excel()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "Datum", "x"
    data = io.BytesIO()
    book.save(data)
    assert not may_be_opened(data.getvalue())
    assert read_bank_bytes("ver.xlsx", data.getvalue()).refused


def _rabobank(number: str, day: str) -> bytes:
    cells = [
        *("NL61RABO0300123456", "EUR", "RABONL2U", number, day, day, "+300,00", "+550,00"),
        *("NL36INGB0007654321", "Sportclub Zuid", "cb", "", "", "", "Nota 1", "", "", ""),
    ]
    return (RABO + "\n" + ",".join(f'"{cell}"' for cell in cells) + "\n").encode()


@pytest.mark.parametrize(
    ("number", "day", "bank_id"),
    [
        pytest.param("000000000000012345", "2026-11-17", "000000000000012345", id="as the bank wrote it"),
        pytest.param("12345", "17-11-2026", "", id="zeros lost, day turned round"),
        pytest.param("1,23E+17", "17-11-2026", "", id="a number that became a formula's"),
    ],
)
def test_what_excel_does_to_a_number_of_the_bank(number: str, day: str, bank_id: str) -> None:
    found = _one(read_bank_bytes("rabo.csv", _rabobank(number, day)))
    assert (found.bank_id, found.booked) == (bank_id, date(2026, 11, 17))


def test_a_day_without_zeros() -> None:
    assert _one(read_bank_bytes("rabo.csv", _rabobank("", "7-1-2026"))).booked == date(2026, 1, 7)


def test_a_text_with_line_ends_in_it_is_one_row() -> None:
    header = ",".join(f'"{name}"' for name in ING)
    row = '"20261117","Zo","NL20INGB0001234567","","OV","Bij","25,00","Over","Nota 1\nregel 2\r\nen 3"'
    file = read_bank_bytes("ing.csv", f"{header}\n{row}\n{row}\n".encode())
    assert [found.description for found in file.transactions] == ["Nota 1 regel 2 en 3"] * 2
    assert [found.line for found in file.transactions] == [2, 5]
