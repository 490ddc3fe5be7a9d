"""Scenes: promises kept, open and broken, and the four arrangements: kept, late, missed and unclear.

Source: docs/regels.md, "Toezegging", "Regeling" and "Termijn"; rule A21 (vague words are no arrangement).
Leaves to others: judging them (rules/).
"""

from debiteuren.demo.days import DAY, workday_back
from debiteuren.demo.facts import Deal, Part
from debiteuren.demo.scenes_ladder import climbed, log
from debiteuren.demo.story import Story
from debiteuren.demo.works import price
from debiteuren.domain.arrangement import ArrangementStatus, InstalmentStatus
from debiteuren.domain.contact import ContactKind, Outcome
from debiteuren.domain.invoice import Action, InvoiceStatus
from debiteuren.domain.money import to_cents
from debiteuren.domain.settings import Step

_LAPSE = "Bij een gemiste termijn is het hele restant direct opeisbaar"


def tell_promises(story: Story) -> None:
    """Three promises and somebody who says he has paid."""
    days = story.calendar
    kept = story.bill("D132", days.workday_ago(38))
    story.letter(ContactKind.REMINDER, days.workday_ago(20), kept)
    story.call(days.workday_ago(11), kept, outcome=Outcome.PROMISE, promised_on=days.workday_ago(4))
    story.pay(days.ago(3), kept, text="zoals beloofd factuur {0}")
    story.expect(InvoiceStatus.PAID, Action.NONE, kept)

    pending = story.bill("D130", days.workday_ago(36))
    story.letter(ContactKind.REMINDER, days.workday_ago(17), pending)
    story.call(
        days.workday_ago(3),
        pending,
        outcome=Outcome.PROMISE,
        promised_on=days.workday_ahead(4),
        promised_amount=pending.total,
        note="Betaalt zodra zijn salaris er is; datum herhaald.",
    )
    story.expect(InvoiceStatus.OVERDUE, Action.WAIT, pending)

    broken = story.bill("D114", days.workday_ago(58), price=price(940))
    story.letter(ContactKind.REMINDER, days.workday_ago(22), broken)
    story.call(
        days.workday_ago(14),
        broken,
        outcome=Outcome.PROMISE,
        promised_on=days.workday_ago(9),
        promised_amount=broken.total,
        note="Zou het na de veiling overmaken.",
    )
    story.expect(InvoiceStatus.OVERDUE, Action.FOLLOW_UP_PROMISE, broken)

    says_paid = story.bill("D131", days.workday_ago(31))
    story.letter(ContactKind.REMINDER, days.workday_ago(12), says_paid)
    story.call(
        days.still_waiting(3), says_paid, outcome=Outcome.SAYS_PAID, note="Gisteren overgemaakt, zei ze."
    )
    story.expect(InvoiceStatus.OVERDUE, Action.WAIT, says_paid)


def tell_arrangements(story: Story) -> None:
    """Kept, paid late and not confirmed, missed, and too vague to hold anyone to."""
    _kept(story)
    _late(story)
    _missed(story)
    _unclear(story)


def _kept(story: Story) -> None:
    days = story.calendar
    done, issued = climbed("D101", Step.SECOND_REMINDER, days.workday_ago(96))
    bills = (
        story.bill("D101", issued, price=price(600), text="Terras achter de bakkerij aangelegd, deel 1"),
        story.bill("D101", issued, price=price(400), text="Terras achter de bakkerij aangelegd, deel 2"),
    )
    log(story, done, *bills)
    agreed = days.workday_ago(95)
    story.call(agreed, *bills, outcome=Outcome.ARRANGEMENT, note="Oven was stuk; in twee keer.")
    story.letter(ContactKind.CONFIRMATION, agreed, *bills)
    dues = (days.bank_day_ago(75), days.bank_day_ago(45))
    for due, bill in zip(dues, bills, strict=True):
        story.pay(due, bill, text="Regeling factuur {0}")
    story.deals.append(
        Deal(
            id="R-001",
            bills=bills,
            agreed_on=agreed,
            terms="In twee delen, elk op de genoemde dag",
            consequence=_LAPSE,
            confirmed_on=agreed,
            parts=tuple(
                Part(due=due, amount=bill.total, status=InstalmentStatus.ON_TIME)
                for due, bill in zip(dues, bills, strict=True)
            ),
            status=ArrangementStatus.KEPT,
        )
    )
    story.expect(InvoiceStatus.PAID, Action.NONE, *bills)


def _late(story: Story) -> None:
    days = story.calendar
    first = days.bank_day_ago(13)
    agreed = min(days.workday_ago(17), workday_back(first - DAY))  # over Easter the banks' 13 days are 17
    done, issued = climbed("D108", Step.CALL, agreed)
    bill = story.bill("D108", issued, price=price(1200), text="Daktuin aangelegd")
    log(story, done, bill)
    story.call(agreed, bill, outcome=Outcome.ARRANGEMENT, note="Drie gelijke termijnen, nog bevestigen.")
    third = to_cents(bill.total / 3)
    story.pay(days.ago(8), bill, amount=third, text="Termijn 1 factuur {0}")
    story.deals.append(
        Deal(
            id="R-002",
            bills=(bill,),
            agreed_on=agreed,
            terms="Drie gelijke termijnen",
            consequence=_LAPSE,
            confirmed_on=None,
            parts=(
                Part(due=first, amount=third, status=InstalmentStatus.PAID_LATE),
                Part(due=days.workday_ahead(10), amount=third, status=InstalmentStatus.NOT_DUE),
                Part(due=days.workday_ahead(40), amount=third, status=InstalmentStatus.NOT_DUE),
            ),
            status=ArrangementStatus.TO_CONFIRM,
        )
    )
    story.expect(InvoiceStatus.ARRANGEMENT, Action.CONFIRM_ARRANGEMENT, bill)


def _missed(story: Story) -> None:
    days = story.calendar
    done, issued = climbed("D122", Step.SECOND_REMINDER, days.workday_ago(46))
    bill = story.bill("D122", issued, price=price(1500), text="Schutting en poort geplaatst")
    log(story, done, bill)
    agreed = days.workday_ago(45)
    story.call(agreed, bill, outcome=Outcome.ARRANGEMENT, note="Wil graag gespreid betalen.")
    story.letter(ContactKind.CONFIRMATION, agreed, bill)
    third = to_cents(bill.total / 3)
    first = days.bank_day_ago(38)
    story.pay(first, bill, amount=third, text="Factuur {0}, 1e termijn")
    story.deals.append(
        Deal(
            id="R-003",
            bills=(bill,),
            agreed_on=agreed,
            terms="Elke maand een derde",
            consequence=_LAPSE,
            confirmed_on=agreed,
            parts=(
                Part(due=first, amount=third, status=InstalmentStatus.ON_TIME),
                Part(due=days.bank_day_ago(8), amount=third, status=InstalmentStatus.MISSED),
                Part(due=days.workday_ahead(22), amount=third, status=InstalmentStatus.NOT_DUE),
            ),
            status=ArrangementStatus.BEHIND,
        )
    )
    story.expect(InvoiceStatus.ARRANGEMENT, Action.FOLLOW_UP_INSTALMENT, bill)


def _unclear(story: Story) -> None:
    days = story.calendar
    bill = story.bill("D140", days.workday_ago(34), price=price(420))
    story.letter(ContactKind.REMINDER, days.workday_ago(13), bill)
    agreed = days.still_waiting(3)
    story.call(agreed, bill, outcome=Outcome.ARRANGEMENT, note="Noemde geen dag; nog eens vragen.")
    story.deals.append(
        Deal(
            id="R-004",
            bills=(bill,),
            agreed_on=agreed,
            terms="Betaalt zo snel mogelijk, als zijn bonus binnen is",
            consequence="",
            confirmed_on=None,
            parts=(Part(due=None, amount=bill.total, status=InstalmentStatus.NOT_KNOWN),),
            status=ArrangementStatus.INCOMPLETE,
        )
    )
    story.expect(InvoiceStatus.OVERDUE, Action.WAIT, bill)
