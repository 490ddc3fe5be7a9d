"""The page of drafts in a real browser: by keyboard, from a file, with hostile text."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from debiteuren.domain.reminder import Skipped
from debiteuren.mail.drafts import EmlFolder
from mail.browser import MISSING, Browser, browser
from mail.mailbox_drafts import drafts

pytestmark = [pytest.mark.skipif(bool(MISSING), reason=MISSING), pytest.mark.xdist_group("chromium")]
HOSTILE = (
    '<script>document.title="raak"</script><img src=x onerror=\'document.title="raak"\'>'
    '<a href="javascript:document.title=1">"></a><link rel=stylesheet href="https://x.example/a.css">'
)
FOCUS = "document.activeElement.id"
DONE = '[...document.querySelectorAll("article.done")].map(each => each.id).join()'
OPEN = '[...document.querySelectorAll("details[open]")].map(each => each.closest("article").id).join()'


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profiel")) as running:
        yield running


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Four drafts, one from a hostile customer, and one who was skipped."""
    target = EmlFolder(tmp_path)
    made = [*drafts(4)]
    made[1] = replace(made[1], name=HOSTILE, subject=HOSTILE, text=HOSTILE, note=HOSTILE, to=HOSTILE)
    target.publish(target.stage(made, [Skipped(debtor=HOSTILE, name=HOSTILE, reason=HOSTILE)]))
    return tmp_path / "Concepten.html"


def test_it_goes_by_keyboard(tab: Browser, page: Path) -> None:
    tab.open(page)
    assert tab.value(FOCUS) == "c1"
    tab.press("ArrowDown", "j", "ArrowUp")
    assert tab.value(FOCUS) == "c2"
    tab.press("b")
    assert tab.value(OPEN) == "c2"
    tab.press("b", "k", "k")
    assert (tab.value(OPEN), tab.value(DONE), tab.value(FOCUS)) == ("", "c2,c3", "c4")
    tab.press("ArrowDown", "ArrowDown")
    assert tab.value(FOCUS) == "c4"
    tab.press("w")
    assert tab.value('document.getElementById("overgeslagen").getBoundingClientRect().top < innerHeight')


def test_enter_opens_the_draft_that_has_the_focus(tab: Browser, page: Path) -> None:
    tab.open(page)
    tab.value("window.clicked = ''; document.addEventListener('click', e => {"
              " e.preventDefault(); window.clicked = e.target.getAttribute('href'); }); 1")  # fmt: skip
    tab.press("ArrowDown", "ArrowDown", "Enter")
    assert tab.value("decodeURIComponent(window.clicked)") == "2026-11-21 Lotte 2 - Herinnering.eml"


def test_hostile_text_is_only_text_and_nothing_is_loaded(tab: Browser, page: Path) -> None:
    tab.asked.clear()
    tab.open(page)
    assert tab.value("document.title") == "4 concepten van 21-11-2026"
    assert (
        tab.value('document.querySelectorAll("img, link, iframe, article script, table script").length') == 0
    )
    assert tab.value('document.querySelector("#c2 b").textContent') == HOSTILE
    assert tab.value('document.querySelector("#c2 pre").textContent') == HOSTILE
    assert tab.asked == [page.as_uri()]
    # Should something slip through one day, the page's own policy does not let it run or load.
    tab.value('document.body.insertAdjacentHTML("beforeend", `<img src="https://x.example/a.png" '
              'onerror="document.title=\'raak\'">`); 1')  # fmt: skip
    tab.value('{ const s = document.createElement("script"); s.textContent = "document.title=\'raak\'";'
              " document.body.append(s); } 1")  # fmt: skip
    assert tab.value("document.title") == "4 concepten van 21-11-2026"
    for _ in range(100):
        if not tab.blocked:
            tab.value("1")
    assert (tab.blocked, tab.asked) == (["csp"], [page.as_uri(), "https://x.example/a.png"])


def test_it_can_be_seen(tab: Browser, page: Path, tmp_path: Path) -> None:
    tab.open(page)
    picture = tab.picture()
    (tmp_path / "Concepten.png").write_bytes(picture)
    assert picture.startswith(b"\x89PNG")
    assert tab.value("document.documentElement.scrollWidth <= innerWidth")
