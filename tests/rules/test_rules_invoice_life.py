"""The life of one invoice, day by day: each action is done on the day it is due, and the next one follows.

Due on Saturday 31 October 2026; Peildatum runs from the invoice to the end. Every day's answer is compared.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from debiteuren.domain.contact import Contact, ContactKind, Outcome
from debiteuren.domain.debtor import DebtorKind
from debiteuren.domain.invoice import Action, Block, Invoice, InvoiceStatus
from debiteuren.rules.next_action import invoice_states
from debiteuren.rules.workdays import is_workday
from rules.small_ledger import (
    a_contact,
    a_debtor,
    a_ledger,
    a_payment,
    an_invoice,
    answer,
    bank_through,
    dec,
    first_state,
    nov,
    octo,
)

DONE_BY = {
    Action.REMINDER: ContactKind.REMINDER,
    Action.CALL: ContactKind.CONVERSATION,
    Action.SECOND_REMINDER: ContactKind.SECOND_REMINDER,
    Action.CALL_AGAIN: ContactKind.CONVERSATION,
    Action.FOURTEEN_DAY_LETTER: ContactKind.FOURTEEN_DAY_LETTER,
    Action.FINAL_DEMAND: ContactKind.FINAL_DEMAND,
}
Answer = tuple[Action, date | None]


def days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=count) for count in range((last - first).days + 1))


def live(
    kind: DebtorKind,
    first: date,
    last: date,
    works_on: Iterable[int] = range(7),
    invoice: Invoice | None = None,
) -> list[tuple[date, Answer]]:
    """What each day says, when whoever works on these weekdays does what is due and logs it."""
    contacts: list[Contact] = []
    diary: list[tuple[date, Answer]] = []
    weekdays = set(works_on)
    for today in days(first, last):
        ledger = a_ledger(invoice or an_invoice(), debtors=[a_debtor(kind=kind)], contacts=contacts, on=today)
        found = answer(ledger, today)
        diary.append((today, found))
        done_by = DONE_BY.get(found[0])
        if done_by is not None and today.weekday() in weekdays:
            contacts.append(a_contact(today, done_by))
    return diary


def told(diary: list[tuple[date, Answer]]) -> list[tuple[date, Action, date | None]]:
    """The diary with only the days on which something changed."""
    changes: list[tuple[date, Action, date | None]] = []
    for today, (action, action_on) in diary:
        if not changes or changes[-1][1:] != (action, action_on):
            changes.append((today, action, action_on))
    return changes


def test_a_business_that_never_reacts() -> None:
    assert told(live(DebtorKind.BUSINESS, octo(1), dec(20))) == [
        (octo(1), Action.NONE, None),
        (nov(1), Action.WAIT, nov(2)),
        (nov(2), Action.REMINDER, nov(2)),
        (nov(3), Action.WAIT, nov(9)),
        (nov(9), Action.CALL, nov(9)),
        (nov(10), Action.WAIT, nov(12)),
        (nov(12), Action.SECOND_REMINDER, nov(12)),
        (nov(13), Action.WAIT, nov(16)),
        (nov(16), Action.CALL_AGAIN, nov(16)),
        (nov(17), Action.WAIT, nov(19)),
        (nov(19), Action.FINAL_DEMAND, nov(19)),
        (nov(20), Action.WAIT, dec(8)),  # sent + 16 is Saturday 5 December, so the letter says Monday 7
        (dec(8), Action.HAND_OVER, dec(8)),
    ]


def test_a_consumer_gets_the_letter_of_the_law() -> None:
    assert told(live(DebtorKind.CONSUMER, octo(1), dec(20)))[10:] == [
        (nov(19), Action.FOURTEEN_DAY_LETTER, nov(19)),
        (nov(20), Action.WAIT, dec(8)),
        (dec(8), Action.HAND_OVER, dec(8)),
    ]


def test_who_works_only_on_fridays_misses_no_step_and_keeps_every_day() -> None:
    assert told(live(DebtorKind.BUSINESS, octo(30), date(2027, 1, 10), works_on=[4])) == [
        (octo(30), Action.NONE, None),
        (nov(1), Action.WAIT, nov(2)),
        (nov(2), Action.REMINDER, nov(2)),  # done on Friday 6
        (nov(7), Action.WAIT, nov(13)),
        (nov(13), Action.CALL, nov(13)),
        (nov(14), Action.WAIT, nov(16)),
        (nov(16), Action.SECOND_REMINDER, nov(16)),  # done on Friday 20
        (nov(21), Action.WAIT, nov(24)),
        (nov(24), Action.CALL_AGAIN, nov(24)),  # done on Friday 27
        (nov(28), Action.WAIT, nov(30)),
        (nov(30), Action.FINAL_DEMAND, nov(30)),  # done on Friday 4 December
        (dec(5), Action.WAIT, dec(22)),  # last day Monday 21
        (dec(22), Action.HAND_OVER, dec(22)),
    ]


def test_christmas_lies_in_between() -> None:
    invoice = an_invoice(issued=nov(20), due=dec(15))
    assert told(live(DebtorKind.BUSINESS, dec(15), date(2027, 1, 6), invoice=invoice)) == [
        (dec(15), Action.NONE, None),
        (dec(16), Action.WAIT, dec(17)),
        (dec(17), Action.REMINDER, dec(17)),
        (dec(18), Action.WAIT, dec(24)),
        (dec(24), Action.CALL, dec(24)),
        (dec(25), Action.WAIT, dec(28)),  # three days later is Sunday 27
        (dec(28), Action.SECOND_REMINDER, dec(28)),
        (dec(29), Action.WAIT, date(2027, 1, 4)),  # 1 January is Friday
        (date(2027, 1, 4), Action.CALL_AGAIN, date(2027, 1, 4)),
        (date(2027, 1, 5), Action.WAIT, date(2027, 1, 7)),
    ]


def test_a_full_story() -> None:
    """Reminder, two calls nobody answers, a promise half kept, a dispute, a pause, and paid in the end."""
    contacts = [
        a_contact(nov(2), ContactKind.REMINDER),
        a_contact(nov(9), outcome=Outcome.NO_ANSWER),
        a_contact(nov(10), outcome=Outcome.PROMISE, promised_on=nov(13), promised_amount=an_invoice().amount),
        a_contact(nov(16), outcome=Outcome.DISPUTE),
        a_contact(nov(24), outcome=Outcome.OTHER),
        a_contact(nov(30), ContactKind.SECOND_REMINDER),
        a_contact(dec(4), outcome=Outcome.SAYS_PAID),
    ]
    paid = [a_payment(nov(12), "50.00"), a_payment(dec(8), "50.00")]
    diary: list[tuple[date, Answer]] = []
    statuses: list[tuple[date, InvoiceStatus]] = []
    for today in days(octo(31), dec(10)):
        paused = nov(26) <= today
        invoice = an_invoice(block=Block.HOLD, block_until=nov(29)) if paused else an_invoice()
        ledger = a_ledger(invoice, contacts=contacts, paid=paid, bank=bank_through(today), on=today)
        state = first_state(ledger, today)
        diary.append((today, (state.action, state.action_on)))
        if not statuses or statuses[-1][1] is not state.status:
            statuses.append((today, state.status))
    assert told(diary) == [
        (octo(31), Action.NONE, None),
        (nov(1), Action.WAIT, nov(2)),
        (nov(2), Action.WAIT, nov(9)),  # the reminder went out that day
        (nov(9), Action.WAIT, nov(10)),  # nobody answered
        (nov(10), Action.WAIT, nov(16)),  # promised for Friday 13
        (nov(16), Action.SOLVE_DISPUTE, nov(16)),
        (nov(24), Action.WAIT, nov(27)),
        (nov(26), Action.WAIT, nov(30)),  # a pause through Sunday 29
        (nov(30), Action.WAIT, dec(4)),  # the second reminder went out
        (dec(4), Action.WAIT, dec(9)),  # says he paid: third bank day
        (dec(8), Action.NONE, None),
    ]
    assert statuses == [
        (octo(31), InvoiceStatus.OPEN),
        (nov(1), InvoiceStatus.OVERDUE),
        (nov(26), InvoiceStatus.ON_HOLD),
        (nov(30), InvoiceStatus.OVERDUE),
        (dec(8), InvoiceStatus.PAID),
    ]


def test_two_invoices_of_one_debtor_keep_their_own_step_and_share_the_distance() -> None:
    """F1 is due 31 October, F2 5 November; every action is done on its day, the letters one by one."""
    invoices = (an_invoice(), an_invoice("F2", due=nov(5)))
    contacts: list[Contact] = []
    done: list[tuple[date, str, Action]] = []
    for today in days(nov(1), nov(20)):
        for number in ("F1", "F2"):
            ledger = a_ledger(*invoices, contacts=contacts, on=today)
            states = {state.invoice.number: state for state in invoice_states(ledger, (), today)}
            action = states[number].action
            if action in DONE_BY:
                done.append((today, number, action))
                contacts.append(replace(a_contact(today, DONE_BY[action]), invoices=(number,)))
    assert all(is_workday(today) for today, _, _ in done)
    assert done == [
        (nov(2), "F1", Action.REMINDER),
        (nov(9), "F1", Action.CALL),
        (nov(9), "F2", Action.REMINDER),  # 7 is Saturday
        (nov(16), "F1", Action.SECOND_REMINDER),  # 12 is too soon: five days after the 9th is Saturday 14
        (nov(16), "F2", Action.CALL),
        (nov(20), "F1", Action.CALL_AGAIN),
    ]
