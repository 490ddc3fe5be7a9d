"""The journal: what a run changed, kept on disk, compared with the sheets, and put back exactly."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debiteuren.book.journal import (
    KEPT,
    BlockDiff,
    Entry,
    Journal,
    block_undo,
    plan_undo,
    still_before,
    table_diffs,
    touched,
)
from debiteuren.book.workbook import Cell, CellFault, Changes, Grid
from debiteuren.book.write_plan import TablePlan, plan_tables

TABLE = "tblContact"
COLUMNS = ("Moment", "Debiteurnummer", "Kanaal", "Soort", "Eigen")
FIRST = 5


def grid(rows: Sequence[Sequence[Cell]]) -> Grid:
    return Grid(table=TABLE, sheet="Contact", first_row=FIRST, columns=COLUMNS, rows=[*map(list, rows)])


def applied(plan: TablePlan, now: Grid) -> Grid:
    """The rows after a plan, as the open sheet would show them."""
    rows = [list(row) for row in now.rows[: plan.after]]
    rows += [[None] * len(COLUMNS) for _ in range(plan.after - len(rows))]
    for block in plan.blocks:
        place = COLUMNS.index(block.column)
        for row, value in enumerate(block.values, block.start):
            if row < len(rows):
                rows[row][place] = value
    return grid(rows)


def planned(now: Grid, changes: Changes) -> TablePlan:
    (plan,) = plan_tables({TABLE: now}, changes)
    return plan


OLD = grid([["a", "D1", "E-mail", "Gesprek", "x"], ["b", "D2", None, "Overig", None]])


def appended(now: Grid = OLD) -> tuple[TablePlan, Grid]:
    rows: list[dict[str, Cell]] = [{"Moment": date(2026, 11, 21), "Debiteurnummer": "D3"}]
    plan = planned(now, Changes(appended={TABLE: rows}))
    return plan, applied(plan, now)


def test_only_cells_that_change_are_kept() -> None:
    changes = Changes(
        columns={(TABLE, "Soort"): ["Gesprek", "Bevestiging"], (TABLE, "Kanaal"): ["E-mail", None]}
    )
    diff = table_diffs({TABLE: OLD}, [planned(OLD, changes)])[TABLE]
    assert (diff.before, diff.after, [*diff.columns]) == (2, 2, ["Soort"])
    column = diff.columns["Soort"]
    assert (column.rows, column.before, column.after) == ((1,), ("Overig",), ("Bevestiging",))
    same = Changes(columns={(TABLE, "Soort"): ["Gesprek", "Overig"]})
    assert table_diffs({TABLE: OLD}, [planned(OLD, same)]) == {}


def test_rows_that_came_go_and_nothing_else_moves() -> None:
    plan, now = appended()
    diff = table_diffs({TABLE: OLD}, [plan])[TABLE]
    assert not still_before(diff, now)
    assert touched(diff, now, ()) == []
    back = plan_undo(TABLE, diff, now)
    assert (back.before, back.after) == (3, 2)
    assert applied(back, now) == OLD
    assert still_before(diff, OLD)


@pytest.mark.parametrize("column", ["Debiteurnummer", "Kanaal", "Eigen"])
def test_a_cell_filled_in_a_row_that_came_holds_it_back(column: str) -> None:
    plan, now = appended()
    diff = table_diffs({TABLE: OLD}, [plan])[TABLE]
    now.rows[2][COLUMNS.index(column)] = "van mij"  # type: ignore[index] # these rows are lists
    (problem,) = touched(diff, now, ())
    assert (problem.sheet, problem.row, problem.column) == ("Contact", FIRST + 2, column)
    assert touched(diff, now, {"Eigen"}) == ([] if column == "Eigen" else [problem])


def test_a_row_more_or_less_holds_it_back() -> None:
    plan, now = appended()
    diff = table_diffs({TABLE: OLD}, [plan])[TABLE]
    for rows in ([*now.rows, ["c", *[None] * 4]], now.rows[:2]):
        (problem,) = touched(diff, grid(rows), ())
        assert problem.found == f"Hier staan nu {len(rows)} regels; na die opdracht waren het er 3."


def test_rows_below_stay_when_only_columns_changed() -> None:
    plan = planned(OLD, Changes(columns={(TABLE, "Soort"): ["Overig", "Overig"]}))
    diff = table_diffs({TABLE: OLD}, [plan])[TABLE]
    more = grid([*applied(plan, OLD).rows, ["c", "D9", None, "Gesprek", None]])
    assert touched(diff, more, ()) == []
    assert applied(plan_undo(TABLE, diff, more), more) == grid([*OLD.rows, more.rows[2]])


def test_many_changed_cells_are_counted() -> None:
    old = grid([["a", f"D{row}", None, "Gesprek", None] for row in range(9)])
    plan = planned(old, Changes(columns={(TABLE, "Soort"): ["Overig"] * 9}))
    diff = table_diffs({TABLE: old}, [plan])[TABLE]
    *shown, last = touched(diff, grid([[*row[:3], "Kopie factuur", None] for row in old.rows]), ())
    assert [problem.row for problem in shown] == [5, 6, 7, 8, 9]
    assert last.found == "Nog 4 cellen op dit blad zijn veranderd."


def test_a_column_that_is_gone_is_a_change() -> None:
    plan = planned(OLD, Changes(columns={(TABLE, "Soort"): ["Overig", "Overig"]}))
    diff = table_diffs({TABLE: OLD}, [plan])[TABLE]
    now = Grid(table=TABLE, sheet="Contact", first_row=FIRST, columns=("Moment",), rows=[["a"], ["b"]])
    assert [problem.column for problem in touched(diff, now, ())] == ["Soort"]


def test_an_error_that_was_overwritten_comes_back_empty() -> None:
    old = grid([["a", "D1", None, CellFault("#N/A"), CellFault("#N/A")]])
    plan = planned(old, Changes(columns={(TABLE, "Soort"): ["Overig"]}))
    diff = table_diffs({TABLE: old}, [plan])[TABLE]
    back = plan_undo(TABLE, diff, applied(plan, old))
    assert [(block.column, block.values) for block in back.blocks] == [("Soort", (None,))]


def test_a_block_goes_back_but_for_what_the_user_typed() -> None:
    diff = BlockDiff(before=[[1.0, "a"], [None]], after=[[2.0, "b"], ["c"]])
    assert block_undo(diff, [[2.0, "van mij"], ["c"]]) == [[1.0, "van mij"], [None]]
    assert block_undo(diff, []) == [[None, None], [None]]


def entry(run: str = "bijwerken") -> Entry:
    plan, _ = appended()
    return Entry(
        run=run,
        moment=datetime(2026, 11, 21, 10, 30),
        saved=True,
        tables=table_diffs({TABLE: OLD}, [plan]),
        blocks={
            "StartStand": BlockDiff(
                before=[[1.5, None]], after=[[date(2026, 11, 21), datetime(2026, 1, 1, 9)]]
            )
        },
        facts={"concepten": [{"key": "k"}]},
    )


def test_what_is_written_down_is_read_back(tmp_path: Path) -> None:
    journal = Journal(tmp_path, Path("C:/x/Boek.xlsm"))
    path = journal.add(entry())
    assert [*journal.entries()] == [(path, entry())]
    assert [*Journal(tmp_path, Path("c:/X/boek.xlsm")).entries()] == [(path, entry())]
    assert [*Journal(tmp_path, Path("C:/x/Ander.xlsm")).entries()] == []
    assert not [*tmp_path.rglob("*.tmp")]


def test_the_last_ten_stay_newest_first(tmp_path: Path) -> None:
    journal = Journal(tmp_path, Path("Boek.xlsm"))
    for number in range(KEPT + 3):
        journal.add(entry(str(number)))
    assert [found.run for _, found in journal.entries()] == [str(n) for n in range(KEPT + 2, 2, -1)]


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"run": 1, "moment": 2}', b"\xff", b'{"tables": []}'])
def test_an_entry_that_cannot_be_read_ends_the_row(tmp_path: Path, data: bytes) -> None:
    journal = Journal(tmp_path, Path("Boek.xlsm"))
    journal.add(entry("1"))
    journal.add(entry("2")).write_bytes(data)
    journal.add(entry("3"))
    assert [found.run for _, found in journal.entries()] == ["3"]


cells = st.one_of(
    st.none(),
    st.sampled_from(["a", "b", "=1+1"]),
    st.integers(0, 999).map(lambda cents: cents / 100),
    st.dates(),
    st.booleans(),
)
bodies = st.lists(st.lists(cells, min_size=5, max_size=5), max_size=5)


@given(old=bodies, new=bodies, replaces=st.booleans())
def test_any_run_goes_back_to_what_was(
    old: list[list[Cell]], new: list[list[Cell]], *, replaces: bool
) -> None:
    was = grid(old)
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in new]
    if replaces:
        changes = Changes(replaced={TABLE: rows})
    else:
        changes = Changes(columns={(TABLE, "Soort"): [row[0] for row in old]}, appended={TABLE: rows})
    plan = planned(was, changes)
    now = applied(plan, was)
    for diff in table_diffs({TABLE: was}, [plan]).values():
        assert touched(diff, now, ()) == []
        assert applied(plan_undo(TABLE, diff, now), now) == was
