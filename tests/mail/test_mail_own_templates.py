"""The user's own letters of Sjablonen: used when they can be, named with a remedy when they cannot."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debiteuren.domain.debtor import Form, Language, Tone
from debiteuren.domain.problem import Severity
from debiteuren.domain.settings import LetterTemplate, Step
from debiteuren.mail.letters import check_templates, render
from debiteuren.mail.letters.sandbox import LONGEST_TEMPLATE, TemplateFaultError, fill_in
from debiteuren.mail.letters.standard import known_facts
from reminder_examples import HEDGE, LOTTE, PATIO, SETTINGS, line, reminder

KNOWN = known_facts(reminder(), SETTINGS, 1)


def own(text: str = "", subject: str = "", **choices: object) -> LetterTemplate:
    return replace(LetterTemplate(step=Step.REMINDER, subject=subject, text=text, row=7), **choices)  # type: ignore[arg-type] # fields of LetterTemplate


def test_own_words_replace_the_standard_ones_and_the_way_to_pay_is_added() -> None:
    text = "Hoi {{ voornaam }},\n\nStaat {{ facturen[0].nummer }} nog open?\n\n{{ groet }}"
    letter, problems = render(reminder(), SETTINGS, [own(text, "Even over {{ bedrag }}")])
    assert problems == ()
    assert letter.subject == "Even over € 98,75"
    assert letter.text.startswith(
        "Hoi Lotte,\n\nStaat 2026-0311 nog open?\n\nMet vriendelijke groet,\nMarijke"
    )
    assert "IBAN: NL91 ABNA 0417 1643 00" in letter.text
    assert "cid:betaalcode" in letter.html


def test_a_loop_over_the_invoices() -> None:
    text = "{% for f in facturen %}{{ f.nummer }}: {{ f.bedrag }}\n{% endfor %}"
    letter, _ = render(
        reminder(Step.REMINDER, line(HEDGE, Step.REMINDER), line(PATIO, Step.REMINDER)), SETTINGS, [own(text)]
    )
    assert letter.text.startswith("2026-0311: € 98,75\n2026-0325: € 1.250,00\n\nFactuur ")


def test_only_the_subject_is_own() -> None:
    standard, _ = render(reminder(), SETTINGS)
    letter, _ = render(reminder(), SETTINGS, [own(subject="Dag\nBcc: x@y.example")])
    assert letter.subject == "Dag Bcc: x@y.example"
    assert letter.text == standard.text


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([own("alle")], "alle", id="fits all"),
        pytest.param([own("alle"), own("u", form=Form.U)], "u", id="form is closer"),
        pytest.param([own("toon", tone=Tone.FRIENDLY), own("u", form=Form.U)], "u", id="form before tone"),
        pytest.param(
            [own("nl", language=Language.NL), own("u", form=Form.U, tone=Tone.FRIENDLY)], "nl", id="language"
        ),
        pytest.param([own("een"), own("twee")], "een", id="of equals the first"),
        pytest.param([own("je", form=Form.JE), own("alle")], "alle", id="another form"),
        pytest.param([own("de", language=Language.DE)], "Beste", id="another language"),
        pytest.param([own("later", step="Tweede herinnering")], "Beste", id="another step"),
        pytest.param([own("  ")], "Beste", id="empty"),
    ],
)
def test_the_closest_row_wins(rows: list[LetterTemplate], expected: str) -> None:
    letter, problems = render(reminder(), SETTINGS, rows)
    assert letter.text.split()[0] == f"{expected}"
    assert problems == ()


FAULTS = [
    pytest.param(
        "{{ voornam }}", "Hier staat {{ voornam }}. Die naam kent het programma niet.", id="typing error"
    ),
    pytest.param("{{ geheim.sleutel }}", "Die naam kent het programma niet.", id="unknown"),
    pytest.param("{{ facturen[9].nummer }}", "niet kent", id="no tenth invoice"),
    pytest.param("{{ facturen[0].kleur }}", "niet kent", id="unknown part"),
    pytest.param("{{ voornaam", "Er zit een fout in regel 1", id="open braces"),
    pytest.param("{% if je %}hoi", "Er zit een fout in regel 1", id="no endif"),
    pytest.param("{{ aantal + 'x' }}", "niet in te vullen", id="number and text"),
    pytest.param("{{ voornaam|geheim }}", "Er zit een fout", id="unknown filter"),
    pytest.param("{{ voornaam.upper() }}", "niet kan (Call)", id="a method"),
    pytest.param("{{ voornaam.ljust(999999999) }}", "niet kan (Call)", id="memory"),
    pytest.param("{{ 'a' * 999999999 }}", "niet kan (Mul)", id="product"),
    pytest.param("{{ 9 ** 9 ** 9 ** 9 }}", "niet kan (Pow)", id="power"),
    pytest.param("{% for i in range(9999999) %}x{% endfor %}", "lus", id="range"),
    pytest.param("{% for i in 'xxxxxxxxx' %}x{% endfor %}", "lus", id="another loop"),
    pytest.param(
        "{% for f in facturen %}{% for g in facturen %}x{% endfor %}{% endfor %}", "lus", id="loop in a loop"
    ),
    pytest.param("{% set x = 'a' %}{{ x }}", "niet kan (Assign)", id="set"),
    pytest.param("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "niet kan (Macro)", id="macro"),
    pytest.param("{% include 'groet' %}", "niet kan (Include)", id="include"),
    pytest.param("{{ ''.__class__.__mro__ }}", "niet", id="out of the sandbox"),
    pytest.param("{{ facturen.__class__ }}", "niet", id="out of the sandbox by a fact"),
    pytest.param("{{ kies.__globals__ }}", "niet", id="out of the sandbox by a function"),
    pytest.param("{{ kies('a') }}", "niet in te vullen", id="too few words"),
    pytest.param("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "ingewikkeld", id="deep brackets"),
    pytest.param("{% if je %}" * 300 + "{% endif %}" * 300, "ingewikkeld", id="deep choices"),
    pytest.param("{{ " + "1" * 5000 + " }}", "ingewikkeld", id="a huge number"),
    pytest.param("x" * (LONGEST_TEMPLATE + 1), "tekens", id="too long"),
]


@pytest.mark.parametrize(("text", "found"), FAULTS)
def test_a_faulty_text_gives_way_to_the_standard_one(text: str, found: str) -> None:
    standard, _ = render(reminder(), SETTINGS)
    letter, (problem,) = render(reminder(), SETTINGS, [own(text, "Eigen onderwerp")])
    assert (letter.text, letter.subject) == (standard.text, standard.subject)
    assert problem.severity is Severity.WARNING
    assert (problem.sheet, problem.row, problem.column) == ("Sjablonen", 7, "Tekst")
    assert found in problem.found
    assert problem.remedy.endswith("Zolang dat niet is hersteld, gebruiken we de standaardtekst.")


def test_a_faulty_subject_takes_the_text_with_it() -> None:
    standard, _ = render(reminder(), SETTINGS)
    letter, (problem,) = render(reminder(), SETTINGS, [own("Dag {{ voornaam }}", "{{ bedra }}")])
    assert (letter.text, letter.subject) == (standard.text, standard.subject)
    assert problem.column == "Onderwerp"
    assert problem.remedy.startswith("bedoelt u {{ bedrag }}? ")


def test_a_short_template_cannot_make_a_huge_letter() -> None:
    lines = [line(replace(HEDGE, number=str(number)), Step.REMINDER) for number in range(400)]
    text = "{% for f in facturen %}" + "x" * 1000 + "{% endfor %}"
    _, (problem,) = render(reminder(Step.REMINDER, *lines), SETTINGS, [own(text)])
    assert problem.found == "Deze tekst wordt veel te lang."


def test_a_14_day_letter_without_its_words_gives_way() -> None:
    law = own("Betaal {{ bedrag }} uiterlijk {{ uiterlijk }}.", step=Step.FOURTEEN_DAY_LETTER)
    standard, _ = render(reminder(Step.FOURTEEN_DAY_LETTER), SETTINGS)
    letter, (problem,) = render(reminder(Step.FOURTEEN_DAY_LETTER), SETTINGS, [law])
    assert letter.text == standard.text
    assert problem.found == "Deze brief geldt zo niet: geen veilige termijn."


def test_data_is_never_a_template() -> None:
    debtor = replace(LOTTE, name="{{ 7*7 }}", first_name="")
    letter, _ = render(reminder(debtor=debtor), SETTINGS, [own("Dag {{ naam }}")])
    assert letter.text.startswith("Dag {{ 7*7 }}")


def test_markup_in_a_template_is_text() -> None:
    letter, _ = render(reminder(), SETTINGS, [own("<b>Dag</b> <script>x</script>")])
    assert "&lt;b&gt;Dag&lt;/b&gt; &lt;script&gt;" in letter.html


@pytest.mark.parametrize(
    ("text", "column", "shown"),
    [
        pytest.param("{{ aanhef }}\n\n<b>Vet</b> {{ groet }}", "Tekst", "<b>", id="bold"),
        pytest.param("{{ groet }}</p >", "Tekst", "</p >", id="an end"),
        pytest.param("{{ groet }} 3 < 4 en 5 > 4", "", "", id="smaller and larger"),
        pytest.param("{% if aantal < 2 and bijlagen > 1 %}{{ groet }}{% endif %}", "", "", id="in code"),
    ],
)
def test_markup_is_told(text: str, column: str, shown: str) -> None:
    told = [each for each in check_templates([own(text)], SETTINGS) if "letterlijk" in each.found]
    expected = [(column, f"Hier staat “{shown}”; dat ziet de klant letterlijk zo.")] if shown else []
    assert [(each.column, each.found) for each in told] == expected


def test_a_table_the_user_left_out_stands_before_the_way_to_pay() -> None:
    two = reminder(Step.REMINDER, line(HEDGE, Step.REMINDER), line(PATIO, Step.REMINDER))
    letter, _ = render(two, SETTINGS, [own("{{ aanhef }}\n\n{{ betaalwijze }}\n\n{{ groet }}")])
    places = [letter.text.index(words) for words in ("Beste", "Dagen te laat", "IBAN:", "groet,")]
    assert places == sorted(places)


def test_the_check_tells_faults_and_words_that_do_not_fit() -> None:
    problems = check_templates(
        [
            own("Dag,\n\nu moet {{ bedrag }} betalen voor {{ uiterlijk }}.", row=3),
            own("{{ naamm }}", row=4),
            own("Beste {{ voornaam }}, {{ waarvoor }} {{ betaalverzoek }} {{ groet }}", row=5),
            own("u moet", step="Bellen", row=6),
        ],
        SETTINGS,
    )
    assert [(problem.row, problem.found.split(".")[0]) for problem in problems] == [
        (3, "Hier staat “moet” (B05)"),
        (4, "Hier staat {{ naamm }}"),
    ]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="{}%# |.()[]'\"~+-*/<>=abfinorstu\n\\_0159é\ue001", max_size=60))
def test_any_template_is_filled_in_or_named(text: str) -> None:
    problem = ""
    try:
        filled = fill_in(text, KNOWN)
    except TemplateFaultError as fault:
        filled, problem = "", fault.found and fault.remedy
    assert isinstance(filled, str)
    assert isinstance(problem, str)
