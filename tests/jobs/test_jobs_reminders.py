"""Who gets a reminder, about what, and why others do not: planned over the real rules."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from debiteuren.domain.arrangement import Arrangement
from debiteuren.domain.contact import Contact, ContactKind, DraftState, Outcome
from debiteuren.domain.debtor import Channel, Debtor, DebtorKind, Tone
from debiteuren.domain.invoice import Block, Invoice
from debiteuren.domain.ledger import Allocation, AllocationKind, Ledger
from debiteuren.domain.payment import MatchStatus, Payment, PaymentState, Statement
from debiteuren.domain.reminder import Reminder
from debiteuren.domain.settings import DEFAULT_LADDER, Step
from debiteuren.jobs.reminder_facts import KEY_LENGTH, pay_by, trade_interest
from debiteuren.jobs.reminders import RemindersPlan, contacts_of, ignoring_bank_age, plan_reminders
from debiteuren.rules.arrangements import arrangement_states
from debiteuren.rules.next_action import invoice_states
from reminder_examples import BAKERY, HEDGE, LOTTE, ON, PATIO, SETTINGS, line

BANK = (Statement(account="NL91ABNA0417164300", end=date(2026, 11, 20)),)
BANK_TOO_OLD = (
    "De bank is maar bekend tot en met 16-11-2026, 4 werkdagen geleden: "
    "lees eerst de nieuwste afschriften in."
)
MAY_BE_PAID = (
    "Er is een ontvangst die bij factuur 2026-0311 kan horen: "
    "kies eerst op Betalingen, in Uw keuze, waar die bij hoort."
)
LOTTE_PAYS_FROM = replace(LOTTE, iban="NL02RABO0123456789")


def books(*invoices: Invoice, debtors: tuple[Debtor, ...] = (LOTTE, BAKERY), **more: object) -> Ledger:
    given = {"statements": BANK, "settings": SETTINGS, **more}
    return Ledger(invoices=invoices or (HEDGE,), debtors=debtors, **given)  # type: ignore[arg-type] # fields of Ledger


def planned(
    ledger: Ledger, on: date = ON, payments: tuple[PaymentState, ...] = (), *, without_bank: bool = False
) -> RemindersPlan:
    judged = ignoring_bank_age(ledger) if without_bank else ledger
    states = invoice_states(judged, arrangement_states(judged, on), on)
    return plan_reminders(judged, states, payments, on, without_bank=without_bank)


def contact(kind: ContactKind, day: date, *invoices: str, debtor: str = "1001", **more: object) -> Contact:
    moment = datetime.combine(day, datetime.min.time())
    return Contact(moment=moment, debtor=debtor, invoices=invoices, kind=kind, **more)  # type: ignore[arg-type] # fields of Contact


def received(
    amount: str, status: MatchStatus, proposals: tuple[tuple[str, ...], ...] = (), account: str = ""
) -> PaymentState:
    payment = Payment(
        transaction="T1", booked=date(2026, 11, 19), amount=Decimal(amount), counter_account=account
    )
    rest = Decimal(amount) if status is not MatchStatus.SURE else Decimal("0.00")
    return PaymentState(
        payment=payment, allocated=payment.amount - rest, rest=rest, status=status, proposals=proposals
    )


def named(plan: RemindersPlan) -> list[list[str]]:
    return [[line.invoice.number for line in reminder.lines] for reminder in plan.reminders]


def contacts_in(plan: RemindersPlan) -> tuple[Contact, ...]:
    return tuple(row for reminder in plan.reminders for row in logged_of(reminder))


def logged_of(reminder: Reminder) -> tuple[Contact, ...]:
    return contacts_of(reminder, datetime.combine(reminder.on, datetime.min.time()))


def reasons(plan: RemindersPlan) -> list[tuple[str, str]]:
    return [(skipped.debtor, skipped.reason) for skipped in plan.skipped]


def test_one_letter_with_all_that_is_due_each_at_its_own_step() -> None:
    ledger = books(
        PATIO,
        HEDGE,
        contacts=(
            contact(ContactKind.REMINDER, date(2026, 11, 4), HEDGE.number),
            contact(ContactKind.CONVERSATION, date(2026, 11, 12), HEDGE.number, outcome=Outcome.OTHER),
        ),
    )
    (letter,) = planned(ledger).reminders
    assert [(line.invoice.number, line.step) for line in letter.lines] == [
        ("2026-0311", Step.SECOND_REMINDER),
        ("2026-0325", Step.REMINDER),
    ]
    assert (letter.step, letter.total, letter.costs) == (Step.SECOND_REMINDER, Decimal("1348.75"), None)
    assert [line.days_late for line in letter.lines] == [19, 10]
    assert letter.earlier is not None
    assert letter.earlier.day == date(2026, 11, 12)


def test_the_log_gets_one_row_per_step() -> None:
    ledger = books(
        HEDGE,
        PATIO,
        contacts=(
            contact(ContactKind.REMINDER, date(2026, 11, 4), HEDGE.number),
            contact(ContactKind.CONVERSATION, date(2026, 11, 12), HEDGE.number, outcome=Outcome.OTHER),
        ),
    )
    plan = planned(ledger)
    assert [(row.kind, row.invoices, row.channel, row.draft) for row in contacts_in(plan)] == [
        (ContactKind.REMINDER, ("2026-0325",), "E-mail", DraftState.MADE),
        (ContactKind.SECOND_REMINDER, ("2026-0311",), "E-mail", DraftState.MADE),
    ]
    assert {row.key for row in contacts_in(plan)} == {plan.reminders[0].key}
    stamped = contacts_of(plan.reminders[0], datetime(2026, 11, 21, 16, 5))
    assert {row.moment for row in stamped} == {datetime(2026, 11, 21, 16, 5)}


def test_nothing_due_nothing_written() -> None:
    early = replace(HEDGE, due=date(2026, 11, 20))
    plan = planned(books(early))
    assert (plan.reminders, plan.skipped) == ((), ())


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({}, [["2026-0311", "2026-0325"]], id="both due"),
        pytest.param({"block": Block.DISPUTED}, [["2026-0311"]], id="disputed is not named"),
        pytest.param({"block": Block.HOLD}, [["2026-0311"]], id="paused"),
        pytest.param({"block": Block.HANDED_OVER}, [["2026-0311"]], id="handed over"),
        pytest.param({"due": date(2026, 11, 19)}, [["2026-0311"]], id="late, letter not due yet"),
        pytest.param({"due": date(2026, 11, 18)}, [["2026-0311", "2026-0325"]], id="letter due today"),
    ],
)
def test_only_what_is_due_is_named(change: dict[str, object], expected: list[list[str]]) -> None:
    assert named(planned(books(HEDGE, replace(PATIO, **change)))) == expected  # type: ignore[arg-type] # a field of Invoice


def test_a_letter_due_on_its_day() -> None:
    invoice = replace(HEDGE, due=date(2026, 11, 17))
    assert named(planned(books(invoice), date(2026, 11, 18))) == []
    assert named(planned(books(invoice), date(2026, 11, 19))) == [["2026-0311"]]


def test_pressing_twice_makes_nothing_twice() -> None:
    ledger = books(HEDGE, PATIO)
    first = planned(ledger)
    second = planned(replace(ledger, contacts=contacts_in(first)))
    assert (len(first.reminders), second.reminders) == (1, ())


def test_the_same_key_is_never_drafted_twice_even_when_the_step_says_so() -> None:
    ledger = books()
    (letter,) = planned(ledger).reminders
    states = invoice_states(ledger, (), ON)
    logged = replace(ledger, contacts=logged_of(letter))
    plan = plan_reminders(logged, states, (), ON)
    assert plan.reminders == ()
    assert reasons(plan) == [
        ("1001", "Voor deze stap en deze facturen staat al een concept klaar; zie Contact.")
    ]


def test_a_voided_draft_is_made_again_under_a_new_key() -> None:
    ledger = books()
    keys = []
    rows: tuple[Contact, ...] = ()
    for _ in range(3):
        (letter,) = planned(replace(ledger, contacts=rows)).reminders
        keys.append(letter.key)
        rows += tuple(replace(row, draft=DraftState.VOID) for row in logged_of(letter))
    assert len(set(keys)) == 3
    assert {len(key) for key in keys} == {KEY_LENGTH}


def test_the_key_follows_debtor_step_invoices_and_address() -> None:
    (letter,) = planned(books()).reminders
    moved = books(debtors=(replace(LOTTE, email="nieuw@bakker.example"),))
    shouted = books(debtors=(replace(LOTTE, email="LOTTE@bakker.example"),))
    assert planned(books(HEDGE, PATIO)).reminders[0].key != letter.key
    assert planned(moved).reminders[0].key != letter.key
    assert planned(shouted).reminders[0].key == letter.key


def test_the_life_of_one_invoice_day_by_day() -> None:
    """Every step exactly once, in order, each letter with its own last day."""
    business = replace(LOTTE, kind=DebtorKind.BUSINESS, phone="0575 65 43 21")
    for debtor, last in ((LOTTE, Step.FOURTEEN_DAY_LETTER), (business, Step.FINAL_DEMAND)):
        caller = replace(debtor, phone="0575 65 43 21")
        rows: list[Contact] = []
        letters = []
        for ordinal in range(date(2026, 11, 2).toordinal(), date(2027, 2, 1).toordinal()):
            day = date.fromordinal(ordinal)
            ledger = books(debtors=(caller,), statements=(), contacts=tuple(rows))
            for letter in planned(ledger, day, without_bank=True).reminders:
                letters.append((letter.step, day, letter.pay_by))
                rows += logged_of(letter)
            if letters and (day - letters[-1][1]).days == 8:
                rows.append(contact(ContactKind.CONVERSATION, day, HEDGE.number, outcome=Outcome.OTHER))
        assert letters == [
            (Step.REMINDER, date(2026, 11, 4), date(2026, 11, 10)),
            (Step.SECOND_REMINDER, date(2026, 11, 16), date(2026, 11, 19)),
            (last, date(2026, 11, 27), date(2026, 12, 14)),
        ]


@pytest.mark.parametrize(
    ("step", "on", "by_post", "expected"),
    [
        pytest.param(Step.REMINDER, date(2026, 11, 20), False, date(2026, 11, 26), id="six days"),
        pytest.param(Step.REMINDER, date(2026, 11, 16), False, date(2026, 11, 23), id="over a weekend"),
        pytest.param(Step.SECOND_REMINDER, date(2026, 11, 16), False, date(2026, 11, 19), id="three days"),
        pytest.param(Step.SECOND_REMINDER, date(2026, 12, 22), False, date(2026, 12, 28), id="Christmas"),
        pytest.param(Step.FOURTEEN_DAY_LETTER, date(2026, 11, 23), False, date(2026, 12, 9), id="law, mail"),
        pytest.param(Step.FOURTEEN_DAY_LETTER, date(2026, 11, 23), True, date(2026, 12, 11), id="law, post"),
        pytest.param(Step.FINAL_DEMAND, date(2026, 11, 20), False, date(2026, 12, 7), id="demand"),
    ],
)
def test_the_last_day_a_letter_names(step: Step, on: date, *, by_post: bool, expected: date) -> None:
    assert pay_by(step, on, DEFAULT_LADDER, by_post=by_post) == expected


def after_the_calls(*invoices: Invoice) -> tuple[Contact, ...]:
    numbers = tuple(invoice.number for invoice in invoices)
    return (
        contact(ContactKind.SECOND_REMINDER, date(2026, 11, 4), *numbers),
        contact(ContactKind.CONVERSATION, date(2026, 11, 12), *numbers, outcome=Outcome.OTHER),
    )


@pytest.mark.parametrize(
    ("amounts", "credit", "costs"),
    [
        pytest.param(["98.75"], "0.00", "40.00", id="least"),
        pytest.param(["1000.00", "2000.00"], "0.00", "425.00", id="claims added first"),
        pytest.param(["1000.00"], "200.00", "120.00", id="less the credit note"),
    ],
)
def test_the_costs_of_a_14_day_letter(amounts: list[str], credit: str, costs: str) -> None:
    invoices = [replace(HEDGE, number=f"F{n}", amount=Decimal(text)) for n, text in enumerate(amounts)]
    note = replace(HEDGE, number="C1", amount=-Decimal(credit))
    ledger = books(
        *invoices,
        *([note] if note.amount else []),
        contacts=after_the_calls(*invoices),
    )
    (letter,) = planned(ledger).reminders
    assert letter.step is Step.FOURTEEN_DAY_LETTER
    assert letter.costs == Decimal(costs)
    assert letter.credit == Decimal(credit)


def test_costs_count_only_the_invoices_in_that_step_and_never_a_business() -> None:
    ledger = books(HEDGE, replace(PATIO, amount=Decimal("3000.00")), contacts=after_the_calls(HEDGE))
    (letter,) = planned(ledger).reminders
    assert (letter.step, letter.costs) == (Step.FOURTEEN_DAY_LETTER, Decimal("40.00"))
    business = replace(LOTTE, kind=DebtorKind.BUSINESS)
    (letter,) = planned(replace(ledger, debtors=(business,))).reminders
    assert (letter.step, letter.costs) == (Step.FINAL_DEMAND, None)


def test_part_paid_and_credit_come_off_what_is_asked() -> None:
    paid = Allocation(transaction="T9", invoice=HEDGE.number, amount=Decimal("50.00"))
    payment = Payment(transaction="T9", booked=date(2026, 11, 10), amount=Decimal("50.00"))
    note = replace(HEDGE, number="C1", amount=Decimal("-20.00"))
    (letter,) = planned(books(HEDGE, note, allocations=(paid,), payments=(payment,))).reminders
    assert [(line.unpaid, line.paid) for line in letter.lines] == [(Decimal("48.75"), Decimal("50.00"))]
    assert (letter.total, letter.credit, [credit.number for credit in letter.credit_lines]) == (
        Decimal("28.75"),
        Decimal("20.00"),
        ["C1"],
    )


def test_credit_notes_that_cover_it_all_stop_the_letter() -> None:
    settings = replace(SETTINGS, floor=Decimal("-1000.00"))
    note = replace(HEDGE, number="C1", amount=Decimal("-98.75"))
    plan = planned(books(HEDGE, note, settings=settings))
    assert plan.reminders == ()
    assert [reason.split(":")[0] for _, reason in reasons(plan)] == [
        "Er staan creditfacturen open (€ 98,75) die dit bedrag dekken"
    ]


def test_old_bank_data_holds_everything_back() -> None:
    old = (Statement(account="NL91ABNA0417164300", end=date(2026, 11, 16)),)
    plan = planned(books(statements=old))
    assert plan.reminders == ()
    assert reasons(plan) == [("1001", BANK_TOO_OLD)]
    assert named(planned(books(statements=old), without_bank=True)) == [["2026-0311"]]
    fresh = (Statement(account="NL91ABNA0417164300", end=date(2026, 11, 17)),)
    assert named(planned(books(statements=fresh))) == [["2026-0311"]]


def _told(*kinds: ContactKind) -> tuple[Contact, ...]:
    return tuple(contact(kind, date(2026, 10, 28), HEDGE.number) for kind in kinds)


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(books(contacts=_told(ContactKind.REMINDER)), id="to be called"),
        pytest.param(books(contacts=_told(ContactKind.FOURTEEN_DAY_LETTER)), id="to be handed over"),
        pytest.param(books(replace(HEDGE, due=date(2026, 11, 19))), id="not due yet"),
    ],
)
def test_old_bank_data_names_only_who_would_get_a_letter_now(made: Ledger) -> None:
    old = replace(made, statements=(Statement(account="NL91ABNA0417164300", end=date(2026, 11, 10)),))
    assert planned(old).skipped == ()


def test_without_any_bank_data_nobody_knows_who_paid() -> None:
    plan = planned(books(statements=()))
    assert plan.reminders == ()
    assert reasons(plan) == [
        ("1001", "Er is nog geen bank ingelezen, dus niemand weet wie er betaald heeft.")
    ]
    assert named(planned(books(statements=()), without_bank=True)) == [["2026-0311"]]


def test_money_that_may_be_for_this_invoice_holds_it_back() -> None:
    money = received("98.75", MatchStatus.PROPOSAL, (("2026-0311",), ("2026-0999",)))
    plan = planned(books(HEDGE, PATIO), payments=(money,))
    assert named(plan) == [["2026-0325"]]
    assert reasons(plan) == [("1001", MAY_BE_PAID)]
    assert (plan.unmatched, plan.unmatched_count) == (Decimal("98.75"), 1)


@pytest.mark.parametrize(
    ("status", "account", "made"),
    [
        pytest.param(MatchStatus.UNKNOWN, "NL02 RABO 0123 4567 89", 0, id="from his account"),
        pytest.param(MatchStatus.UNKNOWN, "NL44RABO0123456789", 1, id="from another account"),
        pytest.param(MatchStatus.UNKNOWN, "123456789", 0, id="from his account by its bare number"),
        pytest.param(MatchStatus.UNKNOWN, "12.34.56.789", 0, id="from his account with points"),
        pytest.param(MatchStatus.UNKNOWN, "123456780", 1, id="from another bare number"),
        pytest.param(MatchStatus.UNKNOWN, "", 1, id="from no account"),
        pytest.param(MatchStatus.CHOICE, "NL02RABO0123456789", 1, id="the user said no"),
        pytest.param(MatchStatus.NO_INVOICE, "NL02RABO0123456789", 1, id="no invoice"),
        pytest.param(MatchStatus.SURE, "NL02RABO0123456789", 1, id="placed"),
    ],
)
def test_money_from_this_customer_that_nobody_placed(status: MatchStatus, account: str, made: int) -> None:
    ledger = books(debtors=(LOTTE_PAYS_FROM,))
    plan = planned(ledger, payments=(received("10.00", status, account=account),))
    assert len(plan.reminders) == made
    older = replace(HEDGE, issued=date(2026, 11, 20), due=date(2026, 11, 2))
    plan = planned(replace(ledger, invoices=(older,)), payments=(received("10.00", status, account=account),))
    assert len(plan.reminders) == 1


OWN, OTHER = "NL02RABO0123456789", "NL44RABO0123456789"
TWIN = replace(HEDGE, number="2026-0312")
BAKERY_PAYS_FROM = replace(BAKERY, iban="NL91ABNA0417164300")


@pytest.mark.parametrize(
    ("money", "expected"),
    [
        pytest.param(
            received("98.75", MatchStatus.PROPOSAL, (("2026-0311",),), OWN),
            [["2026-0325"]],
            id="his own account, exactly one of his: his others of that amount wait too",
        ),
        pytest.param(
            received("50.00", MatchStatus.PROPOSAL, (("2026-0311",),), OWN),
            [],
            id="his own account, exactly none of his: it may be for any",
        ),
        pytest.param(
            received("1348.75", MatchStatus.PROPOSAL, (("2026-0311", "2026-0325"),), OWN),
            [],
            id="his own account, a sum: it may be another sum",
        ),
        pytest.param(
            received("98.75", MatchStatus.PROPOSAL, (("2026-0311",),), OTHER),
            [["2026-0312", "2026-0325"]],
            id="an unknown account: what is proposed",
        ),
        pytest.param(
            received("98.75", MatchStatus.UNKNOWN, (), OTHER),
            [["2026-0325"]],
            id="nobody knows who paid: all of exactly that amount",
        ),
        pytest.param(
            received("98.75", MatchStatus.UNKNOWN),
            [["2026-0325"]],
            id="no account: all of exactly that amount",
        ),
        pytest.param(
            received("98.74", MatchStatus.UNKNOWN),
            [["2026-0311", "2026-0312", "2026-0325"]],
            id="a cent less than any: nobody waits",
        ),
        pytest.param(
            received("98.75", MatchStatus.UNKNOWN, (), BAKERY_PAYS_FROM.iban),
            [["2026-0311", "2026-0312", "2026-0325"]],
            id="somebody else's account: only he waits",
        ),
    ],
)
def test_who_waits_for_money_that_is_not_placed(money: PaymentState, expected: list[list[str]]) -> None:
    ledger = books(HEDGE, TWIN, PATIO, debtors=(LOTTE_PAYS_FROM, BAKERY_PAYS_FROM))
    assert [sorted(each) for each in named(planned(ledger, payments=(money,)))] == expected


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        pytest.param(date(2026, 11, 19), [], id="issued on the day it was paid"),
        pytest.param(date(2026, 11, 20), [["2026-0311"]], id="issued after the money came"),
    ],
)
def test_money_pays_no_invoice_that_was_not_there_yet(issued: date, expected: list[list[str]]) -> None:
    invoice = replace(HEDGE, issued=issued)
    assert named(planned(books(invoice), payments=(received("98.75", MatchStatus.UNKNOWN),))) == expected


@pytest.mark.parametrize(
    ("paid_before", "made"),
    [
        pytest.param(("2026-0311",), 0, id="an account that paid for him"),
        pytest.param(("2026-0311", "B-1"), 1, id="an account that paid for two customers"),
    ],
)
def test_an_account_is_his_once_it_paid_for_him_alone(paid_before: tuple[str, ...], made: int) -> None:
    ledger = books(
        HEDGE, PATIO, replace(HEDGE, number="B-1", debtor=BAKERY.number, due=date(2026, 12, 24)),
        debtors=(LOTTE, BAKERY),
    )  # fmt: skip
    placed = replace(received("10.00", MatchStatus.SURE, account=OTHER), invoices=paid_before)
    plan = planned(ledger, payments=(placed, received("12.34", MatchStatus.UNKNOWN, account=OTHER)))
    assert len(plan.reminders) == made


def test_a_customer_without_an_address_is_named() -> None:
    plan = planned(books(debtors=(replace(LOTTE, email=""),)))
    assert reasons(plan) == [
        ("1001", "Bij deze klant staat geen bruikbaar e-mailadres: vul het aan op Debiteuren.")
    ]


def test_post_needs_an_address_and_has_its_own_days() -> None:
    paper = replace(LOTTE, channel=Channel.POST, email="")
    plan = planned(books(debtors=(paper,)))
    assert reasons(plan) == [
        ("1001", "Bij deze klant staat geen volledig postadres: vul het aan op Debiteuren.")
    ]
    complete = replace(paper, address="Dorpsstraat 1", postcode="1234 AB", city="Ede")
    plan = planned(books(debtors=(complete,), contacts=after_the_calls(HEDGE)))
    assert plan.reminders[0].pay_by == date(2026, 12, 9)
    assert [row.channel for row in contacts_in(plan)] == ["Post"]


ARRANGEMENT = Arrangement(
    id="R1", debtor="1001", invoices=("2026-0311",), amount=None, agreed_on=date(2026, 10, 30)
)


@pytest.mark.parametrize(
    ("contacts", "arrangements", "expected"),
    [
        pytest.param([], [], None, id="nothing"),
        pytest.param(
            [contact(ContactKind.REMINDER, date(2026, 11, 4))], [], ("Herinnering", False), id="a letter"
        ),
        pytest.param(
            [
                contact(ContactKind.CONVERSATION, date(2026, 11, 3), outcome=Outcome.OTHER),
                contact(ContactKind.REMINDER, date(2026, 11, 4), "2026-0325"),
            ],
            [],
            ("Gesprek", False),
            id="a talk before a letter",
        ),
        pytest.param(
            [contact(ContactKind.CONVERSATION, date(2026, 11, 3), outcome=Outcome.NO_ANSWER)],
            [],
            None,
            id="no answer is no talk",
        ),
        pytest.param(
            [contact(ContactKind.REMINDER, date(2026, 11, 4), "2026-0325")], [], None, id="another invoice"
        ),
        pytest.param(
            [contact(ContactKind.REMINDER, date(2026, 11, 4), draft=DraftState.VOID)], [], None, id="voided"
        ),
        pytest.param([], [ARRANGEMENT], ("Bevestiging", True), id="an arrangement that lapsed"),
        pytest.param([contact(ContactKind.REMINDER, date(2026, 11, 22))], [], None, id="after the day"),
    ],
)
def test_what_the_letter_refers_to(
    contacts: list[Contact], arrangements: list[Arrangement], expected: tuple[str, bool] | None
) -> None:
    ledger = books(contacts=tuple(contacts), arrangements=tuple(arrangements))
    state = invoice_states(books(), (), ON)
    (letter,) = plan_reminders(ledger, state, (), ON).reminders
    said = letter.earlier
    assert (None if said is None else (said.kind.value, said.arrangement)) == expected


PAID_ONCE = replace(HEDGE, number="2026-0001", amount=Decimal("10.00"))
PAID_BY = {
    "payments": (Payment(transaction="T9", booked=date(2026, 9, 1), amount=Decimal("10.00")),),
    "allocations": (Allocation(transaction="T9", invoice="2026-0001", amount=Decimal("10.00")),),
}


@pytest.mark.parametrize(
    ("debtor", "more", "invoice", "light"),
    [
        pytest.param({"tone": Tone.LIGHT}, {}, {}, True, id="fits"),
        pytest.param({"tone": Tone.FRIENDLY}, {}, {}, False, id="another tone"),
        pytest.param({"tone": Tone.LIGHT}, {"allocations": ()}, {}, False, id="never paid before"),
        pytest.param({"tone": Tone.LIGHT}, {}, {"amount": Decimal("999.99")}, True, id="just small"),
        pytest.param({"tone": Tone.LIGHT}, {}, {"amount": Decimal("1000.00")}, False, id="large"),
        pytest.param(
            {"tone": Tone.LIGHT},
            {"contacts": (contact(ContactKind.OTHER, date(2026, 8, 1), "x", outcome=Outcome.DISPUTE),)},
            {},
            False,
            id="a dispute before",
        ),
        pytest.param(
            {"tone": Tone.LIGHT},
            {"arrangements": (replace(ARRANGEMENT, invoices=("x",)),)},
            {},
            False,
            id="an arrangement before",
        ),
        pytest.param({"tone": Tone.LIGHT}, {"contacts": after_the_calls(HEDGE)}, {}, False, id="later step"),
    ],
)
def test_a_light_word_only_where_it_fits(
    debtor: dict[str, object], more: dict[str, object], invoice: dict[str, object], *, light: bool
) -> None:
    ledger = books(
        replace(HEDGE, **invoice),  # type: ignore[arg-type] # a field of Invoice
        PAID_ONCE,
        debtors=(replace(LOTTE, **debtor),),  # type: ignore[arg-type] # a field of Debtor
        **{**PAID_BY, **more},
    )
    (letter,) = planned(ledger).reminders
    assert letter.light is light


def test_what_the_confirmation_shows() -> None:
    money = (
        received("10.00", MatchStatus.UNKNOWN),
        received("20.00", MatchStatus.PROPOSAL),
        received("40.00", MatchStatus.NO_INVOICE),
        received("80.00", MatchStatus.SURE),
        received("-5.00", MatchStatus.UNKNOWN),
    )
    plan = planned(books(), payments=money)
    assert (plan.unmatched, plan.unmatched_count) == (Decimal("30.00"), 2)


def test_a_letter_thanks_for_money_only() -> None:
    """A discount and a credit note lower what is open, but nobody sent that money."""
    settled = (
        Allocation(transaction="T1", invoice="2026-0311", amount=Decimal("40.00")),
        Allocation(
            transaction="T2", invoice="2026-0311", amount=Decimal("-10.00"), kind=AllocationKind.REVERSAL
        ),
        Allocation(
            transaction="K1", invoice="2026-0311", amount=Decimal("5.00"), kind=AllocationKind.DISCOUNT
        ),
        Allocation(
            transaction="C1", invoice="2026-0311", amount=Decimal("20.00"), kind=AllocationKind.CREDIT_NOTE
        ),
        Allocation(transaction="X1", invoice="2026-0311", amount=Decimal("7.00"), kind=AllocationKind.COSTS),
    )
    (made,) = planned(books(allocations=settled)).reminders
    (line,) = made.lines
    assert (line.unpaid, line.paid, line.discount, line.set_off) == (
        Decimal("43.75"),
        Decimal("30.00"),
        Decimal("5.00"),
        Decimal("20.00"),
    )


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        pytest.param(2, [], id="three in all"),
        pytest.param(3, ["X1", "X2", "X3"], id="four"),
    ],
)
def test_what_else_is_open_is_told_to_who_has_more_than_three(extra: int, told: list[str]) -> None:
    more = [
        replace(HEDGE, number=f"X{count}", issued=date(2026, 11, count), due=date(2026, 12, count))
        for count in range(1, extra + 1)
    ]
    (made,) = planned(books(HEDGE, *more)).reminders
    assert [other.number for other in made.others] == told


def test_what_is_disputed_held_or_handed_over_is_not_told() -> None:
    more = [
        replace(HEDGE, number=f"X{count}", issued=date(2026, 11, 1), due=date(2026, 12, 1), block=block)
        for count, block in enumerate((None, None, None, *Block))
    ]
    (made,) = planned(books(HEDGE, *more)).reminders
    assert [other.number for other in made.others] == ["X0", "X1", "X2"]


def test_what_may_be_paid_is_not_told() -> None:
    more = [
        replace(HEDGE, number=f"X{count}", issued=date(2026, 11, count), due=date(2026, 12, count))
        for count in range(1, 5)
    ]
    money = received("98.75", MatchStatus.PROPOSAL, (("X2",),))
    (made,) = planned(books(HEDGE, *more), payments=(money,)).reminders
    assert [other.number for other in made.others] == ["X1", "X3", "X4"]


def test_all_earlier_letters_and_talks_go_along_but_no_unanswered_call() -> None:
    told = (
        contact(ContactKind.CONVERSATION, date(2026, 11, 10), "2026-0311", outcome=Outcome.OTHER),
        contact(ContactKind.REMINDER, date(2026, 11, 4), "2026-0311"),
        contact(ContactKind.CONVERSATION, date(2026, 11, 9), "2026-0311", outcome=Outcome.NO_ANSWER),
        contact(ContactKind.REMINDER, date(2026, 11, 5), "2026-0311", draft=DraftState.VOID),
        contact(ContactKind.REMINDER, date(2026, 11, 6), "2026-9999"),
    )
    (made,) = planned(books(contacts=told)).reminders
    assert [each.day.day for each in made.history] == [4, 10]


@pytest.mark.parametrize(
    ("asked", "debtor", "expected"),
    [
        pytest.param(False, "1002", None, id="not asked for"),
        pytest.param(True, "1002", Decimal("0.53"), id="a business"),
        pytest.param(True, "1001", None, id="a consumer"),
    ],
)
def test_interest_only_where_it_is_asked_for_and_owed(
    debtor: str, expected: Decimal | None, *, asked: bool
) -> None:
    """€ 98,75 at 10,40 % for 19 days between businesses is 0,53."""
    before = [
        (ContactKind.REMINDER, 4),
        (ContactKind.CONVERSATION, 11),
        (ContactKind.SECOND_REMINDER, 14),
        (ContactKind.CONVERSATION, 18),
    ]
    told = tuple(
        contact(
            kind,
            date(2026, 11, day),
            "2026-0311",
            debtor=debtor,
            outcome=Outcome.OTHER if day % 7 == 4 else None,
        )
        for kind, day in before
    )
    settings = replace(
        SETTINGS,
        with_interest=asked,
        ladder=tuple(replace(step, wait_days=0) for step in DEFAULT_LADDER),
        min_days_between_messages=0,
    )
    (made,) = planned(books(replace(HEDGE, debtor=debtor), contacts=told, settings=settings)).reminders
    assert made.interest == expected


def test_a_consumer_reads_no_interest_whatever_letter_he_gets() -> None:
    settings = replace(SETTINGS, with_interest=True)
    demanded = (line(HEDGE, Step.FINAL_DEMAND), line(PATIO, Step.REMINDER))
    for debtor, expected in ((BAKERY, Decimal("0.53")), (LOTTE, None), (replace(BAKERY, kind=None), None)):
        assert trade_interest(debtor, Step.FINAL_DEMAND, demanded, ON, settings) == expected
    assert trade_interest(BAKERY, Step.SECOND_REMINDER, demanded, ON, settings) is None
