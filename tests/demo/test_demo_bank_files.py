"""The demo's bank files: they add up, chain, are fresh, and say back what was written."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings

from debiteuren.banks import read_bank_bytes
from debiteuren.demo.company import demo_bank_files, demo_rows
from debiteuren.demo.people import OWN_IBANS, PEOPLE, OwnBank
from debiteuren.domain.account import tidy_account
from debiteuren.domain.payment import BankFile, BankTransaction, FileFormat
from debiteuren.rules.workdays import is_bank_day, workdays_between
from demo.demo_days import ANY_DAY, DAYS

FEW = settings(max_examples=15, deadline=None)


def read(on: date) -> dict[OwnBank, BankFile]:
    files = demo_bank_files(on).items()
    return {bank: read_bank_bytes(name, data) for bank, (name, data) in zip(OwnBank, files, strict=True)}


def transactions(on: date) -> list[BankTransaction]:
    return [booking for file in read(on).values() for booking in file.transactions]


@pytest.mark.parametrize("on", DAYS)
def test_each_bank_has_its_own_format_and_our_account(on: date) -> None:
    files = read(on)
    assert [file.problems for file in files.values()] == [(), (), ()]
    assert {bank: file.format for bank, file in files.items()} == {
        OwnBank.ABN: FileFormat.MT940,
        OwnBank.ING: FileFormat.CSV,
        OwnBank.RABO: FileFormat.CAMT053,
    }
    assert {bank: file.bank for bank, file in files.items()} == {bank: bank.value for bank in OwnBank}
    for bank, file in files.items():
        assert {booking.account for booking in file.transactions} == {OWN_IBANS[bank]}


@FEW
@given(on=ANY_DAY)
def test_statements_add_up_and_begin_where_the_last_one_ended(on: date) -> None:
    for file in read(on).values():
        assert file.problems == ()
        assert {statement.adds_up for statement in file.statements} == {True}
        for earlier, later in zip(file.statements, file.statements[1:], strict=False):
            assert earlier.closing == later.opening
            assert earlier.end is not None
            assert later.begin is not None
            assert earlier.end < later.begin
        sums = file.statements[-1].closing, file.statements[0].opening
        assert sum((booking.amount for booking in file.transactions), Decimal(0)) == (
            (sums[0] or Decimal(0)) - (sums[1] or Decimal(0))
        )
        assert sum(statement.lines for statement in file.statements) == len(file.transactions)


@FEW
@given(on=ANY_DAY)
def test_the_accounts_are_never_overdrawn(on: date) -> None:
    for file in read(on).values():
        balance = file.statements[0].opening or Decimal(0)
        for booking in sorted(file.transactions, key=lambda booking: booking.booked):
            balance += booking.amount
            assert balance > Decimal(0), booking


@FEW
@given(on=ANY_DAY)
def test_bookings_lie_on_bank_days_and_the_data_is_fresh(on: date) -> None:
    for file in read(on).values():
        ends = [statement.end for statement in file.statements if statement.end is not None]
        assert max(ends) < on
        assert workdays_between(max(ends), on) <= 3
        assert all(is_bank_day(booking.booked) for booking in file.transactions)
        assert max(booking.booked for booking in file.transactions) <= max(ends)


@pytest.mark.parametrize("on", DAYS)
def test_customers_pay_from_their_own_account_under_their_own_name(on: date) -> None:
    people = {person.iban: person.name for person in PEOPLE.values()}
    found = [booking for booking in transactions(on) if booking.counter_account in people]
    assert len(found) > 170
    assert [booking for booking in found if booking.name != people[booking.counter_account]] == []


@pytest.mark.parametrize("on", DAYS)
def test_payments_name_invoices_that_exist_and_were_sent_before(on: date) -> None:
    rows = demo_rows(on)["tblFacturen"]
    issued = {str(row["Factuurnummer"]): row["Factuurdatum"] for row in rows}
    references = {
        row["Betalingskenmerk"]: str(row["Factuurnummer"]) for row in rows if row["Betalingskenmerk"]
    }
    people = {person.iban for person in PEOPLE.values()}
    unnamed = []
    for booking in transactions(on):
        if booking.counter_account not in people:
            continue
        numbers = [number for number in issued if number in booking.description]
        numbers += [references[booking.reference]] if booking.reference else []
        if not numbers:
            unnamed.append(booking.description)
        for number in numbers:
            day = issued[number]
            assert isinstance(day, date)
            assert day <= booking.booked
    assert unnamed == []  # what names nothing comes from accounts we do not know


@pytest.mark.parametrize("on", DAYS)
def test_money_that_is_no_invoice_is_there_too(on: date) -> None:
    bookings = transactions(on)
    names = Counter(booking.name for booking in bookings)
    assert names["Belastingdienst"] >= 8
    assert names["Stichting Mollie Payments"] == 1
    assert names["B. van Ginkel"] >= 8
    own = {tidy_account(account) for account in OWN_IBANS.values()}
    swept = [booking.amount for booking in bookings if booking.counter_account in own]
    assert len(swept) >= 8
    assert sum(swept, Decimal(0)) == Decimal(0)
    assert any("BEA" in booking.description for booking in bookings)
    assert any("Kosten zakelijk betalen" in booking.description for booking in bookings)


@pytest.mark.parametrize("on", DAYS)
def test_one_direct_debit_came_back(on: date) -> None:
    bookings = transactions(on)
    returned = [booking for booking in bookings if booking.is_return]
    assert [(booking.return_code, booking.name) for booking in returned] == [
        ("MD06", "Van der Meer Installatietechniek")
    ]
    collected = [
        booking
        for booking in bookings
        if booking.end_to_end == returned[0].end_to_end and not booking.is_return
    ]
    assert [booking.amount for booking in collected] == [-returned[0].amount]
    assert on - timedelta(days=12) < returned[0].booked < on


def test_the_same_day_gives_the_same_bytes() -> None:
    on = date(2026, 11, 21)
    assert demo_bank_files(on) == demo_bank_files(on)
