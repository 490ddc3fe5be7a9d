"""What the payment code says, by the lines of EPC069-12."""

import doctest
from decimal import Decimal
from types import ModuleType

import pytest

from debiteuren.mail import address, wording
from debiteuren.mail.drafts import eml
from debiteuren.mail.letters.payment_code import payload, picture

IBAN = "NL91 ABNA 0417 1643 00"


def code(
    name: str = "De Linde", iban: str = IBAN, amount: str = "98.75", reference: str = "2026-0311"
) -> str | None:
    return payload(name=name, iban=iban, amount=Decimal(amount), reference=reference)


def test_the_lines_of_a_code() -> None:
    assert code() == "BCD\n002\n1\nSCT\n\nDe Linde\nNL91ABNA0417164300\nEUR98.75\n\n\n2026-0311"


def test_a_creditor_reference_has_its_own_line() -> None:
    lines = (code(reference="RF18 5390 0754 7034") or "").split("\n")
    assert lines[9:] == ["RF18539007547034"]


@pytest.mark.parametrize(
    ("change", "made"),
    [
        pytest.param({}, True, id="complete"),
        pytest.param({"name": " \n"}, False, id="no name"),
        pytest.param({"iban": ""}, False, id="no account"),
        pytest.param({"iban": "NL91ABNA0417164301"}, False, id="wrong check digits"),
        pytest.param({"amount": "0.00"}, False, id="nothing"),
        pytest.param({"amount": "0.01"}, True, id="a cent"),
        pytest.param({"amount": "999999999.99"}, True, id="the largest"),
        pytest.param({"amount": "1000000000.00"}, False, id="too large"),
        pytest.param({"reference": ""}, True, id="no reference"),
    ],
)
def test_a_code_only_where_paying_by_it_is_possible(change: dict[str, str], *, made: bool) -> None:
    assert (code(**change) is not None) is made


def test_words_from_outside_add_no_line() -> None:
    lines = (code(name="De\nLinde\r\nNL00", reference="a\nb" * 100) or "").split("\n")
    assert (len(lines), lines[5], len(lines[10])) == (11, "De Linde NL00", 140)


def test_the_picture_is_the_same_every_time() -> None:
    first = picture("BCD")
    picture.cache_clear()
    assert first == picture("BCD")
    assert first.startswith(b"\x89PNG")


@pytest.mark.parametrize("module", [address, wording, eml])
def test_the_examples_in_the_code_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
