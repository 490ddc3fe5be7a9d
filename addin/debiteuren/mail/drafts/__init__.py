"""Where drafts go: one port with several targets, none of which can send.

A target first stages all drafts out of sight; then the caller saves the rows of Contact; then the target
publishes them. A run that died in between is mended by `recover` before the next one: what stands in Contact
is published, what does not is removed. So every draft exists exactly once, whatever happens (docs/regels.md,
"Concepten"). Files are made by EmlFolder; every mailbox (imap.py, graph.py, outlook.py) through Outbox.
"""

from debiteuren.mail.drafts.choice import Around, Choice, choose, mailbox_of
from debiteuren.mail.drafts.eml import EmlFolder
from debiteuren.mail.drafts.outbox import Outbox
from debiteuren.mail.drafts.port import Draft, DraftTarget, Placed, Recovered, Staged

__all__ = [
    "Around",
    "Choice",
    "Draft",
    "DraftTarget",
    "EmlFolder",
    "Outbox",
    "Placed",
    "Recovered",
    "Staged",
    "choose",
    "mailbox_of",
]
