"""What happened at the demo company up to a day, as the scenes tell it.

Answers: which bills, contacts, bookings and arrangements there are, and what the rules must say of them.
Leaves to others: what happens (history.py and the scenes), numbering and rows (company.py).
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from random import Random

from debiteuren.demo.days import DAY, Calendar, bank_day_back, workday_back
from debiteuren.demo.facts import Bill, Booking, CashPayment, Deal, Means, Talk
from debiteuren.demo.people import OWN_IBANS, PEOPLE, OwnBank
from debiteuren.demo.works import Price, pick
from debiteuren.domain.contact import LETTERS, ContactKind, DraftState, Outcome
from debiteuren.domain.debtor import Channel
from debiteuren.domain.invoice import Action, Block, InvoiceStatus
from debiteuren.domain.money import ZERO

HISTORY_DAYS = 270
"""How far the books go back: some nine months."""
_LETTERS_APART = 5 * DAY


@dataclass(slots=True)
class Story:
    """Everything that happened, in the order the scenes told it."""

    on: date
    random: Random = field(init=False)
    calendar: Calendar = field(init=False)
    bills: list[Bill] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    bookings: list[Booking] = field(default_factory=list)
    deals: list[Deal] = field(default_factory=list)
    cash: list[CashPayment] = field(default_factory=list)
    expected: dict[Bill, tuple[InvoiceStatus, Action]] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    """Debtors whose letter must wait: money came in that is not placed yet."""
    no_reminders_until: dict[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """The same day always gives the same story."""
        self.random = Random(self.on.toordinal())  # noqa: S311 - made-up figures, no secret
        self.calendar = Calendar(self.on)

    def chance(self, times: int, out_of: int) -> bool:
        """True so many times out of so many."""
        return self.random.randrange(out_of) < times

    def bank_known_until(self, account: OwnBank) -> date:
        """The last bank day in the account's file: yesterday's, for ING the one before."""
        last = self.calendar.bank_day_ago(1)
        return bank_day_back(last - DAY) if account is OwnBank.ING else last

    def bill(
        self,
        number: str,
        issued: date,
        *,
        price: Price | None = None,
        text: str = "",
        small: bool = True,
        term: int | None = None,
        about: Bill | None = None,
        block: Block | None = None,
        block_until: date | None = None,
        block_reason: str = "",
    ) -> Bill:
        """An invoice to debtor `number`; what is not given is thought up."""
        person = PEOPLE[number]
        job, usual = pick(self.random, issued, small=small)
        made = Bill(
            serial=len(self.bills),
            person=person,
            issued=issued,
            due=issued + (person.term_days if term is None else term) * DAY,
            price=price or usual,
            text=text or job,
            delivered=workday_back(issued - self.random.choice((0, 0, 1, 1, 2, 3, 5)) * DAY),
            due_typed=term is not None or self.chance(6, 7),
            with_reference=about is None and not person.is_consumer,
            about=about,
            block=block,
            block_until=block_until,
            block_reason=block_reason,
        )
        self.bills.append(made)
        return made

    def expect(self, status: InvoiceStatus, action: Action, *bills: Bill) -> None:
        """What the rules must say of these bills."""
        self.expected.update(dict.fromkeys(bills, (status, action)))

    def letter(self, kind: ContactKind, day: date, *bills: Bill, draft: DraftState = DraftState.SENT) -> None:
        """A letter in the afternoon of `day`; a void draft is one that the owner threw away."""
        person = bills[0].person
        channel = Channel.POST if person.channel is Channel.POST else Channel.EMAIL
        moment = datetime.combine(day, time(15, 5 * self.random.randrange(12)))
        made = draft if kind in LETTERS else None
        self._log(Talk(moment=moment, person=person, bills=bills, kind=kind, channel=channel, draft=made))

    def is_quiet(self, number: str, day: date) -> bool:
        """No letter to this debtor lies so near that another on `day` would be too soon."""
        return all(
            abs(talk.moment.date() - day) > _LETTERS_APART
            for talk in self.talks
            if talk.person.number == number and talk.draft is DraftState.SENT
        )

    def small_talk(self, day: date, number: str, note: str) -> None:
        """A contact that is not about money."""
        self._log(
            Talk(
                moment=datetime.combine(day, time(11, 15)),
                person=PEOPLE[number],
                bills=(),
                kind=ContactKind.OTHER,
                channel=Channel.PHONE,
                note=note,
            )
        )

    def call(
        self,
        day: date,
        *bills: Bill,
        outcome: Outcome | None = None,
        promised_on: date | None = None,
        promised_amount: Decimal | None = None,
        reason: str = "",
        note: str = "",
    ) -> None:
        """A telephone call on `day`."""
        moment = datetime.combine(day, time(9, 35 + self.random.randrange(25)))
        self._log(
            Talk(
                moment=moment,
                person=bills[0].person,
                bills=bills,
                kind=ContactKind.CONVERSATION,
                channel=Channel.PHONE,
                outcome=outcome,
                promised_on=promised_on,
                promised_amount=promised_amount,
                reason=reason,
                note=note,
            ),
        )

    def _log(self, talk: Talk) -> None:
        if talk.moment.date() > self.on:
            raise ValueError(f"a contact after {self.on}: {talk}")
        self.talks.append(talk)

    def pay(
        self,
        day: date,
        *bills: Bill,
        amount: Decimal | None = None,
        text: str = "{0}",
        by_reference: bool = False,
        account: OwnBank | None = None,
    ) -> date:
        """A transfer by the debtor on the last bank day up to `day`; gives that day.

        Without `amount` all of the bills' totals. Bank data that is not in yet is no payment.
        """
        person = bills[0].person
        account = account or person.pays_to
        booked = bank_day_back(min(day, self.bank_known_until(account)))
        self.book(
            account,
            booked,
            sum((bill.total for bill in bills), ZERO) if amount is None else amount,
            name=person.name,
            iban=person.iban,
            text="" if by_reference else text,
            bills=bills,
            by_reference=by_reference,
        )
        return booked

    def book(
        self,
        account: OwnBank,
        day: date,
        amount: Decimal,
        *,
        name: str = "",
        iban: str = "",
        text: str = "",
        bills: tuple[Bill, ...] = (),
        by_reference: bool = False,
        means: Means = Means.TRANSFER,
        end_to_end: str = "",
        mandate: str = "",
        return_code: str = "",
        kenmerk: str = "",
    ) -> None:
        """A line on our account; a day for which the account's file has no data yet is left out."""
        if day > self.bank_known_until(account):
            return
        self.bookings.append(
            Booking(
                serial=len(self.bookings),
                account=account,
                day=day,
                amount=amount,
                name=name,
                iban=iban,
                text=text,
                bills=bills,
                by_reference=by_reference,
                means=means,
                end_to_end=end_to_end,
                mandate=mandate,
                return_code=return_code,
                kenmerk=kenmerk,
            )
        )

    def transfer(self, day: date, source: OwnBank, target: OwnBank, amount: Decimal) -> None:
        """Money from one account of ours to another, when both their files know that day."""
        if day > min(self.bank_known_until(account) for account in (source, target)):
            return
        for account, other, signed in ((source, target, -amount), (target, source, amount)):
            self.book(
                account,
                day,
                signed,
                name="Hoveniersbedrijf De Linde",
                iban=OWN_IBANS[other],
                text="Overboeking eigen rekening",
            )
