"""Letters read in full by a person: for each the reminder it is for, beside the file it must read like.

`PYTHONPATH=tests python -m mail.letter_samples` writes the files anew; read what changed before you keep it.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from debiteuren.domain.contact import ContactKind
from debiteuren.domain.debtor import Channel, Form, Language, Tone
from debiteuren.domain.reminder import EarlierContact, OtherInvoice, Reminder
from debiteuren.domain.settings import Step
from debiteuren.mail.letters import render, render_arrangement
from mail.plan_samples import SAMPLES as PLANS
from reminder_examples import BAKERY, HEDGE, LOTTE, PATIO, SETTINGS, line, reminder

FOLDER = Path(__file__).parent / "letters"
FIRST, SECOND = Step.REMINDER, Step.SECOND_REMINDER
LAW, LAST = Step.FOURTEEN_DAY_LETTER, Step.FINAL_DEMAND
PROMISE = EarlierContact(kind=ContactKind.CONVERSATION, day=date(2026, 11, 9), promised_on=date(2026, 11, 13))
PLAN = EarlierContact(
    kind=ContactKind.CONFIRMATION,
    day=date(2026, 10, 30),
    arrangement=True,
    missed_on=date(2026, 11, 6),
    missed_amount=Decimal("250.00"),
)
HISTORY = (
    EarlierContact(kind=ContactKind.REMINDER, day=date(2026, 11, 4)),
    EarlierContact(kind=ContactKind.CONVERSATION, day=date(2026, 11, 11)),
    EarlierContact(kind=ContactKind.SECOND_REMINDER, day=date(2026, 11, 14)),
)
OTHERS = (
    OtherInvoice(
        number="2026-0290",
        issued=date(2026, 9, 1),
        due=date(2026, 10, 1),
        unpaid=Decimal("300.00"),
        arranged=True,
    ),
    OtherInvoice(
        number="2026-0340", issued=date(2026, 11, 2), due=date(2026, 12, 2), unpaid=Decimal("1210.00")
    ),
    OtherInvoice(
        number="2026-0346", issued=date(2026, 11, 9), due=date(2026, 12, 9), unpaid=Decimal("45.38")
    ),
)
JE = replace(LOTTE, form=Form.JE)
EVA = replace(BAKERY, first_name="Eva", form=Form.JE)


def _in(language: Language, case: Reminder) -> Reminder:
    return replace(case, debtor=replace(case.debtor, language=language))


def _samples() -> dict[str, Reminder]:
    formal = replace(BAKERY, tone=Tone.BUSINESSLIKE)
    post = replace(JE, channel=Channel.POST, address="Dorpsstraat 1", postcode="1234 AB", city="Ede")
    both = line(HEDGE, FIRST), line(PATIO, FIRST)
    discounted = replace(
        line(HEDGE, FIRST, Decimal("50.00")), unpaid=Decimal("38.75"), discount=Decimal("10.00")
    )
    dutch = {
        "herinnering-vriendelijk-u": reminder(),
        "herinnering-zakelijk-twee-facturen": reminder(FIRST, *both, debtor=formal),
        "herinnering-luchtig-je": reminder(debtor=replace(JE, tone=Tone.LIGHT), light=True),
        "herinnering-deel-betaald-en-korting": reminder(FIRST, discounted),
        "herinnering-met-creditfactuur": reminder(FIRST, line(HEDGE, FIRST), credit=Decimal("20.00")),
        "herinnering-met-rekeningoverzicht": replace(reminder(debtor=EVA), others=OTHERS),
        "tweede-herinnering-na-toezegging": reminder(
            SECOND,
            line(HEDGE, SECOND, Decimal("50.00")),
            line(PATIO, FIRST),
            debtor=JE,
            credit=Decimal("20.00"),
            earlier=PROMISE,
        ),
        "tweede-herinnering-na-regeling": reminder(SECOND, line(PATIO, SECOND), earlier=PLAN),
        "tweede-herinnering-zakelijk": reminder(SECOND, debtor=formal, earlier=HISTORY[0]),
        "veertiendagenbrief-u": replace(reminder(LAW, earlier=HISTORY[1]), history=HISTORY),
        "veertiendagenbrief-je-per-post": reminder(LAW, debtor=post, earlier=PROMISE),
        "veertiendagenbrief-twee-stappen": reminder(LAW, line(HEDGE, LAW), line(PATIO, FIRST)),
        "laatste-aanmaning-zakelijk": replace(
            reminder(LAST, *(line(each, LAST) for each in (HEDGE, PATIO)), debtor=formal), history=HISTORY
        ),
        "laatste-aanmaning-je": reminder(LAST, debtor=EVA, earlier=PROMISE),
    }
    samples = {f"nl-{name}": case for name, case in dutch.items()}
    for language in (Language.EN, Language.DE):
        for name, case in dutch.items():
            if name != "veertiendagenbrief-je-per-post":
                samples[f"{language.value}-{name}"] = _in(language, case)
    return samples


SAMPLES = _samples()
EVERY = (*SAMPLES, *PLANS)


def in_full(name: str) -> str:
    """The letter as a customer reads it, its subject first."""
    if name in PLANS:
        plan = render_arrangement(PLANS[name], SETTINGS)
        return f"{plan.subject}\n\n{plan.text}"
    case = SAMPLES[name]
    paper = case.debtor.channel is Channel.POST
    letter, problems = render(case, SETTINGS, attached=0 if paper else len(case.lines), paper=paper)
    assert problems == ()
    return f"{letter.subject}\n\n{letter.text}"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    for each in EVERY:
        (FOLDER / f"{each}.txt").write_text(in_full(each), encoding="utf-8")
