"""The hour for a confirmation, and who stayed silent after it: docs/regels.md, "Bevestigen"."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest

from debiteuren.domain.arrangement import Arrangement
from debiteuren.domain.contact import Contact, ContactKind, DraftState, Outcome
from debiteuren.domain.invoice import Action
from debiteuren.domain.ledger import Ledger
from debiteuren.jobs.refresh import refresh
from debiteuren.rules.confirmation import clock_words, confirm_by
from rules.small_ledger import a_contact, a_ledger, a_payment, dec, euros, nov
from rules.test_rules_arrangements import arrangement, instalments

MADE = datetime(2026, 11, 20, 10, 5)
AGREED = arrangement(amount=euros("100.00"), agreed_on=nov(20), confirmed_on=None, recorded=MADE)


def spoken(at: time = time(11, 30), **fields: Any) -> Contact:  # noqa: ANN401 - any field of Contact
    return a_contact(nov(20), ContactKind.CONVERSATION, Outcome.ARRANGEMENT, at=at, **fields)


@pytest.mark.parametrize(
    ("made", "contacts", "expected"),
    [
        pytest.param(AGREED, (), datetime(2026, 11, 20, 11, 5), id="an hour after it was written down"),
        pytest.param(replace(AGREED, recorded=None), (), None, id="no time is known"),
        pytest.param(replace(AGREED, recorded=datetime(2026, 11, 20)), (), None, id="only the day is known"),
        pytest.param(replace(AGREED, agreed_on=nov(19)), (), None, id="agreed the day before"),
        pytest.param(
            replace(AGREED, recorded=None), (spoken(),), datetime(2026, 11, 20, 12, 30), id="from the talk"
        ),
        pytest.param(
            replace(AGREED, recorded=None),
            (spoken(time(9)), spoken()),
            datetime(2026, 11, 20, 12, 30),
            id="from the last talk",
        ),
        pytest.param(AGREED, (spoken(),), datetime(2026, 11, 20, 11, 5), id="written down wins of the talk"),
        pytest.param(replace(AGREED, recorded=None), (spoken(time()),), None, id="a talk without a time"),
        pytest.param(replace(AGREED, recorded=None), (spoken(debtor="D2"),), None, id="somebody else"),
        pytest.param(
            replace(AGREED, recorded=None), (replace(spoken(), invoices=("F9",)),), None, id="another invoice"
        ),
    ],
)
def test_the_end_of_the_hour(
    made: Arrangement, contacts: tuple[Contact, ...], expected: datetime | None
) -> None:
    assert confirm_by(made, contacts) == expected


END = datetime(2026, 11, 20, 11, 5)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2026, 11, 20, 10, 5), "nog 60 min"),
        (datetime(2026, 11, 20, 10, 5, 1), "nog 60 min"),
        (datetime(2026, 11, 20, 11, 4), "nog 1 min"),
        (datetime(2026, 11, 20, 11, 4, 59), "nog 1 min"),
        (datetime(2026, 11, 20, 11, 5), "nog 0 min"),
        (datetime(2026, 11, 20, 11, 5, 1), "sinds 11:05"),
        (datetime(2026, 11, 20, 23, 59), "sinds 11:05"),
        (datetime(2026, 11, 21, 0, 0), ""),
    ],
)
def test_the_clock(now: datetime, words: str) -> None:
    assert clock_words(END, now) == words


def agreed(made: Arrangement = AGREED, **fields: Any) -> Ledger:  # noqa: ANN401 - any field of a_ledger
    ledger = a_ledger(**fields)
    parts = instalments((dec(4), "50.00"), (date(2027, 1, 4), "50.00"))
    return replace(ledger, arrangements=(made,), instalments=parts)


@pytest.mark.parametrize(
    ("now", "when"),
    [
        (datetime(2026, 11, 20, 10, 35), "nog 30 min"),
        (datetime(2026, 11, 20, 12, 0), "sinds 11:05"),
        (datetime(2026, 11, 23, 9, 0), "sinds 20-11"),
        (None, "vandaag"),
    ],
)
def test_the_worklist_counts_down(now: datetime | None, when: str) -> None:
    on = now.date() if now else nov(20)
    (item,) = refresh(agreed(on=on), on, now=now).worklist
    assert (item.action, item.when) == (Action.CONFIRM_ARRANGEMENT, when)


def test_the_hour_that_ends_first_goes_first_and_no_hour_comes_last() -> None:
    ledger = agreed()
    invoices = tuple(
        replace(ledger.invoices[0], number=f"F{place}", debtor=f"D{place}", row=place) for place in (1, 2, 3)
    )
    debtors = tuple(replace(ledger.debtors[0], number=f"D{place}") for place in (1, 2, 3))
    moments = (None, MADE.replace(hour=11), MADE)
    arrangements = tuple(
        replace(AGREED, id=f"R{place}", debtor=f"D{place}", invoices=(f"F{place}",), recorded=moment)
        for place, moment in enumerate(moments, start=1)
    )
    parts = tuple(part for one in arrangements for part in instalments((dec(4), "100.00"), name=one.id))
    made = replace(ledger, invoices=invoices, debtors=debtors, arrangements=arrangements, instalments=parts)
    found = refresh(made, nov(20), now=MADE.replace(hour=11)).worklist
    assert [(item.debtor.number, item.when) for item in found] == [
        ("D3", "nog 0 min"),
        ("D2", "nog 60 min"),
        ("D1", "vandaag"),
    ]


CONFIRMED = replace(AGREED, confirmed_on=nov(20))
SENT = a_contact(nov(20), ContactKind.CONFIRMATION, None, at=time(10, 40), draft=DraftState.SENT)


@pytest.mark.parametrize(
    ("on", "made", "contacts", "fields", "called"),
    [
        pytest.param(nov(25), CONFIRMED, (SENT,), {}, True, id="the third working day"),
        pytest.param(nov(24), CONFIRMED, (SENT,), {}, False, id="the second working day"),
        pytest.param(nov(25), CONFIRMED, (), {}, False, id="no confirmation on Contact"),
        pytest.param(nov(25), AGREED, (SENT,), {}, False, id="to be confirmed still"),
        pytest.param(nov(25), CONFIRMED, (replace(SENT, draft=DraftState.VOID),), {}, False, id="taken back"),
        pytest.param(nov(25), CONFIRMED, (replace(SENT, debtor="D2"),), {}, False, id="to somebody else"),
        pytest.param(
            nov(25), replace(CONFIRMED, accepted_on=nov(25)), (SENT,), {}, False, id="he agreed today"
        ),
        pytest.param(
            nov(25), replace(CONFIRMED, accepted_on=nov(26)), (SENT,), {}, True, id="he agrees tomorrow"
        ),
        pytest.param(
            nov(25),
            CONFIRMED,
            (SENT, a_contact(nov(23), ContactKind.CONVERSATION, Outcome.OTHER)),
            {},
            False,
            id="we spoke",
        ),
        pytest.param(
            nov(25),
            CONFIRMED,
            (SENT, a_contact(nov(23), ContactKind.CONVERSATION, Outcome.NO_ANSWER)),
            {},
            True,
            id="nobody answered",
        ),
        pytest.param(
            nov(25), CONFIRMED, (SENT, a_contact(nov(23), ContactKind.OTHER)), {}, False, id="he wrote"
        ),
        pytest.param(
            nov(25),
            CONFIRMED,
            (SENT, a_contact(nov(20), ContactKind.CONVERSATION, Outcome.ARRANGEMENT, at=time(10, 0))),
            {},
            True,
            id="the talk before the confirmation is no answer",
        ),
        pytest.param(
            nov(25), CONFIRMED, (SENT,), {"paid": [a_payment(nov(24), "50.00")]}, False, id="he paid"
        ),
        pytest.param(nov(25), CONFIRMED, (SENT,), {"call_without_answer": 0}, False, id="never"),
        pytest.param(nov(23), CONFIRMED, (SENT,), {"call_without_answer": 1}, True, id="after one day"),
    ],
)
def test_silence_after_a_confirmation_asks_for_a_call(
    on: date,
    made: Arrangement,
    contacts: tuple[Contact, ...],
    fields: dict[str, Any],
    called: bool,  # noqa: FBT001 - the two sides of each boundary
) -> None:
    done = refresh(agreed(made, contacts=contacts, on=on, **fields), on)
    calls = [item for item in done.worklist if item.action is Action.CALL]
    assert bool(calls) is called
    assert done.invoices[0].action is not Action.CALL
    if called:
        assert calls[0].invoices == ("F1",)
        assert calls[0].why.startswith("Regeling R1 is op 20-11-2026 bevestigd en na ")
