"""What the law sets, as dated tables with their source: figures only.

Answers: which scale of collection costs and which terms for the 14-day letter hold on a day.
Source: docs/regels.md, "Incassokosten" and "14-dagenbrief"; the articles are named at each table.
Leaves to others: working out costs (collection_costs.py) and days (deadlines.py).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class CostScale:
    """A scale of collection costs in force from `since`.

    `bands`: euros of principal in the band (None: all above) and the part of them that is costs.
    """

    since: date
    source: str
    bands: tuple[tuple[Decimal | None, Decimal], ...]
    least: Decimal
    most: Decimal


COST_SCALES = (
    CostScale(
        since=date(2012, 7, 1),
        source="Besluit vergoeding voor buitengerechtelijke incassokosten, art. 2 (Stb. 2012, 141)",
        bands=(
            (Decimal(2500), Decimal("0.15")),
            (Decimal(2500), Decimal("0.10")),
            (Decimal(5000), Decimal("0.05")),
            (Decimal(190000), Decimal("0.01")),
            (None, Decimal("0.005")),
        ),
        least=Decimal("40.00"),
        most=Decimal("6775.00"),
    ),
)
"""Oldest first."""


@dataclass(frozen=True, slots=True)
class LetterTerm:
    """Calendar days from sending a letter to the last day it prints, in force from `since`.

    Fourteen days from the day after receipt, with room for a mail read a day later and for slow post.
    """

    since: date
    source: str
    by_email: int
    by_post: int


LETTER_TERMS = (
    LetterTerm(
        since=date(2012, 7, 1),
        source="BW 6:96 lid 6; HR 25-11-2016, ECLI:NL:HR:2016:2704: the term starts the day after receipt",
        by_email=16,
        by_post=18,
    ),
)
"""Oldest first."""


def cost_scale(on: date) -> CostScale | None:
    """The scale of collection costs in force on a day; None before there was one."""
    return next((scale for scale in reversed(COST_SCALES) if scale.since <= on), None)


def letter_term(on: date) -> LetterTerm:
    """The terms of a letter sent on a day; a day before the first table takes the first."""
    return next((term for term in reversed(LETTER_TERMS) if term.since <= on), LETTER_TERMS[0])
