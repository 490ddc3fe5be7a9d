"""Money we move ourselves: what we collect, what of it comes back, and credit notes we pay out."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from matching_world.bills import Bill
from matching_world.bookings import Booking
from matching_world.days import working
from matching_world.habits import Amount, Payer, Text
from matching_world.numbers import in_words

_COLLECTED = (Amount.COLLECTED.value, Payer.OWN.value)


def collected(random: Random, bill: Bill) -> Booking:
    """Our direct debit for this invoice, with the end-to-end id we gave it."""
    bill.open = 0
    return Booking(
        day=working(bill.due),
        cents=bill.cents,
        name=bill.person.own.name,
        iban=bill.person.own.iban,
        text=f"Factuur {bill.name}",
        end_to_end=f"INC{bill.number.digits}" if random.random() < 0.5 else bill.name,
        mandate=f"M-{bill.person.debtor.number}",
        truth={bill.name: bill.cents},
        evidence="eigen incasso",
        habits=(Text.RIGHT.value, *_COLLECTED),
    )


def bounced(random: Random, taken: Booking, bill: Bill) -> Booking:
    """The bank takes a collection back: the invoice is open again."""
    bill.open = bill.cents
    return replace(
        taken,
        day=working(taken.day + timedelta(random.randrange(1, 20))),
        cents=-bill.cents,
        truth={bill.name: -bill.cents},
        evidence="storno",
        habits=("storno", *_COLLECTED),
        return_code=random.choice(("MD06", "AM04", "MS03", "AC04")),
    )


def paid_out(random: Random, note: Bill) -> Booking:
    """We pay a credit note back."""
    cents = note.open
    note.open = 0
    return Booking(
        day=working(note.day + timedelta(random.randrange(10, 60))),
        cents=cents,
        name=note.person.own.name,
        iban=note.person.own.iban,
        text=in_words(random, note.name) if random.random() < 0.5 else f"creditnota {note.name}",
        truth={note.name: cents},
        evidence="creditfactuur uitbetaald",
        habits=(Text.RIGHT.value, Amount.PAID_OUT.value, Payer.OWN.value),
    )
