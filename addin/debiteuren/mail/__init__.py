"""Letters and drafts: from a reminder to a message that waits for a person to send it."""
