"""Betalingskenmerk, RF and Belgian messages: docs/regels.md, "Kenmerken"."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debiteuren.rules.references import (
    check_digit,
    fold,
    is_betalingskenmerk,
    is_meaningful,
    reference_word,
)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        pytest.param("5000056789012345", True, id="sixteen digits, the example of the Betaalvereniging"),
        pytest.param("5000056789012346", False, id="sixteen digits, one digit wrong"),
        pytest.param("4000056789012345", False, id="sixteen digits, wrong check digit"),
        pytest.param("5000 0567 8901 2345", True, id="in groups of four"),
        pytest.param("5000.0567.8901.2345", True, id="with points"),
        pytest.param("12234534622567", True, id="fourteen digits, the other example"),
        pytest.param("13234534622567", False, id="fourteen digits, the length digit says thirteen"),
        pytest.param("1234567", True, id="seven digits have no check"),
        pytest.param("123456", False, id="six digits"),
        pytest.param("12345678", False, id="eight digits"),
        pytest.param("132345346225670", False, id="fifteen digits"),
        pytest.param(f"{check_digit('30000000000000')}30000000000000", False, id="fifteen, all else right"),
        pytest.param(f"{check_digit('70000000')}70000000", True, id="nine digits"),
        pytest.param(f"{check_digit('80000000')}80000000", False, id="nine digits, the second says ten"),
        pytest.param("50000567890123450", False, id="seventeen digits"),
        pytest.param("5000056789O12345", False, id="a letter O"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_betalingskenmerk_is_told_from_other_numbers(text: str, valid: bool) -> None:  # noqa: FBT001 - a row
    assert is_betalingskenmerk(text) is valid


@pytest.mark.parametrize(
    ("rest", "digit"),
    [
        pytest.param("0", 0, id="sum 0: eleven becomes 0"),
        pytest.param("6", 1, id="sum 12: ten becomes 1"),
        pytest.param("1", 9, id="weight 2 on the right"),
        pytest.param("10", 7, id="then weight 4"),
        pytest.param("100", 3, id="then weight 8"),
        pytest.param("1000", 6, id="then weight 5"),
        pytest.param("10000", 1, id="then weight 10"),
        pytest.param("100000", 2, id="then weight 9"),
        pytest.param("1000000", 4, id="then weight 7"),
        pytest.param("10000000", 8, id="then weight 3"),
        pytest.param("100000000", 5, id="then weight 6"),
        pytest.param("1000000000", 1, id="then weight 1: ten becomes 1"),
        pytest.param("10000000000", 9, id="and again weight 2"),
    ],
)
def test_the_check_digit_weighs_every_place(rest: str, digit: int) -> None:
    assert check_digit(rest) == digit


def test_a_check_digit_needs_digits() -> None:
    with pytest.raises(ValueError, match="digits expected"):
        check_digit("12A")


@given(st.text("0123456789", min_size=15, max_size=15), st.integers(0, 14), st.integers(1, 9))
def test_every_number_gets_one_check_digit_that_sees_most_slips(rest: str, place: int, step: int) -> None:
    kenmerk = f"{check_digit(rest)}{rest}"
    assert is_betalingskenmerk(kenmerk)
    slip = rest[:place] + str((int(rest[place]) + step) % 10) + rest[place + 1 :]
    if check_digit(slip) != check_digit(rest):
        assert not is_betalingskenmerk(f"{check_digit(rest)}{slip}")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param("RF18539007547034", "RF-kenmerk", id="RF"),
        pytest.param("rf18 5390 0754 7034", "RF-kenmerk", id="RF in groups"),
        pytest.param("RF19539007547034", "kenmerk", id="RF with a wrong check"),
        pytest.param("5000056789012345", "betalingskenmerk", id="betalingskenmerk"),
        pytest.param("1234567", "kenmerk", id="seven digits may be anything"),
        pytest.param("+++090/9337/55493+++", "gestructureerde mededeling", id="Belgian message"),
        pytest.param("+++090/9337/55494+++", "kenmerk", id="Belgian message with a wrong check"),
        pytest.param("ORDER-12", "kenmerk", id="words of one's own"),
    ],
)
def test_a_reference_is_called_by_its_name(text: str, word: str) -> None:
    assert reference_word(text) == word


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("rf18 5390-0754.7034", "RF18539007547034"),
        ("É-12", "E12"),
        ("\u00a012\u202f34 ", "1234"),
        ("\uff11\uff12", "12"),
        ("€", ""),
    ],
)
def test_a_reference_has_one_spelling(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["", "NOTPROVIDED", "notprovided", "NONREF", "EREF"])
def test_what_a_bank_fills_in_for_nothing_says_nothing(text: str) -> None:
    assert not is_meaningful(fold(text))


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert once == "" or (once.isascii() and once.isalnum())
