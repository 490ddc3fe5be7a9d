"""Invoices of which the list itself says that they are paid, in part or whole.

Answers: which invoices of a list of a bookkeeping package have less open than their amount, or are called
paid. Openstaand is computed here from payments we know of, so such an invoice counts whole until the booking
is read in: a letter for it would go to somebody who paid.
Source: docs/regels.md, "Lijsten".
Leaves to others: reading the list (lists.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from debiteuren.book.layout_parts import Kind
from debiteuren.book.list_rows import ListRow, RawList
from debiteuren.book.list_values import Value, read_value
from debiteuren.book.values import as_text
from debiteuren.book.workbook import CellFault
from debiteuren.domain.column_map import folded_title
from debiteuren.domain.money import euro

_OPEN_TITLES = frozenset(
    {
        *("openstaand", "openstaandbedrag", "bedragopenstaand", "openstaandsaldo", "openbedrag", "nogopen"),
        *("onbetaald", "onbetaaldbedrag", "restbedrag", "restant", "saldo", "nogtebetalen", "nogtevoldoen"),
        *("outstanding", "outstandingamount", "amountdue", "openamount", "unpaid", "totalunpaid", "balance"),
    }
)
_STATE_TITLES = frozenset({"status", "factuurstatus", "betaalstatus", "state", "invoicestatus"})
_PAID = frozenset({"betaald", "volledigbetaald", "voldaan", "geincasseerd", "paid", "fullypaid"})
_SHOWN = 5


def said_paid(
    raw: RawList, titles: Sequence[str], rows: Sequence[tuple[ListRow, Mapping[str, Value]]], mark: str
) -> str:
    """What the list says was paid on these invoices, as one sentence; '' when it says nothing of the kind.

    `titles`: those of the header that are none of our columns.
    """
    places = {at: folded_title(title) for at, title in enumerate(raw.header) if title and title in titles}
    open_at = [at for at, title in places.items() if title in _OPEN_TITLES]
    state_at = [at for at, title in places.items() if title in _STATE_TITLES]
    found = list(_each(rows, open_at[:1], state_at[:1], mark))
    if not found:
        return ""
    more = f" en {len(found) - _SHOWN} andere" if len(found) > _SHOWN else ""
    return f"Volgens deze lijst is hierop al betaald: {', '.join(found[:_SHOWN])}{more}."


def _each(
    rows: Sequence[tuple[ListRow, Mapping[str, Value]]],
    open_at: Sequence[int],
    state_at: Sequence[int],
    mark: str,
) -> Iterator[str]:
    for row, values in rows:
        number, amount = values.get("Factuurnummer"), values.get("Bedrag")
        if not isinstance(amount, Decimal) or number is None:
            continue
        left = next((_amount(row, at, mark) for at in open_at), None)
        if left is not None and abs(left) < abs(amount):
            yield f"{number} (nog open {euro(left)} van {euro(amount)})"
        elif left is None and any(_is_paid(row, at) for at in state_at):
            yield f"{number} (betaald)"


def _amount(row: ListRow, at: int, mark: str) -> Decimal | None:
    """The amount in this cell, None when there is none to be read: it is no column of ours."""
    cell = row.cells[at] if at < len(row.cells) else None
    text = "" if isinstance(cell, CellFault) else as_text(cell)
    try:
        value = read_value(Kind.MONEY, cell, text, mark) if text else None
    except ValueError:
        return None
    return value if isinstance(value, Decimal) else None


def _is_paid(row: ListRow, at: int) -> bool:
    return at < len(row.cells) and folded_title(as_text(row.cells[at])) in _PAID
