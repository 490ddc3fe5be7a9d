"""Waarom, as the user reads it: one full sentence per situation."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from debiteuren.domain.arrangement import ArrangementState, ArrangementStatus, InstalmentStatus
from debiteuren.domain.contact import ContactKind, Outcome
from debiteuren.domain.debtor import Channel, DebtorKind
from debiteuren.domain.invoice import Block
from debiteuren.domain.settings import DEFAULT_LADDER
from rules.small_ledger import (
    FRIDAY,
    a_contact,
    a_debtor,
    a_ledger,
    a_payment,
    an_arrangement,
    an_invoice,
    bank_through,
    dec,
    euros,
    first_state,
    nov,
    octo,
)

CALL = ContactKind.CONVERSATION
Fields = dict[str, Any]


def ended(status: ArrangementStatus, day: date) -> ArrangementState:
    """An arrangement that no longer runs since a day."""
    return replace(an_arrangement(status), ended_on=day)


SENTENCES: list[tuple[str, Fields, Fields, tuple[ArrangementState, ...], str]] = [
    (
        "creditfactuur",
        {"amount": euros("-50.00")},
        {},
        (),
        (
            "Creditfactuur van 01-10-2026, nog € 50,00 te verrekenen; "
            "dat verandert zodra ze aan een factuur is gekoppeld."
        ),
    ),
    (
        "verrekend",
        {"amount": euros("-50.00")},
        {"paid": [a_payment(nov(2), "-50.00")]},
        (),
        "Creditfactuur van 01-10-2026, helemaal verrekend; alleen een storno verandert dat.",
    ),
    (
        "betaald",
        {},
        {"paid": [a_payment(nov(5), "100.00")]},
        (),
        "Betaald op 05-11-2026; alleen een storno zet deze factuur weer open.",
    ),
    (
        "betaald op drie cent na",
        {},
        {"paid": [a_payment(nov(5), "99.97")]},
        (),
        (
            "Betaald op 05-11-2026 op € 0,03 na, een verschil dat u laat zitten (BetaalverschilMax); "
            "alleen een storno zet deze factuur weer open."
        ),
    ),
    (
        "te veel betaald",
        {},
        {"paid": [a_payment(nov(5), "120.00")]},
        (),
        "Betaald op 05-11-2026, € 20,00 te veel; alleen een storno zet deze factuur weer open.",
    ),
    (
        "bedrag nul",
        {"amount": euros("0.00")},
        {},
        (),
        "Factuur van 01-10-2026 met bedrag nul: niets te betalen zolang dat zo blijft.",
    ),
    (
        "uit handen",
        {"block": Block.HANDED_OVER, "block_until": nov(30)},
        {},
        (),
        "Uit handen gegeven tot en met 30-11-2026 (Blokkade); daarna gaat de ladder verder.",
    ),
    (
        "betwist",
        {"block": Block.DISPUTED, "block_until": nov(25)},
        {},
        (),
        (
            "Betwist (Blokkade): op te lossen uiterlijk 25-11-2026, tot dan geen herinneringen; "
            "is het opgelost, haal dan de Blokkade weg en de ladder gaat verder."
        ),
    ),
    (
        "betwist, dag voorbij",
        {"block": Block.DISPUTED, "block_until": nov(18)},
        {},
        (),
        (
            "Betwist (Blokkade) en de oplosdag 18-11-2026 is voorbij: eerst oplossen; "
            "is het opgelost, haal dan de Blokkade weg en de ladder gaat verder."
        ),
    ),
    (
        "geschil gemeld",
        {},
        {"contacts": [a_contact(nov(9), CALL, Outcome.DISPUTE)]},
        (),
        (
            "Geschil gemeld op 09-11-2026 (Contact): eerst oplossen, geen herinneringen; "
            "een contact van een latere dag of een Blokkade verandert dit."
        ),
    ),
    (
        "termijn gemist",
        {},
        {},
        (an_arrangement(ArrangementStatus.BEHIND, (nov(9), InstalmentStatus.PARTLY_PAID)),),
        (
            "Regeling R1: van termijn 1 was € 40,00 op 09-11-2026 nog niet binnen; "
            "betaling of een nieuwe afspraak verandert dit."
        ),
    ),
    (
        "te bevestigen",
        {},
        {},
        (an_arrangement(ArrangementStatus.TO_CONFIRM),),
        (
            "Regeling R1 van 15-10-2026 is nog niet bevestigd (Bevestigd op is leeg); "
            "stuur de bevestiging en vul Bevestigd op in."
        ),
    ),
    (
        "termijn op zaterdag gemist",
        {},
        {},
        (an_arrangement(ArrangementStatus.BEHIND, (nov(14), InstalmentStatus.MISSED)),),
        (
            "Regeling R1: van termijn 1, vervallen op 14-11-2026, was € 50,00 op 16-11-2026, de laatste dag "
            "op tijd, nog niet binnen; betaling of een nieuwe afspraak verandert dit."
        ),
    ),
    (
        "regeling verbroken",
        {},
        {},
        (ended(ArrangementStatus.BROKEN, nov(18)),),
        (
            "Vervallen op 31-10-2026 en de ladder wacht dan 2 dagen, regeling R1 is verbroken op 18-11-2026, "
            "dus vanaf 18-11-2026: Herinnering sturen; betaling, een gesprek of een Blokkade verandert dit."
        ),
    ),
    (
        "regeling nagekomen en er staat nog iets open",
        {},
        {},
        (ended(ArrangementStatus.KEPT, nov(14)),),
        (
            "Vervallen op 31-10-2026 en de ladder wacht dan 2 dagen, regeling R1 is nagekomen op 14-11-2026, "
            "dus vanaf 16-11-2026 (eerste werkdag): Herinnering sturen; "
            "betaling, een gesprek of een Blokkade verandert dit."
        ),
    ),
    (
        "loopt",
        {},
        {},
        (an_arrangement(ArrangementStatus.RUNNING),),
        "Regeling R1 van 15-10-2026 loopt op schema; een gemiste termijn verandert dit.",
    ),
    (
        "toezegging",
        {},
        {
            "contacts": [
                a_contact(nov(19), CALL, Outcome.PROMISE, promised_on=nov(27), promised_amount=euros("40.00"))
            ]
        },
        (),
        (
            "Op 19-11-2026 is € 40,00 toegezegd voor 27-11-2026: is het dan niet binnen, "
            "dan opvolgen op 30-11-2026; betaling verandert dit."
        ),
    ),
    (
        "toezegging niet nagekomen",
        {},
        {"contacts": [a_contact(nov(9), CALL, Outcome.PROMISE, promised_on=nov(13))]},
        (),
        (
            "Op 09-11-2026 is betaling toegezegd voor 13-11-2026 en dat is niet binnen; "
            "betaling of een later gesprek verandert dit."
        ),
    ),
    (
        "zegt betaald te hebben",
        {},
        {"contacts": [a_contact(nov(19), CALL, Outcome.SAYS_PAID)]},
        (),
        (
            "Betaald volgens de klant op 19-11-2026: als het er op 24-11-2026 niet is, vragen we het na; "
            "betaling verandert dit."
        ),
    ),
    (
        "pauze",
        {"block": Block.HOLD, "block_until": nov(27)},
        {},
        (),
        (
            "Pauze (Blokkade) tot en met 27-11-2026, dus verder op 30-11-2026; "
            "haal de Blokkade weg om eerder te beginnen."
        ),
    ),
    (
        "een onbekend woord in Blokkade",
        {"block": Block.HOLD, "block_word": "Wacht"},
        {},
        (),
        (
            "Blokkade “Wacht” staat niet in de lijst en geldt als Pauze, zonder einddatum; "
            "kies een woord uit de lijst of maak de cel leeg."
        ),
    ),
    (
        "een onbekend woord in Blokkade met een einde",
        {"block": Block.HOLD, "block_word": "Wacht", "block_until": nov(27)},
        {},
        (),
        (
            "Blokkade “Wacht” staat niet in de lijst en geldt als Pauze tot en met 27-11-2026, dus verder op "
            "30-11-2026; kies een woord uit de lijst of maak de cel leeg."
        ),
    ),
    (
        "pauze zonder einde",
        {"block": Block.HOLD},
        {},
        (),
        "Pauze (Blokkade, zonder einddatum); haal de Blokkade weg om verder te gaan.",
    ),
    (
        "niet herinneren",
        {},
        {"debtors": [a_debtor(no_reminders_until=nov(27))]},
        (),
        (
            "Niet herinneren tot en met 27-11-2026, dus verder op 30-11-2026; "
            "verander die datum bij de klant om eerder te beginnen."
        ),
    ),
    (
        "nog niet te laat",
        {"due": nov(30)},
        {},
        (),
        (
            "Nog niet te laat, vervalt op 30-11-2026; zonder betaling volgt op zijn vroegst op 02-12-2026: "
            "Herinnering sturen."
        ),
    ),
    (
        "geen e-mail",
        {},
        {"debtors": [a_debtor(email="")]},
        (),
        (
            "Herinnering sturen kan sinds 02-11-2026, maar bij debiteur D1 staat geen bruikbaar e-mailadres; "
            "vul dat in op het blad Debiteuren."
        ),
    ),
    (
        "geen adres",
        {},
        {"debtors": [a_debtor(channel=Channel.POST, address="", city="")]},
        (),
        (
            "Herinnering sturen kan sinds 02-11-2026, maar bij debiteur D1 ontbreken het adres en de plaats; "
            "vul dat in op het blad Debiteuren."
        ),
    ),
    (
        "onbekende debiteur",
        {},
        {"debtors": []},
        (),
        (
            "Herinnering sturen kan sinds 02-11-2026, maar debiteur D1 staat niet op het blad Debiteuren; "
            "voeg hem daar toe."
        ),
    ),
    (
        "onder de drempel",
        {"amount": euros("4.00")},
        {},
        (),
        (
            "Te laat sinds 31-10-2026, maar deze klant is per saldo € 4,00 te laat en dat is minder dan "
            "de Drempel van € 5,00; wordt het meer, dan gaat de ladder verder."
        ),
    ),
    (
        "bank te oud",
        {},
        {"bank": bank_through(nov(10))},
        (),
        (
            "Herinnering sturen (vanaf 02-11-2026) wacht: de bank is maar bekend tot en met 10-11-2026, "
            "meer dan 3 werkdagen terug (BankMaxOud); lees eerst de nieuwste afschriften in."
        ),
    ),
    (
        "herinnering",
        {},
        {},
        (),
        (
            "Vervallen op 31-10-2026 en de ladder wacht dan 2 dagen, dus vanaf 02-11-2026: "
            "Herinnering sturen; betaling, een gesprek of een Blokkade verandert dit."
        ),
    ),
    (
        "bellen komt nog",
        {},
        {"contacts": [a_contact(nov(16), ContactKind.REMINDER)]},
        (),
        (
            "Herinnering van 16-11-2026 en de ladder wacht dan 7 dagen, dus op 23-11-2026: Bellen; "
            "betaling, een gesprek of een Blokkade verandert dit."
        ),
    ),
    (
        "geen gehoor",
        {},
        {
            "contacts": [
                a_contact(nov(2), ContactKind.REMINDER),
                a_contact(FRIDAY, CALL, Outcome.NO_ANSWER),
            ]
        },
        (),
        (
            "1 belpoging zonder gehoor, laatst op 20-11-2026, en we proberen het de volgende werkdag weer "
            "(na 3 belpogingen komt de volgende stap), dus op 23-11-2026: Bellen; "
            "betaling, een gesprek of een Blokkade verandert dit."
        ),
    ),
    (
        "herinnerd vóór het verviel",
        {"due": nov(19)},
        {"contacts": [a_contact(octo(31), ContactKind.REMINDER)]},
        (),
        (
            "Herinnering van 31-10-2026 en de ladder wacht dan 7 dagen, pas vervallen op 19-11-2026, "
            "dus vanaf 20-11-2026: Bellen; betaling, een gesprek of een Blokkade verandert dit."
        ),
    ),
    (
        "een ladder zonder wachten",
        {"due": nov(19)},
        {"ladder": (replace(DEFAULT_LADDER[0], wait_days=0),)},
        (),
        (
            "Vervallen op 19-11-2026 en te laat vanaf de dag erna, dus vanaf 20-11-2026: Herinnering sturen; "
            "betaling, een gesprek of een Blokkade verandert dit."
        ),
    ),
    (
        "een vrije dag ertussen",
        {"due": nov(19)},
        {},
        (),
        (
            "Vervallen op 19-11-2026 en de ladder wacht dan 2 dagen, dus op 23-11-2026 (eerste werkdag): "
            "Herinnering sturen; betaling, een gesprek of een Blokkade verandert dit."
        ),
    ),
    (
        "de brief die echt is gelogd",
        {},
        {
            "debtors": [a_debtor(kind=DebtorKind.CONSUMER)],
            "contacts": [a_contact(nov(2), ContactKind.FINAL_DEMAND)],
        },
        (),
        (
            "Laatste aanmaning van 02-11-2026 met 18-11-2026 als laatste dag, dus vanaf 19-11-2026: "
            "Uit handen geven; betaling, een gesprek of een Blokkade verandert dit."
        ),
    ),
    (
        "toezegging zonder dag",
        {},
        {"contacts": [a_contact(nov(19), CALL, Outcome.PROMISE)]},
        (),
        (
            "Op 19-11-2026 is betaling toegezegd zonder dag, dus wachten we 7 dagen, tot en met 26-11-2026: "
            "is het dan niet binnen, dan opvolgen op 27-11-2026; betaling verandert dit."
        ),
    ),
    (
        "toezegging, de bank loopt achter",
        {},
        {
            "contacts": [a_contact(nov(9), CALL, Outcome.PROMISE, promised_on=nov(18))],
            "bank": bank_through(FRIDAY, nov(18)),
        },
        (),
        (
            "Op 09-11-2026 is betaling toegezegd voor 18-11-2026, maar de bank is pas bekend tot en met "
            "18-11-2026 (rekening NL02); lees eerst de nieuwste afschriften in."
        ),
    ),
    (
        "toezegging, geen bank",
        {},
        {"contacts": [a_contact(nov(9), CALL, Outcome.PROMISE, promised_on=nov(13))], "bank": ()},
        (),
        (
            "Op 09-11-2026 is betaling toegezegd voor 13-11-2026 en zonder bank is niet te zien of het kwam; "
            "betaling of een later gesprek verandert dit."
        ),
    ),
    (
        "zegt betaald te hebben, derde bankdag bekend",
        {},
        {"contacts": [a_contact(nov(13), CALL, Outcome.SAYS_PAID)], "bank": bank_through(nov(18))},
        (),
        (
            "Betaald volgens de klant op 13-11-2026, maar op de derde bankdag 18-11-2026 nog niet binnen; "
            "betaling of een gesprek verandert dit."
        ),
    ),
    (
        "zegt betaald te hebben, bank niet bekend tot de derde bankdag",
        {},
        {"contacts": [a_contact(nov(13), CALL, Outcome.SAYS_PAID)], "bank": bank_through(nov(17))},
        (),
        (
            "Betaald volgens de klant op 13-11-2026, maar de bank is pas bekend tot en met 17-11-2026, vóór "
            "de derde bankdag 18-11-2026; lees eerst de nieuwste afschriften in, of vraag het na."
        ),
    ),
    (
        "zegt betaald te hebben, geen bank",
        {},
        {"contacts": [a_contact(nov(13), CALL, Outcome.SAYS_PAID)], "bank": ()},
        (),
        (
            "Betaald volgens de klant op 13-11-2026, maar er is geen bank ingelezen om het te zien; "
            "lees die in, of vraag het na."
        ),
    ),
    (
        "een geschil dat voorbij is",
        {},
        {
            "contacts": [
                a_contact(nov(2), ContactKind.REMINDER),
                a_contact(nov(4), ContactKind.OTHER, Outcome.DISPUTE),
                a_contact(nov(18), ContactKind.OTHER, Outcome.OTHER),
            ]
        },
        (),
        (
            "Herinnering van 02-11-2026 en de ladder wacht dan 7 dagen, het geschil liep tot 18-11-2026, "
            "dus vanaf 18-11-2026: Bellen; betaling, een gesprek of een Blokkade verandert dit."
        ),
    ),
    (
        "bank van één rekening te oud",
        {},
        {"bank": bank_through(FRIDAY, nov(10)), "bank_max_age": 1},
        (),
        (
            "Herinnering sturen (vanaf 02-11-2026) wacht: de bank is maar bekend tot en met 10-11-2026 "
            "(rekening NL02), meer dan 1 werkdag terug (BankMaxOud); lees eerst de nieuwste afschriften in."
        ),
    ),
    (
        "bank van gisteren mag niet",
        {},
        {"bank": bank_through(nov(19)), "bank_max_age": 0},
        (),
        (
            "Herinnering sturen (vanaf 02-11-2026) wacht: de bank is maar bekend tot en met 19-11-2026, "
            "meer dan 0 werkdagen terug (BankMaxOud); lees eerst de nieuwste afschriften in."
        ),
    ),
    (
        "uit handen geven",
        {},
        {"contacts": [a_contact(nov(2), ContactKind.FINAL_DEMAND)]},
        (),
        (
            "Laatste aanmaning van 02-11-2026 met 18-11-2026 als laatste dag, dus vanaf 19-11-2026: "
            "Uit handen geven; betaling, een gesprek of een Blokkade verandert dit."
        ),
    ),
    (
        "te snel na een brief",
        {},
        {"contacts": [a_contact(nov(18), ContactKind.REMINDER, None, "F2")]},
        (),
        (
            "Vervallen op 31-10-2026 en de ladder wacht dan 2 dagen, tussen twee berichten zitten minstens "
            "5 dagen (laatste op 18-11-2026), dus op 23-11-2026: Herinnering sturen; "
            "betaling, een gesprek of een Blokkade verandert dit."
        ),
    ),
    (
        "een dag na een brief",
        {},
        {
            "contacts": [a_contact(nov(19), ContactKind.REMINDER, None, "F2")],
            "min_days_between_messages": 1,
        },
        (),
        (
            "Vervallen op 31-10-2026 en de ladder wacht dan 2 dagen, tussen twee berichten zitten minstens "
            "1 dag (laatste op 19-11-2026), dus vanaf 20-11-2026: Herinnering sturen; "
            "betaling, een gesprek of een Blokkade verandert dit."
        ),
    ),
    (
        "een brief die net lang genoeg geleden is",
        {},
        {"contacts": [a_contact(octo(28), ContactKind.REMINDER, None, "F2")]},
        (),
        (
            "Vervallen op 31-10-2026 en de ladder wacht dan 2 dagen, dus vanaf 02-11-2026: "
            "Herinnering sturen; betaling, een gesprek of een Blokkade verandert dit."
        ),
    ),
    (
        "pauze voorbij",
        {"block": Block.HOLD, "block_until": nov(18)},
        {},
        (),
        (
            "Vervallen op 31-10-2026 en de ladder wacht dan 2 dagen, de Blokkade gold tot en met 18-11-2026, "
            "dus vanaf 19-11-2026: Herinnering sturen; betaling, een gesprek of een Blokkade verandert dit."
        ),
    ),
]


@pytest.mark.parametrize(
    ("fields", "book", "arrangements", "sentence"),
    [row[1:] for row in SENTENCES],
    ids=[row[0] for row in SENTENCES],
)
def test_the_reason_names_the_rule_the_days_and_what_would_change_it(
    fields: Fields, book: Fields, arrangements: tuple[ArrangementState, ...], sentence: str
) -> None:
    ledger = a_ledger(an_invoice(**fields), **book)
    assert first_state(ledger, arrangements=arrangements).why == sentence


def test_a_debtor_in_credit_is_not_said_to_owe_an_amount() -> None:
    ledger = a_ledger(an_invoice(), an_invoice("F2", amount=euros("-100.00")))
    assert first_state(ledger).why == (
        "Te laat sinds 31-10-2026, maar met zijn open creditfacturen erbij is deze klant per saldo niets "
        "te laat (Drempel € 5,00); wordt het meer, dan gaat de ladder verder."
    )


def test_confirmed_after_peildatum_is_said() -> None:
    state = an_arrangement(ArrangementStatus.TO_CONFIRM)
    later = replace(state, arrangement=replace(state.arrangement, confirmed_on=nov(23)))
    assert first_state(a_ledger(), arrangements=(later,)).why == (
        "Regeling R1 van 15-10-2026 is pas bevestigd op 23-11-2026, na de peildatum 20-11-2026; "
        "vanaf die dag geldt hij als bevestigd."
    )


def test_an_arrangement_on_schedule_names_the_last_day_on_time_of_a_saturday() -> None:
    state = replace(an_arrangement(ArrangementStatus.RUNNING), next_due=nov(28))
    assert first_state(a_ledger(), arrangements=(state,)).why == (
        "Regeling R1 van 15-10-2026 loopt op schema, volgende termijn op 28-11-2026 (op tijd tot en met "
        "30-11-2026); een gemiste termijn verandert dit."
    )


def test_an_arrangement_on_schedule_names_its_next_instalment() -> None:
    state = an_arrangement(ArrangementStatus.RUNNING)
    with_next = ArrangementState(arrangement=state.arrangement, status=state.status, next_due=dec(1), why="")
    assert first_state(a_ledger(), arrangements=(with_next,)).why == (
        "Regeling R1 van 15-10-2026 loopt op schema, volgende termijn op 01-12-2026; "
        "een gemiste termijn verandert dit."
    )
    assert octo(15) == state.arrangement.agreed_on
