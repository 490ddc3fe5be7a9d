"""Which IMAP mailbox: what stands on Instellingen, as an address to connect to.

Answers: which server, which port, with which kind of TLS; never without.
Source: RFC 8314 (993 is TLS from the first byte), RFC 3501 (STARTTLS on 143).
"""

import re
from dataclasses import dataclass

from debiteuren.domain.problem import NOTHING_CHANGED, SurroundingsError

_TLS_PORT, _STARTTLS_PORT = 993, 143
_HOST = re.compile(r"(?=.{1,253}\Z)[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_LARGEST_PORT = 65535


@dataclass(frozen=True, slots=True)
class ImapAccount:
    """A mailbox: `starttls` is TLS after a first plain line, else TLS from the first byte."""

    host: str
    port: int
    user: str
    starttls: bool = False

    @property
    def secret(self) -> str:
        """The name of its password among the secrets: another server never gets this one's."""
        return f"imap {self.user}@{self.host}:{self.port}"


def account_of(server: str, user: str) -> ImapAccount:
    """The account of the two cells: "imap.provider.nl", with ":143" for STARTTLS, or another port.

    >>> account_of("imap.provider.nl", "marijke@delinde.nl").port
    993
    >>> account_of("imap.provider.nl:143", "marijke").starttls
    True

    Raises:
        SurroundingsError: this is no server's name, or there is no user.
    """
    text = server.strip().lower()
    scheme, there, rest = text.rpartition("://")
    host, _, port = (rest if there else text).rstrip("/").partition(":")
    known = scheme in {"", "imap", "imaps"} and _HOST.fullmatch(host) is not None
    number = _port(port, scheme)
    if not known or not 0 < number <= _LARGEST_PORT:
        raise SurroundingsError(
            f'{NOTHING_CHANGED}op Instellingen staat bij PostvakServer "{server}"; dat is geen naam van een '
            "mailserver. Vul in wat uw provider opgeeft, bijvoorbeeld imap.ziggo.nl."
        )
    if not user.strip():
        raise SurroundingsError(
            f"{NOTHING_CHANGED}op Instellingen is PostvakGebruiker leeg. Vul de gebruikersnaam van uw "
            "postvak in, meestal uw e-mailadres."
        )
    starttls = scheme == "imap" or (not scheme and number == _STARTTLS_PORT)
    return ImapAccount(host=host, port=number, user=user.strip(), starttls=starttls)


def _port(text: str, scheme: str) -> int:
    if not text:
        return _STARTTLS_PORT if scheme == "imap" else _TLS_PORT
    return int(text) if text.isdecimal() and text.isascii() else 0
