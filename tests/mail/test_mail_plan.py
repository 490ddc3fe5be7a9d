"""Letters about an arrangement: what each shows, and that its payment codes are the right ones."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from email import message_from_bytes, policy
from itertools import product

import pytest

from debiteuren.domain.arrangement_letter import ArrangementLetterKind, Debt
from debiteuren.domain.debtor import Channel, Form, Language, Tone
from debiteuren.domain.settings import ARRANGEMENT_CONSEQUENCE, ARRANGEMENT_TERMS
from debiteuren.mail.drafts.graph import message_body
from debiteuren.mail.drafts.mail_parts import parts_of
from debiteuren.mail.drafts.mailbox import Waiting
from debiteuren.mail.letters import render_arrangement
from debiteuren.mail.message import message_of
from mail.plan_samples import letter, state
from reminder_examples import COMPANY, LOTTE, SETTINGS

MOMENT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
KINDS = ArrangementLetterKind
HOSTILE = "<script>x</script> {{ 7*7 }}\r\nBcc: x@y.example\u202e\ue001"


def asked(codes: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """What each payment code asks."""
    return {name: content.split("\n")[7] for name, content in codes}


@pytest.mark.parametrize(
    ("kind", "paid", "expected"),
    [
        (
            KINDS.CONFIRMATION,
            "0.00",
            {"betaalcode1": "EUR450.00", "betaalcode2": "EUR450.00", "betaalcode3": "EUR448.75"},
        ),
        (
            KINDS.CONFIRMATION,
            "200.00",
            {"betaalcode1": "EUR250.00", "betaalcode2": "EUR450.00", "betaalcode3": "EUR448.75"},
        ),
        (KINDS.CONFIRMATION, "450.00", {"betaalcode2": "EUR450.00", "betaalcode3": "EUR448.75"}),
        (KINDS.NOTICE, "200.00", {"betaalcode": "EUR250.00"}),
        (KINDS.BROKEN, "200.00", {"betaalcode": "EUR1148.75"}),
        (KINDS.THANKS, "200.00", {}),
    ],
)
def test_each_code_asks_what_is_still_to_be_paid(
    kind: ArrangementLetterKind, paid: str, expected: dict[str, str]
) -> None:
    about = state(paid)
    made = render_arrangement(letter(kind, state=about, instalment=about.instalments[0]), SETTINGS)
    assert asked(made.codes) == expected
    assert all(f"cid:{name}" in made.html for name in expected)
    assert made.html.count("cid:") == len(expected)


def test_every_code_travels_with_the_message() -> None:
    about = letter(KINDS.CONFIRMATION)
    message = message_from_bytes(
        message_of(render_arrangement(about, SETTINGS), about, COMPANY, MOMENT), policy=policy.default
    )
    pictures = [part for part in message.walk() if part.get_content_type() == "image/png"]
    assert [part["Content-ID"] for part in pictures] == [f"<betaalcode{count}>" for count in (1, 2, 3)]
    assert len({part.get_content() for part in pictures}) == 2  # two instalments are of the same amount
    assert message["To"] == "Lotte Bakker <lotte@bakker.example>"


@pytest.mark.parametrize(
    ("language", "none", "further"),
    [
        (Language.NL, "geen rente of kosten", "verder geen rente of kosten"),
        (Language.EN, "no interest or costs", "no further interest or costs"),
        (Language.DE, "keine Zinsen oder Kosten", "keine weiteren Zinsen oder Kosten"),
    ],
)
def test_a_confirmation_with_agreed_costs_does_not_say_that_there_are_none(
    language: Language, none: str, further: str
) -> None:
    debtor = replace(LOTTE, language=language)
    agreed, bare = (
        render_arrangement(letter(KINDS.CONFIRMATION, debtor, state=state(costs=costs)), SETTINGS).text
        for costs in (Decimal("40.00"), Decimal("0.00"))
    )
    assert further in agreed
    assert further not in bare
    assert none in bare


@pytest.mark.parametrize("kind", KINDS)
def test_only_a_confirmation_asks_for_a_receipt_in_every_mailbox(kind: ArrangementLetterKind) -> None:
    about = letter(kind, instalment=state().instalments[0])
    made = render_arrangement(about, SETTINGS)
    asks = kind is KINDS.CONFIRMATION
    content = message_of(made, about, COMPANY, MOMENT)
    message = message_from_bytes(content, policy=policy.default)
    assert message["Disposition-Notification-To"] == (COMPANY.email if asks else None)
    assert parts_of(content).receipt is asks
    assert message_body(Waiting("a" * 40, content))["isReadReceiptRequested"] is asks
    assert (
        message_from_bytes(
            message_of(made, about, replace(COMPANY, email=""), MOMENT), policy=policy.default
        )["Disposition-Notification-To"]
        is None
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_for_every_debtor(kind: ArrangementLetterKind) -> None:
    bare = replace(COMPANY, iban="", phone="", signature="")
    for language, form, tone, channel, company in product(
        Language, Form, Tone, (Channel.EMAIL, Channel.POST), (COMPANY, bare)
    ):
        debtor = replace(LOTTE, language=language, form=form, tone=tone, channel=channel)
        about = letter(kind, debtor, instalment=state().instalments[0])
        made = render_arrangement(about, replace(SETTINGS, company=company))
        assert not [
            sign for sign in ("{{", "{%", "None", " ,", " .", "\ue001", "\ue002") if sign in made.text
        ]
        assert "2026-0311" in made.text
        assert made.html.startswith("<!DOCTYPE html>")
        assert (made.codes == ()) is (channel is Channel.POST or not company.iban or kind is KINDS.THANKS)


def test_on_paper_the_codes_stand_in_the_page() -> None:
    debtor = replace(LOTTE, channel=Channel.POST, address="Dorpsstraat 1", postcode="1234 AB", city="Ede")
    made = render_arrangement(letter(KINDS.CONFIRMATION, debtor), SETTINGS)
    assert made.html.count('src="data:image/png;base64,') == 3
    assert "Lotte Bakker<br>Dorpsstraat 1<br>1234 AB Ede" in made.html


def test_words_from_outside_are_words_only() -> None:
    about = letter(
        KINDS.CONFIRMATION,
        replace(LOTTE, first_name="", name=HOSTILE),
        state=state(terms=HOSTILE, consequence=HOSTILE),
        debts=(Debt(HOSTILE, Decimal("10.00")),),
    )
    made = render_arrangement(about, SETTINGS)
    assert "<script" not in made.html
    assert "49" not in made.subject
    assert "\n" not in made.subject
    assert not any(line.startswith("Bcc:") for line in made.text.splitlines())
    assert "\u202e" not in made.text + made.html


def test_a_trial_to_oneself_is_marked() -> None:
    made = render_arrangement(letter(KINDS.THANKS, test_for="Lotte"), SETTINGS)
    assert made.subject.startswith("[Proef] ")
    assert made.text.startswith("Proef, alleen voor uzelf. De echte brief is voor Lotte.")


def test_the_standard_terms_are_said_once_and_the_consequence_ends_a_sentence_of_ours() -> None:
    consequence = ARRANGEMENT_CONSEQUENCE.format(missers="2 gemiste termijnen", dagen="14 dagen")
    about = letter(KINDS.CONFIRMATION, state=state(terms=ARRANGEMENT_TERMS, consequence=consequence))
    text = render_arrangement(about, SETTINGS).text
    assert "Wat we verder afspraken" not in text
    assert "niet op zijn dag binnen: bij 2 gemiste termijnen, of als" in text
    assert text.count("rechten") == 1
    own = letter(
        KINDS.CONFIRMATION, state=state(consequence="KvK-uittreksel volgt.", terms="Vooraf betalen.")
    )
    text = render_arrangement(own, SETTINGS).text
    assert "niet op zijn dag binnen: kvK" not in text
    assert "Wat we verder afspraken: vooraf betalen. De genoemde dagen" in text
    assert text.count("rechten") == 1
