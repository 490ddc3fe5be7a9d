"""A port to try, closed or open; LibreOffice is ended when a test takes too long."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings

from libreoffice import Office, OfficeMissingError, load_uno
from live.books import ClosedPort, LivePort, Port, make_book

_LONGEST_TEST = 60


@pytest.fixture(scope="session")
def filled_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small workbook of books.py; copy it before changing it."""
    return make_book(tmp_path_factory.mktemp("book") / "boek.xlsm")


@pytest.fixture
def book_path(filled_book: Path, tmp_path: Path) -> Path:
    """A copy of the small workbook for one test."""
    path = tmp_path / "boek.xlsm"
    path.write_bytes(filled_book.read_bytes())
    return path


@pytest.fixture
def app(office: Office) -> Iterator[xlwings.App]:
    """LibreOffice through xlwings; whatever a test leaves open is closed."""
    from live.uno_engine import install  # noqa: PLC0415 - needs LibreOffice's bridge

    with office.deadline(_LONGEST_TEST):
        running = install(office)
        yield running
        for book in list(running.books):
            book.close()


@pytest.fixture(params=["closed", "live"])
def port(request: pytest.FixtureRequest) -> Iterator[Port]:
    """Each of the two ports in turn."""
    found: Port = ClosedPort() if request.param == "closed" else LivePort(request.getfixturevalue("app"))
    yield found
    found.close()


try:
    load_uno()
except OfficeMissingError:
    collect_ignore = ["uno_engine.py"]
