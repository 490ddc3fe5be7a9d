"""A percentage in a cell: docs/handleiding.md, "Debiteuren" (Kortingspercentage)."""

from decimal import Decimal

import pytest

from debiteuren.book.percents import percent_of
from debiteuren.book.tables import read_ledger
from debiteuren.book.workbook import Cell
from workbooks import contents


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (2, "2.00"),
        (2.5, "2.50"),
        (0.0, "0.00"),
        (0.1, "0.10"),
        (99.0, "99.00"),
        ("2", "2.00"),
        ("2,5", "2.50"),
        ("2.25", "2.25"),
        (" 2,5 % ", "2.50"),
        ("2%", "2.00"),
        (0.025, None),
        (0.09, None),
        (99.5, None),
        (100, None),
        (-2, None),
        (2.555, None),
        ("2,555", None),
        ("twee", None),
        (True, None),
        ("", None),
    ],
)
def test_a_percentage_has_at_most_two_decimals(cell: Cell, expected: str | None) -> None:
    if expected is None:
        with pytest.raises((ValueError, ArithmeticError)):
            percent_of(cell)
    else:
        assert percent_of(cell) == Decimal(expected)


def test_it_is_read_from_the_debtor_and_the_settings() -> None:
    rows: dict[str, list[dict[str, Cell]]] = {
        "tblDebiteuren": [
            {"Debiteurnummer": "D1", "Naam": "Jansen", "Kortingspercentage": 2.5},
            {"Debiteurnummer": "D2", "Naam": "Bos", "Kortingspercentage": None},
            {"Debiteurnummer": "D3", "Naam": "Vos", "Kortingspercentage": 0.025},
        ]
    }
    reading = read_ledger(contents(rows, {"Kortingspercentage": 1.5}))
    assert [debtor.discount_percent for debtor in reading.ledger.debtors] == [Decimal("2.50"), None, None]
    assert reading.ledger.settings.discount_percent == Decimal("1.50")
    (fault,) = reading.faults
    assert (fault.column, fault.row) == ("Kortingspercentage", reading.ledger.debtors[2].row)
    assert fault.found.startswith('Hier staat "0,025". Dat is geen percentage van 0 tot en met 99')
