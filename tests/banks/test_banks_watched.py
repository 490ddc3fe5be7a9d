"""Reading a large file tells how far it is, and gives what reading it untold gives."""

import zipfile
from pathlib import Path

from benchmarks.bank_files import write_camt, write_mt940
from debiteuren.banks import read_bank_files
from debiteuren.banks.watched import PIECE


def test_a_large_file_tells_how_far_it_is(tmp_path: Path) -> None:
    for name, write in (("a.xml", write_camt), ("a.sta", write_mt940)):
        path = tmp_path / name
        write(path, 6000)
        told: list[float] = []
        assert read_bank_files(path, told=told.append) == read_bank_files(path)
        assert told == sorted(told)
        assert len(told) == len(set(told)) == path.stat().st_size // PIECE
        assert 0 < told[0] < told[-1] <= 1


def test_a_small_file_and_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "klein.xml"
    write_camt(path, 10)
    with zipfile.ZipFile(tmp_path / "alles.zip", "w") as package:
        package.write(path, "a.xml")
        package.write(path, "b.xml")
    told: list[float] = []
    assert [len(file.transactions) for file in read_bank_files(path, told=told.append)] == [10]
    assert [len(file.transactions) for file in read_bank_files(tmp_path / "alles.zip", told=told.append)] == [
        10,
        10,
    ]
    assert told == []


def test_the_benchmark_files_add_up(tmp_path: Path) -> None:
    for name, write in (("a.xml", write_camt), ("a.sta", write_mt940)):
        write(tmp_path / name, 500)
        (file,) = read_bank_files(tmp_path / name)
        assert [(statement.adds_up, statement.lines) for statement in file.statements] == [(True, 500)]
        assert file.problems == ()
