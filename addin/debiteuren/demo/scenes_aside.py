"""Scenes: what keeps a late invoice off the ladder, such as a dispute, a pause or an open credit note.

Source: docs/regels.md, "Wat voor de ladder gaat", "Blokkade" and "Drempel".
Leaves to others: promises and arrangements (scenes_agreements.py).
"""

from decimal import Decimal

from debiteuren.demo.days import DAY, workday_back
from debiteuren.demo.scenes_ladder import due_for
from debiteuren.demo.story import Story
from debiteuren.demo.works import LOW, Price, price
from debiteuren.domain.contact import ContactKind, Outcome
from debiteuren.domain.invoice import Action, Block, InvoiceStatus
from debiteuren.domain.settings import Step

_REST = Decimal("3.00")
"""What Familie Bakker forgot: below the floor of five euros."""


def tell_disputes(story: Story) -> None:
    """Disputes: one to solve soon, one past its day, one that only the contact log knows."""
    days = story.calendar
    soon = story.bill(
        "D106",
        days.workday_ago(49),
        price=price(1480),
        text="Oprit opnieuw bestraat",
        block=Block.DISPUTED,
        block_until=days.workday_ahead(6),
        block_reason="Zegt dat er klinkers los liggen bij de inrit",
    )
    story.letter(ContactKind.REMINDER, days.workday_ago(14), soon)
    story.call(days.workday_ago(9), soon, outcome=Outcome.DISPUTE, note="Kijken dinsdag samen naar de inrit.")
    due_for(story, "D106", Step.REMINDER, Action.REMINDER, slack=2)
    past = story.bill(
        "D137",
        days.workday_ago(62),
        price=price(540, LOW),
        text="Drie leilindes geplant",
        block=Block.DISPUTED,
        block_until=days.workday_ago(4),
        block_reason="Een leilinde slaat niet aan",
    )
    story.letter(ContactKind.REMINDER, days.workday_ago(28), past)
    story.call(days.workday_ago(21), past, outcome=Outcome.DISPUTE, note="Kweker vragen om vervanging.")
    said = story.bill("D124", days.workday_ago(33), price=price(155), text="Haag voorzijde gesnoeid")
    story.letter(ContactKind.REMINDER, days.workday_ago(16), said)
    story.call(
        days.workday_ago(7), said, outcome=Outcome.DISPUTE, note="Vindt dat de haag te kort is geknipt."
    )
    story.expect(InvoiceStatus.DISPUTED, Action.SOLVE_DISPUTE, soon, past)
    story.expect(InvoiceStatus.OVERDUE, Action.SOLVE_DISPUTE, said)


def tell_pauses(story: Story) -> None:
    """Pauses with, without and past an end, and a debtor who asked for some time."""
    days = story.calendar
    with_end = story.bill(
        "D105",
        days.workday_ago(21),
        block=Block.HOLD,
        block_until=days.workday_ahead(12),
        block_reason="Subsidie komt eind van de maand",
    )
    story.expect(InvoiceStatus.ON_HOLD, Action.WAIT, with_end)
    endless = story.bill(
        "D109",
        days.workday_ago(104),
        block=Block.HOLD,
        block_reason="Wacht op besluit van het bestuur",
    )
    story.expect(InvoiceStatus.ON_HOLD, Action.NONE, endless)
    over = story.bill(
        "D128",
        days.workday_ago(27),
        block=Block.HOLD,
        block_until=days.workday_ago(5),
        block_reason="Was op vakantie",
    )
    story.expect(InvoiceStatus.OVERDUE, Action.REMINDER, over)
    asked = story.bill("D111", days.workday_ago(41))
    story.no_reminders_until["D111"] = days.ago(-9)
    story.expect(InvoiceStatus.OVERDUE, Action.WAIT, asked)


def tell_small_things(story: Story) -> None:
    """An address that is missing, a rest that is too small, a credit note that covers it."""
    days = story.calendar
    no_address = story.bill("D133", days.workday_ago(22))
    story.expect(InvoiceStatus.OVERDUE, Action.COMPLETE_DATA, no_address)

    short = story.bill("D125", days.workday_ago(38), price=price(210))
    reminder_day = days.workday_ago(20)
    story.letter(ContactKind.REMINDER, reminder_day, short)
    story.pay(days.ago(15), short, amount=short.total - _REST, text="Factuur {0} met excuses")
    story.expect(InvoiceStatus.OVERDUE, Action.NONE, short)

    covered = story.bill("D110", days.workday_ago(24), price=price(150, LOW), text="Bollen geplant")
    credit = story.bill(
        "D110",
        days.workday_ago(6),
        price=Price(-covered.total, -covered.price.vat),
        text="Creditfactuur bij {0}: bollen niet opgekomen",
        about=covered,
    )
    story.expect(InvoiceStatus.OVERDUE, Action.NONE, covered)
    story.expect(InvoiceStatus.CREDIT_NOTE, Action.NONE, credit)
    partly = story.bill(
        "D104",
        workday_back(days.ago(11) - DAY),
        price=price(-60),
        text="Creditfactuur: uur te veel gerekend in het onderhoud",
    )
    story.expect(InvoiceStatus.CREDIT_NOTE, Action.NONE, partly)
