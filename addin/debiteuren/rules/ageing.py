"""How late an unpaid invoice is.

Answers: days late and the band of ageing.
Source: docs/regels.md, "Dagen"; on the due day itself nothing is late.
Leaves to others: whether something is open (unpaid.py), what is done about it (next_action.py).
"""

from datetime import date

from debiteuren.domain.invoice import Age, Invoice
from debiteuren.rules.unpaid import is_late

_BANDS = ((30, Age.TO_30), (60, Age.TO_60), (90, Age.TO_90))


def days_late(invoice: Invoice, on: date) -> int | None:
    """Calendar days after the due day; None on or before it, or when the invoice is dated after `on`."""
    return (on - invoice.due).days if is_late(invoice, on) else None


def age(late: int | None) -> Age:
    """The band for so many days late.

    >>> age(None).value, age(30).value, age(31).value
    ('Niet vervallen', '1–30 dagen', '31–60 dagen')
    """
    if late is None:
        return Age.NOT_DUE
    return next((band for limit, band in _BANDS if late <= limit), Age.OVER_90)
