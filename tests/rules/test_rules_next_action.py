"""What goes before the ladder, first hit wins: docs/regels.md, "Volgende actie"."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest

from debiteuren.domain.arrangement import ArrangementState, ArrangementStatus, InstalmentStatus
from debiteuren.domain.contact import Contact, ContactKind, Outcome
from debiteuren.domain.debtor import Channel
from debiteuren.domain.invoice import Action, Block, Invoice
from debiteuren.domain.ledger import Ledger
from debiteuren.rules.next_action import invoice_states
from rules.small_ledger import (
    FRIDAY,
    a_contact,
    a_debtor,
    a_ledger,
    a_payment,
    an_arrangement,
    an_invoice,
    answer,
    bank_through,
    dec,
    euros,
    first_state,
    nov,
    octo,
)

NONE, WAIT, REMIND = Action.NONE, Action.WAIT, Action.REMINDER
SOLVE, COMPLETE = Action.SOLVE_DISPUTE, Action.COMPLETE_DATA
FOLLOW_UP, CONFIRM = Action.FOLLOW_UP_INSTALMENT, Action.CONFIRM_ARRANGEMENT
NOBODY = Outcome.NO_ANSWER
Fields = dict[str, Any]
CALL = ContactKind.CONVERSATION
BEHIND = an_arrangement(ArrangementStatus.BEHIND, (nov(2), InstalmentStatus.MISSED))
PROMISE = a_contact(nov(9), CALL, Outcome.PROMISE, promised_on=nov(13))
DISPUTE = a_contact(nov(9), CALL, Outcome.DISPUTE)
STALE = bank_through(nov(2))
PAID = a_payment(nov(5), "100.00")


PRECEDENCE: list[tuple[str, Fields, Fields, tuple[ArrangementState, ...], Action, date | None]] = [
    # each row takes away what won in the row before
    (
        "betaald wint van alles",
        {"block": Block.HANDED_OVER},
        {"paid": [PAID], "contacts": [PROMISE]},
        (BEHIND,),
        NONE,
        None,
    ),
    ("dan uit handen", {"block": Block.HANDED_OVER}, {"contacts": [PROMISE]}, (BEHIND,), NONE, None),
    (
        "dan betwist",
        {"block": Block.DISPUTED, "block_until": nov(25)},
        {"contacts": [PROMISE]},
        (BEHIND,),
        SOLVE,
        nov(25),
    ),
    (
        "dan de regeling",
        {"block": Block.HOLD},
        {"contacts": [PROMISE]},
        (BEHIND,),
        FOLLOW_UP,
        nov(3),
    ),
    (
        "dan de toezegging",
        {"block": Block.HOLD},
        {"contacts": [PROMISE]},
        (),
        Action.FOLLOW_UP_PROMISE,
        nov(16),
    ),
    (
        "dan de pauze",
        {"block": Block.HOLD, "block_until": nov(27)},
        {"debtors": [a_debtor(email="")]},
        (),
        WAIT,
        nov(30),
    ),
    (
        "dan ontbrekende gegevens",
        {"amount": euros("4.00")},
        {"debtors": [a_debtor(email="")], "bank": STALE},
        (),
        COMPLETE,
        nov(2),
    ),
    ("dan de drempel", {"amount": euros("4.00")}, {"bank": STALE}, (), NONE, None),
    ("dan oude bankgegevens", {}, {"bank": STALE}, (), WAIT, nov(2)),
    ("dan de ladder", {}, {}, (), REMIND, nov(2)),
]


@pytest.mark.parametrize(
    ("fields", "book", "arrangements", "action", "action_on"),
    [row[1:] for row in PRECEDENCE],
    ids=[row[0] for row in PRECEDENCE],
)
def test_the_first_hit_wins(
    fields: Fields,
    book: Fields,
    arrangements: tuple[ArrangementState, ...],
    action: Action,
    action_on: date | None,
) -> None:
    ledger = a_ledger(an_invoice(**fields), **book)
    assert answer(ledger, arrangements=arrangements) == (action, action_on)


BLOCKS: list[tuple[str, Fields, Action, date | None]] = [
    ("uit handen", {"block": Block.HANDED_OVER}, NONE, None),
    ("uit handen tot en met vandaag", {"block": Block.HANDED_OVER, "block_until": FRIDAY}, NONE, None),
    ("uit handen tot gisteren", {"block": Block.HANDED_OVER, "block_until": nov(19)}, REMIND, nov(20)),
    ("pauze zonder eind", {"block": Block.HOLD}, NONE, None),
    ("pauze tot en met vandaag", {"block": Block.HOLD, "block_until": FRIDAY}, WAIT, nov(23)),
    ("pauze tot gisteren", {"block": Block.HOLD, "block_until": nov(19)}, REMIND, nov(20)),
    ("pauze tot lang geleden", {"block": Block.HOLD, "block_until": octo(10)}, REMIND, nov(2)),
    ("pauze tot nooit", {"block": Block.HOLD, "block_until": date.max}, WAIT, date.max),
    ("pauze op een factuur die niet te laat is", {"due": dec(31), "block": Block.HOLD}, NONE, None),
    (
        "pauze met eind op een factuur die niet te laat is",
        {"due": dec(31), "block": Block.HOLD, "block_until": nov(25)},
        WAIT,
        nov(26),
    ),
    (
        "betwist met oplosdag",
        {"block": Block.DISPUTED, "block_until": nov(27)},
        SOLVE,
        nov(27),
    ),
    (
        "betwist, oplosdag op zaterdag",
        {"block": Block.DISPUTED, "block_until": nov(28)},
        SOLVE,
        nov(30),
    ),
    (
        "betwist, oplosdag voorbij",
        {"block": Block.DISPUTED, "block_until": nov(10)},
        SOLVE,
        nov(10),
    ),
    ("betwist zonder oplosdag", {"block": Block.DISPUTED}, SOLVE, FRIDAY),
    ("betwist en niet te laat", {"due": dec(31), "block": Block.DISPUTED}, SOLVE, FRIDAY),
    ("vervalt vandaag", {"due": FRIDAY}, NONE, None),
    ("verviel gisteren", {"due": nov(19)}, WAIT, nov(23)),
    ("van na de peildatum", {"issued": nov(21), "due": nov(2)}, NONE, None),
]


@pytest.mark.parametrize(
    ("fields", "action", "action_on"), [row[1:] for row in BLOCKS], ids=[row[0] for row in BLOCKS]
)
def test_blocks_and_days(fields: Fields, action: Action, action_on: date | None) -> None:
    assert answer(a_ledger(an_invoice(**fields))) == (action, action_on)


QUIET: list[tuple[str, date | None, Fields, Action, date]] = [
    ("tot en met vandaag", FRIDAY, {}, WAIT, nov(23)),
    ("tot gisteren", nov(19), {}, REMIND, nov(20)),
    ("lang voorbij", octo(2), {}, REMIND, nov(2)),
    ("samen met een kortere pauze", nov(30), {"block": Block.HOLD, "block_until": nov(25)}, WAIT, dec(1)),
    ("samen met een langere pauze", nov(25), {"block": Block.HOLD, "block_until": nov(30)}, WAIT, dec(1)),
    ("op een factuur die niet te laat is", nov(30), {"due": dec(31)}, WAIT, dec(1)),
]


@pytest.mark.parametrize(
    ("until", "fields", "action", "action_on"), [row[1:] for row in QUIET], ids=[row[0] for row in QUIET]
)
def test_niet_herinneren_tot_pauses_the_action_and_not_the_status(
    until: date, fields: Fields, action: Action, action_on: date
) -> None:
    ledger = a_ledger(an_invoice(**fields), debtors=[a_debtor(no_reminders_until=until)])
    assert answer(ledger) == (action, action_on)
    without = a_ledger(an_invoice(**fields))
    assert first_state(ledger).status is first_state(without).status


def test_a_pause_without_end_beats_niet_herinneren_tot() -> None:
    ledger = a_ledger(an_invoice(block=Block.HOLD), debtors=[a_debtor(no_reminders_until=nov(30))])
    assert answer(ledger) == (NONE, None)


MISSED, PARTLY, LATER = InstalmentStatus.MISSED, InstalmentStatus.PARTLY_PAID, InstalmentStatus.NOT_DUE
UNKNOWN, ON_TIME = InstalmentStatus.NOT_KNOWN, InstalmentStatus.ON_TIME
Status = ArrangementStatus

ARRANGEMENTS: list[tuple[str, ArrangementState, Action, date | None]] = [
    ("loopt", an_arrangement(Status.RUNNING, (nov(2), ON_TIME), (dec(1), LATER)), NONE, None),
    ("nog niet bekend", an_arrangement(Status.RUNNING, (nov(19), UNKNOWN)), NONE, None),
    (
        "te bevestigen",
        an_arrangement(Status.TO_CONFIRM, (dec(1), LATER)),
        CONFIRM,
        octo(15),
    ),
    (
        "afgesproken op zaterdag",
        an_arrangement(Status.TO_CONFIRM, agreed_on=nov(14)),
        CONFIRM,
        nov(16),
    ),
    ("gemist", an_arrangement(Status.BEHIND, (nov(9), MISSED)), FOLLOW_UP, nov(10)),
    (
        "gemist op vrijdag",
        an_arrangement(Status.BEHIND, (nov(13), MISSED)),
        FOLLOW_UP,
        nov(16),
    ),
    (
        "gemist op zaterdag: maandag was nog op tijd",
        an_arrangement(Status.BEHIND, (nov(14), MISSED)),
        FOLLOW_UP,
        nov(17),
    ),
    ("deels betaald", an_arrangement(Status.BEHIND, (nov(9), PARTLY)), FOLLOW_UP, nov(10)),
    (
        "de oudste misser telt",
        an_arrangement(Status.BEHIND, (nov(9), ON_TIME), (nov(11), PARTLY), (nov(16), MISSED)),
        FOLLOW_UP,
        nov(12),
    ),
    (
        "een misser gaat voor bevestigen",
        an_arrangement(Status.TO_CONFIRM, (nov(9), MISSED)),
        FOLLOW_UP,
        nov(10),
    ),
    ("onvolledig telt niet", an_arrangement(Status.INCOMPLETE, (nov(9), MISSED)), REMIND, nov(2)),
    ("verbroken telt niet", an_arrangement(Status.BROKEN, (nov(9), MISSED)), REMIND, nov(2)),
    ("nagekomen telt niet", an_arrangement(Status.KEPT, (nov(9), ON_TIME)), REMIND, nov(2)),
]


@pytest.mark.parametrize(
    ("state", "action", "action_on"), [row[1:] for row in ARRANGEMENTS], ids=[row[0] for row in ARRANGEMENTS]
)
def test_an_arrangement_that_runs_keeps_its_invoices_off_the_ladder(
    state: ArrangementState, action: Action, action_on: date | None
) -> None:
    assert answer(a_ledger(), arrangements=(state,)) == (action, action_on)


def test_days_of_grace_move_the_follow_up() -> None:
    state = an_arrangement(Status.BEHIND, (nov(9), MISSED))
    ledger = a_ledger(grace_days=2)
    assert answer(ledger, arrangements=(state,)) == (FOLLOW_UP, nov(12))


BROKEN = an_arrangement(Status.BROKEN)


def test_of_two_arrangements_of_one_day_the_one_with_a_miss_speaks_first() -> None:
    states = (
        an_arrangement(Status.RUNNING, name="R1"),
        an_arrangement(Status.TO_CONFIRM, name="R2"),
        an_arrangement(Status.BEHIND, (nov(9), MISSED), name="R3"),
    )
    assert answer(a_ledger(), arrangements=states)[0] is FOLLOW_UP
    assert answer(a_ledger(), arrangements=states[:2])[0] is CONFIRM


def test_of_two_arrangements_the_newer_took_the_place_of_the_other() -> None:
    old = an_arrangement(Status.BEHIND, (nov(9), MISSED), name="R1")
    new = an_arrangement(Status.RUNNING, name="R2", agreed_on=nov(12))
    for states in ((old, new), (new, old)):
        assert first_state(a_ledger(), arrangements=states).why.startswith("Regeling R2 van 12-11-2026")


OVER: list[tuple[str, list[ArrangementState], date]] = [
    ("verbroken op een werkdag", [replace(BROKEN, ended_on=nov(18))], nov(18)),
    ("verbroken in het weekend", [replace(BROKEN, ended_on=nov(14))], nov(16)),
    ("verbroken voordat de stap mocht", [replace(BROKEN, ended_on=nov(1))], nov(2)),
    ("nagekomen en er staat nog iets open", [replace(BROKEN, status=Status.KEPT, ended_on=nov(12))], nov(12)),
    (
        "van twee telt het laatste einde",
        [replace(BROKEN, ended_on=nov(18)), replace(BROKEN, ended_on=nov(12))],
        nov(18),
    ),
    ("van een andere factuur", [an_arrangement(Status.BROKEN, invoices=("F2",))], nov(2)),
]


@pytest.mark.parametrize(("states", "day"), [row[1:] for row in OVER], ids=[row[0] for row in OVER])
def test_no_step_lies_inside_an_arrangement_that_ran(states: list[ArrangementState], day: date) -> None:
    assert answer(a_ledger(), arrangements=states) == (REMIND, day)


def test_a_broken_arrangement_is_named_and_the_ladder_goes_on() -> None:
    state = first_state(a_ledger(), arrangements=(an_arrangement(Status.BROKEN),))
    assert "regeling R1 is verbroken" in state.why


def at_no_time(row: Contact) -> Contact:
    """The same row where the sheet holds only the day."""
    return replace(row, moment=datetime.combine(row.day, time.min))


ALL_DAY = at_no_time(DISPUTE)
LETTER = a_contact(nov(9), ContactKind.REMINDER)

DISPUTES: list[tuple[str, list[Contact], Action, date | None]] = [
    ("geschil gemeld", [DISPUTE], SOLVE, nov(9)),
    (
        "in het weekend gemeld",
        [replace(DISPUTE, moment=DISPUTE.moment.replace(day=14))],
        SOLVE,
        nov(16),
    ),
    (
        "geen gehoor zegt niets",
        [DISPUTE, a_contact(nov(10), CALL, NOBODY)],
        SOLVE,
        nov(9),
    ),
    (
        "een kopie zegt niets",
        [DISPUTE, a_contact(nov(10), ContactKind.INVOICE_COPY)],
        SOLVE,
        nov(9),
    ),
    ("een later gesprek zegt anders", [DISPUTE, a_contact(nov(11), CALL)], Action.SECOND_REMINDER, nov(16)),
    (
        "een later bericht met uitkomst zegt anders",
        [DISPUTE, a_contact(nov(13), ContactKind.OTHER, Outcome.OTHER)],
        Action.SECOND_REMINDER,
        nov(13),
    ),
    (
        "een latere brief zegt anders",
        [DISPUTE, a_contact(nov(10), ContactKind.SECOND_REMINDER)],
        Action.CALL_AGAIN,
        nov(16),
    ),
    (
        "een eerder gesprek zegt niets",
        [a_contact(nov(6), CALL), DISPUTE],
        SOLVE,
        nov(9),
    ),
    (
        "twee keer gemeld telt vanaf de eerste",
        [DISPUTE, a_contact(nov(12), CALL, Outcome.DISPUTE)],
        SOLVE,
        nov(9),
    ),
    ("gemeld na de peildatum", [replace(DISPUTE, moment=DISPUTE.moment.replace(day=21))], REMIND, nov(2)),
    ("een brief op dezelfde dag, beide zonder tijd", [ALL_DAY, at_no_time(LETTER)], SOLVE, nov(9)),
    ("die brief staat er als eerste", [at_no_time(LETTER), ALL_DAY], SOLVE, nov(9)),
    ("een brief met tijd op dezelfde dag, het geschil zonder", [LETTER, ALL_DAY], SOLVE, nov(9)),
    ("een brief op hetzelfde moment", [DISPUTE, LETTER], SOLVE, nov(9)),
    ("een brief een uur eerder", [DISPUTE, replace(LETTER, moment=datetime(2026, 11, 9, 9))], SOLVE, nov(9)),
    (
        "een gesprek een uur later",
        [DISPUTE, a_contact(nov(9), CALL, at=time(11))],
        Action.SECOND_REMINDER,
        nov(12),
    ),
    (
        "een gesprek op dezelfde dag zonder tijd",
        [DISPUTE, at_no_time(a_contact(nov(9), CALL))],
        SOLVE,
        nov(9),
    ),
    (
        "opnieuw gemeld op de dag dat het was opgelost",
        [DISPUTE, at_no_time(a_contact(nov(12), CALL)), a_contact(nov(12), CALL, Outcome.DISPUTE)],
        SOLVE,
        nov(12),
    ),
]


@pytest.mark.parametrize(
    ("contacts", "action", "action_on"), [row[1:] for row in DISPUTES], ids=[row[0] for row in DISPUTES]
)
def test_a_dispute_in_contact_is_solved_first(
    contacts: list[Contact], action: Action, action_on: date | None
) -> None:
    assert answer(a_ledger(contacts=contacts)) == (action, action_on)


def test_a_disputed_invoice_without_a_solve_by_day_counts_from_when_it_was_told() -> None:
    ledger = a_ledger(an_invoice(block=Block.DISPUTED), contacts=[DISPUTE])
    assert answer(ledger) == (SOLVE, nov(9))
    solve_by = a_ledger(an_invoice(block=Block.DISPUTED, block_until=nov(27)), contacts=[DISPUTE])
    assert answer(solve_by) == (SOLVE, nov(27))


DATA: list[tuple[str, Fields, list[Contact], date, Action]] = [
    # what is missing, contacts, on, action
    ("e-mail", {"email": ""}, [], FRIDAY, COMPLETE),
    ("e-mail voor een stap die nog wacht", {"email": ""}, [], nov(1), WAIT),
    ("telefoon voor een brief", {"phone": ""}, [], FRIDAY, REMIND),
    ("adres voor een mail", {"address": "", "postcode": "", "city": ""}, [], FRIDAY, REMIND),
    ("e-mail voor een brief op papier", {"email": "", "channel": Channel.POST}, [], FRIDAY, REMIND),
    ("adres op papier", {"address": "", "channel": Channel.POST}, [], FRIDAY, COMPLETE),
    ("postcode op papier", {"postcode": "", "channel": Channel.POST}, [], FRIDAY, COMPLETE),
    ("plaats op papier", {"city": "", "channel": Channel.POST}, [], FRIDAY, COMPLETE),
    (
        "kanaal telefoon schrijft per mail",
        {"email": "", "channel": Channel.PHONE},
        [],
        FRIDAY,
        COMPLETE,
    ),
    (
        "telefoon om te bellen",
        {"phone": ""},
        [a_contact(nov(9), ContactKind.REMINDER)],
        FRIDAY,
        COMPLETE,
    ),
    ("e-mail om te bellen", {"email": ""}, [a_contact(nov(9), ContactKind.REMINDER)], FRIDAY, Action.CALL),
    (
        "niets om uit handen te geven",
        {"email": "", "phone": "", "address": ""},
        [a_contact(nov(2), ContactKind.FINAL_DEMAND)],
        FRIDAY,
        Action.HAND_OVER,
    ),
]


@pytest.mark.parametrize(
    ("fields", "contacts", "on", "action"), [row[1:] for row in DATA], ids=[row[0] for row in DATA]
)
def test_only_what_the_step_now_due_needs_is_missing(
    fields: Fields, contacts: list[Contact], on: date, action: Action
) -> None:
    ledger = a_ledger(debtors=[a_debtor(**fields)], contacts=contacts, on=on)
    assert answer(ledger, on)[0] is action


def test_an_invoice_of_an_unknown_debtor_waits_for_his_data() -> None:
    assert answer(a_ledger(debtors=[])) == (COMPLETE, nov(2))
    assert answer(a_ledger(debtors=[], on=nov(1)), nov(1)) == (WAIT, nov(2))


FLOOR: list[tuple[str, list[Invoice], Action]] = [
    ("precies de drempel", [an_invoice(amount=euros("5.00"))], REMIND),
    ("een cent eronder", [an_invoice(amount=euros("4.99"))], NONE),
    (
        "samen boven de drempel",
        [an_invoice(amount=euros("3.00")), an_invoice("F2", amount=euros("2.00"))],
        REMIND,
    ),
    (
        "wat niet te laat is telt niet",
        [an_invoice(amount=euros("3.00")), an_invoice("F2", amount=euros("2.00"), due=dec(1))],
        NONE,
    ),
    (
        "wat betwist is telt niet",
        [an_invoice(amount=euros("3.00")), an_invoice("F2", block=Block.DISPUTED)],
        NONE,
    ),
    (
        "wat uit handen is telt niet",
        [an_invoice(amount=euros("3.00")), an_invoice("F2", block=Block.HANDED_OVER)],
        NONE,
    ),
    (
        "wat pauzeert telt wel",
        [an_invoice(amount=euros("3.00")), an_invoice("F2", block=Block.HOLD)],
        REMIND,
    ),
    (
        "wat een ander moet telt niet",
        [an_invoice(amount=euros("3.00")), an_invoice("F2", debtor="D2")],
        NONE,
    ),
    (
        "een open creditfactuur gaat eraf",
        [an_invoice(), an_invoice("F2", amount=euros("-95.01"))],
        NONE,
    ),
    (
        "een creditfactuur die genoeg overlaat",
        [an_invoice(), an_invoice("F2", amount=euros("-95.00"))],
        REMIND,
    ),
    (
        "een creditfactuur van na de peildatum",
        [an_invoice(), an_invoice("F2", amount=euros("-99.00"), issued=nov(21))],
        REMIND,
    ),
]


@pytest.mark.parametrize(("invoices", "action"), [row[1:] for row in FLOOR], ids=[row[0] for row in FLOOR])
def test_the_floor_is_held_against_what_the_debtor_owes_late(invoices: list[Invoice], action: Action) -> None:
    state = first_state(a_ledger(*invoices))
    assert (state.action, state.action_on) == (action, nov(2) if action is REMIND else None)


def test_a_settled_credit_note_and_a_logged_dispute_count_for_the_floor_as_they_should() -> None:
    credit = an_invoice("F2", amount=euros("-99.00"))
    settled = a_ledger(an_invoice(), credit, paid=[a_payment(nov(2), "-99.00", "F2")])
    assert first_state(settled).action is REMIND
    nearly = a_ledger(
        an_invoice(amount=euros("5.00")),
        an_invoice("F2", amount=euros("-10.00")),
        paid=[a_payment(nov(2), "-9.97", "F2")],
    )
    assert first_state(nearly).action is REMIND
    told = a_contact(nov(9), CALL, Outcome.DISPUTE, "F2")
    ledger = a_ledger(an_invoice(amount=euros("3.00")), an_invoice("F2"), contacts=[told])
    assert first_state(ledger).action is NONE


def test_the_floor_is_a_setting() -> None:
    assert first_state(a_ledger(floor=euros("100.00"))).action is REMIND
    assert first_state(a_ledger(floor=euros("100.01"))).action is NONE


FRESH = [
    ("net vers genoeg", bank_through(nov(17)), 3, FRIDAY, REMIND),
    ("te oud", bank_through(nov(16)), 3, FRIDAY, WAIT),
    ("een van twee rekeningen te oud", bank_through(FRIDAY, nov(16)), 3, FRIDAY, WAIT),
    ("ruimere instelling", bank_through(nov(16)), 4, FRIDAY, REMIND),
    ("geen bank is niet oud", (), 3, FRIDAY, REMIND),
]


@pytest.mark.parametrize(
    ("bank", "limit", "on", "action"), [row[1:] for row in FRESH], ids=[row[0] for row in FRESH]
)
def test_old_bank_data_holds_the_step_and_keeps_its_day(
    bank: Any,  # noqa: ANN401 - the table's row
    limit: int,
    on: date,
    action: Action,
) -> None:
    assert answer(a_ledger(bank=bank, bank_max_age=limit), on) == (action, nov(2))


def test_old_bank_data_holds_every_step_and_says_so() -> None:
    for kind in (ContactKind.REMINDER, CALL, ContactKind.SECOND_REMINDER, ContactKind.FINAL_DEMAND):
        state = first_state(a_ledger(contacts=[a_contact(nov(2), kind)], bank=STALE))
        assert state.action is WAIT
        assert "de bank is maar bekend tot en met 02-11-2026" in state.why


def test_old_bank_data_does_not_hold_what_goes_before_the_ladder() -> None:
    disputed = a_ledger(an_invoice(block=Block.DISPUTED), bank=STALE)
    assert first_state(disputed).action is SOLVE
    unconfirmed = an_arrangement(Status.TO_CONFIRM)
    assert answer(a_ledger(bank=STALE), arrangements=(unconfirmed,))[0] is CONFIRM


def test_every_invoice_is_judged_on_its_own_and_in_order() -> None:
    ledger = a_ledger(
        an_invoice("F1"),
        an_invoice("F2", block=Block.DISPUTED),
        an_invoice("F3", amount=euros("-10.00")),
        an_invoice("F4", due=dec(1)),
    )
    states = invoice_states(ledger, (), FRIDAY)
    assert [(state.invoice.number, state.action) for state in states] == [
        ("F1", REMIND),
        ("F2", SOLVE),
        ("F3", NONE),
        ("F4", NONE),
    ]


def test_an_empty_ledger_has_no_states() -> None:
    assert invoice_states(Ledger(), (), FRIDAY) == ()
