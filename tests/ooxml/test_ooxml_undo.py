"""Every save has its note, and can be taken back to the byte, one after the other."""

import dataclasses
import datetime as dt
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debiteuren.book.ooxml import Change, InUse, Package, Refused, Told, backups, changes, take_back
from debiteuren.book.ooxml import replace as replacing
from debiteuren.book.ooxml.backups import FOLDER, KEPT, back_up
from debiteuren.book.ooxml.notes import note_path, read_note
from ooxml.ooxml_books import grid, plain


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return plain(tmp_path / "Boek 1.xlsx", 2, [[1, 2, 3], [4, 5, 6]])


def edit(book: Path, value: float, run: str = "proef") -> bytes:
    """The bytes after one cell got a value."""
    with Package.open(book) as package:
        package.set_cells("Leeg", {"A1": value})
        package.save(told=Told(run=run, facts={"teller": value}))
    return book.read_bytes()


def last(book: Path) -> Change:
    return next(changes(book))


def test_the_note_says_which_run_when_and_which_cells(book: Path) -> None:
    before = book.read_bytes()
    with Package.open(book) as package:
        package.set_column("tblP", "Drie", [7, 8])
        package.append_rows("tblP", [{"Een": "x"}])
        package.set_cells("Leeg", {"B2": 1, "C2": 2, "B3": 3, "F9": 4})
        package.save(told=Told(run="bijwerken", facts={"sleutels": ["a"]}))
    ((moment, copy),) = backups(book)
    assert copy.read_bytes() == before
    found = json.loads(note_path(copy).read_text(encoding="utf-8"))
    assert found["opdracht"] == "bijwerken"
    assert found["moment"] == moment.isoformat()
    assert found["feiten"] == {"sleutels": ["a"]}
    assert found["wijzigingen"] == [
        {"blad": "Data", "gebied": "D4:D5", "kolommen": ["Drie"]},
        {"blad": "Data", "gebied": "B6", "kolommen": ["Een"]},
        {"blad": "Leeg", "gebied": "B2:C2", "kolommen": ["B", "C"]},
        {"blad": "Leeg", "gebied": "B3", "kolommen": ["B"]},
        {"blad": "Leeg", "gebied": "F9", "kolommen": ["F"]},
    ]
    (change,) = changes(book)
    assert change.note is not None
    assert (change.untouched, change.note.told.run) == (True, "bijwerken")
    assert [place.rows for place in change.note.places[:2]] == ["rijen 4 t/m 5", "rij 6"]


def test_taking_back_again_and_again_gives_each_earlier_file(book: Path) -> None:
    files = [book.read_bytes(), *(edit(book, value) for value in (1, 2, 3))]
    for expected, undone in zip(reversed(files[:-1]), reversed(files), strict=False):
        change = last(book)
        assert change.untouched
        kept = take_back(change, "ongedaan")
        assert book.read_bytes() == expected
        assert kept.read_bytes() == undone
    assert [*changes(book)] == []
    assert len(backups(book)) == 3


def test_a_change_after_taking_back_can_be_taken_back_itself(book: Path) -> None:
    start = book.read_bytes()
    one = edit(book, 1)
    edit(book, 2)
    take_back(last(book), "ongedaan")
    edit(book, 3)
    for expected in (one, start):
        take_back(last(book), "ongedaan")
        assert book.read_bytes() == expected


def test_a_workbook_changed_since_is_not_untouched(book: Path) -> None:
    edit(book, 1)
    book.write_bytes(plain(book.with_name("ander.xlsx"), 3).read_bytes())
    assert [change.untouched for change in changes(book)] == [False]


def test_work_by_hand_between_two_runs_ends_the_row(book: Path) -> None:
    edit(book, 1)
    by_hand = plain(book.with_name("ander.xlsx"), 3).read_bytes()
    book.write_bytes(by_hand)
    edit(book, 2)
    take_back(last(book), "ongedaan")
    assert book.read_bytes() == by_hand
    assert last(book).untouched is False


def test_a_save_that_died_before_its_replacement_is_no_change(book: Path) -> None:
    start = book.read_bytes()
    one = edit(book, 1)
    note = read_note(backups(book)[0][1])
    assert note is not None
    died = back_up(
        book, dt.datetime.now(), dataclasses.replace(note, after="weg")
    )  # a copy of `one`, whose successor never came
    assert last(book).void == (died,)
    take_back(last(book), "ongedaan")
    assert book.read_bytes() == start
    assert not died.exists()
    assert edit(book, 1) == one
    take_back(last(book), "ongedaan")
    assert [*changes(book)] == []


def test_taking_back_that_died_before_the_copy_went_can_go_on(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = book.read_bytes()
    one = edit(book, 1)
    edit(book, 2)
    with monkeypatch.context() as patched:
        patched.setattr("debiteuren.book.ooxml.undo.discard", lambda _: None)
        take_back(last(book), "ongedaan")
    assert book.read_bytes() == one
    assert take_back(last(book), "ongedaan").read_bytes() == one
    assert book.read_bytes() == start
    assert [*changes(book)] == []


def test_a_copy_that_is_not_what_it_was_is_refused(book: Path) -> None:
    one = edit(book, 1)
    change = last(book)
    change.copy.write_bytes(b"iets anders")
    with pytest.raises(Refused, match=r"De reservekopie Boek 1 .* is beschadigd of veranderd"):
        take_back(change, "ongedaan")
    assert book.read_bytes() == one


def test_a_workbook_that_changes_while_we_look_is_left_alone(book: Path) -> None:
    edit(book, 1)
    change = last(book)
    edit(book, 2)
    before = book.read_bytes()
    with pytest.raises(Refused, match="is op de schijf veranderd"):
        take_back(change, "ongedaan")
    assert book.read_bytes() == before


def test_a_workbook_in_use_is_left_alone(book: Path) -> None:
    before = edit(book, 1)
    book.with_name(f"~${book.name}").write_bytes(b"")
    with pytest.raises(InUse, match="is open in Excel"):
        take_back(last(book), "ongedaan")
    assert book.read_bytes() == before
    assert len(backups(book)) == 1


def test_a_copy_without_a_note_is_told_apart(book: Path) -> None:
    edit(book, 1)
    ((_, copy),) = backups(book)
    for broken in (b"", b"[]", b'{"opdracht": 1}', b"\xff"):
        note_path(copy).write_bytes(broken)
        assert (last(book).note, last(book).untouched) == (None, False)
    note_path(copy).unlink()
    assert last(book).note is None


def test_what_a_killed_run_left_among_the_copies_goes_with_the_next(book: Path) -> None:
    folder = book.parent / FOLDER
    folder.mkdir()
    stamp = "2026-11-21 120000"
    for name in (f".~{book.stem} {stamp}.xlsx.tmp", f"{book.stem} {stamp}.xlsx.json"):
        (folder / name).write_bytes(b"half")
    mine = folder / "Boek 12 2026-11-21 120000.xlsx.json"
    mine.write_bytes(b"van mij")
    edit(book, 1)
    ((_, copy),) = backups(book)
    assert {path.name for path in folder.iterdir()} == {copy.name, f"{copy.name}.json", mine.name}


def test_as_many_changes_can_be_taken_back_as_copies_are_kept(book: Path) -> None:
    files = [book.read_bytes(), *(edit(book, value) for value in range(1, KEPT + 3))]
    for expected in reversed(files[-KEPT - 1 : -1]):
        change = last(book)
        assert change.untouched
        take_back(change, "ongedaan")
        assert book.read_bytes() == expected
    assert len(backups(book)) == KEPT


def test_a_clock_that_is_put_back_does_not_change_the_order(book: Path) -> None:
    summer = dt.datetime(2026, 10, 25, 2, 50)
    first = back_up(book, summer)
    second = back_up(book, summer - dt.timedelta(minutes=55))
    third = back_up(book, summer + dt.timedelta(seconds=1))
    assert [copy for _, copy in backups(book)] == [third, second, first]
    assert back_up(book, dt.datetime(2026, 3, 1)).name == "Boek 1 2026-03-01 000000.xlsx"


def test_on_windows_both_files_are_let_go_before_the_replacement(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = book.read_bytes()
    edit(book, 1)
    monkeypatch.setattr(replacing, "WINDOWS", True)
    monkeypatch.setattr(replacing, "_PAUSE", 0)
    take_back(last(book), "ongedaan")
    assert book.read_bytes() == start


cells = st.dictionaries(
    st.sampled_from(["A1", "C3", "B2", "Z9"]), st.one_of(st.integers(0, 99), st.text("ab <&", max_size=4))
)


@settings(max_examples=25, deadline=None)
@given(sequence=st.lists(st.one_of(cells, st.none()), max_size=8))
def test_any_sequence_of_edits_and_undoing_is_a_stack(sequence: list[dict[str, int | str] | None]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = plain(Path(folder) / "b.xlsx", 2, [[1, 2, 3], [4, 5, 6]])
        stack = [book.read_bytes()]
        for step in sequence:
            if step is None:
                found = next(changes(book), None)
                assert (found is None) == (len(stack) == 1)
                if found is not None:
                    assert found.untouched
                    take_back(found, "ongedaan")
                    stack.pop()
            else:
                with Package.open(book) as package:
                    package.set_cells("Leeg", step)
                    package.save()
                if book.read_bytes() != stack[-1]:
                    stack.append(book.read_bytes())
            assert book.read_bytes() == stack[-1]
        while len(stack) > 1:
            take_back(last(book), "ongedaan")
            stack.pop()
            assert book.read_bytes() == stack[-1]
        assert not [path for path in Path(folder).rglob("*") if path.suffix == ".tmp"]
        assert grid(book, "Leeg") == {}
