"""A draft of ours as a mailbox shows it: still waiting, sent, or thrown away."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Spot(Enum):
    """Where in a mailbox a message with one of our keys is."""

    DRAFTS = "concepten"
    SENT = "verzonden"
    TRASH = "prullenbak"


@dataclass(frozen=True, slots=True)
class Found:
    """A message with one of our keys. `id`: the mailbox's own. `moment`: local time, in Sent of sending."""

    spot: Spot
    id: str = ""
    moment: datetime | None = None
