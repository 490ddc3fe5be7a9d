"""How far the bank is known: docs/regels.md, "Verse bank"."""

from dataclasses import replace
from datetime import date

import pytest

from debiteuren.domain.ledger import Ledger
from debiteuren.domain.payment import Payment, Statement
from debiteuren.domain.settings import Settings
from debiteuren.rules.freshness import AccountDay, bank_freshness, freshness_sentence
from rules.small_ledger import FRIDAY, bank_through, euros, nov


def _ledger(*statements: Statement, payments: tuple[Payment, ...] = (), limit: int = 3) -> Ledger:
    return Ledger(statements=statements, payments=payments, settings=replace(Settings(), bank_max_age=limit))


def _payment(day: date, account: str) -> Payment:
    return Payment(transaction=f"{account}{day}", booked=day, amount=euros("1.00"), account=account)


STALE = [
    # name, last bank days, on, stale
    ("tot vandaag", (FRIDAY,), FRIDAY, False),
    ("drie werkdagen terug", (nov(17),), FRIDAY, False),
    ("vier werkdagen terug", (nov(16),), FRIDAY, True),
    ("een weekend maakt niets ouder", (nov(17),), nov(22), False),
    ("de maandag erna wel", (nov(17),), nov(23), True),
    ("over een weekend heen", (nov(13),), nov(18), False),
    ("zaterdag als laatste bankdag", (nov(14),), nov(18), False),
    ("kerst telt niet", (date(2026, 12, 23),), date(2026, 12, 29), False),
    ("na kerst", (date(2026, 12, 23),), date(2026, 12, 30), True),
    ("de traagste rekening telt", (FRIDAY, nov(16)), FRIDAY, True),
    ("alle rekeningen bij", (FRIDAY, nov(17)), FRIDAY, False),
    ("afschrift tot na de peildatum", (nov(25),), FRIDAY, False),
    ("geen bank", (), FRIDAY, False),
]


@pytest.mark.parametrize(("days", "on", "stale"), [row[1:] for row in STALE], ids=[row[0] for row in STALE])
def test_more_than_so_many_working_days_is_stale(days: tuple[date, ...], on: date, *, stale: bool) -> None:
    assert bank_freshness(_ledger(*bank_through(*days)), on).stale is stale


@pytest.mark.parametrize(("limit", "stale"), [(2, True), (3, False)])
def test_the_limit_is_bank_max_oud(limit: int, *, stale: bool) -> None:
    assert bank_freshness(_ledger(*bank_through(nov(17)), limit=limit), FRIDAY).stale is stale


def test_a_booking_counts_beside_the_statements_and_later_is_today() -> None:
    ledger = _ledger(
        Statement(account="NL01 BANK 1", end=nov(10)),
        Statement(account="NL02", end=nov(30)),
        payments=(_payment(nov(12), "nl01bank1"), _payment(nov(11), "NL01BANK1")),
    )
    known = bank_freshness(ledger, FRIDAY)
    assert known.accounts == (AccountDay("NL01BANK1", nov(12)), AccountDay("NL02", FRIDAY))
    assert known.last_day == nov(12)
    assert known.workdays_behind == 6


def test_an_iban_and_its_account_number_are_one_account() -> None:
    ledger = _ledger(
        Statement(account="NL91 ABNA 0417 1643 00", end=nov(2)),
        payments=(_payment(nov(19), "417164300"),),
    )
    assert bank_freshness(ledger, FRIDAY).accounts == (AccountDay("417164300", nov(19)),)


def test_a_line_typed_without_an_account_does_not_hold_up_the_others() -> None:
    typed = _payment(nov(2), "")
    assert not bank_freshness(_ledger(*bank_through(FRIDAY), payments=(typed,)), FRIDAY).stale
    alone = bank_freshness(_ledger(payments=(typed,)), FRIDAY)
    assert (alone.last_day, alone.stale) == (nov(2), True)


def test_a_statement_without_an_end_says_nothing() -> None:
    assert bank_freshness(_ledger(Statement(account="NL01")), FRIDAY).last_day is None


def test_known_past_a_day_is_strictly_past_it_or_no_bank_at_all() -> None:
    known = bank_freshness(_ledger(*bank_through(nov(18), nov(19))), FRIDAY)
    assert (known.known_past(nov(17)), known.known_past(nov(18))) == (True, False)
    assert bank_freshness(_ledger(), FRIDAY).known_past(FRIDAY)


def test_the_sentence_says_through_when_and_which_account_lags() -> None:
    fresh = bank_freshness(_ledger(*bank_through(FRIDAY)), FRIDAY)
    assert freshness_sentence(fresh) == "De bank is bekend tot en met 20-11-2026."
    stale = bank_freshness(_ledger(*bank_through(FRIDAY, nov(10))), FRIDAY)
    assert freshness_sentence(stale) == (
        "De bank is maar bekend tot en met 10-11-2026 (rekening NL02), 8 werkdagen geleden: "
        "lees eerst de nieuwste afschriften in."
    )
    none = bank_freshness(_ledger(), FRIDAY)
    assert freshness_sentence(none) == (
        "Er is nog geen bank ingelezen, dus niemand weet wie er betaald heeft."
    )
