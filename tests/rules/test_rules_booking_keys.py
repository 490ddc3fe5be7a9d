"""Which bookings are the same: ids that stay, keys that bridge formats, and what may be double."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debiteuren.domain.payment import BankTransaction, Payment
from debiteuren.rules.booking_keys import (
    TEXT_LENGTH,
    booking_key,
    folded,
    possible_doubles,
    transaction_ids,
)

COFFEE = BankTransaction(
    account="NL20INGB0001234567",
    booked=date(2026, 11, 18),
    amount=Decimal("25.00"),
    counter_account="NL18TRIO0198100777",
    name="Koffie & Zo",
    description="Contributie november",
)


def _id(transaction: BankTransaction) -> str:
    return transaction_ids([transaction])[0]


def test_an_id_is_the_day_and_a_digest_that_never_changes() -> None:
    assert _id(COFFEE) == "20261118-7e28929c2bf1"
    assert _id(replace(COFFEE, bank_id="REF1")) == "20261118-7761176551ae"


@pytest.mark.parametrize(
    ("other", "same"),
    [
        pytest.param(replace(COFFEE, name="KOFFIE EN ZO"), True, id="another spelling of the name"),
        pytest.param(replace(COFFEE, description="CONTRIBUTIE  NOVEMBER."), True, id="capitals and signs"),
        pytest.param(replace(COFFEE, account="1234567"), True, id="account number instead of IBAN"),
        pytest.param(replace(COFFEE, counter_account="0198100777"), True, id="counter account without IBAN"),
        pytest.param(replace(COFFEE, kind="OV", mandate="M"), True, id="kind and mandate"),
        pytest.param(replace(COFFEE, value_date=date(2026, 11, 17)), True, id="value day"),
        pytest.param(replace(COFFEE, description="Contributie december"), False, id="another text"),
        pytest.param(replace(COFFEE, booked=date(2026, 11, 19)), False, id="the next day"),
        pytest.param(replace(COFFEE, amount=Decimal("25.01")), False, id="a cent more"),
        pytest.param(replace(COFFEE, amount=Decimal("-25.00")), False, id="money out"),
        pytest.param(replace(COFFEE, currency="USD"), False, id="another currency"),
        pytest.param(replace(COFFEE, account="NL61RABO0300123456"), False, id="another account"),
        pytest.param(replace(COFFEE, counter_account="NL36INGB0007654321"), False, id="another payer"),
        pytest.param(replace(COFFEE, bank_id="REF1"), False, id="an id of the bank"),
    ],
)
def test_what_makes_a_booking_itself(other: BankTransaction, *, same: bool) -> None:
    assert (_id(other) == _id(COFFEE)) is same


@pytest.mark.parametrize(
    ("dutch", "english", "same"),
    [
        pytest.param("Nota 4 Valutadatum: 19-11-2026", "Nota 4 Value date: 19/11/2026", True, id="cash"),
        pytest.param(
            "Pasvolgnr: 001 18-11-2026 12:31 Transactie: A1 Term: D4 Valutadatum: 19-11-2026",
            "Card sequence no.: 001 18/11/2026 12:31 Transaction: A1 Term: D4 Value date: 19/11/2026",
            True,
            id="card",
        ),
        pytest.param(
            "Pasvolgnr: 001 18-11-2026 12:31 Transactie: A1",
            "Card sequence no.: 001 18/11/2026 12:31 Transaction: A2",
            False,
            id="another card payment",
        ),
        pytest.param(
            "Naam: X Kenmerk: K1 Datum/Tijd: 19-11-2026 10:11:12",
            "Name: X Reference: K1 Date/time: 19-11-2026 10:11:12",
            True,
            id="no description",
        ),
        pytest.param(
            "Naam: X Machtiging ID: M1 Incassant ID: C1 Doorlopende incasso",
            "Name: X Mandate ID: M1 Creditor ID: C1 Recurrent SEPA direct debit",
            True,
            id="direct debit",
        ),
        pytest.param("Nota 4 Valutadatum: 19-11-2026", "Nota 5 Value date: 19/11/2026", False, id="another"),
        pytest.param("Kenmerk 5", "5", False, id="a word of the payer"),
    ],
)
def test_the_banks_labels_are_no_part_of_the_text(dutch: str, english: str, *, same: bool) -> None:
    one, other = replace(COFFEE, description=dutch), replace(COFFEE, description=english)
    assert (_id(one) == _id(other), booking_key(one).same(booking_key(other))) == (same, same)


def test_text_is_compared_up_to_its_sixtieth_letter() -> None:
    text = "x" * TEXT_LENGTH
    at_the_edge = replace(COFFEE, description=text + "a"), replace(COFFEE, description=text + "b")
    within = replace(COFFEE, description=text[1:] + "a"), replace(COFFEE, description=text[1:] + "b")
    assert _id(at_the_edge[0]) == _id(at_the_edge[1])
    assert _id(within[0]) != _id(within[1])


def test_the_banks_own_id_is_only_unique_with_day_and_amount() -> None:
    batch = [replace(COFFEE, bank_id="BATCH"), replace(COFFEE, bank_id="BATCH", amount=Decimal("30.00"))]
    assert len(set(transaction_ids(batch))) == 2


def test_equal_bookings_on_one_day_are_each_their_own() -> None:
    twice = transaction_ids([COFFEE, COFFEE])
    assert len(set(twice)) == 2
    assert twice[0] == _id(COFFEE)
    assert transaction_ids([COFFEE, COFFEE, COFFEE])[:2] == twice


DETAILS = st.sampled_from(["A", "B", "Factuur 1", ""])
BOOKINGS = st.lists(
    st.builds(
        lambda days, cents, text, name, bank: replace(
            COFFEE,
            booked=COFFEE.booked + timedelta(days=days),
            amount=Decimal(cents),
            description=text,
            name=name,
            bank_id=bank,
        ),
        st.integers(0, 1),
        st.sampled_from(["1.00", "2.00"]),
        DETAILS,
        DETAILS,
        st.sampled_from(["", "R1"]),
    ),
    max_size=12,
)


@given(BOOKINGS, st.randoms(use_true_random=False))
def test_ids_do_not_depend_on_the_order_of_the_file(
    bookings: list[BankTransaction], chance: random.Random
) -> None:
    shuffled = chance.sample(bookings, len(bookings))

    def by_id(transactions: list[BankTransaction]) -> dict[str, str]:
        return dict(
            zip(
                transaction_ids(transactions),
                (f"{found.name} {found.description}" for found in transactions),
                strict=True,
            )
        )

    assert by_id(shuffled) == by_id(bookings)
    assert len(set(transaction_ids(bookings))) == len(bookings)


@given(BOOKINGS)
def test_an_overlapping_file_gives_the_same_ids_for_the_days_it_holds(
    bookings: list[BankTransaction],
) -> None:
    one_day = [found for found in bookings if found.booked == COFFEE.booked]
    assert set(transaction_ids(one_day)) <= set(transaction_ids(bookings))


def _row(name: str, source: str, **changes: object) -> Payment:
    row = Payment(
        transaction=name,
        account=COFFEE.account,
        booked=COFFEE.booked,
        amount=COFFEE.amount,
        counter_account=COFFEE.counter_account,
        description=COFFEE.description,
        source=source,
    )
    return replace(row, **changes)  # type: ignore[arg-type] # the fields of a row


@pytest.mark.parametrize(
    ("change", "same"),
    [
        pytest.param({}, True, id="the row as imported"),
        pytest.param({"description": "contributie-november"}, True, id="text the same but for signs"),
        pytest.param({"description": "contributie"}, False, id="text cut short"),
        pytest.param({"counter_account": ""}, True, id="a format without counter account"),
        pytest.param({"counter_account": "NL36INGB0007654321"}, False, id="another payer"),
        pytest.param({"reference": "E2E-1"}, True, id="a reference only one format has"),
        pytest.param({"account": "NL61RABO0300123456"}, False, id="another account"),
        pytest.param({"booked": date(2026, 11, 19)}, False, id="the next day"),
        pytest.param({"amount": Decimal("25.01")}, False, id="a cent more"),
        pytest.param({"transaction": "vrije tekst"}, True, id="a Transactie of any form"),
    ],
)
def test_a_row_of_betalingen_is_known_as_the_booking_it_is(change: dict[str, object], *, same: bool) -> None:
    assert booking_key(COFFEE).same(booking_key(_row("T1", "ING CSV", **change))) is same


def test_different_references_are_different_bookings() -> None:
    one = booking_key(replace(COFFEE, end_to_end="E1"))
    assert not one.same(booking_key(replace(COFFEE, end_to_end="E2")))
    assert one.same(booking_key(replace(COFFEE, reference="e-1")))


def test_a_payment_reference_in_the_text_is_the_same_as_one_in_its_own_field() -> None:
    field = booking_key(replace(COFFEE, description="", reference="5000056789012345"))
    assert field.same(booking_key(replace(COFFEE, description="5000 0567 8901 2345")))


def test_folding_keeps_letters_and_digits() -> None:
    assert folded("Café  Noir – fact. 2026-0042 €") == "CAFENOIRFACT20260042"


A, B, C = "ING CAMT.053", "ING CSV", "ING MT940"
TEXTS = {A: "Contributie november", B: "Contr. nov.", C: "november"}


def _told(name: str, source: str, **changes: object) -> Payment:
    """The row as this source words it."""
    return _row(name, source, **{"description": TEXTS.get(source, "koffie"), **changes})


@pytest.mark.parametrize(
    ("rows", "doubles"),
    [
        pytest.param([_told("1", A), _told("2", A)], {}, id="one source: both are real"),
        pytest.param([_told("1", A), _told("2", B)], {"2": "1"}, id="two sources"),
        pytest.param([_told("1", A), _told("2", B), _told("3", C)], {"2": "1", "3": "1"}, id="three sources"),
        pytest.param(
            [_told("1", A), _told("2", A), _told("3", B), _told("4", B)],
            {"3": "1", "4": "2"},
            id="two and two: each row stands for one",
        ),
        pytest.param(
            [_told("1", A), _told("2", B), _told("3", B)], {"2": "1"}, id="one more in the second source"
        ),
        pytest.param([_told("1", A), _told("2", B, choice="nee")], {}, id="the user decided: nee"),
        pytest.param([_told("1", A), _told("2", B, choice="2026-1")], {}, id="the user decided: an invoice"),
        pytest.param(
            [_told("1", A), _told("2", B, choice="nee"), _told("3", B)],
            {},
            id="a decided row keeps its partner",
        ),
        pytest.param([_told("1", A), _told("2", B, amount=Decimal("25.01"))], {}, id="a cent more"),
        pytest.param([_told("1", A), _told("2", B, booked=date(2026, 11, 19))], {}, id="the next day"),
        pytest.param([_told("1", A), _told("2", B, account="NL61RABO0300123456")], {}, id="another account"),
        pytest.param(
            [_told("1", A), _told("2", B, counter_account="NL36INGB0007654321")], {}, id="another payer"
        ),
        pytest.param(
            [_told("1", A), _told("2", B, counter_account="")],
            {"2": "1"},
            id="a format without counter account",
        ),
        pytest.param(
            [_told("typed", "", account="", counter_account=""), _told("2", B)],
            {"2": "typed"},
            id="a row the user typed first",
        ),
        pytest.param(
            [_told("1", A), _told("2", B, description=TEXTS[A])],
            {},
            id="the same text: importing saw it as one more",
        ),
        pytest.param(
            [_told("1", A), _told("2", B, account="1234567")], {"2": "1"}, id="account without IBAN"
        ),
    ],
)
def test_what_may_be_double(rows: list[Payment], doubles: dict[str, str]) -> None:
    assert possible_doubles(rows) == doubles


def test_many_equal_bookings_from_two_sources_are_paired_fast_and_one_to_one() -> None:
    rows = [_told(f"{source}{number}", source) for source in (A, B) for number in range(3000)]
    doubles = possible_doubles(rows)
    assert len(doubles) == 3000
    assert len(set(doubles.values())) == 3000
