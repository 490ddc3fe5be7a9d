"""The code a bank app scans to pay: EPC069-12 version 2, as a PNG.

Source: EPC069-12 v2.1. segno draws it; with a fixed mask, which every reader takes, it need not
try all eight.
Leaves to others: where it stands in the letter (page.py), how it travels (mail/message.py).
"""

from decimal import Decimal
from functools import lru_cache
from io import BytesIO

import segno
from stdnum import iban as iban_numbers
from stdnum import iso11649

from debiteuren.mail.wording import plain_words

_LARGEST = Decimal("999999999.99")
_LONGEST_NAME = 70
_LONGEST_TEXT = 140
_MOST_BYTES = 331
"""What EPC069-12 allows a code to hold."""
_LARGEST_VERSION = 13
_MASK = 3
_BORDER = 4
_PIXELS_PER_MODULE = 4


def payload(*, name: str, iban: str, amount: Decimal, reference: str) -> str | None:
    """The lines inside the code, or None where paying by code is impossible (no valid IBAN, name, amount).

    An RF reference goes into the structured field, anything else into the free text, of which the end falls
    off where the whole would be too large for a bank app.
    """
    holder = plain_words(name, _LONGEST_NAME)
    if not holder or not _is_account(iban) or not Decimal(0) < amount <= _LARGEST:
        return None
    structured, free = "", plain_words(reference, _LONGEST_TEXT)
    if iso11649.is_valid(free):
        structured, free = iso11649.compact(free), ""
    account = iban_numbers.compact(iban)
    lines = ("BCD", "002", "1", "SCT", "", holder, account, f"EUR{amount:.2f}", "", structured)
    rest = _MOST_BYTES - len("\n".join(lines).encode()) - 1
    return "\n".join((*lines, free.encode()[:rest].decode(errors="ignore"))).rstrip("\n")


@lru_cache(maxsize=8)
def _is_account(iban: str) -> bool:
    return bool(iban_numbers.is_valid(iban))


@lru_cache(maxsize=64)
def picture(content: str) -> bytes:
    """The code as PNG, the same bytes every time.

    Raises:
        ValueError: more than a code of version 13 holds, the largest that EPC069-12 allows.
    """
    code = segno.make_qr(content, error="m", mask=_MASK, boost_error=False, encoding="utf-8")
    if int(code.version) > _LARGEST_VERSION:
        raise ValueError(f"{len(content.encode())} bytes in a payment code")
    drawn = BytesIO()
    code.save(drawn, kind="png", scale=_PIXELS_PER_MODULE, border=_BORDER)
    return drawn.getvalue()
