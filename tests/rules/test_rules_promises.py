"""Promises and "already paid": docs/regels.md, "Toezegging"."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from debiteuren.domain.contact import Contact, ContactKind, Outcome
from debiteuren.domain.invoice import Action
from rules.small_ledger import (
    FRIDAY,
    a_contact,
    a_ledger,
    a_payment,
    an_invoice,
    answer,
    bank_through,
    dec,
    euros,
    first_state,
    nov,
)

CALL, OTHER = ContactKind.CONVERSATION, ContactKind.OTHER
WAIT, FOLLOW_UP, SECOND = Action.WAIT, Action.FOLLOW_UP_PROMISE, Action.SECOND_REMINDER


def promise(day: date, until: date | None, **fields: Any) -> Contact:  # noqa: ANN401 - any field of Contact
    return a_contact(day, CALL, Outcome.PROMISE, promised_on=until, **fields)


TO_THE_13TH = promise(nov(9), nov(13))
"""A promise on Monday for Friday; the working day after is Monday the 16th."""

REMINDED = a_contact(nov(2), ContactKind.REMINDER)

DAYS: list[tuple[str, list[Contact], date, Action, date]] = [
    ("op de dag van de toezegging", [TO_THE_13TH], nov(9), WAIT, nov(16)),
    ("op de toegezegde dag", [TO_THE_13TH], nov(13), WAIT, nov(16)),
    ("in het weekend erna", [TO_THE_13TH], nov(15), WAIT, nov(16)),
    ("de eerste werkdag erna", [TO_THE_13TH], nov(16), FOLLOW_UP, nov(16)),
    ("dagen later", [TO_THE_13TH], nov(20), FOLLOW_UP, nov(16)),
    ("tot donderdag", [promise(nov(9), nov(12))], nov(13), FOLLOW_UP, nov(13)),
    ("tot kerstavond", [promise(dec(1), dec(24))], dec(27), WAIT, dec(28)),
    ("zonder dag is zeven dagen", [promise(nov(9), None)], nov(16), WAIT, nov(17)),
    ("zonder dag, na zeven dagen", [promise(nov(9), None)], nov(17), FOLLOW_UP, nov(17)),
    ("een dag die al voorbij was", [promise(nov(9), nov(6))], nov(9), FOLLOW_UP, nov(9)),
    ("de nieuwste telt", [TO_THE_13TH, promise(nov(16), nov(19))], nov(18), WAIT, nov(20)),
    (
        "de nieuwste telt ook als hij eerder afloopt",
        [promise(nov(9), nov(30)), promise(nov(11), nov(12))],
        nov(13),
        FOLLOW_UP,
        nov(13),
    ),
    (
        "van na de peildatum telt niet",
        [TO_THE_13TH, promise(nov(18), nov(30))],
        nov(17),
        FOLLOW_UP,
        nov(16),
    ),
    (
        "geen gehoor sluit niet",
        [TO_THE_13TH, a_contact(nov(16), CALL, Outcome.NO_ANSWER)],
        nov(17),
        FOLLOW_UP,
        nov(16),
    ),
    (
        "een brief sluit niet",
        [TO_THE_13TH, a_contact(nov(17), ContactKind.SECOND_REMINDER)],
        nov(18),
        FOLLOW_UP,
        nov(16),
    ),
    (
        "een gesprek sluit en begint de wacht opnieuw",
        [TO_THE_13TH, a_contact(nov(16), CALL, Outcome.EXCUSE)],
        nov(18),
        WAIT,
        nov(19),
    ),
    (
        "ook zonder uitkomst",
        [TO_THE_13TH, a_contact(nov(10), CALL)],
        nov(13),
        SECOND,
        nov(13),
    ),
    (
        "een gesprek over een andere factuur sluit niet",
        [TO_THE_13TH, a_contact(nov(16), CALL, None, "F2")],
        nov(17),
        FOLLOW_UP,
        nov(16),
    ),
    (
        "een smoes met een dag is een toezegging",
        [a_contact(nov(9), CALL, Outcome.EXCUSE, promised_on=nov(13))],
        nov(16),
        FOLLOW_UP,
        nov(16),
    ),
    (
        "anders met een dag ook",
        [a_contact(nov(9), CALL, Outcome.OTHER, promised_on=nov(13))],
        nov(13),
        WAIT,
        nov(16),
    ),
    ("geen uitkomst met een dag ook", [a_contact(nov(9), CALL, promised_on=nov(13))], nov(13), WAIT, nov(16)),
    (
        "regeling met een dag, zonder rij in Regelingen",
        [a_contact(nov(9), CALL, Outcome.ARRANGEMENT, promised_on=nov(13))],
        nov(13),
        WAIT,
        nov(16),
    ),
    (
        "geen gehoor met een dag is geen toezegging",
        [
            a_contact(nov(2), ContactKind.REMINDER),
            a_contact(nov(9), CALL, Outcome.NO_ANSWER, promised_on=nov(30)),
        ],
        nov(10),
        Action.CALL,
        nov(10),
    ),
    (
        "een toezegging per mail",
        [a_contact(nov(9), OTHER, Outcome.PROMISE, promised_on=nov(13))],
        nov(16),
        FOLLOW_UP,
        nov(16),
    ),
    (
        "voor alle open facturen",
        [replace(TO_THE_13TH, invoices=())],
        nov(16),
        FOLLOW_UP,
        nov(16),
    ),
]


@pytest.mark.parametrize(
    ("contacts", "on", "action", "action_on"), [row[1:] for row in DAYS], ids=[row[0] for row in DAYS]
)
def test_a_promise_is_waited_for_and_then_followed_up(
    contacts: list[Contact], on: date, action: Action, action_on: date
) -> None:
    assert answer(a_ledger(contacts=contacts, on=on), on) == (action, action_on)


BANK = [
    ("bank tot en met de toegezegde dag", bank_through(nov(13)), WAIT),
    ("bank een dag verder", bank_through(nov(14)), FOLLOW_UP),
    ("een rekening nog niet zo ver", bank_through(nov(16), nov(13)), WAIT),
    ("geen bank", (), FOLLOW_UP),
]


@pytest.mark.parametrize(("bank", "action"), [row[1:] for row in BANK], ids=[row[0] for row in BANK])
def test_a_promise_is_checked_once_the_bank_is_known_past_its_day(
    bank: Any,  # noqa: ANN401 - the table's row
    action: Action,
) -> None:
    ledger = a_ledger(contacts=[TO_THE_13TH], bank=bank)
    assert answer(ledger, nov(16)) == (action, nov(16))


def test_a_promise_that_cannot_be_checked_says_what_is_missing() -> None:
    state = first_state(a_ledger(contacts=[TO_THE_13TH], bank=bank_through(nov(13))), nov(16))
    assert state.why == (
        "Op 09-11-2026 is betaling toegezegd voor 13-11-2026, maar de bank is pas bekend tot en met "
        "13-11-2026; lees eerst de nieuwste afschriften in."
    )


FORTY = promise(nov(9), nov(13), promised_amount=euros("40.00"))
BOTH = replace(FORTY, invoices=("F1", "F2"))
ALL = replace(FORTY, invoices=())

KEPT: list[tuple[str, Contact, list[tuple[date, str, str]], Action, date]] = [
    ("niets binnen", FORTY, [], FOLLOW_UP, nov(16)),
    ("het bedrag binnen", FORTY, [(nov(12), "40.00", "F1")], SECOND, nov(12)),
    ("binnen voor de wacht om is", FORTY, [(nov(10), "40.00", "F1")], SECOND, nov(12)),
    ("op de dag van de toezegging geboekt", FORTY, [(nov(9), "40.00", "F1")], SECOND, nov(12)),
    ("de dag ervoor geboekt", FORTY, [(nov(8), "40.00", "F1")], FOLLOW_UP, nov(16)),
    ("vijf cent te weinig", FORTY, [(nov(12), "39.95", "F1")], SECOND, nov(12)),
    ("zes cent te weinig", FORTY, [(nov(12), "39.94", "F1")], FOLLOW_UP, nov(16)),
    ("in delen", FORTY, [(nov(10), "20.00", "F1"), (nov(13), "20.00", "F1")], SECOND, nov(13)),
    (
        "daarna nog meer",
        FORTY,
        [(nov(13), "40.00", "F1"), (nov(18), "10.00", "F1")],
        SECOND,
        nov(13),
    ),
    ("te laat maar binnen", FORTY, [(nov(18), "40.00", "F1")], SECOND, nov(18)),
    ("weer teruggehaald", FORTY, [(nov(10), "40.00", "F1"), (nov(12), "-40.00", "F1")], FOLLOW_UP, nov(16)),
    ("na de peildatum", FORTY, [(nov(21), "40.00", "F1")], FOLLOW_UP, nov(16)),
    ("op een andere factuur", FORTY, [(nov(10), "40.00", "F2")], FOLLOW_UP, nov(16)),
    ("voor twee facturen samen", BOTH, [(nov(12), "10.00", "F1"), (nov(12), "30.00", "F2")], SECOND, nov(12)),
    ("voor alle facturen samen", ALL, [(nov(12), "40.00", "F2")], SECOND, nov(12)),
    (
        "zonder bedrag geldt de hele factuur",
        TO_THE_13TH,
        [(nov(12), "99.00", "F1")],
        FOLLOW_UP,
        nov(16),
    ),
    (
        "bedrag nul is geen bedrag",
        replace(FORTY, promised_amount=euros("0.00")),
        [(nov(12), "40.00", "F1")],
        FOLLOW_UP,
        nov(16),
    ),
]


@pytest.mark.parametrize(
    ("contact", "paid", "action", "action_on"), [row[1:] for row in KEPT], ids=[row[0] for row in KEPT]
)
def test_a_promise_that_was_kept_lets_the_rest_go_on(
    contact: Contact, paid: list[tuple[date, str, str]], action: Action, action_on: date
) -> None:
    ledger = a_ledger(
        an_invoice(), an_invoice("F2"), contacts=[contact], paid=[a_payment(*one) for one in paid]
    )
    assert answer(ledger) == (action, action_on)


def test_a_promise_for_all_invoices_does_not_count_money_on_one_of_a_later_day() -> None:
    later = an_invoice("F2", issued=nov(10), due=dec(10))
    ledger = a_ledger(an_invoice(), later, contacts=[ALL], paid=[a_payment(nov(12), "40.00", "F2")])
    assert answer(ledger) == (FOLLOW_UP, nov(16))


def test_a_step_that_a_promise_held_up_may_come_from_the_day_it_was_closed() -> None:
    contacts = [
        a_contact(nov(2), ContactKind.FINAL_DEMAND),  # its last day is 18 November
        promise(nov(17), nov(30)),
        a_contact(nov(24), CALL),
        a_contact(nov(26), CALL),
    ]
    ledger = a_ledger(contacts=contacts, on=nov(27))
    assert answer(ledger, nov(23)) == (WAIT, dec(1))
    assert answer(ledger, nov(27)) == (Action.HAND_OVER, nov(24))


def test_a_promise_kept_without_an_amount_is_a_paid_invoice() -> None:
    ledger = a_ledger(contacts=[TO_THE_13TH], paid=[a_payment(nov(12), "100.00")])
    assert answer(ledger) == (Action.NONE, None)


def says_paid(day: date) -> Contact:
    return a_contact(day, CALL, Outcome.SAYS_PAID)


CLAIMS: list[tuple[str, list[Contact], date, Action, date]] = [
    ("vrijdag gezegd: derde bankdag woensdag", [says_paid(nov(13))], nov(17), WAIT, nov(18)),
    ("op de derde bankdag", [says_paid(nov(13))], nov(18), FOLLOW_UP, nov(18)),
    ("maandag gezegd", [says_paid(nov(9))], nov(11), WAIT, nov(12)),
    ("maandag gezegd, donderdag", [says_paid(nov(9))], nov(12), FOLLOW_UP, nov(12)),
    ("in het weekend gezegd", [says_paid(nov(14))], nov(17), WAIT, nov(18)),
    ("derde bankdag over kerst", [says_paid(dec(23))], dec(28), WAIT, dec(29)),
    ("een gesprek sluit het", [says_paid(nov(9)), a_contact(nov(12), CALL)], nov(13), WAIT, nov(16)),
    (
        "geen gehoor sluit het niet",
        [says_paid(nov(9)), a_contact(nov(12), CALL, Outcome.NO_ANSWER)],
        nov(13),
        FOLLOW_UP,
        nov(12),
    ),
    ("wint van een oudere toezegging", [TO_THE_13TH, says_paid(nov(16))], nov(18), WAIT, nov(19)),
    (
        "en verliest van een nieuwere",
        [says_paid(nov(9)), promise(nov(10), nov(19))],
        nov(19),
        WAIT,
        nov(20),
    ),
    (
        "een mail telt ook",
        [a_contact(nov(9), OTHER, Outcome.SAYS_PAID)],
        nov(12),
        FOLLOW_UP,
        nov(12),
    ),
]


@pytest.mark.parametrize(
    ("contacts", "on", "action", "action_on"), [row[1:] for row in CLAIMS], ids=[row[0] for row in CLAIMS]
)
def test_who_says_he_paid_is_asked_after_the_third_bank_day(
    contacts: list[Contact], on: date, action: Action, action_on: date
) -> None:
    assert answer(a_ledger(contacts=contacts, on=on), on) == (action, action_on)


def test_kings_day_is_a_bank_day_but_no_working_day() -> None:
    told = says_paid(date(2026, 4, 22))  # bank days 23, 24 and 27 April; the 27th is King's Day
    invoice = an_invoice(issued=date(2026, 3, 1), due=date(2026, 4, 1))
    ledger = a_ledger(invoice, contacts=[told], on=date(2026, 4, 27))
    assert answer(ledger, date(2026, 4, 27)) == (WAIT, date(2026, 4, 28))


def test_an_invoice_that_is_not_late_waits_for_its_promise_too() -> None:
    ledger = a_ledger(an_invoice(due=dec(31)), contacts=[TO_THE_13TH])
    assert answer(ledger, nov(13)) == (WAIT, nov(16))
    assert answer(ledger, FRIDAY) == (FOLLOW_UP, nov(16))
