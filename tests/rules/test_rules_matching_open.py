"""What is open, kept up while the matcher works, beside what is open by counting anew."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from debiteuren.domain.invoice import Invoice
from debiteuren.rules.matching_open import OpenInvoices

_AMOUNTS = ("100.00", "50.00", "-50.00", "100.00", "50.00", "0.00")
_DEBTORS = ("D1", "D1", "D1", "D2", "D2", "D2")
_CENTS = st.sampled_from(["0.00", "50.00", "100.00", "-50.00", "25.00"])


def _invoices() -> list[Invoice]:
    day = date(2026, 9, 1)
    return [
        Invoice(
            number=f"F{place}",
            debtor=debtor,
            issued=day,
            due=date(2026, 10, 28 - place),
            amount=Decimal(amount),
        )
        for place, (amount, debtor) in enumerate(zip(_AMOUNTS, _DEBTORS, strict=True))
    ]


@given(st.lists(st.tuples(st.integers(0, len(_AMOUNTS) - 1), _CENTS, st.booleans()), max_size=12))
def test_what_is_open_is_the_same_as_when_it_is_counted_anew(changes: list[tuple[int, str, bool]]) -> None:
    invoices = _invoices()
    unpaid = [invoice.amount for invoice in invoices]
    kept = OpenInvoices(invoices, unpaid)
    for place, amount, looked in changes:
        if looked:  # what nobody asked for yet is not kept
            kept.of("D1")
            kept.owing(Decimal(50))
        before, unpaid[place] = unpaid[place], Decimal(amount)
        kept.moved(place, before)
    anew = OpenInvoices(invoices, unpaid)
    for debtor in ("D1", "D2", "D3"):
        assert list(kept.of(debtor)) == list(anew.of(debtor))
    for wanted in {*unpaid, Decimal(50)}:
        owing = [
            invoices[place].debtor
            for place in range(len(unpaid))
            if unpaid[place] == wanted and kept.is_open(place)
        ]
        assert dict(kept.owing(wanted)) == {one: owing.count(one) for one in owing}


def test_the_oldest_due_day_comes_first() -> None:
    invoices = _invoices()
    kept = OpenInvoices(invoices, [invoice.amount for invoice in invoices])
    assert list(kept.of("D1")) == [2, 1, 0]
    assert list(kept.of("D2")) == [4, 3]
