"""Where drafts go: one port with several targets, none of which can send.

A target first stages all drafts out of sight; then the caller saves the rows of Contact; then the target
publishes them. A run that died in between is mended by `recover` before the next one: what stands in Contact
is published, what does not is removed. So every draft exists exactly once, whatever happens (docs/regels.md,
"Concepten").
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from debiteuren.domain.settings import DraftPlace
from debiteuren.mail.drafts.eml import EmlFolder
from debiteuren.mail.drafts.port import Draft, DraftTarget, Placed, Staged

TARGETS: Mapping[str, Callable[[Path], DraftTarget]] = {
    DraftPlace.AUTO: EmlFolder,
    DraftPlace.EML: EmlFolder,
}
"""Per word of ConceptDoel and `--naar` what makes the drafts, in this folder."""

__all__ = ["TARGETS", "Draft", "DraftTarget", "EmlFolder", "Placed", "Staged"]
