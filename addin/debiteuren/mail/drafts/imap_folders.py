"""Which folders of an IMAP mailbox hold drafts, sent mail and what was thrown away.

Source: RFC 6154 (SPECIAL-USE); where a server does not say, the names that mail programs give them.
"""

from collections.abc import Iterable

from debiteuren.domain.seen_draft import Spot

FLAGS = {Spot.DRAFTS: b"\\Drafts", Spot.SENT: b"\\Sent", Spot.TRASH: b"\\Trash"}
NAMES = {
    Spot.DRAFTS: ("concepten", "drafts", "draft", "entwürfe", "brouillons", "klad"),
    Spot.SENT: (
        *("verzonden", "verzonden items", "verzonden berichten", "sent", "sent items", "sent messages"),
        *("gesendet", "gesendete objekte", "envoyés"),
    ),
    Spot.TRASH: (
        *("prullenbak", "prullenmand", "verwijderd", "verwijderde items", "trash", "bin", "deleted"),
        *("deleted items", "deleted messages", "papierkorb", "corbeille"),
    ),
}
"""In lower case, the likeliest first; the last part of a folder's path."""
_CLOSED = {b"\\noselect", b"\\nonexistent"}

Listed = tuple[tuple[bytes, ...], bytes | None, str]
"""A folder as IMAPClient lists it: its flags, the separator and its name."""


def special_folders(listed: Iterable[Listed]) -> dict[Spot, str]:
    """The folder for each spot, for as far as there is one.

    >>> special_folders([((), b"/", "INBOX"), ((), b"/", "INBOX/Concepten")])
    {<Spot.DRAFTS: 'concepten'>: 'INBOX/Concepten'}
    """
    folders = [
        ({flag.lower() for flag in flags}, _last(name, separator), name) for flags, separator, name in listed
    ]
    folders = [folder for folder in folders if not folder[0] & _CLOSED]
    found: dict[Spot, str] = {}
    for spot in Spot:
        flag, names = FLAGS[spot].lower(), NAMES[spot]
        flagged = [name for flags, _, name in folders if flag in flags]
        named = sorted((names.index(last), len(name), name) for _, last, name in folders if last in names)
        if flagged:
            found[spot] = flagged[0]
        elif named:
            found[spot] = named[0][2]
    return found


def _last(name: str, separator: bytes | None) -> str:
    mark = (separator or b"").decode("ascii", "replace")
    return (name.rsplit(mark, 1)[-1] if mark else name).casefold()
