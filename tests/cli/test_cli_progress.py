"""A bar on a terminal for work over a second, and nothing of it where a program reads along."""

import pytest
from rich.console import Console

from debiteuren import cli_screen, pace
from debiteuren.buttons import Press


class Clock:
    """The moments a test says it is."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(pace, "monotonic", clock)
    return clock


@pytest.mark.parametrize(
    ("moments", "due"),
    [
        pytest.param([0.0, 0.5, 0.99], [False, False, False], id="under a second: never"),
        pytest.param([0.0, 1.0], [False, True], id="a second: now"),
        pytest.param([0.0, 1.0, 1.24, 1.25], [False, True, False, True], id="then four times a second"),
    ],
)
def test_when_progress_is_shown(clock: Clock, moments: list[float], due: list[bool]) -> None:
    ours = pace.Pace()
    found = []
    for moment in moments:
        clock.now = 100.0 + moment
        found.append(ours.due("a.xml lezen"))
    assert found == due


def test_another_file_begins_again(clock: Clock) -> None:
    ours = pace.Pace()
    ours.due("a.xml lezen")
    clock.now += 5
    assert [ours.due("a.xml lezen"), ours.due("b.xml lezen")] == [True, False]


def test_the_bar_says_what_and_how_far() -> None:
    from rich.text import Text  # noqa: PLC0415 - only here

    console = Console(width=80)
    with console.capture() as shown:
        console.print(cli_screen._with_bar(Text("a.xml lezen …"), 0.35))
    assert shown.get().split()[:3] == ["a.xml", "lezen", "…"]
    assert shown.get().rstrip().endswith("35%")


def test_nothing_is_shown_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with cli_screen.Screen(as_json=True).progress() as progress:
        progress("a.xml lezen")
        progress("a.xml lezen", 0.5)
    assert capsys.readouterr() == ("", "")


class Bar:
    """A workbook of which only the status bar is looked at."""

    def __init__(self) -> None:
        self.shown: list[str | None] = []

    def show_status(self, text: str | None) -> None:
        self.shown.append(text)


def test_the_status_bar_of_excel_says_how_far(clock: Clock) -> None:
    bar = Bar()
    press = Press(button="Bank importeren", workbook=bar, dialogs=None, now=None)  # type: ignore[arg-type]
    press.progress("a.xml lezen")
    for part in (0.1, 0.6, 0.7):
        clock.now += 0.6
        press.progress("a.xml lezen", part)
    assert bar.shown == [
        "Bank importeren: a.xml lezen …",
        "Bank importeren: a.xml lezen … 60%",
        "Bank importeren: a.xml lezen … 70%",
    ]
