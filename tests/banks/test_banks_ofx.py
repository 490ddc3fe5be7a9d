"""OFX: both versions, and files that cannot be trusted."""

from datetime import date
from decimal import Decimal

import pytest

from debiteuren.banks import read_bank_bytes
from debiteuren.domain.payment import BankFile, FileFormat
from debiteuren.domain.problem import Severity

HEAD = "OFXHEADER:100\nDATA:OFXSGML\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR\n"
ACCOUNT = "<BANKACCTFROM><BANKID>INGBNL2A<ACCTID>NL20INGB0001234567</BANKACCTFROM>\n"
FOOT = "</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"


def _entry(**changes: str) -> str:
    fields = {"TRNTYPE": "CREDIT", "DTPOSTED": "20261117", "TRNAMT": "25.00", "FITID": "1", **changes}
    return "<STMTTRN>" + "".join(f"<{tag}>{text}" for tag, text in fields.items() if text) + "</STMTTRN>\n"


def _read(*entries: str, period: str = "", foot: str = FOOT) -> BankFile:
    text = f"{HEAD}{ACCOUNT}<BANKTRANLIST>{period}\n{''.join(entries)}</BANKTRANLIST>{foot}"
    return read_bank_bytes("bank.ofx", text.encode())


def _faults(file: BankFile) -> list[tuple[int | None, str]]:
    return [(found.row, found.found) for found in file.problems if found.severity is Severity.FAULT]


@pytest.mark.parametrize(
    ("change", "amount"),
    [
        pytest.param({}, "25.00", id="money in"),
        pytest.param({"TRNTYPE": "DEBIT", "TRNAMT": "-25.00"}, "-25.00", id="money out"),
        pytest.param({"TRNAMT": "25,00"}, "25.00", id="a decimal comma"),
        pytest.param({"TRNAMT": "+1,234.56"}, "1234.56", id="thousands"),
        pytest.param({"TRNAMT": "25"}, "25.00", id="whole euros"),
        pytest.param({"TRNTYPE": "DIRECTDEBIT"}, "25.00", id="a direct debit that we collected"),
        pytest.param({"TRNTYPE": "DEBIT", "TRNAMT": "0.00"}, "0.00", id="nothing"),
    ],
)
def test_the_amount_of_a_booking(change: dict[str, str], amount: str) -> None:
    file = _read(_entry(**change))
    assert [found.amount for found in file.transactions] == [Decimal(amount)]
    assert (file.format, file.bank) == (FileFormat.OFX, "ING")


@pytest.mark.parametrize(
    ("change", "found"),
    [
        pytest.param(
            {"TRNAMT": "1.234"},
            'Het bedrag (TRNAMT) is "1.234". Dat is geen bedrag met twee cijfers voor de centen.',
            id="three decimals",
        ),
        pytest.param(
            {"TRNAMT": "1e3"},
            'Het bedrag (TRNAMT) is "1e3". Dat is geen bedrag met twee cijfers voor de centen.',
            id="exponent",
        ),
        pytest.param({"TRNAMT": ""}, "Bij deze boeking ontbreekt het bedrag (TRNAMT).", id="no amount"),
        pytest.param(
            {"DTPOSTED": ""}, "Bij deze boeking ontbreekt de boekdatum (DTPOSTED).", id="no day of booking"
        ),
        pytest.param(
            {"DTPOSTED": "20230781"}, 'Hier staat "20230781". Die datum bestaat niet.', id="day 81 of July"
        ),
        pytest.param(
            {"TRNAMT": "-25.00"},
            'Het bedrag is "-25.00", maar de soort is CREDIT: bij of af is niet zeker.',
            id="credit, yet minus",
        ),
        pytest.param(
            {"CORRECTACTION": "DELETE"},
            "Deze boeking herroept een eerdere (CORRECTACTION); wat nu geldt, is niet zeker.",
            id="a correction of another booking",
        ),
        pytest.param(
            {"TRNTYPE": "DEBIT"},
            'Het bedrag is "25.00", maar de soort is DEBIT: bij of af is niet zeker.',
            id="debit, yet plus",
        ),
    ],
)
def test_a_booking_that_cannot_be_read_refuses_the_file(change: dict[str, str], found: str) -> None:
    file = _read(_entry(), _entry(**change), _entry(FITID="3"))
    assert file.transactions == ()
    assert _faults(file) == [(8, found)]


def test_two_decimal_marks_in_one_file_are_refused() -> None:
    assert [row for row, _ in _faults(_read(_entry(), _entry(TRNAMT="3,50")))] == [8]


@pytest.mark.parametrize(
    "moment",
    ["20261117", "202611171200", "20261117120000", "20261117120000.123", "20261117000000[-5:EST]"],
)
def test_a_day_is_the_one_the_bank_wrote(moment: str) -> None:
    (transaction,) = _read(_entry(DTPOSTED=moment)).transactions
    assert transaction.booked == date(2026, 11, 17)


def test_a_file_cut_anywhere_is_refused() -> None:
    text = f"{HEAD}{ACCOUNT}<BANKTRANLIST>{_entry()}{_entry(FITID='2')}</BANKTRANLIST>{FOOT}"
    for length in range(len(HEAD), len(text.rstrip()), 3):
        file = read_bank_bytes("bank.ofx", text[:length].encode())
        assert (file.transactions, bool(_faults(file))) == ((), True), length


def test_the_period_ends_no_later_than_the_file_was_made() -> None:
    period = "<DTSTART>20261101<DTEND>20261130"
    balance = "<LEDGERBAL><BALAMT>5.00<DTASOF>20261119</LEDGERBAL>"
    (statement,) = _read(_entry(), period=period, foot=balance + FOOT).statements
    assert (statement.begin, statement.end) == (date(2026, 11, 1), date(2026, 11, 19))
    assert statement.closing == Decimal("5.00")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('<?xml version="1.0"?><!DOCTYPE OFX [<!ENTITY a "b">]><OFX></OFX>', id="entity"),
        pytest.param(HEAD + '<!ENTITY x SYSTEM "file:///etc/passwd">' + FOOT, id="later on"),
    ],
)
def test_a_doctype_is_refused(text: str) -> None:
    ((_, found),) = _faults(read_bank_bytes("bank.ofx", text.encode()))
    assert found.startswith("Dit OFX-bestand bevat een DOCTYPE of entiteit.")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("OFXHEADER:100\n", id="only a header"),
        pytest.param("<OFX>" + "<A>" * 100_000 + "</OFX>", id="deep nesting"),
        pytest.param("<OFX>" + " " * 1_500_000, id="white space without end"),
        pytest.param("<OFX>" + "<" * 50_000, id="tags that never close"),
        pytest.param("<OFX><INVSTMTRS></INVSTMTRS></OFX>", id="shares"),
    ],
)
def test_what_is_no_statement_is_refused(text: str) -> None:
    file = read_bank_bytes("bank.ofx", text.encode())
    assert file.refused
    assert all(problem.remedy for problem in file.problems)


def test_two_equal_bookings_are_two() -> None:
    assert len(_read(_entry(), _entry(FITID="2")).transactions) == 2


def test_utf16_is_read() -> None:
    text = f"{HEAD}{ACCOUNT}{_entry(NAME='Café Noir')}{FOOT}"
    assert [found.name for found in read_bank_bytes("b", text.encode("utf-16")).transactions] == ["Café Noir"]
