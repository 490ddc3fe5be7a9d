"""What makes a workbook ours, and which filters of the user can be put back."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from debiteuren.book.layout import TABLES
from debiteuren.book.live.filters import active_criteria, put_back
from debiteuren.book.surface import require_surface
from debiteuren.domain.problem import UserError

OURS = {table.name: table.names() for table in TABLES}


def test_a_workbook_with_every_table_and_column_is_ours() -> None:
    require_surface(OURS)


def test_extra_tables_and_columns_are_the_users_business() -> None:
    require_surface({name: (*columns, "Eigen") for name, columns in OURS.items()} | {"tblEigen": ("A",)})


def test_a_column_that_came_later_may_be_missing() -> None:
    without = [name for name in OURS["tblBetalingen"] if name != "Retourcode"]
    require_surface(OURS | {"tblBetalingen": tuple(without)})


def test_everything_that_is_missing_is_named_at_once() -> None:
    found = {name: columns for name, columns in OURS.items() if name != "tblActies"}
    found["tblFacturen"] = tuple(name for name in OURS["tblFacturen"] if name not in {"Bedrag", "Status"})
    with pytest.raises(UserError) as stopped:
        require_surface(found)
    assert stopped.value.title == "Niets gewijzigd: 3 punten om na te kijken"
    assert [problem.place for problem in stopped.value.problems] == [
        "Acties",
        "Facturen, kolom Bedrag",
        "Facturen, kolom Status",
    ]


def test_without_any_of_our_tables_it_is_something_else() -> None:
    with pytest.raises(UserError, match="Niets gewijzigd: dit is geen werkmap van Debiteuren"):
        require_surface({"Tabel1": ("A",)})


@dataclass
class Criterion:
    field: int = 1
    type: str = "none"
    values: list[str] | None = None
    operator: Any = None
    value1: str | None = None
    value2: str | None = None


@dataclass
class Filter:
    criteria: list[Criterion]
    applied: list[tuple[object, ...]] = field(default_factory=list)

    def apply_values(self, field: int, values: object) -> None:
        self.applied.append((field, values))

    def apply_comparison(
        self, field: int, operator: str, value1: str | None, value2: str | None = None
    ) -> None:
        self.applied.append((field, operator, value1, value2))


@pytest.mark.parametrize(
    ("criterion", "applied"),
    [
        (Criterion(type="values", values=["Te laat", "€ 1.234,56"]), (1, ["Te laat", "€ 1.234,56"])),
        (Criterion(type="comparison", operator="equal_to"), (1, "equal_to", None, None)),
        (Criterion(2, "comparison", None, "greater_than", "-100"), (2, "greater_than", "-100", None)),
        (Criterion(2, "comparison", None, "between", "1", "20"), (2, "between", "1", "20")),
        (Criterion(2, "comparison", None, "not_equal_to", "Betaald"), (2, "not_equal_to", "Betaald", None)),
    ],
)
def test_these_filters_are_put_back(criterion: Criterion, applied: tuple[object, ...]) -> None:
    table_filter = Filter([Criterion(), criterion])
    put_back(table_filter, active_criteria(table_filter, "Facturen", ["A", "B"]))
    assert table_filter.applied == [applied]


@pytest.mark.parametrize(
    "criterion",
    [
        Criterion(2, "unknown"),
        Criterion(2, "top_items"),
        Criterion(2, "values", values=[]),
        Criterion(2, "comparison"),
        Criterion(2, "comparison", None, "greater_than", "1234,56"),
        Criterion(2, "comparison", None, "greater_than", "3-11-2026"),
        Criterion(2, "comparison", None, "between", "1", "2,5"),
    ],
)
def test_these_filters_stop_the_run(criterion: Criterion) -> None:
    with pytest.raises(UserError) as stopped:
        active_criteria(Filter([Criterion(), criterion]), "Facturen", ["A", "B"])
    assert [problem.place for problem in stopped.value.problems] == ["Facturen, kolom B"]
