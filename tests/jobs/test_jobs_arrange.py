"""Regeling vastleggen: docs/regels.md, "Een regeling maken"; every refusal says what would do."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from debiteuren.domain.arrangement import Arrangement, ArrangementStatus, Instalment
from debiteuren.domain.contact import Contact, ContactKind, Outcome
from debiteuren.domain.debtor import Debtor, DebtorKind
from debiteuren.domain.invoice import Block, Invoice
from debiteuren.domain.ledger import Allocation, Ledger
from debiteuren.domain.payment import Payment, Statement
from debiteuren.domain.problem import UserError
from debiteuren.jobs.arrange import ArrangementPlan, consequence, next_name, plan_arrangement
from debiteuren.jobs.arrange_wish import Wish
from debiteuren.jobs.refresh import refresh
from debiteuren.rules.schedule import rhythm

ON = date(2026, 11, 23)
"""A Monday."""
NOW = datetime(2026, 11, 23, 10, 5)
TERMS = "Op de genoemde dagen."


def euros(text: str) -> Decimal:
    return Decimal(text)


def invoice(number: str, amount: str = "100.00", debtor: str = "D1", **fields: Any) -> Invoice:  # noqa: ANN401 - any field
    usual: dict[str, Any] = {"issued": date(2026, 9, 1), "due": date(2026, 10, 1)}
    return Invoice(number=number, debtor=debtor, amount=euros(amount), **(usual | fields))


def ledger(**fields: Any) -> Ledger:  # noqa: ANN401 - any field of Ledger
    usual: dict[str, Any] = {
        "invoices": (
            invoice("F1"),
            invoice("F2", "50.00"),
            invoice("F3", debtor="D2"),
            invoice("F4", due=date(2026, 12, 24)),
        ),
        "debtors": (
            Debtor(number="D1", name="Bakkerij Jansen", kind=DebtorKind.BUSINESS),
            Debtor(number="D2", name="Els Bos", kind=DebtorKind.CONSUMER),
        ),
        "statements": (Statement(account="NL01", end=ON),),
    }
    return Ledger(**(usual | fields))


def paid(day: date, amount: str, number: str = "F1") -> dict[str, Any]:
    return {
        "payments": (Payment(transaction="T1", booked=day, amount=euros(amount), account="NL01"),),
        "allocations": (Allocation(transaction="T1", invoice=number, amount=euros(amount)),),
    }


WISH = Wish(debtor="D1", invoices=("F1", "F2"), count=3, first=date(2026, 12, 4), terms=TERMS)


def planned(wish: Wish = WISH, made: Ledger | None = None, on: date = ON, **fields: Any) -> ArrangementPlan:  # noqa: ANN401 - any field of Wish
    return plan_arrangement(refresh(made or ledger(), on), replace(wish, **fields), NOW)


def refused(made: Ledger | None = None, on: date = ON, **fields: Any) -> list[tuple[str, str, str]]:  # noqa: ANN401 - any field of Wish
    with pytest.raises(UserError) as stop:
        planned(WISH, made, on, **fields)
    return [(one.column, one.found, one.remedy) for one in stop.value.problems]


def parts(plan: ArrangementPlan) -> list[str]:
    return [f"{part.number} {part.due} {part.amount}" for part in plan.instalments]


def test_three_instalments_over_what_is_open() -> None:
    plan = planned()
    assert plan.arrangement == Arrangement(
        id="R2026-001",
        debtor="D1",
        invoices=("F1", "F2"),
        amount=euros("150.00"),
        agreed_on=ON,
        terms=TERMS,
        consequence=consequence(ledger().settings),
        recorded=NOW,
    )
    assert parts(plan) == ["1 2026-12-04 50.00", "2 2027-01-04 50.00", "3 2027-02-04 50.00"]
    assert plan.lines == (("F1", euros("100.00")), ("F2", euros("50.00")))
    assert (plan.moved, plan.contact) == ((None, None, None), None)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(
            {"first": date(2026, 12, 5), "count": 2},
            ["1 2026-12-07 75.00", "2 2027-01-05 75.00"],
            id="a Saturday moves to Monday",
        ),
        pytest.param(
            {"first": date(2026, 12, 5), "count": 2, "despite": True},
            ["1 2026-12-05 75.00", "2 2027-01-05 75.00"],
            id="unless it was meant",
        ),
        pytest.param(
            {"first": date(2026, 12, 31), "count": 3, "principal": euros("100.00")},
            ["1 2026-12-31 33.33", "2 2027-02-01 33.33", "3 2027-03-01 33.34"],
            id="month ends on weekends, and part of what is open",
        ),
        pytest.param(
            {"count": 2, "every": rhythm("14 dagen")},
            ["1 2026-12-04 75.00", "2 2026-12-18 75.00"],
            id="every fourteen days",
        ),
        pytest.param({"count": 1}, ["1 2026-12-04 150.00"], id="a promise: one day, one amount"),
        pytest.param({"count": 1, "first": None}, ["1 2026-11-30 150.00"], id="without a day: a week"),
        pytest.param({"count": 1, "first": ON}, ["1 2026-11-23 150.00"], id="today is not past"),
        pytest.param(
            {"count": None, "first": None, "days": (date(2026, 12, 4), date(2027, 1, 8))},
            ["1 2026-12-04 75.00", "2 2027-01-08 75.00"],
            id="own days",
        ),
        pytest.param(
            {"count": None, "amounts": (euros("100.00"), euros("50.00"))},
            ["1 2026-12-04 100.00", "2 2027-01-04 50.00"],
            id="own amounts, in a rhythm",
        ),
        pytest.param(
            {"count": None, "first": None, "part_now": euros("40.00"), "rest_on": date(2026, 12, 18)},
            ["1 2026-11-23 40.00", "2 2026-12-18 110.00"],
            id="part now, the rest on a day",
        ),
        pytest.param(
            {"count": 2, "costs": euros("40.00"), "interest": euros("3.55")},
            ["1 2026-12-04 96.78", "2 2027-01-04 96.77"],
            id="costs and interest on top",
        ),
        pytest.param({"count": 12, "first": ON, "every": rhythm("30 dagen")}, [], id="within a year"),
        pytest.param({"count": 120, "despite": True}, [], id="ten years, when it is meant"),
    ],
)
def test_what_is_agreed_becomes_days_and_amounts(fields: dict[str, Any], expected: list[str]) -> None:
    plan = planned(**fields)
    assert not expected or parts(plan) == expected
    assert sum(part.amount or 0 for part in plan.instalments) == plan.arrangement.amount


@pytest.mark.parametrize(
    ("fields", "column", "found", "remedy"),
    [
        pytest.param(
            {"terms": "Zo snel mogelijk."},
            "Voorwaarden",
            "Hier staat “Zo snel mogelijk”. Daar is niemand aan te houden.",
            "noem een dag, bijvoorbeeld vrijdag 4 december 2026.",
            id="vague about the day",
        ),
        pytest.param(
            {"terms": "Ongeveer € 50 per keer."},
            "Voorwaarden",
            "Hier staat “Ongeveer € 50”. Daar is niemand aan te houden.",
            "noem het precieze bedrag, bijvoorbeeld € 125,00.",
            id="vague about the amount",
        ),
        pytest.param(
            {"first": None},
            "Eerste termijn",
            "De eerste dag ontbreekt.",
            "noem een dag, bijvoorbeeld vrijdag 4 december 2026.",
            id="no day",
        ),
        pytest.param(
            {"count": None},
            "Termijnen",
            "Het aantal ontbreekt.",
            "noem een aantal van 1 tot en met 120, bijvoorbeeld 3.",
            id="no number",
        ),
        pytest.param(
            {"count": 0},
            "Termijnen",
            "Het aantal termijnen is 0.",
            "noem een aantal van 1 tot en met 120, bijvoorbeeld 3.",
            id="no instalments",
        ),
        pytest.param(
            {"count": 121},
            "Termijnen",
            "Het aantal termijnen is 121.",
            "noem een aantal van 1 tot en met 120, bijvoorbeeld 3.",
            id="more than anybody means",
        ),
        pytest.param(
            {"first": date(2026, 11, 20)},
            "Vervaldatum",
            "Termijn 1 valt op 20-11-2026, vóór de dag van de afspraak (23-11-2026).",
            "noem een dag die nog komt, bijvoorbeeld vrijdag 4 december 2026.",
            id="the first day is past",
        ),
        pytest.param(
            {"first": date(2026, 11, 22)},
            "Eerste termijn",
            "zondag 22 november 2026 is geweest.",
            "noem een dag die nog komt, bijvoorbeeld vrijdag 4 december 2026.",
            id="yesterday, a Sunday, does not move to today",
        ),
        pytest.param(
            {"count": None, "first": None, "days": (date(2027, 1, 8), date(2026, 12, 4))},
            "Vervaldatum",
            "Termijn 2 valt op 04-12-2026, niet na termijn 1 (08-01-2027).",
            "noem een latere dag, bijvoorbeeld vrijdag 15 januari 2027.",
            id="days that do not rise",
        ),
        pytest.param(
            {"count": 14},
            "Vervaldatum",
            "De laatste termijn valt op 04-01-2028, meer dan een jaar na de afspraak.",
            "spreek minder of grotere termijnen af, of houd het bewust zo. Bewust zo: --toch.",
            id="more than a year",
        ),
        pytest.param(
            {"principal": euros("150.06")},
            "Bedrag",
            "Afgesproken is € 150,06, en op 23-11-2026 stond € 150,00 open.",
            "spreek hooguit € 150,00 af; wat er aan kosten en rente bij komt, hoort ook in Waarvan kosten en "
            "Waarvan rente.",
            id="more than is open",
        ),
        pytest.param(
            {"count": None, "amounts": (euros("100.00"), euros("40.00"))},
            "Bedrag",
            "De termijnen zijn samen € 140,00 en het geheel is € 150,00.",
            "maak de laatste € 50,00, of een ander geheel.",
            id="amounts that do not add up",
        ),
        pytest.param(
            {"count": 3, "amounts": (euros("100.00"), euros("50.00"))},
            "Termijnen",
            "Er zijn 3 dagen en 2 bedragen.",
            "noem bij elke dag een bedrag.",
            id="not as many amounts as days",
        ),
        pytest.param(
            {"count": None, "amounts": (euros("200.00"), euros("-50.00"))},
            "Bedrag",
            "Een termijn is € -50,00.",
            "spreek een bedrag boven nul af.",
            id="an instalment below nought",
        ),
        pytest.param(
            {"part_now": euros("150.00"), "rest_on": date(2026, 12, 18)},
            "Nu en de rest",
            "Nu € 150,00 van € 150,00, de rest op 18-12-2026.",
            "noem wat er nu komt, hooguit € 149,99, en een dag voor de rest.",
            id="nothing left for the rest",
        ),
        pytest.param(
            {"part_now": euros("50.00")},
            "Nu en de rest",
            "Nu € 50,00 van € 150,00, en geen dag voor de rest.",
            "noem wat er nu komt, hooguit € 149,99, en een dag voor de rest.",
            id="no day for the rest",
        ),
        pytest.param(
            {"invoices": ("F1", "F3")},
            "Facturen",
            "Factuur F3 is van debiteur D2, niet van D1.",
            "haal hem eruit, of noem de andere debiteur.",
            id="an invoice of somebody else",
        ),
        pytest.param(
            {"invoices": ("F9",)},
            "Facturen",
            'Hier staat "F9". Die factuur staat niet op het blad Facturen.',
            'scheid nummers met ";" en verbeter het nummer.',
            id="no such invoice",
        ),
        pytest.param(
            {"debtor": "D9"},
            "Debiteur",
            'Hier staat "D9". Die debiteur staat niet op het blad Debiteuren.',
            "verbeter het nummer, of voeg de debiteur toe.",
            id="no such debtor",
        ),
        pytest.param(
            {"replaces": "R9"},
            "Vervangt",
            'Hier staat "R9". Die regeling staat niet op het blad Regelingen.',
            "verbeter de naam, of laat Vervangt weg.",
            id="no such arrangement to change",
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_what_would_do(
    fields: dict[str, Any], column: str, found: str, remedy: str
) -> None:
    assert refused(**fields) == [(column, found, remedy)]


def test_several_faults_are_named_at_once() -> None:
    columns = [
        column for column, _, _ in refused(terms="zsm", first=date(2026, 11, 20), principal=euros("500"))
    ]
    assert columns == ["Voorwaarden", "Bedrag", "Vervaldatum"]


@pytest.mark.parametrize(
    ("made", "found"),
    [
        (
            {"invoices": (invoice("F1", block=Block.DISPUTED), invoice("F2"))},
            "Factuur F1 is betwist.",
        ),
        (
            {"invoices": (invoice("F1", block=Block.HANDED_OVER), invoice("F2"))},
            "Factuur F1 is uit handen gegeven; wie hem int, maakt ook de afspraken.",
        ),
        (
            {
                "contacts": (
                    Contact(
                        moment=NOW,
                        debtor="D1",
                        invoices=("F2",),
                        kind=ContactKind.CONVERSATION,
                        outcome=Outcome.DISPUTE,
                    ),
                )
            },
            "Factuur F2 is betwist.",
        ),
        (paid(date(2026, 11, 2), "100.00"), "Factuur F1 is al betaald."),
        (
            {"invoices": (invoice("F1", issued=date(2026, 11, 24)), invoice("F2"))},
            "Factuur F1 is van 24-11-2026, na de peildatum 23-11-2026.",
        ),
    ],
)
def test_an_invoice_that_is_not_free_is_refused(made: dict[str, Any], found: str) -> None:
    assert found in [one for _, one, _ in refused(ledger(**made))]


def with_arrangement(plan: ArrangementPlan, made: Ledger, **fields: Any) -> Ledger:  # noqa: ANN401 - any field of Arrangement
    return replace(
        made,
        arrangements=(*made.arrangements, replace(plan.arrangement, **fields)),
        instalments=(*made.instalments, *plan.instalments),
    )


def test_an_invoice_of_another_running_arrangement_is_refused_and_may_be_replaced() -> None:
    made = with_arrangement(planned(), ledger())
    assert [found for _, found, _ in refused(made)] == [
        "Factuur F1 valt ook onder regeling R2026-001, die nog loopt."
    ]
    plan = planned(WISH, made, replaces="r2026-001")
    assert (plan.arrangement.id, plan.arrangement.replaces) == ("R2026-002", "R2026-001")
    again = with_arrangement(plan, made)
    old, new = refresh(again, ON).arrangements
    assert (old.replaced_by, new.status) == ("R2026-002", ArrangementStatus.TO_CONFIRM)
    ((_, found, remedy),) = refused(again, replaces="R2026-001")
    assert (found, remedy) == ("Regeling R2026-001 is al vervangen door R2026-002.", "verander R2026-002.")


def test_what_is_changed_keeps_its_debtor_and_open_invoices() -> None:
    made = with_arrangement(planned(), ledger(**paid(date(2026, 11, 2), "50.00", "F2")))
    plan = planned(Wish(replaces="R2026-001", count=1, first=date(2026, 12, 4)), made)
    assert (plan.arrangement.debtor, plan.arrangement.invoices) == ("D1", ("F1",))


def test_a_kept_arrangement_can_not_be_changed() -> None:
    made = with_arrangement(planned(count=1), ledger(**paid(ON, "150.00")), agreed_on=date(2026, 11, 2))
    column, found, _ = refused(made, replaces="R2026-001")[0]
    assert (column, found) == (
        "Vervangt",
        "Regeling R2026-001 is nagekomen; daar valt niets meer aan te veranderen.",
    )


def test_without_invoices_it_is_about_all_that_is_late() -> None:
    plan = planned(invoices=())
    assert plan.arrangement.invoices == ("F1", "F2")
    ((_, found, _),) = refused(ledger(invoices=(invoice("F4", due=date(2026, 12, 24)),)), invoices=())
    assert found == "Van Bakkerij Jansen is nu niets te laat dat vrij is voor een regeling."


def test_money_of_the_day_itself_fills_no_instalment() -> None:
    """It is off what is open already; without this mark it would count twice."""
    made = ledger(**paid(ON, "40.00"))
    plan = planned(WISH, made)
    assert (plan.arrangement.amount, plan.arrangement.already_in) == (euros("110.00"), euros("40.00"))
    (state,) = refresh(with_arrangement(plan, made), ON).arrangements
    assert [part.paid for part in state.instalments] == [euros("0.00")] * 3


@pytest.mark.parametrize(
    ("letter", "costs", "found"),
    [
        pytest.param(
            None, "40.00", "Els Bos geldt als Consument en is nog geen kosten schuldig", id="no letter"
        ),
        pytest.param(
            date(2026, 11, 7), "40.00", "Els Bos geldt als Consument en is nog", id="its term still runs"
        ),
        pytest.param(
            date(2026, 11, 2), "40.01", "€ 40,01 is meer dan een Consument", id="more than the law has"
        ),
        pytest.param(date(2026, 11, 2), "40.00", "", id="as the law has it"),
    ],
)
def test_costs_of_a_consumer_follow_the_law(letter: date | None, costs: str, found: str) -> None:
    contacts = (
        (
            Contact(
                moment=datetime.combine(letter, NOW.time()),
                debtor="D2",
                invoices=("F3",),
                kind=ContactKind.FOURTEEN_DAY_LETTER,
                channel="E-mail",
            ),
        )
        if letter
        else ()
    )
    fields: dict[str, Any] = {"debtor": "D2", "invoices": ("F3",), "costs": euros(costs)}
    if found:
        ((column, words, _),) = refused(ledger(contacts=contacts), **fields)
        assert (column, words[: len(found)]) == ("Waarvan kosten", found)
    else:
        assert planned(WISH, ledger(contacts=contacts), **fields).arrangement.amount == euros("140.00")


def test_a_call_is_logged_once() -> None:
    plan = planned(channel="Telefoon")
    assert plan.contact == Contact(
        moment=NOW,
        debtor="D1",
        invoices=("F1", "F2"),
        kind=ContactKind.CONVERSATION,
        channel="Telefoon",
        outcome=Outcome.ARRANGEMENT,
        note="Regeling R2026-001: 3 termijnen, samen € 150,00.",
    )
    assert plan.contact is not None
    assert planned(WISH, ledger(contacts=(plan.contact,)), channel="Telefoon").contact is None
    assert planned(channel="E-mail").contact is None


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ((), "R2026-001"),
        (("R2026-001",), "R2026-002"),
        (("r2026-009", "R2025-044", "Regeling Jansen", "R2026-x"), "R2026-010"),
        (("R2026-999",), "R2026-1000"),
    ],
)
def test_the_next_name(taken: tuple[str, ...], expected: str) -> None:
    assert next_name(taken, 2026) == expected


@pytest.mark.parametrize(
    ("misses", "days", "expected"),
    [
        (2, 14, "Bij 2 gemiste termijnen, of als een termijn 14 dagen te laat is"),
        (1, 1, "Bij 1 gemiste termijn, of als een termijn 1 dag te laat is"),
    ],
)
def test_the_consequence_says_when_it_is_broken(misses: int, days: int, expected: str) -> None:
    settings = replace(ledger().settings, broken_after_misses=misses, broken_after_days=days)
    assert consequence(settings).startswith(expected)


def typed(**fields: Any) -> Arrangement:  # noqa: ANN401 - any field of Arrangement
    usual: dict[str, Any] = {
        "id": "Jansen",
        "debtor": "D1",
        "invoices": ("F1",),
        "amount": euros("100.00"),
        "agreed_on": date(2026, 11, 2),
        "terms": TERMS,
        "confirmed_on": date(2026, 11, 2),
        "row": 5,
    }
    return Arrangement(**(usual | fields))


def typed_parts(*days: date, amount: str = "50.00") -> tuple[Instalment, ...]:
    return tuple(
        Instalment(arrangement="Jansen", number=str(place), due=day, amount=euros(amount), row=4 + place)
        for place, day in enumerate(days, start=1)
    )


FINE = (date(2026, 12, 4), date(2027, 1, 8))


@pytest.mark.parametrize(
    ("fields", "days", "expected"),
    [
        pytest.param({}, FINE, [], id="what fits is not named"),
        pytest.param({}, (FINE[1], FINE[0]), [("Termijnen", 6, "Vervaldatum")], id="days that do not rise"),
        pytest.param(
            {"agreed_on": date(2026, 11, 20)},
            (date(2026, 11, 19), FINE[0]),
            [("Termijnen", 5, "Vervaldatum")],
            id="before the agreement",
        ),
        pytest.param({}, (FINE[0], date(2027, 11, 2)), [], id="exactly a year"),
        pytest.param(
            {}, (FINE[0], date(2027, 11, 3)), [("Termijnen", 6, "Vervaldatum")], id="a day over a year"
        ),
        pytest.param(
            {"recorded": NOW}, (FINE[0], date(2027, 11, 3)), [], id="a long one was confirmed when recorded"
        ),
        pytest.param({"invoices": ("F2",)}, FINE, [("Regelingen", 5, "Bedrag")], id="more than was open"),
        pytest.param({"invoices": ("F2",), "costs": euros("50.00")}, FINE, [], id="the rest is costs"),
    ],
)
def test_controle_says_the_same_of_a_row_typed_by_hand(
    fields: dict[str, Any], days: tuple[date, ...], expected: list[tuple[str, int, str]]
) -> None:
    made = ledger(arrangements=(typed(**fields),), instalments=typed_parts(*days))
    found = [one for one in refresh(made, ON).problems if one.sheet in {"Regelingen", "Termijnen"}]
    assert [(one.sheet, one.row, one.column) for one in found] == expected


def test_of_two_arrangements_about_one_invoice_controle_names_the_newest() -> None:
    other = typed(id="Nieuw", agreed_on=date(2026, 11, 9), row=6)
    more = tuple(replace(part, arrangement="Nieuw") for part in typed_parts(*FINE))
    made = ledger(arrangements=(typed(), other), instalments=(*typed_parts(*FINE), *more))
    found = [(one.row, one.found) for one in refresh(made, ON).problems if one.sheet == "Regelingen"]
    assert found == [(6, "Factuur F1 valt ook onder regeling Jansen, die nog loopt.")]
    version = replace(made, arrangements=(typed(), replace(other, replaces="Jansen")))
    assert [one for one in refresh(version, ON).problems if one.sheet == "Regelingen"] == []
