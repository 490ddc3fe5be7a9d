"""The macro workbook as it was shipped: inside the installed package, or in a checkout at workbook/.

Leaves to others: making it (template/), what `nieuw` does with it.
"""

from importlib import resources
from pathlib import Path

from debiteuren.domain.problem import SurroundingsError

_NAME = "Debiteuren.xlsm"
_CHECKOUT = Path(__file__).parents[3] / "workbook" / _NAME


def template_bytes() -> bytes:
    """A fresh Debiteuren.xlsm.

    Raises:
        SurroundingsError: the installation is incomplete.
    """
    inside = resources.files("debiteuren.book").joinpath(_NAME)
    for place in (inside, _CHECKOUT):
        if place.is_file():
            return place.read_bytes()
    raise SurroundingsError(
        "De lege werkmap ontbreekt in deze installatie. "
        "Installeer debiteuren opnieuw; uw eigen werkmappen blijven staan."
    )
