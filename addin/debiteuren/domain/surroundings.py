"""What the computer says when it refuses, in the user's words."""

import errno

_REASONS = {
    errno.ENOSPC: "de schijf is vol",
    errno.EACCES: "u hebt daar geen rechten",
    errno.EPERM: "u hebt daar geen rechten",
    errno.EROFS: "de schijf is alleen-lezen",
    errno.ENOENT: "het bestand of de map is er niet",
    errno.ENOTDIR: "een deel van het pad is geen map",
    errno.EISDIR: "het is een map",
    errno.EEXIST: "daar staat al iets met die naam",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.EBUSY: "een ander programma gebruikt het",
    errno.EIO: "de schijf geeft een fout",
    errno.ETIMEDOUT: "de netwerkmap antwoordt niet",
}
if hasattr(errno, "EDQUOT"):
    _REASONS[errno.EDQUOT] = "de schijf is vol"
_WINDOWS_REASONS = {
    19: "de schijf is alleen-lezen",
    21: "de schijf is niet bereikbaar",
    32: "een ander programma gebruikt het",
    33: "een ander programma gebruikt het",
    39: "de schijf is vol",
    53: "de netwerkmap is niet bereikbaar",
    64: "de netwerkmap is niet bereikbaar",
    67: "de netwerkmap is niet bereikbaar",
    121: "de netwerkmap antwoordt niet",
    123: "in de naam staat een teken dat niet mag",
    206: "de naam is te lang",
    1231: "de netwerkmap is niet bereikbaar",
}
"""Windows' own numbers (Microsoft, "System Error Codes"), where `errno` says less or something else."""


def reason(error: OSError) -> str:
    """Why it did not work, to stand in a sentence: "de schijf is vol".

    >>> reason(OSError(errno.ENOSPC, "No space left on device"))
    'de schijf is vol'
    """
    told = _WINDOWS_REASONS.get(getattr(error, "winerror", None) or 0)
    return told or _REASONS.get(error.errno or 0, "het lukt niet")
