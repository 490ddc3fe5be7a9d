"""Why the editor did not do what was asked: every text is Dutch and says what, where and what to do."""

import errno

_FULL = "de schijf is vol"
_USED = "een ander programma gebruikt het"
_REASONS = {
    errno.ENOSPC: _FULL,
    errno.EFBIG: _FULL,
    errno.EACCES: "u hebt daar geen rechten",
    errno.EPERM: "u hebt daar geen rechten",
    errno.EROFS: "de schijf is alleen-lezen",
    errno.ENOENT: "het bestand of de map is er niet",
    errno.ENOTDIR: "een deel van het pad is geen map",
    errno.EISDIR: "het is een map",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.ELOOP: "de koppeling wijst naar zichzelf",
    errno.EBUSY: _USED,
    errno.EIO: "de schijf geeft een fout",
    errno.ETIMEDOUT: "de netwerkmap antwoordt niet",
}
if hasattr(errno, "EDQUOT"):
    _REASONS[errno.EDQUOT] = _FULL
_IN_USE_ON_WINDOWS = frozenset({32, 33})
"""Sharing and lock violation, which Python makes EACCES of."""


def reason(error: OSError) -> str:
    """What the disk said, to stand in a sentence."""
    return _USED if is_in_use(error) else _REASONS.get(error.errno or 0, "het lukt niet")


def is_in_use(error: OSError) -> bool:
    """Whether another program holds the file on Windows."""
    return getattr(error, "winerror", None) in _IN_USE_ON_WINDOWS


class Refused(Exception):  # noqa: N818 - the name is part of the public surface
    """The edit is not made; the file is as it was."""


class NotAWorkbook(Refused):
    """The file is no .xlsx or .xlsm."""


class InUse(Refused):
    """Another program has the workbook open, or has just written it."""


class Unwritable(Refused):
    """The disk, the folder or its permissions are in the way."""
