"""What each command and button works out: from the ledger and a day to a frozen plan; nothing is touched."""
