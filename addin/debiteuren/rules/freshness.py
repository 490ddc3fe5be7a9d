"""How far the bank is known.

Answers: the last bank day per account, whether the bank data is too old to act on, and that in a sentence.
Source: docs/regels.md, "Verse bank".
Leaves to others: what waits for it (next_action.py, promises.py, arrangements.py, the reminders job).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from debiteuren.domain.account import account_core, tidy_account
from debiteuren.domain.days import dutch
from debiteuren.domain.ledger import Ledger
from debiteuren.rules.workdays import workdays_between


@dataclass(frozen=True, slots=True)
class AccountDay:
    """An account and the last day its bookings are known ('' where Betalingen names no account at all)."""

    account: str
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BankFreshness:
    """How far the bank is known on a day. `accounts` with the account that lags most first.

    `last_day`: through this day all accounts are known; None without any bank data.
    `workdays_behind`: working days after it, through Peildatum. No bank data is not stale.
    """

    on: date
    accounts: tuple[AccountDay, ...]
    last_day: date | None
    workdays_behind: int
    stale: bool

    def known_past(self, day: date) -> bool:
        """All accounts are known to a day after this one, or there is no bank data to wait for."""
        return self.last_day is None or self.last_day > day


def bank_freshness(ledger: Ledger, on: date) -> BankFreshness:
    """How far the bank is known on a day.

    Of an account the latest Eind of its statements and Boekdatum of its bookings counts, a later day than
    `on` as `on`. Bookings without an account count only when none names one: a line typed by hand must not
    hold up everything. An IBAN and the account number in it are one account (some banks' MT940).
    """
    latest: dict[str, AccountDay] = {}
    for account, day in _days(ledger):
        core = account_core(account)
        known = latest.get(core)
        if known is None or day > known.last_day:
            latest[core] = AccountDay(tidy_account(account), day)
    capped = [AccountDay(known.account, min(known.last_day, on)) for known in latest.values()]
    named = [known for known in capped if known.account]
    accounts = tuple(sorted(named or capped, key=lambda known: (known.last_day, known.account)))
    if not accounts:
        return BankFreshness(on=on, accounts=(), last_day=None, workdays_behind=0, stale=False)
    last_day = accounts[0].last_day
    behind = workdays_between(last_day, on)
    return BankFreshness(
        on=on,
        accounts=accounts,
        last_day=last_day,
        workdays_behind=behind,
        stale=behind > ledger.settings.bank_max_age,
    )


def _days(ledger: Ledger) -> Iterable[tuple[str, date]]:
    """Accounts as the sheets spell them, each with the last day of its bookings and of each statement."""
    booked: dict[str, date] = {}
    for payment in ledger.payments:
        if payment.booked > booked.get(payment.account, date.min):
            booked[payment.account] = payment.booked
    yield from booked.items()
    for statement in ledger.statements:
        if statement.end is not None:
            yield statement.account, statement.end


def freshness_sentence(freshness: BankFreshness) -> str:
    """How far the bank is known, in one Dutch sentence for Start, the confirmation and Waarom."""
    if freshness.last_day is None:
        return "Er is nog geen bank ingelezen, dus niemand weet wie er betaald heeft."
    known = known_through(freshness)
    if not freshness.stale:
        return f"De bank is bekend tot en met {known}."
    return (
        f"De bank is maar bekend tot en met {known}, {workdays_words(freshness.workdays_behind)} geleden: "
        "lees eerst de nieuwste afschriften in."
    )


def known_through(freshness: BankFreshness) -> str:
    """The last day the bank is known, with the account that lags where there are several; '' without bank."""
    if freshness.last_day is None:
        return ""
    where = f" (rekening {freshness.accounts[0].account})" if len(freshness.accounts) > 1 else ""
    return f"{dutch(freshness.last_day)}{where}"


def workdays_words(count: int) -> str:
    """Working days with the right word: "1 werkdag", "2 werkdagen"."""
    return f"{count} {'werkdag' if count == 1 else 'werkdagen'}"
