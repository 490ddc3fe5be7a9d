"""Invoice numbers as people write them, and what only looks like one: docs/regels.md, "Koppelingen"."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debiteuren.rules.invoice_numbers import Mention, find
from debiteuren.rules.number_index import NumberIndex

NUMBERS = (
    "2026-0042",
    "2026-0043",
    "1001",
    "1002",
    "42",
    "43",
    "45",
    "INV 2026 12",
    "100142",
    "2026/0050",
    "20261121",
    "C-1",
    "F2026.007",
    "2026-0099",
    "20260099",
    "314159",
    "123",
    "31415",
    "11223344",
)
INDEX = NumberIndex(NUMBERS)


def found(text: str) -> list[str]:
    """The numbers a text names; those it may name in several ways with a question mark."""
    return [
        NUMBERS[mention.places[0]]
        if len(mention.places) == 1
        else "?" + "|".join(NUMBERS[place] for place in mention.places)
        for mention in find(INDEX, text)
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param("2026-0042", ["2026-0042"], id="the number itself"),
        pytest.param("Factuur 2026-0042, dank", ["2026-0042"], id="a comma behind it"),
        pytest.param("fact.2026-0042", ["2026-0042"], id="the word tied to it with a point"),
        pytest.param("fact2026-0042", ["2026-0042"], id="the word glued to it"),
        pytest.param("F1001", ["1001"], id="one letter glued to it"),
        pytest.param("20260042", ["2026-0042"], id="without separator"),
        pytest.param("2026 0042", ["2026-0042"], id="a space for the separator"),
        pytest.param("2026/0042", ["2026-0042"], id="a slash for the separator"),
        pytest.param("2026.0042", ["2026-0042"], id="a point for the separator"),
        pytest.param("2026_0042", ["2026-0042"], id="an underscore for the separator"),
        pytest.param("2026–0042", ["2026-0042"], id="a dash for the separator"),
        pytest.param("2026-\n0042", ["2026-0042"], id="broken after the separator"),
        pytest.param("2026-00\n42", ["2026-0042"], id="broken in the middle"),
        pytest.param("20 26-0042", ["2026-0042"], id="broken at the start"),
        pytest.param("inv 2026 12", ["INV 2026 12"], id="a number with spaces, in small letters"),
        pytest.param("INV2026-12", ["INV 2026 12"], id="a number with spaces, without them"),
        pytest.param("f2026007", ["F2026.007"], id="a number with a letter"),
        pytest.param("2026-0042 en 0043", ["2026-0042", "2026-0043"], id="only the end of the second"),
        pytest.param("2026-0042/43", ["2026-0042", "2026-0043"], id="the end after a slash"),
        pytest.param("2026-0042 + 2026-0043", ["2026-0042", "2026-0043"], id="two with a plus"),
        pytest.param("2026-0042,2026-0043", ["2026-0042", "2026-0043"], id="two with a comma"),
        pytest.param("2026-0042 2026-0043", ["2026-0042", "2026-0043"], id="two with a space"),
        pytest.param("2026-0042 2026-0042", ["2026-0042"], id="the same one twice"),
        pytest.param("nrs 42/43/45", ["42", "43", "45"], id="short numbers behind nrs"),
        pytest.param("factuur 42 en 43", ["42", "43"], id="short numbers behind factuur"),
        pytest.param("Facturen: 42, 43 en 45.", ["42", "43", "45"], id="a list behind a colon"),
        pytest.param("creditnota C-1", ["C-1"], id="a short credit note behind its word"),
        pytest.param("/REMI/1001/", ["1001"], id="between slashes of MT940"),
        pytest.param("1001-1002", ["1001", "1002"], id="tied, but each is a number"),
        pytest.param("NR.2026-0042/11.3.2026", ["2026-0042"], id="a date tied to it"),
        pytest.param("2026-0042 d.d. 20-11-2026", ["2026-0042"], id="a date beside it"),
        pytest.param("01-10-2026 1001", ["1001"], id="behind a date"),
        pytest.param("1001 EUR 100,00", ["1001"], id="before an amount"),
        pytest.param("1001 EN 1002", ["1001", "1002"], id="a word of two letters is no postcode"),
        pytest.param("order 2026-0042", ["2026-0042"], id="a number with structure behind order"),
        pytest.param("klantnr 777 factuur 1001", ["1001"], id="the last word counts"),
        pytest.param("=2026-0042", ["2026-0042"], id="behind an equals sign"),
        pytest.param("２０２６-００４２", ["2026-0042"], id="wide figures"),
        pytest.param("betaling 20261121", ["20261121"], id="a number that may be a day"),
        pytest.param("314159", ["314159"], id="six figures"),
        pytest.param("11 22 33 44", ["11223344"], id="broken into four"),
        pytest.param("dank 1001 dank", ["1001"], id="four figures between words"),
        pytest.param("nota 123", ["123"], id="three figures behind nota"),
        pytest.param("nota's 123", ["123"], id="behind nota's"),
    ],
)
def test_numbers_are_found_as_people_write_them(text: str, numbers: list[str]) -> None:
    assert found(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="no text"),
        pytest.param("dank u wel", id="no figures"),
        pytest.param("21001", id="inside a longer number"),
        pytest.param("10011", id="at the start of a longer number"),
        pytest.param("A1001", id="a letter glued to it"),
        pytest.param("1001A", id="a letter glued behind it"),
        pytest.param("1001 AB Amsterdam", id="a postcode"),
        pytest.param("1001AB", id="a postcode in one word"),
        pytest.param("NL91ABNA0000001001", id="in an IBAN"),
        pytest.param("NL91 ABNA 0417 1643 00", id="an IBAN in groups"),
        pytest.param("10-01-2026", id="a date"),
        pytest.param("10 01 2026", id="a date with spaces"),
        pytest.param("2026-11-21", id="a date, year first"),
        pytest.param("21 november 2026", id="a date in words"),
        pytest.param("10:01", id="a time"),
        pytest.param("€ 1001", id="an amount"),
        pytest.param("1001,00", id="an amount with cents"),
        pytest.param("1001 euro", id="an amount in words"),
        pytest.param("klantnr 1001", id="a customer number"),
        pytest.param("klant nr. 1001", id="a customer number in two words"),
        pytest.param("Kerkstraat 1001", id="an address"),
        pytest.param("order 314159", id="an order number"),
        pytest.param("polisnummer 314159", id="a policy number"),
        pytest.param("2026-0042-99", id="tied to an unknown number"),
        pytest.param("20260042-45", id="tied to what may be a range"),
        pytest.param("2025-1001", id="tied to another year"),
        pytest.param("42", id="a short number alone"),
        pytest.param("dank 123 dank", id="three figures between words"),
        pytest.param("1 1 22 33 44", id="broken into five"),
        pytest.param("bestelling 42 stuks", id="a short number behind another word"),
        pytest.param("betaling 42", id="a short number behind betaling"),
        pytest.param("0042", id="only the end of a number"),
        pytest.param("10 01", id="a short number in two"),
        pytest.param("06-12341001", id="a telephone number"),
    ],
)
def test_what_only_looks_like_a_number_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param("1001 42", ["?100142|1001"], id="one broken number or another whole one"),
        pytest.param("2026.0099", ["?2026-0099|20260099"], id="two numbers fold alike"),
    ],
)
def test_words_with_several_meanings_say_so(text: str, numbers: list[str]) -> None:
    assert found(text) == numbers


def test_the_exact_number_wins_from_one_that_folds_alike() -> None:
    assert found("2026-0099") == ["2026-0099"]
    assert found("20260099") == ["20260099"]


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        pytest.param("1001", True, id="nothing but the number"),
        pytest.param("1001 en 1002", True, id="nothing but numbers"),
        pytest.param("dank voor 1001 koekjes", False, id="four figures between words"),
        pytest.param("factuur 1001", True, id="behind factuur"),
        pytest.param("betaling 1001", True, id="behind betaling"),
        pytest.param("x 31415 y", False, id="five figures between words"),
        pytest.param("x 314159 y", True, id="six figures between words"),
        pytest.param("x 20261121 y", False, id="eight figures that are a day"),
        pytest.param("x 2026-0042 y", True, id="a number with structure"),
    ],
)
def test_a_number_is_firm_when_it_can_hardly_be_anything_else(text: str, firm: bool) -> None:  # noqa: FBT001 - a row
    assert all(mention.firm is firm for mention in find(INDEX, text))
    assert find(INDEX, text)


def test_in_a_reference_of_the_payer_a_bare_number_is_not_firm() -> None:
    assert find(INDEX, "1001", alone_is_firm=False) == (Mention((2,), "1001", firm=False),)


@pytest.mark.parametrize(
    "text",
    [
        "2026-0042",
        "betaling 2026-0042 van 20-11-2026 om 12:01",
        "NL91ABNA0417164300 2026-0042",
        "20260042 € 1.234,56",
        "niets",
        "D00012 INC7 2026-0043",
        "factuur 314159",
    ],
)
def test_the_quick_way_finds_what_the_careful_way_finds(text: str) -> None:
    quick = INDEX.plain(text)
    assert quick is not None
    assert quick[0] == tuple(mention.places[0] for mention in find(INDEX, text))


@pytest.mark.parametrize(
    "text", ["klantnr 314159", "1001", "2026-0042 en 0043", "2026 0042", "2026.0099", "x 20261121"]
)
def test_the_quick_way_leaves_doubt_to_the_careful_way(text: str) -> None:
    assert INDEX.plain(text) is None


_WORDS = (
    "factuur",
    "en",
    "dank",
    "1001",
    "2026-0042",
    "klantnr",
    "20260043",
    "D0012",
    "12,50",
    "€ 5",
    "12:30",
)


@given(
    st.lists(st.sampled_from((*_WORDS, "/", "-", "314159", "20-11-2026", "NL91ABNA0417164300")), max_size=8)
)
def test_both_ways_agree_on_any_text(words: list[str]) -> None:
    text = " ".join(words)
    quick = INDEX.plain(text)
    if quick is not None:
        careful = find(INDEX, text)
        assert quick[0] == tuple(dict.fromkeys(place for one in careful for place in one.places))


@given(st.text(max_size=60))
def test_any_text_at_all_can_be_searched(text: str) -> None:
    for mention in find(INDEX, text):
        assert all(place in range(len(NUMBERS)) for place in mention.places)


@given(st.text("abcdefg ", max_size=20), st.text("abcdefg ", max_size=20))
def test_a_number_among_plain_words_is_always_found(before: str, after: str) -> None:
    text = re.sub(r"\b(bank|deb)\b", "", f"{before} 2026-0042 {after}")
    assert found(text) == ["2026-0042"]


def test_look_up_is_exact_first_then_folded() -> None:
    assert INDEX.look_up(" 2026-0099 ") == (13,)
    assert INDEX.look_up("2026 0042") == (0,)
    assert INDEX.look_up("2026.0099") == (13, 14)
    assert INDEX.look_up("42") == (4,)
    assert INDEX.look_up("nooit") == ()
    assert INDEX.look_up("") == ()


@pytest.mark.parametrize("number", ["2026-0103", "2026-1231", "2026-0229", "2026/0103", "26-0103", "2026-01"])
@pytest.mark.parametrize(
    "text", ["{}", "Factuur {}", "betaling {} dank", "/REMI/{}", "{}, 12-11-2026", "{}."]
)
def test_a_number_that_looks_like_a_day_is_found_as_it_is_written(number: str, text: str) -> None:
    found_places = [one.places for one in find(NumberIndex([number]), text.format(number))]
    assert found_places == [(0,)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("contributie 2026", [], id="a year"),
        pytest.param("factuur 2026", [0], id="a year behind factuur"),
        pytest.param("kenmerk 2026", [0], id="a year behind kenmerk"),
        pytest.param("x 2049 y", [], id="the last year"),
        pytest.param("x 2050 y", [2], id="no year any more"),
        pytest.param("x 1999 y", [3], id="no year of this century"),
        pytest.param("bedrag 1999", [], id="an amount"),
    ],
)
def test_a_number_that_is_a_year_needs_its_word(text: str, places: list[int]) -> None:
    found_places = [one.places[0] for one in find(NumberIndex(["2026", "2049", "2050", "1999"]), text)]
    assert found_places == places
