"""What the computer says when it refuses, in the user's words; Windows' own number says more than errno."""

import errno

import pytest

from debiteuren.domain.surroundings import reason


class WindowsRefusalError(OSError):
    """As Windows raises it: its own number beside the errno that Python makes of it."""

    def __init__(self, number: int, winerror: int) -> None:
        super().__init__(number, "in English")
        self.winerror = winerror


@pytest.mark.parametrize(
    ("error", "said"),
    [
        pytest.param(OSError(errno.ENOSPC, "x"), "de schijf is vol", id="full"),
        pytest.param(OSError(errno.EACCES, "x"), "u hebt daar geen rechten", id="no permission"),
        pytest.param(OSError(errno.ENOENT, "x"), "het bestand of de map is er niet", id="not there"),
        pytest.param(OSError(errno.EISDIR, "x"), "het is een map", id="a folder"),
        pytest.param(OSError(errno.ETIMEDOUT, "x"), "de netwerkmap antwoordt niet", id="no answer"),
        pytest.param(OSError(errno.EDOM, "x"), "het lukt niet", id="another number"),
        pytest.param(OSError("x"), "het lukt niet", id="no number"),
        pytest.param(
            WindowsRefusalError(errno.EACCES, 5), "u hebt daar geen rechten", id="Windows: no permission"
        ),
        pytest.param(
            WindowsRefusalError(errno.EACCES, 32), "een ander programma gebruikt het", id="Windows: in use"
        ),
        pytest.param(
            WindowsRefusalError(errno.EACCES, 33), "een ander programma gebruikt het", id="Windows: locked"
        ),
        pytest.param(
            WindowsRefusalError(errno.EACCES, 19), "de schijf is alleen-lezen", id="Windows: write-protected"
        ),
        pytest.param(
            WindowsRefusalError(errno.ENOENT, 2), "het bestand of de map is er niet", id="Windows: not there"
        ),
        pytest.param(
            WindowsRefusalError(errno.ENOENT, 53),
            "de netwerkmap is niet bereikbaar",
            id="Windows: no network",
        ),
        pytest.param(WindowsRefusalError(errno.ENOENT, 206), "de naam is te lang", id="Windows: too long"),
        pytest.param(
            WindowsRefusalError(errno.EINVAL, 123),
            "in de naam staat een teken dat niet mag",
            id="Windows: a sign that may not be in a name",
        ),
    ],
)
def test_a_refusal_in_words(error: OSError, said: str) -> None:
    assert reason(error) == said
