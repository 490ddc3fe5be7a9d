"""How a debtor pays: the computed columns of Debiteuren; rules E07 to E09 and C14."""

from datetime import date, timedelta

import pytest

from debiteuren.domain.contact import ContactKind, Outcome
from debiteuren.domain.debtor import DebtorState
from debiteuren.domain.invoice import Block, Invoice
from debiteuren.domain.ledger import Allocation, AllocationKind, Ledger
from debiteuren.domain.payment import Payment
from debiteuren.rules.behaviour import Behaviour, advice, behaviour, debtor_states
from debiteuren.rules.next_action import invoice_states
from rules.small_ledger import FRIDAY, a_contact, a_debtor, a_ledger, a_payment, an_invoice, dec, euros, nov

BEHAVIOURS: list[tuple[str, list[int], int, Behaviour]] = [
    # name, days late of paid invoices (oldest first), oldest late now, behaviour
    ("niets", [], 0, Behaviour.UNKNOWN),
    ("twee facturen", [0, 0], 99, Behaviour.UNKNOWN),
    ("drie op tijd", [0, 0, 0], 0, Behaviour.ON_TIME),
    ("drie dagen is geen gewoonte", [3, 3, 3], 0, Behaviour.ON_TIME),
    ("een van drie te laat", [0, 4, 0], 0, Behaviour.MOSTLY_ON_TIME),
    ("twee van vijf te laat", [0, 4, 0, 4, 0], 0, Behaviour.RELIABLY_LATE),
    ("steeds rond twee weken", [14, 10, 17], 0, Behaviour.RELIABLY_LATE),
    ("spreiding van 14 dagen", [5, 19, 6], 0, Behaviour.RELIABLY_LATE),
    ("spreiding van 15 dagen", [5, 20, 6], 0, Behaviour.IRREGULAR),
    ("acht dagen later dan eerst", [0, 0, 0, 8, 8, 8], 0, Behaviour.WORSENING),
    ("zeven dagen later dan eerst", [0, 0, 0, 7, 7, 7], 0, Behaviour.RELIABLY_LATE),
    ("een uitschieter is geen trend", [5, 5, 5, 5, 40, 5], 0, Behaviour.IRREGULAR),
    ("vijf facturen zijn geen trend", [0, 0, 9, 9, 9], 0, Behaviour.RELIABLY_LATE),
    ("nu veel later dan ooit", [0, 0, 2], 17, Behaviour.WORSENING),
    ("nu nog niet veel later", [0, 0, 2], 16, Behaviour.ON_TIME),
]


@pytest.mark.parametrize(
    ("history", "oldest", "kind"), [row[1:] for row in BEHAVIOURS], ids=[row[0] for row in BEHAVIOURS]
)
def test_behaviour_follows_from_what_was_paid_when(history: list[int], oldest: int, kind: Behaviour) -> None:
    assert behaviour(history, oldest) is kind


ADVICE = [
    (Behaviour.UNKNOWN, [], 0, "0.00", ""),
    (
        Behaviour.UNKNOWN,
        [0],
        9,
        "60.00",
        "Nog weinig betaalde facturen en al € 60,00 te laat: vraag bij een nieuwe opdracht een deel vooruit.",
    ),
    (Behaviour.ON_TIME, [0, 1, 2], 0, "0.00", "De laatste 3 facturen kwamen op tijd: niets te doen."),
    (
        Behaviour.ON_TIME,
        [0, 1, 2],
        5,
        "60.00",
        "De laatste 3 facturen kwamen op tijd: dat er nu een 5 dagen te laat is, zal een vergissing zijn.",
    ),
    (
        Behaviour.MOSTLY_ON_TIME,
        [0, 0, 0, 9],
        0,
        "0.00",
        "Van de laatste 4 facturen kwam er 1 te laat: een vriendelijke herinnering volstaat.",
    ),
    (
        Behaviour.MOSTLY_ON_TIME,
        [0, 0, 0, 9, 9, 0, 0, 0],
        0,
        "0.00",
        "Van de laatste 8 facturen kwamen er 2 te laat: een vriendelijke herinnering volstaat.",
    ),
    (
        Behaviour.RELIABLY_LATE,
        [10, 14, 12],
        0,
        "0.00",
        "Betaalt altijd, 10 tot 14 dagen te laat: spreek een betaaltermijn af die daarbij past.",
    ),
    (
        Behaviour.IRREGULAR,
        [0, 30, 5],
        0,
        "0.00",
        (
            "Van de laatste 3 facturen kwamen er 2 te laat, tot 30 dagen: "
            "vraag naar de oorzaak en spreek een vaste betaaldag af."
        ),
    ),
    (
        Behaviour.WORSENING,
        [1, 1, 1, 12, 12, 12],
        0,
        "0.00",
        (
            "De laatste 3 facturen kwamen gemiddeld 12 dagen te laat, eerder 1: "
            "vraag wat er speelt, en bij een nieuwe opdracht een deel vooruit."
        ),
    ),
    (
        Behaviour.WORSENING,
        [0, 0, 2],
        30,
        "10.00",
        (
            "Nu 30 dagen te laat, langer dan ooit (eerder hooguit 2): "
            "vraag wat er speelt, en bij een nieuwe opdracht een deel vooruit."
        ),
    ),
]


@pytest.mark.parametrize(("kind", "history", "oldest", "overdue", "sentence"), ADVICE)
def test_advice_is_one_sentence(
    kind: Behaviour, history: list[int], oldest: int, overdue: str, sentence: str
) -> None:
    assert advice(kind, history, oldest, euros(overdue)) == sentence


def _state(ledger: Ledger) -> DebtorState:
    return debtor_states(ledger, invoice_states(ledger, (), FRIDAY), FRIDAY)[0]


def test_open_and_late_are_sums_of_his_invoices() -> None:
    ledger = a_ledger(
        an_invoice("F1"),
        an_invoice("F2", amount=euros("50.00"), due=dec(1)),
        an_invoice("F3", amount=euros("-20.00")),
        an_invoice("F4", amount=euros("7.00"), block=Block.DISPUTED),
        an_invoice("F5", debtor="D2"),
        an_invoice("F6", issued=nov(21), due=dec(21)),
        an_invoice("F7", issued=FRIDAY, due=dec(20), amount=euros("1.00")),
        paid=[a_payment(nov(5), "40.00")],
    )
    state = _state(ledger)
    assert (state.unpaid, state.overdue) == (euros("98.00"), euros("67.00"))


def _paid_late(*late: int) -> Ledger:
    invoices: list[Invoice] = []
    paid = []
    for place, days in enumerate(late):
        number = f"F{place}"
        due = date(2025, 1, 1) + timedelta(days=31 * place)
        invoices.append(an_invoice(number, due=due))
        paid.append(a_payment(due + timedelta(days=days), "100.00", number))
    return a_ledger(*invoices, paid=paid)


@pytest.mark.parametrize(
    ("late", "average"),
    [((), None), ((10,), 10), ((10, 0), 5), ((1, 2), 2), ((1, 1, 2), 1), ((-20, 10), 5)],
    ids=["geen", "een", "twee", "half naar boven", "een derde naar beneden", "te vroeg is nul"],
)
def test_average_late_is_in_whole_days_over_paid_invoices(late: tuple[int, ...], average: int | None) -> None:
    ledger = _paid_late(*late) if late else a_ledger()
    assert _state(ledger).average_late == average


NOT_KNOWN = [
    pytest.param([], "Nog nooit betaald en al € 100,00 te laat", id="nothing"),
    pytest.param(
        [a_payment(nov(9), "60.00")], "Nog geen factuur helemaal betaald en al € 40,00 te laat", id="a part"
    ),
    pytest.param(
        [a_payment(nov(9), "60.00"), a_payment(nov(9), "50.00", "F2")],
        "Nog weinig betaalde facturen en al € 40,00 te laat",
        id="one invoice and a part",
    ),
    pytest.param(
        [a_payment(nov(9), "50.00", "F2"), a_payment(nov(10), "-50.00", "F2", AllocationKind.REVERSAL)],
        "Nog nooit betaald en al € 100,00 te laat",
        id="taken back",
    ),
]


@pytest.mark.parametrize(("paid", "words"), NOT_KNOWN)
def test_of_who_paid_too_little_to_know_him(paid: list[tuple[Payment, Allocation]], words: str) -> None:
    other = an_invoice("F2", amount=euros("50.00"), due=dec(1))
    state = _state(a_ledger(an_invoice(), other, paid=paid))
    assert state.advice == f"{words}: vraag bij een nieuwe opdracht een deel vooruit."


def test_only_money_tells_how_he_pays() -> None:
    settled = a_payment(nov(15), "100.00", kind=AllocationKind.CREDIT_NOTE)
    assert _state(a_ledger(paid=[settled])).average_late is None


def test_only_the_last_twelve_tell_how_he_pays_now() -> None:
    assert _state(_paid_late(*[20] * 5, *[0] * 12)).behaviour == Behaviour.ON_TIME
    assert _state(_paid_late(*[20] * 5, *[0] * 11)).behaviour == Behaviour.MOSTLY_ON_TIME
    assert _state(_paid_late(*range(30, 12, -1))).advice.startswith("Betaalt altijd, 13 tot 24 dagen")


def test_an_invoice_in_dispute_is_no_sign_of_worse() -> None:
    history = _paid_late(0, 0, 0)
    paid = list(zip(history.payments, history.allocations, strict=True))
    blocked = a_ledger(*history.invoices, an_invoice("F9", block=Block.DISPUTED), paid=paid)
    assert _state(blocked).behaviour == Behaviour.ON_TIME
    told = a_contact(nov(9), ContactKind.CONVERSATION, Outcome.DISPUTE, "F9")
    only_told = a_ledger(*history.invoices, an_invoice("F9"), paid=paid, contacts=[told])
    assert _state(only_told).behaviour == Behaviour.ON_TIME
    assert _state(a_ledger(*history.invoices, an_invoice("F9"), paid=paid)).behaviour == Behaviour.WORSENING


def test_every_debtor_has_a_state_in_the_order_of_the_sheet() -> None:
    ledger = a_ledger(debtors=[a_debtor("D2"), a_debtor("D1")])
    states = debtor_states(ledger, invoice_states(ledger, (), FRIDAY), FRIDAY)
    assert [(state.debtor.number, state.unpaid) for state in states] == [
        ("D2", euros("0.00")),
        ("D1", euros("100.00")),
    ]
