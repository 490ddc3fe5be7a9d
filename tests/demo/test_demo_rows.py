"""The demo company's sheets: complete, readable without a fault, plausible on any day."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from stdnum import iban
from stdnum.nl import btw

from debiteuren.book import layout, layout_parts
from debiteuren.book.tables import read_ledger
from debiteuren.book.workbook import Cell
from debiteuren.demo.company import (
    INVOICE_COUNT,
    ExpectedDrafts,
    demo_rows,
    demo_settings,
    expected,
    expected_arrangements,
    expected_drafts,
)
from debiteuren.demo.numbering import betalingskenmerk
from debiteuren.demo.people import OWN_IBANS, PEOPLE
from debiteuren.domain.arrangement import ArrangementStatus, InstalmentStatus
from debiteuren.domain.contact import ContactKind, DraftState, Outcome
from debiteuren.domain.debtor import Channel, DebtorKind, Form, Tone
from debiteuren.domain.invoice import Action, Block, InvoiceStatus
from debiteuren.rules.references import is_betalingskenmerk
from debiteuren.rules.workdays import is_workday
from demo.demo_days import ANY_DAY, DAYS
from workbooks import contents

LETTER, EDGES = 0.82, 2
"""A usual letter of Calibri 11 and a cell's indent, in the widths of columns."""

FEW = settings(max_examples=25, deadline=None)


def day(cell: Cell) -> date:
    assert isinstance(cell, date)
    return cell.date() if isinstance(cell, datetime) else cell


@pytest.mark.parametrize("on", DAYS)
def test_rows_hold_the_input_columns_of_the_contract(on: date) -> None:
    for table, rows in demo_rows(on).items():
        form = layout.BY_NAME[table]
        inputs = form.names(layout_parts.Role.REQUIRED, layout_parts.Role.INPUT)
        assert {tuple(row) for row in rows} == {inputs}, table
        for column in form.columns:
            if column.choices and column.name in inputs:
                assert {row[column.name] for row in rows} <= {None, *column.choices}, column.name


@pytest.mark.parametrize("on", DAYS)
def test_required_cells_are_filled_but_for_the_vague_arrangement(on: date) -> None:
    empty = [
        (table, name, row.get("Regeling"))
        for table, rows in demo_rows(on).items()
        for name in layout.BY_NAME[table].names(layout_parts.Role.REQUIRED)
        for row in rows
        if row[name] in {None, ""}
    ]
    assert empty == [("tblTermijnen", "Vervaldatum", "R-004")]


@pytest.mark.parametrize("on", DAYS)
def test_no_column_cuts_what_the_company_writes_in_it(on: date) -> None:
    cut = {
        (table, column.name): longest
        for table, rows in demo_rows(on).items()
        for column in layout.BY_NAME[table].columns
        if column.kind is layout_parts.Kind.TEXT and column.role is not layout_parts.Role.COMPUTED
        for longest in [max((str(row[column.name] or "") for row in rows), key=len, default="")]
        if len(longest) * LETTER + EDGES > column.width
    }
    assert cut == {}


@pytest.mark.parametrize("on", DAYS)
def test_the_workbook_reads_without_a_problem(on: date) -> None:
    reading = read_ledger(contents(demo_rows(on), demo_settings(on)))
    assert reading.problems == ()
    assert len(reading.ledger.invoices) == INVOICE_COUNT
    assert len(reading.ledger.debtors) == 40
    assert len(reading.ledger.arrangements) == 4
    assert reading.ledger.settings.as_of == on
    assert reading.ledger.settings.company.signature == "Marijke de Linde"


def test_the_same_day_gives_the_same_company_and_another_day_another() -> None:
    on = date(2026, 11, 21)
    assert demo_rows(on) == demo_rows(on)
    assert demo_rows(on) != demo_rows(on + timedelta(days=1))


@FEW
@given(on=ANY_DAY)
def test_numbers_follow_the_invoice_days_and_start_anew_each_year(on: date) -> None:
    rows = demo_rows(on)["tblFacturen"]
    counts: Counter[int] = Counter()
    for row in rows:
        year = day(row["Factuurdatum"]).year
        counts[year] += 1
        assert row["Factuurnummer"] == f"{year}-{counts[year]:04d}"
    days = [day(row["Factuurdatum"]) for row in rows]
    assert days == sorted(days)
    assert on - timedelta(days=290) <= days[0] < days[-1] < on


@FEW
@given(on=ANY_DAY)
@example(on=date(2027, 4, 11))
def test_days_follow_each_other(on: date) -> None:
    tables = demo_rows(on)
    ledger = read_ledger(contents(tables, demo_settings(on))).ledger
    for invoice in ledger.invoices:
        assert invoice.delivered is not None
        assert invoice.delivered <= invoice.issued < invoice.due
    issued = {invoice.number: invoice.issued for invoice in ledger.invoices}
    for contact in ledger.contacts:
        assert is_workday(contact.day)
        assert contact.day <= on
        assert all(issued[number] < contact.day for number in contact.invoices)
        assert contact.promised_on is None or contact.promised_on > contact.day
    for arrangement in ledger.arrangements:
        assert arrangement.agreed_on is not None
        dues = [part.due for part in ledger.instalments if part.arrangement == arrangement.id]
        assert all(due is None or due > arrangement.agreed_on for due in dues)


@FEW
@given(on=ANY_DAY)
def test_letters_to_one_debtor_keep_five_days_between_them(on: date) -> None:
    ledger = read_ledger(contents(demo_rows(on), demo_settings(on))).ledger
    last: dict[str, date] = {}
    for contact in ledger.contacts:
        if contact.draft is DraftState.SENT:
            before = last.get(contact.debtor, date.min)
            assert contact.day == before or contact.day - before >= timedelta(days=5), contact
            last[contact.debtor] = contact.day


@pytest.mark.parametrize("on", DAYS)
def test_every_word_of_the_contract_occurs(on: date) -> None:
    ledger = read_ledger(contents(demo_rows(on), demo_settings(on))).ledger
    assert {contact.kind for contact in ledger.contacts} == set(ContactKind)
    assert {contact.outcome for contact in ledger.contacts} == {None, *Outcome}
    assert {contact.draft for contact in ledger.contacts} == {None, DraftState.SENT, DraftState.VOID}
    assert {invoice.block for invoice in ledger.invoices} == {None, *Block}
    assert {debtor.kind for debtor in ledger.debtors} == {None, *DebtorKind}
    assert {debtor.form for debtor in ledger.debtors} == set(Form)
    assert {debtor.tone for debtor in ledger.debtors} == set(Tone)
    channels = Counter(debtor.channel for debtor in ledger.debtors)
    assert channels == {Channel.EMAIL: 38, Channel.POST: 1, Channel.PHONE: 1}


@FEW
@given(on=ANY_DAY)
def test_every_status_and_every_action_is_expected(on: date) -> None:
    verdicts = expected(on)
    assert {status for status, _ in verdicts.values()} == set(InvoiceStatus)
    assert {action for _, action in verdicts.values()} == set(Action)
    assert set(verdicts) <= {row["Factuurnummer"] for row in demo_rows(on)["tblFacturen"]}


@FEW
@given(on=ANY_DAY)
def test_the_firm_has_the_size_of_a_small_business(on: date) -> None:
    counts = Counter(status for status, _ in expected(on).values())
    open_now = sum(counts.values()) - counts[InvoiceStatus.PAID] - counts[InvoiceStatus.CREDIT_NOTE]
    assert 55 <= open_now <= 65
    assert 25 <= counts[InvoiceStatus.OVERDUE] <= 35


@FEW
@given(on=ANY_DAY)
def test_twelve_mails_are_due_one_letter_on_paper_and_nothing_else(on: date) -> None:
    drafts = expected_drafts(on)
    assert isinstance(drafts, ExpectedDrafts)
    assert len(drafts.by_mail) == 12
    assert set(drafts.on_paper) == {"D123"}
    assert drafts.nothing == frozenset(PEOPLE) - set(drafts.by_mail) - set(drafts.on_paper)
    assert len({PEOPLE[number].tone for number in drafts.by_mail}) == 3
    assert len(set(drafts.by_mail.values())) == 4


def test_the_four_arrangements_are_kept_late_missed_and_unclear() -> None:
    found = expected_arrangements(date(2026, 11, 21))
    assert [state.status for state in found.values()] == [
        ArrangementStatus.KEPT,
        ArrangementStatus.TO_CONFIRM,
        ArrangementStatus.BEHIND,
        ArrangementStatus.INCOMPLETE,
    ]
    assert found["R-002"].instalments[0] is InstalmentStatus.PAID_LATE
    assert found["R-003"].instalments[1] is InstalmentStatus.MISSED


def test_account_and_btw_numbers_pass_their_check_digits() -> None:
    accounts = [person.iban for person in PEOPLE.values()] + list(OWN_IBANS.values())
    assert [account for account in accounts if not iban.is_valid(account)] == []
    assert len(set(accounts)) == 43
    numbers = [person.vat_number for person in PEOPLE.values() if not person.is_consumer]
    assert [number for number in numbers if not btw.is_valid(number)] == []
    assert btw.is_valid(str(demo_settings(date(2026, 11, 21))["EigenBtw"]))


@given(year=st.integers(2024, 2040), sequence=st.integers(1, 9999))
def test_our_references_are_valid(year: int, sequence: int) -> None:
    reference = betalingskenmerk(f"{year}-{sequence:04d}")
    assert len(reference) == 16
    assert is_betalingskenmerk(reference)
