"""What several rooms' tests share."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from libreoffice import Office, OfficeMissingError

# A slow machine is no fault of the code, and the same examples everywhere make a red run repeatable.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One LibreOffice without a screen for the run; the test is skipped, with the reason, where it is not."""
    try:
        running = Office(tmp_path_factory.mktemp("office"))
    except OfficeMissingError as missing:
        pytest.skip(f"LibreOffice: {missing}")
    yield running
    running.stop()
