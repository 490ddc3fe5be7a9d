"""The form of Regeling vastleggen: what its answers mean, and the window on a real screen."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from debiteuren.arrange_form import first_form, read_wish, with_answers
from debiteuren.book.live import Selected
from debiteuren.dialogs_form import Form, FormWindow
from debiteuren.domain.settings import Settings
from debiteuren.jobs.arrange_wish import Wish
from debiteuren.rules.schedule import rhythm
from libreoffice import OfficeMissingError
from live.screen import Screen

tk = pytest.importorskip("tkinter", reason="this Python came without tkinter: the form has no window")

ON = date(2026, 11, 21)
FORM = first_form(Selected(debtor="D100", invoices=("F1", "F2")), Settings(), ON)
GIVEN = {field.name: field.value for field in FORM.fields}
AS_OPENED = Wish(
    debtor="D100",
    invoices=("F1", "F2"),
    count=3,
    first=date(2026, 12, 4),
    terms=GIVEN["terms"],
    consequence=GIVEN["consequence"],
    channel="Telefoon",
)


def test_the_form_opens_ready_to_be_agreed() -> None:
    assert read_wish(GIVEN, ON) == (AS_OPENED, ())
    assert GIVEN["consequence"].startswith("Bij 2 gemiste termijnen, of als een termijn 14 dagen te laat is,")


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"every": "10 dagen", "count": "2"}, {"every": rhythm("10 dagen"), "count": 2}),
        ({"principal": "125", "costs": "40,00"}, {"principal": Decimal("125.00"), "costs": Decimal("40.00")}),
        (
            {"days": "04-12-2026; 2027-01-08", "amounts": "100,00; 50"},
            {
                "days": (date(2026, 12, 4), date(2027, 1, 8)),
                "amounts": (Decimal("100.00"), Decimal("50.00")),
                "count": None,
                "first": None,
            },
        ),
        (
            {"part_now": "40", "rest_on": "18-12-2026"},
            {"part_now": Decimal("40.00"), "rest_on": date(2026, 12, 18), "count": None, "first": None},
        ),
        ({"despite": "Ja", "channel": "e-mail"}, {"despite": True, "channel": "E-mail"}),
    ],
)
def test_what_is_typed_is_what_is_wished(typed: dict[str, str], fields: dict[str, Any]) -> None:
    wish, problems = read_wish(GIVEN | typed, ON)
    assert problems == ()
    assert {name: getattr(wish, name) for name in fields} == fields


@pytest.mark.parametrize(
    ("typed", "column", "remedy"),
    [
        (
            {"first": "begin december"},
            "Eerste termijn",
            "noem een dag, bijvoorbeeld vrijdag 4 december 2026.",
        ),
        ({"first": "31-02-2027"}, "Eerste termijn", "noem een dag, bijvoorbeeld vrijdag 4 december 2026."),
        (
            {"days": "04-12-2026; ergens in januari"},
            "Eigen dagen",
            "noem een dag, bijvoorbeeld vrijdag 4 december 2026.",
        ),
        ({"principal": "ongeveer 100"}, "Bedrag", "noem het op de cent, bijvoorbeeld 125,00."),
        ({"principal": "1.234"}, "Bedrag", "noem het op de cent, bijvoorbeeld 125,00."),
        ({"amounts": "100,00 of 150,00"}, "Eigen bedragen", "noem het op de cent, bijvoorbeeld 125,00."),
        ({"count": "een paar"}, "Aantal termijnen", "noem een getal, bijvoorbeeld 3."),
        ({"every": "af en toe"}, "Elke", "kies maand, week, of een aantal dagen zoals 14 dagen."),
    ],
)
def test_what_is_vague_is_told_with_what_would_do(typed: dict[str, str], column: str, remedy: str) -> None:
    _, problems = read_wish(GIVEN | typed, ON)
    assert [(one.column, one.remedy) for one in problems] == [(column, remedy)]


def test_what_was_typed_stays() -> None:
    _, problems = read_wish(GIVEN | {"first": "zsm"}, ON)
    again = with_answers(FORM, GIVEN | {"first": "zsm", "count": "5"}, problems)
    shown = {field.name: field.value for field in again.fields}
    assert (shown["first"], shown["count"], shown["debtor"]) == ("zsm", "5", "D100")
    assert again.message == (
        'Eerste termijn: Hier staat "zsm". Noem een dag, bijvoorbeeld vrijdag 4 december 2026.'
    )


@pytest.fixture(scope="module")
def display(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    try:
        screen = Screen(tmp_path_factory.mktemp("scherm"))
    except OfficeMissingError as missing:
        pytest.skip(f"form: {missing}")
    yield screen.display
    screen.stop()


Shown = Callable[[Form, Callable[[FormWindow], None]], object]


@pytest.fixture
def shown(display: str) -> Iterator[Shown]:
    """Show a form, let somebody act on it, and give what came back."""
    root = tk.Tk(screenName=display)
    root.withdraw()

    def show(form: Form, act: Callable[[FormWindow], None]) -> object:
        window = FormWindow(form, root)
        root.after(50, lambda: act(window))
        return window.answered()

    yield show
    root.destroy()


def test_an_untouched_form_gives_back_what_it_showed(shown: Shown) -> None:
    assert shown(FORM, lambda window: window.answer()) == GIVEN


def test_what_is_typed_in_each_kind_of_field_comes_back(shown: Shown) -> None:
    def act(window: FormWindow) -> None:
        widgets: dict[str, Any] = dict(window.widgets)
        widgets["count"].delete(0, "end")
        widgets["count"].insert(0, " 4 ")
        widgets["every"].set("week")
        widgets["terms"].delete("1.0", "end")
        widgets["terms"].insert("1.0", "Op de genoemde dagen.\n")
        window.answer()

    answers = shown(with_answers(FORM, GIVEN, ()), act)
    assert answers == GIVEN | {"count": "4", "every": "week", "terms": "Op de genoemde dagen."}


def test_closing_gives_no_answer(shown: Shown) -> None:
    assert shown(FORM, lambda window: window.close()) is None


def test_all_of_it_fits_on_a_laptop(shown: Shown) -> None:
    sizes: list[tuple[int, int]] = []

    def act(window: FormWindow) -> None:
        window.top.update()
        sizes.append((window.top.winfo_reqwidth(), window.top.winfo_reqheight()))
        window.close()

    shown(with_answers(FORM, GIVEN, read_wish(GIVEN | {"first": "zsm"}, ON)[1]), act)
    ((width, height),) = sizes
    assert width <= 1280
    assert height <= 700
