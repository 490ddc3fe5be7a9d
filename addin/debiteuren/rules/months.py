"""Months in the text of a payment or an invoice: "abonnement augustus 2025".

Answers: which months a text names, with their year where it stands there.
Source: how people pay subscriptions; docs/regels.md, "Zonder nummer".
Leaves to others: which invoice is of that month (matching_inferred.py).
"""

import re

_NAMES = (
    ("januari", "jan"),
    ("februari", "feb"),
    ("maart", "mrt", "maa"),
    ("april", "apr"),
    ("mei",),
    ("juni", "jun"),
    ("juli", "jul"),
    ("augustus", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "okt", "october"),
    ("november", "nov"),
    ("december", "dec"),
)
_NUMBER = {name: place for place, names in enumerate(_NAMES, start=1) for name in names}
_SAID = re.compile(
    rf"(?<![\w-])(?:\d{{1,2}}[ -])?({'|'.join(sorted(_NUMBER, key=len, reverse=True))})\b\.?"
    r"(?:[ '-]*(20\d\d|\d\d)\b)?",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(?<![\w./-])(0?[1-9]|1[0-2])[-/](20\d\d)(?![\w]|[./-]\w)", re.ASCII)
"""A month in figures: "01-2026"."""
_CENTURY = 2000
_LONG = 100


def months_in(text: str) -> frozenset[tuple[int, int]]:
    """The (month, year) pairs of a text; year 0 where none stands there. A day of a month is not its month.

    >>> sorted(months_in("Abonnement augustus 2025, mrt '26 en mei")), months_in("op 3 mei 2025")
    ([(3, 2026), (5, 0), (8, 2025)], frozenset())
    >>> months_in("abo 01-2026"), months_in("op 03-01-2026")
    (frozenset({(1, 2026)}), frozenset())
    """
    found = {(int(said[1]), int(said[2])) for said in _FIGURES.finditer(text)}
    for said in _SAID.finditer(text):
        if said[0][0].isdigit():
            continue
        year = int(said[2]) if said[2] else 0
        found.add((_NUMBER[said[1].lower()], year + _CENTURY if 0 < year < _LONG else year))
    return frozenset(found)
