"""Scenes: everything money does besides paying one invoice in one go.

Answers: part payments, joint payments, credit notes used, too much, too little, twice, without a number,
by reference, in cash, collected and returned.
Leaves to others: money that has nothing to do with invoices (household.py).
"""

from datetime import date
from decimal import Decimal

from debiteuren.demo.days import DAY, bank_day_back
from debiteuren.demo.facts import Bill, CashPayment, Means
from debiteuren.demo.people import OwnBank
from debiteuren.demo.story import Story
from debiteuren.demo.works import price
from debiteuren.domain.contact import ContactKind
from debiteuren.domain.invoice import Action, InvoiceStatus

_SETTLED = (InvoiceStatus.PAID, Action.NONE)


def tell_paid_this_week(story: Story) -> None:
    """Debtors who paid on the last bank day: nobody may send them anything."""
    days = story.calendar
    reminded = story.bill("D117", days.workday_ago(43))
    story.letter(ContactKind.REMINDER, days.workday_ago(8), reminded)
    story.pay(days.ago(1), reminded, text="Excuses, factuur {0}")
    joint = [story.bill("D119", days.workday_ago(back)) for back in (36, 34, 33)]
    story.pay(days.ago(1), *joint, text="Facturen {0}, {1} en {2}")
    tin = story.bill("D136", days.workday_ago(44))
    story.cash.append(CashPayment(day=days.workday_ago(2), bill=tin))
    story.expect(*_SETTLED, reminded, *joint, tin)


def tell_parts(story: Story) -> None:
    """Part payments, several payments for one invoice, one payment for several, a few cents short."""
    days = story.calendar
    half = story.bill("D103", days.workday_ago(19), price=price(1800), text="Achtertuin praktijk, fase 1")
    story.pay(days.ago(5), half, amount=price(900).total, text="50% van factuur {0}")
    story.expect(InvoiceStatus.PARTLY_PAID, Action.NONE, half)

    thirds = story.bill("D120", days.workday_ago(130), price=price(900))
    for back in (112, 105, 101):
        story.pay(days.ago(back), thirds, amount=price(300).total, text="deelbetaling {0}")
    pair = [story.bill("D111", days.workday_ago(back)) for back in (100, 93)]
    story.pay(days.ago(72), *pair, text="fact. {0} + {1}")
    short = story.bill("D117", days.workday_ago(85))
    story.pay(days.ago(60), short, amount=short.total - Decimal("0.03"), text="Factuur {0}")
    by_reference = story.bill("D116", days.workday_ago(75))
    story.pay(days.ago(50), by_reference, by_reference=True, account=OwnBank.RABO)
    story.expect(*_SETTLED, thirds, *pair, short, by_reference)


def tell_credits(story: Story) -> None:
    """A credit note that was used: the customer took it off his payment."""
    days = story.calendar
    billed = story.bill(
        "D119", days.workday_ago(88), price=price(1160), text="Green 7 en 8 bezand en doorgezaaid"
    )
    credit = story.bill(
        "D119",
        days.workday_ago(80),
        price=price(-160),
        text="Creditfactuur bij {0}: zand zelf geleverd",
        about=billed,
    )
    story.pay(days.ago(62), billed, credit, text="Factuur {0} minus credit {1}")
    story.expect(*_SETTLED, billed)
    story.expect(InvoiceStatus.CREDIT_NOTE, Action.NONE, credit)


def tell_oddities(story: Story) -> None:
    """Too much, twice, without a number, and from somebody we do not know."""
    days = story.calendar
    twice = story.bill("D105", days.workday_ago(66))
    story.pay(days.ago(56), twice)
    story.pay(days.ago(54), twice, text="Factuur {0}")
    story.expect(*_SETTLED, twice)
    too_much = story.bill("D132", days.workday_ago(9), price=price(125))
    story.pay(days.ago(4), too_much, amount=too_much.total + 10, text="{0} met fooi voor de jongens")
    no_number = story.bill("D126", days.workday_ago(22))
    story.book(
        OwnBank.ING,
        min(bank_day_back(days.ago(3)), story.bank_known_until(OwnBank.ING)),
        no_number.total,
        name="M. Mulder-Smit",
        iban="NL26TRIO0912345680",
        text="voor de tuinman",
    )
    story.expect(InvoiceStatus.OVERDUE, Action.REMINDER, no_number)
    story.held.add("D126")
    story.book(
        OwnBank.ING,
        bank_day_back(days.ago(16)),
        Decimal("75.00"),
        name="M. de Wit",
        iban="NL17SNSB0912345671",
        text="voor de rozen",
    )


def tell_collections(story: Story) -> None:
    """Own direct debits: most stay, one comes back within a week and reopens its invoice."""
    days = story.calendar
    for back in (150, 118, 87, 56):
        bill = story.bill("D116", days.workday_ago(back), price=price(185), text="Onderhoud bedrijfstuin")
        _collect(story, bill, bank_day_back(bill.due), bill.total, Means.OWN_COLLECTION)
        story.expect(*_SETTLED, bill)
    returned = story.bill("D116", days.workday_ago(40), price=price(185), text="Onderhoud bedrijfstuin")
    day = days.bank_day_ago(11)
    _collect(story, returned, day, returned.total, Means.OWN_COLLECTION)
    _collect(story, returned, bank_day_back(day + 6 * DAY), -returned.total, Means.RETURNED, "MD06")
    story.expect(InvoiceStatus.OVERDUE, Action.REMINDER, returned)


def _collect(
    story: Story, bill: Bill, day: date, amount: Decimal, means: Means, return_code: str = ""
) -> None:
    story.book(
        OwnBank.RABO,
        day,
        amount,
        name=bill.person.name,
        iban=bill.person.iban,
        text="Incasso factuur {0}",
        bills=(bill,),
        means=means,
        end_to_end=f"INC-{bill.issued:%Y%m%d}-{bill.person.number}",
        mandate=f"MND-{bill.person.number}-01",
        return_code=return_code,
    )
