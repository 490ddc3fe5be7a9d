"""The letters on a narrow screen, in a real browser: nothing falls off, above all no amount."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from debiteuren.mail.letters import render, render_arrangement
from mail.browser import MISSING, Browser, browser
from mail.letter_samples import OTHERS, SAMPLES
from mail.plan_samples import SAMPLES as PLANS
from reminder_examples import SETTINGS

pytestmark = [pytest.mark.skipif(bool(MISSING), reason=MISSING), pytest.mark.xdist_group("chromium")]
BESIDE = (
    "document.querySelector('img').getBoundingClientRect().left"
    " > [...document.querySelectorAll('td')].find(each => each.innerText == 'IBAN')"
    ".getBoundingClientRect().right"
)
"""The payment code stands beside the way to pay, not below it."""
FALLS_OFF = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""Pixels."""


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profiel")) as running:
        yield running


def pages() -> dict[str, str]:
    """Letters with a table, a credit note, a statement of account or instalments."""
    wide = SAMPLES["nl-tweede-herinnering-na-toezegging"]
    dear = [replace(each, unpaid=each.unpaid + Decimal(200_000)) for each in wide.lines]
    found = {
        "twee facturen": SAMPLES["de-herinnering-zakelijk-twee-facturen"],
        "creditfactuur": wide,
        "grote bedragen": replace(wide, lines=tuple(dear), total=Decimal("401278.75")),
        "overzicht": replace(SAMPLES["nl-herinnering-met-rekeningoverzicht"], others=OTHERS),
    }
    letters = {name: render(case, SETTINGS, attached=1)[0] for name, case in found.items()}
    letters["termijnen"] = render_arrangement(PLANS["nl-regeling-bevestiging-u"], SETTINGS)
    return {name: letter.html for name, letter in letters.items()}


@pytest.mark.parametrize("name", pages())
def test_a_letter_fits_a_phone(tab: Browser, tmp_path: Path, name: str) -> None:
    letter = tmp_path / "brief.html"
    letter.write_text(pages()[name], encoding="utf-8")
    tab.width(380)
    tab.open(letter)
    assert tab.value(FALLS_OFF) == 0


def test_the_payment_code_stands_below_on_a_phone_and_beside_on_a_computer(
    tab: Browser, tmp_path: Path
) -> None:
    letter = tmp_path / "brief.html"
    letter.write_text(pages()["creditfactuur"], encoding="utf-8")
    tab.open(letter)
    found = []
    for pixels in (380, 800):
        tab.width(pixels)
        found.append(tab.value(BESIDE))
    assert found == [False, True]
