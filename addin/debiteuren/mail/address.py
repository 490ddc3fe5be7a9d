"""One recipient, exactly: what may stand in a From or To header.

Answers: which address does this text mean for a mail server, and what of a name may stand before it.
Source: docs/regels.md, "Concepten" (6) and "Beloften" (5); traps of the standard library.
Leaves to others: telling the user about an odd address (book/), building the message (message.py).
"""

import re
import unicodedata
from email.headerregistry import Address

from debiteuren.mail.wording import plain_words

LONGEST_NAME = 60

_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(
    r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})"
)
_LONGEST_LOCAL_PART = 64
_NOT_IN_NAMES = re.compile(r'[<>"\\,;:@()\[\]]')
_TWO_READINGS = frozenset("ßς")
"""Letters that old and new rules for domain names turn into different domains."""


class AddressRefusedError(ValueError):
    """This text is not exactly one address we dare to write to."""


def address_of(text: str, name: str = "") -> Address:
    """The address for a header: the domain in its ASCII form, the name cleaned.

    >>> str(address_of("lotte@bäckerei.example", 'Lotte "de" Vries, B.V.'))
    '"Lotte de Vries B.V." <lotte@xn--bckerei-5wa.example>'

    Raises:
        AddressRefusedError: two addresses, a line break, a name around it, or a domain that has two readings.
    """
    local, at, domain = text.partition("@")
    if not at or _LOCAL_PART.fullmatch(local) is None or len(local) > _LONGEST_LOCAL_PART:
        raise AddressRefusedError("no plain address")
    ascii_domain = _ascii_domain(domain)
    if _DOMAIN.fullmatch(ascii_domain) is None:
        raise AddressRefusedError("no domain")
    return Address(display_name=display_name(name), username=local, domain=ascii_domain)


def _ascii_domain(domain: str) -> str:
    folded = unicodedata.normalize("NFC", domain).lower()
    if folded.isascii():
        return folded
    if any(letter in _TWO_READINGS or unicodedata.category(letter)[0] in "CZ" for letter in folded):
        raise AddressRefusedError("a domain with two readings")
    try:
        encoded = folded.encode("idna")
        # Some letters change on the way (full-width, Kelvin sign): then it would be another domain.
        if encoded.decode("idna") != folded:
            raise AddressRefusedError("a domain that changes on the way")
    except UnicodeError as fault:
        raise AddressRefusedError("no domain") from fault
    return encoded.decode("ascii")


def display_name(name: str) -> str:
    """The name without what has a meaning in a header, in at most 60 characters.

    The standard library can drop the quotes around a long name when it folds the line, and then a comma makes
    a second recipient; without such signs there is nothing to quote (it went wrong for 12 of 20,000 names).

    >>> display_name('Van Dam, "Bakkerij" <info@x.nl>')
    'Van Dam Bakkerij info x.nl'
    """
    bare = _NOT_IN_NAMES.sub(" ", plain_words(name, LONGEST_NAME * 4).replace("=?", " "))
    return plain_words(bare, LONGEST_NAME).removesuffix("…").strip()
