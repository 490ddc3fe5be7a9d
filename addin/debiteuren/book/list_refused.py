"""A file that is neither a bank file nor a list, but has columns: which names a list needs.

Source: docs/regels.md, "Lijsten" and "Fouten en twijfel".
Leaves to others: what is a list (list_names.py), what is a bank file (banks/).
"""

from collections.abc import Sequence
from pathlib import Path

from debiteuren.book.column_maps import choice_problem
from debiteuren.book.list_names import wanted_names
from debiteuren.book.list_rows import first_titles
from debiteuren.book.values import shown
from debiteuren.domain.column_map import ColumnMap
from debiteuren.domain.problem import Problem

LARGEST_LIST = 100_000_000
"""So many bytes are looked at: an xlsx can only be opened as a whole."""
_SHOWN_TITLES = 6


def no_list(path: Path, maps: Sequence[ColumnMap] = ()) -> Problem | None:
    """What to say of a file with columns of which we know too few; None for a file without columns."""
    try:
        with path.open("rb") as stream:
            titles = first_titles(stream.read(LARGEST_LIST))
    except OSError:
        return None
    if not titles:
        return None
    chosen = next((one for one in maps if one.fits(titles)), None)
    if chosen is not None:
        return choice_problem(path.name, chosen)
    names = ", ".join(shown(title) for title in titles[:_SHOWN_TITLES])
    more = " …" if len(titles) > _SHOWN_TITLES else ""
    return Problem(
        sheet=path.name,
        row=1,
        found=(
            "Dit is geen bankbestand dat wij kennen, en ook geen lijst met facturen of klanten: de kolommen "
            f"heten hier {names}{more}."
        ),
        remedy=(
            "Kies één keer wat elke kolom is: met --kolommen achter de opdracht, in Excel na de vraag van de "
            f"knop. Of geef de kolommen van een lijst de namen van het blad. {wanted_names()}"
        ),
    )
