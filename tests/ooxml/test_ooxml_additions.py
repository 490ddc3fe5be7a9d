"""A column beside a table, a defined name, another part: added, or refused with where and why."""

from pathlib import Path

import pytest

from debiteuren.book.ooxml import Package, Refused
from ooxml.ooxml_books import grid, loaded, plain, rich
from ooxml.ooxml_checker import contents, dangling, differences


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return plain(tmp_path / "boek.xlsx", 3)


def test_a_column_is_added_and_nothing_else_changes(book: Path, tmp_path: Path) -> None:
    other = tmp_path / "nieuw.xlsx"
    with Package.open(book) as package:
        table = next(iter(package.tables()))
        old = package.tables()[table]
        package.add_column(table, 'Met "teken" & meer')
        package.save(other)
        assert package.tables()[table].columns == (*old.columns, 'Met "teken" & meer')
    changed = {difference.partition(":")[0] for difference in differences(book, other)}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/tables/table1.xml"}
    assert grid(other, "Data").items() - grid(book, "Data").items() == {((3, 5), 'Met "teken" & meer')}
    read = loaded(other)["Data"].tables[table]
    assert (read.ref, read.autoFilter.ref) == ("B3:E6", "B3:E6")
    assert [column.id for column in read.tableColumns] == [1, 2, 3, 4]
    assert dangling(other) == set()


def test_a_new_column_can_be_filled_and_the_table_grown_in_the_same_run(book: Path) -> None:
    with Package.open(book) as package:
        table = next(iter(package.tables()))
        package.add_column(table, "Nieuw")
        package.set_column(table, "Nieuw", ["a", None, "c"])
        package.append_rows(table, [{"Nieuw": "d"}])
        package.save()
    assert [grid(book, "Data").get((row, 5)) for row in range(3, 8)] == ["Nieuw", "a", None, "c", "d"]
    assert loaded(book)["Data"].tables[table].ref == "B3:E7"


@pytest.mark.parametrize(
    ("cell", "why"),
    [("E5", "cel E5 is niet leeg. Maak kolom E van rij 3 tot en met 6 leeg."), ("E3", "cel E3 is niet leeg")],
)
def test_what_stands_beside_the_table_is_not_swallowed(book: Path, cell: str, why: str) -> None:
    with Package.open(book) as package:
        package.set_cells("Data", {cell: "van mij", "E2": "mag", "E7": "mag"})
        package.save()
        with pytest.raises(Refused, match="geen plaats voor de kolom") as refused:
            package.add_column(next(iter(package.tables())), "Nieuw")
    assert why in str(refused.value)


def test_a_column_that_is_there_is_not_added_again(book: Path) -> None:
    with Package.open(book) as package:
        table, info = next(iter(package.tables().items()))
        with pytest.raises(Refused, match="heeft al een kolom"):
            package.add_column(table, info.columns[0].upper())


def test_a_name_is_added_once(tmp_path: Path) -> None:
    book, other = rich(tmp_path / "boek.xlsx"), tmp_path / "nieuw.xlsx"
    with Package.open(book) as package:
        package.define_name("Nieuwe_naam", "over 'n zicht", "C12")
        package.save(other)
        package.define_name("bedragen", "Blad1", "C12")
        with pytest.raises(Refused, match="bestaat al"):
            package.save(tmp_path / "niet.xlsx")
    assert {difference.partition(":")[0] for difference in differences(book, other)} == {"xl/workbook.xml"}
    assert loaded(other).defined_names["Nieuwe_naam"].attr_text == "'Over ''n zicht'!$C$12"


def test_another_part_goes_in_whole_and_alone(book: Path, tmp_path: Path) -> None:
    other = tmp_path / "nieuw.xlsx"
    with Package.open(book) as package:
        assert package.linked_part("theme") == "xl/theme/theme1.xml"
        assert package.linked_part("vbaProject") is None
        package.replace_part("docProps/app.xml", b"<a/>")
        package.save(other)
        with pytest.raises(Refused, match=r"geen onderdeel xl/vbaProject\.bin"):
            package.replace_part("xl/vbaProject.bin", b"")
    before, after = contents(book), contents(other)
    assert {name for name in before if before[name] != after[name]} == {"docProps/app.xml"}
