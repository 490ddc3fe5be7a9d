"""What became of earlier drafts: a row for every way it can have gone, and what a person is told."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from debiteuren.domain.contact import Contact, ContactKind, DraftState
from debiteuren.domain.invoice import Action, Invoice, InvoiceState, InvoiceStatus
from debiteuren.domain.seen_draft import Found, Spot
from debiteuren.jobs.draft_states import open_drafts, settle, unclear

ON = date(2026, 11, 21)
MADE = Contact(
    moment=datetime(2026, 11, 18, 9, 30),
    debtor="1",
    invoices=("F1", "F2"),
    kind=ContactKind.REMINDER,
    draft=DraftState.MADE,
    key="k1",
    row=5,
)
SENT_LATER = Found(Spot.SENT, "7", datetime(2026, 11, 20, 16))


def state(number: str, status: InvoiceStatus) -> InvoiceState:
    invoice = Invoice(
        number=number, debtor="1", issued=date(2026, 10, 1), due=date(2026, 10, 31), amount=Decimal(10)
    )
    rest = Decimal(0) if status is InvoiceStatus.PAID else Decimal(10)
    return InvoiceState(
        invoice=invoice,
        paid=invoice.amount - rest,
        unpaid=rest,
        days_late=21,
        age=None,
        status=status,
        action=Action.NONE,
        action_on=None,
        why="",
    )


def states(*paid: str) -> list[InvoiceState]:
    return [
        state(number, InvoiceStatus.PAID if number in paid else InvoiceStatus.OVERDUE)
        for number in ("F1", "F2")
    ]


@pytest.mark.parametrize(
    ("seen", "paid", "missing", "draft", "day", "overtaken", "told"),
    [
        (None, (), False, "Gemaakt", 18, False, ""),
        (Spot.DRAFTS, (), False, "Gemaakt", 18, False, ""),
        (SENT_LATER, (), False, "Verstuurd", 20, False, ""),
        (SENT_LATER, ("F1", "F2"), False, "Verstuurd", 20, False, ""),
        (Spot.TRASH, (), False, "Vervallen", 18, False, "ligt in de prullenbak"),
        (None, ("F1",), False, "Gemaakt", 18, False, ""),
        (None, ("F1", "F2"), False, "Vervallen", 18, True, "Had u het al verstuurd"),
        (Spot.DRAFTS, ("F1",), False, "Vervallen", 18, True, "Factuur F1 is intussen betaald"),
        (Spot.DRAFTS, ("F1", "F2"), False, "Vervallen", 18, True, "Facturen F1, F2 zijn intussen betaald"),
        (None, (), True, "Gemaakt", 18, False, "ook niet bij Verzonden"),
    ],
)
def test_each_way_it_can_have_gone(
    seen: Spot | Found | None,
    paid: tuple[str, ...],
    missing: object,
    draft: str,
    day: int,
    overtaken: object,
    told: str,
) -> None:
    found = Found(seen) if isinstance(seen, Spot) else seen
    settled = settle([MADE], {"k1": found} if found else {}, ["k1"] if missing else [], states(*paid), ON)
    (row,) = settled.contacts
    assert (row.draft, row.day.day) == (draft, day)
    assert settled.changed is (row != MADE)
    assert settled.overtaken == ({"k1"} if overtaken else set())
    said = " ".join(f"{problem.found} {problem.remedy}" for problem in settled.problems)
    assert (told in said, bool(said)) == (True, bool(told))
    assert {problem.row for problem in settled.problems} <= {5}


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (None, 18),
        (datetime(2026, 11, 17, 23), 18),
        (datetime(2026, 11, 18, 23), 18),
        (datetime(2026, 11, 19, 0), 19),
        (datetime(2026, 11, 21, 23), 21),
        (datetime(2026, 11, 22, 0), 18),
    ],
)
def test_a_wait_counts_from_the_day_of_sending_when_that_is_known_and_not_in_the_future(
    moment: datetime | None, day: int
) -> None:
    settled = settle([MADE], {"k1": Found(Spot.SENT, "1", moment)}, [], states(), ON)
    assert (settled.contacts[0].draft, settled.contacts[0].day.day) == (DraftState.SENT, day)


@pytest.mark.parametrize("kind", [ContactKind.FOURTEEN_DAY_LETTER, ContactKind.FINAL_DEMAND])
def test_a_letter_of_the_law_that_went_late_is_told(kind: ContactKind) -> None:
    late = settle([replace(MADE, kind=kind)], {"k1": SENT_LATER}, [], states(), ON)
    assert "gemaakt op 18-11-2026 en verstuurd op 20-11-2026" in late.problems[0].found
    in_time = Found(Spot.SENT, "1", datetime(2026, 11, 18, 12))
    assert settle([replace(MADE, kind=kind)], {"k1": in_time}, [], states(), ON).problems == ()


@pytest.mark.parametrize(
    "other",
    [
        replace(MADE, draft=DraftState.SENT),
        replace(MADE, draft=DraftState.VOID),
        replace(MADE, draft=None),
        replace(MADE, key=""),
        replace(MADE, kind=ContactKind.CONVERSATION),
        replace(MADE, moment=datetime(2026, 11, 22)),
    ],
)
def test_what_does_not_wait_is_left_alone(other: Contact) -> None:
    assert open_drafts([other], ON) == {}
    settled = settle([other], {"k1": Found(Spot.TRASH)}, ["k1"], states("F1", "F2"), ON)
    assert (settled.contacts, settled.changed, settled.problems) == ((other,), False, ())


def test_all_rows_of_a_letter_go_together() -> None:
    rows = [
        replace(MADE, invoices=("F1",)),
        replace(MADE, invoices=("F2",), kind=ContactKind.SECOND_REMINDER, row=6),
        replace(MADE, key="k2", row=7),
    ]
    settled = settle(rows, {"k1": Found(Spot.TRASH)}, [], states(), ON)
    assert [row.draft for row in settled.contacts] == [DraftState.VOID, DraftState.VOID, DraftState.MADE]


def test_doubt_is_told_as_long_as_it_waits() -> None:
    (problem,) = unclear([MADE], ["k1", "weg"], ON)
    assert (problem.row, "onduidelijk" in problem.found) == (5, True)
    assert unclear([replace(MADE, draft=DraftState.SENT)], ["k1"], ON) == ()
