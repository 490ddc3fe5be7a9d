"""What debtors paid too much: docs/regels.md, "Koppelingen"."""

from datetime import date

import pytest

from debiteuren.domain.payment import Payment
from debiteuren.jobs.refresh import refresh
from rules.matching_ledger import OF_D1, ON, invoice, ledger, payment


def advice(*payments: Payment) -> list[str]:
    return [state.advice for state in refresh(ledger([invoice()], payments), ON).debtors]


@pytest.mark.parametrize(
    ("amount", "choice", "said"),
    [
        pytest.param("140.00", "", "€ 40,00", id="too much, sure"),
        pytest.param("140.00", "2026-0042", "€ 40,00", id="too much, chosen"),
        pytest.param("100.06", "", "€ 0,06", id="a cent over what is let be"),
        pytest.param("100.05", "", "", id="a difference that is let be"),
        pytest.param("100.00", "", "", id="exactly"),
        pytest.param("140.00", "nee", "", id="of no invoice"),
    ],
)
def test_advice_says_what_was_paid_too_much(amount: str, choice: str, said: str) -> None:
    first, second = advice(payment("2026-0042", amount, counter_account=OF_D1, choice=choice))
    start = f"Heeft {said} te veel betaald (transactie T1): verreken het of betaal het terug."
    assert first.startswith(start) if said else "te veel betaald" not in first
    assert "te veel betaald" not in second


def test_several_transactions_are_counted_together() -> None:
    made = ledger(
        [invoice(), invoice("2026-0043", "50.00")],
        [
            payment("2026-0042", "110.00", "T1", counter_account=OF_D1),
            payment("2026-0043", "70.00", "T2", counter_account=OF_D1, booked=date(2026, 10, 9)),
        ],
    )
    first = refresh(made, ON).debtors[0].advice
    assert first.startswith("Heeft € 30,00 te veel betaald (2 transacties)")
