"""Lists of words, written as one text; and words as banks pass them on."""

import unicodedata


def options(text: str) -> tuple[str, ...]:
    """The words between the strokes.

    >>> options("jan|feb")
    ('jan', 'feb')
    """
    return tuple(text.split("|"))


def plain(text: str) -> str:
    """The text as it survives a transfer: letters without accents, single spaces.

    >>> plain("Café  René")
    'Cafe Rene'
    """
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(letters.split())
