"""What the law sets, as dated tables with their source: figures only.

Answers: which scale of collection costs, which terms for the 14-day letter and which rates of interest hold
on a day, and up to when the rates are known.
Source: docs/regels.md, "Incassokosten", "14-dagenbrief" and "Rente"; the articles are named at each table.
Leaves to others: working out costs (collection_costs.py), interest (interest.py) and days (deadlines.py).
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


@dataclass(frozen=True, slots=True)
class Rate:
    """Percent a year from `since`, until the next one."""

    since: date
    percent: Decimal


def _rates(*rows: tuple[int, int, int, str]) -> tuple[Rate, ...]:
    return tuple(Rate(date(year, month, day), Decimal(percent)) for year, month, day, percent in rows)


STATUTORY_RATES = _rates(
    (2002, 1, 1, "7"), (2003, 8, 1, "5"), (2004, 2, 1, "4"), (2007, 1, 1, "6"), (2009, 7, 1, "4"),
    (2010, 1, 1, "3"), (2011, 7, 1, "4"), (2012, 7, 1, "3"), (2015, 1, 1, "2"), (2023, 1, 1, "4"),
    (2023, 7, 1, "6"), (2024, 1, 1, "7"), (2025, 1, 1, "6"), (2026, 1, 1, "4"),
)  # fmt: skip
"""BW 6:119, set by decree (BW 6:120 lid 1, Besluit wettelijke rente). Never worked out from a formula."""

TRADE_RATES = _rates(
    (2009, 7, 1, "8"), (2011, 7, 1, "8.25"), (2012, 1, 1, "8"), (2013, 1, 1, "7.75"), (2013, 3, 16, "8.75"),
    (2013, 7, 1, "8.5"), (2014, 1, 1, "8.25"), (2014, 7, 1, "8.15"), (2015, 1, 1, "8.05"), (2016, 7, 1, "8"),
    (2023, 1, 1, "10.5"), (2023, 7, 1, "12"), (2024, 1, 1, "12.5"), (2024, 7, 1, "12.25"),
    (2025, 1, 1, "11.15"), (2025, 7, 1, "10.15"), (2026, 1, 1, "10.15"), (2026, 7, 1, "10.4"),
)  # fmt: skip
"""BW 6:119a; the ECB's refinancing rate of that half-year + 8, before 16 March 2013 + 7 (BW 6:120 lid 2)."""

RATES_FROM = date(2026, 7, 1)
"""The last half-year whose rates stand here; a new one may begin every 1 January and 1 July.

Those from 2026 on were not compared with an official page (docs/regels.md, "Rente").
"""


def cost_scale(on: date) -> CostScale | None:
    """The scale of collection costs in force on a day; None before there was one."""
    return next((scale for scale in reversed(COST_SCALES) if scale.since <= on), None)


def letter_term(on: date) -> LetterTerm:
    """The terms of a letter sent on a day; a day before the first table takes the first."""
    return next((term for term in reversed(LETTER_TERMS) if term.since <= on), LETTER_TERMS[0])
