"""Lists of words, written as one text."""


def options(text: str) -> tuple[str, ...]:
    """The words between the strokes.

    >>> options("jan|feb")
    ('jan', 'feb')
    """
    return tuple(text.split("|"))
