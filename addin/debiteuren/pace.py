"""When progress is worth showing: for work over a second, and then a few times a second.

Answers: must this step be shown. Belongs to cli_screen.py and buttons.py, which hold the clock.
"""

from dataclasses import dataclass
from time import monotonic

PATIENCE = 1.0
EVERY = 0.25
"""Seconds."""


@dataclass(slots=True)
class Pace:
    """One kind of work after another, each in steps; `begun` and `shown` are moments."""

    what: str = ""
    begun: float = 0.0
    shown: float = 0.0

    def due(self, what: str) -> bool:
        """Whether a step of this work must be shown; the first of another work begins it."""
        now = monotonic()
        if what != self.what:
            self.what, self.begun = what, now
        if now - self.begun < PATIENCE or now - self.shown < EVERY:
            return False
        self.shown = now
        return True
