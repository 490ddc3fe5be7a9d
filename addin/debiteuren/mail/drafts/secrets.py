"""Passwords and tokens, in the keyring of the computer: never in the workbook, never in a file of ours.

Source: docs/regels.md, "Concepten". Windows Credential Manager, the Keychain of macOS, the Secret Service of
a Linux desktop, all through the library keyring.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from debiteuren.domain.problem import NOTHING_CHANGED, SurroundingsError

SERVICE = "Debiteuren"
_PIECE = 1000
"""Characters an entry; Windows takes 2,560 bytes, two a character."""
_MOST_PIECES = 64


def stored(name: str) -> str:
    """The secret of this name, '' when there is none.

    Raises:
        SurroundingsError: this computer has no keyring, or it stays locked.
    """
    with _keyring_in_dutch() as keyring:
        pieces = []
        for number in range(_MOST_PIECES):
            piece = keyring.get_password(SERVICE, _entry(name, number))
            if not piece:
                break
            pieces.append(piece)
        return "".join(pieces)


def store(name: str, secret: str) -> None:
    """Keep a secret under this name, in the place of what was there.

    Raises:
        SurroundingsError: as `stored`.
        ValueError: it is longer than we know how to keep.
    """
    pieces = [secret[start : start + _PIECE] for start in range(0, len(secret), _PIECE)]
    if len(pieces) >= _MOST_PIECES:
        raise ValueError("too long a secret")
    with _keyring_in_dutch() as keyring:
        for number in reversed(range(len(pieces))):
            keyring.set_password(SERVICE, _entry(name, number), pieces[number])
        for number in range(len(pieces), _MOST_PIECES):
            if not keyring.get_password(SERVICE, _entry(name, number)):
                break
            keyring.delete_password(SERVICE, _entry(name, number))


def forget(name: str) -> None:
    """Remove a secret; none is fine too."""
    store(name, "")


def _entry(name: str, number: int) -> str:
    return name if number == 0 else f"{name} ({number + 1})"


class _Keyring:
    """The three calls of the library that we use, typed."""

    def __init__(self) -> None:
        import keyring  # noqa: PLC0415 - an extra, and heavy

        self.get_password = keyring.get_password
        self.set_password = keyring.set_password
        self.delete_password = keyring.delete_password


@contextmanager
def _keyring_in_dutch() -> Iterator[_Keyring]:
    try:
        from keyring.errors import KeyringError  # noqa: PLC0415 - an extra, and heavy
    except ModuleNotFoundError:
        raise missing_part("imap") from None
    try:
        yield _Keyring()
    except KeyringError as fault:
        raise SurroundingsError(
            f"{NOTHING_CHANGED}het wachtwoord van uw postvak kan niet worden gelezen: op deze computer is "
            "geen sleutelbos, of hij zit op slot. Ontgrendel hem, of maak bestanden met --naar eml."
        ) from fault


def missing_part(extra: str) -> SurroundingsError:
    """A part of the program that was left out at installing."""
    return SurroundingsError(
        f"{NOTHING_CHANGED}het onderdeel voor dit postvak is niet geïnstalleerd. "
        f'Typ: py -m pip install "debiteuren[{extra}]" (op een Mac of Linux: python3 in plaats van py).'
    )
