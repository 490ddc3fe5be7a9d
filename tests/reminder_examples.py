"""Reminders to try: the hovenier of the design and her customers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from debiteuren.domain.debtor import Debtor, DebtorKind, Tone
from debiteuren.domain.invoice import Invoice
from debiteuren.domain.money import ZERO
from debiteuren.domain.reminder import CreditLine, EarlierContact, Reminder, ReminderLine
from debiteuren.domain.settings import Company, Settings, Step

ON = date(2026, 11, 21)
COMPANY = Company(
    name="Hoveniersbedrijf De Linde",
    address="Lindelaan 4",
    postcode="7201 AB",
    city="Zutphen",
    phone="0575 12 34 56",
    email="marijke@delinde.example",
    iban="NL91ABNA0417164300",
    signature="Marijke de Linde",
)
SETTINGS = Settings(company=COMPANY)
LOTTE = Debtor(
    number="1001",
    name="Lotte Bakker",
    kind=DebtorKind.CONSUMER,
    first_name="Lotte",
    last_name="Bakker",
    email="lotte@bakker.example",
    tone=Tone.FRIENDLY,
)
BAKERY = replace(
    LOTTE,
    number="1002",
    name="Bakkerij van Dam",
    kind=DebtorKind.BUSINESS,
    first_name="",
    last_name="",
    email="info@vandam.example",
)
HEDGE = Invoice(
    number="2026-0311",
    debtor="1001",
    issued=date(2026, 10, 3),
    due=date(2026, 11, 2),
    amount=Decimal("98.75"),
    description="Haag aan de achterzijde gesnoeid",
    delivered=date(2026, 10, 2),
)
PATIO = replace(
    HEDGE,
    number="2026-0325",
    issued=date(2026, 10, 12),
    due=date(2026, 11, 11),
    amount=Decimal("1250.00"),
    description="Terras gelegd",
    delivered=date(2026, 10, 9),
)
BY_LAW = frozenset({Step.FOURTEEN_DAY_LETTER, Step.FINAL_DEMAND})


def line(invoice: Invoice, step: Step, paid: Decimal = ZERO) -> ReminderLine:
    """An invoice in a reminder on 21 November."""
    return ReminderLine(
        invoice=invoice,
        step=step,
        unpaid=invoice.amount - paid,
        paid=paid,
        days_late=(ON - invoice.due).days,
    )


def reminder(
    step: Step = Step.REMINDER,
    *lines: ReminderLine,
    debtor: Debtor = LOTTE,
    credit: Decimal = ZERO,
    earlier: EarlierContact | None = None,
    light: bool = False,
    key: str = "0123456789abcdef0123456789abcdef01234567",
) -> Reminder:
    """A reminder on 21 November; about the hedge when no line is given."""
    lines = lines or (line(HEDGE, step),)
    return Reminder(
        debtor=debtor,
        step=step,
        lines=lines,
        total=sum((each.unpaid for each in lines), ZERO) - credit,
        pay_by=date(2026, 12, 7) if step in BY_LAW else date(2026, 11, 27),
        on=ON,
        key=key,
        credit=credit,
        credit_lines=(CreditLine(number="C-0007", amount=credit),) if credit else (),
        costs=Decimal("40.00") if step is Step.FOURTEEN_DAY_LETTER else None,
        earlier=earlier,
        light=light,
    )
