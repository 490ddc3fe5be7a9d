"""Bank importeren: every booking once, from any file, in any order; or nothing at all, with every reason."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from debiteuren.domain.debtor import Debtor
from debiteuren.domain.invoice import Invoice
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.payment import (
    BankFile,
    BankStatement,
    BankTransaction,
    FileFormat,
    Payment,
    Statement,
)
from debiteuren.domain.problem import Problem, Severity, UserError
from debiteuren.jobs.bank_import import ImportPlan, plan_import
from debiteuren.jobs.double_bookings import double_problems
from debiteuren.jobs.refresh import refresh
from debiteuren.rules.booking_keys import possible_doubles

ON = date(2026, 11, 21)
OWN = "NL20INGB0001234567"


def _booking(day: int, amount: str, text: str = "Contributie", **changes: object) -> BankTransaction:
    booking = BankTransaction(
        account=OWN,
        booked=date(2026, 11, day),
        amount=Decimal(amount),
        counter_account="NL18TRIO0198100777",
        name="Koffie & Zo",
        description=text,
    )
    return replace(booking, **changes)  # type: ignore[arg-type] # the fields of a booking


def _file(
    name: str,
    bookings: Sequence[BankTransaction],
    *,
    file_format: FileFormat = FileFormat.MT940,
    opening: str | None = "100.00",
    adds_up: bool | None = True,
    begin: int | None = None,
    end: int | None = None,
) -> BankFile:
    days = [booking.booked.day for booking in bookings] or [1]
    start = None if opening is None else Decimal(opening)
    total = sum((booking.amount for booking in bookings), Decimal("0.00"))
    statement = BankStatement(
        account=OWN,
        begin=date(2026, 11, begin or min(days)),
        end=date(2026, 11, end or max(days)),
        opening=start,
        closing=None if start is None else start + total,
        adds_up=None if start is None else adds_up,
        lines=len(bookings),
    )
    return BankFile(
        name=name, format=file_format, bank="ING", statements=(statement,), transactions=tuple(bookings)
    )


def _after(plan: ImportPlan, ledger: Ledger | None = None) -> Ledger:
    before = ledger or Ledger()
    return Ledger(
        payments=(*before.payments, *plan.payments), statements=(*before.statements, *plan.statements)
    )


def _counts(plan: ImportPlan) -> list[tuple[int, int, int]]:
    return [(file.new, file.known, file.maybe_double) for file in plan.files]


WEEK = _file("week.sta", [_booking(17, "10.00", "A"), _booking(18, "25.00"), _booking(18, "25.00")])


def test_a_first_import_gives_every_booking_and_its_statement() -> None:
    plan = plan_import(Ledger(), [WEEK], on=ON)
    assert [(row.booked.day, row.amount, row.source) for row in plan.payments] == [
        (17, Decimal("10.00"), "ING MT940"),
        (18, Decimal("25.00"), "ING MT940"),
        (18, Decimal("25.00"), "ING MT940"),
    ]
    assert plan.statements == (
        Statement(
            account=OWN,
            begin=date(2026, 11, 17),
            end=date(2026, 11, 18),
            opening=Decimal("100.00"),
            closing=Decimal("160.00"),
            lines=3,
            file="week.sta",
            imported_on=ON,
        ),
    )
    assert _counts(plan) == [(3, 0, 0)]
    assert plan.problems == ()


def test_the_same_file_twice_adds_nothing_also_under_another_name() -> None:
    ledger = _after(plan_import(Ledger(), [WEEK], on=ON))
    for again in (WEEK, replace(WEEK, name="week (1).sta")):
        plan = plan_import(ledger, [again], on=ON)
        assert (plan.payments, plan.statements, _counts(plan)) == ((), (), [(0, 3, 0)])


def test_the_same_file_twice_in_one_run_counts_once() -> None:
    plan = plan_import(Ledger(), [WEEK, WEEK], on=ON)
    assert len(plan.payments) == 3
    assert len(plan.statements) == 1
    assert _counts(plan) == [(3, 0, 0), (0, 3, 0)]


def test_an_overlapping_file_adds_only_its_own_days_and_the_second_time_nothing() -> None:
    overlap = _file("later.sta", [*WEEK.transactions[1:], _booking(19, "7.00")], opening="110.00")
    first = plan_import(Ledger(), [WEEK], on=ON)
    second = plan_import(_after(first), [overlap], on=ON)
    assert [row.booked.day for row in second.payments] == [19]
    assert len(second.statements) == 1
    assert second.problems == ()
    third = plan_import(_after(second, _after(first)), [overlap, WEEK], on=ON)
    assert (third.payments, third.statements) == ((), ())


def test_the_order_of_the_files_does_not_matter() -> None:
    files = [
        WEEK,
        _file("b.sta", [_booking(19, "7.00"), _booking(17, "10.00", "A")], opening=None),
        _file("c.csv", [_booking(20, "8.00")], file_format=FileFormat.CSV, opening=None),
    ]
    plans = [plan_import(Ledger(), list(order), on=ON) for order in permutations(files)]
    assert {tuple(row.transaction for row in plan.payments) for plan in plans} == {
        tuple(row.transaction for row in plans[0].payments)
    }
    assert len(plans[0].payments) == 5


def test_two_equal_bookings_stay_two_when_half_of_the_day_was_known() -> None:
    morning = _file("morning.sta", [_booking(18, "25.00")], opening=None)
    evening = _file("evening.sta", [_booking(18, "25.00"), _booking(18, "25.00")], opening=None)
    plan = plan_import(_after(plan_import(Ledger(), [morning], on=ON)), [evening], on=ON)
    assert _counts(plan) == [(1, 1, 0)]


def test_two_bookings_with_ids_of_the_bank_are_two_though_the_text_is_equal() -> None:
    one = _file("1.sta", [_booking(18, "25.00", bank_id="R1")], opening=None)
    two = _file("2.sta", [_booking(18, "25.00", bank_id="R2")], opening=None)
    assert len(plan_import(Ledger(), [one, two], on=ON).payments) == 2


def test_another_format_with_the_same_text_is_known() -> None:
    ledger = _after(plan_import(Ledger(), [WEEK], on=ON))
    camt = replace(
        WEEK,
        name="week.xml",
        format=FileFormat.CAMT053,
        transactions=tuple(replace(found, bank_id=f"C{at}") for at, found in enumerate(WEEK.transactions)),
    )
    plan = plan_import(ledger, [camt], on=ON)
    assert (plan.payments, plan.statements, _counts(plan)) == ((), (), [(0, 3, 0)])


def test_another_format_with_another_text_comes_in_as_possibly_double() -> None:
    ledger = _after(plan_import(Ledger(), [WEEK], on=ON))
    csv = _file(
        "week.csv", [_booking(18, "25.00", "C o n t r. nov")], file_format=FileFormat.CSV, opening=None
    )
    plan = plan_import(ledger, [csv], on=ON)
    assert _counts(plan) == [(1, 0, 1)]
    assert plan.problems == ()
    both = _after(plan, ledger)
    (problem,) = double_problems(both.payments, possible_doubles(both.payments))
    earlier = ledger.payments[1].transaction
    assert str(problem) == (
        "Betalingen, kolom Uw keuze\n"
        "  Mogelijk dubbel: 18-11-2026, € 25,00. Deze boeking: "
        f'{plan.payments[0].transaction} uit ING CSV, Koffie & Zo, NL18TRIO0198100777, "C o n t r. nov". '
        "Die er al stond: "
        f'{earlier} uit ING MT940, Koffie & Zo, NL18TRIO0198100777, "Contributie".\n'
        "  Wat te doen: Is het dezelfde boeking, vul dan nee in; wis de regel niet, anders komt hij terug. "
        "Zijn het er echt twee, vul dan de factuurnummers in. Tot dan telt deze boeking niet mee."
    )
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("edition", "text", "counts"),
    [
        pytest.param("Engels", "Deposit", (1, 0, 1), id="another language and another text: maybe double"),
        pytest.param("Engels", "Nota 4 Value date: 18/11/2026", (0, 1, 0), id="another language: known"),
        pytest.param("", "Deposit", (1, 0, 0), id="the same export: two bookings"),
    ],
)
def test_the_same_export_in_another_language(edition: str, text: str, counts: tuple[int, int, int]) -> None:
    dutch = _file(
        "nl.csv",
        [_booking(18, "25.00", "Nota 4 Valutadatum: 18-11-2026")],
        file_format=FileFormat.CSV,
        opening=None,
    )
    other = _file("en.csv", [_booking(18, "25.00", text)], file_format=FileFormat.CSV, opening=None)
    english = replace(other, edition=edition)
    for first, second in ((dutch, english), (english, dutch)):
        ledger = _after(plan_import(Ledger(), [first], on=ON))
        assert _counts(plan_import(ledger, [second], on=ON)) == [counts]


@pytest.mark.parametrize("name", ["T1", "20261118-7e28929c2bf1", "betaling Zo, nov.", "-"])
def test_a_row_with_any_transactie_is_known_by_what_it_says(name: str) -> None:
    typed = Payment(
        transaction=name,
        account=OWN,
        booked=date(2026, 11, 18),
        amount=Decimal("25.00"),
        counter_account="NL18 TRIO 0198 1007 77",
        description="contributie",
    )
    plan = plan_import(Ledger(payments=(typed,)), [WEEK], on=ON)
    assert _counts(plan) == [(2, 1, 0)]


def test_the_fields_of_a_row() -> None:
    bookings = [
        _booking(17, "-60.50", is_return=True, return_code="MD06", end_to_end="INC-77"),
        _booking(17, "-60.51", is_return=True, reference="5000056789012345", end_to_end="INC-78"),
        _booking(17, "-60.52"),
    ]
    plan = plan_import(Ledger(), [replace(_file("x", bookings), bank="")], on=ON)
    assert [
        (row.return_code, row.reference, row.source, row.account, row.counter_account, row.name)
        for row in sorted(plan.payments, key=lambda row: -row.amount)
    ] == [
        ("MD06", "INC-77", "MT940", OWN, "NL18TRIO0198100777", "Koffie & Zo"),
        ("storno", "5000056789012345", "MT940", OWN, "NL18TRIO0198100777", "Koffie & Zo"),
        ("", "", "MT940", OWN, "NL18TRIO0198100777", "Koffie & Zo"),
    ]


def test_another_currency_is_named_and_not_counted_as_euros() -> None:
    dollars = _booking(18, "99.00", currency="USD", line=7)
    plan = plan_import(Ledger(), [_file("usd.sta", [dollars, _booking(18, "25.00")], opening=None)], on=ON)
    assert [row.amount for row in plan.payments] == [Decimal("25.00")]
    assert [(problem.sheet, problem.row, problem.severity) for problem in plan.problems] == [
        ("usd.sta", 7, Severity.WARNING)
    ]
    assert plan.problems[0].found == (
        "Hier staat een boeking van USD 99,00 op 18-11-2026. "
        "Die is niet ingelezen, want Betalingen telt in euro's."
    )


def test_a_statement_in_another_currency_gives_no_row_in_afschriften() -> None:
    file = _file("usd.sta", [_booking(18, "99.00", currency="USD")])
    foreign = replace(file, statements=(replace(file.statements[0], currency="USD"),))
    assert plan_import(Ledger(), [foreign], on=ON).statements == ()


def _refusal(name: str, line: int) -> BankFile:
    problem = Problem(sheet=name, row=line, found="Hier staat onzin.", remedy="Download het opnieuw.")
    return BankFile(name=name, format=None, bank="", problems=(problem,))


def test_one_refused_file_stops_all_and_every_fault_of_every_file_is_named() -> None:
    gap = _file("gat.sta", [_booking(18, "25.00")], adds_up=False)
    with pytest.raises(UserError) as stopped:
        plan_import(Ledger(), [WEEK, _refusal("a.xml", 3), _refusal("b.sta", 9), gap], on=ON)
    assert stopped.value.title == "Niets gewijzigd: 3 punten om na te kijken"
    assert [(problem.sheet, problem.row) for problem in stopped.value.problems] == [
        ("a.xml", 3),
        ("b.sta", 9),
        ("gat.sta", None),
    ]
    assert {problem.severity for problem in stopped.value.problems} == {Severity.FAULT}


def test_a_statement_that_does_not_add_up_needs_the_users_word() -> None:
    gap = _file("gat.sta", [_booking(18, "25.00")], adds_up=False)
    why = Problem(
        severity=Severity.WARNING, sheet="gat.sta", row=12, found="Het sluit niet.", remedy="Zie de bank."
    )
    gap = replace(gap, statements=(replace(gap.statements[0], gap=why),), problems=(why,))
    with pytest.raises(UserError) as stopped:
        plan_import(Ledger(), [gap], on=ON)
    assert stopped.value.problems == (replace(why, severity=Severity.FAULT),)
    plan = plan_import(Ledger(), [gap], on=ON, despite_gaps=True)
    assert len(plan.payments) == 1
    assert plan.problems == (
        replace(
            why,
            remedy="Het is ingelezen omdat u dat uitdrukkelijk wilde. Vergelijk de boekingen van deze dagen"
            " met die bij uw bank: ontbreekt er een, dan kan iemand die betaald heeft een herinnering"
            " krijgen.",
        ),
    )


def test_the_users_word_does_not_open_a_refused_file() -> None:
    with pytest.raises(UserError):
        plan_import(Ledger(), [_refusal("a.xml", 3)], on=ON, despite_gaps=True)


@pytest.mark.parametrize("file_format", [FileFormat.CAMT052, FileFormat.CAMT054])
def test_a_report_during_the_day_makes_no_bookings_on_a_day_the_statement_holds(
    file_format: FileFormat,
) -> None:
    report = _file("dag.xml", [_booking(18, "50.00", "Batch")], file_format=file_format, opening=None)
    assert _counts(plan_import(Ledger(), [report], on=ON)) == [(1, 0, 0)]
    for files in ([report, WEEK], [WEEK, report]):
        counts = {file.name: (file.new, file.known) for file in plan_import(Ledger(), files, on=ON).files}
        assert counts == {"dag.xml": (0, 1), "week.sta": (3, 0)}


def test_a_file_without_bookings_moves_the_last_bank_day() -> None:
    quiet = _file("stil.sta", [], opening="160.00", begin=19, end=19)
    ledger = _after(plan_import(Ledger(), [WEEK], on=ON))
    plan = plan_import(ledger, [quiet], on=ON)
    assert [row.end for row in plan.statements] == [date(2026, 11, 19)]
    assert plan_import(_after(plan, ledger), [quiet], on=ON).statements == ()


def test_nothing_to_import_is_an_empty_plan() -> None:
    assert plan_import(Ledger(), [], on=ON) == ImportPlan()


def test_a_possible_double_is_shown_until_the_user_decides_and_never_again() -> None:
    ledger = _after(plan_import(Ledger(), [WEEK], on=ON))
    csv = _file("week.csv", [_booking(18, "25.00", "anders")], file_format=FileFormat.CSV, opening=None)
    both = _after(plan_import(ledger, [csv], on=ON), ledger)
    assert refresh(both, ON).problems == refresh(both, ON).problems
    asked = [problem for problem in refresh(both, ON).problems if "Mogelijk dubbel" in problem.found]
    assert len(asked) == 1
    decided = replace(both, payments=(*both.payments[:-1], replace(both.payments[-1], choice="nee")))
    again = plan_import(decided, [csv, WEEK], on=ON)
    assert (again.payments, _counts(again)) == ((), [(0, 1, 0), (0, 3, 0)])
    assert not [problem for problem in refresh(decided, ON).problems if "dubbel" in problem.found]


def test_a_possible_double_pays_nothing_until_the_user_decides() -> None:
    invoice = Invoice(number="F-1001", debtor="K1", issued=ON, due=ON, amount=Decimal("25.00"))
    other = replace(invoice, number="F-1002")
    debtor = Debtor(number="K1", name="Koffie & Zo", iban="NL18TRIO0198100777")
    ledger = Ledger(invoices=(invoice, other), debtors=(debtor,))
    mt940 = _file("a.sta", [_booking(18, "25.00", "Factuur F-1001")], opening=None)
    csv = _file("a.csv", [_booking(18, "25.00", "F a c t. F-1002")], file_format=FileFormat.CSV, opening=None)
    first = plan_import(ledger, [mt940], on=ON).payments
    (later,) = plan_import(replace(ledger, payments=first), [csv], on=ON).payments
    done = refresh(replace(ledger, payments=(*first, later)), ON)
    assert [row.invoice for row in done.ledger.allocations] == ["F-1001"]
    real = replace(later, choice="F-1002")
    done = refresh(replace(ledger, payments=(*first, real)), ON)
    assert {row.invoice for row in done.ledger.allocations} == {"F-1001", "F-1002"}
