"""One spelling for one account, and the decimal mark of a file."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban

from debiteuren.domain.account import account_core, dutch_iban, tidy_account
from debiteuren.domain.amount_text import amount_with, decimal_mark


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("NL91ABNA0417164300", "NL91ABNA0417164300"),
        ("nl91 abna 0417 1643 00", "NL91ABNA0417164300"),
        ("NL91\u00a0ABNA\u202f0417164300", "NL91ABNA0417164300"),
        ("41.71.64.300", "417164300"),
        ("V 123-45678", "V123-45678"),
        ("", ""),
    ],
)
def test_one_spelling(text: str, tidy: str) -> None:
    assert tidy_account(text) == tidy


@given(st.sampled_from(["ABNA", "INGB", "RABO", "TRIO"]), st.integers(0, 9_999_999_999))
def test_an_account_number_becomes_a_valid_iban_with_the_same_core(bank: str, number: int) -> None:
    found = dutch_iban(bank, str(number))
    assert iban.is_valid(found)
    assert account_core(found) == account_core(str(number)) == str(number)


@pytest.mark.parametrize(
    ("bank", "number"), [("ABN", "1"), ("abna", "1"), ("ABNA", ""), ("ABNA", "12345678901"), ("ABNA", "x")]
)
def test_what_is_no_dutch_account(bank: str, number: str) -> None:
    with pytest.raises(ValueError, match="no Dutch account"):
        dutch_iban(bank, number)


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("NL91ABNA0417164300", "417164300"),
        ("0417164300", "417164300"),
        ("P000029225", "29225"),
        ("DE89370400440532013000", "DE89370400440532013000"),
        ("00000000000", "00000000000"),
        ("0000000000", "0"),
        ("", ""),
    ],
)
def test_what_spellings_of_an_account_have_in_common(text: str, core: str) -> None:
    assert account_core(text) == core


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        pytest.param(["1,50"], ",", id="comma"),
        pytest.param(["1.50"], ".", id="point"),
        pytest.param(["1.234,56", "10"], ",", id="thousands with points"),
        pytest.param(["1,234.56", "10"], ".", id="thousands with commas"),
        pytest.param(["100", "-5"], ",", id="whole numbers"),
        pytest.param([], ",", id="nothing"),
        pytest.param(["1.50", "x", ""], ".", id="what is no amount has no say"),
        pytest.param(["1.50", "2.50", "3,50"], ".", id="most amounts decide"),
        pytest.param(["1.50", "3,50"], ",", id="as many of both"),
    ],
)
def test_the_decimal_mark_of_a_file(texts: list[str], mark: str) -> None:
    assert decimal_mark(texts) == mark


@pytest.mark.parametrize(
    ("mark", "text", "amount"),
    [
        (",", "1234,56", "1234.56"),
        (",", "1.234,56", "1234.56"),
        (",", "-1.234.567,89", "-1234567.89"),
        (",", "+1,00", "1.00"),
        (",", "€ 1,00", "1.00"),
        (",", "12", "12.00"),
        (".", "1,234.56", "1234.56"),
        (".", "-0.01", "-0.01"),
        (".", "\u22121.00", "-1.00"),
        (",", "99999999999,99", "99999999999.99"),
    ],
)
def test_an_amount_under_a_mark(mark: str, text: str, amount: str) -> None:
    assert amount_with(mark, text) == Decimal(amount)


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        *(
            (",", text)
            for text in ["", "-", "1.234", "1,5", "1,234", "1.50", "1e3", "12.34,56", "1,00,00", "\u0661,00"]
        ),
        *((".", text) for text in ["1,50", "1.5", "1.234", "1,234", "NaN", "1 000 000,00"]),
        (",", "100000000000,00"),
        (",", "1" * 60),
    ],
)
def test_what_is_no_exact_amount(mark: str, text: str) -> None:
    with pytest.raises(ValueError, match="amount"):
        amount_with(mark, text)
