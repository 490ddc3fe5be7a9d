"""Paid, unpaid, Status and Ouderdom of an invoice: docs/regels.md, "Status"."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debiteuren.domain.arrangement import ArrangementState, ArrangementStatus
from debiteuren.domain.contact import Outcome
from debiteuren.domain.invoice import Action, Age, Block, Invoice, InvoiceStatus
from debiteuren.domain.ledger import Allocation, AllocationKind, Ledger
from debiteuren.domain.payment import Payment
from debiteuren.rules.ageing import age, days_late
from debiteuren.rules.next_action import invoice_states
from debiteuren.rules.unpaid import bookings_by_invoice, settled_on
from rules.small_ledger import (
    FRIDAY,
    a_contact,
    a_ledger,
    a_payment,
    an_arrangement,
    an_invoice,
    bank_through,
    dec,
    euros,
    first_state,
    nov,
    octo,
)

PAID = a_payment(nov(5), "100.00")
PART = a_payment(nov(5), "40.00")
RUNS = an_arrangement(ArrangementStatus.RUNNING)

STATUSES = [
    # name, invoice, paid, arrangements, status
    ("niets bijzonders", {"due": nov(30)}, (), (), InvoiceStatus.OPEN),
    ("vervalt vandaag", {"due": FRIDAY}, (), (), InvoiceStatus.OPEN),
    ("verviel gisteren", {"due": nov(19)}, (), (), InvoiceStatus.OVERDUE),
    ("deels betaald en niet te laat", {"due": nov(30)}, (PART,), (), InvoiceStatus.PARTLY_PAID),
    ("deels betaald en te laat", {}, (PART,), (), InvoiceStatus.OVERDUE),
    ("betaald", {}, (PAID,), (), InvoiceStatus.PAID),
    ("5 cent te weinig", {}, (a_payment(nov(5), "99.95"),), (), InvoiceStatus.PAID),
    ("6 cent te weinig", {}, (a_payment(nov(5), "99.94"),), (), InvoiceStatus.OVERDUE),
    ("te veel betaald", {}, (a_payment(nov(5), "120.00"),), (), InvoiceStatus.PAID),
    ("betaling geboekt op de peildatum", {}, (a_payment(FRIDAY, "100.00"),), (), InvoiceStatus.PAID),
    ("betaling na de peildatum", {}, (a_payment(nov(21), "100.00"),), (), InvoiceStatus.OVERDUE),
    ("bedrag nul", {"amount": euros("0.00")}, (), (), InvoiceStatus.PAID),
    ("creditfactuur", {"amount": euros("-50.00")}, (), (), InvoiceStatus.CREDIT_NOTE),
    (
        "verrekende creditfactuur",
        {"amount": euros("-50.00")},
        (a_payment(nov(2), "-50.00"),),
        (),
        InvoiceStatus.CREDIT_NOTE,
    ),
    ("uit handen", {"block": Block.HANDED_OVER}, (PART,), (RUNS,), InvoiceStatus.HANDED_OVER),
    (
        "uit handen tot en met vandaag",
        {"block": Block.HANDED_OVER, "block_until": FRIDAY},
        (),
        (),
        InvoiceStatus.HANDED_OVER,
    ),
    (
        "uit handen tot gisteren",
        {"block": Block.HANDED_OVER, "block_until": nov(19)},
        (),
        (),
        InvoiceStatus.OVERDUE,
    ),
    ("uit handen en betaald", {"block": Block.HANDED_OVER}, (PAID,), (), InvoiceStatus.PAID),
    ("betwist en een regeling", {"block": Block.DISPUTED}, (), (RUNS,), InvoiceStatus.DISPUTED),
    (
        "betwist, oplosdag voorbij",
        {"block": Block.DISPUTED, "block_until": nov(2)},
        (),
        (),
        InvoiceStatus.DISPUTED,
    ),
    ("betwist en niet te laat", {"due": dec(9), "block": Block.DISPUTED}, (), (), InvoiceStatus.DISPUTED),
    ("regeling en een pauze", {"block": Block.HOLD}, (), (RUNS,), InvoiceStatus.ARRANGEMENT),
    ("pauze", {"block": Block.HOLD}, (PART,), (), InvoiceStatus.ON_HOLD),
    (
        "pauze tot en met vandaag",
        {"block": Block.HOLD, "block_until": FRIDAY},
        (),
        (),
        InvoiceStatus.ON_HOLD,
    ),
    ("pauze tot gisteren", {"block": Block.HOLD, "block_until": nov(19)}, (), (), InvoiceStatus.OVERDUE),
    ("factuur van na de peildatum", {"issued": nov(21), "due": nov(1)}, (), (), InvoiceStatus.OPEN),
]


@pytest.mark.parametrize(
    ("fields", "paid", "arrangements", "status"),
    [row[1:] for row in STATUSES],
    ids=[row[0] for row in STATUSES],
)
def test_the_first_status_that_fits_counts(
    fields: dict[str, Any],
    paid: tuple[tuple[Payment, Allocation], ...],
    arrangements: tuple[ArrangementState, ...],
    status: InvoiceStatus,
) -> None:
    ledger = a_ledger(an_invoice(**fields), paid=paid)
    assert first_state(ledger, arrangements=arrangements).status is status


@pytest.mark.parametrize(
    ("status", "covers"),
    [
        (ArrangementStatus.INCOMPLETE, False),
        (ArrangementStatus.TO_CONFIRM, True),
        (ArrangementStatus.RUNNING, True),
        (ArrangementStatus.BEHIND, True),
        (ArrangementStatus.BROKEN, False),
        (ArrangementStatus.KEPT, False),
    ],
)
def test_only_an_arrangement_that_counts_as_running_is_a_status(
    status: ArrangementStatus, *, covers: bool
) -> None:
    state = first_state(a_ledger(), arrangements=(an_arrangement(status),))
    assert (state.status is InvoiceStatus.ARRANGEMENT) is covers


def test_an_arrangement_for_another_invoice_or_of_a_later_day_covers_nothing() -> None:
    other = an_arrangement(ArrangementStatus.RUNNING, invoices=("F2",))
    later = an_arrangement(ArrangementStatus.RUNNING, agreed_on=nov(21))
    assert first_state(a_ledger(), arrangements=(other, later)).status is InvoiceStatus.OVERDUE
    today = an_arrangement(ArrangementStatus.RUNNING, agreed_on=FRIDAY)
    assert first_state(a_ledger(), arrangements=(today,)).status is InvoiceStatus.ARRANGEMENT


def test_a_dispute_in_contact_has_its_action_and_the_status_follows_the_list() -> None:
    told = [a_contact(nov(10), outcome=Outcome.DISPUTE)]

    def found(*paid: tuple[Payment, Allocation], **fields: Any) -> tuple[InvoiceStatus, Action]:  # noqa: ANN401 - any field of Invoice
        state = first_state(a_ledger(an_invoice(**fields), contacts=told, paid=paid))
        return state.status, state.action

    solve = Action.SOLVE_DISPUTE
    assert found() == (InvoiceStatus.OVERDUE, solve)
    assert found(due=dec(9)) == (InvoiceStatus.OPEN, solve)
    assert found(a_payment(nov(5), "40.00"), due=dec(9)) == (InvoiceStatus.PARTLY_PAID, solve)
    assert found(block=Block.HOLD) == (InvoiceStatus.ON_HOLD, Action.NONE)
    assert found(block=Block.HOLD, block_until=nov(19)) == (InvoiceStatus.OVERDUE, solve)
    arranged = first_state(a_ledger(contacts=told), arrangements=(an_arrangement(ArrangementStatus.RUNNING),))
    assert (arranged.status, arranged.action) == (InvoiceStatus.ARRANGEMENT, solve)


AGES = [
    (FRIDAY, None, Age.NOT_DUE),
    (nov(19), 1, Age.TO_30),
    (octo(21), 30, Age.TO_30),
    (octo(20), 31, Age.TO_60),
    (date(2026, 9, 21), 60, Age.TO_60),
    (date(2026, 9, 20), 61, Age.TO_90),
    (date(2026, 8, 22), 90, Age.TO_90),
    (date(2026, 8, 21), 91, Age.OVER_90),
]


@pytest.mark.parametrize(("due", "late", "band"), AGES)
def test_days_late_and_the_band_of_ageing(due: date, late: int | None, band: Age) -> None:
    invoice = an_invoice(due=due, issued=date(2026, 7, 1))
    assert (days_late(invoice, FRIDAY), age(late)) == (late, band)
    state = first_state(a_ledger(invoice))
    assert (state.days_late, state.age) == (late, band)


def test_nothing_open_has_no_days_late_and_no_band() -> None:
    for invoice, paid in ((an_invoice(), [PAID]), (an_invoice(amount=euros("-10.00")), [])):
        state = first_state(a_ledger(invoice, paid=paid))
        assert (state.days_late, state.age) == (None, None)


def _book(*rows: tuple[date, str, AllocationKind]) -> Ledger:
    pairs = [a_payment(day, amount, kind=kind) for day, amount, kind in rows]
    return a_ledger(paid=pairs)


PAYMENT, REVERSAL = AllocationKind.PAYMENT, AllocationKind.REVERSAL

PAID_ON = [
    ("in een keer", [(nov(5), "100.00", PAYMENT)], nov(5)),
    ("in delen", [(nov(9), "60.00", PAYMENT), (nov(5), "40.00", PAYMENT)], nov(9)),
    ("de rest was verwaarloosbaar", [(nov(5), "99.95", PAYMENT), (nov(9), "0.05", PAYMENT)], nov(5)),
    ("daarna nog meer", [(nov(5), "100.00", PAYMENT), (nov(9), "1.00", PAYMENT)], nov(5)),
    ("gestorneerd", [(nov(5), "100.00", PAYMENT), (nov(9), "-100.00", REVERSAL)], None),
    (
        "gestorneerd en weer betaald",
        [(nov(5), "100.00", PAYMENT), (nov(9), "-100.00", REVERSAL), (nov(12), "100.00", PAYMENT)],
        nov(12),
    ),
    ("na de peildatum gestorneerd", [(nov(5), "100.00", PAYMENT), (nov(21), "-100.00", REVERSAL)], nov(5)),
    ("alleen verrekend", [(nov(5), "100.00", AllocationKind.CREDIT_NOTE)], None),
    (
        "deels verrekend",
        [(nov(5), "50.00", PAYMENT), (nov(9), "50.00", AllocationKind.CREDIT_NOTE)],
        nov(9),
    ),
]


@pytest.mark.parametrize(("rows", "day"), [row[1:] for row in PAID_ON], ids=[row[0] for row in PAID_ON])
def test_paid_on_is_the_day_that_made_it_paid_for_good(
    rows: list[tuple[date, str, AllocationKind]], day: date | None
) -> None:
    assert first_state(_book(*rows)).paid_on == day


def test_costs_and_interest_do_not_lower_the_invoice() -> None:
    ledger = _book(
        (nov(5), "100.00", PAYMENT),
        (nov(6), "40.00", AllocationKind.COSTS),
        (nov(7), "2.00", AllocationKind.INTEREST),
    )
    state = first_state(ledger)
    assert (state.paid, state.unpaid) == (euros("100.00"), euros("0.00"))


@pytest.mark.parametrize(
    ("on", "counts"),
    [(None, True), (FRIDAY, True), (nov(21), False)],
    ids=["zonder dag", "op de peildatum", "erna"],
)
def test_an_allocation_without_a_payment_counts_from_its_own_day(on: date | None, *, counts: bool) -> None:
    ledger = a_ledger()
    loose = Allocation(transaction="C1", invoice="F1", amount=euros("100.00"), on=on)
    with_it = Ledger(
        invoices=ledger.invoices,
        debtors=ledger.debtors,
        allocations=(loose,),
        statements=bank_through(FRIDAY),
    )
    assert (first_state(with_it).status is InvoiceStatus.PAID) is counts


def test_the_payments_own_day_wins_over_the_day_it_was_allocated() -> None:
    payment, allocation = a_payment(nov(5), "100.00")
    late = Allocation(transaction=allocation.transaction, invoice="F1", amount=allocation.amount, on=nov(30))
    assert first_state(a_ledger(paid=[(payment, late)])).status is InvoiceStatus.PAID


def test_unpaid_is_exact_also_where_the_status_forgives_a_difference() -> None:
    state = first_state(a_ledger(paid=[a_payment(nov(5), "99.97")]))
    assert (state.paid, state.unpaid, state.status) == (euros("99.97"), euros("0.03"), InvoiceStatus.PAID)


PARTS = st.lists(
    st.tuples(st.dates(octo(1), dec(31)), st.integers(min_value=-20000, max_value=20000)), max_size=6
)


@given(PARTS, st.dates(octo(1), dec(31)))
def test_open_is_the_amount_less_what_was_booked_by_the_day(parts: list[tuple[date, int]], on: date) -> None:
    rows = tuple(
        Allocation(transaction=f"T{place}", invoice="F1", amount=Decimal(cents) / 100, on=day)
        for place, (day, cents) in enumerate(parts)
    )
    invoice: Invoice = an_invoice()
    ledger = Ledger(invoices=(invoice,), allocations=rows)
    (state,) = invoice_states(ledger, (), on)
    booked = sum((Decimal(cents) / 100 for day, cents in parts if day <= on), Decimal(0))
    assert state.unpaid == invoice.amount - booked
    since = settled_on(invoice.amount, bookings_by_invoice(ledger, on).get("F1", ()), Decimal("0.05"))
    assert (state.status is InvoiceStatus.PAID) is (since is not None)
