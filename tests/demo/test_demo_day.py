"""The demo company through the real jobs: import, Bijwerken and Herinneringen find what was meant."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import pytest

from debiteuren.banks import read_bank_bytes
from debiteuren.book.tables import read_ledger
from debiteuren.demo.company import (
    demo_bank_files,
    demo_rows,
    demo_settings,
    expected,
    expected_arrangements,
    expected_drafts,
)
from debiteuren.domain.contact import ContactKind
from debiteuren.domain.debtor import Channel
from debiteuren.domain.invoice import Action, Age, InvoiceStatus
from debiteuren.domain.payment import MatchStatus
from debiteuren.domain.problem import Severity
from debiteuren.jobs.bank_import import plan_import
from debiteuren.jobs.refresh import Refreshed, refresh
from debiteuren.jobs.reminders import RemindersPlan, plan_reminders
from demo.demo_days import DAYS
from workbooks import contents


@dataclass(frozen=True, slots=True)
class Day:
    """What the jobs make of a day."""

    done: Refreshed
    plan: RemindersPlan


@cache
def live(on: date) -> Day:
    ledger = read_ledger(contents(demo_rows(on), demo_settings(on))).ledger
    files = [read_bank_bytes(name, data) for name, data in demo_bank_files(on).items()]
    bank = plan_import(ledger, files, on=on)
    assert bank.problems == ()
    ledger = replace(
        ledger, payments=(*ledger.payments, *bank.payments), statements=(*ledger.statements, *bank.statements)
    )
    done = refresh(ledger, on)
    return Day(done, plan_reminders(done.ledger, done.invoices, done.payments, on))


@pytest.mark.parametrize("on", DAYS)
def test_every_invoice_with_a_story_gets_its_status_and_action(on: date) -> None:
    found = {state.invoice.number: (state.status, state.action) for state in live(on).done.invoices}
    wanted = expected(on)
    assert {number: found[number] for number in wanted} == wanted


@pytest.mark.parametrize("on", DAYS)
def test_every_status_action_and_age_occurs(on: date) -> None:
    states = live(on).done.invoices
    assert {state.status for state in states} == set(InvoiceStatus)
    assert {state.action for state in states} == set(Action)
    assert {state.age for state in states} == {None, *Age}


@pytest.mark.parametrize("on", DAYS)
def test_the_arrangements_are_judged_as_they_were_kept(on: date) -> None:
    wanted = expected_arrangements(on)
    for state in live(on).done.arrangements:
        statuses = tuple(instalment.status for instalment in state.instalments)
        assert (state.status, statuses) == (
            wanted[state.arrangement.id].status,
            wanted[state.arrangement.id].instalments,
        )


@pytest.mark.parametrize("on", DAYS)
def test_nearly_all_money_finds_its_invoice(on: date) -> None:
    counts = Counter(state.status for state in live(on).done.payments)
    assert counts[MatchStatus.SURE] > 170
    assert counts[MatchStatus.CHOICE] == 1
    undecided = [
        state.payment.name
        for state in live(on).done.payments
        if state.status in {MatchStatus.UNKNOWN, MatchStatus.PROPOSAL}
    ]
    assert sorted(undecided) == [
        "",
        "Kinderopvang De Kwetterhoek",
        "M. Mulder-Smit",
        "M. de Wit",
        "Stichting Mollie Payments",
    ]


@pytest.mark.parametrize("on", DAYS)
def test_the_owner_gets_his_twelve_mails_and_one_letter(on: date) -> None:
    wanted = expected_drafts(on)
    reminders = live(on).plan.reminders
    by_post = {it.debtor.number: it.step for it in reminders if it.debtor.channel is Channel.POST}
    assert by_post == wanted.on_paper
    by_mail = {it.debtor.number: it.step for it in reminders if it.debtor.channel is not Channel.POST}
    assert by_mail == wanted.by_mail
    assert len(by_mail) == 12
    assert [skipped.debtor for skipped in live(on).plan.skipped] == ["D126", "D133"]


@pytest.mark.parametrize("on", DAYS)
def test_a_joint_letter_keeps_each_step_and_takes_the_credit_off(on: date) -> None:
    (letter,) = (it for it in live(on).plan.reminders if it.debtor.number == "D104")
    steps = {line.step.value for line in letter.lines}
    assert steps == {ContactKind.SECOND_REMINDER.value, ContactKind.REMINDER.value}
    assert letter.total == sum(line.unpaid for line in letter.lines) - letter.credit
    assert f"{letter.credit:.2f}" == "72.60"


@pytest.mark.parametrize("on", DAYS)
def test_controle_shows_what_it_is_for_with_its_harmless_doubts(on: date) -> None:
    doubt, *vague = sorted(live(on).done.problems, key=lambda problem: problem.sheet)
    assert [(one.severity, one.sheet, one.column, one.found) for one in vague] == [
        (Severity.WARNING, "Regelingen", "Status", "Onvolledig: termijn 1 heeft geen Vervaldatum."),
        (
            Severity.WARNING,
            "Regelingen",
            "Status",
            "Onvolledig: “zo snel mogelijk” in Voorwaarden is te vaag.",
        ),
    ]
    assert (doubt.severity, doubt.sheet, doubt.column) == (Severity.WARNING, "Debiteuren", "Soort")
    assert "Slagerij Molenaar" in doubt.found
