"""Whether two accounts are the same one, when a bank names one by IBAN and another by its bare number.

Answers: are these the same account; which of a set of accounts is this.
Source: docs/regels.md, "Dezelfde boeking" (ABN AMRO writes nine digits where others write an IBAN).
Leaves to others: one spelling per account (domain/account.py).
"""

from collections.abc import Iterable

from debiteuren.domain.account import account_core, tidy_account

Keys = tuple[str, ...]
_NO_KEYS: Keys = ()


def is_same_account(one: str, other: str) -> bool:
    """Whether two written accounts are one; a bare number is the IBAN that ends in it. '' is none.

    >>> is_same_account("NL91 ABNA 0417 1643 00", "417164300")
    True
    >>> is_same_account("NL91ABNA0417164300", "NL54INGB0417164300")
    False
    """
    return bool(set(_to_find(one)) & set(_to_keep(other)))


def _to_keep(account: str) -> Keys:
    """Under which keys an account is kept."""
    tidy = tidy_account(account)
    if not tidy:
        return _NO_KEYS
    core = account_core(tidy)
    return (tidy, f"number {core}") if tidy[:2].isalpha() else (f"bare {core}", f"number {core}")


def _to_find(account: str) -> Keys:
    """Under which keys an account is looked for."""
    tidy = tidy_account(account)
    if not tidy:
        return _NO_KEYS
    core = account_core(tidy)
    return (tidy, f"bare {core}") if tidy[:2].isalpha() else (f"number {core}",)


class AccountOwners:
    """Whose accounts these are."""

    def __init__(self, accounts: Iterable[tuple[str, str]]) -> None:
        self._owners: dict[str, frozenset[str]] = {}
        self._known: dict[str, frozenset[str]] = {}
        for account, owner in accounts:
            for key in _to_keep(account):
                self._owners[key] = self._owners.get(key, _NOBODY) | {owner}

    def of(self, account: str) -> frozenset[str]:
        """The owners of an account."""
        known = self._known.get(account)
        if known is None:
            known = _NOBODY.union(*(self._owners.get(key, _NOBODY) for key in _to_find(account))) or _NOBODY
            self._known[account] = known
        return known


_NOBODY: frozenset[str] = frozenset()
