"""Which arrangement gets which letter, and when not: docs/regels.md, "Brieven bij een regeling"."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debiteuren.domain.arrangement import Arrangement, Instalment
from debiteuren.domain.contact import Contact, ContactKind, DraftState, Outcome
from debiteuren.domain.debtor import Channel, Debtor, DebtorKind
from debiteuren.domain.invoice import Action, Block, Invoice
from debiteuren.domain.ledger import Allocation, Ledger
from debiteuren.domain.payment import Payment, Statement
from debiteuren.domain.settings import Settings
from debiteuren.jobs.arrangement_letters import contact_of, with_arrangement_letters
from debiteuren.jobs.refresh import refresh
from debiteuren.jobs.reminders import RemindersPlan, contacts_of, plan_reminders

AGREED = date(2026, 11, 2)
DEBTOR = Debtor(
    number="D1", name="Bakkerij Jansen", kind=DebtorKind.BUSINESS, email="a@x.example", phone="1", iban="NL02"
)
TERMS = "Op de genoemde dagen."


def nov(day: int) -> date:
    return date(2026, 11, 1) + timedelta(days=day - 1)


def row(day: date, kind: ContactKind = ContactKind.CONVERSATION, **fields: Any) -> Contact:  # noqa: ANN401 - any field
    usual: dict[str, Any] = {"invoices": ("F1",), "outcome": None}
    return Contact(moment=datetime(day.year, day.month, day.day), debtor="D1", kind=kind, **(usual | fields))


CALLED = (row(date(2026, 10, 12), ContactKind.REMINDER), row(AGREED, outcome=Outcome.ARRANGEMENT))
"""The reminder and the talk in which it was agreed: the ladder has no letter next, but a call."""


def books(
    confirmed: date | None = AGREED,
    bank: date | None = None,
    paid: tuple[tuple[date, str], ...] = (),
    **fields: Any,  # noqa: ANN401 - any field of Ledger
) -> Ledger:
    """€ 300 in three: 9, 16 and 23 November, agreed on the second."""
    usual: dict[str, Any] = {
        "settings": Settings(announce_days=3, thank_when_kept=True),
        "debtors": (DEBTOR,),
        "invoices": (
            Invoice(
                number="F1",
                debtor="D1",
                amount=Decimal("300.00"),
                issued=date(2026, 9, 1),
                due=date(2026, 10, 1),
            ),
        ),
        "arrangements": (
            Arrangement(
                id="R1",
                debtor="D1",
                invoices=("F1",),
                amount=Decimal("300.00"),
                agreed_on=AGREED,
                terms=TERMS,
                confirmed_on=confirmed,
            ),
        ),
        "instalments": tuple(
            Instalment(arrangement="R1", number=str(count), due=nov(day), amount=Decimal("100.00"))
            for count, day in enumerate((9, 16, 23), 1)
        ),
        "contacts": CALLED,
        "statements": () if bank is None else (Statement(account="NL01", end=bank),),
        "payments": tuple(
            Payment(transaction=f"T{place}", booked=day, amount=Decimal(amount), account="NL01")
            for place, (day, amount) in enumerate(paid)
        ),
        "allocations": tuple(
            Allocation(transaction=f"T{place}", invoice="F1", amount=Decimal(amount))
            for place, (_, amount) in enumerate(paid)
        ),
    }
    made = Ledger(**(usual | fields))
    return replace(made, payments=tuple(replace(one, choice="F1") for one in made.payments))


def planned(ledger: Ledger, on: date, *, without_bank: bool = False) -> RemindersPlan:
    done = refresh(ledger, on)
    plan = plan_reminders(done.ledger, done.invoices, done.payments, on, without_bank=without_bank)
    return with_arrangement_letters(plan, done, without_bank=without_bank)


def words(plan: RemindersPlan) -> list[str]:
    return [letter.word for letter in plan.letters]


@pytest.mark.parametrize(
    ("ledger", "on", "expected"),
    [
        pytest.param(books(None, nov(5)), nov(5), ["Bevestiging"], id="not confirmed yet"),
        pytest.param(books(None, date(2026, 10, 1)), nov(5), [], id="not on old bank data"),
        pytest.param(books(None), nov(5), [], id="without any bank data nothing is drafted"),
        pytest.param(
            books(None, nov(5), contacts=(*CALLED, row(nov(3), ContactKind.CONFIRMATION))),
            nov(5),
            [],
            id="a confirmation of her own",
        ),
        pytest.param(
            books(
                None,
                nov(5),
                contacts=(*CALLED, row(nov(3), ContactKind.CONFIRMATION, draft=DraftState.VOID)),
            ),
            nov(5),
            ["Bevestiging"],
            id="one that was voided",
        ),
        pytest.param(books(AGREED, nov(5)), nov(5), [], id="four days before an instalment"),
        pytest.param(books(AGREED, nov(6)), nov(6), ["Termijnbericht"], id="three days before"),
        pytest.param(books(AGREED, nov(8)), nov(8), ["Termijnbericht"], id="the day before"),
        pytest.param(books(AGREED, nov(9)), nov(9), [], id="the day itself"),
        pytest.param(books(AGREED, date(2026, 10, 1)), nov(6), [], id="no notice on old bank data"),
        pytest.param(
            books(AGREED, nov(6), contacts=(*CALLED, row(nov(2), ContactKind.CONFIRMATION))),
            nov(6),
            [],
            id="a fresh confirmation announces too",
        ),
        pytest.param(
            books(AGREED, nov(8), contacts=(*CALLED, row(nov(2), ContactKind.CONFIRMATION))),
            nov(8),
            ["Termijnbericht"],
            id="a confirmation of six days ago does not",
        ),
        pytest.param(books(AGREED, nov(16)), nov(16), [], id="behind is not broken"),
        pytest.param(books(AGREED, nov(17)), nov(17), ["Regeling verbroken"], id="two misses"),
        pytest.param(
            books(AGREED, date(2026, 12, 17)), date(2026, 12, 17), ["Regeling verbroken"], id="late run"
        ),
        pytest.param(
            books(AGREED, date(2026, 12, 18)),
            date(2026, 12, 18),
            ["Tweede herinnering"],
            id="no news any more",
        ),
        pytest.param(
            books(AGREED, nov(17), contacts=(*CALLED, row(nov(17), outcome=Outcome.OTHER))),
            nov(17),
            [],
            id="spoken to since",
        ),
        pytest.param(
            books(AGREED, nov(17), contacts=(*CALLED, row(nov(17), outcome=Outcome.NO_ANSWER))),
            nov(17),
            ["Regeling verbroken"],
            id="nobody answered",
        ),
        pytest.param(
            books(AGREED, nov(23), paid=((nov(9), "100.00"), (nov(16), "200.00"))),
            nov(23),
            ["Bedankje"],
            id="kept",
        ),
        pytest.param(
            books(AGREED, date(2026, 11, 30), paid=((nov(9), "100.00"), (nov(16), "200.00"))),
            date(2026, 11, 30),
            ["Bedankje"],
            id="thanks fourteen days later is in time",
        ),
        pytest.param(
            books(AGREED, date(2026, 12, 1), paid=((nov(9), "100.00"), (nov(16), "200.00"))),
            date(2026, 12, 1),
            [],
            id="thanks fifteen days later is odd",
        ),
        pytest.param(
            books(AGREED, nov(23), paid=((nov(9), "300.00"),), settings=Settings()),
            nov(23),
            [],
            id="thanks are off",
        ),
    ],
)
def test_each_letter_comes_on_its_day(ledger: Ledger, on: date, expected: list[str]) -> None:
    assert words(planned(ledger, on)) == expected


BREAK = nov(17)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"debtors": (replace(DEBTOR, no_reminders_until=BREAK),)},
            "Bij deze klant staat Niet herinneren tot",
        ),
        ({"debtors": (replace(DEBTOR, email=""),)}, "Bij deze klant staat geen bruikbaar e-mailadres"),
        (
            {"contacts": (*CALLED, row(nov(13), ContactKind.REMINDER, invoices=("F9",)))},
            "Op 13-11-2026 kreeg deze klant al een brief",
        ),
        (
            {
                "payments": (
                    Payment(transaction="X", booked=nov(12), amount=Decimal("7.77"), counter_account="NL02"),
                )
            },
            "Er is een ontvangst die bij factuur F1 kan horen",
        ),
    ],
)
def test_a_letter_that_asks_waits_where_a_reminder_waits(changes: dict[str, Any], reason: str) -> None:
    plan = planned(replace(books(AGREED, BREAK), **changes), BREAK)
    assert words(plan) == []
    (skipped,) = plan.skipped
    assert skipped.reason.startswith(reason)


@pytest.mark.parametrize("block", [Block.DISPUTED, Block.HOLD, Block.HANDED_OVER])
def test_no_letter_about_an_invoice_that_is_set_aside(block: Block) -> None:
    ledger = books(AGREED, BREAK)
    plan = planned(replace(ledger, invoices=(replace(ledger.invoices[0], block=block),)), BREAK)
    assert words(plan) == []
    assert [skipped.reason[:10] for skipped in plan.skipped] == ["Factuur F1"]


def test_the_news_comes_before_the_next_reminder_which_then_waits() -> None:
    ledger = books(AGREED, BREAK)
    done = refresh(ledger, BREAK)
    assert [state.action for state in done.invoices] == [Action.SECOND_REMINDER]
    plan = planned(ledger, BREAK)
    assert words(plan) == ["Regeling verbroken"]
    wait = (
        "Op 17-11-2026 is het bericht gemaakt dat de regeling is verbroken; de volgende brief kan vanaf "
        "23-11-2026 (MinDagenTussenBerichten 5)."
    )
    assert [skipped.reason for skipped in plan.skipped] == [wait]
    (news,) = plan.arranged
    told = contact_of(news, datetime(2026, 11, 17, 9))
    assert (told.kind, told.draft, told.note) == (
        ContactKind.OTHER,
        DraftState.MADE,
        "Bericht dat de regeling is verbroken (R1) als concept klaargezet",
    )
    for day, expected in ((21, []), (22, ["Tweede herinnering"])):
        later = planned(books(AGREED, nov(day), contacts=(*CALLED, told)), nov(day))
        assert words(later) == expected
        assert [skipped.reason for skipped in later.skipped] == ([] if expected else [wait])


def test_no_notice_beside_a_reminder() -> None:
    late = Invoice(
        number="F2", debtor="D1", amount=Decimal("50.00"), issued=date(2026, 9, 1), due=date(2026, 10, 1)
    )
    ledger = books(AGREED, nov(6))
    plan = planned(replace(ledger, invoices=(*ledger.invoices, late)), nov(6))
    assert words(plan) == ["Herinnering"]


@pytest.mark.parametrize("on", [nov(5), nov(6), BREAK])
def test_nothing_is_drafted_twice_until_it_is_voided(on: date) -> None:
    ledger = books(None if on == nov(5) else AGREED, on)
    (letter,) = planned(ledger, on).arranged
    logged = contact_of(letter, datetime(on.year, on.month, on.day, 9))
    assert words(planned(replace(ledger, contacts=(*CALLED, logged)), on)) == []
    void = replace(logged, draft=DraftState.VOID)
    (again,) = planned(replace(ledger, contacts=(*CALLED, void)), on).arranged
    assert again.word == letter.word
    assert again.key != letter.key


def test_a_confirmation_of_another_arrangement_does_not_count() -> None:
    ledger = books(None, nov(5))
    (first,) = planned(ledger, nov(5)).arranged
    newer = replace(ledger.arrangements[0], id="R2", replaces="R1")
    parts = tuple(replace(part, arrangement="R2") for part in ledger.instalments)
    both = replace(
        ledger,
        arrangements=(*ledger.arrangements, newer),
        instalments=(*ledger.instalments, *parts),
        contacts=(*CALLED, contact_of(first, datetime(2026, 11, 2, 9))),
    )
    (letter,) = planned(both, nov(5)).arranged
    assert letter.state.arrangement.id == "R2"


def test_who_has_no_address_for_mail_gets_a_confirmation_on_paper() -> None:
    debtor = replace(DEBTOR, email="", address="Dorpsstraat 1", postcode="1234 AB", city="Ons Dorp")
    (letter,) = planned(books(None, nov(5), debtors=(debtor,)), nov(5)).arranged
    assert letter.debtor.channel is Channel.POST
    assert contact_of(letter, datetime(2026, 11, 5)).channel == "Post"
    assert words(planned(books(AGREED, BREAK, debtors=(debtor,)), BREAK)) == []


def test_what_does_not_fit_is_not_put_in_writing() -> None:
    ledger = books(None, nov(5))
    whole = tuple(replace(part, amount=Decimal("110.00")) for part in ledger.instalments)
    arranged = (replace(ledger.arrangements[0], amount=Decimal("330.00")),)
    plan = planned(replace(ledger, instalments=whole, arrangements=arranged), nov(5))
    assert words(plan) == []
    assert next(skipped.reason for skipped in plan.skipped).startswith(
        "Regeling R1 wordt nog niet bevestigd. "
    )


@given(
    on=st.integers(1, 60).map(nov),
    paid=st.lists(st.tuples(st.integers(1, 60).map(nov), st.sampled_from(["50.00", "100.00"])), max_size=4),
    confirmed=st.sampled_from([None, AGREED]),
    more=st.booleans(),
)
def test_no_debtor_ever_gets_two_letters_that_ask_and_none_twice(
    on: date, paid: list[tuple[date, str]], confirmed: date | None, *, more: bool
) -> None:
    ledger = books(confirmed, on, tuple(each for each in paid if each[0] <= on))
    if more:
        late = replace(ledger.invoices[0], number="F2")
        ledger = replace(ledger, invoices=(*ledger.invoices, late))
    plan = planned(ledger, on)
    asking = [letter for letter in plan.letters if letter.word != "Bevestiging"]
    assert len(asking) <= 1
    noon = datetime(on.year, on.month, on.day, 12)
    logged = [contact_of(letter, noon) for letter in plan.arranged]
    logged += [row for letter in plan.reminders for row in contacts_of(letter, noon)]
    again = planned(replace(ledger, contacts=(*CALLED, *logged)), on)
    assert not {letter.key for letter in again.letters} & {letter.key for letter in plan.letters}
    assert words(again) == []
