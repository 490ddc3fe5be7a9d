"""The filters the user has set on an open table: which of them can be put back as they were.

Excel writes a block of values into a filtered table wrongly: hidden rows are skipped and the first value
is repeated (xlwings issues #679 and #747). So filters are lifted before writing and put back afterwards; one
that cannot be put back exactly stops the run before anything changes.
Leaves to others: when that happens (live.py).
"""

import re
from collections.abc import Sequence
from typing import Literal, Protocol

from debiteuren.domain.problem import Problem, UserError

_Operator = Literal[
    "between",
    "not_between",
    "equal_to",
    "not_equal_to",
    "greater_than",
    "less_than",
    "greater_than_or_equal",
    "less_than_or_equal",
]

# A whole number or words. A day or an amount with a comma comes out of Excel in the user's notation and
# would go back in as American: 3-11-2026 would become 11 March.
_SAFE_OPERAND = re.compile(r"-?\d+|\D*", re.ASCII)


class _Criterion(Protocol):
    """What xlwings tells of one column of a filter; `field` counts from 1."""

    @property
    def field(self) -> int: ...
    @property
    def type(self) -> str: ...
    @property
    def values(self) -> list[str] | None: ...
    @property
    def operator(self) -> _Operator | None: ...
    @property
    def value1(self) -> str | None: ...
    @property
    def value2(self) -> str | None: ...


class _Filter(Protocol):
    """What we use of xlwings' AutoFilter."""

    @property
    def criteria(self) -> Sequence[_Criterion]: ...
    def apply_values(self, field: int, values: Sequence[str]) -> None: ...
    def apply_comparison(
        self, field: int, operator: _Operator, value1: str | None, value2: str | None = None
    ) -> None: ...


def active_criteria(table_filter: _Filter, sheet: str, columns: Sequence[str]) -> list[_Criterion]:
    """The criteria set on a table with these columns.

    Raises:
        UserError: one of them can't be put back as it was, such as a filter on colour or on days.
    """
    found = [criterion for criterion in table_filter.criteria if criterion.type != "none"]
    problems = [
        Problem(
            sheet=sheet,
            column=columns[criterion.field - 1],
            found="Op deze kolom staat een filter dat het programma niet precies kan terugzetten.",
            remedy="zet het filter op deze kolom uit en klik opnieuw.",
        )
        for criterion in found
        if not _restorable(criterion)
    ]
    if problems:
        raise UserError.of(problems)
    return found


def put_back(table_filter: _Filter, criteria: Sequence[_Criterion]) -> None:
    """Set the criteria that `active_criteria` found."""
    for criterion in criteria:
        if criterion.values:
            table_filter.apply_values(criterion.field, criterion.values)
        elif criterion.operator:
            table_filter.apply_comparison(
                criterion.field, criterion.operator, criterion.value1, criterion.value2
            )


def _restorable(criterion: _Criterion) -> bool:
    if criterion.type == "values":
        return bool(criterion.values)
    operands = (criterion.value1 or "", criterion.value2 or "")
    return (
        criterion.type == "comparison"
        and criterion.operator is not None
        and all(_SAFE_OPERAND.fullmatch(operand) for operand in operands)
    )
