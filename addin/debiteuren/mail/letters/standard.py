"""The standard letters: building blocks as text files, one folder a language.

Answers: the words of a step in the program's own voice, and the blocks a user's letter may use too.
Source: docs/regels.md, "Toon" and "14-dagenbrief"; rules A06-A10, A17, A18, B05-B13, C13, E10-E13.
Leaves to others: what they may know (facts.py), the user's own letters (sandbox.py), HTML (page.py).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from debiteuren.domain.debtor import Language
from debiteuren.domain.reminder import Reminder
from debiteuren.domain.settings import Settings, Step
from debiteuren.mail.letters.facts import Fact, facts

FILES = {
    Step.REMINDER: "herinnering",
    Step.SECOND_REMINDER: "tweede_herinnering",
    Step.FOURTEEN_DAY_LETTER: "veertiendagenbrief",
    Step.FINAL_DEMAND: "laatste_aanmaning",
}
"""A letter's file: its first line is the subject."""
BLOCKS = (
    "bereikbaar",
    "aanhef",
    "eerder",
    "betaling",
    "waarvoor",
    "eigen_stap",
    "al_betaald",
    "betaalverzoek",
    "kopie",
    "uitweg",
    "uitweg_later",
    "groet",
)
"""Building blocks, in an order in which each may use the ones before it."""

_GAPS = re.compile(r"\n\n\n+")
_environment = SandboxedEnvironment(undefined=StrictUndefined)
_environment.globals.clear()


@dataclass(frozen=True, slots=True)
class Words:
    """A letter's words before they become text and HTML."""

    subject: str
    body: str


@lru_cache(maxsize=128)
def text_file(language: Language, name: str) -> Template:
    """A letter or a building block."""
    path = resources.files("debiteuren.mail.letters") / "templates" / language.value / f"{name}.txt"
    return _environment.from_string(path.read_text(encoding="utf-8"))


def known_facts(reminder: Reminder, settings: Settings, attached: int) -> dict[str, Fact]:
    """All a template may use: the facts, and the building blocks made of them."""
    known = facts(reminder, settings, attached)
    for block in BLOCKS:
        known[block] = joined(text_file(reminder.debtor.language, block).render(known))
    return known


def standard_words(reminder: Reminder, known: Mapping[str, Fact]) -> Words:
    """The standard letter of this reminder's step, in the debtor's language."""
    text = text_file(reminder.debtor.language, FILES[reminder.step]).render(known)
    subject, _, body = text.partition("\n")
    return Words(subject, joined(body))


def joined(text: str) -> str:
    """Lines trimmed, runs of spaces one space, runs of empty lines one empty line."""
    lines = (" ".join(line.split()) for line in text.strip().splitlines())
    return _GAPS.sub("\n\n", "\n".join(lines)).strip()
