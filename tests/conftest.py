"""What several rooms' tests share."""

from collections.abc import Iterator

import pytest

from libreoffice import Office, OfficeMissingError


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One LibreOffice without a screen for the run; the test is skipped, with the reason, where it is not."""
    try:
        running = Office(tmp_path_factory.mktemp("office"))
    except OfficeMissingError as missing:
        pytest.skip(f"LibreOffice: {missing}")
    yield running
    running.stop()
