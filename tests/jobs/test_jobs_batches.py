"""A batch that one file gives as a total and another in parts counts once, whichever comes first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from debiteuren.domain.ledger import Ledger
from debiteuren.domain.payment import BankFile, BankTransaction, FileFormat
from debiteuren.jobs.bank_import import plan_import
from debiteuren.rules.booking_keys import possible_doubles

ON = date(2026, 11, 21)


def _booking(amount: str, text: str, counter: str = "", day: int = 17) -> BankTransaction:
    return BankTransaction(
        account="NL20INGB0001234567",
        booked=date(2026, 11, day),
        amount=Decimal(amount),
        counter_account=counter,
        description=text,
    )


def _file(form: FileFormat, *bookings: BankTransaction) -> BankFile:
    return BankFile(name=form.value, format=form, bank="ING", transactions=bookings)


COFFEE = _booking("-3.00", "Koffie", "NL18TRIO0198100777")
TOTAL = _booking("10.00", "TOTAAL 2 VZ")
PARTS = (_booking("4.00", "Nota 1", "NL36INGB0007654321"), _booking("6.00", "Nota 2", "NL95RABO0118222333"))


def _brought(*files: BankFile) -> tuple[list[tuple[int, int, int]], Ledger]:
    """New, known and possibly double per file, each imported after the other."""
    ledger, counts = Ledger(), []
    for file in files:
        plan = plan_import(ledger, [file], on=ON)
        counts += [(found.new, found.known, found.maybe_double) for found in plan.files]
        ledger = replace(ledger, payments=(*ledger.payments, *plan.payments))
    return counts, ledger


def _mt940(*bookings: BankTransaction) -> BankFile:
    return _file(FileFormat.MT940, *bookings)


def _camt(*bookings: BankTransaction) -> BankFile:
    return _file(FileFormat.CAMT053, *bookings)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param([TOTAL], PARTS, (2, 0, 2), id="the parts after the total"),
        pytest.param([COFFEE, TOTAL], [*PARTS, COFFEE], (2, 1, 2), id="with another booking in both"),
        pytest.param([TOTAL], [PARTS[0], _booking("6.01", "x", "NL1")], (2, 0, 0), id="a cent too much"),
        pytest.param([TOTAL], [PARTS[0], _booking("5.99", "x", "NL1")], (2, 0, 0), id="a cent too little"),
        pytest.param([TOTAL], [PARTS[0], _booking("6.00", "x", "NL1", 18)], (2, 0, 0), id="two days"),
        pytest.param(
            [replace(TOTAL, counter_account="NL1")], PARTS, (2, 0, 0), id="no total: it has a party"
        ),
        pytest.param(
            [TOTAL, _booking("5.00", "TOTAAL 1 VZ")],
            [*PARTS, _booking("2.00", "a", "NL1"), _booking("3.00", "b", "NL2")],
            (4, 0, 4),
            id="two batches on a day",
        ),
    ],
)
def test_parts_after_their_total_may_be_double(
    first: Sequence[BankTransaction], second: Sequence[BankTransaction], expected: tuple[int, int, int]
) -> None:
    counts, ledger = _brought(_mt940(*first), _camt(*second))
    assert counts[1] == expected
    assert len(possible_doubles(ledger.payments)) == expected[2]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param(PARTS, [TOTAL], (0, 1, 0), id="the total after its parts"),
        pytest.param([COFFEE, *PARTS], [TOTAL, COFFEE], (0, 2, 0), id="with another booking in both"),
        pytest.param([*PARTS, _booking("1.00", "x", "NL1")], [TOTAL], (1, 0, 0), id="a booking more"),
        pytest.param([PARTS[0]], [TOTAL], (1, 0, 0), id="a part is missing"),
        pytest.param(
            PARTS, [replace(TOTAL, counter_account="NL1")], (1, 0, 0), id="no total: it has a party"
        ),
        pytest.param(
            [_booking("10.00", "Nota 9", "NL36INGB0007654321")], [TOTAL], (1, 0, 1), id="one and one"
        ),
    ],
)
def test_a_total_after_its_parts_is_known(
    first: Sequence[BankTransaction], second: Sequence[BankTransaction], expected: tuple[int, int, int]
) -> None:
    assert _brought(_camt(*first), _mt940(*second))[0][1] == expected


def test_again_and_again_changes_nothing() -> None:
    for files in ((_mt940(TOTAL), _camt(*PARTS)), (_camt(*PARTS), _mt940(TOTAL))):
        _, once = _brought(*files)
        counts, twice = _brought(*files, *files)
        assert twice.payments == once.payments
        assert [new for new, _, _ in counts[2:]] == [0, 0]


def test_what_the_user_decided_stays_decided() -> None:
    _, ledger = _brought(_mt940(TOTAL), _camt(*PARTS))
    total, *parts = ledger.payments
    decided = [total, replace(parts[0], choice="2026-0001"), parts[1]]
    assert possible_doubles(decided) == {parts[1].transaction: total.transaction}
    assert possible_doubles([replace(total, choice="Nee"), *parts]) == {}


ENTRY = [replace(part, bank_id="B1", line=4) for part in PARTS]


def _camt054(*bookings: BankTransaction) -> BankFile:
    return _file(FileFormat.CAMT054, *bookings)


@pytest.mark.parametrize(
    ("total", "parts", "amounts"),
    [
        pytest.param([replace(TOTAL, bank_id="B1")], ENTRY, ["4.00", "6.00"], id="they add up"),
        pytest.param([TOTAL], ENTRY, ["4.00", "6.00"], id="no id in the statement"),
        pytest.param([replace(TOTAL, bank_id="B2")], ENTRY, None, id="another id"),
        pytest.param([TOTAL, replace(TOTAL, bank_id="B1")], ENTRY, None, id="two of this amount"),
        pytest.param([_booking("10.00", "x", "NL1")], ENTRY, None, id="it has a party"),
        pytest.param([TOTAL], [ENTRY[0], replace(ENTRY[1], line=5)], None, id="two entries"),
    ],
)
def test_a_054_beside_its_053_gives_the_parts_of_a_batch(
    total: list[BankTransaction], parts: list[BankTransaction], amounts: list[str] | None
) -> None:
    for files in ([_camt(*total), _camt054(*parts)], [_camt054(*parts), _camt(*total)]):
        plan = plan_import(Ledger(), files, on=ON)
        found = sorted(row.amount for row in plan.payments if row.source == "ING CAMT.053")
        whole = [row.amount for row in total]
        assert found == sorted(whole if amounts is None else map(Decimal, amounts))


def test_the_same_two_files_again_and_the_statement_alone_add_nothing() -> None:
    files = [_camt(TOTAL, COFFEE), _camt054(*ENTRY)]
    first = plan_import(Ledger(), files, on=ON)
    assert sorted(row.amount for row in first.payments) == [
        Decimal("-3.00"),
        Decimal("4.00"),
        Decimal("6.00"),
    ]
    ledger = replace(Ledger(), payments=first.payments, statements=first.statements)
    for again in (files, files[:1], files[1:]):
        assert plan_import(ledger, again, on=ON).payments == ()
