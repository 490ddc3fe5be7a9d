"""The ladder: which step, from which working day. Contract, "Default ladder" and "Steps done"."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from debiteuren.domain.contact import Contact, ContactKind, DraftState, Outcome
from debiteuren.domain.debtor import Channel, DebtorKind
from debiteuren.domain.invoice import Action
from debiteuren.domain.settings import DEFAULT_LADDER, LadderStep, Step
from debiteuren.rules.ladder import steps_for
from rules.small_ledger import (
    FRIDAY,
    a_contact,
    a_debtor,
    a_ledger,
    a_payment,
    an_invoice,
    answer,
    dec,
    nov,
    octo,
)

FIRST, SECOND = ContactKind.REMINDER, ContactKind.SECOND_REMINDER
LAW, FINAL = ContactKind.FOURTEEN_DAY_LETTER, ContactKind.FINAL_DEMAND
CALL = ContactKind.CONVERSATION
NOBODY = Outcome.NO_ANSWER
Row = tuple[str, list[Contact], date, Action, date | None]

STEPS: list[Row] = [
    # name, contacts, on, action, action on; due 31-10 (a Saturday)
    ("op de vervaldag", [], octo(31), Action.NONE, None),
    ("een dag te laat", [], nov(1), Action.WAIT, nov(2)),
    ("twee dagen te laat", [], nov(2), Action.REMINDER, nov(2)),
    ("weken te laat: de dag blijft", [], nov(20), Action.REMINDER, nov(2)),
    ("zes dagen na de herinnering", [a_contact(nov(2), FIRST)], nov(8), Action.WAIT, nov(9)),
    ("zeven dagen na de herinnering", [a_contact(nov(2), FIRST)], nov(9), Action.CALL, nov(9)),
    ("late herinnering telt vanaf toen", [a_contact(nov(13), FIRST)], nov(19), Action.WAIT, nov(20)),
    ("twee dagen na het gesprek", [a_contact(nov(10), CALL)], nov(12), Action.WAIT, nov(13)),
    ("drie dagen na het gesprek", [a_contact(nov(10), CALL)], nov(13), Action.SECOND_REMINDER, nov(13)),
    ("drie dagen later is het zaterdag", [a_contact(nov(11), CALL)], nov(14), Action.WAIT, nov(16)),
    ("dus op maandag", [a_contact(nov(11), CALL)], nov(16), Action.SECOND_REMINDER, nov(16)),
    ("drie dagen na de tweede herinnering", [a_contact(nov(10), SECOND)], nov(13), Action.WAIT, nov(16)),
    ("vier dagen later is het zaterdag", [a_contact(nov(10), SECOND)], nov(14), Action.WAIT, nov(16)),
    ("opnieuw bellen", [a_contact(nov(10), SECOND)], nov(16), Action.CALL_AGAIN, nov(16)),
    (
        "drie dagen na het tweede gesprek",
        [a_contact(nov(9), SECOND), a_contact(nov(16), CALL)],
        nov(18),
        Action.WAIT,
        nov(19),
    ),
    (
        "laatste aanmaning",
        [a_contact(nov(9), SECOND), a_contact(nov(16), CALL)],
        nov(19),
        Action.FINAL_DEMAND,
        nov(19),
    ),
    ("laatste dag van de brief", [a_contact(nov(2), FINAL)], nov(18), Action.WAIT, nov(19)),
    ("de werkdag na de laatste dag", [a_contact(nov(2), FINAL)], nov(19), Action.HAND_OVER, nov(19)),
    ("laatste dag op vrijdag", [a_contact(nov(4), FINAL)], nov(22), Action.WAIT, nov(23)),
    ("dus maandag", [a_contact(nov(4), FINAL)], nov(23), Action.HAND_OVER, nov(23)),
    (
        "per post twee dagen later",
        [a_contact(nov(2), FINAL, channel="Post")],
        nov(20),
        Action.WAIT,
        nov(23),
    ),
    (
        "per post uit handen",
        [a_contact(nov(2), FINAL, channel="Post")],
        nov(23),
        Action.HAND_OVER,
        nov(23),
    ),
    (
        "een gesprek na de brief verandert niets",
        [a_contact(nov(2), FINAL), a_contact(nov(18), CALL)],
        nov(19),
        Action.HAND_OVER,
        nov(19),
    ),
    # the furthest step counts, those before it count as done
    ("gesprek zonder herinnering", [a_contact(nov(9), CALL)], nov(12), Action.SECOND_REMINDER, nov(12)),
    (
        "een herinnering na de tweede zet niet terug",
        [a_contact(nov(2), SECOND), a_contact(nov(5), FIRST)],
        nov(9),
        Action.CALL_AGAIN,
        nov(6),
    ),
    (
        "twee gesprekken: het laatste telt",
        [a_contact(nov(9), CALL), a_contact(nov(12), CALL, Outcome.EXCUSE)],
        nov(13),
        Action.WAIT,
        nov(16),
    ),
    (
        "twee herinneringen: de laatste telt",
        [a_contact(nov(2), FIRST), a_contact(nov(9), FIRST)],
        nov(13),
        Action.WAIT,
        nov(16),
    ),
    (
        "14-dagenbrief telt ook bij wie nu Zakelijk is",
        [a_contact(nov(2), LAW)],
        nov(19),
        Action.HAND_OVER,
        nov(19),
    ),
    # what is no step
    (
        "bevestiging, kopie en overig zijn geen stap",
        [
            a_contact(nov(9), ContactKind.CONFIRMATION),
            a_contact(nov(10), ContactKind.INVOICE_COPY),
            a_contact(nov(11), ContactKind.OTHER),
        ],
        nov(12),
        Action.REMINDER,
        nov(2),
    ),
    (
        "vervallen concept is niet gedaan",
        [a_contact(nov(2), FIRST, draft=DraftState.VOID)],
        nov(9),
        Action.REMINDER,
        nov(2),
    ),
    (
        "gemaakt concept is gedaan",
        [a_contact(nov(2), FIRST, draft=DraftState.MADE)],
        nov(9),
        Action.CALL,
        nov(9),
    ),
    (
        "verstuurd concept is gedaan",
        [a_contact(nov(2), FIRST, draft=DraftState.SENT)],
        nov(9),
        Action.CALL,
        nov(9),
    ),
    (
        "contact over een andere factuur",
        [a_contact(nov(2), FIRST, None, "F2")],
        nov(9),
        Action.REMINDER,
        nov(9),
    ),
    ("contact van na de peildatum", [a_contact(nov(10), FIRST)], nov(9), Action.REMINDER, nov(2)),
    (
        "contact later op de peildatum",
        [a_contact(nov(9), FIRST, at=time(23, 59))],
        nov(9),
        Action.WAIT,
        nov(16),
    ),
    (
        "contact zonder facturen: die toen open waren",
        [replace(a_contact(nov(2), FIRST), invoices=())],
        nov(9),
        Action.CALL,
        nov(9),
    ),
    (
        "van een andere debiteur",
        [replace(a_contact(nov(2), FIRST, debtor="D2"), invoices=())],
        nov(9),
        Action.REMINDER,
        nov(2),
    ),
    (
        "een van meer facturen genoemd",
        [a_contact(nov(2), FIRST, None, "F2", "F1")],
        nov(9),
        Action.CALL,
        nov(9),
    ),
]


@pytest.mark.parametrize(
    ("contacts", "on", "action", "action_on"), [row[1:] for row in STEPS], ids=[row[0] for row in STEPS]
)
def test_the_next_step_and_its_day(
    contacts: list[Contact], on: date, action: Action, action_on: date | None
) -> None:
    assert answer(a_ledger(contacts=contacts, on=on), on) == (action, action_on)


ATTEMPTS: list[tuple[str, list[tuple[date, Outcome | None]], date, Action, date]] = [
    ("poging vandaag", [(nov(9), NOBODY)], nov(9), Action.WAIT, nov(10)),
    ("de volgende werkdag weer", [(nov(9), NOBODY)], nov(10), Action.CALL, nov(10)),
    ("na vrijdag op maandag", [(nov(13), NOBODY)], nov(15), Action.WAIT, nov(16)),
    ("twee pogingen", [(nov(9), NOBODY), (nov(10), NOBODY)], nov(12), Action.CALL, nov(11)),
    (
        "drie op twee dagen is niet genoeg",
        [(nov(9), NOBODY), (nov(10), NOBODY), (nov(10), NOBODY)],
        nov(12),
        Action.CALL,
        nov(11),
    ),
    (
        "drie op drie dagen: gedaan op de derde",
        [(nov(9), NOBODY), (nov(10), NOBODY), (nov(11), NOBODY)],
        nov(13),
        Action.WAIT,
        nov(16),
    ),
    (
        "en dan de tweede herinnering",
        [(nov(9), NOBODY), (nov(10), NOBODY), (nov(11), NOBODY)],
        nov(16),
        Action.SECOND_REMINDER,
        nov(16),
    ),
    (
        "een vierde poging schuift niets op",
        [(nov(9), NOBODY), (nov(10), NOBODY), (nov(11), NOBODY), (nov(13), NOBODY)],
        nov(16),
        Action.SECOND_REMINDER,
        nov(16),
    ),
    (
        "gehoor bij de tweede",
        [(nov(9), NOBODY), (nov(10), Outcome.EXCUSE)],
        nov(13),
        Action.SECOND_REMINDER,
        nov(13),
    ),
    (
        "geen gehoor na het gesprek",
        [(nov(10), None), (nov(12), NOBODY)],
        nov(13),
        Action.SECOND_REMINDER,
        nov(13),
    ),
]


@pytest.mark.parametrize(
    ("calls", "on", "action", "action_on"), [row[1:] for row in ATTEMPTS], ids=[row[0] for row in ATTEMPTS]
)
def test_a_call_nobody_answers_is_an_attempt(
    calls: list[tuple[date, Outcome | None]], on: date, action: Action, action_on: date
) -> None:
    contacts = [a_contact(nov(2), FIRST), *(a_contact(day, CALL, outcome) for day, outcome in calls)]
    assert answer(a_ledger(contacts=contacts, on=on), on) == (action, action_on)


@pytest.mark.parametrize(
    ("enough", "action"), [(0, Action.WAIT), (1, Action.WAIT), (2, Action.CALL)], ids=["0", "1", "2"]
)
def test_how_many_attempts_are_enough_is_a_setting(enough: int, action: Action) -> None:
    contacts = [a_contact(nov(2), FIRST), a_contact(nov(9), CALL, NOBODY)]
    assert answer(a_ledger(contacts=contacts, on=nov(10), call_attempts=enough), nov(10))[0] is action


def test_attempts_after_the_second_reminder_are_of_the_second_call() -> None:
    early = [a_contact(nov(2 + count), CALL, NOBODY) for count in range(2)]
    late = [a_contact(nov(10), CALL, NOBODY), a_contact(nov(11), CALL, NOBODY)]
    contacts = [*early, a_contact(nov(5), SECOND), *late]
    assert answer(a_ledger(contacts=contacts, on=nov(12)), nov(12)) == (Action.CALL_AGAIN, nov(12))


def test_an_attempt_without_a_reminder_is_tried_again() -> None:
    contacts = [a_contact(nov(9), CALL, NOBODY)]
    assert answer(a_ledger(contacts=contacts, on=nov(10)), nov(10)) == (Action.CALL, nov(10))


def test_a_conversation_and_a_letter_of_one_moment_skip_no_step() -> None:
    letter, call = a_contact(nov(10), SECOND), a_contact(nov(10), CALL)
    for contacts in ([letter, call], [call, letter]):
        assert answer(a_ledger(contacts=contacts, on=nov(16)), nov(16)) == (Action.CALL_AGAIN, nov(16))


COVERED = [
    ("gedateerd op de dag zelf", an_invoice(issued=nov(2)), [], Action.CALL),
    ("een dag later gedateerd", an_invoice(issued=nov(3)), [], Action.REMINDER),
    (
        "toen betaald, later gestorneerd",
        an_invoice(),
        [(nov(1), "100.00"), (nov(6), "-100.00")],
        Action.REMINDER,
    ),
    (
        "die dag betaald, later gestorneerd",
        an_invoice(),
        [(nov(2), "100.00"), (nov(6), "-100.00")],
        Action.CALL,
    ),
    ("die dag gestorneerd", an_invoice(), [(octo(30), "100.00"), (nov(2), "-100.00")], Action.CALL),
    ("die dag deels betaald", an_invoice(), [(nov(2), "40.00")], Action.CALL),
]


@pytest.mark.parametrize(
    ("invoice", "paid", "action"), [row[1:] for row in COVERED], ids=[row[0] for row in COVERED]
)
def test_a_row_without_invoices_speaks_of_those_dated_and_open_then(
    invoice: Any,  # noqa: ANN401 - the table's row
    paid: list[tuple[date, str]],
    action: Action,
) -> None:
    row = replace(a_contact(nov(2), FIRST), invoices=())
    ledger = a_ledger(invoice, contacts=[row], paid=[a_payment(*one) for one in paid], on=nov(9))
    assert answer(ledger, nov(9))[0] is action


SPACING = [
    # last letter (about another invoice), own contacts, on, action, action on
    ("vier dagen na een brief", nov(5), [], nov(9), Action.WAIT, nov(10)),
    ("vijf dagen na een brief", nov(5), [], nov(10), Action.REMINDER, nov(10)),
    ("op zondag wordt maandag", nov(3), [], nov(9), Action.REMINDER, nov(9)),
    ("wint van de wacht", nov(12), [a_contact(nov(10), CALL)], nov(13), Action.WAIT, nov(17)),
    ("niet voor bellen", nov(8), [a_contact(nov(2), FIRST)], nov(9), Action.CALL, nov(9)),
    ("niet voor uit handen geven", nov(18), [a_contact(nov(2), FINAL)], nov(19), Action.HAND_OVER, nov(19)),
]


@pytest.mark.parametrize(
    ("letter", "own", "on", "action", "action_on"),
    [row[1:] for row in SPACING],
    ids=[row[0] for row in SPACING],
)
def test_days_between_two_messages_to_a_debtor_win(
    letter: date, own: list[Contact], on: date, action: Action, action_on: date
) -> None:
    contacts = [*own, a_contact(letter, FIRST, None, "F9")]
    assert answer(a_ledger(contacts=contacts, on=on), on) == (action, action_on)


@pytest.mark.parametrize(
    "other",
    [
        a_contact(nov(8), FIRST, None, "F9", debtor="D2"),
        a_contact(nov(8), FIRST, None, "F9", draft=DraftState.VOID),
        a_contact(nov(8), ContactKind.CONFIRMATION, None, "F9"),
        a_contact(nov(8), CALL, None, "F9"),
        a_contact(nov(10), FIRST, None, "F9"),
    ],
    ids=["andere debiteur", "vervallen", "geen brief", "gesprek", "na de peildatum"],
)
def test_only_letters_that_went_to_this_debtor_keep_their_distance(other: Contact) -> None:
    assert answer(a_ledger(contacts=[other], on=nov(9)), nov(9)) == (Action.REMINDER, nov(2))


@pytest.mark.parametrize(("days", "action_on"), [(0, nov(9)), (3, nov(11)), (9, nov(17))])
def test_the_distance_is_a_setting(days: int, action_on: date) -> None:
    contacts = [a_contact(nov(6), CALL), a_contact(nov(8), FIRST, None, "F9")]
    ledger = a_ledger(contacts=contacts, on=nov(9), min_days_between_messages=days)
    assert answer(ledger, nov(9))[1] == action_on


HOLIDAYS = [
    (date(2026, 4, 1), date(2026, 4, 7)),  # due + 2 is Good Friday; Easter follows
    (date(2026, 4, 25), date(2026, 4, 28)),  # King's Day
    (date(2026, 5, 3), date(2026, 5, 6)),  # 5 May
    (date(2026, 4, 29), date(2026, 5, 1)),  # 1 May is a working day
    (date(2026, 12, 23), date(2026, 12, 28)),
]


@pytest.mark.parametrize(("due", "action_on"), HOLIDAYS)
def test_the_day_moves_to_a_working_day(due: date, action_on: date) -> None:
    invoice = an_invoice(issued=date(2026, 3, 1), due=due)
    on = date(2026, 12, 30)
    assert answer(a_ledger(invoice, on=on), on) == (Action.REMINDER, action_on)


@pytest.mark.parametrize(
    ("kind", "action"),
    [
        (DebtorKind.BUSINESS, Action.FINAL_DEMAND),
        (DebtorKind.CONSUMER, Action.FOURTEEN_DAY_LETTER),
        (None, Action.FOURTEEN_DAY_LETTER),
    ],
    ids=["Zakelijk", "Consument", "leeg"],
)
def test_the_last_letter_depends_on_the_kind_of_debtor(kind: DebtorKind | None, action: Action) -> None:
    contacts = [a_contact(nov(9), SECOND), a_contact(nov(16), CALL)]
    ledger = a_ledger(debtors=[a_debtor(kind=kind)], contacts=contacts)
    assert answer(ledger) == (action, nov(19))


@pytest.mark.parametrize(
    ("told", "channel", "action_on"),
    [
        pytest.param("", Channel.EMAIL, nov(19), id="geen Kanaal, klant per e-mail"),
        pytest.param("", Channel.POST, nov(23), id="geen Kanaal, klant per post"),
        pytest.param("post", Channel.EMAIL, nov(23), id="post"),
        pytest.param("E-mail", Channel.POST, nov(19), id="e-mail"),
        pytest.param(" e mail ", Channel.POST, nov(19), id="e-mail, anders geschreven"),
        pytest.param("Brief", Channel.EMAIL, nov(23), id="een brief"),
        pytest.param("Aangetekende e-mail of post", Channel.EMAIL, nov(23), id="niet zeker e-mail"),
        pytest.param("Telefoon", Channel.EMAIL, nov(23), id="telefoon"),
    ],
)
def test_how_the_letter_went_decides_its_last_day(told: str, channel: Channel, action_on: date) -> None:
    contacts = [a_contact(nov(2), FINAL, channel=told)]
    ledger = a_ledger(debtors=[a_debtor(channel=channel)], contacts=contacts, on=nov(30))
    assert answer(ledger, nov(30)) == (Action.HAND_OVER, action_on)


def test_a_step_never_comes_before_the_invoice_is_late() -> None:
    invoice = an_invoice(due=nov(12))
    ledger = a_ledger(invoice, contacts=[a_contact(nov(3), CALL)], on=nov(13))
    assert answer(ledger, nov(12)) == (Action.NONE, None)
    assert answer(ledger, nov(13)) == (Action.SECOND_REMINDER, nov(13))


def _ladder(*left_out: Step, **waits: int) -> tuple[LadderStep, ...]:
    return tuple(
        replace(step, wait_days=waits.get(step.step.name, step.wait_days))
        for step in DEFAULT_LADDER
        if step.step not in left_out
    )


EDITED: list[tuple[str, tuple[LadderStep, ...], list[Contact], Action, date | None]] = [
    ("andere wacht", _ladder(REMINDER=10), [], Action.REMINDER, nov(10)),
    ("wacht nul", _ladder(REMINDER=0), [], Action.REMINDER, nov(2)),
    (
        "zonder eerste gesprek",
        _ladder(Step.CALL),
        [a_contact(nov(9), FIRST)],
        Action.SECOND_REMINDER,
        nov(16),
    ),
    ("zonder herinnering", _ladder(Step.REMINDER), [], Action.CALL, nov(9)),
    (
        "twee gesprekken na elkaar: vier dagen later is het tweede",
        _ladder(Step.SECOND_REMINDER),
        [a_contact(nov(9), CALL), a_contact(nov(13), CALL)],
        Action.FINAL_DEMAND,
        nov(16),
    ),
    (
        "twee gesprekken na elkaar: eerder hoort bij het eerste",
        _ladder(Step.SECOND_REMINDER),
        [a_contact(nov(9), CALL), a_contact(nov(12), CALL)],
        Action.CALL_AGAIN,
        nov(16),
    ),
    (
        "zonder laatste brief telt de gewone wacht",
        _ladder(Step.FINAL_DEMAND, HAND_OVER=2),
        [a_contact(nov(9), SECOND), a_contact(nov(16), CALL)],
        Action.HAND_OVER,
        nov(18),
    ),
    (
        "extra dagen na de laatste dag van de brief",
        _ladder(HAND_OVER=1),
        [a_contact(nov(2), FINAL)],
        Action.HAND_OVER,
        nov(20),
    ),
    ("alles gedaan", _ladder(Step.HAND_OVER), [a_contact(nov(2), FINAL)], Action.NONE, None),
    ("lege ladder", (), [], Action.NONE, None),
    (
        "een stap die niet meer bestaat telt niet",
        _ladder(Step.SECOND_REMINDER),
        [a_contact(nov(9), SECOND)],
        Action.REMINDER,
        nov(16),
    ),
]


@pytest.mark.parametrize(
    ("ladder", "contacts", "action", "action_on"), [row[1:] for row in EDITED], ids=[row[0] for row in EDITED]
)
def test_the_users_own_ladder_counts(
    ladder: tuple[LadderStep, ...], contacts: list[Contact], action: Action, action_on: date | None
) -> None:
    assert answer(a_ledger(contacts=contacts, ladder=ladder)) == (action, action_on)


def test_steps_follow_na_and_not_the_order_of_the_rows() -> None:
    usual = [step.step for step in steps_for(DEFAULT_LADDER, protected=False)]
    assert usual == [
        Step.REMINDER,
        Step.CALL,
        Step.SECOND_REMINDER,
        Step.CALL_AGAIN,
        Step.FINAL_DEMAND,
        Step.HAND_OVER,
    ]
    assert [step.step for step in steps_for(DEFAULT_LADDER[::-1], protected=False)] == usual
    own = (
        LadderStep(step=Step.REMINDER, after=(Step.CALL,), wait_days=1, action=Action.REMINDER),
        LadderStep(step=Step.CALL, after=(), wait_days=1, action=Action.CALL),
    )
    assert [step.step for step in steps_for(own, protected=True)] == [Step.CALL, Step.REMINDER]


def test_a_due_day_at_the_end_of_the_calendar_is_no_fault() -> None:
    assert answer(a_ledger(an_invoice(due=date.max))) == (Action.NONE, None)


def test_a_year_later_the_day_is_still_the_first_one() -> None:
    on = dec(30).replace(year=2027)
    assert answer(a_ledger(on=on), on) == (Action.REMINDER, nov(2))
    assert on > FRIDAY
