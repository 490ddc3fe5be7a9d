"""Our own letters: every kind of debtor gets one that fits, and some read in full as a customer would."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from email import message_from_bytes, policy
from itertools import product

import pytest

from debiteuren.domain.contact import ContactKind
from debiteuren.domain.debtor import Channel, Debtor, DebtorKind, Form, Language, Tone
from debiteuren.domain.reminder import EarlierContact, Letter, Reminder, ReminderLine
from debiteuren.domain.settings import Step
from debiteuren.mail.letters import render
from debiteuren.mail.letters.overview import ELSEWHERE, lateness, others_rows
from debiteuren.mail.message import message_of
from debiteuren.mail.wording import money, with_weekday
from debiteuren.rules.tone import check_letter
from mail.letter_samples import EVERY, FOLDER, HISTORY, OTHERS, PLAN, in_full
from reminder_examples import BAKERY, COMPANY, HEDGE, LOTTE, PATIO, SETTINGS, line, reminder

MOMENT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
STEPS = (Step.REMINDER, Step.SECOND_REMINDER, Step.FOURTEEN_DAY_LETTER, Step.FINAL_DEMAND)
PROMISE = EarlierContact(kind=ContactKind.CONVERSATION, day=date(2026, 11, 9), promised_on=date(2026, 11, 13))
EARLIER = (
    None,
    PROMISE,
    replace(PROMISE, promised_amount=Decimal("50.00")),
    EarlierContact(kind=ContactKind.CONVERSATION, day=date(2026, 11, 9)),
    EarlierContact(kind=ContactKind.REMINDER, day=date(2026, 11, 4)),
    EarlierContact(kind=ContactKind.CONFIRMATION, day=date(2026, 10, 30), arrangement=True),
    PLAN,
)


def debtors() -> list[Debtor]:
    """Every kind of debtor a letter can be for."""
    names = (("Lotte", "Lotte Bakker"), ("", "Lotte Bakker"), ("", ""))
    return [
        replace(LOTTE, form=form, tone=tone, kind=kind, channel=channel, first_name=first, name=name)
        for form, tone, kind, channel, (first, name) in product(
            Form, Tone, (*DebtorKind, None), (Channel.EMAIL, Channel.POST), names
        )
    ]


def shapes(step: Step) -> list[tuple[tuple[ReminderLine, ...], Decimal]]:
    """One invoice; one paid in part; two with a credit note; two at two steps; bare; with a discount."""
    bare = replace(HEDGE, description="", delivered=None)
    return [
        ((line(HEDGE, step),), Decimal("0.00")),
        ((line(HEDGE, step, Decimal("50.00")),), Decimal("0.00")),
        ((line(HEDGE, step), line(PATIO, step)), Decimal("20.00")),
        ((line(HEDGE, step), line(PATIO, Step.REMINDER)), Decimal("0.00")),
        ((line(bare, step),), Decimal("0.00")),
        ((replace(line(HEDGE, step), discount=Decimal("5.00"), set_off=Decimal("3.00")),), Decimal("0.00")),
    ]


def remarks(letter_of: Reminder, language: Language = Language.NL) -> list[str]:
    debtor = replace(letter_of.debtor, language=language)
    case = replace(letter_of, debtor=debtor)
    letter, problems = render(case, SETTINGS, paper=debtor.channel is Channel.POST)
    found = check_letter(
        letter.text,
        letter.subject,
        case.step,
        debtor.form,
        amount=case.total,
        days=(with_weekday(case.pay_by, language),),
        iban=COMPANY.iban,
        costs=case.costs,
        language=language,
        shown=lambda amount: money(amount, language),
    )
    missing = [number.invoice.number for number in case.lines if number.invoice.number not in letter.text]
    broken = [
        sign
        for sign in ("{{", "{%", "None", "  ", " ,", " .", "\ue001", "\ue002")
        if sign in prose(letter.text)
    ]
    changed = [] if debtor.channel is Channel.POST else changed_on_the_way(letter, case)
    return [*map(str, found), *missing, *broken, *map(str, problems), *changed]


def changed_on_the_way(letter: Letter, case: Reminder) -> list[str]:
    """Which of its parts another mail program would read differently."""
    message = message_from_bytes(message_of(letter, case, COMPANY, MOMENT), policy=policy.default)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    read = {
        "subject": (message["Subject"], letter.subject),
        "text": (text.get_content().replace("\r\n", "\n"), letter.text),
        "html": (html.get_content().replace("\r\n", "\n").rstrip(), letter.html.rstrip()),
        "to": ([each.addr_spec for each in message["To"].addresses], [case.debtor.email]),
        "language": (message["Content-Language"], case.debtor.language.value),
    }
    return [name for name, (found, written) in read.items() if found != written]


def prose(text: str) -> str:
    """The text without the aligned table."""
    headings = ("Dagen te laat", "Days late", "Tage zu spät", *ELSEWHERE.values())
    return "\n\n".join(
        part for part in text.split("\n\n") if not any(heading in part for heading in headings)
    )


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("language", Language)
def test_every_letter_passes_the_tone_check_for_every_debtor(step: Step, language: Language) -> None:
    for count, debtor in enumerate(debtors()):
        lines, credit = shapes(step)[count % len(shapes(step))]
        earlier = EARLIER[count % len(EARLIER)]
        light = debtor.tone is Tone.LIGHT and step is Step.REMINDER
        letter = reminder(step, *lines, debtor=debtor, credit=credit, earlier=earlier, light=light)
        assert remarks(letter, language) == []


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("language", Language)
def test_every_shape_of_letter_with_every_earlier_word(step: Step, language: Language) -> None:
    for (lines, credit), earlier, form in product(shapes(step), EARLIER, Form):
        case = reminder(step, *lines, debtor=replace(LOTTE, form=form), credit=credit, earlier=earlier)
        everything = replace(case, history=HISTORY, others=OTHERS, interest=Decimal("12.34"))
        assert remarks(case, language) == []
        assert remarks(everything, language) == []


@pytest.mark.parametrize("name", EVERY)
def test_a_letter_in_full(name: str) -> None:
    """Read by a person; `mail.letter_samples` writes them anew."""
    assert in_full(name) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_no_letter_lies_about_that_is_not_compared() -> None:
    assert {path.stem for path in FOLDER.glob("*")} == set(EVERY)


def test_costs_are_announced_only_over_the_invoices_in_that_step() -> None:
    lines = line(HEDGE, Step.FOURTEEN_DAY_LETTER), line(PATIO, Step.REMINDER)
    letter, _ = render(reminder(Step.FOURTEEN_DAY_LETTER, *lines), SETTINGS)
    assert "Betaalt u € 98,75 voor factuur 2026-0311 binnen veertien dagen vanaf de dag nadat" in letter.text
    assert "is berekend over € 98,75." in letter.text
    assert "Voor factuur 2026-0325 is dit een gewone herinnering." in letter.text


def test_many_invoices_at_another_step_are_not_listed_again() -> None:
    others = [line(replace(PATIO, number=f"P{count}"), Step.REMINDER) for count in range(4)]
    letter, _ = render(reminder(Step.SECOND_REMINDER, line(HEDGE, Step.SECOND_REMINDER), *others), SETTINGS)
    assert "\nVoor de andere facturen is dit een gewone herinnering.\n" in letter.text


def test_a_final_demand_to_a_business_without_a_contact_person() -> None:
    debtor = replace(BAKERY, tone=Tone.BUSINESSLIKE)
    letter, _ = render(reminder(Step.FINAL_DEMAND, debtor=debtor), SETTINGS)
    assert letter.subject == "Laatste aanmaning factuur 2026-0311 (€ 98,75)"
    assert letter.text.startswith("Geachte heer, mevrouw,\n\n")
    assert "uiterlijk maandag 7 december 2026" in letter.text
    assert "dan geven we de vordering uit handen. De incassokosten en de rente" in letter.text
    assert "Wij lossen het liever samen met u op." in letter.text


@pytest.mark.parametrize(
    ("debtor", "greeting"),
    [
        pytest.param(LOTTE, "Beste Lotte,", id="first name"),
        pytest.param(replace(LOTTE, first_name="LOTTE"), "Beste Lotte,", id="shouted"),
        pytest.param(replace(LOTTE, first_name="jan-willem"), "Beste Jan-Willem,", id="lower case"),
        pytest.param(
            replace(LOTTE, first_name="J.P.", last_name="de Vries"), "Beste J.P. de Vries,", id="initials"
        ),
        pytest.param(
            replace(LOTTE, first_name="J.P.", last_name=""), "Beste Lotte Bakker,", id="initials alone"
        ),
        pytest.param(
            replace(LOTTE, first_name="J.P.", last_name="de Vries", tone=Tone.BUSINESSLIKE),
            "Geachte heer of mevrouw De Vries,",
            id="initials, businesslike",
        ),
        pytest.param(
            replace(LOTTE, first_name="A", last_name="", name="Mevrouw A. Post"),
            "Beste mevrouw A. Post,",
            id="a title",
        ),
        pytest.param(
            replace(LOTTE, first_name="J.P.", last_name="Vries", language=Language.EN),
            "Dear J.P. Vries,",
            id="initials in English",
        ),
        pytest.param(
            replace(LOTTE, first_name="J.P.", last_name="Vries", language=Language.DE),
            "Guten Tag J.P. Vries,",
            id="initials in German",
        ),
        pytest.param(replace(LOTTE, first_name="http://x.example"), "Beste Lotte Bakker,", id="no name"),
        pytest.param(replace(LOTTE, first_name="{{ 7*7 }}"), "Beste Lotte Bakker,", id="a template"),
        pytest.param(replace(LOTTE, first_name="<b>Lotte</b>"), "Beste Lotte Bakker,", id="markup"),
        pytest.param(BAKERY, "Beste mensen van Bakkerij van Dam,", id="business"),
        pytest.param(replace(BAKERY, tone=Tone.BUSINESSLIKE), "Geachte heer, mevrouw,", id="businesslike"),
        pytest.param(replace(BAKERY, name="\n\u202e"), "Goedendag,", id="nothing"),
    ],
)
def test_the_greeting(debtor: Debtor, greeting: str) -> None:
    letter, _ = render(reminder(debtor=debtor), SETTINGS)
    assert letter.text.split("\n")[0] == greeting


def test_a_light_word_only_where_it_fits() -> None:
    playful, _ = render(reminder(debtor=replace(LOTTE, tone=Tone.LIGHT), light=True), SETTINGS)
    plain, _ = render(reminder(debtor=replace(LOTTE, tone=Tone.LIGHT)), SETTINGS)
    assert "verstoppertje" in playful.text
    assert plain == render(reminder(), SETTINGS)[0]


def test_many_invoices_are_counted_in_the_subject() -> None:
    lines = [line(replace(HEDGE, number=f"2026-{number:04}"), Step.REMINDER) for number in range(311, 318)]
    letter, _ = render(reminder(Step.REMINDER, *lines), SETTINGS)
    assert letter.subject.startswith("Facturen 2026-0311, 2026-0312 en nog 5 (€ 691,25)")
    assert "met de factuurnummers erbij?" in letter.text


def test_without_an_account_the_letter_points_to_the_invoice() -> None:
    settings = replace(SETTINGS, company=replace(COMPANY, iban=""))
    letter, _ = render(reminder(), settings)
    assert "overmaken naar de rekening die op de factuur staat" in letter.text
    assert "cid:" not in letter.html


HOSTILE = "<script>alert(1)</script>\"' {{ 7*7 }} {% raw %}\r\nBcc: x@y.example\u202e\ue001"


def test_words_from_outside_are_words_only() -> None:
    invoice = replace(HEDGE, number=f"F{HOSTILE}", description=HOSTILE, reference=HOSTILE)
    debtor = replace(BAKERY, name=HOSTILE, last_name=HOSTILE)
    earlier = EARLIER[-1]
    for paper in (False, True):
        letter, _ = render(
            reminder(
                Step.REMINDER,
                line(invoice, Step.REMINDER),
                line(PATIO, Step.REMINDER),
                debtor=debtor,
                earlier=earlier,
            ),
            replace(SETTINGS, company=replace(COMPANY, name=HOSTILE, signature=HOSTILE, phone=HOSTILE)),
            paper=paper,
        )
        assert "<script" not in letter.html
        assert "{{ 7*7 }}" in letter.text
        assert "49" not in letter.subject
        assert "\n" not in letter.subject
        assert not any(line.startswith("Bcc:") for line in letter.text.splitlines())
        assert "\u202e" not in letter.text + letter.html + letter.subject
        assert letter.text.count("Dagen te laat") == 1


def test_a_letter_on_paper_carries_addresses_and_the_code_itself() -> None:
    debtor = replace(LOTTE, channel=Channel.POST, address="Dorpsstraat 1", postcode="1234 AB", city="Ede")
    letter, _ = render(reminder(debtor=debtor), SETTINGS, paper=True)
    assert "Lotte Bakker<br>Dorpsstraat 1<br>1234 AB Ede" in letter.html
    assert "Zutphen, 21 november 2026" in letter.html
    assert 'src="data:image/png;base64,' in letter.html
    assert "beantwoord deze mail" not in letter.text
    assert "bijlage" not in letter.text


def test_amounts_and_numbers_are_not_broken_off_and_stay_words() -> None:
    debtor = replace(LOTTE, first_name="", name="<b>€ 12,00</b> 2026-99")
    letter, _ = render(reminder(debtor=debtor), SETTINGS)
    unbroken = '<span style="white-space:nowrap">'
    assert f"betaling van {unbroken}€ 98,75</span> nog" in letter.html
    assert f"factuur {unbroken}2026-0311</span> van" in letter.html
    assert f"&lt;b&gt;{unbroken}€ 12,00</span>&lt;/b&gt; {unbroken}2026-99</span>" in letter.html
    assert "&lt;span" not in letter.html


def test_the_lines_of_the_statement_add_up_to_its_last() -> None:
    case = replace(reminder(), others=OTHERS)
    rows = others_rows(case)
    assert [row[3] for row in rows] == ["€ 300,00", "€ 1.210,00", "€ 45,38", "€ 98,75", "€ 1.654,13"]
    assert [row[0] for row in rows[-2:]] == ["Hierboven gevraagd", "Alles bij elkaar"]
    assert others_rows(reminder()) == []


@pytest.mark.parametrize(
    ("days", "shown"),
    [(-1, ""), (0, ""), (1, "1 dag te laat"), (2, "2 dagen te laat"), (19, "19 dagen te laat")],
)
def test_how_late_an_invoice_is_stands_under_its_last_day(days: int, shown: str) -> None:
    case = replace(line(HEDGE, Step.REMINDER), days_late=days)
    assert lateness(case, Language.NL) == shown
    letter, _ = render(reminder(Step.REMINDER, case, line(PATIO, Step.REMINDER)), SETTINGS)
    assert letter.html.count(" te laat</span>") == (2 if shown else 1)


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        pytest.param(Language.NL, "met betalingskenmerk 3418826520260148 erbij?", id="Dutch"),
        pytest.param(Language.EN, "quoting reference 3418826520260148?", id="English"),
        pytest.param(Language.DE, "mit dem Verwendungszweck 3418826520260148?", id="German"),
    ],
)
def test_a_reference_is_called_one_and_a_number_is_not(language: Language, asked: str) -> None:
    debtor = replace(LOTTE, language=language)
    own = line(replace(HEDGE, reference="3418826520260148"), Step.REMINDER)
    letter, _ = render(reminder(Step.REMINDER, own, debtor=debtor), SETTINGS)
    plain, _ = render(reminder(debtor=debtor), SETTINGS)
    assert asked in letter.text
    assert asked.replace("betalingskenmerk ", "").replace("reference ", "").replace(
        "3418826520260148", HEDGE.number
    ) in (plain.text)
