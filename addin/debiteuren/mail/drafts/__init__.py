"""Where drafts go: one port with several targets, none of which can send.

A target first stages all drafts out of sight; then the caller saves the rows of Contact; then the target
publishes them. A run that died in between is mended by `recover` before the next one: what stands in Contact
is published, what does not is removed. So every draft exists exactly once, whatever happens (promise 3).
"""

from debiteuren.mail.drafts.eml import EmlFolder
from debiteuren.mail.drafts.port import Draft, DraftTarget, Placed, Staged

TARGETS = {"auto": EmlFolder, "eml": EmlFolder}
"""The words of ConceptDoel and `--naar`, and what makes the drafts."""

__all__ = ["TARGETS", "Draft", "DraftTarget", "EmlFolder", "Placed", "Staged"]
