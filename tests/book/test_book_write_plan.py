"""Changes → what is written where; and the way back."""

from datetime import date

import pytest

from debiteuren.book.layout import AFSCHRIFTEN, BETALINGEN
from debiteuren.book.workbook import Cell, CellFault, Changes, Grid
from debiteuren.book.write_plan import ColumnBlock, TablePlan, plan_back, plan_tables


def grid(*rows: dict[str, Cell], own: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> dict[str, Grid]:
    """Afschriften with these rows and columns of the user's own."""
    columns = (*(name for name in AFSCHRIFTEN.names() if name not in without), *own)
    return {
        "tblAfschriften": Grid(
            table="tblAfschriften",
            sheet="Afschriften",
            first_row=5,
            columns=columns,
            rows=[[row.get(name) for name in columns] for row in rows],
        )
    }


TWO = grid({"Rekening": "A", "Regels": 1.0}, {"Rekening": "B", "Regels": 2.0})


def block(column: str, start: int, *values: Cell) -> ColumnBlock:
    return ColumnBlock(column=column, start=start, values=values)


def plan(before: int, after: int, *blocks: ColumnBlock) -> tuple[TablePlan, ...]:
    return (TablePlan(table="tblAfschriften", before=before, after=after, blocks=blocks),)


def test_columns_keep_their_rows() -> None:
    changes = Changes(columns={("tblAfschriften", "Regels"): [3, None]})
    assert plan_tables(TWO, changes) == plan(2, 2, block("Regels", 0, 3.0, None))


def test_appended_rows_stand_below_and_leave_other_columns_alone() -> None:
    changes = Changes(appended={"tblAfschriften": [{"Rekening": "C"}, {"Eind": date(2026, 11, 1)}]})
    assert plan_tables(TWO, changes) == plan(
        2, 4, block("Rekening", 2, "C", None), block("Eind", 2, None, date(2026, 11, 1))
    )


def test_a_column_and_rows_below_it_are_one_block() -> None:
    changes = Changes(
        columns={("tblAfschriften", "Regels"): [3, 4]}, appended={"tblAfschriften": [{"Regels": 5}]}
    )
    assert plan_tables(TWO, changes) == plan(2, 3, block("Regels", 0, 3.0, 4.0, 5.0))


def test_replaced_rows_take_every_column_also_the_users_own() -> None:
    grids = grid({"Rekening": "A", "Notitie": "a"}, {"Rekening": "B"}, own=("Notitie",))
    changes = Changes(replaced={"tblAfschriften": [{"Rekening": "B", "Notitie": CellFault("#N/A")}]})
    (found,) = plan_tables(grids, changes)
    assert (found.before, found.after) == (2, 1)
    assert [part.column for part in found.blocks] == [*AFSCHRIFTEN.names(), "Notitie"]
    assert {part.column: part.values for part in found.blocks if part.values != (None,)} == {
        "Rekening": ("B",)
    }


def test_without_rows_the_one_that_stays_is_emptied() -> None:
    (found,) = plan_tables(TWO, Changes(replaced={"tblAfschriften": []}))
    assert (found.before, found.after) == (2, 0)
    assert {part.values for part in found.blocks} == {(None,)}


def test_a_column_an_older_workbook_lacks_is_left_out() -> None:
    names = tuple(name for name in BETALINGEN.names() if name != "Retourcode")
    grids = {
        "tblBetalingen": Grid(table="tblBetalingen", sheet="Betalingen", first_row=5, columns=names, rows=[])
    }
    changes = Changes(appended={"tblBetalingen": [{"Transactie": "T", "Retourcode": "MS03"}]})
    assert [part.column for part in plan_tables(grids, changes)[0].blocks] == ["Transactie"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (Changes(replaced={"tblFacturen": []}), "no such table: tblFacturen"),
        (Changes(columns={("tblAfschriften", "Regels"): [1]}), "1 values for 2 rows"),
        (Changes(columns={("tblAfschriften", "Nergens"): [1, 2]}), "no column Nergens"),
        (Changes(appended={"tblAfschriften": [{"Rekening": CellFault("#N/A")}]}), "never written"),
        (
            Changes(replaced={"tblAfschriften": []}, appended={"tblAfschriften": [{"Rekening": "A"}]}),
            "cannot be changed as well",
        ),
    ],
)
def test_what_would_be_our_own_fault_is_refused(changes: Changes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        plan_tables(TWO, changes)


BACK = {
    "columns": (TWO, Changes(columns={("tblAfschriften", "Regels"): [3, 4]}), [("Regels", (1.0, 2.0))]),
    "rows below": (TWO, Changes(appended={"tblAfschriften": [{"Regels": 5}]}), []),
    "rows in an empty table": (
        grid(),
        Changes(appended={"tblAfschriften": [{"Regels": 5}, {"Regels": 6}]}),
        [("Regels", (None,))],
    ),
}


@pytest.mark.parametrize("name", BACK)
def test_the_way_back_touches_only_what_was_touched(
    name: str,
) -> None:
    grids, changes, blocks = BACK[name]
    there = plan_tables(grids, changes)
    (back,) = plan_back(there, grids)
    assert (back.before, back.after) == (there[0].after, there[0].before)
    assert [(part.column, part.values) for part in back.blocks] == blocks
