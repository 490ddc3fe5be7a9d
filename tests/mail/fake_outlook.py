"""Classic Outlook as Microsoft documents it, and nothing else: an unknown name or order is an error.

It keeps what real Outlook was seen to do: attachments added before the first Save are lost, the signature
only appears when GetInspector is touched, an account can be ignored without a word, a body can get lost.
"""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

SIGNATURE = "<html><head></head><body lang=NL><div>Groet, Marijke</div></body></html>"
DRAFTS, SENT, BIN = 16, 5, 3
_SQL = re.compile(
    r'^@SQL="http://schemas\.microsoft\.com/mapi/string/\{00020329-0000-0000-C000-000000000046\}/'
    r"(\w+)\" = '([^']*)'$"
)


class ComError(Exception):
    """pythoncom.com_error: (number, text, ...)."""


class Strict:
    """An object that only has the documented names."""

    NAMES: frozenset[str] = frozenset()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as COM
        raise ComError(-2147352570, f"Unknown name: {type(self).__name__}.{name}")

    def __setattr__(self, name: str, value: object) -> None:
        if not name.startswith("_") and name not in self.NAMES:
            raise ComError(-2147352570, f"Unknown name: {type(self).__name__}.{name}")
        object.__setattr__(self, name, value)


class Listed(Strict):
    """A collection of COM: counted from 1."""

    def __init__(self, items: Iterable[Any]) -> None:
        self._items = [*items]

    @property
    def Count(self) -> int:  # noqa: N802 - Outlook's name
        return len(self._items)

    def Item(self, number: int) -> Any:  # noqa: ANN401, N802 - Outlook's name
        if not 1 <= number <= len(self._items):
            raise ComError(-2147352567, "Array index out of bounds")
        return self._items[number - 1]


class Account(Strict):
    NAMES = frozenset({"SmtpAddress"})

    def __init__(self, address: str) -> None:
        self.SmtpAddress = address


class Property(Strict):
    NAMES = frozenset({"Value", "Name"})

    def __init__(self, name: str) -> None:
        self.Name = name
        self.Value = ""


class Properties(Listed):
    def Add(self, name: str, kind: int) -> Property:  # noqa: N802 - Outlook's name
        assert kind == 1
        self._items.append(Property(name))
        found = self._items[-1]
        assert isinstance(found, Property)
        return found


class Accessor(Strict):
    def __init__(self) -> None:
        self._set: dict[str, str] = {}

    def SetProperty(self, name: str, value: str) -> None:  # noqa: N802 - Outlook's name
        self._set[name] = value


class Attachment(Strict):
    NAMES = frozenset({"PropertyAccessor", "FileName"})

    def __init__(self, path: Path) -> None:
        self.FileName = path.name
        self._content = path.read_bytes()
        self.PropertyAccessor = Accessor()


class Attachments(Listed):
    def __init__(self, mail: "Mail") -> None:
        super().__init__([])
        self._mail = mail

    def Add(self, path: str) -> Attachment:  # noqa: N802 - Outlook's name
        made = Attachment(Path(path))
        if self._mail._saves:  # before the first Save it would be lost
            self._items.append(made)
        return made


class Mail(Strict):
    NAMES = frozenset(
        {"To", "Subject", "HTMLBody", "Categories", "ReadReceiptRequested", "UserProperties", "Attachments"}
        | {"SendUsingAccount", "EntryID", "SentOn"}
    )

    def __init__(self, outlook: "Outlook") -> None:
        self._outlook = outlook
        self._saves = 0
        self._folder = 0
        self._account: Account | None = None
        self.To = self.Subject = self.HTMLBody = self.Categories = ""
        self.ReadReceiptRequested = False
        self.UserProperties = Properties([])
        self.Attachments = Attachments(self)
        self.EntryID = ""
        self.SentOn = datetime(4501, 1, 1)

    def __setattr__(self, name: str, value: object) -> None:
        if name == "SendUsingAccount":
            if not self._outlook.ignores_account:
                object.__setattr__(self, "_account", value)
            return
        super().__setattr__(name, value)

    @property
    def SendUsingAccount(self) -> Account | None:  # noqa: N802 - Outlook's name
        return self._account

    @property
    def _oleobj_(self) -> "Mail":
        return self

    def Invoke(self, number: int, locale: int, kind: int, wanted: int, account: Account) -> None:  # noqa: N802
        assert (number, locale, kind, wanted) == (64209, 0, 8, 0)
        object.__setattr__(self, "_account", account)

    @property
    def GetInspector(self) -> object:  # noqa: N802 - Outlook's name
        if not self.HTMLBody:
            self.HTMLBody = SIGNATURE
        return object()

    def Save(self) -> None:  # noqa: N802 - Outlook's name
        self._saves += 1
        self._outlook.saved(self)
        if self._outlook.loses_body and self._saves > 1:
            self.HTMLBody = SIGNATURE

    def Delete(self) -> None:  # noqa: N802 - Outlook's name
        self._folder = BIN


class Folder(Strict):
    NAMES = frozenset({"Items"})

    def __init__(self, mails: Iterable[Mail]) -> None:
        self.Items = Items(mails)


class Items(Listed):
    def Restrict(self, condition: str) -> Listed:  # noqa: N802 - Outlook's name
        found = _SQL.match(condition)
        if found is None:
            raise ComError(-2147352567, "Cannot parse condition")
        return Listed(
            mail
            for mail in self._items
            for mark in mail.UserProperties._items
            if (mark.Name, mark.Value) == (found[1], found[2])
        )


class Session(Strict):
    NAMES = frozenset({"Accounts"})

    def __init__(self, outlook: "Outlook", accounts: Iterable[str]) -> None:
        self._outlook = outlook
        self.Accounts = Listed(Account(address) for address in accounts)

    def GetDefaultFolder(self, number: int) -> Folder:  # noqa: N802 - Outlook's name
        assert number in {DRAFTS, SENT, BIN}
        return Folder(mail for mail in self._outlook.mails if mail._folder == number)


class Outlook(Strict):
    """The application. `fails`: called with the number of each Save, may raise."""

    NAMES = frozenset({"Session", "mails", "ignores_account", "loses_body", "fails"})

    def __init__(self, accounts: Iterable[str] = ("marijke@delinde.example", "info@delinde.example")) -> None:
        self.mails: list[Mail] = []
        self.ignores_account = self.loses_body = False
        self.fails: Callable[[int], None] = lambda _: None
        self._saves = 0
        self.Session = Session(self, accounts)

    def CreateItem(self, kind: int) -> Mail:  # noqa: N802 - Outlook's name
        assert kind == 0
        return Mail(self)

    def saved(self, mail: Mail) -> None:
        self._saves += 1
        self.fails(self._saves)
        if mail not in self.mails:
            self.mails.append(mail)
            mail._folder = DRAFTS
        mail.EntryID = f"0000{self.mails.index(mail):04}"

    def keys(self, folder: int = DRAFTS) -> list[str]:
        """The keys in a folder, whole ones only."""
        values = [mail.UserProperties.Item(1).Value for mail in self.mails if mail._folder == folder]
        return sorted(value for value in values if not value.startswith("half "))
