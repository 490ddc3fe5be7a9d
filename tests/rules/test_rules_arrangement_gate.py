"""What an arrangement lacks: docs/regels.md, "Regeling" (Onvolledig); rules A21 and A22."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from debiteuren.domain.arrangement import Arrangement, Instalment
from debiteuren.domain.invoice import Invoice
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.settings import ARRANGEMENT_CONSEQUENCE, ARRANGEMENT_TERMS
from debiteuren.rules.arrangement_gate import Register, gaps
from debiteuren.rules.vague_words import Vague, vague_words

GOOD = Arrangement(
    id="R1",
    debtor="D1",
    invoices=("F1",),
    amount=Decimal("100.00"),
    agreed_on=date(2026, 11, 1),
    terms="Op de genoemde dagen.",
)
HALF = Instalment(arrangement="R1", number="1", due=date(2026, 12, 1), amount=Decimal("50.00"))
A_FRIDAY = "noem een dag, bijvoorbeeld vrijdag 13 november 2026"
PARTS = (HALF, replace(HALF, number="2", due=date(2027, 1, 1)))
INVOICES = tuple(
    Invoice(number=number, debtor=debtor, issued=GOOD.agreed_on, due=GOOD.agreed_on, amount=Decimal("100.00"))
    for number, debtor in (("F1", "D1"), ("F2", "D2"))
    if GOOD.agreed_on is not None
)


def lacks(
    good: Arrangement = GOOD, parts: tuple[Instalment, ...] = PARTS, *earlier: Arrangement
) -> tuple[str, ...]:
    register = Register.of(Ledger(invoices=INVOICES, arrangements=(*earlier, good)))
    return gaps(good, parts, register)


def test_a_complete_arrangement_lacks_nothing() -> None:
    assert lacks() == ()


@pytest.mark.parametrize(
    ("fields", "gap"),
    [
        ({"id": ""}, "Regeling is leeg, geef de regeling een naam"),
        ({"debtor": ""}, "Debiteurnummer is leeg, vul in met wie u dit afsprak"),
        ({"invoices": ()}, "Facturen is leeg, vul de factuurnummers in met ; ertussen"),
        ({"amount": None}, "Bedrag is leeg, vul het afgesproken bedrag in"),
        ({"agreed_on": None}, "Afgesproken op is leeg, vul de dag van de afspraak in"),
        ({"terms": "  "}, "Voorwaarden is leeg, schrijf op wat er is afgesproken"),
        ({"invoices": ("F1", "F9")}, "factuur F9 staat niet in Facturen, verbeter het nummer"),
        ({"invoices": ("F1", "F2")}, "factuur F2 is van debiteur D2, haal hem uit deze regeling"),
        (
            {"amount": Decimal("100.01")},
            "de termijnen zijn samen € 100,00 en Bedrag is € 100,01, maak die gelijk",
        ),
        (
            {"amount": Decimal("99.99")},
            "de termijnen zijn samen € 100,00 en Bedrag is € 99,99, maak die gelijk",
        ),
        (
            {"terms": "Hij betaalt zo snel mogelijk."},
            f"“zo snel mogelijk” in Voorwaarden is te vaag, {A_FRIDAY}",
        ),
    ],
)
def test_each_gap_says_what_would_do(fields: dict[str, Any], gap: str) -> None:
    assert lacks(replace(GOOD, **fields)) == (gap,)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((), ("er staan geen termijnen, vul ze in op Termijnen met dag en bedrag",)),
        ((HALF, replace(HALF, number="2", due=None)), ("termijn 2 heeft geen Vervaldatum, vul een dag in",)),
        ((HALF, replace(HALF, number="2", amount=None)), ("termijn 2 heeft geen Bedrag, vul het in",)),
        (
            (HALF, replace(HALF, number="2", amount=Decimal("0.00"))),
            ("termijn 2 is € 0,00, vul een bedrag boven nul in",),
        ),
        (
            (HALF, replace(HALF, number="2", amount=Decimal("-50.00"))),
            ("termijn 2 is € -50,00, vul een bedrag boven nul in",),
        ),
        ((HALF, replace(HALF, number="")), ("bij een termijn is Termijn leeg, geef hem een nummer",)),
        (
            (HALF, replace(HALF, number="", due=None)),
            (
                "bij een termijn is Termijn leeg, geef hem een nummer",
                "een termijn heeft geen Vervaldatum, vul een dag in",
            ),
        ),
    ],
)
def test_each_gap_in_the_instalments(parts: tuple[Instalment, ...], expected: tuple[str, ...]) -> None:
    assert lacks(parts=parts) == expected


def test_of_a_name_that_stands_there_twice_the_first_row_holds() -> None:
    first, second = replace(GOOD, row=5), replace(GOOD, row=6, debtor="")
    register = Register.of(Ledger(invoices=INVOICES, arrangements=(first, second)))
    assert gaps(first, PARTS, register) == ()
    assert gaps(second, (), register) == (
        "Regeling R1 staat al in rij 5 en die geldt, geef deze een eigen naam",
    )
    assert lacks(GOOD, PARTS, replace(GOOD)) == (
        "Regeling R1 staat al eerder en die geldt, geef deze een eigen naam",
    )
    nameless = replace(GOOD, id="")
    assert lacks(nameless, PARTS, replace(nameless)) == ("Regeling is leeg, geef de regeling een naam",)


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ("Betaalt zo snel mogelijk", "zo snel mogelijk"),
        ("betaling ZO  SPOEDIG mogelijk", "ZO SPOEDIG mogelijk"),
        ("zsm", "zsm"),
        ("rest z.s.m. overmaken", "z.s.m"),
        ("als het geld er is", "als het geld er is"),
        ("zodra hij geld heeft", "zodra hij geld heeft"),
        ("wanneer het kan", "wanneer het kan"),
        ("als het weer lukt.", "als het weer lukt"),
        ("zodra mogelijk", "zodra mogelijk"),
        ("begin volgende maand", "begin volgende maand"),
        ("eind van de maand", "eind van de maand"),
        ("medio december", "medio december"),
        ("de rest volgende week", "volgende week"),
        ("binnenkort", "binnenkort"),
        ("naar vermogen", "naar vermogen"),
        ("wat hij kan missen", "wat hij kan missen"),
        ("ongeveer € 100,00 per maand", "ongeveer € 100,00"),
        ("circa 100 euro", "circa 100"),
        ("± 50", "± 50"),
        ("Betaalt in december.", "in december"),
        ("Betaalt € 100,00 in januari 2027", "in januari"),
        ("Wij bellen op 1 december. Hij betaalt vóór februari.", "vóór februari"),
        ("ergens in december", "ergens in december"),
        ("Tussen 1 en 5 december", "Tussen 1 en 5 december"),
        ("4 of 5 december", "4 of 5 december"),
        ("rond 5 december", "rond 5 december"),
        ("Tussen de € 100 en € 150", "Tussen de € 100 en € 150"),
        ("tussen 100 en 150 euro", "tussen 100 en 150 euro"),
        ("€ 100 à € 150", "€ 100 à € 150"),
        ("100 of 150 euro", "100 of 150 euro"),
    ],
)
def test_vague_words_are_named(terms: str, words: str) -> None:
    assert [vague.words for vague in vague_words(terms)] == [words]


@pytest.mark.parametrize(
    "terms",
    [
        "Op de genoemde dagen, uiterlijk op 30 november 2026.",
        "Bij een gemiste termijn is het restant direct opeisbaar.",
        "Lukt het niet op tijd, bel ons dan zo snel mogelijk.",
        "Neem dan zo spoedig mogelijk contact op.",
        "Als het niet lukt, belt u ons vooraf.",
        "Als hij kan aantonen dat er betaald is, vervalt de rente.",
        "Elke maand € 100,00, de laatste termijn op het einde van de maand maart: 31-03-2027.",
        "Rente en kosten staan stil zolang u op tijd betaalt.",
        "Zodra alle termijnen betaald zijn, is alles voldaan.",
        "Betaalt in december, januari en februari telkens op de 4e.",
        "Betaalt in december op de genoemde dagen.",
        "Van 1 december 2026 tot en met 1 mei 2027 elke maand € 100,00.",
        "Bellen kan tussen 09:30 en 11:30.",
        "De werkzaamheden in december gaan door.",
        "Betaling op 1-12-2026 en 4.1.2027.",
        ARRANGEMENT_TERMS,
        ARRANGEMENT_CONSEQUENCE,
        "",
    ],
)
def test_exact_words_pass(terms: str) -> None:
    assert vague_words(terms) == ()


def test_several_vague_words_are_all_named_once() -> None:
    assert vague_words("zsm, ongeveer 100 euro, zsm") == (Vague("zsm"), Vague("ongeveer 100", amount=True))
