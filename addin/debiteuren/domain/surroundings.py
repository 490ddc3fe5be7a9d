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
}
if hasattr(errno, "EDQUOT"):
    _REASONS[errno.EDQUOT] = "de schijf is vol"


def reason(error: OSError) -> str:
    """Why it did not work, to stand in a sentence: "de schijf is vol".

    >>> reason(OSError(errno.ENOSPC, "No space left on device"))
    'de schijf is vol'
    """
    return _REASONS.get(error.errno or 0, "het lukt niet")
