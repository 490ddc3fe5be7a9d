"""Pieces made in another thread: the same ones, faults and all, and none left running."""

import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from debiteuren.book.ooxml import Package, Refused, deflate
from debiteuren.book.ooxml.ahead import Ahead
from ooxml.ooxml_books import plain


def test_the_pieces_come_in_order_and_the_thread_ends() -> None:
    before = threading.active_count()
    assert [*Ahead(iter(range(100)))] == [*range(100)]
    assert threading.active_count() == before


def test_a_fault_comes_out_where_the_piece_is_asked_for() -> None:
    def pieces() -> Iterator[int]:
        yield 1
        raise ValueError("two")

    found = Ahead(pieces())
    assert next(found) == 1
    with pytest.raises(ValueError, match="two"):
        next(found)
    assert [*found] == []


def test_who_stops_asking_lets_go_of_the_file() -> None:
    closed: list[bool] = []

    def pieces() -> Iterator[int]:
        try:
            yield from range(1000)
        finally:
            closed.append(True)

    before = threading.active_count()
    found = Ahead(pieces())
    assert next(found) == 0
    del found
    assert closed == [True]
    assert threading.active_count() == before


def _seen(pieces: Iterator[bytes]) -> None:
    for _ in pieces:
        pass


@pytest.mark.parametrize("size", [0, 1, 5 << 20], ids=["nothing", "small", "large"])
def test_a_part_unpacks_to_what_it_was_made_of(size: int) -> None:
    data = b"0123456789abcdef" * (size // 16 + bool(size))
    made = deflate.deflate([data], expected=size, check=_seen)
    assert zlib.decompress(b"".join(made.pieces), -zlib.MAX_WBITS) == data
    assert (made.size, made.crc) == (len(data), zlib.crc32(data))


@pytest.mark.parametrize("expected", [1, 5 << 20], ids=["small", "large"])
def test_a_part_that_is_packed_wrong_is_never_written(
    expected: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = plain(tmp_path / "a.xlsx", 2)
    before = book.read_bytes()
    monkeypatch.setattr(deflate, "_LARGE", 5 << 20 if expected == 1 else 0)
    good = deflate._packed

    def damaged(pieces: Iterator[bytes], level: int) -> Iterator[bytes]:
        return good((piece.replace(b"Een", b"Eem") for piece in pieces), level)

    monkeypatch.setattr(deflate, "_packed", damaged)
    with Package.open(book) as package:
        package.set_cells("Data", {"H1": "Een"})
        with pytest.raises(Refused, match=r"leest niet terug zoals zij moet \(het inpakken\)"):
            package.save()
    assert book.read_bytes() == before
    assert not [*tmp_path.glob("*.tmp")]
