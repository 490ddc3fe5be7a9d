"""Accounts and names that are or look like the same: docs/regels.md, "Dezelfde boeking" and "Koppelingen"."""

import pytest

from debiteuren.domain.debtor import Debtor
from debiteuren.rules.account_match import AccountOwners, is_same_account
from debiteuren.rules.similar_names import NameIndex, is_alike, name_words


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("NL91ABNA0417164300", "nl91 abna 0417 1643 00", True, id="spaces and capitals"),
        pytest.param("NL91ABNA0417164300", "417164300", True, id="an IBAN and its number"),
        pytest.param("41.71.64.300", "NL91ABNA0417164300", True, id="a number with points and its IBAN"),
        pytest.param("0417164300", "417164300", True, id="two numbers"),
        pytest.param("417164300", "417164301", False, id="two other numbers"),
        pytest.param("NL91ABNA0417164300", "NL54INGB0417164300", False, id="one number at two banks"),
        pytest.param("BE68539007547034", "BE68 5390 0754 7034", True, id="Belgian"),
        pytest.param("", "", False, id="none is none"),
        pytest.param("", "417164300", False, id="none and one"),
    ],
)
def test_accounts_are_the_same_or_not(one: str, other: str, same: bool) -> None:  # noqa: FBT001 - a row
    assert is_same_account(one, other) is same
    assert is_same_account(other, one) is same


def test_owners_of_an_account() -> None:
    owners = AccountOwners(
        [("NL91ABNA0417164300", "D1"), ("NL91 ABNA 0417 1643 00", "D2"), ("12345", "D3"), ("", "D4")]
    )
    assert owners.of("NL91ABNA0417164300") == {"D1", "D2"}
    assert owners.of("417164300") == {"D1", "D2"}
    assert owners.of("NL10INGB0000012345") == {"D3"}
    assert owners.of("NL54INGB0417164300") == frozenset()
    assert owners.of("") == frozenset()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        pytest.param("Bakkerij Jansen B.V.", "bakkerij jansen", True, id="legal form and capitals"),
        pytest.param("Jansen, Bakkerij", "Bakkerij Jansen", True, id="order"),
        pytest.param("J. de Vries", "Jan de Vries", True, id="initials"),
        pytest.param("Dhr. J.P.M. de Vries", "de Vries", True, id="title and initials"),
        pytest.param("Café Noël", "CAFE NOEL", True, id="accents"),
        pytest.param("Jansen Holding B.V.", "Bakkerij Jansen", True, id="a holding"),
        pytest.param("Bakkerij Jansen", "Bakkerij Pietersen", False, id="one word in common"),
        pytest.param("Bos", "Bos Tuinen", False, id="three letters tell too little"),
        pytest.param("Boss", "Boss Tuinen", True, id="four letters tell enough"),
        pytest.param("B.V.", "B.V.", False, id="nothing left"),
        pytest.param("", "Jansen", False, id="no name"),
    ],
)
def test_names_are_alike_or_not(one: str, other: str, alike: bool) -> None:  # noqa: FBT001 - a row
    assert is_alike(name_words(one), name_words(other)) is alike
    assert is_alike(name_words(other), name_words(one)) is alike


def test_debtors_are_found_by_any_of_their_names() -> None:
    index = NameIndex(
        [
            Debtor(number="D2", name="Garage De Wit", first_name="Kees", last_name="Bakker"),
            Debtor(number="D1", name="Kees Bakker"),
        ]
    )
    assert index.alike("Hr K. Bakker") == ("D1", "D2")
    assert index.alike("garage wit") == ("D2",)
    assert index.alike("") == ()


@pytest.mark.parametrize(("count", "found"), [(200, 200), (201, 0)])
def test_a_word_that_everybody_bears_is_not_looked_up(count: int, found: int) -> None:
    debtors = [Debtor(number=f"D{place}", name="Jansen") for place in range(count)]
    assert len(NameIndex(debtors).alike("Jansen")) == found
