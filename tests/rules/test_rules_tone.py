"""Words that do and do not fit a letter's step; facts a letter may not miss."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debiteuren.domain.debtor import Form, Language
from debiteuren.domain.settings import Step
from debiteuren.mail.wording import with_weekday
from debiteuren.rules.tone import LONGEST, Finding, check_letter

FACTS = "Wilt u € 98,75 uiterlijk vrijdag 27 november 2026 overmaken naar NL91 ABNA 0417 1643 00?"
TERM = "Betaalt u binnen veertien dagen vanaf de dag nadat deze brief bij u is bezorgd, dan geen € 40,00."
FIRST, SECOND = Step.REMINDER, Step.SECOND_REMINDER
LAW, LAST = Step.FOURTEEN_DAY_LETTER, Step.FINAL_DEMAND


def findings(
    sentence: str, step: Step = FIRST, form: Form = Form.U, subject: str = "Factuur"
) -> list[Finding]:
    text = f"{sentence} {FACTS}" + (f" {TERM}" if step is LAW else "")
    return list(
        check_letter(
            text.replace("Wilt u", "Graag") if form is Form.JE else text,
            subject,
            step,
            form,
            amount=Decimal("98.75"),
            days=(with_weekday(date(2026, 11, 27)),),
            iban="NL91ABNA0417164300",
            costs=Decimal("40.00") if step is LAW else None,
        )
    )


def rules(sentence: str, step: Step = FIRST, form: Form = Form.U) -> list[str]:
    return [finding.rule for finding in findings(sentence, step, form)]


@pytest.mark.parametrize(
    ("sentence", "step", "expected"),
    [
        pytest.param("Wij zien de betaling nog niet terug.", FIRST, [], id="friendly"),
        pytest.param("U moet nu betalen.", FIRST, ["B05"], id="must in the first letter"),
        pytest.param("De bedragen moeten binnen zijn.", FIRST, ["B05"], id="must, plural"),
        pytest.param("U moet nu betalen.", SECOND, [], id="must in a later letter (B07)"),
        pytest.param("Een ontmoeting is ook goed.", FIRST, [], id="must inside another word"),
        pytest.param("Er is geen haast bij.", FIRST, ["B12"], id="no hurry"),
        pytest.param("Er is geen haast bij.", LAST, ["B12"], id="no hurry, last letter"),
        pytest.param("Het zou fijn zijn wanneer u betaalt.", FIRST, ["B12"], id="would be nice"),
        pytest.param("Zou het kunnen dat u dit vergat?", FIRST, [], id="another would"),
        pytest.param("Hebt u onze factuur niet ontvangen?", FIRST, ["B08"], id="not received?"),
        pytest.param("Is de factuur wel aangekomen?", SECOND, ["B08"], id="arrived?"),
        pytest.param("Wij hebben uw betaling ontvangen.", FIRST, [], id="received, a statement"),
        pytest.param("Was de levering niet goed?", FIRST, ["B10"], id="delivery not good?"),
        pytest.param("Bent u ontevreden over ons werk?", SECOND, ["B10"], id="dissatisfied?"),
        pytest.param("Klopt er iets niet? Bel ons.", FIRST, [], id="something wrong? call us"),
        pytest.param("Dat is een leugen.", LAST, ["A17"], id="liar"),
        pytest.param("Dat is een smoes.", SECOND, ["A17"], id="excuse"),
        pytest.param("Dit is onacceptabel.", LAST, ["A07"], id="blame"),
        pytest.param("U weigert te betalen.", SECOND, ["A07"], id="refuses"),
        pytest.param("U bent in gebreke.", SECOND, ["A07"], id="in default, too early"),
        pytest.param("U bent in gebreke.", LAST, [], id="in default, last letter"),
        pytest.param("Anders komt de deurwaarder.", LAST, ["dreigen zonder grond"], id="bailiff"),
        pytest.param("Wij melden u bij het BKR.", LAST, ["dreigen zonder grond"], id="blacklist"),
        pytest.param("Wij geven het uit handen.", FIRST, ["dreigen zonder grond"], id="hand over, too early"),
        pytest.param("Wij geven het uit handen.", SECOND, ["dreigen zonder grond"], id="hand over, second"),
        pytest.param("Wij geven het uit handen.", LAST, [], id="hand over, last letter"),
        pytest.param("Er komen incassokosten bij.", FIRST, ["kosten te vroeg"], id="costs, first letter"),
        pytest.param("Er komt rente bij.", SECOND, ["kosten te vroeg"], id="interest, second letter"),
        pytest.param("Er komen incassokosten bij.", LAST, [], id="costs, last letter"),
        pytest.param("Wij rekenen administratiekosten.", LAST, ["kosten zonder grond"], id="other fees"),
        pytest.param("Betaal binnen 14 dagen na heden.", LAW, ["termijn onzeker"], id="from today"),
        pytest.param("Betaal in december.", LAW, [], id="law letter, safe"),
        pytest.param("Stuur je me een bericht?", FIRST, ["u en je door elkaar"], id="je to u"),
        pytest.param("Haal het jeugdbestuur erbij.", FIRST, [], id="je inside a word"),
        pytest.param("BETAAL NU!", FIRST, ["schreeuwen"], id="capitals"),
        pytest.param("Betaal nu!!", FIRST, ["schreeuwen"], id="two marks"),
        pytest.param("Bedankt alvast!", FIRST, [], id="one mark"),
        pytest.param("Uw IBAN en BTW staan erop.", FIRST, [], id="abbreviations"),
    ],
)
def test_words_that_do_not_fit(sentence: str, step: Step, expected: list[str]) -> None:
    assert rules(sentence, step) == expected


def test_u_in_a_letter_to_je_is_named() -> None:
    assert rules("Betaal even, dank u.", form=Form.JE) == ["u en je door elkaar"]


def test_the_subject_counts_too() -> None:
    assert [one.found for one in findings("Dag.", subject="U moet betalen")] == ["moet"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(FACTS, [], id="all there"),
        pytest.param(FACTS.replace("98,75", "98,70"), ["geen € 98,75"], id="another amount"),
        pytest.param(FACTS.replace("27 november", "snel"), ["geen dag"], id="no day"),
        pytest.param(FACTS.replace("0417", "0418"), ["geen IBAN"], id="another account"),
        pytest.param(FACTS.replace(" ABNA ", "ABNA"), [], id="account without spaces"),
    ],
)
def test_facts_a_letter_needs(text: str, expected: list[str]) -> None:
    found = check_letter(
        text,
        "Factuur",
        FIRST,
        Form.U,
        amount=Decimal("98.75"),
        days=("27 november 2026",),
        iban="NL91ABNA0417164300",
    )
    assert [one.found for one in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"{FACTS} {TERM}", [], id="right"),
        pytest.param(FACTS, ["geen veilige termijn", "geen exact bedrag aan kosten"], id="nothing"),
        pytest.param(
            f"{FACTS} {TERM}".replace("40,00", "40"), ["geen exact bedrag aan kosten"], id="rounded"
        ),
        pytest.param(
            f"{FACTS} {TERM}".replace("vanaf de dag nadat", "nadat"), ["geen veilige termijn"], id="term"
        ),
    ],
)
def test_a_14_day_letter_without_its_words_is_grave(text: str, expected: list[str]) -> None:
    found = check_letter(
        text,
        "Factuur",
        LAW,
        Form.U,
        amount=Decimal("98.75"),
        days=("27 november 2026",),
        iban="",
        costs=Decimal("40.00"),
    )
    assert [(one.found, one.grave) for one in found] == [(words, True) for words in expected]


@pytest.mark.parametrize(("size", "expected"), [(LONGEST, []), (LONGEST + 1, ["lengte"])])
def test_a_letter_has_an_end(size: int, expected: list[str]) -> None:
    text = FACTS + "x" * (size - len(FACTS))
    found = check_letter(
        text, "", FIRST, Form.U, amount=Decimal("98.75"), days=("27 november 2026",), iban=""
    )
    assert [one.rule for one in found] == expected


ENGLISH, GERMAN = Language.EN, Language.DE


@pytest.mark.parametrize(
    ("sentence", "language", "step", "expected"),
    [
        pytest.param("Moet dat?", ENGLISH, FIRST, [], id="Dutch words in English"),
        pytest.param("You must pay now.", ENGLISH, FIRST, ["B05"], id="must"),
        pytest.param("You must pay now.", ENGLISH, SECOND, [], id="must, later"),
        pytest.param("There is no rush.", ENGLISH, LAST, ["B12"], id="no rush"),
        pytest.param("Did you receive our invoice?", ENGLISH, FIRST, ["B08"], id="receive?"),
        pytest.param("Thank you for what we received.", ENGLISH, FIRST, [], id="received"),
        pytest.param("Were you not satisfied with our work?", ENGLISH, FIRST, ["B10"], id="satisfied?"),
        pytest.param("That is just an excuse.", ENGLISH, LAST, ["A17"], id="excuse"),
        pytest.param("This is unacceptable.", ENGLISH, LAST, ["A07"], id="unacceptable"),
        pytest.param("We will call the bailiff.", ENGLISH, LAST, ["dreigen zonder grond"], id="bailiff"),
        pytest.param("We will take legal action.", ENGLISH, SECOND, ["dreigen zonder grond"], id="legal"),
        pytest.param("We will take legal action.", ENGLISH, LAST, [], id="legal, last letter"),
        pytest.param("Interest will be added.", ENGLISH, FIRST, ["kosten te vroeg"], id="interest"),
        pytest.param("We charge a late fee.", ENGLISH, LAST, ["kosten zonder grond"], id="late fee"),
        pytest.param("Sie müssen zahlen.", GERMAN, FIRST, ["B05"], id="müssen"),
        pytest.param("Es eilt nicht.", GERMAN, FIRST, ["B12"], id="keine Eile"),
        pytest.param("Haben Sie die Rechnung nicht erhalten?", GERMAN, FIRST, ["B08"], id="erhalten?"),
        pytest.param("Das ist eine Ausrede.", GERMAN, LAST, ["A17"], id="Ausrede"),
        pytest.param("Das ist inakzeptabel.", GERMAN, LAST, ["A07"], id="inakzeptabel"),
        pytest.param("Dann kommt die Pfändung.", GERMAN, LAST, ["dreigen zonder grond"], id="Pfändung"),
        pytest.param("Dann kommt ein Anwalt.", GERMAN, FIRST, ["dreigen zonder grond"], id="Anwalt"),
        pytest.param("Es kommen Zinsen hinzu.", GERMAN, SECOND, ["kosten te vroeg"], id="Zinsen"),
        pytest.param("Eine Mahngebühr kommt hinzu.", GERMAN, LAST, ["kosten zonder grond"], id="Mahngebühr"),
        pytest.param("Schreib mir, wenn du magst.", GERMAN, FIRST, ["u en je door elkaar"], id="du to Sie"),
    ],
)
def test_words_in_english_and_german(
    sentence: str, language: Language, step: Step, expected: list[str]
) -> None:
    found = check_letter(
        f"{sentence} € 98,75 27 November", "", step, Form.U,
        amount=Decimal("98.75"), days=("27 November",), iban="", language=language,
    )  # fmt: skip
    assert [one.rule for one in found] == expected


@pytest.mark.parametrize(
    ("language", "text", "grave"),
    [
        pytest.param(
            ENGLISH, "within fourteen days starting on the day after this letter was delivered", [], id="en"
        ),
        pytest.param(ENGLISH, "within 14 days", ["14-dagenbrief"], id="en, no day"),
        pytest.param(
            ENGLISH, "within 14 days from today", ["termijn onzeker", "14-dagenbrief"], id="en, from today"
        ),
        pytest.param(GERMAN, "innerhalb von 14 Tagen ab dem Tag nach Zustellung", [], id="de"),
        pytest.param(
            GERMAN,
            "innerhalb von 14 Tagen ab heute",
            ["termijn onzeker", "14-dagenbrief"],
            id="de, from today",
        ),
    ],
)
def test_the_safe_term_in_english_and_german(language: Language, text: str, grave: list[str]) -> None:
    found = check_letter(
        f"{text} € 98,75 27 November € 40,00", "", LAW, Form.U,
        amount=Decimal("98.75"), days=("27 November",), iban="", costs=Decimal("40.00"), language=language,
    )  # fmt: skip
    assert [one.rule for one in found if one.grave] == grave


@given(st.text(max_size=400), st.sampled_from([FIRST, SECOND, LAW, LAST]))
def test_any_text_gets_an_answer_with_advice(text: str, step: Step) -> None:
    for finding in check_letter(text, text, step, Form.U, amount=Decimal(1), days=("x",), iban=""):
        assert finding.rule
        assert finding.advice
